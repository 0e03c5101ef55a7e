"""Define questions, and load those of all chapters."""

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from rfmkit.classroom.answer_types import AnswerType
from rfmkit.classroom.case import Case


@dataclass(frozen=True)
class Question:
    """One question: its right answer and its named mistakes, as functions of the case.

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
    answer_type: AnswerType
    reference: Callable[[Case], object]
    mistakes: dict[str, Callable[[Case], object]]
    books: str = "practice"
    texts: dict = field(default_factory=dict)


def find_question(number: str) -> Question:
    """Return the question of a number, such as "6.2".

    Parameters
    ----------
    number
        Chapter and number.

    Raises
    ------
    KeyError
        If there is none; the message names those there are.
    """
    chapter = f"ch{number.partition('.')[0].zfill(2)}"
    known = _questions_of(chapter) if chapter in _chapters() else {}
    if number not in known:
        there = ", ".join(known or all_questions())
        raise KeyError(f"there is no question {number!r}; there are {there}.")
    return known[number]


@cache
def all_questions() -> dict[str, Question]:
    """Return every chapter's questions, in order."""
    return {
        number: one for chapter in _chapters() for number, one in _questions_of(chapter).items()
    }


@cache
def _chapters() -> tuple[str, ...]:
    files = resources.files("rfmkit.classroom.questions").iterdir()
    names = sorted(file.name for file in files)
    return tuple(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def _questions_of(chapter: str) -> dict[str, Question]:
    folder = resources.files("rfmkit.classroom.questions")
    texts = tomllib.loads(folder.joinpath(f"{chapter}.toml").read_text(encoding="utf-8"))
    found = {}
    for one in importlib.import_module(f"rfmkit.classroom.questions.{chapter}").QUESTIONS:
        if one.number not in texts:
            raise ValueError(f"{chapter}.toml has no texts for question {one.number}.")
        question_texts = texts[one.number]
        named = set(question_texts.get("mistakes", {}))
        if named != set(one.mistakes):
            raise ValueError(
                f"{chapter}.toml: question {one.number} and its texts name "
                f"different mistakes: {named ^ set(one.mistakes)}"
            )
        found[one.number] = Question(**{**vars(one), "texts": question_texts})
    return found
