"""Compare values with thresholds and convert them into tiers, by one rule in every scheme.

A value on a threshold is in the better tier. Sums of cents carry rounding noise, so a value within
a billionth of the threshold counts as on it.

Everything that asks whether two amounts are equal asks here: tiers, points, scores, whole numbers,
and whether a total is above zero.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.validation import check_cuts, check_numbers, too_large

RELATIVE_TOLERANCE = 1e-9
_ZERO_NOISE = 1e-14  # of the largest amount: what is left of a sum that should be zero
_SMALL_CHANGE = 1e-3  # a tenth of a cent is never rounding noise


def is_below(values: pd.Series | np.ndarray, threshold: float | pd.Series) -> np.ndarray:
    """Return True for each value below the threshold; a value on it is not below."""
    values, threshold = np.asarray(values, "float64"), np.asarray(threshold, "float64")
    return values < threshold - _tolerance(values, threshold)


def is_above(values: pd.Series | np.ndarray, threshold: float | pd.Series) -> np.ndarray:
    """Return True for each value above the threshold; a value on it is not above."""
    values, threshold = np.asarray(values, "float64"), np.asarray(threshold, "float64")
    return values > threshold + _tolerance(values, threshold)


def _tolerance(values: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """Return the rounding noise: a billionth of the threshold; for 0, the last digits of a sum."""
    tolerance = RELATIVE_TOLERANCE * np.abs(threshold)
    if np.all(threshold):
        return tolerance
    return np.where(threshold == 0, _ZERO_NOISE * np.abs(values).max(initial=0), tolerance)


def is_on(values: pd.Series | np.ndarray, threshold: float | pd.Series) -> np.ndarray:
    """Return True for each value on the threshold."""
    return ~is_below(values, threshold) & ~is_above(values, threshold)


def without_noise(values: pd.Series) -> pd.Series:
    """Return the values as float64, those that differ by rounding noise alone made equal.

    Examples
    --------
    >>> without_noise(pd.Series([0.1 + 0.1 + 0.1, 0.3, 0.4])).nunique()
    2
    """
    numbers = values.to_numpy(dtype="float64")
    order = np.argsort(numbers, kind="stable")
    rising = numbers[order]
    size = np.abs(rising)
    noise = RELATIVE_TOLERANCE * np.maximum(size[1:], size[:-1])
    # Relative to a value beside zero, nothing is small.
    around_zero = np.sign(rising[1:]) != np.sign(rising[:-1])
    noise = np.where(around_zero, np.maximum(noise, _ZERO_NOISE * size.max(initial=0)), noise)
    starts = np.concatenate([[True], rising[1:] / 2 - rising[:-1] / 2 > noise / 2])
    group = np.cumsum(starts) - 1
    equal = np.empty_like(numbers)
    equal[order] = rising[starts][group] if len(rising) else rising
    return pd.Series(equal, index=values.index, name=values.name)


def round_sums(sums: pd.Series, added_up: pd.Series) -> pd.Series:
    """Remove rounding noise from sums of amounts whose absolute values add up to `added_up`.

    Sums keep six decimals, but never fewer than 12 nor more than 15 digits of what was added up:
    0.1 + 0.2 - 0.3 is 0, and so is 1e9 + 0.1 - 1e9 - 0.1.

    Examples
    --------
    >>> round_sums(pd.Series([0.1 + 0.2 - 0.3, 3e-13]), pd.Series([0.6, 3e-13])).tolist()
    [0.0, 3e-13]
    """
    numbers, sizes = sums.to_numpy(dtype="float64"), np.abs(added_up.to_numpy(dtype="float64"))
    known = np.isfinite(sizes) & (sizes > 0)
    digits = np.ceil(np.log10(sizes, where=known, out=np.zeros(len(sizes))))
    decimals = np.clip(6, 12 - digits, 15 - digits).astype("int64")
    rounded = numbers.copy()
    least = decimals.min(initial=0)
    for n_decimals in least + np.flatnonzero(np.bincount(decimals[known] - least)):
        here = known & (decimals == n_decimals)
        if -8 < n_decimals < 300:  # where the power of ten is exact, and a number at all
            rounded[here] = np.round(numbers[here], n_decimals)
        else:
            noise = np.abs(numbers[here]) <= _ZERO_NOISE * sizes[here]
            rounded[here] = np.where(noise, 0.0, numbers[here])
    return pd.Series(rounded + 0.0, index=sums.index, name=sums.name)  # no "-0.0"


def round_up(value: float) -> int:
    """Round up to a whole number; 30 with rounding noise is 30, not 31.

    Examples
    --------
    >>> 21 / 0.7, round_up(21 / 0.7), round_up(30.01)
    (30.000000000000004, 30, 31)
    """
    return -int(round_down(pd.Series([-float(value)]))[0])


def round_down(values: pd.Series) -> pd.Series:
    """Round down to whole numbers; a value within rounding noise below one counts as it.

    Examples
    --------
    >>> round_down(pd.Series([0.1 * 3 * 10, 2.9999999999999996, 2.99, -0.5])).tolist()
    [3.0, 3.0, 2.0, -1.0]
    """
    numbers = values.astype("float64")
    whole = numbers.round()
    noise = (RELATIVE_TOLERANCE * whole.abs()).clip(upper=_SMALL_CHANGE)
    return whole.where((numbers - whole).abs() <= noise, np.floor(numbers)) + 0.0


def has_shares(values: pd.Series) -> bool:
    """Return True if the total is above zero, so that shares of it mean something."""
    numbers = values.astype("float64")
    return bool(numbers.sum() > RELATIVE_TOLERANCE * numbers.abs().sum())


def shares_of_total(sums: pd.Series, values: pd.Series) -> pd.Series:
    """Return the sums of groups over the total of all values; blank where it is not above zero.

    Examples
    --------
    >>> shares_of_total(pd.Series([300.0, -100.0]), pd.Series([200.0, 100, -100])).tolist()
    [1.5, -0.5]
    >>> shares_of_total(pd.Series([100.0, -200.0]), pd.Series([100.0, -200.0])).tolist()
    [nan, nan]
    """
    return sums.astype("float64") / (float(sums.sum()) if has_shares(values) else math.nan)


def count_reached(values: pd.Series, cuts: Sequence[float]) -> np.ndarray:
    """Count how many of the cuts each value reaches."""
    return np.sum([~is_below(values, cut) for cut in cuts], axis=0)


def as_tiers(tier_numbers: np.ndarray, names: Sequence[str], index: pd.Index) -> pd.Series:
    """Convert tier numbers (0 is the best tier) into an ordered categorical."""
    codes = pd.Categorical.from_codes(tier_numbers, categories=list(names), ordered=True)
    return pd.Series(codes, index=index, name="tier")


def tier_by_cuts(
    values: pd.Series, *, cuts: Sequence[float], codes: Sequence[str], name: str, over: bool = False
) -> pd.Series:
    """Tier values by rising cuts; codes are best first, one more than cuts.

    A value on a cut gets the better code; with `over`, the worse (it must exceed the cut).
    """
    check_numbers(values, name=name)
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is nobody to put into a tier.")
    cuts = check_cuts(cuts)
    if len(cuts) != len(codes) - 1:
        raise DataError(f"cuts must be {len(codes) - 1} rising numbers, not {cuts!r}.")
    reached = [is_above(values, cut) if over else ~is_below(values, cut) for cut in cuts]
    return as_tiers(len(cuts) - np.sum(reached, axis=0), codes, values.index)


def total_for_shares(values: pd.Series, *, name: str) -> float:
    """Return the total that shares are taken of; raise a DataError where it is not above zero."""
    numbers = np.sort(values.to_numpy(dtype="float64"))
    with np.errstate(over="ignore"):
        total, size = float(numbers.sum()), float(np.abs(numbers).sum())
    if not math.isfinite(size):
        raise DataError(too_large(name))
    if total <= RELATIVE_TOLERANCE * size:
        raise DataError(
            f"{name} add up to {total:,.2f}: there is no profit to take shares of.\n"
            'Rank the customers instead (by="customers"), or look at the profitable alone: '
            "values[values > 0]."
        )
    return total
