"""Estimate what a customer is worth over a lifetime, from simple to better.

Source: textbook section 5.2.2.
"""

from typing import TypeAlias

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.validation import (
    check_numbers,
    check_one_row_each,
    check_same_customers,
    finite_result,
    is_finite,
)

Amount: TypeAlias = float | pd.Series


def simple_clv(
    order_value: Amount, orders_per_year: Amount, years: Amount, *, margin: Amount = 1.0
) -> Amount:
    """Compute lifetime value as mean order x orders a year x years x margin.

    With the margin left at 1 the result is *revenue*, and in both cases a payment in ten years
    counts as much as one today: nothing is discounted, nobody leaves early.

    Parameters
    ----------
    order_value
        Mean order, in money; a number, or a Series with one a customer.
    orders_per_year
        Orders a year.
    years
        Years the customer stays.
    margin
        The part of revenue that is profit: 0.3 for 30 %. Below zero for one who is served at a
        loss.

    Returns
    -------
    float or pandas.Series
        `clv` in money: a number, or one a customer if any of the four is a Series.

    Raises
    ------
    DataError
        If one is blank, infinite, no number or a Series of no or twice the same customer; if one
        but margin is below zero, margin is above 1, or two Series differ in their customers.

    Notes
    -----
    Source: the article on choosing tiers (mean order times orders a year times years); the margin
    is the usual mend.

    Examples
    --------
    >>> simple_clv(500, 4, 5)
    10000.0
    >>> simple_clv(500, 4, 5, margin=0.3)
    3000.0
    """
    for name, value in (
        ("order_value", order_value),
        ("orders_per_year", orders_per_year),
        ("years", years),
    ):
        _check(value, name=name, low=0)
    _check(margin, name="margin", high=1, hint="Write 0.3 for 30 %.")
    _check_same(order_value, orders_per_year, years, margin)
    with np.errstate(over="ignore"):
        value = _plain(order_value) * _plain(orders_per_year) * _plain(years) * _plain(margin)
    return _result(value)


def retention_clv(
    margin: Amount, retention: Amount, discount: Amount, *, first_margin: str = "next"
) -> Amount:
    """Compute lifetime value as a constant margin, discounted, while the customer stays.

    In each period a customer stays with probability r; money one period from now is worth
    1 / (1 + i) of money today; the horizon is infinite. With m = 1, r = 0.8 and i = 0.1 the value
    is 2.67 if the first margin comes at the end of this period and only if the customer stays,
    and 3.67, one margin more, if today's counts. With i = 0 and today's, it is 1 / (1 - r) = 5.

    Parameters
    ----------
    margin
        Profit of one period, in money; a number, or a Series with one a customer. Below zero for
        a customer who costs money: so is the result.
    retention
        Probability of staying for one more period, 0 to 1: 0.8 for 80 %.
    discount
        Interest of one period, 0 to 1: 0.1 for 10 %. The same period for all three.
    first_margin
        "next": one period from now, m * r / (1 + i - r). "now": today, m * (1 + i) / (1 + i - r).

    Returns
    -------
    float or pandas.Series
        `clv` in money: a number, or one a customer if any of the three is a Series.

    Raises
    ------
    DataError
        If one is blank, infinite, no number or a Series of no or twice the same customer; if
        retention or discount is not between 0 and 1; if retention is 1 and discount 0, where the
        sum has no end; if two Series differ in their customers.

    Notes
    -----
    Source: textbook section 5.2.2 names the measure; the formula is the standard one for constant
    margin and retention (Gupta and Lehmann 2003).

    Examples
    --------
    >>> round(retention_clv(1, 0.8, 0.1), 2)
    2.67
    >>> round(retention_clv(1, 0.8, 0.1, first_margin="now"), 2)
    3.67
    >>> round(retention_clv(1, 0.8, 0, first_margin="now"), 2)
    5.0
    """
    if first_margin not in ("next", "now"):
        raise DataError(f"first_margin {first_margin!r} is not known; use 'next' or 'now'.")
    _check(margin, name="margin")
    _check(retention, name="retention", low=0, high=1, hint="Write 0.8 for 80 %.")
    _check(discount, name="discount", low=0, high=1, hint="Write 0.1 for 10 %.")
    _check_same(margin, retention, discount)
    leaving = 1 + _plain(discount) - _plain(retention)
    if np.any(leaving <= 0):
        raise DataError(
            "retention 1 with discount 0: a margin that never ends and never fades has no sum.\n"
            "Give a retention below 1 or a discount above 0."
        )
    first = 1 + _plain(discount) if first_margin == "now" else _plain(retention)
    with np.errstate(over="ignore"):
        value = _plain(margin) * first / leaving
    return _result(value)


def expected_life(retention: Amount) -> Amount:
    """Compute how many periods a customer stays on average, this one included.

    Parameters
    ----------
    retention
        Probability of staying for one more period, 0 to below 1; a number, or a Series.

    Returns
    -------
    float or pandas.Series
        `periods`: 1 / (1 - retention).

    Raises
    ------
    DataError
        If retention is blank, no number, below 0, or 1 and more.

    Notes
    -----
    Source: common practice, the mean of a geometric distribution: 1 / (1 - retention).

    Examples
    --------
    >>> round(expected_life(0.8), 2)
    5.0
    """
    _check(retention, name="retention", low=0, high=1, hint="Write 0.8 for 80 %.")
    if np.any(_plain(retention) == 1):
        raise DataError("retention is 1: nobody ever leaves, so the mean life has no end.")
    return _result(1 / (1 - _plain(retention)), name="periods")


def _check(
    value: Amount, *, name: str, low: float = -np.inf, high: float = np.inf, hint: str = ""
) -> None:
    if isinstance(value, pd.Series):
        check_numbers(value, name=name)
        if len(value) == 0:
            raise DataError(f"{name} is empty: there is no customer to value.")
        check_one_row_each(value.index, name=name)
    elif isinstance(value, (bool, np.bool_)) or not is_finite(value):
        raise DataError(f"{name} must be a plain number or a pandas Series, not {value!r}.")
    smallest, largest = np.min(value), np.max(value)
    if smallest < low or largest > high:
        wrong = smallest if smallest < low else largest
        limits = (
            f"between {low:g} and {high:g}"
            if np.isfinite([low, high]).all()
            else (f"{low:g} or more" if np.isfinite(low) else f"{high:g} or less")
        )
        raise DataError(f"{name} must be {limits}, not {wrong:g}. {hint}".rstrip())


def _check_same(*values: Amount) -> None:
    series = [value for value in values if isinstance(value, pd.Series)]
    if series:
        check_same_customers(*series, names="the Series given")


def _plain(value: Amount) -> Amount:
    """Convert any kind of number to float."""
    return value.astype("float64") if isinstance(value, pd.Series) else float(value)


def _result(value: Amount, *, name: str = "clv") -> Amount:
    finite_result(value, name="the amounts and rates")
    return value.rename(name) if isinstance(value, pd.Series) else float(value)
