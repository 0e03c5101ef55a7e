"""Plan the people, points and rewards that each tier is given.

Source: the customer-analysis slides and the Q&A on tier criteria.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from rfmkit.schema import DataError
from rfmkit.thresholds import is_below, is_on, round_down, round_up
from rfmkit.validation import check_numbers, check_one_row_each, is_finite, require_columns

# Customers one person looks after: 1, 2, and 3 to 5.
STAFF_RATIOS: dict[str, float | tuple[float, float]] = {"abc3:a": 1, "abc3:b": 2, "abc3:c": (3, 5)}
REWARDS = (500, 1000, 1500)
_COUNTABLE = 2**53


def staffing(
    tiers: pd.Series, ratios: Mapping[str, float | tuple[float, float]] | None = None
) -> pd.DataFrame:
    """Compute how many people the tiers need.

    Parameters
    ----------
    tiers
        The tier of each customer.
    ratios
        For each tier, how many customers one person looks after: a number, or the fewest and the
        most as a pair. By default A 1, B 2, C 3 to 5.

    Returns
    -------
    pandas.DataFrame
        One row a tier of `ratios`. `customers`: how many. `staff_least`, `staff_most`: people
        needed with the most and with the fewest customers each, rounded up within the tier: a
        person serves one tier only.

    Raises
    ------
    DataError
        If a customer has no tier or stands twice, a tier has no ratio, or a ratio is not above 0.

    Notes
    -----
    Source: the Q&A on tier criteria: A 1 to 1 (one person, or a team, per customer), B 1 to 2, C 1
    to 3-5.

    Examples
    --------
    >>> staffing(pd.Series(["abc3:a", "abc3:b", "abc3:b", "abc3:b"])).loc["abc3:b"].to_dict()
    {'customers': 3, 'staff_least': 2, 'staff_most': 2}
    """
    if not isinstance(tiers, pd.Series):
        raise DataError(f"tiers must be a pandas Series, but it is a {type(tiers).__name__}.")
    check_one_row_each(tiers.index, name="tiers")
    ratios = STAFF_RATIOS if ratios is None else ratios
    if tiers.isna().any():
        raise DataError(
            f"{tiers.isna().sum()} of {len(tiers)} customers have no tier.\n"
            "Give them one, or leave them out on purpose with .dropna()."
        )
    missing = [tier for tier in tiers.unique() if tier not in ratios]
    if missing:
        raise DataError(
            f"tier {missing[0]!r} has no ratio; there are {list(ratios)}.\n"
            "Write one for each tier: ratios={'abc4:premium': 1, 'abc4:small': (3, 5), ...}."
        )
    rows = {}
    for tier, ratio in ratios.items():
        fewest, most = ratio if isinstance(ratio, tuple) else (ratio, ratio)
        if not (is_finite(fewest) and is_finite(most) and 0 < fewest <= most):
            raise DataError(
                f"the ratio of {tier!r} must be above 0, or a pair such as (3, 5), not {ratio!r}."
            )
        customers = int((tiers == tier).sum())
        rows[tier] = (customers, round_up(customers / most), round_up(customers / fewest))
    columns = ["customers", "staff_least", "staff_most"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("tier")


def staffing_fit(
    plan: pd.DataFrame,
    *,
    staff: float,
    hours_per_customer: Mapping[str, float] | None = None,
    hours_per_person: float | None = None,
) -> pd.Series:
    """Compare a staffing plan with the people, and if wished the hours, there are.

    Parameters
    ----------
    plan
        The table that `staffing` returns.
    staff
        How many people there are (part-time counts as a part).
    hours_per_customer
        Hours a month one customer of each tier takes. Given together with `hours_per_person`.
    hours_per_person
        Hours a month one person has for customers.

    Returns
    -------
    pandas.Series
        `staff`, `staff_least`, `staff_most` (people), `spare` (`staff` less `staff_least`;
        negative: so many are missing), `fits` (True when none is missing); with hours also
        `hours`, `hours_needed` and `hours_fit`.

    Raises
    ------
    DataError
        If the plan lacks a column, a number is not 0 or more, or only one kind of hours is given.

    Examples
    --------
    >>> plan = staffing(pd.Series(["abc3:a", "abc3:c", "abc3:c", "abc3:c", "abc3:c"]))
    >>> staffing_fit(plan, staff=2)[["staff_least", "staff_most", "fits"]].tolist()
    [2, 3, True]
    """
    require_columns(plan, ["customers", "staff_least", "staff_most"], name="plan")
    _not_negative(staff, "staff")
    least, most = int(plan["staff_least"].sum()), int(plan["staff_most"].sum())
    fit = {
        "staff": staff,
        "staff_least": least,
        "staff_most": most,
        "spare": 0 if is_on(staff, least) else staff - least,
        "fits": bool(~is_below(staff, least)),
    }
    if (hours_per_customer is None) != (hours_per_person is None):
        raise DataError("give hours_per_customer and hours_per_person together, or neither.")
    if hours_per_customer is not None and hours_per_person is not None:
        _not_negative(hours_per_person, "hours_per_person")
        needed = 0.0
        for tier, customers in plan["customers"].items():
            if tier not in hours_per_customer:
                raise DataError(f"hours_per_customer lacks tier {tier!r}.")
            _not_negative(hours_per_customer[tier], f"hours_per_customer of {tier!r}")
            needed += customers * hours_per_customer[tier]
        hours = staff * hours_per_person
        fit |= {"hours": hours, "hours_needed": needed, "hours_fit": bool(~is_below(hours, needed))}
    return pd.Series(fit, dtype=object, name="staffing")


def loyalty_points(
    spend: pd.Series, *, used_up: bool | None = None, rewards: Sequence[int] = REWARDS
) -> pd.DataFrame:
    """Compute loyalty points (1 yuan, 1 point) and the rewards they reach.

    Parameters
    ----------
    spend
        Spend of each customer in yuan, returns taken off.
    used_up
        None: a reward each time the points of the smallest have been saved up (every 500), the
        source's plain reading. True: a reward costs its points; a customer takes the dearest
        affordable, again and again. False: points stay, and each reward is given once when its
        points are reached.
    rewards
        Points of the rewards, rising.

    Returns
    -------
    pandas.DataFrame
        `points`: whole yuan (part of a yuan gives no point, a negative spend none either).
        `rewards`: how many; or, if `used_up` is True or False, how many of each kind:
        `reward_500`, `reward_1000`, `reward_1500`. `points_left`: after rewards.

    Raises
    ------
    DataError
        If a spend is blank or no number, `used_up` is not True, False or None, or the rewards do
        not rise from above 0.

    Notes
    -----
    Source: the customer-analysis slides, section 3.2.1: 1 yuan is 1 point, a reward for every 500
    points saved up, rewards listed at 500, 1000 and 1500. Dearest first, and each once, are other
    readings (K).

    Examples
    --------
    >>> loyalty_points(pd.Series([1600.5])).iloc[0].tolist()
    [1600, 3, 100]
    >>> loyalty_points(pd.Series([1600.5]), used_up=True).iloc[0].tolist()
    [1600, 0, 0, 1, 100]
    >>> loyalty_points(pd.Series([1600.5]), used_up=False).iloc[0].tolist()
    [1600, 1, 1, 1, 1600]
    """
    check_numbers(spend, name="spend")
    if used_up is not None and not isinstance(used_up, bool):
        raise DataError(
            "used_up must be True or False, or left out for a reward at every "
            f"{REWARDS[0]} points, not {used_up!r}."
        )
    whole = all(isinstance(reward, int) and reward > 0 for reward in rewards)
    if not rewards or not whole or list(rewards) != sorted(set(rewards)):
        raise DataError(
            f"rewards must be whole points that rise, such as (500, 1000), not {rewards}."
        )
    points = round_down(spend.astype("float64").clip(lower=0))
    if (points > _COUNTABLE).any():
        most = points.idxmax()
        raise DataError(
            f"spend of {most!r} is {spend[most]:g}: above {_COUNTABLE:,} a number can no longer "
            "tell one yuan from the next.\nLook for a slip in that amount."
        )
    points = points.astype("int64")
    if used_up is None:
        counts = {"rewards": points // rewards[0]}
        return pd.DataFrame({"points": points, **counts, "points_left": points % rewards[0]})
    left, given = points, {}
    for reward in reversed(rewards):
        given[reward] = left // reward if used_up else (points >= reward).astype("int64")
        left = left - given[reward] * reward if used_up else points
    counts = {f"reward_{reward}": given[reward] for reward in rewards}
    return pd.DataFrame({"points": points, **counts, "points_left": left})


def _not_negative(value: Any, name: str) -> None:
    if not is_finite(value) or isinstance(value, bool) or value < 0:
        raise DataError(f"{name} must be a number of 0 or more, not {value!r}.")
