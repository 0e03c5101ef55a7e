"""Measure how unequal customers are: Pareto and whale curve, share of the top, Gini."""

import numpy as np
import pandas as pd

from rfmkit.tier_tools import check_customers, check_cuts, cuts_reached, share_total


def pareto_curve(values: pd.Series) -> pd.DataFrame:
    """Add customers up from the best to the worst.

    With unprofitable customers the curve rises past 100 % of the net total and falls back to it at
    the last customer: the whale curve. How far it rises above 100 % is what the losses eat.

    Parameters
    ----------
    values
        Profit (or another value) of each customer, in money.

    Returns
    -------
    pandas.DataFrame
        One row a customer, best first (equal customers in the order of `values`; the numbers do
        not depend on it). `rank`: 1 for the best. `customer_share`: customers so far, 0 to 1.
        `value`: the customer's own, in money. `value_share`: own value over the net total.
        `cumulative_share`: value so far over the net total; 1 at the end, more than 1 where
        losses follow.

    Raises
    ------
    DataError
        If `values` is empty, holds a blank, an infinite or a non-number, or a customer twice, or
        the net total is not above zero.

    Notes
    -----
    Source: 000, section 5.2.1 and figure 5-2 (lost); Pareto, *Cours d'économie politique*, 1896-97,
    for the idea.

    Examples
    --------
    >>> curve = pareto_curve(pd.Series([20, 100, -20], index=["A", "B", "C"]))
    >>> curve["cumulative_share"].to_dict()
    {'B': 1.0, 'A': 1.2, 'C': 1.0}
    """
    check_customers(values, name="values")
    total = share_total(values, name="values")
    best_first = values.astype("float64").sort_values(ascending=False, kind="stable")
    rank = np.arange(1, len(values) + 1)
    return pd.DataFrame(
        {
            "rank": rank,
            "customer_share": rank / len(values),
            "value": best_first,
            "value_share": best_first / total,
            "cumulative_share": best_first.cumsum() / total,
        },
        index=best_first.index,
    )


def value_share(values: pd.Series, *, top: float = 0.20) -> float:
    """Tell what share of the net total the best customers make.

    Who the best are is decided as in `abc_tier`: those with fewer than `top` of all customers
    ahead. Of seven customers the top 20 % are two, and equal customers come in together.

    Parameters
    ----------
    values
        Profit (or another value) of each customer, in money.
    top
        The share of customers that counts as best, above 0 and below 1.

    Returns
    -------
    float
        0.8 where the 80/20 rule holds; more than 1 if the other customers lose money together.

    Raises
    ------
    DataError
        As `pareto_curve`; and if `top` is no share.

    Notes
    -----
    Source: 000, section 5.2.1 (20 : 80); the third condition of tiering in 000, section 5.1.3, that
    customers differ in value, is measured with it (the kit's choice).

    Examples
    --------
    >>> value_share(pd.Series([80, 5, 5, 5, 5]))
    0.8
    """
    check_customers(values, name="values")
    (top,) = check_cuts([top], low=0, high=1, name="top")
    total = share_total(values, name="values")
    share_ahead = (values.astype("float64").rank(method="min", ascending=False) - 1) / len(values)
    best = values[cuts_reached(share_ahead, [top]) == 0]
    return float(best.astype("float64").sum() / total)


def gini(values: pd.Series) -> float:
    """Measure how unequally value is spread over customers.

    Parameters
    ----------
    values
        Profit (or another value) of each customer, in money.

    Returns
    -------
    float
        0 when all customers are worth the same, (n - 1) / n when one of n makes everything. With
        unprofitable customers it can pass 1: their losses are inequality too, and the net total it
        is measured against is small. Compare it then only with other ledgers that have losses.

    Raises
    ------
    DataError
        As `pareto_curve`.

    Notes
    -----
    Source: the mean difference between two customers over twice the mean (Gini 1912); a measure
    for 000, section 5.1.3, that customers differ in value (the kit's choice). No small-sample
    correction is made.

    Examples
    --------
    >>> gini(pd.Series([10, 10, 10]))
    0.0
    >>> gini(pd.Series([0, 0, 0, 8]))
    0.75
    """
    check_customers(values, name="values")
    total = share_total(values, name="values")
    worst_first = np.sort(values.to_numpy(dtype="float64"))
    n = len(values)
    # Each customer is above k - 1 others and below n - k: the sum of all pairs' differences.
    weights = 2 * np.arange(1, n + 1) - n - 1
    return max(0.0, float((weights * worst_first).sum() / (n * total)))
