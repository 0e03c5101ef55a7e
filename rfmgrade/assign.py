"""Hand out personal cases and exercises to a class, each as folder and zip: `rfmkit assign`."""

import argparse
import csv
import hashlib
import hmac
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import rfmkit
from rfmgrade.config import (
    GradingConfig,
    InputError,
    Student,
    add_class_parser,
    case_fingerprint,
    exercise_files,
    read_class,
)
from rfmgrade.workers import Workers, stopped_by_signals
from rfmkit.labels import label, terminal_language, use_language

# What takes long to import is imported where it is used, so that `--help` and errors come at once.

README = "README.txt"
CASE = "case"
MANIFEST = "MANIFEST.csv"
HEADER = ["id", "name", "folder", "sha256"]
STATE = ".rfmkit-assign.json"
MIN_PARALLEL = 8  # students for whom more processes take longer to start than to help


@dataclass(frozen=True)
class HandoutJob:
    """What to make for one student."""

    student: Student  # who
    seed: int  # the seed of the case; it is not written anywhere
    exercises: tuple[Path, ...]  # the notebooks to hand out
    folder: Path  # where to put folder and zip
    case: str = ""  # the case's fingerprint, for the notebooks' metadata


def make_handout(job: HandoutJob) -> str:
    """Write one student's folder and zip; the zip comes last, so that it shows what is done."""
    from rfmkit.cases import make_case

    name = job.student.id
    final, begun = job.folder / name, job.folder / f".{name}.part"
    for old in (final, begun):
        if old.exists():
            shutil.rmtree(old)
    make_case(job.seed, begun / CASE, include_seed=False)
    for path in job.exercises:
        (begun / path.name).write_bytes(personal_notebook(path.read_bytes(), name, job.case))
    # Notepad on older Windows takes a text for Big5 unless it begins with a byte order mark.
    (begun / README).write_text(readme(job), encoding="utf-8-sig", newline="\r\n")
    packed = job.folder / f".{name}.zip.part"
    _pack(begun, packed, name)
    begun.replace(final)
    digest = file_sha256(packed)
    packed.replace(job.folder / f"{name}.zip")
    return digest


def personal_notebook(content: bytes, student_id: str, case: str) -> bytes:
    """Write a student's id, and the fingerprint of the case, into a notebook's metadata.

    Examples
    --------
    >>> made = personal_notebook(b'{"cells": [], "metadata": {}}', "B1", "a1b2")
    >>> json.loads(made)["metadata"]
    {'rfmkit': {'case': 'a1b2', 'student': 'B1'}}
    """
    notebook = json.loads(content)
    notebook["metadata"].setdefault("rfmkit", {}).update(student=student_id, case=case)
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def readme(job: HandoutJob) -> str:
    """Describe the hand-out, how to begin and how to hand in, in the student's language."""
    one = job.student
    files = [label("handout.file", one.lang, file=path.name) for path in job.exercises]
    return label("handout.readme", one.lang, id=one.id, name=one.name, files="\n".join(files))


def file_sha256(path: Path) -> str:
    """Hash a file.

    Examples
    --------
    >>> file_sha256(Path(__file__)) == hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    True
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(folder: Path, target: Path, top: str) -> None:
    """Pack a folder so that the same files give the same bytes, on every system and zlib."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {f"{top}/{path.relative_to(folder).as_posix()}": path for path in files}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            # Python marks a Chinese name as UTF-8, so that Windows unpacks it right.
            archive.writestr(entry, names[name].read_bytes())


def write_handouts(config: GradingConfig) -> list[str]:
    """Write every student's folder and zip, and the instructor's list of them.

    Returns
    -------
    list of str
        Students of an older hand-out in the folder who are not on this roster; they are left alone.

    Raises
    ------
    DataError
        If the folder has files and `force` is not given, or they are no hand-out.
    """
    from tqdm import tqdm

    folder = Path(config.output).absolute()
    before = _ids_before(folder, config.force)
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    exercises = exercise_files()
    todo = []
    for one in config.students:
        files = tuple(exercises[one.lang][chapter] for chapter in config.chapters)
        case = case_fingerprint(config.secret, one.id)
        todo.append(HandoutJob(one, config.seed_of(one.id), files, unfinished, case))
    done = _begin(unfinished, _settings(todo, config.secret))
    digests = {name: file_sha256(unfinished / f"{name}.zip") for name in done}
    rest = [job for job in todo if job.student.id not in digests]
    with tqdm(total=len(rest), unit="student", delay=2, disable=None, file=sys.stderr) as bar:
        for name, digest in _make_all(rest, config.jobs):
            digests[name] = digest
            bar.update()
    manifest = _manifest(config.students, digests)
    (unfinished / MANIFEST).write_text(manifest, encoding="utf-8-sig", newline="\n")
    _move(unfinished, folder)
    now = {one.id for one in config.students}
    return [name for name in before if name not in now and (folder / name).exists()]


def _ids_before(folder: Path, force: bool) -> list[str]:
    """List the students of a hand-out that is there; refuse a folder that is not to be touched."""
    if folder.exists() and not folder.is_dir():
        raise InputError("assign.is_file", folder=folder)
    if not folder.is_dir() or not any(folder.iterdir()):
        return []
    if not force:
        raise InputError("assign.exists", folder=folder)
    try:
        with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or list(rows[0]) != HEADER:
        raise InputError("assign.not_ours", folder=folder)
    return [row["id"] for row in rows]


def _settings(todo: list[HandoutJob], secret: bytes) -> str:
    """Hash what a hand-out depends on: a run goes on only where a run of the same settings was."""
    files = {path for job in todo for path in job.exercises}
    facts = [
        rfmkit.__version__,
        [[job.student.id, job.student.name, job.student.lang] for job in todo],
        [[path.name, file_sha256(path)] for path in sorted(files)],
    ]
    return hmac.new(secret, json.dumps(facts).encode(), hashlib.sha256).hexdigest()


def _begin(unfinished: Path, settings: str) -> list[str]:
    """Make the unfinished folder, or list what a stopped run of the same settings did in it."""
    state = unfinished / STATE
    try:
        same = json.loads(state.read_text(encoding="utf-8")) == {"settings": settings}
    except (OSError, ValueError):
        same = False
    if not same:
        if unfinished.exists():
            if any(unfinished.iterdir()) and not state.exists():  # somebody else's
                raise InputError("assign.not_ours", folder=unfinished)
            shutil.rmtree(unfinished)
        unfinished.mkdir(parents=True)
        state.write_text(json.dumps({"settings": settings}), encoding="utf-8")
        return []
    done = [path.stem for path in sorted(unfinished.glob("*.zip")) if not path.name.startswith(".")]
    for part in unfinished.glob(".*.part"):
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    if done:
        print(f"rfmkit: {label('assign.resumed', count=len(done))}", file=sys.stderr)
    return done


def _make_all(todo: list[HandoutJob], jobs: int) -> Iterator[tuple[str, str]]:
    """Yield each student's id and digest as their hand-out is done."""
    if jobs <= 1 or len(todo) < MIN_PARALLEL:
        for job in todo:
            yield job.student.id, make_handout(job)
        return
    from concurrent.futures import as_completed

    with Workers(min(jobs, len(todo))) as pool:
        futures = {pool.submit(make_handout, job): job.student.id for job in todo}
        for future in as_completed(futures):
            yield futures[future], future.result()


def _manifest(students: Iterable[Student], digests: Mapping[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([one.id, one.name, one.id, digests[one.id]] for one in students)
    return out.getvalue()


def _move(unfinished: Path, folder: Path) -> None:
    """Move the finished hand-outs into the folder; its other files stay."""
    if not folder.exists():
        unfinished.replace(folder)
        (folder / STATE).unlink()
        return
    # The list comes last: a run stopped here finds the old one, and goes on with --force.
    names = sorted(path.name for path in unfinished.iterdir() if path.name not in (MANIFEST, STATE))
    for name in [*names, MANIFEST]:
        old = folder / name
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        (unfinished / name).replace(old)
    (unfinished / STATE).unlink()
    unfinished.rmdir()


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `assign` and its options to the command line."""
    parser = add_class_parser(
        subparsers,
        "assign",
        example="--roster roster.csv --secret-file course.secret -o hand-out --chapter 06",
        output="DIR",
    )
    parser.add_argument("--force", action="store_true", help=label("command.assign.force"))


def run(args: argparse.Namespace) -> int:
    """Make the hand-outs and say what to do with them."""
    use_language(terminal_language(args.lang))
    config = read_class(args)
    try:
        with stopped_by_signals():
            left_over = write_handouts(config)
    except KeyboardInterrupt:
        print(f"\nrfmkit: {label('assign.stopped')}", file=sys.stderr)
        return 130
    languages = " ".join(sorted({student.lang for student in config.students}))
    chapters = " ".join(config.chapters)
    print(label("assign.done", count=len(config.students), folder=config.output))
    print(label("assign.chapters", chapters=chapters, languages=languages))
    if left_over:
        print(label("assign.left_over", folder=config.output, ids=" ".join(left_over)))
    print(label("assign.keep", secret=args.secret_file))
    return 0
