"""Answers of one tier a customer."""

from dataclasses import dataclass

import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer
from rfmkit.classroom.answer_types.parsing import series_of
from rfmkit.classroom.plain_names import (
    cut,
    listed,
    other_rows,
    plain_key,
    shown_name,
    tier_code,
)
from rfmkit.labels import label
from rfmkit.strategies import SCHEMES


@dataclass(frozen=True)
class Classes(AnswerType):
    """The tier of each customer, as codes or as names in either language.

    Parameters
    ----------
    scheme
        Whose tiers: a key of `rfmkit.strategies.SCHEMES`.
    """

    scheme: str = "rfm8"

    def parse(self, answer: object) -> pd.Series:
        """Take a Series, a dict, or a frame of one column besides the customer."""
        taken = series_of(answer, "customer", column=None)
        names = taken.astype(object).tolist()
        if blank := sum(name is None or name is pd.NA or name != name for name in names):
            raise InvalidAnswer("check.without_class", count=blank)
        codes = [tier_code(plain_key(name), self.scheme) for name in names]
        if None in codes:
            unknown = cut(plain_key(names[codes.index(None)]))
            if self.scheme == "rfm8":
                raise InvalidAnswer("check.unknown_class", name=unknown)
            example = SCHEMES[self.scheme][0]
            raise InvalidAnswer("check.unknown_tier", name=unknown, example=example)
        return pd.Series(codes, index=taken.index, dtype=object).sort_index()

    def same(self, one: pd.Series, other: pd.Series) -> bool:
        """Compare customers and codes."""
        return one.index.equals(other.index) and bool((one.to_numpy() == other.to_numpy()).all())

    def differences(self, answer: pd.Series, key: pd.Series, lang: str) -> str:
        """Name customers too many or too few, else the first whose tier differs."""
        if told := other_rows(answer.index, key.index, lang):
            return told
        wrong = answer.index[answer.to_numpy() != key.to_numpy()]
        shown = listed(
            (f"{shown_name(row, lang)} ({shown_name(answer[row], lang)})" for row in wrong[:3]),
            lang,
        )
        text = "check.classes_differ" if self.scheme == "rfm8" else "check.tiers_differ"
        return label(text, lang, count=len(wrong), total=len(answer), rows=shown)
