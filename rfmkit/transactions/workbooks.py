"""Read the cells of a workbook: stored values only, and no more than a ledger needs."""

import itertools
import warnings
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from rfmkit.labels import label
from rfmkit.schema import DataError, DataWarning
from rfmkit.transactions.fast_sheets import fast_cells
from rfmkit.transactions.headers import SEARCHED
from rfmkit.transactions.sheet_choice import choose_sheet

_WIDEST = 1000  # columns
MOST_BYTES = 2 * 1024**3  # what a file may unpack to


class _CellsReader(ExcelReader):
    """Read sheets with cells only: openpyxl fails on some sheets that are a chart."""

    def read_chartsheet(self, *_: object) -> None:
        """Pass over a sheet that is a chart."""


def workbook_cells(
    path: Path, sheet: str | None, chosen: dict[str, str]
) -> tuple[pd.DataFrame, str]:
    """Read the stored values of one sheet; formulas are not run, links not followed."""
    try:
        _refuse_hostile_zip(path)
        read = fast_cells(path, sheet, chosen) or _slow_cells(path, sheet, chosen)
    except (DataError, DataWarning):
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise DataError(label("ledger.broken", name=path.name)) from error
    titles, title, part, cells = read
    if not any(cells[column].notna().any() for column in cells):
        raise DataError(label("ledger.empty_sheet", name=path.name, sheet=title, sheets=titles))
    cells.attrs["part"] = part  # where the sheet's XML stands in the file
    return cells, title


def _slow_cells(
    path: Path, sheet: str | None, chosen: dict[str, str]
) -> tuple[list[str], str, str, pd.DataFrame]:
    """Read with openpyxl: the titles, and title, place and cells of the sheet chosen."""
    with warnings.catch_warnings():
        # openpyxl tells of styles and validations that it leaves out: no matter here.
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        reader = _CellsReader(path, read_only=True, data_only=True, keep_links=False)
        reader.read()
        book = reader.wb
        try:
            pages = {page.title: page for page in book.worksheets}
            seen = {title: page.sheet_state == "visible" for title, page in pages.items()}
            title = choose_sheet(
                seen, sheet, chosen, path.name, lambda name: _sheet_rows(pages[name], SEARCHED)
            )
            rows = _sheet_rows(pages[title], None)
        finally:
            book.close()
    width = max(map(len, rows), default=0)
    even = [[*row, *[None] * (width - len(row))] for row in rows]
    return book.sheetnames, title, pages[title]._worksheet_path, pd.DataFrame(even, dtype=object)


def _refuse_hostile_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
        packed = sum(part.compress_size for part in parts.infolist())
        if size > MOST_BYTES or (size > 64 * 1024**2 and size > 300 * packed):
            sizes = {"size": f"{size / 1024**2:,.0f}", "packed": f"{packed / 1024**2:,.1f}"}
            raise DataError(label("ledger.bomb", name=path.name, **sizes))
        for part in parts.infolist():
            with parts.open(part) as file:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in file.read(4096):
                    raise DataError(label("ledger.entities", name=path.name))


def _sheet_rows(page: ReadOnlyWorksheet, most: int | None) -> list[tuple]:
    # A workbook may declare 17 billion cells and hold three: ask the cells, not the declaration.
    page.reset_dimensions()
    rows, last = [], 0
    for number, row in enumerate(itertools.islice(page.iter_rows(values_only=True), most), 1):
        if number > 1_048_576 or len(row) > 16_384:
            raise DataError(label("ledger.sheet_too_large", sheet=page.title))
        last = next((place for place in range(len(row), 0, -1) if row[place - 1] is not None), 0)
        if last > _WIDEST:
            told = {"sheet": page.title, "row": number, "column": last, "most": _WIDEST}
            raise DataError(label("ledger.sheet_too_wide", **told))
        rows.append(row[:last])
    return rows if any(rows) else []
