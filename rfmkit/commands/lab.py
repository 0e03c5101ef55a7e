"""Open JupyterLab at the start notebook: `rfmkit lab`."""

import argparse
import importlib.util
import os
import sys
from pathlib import Path

from rfmkit.commands.jupyter import environment, has_screen, lab_command, run_to_the_end
from rfmkit.commands.lay_out import (
    CannotWriteError,
    LaidOut,
    is_laid_out,
    lay_out,
    reason,
    shipped_files,
)
from rfmkit.commands.terminal import checkout, terminal_language
from rfmkit.labels import LANGUAGES, label, language_option, reader_language

FOLDER = "rfmkit-notebooks"


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `lab` and its options to the command line."""
    parser = subparsers.add_parser(
        "lab", help=label("command.lab"), description=label("command.lab.about")
    )
    parser.add_argument(
        "--edition",
        type=language_option,
        choices=LANGUAGES,
        default=reader_language(),
        help=label("command.lab.edition"),
    )
    parser.add_argument("--no-browser", action="store_true", help=label("command.lab.no_browser"))
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help=label("command.lab.folder", folder=FOLDER)
    )
    parser.add_argument(
        "--lay-out-only", action="store_true", help=label("command.lab.lay_out_only")
    )
    parser.add_argument("--port", type=int, metavar="N", help=label("command.lab.port"))


def run(args: argparse.Namespace) -> int:
    """Copy the course, start JupyterLab there and wait until it ends."""
    edition = reader_language(args.edition)
    if sys.getfilesystemencoding() != "utf-8":
        return _run_in_utf8(args, edition)
    lang = terminal_language(edition=edition)
    kit = checkout()
    folder = _lay_out(_folders(args.folder, kit), kit, lang)
    if folder is None:
        return 2
    if args.lay_out_only:
        return 0
    start = f"notebooks/{edition}/00_start.ipynb"
    if not (folder / start).is_file():
        _print("lab.no_notebook", lang, path=folder / start)
        return 2
    if importlib.util.find_spec("jupyterlab") is None:
        key = "lay_out.no_jupyterlab" if kit is None else "lab.no_jupyterlab"
        _print(key, lang, python=sys.executable)
        return 2
    env, remarks = environment(folder)
    for key, place in remarks.items():
        _print(key, lang, folder=place)
    screen = has_screen()
    if args.no_browser or not screen:
        _print("lab.address", lang)
    if not args.no_browser and not screen:
        _print("lab.no_screen", lang)
    command = lab_command(folder, start, port=args.port, browser=screen and not args.no_browser)
    return run_to_the_end(command, cwd=folder, env=env)


def _print(key: str, lang: str, **values: object) -> None:
    print(label(key, lang, **values), flush=True)


def _run_in_utf8(args: argparse.Namespace, edition: str) -> int:
    """Run the command again with UTF-8 file names; the terminal's encoding stays."""
    words = ["--edition", edition]
    words += [
        f"--{name}"
        for name in ("no-browser", "lay-out-only")
        if getattr(args, name.replace("-", "_"))
    ]
    for name in ("folder", "port"):
        if getattr(args, name) is not None:
            words += [f"--{name}", str(getattr(args, name))]
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": f"{encoding}:replace"}
    command = [sys.executable, "-m", "rfmkit", "lab", *words]
    return run_to_the_end(command, cwd=Path.cwd(), env=env)


def _folders(named: Path | None, kit: Path | None) -> list[Path]:
    """List the folders to try: the one named; otherwise the usual one, then the home folder."""
    if named is not None:
        return [named.expanduser().absolute()]
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_laid_out(folder):
            return [folder]
        if folder == kit:
            break
    home = _home_copy()
    return [(kit or here) / FOLDER, *([] if home is None else [home])]


def _home_copy() -> Path | None:
    try:
        return Path.home() / FOLDER
    except RuntimeError:  # the system knows of no home folder
        return None


def _lay_out(folders: list[Path], kit: Path | None, lang: str) -> Path | None:
    """Copy the course into the first writable folder, and print what was done."""
    files = shipped_files(kit, solutions=True)
    if not any(name.endswith(".ipynb") for name in files):
        _print("lay_out.no_notebooks", lang)
        return None
    for folder in folders:
        try:
            str(folder).encode()
            done = lay_out(files, folder)
        except UnicodeEncodeError:
            _print("lay_out.odd_name", lang, folder=folder)
        except CannotWriteError as error:
            why = label(key, lang) if (key := reason(error)) else error.strerror
            _print("lay_out.cannot_write", lang, folder=folder, error=why)
        else:
            _print_copied(done, folder, lang)
            return folder
    home = _home_copy()
    example = f"…/{FOLDER}" if home is None or home in folders else home
    _print("lay_out.cannot_write_mend", lang, example=example)
    return None


def _print_copied(done: LaidOut, folder: Path, lang: str) -> None:
    _print("lay_out.where", lang, folder=folder)
    for key in ("written", "renewed"):
        if count := len(getattr(done, key)):
            _print(f"lay_out.{key}{'.one' if count == 1 else ''}", lang, count=count)
    if not done.written and not done.renewed:
        _print("lay_out.nothing", lang)
    if done.unnamed:
        _print("lay_out.unnamed", lang, count=len(done.unnamed))
    if done.kept:
        count = len(done.kept)
        _print(f"lay_out.kept{'.one' if count == 1 else ''}", lang, count=count)
        for name in done.kept:
            print(f"  {name}", flush=True)
        _print("lay_out.kept_mend", lang)
