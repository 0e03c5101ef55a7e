"""Style the sheets of a report: fonts, colours, widths, paper."""

from collections.abc import Iterable

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.palette import CLASS_FILLS
from rfmkit.workbook import put

INK, MUTED, NAVY, BLUE, PALE, LINE = "1F2A37", "566070", "1B3A5C", "0269B3", "EAF2F9", "D5DCE4"
CLASS_COLOURS = {code: colour.removeprefix("#") for code, colour in CLASS_FILLS.items()}
FORMATS = {"text": "General", "centre": "General", "whole": "#,##0", "percent": "0.0%"}
WIDEST = 70
CENTRE = Alignment(horizontal="center", vertical="center")
TEXT_LEFT = Alignment(horizontal="left", vertical="center", indent=1)
MIDDLE = Alignment(vertical="center")


class SheetStyle:
    """The fonts of one language, and the styles that use them."""

    def __init__(self, lang: str) -> None:
        # Both come with Excel on Windows and macOS; elsewhere the system substitutes a similar one.
        self.family = {"zh-TW": "Microsoft JhengHei", "en": "Calibri"}[lang]

    def font(
        self, *, size: float = 11, bold: bool = False, colour: str = INK, line: bool = False
    ) -> Font:
        """Return a font of the report's family."""
        return Font(
            name=self.family,
            size=size,
            bold=bold,
            color=colour,
            underline="single" if line else None,
        )

    def header(self, ws: Worksheet, row: int, names: Iterable[str], *, first: int = 1) -> None:
        """Write a table's header: white on navy."""
        for column, name in enumerate(names, start=first):
            cell = put(ws.cell(row, column), name)  # a ledger's own header may be anything
            cell.font = self.font(bold=True, colour="FFFFFF")
            cell.fill = solid(NAVY)
            cell.alignment = CENTRE
        ws.row_dimensions[row].height = 22

    def title(self, ws: Worksheet, title: str, note: str) -> None:
        """Write a sheet's title and the notes below it."""
        ws["A1"] = title
        ws["A1"].font = self.font(size=15, bold=True, colour=NAVY)
        ws.row_dimensions[1].height = 26
        ws["A2"] = note
        ws["A2"].font = self.font(size=10, colour=MUTED)
        ws["A2"].alignment = Alignment(vertical="top")
        ws.row_dimensions[2].height = 22


def solid(colour: str) -> PatternFill:
    """Fill a cell with one colour."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def rule(colour: str = LINE, style: str = "thin") -> Border:
    """Draw a line below a cell."""
    return Border(bottom=Side(style=style, color=colour))


def fit(ws: Worksheet, widths: Iterable[float], *, first: int = 1) -> None:
    """Set column widths from widths of text, with a margin at both sides."""
    for column, width in enumerate(widths, start=first):
        letter = get_column_letter(column)
        ws.column_dimensions[letter].width = min(round(width * 1.12 + 3.5, 1), WIDEST + 4)


def paper(
    ws: Worksheet, *, header_row: int | None = None, landscape: bool = True, pages: int = 0
) -> None:
    """Set a sheet up for A4: one page wide, header on every page, page numbers.

    `pages` is the most pages it may take; 0 lets it run on.
    """
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.orientation = "landscape" if landscape else "portrait"
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, pages
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    ws.page_margins.left = ws.page_margins.right = 0.5
    ws.page_margins.top = ws.page_margins.bottom = 0.7
    ws.print_options.horizontalCentered = True
    ws.oddFooter.left.text, ws.oddFooter.right.text = "&A", "&P / &N"
    if header_row:
        ws.print_title_rows = f"{header_row}:{header_row}"
