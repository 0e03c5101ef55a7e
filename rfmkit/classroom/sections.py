"""Insert a section's number where a text names the section: {section 05 nested} becomes 6."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rfmkit.labels import csv_rows

_reference = re.compile(r"\{section (?:(\d\d) )?(\w+)\}")


@cache
def section_numbers() -> dict[str, dict[str, str]]:
    """Return each chapter's sections, name to number, as the last build counted them."""
    numbers: dict[str, dict[str, str]] = {}
    for row in csv_rows(files("rfmkit.classroom") / "sections.csv"):
        numbers.setdefault(row["chapter"], {})[row["section"]] = row["number"]
    return numbers


def fill_sections(text: str, *, chapter: str, numbers: Mapping[str, Mapping[str, str]]) -> str:
    """Replace each {section name} and {section 02 name} by the section's number.

    `chapter` is the two digits of the chapter that a name without digits belongs to. Raises
    KeyError, which names the reference, if there is no such section.

    Examples
    --------
    >>> fill_sections("see section {section cut}", chapter="02", numbers={"02": {"cut": "3"}})
    'see section 3'
    """

    def number(found: re.Match) -> str:
        try:
            return numbers[found[1] or chapter][found[2]]
        except KeyError:
            raise KeyError(found[0]) from None

    return _reference.sub(number, text)
