"""Write the sheets that the teacher fills in: open answers with their rubric, and held ones."""

from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.classroom.grading.asked import asked
from rfmkit.classroom.grading.book import Book, Decision, fingerprint, plain
from rfmkit.classroom.grading.gradebook_parts import (
    HEADER,
    TO_FILL,
    finish,
    heads,
    new_sheet,
    row_height,
    said,
    style,
    widen,
    write_row,
)
from rfmkit.classroom.grading.results import Mark, Result
from rfmkit.classroom.grading.roster import Student
from rfmkit.labels import label
from rfmkit.report.style import PALE, SheetStyle, solid
from rfmkit.workbook import put

Row = tuple[Student, Result, Mark]
ANSWER_WIDTH, PART_WIDTH = 66, 20


def open_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> None:
    """Write every open answer beside the criteria of its rubric, question by question."""
    rows = [row for row in book.undecided() if row[2].status == "open"]
    ws = new_sheet(wb, "open", book, dress)
    parts = max((len(asked(row[2].number).rubric) for row in rows), default=0)
    names = [label("book.head_part", book.lang, place=place) for place in range(1, parts + 1)]
    titles = [*heads(book, ("id", "name", "question", "answer")), *names,
              *heads(book, ("points", "print"))]  # fmt: skip
    dress.header(ws, HEADER, titles)
    widen(ws, [12, 14, 11, ANSWER_WIDTH, *([PART_WIDTH] * parts), 9, 4])
    ws.column_dimensions[get_column_letter(len(titles))].hidden = True
    row = HEADER
    for number, block in groupby(rows, key=lambda one: one[2].number):
        row += 1
        _rubric(ws, row, number, parts, book.lang, dress)
        first = row + 1
        for one in block:
            row += 1
            _answer(ws, row, one, parts, book, dress)
        _limit(ws, number, parts, first, row, book.lang)
    if not rows:
        ws.cell(HEADER + 1, 1, label("book.none_open", book.lang)).font = dress.font()
    finish(ws, last=row, columns=len(titles), freeze=f"D{HEADER + 1}", filters=False)


def held_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> None:
    """Write what else a person has to decide, and room for the decision."""
    rows = [row for row in book.undecided() if row[2].status != "open"]
    ws = new_sheet(wb, "held", book, dress)
    names = ("id", "name", "question", "title", "status", "why", "out_of", "decision", "print")
    dress.header(ws, HEADER, heads(book, names))
    widths = [12, 14, 11, 28, 18, 60, 9, 20, 4]
    widen(ws, widths)
    ws.column_dimensions["I"].hidden = True
    for row, (student, result, mark) in enumerate(rows, start=HEADER + 1):
        title = asked(mark.number).title(book.lang)
        why = [*(said("judge.note", note, book.lang) for note in mark.notes), mark.feedback,
               result.trouble]  # fmt: skip
        why = list(dict.fromkeys(filter(None, why)))
        values = [student.id, student.name, mark.number, title,
                  label(f"book.status_{mark.status}", book.lang), "\n".join(why),
                  plain(mark.out_of)]  # fmt: skip
        write_row(ws, row, values, dress, wrap=(4, 6))
        decision = book.decisions.get((student.id, mark.number))
        _to_fill(ws, row, 8, _typed(decision, book.lang), dress)
        put(ws.cell(row, 9), fingerprint(mark))
        ws.row_dimensions[row].height = row_height([(title, widths[3]), (values[5], widths[5])])
    if not rows:
        ws.cell(HEADER + 1, 1, label("book.none_held", book.lang)).font = dress.font()
    finish(ws, last=HEADER + len(rows), columns=8, freeze=f"D{HEADER + 1}", filters=False)


def _typed(decision: Decision | None, lang: str) -> object:
    if decision is None:
        return None
    return label(f"book.{decision.word}", lang) if decision.word else decision.points


def _rubric(ws: Worksheet, row: int, number: str, parts: int, lang: str, dress: SheetStyle) -> None:
    """Write the line above a question's answers: what it asks, and what each criterion wants."""
    one = asked(number)
    put(ws.cell(row, 3), number)
    put(ws.cell(row, 4), f"{one.title(lang)}\n{one.ask(lang)}".strip())
    wanted = asked(number).rubric
    for place, (points, words) in enumerate(wanted):
        told = label("book.criterion", lang, text=words[lang], points=plain(points))
        put(ws.cell(row, 5 + place), told)
    put(ws.cell(row, 5 + parts), label("book.most", lang, points=plain(one.points)))
    for column in range(1, 6 + parts):
        cell = ws.cell(row, column)
        cell.fill = solid(PALE)
        cell.font = dress.font(size=10, bold=column in (3, 5 + parts))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    texts = [(ws.cell(row, 4).value, ANSWER_WIDTH)]  # in small print, so more fits on a line
    texts += [(ws.cell(row, 5 + place).value, PART_WIDTH + 1) for place in range(len(wanted))]
    ws.row_dimensions[row].height = row_height(texts)


def _answer(ws: Worksheet, row: int, one: Row, parts: int, book: Book, dress: SheetStyle) -> None:
    student, _, mark = one
    write_row(ws, row, [student.id, student.name, mark.number, mark.answer], dress, wrap=(4,))
    limits = [points for points, _ in asked(mark.number).rubric]
    decision = book.decisions.get((student.id, mark.number)) or Decision(None)
    filled = (*decision.parts, *([None] * len(limits)))[: len(limits)]
    for place, value in enumerate(filled):
        _to_fill(ws, row, 5 + place, value, dress)
    total = _to_fill(ws, row, 5 + parts, None if decision.parts else decision.points, dress)
    if limits and total.value is None:
        first, last = f"E{row}", f"{get_column_letter(4 + len(limits))}{row}"
        total.value = f'=IF(COUNT({first}:{last})={len(limits)},SUM({first}:{last}),"")'
    put(ws.cell(row, 6 + parts), fingerprint(mark))
    ws.row_dimensions[row].height = row_height([(mark.answer, ANSWER_WIDTH - 4)])


def _to_fill(ws: Worksheet, row: int, column: int, value: object, dress: SheetStyle) -> Cell:
    return put(style(ws.cell(row, column), dress, vertical="top", fill=TO_FILL, box=True), value)


def _limit(ws: Worksheet, number: str, parts: int, first: int, last: int, lang: str) -> None:
    """Let Excel refuse points that cannot be, in one question's rows."""
    item = asked(number)
    most = {5 + place: points for place, (points, _) in enumerate(item.rubric)}
    for column, points in {**most, 5 + parts: item.points}.items():
        letter, limit = get_column_letter(column), str(plain(points))
        found = DataValidation("decimal", operator="between", formula1="0", formula2=limit)
        found.errorTitle = label("book.title", lang)
        found.error = label("book.limit", lang, points=limit)
        found.add(f"{letter}{first}:{letter}{last}")
        ws.add_data_validation(found)
