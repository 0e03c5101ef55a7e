"""Read the cells of a workbook: stored values, by calamine or openpyxl."""

import datetime as dt
import difflib
import gc
import itertools
import posixpath
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from tqdm import tqdm

from rfmkit.labels import label
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, ORDER, DataError, DataWarning
from rfmkit.transactions.ambiguity import LedgerQuestion
from rfmkit.transactions.headers import HEADER_SEARCH_ROWS, find_header

_MAX_COLUMNS = 1000
MAX_BYTES = 2 * 1024**3  # what a file may unpack to
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
_FORMULA = re.compile(rb"<f[\s/>]")
_VALUE = re.compile(rb"<v>[^<]")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
# What calamine reads differently: errors, ISO dates, escapes, phonetic guides, empty texts; whole
# numbers written with a point, an exponent or more figures than a float has.
_READ_DIFFERENTLY = (
    *(b't="e"', b't="d"', b"_x00", b"<rPh"),
    *(b"<t/>", b"<t></t>", b'preserve"/>', b'preserve"></t>'),
)
_NUMBER_DIFFERS = re.compile(rb"<v>-?(?:\d+\.0*<|[\d.]+[eE][+\d]|\d{16})")
_WIDE, _FAR = re.compile(rb'r="[A-Z]{2}'), re.compile(rb'r="[A-Z]{3}')  # from AA, from AAA
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_MAX_WIDE_ROWS = 20_000  # calamine makes a cell of every place up to the last, filled or not
_CHUNK = 2**24
_FIRST_YEAR = 1905  # before it are Excel's 1900 leap-year bug and the start of its 1904 calendar
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class _CellReader(ExcelReader):
    """Read sheets with cells only: openpyxl fails on some sheets that are a chart."""

    def read_chartsheet(self, *_: object) -> None:
        """Pass over a sheet that is a chart."""


def workbook_cells(
    path: Path, sheet: str | None, chosen: dict[str, str]
) -> tuple[pd.DataFrame, str]:
    """Read the stored values of one sheet; formulas are not run, links not followed."""
    try:
        _check_zip(path)
        read = read_with_calamine(path, sheet, chosen) or _read_with_openpyxl(path, sheet, chosen)
    except (DataError, DataWarning):
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise DataError(label("ledger.broken", name=path.name)) from error
    titles, title, part, cells = read
    if not any(cells[column].notna().any() for column in cells):
        raise DataError(label("ledger.empty_sheet", name=path.name, sheet=title, sheets=titles))
    cells.attrs["part"] = part
    return cells, title


def ledger_sheets(path: Path, chosen: dict[str, str]) -> list[str]:
    """List the visible sheets of a workbook that have the header of a ledger."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        try:
            _check_zip(path)
            reader = _CellReader(path, read_only=True, data_only=True, keep_links=False)
            reader.read()
        except DataError:
            raise
        except Exception as error:  # as in workbook_cells
            raise DataError(label("ledger.broken", name=path.name)) from error
        try:
            return [
                page.title
                for page in reader.wb.worksheets
                if page.sheet_state == "visible"
                and find_header([*map(list, _sheet_rows(page))], chosen) is not None
            ]
        finally:
            reader.wb.close()


def zero_padding(path: Path, sheet: str, columns: list[int]) -> dict[int, dict[int, int]]:
    """Return, for each column (from 0), the rows (from 1) formatted with leading zeros.

    With each row stands how many figures it has: 20 in the format 0000000 is 0000020.
    """
    with zipfile.ZipFile(path) as parts:
        styles = parts.read("xl/styles.xml") if "xl/styles.xml" in parts.namelist() else b""
    if not re.search(rb'formatCode="0{2,}"', styles):
        return {}
    found: dict[int, dict[int, int]] = {column: {} for column in columns}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        reader = _CellReader(path, read_only=True, data_only=True, keep_links=False)
        reader.read()
        page = reader.wb[sheet]
        page.reset_dimensions()
        for number, row in enumerate(page.iter_rows(), 1):
            for column in columns:
                cell = row[column] if column < len(row) else None
                shape = str(getattr(cell, "number_format", "") or "")
                if re.fullmatch("0{2,}", shape):
                    found[column][number] = len(shape)
        reader.wb.close()
    return found


def _read_with_openpyxl(
    path: Path, sheet: str | None, chosen: dict[str, str]
) -> tuple[list[str], str, str, pd.DataFrame]:
    """Read with openpyxl: all titles; title, part name and cells of the sheet chosen."""
    with warnings.catch_warnings():
        # openpyxl warns of styles and validations that it leaves out.
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        reader = _CellReader(path, read_only=True, data_only=True, keep_links=False)
        reader.read()
        book = reader.wb
        try:
            pages = {page.title: page for page in book.worksheets}
            seen = {title: page.sheet_state == "visible" for title, page in pages.items()}
            title = choose_sheet(
                seen,
                sheet,
                chosen,
                path.name,
                lambda name: _sheet_rows(pages[name], HEADER_SEARCH_ROWS),
            )
            rows = _sheet_rows(pages[title], most=_last_filled_row(path, pages[title]))
        finally:
            book.close()
    width = max(map(len, rows), default=0)
    even = [[*row, *[None] * (width - len(row))] for row in rows]
    return book.sheetnames, title, pages[title]._worksheet_path, pd.DataFrame(even, dtype=object)


def _check_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
        packed = sum(part.compress_size for part in parts.infolist())
        if size > MAX_BYTES or (size > 64 * 1024**2 and size > 300 * packed):
            sizes = {"size": f"{size / 1024**2:,.0f}", "packed": f"{packed / 1024**2:,.1f}"}
            raise DataError(label("ledger.bomb", name=path.name, **sizes))
        for part in parts.infolist():
            with parts.open(part) as file:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in file.read(4096):
                    raise DataError(label("ledger.entities", name=path.name))


def _sheet_rows(page: ReadOnlyWorksheet, most: int | None = HEADER_SEARCH_ROWS) -> list[tuple]:
    # A workbook may declare 17 billion cells and hold three, so do not trust the declared size.
    page.reset_dimensions()
    rows = []
    # Shown at a terminal, and only if it takes longer than three seconds.
    with tqdm(desc=page.title, total=most, unit="", disable=None, leave=False, delay=3) as bar:
        for number, row in enumerate(itertools.islice(page.iter_rows(values_only=True), most), 1):
            bar.update()
            if number > 1_048_576 or len(row) > 16_384:
                raise DataError(label("ledger.sheet_too_large", sheet=page.title))
            filled = (place for place in range(len(row), 0, -1) if row[place - 1] is not None)
            last = next(filled, 0)
            if last > _MAX_COLUMNS:
                values = {"sheet": page.title, "row": number, "column": last, "most": _MAX_COLUMNS}
                raise DataError(label("ledger.sheet_too_wide", **values))
            rows.append(row[:last])
    return rows if any(rows) else []


def _last_filled_row(path: Path, page: ReadOnlyWorksheet) -> int | None:
    """Return the number of the last row with a value; None if the rows have no numbers.

    A sheet may hold a million formatted rows below its data: they are not worth reading.
    """
    found: int | None = 0
    row = b""
    with zipfile.ZipFile(path) as parts:
        for chunk in _chunks(parts, page._worksheet_path.lstrip("/")):
            value = max(chunk.rfind(b"<v"), chunk.rfind(b"<is>"), chunk.rfind(b"<f"))
            if value >= 0:
                start = chunk.rfind(b"<row ", 0, value)
                number = _ROW.match(chunk, start) if start >= 0 else None
                if number is None and not row:
                    return None
                found = int(number[1] if number else row)
            last = chunk.rfind(b"<row ")
            if last >= 0 and (number := _ROW.match(chunk, last)):
                row = number[1]
    return found


def choose_sheet(
    visible: dict[str, bool],
    sheet: str | None,
    chosen: dict[str, str],
    name: str,
    head_of: Callable[[str], list],
) -> str:
    """Choose the sheet asked for, else the first visible one with the header of a ledger.

    Returns
    -------
    str
        A title.

    Raises
    ------
    DataError
        If there is no such sheet, or only hidden sheets have a ledger's header.

    LedgerQuestion
        If several visible sheets have a ledger's header.

    Examples
    --------
    >>> heads = {"notes": [["hello"]], "books": [["customer", "date", "amount"]]}
    >>> choose_sheet({"notes": True, "books": True}, None, {}, "a.xlsx", heads.get)
    'books'
    """
    if not visible:
        raise DataError(label("ledger.only_charts", name=name))
    if sheet is not None and not isinstance(sheet, str):
        raise DataError(label("ledger.sheet_type", sheet=sheet, sheets=[*visible]))
    if sheet is not None:
        if sheet in visible:
            return sheet
        close = difflib.get_close_matches(sheet, visible, n=1)
        values: dict[str, Any] = {"name": name, "sheet": sheet, "sheets": [*visible]}
        if close:
            raise DataError(label("ledger.no_sheet_close", close=close[0], **values))
        raise DataError(label("ledger.no_sheet", **values))
    heads = {title: head_of(title) for title in visible}
    ledgers = [title for title, head in heads.items() if find_header(head, chosen) is not None]
    seen = [title for title in ledgers if visible[title]]
    if ledgers and not seen:
        raise DataError(label("ledger.hidden", name=name, sheets=ledgers, first=ledgers[0]))
    if len(seen) > 1:
        answers = [(label("ledger.all_sheets"), {"sheet": "all"})]
        answers += [(title, {"sheet": title}) for title in seen]
        raise LedgerQuestion(label("ledger.several_sheets", name=name, sheets=seen), answers)
    filled = [title for title, head in heads.items() if head]
    return (seen or filled or [*visible])[0]


def check_empty_cells(path: Path, part: str, tx: pd.DataFrame, headers: dict[str, str]) -> None:
    """Explain empty cells in the kit's columns: formulas never calculated, merged cells.

    Raises
    ------
    DataError
        If formulas were never calculated, so that the cells have no value.

    Warns
    -----
    DataWarning
        If customers, dates, orders or amounts are merged over several rows: only the first row
        has the value.
    """
    positions = {tx.columns.get_loc(role): role for role in headers}
    if not tx.iloc[:, [*positions]].isna().to_numpy().any():
        return
    with zipfile.ZipFile(path) as parts:
        xml = parts.read(part.lstrip("/"))
    letters = {get_column_letter(place + 1): role for place, role in positions.items()}
    if _FORMULA.search(xml):
        _check_calculated(path, xml, letters, headers, int(tx.index[0]))
    spans = []
    for ref in (found.decode() for found in _MERGED.findall(xml)):
        left, top, _, bottom = range_boundaries(ref)
        role = positions.get(left - 1)
        if role in (CUSTOMER, DATE, ORDER, AMOUNT) and top < bottom and top >= tx.index[0]:
            spans.append(f"{ref} ({headers[role]})")
    if spans:
        listed = label("cli.comma").join(spans[:5])
        if len(spans) > 5:
            listed = label("ledger.more", listed=listed, count=len(spans) - 5)
        warnings.warn(
            label("ledger.merged", name=path.name, spans=listed),
            DataWarning,
            stacklevel=4,
        )


def _check_calculated(
    path: Path, xml: bytes, letters: dict[str, str], headers: dict[str, str], first: int
) -> None:
    for letter, row, attributes, inside in _CELL.findall(xml):
        role = letters.get(letter.decode())
        # A formula that gives an empty text was calculated: Excel notes its type.
        known = b't="str"' in attributes or _VALUE.search(inside)
        if role and int(row) >= first and _FORMULA.search(inside) and not known:
            cell = f"{letter.decode()}{row.decode()}"
            raise DataError(
                label("ledger.not_calculated", name=path.name, header=headers[role], cell=cell)
            )


def read_with_calamine(
    path: Path, sheet: str | None, chosen: dict[str, str]
) -> tuple[list[str], str, str, pd.DataFrame] | None:
    """Read the sheet chosen with calamine, by way of `pandas.read_excel`, many times as fast.

    calamine gives blanks for errors such as #N/A, rounds order numbers of 16 figures and more, and
    fills the memory with the empty cells of a sheet that is wide and long; so a file is checked
    first, and one of these is left to openpyxl.

    Returns
    -------
    tuple or None
        All titles; title, part name and cells of the sheet chosen. None if calamine is not
        installed, cannot read the file, or might read a cell differently from openpyxl.
    """
    try:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum
    except ImportError:
        return None
    try:
        with zipfile.ZipFile(path) as parts:
            sheet_parts = _sheet_parts(parts)
            texts = [name for name in parts.namelist() if name.endswith("sharedStrings.xml")]
            if not all(_is_small(parts, part) for part in sheet_parts.values()):
                return None
        with (
            pd.ExcelFile(path, engine="calamine") as file,
            ThreadPoolExecutor(1) as beside,
            _gc_paused(),
        ):
            agree = beside.submit(_readers_agree, path, [*sheet_parts.values(), *texts])
            visible = {
                one.name: one.visible == SheetVisibleEnum.Visible
                for one in file.book.sheets_metadata
                if one.name in sheet_parts and one.typ == SheetTypeEnum.WorkSheet
            }
            # While calamine parses the sheets, Python can check the file.
            wanted = visible if sheet is None else visible.keys() & {sheet}
            cells = {title: _cells(file, title) for title in wanted}
            if not agree.result():
                return None

            def head(title: str) -> list[list]:
                return cells[title].head(HEADER_SEARCH_ROWS).to_numpy(dtype=object).tolist()

            title = choose_sheet(visible, sheet, chosen, path.name, head)
            return file.sheet_names, title, sheet_parts[title], cells[title]
    except (DataError, DataWarning, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # also a PanicException of Rust; openpyxl's errors say more
        return None


def _sheet_parts(parts: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each sheet's part in the file."""
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    sheet_parts = {}
    for sheet in book.findall(".//{*}sheet"):
        target = posixpath.join("/xl", targets[sheet.attrib[_RELATION]]).lstrip("/")
        if "/worksheets/" in target:
            sheet_parts[sheet.attrib["name"]] = posixpath.normpath(target)
    return sheet_parts


def _is_small(parts: zipfile.ZipFile, part: str) -> bool:
    """Return True if the cells of a sheet, filled or not, fit into memory."""
    rows, wide = 0, False
    for chunk in _chunks(parts, part):
        wide = wide or _WIDE.search(chunk) is not None
        last = chunk.rfind(b"<row ")
        found = _ROW.match(chunk, last) if last >= 0 else None
        rows = int(found[1]) if found else rows
        if wide and (rows > _MAX_WIDE_ROWS or _FAR.search(chunk)):
            return False
    return rows <= 1_048_576


def _readers_agree(path: Path, names: list[str]) -> bool:
    """Return True if both readers give the same cells for these parts of the file."""
    with zipfile.ZipFile(path) as parts:
        for chunk in (chunk for name in names for chunk in _chunks(parts, name)):
            if any(mark in chunk for mark in _READ_DIFFERENTLY) or _NUMBER_DIFFERS.search(chunk):
                return False
    return True


def _chunks(parts: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Unpack a part in chunks, each with the end of the one before."""
    with parts.open(part) as file:
        end = b""
        while chunk := file.read(_CHUNK):
            yield end + chunk
            end = chunk[-200:]


@contextmanager
def _gc_paused() -> Iterator[None]:
    """Pause garbage collection, which would look in vain among millions of new cells."""
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()


def _cells(file: pd.ExcelFile, title: str) -> pd.DataFrame:
    """Read a sheet with pandas; blanks are None, as openpyxl gives them."""
    cells = pd.read_excel(
        file, sheet_name=title, header=None, dtype=object, keep_default_na=False, na_values=[""]
    )
    days = (cell for column in cells for cell in cells[column] if isinstance(cell, dt.date))
    if any(day.year < _FIRST_YEAR for day in days):
        raise ValueError("openpyxl and calamine may differ on a day so early")
    return cells.where(cells.notna(), None)
