"""Run `rfmkit doctor | lab | tier | case | assign | grade | build`."""

import argparse
import importlib
import os
import sys
import warnings
from collections.abc import Callable, Sequence

import rfmkit

# Each command, the module that does it, and what `rfmkit --help` says of it. Only the module of
# the command that is run is imported: `doctor` must start where pandas does not, and `build`
# needs libraries that only authors have.
COMMANDS = {
    "doctor": ("rfmkit.commands.doctor", "look for what is wrong with this machine's set-up"),
    "lab": ("rfmkit.commands.lab", "open JupyterLab at the start notebook"),
    "tier": ("rfmkit.commands.tier", "tier the customers of a ledger and write the report"),
    "case": ("rfmkit.commands.case", "make the books of a firm from a seed"),
    "assign": ("rfmgrade.assign", "make a class's hand-outs: exercises with personal books"),
    "grade": ("rfmgrade.grade", "grade what a class handed in"),
    "build": ("rfmkit.classroom.build", "make the notebooks from source/"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and tell how it went.

    Parameters
    ----------
    argv
        The words after `rfmkit`; None for those of the command line.

    Returns
    -------
    int
        0 if all is well, 1 if the command found something wrong, 2 for input it cannot use,
        130 if it was interrupted.

    Examples
    --------
    >>> main(["--version"])
    Traceback (most recent call last):
    ...
    SystemExit: 0
    """
    _never_fail_to_print()
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in words if word in COMMANDS), None)
    try:
        parser = build_parser(command)
        if command is None:
            parser.parse_args(words)
            parser.print_help()
            sys.stdout.flush()
            return 0
        args = parser.parse_args(words)
        with warnings.catch_warnings():
            warnings.showwarning = _note(warnings.showwarning)
            code = importlib.import_module(COMMANDS[command][0]).run(args)
        sys.stdout.flush()  # here, where a reader that has gone away can still be told from a fault
        return code
    except KeyboardInterrupt:
        return _fail("stopped.", code=130)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Nothing more may be written, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in ("rfmkit", "rfmgrade"):
            raise
        extra = {"build": "author", "grade": "grade"}.get(command or "", "parquet,lab")
        return _fail(
            f"the Python package {error.name!r} is missing here ({sys.executable}).\n"
            f'Install it with: python -m pip install "rfmkit[{extra}]", or see rfmkit doctor.'
        )
    except OSError as error:
        return _fail(_plain(error))
    except ValueError as error:
        # Asked only now: rfmkit.schema imports pandas.
        from rfmkit.schema import DataError

        if not isinstance(error, DataError):
            raise
        return _fail(str(error))


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """Make the parser, with the options of one command and the names of the others.

    Parameters
    ----------
    command
        The command whose options to know; None for the names alone.

    Examples
    --------
    >>> build_parser("lab").parse_args(["lab", "--edition", "en"]).edition
    'en'
    """
    parser = argparse.ArgumentParser(
        prog="rfmkit",
        description="Teach and practise customer tiering (RFM).",
        epilog="rfmkit COMMAND --help tells more of a command.",
    )
    parser.add_argument("--version", action="version", version=f"rfmkit {rfmkit.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (module, summary) in COMMANDS.items():
        if name == command:
            importlib.import_module(module).add_parser(commands)
        else:
            commands.add_parser(name, help=summary, add_help=False)
    return parser


def _never_fail_to_print() -> None:
    """Print a question mark where the terminal's code page lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _note(show: Callable[..., None]) -> Callable[..., None]:
    """Show a warning for users as its sentence alone, without the line of code it came from."""

    def showwarning(message: Warning, category: type[Warning], *where: object) -> None:
        if issubclass(category, UserWarning):
            print(f"rfmkit: note: {message}", file=sys.stderr)
        else:
            show(message, category, *where)

    return showwarning


def _plain(error: OSError) -> str:
    """Say in one sentence what the operating system refused."""
    if error.filename is None:
        return str(error)
    mend = " Is it open in another program, such as Excel?"
    return (
        f"{error.strerror or error}: {error.filename}."
        f"{mend if isinstance(error, PermissionError) else ''}"
    )


def _fail(message: str, *, code: int = 2) -> int:
    print(f"rfmkit: {message}", file=sys.stderr)
    return code
