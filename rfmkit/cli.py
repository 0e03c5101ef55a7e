"""Run `rfmkit doctor | lab | tier | case | assign | grade | build`."""

import importlib
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from itertools import zip_longest

import rfmkit
from rfmkit.commands.parser import CommandParser
from rfmkit.labels import (
    LANGUAGES,
    explain_os_error,
    install_command,
    label,
    language,
    language_option,
    terminal_language,
    use_language,
)

# Each command and the module that does it. Only the module of the command that is run is imported:
# `doctor` must start where pandas does not, and `build` needs libraries that only authors have.
COMMANDS = {
    "doctor": "rfmkit.commands.doctor",
    "lab": "rfmkit.commands.lab",
    "tier": "rfmkit.commands.tier",
    "case": "rfmkit.commands.case",
    "assign": "rfmgrade.assign",
    "grade": "rfmgrade.grade",
    "build": "authoring.build",
}
# What a command needs beyond the kit's own libraries.
_LIBRARIES = {
    "build": ("ipykernel", "jupytext", "nbclient", "nbformat"),
    "grade": ("ipython", "landlock", "pyseccomp"),
}
# Libraries that pip calls otherwise than `import` does.
_PIP_NAMES = {"IPython": "ipython", "sklearn": "scikit-learn"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

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
    before = language()
    # Read before the arguments are parsed, so that help and errors are translated too.
    use_language(terminal_language(_option(words, "--lang"), edition=_option(words, "--edition")))
    try:
        return _run(words)
    finally:
        use_language(before)


def _run(words: list[str]) -> int:
    command = next((word for word in words if word in COMMANDS), None)
    try:
        parser = build_parser(command)
        if command is None:
            parser.parse_args(words)
            parser.print_help()
            sys.stdout.flush()
            return 0
        args = parser.parse_args(words)
        if getattr(args, "lang", None):  # an abbreviation, such as --la, is understood only now
            use_language(args.lang)
        with warnings.catch_warnings():
            warnings.showwarning = _note(warnings.showwarning)
            code = importlib.import_module(COMMANDS[command]).run(args)
        sys.stdout.flush()  # here, where a closed pipe can still be distinguished from an error
        return code
    except KeyboardInterrupt:
        return _fail(label("cli.stopped"), code=130)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Nothing more may be written, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as error:
        if error.name == "authoring":  # it stands beside rfmkit/ in a clone, never in the wheel
            return _fail(label("cli.no_clone"))
        name = (error.name or "").split(".")[0]
        if name in ("rfmkit", "rfmgrade", "authoring"):
            raise
        name = _PIP_NAMES.get(name, name)
        needed = _LIBRARIES.get(command or "", ())
        install = install_command(*(needed if name in needed else (name,)))
        return _fail(label("cli.missing", name=name, python=sys.executable, command=install))
    except OSError as error:
        return _fail(explain_os_error(error))
    except ValueError as error:
        # Asked only now: rfmkit.schema imports pandas.
        from rfmkit.schema import DataError

        if not isinstance(error, DataError):
            raise
        return _fail(str(error))


def build_parser(command: str | None = None) -> CommandParser:
    """Build the parser, with the options of one command and the names of the others.

    Examples
    --------
    >>> build_parser("lab").parse_args(["lab", "--edition", "en"]).edition
    'en'
    """
    parser = CommandParser(prog="rfmkit", description=label("cli.about"), epilog=label("cli.more"))
    parser.add_argument(
        "--version",
        action="version",
        version=f"rfmkit {rfmkit.__version__}",
        help=label("cli.version"),
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=label("cli.commands"))
    for name, module in COMMANDS.items():
        if name == command:
            importlib.import_module(module).add_parser(commands)
        else:
            commands.add_parser(name, help=label(f"command.{name}"), add_help=False)
    return parser


def _option(words: Sequence[str], name: str) -> str | None:
    """Return the language that an option names, among arguments not parsed yet."""
    for word, after in zip_longest(words, words[1:], fillvalue=""):
        typed = after if word == name else word.removeprefix(f"{name}=")
        if typed != word and (value := language_option(typed)) in LANGUAGES:
            return value
    return None


def _never_fail_to_print() -> None:
    """Print a question mark where the terminal's code page lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _note(show: Callable[..., None]) -> Callable[..., None]:
    """Show a warning for users as its sentence alone, without the line of code it came from."""

    def showwarning(message: Warning, category: type[Warning], *where: object) -> None:
        if issubclass(category, UserWarning):
            print(f"rfmkit: {label('cli.note', message=message)}", file=sys.stderr)
        else:
            show(message, category, *where)

    return showwarning


def _fail(message: str, *, code: int = 2) -> int:
    print(f"rfmkit: {message}", file=sys.stderr)
    return code
