"""Find out whose a notebook is: by what the platform says first, by the notebook second."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable

from rfmkit.classroom.grading.intake_names import Claim, name_key, name_keys
from rfmkit.classroom.grading.roster import Student
from rfmkit.classroom.grading.student_ids import folded_id

_parts = re.compile(r"[\s_\-()（）\[\]【】,，、.]+")


class Matcher:
    """The students of a class, to be found by id, by platform number and by name.

    Parameters
    ----------
    students
        The roster.
    """

    def __init__(self, students: Iterable[Student]) -> None:
        self.ids: dict[str, str] = {}
        self.numbers: dict[str, dict[str, str]] = {"moodle": {}, "canvas": {}}
        self.names: dict[str, set[str]] = defaultdict(set)
        for one in students:
            self.ids[folded_id(one.id)] = one.id
            for layout, number in (("moodle", one.moodle_id), ("canvas", one.canvas_id)):
                if number:
                    self.numbers[layout][number] = one.id
            for key in {*name_keys(one.name), name_key(one.login)} - {""}:
                self.names[key].add(one.id)
        # An id with a separator in it, such as 109-0001, is not found among the parts of a name.
        self._long = [known for known in self.ids if _parts.search(known)]

    def by_id(self, text: str) -> str | None:
        """Find the one student whose id is in a text, alone or beside other words.

        Examples
        --------
        >>> Matcher([Student("B1"), Student("B12")]).by_id("b12_林小華")
        'B12'
        """
        folded = folded_id(text)
        if folded in self.ids:
            return self.ids[folded]
        there = {self.ids[word] for word in _parts.split(folded) if word in self.ids}
        there |= {
            self.ids[known] for known in self._long
            if re.search(rf"(?<![^\W_]){re.escape(known)}(?![^\W_])", folded)
        }  # fmt: skip
        return there.pop() if len(there) == 1 else None

    def by_name(self, text: str) -> set[str]:
        """Find the students of a name; several if they share it.

        Examples
        --------
        >>> sorted(Matcher([Student("B1", "林小華"), Student("B2", "林小華")]).by_name("林小華"))
        ['B1', 'B2']
        """
        whole = self.names.get(name_key(text), set())
        if whole:
            return whole
        found: set[str] = set()
        for word in _parts.split(text):
            if len(name_key(word)) > 1:
                found |= self.names.get(name_key(word), set())
        return found

    def candidates(self, claim: Claim) -> set[str]:
        """List who may have handed in: one student, none, or several of one name."""
        if sure := self.numbers.get(claim.layout, {}).get(claim.number):
            return {sure}
        for text in claim.texts:
            if known := self.by_id(text):
                return {known}
            if named := self.by_name(text):
                inside = self.by_id(claim.file.rpartition(".")[0])
                return {inside} if inside in named else set(named)
        inside = self.by_id(claim.file.rpartition(".")[0])
        return {inside} if inside and claim.layout == "plain" else set()

    def owner(self, claim: Claim) -> str | None:
        """Tell the one student, if there is only one."""
        found = self.candidates(claim)
        return next(iter(found)) if len(found) == 1 else None


def read_metadata(content: bytes) -> dict:
    """Read what a notebook says of itself; an empty dict if it is none.

    Parameters
    ----------
    content
        The notebook's bytes; hostile.

    Returns
    -------
    dict
        `student`, `source` and `questions` (the numbers told by its cells), as far as they are
        there and are text.

    Examples
    --------
    >>> read_metadata(b'{"metadata": {"rfmkit": {"student": "B1"}}, "cells": 3}')
    {'questions': [], 'student': 'B1'}
    >>> read_metadata(b"[" * 100_000)
    {}
    """
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError, MemoryError):
        return {}
    if not isinstance(notebook, dict):
        return {}
    own = _inner(notebook, "metadata", "rfmkit")
    cells = notebook.get("cells")
    cells = cells[:2000] if isinstance(cells, list) else []
    numbers = (_inner(cell, "metadata", "rfmkit").get("question") for cell in cells)
    told: dict = {"questions": [one for one in numbers if isinstance(one, str)]}
    told |= {key: own[key][:300] for key in ("student", "source") if isinstance(own.get(key), str)}
    return told


def _inner(data: object, *keys: str) -> dict:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}
