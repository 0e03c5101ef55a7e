"""Collect a class's results, sum them up, and read the teacher's decisions back."""

import hashlib
import math
import re
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from rfmgrade.config import InputError, Message, Student, folded_id
from rfmgrade.intake import SkippedFile
from rfmgrade.marking.results import (
    STATUSES,
    UNDECIDED,
    GradedItem,
    Mark,
    Result,
    chapter_items,
    chapter_of,
    graded_item,
)
from rfmkit.labels import LANGUAGES, label
from rfmkit.schema import DataError

Key = tuple[str, str]  # student and chapter, or student and question
FILLED = ("points", "decision", "override")  # what the teacher fills in, beside criteria
PARTS = 9  # criteria columns that a sheet may have
_roles = ("id", "question", "points", "decision", "override", "print")
YES = {"yes", "y", "true", "是", "採計", "ok", "v", "✓", "對"}
NO = {"no", "n", "false", "否", "不採計", "x", "✗", "錯"}


@dataclass(frozen=True)
class Decision:
    """What the teacher decided about one answer."""

    points: float | None  # the points given; None while a rubric is only half filled in
    # Points for each criterion of the rubric; () if only the sum was given, or there is none.
    parts: tuple[float | None, ...] = ()
    word: str = ""  # "yes" or "no" if that is what was written
    # The answer's fingerprint when it was read, so that a changed answer is read again.
    print: str = ""
    override: bool = False  # whether it replaces what the machine found


@dataclass(frozen=True)
class LateRule:
    """What late work loses: a share of its points for each day begun, up to a bound.

    Examples
    --------
    >>> LateRule(10, 30, "2021-04-08T23:59:59").share("2021-04-10T08:00:00")
    0.2
    """

    percent: float = 0  # percent of the points earned, for each day begun
    most: float = 100  # percent at the most
    due: str = ""  # when it was due, such as "2021-04-08T23:59:59"; "" if only a platform knows

    def days(self, handed_in: str) -> int:
        """Return the days begun since the work was due; 1 where the time is not known."""
        try:
            late = datetime.fromisoformat(handed_in) - datetime.fromisoformat(self.due)
        except (ValueError, TypeError):
            return 1
        return max(1, math.ceil(late.total_seconds() / 86_400))

    def share(self, handed_in: str) -> float:
        """Return the share of its points that late work loses."""
        return min(self.most, self.percent * self.days(handed_in)) / 100


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
    # How often each student handed a chapter in, by student and chapter, where it is known.
    attempts: Mapping[Key, int] = field(default_factory=dict)
    late_rule: LateRule = LateRule()
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
        decision = self.decisions.get((student, mark.number))
        if mark.points is not None and not (decision and decision.override):
            return mark.points
        return decision.points if decision else None

    def is_decided(self, student: str, mark: Mark) -> bool:
        """Return whether the points of a mark are the teacher's."""
        decision = self.decisions.get((student, mark.number))
        given = decision is not None and decision.points is not None
        return given and (mark.points is None or decision.override)

    def deduction(self, student: str, chapter: str) -> float:
        """Return the points that a chapter loses for being late; 0 where nothing is."""
        result = self.results.get((student, chapter))
        if result is None or not result.late:
            return 0
        points = sum(self.earned(student, mark) or 0 for mark in result.marks)
        return plain(round(points * self.late_rule.share(result.handed_in), 2))

    def total(self, student: str, chapter: str | None = None) -> tuple[float, float] | None:
        """Return points so far and points undecided; None if nothing was handed in."""
        results = [one for one in self.of(student) if chapter in (None, one.chapter)]
        if not results:
            return None
        pairs = [(self.earned(student, mark), mark.out_of) for one in results for mark in one.marks]
        lost = sum(self.deduction(student, one.chapter) for one in results)
        return (
            plain(sum(points for points, _ in pairs if points is not None) - lost),
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


# Control characters, half characters, and those that turn the direction of writing.
_unfit = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean_text(value: object) -> object:
    r"""Replace the characters that no page and no sheet may contain, where it is a text.

    Examples
    --------
    >>> clean_text("a\u202eb\r\n"), clean_text(2)
    ('a�b\n', 2)
    """
    return _unfit.sub("\ufffd", value.replace("\r\n", "\n")) if isinstance(value, str) else value


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


@dataclass(frozen=True)
class EqualAnswers(Mistake):
    """Wrong answers that are equal to each other and that nothing known explains."""

    feedback: str = ""  # what one of these students was told

    def text(self, lang: str) -> str:
        """Return what to do about them, and what these students read."""
        return label("book.equal_answers", lang, feedback=self.feedback)


def summarise(gradebook: Gradebook) -> tuple[list[QuestionSummary], list[Mistake]]:
    """Sum up a class: each question in order, and the mistakes, the most common first.

    Who made two mistakes at once counts in both; an answer with two readings counts as such. Equal
    answers that nothing explains stand among the mistakes as `EqualAnswers`.
    """
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
        named = Counter(name for mark, _ in there for name in _names(mark.mistake))
        mistakes += [Mistake(one, name, count, count / len(there)) for name, count in named.items()]
        mistakes += _equal_answers(one, [mark for mark, _ in there])
    place = {one.number: at for at, one in enumerate(gradebook.questions)}
    mistakes.sort(key=lambda one: (-one.count, place[one.question.number], one.name))
    return summaries, mistakes


def _names(mistake: str | None) -> list[str]:
    """Split the name of two mistakes at once; leave an answer with two readings as it is."""
    if not mistake:
        return []
    return [mistake] if " / " in mistake else mistake.split("+")


def _equal_answers(question: GradedItem, marks: list[Mark]) -> list[EqualAnswers]:
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.status == "wrong" and (digest := mark.shared_digest or mark.digest):
            groups.setdefault(digest, []).append(mark)
    return [
        EqualAnswers(question, "", len(group), len(group) / len(marks), group[0].feedback)
        for group in groups.values()
        if len(group) > 1
    ]


class ClassMeans(NamedTuple):
    """Mean totals, and of how many students; a mean of nobody is None."""

    so_far: float | None  # of all who handed in, without what is still undecided
    handed_in: int
    undecided: float  # points that wait for a person, in the mean
    decided: float | None  # of those with nothing undecided
    complete: int


def class_means(gradebook: Gradebook) -> ClassMeans:
    """Compute the mean total of all who handed in, and of those with nothing undecided."""
    totals = [total for one in gradebook.students if (total := gradebook.total(one.id))]
    decided = [points for points, waiting in totals if not waiting]
    count = len(totals)
    return ClassMeans(
        plain(sum(points for points, _ in totals) / count) if count else None,
        count,
        plain(sum(waiting for _, waiting in totals) / count) if count else 0,
        plain(sum(decided) / len(decided)) if decided else None,
        len(decided),
    )


def decision_rows(path: Path) -> list[tuple[str, int, dict[str, object]]]:
    """Read every row of the sheets with marks; headers in either language, columns in any order.

    Of what is not for filling in, only changes are kept: a cell "edited" says what was changed.
    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles that openpyxl leaves out
            wb = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except FileNotFoundError:
        raise InputError("grading.table.missing", path=path) from None
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise InputError("grading.table.broken", file=path.name) from error
    names = {label(f"book.head_{role}", one): role for role in _roles for one in LANGUAGES}
    for place in range(1, PARTS + 1):
        names |= {label("book.head_part", one, place=place): f"part{place}" for one in LANGUAGES}
    sheets = {
        label(f"book.sheet_{name}", one): name
        for name in ("open", "held", "questions", "marks")
        for one in LANGUAGES
    }
    found, rows = False, []
    for ws in wb.worksheets:
        name = sheets.get(ws.title, "")
        if not name:
            continue
        ws.reset_dimensions()  # some programs write a wrong one
        roles: dict[int, str] = {}
        for number, row in enumerate(ws.iter_rows(values_only=True), start=1):
            heads = {
                place: names[cell_text(cell)]
                for place, cell in enumerate(row)
                if cell_text(cell) in names
            }
            if name == "marks":
                texts = [cell_text(cell) for cell in row]
                roles, edited = _edited_row(texts, heads, roles)
                if edited:
                    rows.append((ws.title, number, {"id": edited, "edited": "row"}))
                continue
            if {"id", "question"} <= set(heads.values()):
                roles, found = heads, True
            elif roles:
                cells = {role: row[p] if p < len(row) else None for p, role in roles.items()}
                if name == "questions":
                    _read_question_row(cells)
                rows += [(ws.title, number, cells)] if cell_text(cells["id"]) else []
    wb.close()
    if not found:
        raise InputError("marks.no_sheet", file=path.name)
    return rows


def row_code(cells: Iterable[object]) -> str:
    """Hash a row's cells, so that a change by hand is noticed.

    Examples
    --------
    >>> row_code(["B1", 2]) == row_code(["B1", 2.0]), row_code(["B1", 3]) == row_code(["B1", 2])
    (True, False)
    """
    texts = [cell_text(cell) for cell in cells]
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:12]


def _edited_row(
    texts: list[str], heads: dict[int, str], roles: dict[int, str]
) -> tuple[dict[int, str], str]:
    """Check a row of the sheet "Marks"; return the columns, and whose row was changed."""
    if "id" in heads.values() and "print" in heads.values():
        fixed = [place for place, text in enumerate(texts) if "\n/" in text]
        return {**heads, **dict.fromkeys(fixed, "mark")}, ""
    at = {role: place for place, role in roles.items()}
    if "print" not in at or not texts[at["id"]] or len(texts) <= at["print"]:
        return roles, ""
    points = [texts[place] for place, role in roles.items() if role == "mark"]
    code = row_code([texts[at["id"]], texts[TOTAL_COLUMN], *points])
    return roles, "" if code == texts[at["print"]] else texts[at["id"]]


def _read_question_row(cells: dict[str, object]) -> None:
    """Split the code of a row of "Questions", and note whether its points were changed."""
    code, _, written = cell_text(cells.get("print")).partition(":")
    points = cell_text(cells.pop("points", None))
    if cell_text(cells.get("print")):
        cells["print"] = code
        if points != written:
            cells["edited"] = points or "–"


TOTAL_COLUMN = 3  # of the sheet "Marks", from 0


def cell_text(value: object) -> str:
    """Write a cell's value as text.

    Examples
    --------
    >>> cell_text(None), cell_text(" B1 "), cell_text(2)
    ('', 'B1', '2')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def read_decisions(
    path: str | Path, gradebook: Gradebook, *, force: bool = False
) -> tuple[dict[Key, Decision], dict[Key, str]]:
    """Read what was filled in: for open and for held answers, and in place of any other mark.

    Parameters
    ----------
    path
        A gradebook of `rfmkit grade`, or a copy of it.
    gradebook
        The class as it is graded now, without decisions.
    force
        Whether to go on although something was changed by hand where nothing is read.

    Returns
    -------
    decisions, notes
        By student and question; and, by the same, what was filled in but no longer fits, such as
        an answer that has changed since.

    Raises
    ------
    DataError
        If the file is no such workbook, or any cell cannot be a mark; every one is listed.
    """
    path, lang = Path(path), gradebook.lang
    marks = {
        (one.id, mark.number): mark
        for one in gradebook.students
        for result in gradebook.of(one.id)
        for mark in result.marks
    }
    known = {folded_id(one.id): one.id for one in gradebook.students}
    numbers = {one.number for one in gradebook.questions}
    decisions: dict[Key, Decision] = {}
    mistakes, notes = [], {}
    for sheet, number, cells in decision_rows(path):
        where = label("marks.where", lang, sheet=sheet, row=number)
        student = known.get(folded_id(cell_text(cells.get("id"))))
        question = cell_text(cells.get("question"))
        if cell_text(cells.get("edited")) and not force:
            about = question or label("book.head_total", lang)
            who = student or cell_text(cells.get("id"))[:40]
            column = label("book.head_override", lang)
            mistakes.append(
                where + label("marks.elsewhere", lang, id=who, number=about, column=column)
            )
        if not any(cell_text(cells.get(name)) for name in _filled(cells)):
            continue
        if student is None:
            who = cell_text(cells.get("id"))[:40]
            mistakes.append(where + label("marks.no_student", lang, id=who))
        elif question not in numbers:
            mistakes.append(where + label("marks.no_question", lang, number=question[:20]))
        elif (mark := marks.get((student, question))) is None or (
            "override" not in cells and mark.status not in UNDECIDED
        ):
            typed = _typed(cells)
            notes[student, question] = where + label(
                "marks.not_waiting", lang, id=student, number=question, typed=typed
            )
        elif (student, question) in decisions:
            mistakes.append(where + label("marks.twice", lang, id=student, number=question))
        elif cell_text(cells.get("print")) not in ("", fingerprint(mark)):
            typed = _typed(cells)
            notes[student, question] = where + label(
                "marks.changed", lang, id=student, number=question, typed=typed
            )
        else:
            found = _decide(cells, mark, graded_item(question).rubric)
            if isinstance(found, Message):
                mistakes.append(where + label(found.key, lang, **found.values))
            else:
                decisions[student, question] = found
    if mistakes:
        head = label("marks.mistakes", lang, file=path.name, count=len(mistakes))
        raise DataError("\n  ".join([head, *mistakes]))
    return decisions, notes


def lost_decisions(
    path: Path, gradebook: Gradebook, kept: Mapping[Key, Decision], noted: Iterable[Key] = ()
) -> list[str] | None:
    """List the decisions in a gradebook that would be lost if it were written anew."""
    known = {folded_id(one.id): one.id for one in gradebook.students}
    lost = []
    try:
        rows = list(decision_rows(path))
    except DataError:
        return None
    for _, _, cells in rows:
        if cell_text(cells.get("edited")):
            lost.append(f"{cell_text(cells.get('id'))} {cell_text(cells.get('question'))}".strip())
        if not any(cell_text(cells.get(name)) for name in _filled(cells)):
            continue
        who, number = cell_text(cells.get("id")), cell_text(cells.get("question"))
        key = (known.get(folded_id(who), who), number)
        decision = kept.get(key)
        if key not in noted and (decision is None or not _same(cells, decision)):
            lost.append(f"{who} {number}")
    return lost


def _decide(cells: dict, mark: Mark, rubric: list) -> Decision | Message:
    """Read the decision in a row, or return what is wrong with it."""
    override = "override" in cells
    typed = [cells.get(f"part{place}") for place in range(1, PARTS + 1)]
    limits = [points for points, _ in rubric] if mark.status == "open" else []
    parts: list[float | None] = []
    for place, value in enumerate(typed):
        limit = limits[place] if place < len(limits) else None
        number = _number(value, limit) if cell_text(value) else None
        if cell_text(value) and (limit is None or number is None):
            most = "–" if limit is None else plain(limit)
            text = cell_text(value)[:20]
            return Message("marks.no_part", place=place + 1, text=text, most=most)
        if limit is not None:
            parts.append(number)
    given = cells.get("decision") if mark.status != "open" else cells.get("points")
    given = cells["override"] if override else given
    word = unicodedata.normalize("NFKC", cell_text(given)).casefold()
    meaning = "yes" if word in YES else "no" if word in NO else ""
    points = {"yes": float(mark.out_of), "no": 0.0}.get(meaning)
    if cell_text(given) and not meaning and (points := _number(given, mark.out_of)) is None:
        return Message("marks.no_points", text=cell_text(given)[:20], most=plain(mark.out_of))
    if any(one is not None for one in parts):
        total = None if None in parts else plain(sum(one for one in parts if one is not None))
        if points is not None and total is not None and abs(points - total) > 1e-9:
            return Message("marks.sum", points=plain(points), total=total)
        points = total
    got = None if points is None else plain(points)
    filled = tuple(parts) if any(one is not None for one in parts) else ()
    return Decision(got, filled, meaning, fingerprint(mark), override)


def _same(cells: dict, decision: Decision) -> bool:
    """Return whether a row of an old gradebook says what is kept."""
    parts = [cells.get(f"part{place}") for place in range(1, PARTS + 1)]
    there = [_number(value, None) for value in parts if cell_text(value)]
    if there:
        return there == [one for one in decision.parts if one is not None]
    given = next(filter(None, (cell_text(cells.get(name)) for name in FILLED)), "")
    word = given.casefold()
    if word in YES | NO:
        return decision.word == ("yes" if word in YES else "no")
    return _number(given, None) == decision.points


def _number(value: object, most: float | None) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(unicodedata.normalize("NFKC", str(value)).strip().replace(",", "."))
    except ValueError:
        return None
    fits = math.isfinite(number) and number >= 0 and (most is None or number <= most)
    return plain(number) if fits else None


def _typed(cells: dict) -> str:
    return " ".join(text for name in _filled(cells) if (text := cell_text(cells[name])[:20]))


def _filled(cells: dict) -> list[str]:
    """List the cells of a row that are for the teacher to fill in."""
    return [name for name in cells if name in FILLED or name.startswith("part")]
