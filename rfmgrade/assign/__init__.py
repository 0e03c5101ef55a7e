"""Hand out personal cases and exercises to a class: `rfmkit assign`."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rfmgrade.errors import InputError
from rfmkit.labels import (
    LANGUAGES,
    label,
    language,
    language_option,
    terminal_language,
    use_language,
)

if TYPE_CHECKING:
    from rfmgrade.config import GradingConfig


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `assign` and its options to the command line."""
    parser = subparsers.add_parser(
        "assign",
        help=label("command.assign"),
        description=label("command.assign.about"),
        epilog=label(
            "cli.example",
            command="rfmkit assign --roster roster.csv --secret-file course.secret -o hand-out "
            "--chapter 06",
        ),
    )
    add_class_options(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="DIR",
        help=label("command.assign.output"),
    )
    parser.add_argument("--force", action="store_true", help=label("command.assign.force"))


def add_class_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that `assign` and `grade` share."""
    parser.add_argument(
        "--roster", type=Path, required=True, metavar="FILE", help=label("command.class.roster")
    )
    parser.add_argument(
        "--secret-file",
        type=Path,
        required=True,
        metavar="FILE",
        help=label("command.class.secret"),
    )
    parser.add_argument(
        "--chapter",
        nargs="+",
        action="extend",
        default=[],
        metavar="NN",
        help=label("command.class.chapter"),
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=min(4, os.cpu_count() or 1),
        metavar="N",
        help=label("command.class.jobs"),
    )
    parser.add_argument(
        "--lang", type=language_option, choices=LANGUAGES, help=label("command.class.lang")
    )


def read_class(args: argparse.Namespace) -> "GradingConfig":
    """Read what the shared options name: roster, secret and chapters; print notes on the roster."""
    from rfmgrade.assign.handouts import exercise_files
    from rfmgrade.assign.roster import read_roster
    from rfmgrade.config import GradingConfig, parse_chapters, read_secret

    if args.jobs < 1:
        raise InputError("assign.jobs")
    roster = read_roster(args.roster, default=args.lang or LANGUAGES[0])
    print_notes(roster.notes)
    secret = read_secret(args.secret_file)
    exercises = exercise_files()
    if not exercises:
        raise InputError("assign.no_kit")
    chapters = parse_chapters(args.chapter, sorted(exercises["en"]))
    return GradingConfig(
        roster.students,
        secret,
        tuple(chapters),
        output=args.output,
        force=args.force,
        jobs=args.jobs,
        lang=language(),
    )


def print_notes(notes: Iterable[str]) -> None:
    """Print notes for the instructor, apart from the results."""
    for text in notes:
        print(f"rfmkit: {label('assign.note', text=text)}", file=sys.stderr)


def run(args: argparse.Namespace) -> int:
    """Make the hand-outs and say what to do with them."""
    from rfmgrade.assign.handouts import write_handouts

    use_language(terminal_language(args.lang))
    config = read_class(args)
    left_over = write_handouts(config)
    languages = " ".join(sorted({student.lang for student in config.students}))
    chapters = " ".join(config.chapters)
    print(label("assign.done", count=len(config.students), folder=config.output))
    print(label("assign.chapters", chapters=chapters, languages=languages))
    if left_over:
        print(label("assign.left_over", folder=config.output, ids=" ".join(left_over)))
    print(label("assign.keep", secret=args.secret_file))
    return 0
