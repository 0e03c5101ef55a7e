"""Compute R, F and M, score them, name the eight classes and count them.

Source: textbook section 5.2.3 and table 5-2.
"""

import numbers as number_types
from collections.abc import Mapping

import numpy as np
import pandas as pd

from rfmkit.dates import as_day
from rfmkit.engines import customer_totals, rfm_at
from rfmkit.schema import CLASSES, FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.thresholds import is_above, is_below, round_sums, shares_of_total
from rfmkit.validation import (
    check_numbers,
    check_rfm,
    finite_result,
    is_finite,
    require_columns,
)

# R, F, M as printed beside every class name, because other books swap develop and keep.
CLASS_TRIPLES = dict(
    zip(CLASSES, ["111", "101", "011", "001", "110", "100", "010", "000"], strict=True)
)
_RFM = [RECENCY, FREQUENCY, MONETARY]


def rfm_table(
    tx: object,
    *,
    today: object,
    customer: str = "customer",
    date: str = "date",
    amount: str = "amount",
    order: str | None = None,
) -> pd.DataFrame:
    """Compute recency, frequency and monetary value of every customer.

    A purchase is a row with a positive amount. A row with a negative amount (a return) lowers the
    monetary value and is no purchase: it moves neither recency nor frequency.

    Parameters
    ----------
    tx
        Transactions, one row an order line, as `clean_transactions` returns them: a frame of
        pandas, or a large one of Polars, DuckDB, Dask, PySpark or pyarrow, whose engine adds it up.
    today
        The day to count from. There is no default: recency without its date means nothing.
    customer, date, amount
        Names of the columns to use; dates are dates, amounts are in the ledger's currency. A
        column that names its time zone is read by that zone's clock; moments whose zone is a
        setting of the session (TIMESTAMPTZ of DuckDB, TIMESTAMP of Spark) are refused.
    order
        Name of the order-number column. With it, an order of many lines counts once (and a row
        whose number is blank, or of spaces alone, counts as one); without it, every purchase row
        counts as one.

    Returns
    -------
    pandas.DataFrame
        One row a customer, sorted by customer, whatever the engine. `recency_days`: days from the
        last purchase to today (small is good). `frequency`: number of purchases. `monetary`: total
        spend less returns, in the ledger's currency.

    Raises
    ------
    DataError
        If a column is missing, a cell is blank or no number or no date, a row lies after `today`,
        a customer has returns only, or one column is named for two parts.

    Notes
    -----
    Source: textbook section 5.2.3: R is the gap from the last purchase to today, F the number of
    purchases in the period, M the total spend in the period.

    Examples
    --------
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "A", "B"],
    ...     "date": pd.to_datetime(["2021-03-02", "2021-03-30", "2021-03-11"]),
    ...     "amount": [100, 250, 80],
    ... })
    >>> rfm_table(tx, today="2021-04-01").reset_index()
      customer  recency_days  frequency  monetary
    0        A             2          2     350.0
    1        B            21          1      80.0
    """
    day = as_day(today, name="today")
    totals = customer_totals(
        tx, customer=customer, date=date, amount=amount, order=order, until=day
    )
    if len(totals) == 0:
        raise DataError("transactions is empty: there is no row to compute R, F, M from.")
    return rfm_at(totals, today=day)


def rfm_cuts(rfm: pd.DataFrame, *, method: str = "mean") -> pd.Series:
    """Compute the thresholds between high and low.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    method
        "mean" or "median" over customers.

    Returns
    -------
    pandas.Series
        One threshold for each of `recency_days`, `frequency`, `monetary`, in their units;
        ``attrs["method"]`` is the method, for `write_report` to tell.

    Raises
    ------
    DataError
        If the table is empty or lacks a column, or the method is neither.

    Notes
    -----
    Source: textbook table 5-2 names high and low and gives no threshold. The mean is the
    kit's default because it is the commonest in practice; a firm may set its own numbers instead.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> rfm_cuts(rfm).to_dict()
    {'recency_days': 11.5, 'frequency': 1.5, 'monetary': 215.0}
    """
    check_rfm(rfm)
    if method not in ("mean", "median"):
        raise DataError(
            f"method {method!r} is not known; use 'mean' or 'median'.\n"
            "For thresholds of your own, give high_low a dictionary: "
            "cuts={'recency_days': 14, 'frequency': 3, 'monetary': 5000}."
        )
    cuts = rfm[_RFM].astype("float64").agg(method).rename("cut")
    cuts.attrs = {"method": method}
    return cuts


def high_low(rfm: pd.DataFrame, *, cuts: Mapping[str, float] | pd.Series) -> pd.DataFrame:
    """Compute for each customer whether R, F and M are high.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    cuts
        A threshold for each of the three, from `rfm_cuts` or of one's own.

    Returns
    -------
    pandas.DataFrame
        Columns R, F, M of True (high, which is good) and False, in the order of `rfm`. R is high
        when recency_days <= its cut; F and M when >= theirs: a customer on the threshold is high.

    Raises
    ------
    DataError
        If a column or a cut is missing or is no number.

    Notes
    -----
    Source: textbook table 5-2 ("R high" means a small number of days). Sums of cents carry rounding
    noise, so values within a billionth of the cut count as on it.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> high_low(rfm, cuts={"recency_days": 2, "frequency": 3, "monetary": 80})
           R      F     M
    0   True  False  True
    1  False  False  True
    """
    check_rfm(rfm)
    if not isinstance(cuts, (Mapping, pd.Series)):
        raise DataError(
            f"cuts must hold three numbers, but it is {cuts!r}.\n"
            'Compute them with rfm_cuts(rfm, method="mean"), and give high_low the result.'
        )
    missing = [name for name in _RFM if name not in cuts]
    if missing:
        raise DataError(
            f"cuts lacks {missing}; it has {list(cuts.keys())}.\n"
            "Take rfm_cuts(rfm), or write all three: "
            "{'recency_days': 14, 'frequency': 3, 'monetary': 5000}."
        )
    bad = [name for name in _RFM if not is_finite(cuts[name])]
    if bad:
        raise DataError(f"cuts must be plain numbers, but {bad[0]} is {cuts[bad[0]]!r}.")
    return pd.DataFrame(
        {
            "R": ~is_above(rfm[RECENCY], cuts[RECENCY]),
            "F": ~is_below(rfm[FREQUENCY], cuts[FREQUENCY]),
            "M": ~is_below(rfm[MONETARY], cuts[MONETARY]),
        },
        index=rfm.index,
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
    Source: textbook section 5.2.3 (five levels a measure make 125 cells). Fifths by rank are
    Hughes' way; keeping ties together is the kit's choice, since `qcut` fails on them.

    Examples
    --------
    >>> score(pd.Series([1, 1, 1, 2, 9])).tolist()
    [1, 1, 1, 4, 5]
    >>> score(pd.Series([3, 3, 30]), levels=3, smaller_is_better=True).tolist()
    [2, 2, 1]
    """
    whole = isinstance(levels, number_types.Integral) and not isinstance(levels, bool)
    if not whole or levels < 2:
        raise DataError(f"levels must be a whole number of 2 or more, not {levels!r}.")
    check_numbers(values, name="values")
    if len(values) == 0:
        raise DataError("values is empty: there is no customer to score.")
    numbers = values.to_numpy(dtype="float64")
    if smaller_is_better:
        numbers = -numbers
    # A score rises above k where k / levels of all customers are strictly worse: beyond the last
    # of so many from the worst.
    worst_first, n = np.sort(numbers), len(numbers)
    last_of_score = worst_first[[-(-k * n // levels) - 1 for k in range(1, levels)]]
    scores = np.ones(n, dtype="int16" if levels < 2**15 else "int64")
    for last in last_of_score:
        scores += is_above(numbers, last)
    return pd.Series(scores, index=values.index, dtype="Int64", name=values.name)


def rfm_class(levels: pd.DataFrame) -> pd.Series:
    """Classify each customer by high and low R, F, M.

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
    Source: textbook table 5-2. M high makes a class important; R and F name it: value (high, high),
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
        `revenue_share`: of all spend; blank where all spend is not above zero.

    Raises
    ------
    DataError
        If a column is missing or the customers of the two differ.

    Notes
    -----
    Source: textbook section 5.4, what is to be handed in; its tables after 5-3 are lost.

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
    sizes = rfm[MONETARY].abs().groupby(classes, observed=False)
    with np.errstate(over="ignore"):
        revenue, size = (
            group.sum().reindex(list(CLASSES), fill_value=0.0).astype("float64")
            for group in (groups, sizes)
        )
    revenue = round_sums(finite_result(revenue, name="monetary"), size)
    summary = pd.DataFrame(
        {
            "triple": pd.Series(CLASS_TRIPLES),
            "customers": customers,
            "customer_share": customers / max(len(rfm), 1),
            "revenue": revenue,
            "revenue_share": shares_of_total(revenue, rfm[MONETARY]),
        }
    )
    return summary.rename_axis("class")
