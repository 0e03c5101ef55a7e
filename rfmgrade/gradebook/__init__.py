"""Write everything that grading produces: gradebook, files for platforms, feedback pages."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rfmgrade.assign.roster import Student
from rfmgrade.gradebook.feedback import pack_for_moodle, write_pages
from rfmgrade.gradebook.gradebook import Gradebook, plain
from rfmgrade.gradebook.sheets import write_gradebook
from rfmkit.labels import label
from rfmkit.workbook import is_formula_like

BESIDE = ("feedback", "moodle.csv", "canvas.csv", "feedback_moodle.zip", "results")


def moodle_csv(gradebook: Gradebook) -> str:
    """Write marks for Moodle: Grades > Import > CSV file."""
    columns = []
    for chapter in gradebook.chapters:
        name = label("csv.grade", gradebook.lang, chapter=chapter)
        columns += [name, f"{name} (feedback)"]
    rows = [["ID number", "Email address", *columns]]
    for one in gradebook.students:
        cells = [one.id, one.email]
        for chapter in gradebook.chapters:
            cells += [_total_cell(gradebook, one, chapter), _points_line(gradebook, one, chapter)]
        rows.append(cells)
    return _csv_text(rows)


def canvas_csv(gradebook: Gradebook) -> str:
    """Write marks for Canvas: Grades > Import."""
    names = [f"rfmkit {chapter}" for chapter in gradebook.chapters]
    possible = [plain(gradebook.out_of(chapter)) for chapter in gradebook.chapters]
    rows: list[list[object]] = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names],
        ["    Points Possible", "", "", "", "", *possible],
    ]
    for one in gradebook.students:
        marks = [_total_cell(gradebook, one, chapter) for chapter in gradebook.chapters]
        login = one.login or one.email
        rows.append([one.name or one.id, one.canvas_id, one.id, login, one.section, *marks])
    return _csv_text(rows)


def write_csv(text: str, path: Path) -> Path:
    """Write a CSV whose Chinese Excel, Moodle and Canvas read right."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8-sig", newline="")
    beside.replace(path)
    return path


def _total_cell(gradebook: Gradebook, student: Student, chapter: str) -> object:
    total = gradebook.total(student.id, chapter)
    return "" if total is None or total[1] else total[0]


def _points_line(gradebook: Gradebook, student: Student, chapter: str) -> str:
    """List the points of each question, in the student's language."""
    result = gradebook.results.get((student.id, chapter))
    if result is None or _total_cell(gradebook, student, chapter) == "":
        return ""
    return " ".join(
        label(
            "csv.line",
            student.lang,
            number=mark.number,
            out_of=plain(mark.out_of),
            points=plain(gradebook.earned(student.id, mark) or 0),
        )
        for mark in result.marks
    )


def _csv_text(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([map(_safe, row) for row in rows])
    return out.getvalue()


def _safe(cell: object) -> object:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if is_formula_like(cell) else cell


class OutputFiles(NamedTuple):
    """The files that were written."""

    gradebook: Path
    feedback: Path
    moodle: Path
    canvas: Path
    moodle_zip: Path | None


def output_paths(target: Path) -> list[Path]:
    """List the gradebook and what is named after it; the last is the folder of results.

    Examples
    --------
    >>> [path.name for path in output_paths(Path("g.xlsx"))][1:3]
    ['g_feedback', 'g_moodle.csv']
    """
    return [target, *(target.with_name(f"{target.stem}_{name}") for name in BESIDE)]


def write_outputs(gradebook: Gradebook, target: Path, moodle: Mapping[str, str]) -> OutputFiles:
    """Write the gradebook and, beside it, everything that is named after it."""
    beside = dict(zip(BESIDE, output_paths(target)[1:], strict=True))
    # The gradebook is the last: if it is new, everything else is new too.
    pages = write_pages(gradebook, beside["feedback"])
    packed = pack_for_moodle(pages, moodle, beside["feedback_moodle.zip"])
    if packed is None:
        beside["feedback_moodle.zip"].unlink(missing_ok=True)
    write_csv(moodle_csv(gradebook), beside["moodle.csv"])
    write_csv(canvas_csv(gradebook), beside["canvas.csv"])
    write_gradebook(gradebook, target)
    return OutputFiles(
        target, beside["feedback"], beside["moodle.csv"], beside["canvas.csv"], packed
    )
