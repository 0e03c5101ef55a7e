"""Profile the tiers: how many customers, how much value, who they are.

Source: the value-pyramid chapter, the four steps after scoring.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.thresholds import shares_of_total
from rfmkit.validation import (
    check_customer_values,
    check_numbers,
    check_one_row_each,
    check_same_customers,
    finite_result,
    first_label,
)


class TierProfile(NamedTuple):
    """The result of `tier_profile`.

    Attributes
    ----------
    distribution
        One row a tier and column of numbers. `customers`: who have a number there. `blank`: who
        have none. `min`, `mean`, `max`: in the column's own unit.
    composition
        One row a tier, column of words and category, most customers first. `customers`: how many.
        `customer_share`: of the tier, 0 to 1, blanks included.
    """

    distribution: pd.DataFrame
    composition: pd.DataFrame


def tier_profile(customers: pd.DataFrame, tiers: pd.Series) -> TierProfile:
    """Describe the customers of each tier: distribution of numbers, composition of words.

    Parameters
    ----------
    customers
        One row a customer. Columns of numbers (profit, size, days overdue) are spread out,
        columns of words or True/False (industry, region, listed) are counted. Other columns, such
        as dates, are left out.
    tiers
        The tier of each customer, from any scheme.

    Returns
    -------
    TierProfile
        Two tables, `.distribution` and `.composition`. A tier without customers has blanks in the
        first and no row in the second. Blank words are a category of their own.

    Raises
    ------
    DataError
        If there is no customer or no column to describe, the customers of the two differ or one
        stands twice, a customer has no tier, or a number is infinite.

    Notes
    -----
    Source: the value-pyramid chapter, figures 09-051 (largest, smallest, mean) and 09-052 (number
    and ratio).

    Examples
    --------
    >>> customers = pd.DataFrame({"profit": [90.0, 70.0, 5.0], "region": ["北", "南", "南"]})
    >>> profile = tier_profile(customers, pd.Series(["vip", "vip", "ordinary"]))
    >>> profile.distribution.loc[("vip", "profit")].to_dict()
    {'customers': 2.0, 'blank': 0.0, 'min': 70.0, 'mean': 80.0, 'max': 90.0}
    >>> profile.composition.loc[("vip", "region", "北")].to_dict()
    {'customers': 1.0, 'customer_share': 0.5}
    """
    if not isinstance(customers, pd.DataFrame):
        raise DataError(
            f"customers must be a DataFrame, but it is a {type(customers).__name__}.\n"
            "One column alone is customers[['profit']], with two brackets."
        )
    _check_tiers(tiers)
    if len(customers) == 0:
        raise DataError("customers is empty: there is nobody to describe.")
    check_one_row_each(customers.index, name="customers")
    check_same_customers(customers, tiers, names="customers and tiers")

    numbers = [c for c in customers if _is_number(customers[c])]
    words = [c for c in customers if _is_word(customers[c])]
    if not numbers and not words:
        raise DataError("customers has no column of numbers or words to describe.")
    for column in numbers:
        check_numbers(customers[column].dropna(), name=f"column {column!r}")

    spread = {c: _spread(customers[c].astype("float64"), tiers) for c in numbers}
    counts = {c: _count(customers[c], tiers) for c in words}
    no_spread = _spread(pd.Series(dtype="float64"), tiers.iloc[:0]).iloc[:0]
    no_counts = _count(pd.Series(dtype="object"), tiers.iloc[:0])
    return TierProfile(
        _stack(spread or {"": no_spread}, ["tier", "column"]),
        _stack(counts or {"": no_counts}, ["tier", "column", "category"]),
    )


def tier_summary(values: pd.Series, tiers: pd.Series) -> pd.DataFrame:
    """Count customers and value in each tier, for a pyramid beside an inverted one.

    Parameters
    ----------
    values
        Profit (or another value) of each customer, in money.
    tiers
        The tier of each customer, from any scheme.

    Returns
    -------
    pandas.DataFrame
        One row a tier, best first, empty ones included. `customers`: how many. `customer_share`:
        0 to 1. `value`: their sum, in money. `value_share`: of the net total; below zero for a
        tier that costs money, above 1 for one that pays for it, blank when the total is not above
        zero.

    Raises
    ------
    DataError
        If `values` is empty, holds a blank, an infinite or a non-number, or a customer twice; if
        the customers of the two differ or one has no tier.

    Notes
    -----
    Source: textbook figure 5-2 (customers against value), lost; this table is what it must have
    shown.

    Examples
    --------
    >>> tier_summary(pd.Series([80, 15, 5]), pd.Series(["a", "b", "b"]))["value_share"].to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    check_customer_values(values, name="values")
    _check_tiers(tiers)
    check_same_customers(values, tiers, names="values and tiers")
    groups = values.astype("float64").groupby(tiers, observed=False)
    customers = groups.size().astype("int64")
    with np.errstate(over="ignore"):
        value = finite_result(groups.sum(), name="values")
    return pd.DataFrame(
        {
            "customers": customers,
            "customer_share": customers / len(values),
            "value": value,
            "value_share": shares_of_total(value, values),
        }
    ).rename_axis("tier")


def _check_tiers(tiers: pd.Series) -> None:
    if not isinstance(tiers, pd.Series):
        raise DataError(f"tiers must be a pandas Series, but it is a {type(tiers).__name__}.")
    if tiers.isna().any():
        raise DataError(
            f"{tiers.isna().sum()} of {len(tiers)} customers have no tier; the first is "
            f"{first_label(tiers.index[tiers.isna()])!r}.\nTier the very customers you describe."
        )


def _is_number(column: pd.Series) -> bool:
    types = pd.api.types
    return types.is_numeric_dtype(column) and not types.is_bool_dtype(column)


def _is_word(column: pd.Series) -> bool:
    types = pd.api.types
    return (
        types.is_bool_dtype(column)
        or types.is_string_dtype(column)
        or types.is_object_dtype(column)
        or isinstance(column.dtype, pd.CategoricalDtype)
    )


def _spread(values: pd.Series, tiers: pd.Series) -> pd.DataFrame:
    groups = values.groupby(tiers, observed=False)
    spread = groups.agg(["count", "min", "mean", "max"]).rename(columns={"count": "customers"})
    spread.insert(1, "blank", groups.size() - spread["customers"])
    return spread


def _count(words: pd.Series, tiers: pd.Series) -> pd.DataFrame:
    words = words.astype("object").where(words.notna(), None).rename("category")
    counts = words.groupby([tiers.rename("tier"), words], observed=True, dropna=False).size()
    table = counts.rename("customers").reset_index()
    # Equal counts are in the order of their names, whatever the order of rows.
    table["name"] = table["category"].astype("string").fillna("")
    table = table.sort_values(["tier", "customers", "name"], ascending=[True, False, True])
    table["customer_share"] = table["customers"] / table.groupby("tier", observed=True)[
        "customers"
    ].transform("sum")
    return table.set_index(["tier", "category"])[["customers", "customer_share"]]


def _stack(tables: dict[str, pd.DataFrame], levels: list[str]) -> pd.DataFrame:
    stacked = pd.concat(tables, names=["column"])
    order = [1, 0, *range(2, stacked.index.nlevels)]
    stacked = stacked.reorder_levels(order).sort_index(level=0, sort_remaining=False, kind="stable")
    return stacked.rename_axis(index=levels)
