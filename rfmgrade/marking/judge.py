"""Judge plain answers as `check` judges a student's own: the same answer types, keys and words."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmgrade.sandbox.runtime.plain import Drawing, decode, encode, opaque
from rfmkit.classroom.answer_types import Choice, Choices, Figure, Function, InvalidAnswer, Open
from rfmkit.classroom.case import Case
from rfmkit.classroom.keys import keys_of
from rfmkit.classroom.question import Question
from rfmkit.classroom.verdicts import verdict
from rfmkit.labels import label


@dataclass(frozen=True)
class Judgement:
    """What the judge says of one answer on one case."""

    # "right", "known_mistake", "wrong", "missing", "open", or "garbled": no plain answer at all,
    # which no honest sandbox gives.
    status: str
    feedback: str = ""  # as `check` would word it
    mistake: str | None = None  # name of the known mistake
    digest: str = ""  # equal for equal answers
    text: str = ""  # an open answer


def capture_request(question: Question, case: Case) -> dict:
    """Return the request by which the sandbox hands out a question's answer."""
    answer_type = keys_of(question, case).answer_type
    if isinstance(answer_type, Function):
        return {"kind": "function", "calls": [[*map(encode, call)] for call in answer_type.calls]}
    if isinstance(answer_type, Figure):
        return {"kind": "figure", "figure": answer_type.kind}
    return {"kind": "text" if isinstance(answer_type, Open) else "value"}


def judge(question: Question, case: Case, captured: dict, lang: str) -> Judgement:
    """Judge what the sandbox handed out."""
    if not captured.get("there"):
        answer: object = None
    else:
        try:
            answer = _answer(
                question, captured, len(getattr(keys_of(question, case).answer_type, "calls", ()))
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return Judgement("garbled")
    if isinstance(answer, InvalidAnswer):
        return Judgement("wrong", label(answer.key, lang, **answer.values))
    if (
        isinstance(question.answer_type, Figure)
        and isinstance(answer, dict)
        and type(answer) is not Drawing
    ):
        answer = opaque("dict")  # a description is no picture, however well it is written
    card = verdict(question, answer, case, lang)
    feedback = _printable(card.text)
    if card.status == "not_attempted":
        return Judgement("missing", feedback)
    if card.status == "open":
        return Judgement("open", feedback, text=_printable(question.answer_type.parse(answer)))
    return Judgement(card.status, feedback, card.mistake, _digest_of(question, case, answer))


def same_key(question: Question, one: Case, other: Case) -> bool:
    """Return whether a question has one and the same right answer on two cases."""
    one_key, other_key = keys_of(question, one), keys_of(question, other)
    try:
        return bool(one_key.answer_type.same(one_key.right, other_key.right))
    except (ValueError, TypeError):  # of another length
        return False


def key_digest(question: Question, case: Case) -> str:
    """Hash the right answer as answers are hashed; "" where it says too little to be anybody's."""
    if isinstance(question.answer_type, Choice | Choices | Open):
        return ""
    right = keys_of(question, case).right
    if isinstance(right, float) and right.is_integer() and abs(right) < 1000:
        return ""  # a count: anybody may hit it
    return digest(right)


def digest(plain: object) -> str:
    """Hash a parsed answer, numbers to six figures.

    Examples
    --------
    >>> digest({"share": 0.1 + 0.2}) == digest({"share": 0.3})
    True
    """
    text = json.dumps(_rounded(plain), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _answer(question: Question, captured: dict, calls: int) -> object:
    """Read what was captured; a function becomes one that returns the results one by one."""
    if not isinstance(question.answer_type, Function):
        return decode(captured["answer"])
    if "not_callable" in captured:
        return opaque(captured["not_callable"])
    if len(captured["results"]) != calls:
        raise ValueError("not a result for each call.")
    return _Results(captured["results"])


class _Results:
    """Answers as the student's function did, call by call."""

    def __init__(self, results: Iterable) -> None:
        self._results = [_call_result(one) for one in results]
        self._next = 0

    def __call__(self, *arguments: object) -> object:
        self._next += 1
        result = self._results[(self._next - 1) % len(self._results)]
        if isinstance(result, BaseException):
            raise result
        return result


def _call_result(captured: dict) -> object:
    match captured:
        case {"raised": str(error)}:
            name, _, text = error[:300].partition(": ")
            return type(opaque(name or "Exception", Exception))(*filter(None, [text]))
        case {"none": True}:
            return None
        case {"value": plain}:
            return decode(plain)
    raise ValueError("no result.")


def _digest_of(question: Question, case: Case, answer: object) -> str:
    try:
        return digest(keys_of(question, case).answer_type.parse(answer))
    except (InvalidAnswer, Exception):  # an answer that cannot be read has no hash
        return ""


def _rounded(plain: object) -> object:
    if isinstance(plain, bool | np.bool_ | int | float | np.number):
        return f"{float(plain):.6g}"
    if isinstance(plain, dict):
        return {str(key): _rounded(value) for key, value in plain.items()}
    if isinstance(plain, pd.DataFrame):
        return {str(name): _rounded(plain[name]) for name in plain.columns}
    if isinstance(plain, pd.Series):
        return [[str(key), _rounded(value)] for key, value in plain.items()]
    if isinstance(plain, list | tuple):
        return [_rounded(one) for one in plain]
    return str(plain)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
