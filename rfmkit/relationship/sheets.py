"""Compute scoring sheets: five Cs of credit, the published sheet, the evaluation sheet."""

from collections.abc import Mapping

import pandas as pd

from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES
from rfmkit.thresholds import as_tiers, tier_by_cuts
from rfmkit.validation import (
    check_one_row_each,
    check_range,
    check_same_customers,
    check_weights,
    require_columns,
)

FIVE_C = ("character", "capacity", "capital", "collateral", "conditions")
SHEET_CUTS = (60, 70, 80)
# The most points a customer can get under each head of the published sheet.
SHEET_POINTS = {"output": 30, "payment": 30, "price": 30, "overall": 10}
# The kit's own sheet (K): the value-pyramid chapter keeps the three heads only.
EVALUATION = {
    "operation": ("sales_growth", "profitability", "solvency", "market_position"),
    "management": ("leadership", "staff_stability", "systems", "payment_discipline"),
    "need": ("purchase_volume", "purchase_frequency", "product_fit", "urgency"),
}


def five_c_score(marks: pd.DataFrame, *, weights: Mapping[str, float] | None = None) -> pd.Series:
    """Compute one score from the five Cs of credit.

    Parameters
    ----------
    marks
        One row a customer; `character` (will to pay), `capacity` (means to pay), `capital`
        (own funds), `collateral` (security given), `conditions` (trade and times), each 0 to 100.
    weights
        A weight for each of the five; together 1. By default 0.2 each (K).

    Returns
    -------
    pandas.Series
        `credit_score`: 0 to 100, for `credit_grade`.

    Raises
    ------
    DataError
        If a column or weight is missing, a mark is blank or outside 0 to 100, or the weights do
        not add up to 1.

    Notes
    -----
    Source: common practice, the five Cs of credit. Equal weights are the kit's choice (K).

    Examples
    --------
    >>> five_c_score(pd.DataFrame([[90, 80, 70, 60, 50]], columns=FIVE_C)).tolist()
    [70.0]
    """
    weights = dict.fromkeys(FIVE_C, 0.2) if weights is None else dict(weights)
    score = weighted_score(marks, weights, heads=FIVE_C, name="marks")
    return score.rename("credit_score")


def scoring_sheet(points: pd.DataFrame, *, months: pd.Series) -> pd.DataFrame:
    """Grade customers by the published half-yearly sheet of 30, 30, 30 and 10 points.

    Parameters
    ----------
    points
        One row a customer; `output` (0 to 30 points), `payment` (on time, 0 to 30), `price`
        (0 to 30), `overall` (0 to 10).
    months
        How many months each has been a customer.

    Returns
    -------
    pandas.DataFrame
        `score`: 0 to 100. `tier`: `sheet:a` from 80, `sheet:b` from 70, `sheet:c` from 60,
        `sheet:d` below (79.5 is B); blank for who has been a customer for under three months.

    Raises
    ------
    DataError
        If a column is missing, points are blank or over their limit, or the customers differ.

    Notes
    -----
    Source: common practice, a published sheet that is filled in twice a year; who has been a
    customer for under three months is not graded.

    Examples
    --------
    >>> points = pd.DataFrame([[25, 30, 20, 5]], columns=list(SHEET_POINTS))
    >>> scoring_sheet(points, months=pd.Series([3]))["tier"].tolist()
    ['sheet:a']
    """
    require_columns(points, SHEET_POINTS, name="points")
    check_one_row_each(points.index, name="points")
    for head, largest in SHEET_POINTS.items():
        check_range(points[head], 0, largest, name=f"column {head!r}")
    check_range(months, 0, float("inf"), name="months")
    check_same_customers(points, months, names="points and months")
    score = points[list(SHEET_POINTS)].sum(axis="columns").astype("float64")
    codes = SCHEMES["credit_sheet4"]
    tier = tier_by_cuts(score, cuts=SHEET_CUTS, codes=codes, name="points")
    tier_numbers = tier.cat.codes.where(months >= 3, -1)
    return pd.DataFrame({"score": score, "tier": as_tiers(tier_numbers, codes, points.index)})


def evaluation_sheet(
    marks: pd.DataFrame, *, weights: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Sum a comprehensive evaluation under three headings: operation, management and need.

    Parameters
    ----------
    marks
        One row a customer and a mark from 1 (poor) to 5 (excellent) for each item. Operation:
        `sales_growth`, `profitability`, `solvency`, `market_position`. Management: `leadership`,
        `staff_stability`, `systems`, `payment_discipline`. Need: `purchase_volume`,
        `purchase_frequency`, `product_fit`, `urgency`.
    weights
        A weight for each of operation, management and need; together 1. By default a third each.

    Returns
    -------
    pandas.DataFrame
        `operation`, `management`, `need`: 0 to 100, the mean mark with 1 as 0 and 5 as 100.
        `evaluation`: 0 to 100, the three weighted.

    Raises
    ------
    DataError
        If an item is missing, a mark is blank or outside 1 to 5, or the weights do not add up to 1.

    Notes
    -----
    Source: the value-pyramid chapter, section 3 of its contents names the three heads; items, marks
    and weights are the kit's own (K).

    Examples
    --------
    >>> items = [item for head in EVALUATION.values() for item in head]
    >>> evaluation_sheet(pd.DataFrame([[5] * 4 + [3] * 4 + [1] * 4], columns=items)).values.tolist()
    [[100.0, 50.0, 0.0, 50.0]]
    """
    require_columns(marks, [i for items in EVALUATION.values() for i in items], name="marks")
    check_one_row_each(marks.index, name="marks")
    sheet = pd.DataFrame(index=marks.index)
    for head, items in EVALUATION.items():
        for item in items:
            check_range(marks[item], 1, 5, name=f"column {item!r}")
        mean = marks[list(items)].astype("float64").mean(axis="columns")
        sheet[head] = (mean - 1) / 4 * 100
    weights = dict.fromkeys(EVALUATION, 1 / 3) if weights is None else dict(weights)
    total = weighted_score(sheet, weights, heads=tuple(EVALUATION), name="the sheet")
    return sheet.assign(evaluation=total)


def weighted_score(
    marks: pd.DataFrame, weights: Mapping[str, float], *, heads: tuple[str, ...], name: str
) -> pd.Series:
    """Sum columns of 0 to 100, weighted by weights that add up to 1."""
    require_columns(marks, heads, name=name)
    if len(marks) == 0:
        raise DataError(f"{name} is empty: there is no customer to mark.")
    weights = check_weights(weights)
    if set(weights) != set(heads):
        raise DataError(f"weights must name {list(heads)}, but it names {list(weights)}.")
    for head in heads:
        check_range(marks[head], 0, 100, name=f"column {head!r}")
    total = sum(marks[head].astype("float64") * weights[head] for head in heads)
    # Rounding removes the rounding noise of the weights, so that 60 counts as 60.
    return total.round(9)
