"""Write the data files of a firm from a seed: `rfmkit case`."""

import argparse
from pathlib import Path

from rfmkit.labels import LANGUAGES, label, language_option, terminal_language


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `case` and its options to the command line."""
    parser = subparsers.add_parser(
        "case", help=label("command.case"), description=label("command.case.about")
    )
    parser.add_argument(
        "--seed", type=_seed, required=True, metavar="N", help=label("command.case.seed")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="DIR",
        help=label("command.case.output"),
    )
    parser.add_argument("--force", action="store_true", help=label("command.case.force"))
    parser.add_argument("--lang", type=language_option, choices=LANGUAGES, help=label("cli.lang"))


def run(args: argparse.Namespace) -> int:
    """Write the data files and list them."""
    from rfmkit.cases import make_case
    from rfmkit.schema import DataError

    folder = args.output
    if folder.exists() and not folder.is_dir():
        raise DataError(label("command.case.is_file", folder=folder))
    if not args.force and folder.is_dir() and any(folder.iterdir()):
        raise DataError(label("command.case.has_files", folder=folder))
    make_case(args.seed, folder)
    lang = terminal_language(args.lang)
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    print(label("case.written", lang, seed=args.seed, folder=folder, count=len(written)))
    for path in written:
        print(f"  {path.relative_to(folder).as_posix()}")
    return 0


def _seed(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(label("command.case.not_seed", value=text))
    return number
