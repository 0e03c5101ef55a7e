"""Collect a class's results, and sum them up."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rfmgrade.assign.roster import Student
from rfmgrade.intake.files import SkippedFile
from rfmgrade.marking.exercise import GradedItem, chapter_items, chapter_of
from rfmgrade.marking.results import STATUSES, UNDECIDED, Mark, Result

Key = tuple[str, str]  # student and chapter, or student and question


@dataclass(frozen=True)
class Decision:
    """What the teacher decided about one answer."""

    points: float | None  # the points given; None while a rubric is only half filled in
    # Points for each criterion of the rubric; () if only the sum was given, or there is none.
    parts: tuple[float | None, ...] = ()
    word: str = ""  # "yes" or "no" if that is what was written
    # The answer's fingerprint when it was read, so that a changed answer is read again.
    print: str = ""


@dataclass(frozen=True)
class Gradebook:
    """A class's results, ready to be written down."""

    students: tuple[Student, ...]  # the roster, in its order
    chapters: tuple[str, ...]  # the chapters that were graded
    results: Mapping[Key, Result]  # by student and chapter
    # By student and chapter, what `collect` noted.
    notes: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[SkippedFile, ...] = ()  # files that were not graded
    decisions: Mapping[Key, Decision] = field(default_factory=dict)  # by student and question
    lang: str = "zh-TW"  # the teacher's language

    @cached_property
    def questions(self) -> tuple[GradedItem, ...]:
        """What the chapters ask, in order."""
        return tuple(one for chapter in self.chapters for one in chapter_items(chapter))

    def out_of(self, chapter: str | None = None) -> float:
        """Return the points of a chapter, or of all chapters graded."""
        return sum(
            one.points
            for one in self.questions
            if chapter is None or chapter_of(one.number) == chapter
        )

    def of(self, student: str) -> list[Result]:
        """Return a student's results, in the order of the chapters."""
        keys = ((student, chapter) for chapter in self.chapters)
        return [self.results[key] for key in keys if key in self.results]

    def earned(self, student: str, mark: Mark) -> float | None:
        """Return a mark's points, the teacher's decision included; None while there is none."""
        if mark.points is not None:
            return mark.points
        decision = self.decisions.get((student, mark.number))
        return decision.points if decision else None

    def total(self, student: str, chapter: str | None = None) -> tuple[float, float] | None:
        """Return points so far and points undecided; None if nothing was handed in."""
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
            (student, chapter)
            for student in self.students
            for chapter in self.chapters
            if (student.id, chapter) not in self.results
        ]


def fingerprint(mark: Mark) -> str:
    """Hash an answer, so that a changed one is recognised without showing it.

    Examples
    --------
    >>> one = Mark("6.7", "open", None, 4, answer="first")
    >>> fingerprint(one) == fingerprint(Mark("6.7", "open", None, 4, answer="second"))
    False
    """
    answer = mark.answer if mark.status == "open" else f"{mark.status} {mark.digest}"
    return hashlib.sha256(answer.encode("utf-8", "replace")).hexdigest()[:12]


def plain(number: float) -> float:
    """Write a sum of points without the dust of floating point; a whole number as int.

    Examples
    --------
    >>> plain(0.1 + 0.2), plain(4.0)
    (0.3, 4)
    """
    number = round(float(number), 6)
    return int(number) if number.is_integer() else number


@dataclass(frozen=True)
class QuestionSummary:
    """How a class did on one question."""

    question: GradedItem  # the question
    handed_in: int  # notebooks that were graded
    counts: dict[str, int]  # how many have each status
    mean: float | None  # mean share of the points, of those that are decided; None if none is

    def share(self, *statuses: str) -> float | None:
        """Return the share of notebooks with one of the statuses; None if there are none."""
        if not self.handed_in:
            return None
        return sum(self.counts[one] for one in statuses) / self.handed_in


@dataclass(frozen=True)
class Mistake:
    """A mistake with a name, how many made it and their share of those who handed in."""

    question: GradedItem
    name: str
    count: int
    share: float

    def text(self, lang: str) -> str:
        """Return the feedback that these students got."""
        return self.question.mistake_text(self.name, lang)


def summarise(gradebook: Gradebook) -> tuple[list[QuestionSummary], list[Mistake]]:
    """Sum up a class: each question in order, and the mistakes, the most common first."""
    marks: dict[str, list] = {one.number: [] for one in gradebook.questions}
    for student in gradebook.students:
        for result in gradebook.of(student.id):
            for mark in result.marks:
                if mark.number in marks:
                    marks[mark.number].append((mark, gradebook.earned(student.id, mark)))
    summaries, mistakes = [], []
    for one in gradebook.questions:
        there = marks[one.number]
        shares = [
            earned / mark.out_of for mark, earned in there if earned is not None and mark.out_of
        ]
        counts = Counter(mark.status for mark, _ in there)
        summaries.append(
            QuestionSummary(
                one,
                len(there),
                {status: counts[status] for status in STATUSES},
                sum(shares) / len(shares) if shares else None,
            )
        )
        named = Counter(mark.mistake for mark, _ in there if mark.mistake)
        mistakes += [Mistake(one, name, count, count / len(there)) for name, count in named.items()]
    place = {one.number: at for at, one in enumerate(gradebook.questions)}
    mistakes.sort(key=lambda one: (-one.count, place[one.question.number], one.name))
    return summaries, mistakes


def class_mean(gradebook: Gradebook) -> float | None:
    """Compute the mean total of those with nothing undecided; None if there is nobody."""
    totals = [gradebook.total(student.id) for student in gradebook.students]
    decided = [total[0] for total in totals if total and not total[1]]
    return plain(sum(decided) / len(decided)) if decided else None
