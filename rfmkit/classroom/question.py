"""Define questions, and load those of all chapters."""

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from rfmkit.classroom.answer_types import AnswerType
from rfmkit.classroom.case import Case
from rfmkit.classroom.sections import fill_sections, section_numbers
from rfmkit.labels import label


@dataclass(frozen=True)
class Question:
    """One question: its right answer as steps with named choices, and its slips.

    Parameters
    ----------
    number
        Chapter and number, such as "6.2".
    variable
        The name the answer is left behind under.
    answer_type
        How an answer is read and compared.
    reference
        Computes the right answer from a case. Each step of the work that people do otherwise is a
        keyword, whose default is the right choice.
    steps
        For each of these keywords its other choices: the name of the slip, and the value that
        makes it. Slips at two steps can be made together.
    whole
        Slips whose text is about all of the answer; they are told of no part of it.
    mistakes
        Slips that are no other choice at a step: the name, and the function that makes the answer.
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
    mistakes: dict[str, Callable[[Case], object]] = field(default_factory=dict)
    books: str = "practice"
    texts: dict = field(default_factory=dict)
    steps: dict[str, dict[str, object]] = field(default_factory=dict)
    whole: tuple[str, ...] = ("as_given",)

    @property
    def slips(self) -> tuple[str, ...]:
        """The names of all slips."""
        return (*(name for choices in self.steps.values() for name in choices), *self.mistakes)

    def answer_with(self, case: Case, *slips: str) -> object:
        """Compute the answer that one slip gives, or slips at several steps together."""
        if len(slips) == 1 and slips[0] in self.mistakes:
            return self.mistakes[slips[0]](case)
        chosen = {
            step: choices[name]
            for step, choices in self.steps.items()
            for name in slips
            if name in choices
        }
        if len(chosen) < len(slips):
            raise KeyError(f"{self.number} has no steps that make {slips} together.")
        return self.reference(case, **chosen)

    def slip_text(self, name: str, lang: str) -> str:
        """Return what students are told of a slip: the question's own text, or the library's."""
        own = self.texts.get("mistakes", {}).get(name)
        return own[lang] if own else label(f"slip.{name}", lang)


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
    chapter, _, own = number.partition(".")
    module = "recall" if own in ("q", "r", "s") else f"ch{chapter.zfill(2)}"
    known = _questions_of(module) if module in _chapters() else {}
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
    written = folder.joinpath(f"{chapter}.toml").read_text(encoding="utf-8")
    number = chapter.removeprefix("ch")
    texts = tomllib.loads(fill_sections(written, chapter=number, numbers=section_numbers()))
    found = {}
    for one in importlib.import_module(f"rfmkit.classroom.questions.{chapter}").QUESTIONS:
        if one.number not in texts:
            raise ValueError(f"{chapter}.toml has no texts for question {one.number}.")
        question_texts = texts[one.number]
        if unknown := set(question_texts.get("mistakes", {})) - set(one.slips):
            raise ValueError(
                f"{chapter}.toml has texts for slips that question {one.number} lacks: {unknown}"
            )
        found[one.number] = Question(**{**vars(one), "texts": question_texts})
    return found
