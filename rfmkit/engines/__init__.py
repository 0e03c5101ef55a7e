"""Aggregate a ledger in the engine that holds it; only small tables come back to pandas.

A ledger may be a frame of pandas, Polars (eager or lazy), DuckDB, Dask, PySpark or pyarrow:
narwhals translates one query for each.
"""

import datetime as dt
import warnings
from functools import cache
from importlib.util import find_spec
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pandas as pd

from rfmkit.schema import AMOUNT, CUSTOMER, DATE, ORDER, DataError
from rfmkit.validation import (
    check_columns,
    check_grouping_columns,
    check_lines,
    clock_time,
    groupable,
    only_spaces,
    some_customers,
)

# From about this many rows, handing a pandas frame to DuckDB costs less than it saves.
LARGE = 200_000
NEVER = pd.Timestamp("2200-01-01")  # pandas 2 cannot compute with the last day it can represent
_FAULT = "fault"
_FAULTS = {
    1: "have no date",
    2: "have no amount, or an infinite one",
    3: "are dated after today",
}


def ledger_lines(
    tx: Any,
    *,
    customer: str = CUSTOMER,
    date: str = DATE,
    amount: str = AMOUNT,
    order: str | None = None,
    until: pd.Timestamp | None = None,
) -> nw.LazyFrame:
    """Select the needed columns of a ledger of any engine, under the kit's names.

    Parameters
    ----------
    tx
        Any frame that narwhals takes. A pandas frame is checked at once; of another, faults are
        noted row by row, and `add_up` tells them when the engine has done its work.
    customer, date, amount, order
        Names of the columns to use; without `order` there is no such column.
    until
        The last day that a row may have; None for any.

    Returns
    -------
    narwhals.LazyFrame
        `customer`, `date` (without time zone: a column that names its zone is read by that zone's
        clock), `amount` (float64) and, if asked for, `order`, blank where it is empty.

    Raises
    ------
    DataError
        If a column is missing, named for two parts, or holds no dates or no numbers; or if dates
        are moments whose zone is a setting of the session (TIMESTAMPTZ of DuckDB, TIMESTAMP of
        Spark).

    Examples
    --------
    >>> tx = pd.DataFrame({"who": ["A"], "date": pd.to_datetime(["2021-03-02"]), "amount": [5]})
    >>> ledger_lines(tx, customer="who").collect_schema().names()
    ['customer', 'date', 'amount']
    """
    columns = {CUSTOMER: customer, DATE: date, AMOUNT: amount} | ({ORDER: order} if order else {})
    opened = _narwhals_frame(tx)
    if opened is None:
        frame = nw.from_native(_pandas_lines(tx, columns, until)).lazy()
        return frame.with_columns(nw.col(AMOUNT).cast(nw.Float64))
    frame, in_memory = opened.lazy(), isinstance(opened, nw.DataFrame)
    kinds = frame.collect_schema()
    check_columns(pd.DataFrame(columns=kinds.names()), columns)
    kind = kinds[date]
    if not (isinstance(kind, nw.Datetime) or kind == nw.Date):
        raise DataError(f"column {date!r} holds {kind} values, not dates. Cast it first.")
    if not kinds[amount].is_numeric():
        raise DataError(f"column {amount!r} holds {kinds[amount]}, not numbers. Cast it first.")
    lines = _named(frame, columns)
    if not isinstance(kind, nw.Datetime):
        lines = lines.with_columns(nw.col(DATE).cast(nw.Datetime("us")))
    elif kind.time_zone:
        _refuse_moments(frame, date)
        lines = lines.with_columns(nw.col(DATE).dt.replace_time_zone(None))
    fault = _fault_of_row(_next_day(until, frame)).alias(_FAULT)
    # Data in memory are checked at once; other data are read only once.
    if in_memory and not lines.select(fault.max()).collect().item():
        return lines
    return lines.with_columns(fault)


def add_up(lines: nw.LazyFrame, *keys: str, **sums: nw.Expr) -> nw.LazyFrame:
    """Group the lines by their keys and aggregate, in the engine."""
    if _FAULT in lines.collect_schema().names():
        sums[_FAULT] = nw.col(_FAULT).max()
    with np.errstate(over="ignore"):  # who takes the sums looks whether they are finite
        return lines.group_by(*keys).agg(**sums)


def to_pandas(table: nw.LazyFrame, *keys: str) -> pd.DataFrame:
    """Collect the engine's table, sorted by the keys; raise a DataError if a row had a fault."""
    engine = table.implementation
    if engine.is_polars():
        frame = table.sort(*keys).collect("pandas", engine="streaming").to_native()
    elif engine.is_duckdb():
        # pandas uses Arrow's text as it is; DuckDB's own conversion makes an object of each cell.
        way: Literal["pyarrow", "pandas"] = "pyarrow" if find_spec("pyarrow") else "pandas"
        frame = table.sort(*keys).collect(way).to_pandas()
    else:
        with warnings.catch_warnings():
            if engine.is_pyspark() or engine.is_pyspark_connect():
                # PySpark warns that it needs pandas 2; what is used here is the same in pandas 3.
                warnings.simplefilter("ignore")
            frame = table.collect("pandas").to_native()
        frame = frame.sort_values([*keys], key=_sort_keys, ignore_index=True)
    names = frame[CUSTOMER]
    if (names.isna() | only_spaces(names)).any():
        raise DataError("transactions has rows without a customer. Filter them out first.")
    if _FAULT not in frame:
        return frame
    for fault, fault_text in _FAULTS.items():
        who = pd.Index(names[frame[_FAULT] == fault].unique())
        if len(who):
            raise DataError(
                f"rows of {some_customers(who)} {fault_text}. Filter or mend them first."
            )
    return frame.drop(columns=_FAULT)


def _narwhals_frame(tx: Any) -> nw.LazyFrame | nw.DataFrame | None:
    """Wrap a frame of another library than pandas; None for pandas, and for what is no frame."""
    if isinstance(tx, pd.DataFrame):
        return None
    with warnings.catch_warnings():
        # narwhals warns Dask's users that its Dask support will move to a package of its own.
        warnings.filterwarnings("ignore", "Dask support", FutureWarning)
        frame = nw.from_native(tx, pass_through=True)
    return frame if isinstance(frame, (nw.DataFrame, nw.LazyFrame)) else None


def _refuse_moments(frame: nw.LazyFrame, date: str) -> None:
    """Refuse dates whose clock is that of the session: their day would change with a setting.

    pandas, Polars and Arrow keep the time zone with the column, and the clock time is read there.
    """
    engine = frame.implementation
    if engine.is_pandas_like() or engine.is_polars() or engine.is_pyarrow() or engine.is_dask():
        return
    raise DataError(
        f"column {date!r} holds moments without a clock of their own: which day one belongs to "
        "depends on the session's time zone.\n"
        f"Say whose clock counts. In DuckDB: {date} at time zone 'Asia/Taipei'. In Spark, by the "
        f"session's clock: ledger.withColumn({date!r}, ledger[{date!r}].cast('timestamp_ntz'))."
    )


def _named(frame: nw.LazyFrame, columns: dict[str, str]) -> nw.LazyFrame:
    lines = frame.select(**{name: nw.col(own) for name, own in columns.items()})
    return lines.with_columns(nw.col(AMOUNT).cast(nw.Float64))


def _next_day(day: pd.Timestamp | None, frame: nw.LazyFrame) -> dt.date | None:
    if day is None:
        return None
    tomorrow = (day + pd.Timedelta(days=1)).to_pydatetime()
    # Spark would interpret a time in a time zone; a date has none.
    engine = frame.implementation
    return tomorrow.date() if engine.is_pyspark() or engine.is_pyspark_connect() else tomorrow


def _fault_of_row(too_late: dt.date | None) -> nw.Expr:
    """Return the number of each row's first fault, or 0."""
    date, amount = nw.col(DATE), nw.col(AMOUNT)
    in_time = ~date.is_null() if too_late is None else date < too_late
    no_number = amount.is_null() | ~amount.is_finite()
    fault = nw.when(date.is_null()).then(1).otherwise(nw.when(no_number).then(2).otherwise(3))
    # Nearly every row is valid, so testing this first saves the other tests.
    return nw.when(in_time & amount.is_finite()).then(0).otherwise(fault)


def _sort_keys(values: pd.Series) -> pd.Series:
    """Return sort keys: mixed objects as pandas' groupby sorts them, blanks last."""
    if values.dtype != object:
        return values
    keys = pd.Series(pd.factorize(values, sort=True)[0], index=values.index)
    return keys.where(keys >= 0, len(keys))


def _pandas_lines(tx: pd.DataFrame, columns: dict[str, str], until: pd.Timestamp | None) -> Any:
    """Check a pandas ledger, and select its columns under the kit's names, without time zones.

    Return a pandas frame, or for a large one a DuckDB relation, whose blank customers are not
    checked yet: `to_pandas` checks them after grouping, among far fewer names.
    """
    check_columns(tx, columns)
    date = columns[DATE]
    check_lines(tx, until or NEVER, date=date, amount=columns[AMOUNT])
    tx = _plain_types(tx, columns)
    if _suits_duckdb(tx, columns):
        import pyarrow as pa

        # Dates and amounts hold no blanks, so Arrow need not search for them again.
        parts = {part: pa.array(tx[name], from_pandas=False) for part, name in columns.items()}
        return _duckdb().cursor().from_arrow(pa.table(parts))
    check_grouping_columns(tx, customer=columns[CUSTOMER], order=columns.get(ORDER))
    lines = tx[[*columns.values()]].set_axis([*columns], axis="columns")
    if ORDER in lines and np.any(blank := only_spaces(lines[ORDER])):
        lines = lines.assign(**{ORDER: lines[ORDER].mask(blank)})
    lines.attrs = {}  # pandas would copy them at every step
    return lines


def _plain_types(tx: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Convert a checked ledger's Arrow and nullable types to numpy's, and drop time zones."""
    dates, amounts = tx[columns[DATE]], tx[columns[AMOUNT]]
    new = {columns[DATE]: clock_time(dates)}
    if not isinstance(amounts.dtype, np.dtype):
        new[columns[AMOUNT]] = amounts.astype("float64")
    for part in columns.keys() - {DATE, AMOUNT}:
        new[columns[part]] = groupable(tx[columns[part]])
    changed = {name: column for name, column in new.items() if column is not tx[name]}
    return tx.assign(**changed) if changed else tx


def _suits_duckdb(tx: pd.DataFrame, columns: dict[str, str]) -> bool:
    """Return whether DuckDB is installed and can read the columns in place, of enough rows."""
    if len(tx) < LARGE or not (find_spec("duckdb") and find_spec("pyarrow")):
        return False
    kinds = {part: tx.dtypes[name] for part, name in columns.items()}
    # Objects cannot be read in place, and a categorical is numbered already.
    return (
        kinds[DATE].kind == "M"
        and kinds[AMOUNT].kind in "iuf"
        and all(
            isinstance(kinds[part], pd.StringDtype) or kinds[part].kind in "iu"
            for part in columns.keys() - {DATE, AMOUNT}
        )
    )


@cache
def _duckdb() -> Any:
    """Open one database in memory; opening costs as much as aggregating half a million rows."""
    import duckdb

    return duckdb.connect()


def month_number() -> nw.Expr:
    """Count the months from January 1970 to a row's date, as pandas' periods do."""
    date = nw.col(DATE).dt
    return (date.year().cast(nw.Int64) - 1970) * 12 + date.month().cast(nw.Int64) - 1


def months(numbers: pd.Series) -> pd.PeriodIndex:
    """Convert month numbers into months."""
    return pd.PeriodIndex.from_ordinals(numbers.astype("int64"), freq="M")
