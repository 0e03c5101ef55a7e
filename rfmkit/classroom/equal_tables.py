"""Write right answers of many rows in every form a student may leave them in."""

import importlib.util
import random
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from rfmkit.classroom.forms import Classes, Customers, Table, Values
from rfmkit.classroom.plain_names import shown_name
from rfmkit.labels import LANGUAGES
from rfmkit.names import localize
from rfmkit.strategies import SCHEMES

TINY = 1 + 1e-13
Forms = Iterator[tuple[str, object]]


def values_forms(form: Values, answer: object) -> Forms:
    """Write an answer of one number a row in other ways."""
    values = form.read(answer).rename(form.column or "value").rename_axis(form.rows)
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
    yield from _arrow("arrow", lambda: values.astype("double[pyarrow]"))
    yield from _keys_in_arrow(values.to_frame())
    for lang in LANGUAGES:
        yield f"localized ({lang})", localize(table, lang)
        yield f"names ({lang})", values.rename(index=lambda row: shown_name(row, lang))  # noqa: B023
    if ((values % 1) == 0).all():
        yield "whole numbers", values.astype(int)
        yield "nullable whole numbers", values.astype("Int64")
    if values.isin([0, 1]).all():
        yield "yes and no", values.astype(bool)
        yield "nullable yes and no", values.astype(bool).astype("boolean")
    if form.column:
        yield "extra column", table.assign(note="x")


def table_forms(form: Table, answer: pd.DataFrame) -> Forms:
    """Write an answer of a table in other ways."""
    plain = form.read(answer).rename_axis(form.rows)
    numbers = [column for column in form.columns if column not in form.text]
    yield "shuffled", plain.sample(frac=1, random_state=1)[plain.columns[::-1]]
    yield "key as a column", plain.reset_index()
    yield "index without a name", plain.rename_axis(None)
    yield "object", plain.astype(object)
    yield "nullable", plain.astype(dict.fromkeys(numbers, "Float64"))
    yield "text keys", plain.set_axis(plain.index.astype("string")).rename_axis(form.rows)
    yield "keys in categories", plain.set_axis(pd.CategoricalIndex(plain.index, name=form.rows))
    yield "spaces in the keys", plain.rename(index=lambda key: f"{key} ")
    yield "extra column", plain.assign(note="x")
    yield "tiny rounding", plain.assign(**{column: plain[column] * TINY for column in numbers})
    yield from _keys_in_arrow(plain)
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
    for column in form.text:
        yield f"{column} in categories", plain.assign(**{column: plain[column].astype("category")})


def classes_forms(form: Classes, answer: pd.Series) -> Forms:
    """Write an answer of one tier a customer in other ways."""
    codes = form.read(answer).rename("tier").rename_axis("customer")
    order = list(SCHEMES[form.scheme])
    yield "text", codes.astype("string")
    yield "categories", codes.astype(pd.CategoricalDtype(order, ordered=True))
    yield "shuffled", codes.sample(frac=1, random_state=2)
    yield "without names", codes.rename(None).rename_axis(None)
    yield "frame", codes.to_frame()
    yield "customer as a column", codes.reset_index()
    yield "dict", codes.to_dict()
    yield from _arrow("arrow", lambda: codes.astype("string[pyarrow]"))
    yield from _keys_in_arrow(codes.to_frame())
    for lang in LANGUAGES:
        names = codes.map(lambda code: shown_name(code, lang))  # noqa: B023
        yield f"names ({lang})", names
        yield f"names in categories ({lang})", names.astype("category")
        yield f"names with a space ({lang})", names + " "
        yield f"without 客戶 ({lang})", names.str.removesuffix("客戶")
        yield f"localized ({lang})", localize(codes.to_frame(), lang)


def customers_forms(form: Customers, answer: object) -> Forms:
    """Write an answer of customers in other ways."""
    names = list(form.read(answer))
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
    yield from _arrow("arrow", lambda: pd.Series(names, dtype="string[pyarrow]"))
    if len(names) == 1:
        yield "alone", names[0]
    if not form.ordered:
        yield "set", set(names)
        yield "frozen set", frozenset(names)
        yield "backwards", names[::-1]
        index = pd.Index([*names, "Z-nobody"], name="customer")
        mask = pd.Series([True] * len(names) + [False], index=index)
        yield "mask", mask
        yield "nullable mask", mask.astype("boolean")


def _arrow(name: str, make: Callable[[], object]) -> Forms:
    if importlib.util.find_spec("pyarrow"):
        yield name, make()


def _keys_in_arrow(table: pd.DataFrame) -> Forms:
    def make() -> pd.DataFrame:
        shuffled = list(range(len(table)))
        random.Random(3).shuffle(shuffled)
        keyed = table.iloc[shuffled]
        return keyed.set_axis(keyed.index.astype("string[pyarrow]")).rename_axis(table.index.name)

    yield from _arrow("keys in arrow", make)
