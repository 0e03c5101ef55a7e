"""Define the answer type of one tier for each customer."""

from dataclasses import dataclass

import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer
from rfmkit.classroom.answer_types.parsing import on_shared_rows, parse_series
from rfmkit.classroom.plain_names import (
    display_name,
    plain_key,
    row_differences,
    shorten,
    tier_code,
)
from rfmkit.classroom.relations import Relation, relation_of_tiers
from rfmkit.labels import join_names, label
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
        """Parse a Series, a dict, or a frame of one column besides the customer."""
        series = parse_series(answer, "customer", column=None)
        names = series.astype(object).tolist()
        if blank := sum(name is None or name is pd.NA or name != name for name in names):
            raise InvalidAnswer("check.without_class", count=blank)
        codes = [tier_code(plain_key(name), self.scheme) for name in names]
        if None in codes:
            unknown = shorten(plain_key(names[codes.index(None)]))
            if self.scheme == "rfm8":
                raise InvalidAnswer("check.unknown_class", name=unknown)
            example = SCHEMES[self.scheme][0]
            raise InvalidAnswer("check.unknown_tier", name=unknown, example=example)
        return pd.Series(codes, index=series.index, dtype=object).sort_index()

    def same(self, one: pd.Series, other: pd.Series) -> bool:
        """Compare customers and codes."""
        return one.index.equals(other.index) and bool((one.to_numpy() == other.to_numpy()).all())

    def parts(self, parsed: pd.Series) -> dict[str, object]:
        """Return which customers there are, and their tiers."""
        return {"rows": parsed.index, "tiers": parsed}

    def same_part(self, part: str, one: object, other: object) -> bool:
        """Compare the customers, or the tiers of those that both have."""
        if part == "rows":
            return one.equals(other)
        pair = on_shared_rows(one, other)
        return pair is not None and bool((pair[0].to_numpy() == pair[1].to_numpy()).all())

    def relation(self, part: str, answer: object, right: object) -> Relation | None:
        """Find tiers that changed their names, or customers that all moved the same way."""
        pair = on_shared_rows(answer, right) if part == "tiers" else None
        return relation_of_tiers(*pair, SCHEMES[self.scheme]) if pair else None

    def differences(self, answer: pd.Series, key: pd.Series, lang: str) -> str:
        """Name customers too many or too few, else the first whose tier differs."""
        if difference := row_differences(answer.index, key.index, lang):
            return difference
        wrong = answer.index[answer.to_numpy() != key.to_numpy()]
        rows_with_tiers = join_names(
            (f"{display_name(row, lang)} ({display_name(answer[row], lang)})" for row in wrong[:3]),
            lang,
        )
        text = "check.classes_differ" if self.scheme == "rfm8" else "check.tiers_differ"
        return label(text, lang, count=len(wrong), total=len(answer), rows=rows_with_tiers)
