"""Ask which of two readings of a file is meant, and name the option that decides it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rfmkit.schema import DataError, DataWarning

# How a command line writes the choice of each setting.
OPTIONS = {
    "decimal": "--decimal",
    "encoding": "--encoding",
    "header_row": "--header-row",
    "sheet": "--sheet",
    "visits": "--visits",
    "totals": "--totals",
    "currency": "--currency",
    "first_day": "--first-day",
    "count": "--count",
    "leave_out": "--leave-out",
    "preset": "--preset",
    "fill_down": "--fill-down",
}
_ORDERS = {"dmy": "--day-first", "mdy": "--month-first", "ymd": "--year-first"}


class ReadingWarning(DataWarning):
    """Warned of what the description of a reading (`reading_lines`) says, too."""


class LedgerQuestion(DataError):  # noqa: N818 - it can be answered
    """Raised where a file can be read in two ways; each answer is a setting that decides it."""

    def __init__(self, message: str, answers: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self.question = message
        self.answers = list(answers)
        options = "\n".join(f"- {text}: {option_text(setting)}" for text, setting in self.answers)
        super().__init__("\n".join(filter(None, (message, options))))


def option_text(setting: Mapping[str, Any]) -> str:
    """Write a setting as the options of a command and the keywords of Python.

    Examples
    --------
    >>> option_text({"decimal": ","})
    '--decimal ,  (decimal=",")'
    """
    words, keywords = [], []
    for name, value in setting.items():
        if name == "columns":
            for role, header in value.items():
                option = "price" if role == "unit_price" else role.replace("_", "-")
                words.append(f'--{option} "{header}"')
        elif name == "date_order":
            words.append(_ORDERS[value])
        elif isinstance(value, bool):
            words.append(OPTIONS[name] if value else OPTIONS[name].replace("--", "--no-"))
        elif isinstance(value, (list, tuple)):
            words += [f'{OPTIONS[name]} "{one}"' for one in value]
        else:
            text = str(value)
            words.append(f"{OPTIONS[name]} " + (f'"{text}"' if " " in text else text))
        keywords.append(f"{name}={json.dumps(value, ensure_ascii=False)}")
    return f"{' '.join(words)}  ({', '.join(keywords)})"
