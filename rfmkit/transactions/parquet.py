"""Add up a parquet ledger larger than memory with DuckDB, in one pass."""

import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from rfmkit.engines import SIZE, SPACES, normalise_totals
from rfmkit.labels import label
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    FREQUENCY,
    MONETARY,
    ORDER,
    QUANTITY,
    STATUS,
    UNIT_PRICE,
    DataError,
)
from rfmkit.transactions.cells import tidy_text
from rfmkit.transactions.cleaning import (
    MAX_AMOUNT,
    PLACEHOLDER,
    TEST_MARKER,
    is_placeholder,
    is_test_marker,
    read_status,
)
from rfmkit.transactions.headers import header_row, other_candidates
from rfmkit.transactions.status import meanings, outcome

# Files above this many bytes are read so; what they hold in memory is some five times as much.
LARGE_FILE = 400 * 1024**2
_MEMORY = "1500MB"  # of DuckDB; what does not fit goes to disk


@dataclass(frozen=True)
class Tally:
    """The totals of a ledger, and its rows left out by reason."""

    totals: pd.DataFrame  # as `customer_totals`
    left_out: pd.Series  # rows by reason, the most frequent first
    rows_read: int
    first: pd.Timestamp
    last: pd.Timestamp
    returned: int  # rows taken off the spend
    lost_customers: int
    last_after_today: pd.Timestamp
    source: dict


def parquet_files(path: Path) -> list[Path]:
    """List the parquet files of a ledger: the file, or those in the folder."""
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise DataError(label("ledger.no_parquet", path=path))
    return files


def is_large_parquet(path: Path) -> bool:
    """Return True for a folder, or a parquet file too large to read as a whole."""
    large = path.suffix.lower() == ".parquet" and path.is_file()
    return path.is_dir() or (large and path.stat().st_size > LARGE_FILE)


def tally_parquet(
    path: Path,
    *,
    today: pd.Timestamp,
    start: pd.Timestamp | None = None,
    end: pd.Timestamp | None = None,
    returns: str = "net",
    columns: dict[str, str] | None = None,
) -> Tally:
    """Add up a parquet ledger by the rules of `clean_transactions` that look at a row alone.

    Parameters
    ----------
    path
        A .parquet file, or a folder of them (also in folders within).
    today, start, end, returns
        As for `clean_transactions`.
    columns
        The user's headers, as for `load_transactions`.

    Returns
    -------
    Tally
        The totals of each customer, and the rows left out. Rows are not compared with each other:
        repeated rows and orders cancelled by another order are not looked for.

    Raises
    ------
    DataError
        If the files cannot be read, a column is missing, dates are no dates or amounts no numbers,
        or no row can be used.
    """
    import duckdb

    con = duckdb.connect(config={"memory_limit": _MEMORY, "preserve_insertion_order": False})
    with tempfile.TemporaryDirectory(prefix="rfmkit-") as folder:
        con.execute(f"set temp_directory = '{Path(folder).as_posix()}'")
        try:
            ledger: Any = con.read_parquet(
                [str(file) for file in parquet_files(path)], union_by_name=True
            )
            kinds = dict(zip(ledger.columns, map(str, ledger.types), strict=True))
        except duckdb.Error as error:
            raise DataError(label("ledger.not_parquet", name=path.name, error=error)) from error
        _, positions = header_row([[*kinds]], columns or {}, path.name)
        names = {role: ledger.columns[place] for role, place in positions.items()}
        query = tally_query(
            ledger, names, kinds, path.name, today=today, start=start, end=end, returns=returns
        )
        table = _run_with_progress(con, lambda: ledger.query("ledger", query).df(), path.name)
        statuses = _status_table(ledger, names[STATUS]) if STATUS in names else []
    used = {own: role for role, own in names.items()}
    header = [*kinds]
    reading: dict[str, Any] = {
        "files": [path.name],
        "header_row": 1,
        "others": other_candidates(header, positions),
        "marks": {},
        "statuses": statuses,
        "visits": "order" if ORDER in names else "row",
    }
    reading["negative_rows"] = int(table["returned"].sum())
    return tally_of(table, {"file": path.name, "sheet": None, "columns": used, "reading": reading})


def _status_table(ledger: Any, name: str) -> list[list[Any]]:
    """List each status with its rows and what is done with it."""
    column = '"' + name.replace('"', '""') + '"'
    query = f"select {column}::varchar as s, count(*) as rows from ledger group by 1"
    table = ledger.query("ledger", query).df()
    text = tidy_text(table["s"])
    rows = table["rows"].groupby(text, sort=False).sum()
    found = meanings(pd.Series(rows.index, dtype=object))
    blank = int(table["rows"][text.isna()].sum())
    lines = [[name, label("ledger.blank"), blank, "counted"]] if blank and found else []
    for value in sorted(found, key=lambda one: (-rows[one], one)):
        lines.append([name, value, int(rows[value]), outcome(found[value])])
    return lines


def _run_with_progress(con: Any, work: Callable[[], pd.DataFrame], name: str) -> pd.DataFrame:
    """Run a query in another thread, with a progress bar in a terminal."""
    progress = getattr(con, "query_progress", lambda: 0)  # DuckDB 1.1 has none
    with (
        ThreadPoolExecutor(1) as pool,
        tqdm(total=100, desc=name, unit="%", disable=None, leave=False) as bar,
    ):
        found = pool.submit(work)
        while not found.done():
            wait([found], timeout=0.5)
            bar.update(max(0, min(100, progress()) - bar.n))
        return found.result()


def tally_of(table: pd.DataFrame, source: dict) -> Tally:
    """Tidy the customers' names, and take out those who are left out."""
    names = tidy_text(table[CUSTOMER])
    reason = table["reason"].astype(object)
    reason = reason.mask(is_test_marker(names), "test_order")
    reason = reason.mask(names.isna() | is_placeholder(names), "blank_customer")
    table = table.assign(customer=names, reason=reason)
    kept = table[reason.isna()]
    buyers = kept.groupby(CUSTOMER)[FREQUENCY].transform("sum") > 0
    table.loc[buyers.index[~buyers], "reason"] = "return_without_purchase"
    left_out = table.groupby("reason")["rows"].sum().sort_index()
    left_out = left_out.sort_values(ascending=False, kind="stable")
    kept = kept[buyers]
    rows = int(table["rows"].sum())
    if kept.empty:
        counts = label("cli.comma").join(
            f"{label(f'reason.{code}')} {count:,}" for code, count in left_out.items()
        )
        raise DataError(label("ledger.nothing_tallied", rows=f"{rows:,}", reasons=counts))
    sums = {"last_purchase": "max", FREQUENCY: "sum", MONETARY: "sum", SIZE: "sum"}
    merged = kept.groupby(CUSTOMER).agg(sums)
    named = table.loc[~table["reason"].isin(["blank_customer", "test_order"]), CUSTOMER]
    late = table.loc[table["reason"] == "future_date", "latest"]
    return Tally(
        totals=normalise_totals(merged.reset_index(), False),
        left_out=left_out,
        rows_read=rows,
        first=kept["first"].min(),
        last=kept["latest"].max(),
        returned=int(kept["returned"].sum()),
        lost_customers=int(named.nunique()) - len(merged),
        last_after_today=late.max(),
        source={**source, "rows_read": rows},
    )


_NUMBERS = ("ledger.numbers", r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*")
_KINDS = {
    DATE: ("ledger.days", r"DATE|TIMESTAMP(_S|_MS|_NS)?"),
    AMOUNT: _NUMBERS,
    QUANTITY: _NUMBERS,
    UNIT_PRICE: _NUMBERS,
}
_SQL = """
with lines as ({lines}),
classified as (select *, case {reasons} end as reason from lines),
orders as (
    select customer, reason, case when reason is null then "order" end as "order",
           count(*) as rows, min(date) as first, max(date) as latest,
           max(date) filter (amount > 0) as last, count(*) filter (amount > 0) as bought,
           count(*) filter (amount < 0) as returned, sum(amount) as net,
           sum(abs(amount)) as size
    from classified group by all
)
select customer, reason, sum(rows)::bigint as rows, min(first) as first, max(latest) as latest,
       max(last) as last_purchase,
       sum(case when "order" is null then bought else least(bought, 1) end)::bigint as frequency,
       sum(returned)::bigint as returned, sum(net) as monetary,
       sum(size) as size
from orders group by customer, reason
"""
# DuckDB's trim is slow for so many characters; few cells need it.
_TRIMMED = (
    f"case when regexp_matches({{x}}, '^[{SPACES}]|[{SPACES}]$') then trim({{x}}, '{SPACES}') "
    "else {x} end"
)
# As `round_sums` of one number.
_ROUNDED = (
    "case when abs({x}) between 1e-290 and 1e290 then round({x}, greatest("
    "12 - ceil(log10(abs({x}))), least(6, 15 - ceil(log10(abs({x})))))::int) else {x} end"
)


def tally_query(
    ledger: Any,
    names: dict[str, str],
    kinds: dict[str, str],
    where: str,
    *,
    today: pd.Timestamp,
    start: pd.Timestamp | None,
    end: pd.Timestamp | None,
    returns: str,
) -> str:
    """Build the query over `ledger`: the totals of each customer and reason.

    Raises
    ------
    DataError
        If a column is not of the type that it needs.
    """
    for role, (what, pattern) in _KINDS.items():
        if role in names and not re.fullmatch(pattern, kinds[names[role]]):
            header = names[role]
            counts = {"where": where, "header": header, "kind": kinds[header], "what": label(what)}
            raise DataError(label("ledger.kind", **counts))
    own = {role: '"' + name.replace('"', '""') + '"' for role, name in names.items()}
    amount = own.get(AMOUNT) or _ROUNDED.format(x=f"({own[QUANTITY]}::double * {own[UNIT_PRICE]})")
    number = _TRIMMED.format(x=f"{own[ORDER]}::varchar") if ORDER in own else "null::varchar"
    # The length is tested first, since a regular expression is slow.
    blank = f"number = '' or (length(number) < 7 and {_matches('number', PLACEHOLDER)})"
    lines = (
        f"select {own[CUSTOMER]} as customer, {own[DATE]}::timestamp as date, "
        f"({amount})::double as amount, {number} as number, "
        f'case when {blank} then null else number end as "order", '
        f"{own.get(STATUS, 'null')}::varchar as status from ledger"
    )
    reasons = {f"length(number) < 30 and {_matches('number', TEST_MARKER)}": "test_order"}
    if STATUS in own:
        reasons |= _status_cases(ledger, own[STATUS])
    reasons["date is null"] = "unreadable_date"
    reasons[f"date >= timestamp '{today + pd.Timedelta(days=1)}'"] = "future_date"
    if start is not None:
        reasons[f"date < timestamp '{start}'"] = "outside_period"
    if end is not None:
        reasons[f"date >= timestamp '{end + pd.Timedelta(days=1)}'"] = "outside_period"
    reasons["amount is null or isnan(amount)"] = "unreadable_amount"
    reasons[f"abs(amount) > {MAX_AMOUNT}"] = "infinite_amount"
    reasons["amount = 0"] = "zero_amount"
    if returns == "drop":
        reasons["amount < 0"] = "return"
    cases = " ".join(f"when {fault} then '{code}'" for fault, code in reasons.items())
    return _SQL.format(lines=lines, reasons=cases)


def _matches(cell: str, pattern: str) -> str:
    """Build the test whether a cell matches the pattern in full, in capitals or not."""
    for dash in (0x2010, 0x2015):
        pattern = pattern.replace(f"\\u{dash:x}", chr(dash))
    return f"regexp_full_match({cell}, '{pattern}', 'i')"


def _status_cases(ledger: Any, column: str) -> dict[str, str]:
    """Build the cases of the statuses that undo an order."""
    states = ledger.query("ledger", f"select distinct {column}::varchar as s from ledger").df()["s"]
    states = states.dropna().reset_index(drop=True)
    undone = read_status(tidy_text(states))
    reasons = {}
    for code in undone.dropna().unique():
        also = " and amount >= 0" if code == "returned_order" else ""
        listed = ", ".join("'" + state.replace("'", "''") + "'" for state in states[undone == code])
        reasons[f"status in ({listed}){also}"] = code
    return reasons
