"""Draw the layers of a customer pyramid from profit (Zeithaml; Peppers and Rogers)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import abc_tier
from rfmkit.schema import DataError
from rfmkit.thresholds import as_tiers, count_reached
from rfmkit.validation import check_customer_values, check_cuts, check_same_customers, is_finite

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
    places = abc_tier(profit, cuts=cuts).cat.codes.to_numpy()
    loses = profit.to_numpy(dtype="float64") < 0
    return as_tiers(np.where(loses, 3, places), PYRAMID4, profit.index)


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
    places = np.select(
        [
            (now < 0) & (now + more < 0),
            count_reached(profit, [profit_cut]) == 1,
            count_reached(growth, [growth_cut]) == 1,
        ],
        [3, 0, 1],
        default=2,
    )
    return as_tiers(places, VALUE4, profit.index)
