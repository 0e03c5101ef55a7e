"""Define the answer type of pictures, judged by what they are built of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, type_name
from rfmkit.classroom.answer_types.drawings import KINDS, UNITS, read_drawing
from rfmkit.classroom.plain_names import display_name, format_value, plain_words
from rfmkit.classroom.relations import Relation, relation_of_numbers, rounding
from rfmkit.labels import join_names, label

# What the right heights may be multiplied by: dollars drawn in thousands, 萬 or millions. Per cent
# are per cent; a share of 1 is right only where the axis writes it as 100 %.
MONEY_UNITS, PER_CENT = (1e-3, 1e-4, 1e-6), (1,)
_SEEN = 0.005  # of the tallest bar: a rounding that nobody sees


@dataclass(frozen=True)
class Figure(AnswerType):
    """A picture of one plot: Axes, Figure or a seaborn grid.

    Parameters
    ----------
    kind
        "bar", "barh", "line", "scatter" or "hist".
    ordered
        Whether the order of bars or points counts.
    labels
        Whether the names under the bars count.
    values
        Whether heights count; False for a picture whose kind and words alone matter.
    units
        What heights may be multiplied by: `MONEY_UNITS`, `PER_CENT` or nothing.
    needs
        The words it must have: "title", "xlabel", "ylabel".
    scheme
        Whose tiers the names under the bars are; None for any scheme's.
    """

    kind: str
    ordered: bool = True
    labels: bool = True
    values: bool = True
    units: tuple[float, ...] = ()
    needs: tuple[str, ...] = ("title", "xlabel", "ylabel")
    scheme: str | None = None

    def parse(self, answer: object) -> dict:
        """Convert the picture into plain data: kind, values, labels, and which titles it has."""
        if isinstance(answer, dict) and answer.get("kind") in KINDS:
            picture = {**answer}
        else:
            picture = read_drawing(answer, self.kind)
        if picture is None:
            raise InvalidAnswer("check.need_figure", type=type_name(answer))
        if self.units == PER_CENT and picture.get("read_as_per_cent"):
            picture["values"] = [[100 * cell for cell in one] for one in picture["values"]]
        words = plain_words(picture["labels"], "class", self.scheme)
        picture["labels"] = ["".join(word.split()) for word in words]
        if not self.ordered:
            _sort(picture)
        return picture

    def same(self, one: dict, other: dict) -> bool:
        """Compare kind, values, names and words, as far as they count."""
        return not self._fault(one, other)

    def differences(self, answer: dict, key: dict, lang: str) -> str:
        """Describe the first difference: kind, titles, number, names, order or values."""
        match self._fault(answer, key):
            case "kind":
                kinds = (label(f"check.kind_{one['kind']}", lang) for one in (answer, key))
                return label(
                    "check.figure_kind", lang, **dict(zip(("has", "wants"), kinds, strict=True))
                )
            case "words":
                missing = [
                    label(f"check.word_{word}", lang) for word in self.needs if not answer[word]
                ]
                return label("check.figure_words", lang, missing=join_names(missing, lang))
            case "count":
                return label("check.figure_count", lang, counts=_counts(answer))
            case "values":
                at = self._first_wrong(answer, key, lang)
                return label("check.figure_values", lang, place=at)
            case ("axes_swapped" | "other_unit") as fault:
                return label(f"relation.{fault}", lang)
            case fault:  # labels, order
                return label(f"check.figure_{fault}", lang)

    def parts(self, parsed: dict) -> dict[str, object]:
        """Return the kind, which words are there, the bars by name, and their order."""
        parts = {"kind": parsed["kind"], "words": tuple(parsed[word] for word in self.needs)}
        if self.values:
            parts["bars"] = self._bars(parsed)
            parts["unit"] = parsed
        if self.labels or self.ordered:
            parts["order"] = parsed["labels"] if self.labels else self._ranks(parsed)
        return parts

    def same_part(self, part: str, one: object, other: object) -> bool:
        """Compare the kind, a word, the bars in any order, or the order."""
        if part == "unit":
            return _shape(one) == _shape(other) and not self._unit_fault(one, other)
        if part != "bars":
            return one == other
        return one.keys() == other.keys() and bool(self._near(*_aligned(one, other)))

    def rounded(self, answer: dict, right: dict) -> int | None:
        """Return the decimals of heights that are rounded by less than anybody sees."""
        if self._fault(answer, right) != "values":
            return None
        left, key = self._flat(answer), self._flat(right)
        key = key * _unit_of(left, key, self.units)  # rounded in the unit that is drawn
        near = np.abs(left - key).max() <= _SEEN * np.abs(key).max()
        digits = rounding(left, key) if near else None
        return None if digits is None or digits < 0 else digits

    def relation(self, part: str, answer: object, right: object) -> Relation | None:
        """Find how the bars relate to the right ones."""
        if part == "kind":
            return Relation("kind", {"has": answer, "wants": right})
        if part == "words":
            lacks = [word for word, there in zip(self.needs, answer, strict=True) if not there]
            return Relation("words", {"missing": lacks}) if lacks else None
        if part == "unit":
            return Relation(self._unit_fault(answer, right))
        if part == "order" and answer != right and answer[::-1] == right:
            return Relation("backwards")
        if part != "bars" or answer.keys() != right.keys():
            return None
        return relation_of_numbers(*_aligned(answer, right))

    def _bars(self, picture: dict) -> dict:
        """Return the heights by name; without names, by their place in the order of size."""
        names, series = self._labels(picture), picture["values"]
        if names and all(len(one) == len(names) for one in series):
            return {
                (name, at): one[place]
                for at, one in enumerate(series)
                for place, name in enumerate(names)
            }
        return {
            (place, at): height
            for at, one in enumerate(series)
            for place, height in enumerate(sorted(one))
        }

    def _near(self, one: np.ndarray, other: np.ndarray) -> bool:
        if self.units:
            one = _in_unit_of(one, other, self.units)
        return bool(np.allclose(one, other, rtol=1e-6, atol=1e-9, equal_nan=True))

    def _fault(self, one: dict, other: dict) -> str:
        if one["kind"] != other["kind"]:
            return "kind"
        if any(one[word] != other[word] for word in self.needs):
            return "words"
        if self.values and _shape(one) != _shape(other):
            return "count"
        left, right = self._labels(one), self._labels(other)
        if sorted(left) != sorted(right):
            return "labels"
        if left != right:
            return "order"
        if not self.values or self._alike(one, other).all():
            return self._unit_fault(one, other)
        # The same heights in another order, without names that would show it.
        if not self.labels and _sorted_alike(self._scaled(one, other), self._flat(other)):
            return "order"
        return "values"

    def _unit_fault(self, one: dict, other: dict) -> str:
        """Return what is wrong with the units that the axes name, as far as they name any."""
        across = (one.get("xunit", ""), one.get("yunit", ""))
        beside, along = across if one["kind"] == "barh" else across[::-1]
        if along and not beside:
            return "axes_swapped"
        left, right = self._flat(one), self._flat(other)
        same_unit = beside == other.get("xunit" if other["kind"] == "barh" else "yunit", "")
        if not self.units or not beside or same_unit or left.shape != right.shape:
            return ""
        if beside == other.get("xunit" if other["kind"] == "barh" else "yunit"):
            return ""
        if (beside == "per_cent") != (self.units == PER_CENT):
            return "other_unit"
        there = (left != 0) & (right != 0)
        ratio = float(np.median(left[there] / right[there])) if there.any() else 1.0
        drawn_in = next((unit for unit in self.units if np.isclose(ratio, unit, rtol=1e-6)), 1)
        return "" if np.isclose(drawn_in, UNITS[beside]) else "other_unit"

    def _labels(self, picture: dict) -> list[str]:
        return picture["labels"] if self.labels else []

    def _flat(self, picture: dict) -> np.ndarray:
        return np.array([cell for series in picture["values"] for cell in series], dtype=float)

    def _ranks(self, picture: dict) -> list[float]:
        """Return the order of the heights, which is that of the bars where names do not count."""
        heights = self._flat(picture)
        largest = np.abs(heights).max(initial=0) or 1
        return pd.Series(np.round(heights / largest, 9)).rank().tolist()

    def _scaled(self, one: dict, other: dict) -> np.ndarray:
        left, right = self._flat(one), self._flat(other)
        return _in_unit_of(left, right, self.units) if self.units else left

    def _alike(self, one: dict, other: dict) -> np.ndarray:
        left, right = self._scaled(one, other), self._flat(other)
        return np.isclose(left, right, rtol=1e-6, atol=1e-9, equal_nan=True)

    def _first_wrong(self, answer: dict, key: dict, lang: str) -> str:
        at = int(np.flatnonzero(~self._alike(answer, key))[0])
        flat = [cell for series in answer["values"] for cell in series]
        names = [*answer["labels"]] * max(len(answer["values"]), 1)
        place = display_name(names[at], lang) if at < len(names) and names[at] else f"#{at + 1}"
        return f"{place} ({format_value(flat[at])})"


def drawn(
    kind: str,
    values: Sequence,
    *,
    labels: Sequence = (),
    title: bool = True,
    xlabel: bool = True,
    ylabel: bool = True,
    unit: str = "",
) -> dict:
    """Describe a picture without drawing it, for keys and mistakes.

    Parameters
    ----------
    kind
        "bar", "barh", "line", "scatter" or "hist".
    values
        Heights from left to right (barh: lengths from top to bottom); a list of such lists for
        several series; for a scatter, pairs of x and y.
    labels
        The names of the bars, in the same order; codes of tiers or plain words.
    title, xlabel, ylabel
        Whether these words are there.
    unit
        The unit that the axis of the values may name although the right picture has another:
        "dollars" or "per_cent".

    Examples
    --------
    >>> drawn("bar", [3, 1], labels=["a", "b"])["values"]
    [[3.0, 1.0]]
    """
    cells = list(values)
    nested = bool(cells) and np.ndim(cells[0]) > 0 and kind != "scatter"
    series = [list(one) for one in cells] if nested else [cells]
    if kind == "scatter":
        series = [sorted(series[0])]
        series = [[float(cell) for pair in series[0] for cell in pair]]
    return {
        "kind": kind,
        "values": [[float(cell) for cell in one] for one in series],
        "labels": [str(name) for name in labels],
        "title": title,
        "xlabel": xlabel,
        "ylabel": ylabel,
        "xunit" if kind == "barh" else "yunit": unit,
    }


def _in_unit_of(one: np.ndarray, other: np.ndarray, units: tuple[float, ...]) -> np.ndarray:
    """Rescale heights in one of these units to the unit of others."""
    return one / _unit_of(one, other, units)


def _unit_of(one: np.ndarray, other: np.ndarray, units: tuple[float, ...]) -> float:
    """Return which of these units heights are in, measured by others; 1 for the same unit.

    The usual ratio decides, so that one wrong bar is still the one that differs.
    """
    there = (other != 0) & (one != 0) if one.shape == other.shape else np.array([False])
    if not there.any():
        return 1.0
    ratio = float(np.median(one[there] / other[there]))
    return next((unit for unit in units if np.isclose(ratio, unit, rtol=_SEEN)), 1.0)


def _aligned(one: dict, other: dict) -> tuple[np.ndarray, np.ndarray]:
    return np.array([*one.values()], float), np.array([other[name] for name in one], float)


def _sort(picture: dict) -> None:
    # Sort bars together with their names; without names, by height alone.
    names = picture["labels"]
    if picture["kind"] == "scatter":
        return
    length = len(names) or max(map(len, picture["values"]), default=0)
    if any(len(series) != length for series in picture["values"]):
        return
    bars = sorted(
        range(length),
        key=lambda at: (names[at] if names else "", *(series[at] for series in picture["values"])),
    )
    picture["labels"] = [names[at] for at in bars] if names else []
    picture["values"] = [[series[at] for at in bars] for series in picture["values"]]


def _shape(picture: dict) -> list[int]:
    return [len(series) for series in picture["values"]]


def _counts(picture: dict) -> str:
    per_mark = 2 if picture["kind"] == "scatter" else 1
    return ", ".join(str(count // per_mark) for count in _shape(picture))


def _sorted_alike(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.allclose(np.sort(one), np.sort(other), rtol=1e-6, atol=1e-9, equal_nan=True))
