"""Answers of one number a customer."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType
from rfmkit.classroom.answer_types.parsing import floats, series_of
from rfmkit.classroom.plain_names import listed, other_rows, shown_name, shown_value
from rfmkit.labels import label


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
    """

    column: str | None = None
    rows: str = "customer"
    scheme: str | None = None
    within: float = 1e-6

    def parse(self, answer: object) -> pd.Series:
        """Take a Series, a dict, or a frame; in any order of rows."""
        taken = series_of(answer, self.rows, column=self.column, scheme=self.scheme)
        return pd.Series(floats(taken), index=taken.index).sort_index()

    def same(self, one: pd.Series, other: pd.Series) -> bool:
        """Compare rows and numbers; a billionth of a difference is none."""
        return one.index.equals(other.index) and not self._wrong(one, other).any()

    def differences(self, answer: pd.Series, key: pd.Series, lang: str) -> str:
        """Name rows too many or too few, else the first whose number differs."""
        if told := other_rows(answer.index, key.index, lang):
            return told
        rows = answer.index[self._wrong(answer, key)]
        shown = listed((f"{shown_name(row, lang)} ({shown_value(answer[row])})"
                        for row in rows[:3]), lang)  # fmt: skip
        return label(
            "check.numbers_of_rows_differ", lang, count=len(rows), total=len(answer), rows=shown
        )

    def _wrong(self, one: pd.Series, other: pd.Series) -> np.ndarray:
        alike = np.isclose(one, other, rtol=1e-9, atol=self.within, equal_nan=True)
        return ~alike
