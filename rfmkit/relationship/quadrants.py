"""Divide customers by two or three measures at once.

Source: the customer-analysis slides and the Q&A on tier criteria.
"""

from collections.abc import Sequence

import pandas as pd

from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES
from rfmkit.thresholds import as_tiers, is_below
from rfmkit.validation import check_cut_each, check_range, check_together


def quadrant(
    x: pd.Series, y: pd.Series, *, cuts: Sequence[float], names: Sequence[str]
) -> pd.Series:
    """Classify each customer in a grid of two measures, each high or low.

    Parameters
    ----------
    x, y
        One number a customer each, for the same customers in the same order; high is good.
    cuts
        The cut of x and the cut of y, in their units. Who sits on a cut is high.
    names
        Four names, for (x high, y high), (high, low), (low, high), (low, low).

    Returns
    -------
    pandas.Series
        The names as an ordered categorical in the order given.

    Raises
    ------
    DataError
        If the two hold different customers, a value is blank or no number, or there are not two
        cuts and four different names.

    Notes
    -----
    Source: the customer-analysis slides and the Q&A on tier criteria use such grids; their figures
    are lost, so cuts are always the reader's (K). Values within a billionth of a cut count as on
    it.

    Examples
    --------
    >>> size, margin = pd.Series([9, 2]), pd.Series([10, 30])
    >>> quadrant(size, margin, cuts=(5, 20), names=["star", "big", "fine", "small"]).tolist()
    ['big', 'fine']
    """
    if isinstance(names, str) or len(set(names)) != 4 or len(names) != 4:
        raise DataError(
            f"names must be four different names, for high-high, high-low, low-high and low-low, "
            f"not {names!r}."
        )
    check_together(x=x, y=y)
    cut_x, cut_y = check_cut_each(cuts, count=2)
    return as_tiers(2 * is_below(x, cut_x) + is_below(y, cut_y), names, x.index)


def loyalty_size(loyalty: pd.Series, size: pd.Series, *, cuts: Sequence[float]) -> pd.Series:
    """Divide customers by loyalty and size: cash cow, warm up, tomorrow, chicken rib.

    Parameters
    ----------
    loyalty, size
        One number a customer each (say, a repeat share and yearly spend); high is good.
    cuts
        The cut of loyalty and the cut of size. Who sits on a cut is high.

    Returns
    -------
    pandas.Series
        `loyalty_size:cash_cow` (large and loyal), `:warm_up` (large, not loyal), `:tomorrow`
        (small and loyal), `:low_potential` (neither), an ordered categorical.

    Raises
    ------
    DataError
        As `quadrant`.

    Notes
    -----
    Source: the customer-analysis slides keep the four names and loses the figure; which box has
    which name is the kit's own reading (K), and the customer-analysis slides' own note disputes
    it. Try another with `quadrant`.

    Examples
    --------
    >>> loyalty_size(pd.Series([0.2]), pd.Series([9000]), cuts=(0.5, 1000)).tolist()
    ['loyalty_size:warm_up']
    """
    check_together(loyalty=loyalty, size=size)
    cut_loyalty, cut_size = check_cut_each(cuts, count=2)
    return quadrant(size, loyalty, cuts=(cut_size, cut_loyalty), names=SCHEMES["loyalty_size"])


def loyalty_credit(loyalty: pd.Series, credit: pd.Series, *, cuts: Sequence[float]) -> pd.Series:
    """Divide customers by loyalty and credit: trusted, costly, cautious, avoid.

    Parameters
    ----------
    loyalty, credit
        One number a customer each (say, a repeat share and a credit score); high is good.
    cuts
        The cut of loyalty and the cut of credit. Who sits on a cut is high.

    Returns
    -------
    pandas.Series
        `loyalty_credit:trusted` (loyal, pays well), `:costly` (pays well, costs effort to hold),
        `:cautious` (loyal, pays badly), `:avoid` (neither), an ordered categorical.

    Raises
    ------
    DataError
        As `quadrant`.

    Notes
    -----
    Source: the customer-analysis slides name the grid and loses the figure; the boxes and their
    names are the kit's (K).

    Examples
    --------
    >>> loyalty_credit(pd.Series([0.9]), pd.Series([40]), cuts=(0.5, 60)).tolist()
    ['loyalty_credit:cautious']
    """
    check_together(loyalty=loyalty, credit=credit)
    cut_loyalty, cut_credit = check_cut_each(cuts, count=2)
    names = SCHEMES["loyalty_credit"]
    return quadrant(credit, loyalty, cuts=(cut_credit, cut_loyalty), names=names)


def wallet_strategy(share: pd.Series, upcoming: pd.Series, *, cuts: Sequence[float]) -> pd.Series:
    """Divide customers by share of wallet and the purchase they are about to make.

    Parameters
    ----------
    share
        The part of the customer's need for the product that buys from us, 0 to 1.
    upcoming
        How much the customer is about to buy, in units or money, 0 or more.
    cuts
        The cut of share and the cut of upcoming. Who sits on a cut is high.

    Returns
    -------
    pandas.Series
        `wallet:keep` (high, large), `:keep_or_win` (high, small), `:develop` (low, large),
        `:win_or_let_go` (low, small), an ordered categorical.

    Raises
    ------
    DataError
        As `quadrant`, or if a share is outside 0 to 1 or a purchase is negative.

    Notes
    -----
    Source: the Q&A on tier criteria, the table of differentiated customers; it gives no cuts.

    Examples
    --------
    >>> wallet_strategy(pd.Series([0.2]), pd.Series([800]), cuts=(0.5, 500)).tolist()
    ['wallet:develop']
    """
    check_together(share=share, upcoming=upcoming)
    check_range(share, 0, 1, name="share")
    check_range(upcoming, 0, float("inf"), name="upcoming")
    return quadrant(share, upcoming, cuts=cuts, names=SCHEMES["wallet"])


def three_way(
    size: pd.Series, loyalty: pd.Series, credit: pd.Series, *, cuts: Sequence[float]
) -> pd.Series:
    """Divide customers by size, loyalty and credit into eight boxes.

    Parameters
    ----------
    size, loyalty, credit
        One number a customer each; high is good.
    cuts
        The cuts of the three, in the same order. Who sits on a cut is high.

    Returns
    -------
    pandas.Series
        `slc:111` to `slc:000`, the digits being size, loyalty and credit (1 is high), an
        ordered categorical.

    Raises
    ------
    DataError
        If the three hold different customers, a value is blank or no number, or there are not
        three cuts.

    Notes
    -----
    Source: the customer-analysis slides name the three-way division and loses its figure; the
    boxes are the kit's (K).

    Examples
    --------
    >>> three_way(pd.Series([9]), pd.Series([0.1]), pd.Series([80]), cuts=(5, 0.5, 60)).tolist()
    ['slc:101']
    """
    check_together(size=size, loyalty=loyalty, credit=credit)
    cut_size, cut_loyalty, cut_credit = check_cut_each(cuts, count=3)
    place = 4 * is_below(size, cut_size) + 2 * is_below(loyalty, cut_loyalty)
    place += is_below(credit, cut_credit)
    return as_tiers(place, SCHEMES["size_loyalty_credit"], size.index)
