"""Judge plain answers as `check` judges a student's own: the same forms, keys and words."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmgrade.sandbox.runtime.plain import Drawing, InvalidAnswer, decode, encode, opaque
from rfmkit.classroom.case import Case
from rfmkit.classroom.forms import Choice, Choices, Complaint, Figure, Function, Open
from rfmkit.classroom.keys import keys_of
from rfmkit.classroom.question import Question
from rfmkit.classroom.verdicts import verdict
from rfmkit.labels import label


@dataclass(frozen=True)
class Judgement:
    """What the judge says of one answer on one case.

    Parameters
    ----------
    status
        "right", "known_mistake", "wrong", "missing", "open", or "garbled": no plain answer at all,
        which no honest sandbox gives.
    feedback
        As `check` would word it.
    mistake
        Name of the known mistake.
    digest
        Equal for equal answers.
    text
        An open answer.
    """

    status: str
    feedback: str = ""
    mistake: str | None = None
    digest: str = ""
    text: str = ""


def capture_request(asked: Question, case: Case) -> dict:
    """Say what the sandbox is to take for a question."""
    form = keys_of(asked, case).form
    if isinstance(form, Function):
        return {"kind": "function", "calls": [[*map(encode, call)] for call in form.calls]}
    if isinstance(form, Figure):
        return {"kind": "figure", "figure": form.kind}
    return {"kind": "text" if isinstance(form, Open) else "value"}


def judge(asked: Question, case: Case, taken: dict, lang: str) -> Judgement:
    """Judge what the sandbox took out."""
    if not taken.get("there"):
        answer: object = None
    else:
        try:
            answer = _answer(asked, taken, len(getattr(keys_of(asked, case).form, "calls", ())))
        except (ValueError, TypeError, KeyError, AttributeError):
            return Judgement("garbled")
    if isinstance(answer, InvalidAnswer):
        return Judgement("wrong", label(answer.key, lang, **answer.values))
    if isinstance(asked.form, Figure) and isinstance(answer, dict) and type(answer) is not Drawing:
        answer = opaque("dict")  # a description is no picture, however well it is written
    card = verdict(asked, answer, case, lang)
    feedback = _printable(card.text)
    if card.status == "not_attempted":
        return Judgement("missing", feedback)
    if card.status == "open":
        return Judgement("open", feedback, text=_printable(asked.form.read(answer)))
    return Judgement(card.status, feedback, card.mistake, _digest_of(asked, case, answer))


def same_key(asked: Question, one: Case, other: Case) -> bool:
    """Tell whether a question has one and the same right answer on two cases."""
    mine, yours = keys_of(asked, one), keys_of(asked, other)
    try:
        return bool(mine.form.same(mine.right, yours.right))
    except (ValueError, TypeError):  # of another length
        return False


def key_digest(asked: Question, case: Case) -> str:
    """Hash the right answer as answers are hashed; "" where it says too little to be anybody's."""
    if isinstance(asked.form, Choice | Choices | Open):
        return ""
    right = keys_of(asked, case).right
    if isinstance(right, float) and right.is_integer() and abs(right) < 1000:
        return ""  # a count: anybody may hit it
    return digest(right)


def digest(plain: object) -> str:
    """Hash a form's plain answer, numbers to six figures.

    Examples
    --------
    >>> digest({"share": 0.1 + 0.2}) == digest({"share": 0.3})
    True
    """
    told = json.dumps(_bare(plain), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _answer(asked: Question, taken: dict, calls: int) -> object:
    """Read what was taken; a function becomes one that gives the results one by one."""
    if not isinstance(asked.form, Function):
        return decode(taken["answer"])
    if "not_callable" in taken:
        return opaque(taken["not_callable"])
    if len(taken["results"]) != calls:
        raise ValueError("not a result for each call.")
    return _Results(taken["results"])


class _Results:
    """Answers as the student's function did, call by call."""

    def __init__(self, results: Iterable) -> None:
        self._results = [_result(one) for one in results]
        self._next = 0

    def __call__(self, *arguments: object) -> object:
        self._next += 1
        result = self._results[(self._next - 1) % len(self._results)]
        if isinstance(result, BaseException):
            raise result
        return result


def _result(told: dict) -> object:
    match told:
        case {"raised": str(error)}:
            name, _, text = error[:300].partition(": ")
            return type(opaque(name or "Exception", Exception))(*filter(None, [text]))
        case {"none": True}:
            return None
        case {"value": plain}:
            return decode(plain)
    raise ValueError("no result.")


def _digest_of(asked: Question, case: Case, answer: object) -> str:
    try:
        return digest(keys_of(asked, case).form.read(answer))
    except (Complaint, Exception):  # an answer that cannot be read has no hash
        return ""


def _bare(plain: object) -> object:
    if isinstance(plain, bool | np.bool_ | int | float | np.number):
        return f"{float(plain):.6g}"
    if isinstance(plain, dict):
        return {str(key): _bare(value) for key, value in plain.items()}
    if isinstance(plain, pd.DataFrame):
        return {str(name): _bare(plain[name]) for name in plain.columns}
    if isinstance(plain, pd.Series):
        return [[str(key), _bare(value)] for key, value in plain.items()]
    if isinstance(plain, list | tuple):
        return [_bare(one) for one in plain]
    return str(plain)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
