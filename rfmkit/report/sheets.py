"""Write the sheets of a report."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
from openpyxl import Workbook
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
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from tqdm import tqdm

from rfmkit.formats import display_width, row_share
from rfmkit.labels import label
from rfmkit.names import localize
from rfmkit.report.facts import Facts
from rfmkit.report.style import (
    BLUE,
    CENTRE,
    CLASS_COLOURS,
    FORMATS,
    INK,
    LINE,
    MIDDLE,
    MUTED,
    NAVY,
    PALE,
    TEXT_LEFT,
    WIDEST,
    SheetStyle,
    fit,
    paper,
    rule,
    solid,
)
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.schema import CLASSES, CUSTOMER, FREQUENCY, MONETARY, RECENCY
from rfmkit.strategies import class_name, strategy
from rfmkit.workbook import Style, put, style_ids, table_rows

HEADER = 3  # the row of the header; the data start below


def thresholds(wb: Workbook, facts: Facts, style: SheetStyle) -> None:
    """Write the three thresholds, their rules in words and how many customers are high and low."""
    ws = _short_sheet(wb, "thresholds", facts.cut_source(), facts, style)
    heads = [
        label(f"report.head_{name}", facts.lang)
        for name in ("measure", "cut", "rule", "high", "low", "on_cut")
    ]
    style.header(ws, HEADER, heads)
    table = facts.thresholds()
    for row, line in enumerate(table.itertuples(index=False), start=HEADER + 1):
        number = "#,##0" if line.cut.is_integer() else "#,##0.00"
        formats = ["General", number, "General", "#,##0", "#,##0", "#,##0"]
        _row(ws, row, line, formats, style)
    ws.cell(HEADER + 5, 1, label("report.boundary", facts.lang)).font = style.font(
        size=10, colour=MUTED
    )
    widths = [max(map(display_width, map(str, table[name]))) for name in ("measure", "rule")]
    fit(ws, [widths[0], 14, widths[1], *(display_width(head) for head in heads[3:])])


def summary(wb: Workbook, facts: Facts, style: SheetStyle) -> None:
    """Write customers and spend of all eight classes, a total that adds up, and the chart."""
    ws = _short_sheet(wb, "summary", label("report.summary_note", facts.lang), facts, style)
    heads = [
        label(f"report.head_{name}", facts.lang)
        for name in (
            "class",
            "triple",
            "customers",
            "customer_share",
            "spend",
            "spend_share",
            "mean_spend",
            "strategy",
        )
    ]
    style.header(ws, HEADER, heads)
    formats = ["General", "General", "#,##0", "0.0%", facts.money, "0.0%", facts.money, "General"]
    table = facts.summary
    for row, code in enumerate(CLASSES, start=HEADER + 1):
        line = table.loc[code]
        values = [
            class_name(code, lang=facts.lang),
            " ".join(CLASS_TRIPLES[code]),
            int(line["customers"]),
            line["customer_share"],
            round(line["revenue"], 4) + 0.0,
            line["revenue_share"],
            round(line["mean_spend"], 4),
            strategy(code, lang=facts.lang),
        ]
        _row(ws, row, values, formats, style)
        name = ws.cell(row, 1)
        name.fill = solid(CLASS_COLOURS[code])
        dark = code.startswith("important")
        name.font = style.font(bold=True, colour="FFFFFF" if dark else INK)
        ws.cell(row, 2).alignment = CENTRE
    count = len(facts.rfm)
    spend_share = table["revenue_share"].sum(min_count=1)
    total = [
        label("report.total", facts.lang),
        None,
        count,
        table["customer_share"].sum(),
        round(facts.total, 4),
        spend_share,
        round(facts.total / count, 4),
        None,
    ]
    _row(ws, HEADER + 9, total, formats, style, bold=True)
    for cell in ws[HEADER + 9]:
        cell.border = Border(top=Side(style="medium", color=NAVY))
    texts = [
        [str(ws.cell(row, col).value or "") for row in range(HEADER, HEADER + 10)] for col in (1, 8)
    ]
    names, advice = (max(map(display_width, column)) for column in texts)
    money = max(len(f"{value:,.2f}") for value in table["revenue"])
    fit(
        ws,
        [
            names,
            9,
            *(display_width(head) for head in heads[2:4]),
            max(money, display_width(heads[4])),
            display_width(heads[5]),
            display_width(heads[6]),
            advice,
        ],
    )
    class_chart(ws, facts, style, header=HEADER)


def _short_sheet(wb: Workbook, name: str, note: str, facts: Facts, style: SheetStyle) -> Worksheet:
    ws = wb.create_sheet(label(f"report.sheet_{name}", facts.lang))
    style.title(ws, label(f"report.{name}_title", facts.lang), note)
    ws.freeze_panes = f"A{HEADER + 1}"
    ws.sheet_view.selection[-1].activeCell = ws.sheet_view.selection[-1].sqref = f"A{HEADER + 1}"
    ws.sheet_view.showGridLines = False
    paper(ws, pages=1)
    return ws


def _row(
    ws: Worksheet, row: int, values: list, formats: list, style: SheetStyle, *, bold: bool = False
) -> None:
    for column, (value, number_format) in enumerate(zip(values, formats, strict=True), start=1):
        cell = ws.cell(row, column)
        cell.font, cell.border, cell.number_format = style.font(bold=bold), rule(), number_format
        put(cell, value)
        cell.alignment = TEXT_LEFT if isinstance(cell.value, str) else MIDDLE
    ws.row_dimensions[row].height = 19


def reading_sheet(
    wb: Workbook, lines: Sequence[tuple[str, str]], facts: Facts, style: SheetStyle
) -> None:
    """Write how the file was read: what a person has to check before trusting the rest."""
    ws = _short_sheet(wb, "reading", label("report.reading_note", facts.lang), facts, style)
    style.header(ws, HEADER, [label(f"report.head_{name}", facts.lang) for name in ("what", "how")])
    for row, line in enumerate(lines, start=HEADER + 1):
        _row(ws, row, [*line], ["General", "General"], style)
        cell = ws.cell(row, 2)
        rows = -(-display_width(str(cell.value)) // 96)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        ws.row_dimensions[row].height = 4 + 15 * max(rows, 1)
    fit(ws, [max(display_width(head) for head, _ in lines), 90])


SHEET_ROWS = 1_000_000  # rows of data on a sheet; Excel ends at 1,048,576
SLOW_ROWS = 40_000  # from here on writing takes more than two seconds

SheetRows = dict[str, Iterator[str]]


def table_53(wb: Workbook, facts: Facts, style: SheetStyle) -> SheetRows:
    """Write table 5-3: R, F and M of each customer, the highest spend first."""
    table = _customers(facts).sort_values(MONETARY, ascending=False, kind="stable")
    note = label("report.table53_note", facts.lang, today=f"{facts.day:%Y-%m-%d}")
    kinds = ["text", "whole", "whole", facts.money]
    return _long_table(wb, table, kinds, title="table53", note=note, facts=facts, style=style)


def class_table(wb: Workbook, facts: Facts, style: SheetStyle) -> SheetRows:
    """Write the class and the strategy of each customer, in the order of table 5-2."""
    table = _customers(facts)
    codes = facts.classes.reset_index(drop=True)
    table["triple"] = codes.astype(object).map({c: " ".join(t) for c, t in CLASS_TRIPLES.items()})
    table["class"] = class_name(codes, lang=facts.lang).to_numpy()
    table["strategy"] = strategy(codes, lang=facts.lang).to_numpy()
    order = pd.DataFrame({"class": codes.cat.codes, "spend": -table[MONETARY]})
    table = table.loc[order.sort_values(["class", "spend"], kind="stable").index]
    kinds = ["text", "whole", "whole", facts.money, "centre", "text", "text"]
    note = label("report.classes_note", facts.lang)
    return _long_table(wb, table, kinds, title="classes", note=note, facts=facts, style=style)


def left_out_tables(wb: Workbook, facts: Facts, style: SheetStyle) -> SheetRows:
    """Write every row left out as it was read, with the reason; on more sheets if necessary."""
    rejected = facts.rejected
    if len(rejected) == 0:
        ws = wb.create_sheet(label("report.sheet_left_out", facts.lang))
        style.title(
            ws,
            label("report.left_out_title", facts.lang),
            label("report.none_left_out", facts.lang),
        )
        paper(ws)
        return {}
    table = rejected.drop(columns="reason")
    # A ledger may have a column of that name itself.
    table.insert(0, "row", rejected.index, allow_duplicates=True)
    table.insert(1, "reason", rejected["reason"].astype(object))
    made: SheetRows = {}
    for number, start in enumerate(range(0, len(table), SHEET_ROWS), start=1):
        part = table.iloc[start : start + SHEET_ROWS]
        made |= _long_table(
            wb,
            part,
            ["text"] * part.shape[1],
            title="left_out",
            number=number,
            note=label("report.left_out_note", facts.lang, rows=f"{len(table):,}"),
            facts=facts,
            style=style,
        )
    return made


def _customers(facts: Facts) -> pd.DataFrame:
    """Return R, F, M with the customer as a column; money without rounding noise."""
    table = facts.rfm[[RECENCY, FREQUENCY, MONETARY]].rename_axis(CUSTOMER).reset_index()
    return table.assign(**{MONETARY: table[MONETARY].round(4) + 0.0})


def _long_table(
    wb: Workbook,
    table: pd.DataFrame,
    kinds: Sequence[str],
    *,
    title: str,
    note: str,
    facts: Facts,
    style: SheetStyle,
    number: int = 1,
) -> SheetRows:
    name = label(f"report.sheet_{title}", facts.lang) + (f" {number}" if number > 1 else "")
    ws = wb.create_sheet(name)
    style.title(ws, label(f"report.{title}_title", facts.lang), note)
    displayed = localize(table, facts.lang)
    style.header(ws, HEADER, map(str, displayed.columns))
    last = f"{get_column_letter(displayed.shape[1])}{HEADER + len(displayed)}"
    ws.auto_filter.ref = f"A{HEADER}:{last}"
    ws.freeze_panes = f"A{HEADER + 1}"
    ws.sheet_view.selection[-1].activeCell = ws.sheet_view.selection[-1].sqref = f"A{HEADER + 1}"
    ws.sheet_view.showGridLines = False
    ws.sheet_format.defaultRowHeight, ws.sheet_format.customHeight = 17, True
    name = ws.title
    paper(ws, header_row=HEADER, landscape=len(kinds) > 4)
    columns = [displayed.iloc[:, n].astype(object).tolist() for n in range(displayed.shape[1])]
    # 3 for the arrow of the filter
    heads = [display_width(str(head)) + 3 for head in displayed.columns]
    fit(ws, map(max, heads, map(_width, columns, kinds)))
    styles = [_style(ws, kind, style) for kind in kinds]
    rows = _watched(zip(*columns, strict=True), len(displayed), name)
    return {name: table_rows(rows, first=HEADER + 1, styles=styles)}


def _style(ws: Worksheet, kind: str, style: SheetStyle) -> Style:
    aligned = {"centre": CENTRE, "text": TEXT_LEFT}.get(kind)
    number_format = FORMATS.get(kind, kind)
    return style_ids(
        ws, font=style.font(), border=rule(), alignment=aligned, number_format=number_format
    )


def _width(values: list, kind: str) -> float:
    """Measure the widest formatted value of a column."""
    if kind.startswith("#") or kind == "whole":
        decimals = 2 if kind.endswith(".00") else 0
        ends = (min(values), max(values))
        return max((len(f"{value:,.{decimals}f}") for value in ends), default=0)
    texts = set(map(str, values))
    return min(max(map(display_width, texts), default=0), WIDEST)


def _watched(rows: Iterable, count: int, name: str) -> Iterable:
    """Show a progress bar in a terminal while a long sheet is written."""
    if count < SLOW_ROWS:
        return rows
    return tqdm(rows, total=count, desc=name, unit="rows", disable=None, leave=False)


_ABOUT = ("file", "columns", "today", "period", "customers", "lost", "cuts", "returns")


def cover(wb: Workbook, facts: Facts, style: SheetStyle) -> None:
    """Write the cover: the finding, what was read, kept and left out, and how to read on."""
    ws = wb.create_sheet(label("report.sheet_cover", facts.lang))
    ws.sheet_view.showGridLines = False
    for letter, width in zip("ABCDE", (2, 30, 22, 22, 34), strict=True):
        ws.column_dimensions[letter].width = width
    ws["B2"] = label("report.title", facts.lang)
    ws["B2"].font = style.font(size=20, bold=True, colour=NAVY)
    ws.row_dimensions[2].height = 34
    _finding(ws, 4, facts.headline(), style)
    row = _fact_rows(ws, 6, _about(facts), style)
    if facts.clean is not None:
        row = _accounts(ws, row + 1, facts, style)
    _guide(ws, row + 1, facts, style)
    paper(ws, landscape=False)
    ws.sheet_view.selection[0].activeCell = ws.sheet_view.selection[0].sqref = "B2"


def _finding(ws: Worksheet, row: int, text: str, style: SheetStyle) -> None:
    ws.merge_cells(start_row=row, start_column=2, end_row=row, end_column=5)
    cell = put(ws.cell(row, 2), text)
    cell.font = style.font(size=14, bold=True)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    for column in range(2, 6):
        ws.cell(row, column).fill = solid(PALE)
    cell.border = Border(left=Side(style="thick", color=BLUE))
    ws.row_dimensions[row].height = 46


def _about(facts: Facts) -> list[tuple[str, object, str]]:
    """List name, value and number format of each fact on the cover."""
    source, spend = facts.source, facts.total
    about: list[tuple[str, object, str]] = []
    if source.get("file"):
        sheet = source.get("sheet")
        where = label("report.sheet_of", facts.lang, sheet=sheet) if sheet else ""
        about.append(("file", f"{source['file']}{where}", "General"))
    if (columns := facts.columns_used()) is not None:
        about.append(("columns", columns, "General"))
    about.append(("today", facts.day.to_pydatetime(), "yyyy-mm-dd"))
    if facts.clean is not None and len(facts.clean):
        about.append(("period", facts.period(), "General"))
    about.append(("customers", len(facts.rfm), "#,##0"))
    if facts.lost_customers is not None:
        about.append(("lost", facts.lost_customers, "#,##0"))
    about.append((facts.spend_name(), round(spend, 4) + 0.0, facts.money))
    about.append(("cuts", facts.cut_source(), "General"))
    about += [("", line["rule"], "General") for _, line in facts.thresholds().iterrows()]
    if facts.clean is not None:
        about.append(("returns", facts.returns(), "General"))
    names = {key: label(f"report.about_{key}", facts.lang) for key in _ABOUT}
    return [(names.get(key, key), *rest) for key, *rest in about]


def _fact_rows(ws: Worksheet, row: int, about: list, style: SheetStyle) -> int:
    for name, value, number_format in about:
        ws.cell(row, 2, name).font = style.font(colour=MUTED)
        ws.merge_cells(start_row=row, start_column=3, end_row=row, end_column=5)
        cell = ws.cell(row, 3)
        cell.font, cell.number_format = style.font(), number_format
        lines = -(-display_width(str(value)) // 72)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=lines > 1)
        ws.cell(row, 2).alignment = Alignment(vertical="top")
        put(cell, value)
        ws.row_dimensions[row].height = 4 + 16 * lines
        row += 1
    return row


def _accounts(ws: Worksheet, row: int, facts: Facts, style: SheetStyle) -> int:
    """Write the rows read as the sum of those kept and those left out."""
    heads = ("rows", "count", "share")
    style.header(ws, row, (label(f"report.head_{name}", facts.lang) for name in heads), first=2)
    lines = [(label("report.rows_kept", facts.lang), len(facts.clean))]
    lines += [
        (label("report.rows_left_out", facts.lang, reason=facts.reason(code)), int(count))
        for code, count in facts.left_out.items()
    ]
    if facts.unaccounted:
        lines.append((label("report.rows_unaccounted", facts.lang), facts.unaccounted))
    read = sum(count for _, count in lines)
    lines.append((label("report.rows_read", facts.lang), read))
    widest = max(display_width(name) for name, _ in lines)
    ws.column_dimensions["B"].width = max(30, widest * 1.12 + 2)
    for at, (name, count) in enumerate(lines, start=row + 1):
        last = at == row + len(lines)
        share = count / read if read else None
        for column, value in enumerate((name, count, share), start=2):
            cell = ws.cell(at, column)
            cell.font = style.font(bold=last)
            cell.number_format = _share_format(count, read) if value is share else "#,##0"
            cell.border = Border(top=Side(style="medium", color=NAVY)) if last else rule()
            put(cell, value)
        ws.row_dimensions[at].height = 18
    return row + 1 + len(lines)


def _share_format(count: int, of: int) -> str:
    """Return a format with one decimal in which only all rows are 100.0%."""
    return '"99.9%+"' if row_share(count, of) == "99.9%+" else "0.0%"


def _guide(ws: Worksheet, row: int, facts: Facts, style: SheetStyle) -> None:
    """Write the guide: each sheet with a link and what it holds."""
    ws.cell(row, 2, label("report.guide", facts.lang)).font = style.font(bold=True, colour=NAVY)
    names = ["table53", "thresholds", "classes", "summary"]
    names += ["left_out"] if facts.rejected is not None else []
    for at, name in enumerate(names, start=row + 1):
        cell = ws.cell(at, 2, label(f"report.sheet_{name}", facts.lang))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{cell.value}'!A1")
        cell.font = style.font(colour=BLUE, line=True)
        ws.cell(at, 3, label(f"report.guide_{name}", facts.lang)).font = style.font()
        ws.row_dimensions[at].height = 18
    note = ws.cell(row + len(names) + 2, 2, label("report.guide_levels", facts.lang))
    note.font = style.font(size=10, colour=MUTED)


CUSTOMERS, SPEND = 4, 6  # columns of the summary that hold shares
NAMES = 10  # a hidden column: names with their triple, for the axis
PAPER_GREY = "B8C4D1"  # light in grey print, where BLUE is dark


def class_chart(ws: Worksheet, facts: Facts, style: SheetStyle, *, header: int) -> BarChart:
    """Add a bar chart of all eight classes below the summary table.

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
    chart.title = _title(facts.headline(), style)
    shares = [(CUSTOMERS, PAPER_GREY, MUTED), (SPEND, BLUE, BLUE)]
    for column, colour, edge in shares if facts.has_shares else shares[:1]:
        values = Reference(ws, min_col=column, min_row=header, max_row=last)
        series = Series(values, title_from_data=True)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line = LineProperties(solidFill=edge, w=9525)
        series.invertIfNegative = False
        series.dLbls = DataLabelList(
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            dLblPos="outEnd",
            txPr=_text(style, 1000),
            numFmt='[=0]"";[<0.0095]0.0%;0%',  # no label at an empty class, as in `percent`
        )
        chart.series.append(series)
    chart.set_categories(Reference(ws, min_col=NAMES, min_row=header + 1, max_row=last))
    names, shares_axis = chart.x_axis, chart.y_axis
    names.delete = shares_axis.delete = False
    names.scaling.orientation = "maxMin"  # the first class on top, as in the table
    names.tickLblPos = "low"  # left of the bars, also where spend is negative
    names.majorTickMark = shares_axis.majorTickMark = "none"
    names.txPr, shares_axis.txPr = _text(style, 1050), _text(style, 900, MUTED)
    names.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=MUTED, w=9525))
    shares_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    shares_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6350))
    shares_axis.number_format = "0%"
    shares_axis.crosses = "max"  # the scale at the bottom, since the names run from the top
    chart.legend.position, chart.legend.txPr = "t", _text(style, 1050)
    chart.legend.overlay = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    ws.add_chart(chart, f"A{last + 4}")
    return chart


def _characters(
    style: SheetStyle, size: int, colour: str, *, bold: bool = False
) -> CharacterProperties:
    face = Font(typeface=style.family)
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=face, ea=face)


def _text(style: SheetStyle, size: int, colour: str = INK) -> RichText:
    properties = ParagraphProperties(defRPr=_characters(style, size, colour))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties())])


def _title(text: str, style: SheetStyle) -> Title:
    letters = _characters(style, 1400, INK, bold=True)
    run = RegularTextRun(rPr=letters, t=text)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[run])])
    at_left = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.01, y=0.01))
    return Title(tx=Text(rich=rich), overlay=False, layout=at_left)
