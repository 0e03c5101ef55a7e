"""Write everything that comes of grading: gradebook, files for platforms, feedback pages."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rfmkit.classroom.grading.book import Book, Decision, Key
from rfmkit.classroom.grading.feedback_page import pack_for_moodle, write_pages
from rfmkit.classroom.grading.gradebook import write_gradebook
from rfmkit.classroom.grading.gradebook_csv import canvas_csv, moodle_csv, write_csv
from rfmkit.classroom.grading.intake import Intake
from rfmkit.classroom.grading.results import Result
from rfmkit.classroom.grading.roster import Roster

BESIDE = ("feedback", "moodle.csv", "canvas.csv", "feedback_moodle.zip", "results")


class Written(NamedTuple):
    """The files that were written."""

    gradebook: Path
    feedback: Path
    moodle: Path
    canvas: Path
    moodle_zip: Path | None


def files_of(target: Path) -> list[Path]:
    """List the gradebook and what is named after it; the last is the folder of results.

    Examples
    --------
    >>> [path.name for path in files_of(Path("g.xlsx"))][1:3]
    ['g_feedback', 'g_moodle.csv']
    """
    return [target, *(target.with_name(f"{target.stem}_{name}") for name in BESIDE)]


def make_book(
    roster: Roster,
    chapters: Sequence[str],
    results: Iterable[Result],
    intake: Intake,
    *,
    decisions: Mapping[Key, Decision] | None = None,
    lang: str = "zh-TW",
) -> Book:
    """Put together what the gradebook tells.

    Parameters
    ----------
    roster
        The class.
    chapters
        The chapters that were graded.
    results
        What `grade_all` gave.
    intake
        What `take_in` gave.
    decisions
        What the teacher decided, by student and question.
    lang
        The teacher's language.
    """
    return Book(
        students=roster.students,
        chapters=tuple(chapters),
        results={(one.student, one.chapter): one for one in results},
        notes={(one.student, one.chapter): one.notes for one in intake.submissions},
        left_out=intake.left_out,
        decisions=dict(decisions or {}),
        lang=lang,
    )


def write_books(book: Book, target: Path, moodle: Mapping[str, str]) -> Written:
    """Write the gradebook and, beside it, all that is named after it.

    Parameters
    ----------
    book
        The class.
    target
        The gradebook.
    moodle
        Moodle's folder name of each student.

    Returns
    -------
    Written
        The files.
    """
    beside = dict(zip(BESIDE, files_of(target)[1:], strict=True))
    # The gradebook is the last: if it is new, everything else is new too.
    pages = write_pages(book, beside["feedback"])
    packed = pack_for_moodle(pages, moodle, beside["feedback_moodle.zip"])
    if packed is None:
        beside["feedback_moodle.zip"].unlink(missing_ok=True)
    write_csv(moodle_csv(book), beside["moodle.csv"])
    write_csv(canvas_csv(book), beside["canvas.csv"])
    write_gradebook(book, target)
    return Written(target, beside["feedback"], beside["moodle.csv"], beside["canvas.csv"], packed)
