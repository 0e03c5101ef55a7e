"""Lay the notebooks and the books out in a folder of the student's own, for `rfmkit lab`."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from rfmkit.commands.checkup import PACKED_BOOKS

# What was laid out, and the hash of each file as it was: a file with another hash is the student's.
RECORD = ".rfmkit_laid_out.json"
EDITIONS = ("zh-TW", "en")
BOOKS = (*PACKED_BOOKS, "MANIFEST.json", "README.md")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass
class LaidOut:
    """What became of the files, each by its path in the folder."""

    written: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


class CannotWriteError(OSError):
    """The folder, or a file in it, cannot be written."""


def shipped_files(kit: Path | None = None) -> dict[str, Path]:
    """List what is laid out: its path in the student's folder, and where it stands now.

    Parameters
    ----------
    kit
        The checkout to take the files from; None for those packed in the installed package.

    Returns
    -------
    dict
        Lessons and exercises of both languages and the books with their descriptions; no
        solutions. Empty if this package was installed without them.
    """
    home = _PACKAGE / "_notebooks" if kit is None else kit
    files = {
        f"{part}/{edition}/{path.name}": path
        for part in ("notebooks", "exercises")
        for edition in EDITIONS
        for path in sorted((home / part / edition).glob("[0-9][0-9]_*.ipynb"))
    }
    books = _PACKAGE / "_data" if kit is None else kit / "data"
    for folder in ("", "practice/"):
        for name in BOOKS:
            packed = PACKED_BOOKS.get(name, name) if kit is None else name
            if (path := books / folder / packed).is_file():
                files[f"data/{folder}{name}"] = path
    return files


def lay_out(files: dict[str, Path], folder: Path) -> LaidOut:
    """Write the files that are not there yet, and renew those that nobody changed.

    Parameters
    ----------
    files
        The path of each file in the folder, with forward slashes, and where to take it from.
    folder
        The student's folder; it is made if it is not there.

    Returns
    -------
    LaidOut
        What was written, what was renewed because the kit has a newer one, what was kept because
        the student changed it, and what this system's encoding cannot name.

    Raises
    ------
    CannotWriteError
        If the folder or a file in it cannot be written. Whatever was there is still whole.
    """
    done = LaidOut()
    before = _record(folder)
    now = dict(before)
    try:
        for name, source in files.items():
            content = source.read_bytes()
            new = hashlib.sha256(content).hexdigest()
            try:
                os.fsencode(name)
                old = _sha256(folder / name)
            except UnicodeEncodeError:  # the package's own copy of a book serves there
                done.unnamed.append(name)
                continue
            if old not in (None, new, before.get(name)):
                done.kept.append(name)
                continue
            if old != new:
                _write(folder / name, content)
                (done.written if old is None else done.renewed).append(name)
            now[name] = new
        if now != before:
            text = json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            _write(folder / RECORD, text.encode("utf-8"))
    except OSError as error:
        raise CannotWriteError(error.errno, error.strerror or str(error), str(folder)) from error
    return done


def is_laid_out(folder: Path) -> bool:
    """Tell whether the notebooks were laid out in this very folder."""
    return (folder / RECORD).is_file()


def _record(folder: Path) -> dict[str, str]:
    try:
        told = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # without it, every file that differs counts as the student's
    return told if isinstance(told, dict) else {}


def _sha256(path: Path) -> str | None:
    if path.is_dir():
        raise IsADirectoryError(21, "a folder stands where a file belongs", str(path))
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
