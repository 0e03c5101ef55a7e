"""Combine indicators of a customer into one score from 0 to 100.

Source: the value-pyramid chapter; weights from the Q&A on tier criteria.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.thresholds import without_noise
from rfmkit.validation import (
    check_numbers,
    check_one_row_each,
    check_weights,
    require_columns,
    some_customers,
)

# Credit 10 %, order amount 30 %, contribution to profit 60 % (Q&A on tier criteria, which leaves
# prospects out).
CREDIT_ORDER_PROFIT: Mapping[str, float] = MappingProxyType(
    {"credit": 0.10, "order_amount": 0.30, "profit": 0.60}
)
_HUGE = 1e300


def to_points(
    values: pd.Series,
    *,
    method: str = "rank",
    smaller_is_better: bool = False,
    missing: str = "error",
) -> pd.Series:
    """Convert an indicator to a scale from 0 (worst customer) to 100 (best customer).

    Parameters
    ----------
    values
        One number a customer, in any unit.
    method
        "rank": the share of the *other* customers who are worse, in percent; equal customers
        count half of each other. One huge customer moves nobody. "minmax": the distance from the
        worst over the distance from worst to best; one huge customer presses all others to 0.
    smaller_is_better
        True for days overdue, complaints, returns.
    missing
        "error", or "keep": a blank stays blank and the others are placed without it.

    Returns
    -------
    pandas.Series
        Points from 0 to 100, in the order of `values`; equal values get equal points. Where all
        customers are equal, or there is one only, nobody stands out: 50 points each.

    Raises
    ------
    DataError
        If `values` is empty, all blank, infinite, no numbers, or holds a customer twice; if blanks
        are not asked to be kept; if `method` or `missing` is not known.

    Notes
    -----
    Source: the value-pyramid chapter and the Q&A on tier criteria add points up to 100 and do not
    say how a raw figure becomes points; both methods are the kit's choice, and changing one for the
    other moves customers.

    Examples
    --------
    >>> orders = pd.Series([1, 3, 3, 11])
    >>> to_points(orders).tolist()
    [0.0, 50.0, 50.0, 100.0]
    >>> to_points(orders, method="minmax").tolist()
    [0.0, 20.0, 20.0, 100.0]
    """
    if method not in ("rank", "minmax"):
        raise DataError(f"method {method!r} is not known; use 'rank' or 'minmax'.")
    _check_missing(missing, other="keep")
    known = values.dropna() if missing == "keep" and isinstance(values, pd.Series) else values
    check_numbers(known, name="values")
    if len(known) == 0:
        raise DataError("values has no number: there is no customer to give points to.")
    check_one_row_each(values.index, name="values")

    numbers = without_noise(known)
    if np.abs(numbers).max() > _HUGE:
        numbers = numbers * 0.5**10  # exact, so that no difference passes the largest float
    if numbers.min() == numbers.max():
        points = pd.Series(50.0, index=numbers.index)
    elif method == "rank":
        points = 100 * (numbers.rank(method="average") - 1) / (len(numbers) - 1)
    else:
        points = 100 * (numbers - numbers.min()) / (numbers.max() - numbers.min())
    if smaller_is_better:
        points = 100 - points
    return points.reindex(values.index).rename(values.name)


def composite_score(
    indicators: pd.DataFrame, weights: Mapping[str, float] | pd.Series, *, missing: str = "error"
) -> pd.Series:
    """Compute one score from the weighted points of several indicators.

    Parameters
    ----------
    indicators
        Points from 0 to 100, one column an indicator, as `to_points` makes them. Columns without a
        weight are not looked at.
    weights
        The weight of each indicator, 0 or more, together 1; CREDIT_ORDER_PROFIT is 10 : 30 : 60.
    missing
        "error": a blank is an error. "renormalise": a customer is scored on the indicators he has,
        their weights scaled up to 1. That treats the unknown as equal to the known average of
        that customer, so say so where you show it.

    Returns
    -------
    pandas.Series
        `score` from 0 to 100, in the order of `indicators`.

    Raises
    ------
    DataError
        If the weights do not add up to 1 or one is negative; if a column is missing, is no
        number or lies outside 0 to 100; if a customer stands twice or has no weighed indicator.

    Notes
    -----
    Source: the Q&A on tier criteria (credit 10 %, order amount 30 %, profit 60 %, out of 100
    points, ranked from high to low; the prospects of its five criteria have no weight); the
    value-pyramid chapter (indicators times weights).

    Examples
    --------
    >>> points = pd.DataFrame({"credit": [90.0, 40.0], "order_amount": [50.0, 100.0],
    ...                        "profit": [80.0, 10.0]})
    >>> composite_score(points, CREDIT_ORDER_PROFIT).tolist()
    [72.0, 40.0]
    """
    _check_missing(missing, other="renormalise")
    weights = check_weights(weights)
    require_columns(indicators, weights, name="indicators")
    if len(indicators) == 0:
        raise DataError("indicators is empty: there is no customer to score.")
    check_one_row_each(indicators.index, name="indicators")
    for name in weights:
        column = indicators[name]
        check_numbers(column.dropna() if missing != "error" else column, name=f"column {name!r}")
        if not column.dropna().between(0, 100).all():
            raise DataError(
                f"column {name!r} runs from {column.min():g} to {column.max():g}, "
                f"but points run from 0 to 100.\n"
                f"Turn it into points first: to_points(indicators[{name!r}])."
            )
    points = indicators[list(weights)].astype("float64")
    # One column after the other, so that a customer's score never depends on his row.
    score = sum(points[name].fillna(0.0) * weight for name, weight in weights.items())
    known = sum(points[name].notna() * weight for name, weight in weights.items())
    if (known == 0).any():
        nothing = indicators.index[known == 0]
        raise DataError(
            f"{some_customers(nothing)}: no indicator with a weight above 0 is known.\n"
            "Leave them out: indicators.dropna(how='all')."
        )
    score = score / known.where(points.isna().any(axis=1), 1.0)
    return score.clip(0, 100).rename("score")  # weights such as 0.7, 0.2, 0.1 leave noise


def _check_missing(missing: str, *, other: str) -> None:
    if missing not in ("error", other):
        raise DataError(f"missing={missing!r} is not known; use 'error' or {other!r}.")


# The four families and, as the kit reads them, which way is better: "more", "less", "either"
# (the firm must say: many suggestions can be trust or trouble), "words" (a category:
# to be counted, or turned into points by the firm).
INDICATORS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "transaction": MappingProxyType(
            {
                "order_count": "more",
                "order_amount": "more",
                "profit": "more",
                "gross_margin": "more",
                "mean_order": "more",
                "largest_order": "more",
                "return_amount": "less",
                "return_count": "less",
                "tenure_days": "more",
                "mean_cycle_days": "less",
                "forecast_amount": "more",
            }
        ),
        "finance": MappingProxyType(
            {
                "largest_receipt": "more",
                "mean_receipt": "more",
                "mean_days_to_pay": "less",
                "mean_overdue_amount": "less",
                "overdue_rate": "less",
            }
        ),
        "contact": MappingProxyType(
            {
                "task_count": "either",
                "process_count": "either",
                "compliment_count": "more",
                "compliment_rate": "more",
                "complaint_count": "less",
                "complaint_rate": "less",
                "suggestion_count": "either",
                "suggestion_rate": "either",
            }
        ),
        "profile": MappingProxyType(
            {
                "company_size": "more",
                "registered_capital": "more",
                "annual_sales": "more",
                "region": "words",
                "industry": "words",
                "listed": "words",
            }
        ),
    }
)
