"""Collect a class's results, and sum them up."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from rfmgrade.assign.roster import Student
from rfmgrade.intake.files import SkippedFile
from rfmgrade.marking.exercise import WRITTEN
from rfmgrade.marking.marks import points_of
from rfmgrade.marking.results import STATUSES, UNDECIDED, Mark, Result
from rfmkit.classroom.question import all_questions
from rfmkit.labels import label


@dataclass(frozen=True)
class GradedItem:
    """One thing that earns points.

    Parameters
    ----------
    number
        The question, such as "6.2"; "6.7w" for the text that is written beside question 6.7.
    points
        What it is worth.
    texts
        The question's texts, from the chapter's TOML file.
    """

    number: str
    points: float
    texts: dict

    def title(self, lang: str) -> str:
        """Give its title."""
        title = self.texts["title"][lang]
        return label("book.written", lang, title=title) if self.is_text else title

    def ask(self, lang: str) -> str:
        """Give the task, as far as the questions' tables hold it."""
        return "" if self.is_text else self.texts.get("ask", {}).get(lang, "")

    def told(self, mistake: str, lang: str) -> str:
        """Say what students are told of a mistake; "" for one that is not known."""
        return self.texts.get("mistakes", {}).get(mistake, {}).get(lang, "")

    @property
    def rubric(self) -> list[tuple[float, dict[str, str]]]:
        """The points and the words of each criterion."""
        parts = {} if self.is_text else self.texts.get("rubric", {})
        return [(one["points"], one) for one in parts.values()]

    @property
    def is_text(self) -> bool:
        """Whether it is a text beside a question."""
        return self.number.endswith("w")


@cache
def all_items() -> dict[str, GradedItem]:
    """List all that the exercises ask, in order."""
    found = {}
    for number, one in all_questions().items():
        if one.books == "practice":
            found[number] = GradedItem(number, points_of(one), one.texts)
            if number in WRITTEN:
                beside = f"{number}w"
                found[beside] = GradedItem(beside, WRITTEN[number], one.texts)
    return found


def asked(number: str) -> GradedItem:
    """Find what a mark is about.

    Examples
    --------
    >>> asked("6.7w").title("en")
    'Whom to call first, and your recommendation: the text'
    """
    return all_items()[number]


def chapter_items(chapter: str) -> tuple[GradedItem, ...]:
    """List what a chapter's exercise asks.

    Examples
    --------
    >>> items = chapter_items("06")
    >>> [one.number for one in items][-2:], sum(one.points for one in items)
    (['6.7', '6.7w'], 20.0)
    """
    return tuple(one for one in all_items().values() if chapter_of(one.number) == chapter)


def chapter_of(number: str) -> str:
    """Tell the chapter of a question.

    Examples
    --------
    >>> chapter_of("6.2")
    '06'
    """
    return number.partition(".")[0].zfill(2)


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
class Gradebook:
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
        By student and chapter, what `collect` noted.
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
    left_out: tuple[SkippedFile, ...] = ()
    decisions: Mapping[Key, Decision] = field(default_factory=dict)
    lang: str = "zh-TW"

    @cached_property
    def questions(self) -> tuple[GradedItem, ...]:
        """What the chapters ask, in order."""
        return tuple(one for chapter in self.chapters for one in chapter_items(chapter))

    def out_of(self, chapter: str | None = None) -> float:
        """Give the points of a chapter, or of all chapters graded."""
        return sum(
            one.points
            for one in self.questions
            if chapter is None or chapter_of(one.number) == chapter
        )

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
            (student, chapter)
            for student in self.students
            for chapter in self.chapters
            if (student.id, chapter) not in self.results
        ]


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


@dataclass(frozen=True)
class QuestionSummary:
    """How a class did on one question.

    Parameters
    ----------
    question
        The question.
    handed_in
        Notebooks that were graded.
    counts
        How many have each status.
    mean
        Mean share of the points, of those that are decided; None if none is.
    """

    question: GradedItem
    handed_in: int
    counts: dict[str, int]
    mean: float | None

    def share(self, *statuses: str) -> float | None:
        """Give the share of notebooks with one of the statuses; None if there are no notebooks."""
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

    def told(self, lang: str) -> str:
        """Say what the students were told."""
        return self.question.told(self.name, lang)


def summarise(book: Gradebook) -> tuple[list[QuestionSummary], list[Mistake]]:
    """Sum up a class: each question in order, and the mistakes, the most common first."""
    marks: dict[str, list] = {one.number: [] for one in book.questions}
    for student in book.students:
        for result in book.of(student.id):
            for mark in result.marks:
                if mark.number in marks:
                    marks[mark.number].append((mark, book.earned(student.id, mark)))
    summaries, mistakes = [], []
    for one in book.questions:
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
    place = {one.number: at for at, one in enumerate(book.questions)}
    mistakes.sort(key=lambda one: (-one.count, place[one.question.number], one.name))
    return summaries, mistakes


def class_mean(book: Gradebook) -> float | None:
    """Give the mean total of those who handed in and have nothing undecided; None if nobody has."""
    totals = [book.total(student.id) for student in book.students]
    decided = [total[0] for total in totals if total and not total[1]]
    return plain(sum(decided) / len(decided)) if decided else None
