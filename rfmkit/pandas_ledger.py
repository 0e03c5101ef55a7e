"""Get a pandas ledger ready to be added up: check its rows, and hand a large one to DuckDB."""

from functools import cache
from importlib.util import find_spec

import pandas as pd

from rfmkit.checks import check_columns, check_customers, check_groups, check_lines
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, ORDER

# From about this many rows, handing a pandas frame to DuckDB costs less than it saves.
LARGE = 200_000
NEVER = pd.Timestamp("2200-01-01")  # pandas 2 cannot reckon with the last day that there is


def pandas_ledger(tx: pd.DataFrame, columns: dict[str, str], until: pd.Timestamp | None) -> object:
    """Check a ledger, and take its columns under the kit's names; dates lose their time zone.

    A pandas frame, or a DuckDB relation of a large one, whose blank customers are not looked for
    yet: who adds it up sees them among far fewer names.
    """
    check_columns(tx, columns)
    date = columns[DATE]
    check_lines(tx, until or NEVER, date=date, amount=columns[AMOUNT])
    if tx[date].dt.tz is not None:
        tx = tx.assign(**{date: tx[date].dt.tz_localize(None)})
    if _suits_duckdb(tx, columns):
        import pyarrow as pa

        # Dates and amounts hold no blanks: Arrow need not look for them once more.
        parts = {part: pa.array(tx[name], from_pandas=False) for part, name in columns.items()}
        return _duckdb().cursor().from_arrow(pa.table(parts))
    check_names(tx, customer=columns[CUSTOMER], order=columns.get(ORDER))
    lines = tx[[*columns.values()]].set_axis([*columns], axis="columns")
    lines.attrs = {}  # pandas would copy them at every step
    return lines


def check_names(tx: pd.DataFrame, *, customer: str, order: str | None = None) -> None:
    """Stop a ledger whose rows cannot be grouped, or have no customer; say how many."""
    check_customers(tx, customer)
    if order:
        check_groups(tx[order], name=f"column {order!r}")


def _suits_duckdb(tx: pd.DataFrame, columns: dict[str, str]) -> bool:
    """Say whether DuckDB is there and can read the columns in place, of enough rows."""
    if len(tx) < LARGE or not (find_spec("duckdb") and find_spec("pyarrow")):
        return False
    kinds = {part: tx.dtypes[name] for part, name in columns.items()}
    # Objects cannot be read in place, and a categorical is numbered already.
    return kinds[DATE].kind == "M" and kinds[AMOUNT].kind in "iuf" and all(
        isinstance(kinds[part], pd.StringDtype) or kinds[part].kind in "iu"
        for part in columns.keys() - {DATE, AMOUNT}
    )  # fmt: skip


@cache
def _duckdb() -> object:
    """Open a database in memory once; opening takes as long as half a million rows."""
    import duckdb

    return duckdb.connect()
