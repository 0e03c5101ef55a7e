"""Write the long sheets of a report: table 5-3, the classes, the rows left out."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from tqdm import tqdm

from rfmkit.labels import label
from rfmkit.names import localize
from rfmkit.report.facts import Facts
from rfmkit.report.style import (
    CENTRE,
    FORMATS,
    TEXT_LEFT,
    WIDEST,
    Dress,
    fit,
    paper,
    rule,
    text_width,
)
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.schema import CUSTOMER, FREQUENCY, MONETARY, RECENCY
from rfmkit.strategies import class_name, strategy
from rfmkit.workbook.rows import Style, style_ids, table_rows

HEADER = 3  # the row of the header; the data start below
SHEET_ROWS = 1_000_000  # rows of data on a sheet; Excel ends at 1,048,576
SLOW_ROWS = 40_000  # from here on writing takes more than two seconds

SheetRows = dict[str, Iterator[str]]


def table_53(wb: Workbook, facts: Facts, dress: Dress) -> SheetRows:
    """Write table 5-3: R, F and M of each customer, the highest spend first."""
    table = _customers(facts).sort_values(MONETARY, ascending=False, kind="stable")
    note = label("report.table53_note", facts.lang, today=f"{facts.day:%Y-%m-%d}")
    kinds = ["text", "whole", "whole", facts.money]
    return _long_table(wb, table, kinds, title="table53", note=note, facts=facts, dress=dress)


def class_table(wb: Workbook, facts: Facts, dress: Dress) -> SheetRows:
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
    return _long_table(wb, table, kinds, title="classes", note=note, facts=facts, dress=dress)


def left_out_tables(wb: Workbook, facts: Facts, dress: Dress) -> SheetRows:
    """Write every row left out as it was read, with the reason; on more sheets if need be."""
    rejected = facts.rejected
    if len(rejected) == 0:
        ws = wb.create_sheet(label("report.sheet_left_out", facts.lang))
        dress.title(
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
            wb, part, ["text"] * part.shape[1], title="left_out", number=number,
            note=label("report.left_out_note", facts.lang, rows=f"{len(table):,}"),
            facts=facts, dress=dress,
        )  # fmt: skip
    return made


def _customers(facts: Facts) -> pd.DataFrame:
    """Give R, F, M with the customer as a column; money without the noise of adding cents."""
    table = facts.rfm[[RECENCY, FREQUENCY, MONETARY]].rename_axis(CUSTOMER).reset_index()
    return table.assign(**{MONETARY: table[MONETARY].round(4) + 0.0})


def _long_table(
    wb: Workbook, table: pd.DataFrame, kinds: Sequence[str], *, title: str, note: str,
    facts: Facts, dress: Dress, number: int = 1,
) -> SheetRows:  # fmt: skip
    name = label(f"report.sheet_{title}", facts.lang) + (f" {number}" if number > 1 else "")
    ws = wb.create_sheet(name)
    dress.title(ws, label(f"report.{title}_title", facts.lang), note)
    shown = localize(table, facts.lang)
    dress.header(ws, HEADER, map(str, shown.columns))
    last = f"{get_column_letter(shown.shape[1])}{HEADER + len(shown)}"
    ws.auto_filter.ref = f"A{HEADER}:{last}"
    ws.freeze_panes = f"A{HEADER + 1}"
    ws.sheet_view.selection[-1].activeCell = ws.sheet_view.selection[-1].sqref = f"A{HEADER + 1}"
    ws.sheet_view.showGridLines = False
    ws.sheet_format.defaultRowHeight, ws.sheet_format.customHeight = 17, True
    name = ws.title
    paper(ws, header_row=HEADER, landscape=len(kinds) > 4)
    columns = [shown.iloc[:, n].astype(object).tolist() for n in range(shown.shape[1])]
    heads = [text_width(str(head)) + 3 for head in shown.columns]  # 3 for the arrow of the filter
    fit(ws, map(max, heads, map(_width, columns, kinds)))
    styles = [_style(ws, kind, dress) for kind in kinds]
    rows = _watched(zip(*columns, strict=True), len(shown), name)
    return {name: table_rows(rows, first=HEADER + 1, styles=styles)}


def _style(ws: Worksheet, kind: str, dress: Dress) -> Style:
    aligned = {"centre": CENTRE, "text": TEXT_LEFT}.get(kind)
    number_format = FORMATS.get(kind, kind)
    return style_ids(
        ws, font=dress.font(), border=rule(), alignment=aligned, number_format=number_format
    )


def _width(values: list, kind: str) -> float:
    """Measure the widest value of a column, as its format shows it."""
    if kind.startswith("#") or kind == "whole":
        places = 2 if kind.endswith(".00") else 0
        return max((len(f"{value:,.{places}f}") for value in (min(values), max(values))), default=0)
    texts = set(map(str, values))
    return min(max(map(text_width, texts), default=0), WIDEST)


def _watched(rows: Iterable, count: int, name: str) -> Iterable:
    """Show a progress bar in a terminal while a long sheet is written."""
    if count < SLOW_ROWS:
        return rows
    return tqdm(rows, total=count, desc=name, unit="rows", disable=None, leave=False)
