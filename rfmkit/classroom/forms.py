"""Read an answer in whatever form a student left it, and compare it with another.

A form has three parts. `read` turns an answer into one plain shape, or says kindly what is wrong
with its type or columns. `same` compares two plain answers. `differences` tells where a wrong one
goes wrong, and never what would be right.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.plain_names import (
    class_code,
    listed,
    other_rows,
    plain_index,
    plain_names,
    shown_name,
    shown_value,
)
from rfmkit.labels import label


class Complaint(Exception):  # noqa: N818 - not a fault of the program
    """What is wrong with the type, columns or length of an answer: a text key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Form:
    """The parts each form has."""

    def read(self, answer: object) -> object:
        """Turn an answer into the plain shape, or raise a Complaint."""
        raise NotImplementedError

    def same(self, one: object, other: object) -> bool:
        """Compare two plain answers; a billionth of a difference is none."""
        raise NotImplementedError

    def differences(self, answer: object, key: object, lang: str) -> str:
        """Tell where a plain answer departs from the key, without telling the key."""
        raise NotImplementedError


class Number(Form):
    """One number."""

    def read(self, answer: object) -> float:
        """Take any kind of plain number, also a Series or an array of one."""
        if isinstance(answer, (pd.Series, pd.Index, np.ndarray)) and answer.size == 1:
            answer = np.asarray(answer).reshape(-1)[0]
        if isinstance(answer, (bool, np.bool_)) or not isinstance(answer, (int, float, np.number)):
            raise Complaint("check.need_number", type=type(answer).__name__)
        if not np.isfinite(answer):
            raise Complaint("check.not_finite")
        return float(answer)

    def same(self, one: float, other: float) -> bool:
        """Compare to a billionth, or a thousandth of a currency unit."""
        return bool(np.isclose(one, other, rtol=1e-9, atol=1e-3))

    def differences(self, answer: float, key: float, lang: str) -> str:
        """Say whether the number is too high or too low."""
        return label("check.too_high" if answer > key else "check.too_low", lang)


@dataclass(frozen=True)
class Table(Form):
    """A table of numbers or yes-no values with one row a customer (or a class)."""

    columns: tuple[str, ...]
    rows: str = "customer"

    def read(self, answer: object) -> pd.DataFrame:
        """Take a frame with any order of rows and columns, the key as index or as a column."""
        if not isinstance(answer, pd.DataFrame):
            raise Complaint("check.need_table", type=type(answer).__name__)
        table = answer.rename(columns=plain_names())
        if self.rows in table.columns:
            table = table.set_index(self.rows)
        missing = [column for column in self.columns if column not in table.columns]
        if missing:
            raise Complaint("check.lacks_columns", missing=", ".join(missing),
                            there=", ".join(map(str, answer.columns)))  # fmt: skip
        table = table[list(self.columns)]
        if table.columns.has_duplicates:
            raise Complaint("check.repeats_columns")
        try:
            numbers = table.astype("float64")
        except (TypeError, ValueError):
            raise Complaint("check.not_numbers") from None
        numbers.index = plain_index(table.index, self.rows)
        return numbers.sort_index()

    def same(self, one: pd.DataFrame, other: pd.DataFrame) -> bool:
        """Compare rows and values; a billionth of a difference is none."""
        return one.index.equals(other.index) and np.allclose(
            one.to_numpy(), other.to_numpy(), rtol=1e-9, atol=1e-6, equal_nan=True
        )

    def differences(self, answer: pd.DataFrame, key: pd.DataFrame, lang: str) -> str:
        """Name rows too many or too few, else the first rows and the columns that differ."""
        if told := other_rows(answer.index, key.index, lang):
            return told
        wrong = ~np.isclose(answer, key, rtol=1e-9, atol=1e-6, equal_nan=True)
        columns = [
            column for column, bad in zip(self.columns, wrong.any(axis=0), strict=True) if bad
        ]
        first = columns[0]
        rows = answer.index[wrong[:, self.columns.index(first)]]
        shown = listed((f"{shown_name(row, lang)} ({shown_value(answer.at[row, first], first)})"
                         for row in rows[:3]), lang)  # fmt: skip
        return label("check.values_differ", lang, columns=listed(columns, lang), count=len(rows),
                     total=len(answer), column=first, rows=shown)  # fmt: skip


class Classes(Form):
    """The class of each customer, as codes or as names in either language."""

    def read(self, answer: object) -> pd.Series:
        """Take a Series, or a frame of one column besides the customer."""
        if isinstance(answer, pd.DataFrame):
            table = answer.rename(columns=plain_names())
            table = table.set_index("customer") if "customer" in table.columns else table
            if table.shape[1] != 1:
                raise Complaint("check.one_column", columns=", ".join(map(str, table.columns)))
            answer = table.iloc[:, 0]
        if not isinstance(answer, pd.Series):
            raise Complaint("check.need_series", type=type(answer).__name__)
        codes = answer.astype(object).map(lambda name: class_code(name))
        unknown = answer[codes.isna().to_numpy()]
        if len(unknown):
            raise Complaint("check.unknown_class", name=str(unknown.iloc[0])[:40])
        codes.index = plain_index(answer.index, "customer")
        return codes.sort_index()

    def same(self, one: pd.Series, other: pd.Series) -> bool:
        """Compare customers and codes."""
        return one.index.equals(other.index) and bool((one.to_numpy() == other.to_numpy()).all())

    def differences(self, answer: pd.Series, key: pd.Series, lang: str) -> str:
        """Name customers too many or too few, else the first whose class differs."""
        if told := other_rows(answer.index, key.index, lang):
            return told
        wrong = answer.index[answer.to_numpy() != key.to_numpy()]
        shown = listed((f"{row} ({shown_name(answer[row], lang)})" for row in wrong[:3]), lang)
        return label("check.classes_differ", lang, count=len(wrong), total=len(answer), rows=shown)


@dataclass(frozen=True)
class Customers(Form):
    """A set of customers, or a list whose order counts."""

    ordered: bool = False

    def read(self, answer: object) -> tuple[str, ...]:
        """Take one customer, or any list, set, index, Series or frame of customers."""
        if isinstance(answer, str):
            answer = [answer]
        if isinstance(answer, pd.DataFrame):
            answer = answer["customer"] if "customer" in answer.columns else answer.index
        elif isinstance(answer, pd.Series) and answer.index.name == "customer":
            answer = answer[answer].index if answer.dtype == bool else answer.index
        if not isinstance(answer, (list, tuple, set, frozenset, pd.Index, pd.Series, np.ndarray)):
            raise Complaint("check.need_customers", type=type(answer).__name__)
        if len(answer) == 0:
            raise Complaint("check.nothing_there")
        if all(isinstance(item, (bool, np.bool_)) for item in answer):
            raise Complaint("check.true_false")
        items = tuple(map(str, plain_index(pd.Index(list(answer)), "customer")))
        if len(set(items)) < len(items):
            raise Complaint("check.repeats_customers")
        return items if self.ordered else tuple(sorted(items))

    def same(self, one: tuple, other: tuple) -> bool:
        """Compare the customers, and their order where it counts."""
        return one == other

    def differences(self, answer: tuple, key: tuple, lang: str) -> str:
        """Name customers too many or too few, else say that the order is another."""
        told = other_rows(pd.Index(answer, dtype=object), pd.Index(key, dtype=object), lang)
        return told or label("check.order_differs", lang)
