"""Say on the terminal how grading went."""

import os
from pathlib import Path

from rfmkit.classroom.grading.book import Book, plain
from rfmkit.classroom.grading.class_summary import class_mean, summarise
from rfmkit.classroom.grading.grade_books import Written
from rfmkit.labels import label

MOST_MISTAKES = 3


def print_summary(book: Book, written: Written, mode: str) -> None:
    """Print how many were graded, what waits for a person, the mean, the mistakes, the files.

    Parameters
    ----------
    book
        The class.
    written
        The files that were written.
    mode
        How the notebooks were run: "room", "locks" or "trusted".
    """
    print("\n".join([*summary_lines(book, written), label(f"grade.mode_{mode}", book.lang)]))


def summary_lines(book: Book, written: Written) -> list[str]:
    """Give the lines of the summary.

    Parameters
    ----------
    book
        The class.
    written
        The files that were written.
    """
    lang = book.lang
    totals = [book.total(one.id) for one in book.students]
    there = [total for total in totals if total]
    settled = sum(1 for total in there if not total[1])
    lines = [label("grade.graded", lang, notebooks=len(book.results), students=len(there),
                   chapters=" ".join(book.chapters))]  # fmt: skip
    if len(there) < len(totals):
        lines.append(label("grade.nobody", lang, students=len(totals) - len(there)))
    mean = class_mean(book)
    if mean is None:
        lines.append(label("grade.no_mean", lang))
    else:
        lines.append(label("grade.mean", lang, mean=f"{mean:.1f}", points=plain(book.out_of()),
                           count=settled))  # fmt: skip
    lines += _for_the_teacher(book)
    _, mistakes = summarise(book)
    if mistakes:
        lines += ["", label("grade.mistakes", lang)]
        lines += [
            label("grade.mistake", lang, number=one.question.number, count=one.count,
                  title=one.question.title(lang), name=one.name)
            for one in mistakes[:MOST_MISTAKES]
        ]  # fmt: skip
    lines += ["", label("grade.files", lang)]
    files = {"book": written.gradebook, "feedback": written.feedback, "moodle": written.moodle,
             "canvas": written.canvas, "moodle_zip": written.moodle_zip}  # fmt: skip
    lines += [
        label(f"grade.file_{name}", lang, path=_near(path)) for name, path in files.items() if path
    ]
    if settled < len(there):
        lines.append(label("grade.csv_blank", lang, count=len(there) - settled))
    return lines


def _for_the_teacher(book: Book) -> list[str]:
    lang, lines = book.lang, []
    sheets = {f"sheet_{name}": label(f"book.sheet_{name}", lang) for name in ("open", "held")}
    waiting = [mark for student, _, mark in book.undecided()
               if book.earned(student.id, mark) is None]  # fmt: skip
    if waiting:
        reading = sum(1 for mark in waiting if mark.status == "open")
        lines.append(label("grade.person", lang, open=reading, held=len(waiting) - reading,
                           **sheets))  # fmt: skip
    flags = sum(len(one.flags) for one in book.results.values())
    flags += sum(len(notes) for notes in book.notes.values())
    if flags:
        sheet = label("book.sheet_flags", lang)
        lines.append(label("grade.flags", lang, flags=flags, sheet=sheet))
    if book.left_out:
        sheet = label("book.sheet_left_out", lang)
        lines.append(label("grade.left_out", lang, files=len(book.left_out), sheet=sheet))
    return lines


def _near(path: Path) -> str:
    """Write a path as the reader would type it: from here, if it is near."""
    try:
        return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
    except ValueError:
        return str(path)
