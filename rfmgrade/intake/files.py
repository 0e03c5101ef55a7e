"""Find the notebooks in a folder or zip of submissions, within bounds that hostile files keep."""

import io
import itertools
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rfmkit.labels import label

MAX_BYTES = 20_000_000  # a notebook with pictures in it takes a few
MAX_ZIP = 100_000_000  # a student's zip; the class's own may be larger
# Files of any kind that are looked at: of one student, and of unknown owners.
MAX_FILES, MAX_STRAYS = 2_000, 200_000
# Notebooks and their bytes: of one student, and of unknown owners.
MAX_OF_ONE = (100, 60_000_000)
MAX_OF_NOBODY = (3_000, 300_000_000)
MAX_DEPTH = 12
_ours = {"readme.txt", "manifest.csv", "manifest.json"}
_junk = {".ds_store", "thumbs.db", "desktop.ini"}
MAX_LIST = 1_000_000  # bytes of a zip's own list of files: some ten thousand


@dataclass(frozen=True)
class FoundNotebook:
    """A notebook: where it was, its bytes, and when it was written ("" if unknown)."""

    parts: tuple[str, ...]
    content: bytes
    when: str


@dataclass(frozen=True)
class SkippedFile:
    """A file that was not graded, and why: the end of a key `intake.left.…` of the texts."""

    file: str
    reason: str
    detail: str = ""
    student: str = ""

    def explain(self, lang: str | None = None) -> str:
        """Return the reason in words."""
        return label(f"intake.left.{self.reason}", lang).replace("{detail}", self.detail)


@dataclass
class Search:
    """What a search has found so far, and how much of its bounds is used up."""

    owner_of: Callable[[tuple[str, ...]], object] = tuple
    found: list[FoundNotebook] = field(default_factory=list)
    left_out: list[SkippedFile] = field(default_factory=list)
    files: Counter = field(default_factory=Counter)
    notebooks: Counter = field(default_factory=Counter)
    bytes: Counter = field(default_factory=Counter)

    def skip_file(self, parts: tuple[str, ...], reason: str, detail: str = "") -> None:
        """Note a file that is left out."""
        self.left_out.append(SkippedFile("/".join(parts), reason, detail))

    def may_look_at(self, parts: tuple[str, ...]) -> bool:
        """Return whether a file may still be looked at; note the first one too many."""
        owner = self.owner_of(parts)
        most = MAX_STRAYS if owner is None else MAX_FILES
        self.files[owner] += 1
        if self.files[owner] == most + 1:
            self.skip_file(parts, "too_many", str(most))
        return self.files[owner] <= most

    def may_read(self, parts: tuple[str, ...], size: int) -> bool:
        """Return whether a notebook of this size may still be read; note it if not."""
        owner = self.owner_of(parts)
        files, total = MAX_OF_NOBODY if owner is None else MAX_OF_ONE
        if size > MAX_BYTES:
            self.skip_file(parts, "large", f"{size // 1_000_000} MB")
        elif self.notebooks[owner] >= files or self.bytes[owner] + size > total:
            self.skip_file(parts, "many")
        else:
            self.notebooks[owner] += 1
            self.bytes[owner] += size
            return True
        return False


def printable_name(name: str) -> str:
    r"""Write a file's name so that it can be shown: composed, and without control characters.

    Examples
    --------
    >>> printable_name("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    name = unicodedata.normalize("NFC", name)
    odd = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    clean = "".join("�" if unicodedata.category(one) in odd else one for one in name)
    return clean if len(clean) <= 200 else f"{clean[:120]}…{clean[-79:]}"


def is_handout_file(parts: tuple[str, ...]) -> bool:
    """Return whether a file came with the hand-out or from a system, and nobody would miss it."""
    low = [part.lower() for part in parts]
    return (
        low[-1] in _ours | _junk
        or low[-1].startswith((".rfmkit", "._"))
        or "__macosx" in low
        or (bool({"case", ".ipynb_checkpoints"} & set(low[1:-1])) and not low[-1].endswith("nb"))
    )


def read_zip(
    parts: tuple[str, ...], source: Path | io.BytesIO, search: Search, *, nested: bool, when: str
) -> None:
    """Read the notebooks of a zip; note what is wrong with it, or in it."""
    try:
        if nested and _long_list(source):
            search.skip_file(parts, "many")
            return
        with zipfile.ZipFile(source) as archive:
            for entry in sorted(archive.infolist(), key=lambda one: one.filename):
                if not entry.is_dir():
                    _read_entry(parts, archive, entry, search, nested=nested, when=when)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        search.skip_file(
            parts or (printable_name(Path(str(source)).name),), "bad_zip", str(error)[:80]
        )


def _long_list(source: Path | io.BytesIO) -> bool:
    """Return whether a zip's list of files would fill the memory, before it is read."""
    if isinstance(source, Path):
        if source.stat().st_size > MAX_ZIP:
            return True
        with source.open("rb") as file:
            file.seek(max(0, source.stat().st_size - 65_600))
            tail = file.read()
    else:
        tail = bytes(source.getbuffer()[-65_600:])
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return False  # no zip at all; zipfile will say so
    (size,) = struct.unpack("<L", tail[at + 12 : at + 16])
    return size > MAX_LIST or b"PK\x06\x07" in tail[max(0, at - 20) : at]


def _read_entry(
    above: tuple[str, ...],
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    search: Search,
    *,
    nested: bool,
    when: str,
) -> None:
    raw = entry_name(entry).replace("\\", "/")
    pieces = [piece for piece in raw.split("/") if piece not in ("", ".")]
    parts = (*above, *map(printable_name, pieces))
    name = parts[-1].lower() if pieces else ""
    if is_handout_file(parts) or not search.may_look_at(parts):
        return
    if not pieces or ".." in pieces or raw.startswith("/") or ":" in pieces[0][1:2]:
        search.skip_file(parts, "path")
    elif stat.S_ISLNK(entry.external_attr >> 16):
        search.skip_file(parts, "link")
    elif len(parts) > MAX_DEPTH + 2:
        search.skip_file(parts, "deep")
    elif entry.flag_bits & 1:
        search.skip_file(parts, "encrypted")
    elif not name.endswith((".ipynb", ".zip")):
        search.skip_file(parts, "not_notebook")
    elif name.endswith(".zip") and nested:
        search.skip_file(parts, "nested")
    else:
        most = MAX_BYTES if name.endswith(".ipynb") else MAX_ZIP
        try:
            with archive.open(entry) as file:
                data = file.read(most + 1)  # what the entry says of its size may be a lie
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            EOFError,
        ) as error:
            search.skip_file(parts, "bad_zip", str(error)[:80])
            return
        when = when or _entry_time(entry)
        if name.endswith(".zip"):
            if len(data) > most:
                search.skip_file(parts, "large", f"> {most // 1_000_000} MB")
            else:
                read_zip(parts, io.BytesIO(data), search, nested=True, when=when)
        elif search.may_read(parts, len(data)):
            search.found.append(FoundNotebook(parts, data, when))


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Read a name that a zip program of Windows or of old Java wrote without saying in which code.

    Examples
    --------
    >>> entry_name(zipfile.ZipInfo("林小華".encode("cp950").decode("cp437")))
    '林小華'
    """
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for codec in ("utf-8", "cp950", "big5hkscs", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _entry_time(entry: zipfile.ZipInfo) -> str:
    """Return an entry's time; "" where it means nothing, as in reproducible zips."""
    try:
        return datetime(*entry.date_time).isoformat() if entry.date_time[0] > 2000 else ""
    except ValueError:
        return ""


def find_notebooks(
    path: Path, owner_of: Callable[[tuple[str, ...]], object], ours: Iterable[Path] = ()
) -> Search:
    """Search a folder or a zip, and one level of zips in it."""
    search = Search(owner_of)
    if path.is_dir():
        skip = {one.resolve() for one in ours}
        for parts, entry in _walk(path.resolve(), (), search, skip):
            _read_file(parts, entry, search)
    else:
        read_zip((), path, search, nested=False, when="")
    search.found.sort(key=lambda one: one.parts)
    search.left_out.sort(key=lambda one: (one.file, one.reason))
    return search


def _walk(folder: Path, parts: tuple[str, ...], search: Search, skip: set[Path]) -> Iterator[tuple]:
    """Yield each file below a folder, links excepted."""
    try:
        with os.scandir(folder) as entries:
            sample = itertools.islice(entries, MAX_STRAYS + 1)
            listed = sorted(sample, key=lambda entry: entry.name)
    except OSError as error:
        search.skip_file(parts, "unreadable", str(error.strerror))
        return
    for entry in listed:
        here = (*parts, printable_name(entry.name))
        if Path(entry.path) in skip or not search.may_look_at(here):
            continue
        if entry.is_symlink() or getattr(entry, "is_junction", bool)():
            search.skip_file(here, "link")
        elif entry.is_dir(follow_symlinks=False):
            if len(here) > MAX_DEPTH:
                search.skip_file(here, "deep")
            else:
                yield from _walk(Path(entry.path), here, search, skip)
        elif entry.is_file(follow_symlinks=False):
            yield here, entry
        else:
            search.skip_file(here, "special")


def _read_file(parts: tuple[str, ...], entry: os.DirEntry, search: Search) -> None:
    name = parts[-1].lower()
    if is_handout_file(parts):
        return
    if not name.endswith((".ipynb", ".zip")):
        search.skip_file(parts, "not_notebook")
        return
    try:
        stats = entry.stat(follow_symlinks=False)
        when = datetime.fromtimestamp(int(stats.st_mtime)).isoformat()
        if name.endswith(".zip"):
            read_zip(parts, Path(entry.path), search, nested=True, when=when)
        elif search.may_read(parts, stats.st_size):
            with Path(entry.path).open("rb") as file:
                search.found.append(FoundNotebook(parts, file.read(MAX_BYTES), when))
    except OSError as error:
        search.skip_file(parts, "unreadable", str(error.strerror))
