"""Add up a ledger in parquet that is larger than memory: DuckDB reads it once, piece by piece."""

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from rfmkit.engines.totals import SIZE, normalise_totals
from rfmkit.labels import label
from rfmkit.schema import CUSTOMER, FREQUENCY, MONETARY, DataError
from rfmkit.transactions.cells import tidy_text
from rfmkit.transactions.headers import header_row
from rfmkit.transactions.parquet_query import tally_query
from rfmkit.transactions.reasons import is_nothing, is_test

# Files above this many bytes are read so; what they hold in memory is some five times as much.
LARGE_FILE = 400 * 1024**2
_MEMORY = "1500MB"  # of DuckDB; what does not fit goes to disk


@dataclass(frozen=True)
class Tally:
    """What a ledger adds up to, and how many of its rows were left out for which reason."""

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
    """List the parquet files that a ledger consists of: the file, or those in the folder."""
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise DataError(label("ledger.no_parquet", path=path))
    return files


def is_large_parquet(path: Path) -> bool:
    """Tell whether a ledger is a folder, or a parquet file too large to be read as a whole."""
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
            ledger = con.read_parquet([str(file) for file in parquet_files(path)],
                                      union_by_name=True)  # fmt: skip
            kinds = dict(zip(ledger.columns, map(str, ledger.types), strict=True))
        except duckdb.Error as error:
            raise DataError(label("ledger.not_parquet", name=path.name, error=error)) from error
        _, places = header_row([[*kinds]], columns or {}, path.name)
        names = {role: ledger.columns[place] for role, place in places.items()}
        query = tally_query(
            ledger, names, kinds, path.name, today=today, start=start, end=end, returns=returns
        )
        table = _watched(con, lambda: ledger.query("ledger", query).df(), path.name)
    used = {own: role for role, own in names.items()}
    return _tally(table, {"file": path.name, "sheet": None, "columns": used})


def _watched(con: object, work: Callable[[], pd.DataFrame], name: str) -> pd.DataFrame:
    """Work in another thread, and show in a terminal how far DuckDB is."""
    with ThreadPoolExecutor(1) as pool, tqdm(
        total=100, desc=name, unit="%", disable=None, leave=False
    ) as bar:  # fmt: skip
        found = pool.submit(work)
        while not found.done():
            wait([found], timeout=0.5)
            bar.update(max(0, min(100, con.query_progress()) - bar.n))
        return found.result()


def _tally(table: pd.DataFrame, source: dict) -> Tally:
    """Write the customers' names tidily, and part those who count from those left out."""
    names = tidy_text(table[CUSTOMER])
    reason = table["reason"].astype(object)
    reason = reason.mask(is_test(names), "test_order")
    reason = reason.mask(names.isna() | is_nothing(names), "blank_customer")
    table = table.assign(customer=names, reason=reason)
    kept = table[reason.isna()]
    buyers = kept.groupby(CUSTOMER)[FREQUENCY].transform("sum") > 0
    table.loc[buyers.index[~buyers], "reason"] = "return_without_purchase"
    left_out = table.groupby("reason")["rows"].sum().sort_index()
    left_out = left_out.sort_values(ascending=False, kind="stable")
    kept = kept[buyers]
    rows = int(table["rows"].sum())
    if kept.empty:
        told = label("cli.comma").join(
            f"{label(f'reason.{code}')} {count:,}" for code, count in left_out.items()
        )
        raise DataError(label("ledger.nothing_tallied", rows=f"{rows:,}", reasons=told))
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
