"""Write the data files of the firm 旭東 from a seed: the same seed gives the same bytes.

The textbook's own `交易記錄.xlsx` is lost, so these books are the kit's own.
"""

import hashlib
import json
import random
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path

import pandas as pd

from rfmkit.book_names import LEDGER
from rfmkit.cases.dirt import add_dirt, add_returns, number_orders
from rfmkit.cases.orders import draw_orders, has_needed_cases
from rfmkit.cases.year import REPORT_DAY
from rfmkit.cases.year_tables import LESSON_SEED as LESSON_SEED
from rfmkit.cases.year_tables import PRACTICE_SEED as PRACTICE_SEED
from rfmkit.cases.year_tables import YEAR_BOOKS, draw_books
from rfmkit.names import localize
from rfmkit.workbook import save_workbook

TODAY = REPORT_DAY.isoformat()
SHEET = "2021年3月"
HEADERS = ("訂單編號", "項次", "日期", "客戶編號", "品名", "數量", "單價", "金額", "狀態")
_DECIMALS = ("customers", "lines", "invoices", "contacts", "answers")


def make_case(seed: int, folder: str | Path, *, include_seed: bool = True) -> Path:
    """Write one firm's books: March's ledger, the year's books, what they mean, and a manifest.

    Parameters
    ----------
    seed
        Any whole number. The same seed gives the same bytes, on every system.
    folder
        Where to write; it is made if it is not there.
    include_seed
        Whether the manifest names the seed. A hand-out for a graded class leaves it out.

    Returns
    -------
    pathlib.Path
        The folder.

    Notes
    -----
    Every case holds each trap of the chapter: repeated rows, returns, a cancelled order, text
    dates, stray spaces, full-width digits, blank customers, a test order, rows outside March, a
    date and an amount that cannot be read, equal F values and customers exactly on the mean of R
    and of F. The year's books agree with March's ledger to the line, and hold some customers who
    cost money and equal profits at the edge of the top 20%.

    In the year's books somebody stands exactly on every threshold that the exercises use, and a row
    is there for every condition, so that `>` and `>=` give different answers; and a year on which
    two readings of an exercise happen to agree is drawn anew. The books of the lessons (seed 2021)
    are the one exception: their figures are told in the lessons, and their year is drawn without
    these customers.

    Source: textbook section 5.4 for the task; the books themselves are the kit's own.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(file.name for file in make_case(7, folder).iterdir())[:4]
    ['MANIFEST.json', 'README.md', '交易記錄.xlsx', '付款記錄.csv']
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    ledger, books = draw_ledger(seed), draw_year_books(seed)
    _write_ledger(ledger, folder / LEDGER)
    for name, book in books.items():
        # Excel on Windows takes a CSV for Big5 unless it begins with a byte order mark.
        text = localize(book, "zh-TW").to_csv(index=False, lineterminator="\n")
        (folder / name).write_text(text, encoding="utf-8-sig", newline="\n")
    template = resources.files("rfmkit").joinpath("texts/books_readme.md")
    counts = {place: len(book) for place, book in zip(_DECIMALS, books.values(), strict=True)}
    readme = template.read_text(encoding="utf-8").format(rows=len(ledger), **counts)
    (folder / "README.md").write_text(readme, encoding="utf-8", newline="\n")
    manifest: dict[str, object] = {"seed": seed} if include_seed else {}
    manifest |= {
        "today": TODAY,
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (LEDGER, *YEAR_BOOKS, "README.md")
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / "MANIFEST.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder


def draw_ledger(seed: int) -> pd.DataFrame:
    """Draw the March ledger of a seed, with its dirty rows, without writing a file.

    Parameters
    ----------
    seed
        Any whole number.

    Returns
    -------
    pandas.DataFrame
        One row a line of the ledger with the Chinese headers of the workbook; cells as typed:
        dates or text, numbers or text, blanks as None.

    Examples
    --------
    >>> ledger = draw_ledger(7)
    >>> ledger.columns.tolist() == list(HEADERS) and 380 <= len(ledger) <= 440
    True
    """
    return pd.DataFrame(_draw_march(seed)[1], columns=list(HEADERS), dtype=object)


def draw_year_books(seed: int) -> dict[str, pd.DataFrame]:
    """Draw the books of the year that ends with the seed's March, without writing a file.

    Parameters
    ----------
    seed
        Any whole number.

    Returns
    -------
    dict of pandas.DataFrame
        One table a file, by the file's name, with the kit's column names and codes.

    Examples
    --------
    >>> books = draw_year_books(7)
    >>> list(books) == list(YEAR_BOOKS), len(books["客戶年報.csv"])
    (True, 320)
    """
    return draw_books(seed, _draw_march(seed)[0])


# The ledger and the books of the year are drawn one after the other, from the same March.
@lru_cache(maxsize=2)
def _draw_march(seed: int) -> tuple[list[tuple], list[list]]:
    """Draw March's true orders, numbered, and the rows of the ledger that holds them."""
    for attempt in range(1000):
        rng = random.Random(f"rfmkit ledger {seed} {attempt}")
        orders = draw_orders(rng)
        returned = add_returns(orders, rng)
        if has_needed_cases(orders) and (rows := add_dirt(orders, returned, rng)):
            return number_orders(orders, returned), rows
    raise RuntimeError(f"seed {seed} gave no ledger with every trap; this is a fault of the kit.")


def _write_ledger(ledger: pd.DataFrame, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(list(HEADERS))
    for row in ledger.itertuples(index=False):
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1B3A5C")
    for column, width in zip("ABCDEFGHI", (14, 6, 14, 12, 16, 8, 10, 12, 10), strict=True):
        sheet.column_dimensions[column].width = width
    for cell in sheet["C"][1:]:
        if isinstance(cell.value, (date, datetime)):
            cell.number_format = "yyyy/mm/dd"
    sheet.freeze_panes = "A2"
    save_workbook(book, path)
