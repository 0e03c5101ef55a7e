"""Define the answer type of one number for each customer."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType
from rfmkit.classroom.answer_types.parsing import on_shared_rows, parse_floats, parse_series
from rfmkit.classroom.plain_names import display_name, format_value, row_differences
from rfmkit.classroom.relations import (
    Relation,
    alike,
    relation_of_numbers,
    rounding_that_is_sensible,
)
from rfmkit.labels import join_names, label


@dataclass(frozen=True)
class Values(AnswerType):
    """One number, or yes or no, for each customer (or tier, or month).

    Parameters
    ----------
    column
        The column to take from an answer that is a wider table; None if it may hold one only.
    rows
        What the numbers belong to: "customer", "tier" (codes or names), or any other name.
    scheme
        Whose tiers the rows are, where they are tiers.
    within
        What is no difference, besides a billionth of the number itself.
    exact
        Whether rounded numbers are no answer, because the task asks for all decimals.
    """

    column: str | None = None
    rows: str = "customer"
    scheme: str | None = None
    within: float = 1e-6
    exact: bool = False

    def parse(self, answer: object) -> pd.Series:
        """Parse a Series, a dict, or a frame, in any order of rows."""
        series = parse_series(answer, self.rows, column=self.column, scheme=self.scheme)
        return pd.Series(parse_floats(series), index=series.index).sort_index()

    def same(self, one: pd.Series, other: pd.Series) -> bool:
        """Compare rows and numbers; a billionth of a difference is none."""
        return one.index.equals(other.index) and not self._wrong(one, other).any()

    def differences(self, answer: pd.Series, key: pd.Series, lang: str) -> str:
        """Name rows too many or too few, else the first whose number differs."""
        if difference := row_differences(answer.index, key.index, lang):
            return difference
        rows = answer.index[self._wrong(answer, key)]
        rows_with_values = join_names(
            (f"{display_name(row, lang)} ({format_value(answer[row])})" for row in rows[:3]), lang
        )
        return label(
            "check.numbers_of_rows_differ",
            lang,
            count=len(rows),
            total=len(answer),
            rows=rows_with_values,
        )

    def parts(self, parsed: pd.Series) -> dict[str, object]:
        """Return which rows there are, and the numbers."""
        return {"rows": parsed.index, "values": parsed}

    def same_part(self, part: str, one: object, other: object) -> bool:
        """Compare the rows, or the numbers of the rows that both have."""
        if part == "rows":
            return one.equals(other)
        pair = on_shared_rows(one, other)
        return pair is not None and not self._wrong(*pair).any()

    def relation(self, part: str, answer: object, right: object) -> Relation | None:
        """Find how the numbers relate to the right ones."""
        pair = on_shared_rows(answer, right) if part == "values" else None
        return relation_of_numbers(*(one.to_numpy(float) for one in pair)) if pair else None

    def rounded(self, answer: pd.Series, right: pd.Series) -> int | None:
        """Return the decimals of a sensible rounding."""
        if self.exact or not answer.index.equals(right.index):
            return None
        return rounding_that_is_sensible(answer.to_numpy(float), right.to_numpy(float))

    def is_distinctive(self, parsed: pd.Series) -> bool:
        """Return whether there are enough numbers."""
        return len(parsed) > 3

    def _wrong(self, one: pd.Series, other: pd.Series) -> np.ndarray:
        return ~alike(one.to_numpy(), other.to_numpy(), self.within)
