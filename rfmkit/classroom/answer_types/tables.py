"""Define the answer type of tables, with one row a customer, a tier or anything else."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer
from rfmkit.classroom.answer_types.parsing import (
    headings,
    on_shared_rows,
    parse_floats,
    parse_frame,
)
from rfmkit.classroom.plain_names import (
    display_name,
    format_value,
    plain_words,
    row_differences,
    shorten,
    tier_code,
)
from rfmkit.classroom.relations import (
    Relation,
    alike,
    relation_of_customers,
    relation_of_numbers,
    rounding_that_is_sensible,
)
from rfmkit.labels import join_names, label


@dataclass(frozen=True)
class Table(AnswerType):
    """A table of numbers or yes-no values, and of words where the question says so.

    Parameters
    ----------
    columns
        The columns that count; others may stand beside them.
    rows
        What a row is: "customer", "class" or "tier" (codes or names), or any other name.
    text
        Those of the columns that hold words or tiers.
    scheme
        Whose tiers the rows and the words are; None for any scheme's.
    exact
        Whether rounded numbers are no answer, because the task asks for all decimals.
    """

    columns: tuple[str, ...]
    rows: str = "customer"
    text: tuple[str, ...] = ()
    scheme: str | None = None
    exact: bool = False

    def parse(self, answer: object) -> pd.DataFrame:
        """Parse a frame with any order of rows and columns, the key as index or as a column."""
        table = parse_frame(answer, self.columns, self.rows, self.scheme)
        there = table.columns.tolist()
        missing = [column for column in self.columns if column not in there]
        if missing:
            raise InvalidAnswer(
                "check.lacks_columns", missing=", ".join(missing), there=headings(answer.columns)
            )
        table = table[list(self.columns)]
        if table.columns.has_duplicates:
            raise InvalidAnswer("check.repeats_columns")
        plain = {
            column: self._words(table[column])
            if column in self.text
            else parse_floats(table[column])
            for column in self.columns
        }
        return pd.DataFrame(plain, index=table.index).sort_index()

    def same(self, one: pd.DataFrame, other: pd.DataFrame) -> bool:
        """Compare rows and values; a billionth of a difference is none."""
        return one.index.equals(other.index) and not any(
            self._wrong(one, other, column).any() for column in self.columns
        )

    def differences(self, answer: pd.DataFrame, key: pd.DataFrame, lang: str) -> str:
        """Name rows too many or too few, else the first rows and the columns that differ."""
        if difference := row_differences(answer.index, key.index, lang):
            return difference
        wrong = {column: self._wrong(answer, key, column) for column in self.columns}
        columns = [column for column, bad in wrong.items() if bad.any()]
        first = columns[0]
        rows = answer.index[wrong[first]]

        yes_no = set(key[first]) <= {0, 1}

        def with_value(row: str) -> str:
            value = answer.at[row, first]
            value = (
                display_name(value, lang)
                if first in self.text
                else format_value(value, yes_no=yes_no)
            )
            return f"{display_name(row, lang)} ({value})"

        return label(
            "check.values_differ",
            lang,
            columns=join_names(columns, lang),
            count=len(rows),
            total=len(answer),
            column=first,
            rows=join_names(map(with_value, rows[:3]), lang),
        )

    def parts(self, parsed: pd.DataFrame) -> dict[str, object]:
        """Return which rows there are, and each column."""
        return {"rows": parsed.index, **{column: parsed[column] for column in self.columns}}

    def same_part(self, part: str, one: object, other: object) -> bool:
        """Compare the rows, or one column on the rows that both have."""
        if part == "rows":
            return one.equals(other)
        pair = on_shared_rows(one, other)
        return pair is not None and not self._unequal(*pair, text=part in self.text).any()

    def relation(self, part: str, answer: object, right: object) -> Relation | None:
        """Find how the numbers of a column relate to the right ones, or rows of nobody."""
        if part == "rows" and self.rows == "customer":
            return relation_of_customers(answer, right)
        if part == "rows" or part in self.text:
            return None
        pair = on_shared_rows(answer, right)
        return relation_of_numbers(*(one.to_numpy(float) for one in pair)) if pair else None

    def rounded(self, answer: pd.DataFrame, right: pd.DataFrame) -> int | None:
        """Return the decimals of a sensible rounding of every column that needs one."""
        if self.exact or not answer.index.equals(right.index):
            return None
        wrong = [name for name in self.columns if self._wrong(answer, right, name).any()]
        if not wrong or set(wrong) & set(self.text):
            return None
        left, key = (table[wrong].to_numpy(float) for table in (answer, right))
        digits = []
        for pair in zip(left.T, key.T, strict=True):
            if (one := rounding_that_is_sensible(*pair)) is None:
                return None
            digits.append(one)
        return min(digits)

    def rounded_part(self, part: str, answer: object, right: object) -> bool:
        """Return whether one column is right but for a sensible rounding."""
        if self.exact or part == "rows" or part in self.text:
            return False
        pair = on_shared_rows(answer, right)
        if pair is None:
            return False
        return rounding_that_is_sensible(*(one.to_numpy(float) for one in pair)) is not None

    def is_distinctive(self, parsed: pd.DataFrame) -> bool:
        """Return whether there are enough numbers."""
        return parsed.size > 3

    def _words(self, values: pd.Series) -> np.ndarray:
        words = plain_words(values.astype(object).tolist(), str(values.name), self.scheme)
        return np.array(
            [tier_code(word, self.scheme) or shorten(word, 200) for word in words], object
        )

    def _wrong(self, one: pd.DataFrame, other: pd.DataFrame, column: str) -> np.ndarray:
        return self._unequal(one[column], other[column], text=column in self.text)

    def _unequal(self, one: pd.Series, other: pd.Series, *, text: bool) -> np.ndarray:
        left, right = one.to_numpy(), other.to_numpy()
        if text:
            return left != right
        return ~alike(left, right, 1e-6)
