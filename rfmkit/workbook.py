"""Write .xlsx files that are safe to open, with the same bytes each time."""

import re
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from datetime import time as clock
from io import BytesIO, StringIO
from os import PathLike
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree.ElementTree import canonicalize

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.formats import is_formula_like
from rfmkit.labels import explain_os_error, label
from rfmkit.schema import DataError

__all__ = ["put", "safe_cell", "save_workbook"]

FIRST_DAY = datetime(1980, 1, 1)  # the earliest a zip entry can carry
_declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_quiet = (
    b'<ignoredErrors><ignoredError numberStoredAsText="1" sqref="A1:XFD1048576"></ignoredError>'
    b"</ignoredErrors>"
)
# What may follow <ignoredErrors> in a worksheet.
_after_quiet = re.compile(
    rb"<(smartTags|drawing|legacyDrawing|picture|tableParts|extLst)\b|</works"
)


def save_workbook(
    wb: Workbook,
    path: str | Path,
    *,
    rows: Mapping[str, Iterable[str]] | None = None,
    compress: bool = False,
    stamp: date = FIRST_DAY,
    quiet_text: bool = False,
) -> Path:
    """Write a workbook whose bytes depend on its contents only.

    Parameters
    ----------
    wb
        The workbook; not a write-only one.
    path
        Where to write; the name ends in .xlsx. A file that is there is replaced at once, or not at
        all: the workbook is first written beside it.
    rows
        For sheets with many rows: sheet title -> rows from `table_rows`, to come
        after the rows that the sheet has.
    compress
        False stores the parts as they are, so the bytes are the same with every zlib. True makes a
        big file about ten times smaller; then two zlib builds may give different bytes.
    stamp
        The moment told as "created" and "modified" in the document's properties.
    quiet_text
        True leaves out Excel's green corners at numbers written as text.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    DataError
        If the ending is not .xlsx, the folder is missing, or the file cannot be written, e.g.
        because it is open in Excel.
    """
    target = check_target(path)
    modified = wb.properties.modified
    made = BytesIO()
    wb.save(made)
    wb.properties.modified = modified  # openpyxl put the time of day there
    titles = {f"xl/worksheets/sheet{n}.xml": ws.title for n, ws in enumerate(wb.worksheets, 1)}
    if unknown := set(rows or {}) - set(titles.values()):
        raise ValueError(f"rows are given for sheets that are not there: {unknown}.")
    beside = target.with_name(f".rfmkit-{uuid.uuid4().hex}.tmp")
    try:
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(beside, "w") as new:
            for name in sorted(old.namelist(), key=_part_order):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.create_system = 3  # else it would differ between Windows and other systems
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
                part = _normalise(name, old.read(name), stamp)
                more = (rows or {}).get(titles.get(name, ""), ())
                with new.open(entry, "w", force_zip64=bool(more)) as out:
                    if name in titles:
                        _write_sheet(out, part, more, quiet_text)
                    else:
                        out.write(part)
        beside.replace(target)
    except OSError as error:
        raise DataError(_cannot_write(target, error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return Path(path)


def _write_sheet(out: IO[bytes], part: bytes, more: Iterable[str], quiet_text: bool) -> None:
    head, mark, tail = part.partition(b"</sheetData>")
    if more:
        head = re.sub(rb"<dimension [^>]*></dimension>", b"", head)  # it names the old last row
    out.write(head)
    for row in more:
        out.write(row.encode())
    if quiet_text:
        tail = _after_quiet.sub(lambda after: _quiet + after[0], tail, count=1)
    out.write(mark + tail)


def _normalise(name: str, part: bytes, stamp: date) -> bytes:
    if not name.endswith((".xml", ".rels", ".vml")):
        return part
    text = StringIO()
    canonicalize(from_file=BytesIO(part), out=text)
    xml = text.getvalue()
    if name == "docProps/core.xml":
        moment = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        xml = re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{moment}", xml)
        xml = xml.replace(">openpyxl</dc:creator>", ">rfmkit</dc:creator>")
    if name.startswith("xl/charts/"):  # else some programs show a label as its cell is formatted
        xml = re.sub(r'(<numFmt formatCode="[^"]*")></', r'\1 sourceLinked="0"></', xml)
    if name == "docProps/app.xml":  # it names the version of openpyxl
        xml = re.sub(r"<(Application|AppVersion)>[^<]*</\1>", "", xml)
    return _declaration + xml.encode()


def _part_order(name: str) -> tuple[int, str]:
    first = ("[Content_Types].xml", "_rels/.rels")
    return (first.index(name) if name in first else len(first), name)


def check_target(path: str | Path) -> Path:
    """Return the file to write; raise a DataError if no workbook can be written there."""
    if not isinstance(path, str | PathLike):
        raise DataError(f'a workbook\'s path must be text such as "report.xlsx", not {path!r}.')
    given, path = str(path), Path(path)
    try:
        if given == "" or path.is_dir():
            raise DataError(label("workbook.folder", path=given))
        if path.suffix.lower() != ".xlsx":
            example = path.with_suffix(".xlsx").name
            raise DataError(label("workbook.ending", path=given, example=example))
        if not path.parent.is_dir():
            folder = str(path.parent)
            raise DataError(label("workbook.no_folder", name=path.name, folder=folder))
        with suppress(FileNotFoundError):
            path.stat()  # raises if the system does not accept the name
        return path.resolve()  # a link keeps pointing at the file
    except DataError:
        raise
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise DataError(_cannot_write(path, error)) from error
        raise DataError(label("workbook.name", path=_short(given))) from error


def check_writable(target: Path) -> None:
    """Raise a DataError if a file cannot be written: before the work, not after it."""
    try:
        if target.exists():
            with target.open("r+b"):  # refused where another program, such as Excel, has it open
                pass
        else:
            with tempfile.TemporaryFile(dir=target.parent):
                pass
    except OSError as error:
        raise DataError(_cannot_write(target, error)) from error


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:28]}…{text[-28:]}"


def _cannot_write(target: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return label("workbook.locked", path=str(target))
    if error.errno is None:
        return explain_os_error(error)
    # The system's error names the temporary file, which no longer exists.
    return explain_os_error(OSError(error.errno, error.strerror, str(target)))


class Style(NamedTuple):
    """The style numbers of a column in its workbook."""

    plain: int
    quoted: int  # text that looks like a formula
    day: int  # a date without a time of day
    moment: int


def style_ids(
    ws: Worksheet,
    *,
    font: Font | None = None,
    fill: PatternFill | None = None,
    border: Border | None = None,
    alignment: Alignment | None = None,
    number_format: str = "General",
) -> Style:
    """Register a column's styles in the sheet's workbook.

    Parameters
    ----------
    ws
        The worksheet.
    font, fill, border, alignment, number_format
        As in openpyxl; a date keeps its own number format.

    Returns
    -------
    Style
        The styles' numbers.
    """
    plain, quoted, day, moment = cells = [Cell(ws, row=1, column=n) for n in range(1, 5)]
    for cell in cells:
        cell.font = font or Font()
        cell.fill = fill or PatternFill()
        cell.border = border or Border()
        cell.alignment = alignment or Alignment()
        cell.number_format = number_format
    quoted.quotePrefix = True
    day.number_format = "yyyy-mm-dd"
    moment.number_format = "yyyy-mm-dd hh:mm"
    return Style(plain.style_id, quoted.style_id, day.style_id, moment.style_id)


def table_rows(rows: Iterable[Sequence], *, first: int, styles: Sequence[Style]) -> Iterator[str]:
    """Convert rows of values into rows of a worksheet's XML, in canonical form.

    openpyxl's write-only mode takes 18 times as long (6.0 s against 0.33 s for 15,000 rows of ten
    columns), so large sheets are written here.

    Parameters
    ----------
    rows
        The rows; every one has as many values as there are styles. Values go through `safe_cell`.
    first
        The number of the first row in the sheet (1 is the top).
    styles
        For each column what `style_ids` gave.

    Yields
    ------
    str
        One `<row>` element.

    Examples
    --------
    >>> next(table_rows([("=1",)], first=5, styles=[Style(1, 2, 3, 4)]))
    '<row r="5"><c r="A5" s="2" t="inlineStr"><is><t>=1</t></is></c></row>'
    """
    columns = [(get_column_letter(n), style) for n, style in enumerate(styles, start=1)]
    for number, row in enumerate(rows, start=first):
        cells = [
            _cell(value, f'<c r="{letter}{number}" s="', style)
            for value, (letter, style) in zip(row, columns, strict=True)
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: object, start: str, style: Style) -> str:
    value = safe_cell(value)
    if isinstance(value, clock | timedelta):
        value = str(value)  # a column has one number format, and this is for dates
    if value is None or value == "":
        return f'{start}{style.plain}"></c>'
    if isinstance(value, str):
        number = style.quoted if is_formula_like(value) else style.plain
        keep = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'{start}{number}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'
    if isinstance(value, bool):
        return f'{start}{style.plain}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        return f'{start}{style.plain}" t="n"><v>{value}</v></c>'
    if isinstance(value, float):
        return f'{start}{style.plain}" t="n"><v>{value:.16g}</v></c>'
    serial = to_excel(value)
    number = style.day if serial == int(serial) else style.moment
    return f'{start}{number}" t="n"><v>{serial:.16g}</v></c>'


TEXT_LIMIT = 32_767  # what one Excel cell holds, in UTF-16 units
# XML 1.0 has no way to write these characters, not even escaped.
_illegal = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: object) -> object:
    r"""Convert any value into one that an Excel cell can hold unchanged.

    Parameters
    ----------
    value
        Anything: text, numbers of Python, NumPy or pandas, dates, missing values.

    Returns
    -------
    str, int, float, bool, datetime, date, time, timedelta or None
        Missing values become None (an empty cell), infinite numbers the text "inf" or "-inf",
        integers beyond 15 digits text (Excel would round them). In text, characters that XML
        cannot hold become U+FFFD, a carriage return a line feed, and what exceeds 32,767
        characters is cut and ends with an ellipsis.

    Examples
    --------
    >>> safe_cell(np.int64(3)), safe_cell(pd.NaT), safe_cell(float("inf")), safe_cell("a\x00b")
    (3, None, 'inf', 'a�b')
    """
    if isinstance(value, str):
        return _clean_text(str(value))
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64 | np.timedelta64):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, float):
        if value != value:
            return None
        return value if abs(value) != float("inf") else str(value)
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, np.timedelta64):
        value = pd.Timedelta(value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, date | clock):
        return _clean_time(value)
    if isinstance(value, timedelta):
        return timedelta(seconds=round(value.total_seconds()))
    return _clean_text(str(value))


def put(cell: Cell, value: object) -> Cell:
    """Write a value into an openpyxl cell, and keep text that looks like a formula as text.

    Parameters
    ----------
    cell
        A cell of an openpyxl worksheet; set its style first.
    value
        Anything; it goes through `safe_cell`.

    Returns
    -------
    openpyxl.cell.Cell
        The same cell.
    """
    value = safe_cell(value)
    cell.value = None if isinstance(value, str) and not value else value
    if isinstance(cell.value, str):
        cell.data_type = "s"  # openpyxl would have made "=…" a formula and "#N/A" an error
        if is_formula_like(cell.value):
            cell.quotePrefix = True  # Excel keeps it text even when someone edits the cell
    return cell


def _clean_text(text: str) -> str:
    if text.isprintable() and len(text) * 2 <= TEXT_LIMIT:
        return text
    text = _illegal.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(units := text.encode("utf-16-le")) > TEXT_LIMIT * 2:
        text = units[: (TEXT_LIMIT - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
    return text


def _clean_time(value: date | clock) -> object:
    """Convert a time for Excel; one with a zone, or before 1900, stays text."""
    if getattr(value, "tzinfo", None) is not None or getattr(value, "year", 1900) < 1900:
        return value.isoformat()
    return value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value
