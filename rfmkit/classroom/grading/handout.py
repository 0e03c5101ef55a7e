"""Make one student's hand-out: exercises, books of one's own and a note, as folder and zip."""

import hashlib
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from rfmkit.cases import make_case
from rfmkit.classroom.grading.roster import Student
from rfmkit.labels import label

README = "README.txt"
CASE = "case"


@dataclass(frozen=True)
class Job:
    """What to make for one student.

    Parameters
    ----------
    student
        Who.
    seed
        The seed of the case; it is not written anywhere.
    exercises
        The notebooks to hand out.
    folder
        Where to put folder and zip.
    """

    student: Student
    seed: int
    exercises: tuple[Path, ...]
    folder: Path


def make_handout(job: Job) -> str:
    """Write one student's folder and zip; the zip comes last, so that its being there says done.

    Parameters
    ----------
    job
        What to make.

    Returns
    -------
    str
        The zip's SHA-256.
    """
    name = job.student.id
    final, begun = job.folder / name, job.folder / f".{name}.part"
    for old in (final, begun):
        if old.exists():
            shutil.rmtree(old)
    make_case(job.seed, begun / CASE, tell_seed=False)
    for path in job.exercises:
        (begun / path.name).write_bytes(personal_notebook(path.read_bytes(), name))
    # Notepad on older Windows takes a text for Big5 unless it begins with a byte order mark.
    (begun / README).write_text(readme(job), encoding="utf-8-sig", newline="\r\n")
    packed = job.folder / f".{name}.zip.part"
    _pack(begun, packed, name)
    begun.replace(final)
    digest = file_sha256(packed)
    packed.replace(job.folder / f"{name}.zip")
    return digest


def personal_notebook(content: bytes, student_id: str) -> bytes:
    """Write a student's id into a notebook's metadata.

    Parameters
    ----------
    content
        An exercise notebook.
    student_id
        The id on the roster.

    Examples
    --------
    >>> made = personal_notebook(b'{"cells": [], "metadata": {}}', "B1")
    >>> json.loads(made)["metadata"]
    {'rfmkit': {'student': 'B1'}}
    """
    notebook = json.loads(content)
    notebook["metadata"].setdefault("rfmkit", {})["student"] = student_id
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def readme(job: Job) -> str:
    """Say what is in the hand-out, how to begin and how to hand in, in the student's language."""
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
