"""Find how numbers relate to the right ones: in another unit, rounded, ranked, on other rows.

Each relation is a fact about two arrays, so a sentence that states it is true whatever the student
did. `rfmkit/texts/slips.csv` has the sentences, under `relation.NAME`.
"""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

# Answer divided by the right number: the unit that was mixed up.
_FACTORS = {
    100: "times_100",
    0.01: "by_100",
    1000: "times_1000",
    0.001: "by_1000",
    12: "times_12",
    1 / 12: "by_12",
    60: "times_60",
    1 / 60: "by_60",
    10: "times_10",
    0.1: "by_10",
    -1: "sign",
}
_CUSTOMER = re.compile(r"[A-Z]\d+")
_MAX_DIGITS, _MIN_DIGITS = 4, -4
_HUNDREDTH_OF_LARGEST = 0.01
_ROUNDING_TOLERANCE = 0.005  # as a share of the number; a coarser one is another number


@dataclass(frozen=True)
class Relation:
    """How an answer relates to the right one.

    Parameters
    ----------
    name
        The part of the text's key after `relation.`.
    values
        What the text needs.
    """

    name: str
    values: dict = field(default_factory=dict, compare=False)


def relation_of_number(answer: float, right: float) -> Relation | None:
    """Find how one number relates to the right one; None if in no way that is known.

    Examples
    --------
    >>> relation_of_number(12.5, 0.125).name
    'times_100'
    """
    if not np.isfinite([answer, right]).all() or _close(answer, right):
        return None
    if right and (name := _factor(answer / right)):
        return Relation(name)
    if _whole(right) and _whole(answer):
        if abs(answer - right) == 1 and abs(right) > 3:
            return Relation("one_more" if answer > right else "one_less")
    elif (digits := rounding(np.array([answer]), np.array([right]))) is not None:
        return Relation("rounded", {"digits": digits})
    if 0 < right < 1 and _close(answer, 1 - right):
        return Relation("complement")
    if 1 < right < 100 and not _whole(right) and _close(answer, 100 - right):
        return Relation("complement_100")
    if right not in (0, 1) and _close(answer, 1 / right):
        return Relation("reciprocal")
    return None


def relation_of_numbers(answer: np.ndarray, right: np.ndarray) -> Relation | None:
    """Find how a column relates to the right one, row by row; None if in no way that is known.

    Examples
    --------
    >>> import numpy as np
    >>> relation_of_numbers(np.array([3.0, 1, 2]), np.array([500.0, 20, 60])).name
    'ranks'
    """
    if len(answer) < 3 or not (np.isfinite(answer).all() and np.isfinite(right).all()):
        return None
    if _close(answer, right) or _close(right, right[0]):
        return None
    if set(np.unique(right)) <= {0, 1} and set(np.unique(answer)) <= {0, 1}:
        return Relation("reversed") if (answer == 1 - right).all() else None
    if _close(answer, answer[0]):
        return Relation("one_for_all")
    if found := _by_factor(answer, right) or _by_factor_rounded(answer, right):
        return found
    offset = answer - right
    if _close(offset, offset[0], scale=np.abs(right).max()):
        return _offset(offset[0])
    total = answer + right
    if _close(total, 1) or _close(total, 100):
        return Relation("complement" if _close(total, 1) else "complement_100")
    if (digits := rounding(answer, right)) is not None:
        return Relation("rounded", {"digits": digits})
    if _ranks(answer, right):
        return Relation("ranks")
    if _close(answer, np.cumsum(right)) or _close(np.sort(answer), np.cumsum(np.sort(right)[::-1])):
        return Relation("cumulative")
    if _close(np.sort(answer), np.sort(right)):
        return Relation("other_rows")
    if _close(answer[1:], right[:-1]) or _close(answer[:-1], right[1:]):
        return Relation("one_row_away")
    if _close(answer, right**2):
        return Relation("squared")
    if (right >= 0).all() and _close(answer, np.sqrt(right)):
        return Relation("root")
    return None


def relation_of_tiers(
    answer: pd.Series, right: pd.Series, tiers: tuple[str, ...]
) -> Relation | None:
    """Find tiers that changed their names with each other, or customers that all moved one way.

    Parameters
    ----------
    answer, right
        A tier's code for each customer, on the same customers.
    tiers
        The codes of the scheme, the best first.
    """
    pairs = set(zip(right, answer, strict=True))
    renamed = dict(pairs)
    changed = {code: to for code, to in renamed.items() if code != to}
    if len(renamed) == len(pairs) and changed and len(set(renamed.values())) == len(renamed):
        if set(changed) == set(changed.values()):
            return Relation("names_swapped", {"tiers": sorted(changed, key=tiers.index)})
        if all(answer == [tiers[-1 - tiers.index(code)] for code in right]):
            return Relation("upside_down")
    if len(changed) == 1 and len(renamed) == len(pairs):
        return Relation("merged", {"tiers": [*changed, *changed.values()]})
    place = {code: at for at, code in enumerate(tiers)}
    moved = {place[to] - place[code] for code, to in pairs if code != to}
    if len(tiers) < 8 and len(moved) == 1 and abs(*moved) == 1 and len(pairs) > len(changed):
        count = int((answer.to_numpy() != right.to_numpy()).sum())
        return Relation("one_tier_up" if moved == {-1} else "one_tier_down", {"count": count})
    return None


def relation_of_customers(answer: pd.Index, right: pd.Index) -> Relation | None:
    """Find rows that are no customer, beside all those that belong there."""
    extra = set(answer) - set(right)
    if extra and set(right) < set(answer) and not any(map(_CUSTOMER.fullmatch, extra)):
        return Relation("no_customer")
    return None


def rounding_that_is_sensible(answer: np.ndarray, right: np.ndarray) -> int | None:
    """Return to how many decimals numbers were rounded, where that loses nothing that counts.

    Whole numbers are counts and stand as they are: a count that was rounded is another count.
    """
    if not (np.isfinite(answer).all() and np.isfinite(right).all()):
        return None
    if (np.equal(np.mod(right, 1), 0) & ~alike(answer, right, 1e-8)).any():
        return None
    digits = rounding(answer, right)
    if digits is None or digits < 0:
        return None
    off = np.abs(answer - right)
    near = off <= _ROUNDING_TOLERANCE * np.abs(right) + 1e-9
    # Shares are written to a hundredth, which loses little beside the largest of them.
    hundredths = digits >= 2 and off.max() <= _HUNDREDTH_OF_LARGEST * np.abs(right).max()
    return digits if near.all() or hundredths else None


def alike(one: np.ndarray, other: np.ndarray, within: float = 0) -> np.ndarray:
    """Return where numbers are equal to a billionth, or to `within`; a blank equals a blank.

    As `np.isclose`, in a fifth of the time: a diagnosis compares hundreds of short columns.
    """
    with np.errstate(invalid="ignore"):
        near = np.abs(one - other) <= within + 1e-9 * np.abs(other)
    return (near & np.isfinite(other)) | (one == other) | ((one != one) & (other != other))


def _by_factor(answer: np.ndarray, right: np.ndarray) -> Relation | None:
    there = right != 0
    if not there.any() or (answer[~there] != 0).any():
        return None
    factors = answer[there] / right[there]
    if len(factors) < 3 or not _close(factors, factors[0]):
        return None
    factor = float(factors[0])
    if name := _factor(factor):
        return Relation(name)
    total, largest = right.sum(), right.max()
    if total and _close(factor, 1 / total):
        return Relation("share_of_total")
    if largest and _close(factor, 1 / largest):
        return Relation("share_of_largest")
    return Relation("same_factor", {"factor": f"{factor:,.4g}"})


def _by_factor_rounded(answer: np.ndarray, right: np.ndarray) -> Relation | None:
    """Find another unit in which the numbers were rounded too, as per cent usually are."""
    for factor in (100, 0.001):
        if rounding_that_is_sensible(answer / factor, right) is not None:
            return Relation(_FACTORS[factor])
    return None


def _offset(offset: float) -> Relation:
    if abs(offset) == 1:
        return Relation("each_one_more" if offset > 0 else "each_one_less")
    side = "each_more" if offset > 0 else "each_less"
    return Relation(side, {"offset": f"{abs(offset):,.6g}"})


def _factor(factor: float) -> str | None:
    return next((name for known, name in _FACTORS.items() if _close(factor, known)), None)


def rounding(answer: np.ndarray, right: np.ndarray) -> int | None:
    """Return the decimals to which the right numbers were rounded; None if they were not.

    Examples
    --------
    >>> import numpy as np
    >>> rounding(np.array([0.33, 0.67]), np.array([1 / 3, 2 / 3]))
    2
    """
    off = np.abs(answer - right).max(initial=0)
    if np.isnan(off) or alike(answer, right).all():
        return None
    for digits in range(_MAX_DIGITS, _MIN_DIGITS - 1, -1):
        unit = 10.0**-digits
        # Halves may go either way, and some people cut instead of rounding.
        if off > unit / 2 * (1 + 1e-9):
            continue
        if alike(answer, np.round(answer / unit) * unit, 1e-12).all():
            return digits if (answer != 0).any() else None
    return None


def _ranks(answer: np.ndarray, right: np.ndarray) -> bool:
    if answer.min() < 1 or answer.max() > len(answer):
        return False
    by_size = np.argsort(right, kind="stable")
    steps = np.diff(answer[by_size])
    if (steps >= 0).all() or (steps <= 0).all():
        values = pd.Series(right)
        for ties in ("average", "min", "max", "dense"):
            for ascending in (True, False):
                if _close(answer, values.rank(method=ties, ascending=ascending).to_numpy()):
                    return True
    order = np.argsort(by_size, kind="stable") + 1.0
    return bool(_near_ranks(answer, order) or _near_ranks(answer, len(answer) + 1 - order))


def _near_ranks(answer: np.ndarray, order: np.ndarray) -> bool:
    # Ties may be ranked in several ways; all of them keep the order and most of the ranks.
    return bool(np.mean(np.abs(answer - order) < 1e-9) > 0.8)


def _whole(number: float) -> bool:
    return float(number).is_integer()


def _close(one: object, other: object, scale: float = 0) -> bool:
    # As np.allclose, which is slow on short arrays, for numbers that are finite.
    return bool(np.all(np.abs(np.subtract(one, other)) <= 1e-9 * (np.abs(other) + scale)))
