"""Cut scores into tiers by fixed thresholds or by shares of customers (chapter 3)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import abc_tier
from rfmkit.schema import DataError
from rfmkit.thresholds import as_tiers, count_reached, is_below
from rfmkit.validation import (
    check_customer_values,
    check_cuts,
    check_same_customers,
    check_tier_names,
    is_finite,
)

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


PYRAMID4 = ("pyramid4:platinum", "pyramid4:gold", "pyramid4:iron", "pyramid4:lead")
VALUE4 = ("value4:mvc", "value4:mgc", "value4:lvc", "value4:below_zero")


def pyramid_tier(profit: pd.Series, *, cuts: Sequence[float] = (0.05, 0.20)) -> pd.Series:
    """Tier customers into platinum, gold, iron and lead.

    Lead customers cost money: profit below zero, whatever their rank. The others are ranked among
    *all* customers: those with fewer than 5 % ahead are platinum, fewer than 20 % gold, the rest
    iron. Who earns exactly nothing costs nothing: iron.

    Parameters
    ----------
    profit
        Profit of each customer, in money, costs of service taken off.
    cuts
        Two rising shares of customers ahead, for platinum and gold.

    Returns
    -------
    pandas.Series
        `tier`: an ordered categorical from platinum to lead, in the order of `profit`.

    Raises
    ------
    DataError
        If `profit` is empty, holds a blank, an infinite or a non-number, or a customer twice, or
        `cuts` are not two shares.

    Notes
    -----
    Source: Zeithaml, Rust and Lemon, *California Management Review* 43(4), Summer 2001, pages
    118-142, name the tiers and let each firm draw the lines. The shares are the kit's, from table
    5-1 of the textbook; lead is not its small customer, who buys little but need not cost money.

    Examples
    --------
    >>> pyramid_tier(pd.Series([900, 50, 40, 0, -5]), cuts=(0.2, 0.4)).tolist()
    ['pyramid4:platinum', 'pyramid4:gold', 'pyramid4:iron', 'pyramid4:iron', 'pyramid4:lead']
    """
    check_customer_values(profit, name="profit")
    cuts = check_cuts(cuts, low=0, high=1)
    if len(cuts) != 2:
        raise DataError(f"cuts must be two shares, for platinum and gold, not {cuts!r}.")
    tier_numbers = abc_tier(profit, cuts=cuts).cat.codes.to_numpy()
    loses = is_below(profit, 0)
    return as_tiers(np.where(loses, 3, tier_numbers), PYRAMID4, profit.index)


def peppers_tier(
    profit: pd.Series, growth: pd.Series, *, profit_cut: float, growth_cut: float
) -> pd.Series:
    """Tier customers into most valuable, most growable, low contribution and below zero.

    Asked in this order: (1) below zero: costs money today and would still cost money if all growth
    came true; (2) MVC: profit at or above its cut; (3) MGC: growth at or above its cut; (4) LVC:
    everybody else. So who is both valuable and growable is MVC, and who loses money today but has
    great growth ahead is MGC.

    Parameters
    ----------
    profit
        Profit of each customer today, in money a year.
    growth
        Profit still to be won from each customer, in money a year, on top of today's.
    profit_cut
        From what profit on a customer is most valuable; above 0.
    growth_cut
        From what growth on a customer is most growable; above 0.

    Returns
    -------
    pandas.Series
        `tier`: an ordered categorical MVC, MGC, LVC, below zero, in the order of `profit`.

    Raises
    ------
    DataError
        If one of the two is empty, holds a blank, an infinite or a non-number, or a customer
        twice; if their customers differ; if a cut is not above 0.

    Notes
    -----
    Source: the value-pyramid chapter names the four layers; MVC, MGC and below zero are Peppers and
    Rogers', LVC is its own. Neither gives cuts: the order of questions is the kit's. BZ and BZC are
    `below_zero`.

    Examples
    --------
    >>> profit, growth = pd.Series([900, 50, 50, -20, -20]), pd.Series([500, 400, 5, 5, 400])
    >>> peppers_tier(profit, growth, profit_cut=500, growth_cut=300).str[7:].tolist()
    ['mvc', 'mgc', 'lvc', 'below_zero', 'mgc']
    """
    check_customer_values(profit, name="profit")
    check_customer_values(growth, name="growth")
    check_same_customers(profit, growth, names="profit and growth")
    for name, cut in (("profit_cut", profit_cut), ("growth_cut", growth_cut)):
        if not is_finite(cut) or cut <= 0:
            raise DataError(f"{name} must be an amount of money above 0, not {cut!r}.")
    now, more = profit.to_numpy(dtype="float64"), growth.to_numpy(dtype="float64")
    tier_numbers = np.select(
        [
            is_below(now, 0) & is_below(now / 2, -more / 2),
            count_reached(profit, [profit_cut]) == 1,
            count_reached(growth, [growth_cut]) == 1,
        ],
        [3, 0, 1],
        default=2,
    )
    return as_tiers(tier_numbers, VALUE4, profit.index)
