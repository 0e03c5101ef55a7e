"""Aggregate a ledger in the engine that holds it, and derive R, F, M from each customer's totals.

A ledger may be a frame of pandas, Polars (eager or lazy), DuckDB, Dask, PySpark or pyarrow:
narwhals translates one query for each, and only small tables come back to pandas.
"""

import datetime as dt
import warnings
from functools import cache
from importlib.util import find_spec
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pandas as pd

from rfmkit.dates import as_day
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    FREQUENCY,
    LAST_PURCHASE,
    MONETARY,
    ORDER,
    RECENCY,
    DataError,
    EmptyLedger,
)
from rfmkit.thresholds import round_sums
from rfmkit.validation import (
    check_columns,
    check_grouping_columns,
    check_lines,
    check_numbers,
    groupable,
    only_spaces,
    require_columns,
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
SIZE = "size"  # absolute amounts added up: what the rounding noise of a sum is measured by
TOTALS = [LAST_PURCHASE, FREQUENCY, MONETARY]
_MERGE = {
    LAST_PURCHASE: nw.col(LAST_PURCHASE).max(),
    FREQUENCY: nw.col(FREQUENCY).sum(),
    MONETARY: nw.col(MONETARY).sum(),
    SIZE: nw.col(SIZE).sum(),
}
_MERGE_PANDAS = {LAST_PURCHASE: "max", FREQUENCY: "sum", MONETARY: "sum", SIZE: "sum"}
# Engines agree on a blank only if they are told every character that is one.
SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


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


def _pandas_lines(tx: Any, columns: dict[str, str], until: pd.Timestamp | None) -> Any:
    """Check a pandas ledger, and select its columns under the kit's names, without time zones.

    Return a pandas frame, or for a large one a DuckDB relation, whose blank customers are not
    checked yet: `to_pandas` checks them after grouping, among far fewer names.
    """
    lines = check_lines(tx, columns, until or NEVER)
    if _suits_duckdb(lines, columns):
        import pyarrow as pa

        # Dates and amounts hold no blanks, so Arrow need not search for them again.
        parts = {part: pa.array(lines[name], from_pandas=False) for part, name in columns.items()}
        return _duckdb().cursor().from_arrow(pa.table(parts))
    check_grouping_columns(lines, customer=columns[CUSTOMER], order=columns.get(ORDER))
    lines = lines.set_axis([*columns], axis="columns")
    if ORDER in lines and np.any(blank := only_spaces(lines[ORDER])):
        lines = lines.assign(**{ORDER: lines[ORDER].mask(blank)})
    return lines


def _suits_duckdb(lines: pd.DataFrame, columns: dict[str, str]) -> bool:
    """Return whether DuckDB is installed and can read the names in place, of enough rows."""
    if len(lines) < LARGE or not (find_spec("duckdb") and find_spec("pyarrow")):
        return False
    kinds = [lines.dtypes[name] for part, name in columns.items() if part in (CUSTOMER, ORDER)]
    # Objects cannot be read in place, and a categorical is numbered already.
    return all(isinstance(kind, pd.StringDtype) or kind.kind in "iu" for kind in kinds)


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


def customer_totals(
    tx: object,
    *,
    customer: str = CUSTOMER,
    date: str = DATE,
    amount: str = AMOUNT,
    order: str | None = None,
    keep_orders: bool = False,
    until: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Compute each customer's totals; `rfm_at` computes R, F, M from them for any later day.

    Parameters
    ----------
    tx
        Transactions, one row an order line, of any engine; see `rfm_table`. It may be empty.
    customer, date, amount, order
        Names of the columns to use; see `rfm_table`.
    keep_orders
        True keeps a row for each customer and order, for ledgers whose orders may continue in
        another ledger: `merge_rfm` then counts such an order once.
    until
        A day after which no row may lie; None for any.

    Returns
    -------
    pandas.DataFrame
        Index `customer` (and `order`, if kept). `last_purchase`: day of the last purchase, blank
        where there is none. `frequency`: purchases. `monetary`: spend less returns, in money.

    Raises
    ------
    DataError
        As `rfm_table`, but for an empty ledger and customers without a purchase.

    Notes
    -----
    Source: textbook section 5.2.3. Last day, number and sum are all that R, F, M need of a ledger.

    Examples
    --------
    >>> tx = pd.DataFrame({"customer": ["A", "A"], "amount": [100, -30],
    ...                    "date": pd.to_datetime(["2021-03-02", "2021-03-30"])})
    >>> customer_totals(tx).reset_index()
      customer last_purchase  frequency  monetary
    0        A    2021-03-02          1      70.0
    """
    if keep_orders and not order:
        raise DataError('keep_orders needs the order numbers: name their column, order="order".')
    try:
        lines = ledger_lines(
            tx, customer=customer, date=date, amount=amount, order=order, until=until
        )
    except EmptyLedger:
        return normalise_totals(pd.DataFrame(columns=[CUSTOMER, ORDER, *TOTALS]), keep_orders)
    bought = nw.when(nw.col(AMOUNT) > 0).then(nw.col(DATE))
    keys = [CUSTOMER, ORDER] if order else [CUSTOMER]
    totals = add_up(
        lines.with_columns(bought=bought, size=nw.col(AMOUNT).abs()),
        *keys,
        **{
            LAST_PURCHASE: nw.col("bought").max(),
            FREQUENCY: nw.col("bought").count(),
            MONETARY: nw.col(AMOUNT).sum(),
            SIZE: nw.col("size").sum(),
        },
    )
    if order:
        totals = _blank_orders(totals)
        # Lines that share a number are one purchase; each line without a number is one by itself.
        many = ~nw.col(ORDER).is_null() & (nw.col(FREQUENCY) > 1)
        once = nw.when(many).then(1).otherwise(nw.col(FREQUENCY))
        totals = totals.with_columns(once.alias(FREQUENCY))
    if order and not keep_orders:
        totals = add_up(totals, CUSTOMER, **_MERGE)
    try:
        table = to_pandas(totals, *(keys if keep_orders else [CUSTOMER]))
    except DataError:
        if isinstance(tx, pd.DataFrame):  # found by an engine; pandas explains more
            check_grouping_columns(tx, customer=customer, order=order)
        raise
    if isinstance(tx, pd.DataFrame):
        table[CUSTOMER] = table[CUSTOMER].astype(groupable(tx[customer]).dtype)
    if keep_orders and table.loc[table[ORDER].isna(), CUSTOMER].duplicated().any():
        # Numbers of spaces alone are the same as none.
        groups = table.groupby(keys, observed=True, dropna=False)
        table = groups.agg(_MERGE_PANDAS).reset_index()
    return normalise_totals(table, keep_orders)


def _blank_orders(totals: nw.LazyFrame) -> nw.LazyFrame:
    """Make nothing of order numbers that are empty or hold spaces alone."""
    kind = totals.collect_schema()[ORDER]
    if kind == nw.String and totals.implementation.is_pandas():  # blank already
        return totals
    if kind not in (nw.String, nw.Categorical, nw.Enum):
        return totals
    number = nw.col(ORDER).cast(nw.String)
    # Looking for one character that is no space is faster than removing all that are.
    written = ~nw.col(ORDER).is_null() & number.str.contains(f"[^{SPACES}]")
    return totals.with_columns(nw.when(written).then(number).alias(ORDER))


def rfm_at(totals: pd.DataFrame, *, today: object) -> pd.DataFrame:
    """Compute the table of R, F, M as of a day from the totals of each customer.

    Parameters
    ----------
    totals
        A table of `customer_totals` or `merge_rfm`.
    today
        The day to count from; no purchase may lie after it.

    Returns
    -------
    pandas.DataFrame
        As `rfm_table`: `recency_days` (days), `frequency` (purchases), `monetary` (money).

    Raises
    ------
    DataError
        If a purchase lies after `today`, a customer has none, or there is no customer.

    Notes
    -----
    Source: textbook section 5.2.3.

    Examples
    --------
    >>> tx = pd.DataFrame({"customer": ["A"], "amount": [5],
    ...                    "date": pd.to_datetime(["2021-03-30"])})
    >>> rfm_at(customer_totals(tx), today="2021-04-30").loc["A"].tolist()
    [31.0, 1.0, 5.0]
    """
    require_columns(totals, TOTALS, name="totals")
    today = as_day(today, name="today")
    if len(totals) == 0:
        raise DataError("totals is empty: there is no customer to compute R, F, M of.")
    check_numbers(totals[MONETARY], name=f"column {MONETARY!r}")
    if ORDER in totals.index.names:
        totals = _merged(totals.reset_index(), [CUSTOMER]).set_index(CUSTOMER)
    last = totals[LAST_PURCHASE]
    without = totals.index[((totals[FREQUENCY] == 0) | last.isna()).to_numpy()]
    if len(without):
        raise DataError(
            f"{some_customers(without)} bought nothing (no amount above zero, only returns or "
            "zeros): no last purchase.\n"
            "clean_transactions() puts such rows into `rejected`; run it first."
        )
    if (last > today).any():
        raise DataError(
            f"{some_customers(totals.index[last > today])} bought after today ({today:%Y-%m-%d}); "
            f"the last purchase is of {last.max():%Y-%m-%d}.\nGive a later day."
        )
    rfm = totals.assign(
        **{
            RECENCY: (today - last).dt.days.astype("int64"),
            FREQUENCY: totals[FREQUENCY].astype("int64"),
        }
    )
    return rfm[[RECENCY, FREQUENCY, MONETARY]]


def merge_rfm(*totals: pd.DataFrame) -> pd.DataFrame:
    """Merge the totals of ledgers that share no row: the later day, both numbers, both sums.

    The totals of two days together are those of both days' ledgers read at once, in whatever
    order and however grouped they are merged; an empty table changes nothing. A late row is one
    more ledger to merge. A corrected day is merged anew from its own totals and those of the
    other days: a last day cannot be taken back out of a maximum.

    Parameters
    ----------
    *totals
        Tables of `customer_totals`, all with orders or all without. Without them an order must
        not be spread over two ledgers: it would count in each.

    Returns
    -------
    pandas.DataFrame
        The totals of all ledgers together, sorted, in the form of `customer_totals`.

    Raises
    ------
    DataError
        If a table is no such table, some keep orders and others do not, or a customer is a number
        in one and the same number as text in another.

    Notes
    -----
    Source: the kit's own. Maximum, count and sum do not depend on order or grouping (a
    commutative monoid), so a billion rows a day need no second reading.

    Examples
    --------
    >>> days = [pd.DataFrame({"customer": ["A"], "amount": [5], "date": pd.to_datetime([day])})
    ...         for day in ("2021-03-30", "2021-03-31")]
    >>> rfm_at(merge_rfm(*map(customer_totals, days)), today="2021-04-01").loc["A"].tolist()
    [1.0, 2.0, 10.0]
    """
    if not totals:
        raise DataError("merge_rfm needs one table of customer_totals or more.")
    for table in totals:
        require_columns(table, TOTALS, name="totals")
    kinds = {tuple(table.index.names) for table in totals}
    if not (len(kinds) == 1 and kinds <= {(CUSTOMER,), (CUSTOMER, ORDER)}):
        raise DataError(
            f"the totals have the indexes {sorted(map(str, kinds))}; all must be those of "
            "customer_totals, with keep_orders alike."
        )
    ((*keys,),) = kinds
    filled = [table for table in totals if len(table)] or [totals[0]]
    lines = pd.concat(filled).reset_index()
    merged = _merged(lines, keys)
    if ORDER in keys:
        merged[FREQUENCY] = merged[FREQUENCY].where(
            merged[ORDER].isna(), merged[FREQUENCY].clip(upper=1)
        )
    return normalise_totals(merged, ORDER in keys)


def _merged(lines: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = lines.assign(**{SIZE: lines[MONETARY].abs()}).groupby(
        keys, observed=True, dropna=False
    )
    merged = groups.agg(_MERGE_PANDAS).reset_index()
    return merged.assign(**{MONETARY: round_sums(merged[MONETARY], merged[SIZE])})


def _refuse_numbers_as_text(names: pd.Series) -> None:
    """Refuse a name that is a number in one row and the same number as text in another."""
    if names.dtype != object or pd.api.types.infer_dtype(names) == "string":
        return
    known = names.dropna().drop_duplicates()
    twice = known[known.astype(str).duplicated(keep=False)]
    if len(twice):
        alike = known[known.astype(str) == str(twice.iloc[0])]
        raise DataError(
            f"{names.name} {' and '.join(map(repr, alike.tolist()))} may be one and the same, "
            "written as a number here and as text there.\n"
            f"Write all alike before they are added up: tx[{names.name!r}].astype(str)."
        )


def normalise_totals(table: pd.DataFrame, keep_orders: bool) -> pd.DataFrame:
    """Return totals with the same types whatever the engine, indexed by customer (and order)."""
    last = pd.to_datetime(table[LAST_PURCHASE]).astype("datetime64[us]").dt.normalize()
    number, money = table[FREQUENCY].astype("int64"), table[MONETARY].astype("float64")
    if SIZE in table:
        money = round_sums(money, table[SIZE])
    keys = [CUSTOMER, ORDER] if keep_orders else [CUSTOMER]
    for key in keys:
        _refuse_numbers_as_text(table[key])
    typed = table.assign(**{LAST_PURCHASE: last, FREQUENCY: number, MONETARY: money})
    return typed.set_index(keys if keep_orders else CUSTOMER)[TOTALS]
