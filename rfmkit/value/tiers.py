"""Cut scores into tiers by a fixed line or by a share of customers (the value-pyramid chapter)."""

from collections.abc import Sequence

import pandas as pd

from rfmkit.abc_tiers import abc_tier
from rfmkit.thresholds import as_tiers, count_reached
from rfmkit.validation import check_customer_values, check_cuts, check_tier_names

VALUE3 = ("value3:vip", "value3:important", "value3:ordinary")


def value_tier(
    scores: pd.Series,
    *,
    cuts: Sequence[float] = (60, 80),
    names: Sequence[str] | None = None,
) -> pd.Series:
    """Tier customers by fixed cuts on a score.

    The intervals are half-open: below 60 ordinary; from 60 to below 80 important; 80 and more VIP.
    Who sits on a cut is in the higher tier. A fixed cut can leave a tier empty or put everybody
    into it; `relative_tier` cannot.

    Parameters
    ----------
    scores
        The score of each customer, in points, as from `composite_score`.
    cuts
        Rising cuts, in points.
    names
        One name a tier, best first. By default those of `value3` for three tiers, else
        "value2:1", "value2:2" and so on.

    Returns
    -------
    pandas.Series
        `tier`: an ordered categorical, best first, in the order of `scores`.

    Raises
    ------
    DataError
        If `scores` is empty, holds a blank, an infinite or a non-number, or a customer twice, or
        `cuts` or `names` is unusable.

    Notes
    -----
    Source: the value-pyramid chapter says VIP above 80, important above 60, ordinary below 60, and
    leaves exactly 60 undefined. The kit takes the cut itself into the higher tier at both, as
    `high_low` does; read to the letter, the value-pyramid chapter would call exactly 80 important.

    Examples
    --------
    >>> value_tier(pd.Series([59.9, 60.0, 79.9, 80.0])).tolist()
    ['value3:ordinary', 'value3:important', 'value3:important', 'value3:vip']
    """
    check_customer_values(scores, name="scores")
    cuts = check_cuts(cuts)
    tiers = len(cuts) + 1
    if names is None:
        names = VALUE3 if tiers == 3 else [f"value{tiers}:{n}" for n in range(1, tiers + 1)]
    names = check_tier_names(names, tiers=tiers)
    return as_tiers(len(cuts) - count_reached(scores, cuts), names, scores.index)


def relative_tier(scores: pd.Series, *, top: float = 0.20) -> pd.Series:
    """Tier customers into the best share of them and the others, whatever their scores.

    the value-pyramid chapter calls both "a score above 80" and "the top 20 %" VIP. They are
    different customers: the first number depends on the scores, the second on how many customers
    there are. So the codes differ too: `value3:vip` and `pareto2:key`.

    Parameters
    ----------
    scores
        The score of each customer, more is better.
    top
        The share of customers that counts as best, above 0 and below 1.

    Returns
    -------
    pandas.Series
        `tier`: "pareto2:key" for those with fewer than `top` of all customers ahead, else
        "pareto2:other"; equal customers share a tier. In the order of `scores`.

    Raises
    ------
    DataError
        As `value_tier`; and if `top` is no share.

    Notes
    -----
    Source: the value-pyramid chapter, figure 09-050 ("the first 20 %"); textbook section 5.2.1 (two
    levels, 20 : 80).

    Examples
    --------
    >>> scores = pd.Series([95, 90, 85, 81, 40])
    >>> relative_tier(scores).tolist().count("pareto2:key")
    1
    >>> value_tier(scores).tolist().count("value3:vip")
    4
    """
    (top,) = check_cuts([top], low=0, high=1, name="top")
    return abc_tier(scores, cuts=(top,))
