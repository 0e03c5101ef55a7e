"""Find out whether a campaign worked, by customers who were left out of it at random.

Some customers come back without any campaign. The share of those who were written to and came back
therefore says little; what counts is how much higher it is than in a control group.
"""

import math
from statistics import NormalDist

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.uncertainty import wilson_interval
from rfmkit.validation import (
    check_numbers,
    check_one_row_each,
    check_same_customers,
    check_seed,
    check_yes_no,
    is_finite,
    two_sided_z,
)


def uplift(treated: pd.Series, converted: pd.Series, *, confidence: float = 0.95) -> pd.Series:
    """Compare the customers in a campaign with the control group.

    Parameters
    ----------
    treated
        True for each customer in the campaign, False for each in the control group.
    converted
        True for each customer who did what the campaign was for, such as buying again.
    confidence
        How often the interval shall hold the true difference, above 0 and below 1.

    Returns
    -------
    pandas.Series
        `treated_customers`, `control_customers`; `treated_share`, `control_share`: who converted,
        0 to 1; `uplift`: the difference of the two shares, -1 to 1; `lower`, `upper`: its interval;
        `extra_customers`: uplift times the customers in the campaign.

    Raises
    ------
    DataError
        If the two are not True or False for the same customers, one row each, if a group is empty,
        or if `confidence` is unusable.

    Notes
    -----
    The comparison is fair only if chance alone decided who was in which group.

    Source: Newcombe 1998, method 10 (two Wilson intervals joined), good in small groups too.

    Examples
    --------
    >>> treated = pd.Series([True] * 70 + [False] * 80)
    >>> converted = pd.Series([True] * 56 + [False] * 14 + [True] * 48 + [False] * 32)
    >>> uplift(treated, converted)[["uplift", "lower", "upper"]].round(4).tolist()
    [0.2, 0.0524, 0.3339]
    """
    check_yes_no(treated, name="treated")
    check_yes_no(converted, name="converted")
    check_same_customers(treated, converted, names="treated and converted")
    z = two_sided_z(confidence)
    inside, did = treated.to_numpy(bool), converted.to_numpy(bool)
    n, m = int(inside.sum()), int((~inside).sum())
    if not n or not m:
        raise DataError(
            f"nobody is in the {'control group' if n else 'campaign'}: "
            "there is nothing to compare with.\nLeave some customers out of the campaign at random."
        )
    x, y = int((inside & did).sum()), int((~inside & did).sum())
    lower, upper = newcombe_interval(x, n, y, m, z)
    return pd.Series(
        {
            "treated_customers": n,
            "control_customers": m,
            "treated_share": x / n,
            "control_share": y / m,
            "uplift": x / n - y / m,
            "lower": float(lower),
            "upper": float(upper),
            "extra_customers": x - y * n / m,
        },
        name="uplift",
    )


def sample_size(
    base_share: float, uplift: float, *, power: float = 0.8, confidence: float = 0.95
) -> int:
    """Compute how many customers each group needs to notice an uplift.

    Parameters
    ----------
    base_share
        Share of customers who convert without the campaign, 0 to 1.
    uplift
        The smallest difference worth noticing: 0.05 for 5 percentage points; below 0 for a harm.
    power
        How often a difference of that size shall be noticed, above 0.5 and below 1.
    confidence
        One minus how often chance alone may pass for an effect.

    Returns
    -------
    int
        Customers in the campaign; the control group needs as many.

    Raises
    ------
    DataError
        If a share lies outside 0 to 1, `uplift` is 0, or `power` or `confidence` is unusable.

    Notes
    -----
    Half the difference needs about four times the customers.

    Source: Fleiss, Levin and Paik 2003, equation 4.14: the two-sided test of two shares, equal
    groups, without a correction for continuity.

    Examples
    --------
    >>> sample_size(0.20, 0.05), sample_size(0.20, 0.10)
    (1094, 294)
    """
    for name, value in (("base_share", base_share), ("uplift", uplift), ("power", power)):
        if isinstance(value, bool) or not is_finite(value):
            raise DataError(f"{name} must be a plain number, not {value!r}.")
    with_it = base_share + uplift
    if not (0 <= base_share <= 1 and -1e-12 <= with_it <= 1 + 1e-12):
        raise DataError(
            f"shares run from 0 to 1, but these are {base_share:g} without the campaign and "
            f"{with_it:g} with it. Write 0.05 for 5 percentage points."
        )
    if uplift == 0:
        raise DataError("uplift is 0: no number of customers can show that nothing happened.")
    if not 0.5 < power < 1:
        raise DataError(f"power must be above 0.5 and below 1, not {power!r}; 0.8 is usual.")
    with_it = min(max(with_it, 0.0), 1.0)
    middle = (base_share + with_it) / 2
    chance = two_sided_z(confidence) * math.sqrt(2 * middle * (1 - middle))
    missed = NormalDist().inv_cdf(power) * math.sqrt(
        base_share * (1 - base_share) + with_it * (1 - with_it)
    )
    # A float's last digit must not ask for one customer more.
    return math.ceil(round(((chance + missed) / uplift) ** 2, 6))


def simulate_campaign(
    base_share: pd.Series,
    uplift: float,
    *,
    seed: int,
    treated_share: float = 0.5,
    treated: pd.Series | None = None,
) -> pd.DataFrame:
    """Play a campaign whose true effect is known, to see what can be found out about it.

    Parameters
    ----------
    base_share
        For each customer the probability of converting without the campaign, 0 to 1.
    uplift
        What the campaign adds to the probability of each customer in it; the sum stays within
        0 to 1.
    seed
        Seed of the draws. The same customers and seed give the same campaign in any order of rows.
    treated_share
        Share of customers in the campaign, above 0 and below 1, drawn at random.
    treated
        True for each customer in the campaign, if chance shall not decide. Put the customers in
        who would come back anyway, and the comparison shows an effect that is not there.

    Returns
    -------
    pandas.DataFrame
        `treated` and `converted`, True or False, in the order of `base_share`.

    Raises
    ------
    DataError
        If there is no customer, a probability lies outside 0 to 1, a customer stands twice, one of
        the other values is unusable, or `treated` holds other customers.

    Notes
    -----
    Source: the kit's own (K), for teaching; the outcome is made up, the customers may be real.

    Examples
    --------
    >>> base = pd.Series(0.2, index=[f"C{n}" for n in range(1000)])
    >>> played = simulate_campaign(base, 0.1, seed=1)
    >>> played["treated"].sum()
    np.int64(500)
    >>> bool(uplift(played["treated"], played["converted"])["lower"] > 0)
    True
    """
    check_numbers(base_share, name="base_share")
    if len(base_share) == 0:
        raise DataError("base_share is empty: there is no customer to write to.")
    check_one_row_each(base_share.index, name="base_share")
    if not base_share.between(0, 1).all():
        raise DataError("base_share must be from 0 to 1 for each customer. Write 0.2 for 20 %.")
    if isinstance(uplift, bool) or not is_finite(uplift) or not -1 <= uplift <= 1:
        raise DataError(f"uplift must be from -1 to 1, not {uplift!r}. Write 0.1 for 10 points.")
    check_seed(seed)
    ordered = base_share.astype("float64").sort_index(key=lambda index: index.astype(str))
    random = np.random.default_rng(seed)
    place = random.permutation(len(ordered))
    if treated is None:
        share = treated_share
        if isinstance(share, bool) or not is_finite(share) or not 0 < share < 1:
            raise DataError(f"treated_share must be above 0 and below 1, not {share!r}.")
        inside = pd.Series(place < round(share * len(ordered)), index=ordered.index)
    else:
        check_yes_no(treated, name="treated")
        check_same_customers(base_share, treated, names="base_share and treated")
        inside = treated.reindex(ordered.index).astype(bool)
    probability = (ordered + uplift * inside).clip(0, 1)
    converted = pd.Series(random.random(len(ordered)) < probability, index=ordered.index)
    played = pd.DataFrame({"treated": inside, "converted": converted})
    return played.reindex(base_share.index)


def newcombe_interval(
    x: np.ndarray | int, n: np.ndarray | int, y: np.ndarray | int, m: np.ndarray | int, z: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of Newcombe's interval for x / n - y / m."""
    (low, high), (other_low, other_high) = wilson_interval(x, n, z), wilson_interval(y, m, z)
    share, other = x / n, y / m
    lower = share - other - np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    upper = share - other + np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return lower, upper
