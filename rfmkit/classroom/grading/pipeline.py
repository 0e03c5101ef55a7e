"""Grade a class: spread the notebooks over processes, keep what is done, lose none."""

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from rfmkit.classroom.grading.blank import blank
from rfmkit.classroom.grading.flags import class_flags
from rfmkit.classroom.grading.intake import Submission
from rfmkit.classroom.grading.one import (
    Desk,
    Graded,
    Job,
    by_hand,
    grade_job,
    second_attempts,
)
from rfmkit.classroom.grading.results import Result
from rfmkit.classroom.grading.roster import Student
from rfmkit.classroom.grading.secret import personal_seed, second_seed
from rfmkit.classroom.grading.solution import model_cells
from rfmkit.classroom.grading.store import Store, key_of
from rfmkit.schema import DataError

AHEAD = 3  # submissions that wait for each process
MOST_TRIES = 2


def grade_all(
    submissions: Iterable[Submission],
    *,
    roster: Iterable[Student],
    secret: bytes,
    mode: str = "room",
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
    store = Store(Path(folder))
    done: dict[int, Graded] = {}
    for job in made:
        if found := store.find(job.key):
            told = {"file": job.file, "handed_in": job.handed_in, "late": job.late}
            done[job.place] = Graded(job.place, replace(found[0], **told), found[1])
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
) -> list[Job]:  # fmt: skip
    students = {one.id: one for one in roster}
    seconds = tuple(second_seed(secret, attempt) for attempt in second_attempts())
    # What is wrong with the kit's own folder is told before anything takes long.
    models = {chapter: repr((model_cells(chapter), blank(chapter).by_text))
              for chapter in sorted({one.chapter for one in submissions})}  # fmt: skip
    made = []
    for place, one in enumerate(submissions):
        if one.student not in students:
            raise DataError(
                f"{one.file}: {one.student!r} is not on the roster.\n"
                "Add the student to the roster, or take the file out."
            )
        lang, seed = students[one.student].lang, personal_seed(secret, one.student)
        key = key_of(one.content, one.student, one.chapter, lang, seed, seconds,
                     models[one.chapter])  # fmt: skip
        made.append(Job(place, one.student, one.chapter, one.file, one.content, one.handed_in,
                        one.late, lang, seed, seconds, mode, key))  # fmt: skip
    return made


def _graded(
    rest: list[Job], jobs: int, executor: Executor | None, mode: str
) -> Iterator[Graded]:  # fmt: skip
    if not rest:
        return
    if jobs == 1 and executor is None:
        with Desk(mode) as desk:
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
            for graded in _spread(batch, pool, AHEAD * count, tries):
                over.add(graded.place)
                yield graded
        rest = [job for job in rest if job.place not in over]
        if executor is not None:
            yield from (by_hand(job, "judge.fault", fault="the executor broke") for job in rest)
            return


def _spread(
    rest: list[Job], executor: Executor, ahead: int, tries: dict[int, int]
) -> Iterator[Graded]:  # fmt: skip
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
                if tries[job.place] < MOST_TRIES:
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
