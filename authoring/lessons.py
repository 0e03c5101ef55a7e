"""Count what a lesson's prose says of itself: the numbers of its sections, and its minutes."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from authoring.source import EDITIONS, BuildError, SourceCell, read_source
from rfmkit.classroom.sections import fill_sections

# Where the kit keeps the numbers, for the texts of questions and for the pages in docs/.
SECTIONS_FILE = "rfmkit/classroom/sections.csv"
REFERENCE = "reference"  # the section for looking things up, outside the minutes
HAN_A_MINUTE, WORDS_A_MINUTE = 300, 150
SECONDS_A_LINE, MINUTES_A_TRY = 6, 4
_section = re.compile(r"^## \{section (\w+)\}", re.MULTILINE)
_minutes = re.compile(r"\{minutes(?: ([12]))?\}")
_han = re.compile(r"[\u3400-\u9fff]")
_word = re.compile(r"[A-Za-z0-9][\w’'.,%-]*")
_check = re.compile(r'^check\("', re.MULTILINE)
_markup = re.compile(r"<[^>]+>|\]\([^)]*\)|^#+ ", re.MULTILINE)

Numbers = Mapping[str, Mapping[str, str]]


def sections_of(cells: Iterable[SourceCell]) -> dict[str, str]:
    """Return the names of a lesson's numbered sections with their numbers, in order.

    Raises BuildError if the two languages disagree, or a name occurs twice.
    """
    cells = list(cells)
    named = {
        lang: [name for cell in cells if cell.meta.get("lang") == lang
               for name in _section.findall(cell.text)]
        for lang in EDITIONS
    }  # fmt: skip
    chinese, english = (named[lang] for lang in EDITIONS)
    if chinese != english:
        odd = sorted(set(chinese) ^ set(english)) or "their order"
        raise cells[0].error(
            f"sections that differ between the languages: {odd}.",
            "give both headings the same {section name}, in the same order.",
        )
    if twice := {name for name in chinese if chinese.count(name) > 1}:
        raise cells[0].error(f"two sections named {sorted(twice)}.", "rename one.")
    return {name: str(number) for number, name in enumerate(chinese, 1)}


def number_sections(lessons: Mapping[str, Iterable[SourceCell]]) -> dict[str, dict[str, str]]:
    """Return the sections of every chapter; `lessons` maps a lesson's name to its cells."""
    numbers: dict[str, dict[str, str]] = {}
    for stem in sorted(lessons):
        numbers.setdefault(stem[:2], {}).update(sections_of(lessons[stem]))
    return numbers


def sections_table(numbers: Numbers) -> str:
    """Return the numbers as the CSV that the kit reads."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("chapter", "section", "number"))
    for chapter, sections in numbers.items():
        writer.writerows((chapter, name, number) for name, number in sections.items())
    return text.getvalue()


def read_lessons(root: Path) -> dict[str, list[SourceCell]]:
    """Read every lesson of the repository: name to cells."""
    return {
        file.stem: read_source(
            file.read_text(encoding="utf-8-sig"), file=f"source/lessons/{file.name}", exercise=False
        )
        for file in sorted((root / "source/lessons").glob("*.py"))
    }


def fill_references(
    cell: SourceCell, text: str, *, chapter: str, numbers: Numbers, minutes: Mapping[str, int]
) -> str:
    """Fill in section numbers and minutes in a cell's prose.

    `minutes` maps "" to those of the main path, "1" and "2" to those of its two sittings.
    Raises BuildError if there is no such section, or no place marked to stop.
    """
    try:
        text = fill_sections(text, chapter=chapter, numbers=numbers)
    except KeyError as error:
        fix = "write the name in that lesson's heading: ## {section name}."
        raise cell.error(f"there is no {error.args[0]}.", fix) from None

    def count(found: re.Match) -> str:
        if (found[1] or "") not in minutes:
            raise cell.error("no marked place to stop.", "give a pair of prose cells stop=true.")
        return str(minutes[found[1] or ""])

    return _minutes.sub(count, text)


def minutes_of(cells: Iterable[SourceCell], edition: str) -> dict[str, int]:
    """Estimate the minutes of a lesson's main path ("") and of its two sittings ("1", "2").

    Three hundred Chinese characters or 150 words a minute, six seconds a line of code, four
    minutes for each question to try. The section named `reference` is not counted.
    """
    sittings = [0.0]
    counted = True
    for cell in cells:
        if cell.meta.get("lang", edition) != edition or cell.meta.get("claims"):
            continue
        if cell.meta.get("stop"):
            sittings.append(0.0)
        if cell.kind == "markdown":
            for part in re.split(r"^(?=## )", cell.text, flags=re.MULTILINE):
                if part.startswith("## "):
                    counted = not part.startswith(f"## {{section {REFERENCE}}}")
                sittings[-1] += counted * _reading(part)
        elif counted:
            lines = [line for line in cell.text.splitlines() if line.strip()]
            tries = len(_check.findall(cell.text))
            sittings[-1] += len(lines) * SECONDS_A_LINE / 60 + tries * MINUTES_A_TRY
    if len(sittings) > 2:
        raise BuildError("a lesson stops twice.\n  Mend: mark one pair of cells with stop=true.")
    rounded = [max(1, round(one)) for one in sittings]
    found = {"": sum(rounded)}
    return found | ({"1": rounded[0], "2": rounded[1]} if len(rounded) == 2 else {})


def _reading(text: str) -> float:
    """Return the minutes that reading a piece of prose takes."""
    text = _markup.sub(" ", text)
    return len(_han.findall(text)) / HAN_A_MINUTE + len(_word.findall(text)) / WORDS_A_MINUTE
