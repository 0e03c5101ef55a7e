"""Write one right answer in every form a student may leave it in; all of them must pass."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd

from rfmkit.classroom.equal_tables import (
    TINY,
    Forms,
    classes_forms,
    customers_forms,
    table_forms,
    values_forms,
)
from rfmkit.classroom.forms import (
    Choice,
    Choices,
    Classes,
    Customers,
    Figure,
    Form,
    Function,
    Number,
    Numbers,
    Open,
    Table,
    Values,
)


def equal_forms(form: Form, answer: object) -> dict[str, object]:
    """Write a right answer in other ways.

    Parameters
    ----------
    form
        The question's form.
    answer
        What the question's reference gives.

    Returns
    -------
    dict
        A name and the answer in that form, for each.

    Examples
    --------
    >>> sorted(equal_forms(Choice("ab"), "b"))
    ['as it is', 'capital', 'full-width', 'in a list', 'in brackets', 'spaces']
    """
    return {"as it is": answer, **dict(_writers[type(form)](form, answer))}


def _number(form: Number, answer: object) -> Forms:
    value = form.read(answer)
    yield "float", value
    yield "numpy float", np.float64(value)
    yield "array of none", np.array(value)
    yield "Series of one", pd.Series([value], index=["total"])
    yield "frame of one", pd.DataFrame({"total": [value]})
    yield "decimal", Decimal(repr(value))
    yield "nullable", pd.array([value], dtype="Float64")[0]
    yield "tiny rounding", value * TINY
    if value.is_integer():
        yield "int", int(value)
        yield "numpy int", np.int64(value)


def _numbers(form: Numbers, answer: object) -> Forms:
    values = form.read(answer)
    series = pd.Series(values)
    yield "dict, backwards", dict(reversed(values.items()))
    yield "dict of numpy", {name: np.float64(value) for name, value in values.items()}
    yield "tuple", tuple(values.values())
    yield "list", list(values.values())
    yield "array", np.array(list(values.values()))
    yield "Series", series
    yield "Series of objects, shuffled", series.astype(object)[::-1]
    yield "nullable", series.astype("Float64")
    yield "frame of one row", series.to_frame().T
    yield "tiny rounding", series * TINY


def _choice(form: Choice, answer: str) -> Forms:
    letter = form.read(answer)
    yield "capital", letter.upper()
    yield "spaces", f"  {letter}\n"
    yield "full-width", chr(ord(letter) + 0xFEE0)
    yield "in brackets", f"({letter})"
    yield "in a list", [letter]


def _choices(form: Choices, answer: object) -> Forms:
    letters = form.read(answer)
    yield "list", list(letters)
    yield "backwards", letters[::-1]
    yield "set", set(letters)
    yield "tuple of capitals", tuple(letters.upper())
    yield "with commas", ", ".join(letters)
    yield "with 、", "、".join(letters)
    yield "full-width", "".join(chr(ord(letter) + 0xFEE0) for letter in letters)
    yield "Series", pd.Series(list(letters))
    yield "array", np.array(list(letters))


def _figure(form: Figure, answer: object) -> Forms:
    plain = form.read(answer)
    yield "described", plain
    if form.unit_free:
        smaller = [[value / 1000 for value in one] for one in plain["values"]]
        yield "in thousands", {**plain, "values": smaller}
    if not form.ordered and plain["kind"] != "scatter":
        yield "backwards", {**plain, "labels": plain["labels"][::-1],
                            "values": [one[::-1] for one in plain["values"]]}  # fmt: skip


def _function(form: Function, answer: Callable) -> Forms:
    def talkative(*arguments: object) -> object:
        print("working")
        return answer(*arguments)

    yield "prints too", talkative
    yield "lambda", lambda *arguments: answer(*arguments)
    if isinstance(form.inner, Number):
        yield "numpy result", lambda *arguments: np.float64(answer(*arguments))


def _open(form: Open, answer: str) -> Forms:
    yield "two lines", f"{answer}\n"


_writers: dict[type, Callable[[Form, object], Forms]] = {
    Number: _number,
    Numbers: _numbers,
    Values: values_forms,
    Table: table_forms,
    Classes: classes_forms,
    Customers: customers_forms,
    Choice: _choice,
    Choices: _choices,
    Figure: _figure,
    Function: _function,
    Open: _open,
}
