"""Read a ledger file: its cells unchanged, under the kit's column names."""

import csv
import difflib
import gzip
import io
import itertools
import re
import zlib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from rfmkit.labels import install_command, label
from rfmkit.schema import CUSTOMER, ORDER, SOURCE_FILE, SOURCE_SHEET, DataError
from rfmkit.transactions.encodings import decode
from rfmkit.transactions.excel import (
    MAX_BYTES,
    check_empty_cells,
    ledger_sheets,
    workbook_cells,
    zero_padding,
)
from rfmkit.transactions.headers import (
    HEADER_SEARCH_ROWS,
    KNOWN_HEADERS,
    column_names,
    find_header,
    header_row,
    is_customer_table,
    mark_columns,
    normalise_header,
    other_candidates,
)
from rfmkit.transactions.mapping import LedgerMapping, Preset, find_preset

_TEXT = (".csv", ".txt", ".tsv", ".csv.gz", ".txt.gz", ".tsv.gz")
_KINDS = {".xlsx": "Excel", ".xlsm": "Excel", **dict.fromkeys(_TEXT, "text"), ".parquet": "parquet"}
_WIDTH_ROWS = 10  # the width of a text ledger is that of these rows, and of its header
_CHUNK = 1 << 22


def read_ledger(
    path: str | Path,
    *,
    sheet: str | None = None,
    columns: dict[str, str] | None = None,
    mapping: LedgerMapping | None = None,
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
    own = {str(role): str(header) for role, header in (columns or {}).items()}
    mapping = (mapping or LedgerMapping()).with_options(columns=own)
    sheet = mapping.sheet if sheet is None else sheet
    path, kind = check_file(Path(path))
    if sheet is not None and kind != "Excel":
        raise DataError(label("ledger.no_sheets", name=path.name, sheet=sheet))
    if sheet != "all":
        return _read_table(path, kind, sheet, mapping)
    titles = ledger_sheets(path, dict(mapping.columns))
    if not titles:
        return _read_table(path, kind, None, mapping)
    return join_ledgers([_read_table(path, kind, title, mapping) for title in titles], "sheet")


def join_ledgers(ledgers: list[pd.DataFrame], by: str) -> pd.DataFrame:
    """Concatenate the ledgers of several sheets or files; a column names the one of each row."""
    if len(ledgers) == 1:
        return ledgers[0]
    column = {"file": SOURCE_FILE, "sheet": SOURCE_SHEET}[by]
    sources = [tx.attrs["source"] for tx in ledgers]
    for tx, source in zip(ledgers, sources, strict=True):
        tx[column] = source[by]
        tx.attrs = {}
    joined = pd.concat(ledgers)
    first = sources[0]
    facts = {**first["reading"], "marks": {}}
    for source in sources:
        for kind, names in source["reading"]["marks"].items():
            facts["marks"][kind] = [*dict.fromkeys([*facts["marks"].get(kind, []), *names])]
    for name in ("files", "sheets"):
        facts[name] = [*dict.fromkeys(one for source in sources for one in source["reading"][name])]
    joined.attrs["source"] = {
        **first,
        by: label("cli.comma").join(dict.fromkeys(str(source[by]) for source in sources)),
        "rows_read": len(joined),
        "columns": {
            header: role for source in sources for header, role in source["columns"].items()
        },
        "reading": facts,
    }
    return joined


def _read_table(path: Path, kind: str, sheet: str | None, mapping: LedgerMapping) -> pd.DataFrame:
    form: dict[str, Any] = {"encoding": None, "separator": None}
    if kind == "parquet":
        cells = _parquet_cells(path)
    elif kind == "Excel":
        cells, sheet = workbook_cells(path, sheet, dict(mapping.columns))
    else:
        cells, form["encoding"], form["separator"] = text_cells(path, mapping)
    return ledger_of_cells(cells, path, kind, mapping, form, sheet)


def ledger_of_cells(
    cells: pd.DataFrame,
    path: Path,
    kind: str,
    mapping: LedgerMapping,
    form: dict[str, Any],
    sheet: str | None = None,
) -> pd.DataFrame:
    """Find the header among the cells of a file, and name the columns by it."""
    chosen = dict(mapping.columns)
    rows = max(HEADER_SEARCH_ROWS, mapping.header_row or 0)
    head = cells.head(rows).to_numpy(dtype=object).tolist()
    if kind == "parquet":
        head = [[*cells.columns]]
    where = path.name
    if sheet is not None:
        where = label("ledger.where", name=path.name, sheet=sheet)
    wanted_row = None if mapping.header_row is None else mapping.header_row - 1
    preset, at = preset_of(head, mapping, wanted_row)
    if preset is not None:
        there = {normalise_header(cell) for cell in head[at]} if at is not None else set()
        of_shop = {
            role: header
            for role, header in preset.mapping.columns.items()
            if normalise_header(header) in there and role not in chosen
        }
        # Who names quantity and price wants the amount computed from them.
        chosen = {**of_shop, **chosen}
    at, roles = header_row(head, chosen, where, wanted_row if at is None else at)
    header = ["" if pd.isna(cell) else str(cell).strip() for cell in head[at]]
    # Rows keep the number they have in the file, so that a person can find them again.
    tx = cells if kind == "parquet" else cells.iloc[at + 1 :]
    names = column_names(header, roles)
    tx = tx.set_axis(names, axis="columns")
    tx.index = pd.RangeIndex(at + 2, at + 2 + len(tx), name="row")
    if kind == "Excel":
        check_empty_cells(
            path, cells.attrs["part"], tx, {role: header[at] for role, at in roles.items()}
        )
        tx = _with_zeros(path, str(sheet), tx, roles)
    unnamed = tx.iloc[:, [place for place, name in enumerate(header) if not name]].notna()
    if kind == "text" and unnamed.to_numpy().any():
        row = unnamed.index[unnamed.any(axis="columns")][0]
        raise DataError(label("ledger.long_row", where=where, row=row, header=at + 1))
    marks = {
        mark: [names[place] for place in positions]
        for mark, positions in mark_columns(header, roles, chosen).items()
    }
    tx = tx.drop(columns=unnamed.columns[~unnamed.any()])
    tx = tx[tx.notna().any(axis="columns")]
    if kind == "text":
        tx = tx[~_is_ruled(tx)]
    tx = tx.apply(_with_type)
    if tx.empty:
        raise DataError(label("ledger.no_rows", where=where, row=at + 1))
    used = {header[place]: role for role, place in roles.items()}
    tx.attrs["source"] = {"file": path.name, "sheet": sheet, "rows_read": len(tx), "columns": used}
    tx.attrs["source"]["reading"] = {
        **form,
        "files": [path.name],
        "sheets": [] if sheet is None else [sheet],
        "header_row": at + 1,
        "others": other_candidates(header, roles),
        "marks": marks,
        "preset_key": None if preset is None else preset.key,
        "customer_table": is_customer_table(header),
        "where": where,
    }
    return tx


def preset_of(
    head: list[list], mapping: LedgerMapping, at: int | None
) -> tuple[Preset | None, int | None]:
    """Find the preset of a shop's export, and the row of its header."""
    rows = range(len(head)) if at is None else [at] if at < len(head) else []
    if mapping.preset in (None, "none"):
        found = ((find_preset(head[row], mapping.preset), row) for row in rows)
        return next(((preset, row) for preset, row in found if preset is not None), (None, None))
    preset = find_preset([], mapping.preset)
    wanted = frozenset() if preset is None else preset.headers
    fits = (row for row in rows if wanted <= set(map(normalise_header, head[row])))
    return preset, next(fits, at)


def _with_zeros(path: Path, sheet: str, tx: pd.DataFrame, roles: dict[str, int]) -> pd.DataFrame:
    """Write numbers of customers and orders with the zeros that their cell format shows."""
    columns = {roles[role]: role for role in (CUSTOMER, ORDER) if role in roles}
    if not any(isinstance(cell, int) for role in columns.values() for cell in tx[role].head(1000)):
        return tx
    for place, widths in zero_padding(path, sheet, [*columns]).items():
        role = columns[place]
        if widths:
            tx = tx.assign(
                **{
                    role: [
                        str(cell).zfill(widths[row])
                        if isinstance(cell, int) and row in widths
                        else cell
                        for row, cell in zip(tx.index, tx[role], strict=True)
                    ]
                }
            )
    return tx


def _is_ruled(tx: pd.DataFrame) -> pd.Series:
    """Find rows that are a drawn line: nothing but dashes."""
    first = tx.iloc[:, 0].astype(str)
    drawn = first.str.fullmatch(r"[-=+_*|─━\s]{3,}")
    if not drawn.any():
        return drawn
    rows = tx[drawn]
    whole = rows.apply(
        lambda row: all(re.fullmatch(r"[-=+_*|─━\s]*", str(cell)) for cell in row.dropna()), axis=1
    )
    return drawn & whole.reindex(tx.index, fill_value=False)


def check_file(path: Path) -> tuple[Path, str]:
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
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if kind == "text" and (
        start[:1] in (b"{", b"[") or start[:5].lower() in (b"<html", b"<!doc", b"<tabl")
    ):
        really = label("file.html" if start.startswith(b"<") else "file.json")
        raise DataError(label("file.not_a_table", name=name, really=really))
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


def text_cells(path: Path, mapping: LedgerMapping) -> tuple[pd.DataFrame, str, str]:
    """Read a text ledger with the separator that shows a header; return encoding and separator."""
    data = _unpacked(path)
    text, encoding = decode(data, path.name, encoding=mapping.encoding, header_words=known_words)
    separator, width = separator_of(text, mapping)
    try:
        cells = pd.read_csv(io.StringIO(text), **csv_options(separator, width))
    except pd.errors.ParserError as error:
        what = parser_message(str(error))
        raise DataError(label("ledger.misfit", name=path.name, what=what)) from error
    return cells, encoding, separator


def separator_of(text: str, mapping: LedgerMapping) -> tuple[str, int]:
    """Find the separator that shows a header, and the number of columns."""
    chosen, wanted = dict(mapping.columns), mapping.header_row
    readings = []
    for separator in (",", ";", "\t", "|", r"\s+"):
        head = _first_rows(text, separator, max(HEADER_SEARCH_ROWS, wanted or 0))
        at = find_header(head, chosen) if wanted is None else wanted - 1
        preset, row = preset_of(head, mapping, None if wanted is None else wanted - 1)
        at = row if preset is not None and row is not None else at
        known = at is not None and at < len(head) and len(head[at]) > 1
        widest = max(map(len, head), default=0) if separator != r"\s+" else 1
        width = max(map(len, head[: max(_WIDTH_ROWS, (at or 0) + 1)]), default=1)
        readings.append(((known, widest), separator, width))
    _, separator, width = max(readings, key=lambda reading: reading[0])
    return separator, width


def csv_options(separator: str, width: int) -> dict[str, Any]:
    """Return how pandas reads every cell of a text ledger as it is written."""
    return {
        "sep": separator,
        "header": None,
        "names": range(width),
        "index_col": False,
        "dtype": str,
        "keep_default_na": False,
        "na_values": [""],
        "skip_blank_lines": False,
    }


def _unpacked(path: Path) -> bytes:
    """Read a file, unpacked if it is; refuse one that unpacks to hundreds of times its size."""
    packed = path.name.lower().endswith(".gz")
    size, most, chunks = path.stat().st_size, MAX_BYTES, []
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            length = 0
            while length <= most and (chunk := file.read(_CHUNK)):
                length += len(chunk)
                chunks.append(chunk)
                if packed and length > 64 * 1024**2 and length > 300 * size:
                    sizes = {
                        "size": f"> {length / 1024**2:,.0f}",
                        "packed": f"{size / 1024**2:,.1f}",
                    }
                    raise DataError(label("ledger.bomb", name=path.name, **sizes))
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(label("ledger.damaged", name=path.name, error=error)) from error
    if length > most:
        raise DataError(label("ledger.too_large", name=path.name))
    return b"".join(chunks)


def known_words(text: str) -> int:
    """Count the known headers, not in ASCII, in the best of a text's first lines."""
    lines = text.splitlines()[:HEADER_SEARCH_ROWS]
    words = (re.split(r"[,;\t|]|\s{1,}", line) for line in lines)
    return max(
        (
            sum(normalise_header(word) in KNOWN_HEADERS for word in line if not word.isascii())
            for line in words
        ),
        default=0,
    )


def parser_message(error: str) -> str:
    """Explain which line pandas could not split into cells."""
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", error):
        return label("ledger.misfit_cells", line=found[2], cells=found[3], header=found[1])
    if found := re.search(r"EOF inside string starting at row (\d+)", error):
        return label("ledger.misfit_quote", line=int(found[1]) + 1)
    return label("ledger.misfit_other", error=error.strip())


def _first_rows(text: str, separator: str, most: int) -> list[list[str]]:
    lines = io.StringIO(text[:65_536], newline="")
    if separator == r"\s+":
        return [line.split() for line in itertools.islice(lines, most)]
    return list(itertools.islice(csv.reader(lines, delimiter=separator), most))
