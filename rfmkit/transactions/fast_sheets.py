"""Read a workbook with calamine where it gives the same cells as openpyxl, many times as fast."""

import datetime as dt
import gc
import posixpath
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from rfmkit.schema import DataError, DataWarning
from rfmkit.transactions.headers import SEARCHED
from rfmkit.transactions.sheet_choice import choose_sheet

# What the two would read otherwise: errors, ISO dates, escapes, readings above characters, empty
# texts; whole numbers written with a point, an exponent or more figures than a float holds.
_OTHERWISE = (b't="e"', b't="d"', b"_x00", b"<rPh", b"<t/>", b"<t></t>", b'preserve"/>',
              b'preserve"></t>')  # fmt: skip
_NUMBER = re.compile(rb"<v>-?(?:\d+\.0*<|[\d.]+[eE][+\d]|\d{16})")
_WIDE, _FAR = re.compile(rb'r="[A-Z]{2}'), re.compile(rb'r="[A-Z]{3}')  # from AA, from AAA
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_MOST_ROWS_IF_WIDE = 20_000  # calamine lays out every cell up to the last, filled or not
_CHUNK = 2**24
_OLD = 1905  # before, Excel's two calendars and its day that never was lie in wait
_DAYS = {dt.date, dt.datetime}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def fast_cells(
    path: Path, sheet: str | None, chosen: dict[str, str]
) -> tuple[list[str], str, str, pd.DataFrame] | None:
    """Read the sheet chosen, or None where openpyxl must do it.

    Parameters
    ----------
    path, sheet, chosen
        As for `workbook_cells`.

    Returns
    -------
    tuple or None
        All titles; title, place in the file and cells of the sheet chosen. None if calamine is not
        installed, cannot read the file, or might read a cell otherwise than openpyxl.
    """
    try:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum
    except ImportError:
        return None
    try:
        with zipfile.ZipFile(path) as parts:
            places = _places(parts)
            texts = [name for name in parts.namelist() if name.endswith("sharedStrings.xml")]
            if not all(_is_small(parts, part) for part in places.values()):
                return None
        with (
            pd.ExcelFile(path, engine="calamine") as file,
            ThreadPoolExecutor(1) as beside,
            _gc_paused(),
        ):
            plain = beside.submit(_is_plain, path, [*places.values(), *texts])
            visible = {one.name: one.visible == SheetVisibleEnum.Visible
                       for one in file.book.sheets_metadata
                       if one.name in places and one.typ == SheetTypeEnum.WorkSheet}  # fmt: skip
            # While calamine parses the sheets, Python can check the file.
            wanted = visible if sheet is None else visible.keys() & {sheet}
            cells = {title: _cells(file, title) for title in wanted}
            if not plain.result():
                return None

            def head(title: str) -> list[list]:
                return cells[title].head(SEARCHED).to_numpy(dtype=object).tolist()

            title = choose_sheet(visible, sheet, chosen, path.name, head)
            return file.sheet_names, title, places[title], cells[title]
    except (DataError, DataWarning, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # also what Rust throws; openpyxl tells better what is wrong
        return None


def _places(parts: zipfile.ZipFile) -> dict[str, str]:
    """Tell where in the file the XML of each sheet stands."""
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    places = {}
    for sheet in book.findall(".//{*}sheet"):
        target = posixpath.join("/xl", targets[sheet.get(_RELATION)]).lstrip("/")
        if "/worksheets/" in target:
            places[sheet.get("name")] = posixpath.normpath(target)
    return places


def _is_small(parts: zipfile.ZipFile, part: str) -> bool:
    """Tell whether the cells of a sheet, filled or not, fit into memory."""
    rows, wide = 0, False
    for piece in _pieces(parts, part):
        wide = wide or _WIDE.search(piece) is not None
        last = piece.rfind(b"<row ")
        found = _ROW.match(piece, last) if last >= 0 else None
        rows = int(found[1]) if found else rows
        if wide and (rows > _MOST_ROWS_IF_WIDE or _FAR.search(piece)):
            return False
    return rows <= 1_048_576


def _is_plain(path: Path, names: list[str]) -> bool:
    """Tell whether both readers find the same cells in these parts of the file."""
    with zipfile.ZipFile(path) as parts:
        for piece in (piece for name in names for piece in _pieces(parts, name)):
            if any(mark in piece for mark in _OTHERWISE) or _NUMBER.search(piece):
                return False
    return True


def _pieces(parts: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Unpack piece by piece, each with the end of the one before."""
    with parts.open(part) as file:
        end = b""
        while piece := file.read(_CHUNK):
            yield end + piece
            end = piece[-200:]


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
    if any(day.year < _OLD for day in days):
        raise ValueError("a day in the first years of the calendar")
    return cells.where(cells.notna(), None)
