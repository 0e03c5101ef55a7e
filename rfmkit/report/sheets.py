"""Write the thresholds and the summary of a report."""

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.labels import label
from rfmkit.report.chart import class_chart
from rfmkit.report.facts import Facts
from rfmkit.report.style import (
    CENTRE,
    CLASS_COLOURS,
    INK,
    MIDDLE,
    MUTED,
    NAVY,
    TEXT_LEFT,
    Dress,
    fit,
    paper,
    rule,
    solid,
    text_width,
)  # fmt: skip
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.schema import CLASSES
from rfmkit.strategies import class_name, strategy
from rfmkit.workbook.cells import put

HEADER = 3


def thresholds(wb: Workbook, facts: Facts, dress: Dress) -> None:
    """Write the three thresholds, their rules in words and how many customers they part."""
    ws = _short_sheet(wb, "thresholds", facts.cut_source(), facts, dress)
    heads = [label(f"report.head_{name}", facts.lang)
             for name in ("measure", "cut", "rule", "high", "low", "on_cut")]  # fmt: skip
    dress.header(ws, HEADER, heads)
    table = facts.thresholds()
    for row, line in enumerate(table.itertuples(index=False), start=HEADER + 1):
        number = "#,##0" if line.cut.is_integer() else "#,##0.00"
        formats = ["General", number, "General", "#,##0", "#,##0", "#,##0"]
        _row(ws, row, line, formats, dress)
    ws.cell(HEADER + 5, 1, label("report.boundary", facts.lang)).font = dress.font(
        size=10, colour=MUTED
    )
    widths = [max(map(text_width, map(str, table[name]))) for name in ("measure", "rule")]
    fit(ws, [widths[0], 14, widths[1], *(text_width(head) for head in heads[3:])])


def summary(wb: Workbook, facts: Facts, dress: Dress) -> None:
    """Write customers and spend of all eight classes, a total that adds up, and the chart."""
    ws = _short_sheet(wb, "summary", label("report.summary_note", facts.lang), facts, dress)
    heads = [label(f"report.head_{name}", facts.lang) for name in (
        "class", "triple", "customers", "customer_share", "spend", "spend_share", "mean_spend",
        "strategy")]  # fmt: skip
    dress.header(ws, HEADER, heads)
    formats = ["General", "General", "#,##0", "0.0%", facts.money, "0.0%", facts.money, "General"]
    table = facts.summary
    for row, code in enumerate(CLASSES, start=HEADER + 1):
        line = table.loc[code]
        values = [class_name(code, lang=facts.lang), " ".join(CLASS_TRIPLES[code]),
                  int(line["customers"]), line["customer_share"], round(line["revenue"], 4) + 0.0,
                  line["revenue_share"], round(line["mean_spend"], 4),
                  strategy(code, lang=facts.lang)]  # fmt: skip
        _row(ws, row, values, formats, dress)
        name = ws.cell(row, 1)
        name.fill = solid(CLASS_COLOURS[code])
        dark = code.startswith("important")
        name.font = dress.font(bold=True, colour="FFFFFF" if dark else INK)
        ws.cell(row, 2).alignment = CENTRE
    count = len(facts.rfm)
    spend_share = table["revenue_share"].sum(min_count=1)
    total = [label("report.total", facts.lang), None, count, table["customer_share"].sum(),
             round(facts.total, 4), spend_share, round(facts.total / count, 4), None]  # fmt: skip
    _row(ws, HEADER + 9, total, formats, dress, bold=True)
    for cell in ws[HEADER + 9]:
        cell.border = Border(top=Side(style="medium", color=NAVY))
    texts = [[str(ws.cell(row, col).value or "") for row in range(HEADER, HEADER + 10)]
             for col in (1, 8)]  # fmt: skip
    names, advice = (max(map(text_width, column)) for column in texts)
    money = max(len(f"{value:,.2f}") for value in table["revenue"])
    fit(ws, [names, 9, *(text_width(head) for head in heads[2:4]),
             max(money, text_width(heads[4])), text_width(heads[5]),
             text_width(heads[6]), advice])  # fmt: skip
    class_chart(ws, facts, dress, header=HEADER)


def _short_sheet(wb: Workbook, name: str, note: str, facts: Facts, dress: Dress) -> Worksheet:
    ws = wb.create_sheet(label(f"report.sheet_{name}", facts.lang))
    dress.title(ws, label(f"report.{name}_title", facts.lang), note)
    ws.freeze_panes = f"A{HEADER + 1}"
    ws.sheet_view.selection[-1].activeCell = ws.sheet_view.selection[-1].sqref = f"A{HEADER + 1}"
    ws.sheet_view.showGridLines = False
    paper(ws, pages=1)
    return ws


def _row(
    ws: Worksheet, row: int, values: list, formats: list, dress: Dress, *, bold: bool = False
) -> None:
    for column, (value, number_format) in enumerate(zip(values, formats, strict=True), start=1):
        cell = ws.cell(row, column)
        cell.font, cell.border, cell.number_format = dress.font(bold=bold), rule(), number_format
        put(cell, value)
        cell.alignment = TEXT_LEFT if isinstance(cell.value, str) else MIDDLE
    ws.row_dimensions[row].height = 19
