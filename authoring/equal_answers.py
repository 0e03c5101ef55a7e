"""Write one right answer in every way a student may give it; all of them must pass."""

import importlib.util
import random
from collections.abc import Callable, Iterator
from decimal import Decimal

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types import (
    AnswerType,
    Choice,
    Choices,
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    Open,
    Table,
    Values,
)
from rfmkit.classroom.plain_names import display_name
from rfmkit.labels import LANGUAGES
from rfmkit.names import localize
from rfmkit.strategies import SCHEMES

TINY = 1 + 1e-13
Answers = Iterator[tuple[str, object]]


def equal_answers(answer_type: AnswerType, answer: object) -> dict[str, object]:
    """Return a right answer written in other ways, by name; `answer` is what the reference gives.

    Examples
    --------
    >>> sorted(equal_answers(Choice("ab"), "b"))
    ['as it is', 'capital', 'full-width', 'in a list', 'in brackets', 'spaces']
    """
    return {"as it is": answer, **dict(_writers[type(answer_type)](answer_type, answer))}


def _number(answer_type: Number, answer: object) -> Answers:
    value = answer_type.parse(answer)
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


def _numbers(answer_type: Numbers, answer: object) -> Answers:
    values = answer_type.parse(answer)
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


def _choice(answer_type: Choice, answer: str) -> Answers:
    letter = answer_type.parse(answer)
    yield "capital", letter.upper()
    yield "spaces", f"  {letter}\n"
    yield "full-width", chr(ord(letter) + 0xFEE0)
    yield "in brackets", f"({letter})"
    yield "in a list", [letter]


def _choices(answer_type: Choices, answer: object) -> Answers:
    letters = answer_type.parse(answer)
    yield "list", list(letters)
    yield "backwards", letters[::-1]
    yield "set", set(letters)
    yield "tuple of capitals", tuple(letters.upper())
    yield "with commas", ", ".join(letters)
    yield "with 、", "、".join(letters)
    yield "full-width", "".join(chr(ord(letter) + 0xFEE0) for letter in letters)
    yield "Series", pd.Series(list(letters))
    yield "array", np.array(list(letters))


def _figure(answer_type: Figure, answer: object) -> Answers:
    plain = answer_type.parse(answer)
    yield "described", plain
    for unit in answer_type.units:
        other = [[value * unit for value in one] for one in plain["values"]]
        yield f"times {unit:g}", {**plain, "values": other}
    if not answer_type.ordered and plain["kind"] != "scatter":
        yield (
            "backwards",
            {
                **plain,
                "labels": plain["labels"][::-1],
                "values": [one[::-1] for one in plain["values"]],
            },
        )


def _function(answer_type: Function, answer: Callable) -> Answers:
    def talkative(*arguments: object) -> object:
        print("working")
        return answer(*arguments)

    yield "prints too", talkative
    yield "lambda", lambda *arguments: answer(*arguments)
    if isinstance(answer_type.inner, Number):
        yield "numpy result", lambda *arguments: np.float64(answer(*arguments))


def _open(answer_type: Open, answer: str) -> Answers:
    yield "two lines", f"{answer}\n"


def _values(answer_type: Values, answer: object) -> Answers:
    values = (
        answer_type.parse(answer)
        .rename(answer_type.column or "value")
        .rename_axis(answer_type.rows)
    )
    table = values.to_frame()
    yield "Series", values
    yield "shuffled", values.sample(frac=1, random_state=1)
    yield "without names", values.rename(None).rename_axis(None)
    yield "dict", values.to_dict()
    yield "frame", table
    yield "key as a column", values.reset_index()
    yield "object", values.astype(object)
    yield "nullable", values.astype("Float64")
    yield "tiny rounding", values * TINY
    yield from _if_pyarrow("arrow", lambda: values.astype("double[pyarrow]"))
    yield from _arrow_keys(values.to_frame())
    for lang in LANGUAGES:
        yield f"localized ({lang})", localize(table, lang)
        yield f"names ({lang})", values.rename(index=lambda row: display_name(row, lang))  # noqa: B023
    if ((values % 1) == 0).all():
        yield "whole numbers", values.astype(int)
        yield "nullable whole numbers", values.astype("Int64")
    if values.isin([0, 1]).all():
        yield "yes and no", values.astype(bool)
        yield "nullable yes and no", values.astype(bool).astype("boolean")
    if answer_type.column:
        yield "extra column", table.assign(note="x")


def _table(answer_type: Table, answer: pd.DataFrame) -> Answers:
    plain = answer_type.parse(answer).rename_axis(answer_type.rows)
    numbers = [column for column in answer_type.columns if column not in answer_type.text]
    yield "shuffled", plain.sample(frac=1, random_state=1)[plain.columns[::-1]]
    yield "key as a column", plain.reset_index()
    yield "index without a name", plain.rename_axis(None)
    yield "object", plain.astype(object)
    yield "nullable", plain.astype(dict.fromkeys(numbers, "Float64"))
    yield "text keys", plain.set_axis(plain.index.astype("string")).rename_axis(answer_type.rows)
    yield (
        "keys in categories",
        plain.set_axis(pd.CategoricalIndex(plain.index, name=answer_type.rows)),
    )
    yield "spaces in the keys", plain.rename(index=lambda key: f"{key} ")
    yield "extra column", plain.assign(note="x")
    yield "tiny rounding", plain.assign(**{column: plain[column] * TINY for column in numbers})
    yield from _arrow_keys(plain)
    for lang in LANGUAGES:
        yield f"localized ({lang})", localize(plain, lang)
        yield f"localized, key as a column ({lang})", localize(plain, lang).reset_index()
    whole = [column for column in numbers if (plain[column] % 1 == 0).all()]
    yield "whole numbers", plain.astype(dict.fromkeys(whole, "int64"))
    yield "nullable whole numbers", plain.astype(dict.fromkeys(whole, "Int64"))
    yes_no = [column for column in numbers if plain[column].isin([0, 1]).all()]
    yield "yes and no", plain.astype(dict.fromkeys(yes_no, bool))
    yield "numpy's own True", plain.astype(dict.fromkeys(yes_no, bool)).astype(object)
    yield "nullable yes and no", plain.astype(dict.fromkeys(yes_no, "boolean"))
    for column in answer_type.text:
        yield f"{column} in categories", plain.assign(**{column: plain[column].astype("category")})


def _classes(answer_type: Classes, answer: pd.Series) -> Answers:
    codes = answer_type.parse(answer).rename("tier").rename_axis("customer")
    order = list(SCHEMES[answer_type.scheme])
    yield "text", codes.astype("string")
    yield "categories", codes.astype(pd.CategoricalDtype(order, ordered=True))
    yield "shuffled", codes.sample(frac=1, random_state=2)
    yield "without names", codes.rename(None).rename_axis(None)
    yield "frame", codes.to_frame()
    yield "customer as a column", codes.reset_index()
    yield "dict", codes.to_dict()
    yield from _if_pyarrow("arrow", lambda: codes.astype("string[pyarrow]"))
    yield from _arrow_keys(codes.to_frame())
    for lang in LANGUAGES:
        names = codes.map(lambda code: display_name(code, lang))  # noqa: B023
        yield f"names ({lang})", names
        yield f"names in categories ({lang})", names.astype("category")
        yield f"names with a space ({lang})", names + " "
        yield f"without 客戶 ({lang})", names.str.removesuffix("客戶")
        yield f"localized ({lang})", localize(codes.to_frame(), lang)


def _customers(answer_type: Customers, answer: object) -> Answers:
    names = list(answer_type.parse(answer))
    yield "list", names
    yield "tuple", tuple(names)
    yield "array", np.array(names)
    yield "array of objects", np.array(names, dtype=object)
    yield "index", pd.Index(names)
    yield "Series", pd.Series(names)
    yield "categories", pd.Series(names, dtype="category")
    yield "nullable text", pd.Series(names, dtype="string")
    yield "numbers by customer", pd.Series(1.5, index=pd.Index(names, name="customer"))
    yield "frame", pd.DataFrame({"spend": 1.5}, index=pd.Index(names, name="customer"))
    yield "customer as a column", pd.DataFrame({"customer": names, "spend": 1.5})
    yield "shown in Chinese", localize(pd.DataFrame({"customer": names}), "zh-TW")
    yield "shown in English", localize(pd.DataFrame({"customer": names}), "en")
    yield from _if_pyarrow("arrow", lambda: pd.Series(names, dtype="string[pyarrow]"))
    if len(names) == 1:
        yield "alone", names[0]
    if not answer_type.ordered:
        yield "set", set(names)
        yield "frozen set", frozenset(names)
        yield "backwards", names[::-1]
        index = pd.Index([*names, "Z-nobody"], name="customer")
        mask = pd.Series([True] * len(names) + [False], index=index)
        yield "mask", mask
        yield "nullable mask", mask.astype("boolean")


def _if_pyarrow(name: str, make: Callable[[], object]) -> Answers:
    if importlib.util.find_spec("pyarrow"):
        yield name, make()


def _arrow_keys(table: pd.DataFrame) -> Answers:
    def make() -> pd.DataFrame:
        shuffled = list(range(len(table)))
        random.Random(3).shuffle(shuffled)
        keyed = table.iloc[shuffled]
        return keyed.set_axis(keyed.index.astype("string[pyarrow]")).rename_axis(table.index.name)

    yield from _if_pyarrow("keys in arrow", make)


_writers: dict[type, Callable[[AnswerType, object], Answers]] = {
    Number: _number,
    Numbers: _numbers,
    Values: _values,
    Table: _table,
    Classes: _classes,
    Customers: _customers,
    Choice: _choice,
    Choices: _choices,
    Figure: _figure,
    Function: _function,
    Open: _open,
}
