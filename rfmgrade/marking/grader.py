"""Grade a class: spread the notebooks over processes, keep what is done, lose none."""

import hashlib
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, util
from pathlib import Path
from types import TracebackType

from rfmgrade.assign.roster import Student
from rfmgrade.config import personal_seed, second_seed
from rfmgrade.intake import Submission
from rfmgrade.marking.exercise import CaseCache, exercise_template, model_cells
from rfmgrade.marking.judge import key_digest
from rfmgrade.marking.marks import (
    MAX_ATTEMPTS,
    class_flags,
    code_hash,
    marks_for_person,
    marks_of,
    notebook_flags,
    run_cases,
)
from rfmgrade.marking.notebook import UnreadableNotebook, read_notebook
from rfmgrade.marking.results import Result, ResultStore, key_of
from rfmgrade.sandbox import Sandbox
from rfmkit.labels import label
from rfmkit.schema import DataError

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
class GradedSubmission:
    """A result, the hashes of its keys, and what went wrong on our side ("" if nothing did)."""

    place: int
    result: Result
    keys: dict[str, str] = field(default_factory=dict)
    fault: str = ""


class SubmissionGrader:
    """What one process needs to grade: cases and a sandbox. A context manager."""

    def __init__(self, mode: str, sandbox: object = None) -> None:
        self.mode, self.shelf = mode, CaseCache()
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

    def grade(self, job: Job) -> GradedSubmission:
        """Grade one submission. Only an interruption gets out of here."""
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

    def _grade(self, job: Job) -> GradedSubmission:
        kit = exercise_template(job.chapter)
        try:
            notebook = read_notebook(job.content, job.chapter)
        except UnreadableNotebook as trouble:
            return by_hand(job, trouble.key, **trouble.values)
        seen = run_cases(
            notebook,
            job.lang,
            seed=job.seed,
            second=lambda attempt: job.seconds[attempt],
            shelf=self.shelf,
            sandbox=self.sandbox(),
        )
        marks = marks_of(notebook, seen, job.lang)
        flags = tuple(notebook_flags(notebook, seen, marks, job.student))
        result = replace(_empty(job), marks=marks, flags=flags, code=code_hash(notebook))
        keys = {
            number: key_digest(asked, seen.mine.case) for number, asked in kit.questions.items()
        }
        return GradedSubmission(job.place, result, keys)

    def __enter__(self) -> "SubmissionGrader":
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        try:
            self.renew()
        finally:
            self.shelf.close()


def by_hand(job: Job, key: str, *, fault: str = "", **values: object) -> GradedSubmission:
    """Leave a whole notebook to a person."""
    told = label(key, job.lang, **values)
    marks = marks_for_person(job.chapter, job.lang)
    return GradedSubmission(job.place, replace(_empty(job), marks=marks, trouble=told), {}, fault)


_graders: dict[str, SubmissionGrader] = {}


def grade_job(job: Job) -> GradedSubmission:
    """Grade one submission at this process's own desk, which is kept until the process ends."""
    if job.mode not in _graders:
        desk = _graders[job.mode] = SubmissionGrader(job.mode)
        # A worker of a pool ends without atexit; this runs in both.
        util.Finalize(None, desk.__exit__, args=(None, None, None), exitpriority=10)
    return _graders[job.mode].grade(job)


def second_attempts() -> range:
    """List the attempts for which a job needs a seed.

    Examples
    --------
    >>> len(second_attempts()) > 1
    True
    """
    return range(MAX_ATTEMPTS)


def _empty(job: Job) -> Result:
    digest = hashlib.sha256(job.content).hexdigest()
    return Result(
        job.student,
        job.chapter,
        job.file,
        digest,
        job.lang,
        (),
        handed_in=job.handed_in,
        late=job.late,
    )


QUEUED_PER_PROCESS = 3  # submissions that wait for each process
MAX_TRIES = 2


def grade_all(
    submissions: Iterable[Submission],
    *,
    roster: Iterable[Student],
    secret: bytes,
    mode: str = "bubblewrap",
    jobs: int = 1,
    folder: str | Path,
    chapters: Sequence[str] | None = None,
    progress: Callable[[Result], object] = lambda result: None,
    executor: Executor | None = None,
) -> list[Result]:
    """Grade all submissions.

    Parameters
    ----------
    submissions
        What was handed in.
    roster
        The class.
    secret
        The course's secret, from which the cases are made.
    mode
        The sandbox's mode.
    jobs
        How many processes work at a time.
    folder
        Where each result is kept; what stands there already is not graded again.
    chapters
        The chapters to grade; None for all.
    progress
        Called with each result when it is done.
    executor
        An executor to use instead of processes of this machine, such as the one that
        `distributed.Client.get_executor()` gives. Its workers need the kit's folder.

    Returns
    -------
    list of Result
        In the order of the submissions, whatever `jobs` is.

    Raises
    ------
    DataError
        If a student is not on the roster, or the kit's folder is not there.
    KeyboardInterrupt
        If somebody stops it; what is done is kept.
    """
    wanted = [one for one in submissions if chapters is None or one.chapter in chapters]
    made = _jobs(wanted, roster, secret, mode)
    store = ResultStore(Path(folder))
    done: dict[int, GradedSubmission] = {}
    for job in made:
        if found := store.find(job.key):
            told = {"file": job.file, "handed_in": job.handed_in, "late": job.late}
            done[job.place] = GradedSubmission(job.place, replace(found[0], **told), found[1])
            progress(done[job.place].result)
    rest = [job for job in made if job.place not in done]
    for graded in _graded(rest, jobs, executor, mode):
        done[graded.place] = graded
        job = made[graded.place]
        if graded.fault:
            store.log(f"{job.student} {job.chapter} {job.file!r} {job.key}", graded.fault)
        else:
            store.keep(job.key, graded.result, graded.keys)
        progress(graded.result)
    keys = {(job.student, job.chapter): done[job.place].keys for job in made}
    return class_flags([done[job.place].result for job in made], keys)


def _jobs(
    submissions: list[Submission], roster: Iterable[Student], secret: bytes, mode: str
) -> list[Job]:
    students = {one.id: one for one in roster}
    seconds = tuple(second_seed(secret, attempt) for attempt in second_attempts())
    # What is wrong with the kit's own folder is told before anything takes long.
    models = {
        chapter: repr((model_cells(chapter), exercise_template(chapter).by_text))
        for chapter in sorted({one.chapter for one in submissions})
    }
    made = []
    for place, one in enumerate(submissions):
        if one.student not in students:
            raise DataError(
                f"{one.file}: {one.student!r} is not on the roster.\n"
                "Add the student to the roster, or take the file out."
            )
        lang, seed = students[one.student].lang, personal_seed(secret, one.student)
        key = key_of(
            one.content, one.student, one.chapter, lang, seed, seconds, models[one.chapter]
        )
        made.append(
            Job(
                place,
                one.student,
                one.chapter,
                one.file,
                one.content,
                one.handed_in,
                one.late,
                lang,
                seed,
                seconds,
                mode,
                key,
            )
        )
    return made


def _graded(
    rest: list[Job], jobs: int, executor: Executor | None, mode: str
) -> Iterator[GradedSubmission]:
    if not rest:
        return
    if jobs == 1 and executor is None:
        with SubmissionGrader(mode) as desk:
            for job in rest:
                yield desk.grade(job)
        return
    tries: dict[int, int] = {}
    while rest:
        # After a process died, those it may have died of go one at a time: then it is known.
        suspects = [job for job in rest if job.place in tries]
        batch = suspects[:1] or rest
        count = min(jobs, len(batch)) if executor is None else max(jobs, 8)
        over = set()
        with _pool(count) if executor is None else nullcontext(executor) as pool:
            for graded in _spread(batch, pool, QUEUED_PER_PROCESS * count, tries):
                over.add(graded.place)
                yield graded
        rest = [job for job in rest if job.place not in over]
        if executor is not None:
            yield from (by_hand(job, "judge.fault", fault="the executor broke") for job in rest)
            return


def _spread(
    rest: list[Job], executor: Executor, ahead: int, tries: dict[int, int]
) -> Iterator[GradedSubmission]:
    """Hand jobs out, a few at a time; stop where the executor breaks."""
    todo = iter(rest)
    running: dict[Future, Job] = {}
    broken = False
    while True:
        while not broken and len(running) < ahead and (job := next(todo, None)) is not None:
            try:
                running[executor.submit(grade_job, job)] = job
            except BrokenExecutor:
                broken = True
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(future)
            try:
                graded = future.result()
            except BrokenExecutor as error:
                broken = True
                tries[job.place] = tries.get(job.place, 0) + 1
                if tries[job.place] < MAX_TRIES:
                    continue
                graded = by_hand(job, "judge.fault", fault=repr(error))
            except Exception as error:  # of the executor's own: Dask has many
                graded = by_hand(job, "judge.fault", fault=repr(error))
            yield graded


@contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl+C to the process that holds the pool: a worker ends with its notebook."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
