"""Define the answer type of pictures, judged by what they are built of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, type_name
from rfmkit.classroom.answer_types.drawings import KINDS, read_drawing
from rfmkit.classroom.plain_names import format_value, plain_words, shorten
from rfmkit.labels import join_names, label


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
    unit_free
        Whether thousands and units are the same, as long as the proportions are.
    needs
        The words it must have: "title", "xlabel", "ylabel".
    scheme
        Whose tiers the names under the bars are; None for any scheme's.
    """

    kind: str
    ordered: bool = True
    labels: bool = True
    values: bool = True
    unit_free: bool = False
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
                at = self._first_wrong(answer, key)
                return label("check.figure_values", lang, place=at)
            case fault:  # labels, order
                return label(f"check.figure_{fault}", lang)

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
            return ""
        # The same heights in another order, without names that would show it.
        if not self.labels and _sorted_alike(self._flat(one), self._flat(other)):
            return "order"
        return "values"

    def _labels(self, picture: dict) -> list[str]:
        return picture["labels"] if self.labels else []

    def _flat(self, picture: dict) -> np.ndarray:
        flat = np.array([cell for series in picture["values"] for cell in series], dtype=float)
        largest = np.abs(flat).max(initial=0)
        return flat / largest if self.unit_free and largest else flat

    def _alike(self, one: dict, other: dict) -> np.ndarray:
        return np.isclose(self._flat(one), self._flat(other), rtol=1e-6, atol=1e-9, equal_nan=True)

    def _first_wrong(self, answer: dict, key: dict) -> str:
        at = int(np.flatnonzero(~self._alike(answer, key))[0])
        flat = [cell for series in answer["values"] for cell in series]
        names = [*answer["labels"]] * max(len(answer["values"]), 1)
        place = shorten(names[at]) if at < len(names) and names[at] else f"#{at + 1}"
        return f"{place} ({format_value(flat[at])})"


def drawn(
    kind: str,
    values: Sequence,
    *,
    labels: Sequence = (),
    title: bool = True,
    xlabel: bool = True,
    ylabel: bool = True,
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
    }


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
