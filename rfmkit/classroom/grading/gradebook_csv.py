"""Write marks as CSV files that Moodle and Canvas take in."""

import csv
import io
from pathlib import Path

from rfmkit.classroom.grading.book import Book, plain
from rfmkit.classroom.grading.roster import Student
from rfmkit.labels import label
from rfmkit.workbook import is_formula_like


def moodle_csv(book: Book) -> str:
    """Write marks for Moodle: Grades > Import > CSV file.

    Parameters
    ----------
    book
        The class.

    Returns
    -------
    str
        A header and one row a student; a mark that is not decided yet, or of somebody who handed
        nothing in, is left blank, so that Moodle shows none.
    """
    columns = []
    for chapter in book.chapters:
        name = label("csv.grade", book.lang, chapter=chapter)
        columns += [name, f"{name} (feedback)"]
    rows = [["ID number", "Email address", *columns]]
    for one in book.students:
        cells = [one.id, one.email]
        for chapter in book.chapters:
            cells += [_mark(book, one, chapter), _feedback(book, one, chapter)]
        rows.append(cells)
    return _written(rows)


def canvas_csv(book: Book) -> str:
    """Write marks for Canvas: Grades > Import.

    Parameters
    ----------
    book
        The class.

    Returns
    -------
    str
        Canvas' header, its row of points possible, and one row a student; blanks as for Moodle.
    """
    names = [f"rfmkit {chapter}" for chapter in book.chapters]
    possible = [plain(book.out_of(chapter)) for chapter in book.chapters]
    rows: list[list[object]] = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names],
        ["    Points Possible", "", "", "", "", *possible],
    ]
    for one in book.students:
        marks = [_mark(book, one, chapter) for chapter in book.chapters]
        login = one.login or one.email
        rows.append([one.name or one.id, one.canvas_id, one.id, login, one.section, *marks])
    return _written(rows)


def write_csv(text: str, path: Path) -> Path:
    """Write a CSV so that Excel, Moodle and Canvas read its Chinese right."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8-sig", newline="")
    beside.replace(path)
    return path


def _mark(book: Book, student: Student, chapter: str) -> object:
    total = book.total(student.id, chapter)
    return "" if total is None or total[1] else total[0]


def _feedback(book: Book, student: Student, chapter: str) -> str:
    """Say the points of each question, in the student's language."""
    result = book.results.get((student.id, chapter))
    if result is None or _mark(book, student, chapter) == "":
        return ""
    return " ".join(
        label("csv.line", student.lang, number=mark.number, out_of=plain(mark.out_of),
              points=plain(book.earned(student.id, mark) or 0))
        for mark in result.marks
    )  # fmt: skip


def _written(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([map(_safe, row) for row in rows])
    return out.getvalue()


def _safe(cell: object) -> object:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if is_formula_like(cell) else cell
