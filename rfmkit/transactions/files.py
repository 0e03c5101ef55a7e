"""Open a ledger file and hand over its cells untouched, under the kit's column names."""

import difflib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

import pandas as pd

from rfmkit.labels import install_command, label
from rfmkit.schema import DataError
from rfmkit.transactions.headers import RANKS, SEARCHED, column_names, header_row
from rfmkit.transactions.sheet_faults import look_at_gaps
from rfmkit.transactions.text_files import text_cells
from rfmkit.transactions.workbooks import workbook_cells

_TEXT = (".csv", ".txt", ".tsv", ".csv.gz", ".txt.gz", ".tsv.gz")
_KINDS = {".xlsx": "Excel", ".xlsm": "Excel", **dict.fromkeys(_TEXT, "text"), ".parquet": "parquet"}


def read_ledger(
    path: str | Path, *, sheet: str | None = None, columns: dict[str, str] | None = None
) -> pd.DataFrame:
    """Read a ledger file under the kit's column names, every cell as it stands in the file.

    Parameters
    ----------
    path, sheet, columns
        As for `rfmkit.load_transactions`, which also sees to the amount.

    Returns
    -------
    pandas.DataFrame
        One row per filled row of the file; index `row` is the row's number there, the first row
        of the file being 1. `attrs["source"]` tells file, sheet, rows read and headers used.

    Raises
    ------
    DataError
        If the file, the sheet or the header cannot be used.

    Examples
    --------
    >>> read_ledger("交易.xls")
    Traceback (most recent call last):
    ...
    rfmkit.schema.DataError: 找不到檔案 交易.xls。
    請檢查檔名與資料夾：那裡沒有名稱相近的檔案。
    """
    if not isinstance(path, (str, PathLike)):
        raise DataError(label("ledger.not_a_path", path=path))
    if columns is not None and not isinstance(columns, Mapping):
        raise DataError(label("ledger.columns", columns=columns))
    path, kind = _checked_file(Path(path))
    chosen = {str(role): str(header) for role, header in (columns or {}).items()}
    if unknown := [role for role in chosen if role not in RANKS]:
        raise DataError(label("ledger.columns_unknown", unknown=unknown, known=[*RANKS]))
    if sheet is not None and kind != "Excel":
        raise DataError(label("ledger.no_sheets", name=path.name, sheet=sheet))
    if kind == "parquet":
        cells = _parquet_cells(path)
        head = [[*cells.columns]]
    else:
        cells, sheet = (workbook_cells if kind == "Excel" else text_cells)(path, sheet, chosen)
        head = cells.head(SEARCHED).to_numpy(dtype=object).tolist()
    where = path.name
    if sheet is not None:
        where = label("ledger.where", name=path.name, sheet=sheet)
    at, roles = header_row(head, chosen, where)
    header = ["" if pd.isna(cell) else str(cell).strip() for cell in head[at]]
    # Rows keep the number they have in the file, so that a person can find them again.
    tx = cells if kind == "parquet" else cells.iloc[at + 1 :]
    tx = tx.set_axis(column_names(header, roles), axis="columns")
    tx.index = pd.RangeIndex(at + 2, at + 2 + len(tx), name="row")
    if kind == "Excel":
        look_at_gaps(
            path, cells.attrs["part"], tx, {role: header[at] for role, at in roles.items()}
        )
    unnamed = tx.iloc[:, [place for place, name in enumerate(header) if not name]].notna()
    if kind == "text" and unnamed.to_numpy().any():
        row = unnamed.index[unnamed.any(axis="columns")][0]
        raise DataError(label("ledger.long_row", where=where, row=row, header=at + 1))
    tx = tx.drop(columns=unnamed.columns[~unnamed.any()])
    tx = tx[tx.notna().any(axis="columns")].apply(_settled)
    if tx.empty:
        raise DataError(label("ledger.no_rows", where=where, row=at + 1))
    used = {header[place]: role for role, place in roles.items()}
    tx.attrs["source"] = {"file": path.name, "sheet": sheet, "rows_read": len(tx), "columns": used}
    return tx


def _checked_file(path: Path) -> tuple[Path, str]:
    """Tell the kind of file; refuse what is not there or is not what its name says."""
    name, folder = path.name, path.parent
    if path.is_dir():
        raise DataError(label("file.folder", path=path))
    if not path.exists():
        there = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
        close = difflib.get_close_matches(name, there, n=3, cutoff=0.5)
        hint = label("file.nothing_close")
        if close:
            hint = label("file.close", names=label("file.or").join(close))
        raise DataError(label("file.missing", path=path, hint=hint))
    kind = next((_KINDS[end] for end in sorted(_KINDS) if name.lower().endswith(end)), None)
    if kind is None:
        raise DataError(label("file.kind", name=name, kinds=", ".join(_KINDS)))
    try:
        with path.open("rb") as file:
            start = file.read(64).lstrip()
    except OSError as error:
        raise DataError(label("file.locked", name=name)) from error
    if not start:
        raise DataError(label("file.empty", name=name))
    if start.startswith(bytes.fromhex("D0CF11E0")):
        raise DataError(label("file.old", name=name))
    if kind == "Excel" and not start.startswith(b"PK"):
        really = label("file.html" if start.startswith(b"<") else "file.csv")
        raise DataError(label("file.not_workbook", name=name, really=really))
    if kind == "text" and start.startswith(b"PK\x03\x04"):
        raise DataError(label("file.not_text", name=name))
    return path, kind


def _parquet_cells(path: Path) -> pd.DataFrame:
    try:
        cells = pd.read_parquet(path)
    except ImportError as error:
        install = install_command("pyarrow")
        raise DataError(label("file.no_pyarrow", name=path.name, install=install)) from error
    except Exception as error:  # pyarrow raises many kinds
        raise DataError(label("ledger.not_parquet", name=path.name, error=error)) from error
    if cells.index.names == [None]:
        return cells
    return cells.reset_index(allow_duplicates=True)


def _settled(column: pd.Series) -> pd.Series:
    """Give a column of one type that type; whole numbers with gaps stay whole numbers."""
    typed = column.infer_objects()
    if column.dtype == object and pd.api.types.is_float_dtype(typed.dtype):
        return typed if set(map(type, column.dropna())) <= {float} else column
    return typed
