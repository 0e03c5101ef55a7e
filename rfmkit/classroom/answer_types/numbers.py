"""Define answer types of one number, and of several named numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, check_size, type_name
from rfmkit.classroom.answer_types.parsing import parse_float
from rfmkit.classroom.plain_names import (
    format_value,
    names_to_codes,
    plain_key,
    shorten,
)
from rfmkit.classroom.relations import (
    Relation,
    relation_of_number,
    rounding_that_is_sensible,
)
from rfmkit.labels import join_names, label


@dataclass(frozen=True)
class Number(AnswerType):
    """One number.

    Parameters
    ----------
    within
        What is no difference, besides a billionth of the number itself.
    exact
        Whether a rounded number is no answer, because the task asks for all decimals.
    """

    within: float = 1e-3
    exact: bool = False

    def parse(self, answer: object) -> float:
        """Parse any kind of plain number, also a Series, a frame, an array or a list of one."""
        many = isinstance(answer, pd.Series | pd.Index | pd.DataFrame | np.ndarray)
        if many and answer.size == 1:
            answer = np.asarray(answer).reshape(-1)[0]
        elif type(answer) in (list, tuple) and len(answer) == 1:
            (answer,) = answer
        if isinstance(answer, bool | np.bool_):
            raise InvalidAnswer("check.need_number", type=type_name(answer))
        try:
            number = parse_float(answer, "")
        except InvalidAnswer as invalid:
            if invalid.key == "check.duration":
                raise
            raise InvalidAnswer("check.need_number", type=type_name(answer)) from None
        if not np.isfinite(number):
            raise InvalidAnswer("check.not_finite")
        return number

    def same(self, one: float, other: float) -> bool:
        """Compare to a billionth, or to `within`."""
        return bool(abs(one - other) <= self.within + 1e-9 * abs(other))

    def differences(self, answer: float, key: float, lang: str) -> str:
        """Describe whether the number is too high or too low."""
        return label("check.too_high" if answer > key else "check.too_low", lang)

    def relation(self, part: str, answer: float, right: float) -> Relation | None:
        """Find how the number relates to the right one."""
        return relation_of_number(answer, right)

    def rounded(self, answer: float, right: float) -> int | None:
        """Return the decimals of a sensible rounding."""
        if self.exact:
            return None
        return rounding_that_is_sensible(np.array([answer]), np.array([right]))

    def is_distinctive(self, parsed: float) -> bool:
        """Return False for a small count, which many mistakes may hit."""
        return not float(parsed).is_integer() or abs(parsed) >= 1000


@dataclass(frozen=True)
class Numbers(AnswerType):
    """Several numbers with names.

    Parameters
    ----------
    names
        The names, in the order of an answer that gives none.
    within
        What is no difference, besides a billionth of the number itself.
    exact
        Whether rounded numbers are no answer, because the task asks for all decimals.
    """

    names: tuple[str, ...]
    within: float = 1e-6
    exact: bool = False

    def parse(self, answer: object) -> dict[str, float]:
        """Parse a dict, a Series or a frame of one row by name, or a sequence in order."""
        found = self._by_name(answer)
        missing = [name for name in self.names if name not in found]
        if missing:
            there = ", ".join(shorten(name) for name in list(found)[:12]) or "–"
            raise InvalidAnswer("check.lacks_names", missing=", ".join(missing), there=there)
        numbers = {}
        for name in self.names:
            try:
                numbers[name] = parse_float(found[name], name)
            except InvalidAnswer as invalid:
                if invalid.key == "check.duration":
                    raise
                raise InvalidAnswer(
                    "check.name_not_number", name=name, type=type_name(found[name])
                ) from None
            if not np.isfinite(numbers[name]):
                raise InvalidAnswer("check.name_not_finite", name=name)
        return numbers

    def _by_name(self, answer: object) -> dict[str, object]:
        if isinstance(answer, pd.DataFrame) and len(answer) == 1:
            check_size(*answer.shape)
            answer = answer.iloc[0]
        if isinstance(answer, pd.Series) and not isinstance(answer.index, pd.RangeIndex):
            check_size(len(answer))
            answer = dict(zip(answer.index.tolist(), answer.tolist(), strict=True))
        if isinstance(answer, dict):
            check_size(len(answer))
            codes = names_to_codes(self.names)
            plain = {plain_key(name): value for name, value in answer.items()}
            return {
                codes.get(name, name) if codes.get(name) not in plain else name: value
                for name, value in plain.items()
            }
        if not isinstance(answer, list | tuple | np.ndarray | pd.Series | pd.Index):
            raise InvalidAnswer(
                "check.need_numbers", names=", ".join(self.names), type=type_name(answer)
            )
        if len(answer) != len(self.names):
            raise InvalidAnswer(
                "check.number_count", count=len(answer), names=", ".join(self.names)
            )
        items = answer if isinstance(answer, list | tuple) else answer.tolist()
        return dict(zip(self.names, items, strict=True))

    def same(self, one: dict, other: dict) -> bool:
        """Compare name by name."""
        return not self._wrong(one, other)

    def differences(self, answer: dict, key: dict, lang: str) -> str:
        """Name the numbers that are too high and too low, with the student's values."""
        wrong = []
        for name in self._wrong(answer, key):
            side = "check.name_too_high" if answer[name] > key[name] else "check.name_too_low"
            wrong.append(label(side, lang, name=name, value=format_value(answer[name])))
        return label("check.numbers_differ", lang, told=join_names(wrong, lang))

    def parts(self, parsed: dict) -> dict[str, float]:
        """Return the numbers by name."""
        return parsed

    def same_part(self, part: str, one: float, other: float) -> bool:
        """Compare one of the numbers."""
        return bool(abs(one - other) <= self.within + 1e-9 * abs(other))

    def relation(self, part: str, answer: float, right: float) -> Relation | None:
        """Find how one number relates to the right one."""
        return relation_of_number(answer, right)

    def rounded(self, answer: dict, right: dict) -> int | None:
        """Return the decimals of a sensible rounding of all the numbers that need one."""
        if self.exact:
            return None
        both = [(answer[name], right[name]) for name in self._wrong(answer, right)]
        return rounding_that_is_sensible(*np.array(both, dtype=float).T) if both else None

    def rounded_part(self, part: str, answer: float, right: float) -> bool:
        """Return whether one number is right but for a sensible rounding."""
        pair = np.array([answer]), np.array([right])
        return not self.exact and rounding_that_is_sensible(*pair) is not None

    def is_distinctive(self, parsed: dict) -> bool:
        """Return False for one or two small counts, which many mistakes may hit."""
        counts = [float(one).is_integer() and abs(one) < 1000 for one in parsed.values()]
        return len(counts) > 2 or not all(counts)

    def _wrong(self, one: dict, other: dict) -> list[str]:
        return [name for name in self.names if not self.same_part(name, one[name], other[name])]
