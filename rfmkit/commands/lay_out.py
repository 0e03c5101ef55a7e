"""Copy the course into a folder of the learner's own, for `rfmkit lab`."""

import errno
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from rfmkit.book_names import PACKED_NAMES, PAGES

# What was laid out, as `fingerprint` saw it: a file with another fingerprint is the learner's.
RECORD = ".rfmkit_laid_out.json"
EDITIONS = ("zh-TW", "en")
BOOKS = (*PACKED_NAMES, "MANIFEST.json", "README.md")
_PACKAGE = Path(__file__).resolve().parent.parent
_REASONS = {
    "permission": ("EACCES", "EPERM"),
    "read_only": ("EROFS",),
    "full": ("ENOSPC", "EDQUOT"),
    "no_folder": ("ENOTDIR", "EEXIST"),
    "no_file": ("EISDIR",),
    "long": ("ENAMETOOLONG",),
}


@dataclass
class LaidOut:
    """What was done with each file, by its path in the folder.

    Parameters
    ----------
    written
        Files that were not there.
    renewed
        Files that the learner had not changed, replaced by the kit's newer ones.
    kept
        Files that the learner changed and of which the kit has a newer version.
    unnamed
        Files whose names this system's encoding cannot spell.
    """

    written: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


class CannotWriteError(OSError):
    """The folder, or a file in it, cannot be written."""


def shipped_files(kit: Path | None = None, *, solutions: bool = False) -> dict[str, Path]:
    """List the files to copy: each path in the learner's folder, and its source.

    Parameters
    ----------
    kit
        The checkout to take the files from; None for those packed in the installed package.
    solutions
        Whether to list the solutions too. Only a checkout has them.

    Returns
    -------
    dict
        Lessons and exercises of both languages, the pages that they lead to, and the books with
        their descriptions. Empty if this package was installed without them.
    """
    home = _PACKAGE / "_notebooks" if kit is None else kit
    files = {
        f"{part}/{edition}/{path.name}": path
        for part in ("notebooks", "exercises", *(("solutions",) if solutions else ()))
        for edition in EDITIONS
        for path in sorted((home / part / edition).glob("[0-9][0-9]_*.ipynb"))
    }
    files |= {
        f"docs/{page}.{edition}.md": path
        for page in PAGES
        for edition in EDITIONS
        if (path := home / "docs" / f"{page}.{edition}.md").is_file()
    }
    books = _PACKAGE / "_data" if kit is None else kit / "data"
    for folder in ("", "practice/"):
        for name in BOOKS:
            packed = PACKED_NAMES.get(name, name) if kit is None else name
            if (path := books / folder / packed).is_file():
                files[f"data/{folder}{name}"] = path
    return files


def lay_out(files: dict[str, Path], folder: Path) -> LaidOut:
    """Write the files that are missing, and renew those that the learner did not change.

    Returns
    -------
    LaidOut
        What was written, renewed and kept, and what this system's encoding cannot name.

    Raises
    ------
    CannotWriteError
        If the folder or a file in it cannot be written. Whatever was there is still whole.
    """
    done = LaidOut()
    try:
        _try_to_write(folder)
        before = _read_record(folder)
        now = dict(before)
        for name, source in files.items():
            content = source.read_bytes()
            try:
                os.fsencode(name)
                shipped_now = _read(folder / name)
            except UnicodeEncodeError:  # the package's own copy of a book serves there
                done.unnamed.append(name)
                continue
            decided = _decide(name, content, shipped_now=shipped_now, laid=before.get(name))
            if decided != "left":
                getattr(done, decided).append(name)
            if decided in ("written", "renewed"):
                _write(folder / name, prepare(name, content))
            if decided != "kept":
                now[name] = fingerprint(name, content)
        if now != before:
            _write(folder / RECORD, write_record(now))
    except OSError as error:
        raise CannotWriteError(error.errno, error.strerror or str(error), str(folder)) from error
    return done


def _decide(name: str, content: bytes, *, shipped_now: bytes | None, laid: str | None) -> str:
    """Decide what to do with a file: "written", "renewed", "kept", or "left" as it is."""
    if shipped_now is None:
        return "written"
    new, old = fingerprint(name, content), fingerprint(name, shipped_now)
    # Records of older versions hold a hash of a notebook's bytes, outputs and all.
    if laid == _sha256(shipped_now) != new:
        return "renewed"
    if old == new:
        return "left"
    if laid == old:
        return "renewed"
    # A file that the learner changed is reported if there is a newer version of it.
    return "left" if laid in (new, _sha256(content)) else "kept"


def is_laid_out(folder: Path) -> bool:
    """Return whether the notebooks were copied into this very folder."""
    return _is_there(folder / RECORD)


def prepare(name: str, content: bytes) -> bytes:
    """Return a file as the learner gets it: lessons and exercises without outputs.

    Parameters
    ----------
    name
        The file's path in the learner's folder.
    content
        The kit's file. A solution keeps its outputs, for it is there to be read.
    """
    if not name.endswith(".ipynb") or name.startswith("solutions/"):
        return content
    try:
        notebook = json.loads(content)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
    except (ValueError, LookupError, TypeError):
        return content
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def fingerprint(name: str, content: bytes) -> str:
    """Hash what a change is judged by: a notebook's cell sources, another file's bytes.

    JupyterLab rewrites a notebook that was merely opened: metadata, cell ids, outputs. And it adds
    an empty cell when the last one is run. None of this is the learner's work.

    Parameters
    ----------
    name
        The file's path in the learner's folder.
    content
        What the file holds.

    Examples
    --------
    >>> opened = b'{"cells": [{"cell_type": "code", "source": ["1 + 1"], "outputs": [2]}]}'
    >>> bare = b'{"cells": [{"cell_type": "code", "source": "1 + 1"}], "metadata": {}}'
    >>> fingerprint("a.ipynb", opened) == fingerprint("a.ipynb", bare)
    True
    >>> fingerprint("a.csv", opened) == fingerprint("a.csv", bare)
    False
    """
    if name.endswith(".ipynb"):
        try:
            cells = [
                (cell["cell_type"], "".join(cell["source"]).replace("\r\n", "\n"))
                for cell in json.loads(content)["cells"]
            ]
        except (ValueError, LookupError, TypeError):
            pass  # not a notebook: hash all of its bytes
        else:
            written = json.dumps([cell for cell in cells if cell[1].strip()])
            return "cells:" + hashlib.sha256(written.encode()).hexdigest()
    return _sha256(content)


def write_record(fingerprints: dict[str, str]) -> bytes:
    """Format the record of the copied files as the text of its file."""
    return (json.dumps(fingerprints, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def reason(error: OSError) -> str:
    """Return why a folder cannot be written; "" for a rare reason."""
    name = errno.errorcode.get(error.errno or 0, "")
    key = next((key for key, names in _REASONS.items() if name in names), "")
    return f"lay_out.why_{key}" if key else ""


def can_write(folder: Path) -> bool:
    """Return whether files can be written in a folder, or the folder can be created."""
    there = next((one for one in (folder, *folder.parents) if _is_there(one)), folder)
    try:
        with tempfile.NamedTemporaryFile(dir=there):
            return True
    except OSError:
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be searched
        return False


def _try_to_write(folder: Path) -> None:
    # Even where nothing is to be laid out, the learner's own work must be saved.
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder):
        pass


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_record(folder: Path) -> dict[str, str]:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # without it, every file that differs counts as the learner's
    return record if isinstance(record, dict) else {}


def _read(path: Path) -> bytes | None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands where a file belongs", str(path))
    return path.read_bytes() if path.exists() else None


def _write(path: Path, content: bytes) -> None:
    """Write a file completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
