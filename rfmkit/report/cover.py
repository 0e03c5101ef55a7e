"""Write the cover of a report: the finding, what was read, kept and left out, how to read on."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.labels import label
from rfmkit.report.facts import Facts
from rfmkit.report.numbers import row_share
from rfmkit.report.style import BLUE, MUTED, NAVY, PALE, Dress, paper, rule, solid, text_width
from rfmkit.workbook.cells import put

_ABOUT = ("file", "columns", "today", "period", "customers", "lost", "cuts", "returns")


def cover(wb: Workbook, facts: Facts, dress: Dress) -> None:
    """Write the cover: the finding, what was read, kept and left out, and how to read on."""
    ws = wb.create_sheet(label("report.sheet_cover", facts.lang))
    ws.sheet_view.showGridLines = False
    for letter, width in zip("ABCDE", (2, 30, 22, 22, 34), strict=True):
        ws.column_dimensions[letter].width = width
    ws["B2"] = label("report.title", facts.lang)
    ws["B2"].font = dress.font(size=20, bold=True, colour=NAVY)
    ws.row_dimensions[2].height = 34
    _finding(ws, 4, facts.headline(), dress)
    row = _fact_rows(ws, 6, _about(facts), dress)
    if facts.clean is not None:
        row = _accounts(ws, row + 1, facts, dress)
    _guide(ws, row + 1, facts, dress)
    paper(ws, landscape=False)
    ws.sheet_view.selection[0].activeCell = ws.sheet_view.selection[0].sqref = "B2"


def _finding(ws: Worksheet, row: int, text: str, dress: Dress) -> None:
    ws.merge_cells(start_row=row, start_column=2, end_row=row, end_column=5)
    cell = put(ws.cell(row, 2), text)
    cell.font = dress.font(size=14, bold=True)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    for column in range(2, 6):
        ws.cell(row, column).fill = solid(PALE)
    cell.border = Border(left=Side(style="thick", color=BLUE))
    ws.row_dimensions[row].height = 46


def _about(facts: Facts) -> list[tuple[str, object, str]]:
    """Name, value and number format of each fact on the cover."""
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


def _fact_rows(ws: Worksheet, row: int, about: list, dress: Dress) -> int:
    for name, value, number_format in about:
        ws.cell(row, 2, name).font = dress.font(colour=MUTED)
        ws.merge_cells(start_row=row, start_column=3, end_row=row, end_column=5)
        cell = ws.cell(row, 3)
        cell.font, cell.number_format = dress.font(), number_format
        lines = -(-text_width(str(value)) // 72)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=lines > 1)
        ws.cell(row, 2).alignment = Alignment(vertical="top")
        put(cell, value)
        ws.row_dimensions[row].height = 4 + 16 * lines
        row += 1
    return row


def _accounts(ws: Worksheet, row: int, facts: Facts, dress: Dress) -> int:
    """Write the rows read as the sum of those kept and those left out."""
    heads = ("rows", "count", "share")
    dress.header(ws, row, (label(f"report.head_{name}", facts.lang) for name in heads), first=2)
    lines = [(label("report.rows_kept", facts.lang), len(facts.clean))]
    lines += [(label("report.rows_left_out", facts.lang, reason=facts.reason(code)), int(count))
              for code, count in facts.left_out.items()]  # fmt: skip
    if facts.unaccounted:
        lines.append((label("report.rows_unaccounted", facts.lang), facts.unaccounted))
    read = sum(count for _, count in lines)
    lines.append((label("report.rows_read", facts.lang), read))
    widest = max(text_width(name) for name, _ in lines)
    ws.column_dimensions["B"].width = max(30, widest * 1.12 + 2)
    for at, (name, count) in enumerate(lines, start=row + 1):
        last = at == row + len(lines)
        share = count / read if read else None
        for column, value in enumerate((name, count, share), start=2):
            cell = ws.cell(at, column)
            cell.font = dress.font(bold=last)
            cell.number_format = _share_format(count, read) if value is share else "#,##0"
            cell.border = Border(top=Side(style="medium", color=NAVY)) if last else rule()
            put(cell, value)
        ws.row_dimensions[at].height = 18
    return row + 1 + len(lines)


def _share_format(count: int, of: int) -> str:
    """Show a share with one decimal, but 100.0% for all of them only."""
    return '"99.9%+"' if row_share(count, of) == "99.9%+" else "0.0%"


def _guide(ws: Worksheet, row: int, facts: Facts, dress: Dress) -> None:
    """Write how to read on: each sheet with a link and what it holds."""
    ws.cell(row, 2, label("report.guide", facts.lang)).font = dress.font(bold=True, colour=NAVY)
    names = ["table53", "thresholds", "classes", "summary"]
    names += ["left_out"] if facts.rejected is not None else []
    for at, name in enumerate(names, start=row + 1):
        cell = ws.cell(at, 2, label(f"report.sheet_{name}", facts.lang))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{cell.value}'!A1")
        cell.font = dress.font(colour=BLUE, line=True)
        ws.cell(at, 3, label(f"report.guide_{name}", facts.lang)).font = dress.font()
        ws.row_dimensions[at].height = 18
    note = ws.cell(row + len(names) + 2, 2, label("report.guide_levels", facts.lang))
    note.font = dress.font(size=10, colour=MUTED)
