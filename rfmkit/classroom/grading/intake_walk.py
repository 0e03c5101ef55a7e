"""Find the notebooks in a folder or zip of submissions; hostile files are bounded and told."""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from rfmkit.classroom.grading.intake_files import (
    DEEPEST,
    MOST_BYTES,
    MOST_STRAYS,
    Found,
    Search,
    is_ours,
    shown,
)
from rfmkit.classroom.grading.intake_zips import take_zip


def find_notebooks(
    path: Path, owner_of: Callable[[tuple[str, ...]], object], ours: Iterable[Path] = ()
) -> Search:
    """Look through a folder or a zip, and one level of zips in it.

    Parameters
    ----------
    path
        The folder or zip. Links are not followed, and nothing is unpacked on to the disk.
    owner_of
        Tells from a file's path whose it is, or None: no student may use up what is for all.
    ours
        Files and folders of the grading itself, should they stand among the submissions.

    Returns
    -------
    Search
        The notebooks in the order of their names, and what was left out.
    """
    search = Search(owner_of)
    if path.is_dir():
        skip = {one.resolve() for one in ours}
        for parts, entry in _walk(path.resolve(), (), search, skip):
            _take_file(parts, entry, search)
    else:
        take_zip((), path, search, nested=False, when="")
    search.found.sort(key=lambda one: one.parts)
    search.left_out.sort(key=lambda one: (one.file, one.reason))
    return search


def _walk(folder: Path, parts: tuple[str, ...], search: Search, skip: set[Path]) -> Iterator[tuple]:
    """Give each file below a folder, links excepted."""
    try:
        with os.scandir(folder) as entries:
            few = itertools.islice(entries, MOST_STRAYS + 1)
            listed = sorted(few, key=lambda entry: entry.name)
    except OSError as error:
        search.leave(parts, "unreadable", str(error.strerror))
        return
    for entry in listed:
        here = (*parts, shown(entry.name))
        if Path(entry.path) in skip or not search.see(here):
            continue
        if entry.is_symlink() or getattr(entry, "is_junction", bool)():
            search.leave(here, "link")
        elif entry.is_dir(follow_symlinks=False):
            if len(here) > DEEPEST:
                search.leave(here, "deep")
            else:
                yield from _walk(Path(entry.path), here, search, skip)
        elif entry.is_file(follow_symlinks=False):
            yield here, entry
        else:
            search.leave(here, "special")


def _take_file(parts: tuple[str, ...], entry: os.DirEntry, search: Search) -> None:
    name = parts[-1].lower()
    if is_ours(parts):
        return
    if not name.endswith((".ipynb", ".zip")):
        search.leave(parts, "not_notebook")
        return
    try:
        told = entry.stat(follow_symlinks=False)
        when = datetime.fromtimestamp(int(told.st_mtime)).isoformat()
        if name.endswith(".zip"):
            take_zip(parts, Path(entry.path), search, nested=True, when=when)
        elif search.enter(parts, told.st_size):
            with Path(entry.path).open("rb") as file:
                search.found.append(Found(parts, file.read(MOST_BYTES), when))
    except OSError as error:
        search.leave(parts, "unreadable", str(error.strerror))
