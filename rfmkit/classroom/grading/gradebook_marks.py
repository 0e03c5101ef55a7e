"""Write the first sheet of a gradebook: one row a student."""

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from rfmkit.classroom.grading.book import Book, plain
from rfmkit.classroom.grading.gradebook_parts import (
    FILLS,
    HEADER,
    NUMBER,
    finish,
    heads,
    new_sheet,
    style,
    widen,
    width_of,
    write_row,
)
from rfmkit.classroom.grading.roster import Student
from rfmkit.labels import label
from rfmkit.report.style import SheetStyle
from rfmkit.workbook import put

FIXED = ("id", "name", "section", "total", "share", "undecided", "handed_in", "late", "flags")


def marks_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> None:
    """Write totals and the points of each question, for everybody on the roster."""
    out_of = plain(book.out_of())
    chapters = " ".join(book.chapters)
    ws = new_sheet(wb, "marks", book, dress, chapters=chapters, points=out_of)
    fixed = heads(book, FIXED)
    names = [f"{one.number}\n/{plain(one.points)}" for one in book.questions]
    dress.header(ws, HEADER, [*fixed, *names])
    ws.row_dimensions[HEADER].height = 34
    for column in range(1, len(fixed) + len(names) + 1):
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        ws.cell(HEADER, column).alignment = centred
    formats = ["General"] * 3 + [NUMBER, "0%", NUMBER, "General", "General", "0"]
    rows = []
    for row, student in enumerate(book.students, start=HEADER + 1):
        values = _facts(book, student, out_of)
        rows.append(values)
        write_row(ws, row, values, dress, formats=formats, centre=(8,))
        _questions(ws, row, student, book, dress)
    widths = [width_of(head, column) for head, column in
              zip(fixed, zip(*rows, strict=True), strict=True)]  # fmt: skip
    widths[3:6] = [max(width_of(head, [], least=9), 9) for head in fixed[3:6]]
    widen(ws, [*widths, *([7.5] * len(names))])
    columns = len(fixed) + len(names)
    finish(ws, last=HEADER + len(rows), columns=columns, freeze=f"C{HEADER + 1}")


def _facts(book: Book, student: Student, out_of: float) -> list[object]:
    results, lang = book.of(student.id), book.lang
    total = book.total(student.id)
    if total is None:
        nothing = label("book.nothing", lang)
        return [student.id, student.name, student.section, None, None, None, nothing, "", None]
    points, undecided = total
    when = [one.handed_in.replace("T", " ")[:16] for one in results if one.handed_in]
    late = label("book.late", lang) if any(one.late for one in results) else ""
    flags = sum(len(one.flags) for one in results)
    flags += sum(len(book.notes.get((student.id, one.chapter), ())) for one in results)
    share = points / out_of if out_of and not undecided else None
    return [student.id, student.name, student.section, points, share, undecided or None,
            max(when, default=""), late, flags or None]  # fmt: skip


def _questions(ws: Worksheet, row: int, student: Student, book: Book, dress: SheetStyle) -> None:
    marks = {mark.number: mark for one in book.of(student.id) for mark in one.marks}
    for column, one in enumerate(book.questions, start=len(FIXED) + 1):
        cell, mark, fill, earned = ws.cell(row, column), marks.get(one.number), None, None
        if mark is not None:
            earned = book.earned(student.id, mark)
            decided = mark.points is None and earned is not None
            fill = None if decided else FILLS[mark.status]
        style(cell, dress, fill=fill)
        if mark is not None:
            put(cell, "？" if earned is None else plain(earned))
