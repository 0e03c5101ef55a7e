"""Say what became of one submission, in plain data that can be kept as JSON."""

from dataclasses import asdict, dataclass, field

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


@dataclass(frozen=True)
class Mark:
    """What one question earned, and why.

    Parameters
    ----------
    number
        The question, such as "6.2".
    status
        One of STATUSES.
    points
        Points earned; None where a person has still to decide.
    out_of
        Points there were to earn.
    feedback
        What the student is told, in the student's language; plain text.
    mistake
        Name of the known mistake, if it is one.
    answer
        An open answer's text; "" for every other question.
    notes
        Keys of `rfmkit/texts/grading_judge.csv` that trace how the mark came about.
    digest
        A short hash of the plain answer, which tells equal answers without showing them.
    """

    number: str
    status: str
    points: float | None
    out_of: float
    feedback: str = ""
    mistake: str | None = None
    answer: str = ""
    notes: tuple[str, ...] = ()
    digest: str = ""

    def __post_init__(self) -> None:
        """Refuse a status that is none, and points that a status cannot have."""
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r} is none of {STATUSES}.")
        if (self.points is None) != (self.status in UNDECIDED):
            raise ValueError(f"{self.number}: points {self.points!r} do not go with {self.status}.")


@dataclass(frozen=True)
class Flag:
    """Something for the instructor to look at. It never changes a mark.

    Parameters
    ----------
    kind
        "typed_in", "same_code", "other_case", "other_student", "hostile", "moved", "late" and
        the like: a key `flag.<kind>` of the texts.
    number
        The question it is about; "" for the notebook as a whole.
    values
        What stands in the text's braces.
    """

    kind: str
    number: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What became of one notebook.

    Parameters
    ----------
    student, chapter
        Whose, and of which chapter, such as "06".
    file
        Its name as it was handed in.
    sha256
        The notebook's hash, so that a mark can be traced to what was handed in.
    lang
        The language of the feedback.
    marks
        One for each question of the chapter, in order.
    flags
        For the instructor.
    handed_in
        When, as text; "" if the layout does not tell.
    late
        Whether it came after the due time.
    code
        A hash of the student's code without comments, spaces and names of the notebook's own.
    trouble
        Why the notebook as a whole needs a person; "" if it does not.
    """

    student: str
    chapter: str
    file: str
    sha256: str
    lang: str
    marks: tuple[Mark, ...]
    flags: tuple[Flag, ...] = ()
    handed_in: str = ""
    late: bool = False
    code: str = ""
    trouble: str = ""

    @property
    def points(self) -> float:
        """Points earned so far; what a person has still to decide counts nothing yet."""
        return sum(mark.points or 0 for mark in self.marks)

    @property
    def undecided(self) -> float:
        """Points that a person has still to decide about."""
        return sum(mark.out_of for mark in self.marks if mark.points is None)

    def to_json(self) -> dict:
        """Give it as data that json can write."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "Result":
        """Make it again from what `to_json` gave.

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
