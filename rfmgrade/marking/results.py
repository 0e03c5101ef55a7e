"""Describe what there was to earn and what became of a submission, and keep it on disk."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import rfmkit
from rfmgrade.intake import Submission
from rfmkit.classroom.explain import slip_sentence
from rfmkit.classroom.question import all_questions
from rfmkit.labels import label

STATUSES = (
    "right",  # on the student's case and, where the key differs, on the second case
    "follow_through",  # wrong only because an earlier answer was
    "held",  # right on the student's case, but it does not follow its data: a person decides
    "known_mistake",
    "wrong",
    "missing",  # nothing was left in the variable
    "failed",  # its cell raised, took too long or died
    "open",  # a text that a person reads by the rubric
    "person",  # could not be judged, by no fault of the student's that we can prove
)
UNDECIDED = ("held", "open", "person")
FORMAT = 2  # of the files in which results are kept


@dataclass(frozen=True)
class GradedItem:
    """One thing that earns points: a question, or the text that is written beside one."""

    # The question, such as "6.2"; "6.7w" for the text that is written beside question 6.7.
    number: str
    points: float  # what it is worth
    texts: dict  # the question's texts, from the chapter's TOML file

    def title(self, lang: str) -> str:
        """Return its title."""
        title = self.texts["title"][lang]
        return label("book.written", lang, title=title) if self.is_text else title

    def task(self, lang: str) -> str:
        """Return the task, as far as the TOML has it."""
        return "" if self.is_text else self.texts.get("ask", {}).get(lang, "")

    def mistake_text(self, mistake: str, lang: str) -> str:
        """Return what students are told of a mistake; "" for an unknown one."""
        known = all_questions().get(self.number)
        return slip_sentence(known, mistake, lang) if known else ""

    @property
    def rubric(self) -> list[tuple[float, dict[str, str]]]:
        """The points and the words of each criterion."""
        # Beside a question that is computed, the rubric is that of the text.
        has_text = "written_points" in self.texts
        parts = self.texts.get("rubric", {}) if self.is_text == has_text else {}
        return [(one["points"], one) for one in parts.values()]

    @property
    def is_text(self) -> bool:
        """Whether it is a text beside a question."""
        return self.number.endswith("w")


@cache
def all_items() -> dict[str, GradedItem]:
    """List everything that the exercises ask, in order."""
    found = {}
    for number, one in all_questions().items():
        if one.books == "practice":
            # A question's points include those of the text that is written beside it.
            written = one.texts.get("written_points", 0)
            found[number] = GradedItem(number, one.texts["points"] - written, one.texts)
            if written:
                found[f"{number}w"] = GradedItem(f"{number}w", written, one.texts)
    return found


def graded_item(number: str) -> GradedItem:
    """Find what a mark is about.

    Examples
    --------
    >>> graded_item("6.7w").title("en")
    'Whom to call first, and your recommendation: the text'
    """
    return all_items()[number]


def chapter_items(chapter: str) -> tuple[GradedItem, ...]:
    """List what a chapter's exercise asks.

    Examples
    --------
    >>> items = chapter_items("06")
    >>> [one.number for one in items][-4:], sum(one.points for one in items)
    (['6.7', '6.7w', '6.8', '6.9'], 20)
    """
    return tuple(one for one in all_items().values() if chapter_of(one.number) == chapter)


def chapter_of(number: str) -> str:
    """Return the chapter of a question.

    Examples
    --------
    >>> chapter_of("6.2")
    '06'
    """
    return number.partition(".")[0].zfill(2)


@dataclass(frozen=True)
class Mark:
    """What one question earned, and why."""

    number: str  # the question, such as "6.2"
    status: str  # one of STATUSES
    points: float | None  # points earned; None where a person has still to decide
    out_of: float  # points there were to earn
    feedback: str = ""  # for the student, in the student's language; plain text
    mistake: str | None = None  # name of the known mistake, if it is one
    answer: str = ""  # an open answer's text; "" for every other question
    # Keys of `rfmgrade/texts/marking.csv` that trace how the mark came about.
    notes: tuple[str, ...] = ()
    # A short hash of the plain answer, equal for equal answers.
    digest: str = ""
    # The same of the answer on the second case, which the whole class shares; "" if it was not run.
    shared_digest: str = ""

    def __post_init__(self) -> None:
        """Refuse a status that is none, and points that a status cannot have."""
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r} is none of {STATUSES}.")
        if (self.points is None) != (self.status in UNDECIDED):
            raise ValueError(f"{self.number}: points {self.points!r} do not go with {self.status}.")


@dataclass(frozen=True)
class Flag:
    """Something for the instructor to look at. It never changes a mark."""

    # "typed_in", "same_code", "other_case", "other_student", "hostile", "moved", "late" and the
    # like: a key `flag.<kind>` of the texts.
    kind: str
    number: str = ""  # the question it is about; "" for the notebook as a whole
    values: dict[str, str] = field(default_factory=dict)  # what fills the text's braces


@dataclass(frozen=True)
class Result:
    """What became of one notebook."""

    # Whose, and of which chapter, such as "06".
    student: str
    chapter: str
    file: str  # its name as it was handed in
    sha256: str  # the notebook's hash, so that a mark can be traced to what was handed in
    lang: str  # the language of the feedback
    marks: tuple[Mark, ...]  # one for each question of the chapter, in order
    flags: tuple[Flag, ...] = ()  # for the instructor
    handed_in: str = ""  # when, as text; "" if the layout does not say
    late: bool = False  # whether it came after the due time
    # A hash of the student's code without comments, spaces and names of the notebook's own.
    code: str = ""
    trouble: str = ""  # why the notebook as a whole needs a person; "" if it does not

    @property
    def points(self) -> float:
        """Points earned so far; what a person has still to decide counts nothing yet."""
        return sum(mark.points or 0 for mark in self.marks)

    @property
    def undecided(self) -> float:
        """Points that a person has still to decide about."""
        return sum(mark.out_of for mark in self.marks if mark.points is None)

    def to_json(self) -> dict:
        """Return it as data that json can write."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "Result":
        """Make a result from what `to_json` returned.

        Examples
        --------
        >>> mark = Mark("6.1", "right", 2, 2)
        >>> result = Result("S1", "06", "a.ipynb", "0" * 64, "en", (mark,))
        >>> Result.from_json(result.to_json()) == result
        True
        """
        marks = tuple(Mark(**{**one, "notes": tuple(one["notes"])}) for one in data["marks"])
        flags = tuple(Flag(**one) for one in data["flags"])
        return cls(**{**data, "marks": marks, "flags": flags})


@dataclass(frozen=True)
class GradingJob:
    """One submission, with everything that its grading needs; plain data, so that it can travel."""

    place: int  # its place among the submissions
    submission: Submission  # the notebook that was handed in
    lang: str  # the student's language
    seed: int  # the seed of the student's case
    second_seeds: tuple[int, ...]  # seeds of second cases, in the order in which they are tried
    mode: str  # the sandbox's mode
    key: str  # under which the result is kept

    @property
    def student(self) -> str:
        """The id of the student who handed it in."""
        return self.submission.student

    @property
    def chapter(self) -> str:
        """The chapter it is of, such as "06"."""
        return self.submission.chapter


@dataclass(frozen=True)
class GradedSubmission:
    """A result, the hashes of its keys, and what went wrong on our side ("" if nothing did)."""

    place: int
    result: Result
    keys: dict[str, str] = field(default_factory=dict)
    fault: str = ""


def empty_result(job: GradingJob) -> Result:
    """Start a submission's result, without marks."""
    one = job.submission
    digest = hashlib.sha256(one.content).hexdigest()
    return Result(
        one.student,
        one.chapter,
        one.file,
        digest,
        job.lang,
        (),
        handed_in=one.handed_in,
        late=one.late,
    )


class ResultStore:
    """Keep results in a folder, one file a submission, so that a stopped run goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> tuple[Result, dict[str, str]] | None:
        """Read a result and the hashes of its keys; None if it is not there, or damaged."""
        try:
            saved = json.loads(self._file(key).read_text(encoding="utf-8"))
            body = saved["body"]
            if saved["format"] != FORMAT or saved["sum"] != _checksum(body) or body["key"] != key:
                return None
            return Result.from_json(body["result"]), dict(body["keys"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, key: str, result: Result, keys: dict[str, str]) -> None:
        """Write a result whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        body = {"key": key, "result": result.to_json(), "keys": keys}
        file = self._file(key)
        part = file.with_suffix(f".{os.getpid()}.part")
        text = json.dumps({"format": FORMAT, "sum": _checksum(body), "body": body})
        part.write_text(text + "\n", encoding="utf-8", newline="\n")
        part.replace(file)

    def record(self, job: GradingJob, graded: GradedSubmission) -> None:
        """Keep a result; add a fault of ours to the instructor's log instead."""
        if not graded.fault:
            self.keep(job.key, graded.result, graded.keys)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{job.student} {job.chapter} {job.submission.file!r} {job.key}"
        with (self.folder / "faults.log").open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{name}\n{graded.fault}\n\n")

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def key_of(content: bytes, *about: object) -> str:
    """Hash everything that decides a result.

    Examples
    --------
    >>> key_of(b"{}", "S1", 3) == key_of(b"{}", "S1", 3) != key_of(b"{}", "S1", 4)
    True
    """
    facts = json.dumps([FORMAT, *map(str, about), rfmkit.__version__, sources_digest()])
    return hashlib.sha256(hashlib.sha256(content).digest() + facts.encode()).hexdigest()[:40]


@cache
def sources_digest() -> str:
    """Hash the sources that judge: when one changes, everything is graded anew."""
    found = hashlib.sha256()
    todo = [resources.files("rfmkit"), resources.files("rfmgrade")]
    while todo:
        for one in sorted(todo.pop().iterdir(), key=lambda one: one.name):
            if one.is_dir():
                todo += [] if one.name in ("__pycache__", "_data", "fonts") else [one]
            elif one.name.endswith((".py", ".toml", ".csv")):
                found.update(one.name.encode() + b"\0" + one.read_bytes() + b"\0")
    return found.hexdigest()


def _checksum(body: dict) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
