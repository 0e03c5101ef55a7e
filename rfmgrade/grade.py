"""Grade what a class handed in: `rfmkit grade`."""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from datetime import time as clock
from pathlib import Path

from tqdm import tqdm

from rfmgrade.config import (
    GradingConfig,
    InputError,
    add_class_parser,
    folded_id,
    print_notes,
    read_class,
)
from rfmgrade.gradebook.gradebook import (
    Decision,
    Gradebook,
    LateRule,
    class_means,
    decision_rows,
    lost_decisions,
    plain,
    read_decisions,
    summarise,
)
from rfmgrade.gradebook.outputs import OutputFiles, output_paths, write_outputs
from rfmgrade.gradebook.sheets import mean_text
from rfmgrade.intake import SkippedFile, Submission, collect
from rfmgrade.marking.grader import grade_all
from rfmgrade.marking.results import Result
from rfmgrade.sandbox import modes
from rfmgrade.workers import stopped_by_signals
from rfmkit.dates import parse_date
from rfmkit.labels import label, terminal_language, use_language
from rfmkit.schema import DataError
from rfmkit.workbook import check_target

MAX_MISTAKES = 3


class NoSubmissions(DataError):  # noqa: N818 - says what it is
    """Nothing that can be graded; the message names some files and why they are left out."""

    def __init__(self, path: Path, left_out: Sequence[SkippedFile]) -> None:
        super().__init__()
        self.path, self.left_out = path, left_out

    def __str__(self) -> str:
        sample = "".join(f"\n  {one.file}: {one.explain()}" for one in self.left_out[:10])
        count = len(self.left_out)
        return label("grade.no_notebooks", path=self.path, count=count, sample=sample)


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `grade` and its options to the command line."""
    parser = add_class_parser(
        subparsers,
        "grade",
        example="submissions.zip --roster roster.csv --secret-file course.secret "
        "-o gradebook.xlsx --chapter 06",
        output="FILE",
    )
    parser.add_argument(
        "submissions", type=Path, metavar="SUBMISSIONS", help=label("command.grade.submissions")
    )
    parser.add_argument("--due", default="", metavar="TIME", help=label("command.grade.due"))
    parser.add_argument(
        "--late-penalty", default="", metavar="RULE", help=label("command.grade.late_penalty")
    )
    parser.add_argument("--marks", type=Path, metavar="FILE", help=label("command.grade.marks"))
    parser.add_argument(
        "--regrade", nargs="+", default=[], metavar="ID", help=label("command.grade.regrade")
    )
    parser.add_argument("--force", action="store_true", help=label("command.grade.force"))
    parser.add_argument(
        "--trust-submissions", action="store_true", help=label("command.grade.trust")
    )


def run(args: argparse.Namespace) -> int:
    """Grade the class, write the gradebook and say where everything is."""
    use_language(terminal_language(args.lang))
    output = check_target(args.output)
    config = read_config(args, output)
    intake = collect(args.submissions, config)
    if not intake.submissions:
        raise NoSubmissions(args.submissions, intake.left_out)
    if intake.other_secret:
        warning = label("grade.other_secret", count=intake.other_secret, of=intake.with_case)
        print(f"rfmkit: {warning}", file=sys.stderr)
    if not args.chapter:
        config = replace(
            config, chapters=tuple(sorted({one.chapter for one in intake.submissions}))
        )
    config = replace(config, mode=modes.choose(trust=args.trust_submissions))
    if config.mode not in modes.LOCKED:
        print(f"rfmkit: {modes.unprotected()}", file=sys.stderr)
    done: list[Result] = []
    try:
        with stopped_by_signals():
            results = grade_with_bar(intake.submissions, config, done)
    except KeyboardInterrupt:
        print(f"\nrfmkit: {label('grade.stopped', done=len(done))}", file=sys.stderr)
        return 130
    gradebook = Gradebook(
        students=config.students,
        chapters=config.chapters,
        results={(one.student, one.chapter): one for one in results},
        notes={(one.student, one.chapter): one.notes for one in intake.submissions},
        left_out=intake.left_out,
        lang=config.lang,
        attempts={(one.student, one.chapter): one.attempts for one in intake.submissions},
        late_rule=parse_late_rule(args.late_penalty, config.due),
    )
    gradebook = replace(gradebook, decisions=merge_decisions(config, gradebook))
    written = write_outputs(gradebook, config.output, intake.moodle)
    print("\n".join([*summary_lines(gradebook, written), label(f"grade.mode_{config.mode}")]))
    return 0


def read_config(args: argparse.Namespace, output: Path) -> GradingConfig:
    """Read and check the options of `rfmkit grade`, before anything takes long."""
    due = parse_due(args.due)
    results = output_paths(output)[-1]
    own_files = (*output_paths(output), args.roster, args.secret_file)
    config = read_class(args)
    config = replace(
        config,
        due=due,
        output=output,
        results=results,
        marks=args.marks,
        own_files=(*own_files, *filter(None, [args.marks])),
        regrade=_known_ids(args.regrade, config),
    )
    parse_late_rule(args.late_penalty, due)
    refuse_early(config)
    return config


def parse_late_rule(text: str, due: str) -> LateRule:
    """Parse what late work loses: "10" for ten percent a day begun, "10:50" for fifty at most.

    Examples
    --------
    >>> parse_late_rule("10:50", "").most, parse_late_rule("5%", "").percent
    (50.0, 5.0)
    """
    if not text.strip():
        return LateRule(due=due)
    percent, _, most = text.replace("%", "").replace("：", ":").partition(":")
    try:
        rule = LateRule(float(percent), float(most) if most.strip() else 100.0, due)
    except ValueError:
        raise InputError("grade.late_rule", text=text[:20]) from None
    if not (0 <= rule.percent <= 100 and 0 <= rule.most <= 100):
        raise InputError("grade.late_rule", text=text[:20])
    return rule


def _known_ids(typed: Sequence[str], config: GradingConfig) -> frozenset[str]:
    """Find the students whose ids were typed, with commas or without."""
    known = {folded_id(one.id): one.id for one in config.students}
    words = [word for text in typed for word in re.split(r"[,，、\s]+", text) if word]
    if unknown := [word for word in words if folded_id(word) not in known]:
        raise InputError("grade.regrade_unknown", ids=" ".join(unknown)[:200])
    return frozenset(known[folded_id(word)] for word in words)


def parse_due(text: str) -> str:
    """Parse when an assignment was due, for ISO text; a day alone means its end.

    Examples
    --------
    >>> parse_due("2021-04-08"), parse_due("110/4/8 12:00")
    ('2021-04-08T23:59:59', '2021-04-08T12:00:00')
    """
    if not text.strip():
        return ""
    found = parse_date(text)
    if found is None:
        raise InputError("grade.due", text=text)
    day, time = found
    moment = datetime.combine(day, clock(23, 59, 59) if time is None else time)
    return moment.isoformat(timespec="seconds")


def refuse_early(config: GradingConfig) -> None:
    """Refuse before the long work what would be refused after it."""
    if config.marks:
        decision_rows(config.marks)
    elif config.output.exists() and not config.force:
        _refuse_to_lose(config.output, Gradebook(config.students, (), {}, lang=config.lang), {}, ())


def grade_with_bar(
    submissions: Sequence[Submission], config: GradingConfig, done: list[Result]
) -> list[Result]:
    """Grade, with a progress bar once it takes long; add each result to `done`."""
    total = len(submissions)
    with tqdm(total=total, unit="notebook", delay=2, disable=None, file=sys.stderr) as bar:

        def progress(result: Result) -> None:
            done.append(result)
            bar.update()

        return grade_all(submissions, config, progress=progress)


def merge_decisions(config: GradingConfig, gradebook: Gradebook) -> dict[tuple, Decision]:
    """Read the marks given by hand; refuse to write over those that were not passed on."""
    decisions, notes = (
        read_decisions(config.marks, gradebook, force=config.force) if config.marks else ({}, {})
    )
    print_notes(notes.values())
    if config.output.exists() and not config.force:
        _refuse_to_lose(config.output, gradebook, decisions, notes)
    return decisions


def _refuse_to_lose(path: Path, gradebook: Gradebook, decisions: dict, noted: Iterable) -> None:
    lost = lost_decisions(path, gradebook, decisions, noted)
    if lost is None:
        raise InputError("marks.no_gradebook", path=path)
    if lost:
        what = ", ".join(lost[:8]) + (f" … ({len(lost)})" if len(lost) > 8 else "")
        raise InputError("marks.would_lose", path=path, what=what)


def summary_lines(gradebook: Gradebook, written: OutputFiles) -> list[str]:
    """Summarise how many were graded, what waits for a person, the mean, mistakes and files."""
    totals = [gradebook.total(one.id) for one in gradebook.students]
    there = [total for total in totals if total]
    complete = sum(1 for total in there if not total[1])
    lines = [
        label(
            "grade.graded",
            notebooks=len(gradebook.results),
            students=len(there),
            chapters=" ".join(gradebook.chapters),
        )
    ]
    if len(there) < len(totals):
        lines.append(label("grade.nobody", students=len(totals) - len(there)))
    means = class_means(gradebook)
    lines.append(mean_text("grade", means, plain(gradebook.out_of()), gradebook.lang))
    lines += _for_the_teacher(gradebook)
    _, mistakes = summarise(gradebook)
    if mistakes:
        lines += ["", label("grade.mistakes")]
        lines += [
            label(
                "grade.mistake",
                number=one.question.number,
                count=one.count,
                title=one.question.title(gradebook.lang),
                name=one.name or label("grade.equal_answers"),
            )
            for one in mistakes[:MAX_MISTAKES]
        ]
    lines += ["", label("grade.files")]
    files = {
        "book": written.gradebook,
        "feedback": written.feedback,
        "moodle": written.moodle,
        "canvas": written.canvas,
        "items": written.items,
        "moodle_zip": written.moodle_zip,
    }
    lines += [label(f"grade.file_{name}", path=_near(path)) for name, path in files.items() if path]
    if complete < len(there):
        lines.append(label("grade.csv_blank", count=len(there) - complete))
    return lines


def _for_the_teacher(gradebook: Gradebook) -> list[str]:
    lines = []
    sheets = {f"sheet_{name}": label(f"book.sheet_{name}") for name in ("open", "held")}
    waiting = [
        mark
        for student, _, mark in gradebook.undecided()
        if gradebook.earned(student.id, mark) is None
    ]
    if waiting:
        reading = sum(1 for mark in waiting if mark.status == "open")
        lines.append(label("grade.person", open=reading, held=len(waiting) - reading, **sheets))
    flags = sum(len(one.flags) for one in gradebook.results.values())
    flags += sum(len(notes) for notes in gradebook.notes.values())
    if flags:
        sheet = label("book.sheet_flags")
        lines.append(label("grade.flags", flags=flags, sheet=sheet))
    if gradebook.left_out:
        sheet = label("book.sheet_left_out")
        lines.append(label("grade.left_out", files=len(gradebook.left_out), sheet=sheet))
    return lines


def _near(path: Path) -> str:
    """Write a path as the reader would type it: from here, if it is near."""
    try:
        return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
    except ValueError:
        return str(path)
