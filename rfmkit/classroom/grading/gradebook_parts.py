"""Make the parts that every sheet of a gradebook has: title, header, rows, widths."""

from collections.abc import Iterable, Sequence
from copy import copy
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.classroom.grading.book import Book
from rfmkit.formats import column_width
from rfmkit.labels import label, texts
from rfmkit.report.style import LINE, WIDEST, SheetStyle, paper, rule, solid
from rfmkit.workbook import put

HEADER = 4
NUMBER = "0.##"
TO_FILL = "FFF4CC"
_styles: WeakKeyDictionary = WeakKeyDictionary()
# Behind the points of a question; the sheet "questions" says the same in words.
FILLS = {
    "right": None,
    "follow_through": "DCEBFA",
    "known_mistake": "FBE3D0",
    "wrong": "FBE3D0",
    "missing": "E6E8EB",
    "failed": "E6E8EB",
    "held": TO_FILL,
    "open": TO_FILL,
    "person": TO_FILL,
}


def new_sheet(
    wb: Workbook, name: str, book: Book, dress: SheetStyle, **values: object
) -> Worksheet:
    """Add a sheet with its title and the lines that say how to read it."""
    ws = wb.create_sheet(label(f"book.sheet_{name}", book.lang))
    ws.sheet_view.showGridLines = False
    title = label(f"book.title_{name}", book.lang, **values)
    lines = label(f"book.note_{name}", book.lang, **values).split("\n")
    dress.title(ws, title, lines[0])
    for row, line in enumerate(lines[1:2], start=3):
        ws.cell(row, 1, line).font = dress.font(size=10, colour="566070")
        ws.cell(row, 1).alignment = Alignment(vertical="top")
    ws.row_dimensions[2].height = 18
    ws.row_dimensions[3].height = 20
    return ws


def heads(book: Book, names: Iterable[str]) -> list[str]:
    """Look up the names of columns."""
    return [label(f"book.head_{name}", book.lang) for name in names]


def write_row(
    ws: Worksheet,
    row: int,
    values: Sequence[object],
    dress: SheetStyle,
    *,
    formats: Sequence[str] = (),
    wrap: Sequence[int] = (),
    centre: Sequence[int] = (),
) -> None:
    """Write a row of values in the style of the book; `wrap` and `centre` name columns from 1."""
    ws.row_dimensions[row].height = 20
    for column, value in enumerate(values, start=1):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        middle = number or column in centre
        shape = formats[column - 1] if number and column <= len(formats) else NUMBER
        cell = style(
            ws.cell(row, column), dress, side="center" if middle else "left",
            vertical="top" if wrap else "center", wrap=column in wrap, indent=0 if middle else 1,
            number_format=shape if number else "General",
        )  # fmt: skip
        put(cell, value)


def style(
    cell: Cell,
    dress: SheetStyle,
    *,
    side: str = "center",
    vertical: str = "center",
    wrap: bool = False,
    indent: int = 0,
    number_format: str = NUMBER,
    fill: str | None = None,
    box: bool = False,
) -> Cell:
    """Give a cell the style of the book: openpyxl works each style out once, and not per cell."""
    known = _styles.setdefault(cell.parent.parent, {})
    key = (side, vertical, wrap, indent, number_format, fill, box)
    if key in known:
        cell._style = copy(known[key])
        return cell
    cell.font = dress.font()
    cell.border = Border(*[Side(style="thin", color=LINE)] * 4) if box else rule(LINE)
    cell.alignment = Alignment(horizontal=side, vertical=vertical, wrap_text=wrap, indent=indent)
    cell.number_format = number_format
    if fill:
        cell.fill = solid(fill)
    known[key] = copy(cell._style)
    return cell


def widen(ws: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of columns, in characters."""
    for column, width in enumerate(widths, start=1):
        ws.column_dimensions[get_column_letter(column)].width = min(width, WIDEST)


def width_of(head: str, cells: Iterable[object], *, least: float = 6, most: float = 40) -> float:
    """Tell how wide a column is to be for its header and its cells."""
    found = max((column_width(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(column_width(head) + 3, found * 1.1 + 2, least), most)


def finish(
    ws: Worksheet,
    *,
    last: int,
    columns: int,
    freeze: str,
    filters: bool = True,
    one_table: bool = True,
) -> None:
    """Freeze the heads, let the table be filtered, and set the sheet up for paper.

    The head stands on every page, unless another table follows.
    """
    ws.freeze_panes = freeze
    if filters and last > HEADER:
        ws.auto_filter.ref = f"A{HEADER}:{get_column_letter(columns)}{last}"
    paper(ws, header_row=HEADER if one_table else None)
    ws.sheet_view.selection[0].activeCell = ws.sheet_view.selection[0].sqref = "A1"


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """Tell how high a row must be for wrapped texts, each with its column's width."""
    lines = 1
    for value, width in cells:
        parts = str(value or "").split("\n")
        lines = max(lines, sum(-(-max(column_width(part), 1) // int(width)) for part in parts))
    return min(4 + 16 * lines, 400)


def said(prefix: str, text: str, lang: str) -> str:
    """Say a note such as "earlier:file" in words; one that no table knows, as it is.

    Examples
    --------
    >>> said("intake.note", "earlier:a.ipynb", "en")
    'an earlier copy does not count: a.ipynb'
    """
    name, _, value = text.partition(":")
    for key in (f"{prefix}.{name}", name):
        if key in texts():
            return label(key, lang).replace("{value}", value)
    return text
