"""Open a ledger file and hand over its cells untouched, under the kit's column names."""

import csv
import difflib
import gzip
import io
import itertools
import zlib
from pathlib import Path

import pandas as pd

from rfmkit.schema import DataError
from rfmkit.transactions.headers import RANKS, SEARCHED, column_names, find_header, header_row
from rfmkit.transactions.workbooks import MOST_BYTES, workbook_cells

_KINDS = {".xlsx": "Excel", ".xlsm": "Excel", ".csv": "text", ".txt": "text", ".tsv": "text",
          ".csv.gz": "text", ".parquet": "parquet"}  # fmt: skip


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
    rfmkit.schema.DataError: cannot find the file 交易.xls.
    Check the name and the folder: nothing there has such a name.
    """
    path, kind = _checked_file(Path(path))
    chosen = {str(role): str(header) for role, header in (columns or {}).items()}
    if unknown := [role for role in chosen if role not in RANKS]:
        raise DataError(f"columns={{…}} does not know {unknown}; it knows {[*RANKS]}.")
    if sheet is not None and kind != "Excel":
        raise DataError(f"{path.name} is not a workbook and has no sheet {sheet!r}. Leave it out.")
    if kind == "parquet":
        cells = _parquet_cells(path)
        head = [[*cells.columns]]
    else:
        cells, sheet = (workbook_cells if kind == "Excel" else _text_cells)(path, sheet, chosen)
        head = cells.head(SEARCHED).to_numpy(dtype=object).tolist()
    where = path.name if sheet is None else f"{path.name}, sheet {sheet!r}"
    at, roles = header_row(head, chosen, where)
    header = ["" if pd.isna(cell) else str(cell).strip() for cell in head[at]]
    # Rows keep the number they have in the file, so that a person can find them again.
    tx = cells if kind == "parquet" else cells.iloc[at + 1 :]
    tx = tx.set_axis(column_names(header, roles), axis="columns")
    tx.index = pd.RangeIndex(at + 2, at + 2 + len(tx), name="row")
    unnamed = tx.iloc[:, [place for place, name in enumerate(header) if not name]].notna()
    if kind == "text" and unnamed.to_numpy().any():
        row = unnamed.index[unnamed.any(axis="columns")][0]
        raise DataError(
            f"{where}: row {row} has more cells than the header in row {at + 1}.\n"
            'A cell with the separator inside must stand in quotation marks: "1,200".'
        )
    tx = tx.drop(columns=unnamed.columns[~unnamed.any()])
    tx = tx[tx.notna().any(axis="columns")].apply(_settled)
    if tx.empty:
        raise DataError(f"{where} has a header in row {at + 1} and no rows below it.")
    used = {header[place]: role for role, place in roles.items()}
    tx.attrs["source"] = {"file": path.name, "sheet": sheet, "rows_read": len(tx), "columns": used}
    return tx


def _checked_file(path: Path) -> tuple[Path, str]:
    """Tell the kind of file; refuse what is not there or is not what its name says."""
    name, folder = path.name, path.parent
    if path.is_dir():
        raise DataError(f"{path} is a folder. Name the ledger file in it.")
    if not path.exists():
        there = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
        close = difflib.get_close_matches(name, there, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "nothing there has such a name."
        raise DataError(f"cannot find the file {path}.\nCheck the name and the folder: {hint}")
    kind = next((_KINDS[end] for end in sorted(_KINDS) if name.lower().endswith(end)), None)
    if kind is None:
        raise DataError(
            f"{name}: the kit does not read this kind of file; it reads {', '.join(_KINDS)}.\n"
            "Open it in Excel or LibreOffice and choose Save As > Excel Workbook (.xlsx)."
        )
    try:
        with path.open("rb") as file:
            start = file.read(64).lstrip()
    except OSError as error:
        raise DataError(f"{name} cannot be opened. If Excel has it open, close it.") from error
    if not start:
        raise DataError(f"{name} is empty: it has no bytes. Export the ledger again.")
    if start.startswith(bytes.fromhex("D0CF11E0")):
        raise DataError(
            f"{name} is a workbook with a password, or one in the old .xls format.\n"
            "Open it in Excel, take the password off (File > Info > Protect Workbook), "
            "and choose Save As > Excel Workbook (.xlsx)."
        )
    if kind == "Excel" and not start.startswith(b"PK"):
        really = "a web page (HTML)" if start.startswith(b"<") else "text (csv)"
        raise DataError(
            f"{name} is not an Excel workbook: it looks like {really}.\n"
            "Give text the ending .csv, or open the file in Excel and save it as .xlsx."
        )
    if kind == "text" and start.startswith(b"PK\x03\x04"):
        raise DataError(f"{name} is not text but a workbook or zip: give a workbook .xlsx.")
    return path, kind


def _parquet_cells(path: Path) -> pd.DataFrame:
    try:
        cells = pd.read_parquet(path)
    except ImportError as error:
        raise DataError(
            f'{path.name}: reading parquet needs pyarrow. Run pip install "rfmkit[parquet]", '
            "or save the ledger as .csv or .xlsx."
        ) from error
    except Exception as error:  # pyarrow raises many kinds
        raise DataError(
            f"{path.name} cannot be read as parquet: {error}\n"
            "Write it again with df.to_parquet(path), or save it as .csv."
        ) from error
    return cells if cells.index.names == [None] else cells.reset_index()


def _text_cells(path: Path, sheet: None, chosen: dict[str, str]) -> tuple[pd.DataFrame, None]:
    """Find encoding and separator: the pair under which a header is recognised."""
    try:
        with (gzip.open if path.name.lower().endswith(".gz") else open)(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path.name} is damaged ({error}). Fetch it again.") from error
    if len(data) > MOST_BYTES:
        raise DataError(f"{path.name} unpacks to more than 2 GB. Split it, or save it as parquet.")
    best = None
    for text, everyday in _readings(data, path.name):
        for separator in (",", ";", "\t", "|", r"\s+"):
            head = _text_head(text, separator)
            widest = max(map(len, head), default=0) if separator != r"\s+" else 1
            fit = (find_header(head, chosen) is not None, everyday, widest)
            if best is None or fit > best[0]:
                best = (fit, text, separator, max(map(len, head), default=1))
    _, text, separator, width = best
    try:
        cells = pd.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), index_col=False,
            dtype=str, keep_default_na=False, na_values=[""], skip_blank_lines=False,
        )  # fmt: skip
    except pd.errors.ParserError as error:
        raise DataError(
            f"{path.name}: the cells of a row do not fit the header ({str(error).strip()}).\n"
            "A cell with the separator inside must stand in quotation marks, and these in pairs."
        ) from error
    return cells, None


def _readings(data: bytes, name: str) -> list[tuple[str, float]]:
    """Decode in each way that fits; tell the share of everyday characters (Big5, GB level 1)."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    readings = []
    for codec in ("utf-16",) if utf16 else ("utf-8-sig", "cp950", "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec.startswith("utf"):
            readings = [(text, 1.0)]
            break
        low, high, trail = (0xA4, 0xC6, 0x40) if codec == "cp950" else (0xB0, 0xD7, 0xA1)
        codes = [letter.encode(codec) for letter in text[:100_000] if not letter.isascii()]
        level_1 = sum(low <= code[0] <= high and code[1] >= trail for code in codes)
        readings.append((text, level_1 / len(codes)))
    if not readings or "\0" in readings[0][0]:
        raise DataError(
            f"{name}: the encoding of the text cannot be told.\n"
            "In Excel choose Save As > CSV UTF-8 (Comma delimited), or save it as .xlsx."
        )
    return readings


def _text_head(text: str, separator: str) -> list[list[str]]:
    lines = io.StringIO(text[:65_536], newline="")
    if separator == r"\s+":
        return [line.split() for line in itertools.islice(lines, SEARCHED)]
    return list(itertools.islice(csv.reader(lines, delimiter=separator), SEARCHED))


def _settled(column: pd.Series) -> pd.Series:
    """Give a column of one type that type; whole numbers with gaps stay whole numbers."""
    typed = column.infer_objects()
    if column.dtype == object and pd.api.types.is_float_dtype(typed.dtype):
        return typed if set(map(type, column.dropna())) <= {float} else column
    return typed
