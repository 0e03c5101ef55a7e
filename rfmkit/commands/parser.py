"""Parse the command line, with help and errors in the reader's language."""

import argparse
import ast
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import NoReturn

from rfmkit.labels import label

# argparse words its errors in English only, and slightly differently from one Python to the next:
# how an error begins, and the text of rfmkit/texts/commands.csv that says it to the reader.
_ERRORS = [
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"unrecognized arguments: (?P<words>.*)", "unrecognized"),
        (r"the following arguments are required: (?P<names>.*)", "required"),
        (
            r"argument COMMAND: invalid choice: (?P<value>'.*?'|\".*?\")(, maybe you meant .*?)?"
            r" \(choose from (?P<choices>.*)\)",
            "command",
        ),
        (
            r"argument (?P<name>.+?): invalid choice: (?P<value>'.*?'|\".*?\")"
            r"(, maybe you meant .*?)? \(choose from (?P<choices>.*)\)",
            "choice",
        ),
        (r"argument (?P<name>.+?): expected one argument", "one"),
        (r"argument (?P<name>.+?): expected at least one argument", "some"),
        (r"argument (?P<name>.+?): ignored explicit argument (?P<value>'.*'|\".*\")", "none"),
        (r"ambiguous option: (?P<name>.+?) could match (?P<choices>.*)", "ambiguous"),
        (r"argument (?P<name>.+?): invalid int value: (?P<value>'.*'|\".*\")", "number"),
        (r"argument (?P<name>.+?): (?P<message>.*)", "other"),
    )
]
# A word, or one Chinese character, with the punctuation that must stay on its line.
_PIECES = re.compile(r"[（「]*(?:[!-~]+|[^\s!-~（「])[，。；：、）」！？]*|\s+")


class CommandParser(argparse.ArgumentParser):
    """An `argparse.ArgumentParser` with texts in the language chosen with `use_language`.

    Unlike its parent it never hands words back that it did not understand: it ends with an error
    that shows the usage of the command they were given to.

    Examples
    --------
    >>> from rfmkit.labels import use_language
    >>> use_language("en")
    >>> print(CommandParser("rfmkit lab").format_usage().strip())
    usage: rfmkit lab [-h]
    """

    def __init__(
        self,
        *args: object,
        add_help: bool = True,
        formatter_class: type | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(
            *args, add_help=False, formatter_class=formatter_class or HelpFormatter, **kwargs
        )
        self._positionals.title = label("cli.arguments")
        self._optionals.title = label("cli.options")
        if add_help:
            self.add_argument("-h", "--help", action="help", help=label("cli.help"))

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: object = None):
        """Parse all of the words; any that is left over is an error."""
        namespace, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return namespace, rest

    def format_usage(self) -> str:
        """Write the usage, in the reader's language."""
        return _translated(super().format_usage())

    def format_help(self) -> str:
        """Write the help, in the reader's language."""
        text = _translated(super().format_help())
        for group in self._action_groups:
            if group.title and not group.title.isascii():
                text = text.replace(f"{group.title}:", f"{group.title}：")
        return text

    def error(self, message: str) -> NoReturn:
        """Exit with the usage, what is wrong, and where to read more."""
        self.print_usage(sys.stderr)
        more = label("cli.error.more", prog=self.prog)
        self.exit(2, f"{self.prog}: {explain(message)}\n{more}\n")


class HelpFormatter(argparse.HelpFormatter):
    """A formatter that breaks lines of Chinese: no spaces, two columns a character."""

    def add_usage(
        self, usage: str | None, actions: object, groups: object, prefix: str | None = None
    ) -> None:
        """Add the usage; `_translated` puts the reader's word for it in place of this one."""
        super().add_usage(usage, actions, groups, "usage: " if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width - len(indent)))


def explain(message: str) -> str:
    """Translate an error of argparse into the reader's language.

    Examples
    --------
    >>> from rfmkit.labels import use_language
    >>> use_language("en")
    >>> explain("the following arguments are required: --seed, -o/--output")
    'still needed: --seed, -o/--output'
    """
    for pattern, key in _ERRORS:
        if found := pattern.fullmatch(message):
            values = found.groupdict()
            if "value" in values:
                values["value"] = ast.literal_eval(values["value"])
            for name in {"choices", "names"} & values.keys():
                listed = values[name].replace("'", "").split(", ")
                values[name] = label("cli.comma").join(listed)
            return label(f"cli.error.{key}", **values)
    return message


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns; a Chinese character takes two.

    Examples
    --------
    >>> wrap("要讀的工作表，例如 Sheet1。", 14)
    ['要讀的工作表，', '例如 Sheet1。']
    """
    lines, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and _columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _columns(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def _translated(text: str) -> str:
    # As wide as argparse's own word, so that the lines below stay aligned.
    return text.replace("usage: ", label("cli.usage"), 1)
