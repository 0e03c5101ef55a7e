"""Hold all that a gradebook tells of a class: results, decisions of the teacher, what is left."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rfmkit.classroom.grading.asked import Asked, chapter_asked, chapter_of
from rfmkit.classroom.grading.intake_files import LeftOut
from rfmkit.classroom.grading.results import UNDECIDED, Mark, Result
from rfmkit.classroom.grading.roster import Student

Key = tuple[str, str]  # student and chapter, or student and question


@dataclass(frozen=True)
class Decision:
    """What the teacher decided about one answer.

    Parameters
    ----------
    points
        The points given; None while a rubric is only half filled in.
    parts
        Points for each criterion of the rubric; () if only the sum was given, or there is none.
    word
        "yes" or "no" if that is what was written.
    print
        The answer's fingerprint when it was read, so that a changed answer is read again.
    """

    points: float | None
    parts: tuple[float | None, ...] = ()
    word: str = ""
    print: str = ""


@dataclass(frozen=True)
class Book:
    """A class's results, ready to be written down.

    Parameters
    ----------
    students
        The roster, in its order.
    chapters
        The chapters that were graded.
    results
        By student and chapter.
    notes
        By student and chapter, what `take_in` noted.
    left_out
        Files that were not graded.
    decisions
        By student and question.
    lang
        The teacher's language.
    """

    students: tuple[Student, ...]
    chapters: tuple[str, ...]
    results: Mapping[Key, Result]
    notes: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    decisions: Mapping[Key, Decision] = field(default_factory=dict)
    lang: str = "zh-TW"

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        """What the chapters ask, in order."""
        return tuple(one for chapter in self.chapters for one in chapter_asked(chapter))

    def out_of(self, chapter: str | None = None) -> float:
        """Give the points of a chapter, or of all chapters graded."""
        return sum(
            one.points for one in self.questions
            if chapter is None or chapter_of(one.number) == chapter
        )  # fmt: skip

    def of(self, student: str) -> list[Result]:
        """Give a student's results, in the order of the chapters."""
        keys = ((student, chapter) for chapter in self.chapters)
        return [self.results[key] for key in keys if key in self.results]

    def earned(self, student: str, mark: Mark) -> float | None:
        """Give a mark's points, the teacher's decision included; None while there is none."""
        if mark.points is not None:
            return mark.points
        decision = self.decisions.get((student, mark.number))
        return decision.points if decision else None

    def total(self, student: str, chapter: str | None = None) -> tuple[float, float] | None:
        """Give points so far and points undecided; None if nothing was handed in."""
        results = [one for one in self.of(student) if chapter in (None, one.chapter)]
        if not results:
            return None
        pairs = [(self.earned(student, mark), mark.out_of) for one in results for mark in one.marks]
        return (
            plain(sum(points for points, _ in pairs if points is not None)),
            plain(sum(out_of for points, out_of in pairs if points is None)),
        )

    def undecided(self) -> list[tuple[Student, Result, Mark]]:
        """List what a person decides, decided already or not, in the order of the questions."""
        rows = [
            (student, result, mark)
            for student in self.students
            for result in self.of(student.id)
            for mark in result.marks
            if mark.status in UNDECIDED
        ]
        order = {one.number: place for place, one in enumerate(self.questions)}
        return sorted(rows, key=lambda row: order.get(row[2].number, len(order)))

    def missing(self) -> list[tuple[Student, str]]:
        """List the students and the chapters that they handed nothing in for."""
        return [
            (student, chapter) for student in self.students for chapter in self.chapters
            if (student.id, chapter) not in self.results
        ]  # fmt: skip


def fingerprint(mark: Mark) -> str:
    """Tell one answer from another without showing it.

    Examples
    --------
    >>> one = Mark("6.7", "open", None, 4, answer="first")
    >>> fingerprint(one) == fingerprint(Mark("6.7", "open", None, 4, answer="second"))
    False
    """
    told = mark.answer if mark.status == "open" else f"{mark.status} {mark.digest}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def plain(number: float) -> float:
    """Write a sum of points without the dust of floating point; a whole number as int.

    Examples
    --------
    >>> plain(0.1 + 0.2), plain(4.0)
    (0.3, 4)
    """
    number = round(float(number), 6)
    return int(number) if number.is_integer() else number
