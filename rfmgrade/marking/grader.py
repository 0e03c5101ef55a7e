"""Grade a class: spread the notebooks over processes, keep what is done, lose none."""

import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import closing, nullcontext
from dataclasses import replace
from multiprocessing import util
from types import TracebackType

from rfmgrade.config import GradingConfig
from rfmgrade.intake import Submission
from rfmgrade.marking.marks import (
    class_flags,
    code_hash,
    marks_for_person,
    marks_of,
    notebook_flags,
    run_cases,
)
from rfmgrade.marking.notebook import (
    UnreadableNotebook,
    exercise_template,
    model_cells,
    read_notebook,
)
from rfmgrade.marking.results import (
    GradedSubmission,
    GradingJob,
    Result,
    ResultStore,
    empty_result,
    key_of,
)
from rfmgrade.marking.runs import CaseCache, key_digest
from rfmgrade.sandbox import Sandbox
from rfmgrade.workers import Workers, at_worker_end, ended_after
from rfmkit.labels import label
from rfmkit.schema import DataError

ATTEMPTS = 2  # with a new sandbox, where something of ours failed
QUEUED_PER_PROCESS = 3
MAX_TRIES = 2  # of a notebook whose process died
READ_SECONDS = 60  # to read a notebook's cells; an honest one takes a tenth of a second


def grade_all(
    submissions: Iterable[Submission],
    config: GradingConfig,
    *,
    progress: Callable[[Result], object] = lambda result: None,
    executor: Executor | None = None,
) -> list[Result]:
    """Grade all submissions.

    Parameters
    ----------
    submissions
        What was handed in.
    config
        The class, the secret, the sandbox's mode, how many processes work at a time, and the folder
        of results; what is there already is not graded again.
    progress
        Called with each result when it is done.
    executor
        An executor to use instead of processes of this machine, such as the one that
        `distributed.Client.get_executor()` gives.

    Returns
    -------
    list of Result
        In the order of the submissions, however many processes work.

    Raises
    ------
    DataError
        If a student is not on the roster, or the exercises are not there.
    KeyboardInterrupt
        If somebody stops it; what is done is kept.
    """
    jobs = _jobs(submissions, config)
    store = ResultStore(config.results)
    done: dict[int, GradedSubmission] = {}
    for job in jobs:
        if job.student not in config.regrade and (found := store.find(job.key)):
            result, keys = found
            handed = job.submission
            result = replace(result, file=handed.file, handed_in=handed.handed_in, late=handed.late)
            done[job.place] = GradedSubmission(job.place, result, keys)
            progress(result)
    rest = [job for job in jobs if job.place not in done]
    with closing(_grade_jobs(rest, config, executor)) as grading:
        for graded in grading:
            done[graded.place] = graded
            store.record(jobs[graded.place], graded)
            progress(graded.result)
    keys = {(job.student, job.chapter): done[job.place].keys for job in jobs}
    return class_flags([done[job.place].result for job in jobs], keys)


def _jobs(submissions: Iterable[Submission], config: GradingConfig) -> list[GradingJob]:
    wanted = [one for one in submissions if not config.chapters or one.chapter in config.chapters]
    languages = {one.id: one.lang for one in config.students}
    # What is wrong with the kit's own files is found before anything takes long.
    models = {
        chapter: repr((model_cells(chapter), exercise_template(chapter).by_text))
        for chapter in sorted({one.chapter for one in wanted})
    }
    jobs = []
    for place, one in enumerate(wanted):
        if one.student not in languages:
            raise DataError(
                f"{one.file}: {one.student!r} is not on the roster.\n"
                "Add the student to the roster, or take the file out."
            )
        lang, seed = languages[one.student], config.seed_of(one.student)
        seeds = config.second_seeds
        # What ran without a sandbox is never taken for what ran in one.
        about = (one.student, one.chapter, lang, seed, seeds, config.mode == "trusted")
        key = key_of(one.content, *about, models[one.chapter])
        jobs.append(GradingJob(place, one, lang, seed, seeds, config.mode, key))
    return jobs


class SubmissionGrader:
    """Grade submissions with one sandbox and a cache of cases. A context manager."""

    def __init__(self, mode: str, sandbox: object = None) -> None:
        self.mode, self.cases = mode, CaseCache()
        self._given, self._own = sandbox, None

    def sandbox(self) -> object:
        """Return the sandbox; it is started when first needed."""
        if self._given is not None:
            return self._given
        if self._own is None:
            self._own = Sandbox(mode=self.mode).__enter__()
        return self._own

    def renew(self) -> None:
        """End the sandbox, so that the next notebook gets a new one."""
        own, self._own = self._own, None
        if own is not None:
            own.__exit__(None, None, None)

    def grade(self, job: GradingJob) -> GradedSubmission:
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
        return leave_to_person(job, "judge.fault", fault=fault)

    def _grade(self, job: GradingJob) -> GradedSubmission:
        try:
            with ended_after(READ_SECONDS):
                notebook = read_notebook(job.submission.content, job.chapter)
        except UnreadableNotebook as trouble:
            return leave_to_person(job, trouble.key, **trouble.values)
        runs = run_cases(notebook, job, self.cases, self.sandbox())
        marks = marks_of(runs)
        flags = tuple(notebook_flags(runs, marks, job.student))
        result = replace(empty_result(job), marks=marks, flags=flags, code=code_hash(notebook))
        questions, case = notebook.template.questions, runs.own_case.case
        keys = {number: key_digest(question, case) for number, question in questions.items()}
        return GradedSubmission(job.place, result, keys)

    def __enter__(self) -> "SubmissionGrader":
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        try:
            self.renew()
        finally:
            self.cases.close()


def leave_to_person(
    job: GradingJob, key: str, *, fault: str = "", **values: object
) -> GradedSubmission:
    """Leave a whole notebook to a person; `key` names the reason, `fault` what failed of ours."""
    result = empty_result(job)
    marks = marks_for_person(job.chapter, job.lang)
    result = replace(result, marks=marks, trouble=label(key, job.lang, **values))
    return GradedSubmission(job.place, result, {}, fault)


_graders: dict[str, SubmissionGrader] = {}


def grade_job(job: GradingJob) -> GradedSubmission:
    """Grade one submission with this process's own grader, which is kept until the process ends."""
    if job.mode not in _graders:
        grader = _graders[job.mode] = SubmissionGrader(job.mode)
        # A worker of a pool ends without atexit; this runs in both.
        util.Finalize(None, grader.__exit__, args=(None, None, None), exitpriority=10)
        at_worker_end(lambda: grader.__exit__(None, None, None))
    return _graders[job.mode].grade(job)


def _grade_jobs(
    rest: list[GradingJob], config: GradingConfig, executor: Executor | None
) -> Generator[GradedSubmission, None, None]:
    if not rest:
        return
    if not config.jobs and executor is None:
        with SubmissionGrader(config.mode) as grader:
            for job in rest:
                yield grader.grade(job)
        return
    tries: dict[int, int] = {}
    while rest:
        # After a process died, those it may have died of go one at a time: then it is known.
        suspects = [job for job in rest if job.place in tries]
        batch = suspects[:1] or rest
        count = min(config.jobs, len(batch)) if executor is None else max(config.jobs, 8)
        over = set()
        with Workers(count) if executor is None else nullcontext(executor) as pool:
            for graded in _spread(batch, pool, QUEUED_PER_PROCESS * count, tries):
                over.add(graded.place)
                yield graded
        rest = [job for job in rest if job.place not in over]
        if executor is not None:
            broke = "the executor broke"
            yield from (leave_to_person(job, "judge.fault", fault=broke) for job in rest)
            return


def _spread(
    rest: list[GradingJob], executor: Executor, max_queued: int, tries: dict[int, int]
) -> Iterator[GradedSubmission]:
    """Hand jobs out, a few at a time; stop where the executor breaks."""
    todo = iter(rest)
    running: dict[Future, GradingJob] = {}
    broken = False
    while True:
        while not broken and len(running) < max_queued and (job := next(todo, None)) is not None:
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
                graded = leave_to_person(job, "judge.fault", fault=repr(error))
            except Exception as error:  # of the executor's own: Dask has many
                graded = leave_to_person(job, "judge.fault", fault=repr(error))
            yield graded
