"""Write the long lists of a gradebook: every mark, every flag, every file left out."""

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment

from rfmkit.classroom.grading.asked import asked
from rfmkit.classroom.grading.book import Book, plain
from rfmkit.classroom.grading.gradebook_parts import (
    HEADER,
    NUMBER,
    finish,
    heads,
    new_sheet,
    row_height,
    said,
    widen,
    write_row,
)
from rfmkit.classroom.grading.results import Flag
from rfmkit.labels import label, texts
from rfmkit.report.style import LINE, SheetStyle, rule
from rfmkit.workbook import style_ids, table_rows

MOST_LEFT_OUT = 5_000
_columns = ("id", "name", "question", "status", "points", "out_of", "by_hand", "mistake", "notes",
            "file", "sha256", "digest")  # fmt: skip
_widths = (12, 14, 11, 28, 8, 9, 10, 44, 44, 40, 15, 15)


def questions_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> dict[str, Iterable[str]]:
    """Write every mark with all that it can be traced by; give the rows, which may be many."""
    ws = new_sheet(wb, "questions", book, dress)
    dress.header(ws, HEADER, heads(book, _columns))
    widen(ws, _widths)
    styles = [
        style_ids(
            ws,
            font=dress.font(),
            border=rule(LINE),
            number_format=NUMBER if name in ("points", "out_of") else "General",
            alignment=Alignment(horizontal="right" if name in ("points", "out_of") else "left",
                                vertical="top"),
        )
        for name in _columns
    ]  # fmt: skip
    lines = list(_marks(book))
    finish(ws, last=HEADER + len(lines), columns=len(_columns), freeze=f"D{HEADER + 1}")
    return {ws.title: table_rows(lines, first=HEADER + 1, styles=styles)}


def _marks(book: Book) -> Iterable[list[object]]:
    lang = book.lang
    for student in book.students:
        for result in book.of(student.id):
            for mark in result.marks:
                earned = book.earned(student.id, mark)
                by_hand = mark.points is None and earned is not None
                words = _mistake(mark.number, mark.mistake, lang)
                notes = "; ".join(said("judge.note", note, lang) for note in mark.notes)
                yield [
                    student.id, student.name, mark.number,
                    label(f"book.status_{mark.status}", lang),
                    None if earned is None else plain(earned), plain(mark.out_of),
                    label("book.yes", lang) if by_hand else "", words, notes, result.file,
                    result.sha256[:12], mark.digest[:12],
                ]  # fmt: skip


def _mistake(number: str, name: str | None, lang: str) -> str:
    """Say a mistake in words, beginning with its name in the questions' tables."""
    if not name:
        return ""
    told = asked(number).told(name, lang)
    return f"{name}: {told}" if told else name


def flags_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> None:
    """Write what is worth a look, with the file it is about; none of it changes a mark."""
    ws = new_sheet(wb, "flags", book, dress)
    names = ("id", "name", "chapter", "question", "flag", "file")
    widths = [12, 14, 10, 11, 84, 44]
    dress.header(ws, HEADER, heads(book, names))
    widen(ws, widths)
    row = HEADER
    for student in book.students:
        for result in book.of(student.id):
            flags = [(flag.number, flag_text(flag, book.lang)) for flag in result.flags]
            kinds = {flag.kind for flag in result.flags}
            notes = book.notes.get((student.id, result.chapter), ())
            flags += [("", said("intake.note", note, book.lang)) for note in notes
                      if note.partition(":")[0] not in kinds]  # fmt: skip
            for number, text in flags:
                row += 1
                values = [student.id, student.name, result.chapter, number, text, result.file]
                write_row(ws, row, values, dress, wrap=(5, 6))
                ws.row_dimensions[row].height = row_height(
                    [(text, widths[4] - 4), (result.file, widths[5] - 4)]
                )
    if row == HEADER:
        ws.cell(row + 1, 1, label("book.none_flags", book.lang)).font = dress.font()
    finish(ws, last=row, columns=len(names), freeze=f"C{HEADER + 1}")


def flag_text(flag: Flag, lang: str) -> str:
    """Say a flag in words; one that no table knows, as it is.

    Examples
    --------
    >>> flag_text(Flag("unheard_of", values={"a": "b"}), "en")
    'unheard_of: b'
    """
    key = f"flag.{flag.kind}"
    if key not in texts():
        return ": ".join([flag.kind, *map(str, flag.values.values())])
    try:
        return label(key, lang, **flag.values)
    except (KeyError, IndexError):
        return label(key, lang)


def left_out_sheet(wb: Workbook, book: Book, dress: SheetStyle) -> None:
    """Write who handed nothing in, and every file that was not graded, with the reason."""
    ws = new_sheet(wb, "left_out", book, dress)
    dress.header(ws, HEADER, heads(book, ("what", "who", "reason")))
    widths = [64, 28, 60]
    widen(ws, widths)
    row = HEADER
    for student, chapter in book.missing():
        row += 1
        who = f"{student.id} {student.name}".strip()
        told = label("book.missing_chapter", book.lang, chapter=chapter)
        write_row(ws, row, ["–", who, told], dress, wrap=(3,))
    for one in book.left_out[:MOST_LEFT_OUT]:
        row += 1
        told = label(f"intake.left.{one.reason}", book.lang).replace("{detail}", one.detail)
        write_row(ws, row, [one.file, one.student, told], dress, wrap=(1, 3))
        ws.row_dimensions[row].height = row_height([(one.file, widths[0] - 4),
                                                    (told, widths[2] - 4)])  # fmt: skip
    if len(book.left_out) > MOST_LEFT_OUT:
        row += 1
        more = label("book.more", book.lang, count=len(book.left_out) - MOST_LEFT_OUT)
        write_row(ws, row, ["…", "", more], dress)
    if row == HEADER:
        ws.cell(row + 1, 1, label("book.none_left_out", book.lang)).font = dress.font()
    finish(ws, last=row, columns=3, freeze=f"A{HEADER + 1}")
