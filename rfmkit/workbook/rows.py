"""Write long tables into a worksheet quickly: one line of XML for each row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import time as clock
from datetime import timedelta
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.workbook.cells import is_formula_like, safe_cell

# openpyxl makes an object for each cell and an element for each tag: 150,000 rows of ten columns
# take it a minute and a half. Text put together by hand takes it a few seconds.


class Style(NamedTuple):
    """The numbers of a column's styles in its workbook."""

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
    cells = Style(*(Cell(ws, row=1, column=n) for n in range(1, 5)))
    for cell in cells:
        cell.font = font or Font()
        cell.fill = fill or PatternFill()
        cell.border = border or Border()
        cell.alignment = alignment or Alignment()
        cell.number_format = number_format
    cells.quoted.quotePrefix = True
    cells.day.number_format = "yyyy-mm-dd"
    cells.moment.number_format = "yyyy-mm-dd hh:mm"
    return Style(*(cell.style_id for cell in cells))


def table_rows(rows: Iterable[Sequence], *, first: int, styles: Sequence[Style]) -> Iterator[str]:
    """Turn rows of values into rows of a worksheet's XML, in canonical form.

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
