"""Draw the chart of a report: the share of customers against the share of spend."""

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.report.facts import Facts
from rfmkit.report.style import BLUE, INK, LINE, MUTED, Dress
from rfmkit.schema import CLASSES

CUSTOMERS, SPEND = 4, 6  # columns of the summary that hold shares
NAMES = 10  # a hidden column: names with their triple, for the axis
PAPER_GREY = "B8C4D1"  # light in grey print, where BLUE is dark


def class_chart(ws: Worksheet, facts: Facts, dress: Dress, *, header: int) -> BarChart:
    """Put a bar chart of all eight classes below the summary table.

    Parameters
    ----------
    ws
        The summary sheet; its header stands in row `header`, the classes below.
    facts, dress
        The report's numbers and fonts.
    header
        The row of the header.

    Returns
    -------
    openpyxl.chart.BarChart
        The chart, already in the sheet.
    """
    last = header + len(CLASSES)
    for row, code in enumerate(CLASSES, start=header + 1):
        ws.cell(row, NAMES, facts.name(code))
    ws.column_dimensions["J"].hidden = True
    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "bar", 45, -5
    chart.visible_cells_only = False
    # As wide as the table: a column's width counts characters of 7 pixels, 96 pixels an inch.
    columns = sum(ws.column_dimensions[letter].width for letter in "ABCDEFGH")
    chart.width, chart.height = columns * 7 / 96 * 2.54, 13
    chart.title = _title(facts.headline(), dress)
    shares = [(CUSTOMERS, PAPER_GREY, MUTED), (SPEND, BLUE, BLUE)]
    for column, colour, edge in shares if facts.total > 0 else shares[:1]:
        values = Reference(ws, min_col=column, min_row=header, max_row=last)
        series = Series(values, title_from_data=True)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line = LineProperties(solidFill=edge, w=9525)
        series.invertIfNegative = False
        series.dLbls = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
            showPercent=False, dLblPos="outEnd", txPr=_text(dress, 1000),
            numFmt='[=0]"";[<0.0095]0.0%;0%',  # no label at an empty class, as in `percent`
        )  # fmt: skip
        chart.series.append(series)
    chart.set_categories(Reference(ws, min_col=NAMES, min_row=header + 1, max_row=last))
    names, shares_axis = chart.x_axis, chart.y_axis
    names.delete = shares_axis.delete = False
    names.scaling.orientation = "maxMin"  # the first class on top, as in the table
    names.tickLblPos = "low"  # left of the bars, also where spend is negative
    names.majorTickMark = shares_axis.majorTickMark = "none"
    names.txPr, shares_axis.txPr = _text(dress, 1050), _text(dress, 900, MUTED)
    names.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=MUTED, w=9525))
    shares_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    shares_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6350))
    shares_axis.number_format = "0%"
    shares_axis.crosses = "max"  # the scale at the bottom, since the names run from the top
    chart.legend.position, chart.legend.txPr = "t", _text(dress, 1050)
    chart.legend.overlay = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    ws.add_chart(chart, f"A{last + 4}")
    return chart


def _characters(dress: Dress, size: int, colour: str, *, bold: bool = False) -> CharacterProperties:
    face = Font(typeface=dress.family)
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=face, ea=face)


def _text(dress: Dress, size: int, colour: str = INK) -> RichText:
    properties = ParagraphProperties(defRPr=_characters(dress, size, colour))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties())])


def _title(text: str, dress: Dress) -> Title:
    letters = _characters(dress, 1400, INK, bold=True)
    run = RegularTextRun(rPr=letters, t=text)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[run])])
    at_left = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.01, y=0.01))
    return Title(tx=Text(rich=rich), overlay=False, layout=at_left)
