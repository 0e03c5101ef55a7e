"""Sentences that a wrong answer hears are true of its question: of its matter and its shape.

Every question is given wrong answers of its own shape, and what is said is searched for words that
belong to another: rows where there is one number, tiers where there are none, codes, programmers'
words, blanks where a name should stand.
"""

import re

import numpy as np
import pandas as pd
import pytest

from rfmkit.classroom.answer_types import (
    Choice,
    Choices,
    Classes,
    Customers,
    Figure,
    Function,
    InvalidAnswer,
    Number,
    Numbers,
    Open,
    Table,
    Values,
)
from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import all_questions
from rfmkit.classroom.verdicts import verdict
from rfmkit.strategies import SCHEME_OF

QUESTIONS = {
    number: one for number, one in all_questions().items() if not isinstance(one.answer_type, Open)
}
CASES = {books: open_case(books) for books in ("practice", "lesson")}
LANGS = ("zh-TW", "en")
ROWS = {"en": r"\brows?\b", "zh-TW": r"列[都裡同]|每一列|哪些列"}
TIERS = {"en": r"\b(tier|class)(es|s)?\b", "zh-TW": r"級別|類別"}
CODES = re.compile("|".join(sorted(map(re.escape, (c for c in SCHEME_OF if ":" in c)), key=len)))
NEVER = {
    "scientific notation": r"\d[eE][+-]\d\d",
    "an empty name": r"(?<!\w)[（(「]\s*[）)」]|：\s*[，。]|: [,.]",
    "a placeholder": r"\{\w+\}",
    "programmers' words": r"\b(dtype|ndarray|NoneType|iterable|boolean|bool|kwargs|tuple)\b",
    "a number with a plural of one": r"\b1 (are|customers|rows|things) ",
}


def numbers_off(values):
    """Return a column with one number, and one with all numbers, changed in no known way."""
    odd = np.resize([3.7, 11.3, 5.9, 2.1, 13.7], len(values)) * 1.137
    one = values.astype(float).copy()
    one.iloc[0] += 12_345_678.25
    return one, pd.Series(odd, index=values.index)


def staged(one, kind, right):
    """Return wrong answers of the question's own shape that no slip explains."""
    if isinstance(kind, Number):
        return [right * 3.337 + 1_234_567, right / 3.337 - 17.77]
    if isinstance(kind, Numbers):
        return [{name: value * 3.337 + 1_234_567 for name, value in right.items()}]
    if isinstance(kind, Customers):
        turned = [(right[-1], *right[:-1])] if kind.ordered else []
        return [("Z9", *right), right[1:], ("Z8", *right[1:]), *turned]
    if isinstance(kind, Classes):
        others = [*right[2:], *right[:2]]
        return [
            right.iloc[1:],
            pd.Series(others, index=right.index),
            right.rename({right.index[0]: "Z9"}),
        ]
    if isinstance(kind, Values):
        return [right.iloc[1:], *numbers_off(right)]
    if isinstance(kind, Table):
        column = next(name for name in kind.columns if name not in kind.text)
        return [
            right.iloc[1:],
            *(right.assign(**{column: values}) for values in numbers_off(right[column])),
        ]
    if isinstance(kind, Figure):
        heights = [
            [height * 3.337 + at for at, height in enumerate(one)] for one in right["values"]
        ]
        return [{**right, "values": heights}, {**right, "title": False}]
    if isinstance(kind, Function):
        return []
    return [letter for letter in kind.options if letter != right]


@pytest.mark.parametrize("number", QUESTIONS)
def test_what_is_said_fits_the_question(number):
    one = QUESTIONS[number]
    case = CASES[one.books]
    kind = one.answer_type.bind(case)
    right = kind.parse(one.reference(case))
    texts = [one.slip_text(slip, lang) for slip in one.slips for lang in LANGS]
    for text in texts:
        assert_never(text, number)
    for answer in staged(one, kind, right):
        for lang in LANGS:
            try:
                card = verdict(one, answer, case, lang)
            except InvalidAnswer as invalid:  # pragma: no cover - verdict catches them
                raise AssertionError(invalid.text(lang)) from None
            assert card.status in ("wrong", "known_mistake"), (number, answer, card.text)
            if card.status != "wrong":
                continue  # the slips' own texts are read above
            assert_never(card.text, number)
            if isinstance(kind, Number | Choice | Choices):
                assert not re.search(ROWS[lang], card.text), (number, card.text)
            if not isinstance(kind, Classes) and getattr(kind, "scheme", None) is None:
                assert not re.search(TIERS[lang], card.text), (number, card.text)


def assert_never(text, number):
    # In code a tier goes by its code; in a sentence by its name.
    assert not CODES.search(re.sub(r"`[^`]*`", "", text)), (number, text)
    for what, pattern in NEVER.items():
        assert not re.search(pattern, text), (number, what, text)
    assert text.strip()
