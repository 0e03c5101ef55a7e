"""Hand out personal cases and exercises to a class: `rfmkit assign`."""

import argparse
import os
import sys
from pathlib import Path

from rfmkit.labels import LANGUAGES, label, terminal_language


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `assign` and its options to the command line."""
    parser = subparsers.add_parser(
        "assign",
        help="make a class's hand-outs: exercises with personal books",
        description="Make a folder and a zip for each student of a roster: the exercises and books "
        "of the student's own. Nothing of the key is in them. The same input gives the same bytes.",
        epilog="Example: rfmkit assign --roster roster.csv --secret-file course.secret -o hand-out "
        "--chapter 06",
    )
    add_class_options(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="the folder to write into"
    )
    parser.add_argument("--force", action="store_true", help="write over a hand-out that is there")


def add_class_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that `assign` and `grade` share."""
    parser.add_argument(
        "--roster", type=Path, required=True, metavar="FILE", help="the students: .csv or .xlsx"
    )
    parser.add_argument(
        "--secret-file", type=Path, required=True, metavar="FILE", help="the course's secret"
    )
    parser.add_argument(
        "--chapter",
        nargs="+",
        action="extend",
        default=[],
        metavar="NN",
        help="such as 06, or 05 06 (every exercise)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=min(4, os.cpu_count() or 1),
        metavar="N",
        help="students at once",
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help="what to speak, and for whom the roster tells no language (zh-TW)",
    )


def run(args: argparse.Namespace) -> int:
    """Make the hand-outs and say what to do with them."""
    from rfmgrade.assign.handouts import exercise_files, write_handouts
    from rfmgrade.assign.roster import read_roster
    from rfmgrade.config import parse_chapters, read_secret
    from rfmkit.schema import DataError

    lang = terminal_language(args.lang)
    if args.jobs < 1:
        raise DataError(label("assign.jobs", lang))
    roster = read_roster(args.roster, lang=lang, default=args.lang or LANGUAGES[0])
    for text in roster.notes:
        print(f"rfmkit: {label('assign.note', lang, text=text)}", file=sys.stderr)
    secret = read_secret(args.secret_file, lang)
    exercises = exercise_files()
    if not exercises:
        raise DataError(label("assign.no_kit", lang))
    chapters = parse_chapters(args.chapter, sorted(exercises["en"]), lang)
    files = {
        spoken: tuple(exercises[spoken][chapter] for chapter in chapters) for spoken in LANGUAGES
    }
    left_over = write_handouts(
        args.output,
        roster,
        secret=secret,
        exercises=files,
        jobs=args.jobs,
        force=args.force,
        lang=lang,
    )
    spoken = sorted({student.lang for student in roster})
    print(label("assign.done", lang, count=len(roster), folder=args.output))
    print(label("assign.chapters", lang, chapters=" ".join(chapters), languages=" ".join(spoken)))
    if left_over:
        print(label("assign.left_over", lang, folder=args.output, ids=" ".join(left_over)))
    print(label("assign.keep", lang, secret=args.secret_file))
    return 0
