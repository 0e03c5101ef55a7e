"""Grade one submission, in whatever process; every way it can end is a result."""

import hashlib
import traceback
from dataclasses import dataclass, field, replace
from multiprocessing import util
from types import TracebackType

from rfmkit.classroom.grading.blank import blank
from rfmkit.classroom.grading.cases import Shelf
from rfmkit.classroom.grading.flags import own_code, own_flags
from rfmkit.classroom.grading.judge import key_digest
from rfmkit.classroom.grading.marking import MOST_ATTEMPTS, run_all
from rfmkit.classroom.grading.marks import marks_by_hand, marks_of
from rfmkit.classroom.grading.notebook import read_notebook
from rfmkit.classroom.grading.raw_cells import NotReadable
from rfmkit.classroom.grading.results import Result
from rfmkit.classroom.grading.sandbox import Sandbox
from rfmkit.labels import label

ATTEMPTS = 2


@dataclass(frozen=True)
class Job:
    """One submission, with all that its grading needs; plain data, so that it can travel.

    Parameters
    ----------
    place
        Its place among the submissions.
    student, chapter, file, content, handed_in, late
        As of a Submission.
    lang
        The student's language.
    seed
        The seed of the student's case.
    seconds
        Seeds of second cases, in the order in which they are tried.
    mode
        The sandbox's mode.
    key
        Under which the result is kept.
    """

    place: int
    student: str
    chapter: str
    file: str
    content: bytes
    handed_in: str
    late: bool
    lang: str
    seed: int
    seconds: tuple[int, ...]
    mode: str
    key: str


@dataclass(frozen=True)
class Graded:
    """A result, the hashes of its keys, and what went wrong on our side ("" if nothing did)."""

    place: int
    result: Result
    keys: dict[str, str] = field(default_factory=dict)
    fault: str = ""


class Desk:
    """What one process needs to grade: cases and a sandbox. A context manager.

    Parameters
    ----------
    mode
        The sandbox's mode.
    sandbox
        A sandbox to use instead of an own one.
    """

    def __init__(self, mode: str, sandbox: object = None) -> None:
        self.mode, self.shelf = mode, Shelf()
        self._given, self._own = sandbox, None

    def sandbox(self) -> object:
        """Give the sandbox; it is started when first needed."""
        if self._given is not None:
            return self._given
        if self._own is None:
            self._own = Sandbox(mode=self.mode).__enter__()
        return self._own

    def renew(self) -> None:
        """Do away with the sandbox, so that the next notebook gets a new one."""
        own, self._own = self._own, None
        if own is not None:
            own.__exit__(None, None, None)

    def grade(self, job: Job) -> Graded:
        """Grade one submission. Only an interruption gets out of here.

        Parameters
        ----------
        job
            The submission.
        """
        fault = ""
        for _ in range(ATTEMPTS):
            try:
                return self._grade(job)
            except Exception:
                fault = traceback.format_exc()
            try:
                self.renew()
            except Exception:
                fault += traceback.format_exc()
        return by_hand(job, "judge.fault", fault=fault)

    def _grade(self, job: Job) -> Graded:
        kit = blank(job.chapter)
        try:
            notebook = read_notebook(job.content, job.chapter)
        except NotReadable as trouble:
            return by_hand(job, trouble.key, **trouble.values)
        seen = run_all(
            notebook, job.lang, seed=job.seed, second=lambda attempt: job.seconds[attempt],
            shelf=self.shelf, sandbox=self.sandbox(),
        )  # fmt: skip
        marks = marks_of(notebook, seen, job.lang)
        flags = tuple(own_flags(notebook, seen, marks, job.student))
        result = replace(_empty(job), marks=marks, flags=flags, code=own_code(notebook))
        keys = {number: key_digest(asked, seen.mine.case)
                for number, asked in kit.questions.items()}  # fmt: skip
        return Graded(job.place, result, keys)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        try:
            self.renew()
        finally:
            self.shelf.close()


def by_hand(job: Job, key: str, *, fault: str = "", **values: object) -> Graded:
    """Leave a whole notebook to a person.

    Parameters
    ----------
    job
        The submission.
    key
        Why: a key of the texts.
    fault
        What went wrong on our side.
    **values
        What stands in the text's braces.
    """
    told = label(key, job.lang, **values)
    marks = marks_by_hand(job.chapter, job.lang)
    return Graded(job.place, replace(_empty(job), marks=marks, trouble=told), {}, fault)


_desks: dict[str, Desk] = {}


def grade_job(job: Job) -> Graded:
    """Grade one submission at this process's own desk, which is kept until the process ends.

    Parameters
    ----------
    job
        The submission.
    """
    if job.mode not in _desks:
        desk = _desks[job.mode] = Desk(job.mode)
        # A worker of a pool ends without atexit; this runs in both.
        util.Finalize(None, desk.__exit__, args=(None, None, None), exitpriority=10)
    return _desks[job.mode].grade(job)


def second_attempts() -> range:
    """List the attempts for which a job needs a seed.

    Examples
    --------
    >>> len(second_attempts()) > 1
    True
    """
    return range(MOST_ATTEMPTS)


def _empty(job: Job) -> Result:
    digest = hashlib.sha256(job.content).hexdigest()
    return Result(job.student, job.chapter, job.file, digest, job.lang, (),
                  handed_in=job.handed_in, late=job.late)  # fmt: skip
