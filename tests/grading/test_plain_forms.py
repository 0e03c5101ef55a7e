"""Whatever a question may be answered with is judged alike, in the notebook and out of the sandbox.

`check` sees the student's own object; the judge sees what came out of the sandbox as plain JSON.
"""

import json
import warnings

import pytest

from authoring.equal_answers import equal_answers
from rfmgrade.marking.runs import capture_request, judge, same_key
from rfmgrade.sandbox.runtime.export import take
from rfmgrade.sandbox.runtime.plain import encode_drawing
from rfmkit.classroom.answer_types import Figure, Function, InvalidAnswer, Number
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import all_questions
from rfmkit.classroom.verdicts import verdict

CASE = Case.of_seed(403)
QUESTIONS = all_questions()


def taken(asked, answer, case):
    """Take an answer as the sandbox does; a described picture goes out as a picture."""
    if isinstance(asked.answer_type, Figure) and isinstance(answer, dict):
        told = {"there": True, "answer": encode_drawing(answer)}
    else:
        told = take({"it": answer}, "it", capture_request(asked, case), 60)
    return json.loads(json.dumps(told))


@pytest.mark.parametrize("number", QUESTIONS)
def test_key_mistakes_and_equal_forms_are_judged_as_check_judges_them(number):
    asked = QUESTIONS[number]
    key = asked.reference(CASE)
    answers = {"key": key, **equal_answers(asked.answer_type.bind(CASE), key)}
    answers |= {name: asked.answer_with(CASE, name) for name in asked.slips}
    answers |= {"nothing": None, "dots": ..., "text": "what?", "number": 17.5, "list": [1, 2]}
    for name, answer in answers.items():
        if isinstance(asked.answer_type, Figure) and not isinstance(answer, dict):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mine = verdict(asked, answer, CASE, "en")
            yours = judge(asked, CASE, taken(asked, answer, CASE), "en")
        status = "missing" if mine.status == "not_attempted" else mine.status
        assert (yours.status, yours.mistake) == (status, mine.mistake), name
        if status not in ("missing", "open"):
            assert yours.feedback == mine.text, name


@pytest.mark.parametrize("number", ["1.1", "1.2", "1.6", "2.2", "2.3", "4.3", "6.1", "6.2", "6.7"])
def test_equal_answers_have_equal_digests_and_mistakes_have_others(number):
    asked = QUESTIONS[number]
    key = asked.reference(CASE)
    told = judge(asked, CASE, taken(asked, key, CASE), "en").digest
    for name, answer in equal_answers(asked.answer_type.bind(CASE), key).items():
        if getattr(asked.answer_type, "units", ()) or isinstance(asked.answer_type, Function):
            continue
        assert judge(asked, CASE, taken(asked, answer, CASE), "en").digest == told, name
    for name in asked.slips:
        wrong = asked.answer_with(CASE, name)
        try:
            asked.answer_type.bind(CASE).parse(wrong)
        except InvalidAnswer:
            continue
        assert judge(asked, CASE, taken(asked, wrong, CASE), "en").digest != told, name


def test_a_question_has_the_same_key_on_its_own_case():
    other = Case.of_seed(404)
    for number in ("6.1", "6.2", "6.4", "6.6"):
        assert same_key(QUESTIONS[number], CASE, CASE)
        assert not same_key(QUESTIONS[number], CASE, other)


def test_a_described_picture_is_no_picture():
    asked = QUESTIONS["1.5"]
    described = asked.reference(CASE)
    told = take({"it": described}, "it", capture_request(asked, CASE), 60)
    found = judge(asked, CASE, json.loads(json.dumps(told)), "en")
    assert found.status == "wrong"
    assert "dict" in found.feedback
    assert verdict(asked, described, CASE, "en").status == "right"


GARBLED = [
    {"there": True},
    {"there": True, "answer": {"nonsense": 1}},
    {"there": True, "answer": {}},
    {"there": True, "results": 3},
    {"there": True, "results": []},
    {"there": True, "results": [{"value": 1}] * 50},
    {"there": True, "results": [1, 2, 3]},
    {"there": True, "results": [{"value": {"x": 1}}] * 3},
    {"there": True, "not_callable": {}},
    {"there": True, "results": {"raised": "x"}},
]


@pytest.mark.parametrize("told", GARBLED, ids=str)
@pytest.mark.parametrize("number", ["4.3", "6.1"])
def test_what_no_sandbox_gives_is_garbled_and_nothing_worse(number, told):
    asked = QUESTIONS[number]
    if number == "6.1" and "answer" not in told and len(told) > 1:
        return
    assert judge(asked, CASE, told, "en").status == "garbled"


@pytest.mark.parametrize(
    "error",
    ["", "TypeError", "TypeError: no", ": :", "a\0b: c", "名字: 文字", "x" * 1000, "KeyError: 'a'"],
)
def test_a_function_that_raised_is_told_as_check_tells_it(error):
    asked = QUESTIONS["4.3"]
    found = judge(asked, CASE, {"there": True, "results": [{"raised": error}] * 3}, "en")
    assert found.status == "wrong"
    assert "1000" in found.feedback  # the call's arguments


def test_a_function_that_gave_nothing_and_no_function():
    asked = QUESTIONS["4.3"]
    none = judge(asked, CASE, {"there": True, "results": [{"none": True}] * 3}, "en")
    assert none.feedback == verdict(asked, lambda *_: None, CASE, "en").text
    number = judge(asked, CASE, {"there": True, "not_callable": "int"}, "en")
    assert number.feedback == verdict(asked, 3, CASE, "en").text


def test_a_huge_number_or_a_lone_surrogate_crashes_nothing():
    asked = QUESTIONS["6.1"]
    assert isinstance(asked.answer_type, Number)
    for answer in (10**290, -(10**290), 1e308, float("nan"), "\ud800", ["\ud800"] * 3):
        told = json.loads(json.dumps(taken(asked, answer, CASE)))
        judge(asked, CASE, told, "zh-TW").feedback.encode("utf-8")
