"""Write a class's hand-outs into a folder: written aside, then moved; a stopped run goes on."""

import csv
import hashlib
import hmac
import io
import json
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

import rfmkit
from rfmkit.classroom.grading.handout import Job, file_sha256, make_handout
from rfmkit.classroom.grading.roster import Roster
from rfmkit.classroom.grading.secret import personal_seed
from rfmkit.labels import label
from rfmkit.schema import DataError

MANIFEST = "MANIFEST.csv"
HEADER = ["id", "name", "folder", "sha256"]
STATE = ".rfmkit-assign.json"
FEW = 8  # students for whom more processes take longer to start than to help


def write_handouts(
    folder: Path,
    roster: Roster,
    *,
    secret: bytes,
    exercises: Mapping[str, tuple[Path, ...]],
    jobs: int = 1,
    force: bool = False,
    lang: str | None = None,
) -> list[str]:
    """Write every student's folder and zip, and the instructor's list of them.

    Parameters
    ----------
    folder
        Where to write. While the work goes on it stands in `<folder>.unfinished`.
    roster
        The students.
    secret
        The course's secret.
    exercises
        The notebooks to hand out, by language.
    jobs
        Students at once, each in a process of its own.
    force
        Write over a hand-out that is there.
    lang
        The language of the messages.

    Returns
    -------
    list of str
        Students of an older hand-out in the folder who are not on this roster; they are left alone.

    Raises
    ------
    DataError
        If the folder has files and `force` is not given, or they are no hand-out.
    """
    folder = Path(folder).absolute()
    before = _ids_before(folder, force, lang)
    aside = folder.with_name(f"{folder.name}.unfinished")
    todo = [Job(one, personal_seed(secret, one.id), exercises[one.lang], aside) for one in roster]
    done = _begin(aside, _settings(todo, secret), lang)
    digests = {name: file_sha256(aside / f"{name}.zip") for name in done}
    rest = [job for job in todo if job.student.id not in digests]
    with tqdm(total=len(rest), unit="student", delay=2, disable=None, file=sys.stderr) as bar:
        for name, digest in _made(rest, jobs):
            digests[name] = digest
            bar.update()
    (aside / MANIFEST).write_text(
        _manifest(roster, digests), encoding="utf-8-sig", newline="\n"
    )  # fmt: skip
    _move(aside, folder)
    now = {one.id for one in roster}
    return [name for name in before if name not in now and (folder / name).exists()]


def _ids_before(folder: Path, force: bool, lang: str | None) -> list[str]:
    """List the students of a hand-out that is there; refuse a folder that is not to be touched."""
    if folder.exists() and not folder.is_dir():
        raise DataError(label("assign.is_file", lang, folder=folder))
    if not folder.is_dir() or not any(folder.iterdir()):
        return []
    if not force:
        raise DataError(label("assign.exists", lang, folder=folder))
    try:
        with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or list(rows[0]) != HEADER:
        raise DataError(label("assign.not_ours", lang, folder=folder))
    return [row["id"] for row in rows]


def _settings(todo: list[Job], secret: bytes) -> str:
    """Hash what a hand-out depends on, so that another roster or secret is not gone on with."""
    files = {path for job in todo for path in job.exercises}
    facts = [
        rfmkit.__version__,
        [[job.student.id, job.student.name, job.student.lang] for job in todo],
        [[path.name, file_sha256(path)] for path in sorted(files)],
    ]
    return hmac.new(secret, json.dumps(facts).encode(), hashlib.sha256).hexdigest()


def _begin(aside: Path, settings: str, lang: str | None) -> list[str]:
    """Make the folder aside, or list what a stopped run of the same settings left done in it."""
    state = aside / STATE
    try:
        same = json.loads(state.read_text(encoding="utf-8")) == {"settings": settings}
    except (OSError, ValueError):
        same = False
    if not same:
        if aside.exists():
            if any(aside.iterdir()) and not state.exists():  # somebody else's
                raise DataError(label("assign.not_ours", lang, folder=aside))
            shutil.rmtree(aside)
        aside.mkdir(parents=True)
        state.write_text(json.dumps({"settings": settings}), encoding="utf-8")
        return []
    done = [path.stem for path in sorted(aside.glob("*.zip")) if not path.name.startswith(".")]
    for part in aside.glob(".*.part"):
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    if done:
        print(f"rfmkit: {label('assign.resumed', lang, count=len(done))}", file=sys.stderr)
    return done


def _made(todo: list[Job], jobs: int) -> Iterator[tuple[str, str]]:
    """Give each student's id and digest as their hand-out is done."""
    if jobs == 1 or len(todo) < FEW:
        for job in todo:
            yield job.student.id, make_handout(job)
        return
    # "spawn" is the same on every system, and takes no threads of ours along.
    count, spawn = min(jobs, len(todo)), get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=spawn, initializer=_leave_ctrl_c) as pool:
        futures = {pool.submit(make_handout, job): job.student.id for job in todo}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _leave_ctrl_c() -> None:
    """Leave Ctrl+C to the process that holds the pool: a worker ends with its student."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _manifest(roster: Roster, digests: Mapping[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([one.id, one.name, one.id, digests[one.id]] for one in roster)
    return out.getvalue()


def _move(aside: Path, folder: Path) -> None:
    """Put the finished hand-outs in place; what else the folder holds stays."""
    if not folder.exists():
        aside.replace(folder)
        (folder / STATE).unlink()
        return
    # The list comes last: a run stopped here finds the old one, and goes on with --force.
    names = sorted(path.name for path in aside.iterdir() if path.name not in (MANIFEST, STATE))
    for name in [*names, MANIFEST]:
        old = folder / name
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        (aside / name).replace(old)
    (aside / STATE).unlink()
    aside.rmdir()
