"""Read the cells of a workbook: stored values only, and no more than a ledger needs."""

import difflib
import itertools
import warnings
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from rfmkit.schema import DataError, DataWarning
from rfmkit.transactions.headers import SEARCHED, find_header

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
        with warnings.catch_warnings():
            # openpyxl tells of styles and validations that it leaves out: no matter here.
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
            reader = _CellsReader(path, read_only=True, data_only=True, keep_links=False)
            reader.read()
            book = reader.wb
            try:
                page = _chosen_sheet(book, sheet, chosen, path.name)
                rows = _sheet_rows(page, None)
            finally:
                book.close()
    except (DataError, DataWarning):
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise DataError(
            f"{path.name} is broken or cut short: it cannot be opened as a workbook.\n"
            "Open it in Excel, let Excel repair it, save it under a new name; or fetch it again."
        ) from error
    if not rows:
        raise DataError(
            f"{path.name}, sheet {page.title!r} is empty; the sheets are {book.sheetnames}."
        )
    width = max(map(len, rows))
    even = [[*row, *[None] * (width - len(row))] for row in rows]
    cells = pd.DataFrame(even, dtype=object)
    cells.attrs["part"] = page._worksheet_path  # where the sheet's XML stands in the file
    return cells, page.title


def _refuse_hostile_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
        packed = sum(part.compress_size for part in parts.infolist())
        if size > MOST_BYTES or (size > 64 * 1024**2 and size > 300 * packed):
            raise DataError(
                f"{path.name} would unpack to {size / 1024**2:,.0f} MB from "
                f"{packed / 1024**2:,.1f} MB: refused. Copy the ledger into a new workbook."
            )
        for part in parts.infolist():
            with parts.open(part) as file:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in file.read(4096):
                    raise DataError(f"{path.name} holds XML entities, as no ledger does: refused.")


def _chosen_sheet(
    book: Workbook, sheet: str | None, chosen: dict[str, str], name: str
) -> ReadOnlyWorksheet:
    pages = {page.title: page for page in book.worksheets}
    if not pages:
        raise DataError(f"{name} has charts and no sheet with cells. Name the ledger's workbook.")
    if sheet is not None and not isinstance(sheet, str):
        raise DataError(
            f"sheet must be the name of a sheet, not {sheet!r}; the sheets are {[*pages]}."
        )
    if sheet is not None:
        if sheet in pages:
            return pages[sheet]
        close = difflib.get_close_matches(sheet, pages, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise DataError(f"{name} has no sheet {sheet!r}; its sheets are {[*pages]}.{hint}")
    heads = {title: _sheet_rows(page, SEARCHED) for title, page in pages.items()}
    ledgers = [title for title, head in heads.items() if find_header(head, chosen) is not None]
    seen = [title for title in ledgers if pages[title].sheet_state == "visible"]
    if ledgers and not seen:
        raise DataError(
            f"{name}: only hidden sheets have the header of a ledger: {ledgers}.\n"
            f"Show the sheet in Excel, or ask for it: sheet={ledgers[0]!r} (--sheet)."
        )
    if len(seen) > 1:
        warnings.warn(
            f"{name}: read is sheet {seen[0]!r}; not read are {seen[1:]}, which look like ledgers "
            f'too. Choose one: sheet="{seen[0]}" (command line: --sheet "{seen[0]}").',
            DataWarning,
            stacklevel=5,
        )
    filled = [title for title, head in heads.items() if head]
    return pages[(seen or filled or [*pages])[0]]


def _sheet_rows(page: ReadOnlyWorksheet, most: int | None) -> list[tuple]:
    # A workbook may declare 17 billion cells and hold three: ask the cells, not the declaration.
    page.reset_dimensions()
    rows, last = [], 0
    for number, row in enumerate(itertools.islice(page.iter_rows(values_only=True), most), 1):
        if number > 1_048_576 or len(row) > 16_384:
            raise DataError(f"sheet {page.title!r} is larger than Excel allows; it is broken.")
        last = next((place for place in range(len(row), 0, -1) if row[place - 1] is not None), 0)
        if last > _WIDEST:
            raise DataError(
                f"sheet {page.title!r}: row {number} has a cell in column {last}; a ledger has at "
                f"most {_WIDEST}. Copy the ledger's own columns into a new sheet."
            )
        rows.append(row[:last])
    return rows if any(rows) else []
