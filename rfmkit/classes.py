"""Score customers, name their classes and count them (000, table 5-2)."""

import numbers

import numpy as np
import pandas as pd

from rfmkit.checks import check_numbers
from rfmkit.schema import CLASSES, MONETARY, DataError, require_columns

# R, F, M as printed beside every class name, because other books swap develop and keep.
CLASS_TRIPLES = dict(
    zip(CLASSES, ["111", "101", "011", "001", "110", "100", "010", "000"], strict=True)
)


def score(values: pd.Series, *, levels: int = 5, smaller_is_better: bool = False) -> pd.Series:
    """Score customers from 1 to `levels` by their rank; equal values get equal scores.

    A group of equal values takes the score where the group starts, seen from the worst, so that
    the order of rows never matters. A score that nobody has is possible when many are equal.

    Parameters
    ----------
    values
        One number a customer.
    levels
        The highest score, at least 2.
    smaller_is_better
        True for recency_days, where few days are good.

    Returns
    -------
    pandas.Series
        Int64 scores 1 (worst) to `levels` (best), in the order of `values`.

    Raises
    ------
    DataError
        If `values` is empty, holds a blank or is not numeric, or `levels` is below 2.

    Notes
    -----
    Source: 000, section 5.2.3 (five levels a measure make 125 cells). Fifths by rank are Hughes'
    way; keeping ties together is the kit's choice, since `qcut` fails on them.

    Examples
    --------
    >>> score(pd.Series([1, 1, 1, 2, 9])).tolist()
    [1, 1, 1, 4, 5]
    >>> score(pd.Series([3, 3, 30]), levels=3, smaller_is_better=True).tolist()
    [2, 2, 1]
    """
    whole = isinstance(levels, numbers.Integral) and not isinstance(levels, bool)
    if not whole or levels < 2:
        raise DataError(f"levels must be a whole number of 2 or more, not {levels!r}.")
    check_numbers(values, name="values")
    if len(values) == 0:
        raise DataError("values is empty: there is no customer to score.")
    # 0.1 + 0.2 and 0.3 are one value to a person, and the kit's sums carry such noise.
    rounded = values.to_numpy(dtype="float64").round(9)
    if smaller_is_better:
        rounded = -rounded
    # The score is 1 + levels * worse // n, `worse` being how many customers are strictly worse. It
    # rises above k where they are k / levels of all: beyond the last of so many from the worst.
    n, levels = len(rounded), int(levels)
    last = [-(-k * n // levels) - 1 for k in range(1, levels)]
    edges = np.sort(rounded)[last]
    scores = np.ones(n, dtype="int8" if levels < 128 else "int64")
    for edge in edges:
        scores += rounded > edge
    return pd.Series(scores.astype("int64"), values.index, dtype="Int64", name=values.name)


def rfm_class(levels: pd.DataFrame) -> pd.Series:
    """Name the class of each customer from high and low R, F, M.

    Parameters
    ----------
    levels
        Columns R, F, M of True (high) and False (low), as `high_low` returns them.

    Returns
    -------
    pandas.Series
        The eight codes of table 5-2 as an ordered categorical, in the order of `levels`.

    Raises
    ------
    DataError
        If a column is missing or is not of True and False.

    Notes
    -----
    Source: 000, table 5-2. M high makes a class important; R and F name it: value (high, high),
    develop (high, low), keep (low, high), win_back (low, low).

    Examples
    --------
    >>> levels = pd.DataFrame({"R": [True, False], "F": [False, True], "M": [True, True]})
    >>> rfm_class(levels).tolist()
    ['important_develop', 'important_keep']
    """
    require_columns(levels, ["R", "F", "M"], name="levels")
    for name in ["R", "F", "M"]:
        if not pd.api.types.is_bool_dtype(levels[name]) or levels[name].isna().any():
            raise DataError(
                f"levels column {name!r} must hold True and False only; "
                f"its type is {levels[name].dtype}.\n"
                "Make levels with high_low(rfm, cuts=...), or compare scores with their mean: "
                "scores >= scores.mean()."
            )
    low = (~levels[["R", "F", "M"]].astype(bool)).astype(int)
    # The place in table 5-2: low M skips four rows, low R two, low F one.
    place = 4 * low["M"] + 2 * low["R"] + low["F"]
    codes = pd.Categorical.from_codes(place, categories=list(CLASSES), ordered=True)
    return pd.Series(codes, index=levels.index, name="class")


def class_summary(rfm: pd.DataFrame, classes: pd.Series) -> pd.DataFrame:
    """Count customers and money in each of the eight classes.

    Parameters
    ----------
    rfm
        A customer table with `monetary` (money).
    classes
        The class of each customer, from `rfm_class`.

    Returns
    -------
    pandas.DataFrame
        One row a class, all eight in the order of table 5-2. `triple`: R, F, M as 1 (high) and 0.
        `customers`: how many. `customer_share`: 0 to 1. `revenue`: total spend.
        `revenue_share`: 0 to 1 of all spend (blank when all spend is zero).

    Raises
    ------
    DataError
        If a column is missing or the customers of the two differ.

    Notes
    -----
    Source: the deliverable of 000, section 5.4; its tables after 5-3 are lost.

    Examples
    --------
    >>> rfm = pd.DataFrame({"monetary": [300.0, 100.0]})
    >>> classes = rfm_class(pd.DataFrame({c: [True, False] for c in "RFM"}))
    >>> class_summary(rfm, classes)["customers"].tolist()
    [1, 0, 0, 0, 0, 0, 0, 1]
    """
    require_columns(rfm, [MONETARY], name="rfm")
    if not rfm.index.equals(classes.index):
        raise DataError(
            "rfm and classes do not hold the same customers in the same order.\n"
            "Compute classes from this very table: rfm_class(high_low(rfm, cuts=...))."
        )
    groups = rfm[MONETARY].groupby(classes, observed=False)
    customers = groups.size().reindex(list(CLASSES), fill_value=0)
    revenue = groups.sum().reindex(list(CLASSES), fill_value=0.0).astype("float64").round(6) + 0.0
    total = revenue.sum()
    summary = pd.DataFrame(
        {
            "triple": pd.Series(CLASS_TRIPLES),
            "customers": customers,
            "customer_share": customers / max(len(rfm), 1),
            "revenue": revenue,
            "revenue_share": revenue / total if total else float("nan"),
        }
    )
    return summary.rename_axis("class")
