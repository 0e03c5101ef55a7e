"""Say what a question is, and gather the questions of all chapters."""

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from rfmkit.classroom.case import Case
from rfmkit.classroom.forms import Form


@dataclass(frozen=True)
class Question:
    """One question: the key as a function of the case, and the wrong answers with a name.

    Parameters
    ----------
    number
        Chapter and number, such as "6.2".
    variable
        The name the answer is left behind under.
    form
        How an answer is read and compared.
    reference
        Computes the right answer from a case.
    mistakes
        Name of each known mistake and the function that makes its answer.
    books
        "practice" for an exercise, "lesson" for a try-it question inside a lesson.
    texts
        Title, stars, minutes, points, objective, hints and feedback, from the chapter's TOML file;
        for a choice the options, for an open question the rubric.
    """

    number: str
    variable: str
    form: Form
    reference: Callable[[Case], object]
    mistakes: dict[str, Callable[[Case], object]]
    books: str = "practice"
    texts: dict = field(default_factory=dict)


def question(number: str) -> Question:
    """Find a question by its number, such as "6.2".

    Parameters
    ----------
    number
        Chapter and number.

    Raises
    ------
    KeyError
        If there is none; the message names those there are.
    """
    known = all_questions()
    if number not in known:
        raise KeyError(f"there is no question {number!r}; there are {', '.join(known)}.")
    return known[number]


@cache
def all_questions() -> dict[str, Question]:
    """Gather every chapter's questions, in order."""
    found = {}
    folder = resources.files("rfmkit.classroom.questions")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        texts = tomllib.loads(file.read_text(encoding="utf-8"))
        chapter = importlib.import_module(
            f"rfmkit.classroom.questions.{file.name.removesuffix('.toml')}"
        )
        for one in chapter.QUESTIONS:
            if one.number not in texts:
                raise ValueError(f"{file.name} has no texts for question {one.number}.")
            told = texts[one.number]
            named = set(told.get("mistakes", {}))
            if named != set(one.mistakes):
                raise ValueError(
                    f"{file.name}: question {one.number} and its texts name "
                    f"different mistakes: {named ^ set(one.mistakes)}"
                )
            found[one.number] = Question(**{**vars(one), "texts": told})
    return found
