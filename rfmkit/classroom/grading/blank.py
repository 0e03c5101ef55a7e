"""Know a chapter's exercise as it is handed out: its questions, and which cells are the kit's."""

import json
from dataclasses import dataclass
from functools import cache

from rfmkit.classroom.grading.code_reading import look_at
from rfmkit.classroom.grading.kit_files import exercise_files
from rfmkit.classroom.question import Question, question
from rfmkit.schema import DataError

# Answers that stand in a cell of prose: question and points, of those the question has in all.
# The exercise tells the student so; see source/exercises/06_practicum.py.
WRITTEN = {"6.7": 2.0}


@dataclass(frozen=True)
class KitCell:
    """A cell of the exercise.

    Parameters
    ----------
    name
        Its name, such as "q6_1", "check_6_1", "given_7_2".
    question
        The question it belongs to, or prepares; "" for the first cell and the last ones.
    answers
        Whether it is a cell to answer in.
    checks
        Whether it checks, or hints at, the question.
    """

    name: str
    question: str
    answers: bool
    checks: bool


@dataclass(frozen=True)
class Blank:
    """A chapter's exercise.

    Parameters
    ----------
    questions
        Number and question, in order.
    by_name, by_id, by_text
        The code cells: by name, by id in either language, by source.
    names
        For each question the names that its cell already assigns, besides the answer's own.
    shapes
        The code that stands in the blank, as `look_at(...).shape`.
    written
        Id and question of each cell for an answer in prose.
    prose
        What stands there before it is answered.
    """

    questions: dict[str, Question]
    by_name: dict[str, KitCell]
    by_id: dict[str, KitCell]
    by_text: dict[str, KitCell]
    names: dict[str, frozenset[str]]
    shapes: frozenset[str]
    written: dict[str, str]
    prose: frozenset[str]

    @property
    def variables(self) -> dict[str, str]:
        """Question of each answer variable."""
        return {asked.variable: number for number, asked in self.questions.items()}


@cache
def blank(chapter: str) -> Blank:
    """Read a chapter's exercise from the kit's folder, in both languages.

    Parameters
    ----------
    chapter
        Such as "06".

    Raises
    ------
    DataError
        If the kit's folder or the chapter is not there.

    Examples
    --------
    >>> blank("06").by_name["check_6_2"].question
    '6.2'
    """
    files = [path for of_lang in exercise_files().values() for name, path in of_lang.items()
             if name == chapter]  # fmt: skip
    if not files:
        raise not_there(f"the exercise of chapter {chapter!r}")
    books = [json.loads(path.read_text(encoding="utf-8"))["cells"] for path in files]
    numbers = [cell["metadata"].get("rfmkit", {}).get("question", "") for cell in books[0]]
    questions = {number: question(number) for number in numbers if number}
    by_name, by_id, by_text, shapes, written, prose = {}, {}, {}, set(), {}, set()
    names = {number: {asked.variable} for number, asked in questions.items()}
    for cells in books:
        for cell, known in zip(cells, _known(cells, questions), strict=True):
            text = "".join(cell["source"])
            own = cell["metadata"].get("rfmkit", {})
            if known:
                by_name[known.name] = by_id[cell["id"]] = known
                by_text.setdefault(text.strip(), known)
                shapes.add(look_at(text).shape)
                if known.answers:
                    names[known.question] |= set(look_at(text).assigns)
            elif own.get("question") in questions:
                written[cell["id"]] = own["question"]
                prose.add(text.strip())
    told = {number: frozenset(held) for number, held in names.items()}
    return Blank(
        questions, by_name, by_id, by_text, told, frozenset(shapes), written, frozenset(prose)
    )


def not_there(what: str) -> DataError:
    """Say that something of the kit's folder is missing, and how to mend it."""
    return DataError(
        f"{what} is not there.\n"
        "  Grading needs the exercises and solutions that the wheel holds: install it again,\n"
        "  or run this in the kit's folder with exercises/ and solutions/."
    )


def _known(cells: list[dict], questions: dict[str, Question]) -> list[KitCell | None]:
    """Say which question each code cell belongs to; what only prepares belongs to the next."""
    made: list[KitCell | None] = []
    coming = ""
    for cell in reversed(cells):
        own = cell["metadata"].get("rfmkit", {})
        name = own.get("name", "")
        if cell["cell_type"] != "code" or not name:
            made.append(None)
            continue
        number = own.get("question", "")
        checks = name.startswith(("check_", "hint_"))
        if checks:
            number = name.partition("_")[2].replace("_", ".")
        if number in questions and not checks:
            coming = number
        setup = name == "setup"
        belongs = number if number in questions else "" if setup else coming
        made.append(KitCell(name, belongs, number in questions and not checks, checks))
    return made[::-1]
