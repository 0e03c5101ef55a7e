"""Validate inputs: raise a DataError that says what is wrong, where, and how to fix it."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from rfmkit.schema import FREQUENCY, KNOWN_COLUMNS, MONETARY, RECENCY, DataError, EmptyLedger


def check_lines(tx: pd.DataFrame, columns: dict[str, str], today: pd.Timestamp) -> pd.DataFrame:
    """Return the columns of a ledger that R, F, M can be computed from; refuse any other ledger.

    Names may still be blank. Dates come back without time zone, amounts as numpy's numbers.
    """
    check_columns(tx, columns)
    if len(tx) == 0:
        raise EmptyLedger("transactions is empty: there is no row to compute R, F, M from.")
    date, amount = columns["date"], columns["amount"]
    if not holds_dates(tx[date]):
        raise DataError(
            f"column {date!r} holds {tx[date].dtype} values, not dates; "
            f"its first is {tx[date].iloc[0]!r}.\n"
            "Run clean_transactions(tx) first: it reads dates and tells which it cannot."
        )
    _refuse_blanks(tx[date].isna(), date)
    check_numbers(tx[amount], name=f"column {amount!r}")
    tomorrow = today.as_unit("us") + pd.Timedelta(days=1)
    dates = clock_time(tx[date])
    last = dates.max()
    if last >= tomorrow:
        late = dates >= tomorrow
        raise DataError(
            f"{late.sum()} rows are dated after today ({today:%Y-%m-%d}); "
            f"the last is {last:%Y-%m-%d}.\n"
            "Give the day the analysis is made on, or leave later rows out: "
            "clean_transactions(tx, today=...)."
        )
    lines = {name: groupable(tx[name]) for name in columns.values()} | {date: dates}
    if not isinstance(tx[amount].dtype, np.dtype):
        lines[amount] = tx[amount].astype("float64")
    return pd.DataFrame(lines, copy=False)


def holds_dates(cells: pd.Series) -> bool:
    """Return True for a column of dates, with or without time and zone, of any pandas type."""
    if isinstance(cells.dtype, pd.ArrowDtype):  # pandas 2.2 does not count these among its dates
        return str(cells.dtype).startswith(("date", "timestamp"))
    return pd.api.types.is_datetime64_any_dtype(cells)


def clock_time(dates: pd.Series) -> pd.Series:
    """Return dates of any pandas type as datetime64 without time zone; the clock time is kept."""
    if not holds_dates(dates):
        return dates
    arrow = isinstance(dates.dtype, pd.ArrowDtype)
    if not (arrow and "date" in str(dates.dtype)) and dates.dt.tz is not None:
        if arrow:  # pandas 2.2 would take Arrow's clock time in UTC
            dates = dates.astype(pd.DatetimeTZDtype("us", dates.dt.tz))
        dates = dates.dt.tz_localize(None)
    return dates.astype("datetime64[us]") if isinstance(dates.dtype, pd.ArrowDtype) else dates


def groupable(names: pd.Series) -> pd.Series:
    """Return names as they are, or Arrow's dictionaries, which pandas cannot group, as categories.

    A category that pandas itself made stays one.
    """
    arrow = isinstance(names.dtype, pd.ArrowDtype)
    return names.astype("category") if arrow and "dictionary" in str(names.dtype) else names


def check_columns(frame: pd.DataFrame, columns: dict[str, str]) -> None:
    """Refuse a ledger that lacks a column, or whose one column is named for two parts."""
    named = [*columns.values()]
    require_columns(frame, named, name="transactions")
    if len(set(named)) < len(named):
        raise DataError(
            f"one column is given two parts: customer, date, amount, order are {named}.\n"
            "Name a column of its own for each; leave order out if the ledger has none."
        )


def check_customer_column(tx: pd.DataFrame, customer: str) -> None:
    """Refuse a ledger with rows that name no customer."""
    check_groups(tx[customer], name=f"column {customer!r}")
    _refuse_blanks(tx[customer].isna() | only_spaces(tx[customer]), customer)


def check_grouping_columns(tx: pd.DataFrame, *, customer: str, order: str | None = None) -> None:
    """Refuse a ledger whose rows cannot be grouped, or name no customer."""
    check_customer_column(tx, customer)
    if order:
        check_groups(tx[order], name=f"column {order!r}")


def _refuse_blanks(blank: pd.Series, column: str) -> None:
    if blank.any():
        raise DataError(
            f"{blank.sum()} of {len(blank)} rows have no {column!r}.\n"
            "Run clean_transactions(tx) first: it sets such rows aside with their reason."
        )


def only_spaces(names: pd.Series) -> pd.Series | bool:
    """Return True for each name that is empty or holds spaces alone."""
    if isinstance(names.dtype, pd.StringDtype):  # one look at each cell; no hashing of millions
        return ((names == "") | names.str.isspace()).fillna(False).astype(bool)
    if pd.api.types.is_numeric_dtype(names):
        return False
    if isinstance(names.dtype, pd.CategoricalDtype):  # a few names, of many rows
        known = names.cat.categories.to_series()
        blank = only_spaces(known)
        return names.isin(known[blank]) if np.any(blank) else False
    known = names.unique()
    return names.isin([name for name in known if isinstance(name, str) and not name.strip()])


def check_groups(values: pd.Series, *, name: str) -> None:
    """Refuse a column whose cells are lists or the like: rows cannot be grouped by them."""
    if values.dtype != object:
        return
    try:
        values.nunique()
    except TypeError as error:
        kinds = sorted({type(cell).__name__ for cell in values})
        raise DataError(
            f"{name} holds {', '.join(kinds)}; each cell must be one text or one number.\n"
            "Make text of it: tx[column] = tx[column].astype(str)."
        ) from error


def require_columns(
    frame: pd.DataFrame, columns: Iterable[str], *, name: str = "the table"
) -> None:
    """Raise a DataError that names the missing columns, those present, and how to rename one.

    Parameters
    ----------
    frame
        Any table.
    columns
        The column names it must have.
    name
        What to call the table in the message.

    Raises
    ------
    DataError
        If a column is missing, or `frame` is not a table at all.

    Examples
    --------
    >>> require_columns(pd.DataFrame({"customer": [], "金額": []}), ["amount"], name="transactions")
    Traceback (most recent call last):
        ...
    rfmkit.schema.DataError: transactions lacks column 'amount'; it has ['customer', '金額'].
    Rename a column with df.rename(columns={'金額': 'amount'}).
    """
    if not isinstance(frame, pd.DataFrame):
        raise DataError(
            f"{name} must be a pandas DataFrame, but it is a {type(frame).__name__}.\n"
            "Read a ledger with load_transactions(path), or build one with pd.DataFrame(...)."
        )
    wanted = list(columns)
    missing = [column for column in wanted if column not in frame.columns]
    if not missing:
        return
    there = list(frame.columns)
    unknown = [column for column in there if column not in wanted and column not in KNOWN_COLUMNS]
    example = {unknown[0] if unknown else "old name": missing[0]}
    noun = "column" if len(missing) == 1 else "columns"
    raise DataError(
        f"{name} lacks {noun} {', '.join(map(repr, missing))}; it has {there}.\n"
        f"Rename a column with df.rename(columns={example})."
    )


def check_rfm(rfm: pd.DataFrame) -> None:
    """Refuse a customer table that lacks R, F or M, or whose values are no numbers."""
    require_columns(rfm, [RECENCY, FREQUENCY, MONETARY], name="the customer table")
    if len(rfm) == 0:
        raise DataError("the customer table is empty: there is no customer to compare.")
    for name in [RECENCY, FREQUENCY, MONETARY]:
        check_numbers(rfm[name], name=f"column {name!r}")


def check_numbers(values: pd.Series, *, name: str) -> None:
    """Refuse a Series that holds anything but finite numbers."""
    if not isinstance(values, pd.Series):
        raise DataError(f"{name} must be a pandas Series, but it is a {type(values).__name__}.")
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if not numeric:
        raise DataError(
            f"{name} holds {values.dtype} values, not numbers.\n"
            "Run clean_transactions(tx) first, or convert with pd.to_numeric(...)."
        )
    bad = ~np.isfinite(values.astype("float64").to_numpy(na_value=np.nan))
    if bad.any():
        raise DataError(
            f"{name} holds {bad.sum()} blank or infinite values; "
            f"the first belongs to {values.index[bad][0]!r}.\n"
            "Find them with df[~np.isfinite(df[column])] and mend or leave them out."
        )


def too_large(name: str) -> str:
    """Return the error for numbers larger than a computer can calculate with."""
    return (
        f"{name} hold numbers too large to add or multiply: the result is beyond 1.8e308.\n"
        "Look for a slip in the largest of them, or count in a larger unit, such as millions."
    )


def finite_result(result: Any, *, name: str) -> Any:
    """Return a result as it is, or say that it has passed what a computer can count with."""
    if not np.all(np.isfinite(result)):
        raise DataError(too_large(name))
    return result


def is_finite(value: object) -> bool:
    """Return True for a plain, finite number."""
    return isinstance(value, (int, float, np.number)) and bool(np.isfinite(value))


def some_customers(items: pd.Index) -> str:
    """Format the first customers of many for a message."""
    listed = ", ".join(map(repr, items[:3]))
    return f"customers {listed}" + (f" and {len(items) - 3} more" if len(items) > 3 else "")


def check_customer_values(values: pd.Series, *, name: str) -> None:
    """Require one finite number a customer, and at least one customer."""
    check_numbers(values, name=name)
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is no customer to tier.")
    check_one_row_each(values.index, name=name)


def check_one_row_each(index: pd.Index, *, name: str) -> None:
    """Refuse a customer with more than one row."""
    twice = index[index.duplicated()]
    if len(twice):
        rows = int((index == twice[0]).sum())
        raise DataError(
            f"{name} has {rows} rows of customer {first_label(twice)!r}, "
            "but a tier needs one row a customer.\n"
            "Add the rows up first, e.g. values.groupby(level=0).sum()."
        )


def first_label(index: pd.Index) -> object:
    """Return the first label as plain Python: 7, not np.int64(7)."""
    return index[:1].tolist()[0]


def check_same_customers(*tables: pd.Series | pd.DataFrame, names: str) -> None:
    """Refuse tables that would be joined on different customers."""
    if not all(tables[0].index.equals(table.index) for table in tables[1:]):
        raise DataError(
            f"{names} do not hold the same customers in the same order.\n"
            "Take them from one table, or put one in the order of the other: b.reindex(a.index)."
        )


def check_cuts(
    cuts: Any, *, low: float = -np.inf, high: float = np.inf, name: str = "cuts"
) -> tuple[float, ...]:
    """Require rising numbers strictly between `low` and `high`."""
    listed = "shares between 0 and 1, such as (0.2, 0.5)" if high == 1 else "such as (60, 80)"
    if isinstance(cuts, str) or not isinstance(cuts, (Sequence, np.ndarray, pd.Series)):
        raise DataError(f"{name} must be a row of numbers, {listed}, not {cuts!r}.")
    cuts = tuple(cuts)
    if not cuts or not all(is_finite(cut) and not isinstance(cut, bool) for cut in cuts):
        raise DataError(f"{name} must be plain numbers, {listed}, not {cuts!r}.")
    if not all(low < cut < high for cut in cuts):
        hint = " Write 0.2 for 20 %." if high == 1 else ""
        raise DataError(f"{name} must be {listed}, not {cuts!r}.{hint}")
    if any(first >= second for first, second in itertools.pairwise(cuts)):
        raise DataError(
            f"{name} must rise, but they are {cuts!r}.\n"
            "Each cut is counted from the same end: 20 : 30 : 50 is written (0.2, 0.5)."
        )
    return tuple(map(float, cuts))


def check_tier_names(names: Sequence[str], *, tiers: int) -> list[str]:
    """Require as many different names as there are tiers."""
    if isinstance(names, str) or len(names) != tiers or len(set(names)) != tiers:
        raise DataError(
            f"names must be {tiers} different names, best tier first, not {names!r}.\n"
            "There is one tier more than there are cuts."
        )
    return list(names)


def check_weights(weights: Mapping[str, float] | pd.Series) -> dict[str, float]:
    """Require weights of 0 or more that add up to 1."""
    if not isinstance(weights, (Mapping, pd.Series)) or len(weights) == 0:
        raise DataError("weights must be a dictionary such as {'credit': 0.4, 'profit': 0.6}.")
    weights = dict(weights.items())
    bad = [name for name, weight in weights.items() if not is_finite(weight) or weight < 0]
    if bad:
        raise DataError(f"the weight of {bad[0]!r} must be 0 or more, not {weights[bad[0]]!r}.")
    total = math.fsum(weights.values())
    if not math.isclose(total, 1, abs_tol=1e-9):
        raise DataError(
            f"weights add up to {total:g}, not to 1: {weights}.\n"
            "Write 10 : 30 : 60 as 0.1, 0.3, 0.6, or divide each weight by their sum."
        )
    return weights


def check_cut_each(cuts: Sequence[float], *, count: int) -> tuple[float, ...]:
    """Require one cut for each of several measures, in any order of size."""
    if isinstance(cuts, (str, int, float)) or len(cuts) != count:
        raise DataError(f"cuts must be {count} numbers in brackets, one a measure, not {cuts!r}.")
    return tuple(check_cuts([cut])[0] for cut in cuts)


def check_range(values: pd.Series, low: float, high: float, *, name: str) -> None:
    """Refuse values outside low to high, and name one."""
    check_numbers(values, name=name)
    outside = values[(values < low) | (values > high)]
    if len(outside):
        limits = f"from {low:g} to {high:g}" if np.isfinite(high) else f"{low:g} or more"
        raise DataError(
            f"{name} must be {limits}, but {outside.index[0]!r} has {outside.iloc[0]:g} "
            f"({len(outside)} of {len(values)} are outside).\n"
            "Mend those values, or rescale the column first."
        )


def check_together(**measures: pd.Series) -> None:
    """Require numeric measures of the same customers, at least one."""
    for name, values in measures.items():
        check_numbers(values, name=name)
        if len(values) == 0:
            raise DataError(f"{name} is empty: there is nobody to put into a tier.")
    check_same_customers(*measures.values(), names=" and ".join(measures))


def two_sided_z(confidence: float) -> float:
    """Return the normal quantile of a two-sided interval: 1.96 for a confidence of 0.95."""
    if isinstance(confidence, bool) or not is_finite(confidence) or not 0 < confidence < 1:
        raise DataError(
            f"confidence must be between 0 and 1, not {confidence!r}.\nWrite 0.95 for 95 %."
        )
    return NormalDist().inv_cdf((1 + confidence) / 2)


def check_seed(seed: int) -> None:
    """Require a whole number of 0 or more."""
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise DataError(f"seed must be a whole number of 0 or more, not {seed!r}.")


def check_yes_no(values: pd.Series, *, name: str) -> None:
    """Require True or False for each customer, one row each, and at least one customer."""
    if not isinstance(values, pd.Series) or not pd.api.types.is_bool_dtype(values):
        kind = f"{values.dtype} values" if isinstance(values, pd.Series) else repr(values)[:40]
        raise DataError(
            f"{name} must be a Series of True and False, not {kind}.\n"
            "Turn 0 and 1 into them with astype(bool)."
        )
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is no customer.")
    if values.isna().any():
        raise DataError(f"{name} holds blanks: say True or False for each customer.")
    check_one_row_each(values.index, name=name)
