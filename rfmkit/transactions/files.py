"""Read a ledger file: its cells unchanged, under the kit's column names."""

import csv
import difflib
import gzip
import io
import itertools
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path

import pandas as pd

from rfmkit.labels import install_command, label
from rfmkit.schema import DataError
from rfmkit.transactions.excel import MAX_BYTES, check_empty_cells, workbook_cells
from rfmkit.transactions.headers import (
    HEADER_SEARCH_ROWS,
    RANKS,
    column_names,
    find_header,
    header_row,
)

_TEXT = (".csv", ".txt", ".tsv", ".csv.gz", ".txt.gz", ".tsv.gz")
_KINDS = {".xlsx": "Excel", ".xlsm": "Excel", **dict.fromkeys(_TEXT, "text"), ".parquet": "parquet"}
# Where an encoding has its common characters: first byte from, to, second byte from (level 1 of
# Big5 and GB). Text decoded wrongly has rare characters, or characters of private use.
_COMMON_BYTES = {
    "cp950": (0xA4, 0xC6, 0x40),
    "big5hkscs": (0xA4, 0xC6, 0x40),
    "gb18030": (0xB0, 0xD7, 0xA1),
}
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_CHUNK = 1 << 22


def read_ledger(
    path: str | Path, *, sheet: str | None = None, columns: dict[str, str] | None = None
) -> pd.DataFrame:
    """Read a ledger file under the kit's column names, every cell as it is in the file.

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
    path, kind = _check_file(Path(path))
    chosen = {str(role): str(header) for role, header in (columns or {}).items()}
    if unknown := [role for role in chosen if role not in RANKS]:
        raise DataError(label("ledger.columns_unknown", unknown=unknown, known=[*RANKS]))
    if sheet is not None and kind != "Excel":
        raise DataError(label("ledger.no_sheets", name=path.name, sheet=sheet))
    if kind == "parquet":
        cells = _parquet_cells(path)
    elif kind == "Excel":
        cells, sheet = workbook_cells(path, sheet, chosen)
    else:
        cells = text_cells(path, chosen)
    if kind == "parquet":
        head = [[*cells.columns]]
    else:
        head = cells.head(HEADER_SEARCH_ROWS).to_numpy(dtype=object).tolist()
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
        check_empty_cells(
            path, cells.attrs["part"], tx, {role: header[at] for role, at in roles.items()}
        )
    unnamed = tx.iloc[:, [place for place, name in enumerate(header) if not name]].notna()
    if kind == "text" and unnamed.to_numpy().any():
        row = unnamed.index[unnamed.any(axis="columns")][0]
        raise DataError(label("ledger.long_row", where=where, row=row, header=at + 1))
    tx = tx.drop(columns=unnamed.columns[~unnamed.any()])
    tx = tx[tx.notna().any(axis="columns")].apply(_with_type)
    if tx.empty:
        raise DataError(label("ledger.no_rows", where=where, row=at + 1))
    used = {header[place]: role for role, place in roles.items()}
    tx.attrs["source"] = {"file": path.name, "sheet": sheet, "rows_read": len(tx), "columns": used}
    return tx


def _check_file(path: Path) -> tuple[Path, str]:
    """Return the kind of file; refuse one that is missing or is not what its name says."""
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


def _with_type(column: pd.Series) -> pd.Series:
    """Infer a column's type; whole numbers with gaps stay whole numbers."""
    typed = column.infer_objects()
    if column.dtype == object and pd.api.types.is_float_dtype(typed.dtype):
        return typed if set(map(type, column.dropna())) <= {float} else column
    return typed


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Read until the file ends or is too large; a read of 2 GB at once would reserve them."""
    size = 0
    while size <= MAX_BYTES and (chunk := read(_CHUNK)):
        size += len(chunk)
        yield chunk


def text_cells(path: Path, chosen: dict[str, str]) -> pd.DataFrame:
    """Read a text ledger in the encoding and with the separator that show a header."""
    try:
        packed = path.name.lower().endswith(".gz")
        with gzip.open(path) if packed else path.open("rb") as file:
            data = b"".join(_chunks(file.read))
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(label("ledger.damaged", name=path.name, error=error)) from error
    if len(data) > MAX_BYTES:
        raise DataError(label("ledger.too_large", name=path.name))
    readings = []
    for text, common in _decodings(data, path.name):
        for separator in (",", ";", "\t", "|", r"\s+"):
            head = _first_rows(text, separator)
            widest = max(map(len, head), default=0) if separator != r"\s+" else 1
            fit = (find_header(head, chosen) is not None, common, widest)
            readings.append((fit, text, separator, max(map(len, head), default=1)))
    (_, common, _), text, separator, width = max(readings, key=lambda reading: reading[0])
    if common < 0:
        raise DataError(label("ledger.no_encoding", name=path.name))
    try:
        cells = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            header=None,
            names=range(width),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
        )
    except pd.errors.ParserError as error:
        what = _parser_message(str(error))
        raise DataError(label("ledger.misfit", name=path.name, what=what)) from error
    return cells


def _parser_message(error: str) -> str:
    """Explain which line pandas could not split into cells."""
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", error):
        return label("ledger.misfit_cells", line=found[2], cells=found[3], header=found[1])
    if found := re.search(r"EOF inside string starting at row (\d+)", error):
        return label("ledger.misfit_quote", line=int(found[1]) + 1)
    return label("ledger.misfit_other", error=error.strip())


def _decodings(data: bytes, name: str) -> list[tuple[str, float]]:
    """Decode in each encoding that fits, with the share of common characters.

    The share is below 0 where characters of private use come out, since no ledger has them.
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    decodings = []
    for codec in ("utf-16",) if utf16 else ("utf-8-sig", *_COMMON_BYTES):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec.startswith("utf"):
            decodings = [(text, 1.0)]
            break
        # ASCII text is valid UTF-8, so there is at least one other letter here, perhaps far down.
        letters = "".join(re.findall(r"[^\x00-\x7f]+", text))[:100_000]
        low, high, trail = _COMMON_BYTES[codec]
        codes = [letter.encode(codec) for letter in letters]
        level_1 = sum(low <= code[0] <= high and code[1:] >= bytes([trail]) for code in codes)
        private = len(_PRIVATE_USE.findall(text))
        decodings.append((text, -private if private else level_1 / len(codes)))
    if not decodings or "\0" in decodings[0][0]:
        raise DataError(label("ledger.no_encoding", name=name))
    return decodings


def _first_rows(text: str, separator: str) -> list[list[str]]:
    lines = io.StringIO(text[:65_536], newline="")
    if separator == r"\s+":
        return [line.split() for line in itertools.islice(lines, HEADER_SEARCH_ROWS)]
    return list(itertools.islice(csv.reader(lines, delimiter=separator), HEADER_SEARCH_ROWS))
