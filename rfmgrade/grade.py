"""Grade what a class handed in: `rfmkit grade`."""

import argparse
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rfmgrade.assign import add_class_options
from rfmgrade.gradebook import OutputFiles
from rfmgrade.gradebook.gradebook import Gradebook, class_mean, plain, summarise
from rfmkit.labels import LANGUAGES, label, terminal_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rfmgrade.assign.roster import Roster
    from rfmgrade.gradebook.gradebook import Decision, Gradebook
    from rfmgrade.intake import Intake


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `grade` and its options to the command line."""
    parser = subparsers.add_parser(
        "grade",
        help="grade what a class handed in",
        description="Run every notebook that was handed in, in a sandbox, against the key of the "
        "student's own books, and write a gradebook, files for Moodle and Canvas, and a feedback "
        "page for each student. A stopped run goes on where it was.",
        epilog="Example: rfmkit grade submissions.zip --roster roster.csv --secret-file "
        "course.secret -o gradebook.xlsx --chapter 06",
    )
    parser.add_argument(
        "submissions",
        type=Path,
        metavar="SUBMISSIONS",
        help="a folder or .zip: plain, or as Moodle or Canvas gives it",
    )
    add_class_options(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the gradebook, a .xlsx"
    )
    parser.add_argument(
        "--due", default="", metavar="TIME", help="what comes later is late: 2021-04-08T23:59"
    )
    parser.add_argument(
        "--marks", type=Path, metavar="FILE", help="a gradebook with your own marks, to merge them"
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a gradebook that holds marks of yours"
    )
    parser.add_argument(
        "--trust-submissions",
        action="store_true",
        help="run the notebooks without a sandbox; only if you trust every one of them",
    )


def run(args: argparse.Namespace) -> int:
    """Grade the class, write the books and say where they are."""
    from rfmgrade.assign.handouts import exercise_files
    from rfmgrade.assign.roster import read_roster
    from rfmgrade.config import parse_chapters, read_secret
    from rfmgrade.gradebook import make_book, output_paths, write_outputs
    from rfmgrade.intake import collect
    from rfmgrade.sandbox import modes
    from rfmkit.schema import DataError
    from rfmkit.workbook import check_target

    # What was typed is read before anything takes long.
    lang = terminal_language(args.lang)
    if args.jobs < 1:
        raise DataError(label("grade.jobs", lang))
    due = parse_due(args.due, lang)
    target = check_target(args.output)
    roster = read_roster(args.roster, lang=lang, default=args.lang or LANGUAGES[0])
    _say_notes(roster.notes, lang)
    secret = read_secret(args.secret_file, lang)
    _check_target(args, target, roster, lang)
    exercises = exercise_files()
    if not exercises:
        raise DataError(label("assign.no_kit", lang))
    there = parse_chapters(args.chapter, sorted(exercises["en"]), lang)
    ours = [*output_paths(target), args.roster, args.secret_file, *filter(None, [args.marks])]
    intake = collect(args.submissions, roster, chapters=there, due=due, ours=ours, lang=lang)
    if not intake.submissions:
        raise DataError(_nothing(args.submissions, intake, lang))
    chapters = there if args.chapter else sorted({one.chapter for one in intake.submissions})

    mode = modes.choose(trust=args.trust_submissions, lang=lang)
    if mode not in modes.LOCKED:
        print(f"rfmkit: {modes.unprotected(lang)}", file=sys.stderr)
    results = _graded(args, roster, secret, intake, chapters, target, mode)
    book = make_book(roster, chapters, results, intake, lang=lang)
    decisions = _decisions(args, target, book)
    book = make_book(roster, chapters, results, intake, decisions=decisions, lang=lang)
    written = write_outputs(book, target, intake.moodle)
    print_summary(book, written, mode)
    return 0


def parse_due(text: str, lang: str | None = None) -> str:
    """Read when an assignment was due; a day alone means its end.

    Examples
    --------
    >>> parse_due("2021-04-08"), parse_due("2021-04-08 12:00")
    ('2021-04-08T23:59:59', '2021-04-08T12:00:00')
    """
    from rfmkit.schema import DataError

    text = text.strip()
    if not text:
        return ""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return f"{datetime.fromisoformat(text).date().isoformat()}T23:59:59"
        if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", text):
            return datetime.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise DataError(label("grade.due", lang, text=text))


def _graded(
    args: argparse.Namespace,
    roster: "Roster",
    secret: bytes,
    intake: "Intake",
    chapters: list[str],
    target: Path,
    mode: str,
) -> list:
    """Run the notebooks, with a bar once it takes more than two seconds."""
    from tqdm import tqdm

    from rfmgrade.gradebook import output_paths
    from rfmgrade.marking.grader import grade_all

    total = len(intake.submissions)
    with tqdm(total=total, unit="notebook", delay=2, disable=None, file=sys.stderr) as bar:
        return grade_all(
            intake.submissions,
            roster=roster.students,
            secret=secret,
            mode=mode,
            jobs=args.jobs,
            folder=output_paths(target)[-1],
            chapters=chapters,
            progress=lambda *_: bar.update(),
        )


def _check_target(args: argparse.Namespace, target: Path, roster: "Roster", lang: str) -> None:
    """Refuse before the long work what would be refused after it."""
    from rfmgrade.gradebook.decisions import decision_rows
    from rfmgrade.gradebook.gradebook import Gradebook

    if args.marks:
        decision_rows(args.marks, lang)
    elif target.exists() and not args.force:
        _refuse_to_lose(args, target, Gradebook(roster.students, (), {}, lang=lang), {}, ())


def _decisions(
    args: argparse.Namespace, target: Path, book: "Gradebook"
) -> dict[tuple, "Decision"]:
    """Read the marks given by hand; refuse to write over those that were not passed on."""
    from rfmgrade.gradebook.decisions import read_decisions

    decisions, notes = read_decisions(args.marks, book) if args.marks else ({}, {})
    _say_notes(notes.values(), book.lang)
    if target.exists() and not args.force:
        _refuse_to_lose(args, target, book, decisions, notes)
    return decisions


def _refuse_to_lose(
    args: argparse.Namespace, target: Path, book: "Gradebook", decisions: dict, told: "Iterable"
) -> None:
    from rfmgrade.gradebook.decisions import lost_decisions
    from rfmkit.schema import DataError

    lost = lost_decisions(target, book, decisions, told)
    if lost is None:
        raise DataError(label("marks.no_gradebook", book.lang, path=args.output))
    if lost:
        what = ", ".join(lost[:8]) + (f" … ({len(lost)})" if len(lost) > 8 else "")
        raise DataError(label("marks.would_lose", book.lang, path=args.output, what=what))


def _say_notes(notes: "Iterable[str]", lang: str) -> None:
    for text in notes:
        print(f"rfmkit: {label('assign.note', lang, text=text)}", file=sys.stderr)


def _nothing(path: Path, intake: "Intake", lang: str) -> str:
    sample = "".join(
        f"\n  {one.file}: {label(f'intake.left.{one.reason}', lang)}".replace(
            "{detail}", one.detail
        )
        for one in intake.left_out[:10]
    )
    return label("grade.no_notebooks", lang, path=path, count=len(intake.left_out), sample=sample)


MAX_MISTAKES = 3


def print_summary(book: Gradebook, written: OutputFiles, mode: str) -> None:
    """Print how many were graded, what waits for a person, the mean, the mistakes, the files."""
    print("\n".join([*summary_lines(book, written), label(f"grade.mode_{mode}", book.lang)]))


def summary_lines(book: Gradebook, written: OutputFiles) -> list[str]:
    """Give the lines of the summary."""
    lang = book.lang
    totals = [book.total(one.id) for one in book.students]
    there = [total for total in totals if total]
    settled = sum(1 for total in there if not total[1])
    lines = [
        label(
            "grade.graded",
            lang,
            notebooks=len(book.results),
            students=len(there),
            chapters=" ".join(book.chapters),
        )
    ]
    if len(there) < len(totals):
        lines.append(label("grade.nobody", lang, students=len(totals) - len(there)))
    mean = class_mean(book)
    if mean is None:
        lines.append(label("grade.no_mean", lang))
    else:
        lines.append(
            label(
                "grade.mean", lang, mean=f"{mean:.1f}", points=plain(book.out_of()), count=settled
            )
        )
    lines += _for_the_teacher(book)
    _, mistakes = summarise(book)
    if mistakes:
        lines += ["", label("grade.mistakes", lang)]
        lines += [
            label(
                "grade.mistake",
                lang,
                number=one.question.number,
                count=one.count,
                title=one.question.title(lang),
                name=one.name,
            )
            for one in mistakes[:MAX_MISTAKES]
        ]
    lines += ["", label("grade.files", lang)]
    files = {
        "book": written.gradebook,
        "feedback": written.feedback,
        "moodle": written.moodle,
        "canvas": written.canvas,
        "moodle_zip": written.moodle_zip,
    }
    lines += [
        label(f"grade.file_{name}", lang, path=_near(path)) for name, path in files.items() if path
    ]
    if settled < len(there):
        lines.append(label("grade.csv_blank", lang, count=len(there) - settled))
    return lines


def _for_the_teacher(book: Gradebook) -> list[str]:
    lang, lines = book.lang, []
    sheets = {f"sheet_{name}": label(f"book.sheet_{name}", lang) for name in ("open", "held")}
    waiting = [
        mark for student, _, mark in book.undecided() if book.earned(student.id, mark) is None
    ]
    if waiting:
        reading = sum(1 for mark in waiting if mark.status == "open")
        lines.append(
            label("grade.person", lang, open=reading, held=len(waiting) - reading, **sheets)
        )
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
