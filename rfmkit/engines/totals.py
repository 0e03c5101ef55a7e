"""Compute totals of every customer in the ledger's engine, merge them, and derive R, F, M."""

import narwhals as nw
import pandas as pd

from rfmkit.dates import as_day
from rfmkit.engines import add_up, ledger_lines, to_pandas
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
)
from rfmkit.thresholds import round_sums
from rfmkit.validation import (
    check_columns,
    check_grouping_columns,
    check_numbers,
    groupable,
    require_columns,
    some_customers,
)

SIZE = "size"  # absolute amounts added up: what the rounding noise of a sum is measured by
TOTALS = [LAST_PURCHASE, FREQUENCY, MONETARY]
_MERGE = {
    LAST_PURCHASE: nw.col(LAST_PURCHASE).max(),
    FREQUENCY: nw.col(FREQUENCY).sum(),
    MONETARY: nw.col(MONETARY).sum(),
    SIZE: nw.col(SIZE).sum(),
}
# Engines agree on a blank only if they are told every character that is one.
SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


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
    columns = {"customer": customer, "date": date, "amount": amount, "order": order}
    if isinstance(tx, pd.DataFrame) and len(tx) == 0:
        check_columns(tx, {part: name for part, name in columns.items() if name})
        return normalise_totals(pd.DataFrame(columns=[CUSTOMER, ORDER, *TOTALS]), keep_orders)
    lines = ledger_lines(tx, customer=customer, date=date, amount=amount, order=order, until=until)
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
        sums = {LAST_PURCHASE: "max", FREQUENCY: "sum", MONETARY: "sum", SIZE: "sum"}
        table = table.groupby(keys, observed=True, dropna=False).agg(sums).reset_index()
    return normalise_totals(table, keep_orders)


def _blank_orders(totals: nw.LazyFrame) -> nw.LazyFrame:
    """Make nothing of order numbers that are empty or hold spaces alone."""
    kind = totals.collect_schema()[ORDER]
    if kind not in (nw.String, nw.Categorical, nw.Enum):
        return totals
    number = nw.col(ORDER).cast(nw.String)
    written = number.str.strip_chars(SPACES) != ""
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
    sums = {LAST_PURCHASE: "max", FREQUENCY: "sum", MONETARY: "sum", SIZE: "sum"}
    merged = groups.agg(sums).reset_index()
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
