"""Every chapter's questions: a second solution agrees, and no slip gives the right answer.

The seeds are shared out over the test's parameters, so that processes can take turns; each case is
drawn once and asked every question. 10 seeds every time, 200 by `make test-seeds`, which belongs
to a change of questions or of cases.
"""

import importlib
import itertools
import os
import re
from pathlib import Path

import pytest

from rfmkit.cases import LESSON_SEED, PRACTICE_SEED
from rfmkit.classroom.answer_types import (
    Choice,
    Choices,
    Customers,
    Figure,
    InvalidAnswer,
    Number,
    Numbers,
    Open,
)
from rfmkit.classroom.case import Case, open_case
from rfmkit.classroom.keys import Keys
from rfmkit.classroom.question import all_questions

HERE = Path(__file__).parent
SOURCES = sorted((HERE.parent.parent / "source/exercises").glob("*.py"))
QUESTIONS = all_questions()
MARKED = {number: one for number, one in QUESTIONS.items() if not isinstance(one.answer_type, Open)}
PRACTICE = {number: one for number, one in MARKED.items() if one.books == "practice"}
COMPUTED = {
    n: one for n, one in MARKED.items() if not isinstance(one.answer_type, Choice | Choices)
}
SECOND = {
    number: solve
    for file in sorted((HERE / "second").glob("ch*.py"))
    for number, solve in importlib.import_module(f"second.{file.stem}").SECOND.items()
}
SEEDS = int(os.environ.get("RFMKIT_SEEDS", "10"))
BATCHES = [range(start, start + 5) for start in range(0, SEEDS, 5)]
LANGS = ("zh-TW", "en")
# Slips that the books of some seeds do not tell from the right answer; those that ship do.
BOOKS_DECIDE = {
    "4.8": {"records_each"},
    "8.5": {"on_abc", "on_value", "on_rfm", "on_all_four"},
    "9.4": {"last_day_of_ledger"},
}
# Slips that give one answer on the books that ship: the card tells both, as either may be so.
EITHER = {
    "6.3": {frozenset(["median_of_m_only", "mean_order_as_cut"])},
    "6.4": {frozenset(["median_of_m_only", "mean_order_as_cut"])},
    "6.6": {frozenset(["strict_for_median", "orders_left_out"])},
}


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_a_second_solution_agrees_and_no_slip_gives_the_right_answer(seeds):
    for seed in seeds:
        case = Case.of_seed(seed)
        for number, one in PRACTICE.items():
            keys = Keys(one, case)
            kind, key = keys.answer_type, keys.right
            for slip in set(one.slips) - BOOKS_DECIDE.get(number, set()):
                # A slip that leaves nothing to list has no answer; it is refused as such.
                variant = keys.variant(slip)
                assert variant is None or not kind.same(variant, key), (seed, number, slip)
            if number in SECOND:
                second = kind.parse(SECOND[number](case))
                told = "" if kind.same(second, key) else kind.differences(second, key, "en")
                assert kind.same(second, key), (
                    f"seed {seed}, {number}: the second solution differs: {told}"
                )


@pytest.mark.parametrize("number", MARKED)
def test_no_slip_is_taken_for_another_on_the_books_that_ship(number):
    one = MARKED[number]
    seed = LESSON_SEED if one.books == "lesson" else PRACTICE_SEED
    assert_all_different(one, Case.of_seed(seed), "the books that ship")


def assert_all_different(one, case, where):
    kind = one.answer_type.bind(case)
    answers = {"the key": kind.parse(one.reference(case))}
    for name in one.slips:
        try:
            answers[name] = kind.parse(one.answer_with(case, name))
        except InvalidAnswer as complaint:
            if complaint.key == "check.nothing_there":
                continue  # whom nobody fits: an empty list is told as such
            raise AssertionError(
                f"{where}, {one.number}: {name} cannot be read: {complaint.text('en')}"
            ) from complaint
    for name, other in itertools.combinations(answers, 2):
        alike = kind.same(answers[name], answers[other])
        assert not alike or {name, other} in EITHER.get(one.number, ()), (
            f"{where}, {one.number}: {name} and {other} give the same answer"
        )
    return kind, answers["the key"]


def test_every_computed_answer_of_the_exercises_has_a_second_solution():
    wanted = {
        number
        for number, one in COMPUTED.items()
        if one.books == "practice" and not isinstance(one.answer_type, Figure)
    }
    assert not wanted - set(SECOND), "write tests/classroom/second/chNN.py"
    assert not set(SECOND) - set(QUESTIONS)


@pytest.mark.parametrize("number", COMPUTED)
def test_a_computed_answer_has_at_least_three_named_mistakes(number):
    assert len(COMPUTED[number].slips) >= 3


@pytest.mark.parametrize(
    "number", [n for n, one in MARKED.items() if isinstance(one.answer_type, Choice)]
)
def test_every_distractor_is_a_named_mistake(number):
    one = MARKED[number]
    case = open_case(one.books)
    letters = [one.reference(case), *(one.answer_with(case, name) for name in one.slips)]
    assert sorted(letters) == sorted(one.answer_type.options)


@pytest.mark.parametrize("number", QUESTIONS)
def test_every_text_is_there_in_both_languages(number):
    one, texts = QUESTIONS[number], QUESTIONS[number].texts
    parts = ["title", "objective"]
    if isinstance(one.answer_type, Open):
        parts.append("ask")
        assert sum(point["points"] for point in texts["rubric"].values()) == texts["points"]
    else:
        parts.append("right")
    if isinstance(one.answer_type, Choice | Choices):
        parts.append("ask")
        assert "".join(texts["options"]) == one.answer_type.options
    listed = [texts[part] for part in parts if part in texts]
    assert len(listed) == len(parts), f"one of {parts} is missing"
    for family in ("mistakes", "options", "rubric"):
        listed += texts.get(family, {}).values()
    for lang in LANGS:
        told = [text[lang] for text in listed] + texts["hints"][lang]
        assert all(isinstance(text, str) and text.strip() for text in told)
        assert len(texts["hints"][lang]) == 3
        assert len(set(told)) == len(told), "two texts are the same"
    assert texts["stars"] in (1, 2, 3)
    assert texts["points"] >= 0
    assert texts["minutes"] > 0


@pytest.mark.parametrize("number", MARKED)
def test_no_feedback_and_no_hint_gives_the_answer_away(number):
    one = MARKED[number]
    case = open_case(one.books)
    kind = one.answer_type.bind(case)
    given = giveaways(kind, kind.parse(one.reference(case)))
    texts = [one.slip_text(name, lang) for name in one.slips for lang in LANGS]
    for text in [*texts, *map(str, one.texts["hints"].values())]:
        for pattern in given:
            assert not re.search(pattern, text), (pattern, text)


def giveaways(kind, key):
    """Write patterns of what would betray the answer; numbers below ten betray nothing."""
    if isinstance(kind, Choice):
        return [rf"[(（「“`\"]{key}[)）」”`\"]"]
    numbers = (
        [key] if isinstance(kind, Number) else key.values() if isinstance(kind, Numbers) else []
    )
    ways = [f"{one:.0f}" for one in numbers if abs(one) >= 10]
    ways += [f"{one:,.0f}" for one in numbers if abs(one) >= 1000]
    ways += [f"{one:.{digits}f}" for one in numbers for digits in (2, 3, 4) if one % 1]
    ways += [f"{100 * one:.{digits}f}" for one in numbers for digits in (1, 2) if 0.1 < one < 1]
    patterns = [rf"(?<![\d.,]){re.escape(way)}(?![\d])" for way in ways]
    if isinstance(kind, Customers) and len(key) <= 10:
        patterns += [rf"\b{re.escape(customer)}\b" for customer in key]
    return patterns


@pytest.mark.parametrize(
    "number",
    [n for n, one in QUESTIONS.items() if isinstance(one.answer_type, Choice | Choices | Open)],
)
def test_an_exercise_shows_its_options_and_rubrics_with_ask(number):
    # So that they stand once, in the TOML file, and no notebook can fall behind.
    for file in SOURCES:
        source = file.read_text(encoding="utf-8")
        if f'check("{number}"' in source:
            assert f'ask("{number}")' in source, f"{file.name} does not show ask({number!r})"


def test_chapter_six_has_at_least_twelve_named_mistakes():
    marked = [one for number, one in PRACTICE.items() if number.startswith("6.")]
    assert len({name for one in marked for name in one.slips}) >= 12
