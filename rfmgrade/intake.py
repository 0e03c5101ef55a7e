"""Find each student's notebooks in what a class handed in, and account for every other file."""

import io
import itertools
import json
import os
import re
import stat
import struct
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rfmgrade.config import (
    GradingConfig,
    InputError,
    Student,
    case_fingerprint,
    folded_id,
    name_key,
    name_keys,
)
from rfmkit.labels import label

MAX_BYTES = 20_000_000  # a notebook with pictures in it takes a few
MAX_ZIP = 100_000_000  # a student's zip; the class's own may be larger
# Files of any kind that are looked at: of one student, and of unknown owners.
MAX_FILES, MAX_STRAYS = 2_000, 200_000
# Notebooks and their bytes: of one student, and of unknown owners.
MAX_OF_ONE = (100, 60_000_000)
MAX_OF_NOBODY = (3_000, 300_000_000)
# Bytes that the zips of one student, and of unknown owners, may unpack to.
MAX_UNPACKED_OF_ONE, MAX_UNPACKED = 200_000_000, 4_000_000_000
MAX_LEVELS = 3  # zips in each other
MAX_DEPTH = 12
MAX_BRACKETS, MAX_COMMAS = 300_000, 3_000_000  # of a notebook: what costs memory once it is read
_OWN = ("student", "source", "case")  # what a notebook's metadata says of it
_ours = {"readme.txt", "manifest.csv", "manifest.json"}
_junk = {".ds_store", "thumbs.db", "desktop.ini"}
MAX_LIST = 1_000_000  # bytes of a zip's own list of files: some ten thousand
_moodle = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_?(?P<rest>.*)"
)
_canvas = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<rest>.+)")
MAX_EARLIER = 5  # earlier copies named; more are counted
# "-1" by Canvas, "(1)" by browsers, "-Copy1" by Jupyter.
_again = re.compile(r"(?:-(?:Copy)?([1-9]\d?)|\s*\(([1-9]\d?)\))$")
_parts = re.compile(r"[\s_\-()（）\[\]【】,，、.]+")


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

    owner_of: Callable[[tuple[str, ...], dict], object] = lambda parts, layouts: parts
    found: list[FoundNotebook] = field(default_factory=list)
    left_out: list[SkippedFile] = field(default_factory=list)
    files: Counter = field(default_factory=Counter)
    notebooks: Counter = field(default_factory=Counter)
    bytes: Counter = field(default_factory=Counter)
    unpacked: Counter = field(default_factory=Counter)
    # What platform made the names in a folder or zip, and in which place of a path: by its path.
    layouts: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)

    def skip_file(self, parts: tuple[str, ...], reason: str, detail: str = "") -> None:
        """Note a file that is left out."""
        self.left_out.append(SkippedFile("/".join(parts), reason, detail))

    def may_look_at(self, parts: tuple[str, ...]) -> bool:
        """Return whether a file may still be looked at; note the first one too many."""
        owner = self.owner_of(parts, self.layouts)
        most = MAX_STRAYS if owner is None else MAX_FILES
        self.files[owner] += 1
        if self.files[owner] == most + 1:
            self.skip_file(parts, "too_many", str(most))
        return self.files[owner] <= most

    def may_read(self, parts: tuple[str, ...], size: int) -> bool:
        """Return whether a notebook of this size may still be read; note it if not."""
        owner = self.owner_of(parts, self.layouts)
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

    def may_unpack(self, parts: tuple[str, ...], size: int) -> bool:
        """Return whether so many bytes more may be unpacked; note it if not."""
        owner = self.owner_of(parts, self.layouts)
        self.unpacked[owner] += size
        fits = self.unpacked[owner] <= (MAX_UNPACKED if owner is None else MAX_UNPACKED_OF_ONE)
        if not fits:
            self.skip_file(parts, "many")
        return fits

    def note_names(self, above: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> None:
        """Note which platform made the names in a folder or zip, if it is nobody's."""
        if self.owner_of(above, self.layouts) is None or not above:

            def known(parts: tuple[str, ...]) -> bool:
                # As if it were a folder of the student's own: a plain layout.
                return self.owner_of((*parts, "x"), {}) is not None

            if found := find_layout([(*above, *one) for one in names], len(above), known):
                self.layouts[above] = found


def printable_name(name: str) -> str:
    r"""Write a file's name so that it can be shown: composed, and without control characters.

    Examples
    --------
    >>> printable_name("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    if any("\ud800" <= one <= "\udfff" for one in name):  # bytes of another encoding on the disk
        name = _decoded(name.encode("utf-8", "surrogateescape")) or name
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
    parts: tuple[str, ...], source: Path | io.BytesIO, search: Search, *, level: int, when: str
) -> None:
    """Read the notebooks of a zip; note what is wrong with it, or in it."""
    try:
        if level and _long_list(source):
            search.skip_file(parts, "many")
            return
        with zipfile.ZipFile(source) as archive:
            entries = sorted(archive.infolist(), key=lambda one: one.filename)
            entries = [entry for entry in entries if not entry.is_dir()]
            if not entries:
                raise zipfile.BadZipFile("nothing is in it")
            search.note_names(parts, [_entry_parts(entry)[1] for entry in entries])
            for entry in entries:
                _read_entry(parts, archive, entry, search, level=level, when=when)
    except Exception as error:  # a broken zip breaks zipfile in a dozen ways
        name = parts or (printable_name(Path(str(source)).name),)
        search.skip_file(name, "bad_zip", printable_name(str(error))[:80])


def _entry_parts(entry: zipfile.ZipInfo) -> tuple[str, tuple[str, ...]]:
    """Return an entry's path as it is written, and its parts as they are shown."""
    raw = entry_name(entry).replace("\\", "/")
    return raw, tuple(printable_name(one) for one in raw.split("/") if one not in ("", "."))


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
    level: int,
    when: str,
) -> None:
    raw, pieces = _entry_parts(entry)
    parts = (*above, *pieces)
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
    elif name.endswith(".zip") and level >= MAX_LEVELS:
        search.skip_file(parts, "nested")
    else:
        most = MAX_BYTES if name.endswith(".ipynb") else MAX_ZIP
        if entry.file_size > most:
            search.skip_file(parts, "large", f"{entry.file_size // 1_000_000} MB")
            return
        if not search.may_unpack(parts, entry.file_size):
            return
        try:
            if entry.compress_type == zipfile.ZIP_LZMA:  # takes as much memory as it likes
                raise NotImplementedError("LZMA")
            with archive.open(entry) as file:
                data = file.read(entry.file_size + 1)  # what it says of its size may be a lie
            if len(data) > entry.file_size:
                raise zipfile.BadZipFile("larger than it says")
        except Exception as error:  # a broken entry breaks zipfile in a dozen ways
            search.skip_file(parts, "bad_zip", printable_name(str(error))[:80])
            return
        when = when or _entry_time(entry)
        if name.endswith(".zip"):
            read_zip(parts, io.BytesIO(data), search, level=level + 1, when=when)
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
    return _decoded(raw) or entry.filename


def _decoded(raw: bytes) -> str:
    for codec in ("utf-8", "cp950", "big5hkscs", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return ""


def _entry_time(entry: zipfile.ZipInfo) -> str:
    """Return an entry's time; "" where it means nothing, as in reproducible zips."""
    try:
        return datetime(*entry.date_time).isoformat() if entry.date_time[0] > 2000 else ""
    except ValueError:
        return ""


def find_notebooks(
    path: Path, owner_of: Callable[[tuple[str, ...], dict], object], ours: Iterable[Path] = ()
) -> Search:
    """Search a folder or a zip, and the zips in it, or read a single notebook."""
    search = Search(owner_of)
    if path.suffix.lower() == ".ipynb" and path.is_file():
        with os.scandir(path.resolve().parent) as entries:
            entry = next(one for one in entries if one.name == path.resolve().name)
            _read_file((printable_name(entry.name),), entry, search)
    elif path.is_dir():
        skip = {one.resolve() for one in ours}
        search.note_names((), list(itertools.islice(_names(path, ()), MAX_STRAYS)))
        for parts, entry in _walk(path.resolve(), (), search, skip):
            _read_file(parts, entry, search)
    else:
        read_zip((), path, search, level=0, when="")
    search.found.sort(key=lambda one: one.parts)
    search.left_out.sort(key=lambda one: (one.file, one.reason))
    return search


def _names(folder: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the names of files, as far down as platforms put their own."""
    try:
        with os.scandir(folder) as entries:
            for entry in itertools.islice(entries, MAX_STRAYS):
                here = (*parts, printable_name(entry.name))
                if len(here) <= MAX_LEVELS and entry.is_dir(follow_symlinks=False):
                    yield from _names(Path(entry.path), here)
                else:
                    yield here
    except OSError:
        return


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
        try:
            is_link = entry.is_symlink() or getattr(entry, "is_junction", bool)()
            is_folder = entry.is_dir(follow_symlinks=False)
            is_file = entry.is_file(follow_symlinks=False)
        except OSError as error:
            search.skip_file(here, "unreadable", str(error.strerror))
            continue
        if is_link:
            search.skip_file(here, "link")
        elif is_folder:
            if len(here) > MAX_DEPTH:
                search.skip_file(here, "deep")
            else:
                yield from _walk(Path(entry.path), here, search, skip)
        elif is_file:
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
        when = _file_time(stats.st_mtime)
        if name.endswith(".zip"):
            read_zip(parts, Path(entry.path), search, level=1, when=when)
        elif search.may_read(parts, stats.st_size):
            with Path(entry.path).open("rb") as file:
                search.found.append(FoundNotebook(parts, file.read(MAX_BYTES), when))
    except OSError as error:
        search.skip_file(parts, "unreadable", str(error.strerror))


def _file_time(seconds: float) -> str:
    """Return a file's time; "" where it means nothing, as in the year 30000."""
    try:
        return datetime.fromtimestamp(int(seconds)).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


@dataclass(frozen=True)
class PathInfo:
    """What a path says of who handed it in."""

    layout: str  # "moodle", "canvas" or "plain"
    texts: tuple[str, ...]  # what may contain an id or a name, the surest first
    number: str  # the platform's own number of the student; "" for a plain layout
    file: str  # the file's own name, without what the platform put before it
    folder: str = ""  # Moodle's name for the submission, which it wants back with a feedback file
    late: bool = False  # whether the platform says so
    again: int = 0  # how often it was handed in before, as the name says


def find_layout(
    paths: Sequence[tuple[str, ...]],
    start: int = 0,
    is_student: Callable[[tuple[str, ...]], bool] = lambda parts: False,
) -> tuple[str, int] | None:
    """Find which platform made the names of a download, and in which place of a path they are.

    A platform names all submissions alike, and one student only their own files: what a place holds
    decides only where it does so in half of the folders beside each other.

    `paths` are the files' paths as parts, `start` is the first place to look at; what is in a
    folder that `is_student` knows, no platform named.

    Examples
    --------
    >>> find_layout([("a.zip", "x_12_34_06.ipynb"), ("b.zip", "y_56_78_06.ipynb")])
    ('canvas', 1)
    >>> find_layout([("B1", "x_12_34_06.ipynb"), ("B2", "06.ipynb"), ("B3", "06.ipynb")])
    """
    for place in range(start, start + MAX_LEVELS):
        inside: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for parts in paths:
            if len(parts) > place:
                inside[parts[:place]].add(parts[place])
        kinds: Counter = Counter()
        for folder, names in inside.items():
            if folder[start:] and is_student(folder):
                continue
            of_names = Counter(filter(None, map(_platform, names)))
            kind, count = (of_names.most_common(1) or [("", 0)])[0]
            kinds[kind] += 2 * count >= len(names)
        for kind in ("moodle", "canvas"):
            if kinds[kind] and 2 * kinds[kind] >= len(inside):
                return kind, place
    return None


def _platform(name: str) -> str:
    """Return which platform makes such names; "" for none. What is at its end is the student's."""
    found = _canvas.fullmatch(name)
    if found and not re.fullmatch(r"\d\d", found["name"]):
        return "canvas"
    return "moodle" if _moodle.fullmatch(name) else ""


def parse_path(
    parts: tuple[str, ...], layouts: Mapping[tuple[str, ...], tuple[str, int]] | None = None
) -> PathInfo:
    """Read a path from the outside in; the outermost name that a platform made counts.

    `layouts` has what `find_layout` found in the folders and zips of the download; None for this
    path alone.

    Examples
    --------
    >>> one = parse_path(("linann_LATE_4567_89012_06_practicum-1.ipynb",))
    >>> one.layout, one.texts, one.number, one.file, one.late, one.again
    ('canvas', ('linann',), '4567', '06_practicum-1.ipynb', True, 1)
    >>> two = parse_path(("林小華_12345_assignsubmission_file_", "06_practicum (1).ipynb"))
    >>> two.layout, two.texts, two.number, two.again
    ('moodle', ('林小華',), '12345', 1)
    """
    if layouts is None:
        layouts = {(): found} if (found := find_layout([parts])) else {}
    file = parts[-1]
    for above in sorted(layouts, key=len):
        layout, place = layouts[above]
        if parts[: len(above)] != above or len(parts) <= place:
            continue
        part, last = parts[place], place == len(parts) - 1
        found = (_moodle if layout == "moodle" else _canvas).fullmatch(part)
        if found is None:
            continue
        inside = found["rest"] if last and found["rest"] else file
        about = (layout, (found["name"],), found["number"], inside)
        if layout == "moodle":
            folder = part[: found.start("rest")]
            return PathInfo(*about, folder, again=_times(inside))
        return PathInfo(*about, late=bool(found["late"]), again=_times(found["rest"]))
    texts = (*parts[:-1], file.rpartition(".")[0])
    late = any(found and found["late"] for found in map(_canvas.fullmatch, parts))
    return PathInfo("plain", texts, "", file, late=bool(late), again=_times(file))


def _times(file: str) -> int:
    """Read the number that a platform or a browser puts behind a name handed in again."""
    found = _again.search(file.rpartition(".")[0])
    return int(found[1] or found[2]) if found else 0


class StudentMatcher:
    """Find the students of a class by id, by platform number and by name."""

    def __init__(self, students: Iterable[Student]) -> None:
        self.ids: dict[str, str] = {}
        self.order: dict[str, int] = {}
        self.numbers: dict[str, dict[str, str]] = {"moodle": {}, "canvas": {}}
        self.names: dict[str, set[str]] = defaultdict(set)
        for one in students:
            self.order[one.id] = len(self.order)
            self.ids[folded_id(one.id)] = one.id
            for layout, number in (("moodle", one.moodle_id), ("canvas", one.canvas_id)):
                if number:
                    self.numbers[layout][number] = one.id
            for key in {*name_keys(one.name), name_key(one.login)} - {""}:
                self.names[key].add(one.id)
        # An id with a separator in it, such as 109-0001, is not found among the parts of a name.
        self._long = [known for known in self.ids if _parts.search(known)]

    def by_id(self, text: str) -> str | None:
        """Find the one student whose id is in a text, alone or beside other words.

        Examples
        --------
        >>> StudentMatcher([Student("B1"), Student("B12")]).by_id("b12_林小華")
        'B12'
        """
        folded = folded_id(text)
        if folded in self.ids:
            return self.ids[folded]
        there = {self.ids[word] for word in _parts.split(folded) if word in self.ids}
        there |= {
            self.ids[known]
            for known in self._long
            if re.search(rf"(?<![^\W_]){re.escape(known)}(?![^\W_])", folded)
        }
        return there.pop() if len(there) == 1 else None

    def by_name(self, text: str) -> set[str]:
        """Find the students of a name; several if they share it.

        Examples
        --------
        >>> students = [Student("B1", "林小華"), Student("B2", "林小華")]
        >>> sorted(StudentMatcher(students).by_name("林小華"))
        ['B1', 'B2']
        """
        whole = self.names.get(name_key(text), set())
        if whole:
            return whole
        found: set[str] = set()
        for word in _parts.split(text):
            if len(name_key(word)) > 1:
                found |= self.names.get(name_key(word), set())
        return found

    def candidates(self, info: PathInfo) -> set[str]:
        """List who may have handed in: one student, none, or several of one name."""
        if sure := self.numbers.get(info.layout, {}).get(info.number):
            return {sure}
        for text in info.texts:
            if known := self.by_id(text):
                return {known}
            if named := self.by_name(text):
                inside = self.by_id(info.file.rpartition(".")[0])
                return {inside} if inside in named else set(named)
        inside = self.by_id(info.file.rpartition(".")[0])
        return {inside} if inside and info.layout == "plain" else set()

    def owner(self, info: PathInfo) -> str | None:
        """Return the student, if there is only one candidate."""
        found = self.candidates(info)
        return next(iter(found)) if len(found) == 1 else None


def read_metadata(content: bytes) -> dict:
    """Read what a notebook says of itself; an empty dict if it is none.

    Examples
    --------
    >>> read_metadata(b'{"metadata": {"rfmkit": {"student": "B1"}}, "cells": 3}')
    {'questions': [], 'student': 'B1'}
    >>> read_metadata(b"[" * 100_000)
    {}
    """
    if content.count(b"[") + content.count(b"{") > MAX_BRACKETS:
        return {}
    if content.count(b",") > MAX_COMMAS:
        return {}
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError, MemoryError):
        return {}
    if not isinstance(notebook, dict):
        return {}
    own = _inner(notebook, "metadata", "rfmkit")
    cells = notebook.get("cells")
    cells = cells[:2000] if isinstance(cells, list) else []
    numbers = (_inner(cell, "metadata", "rfmkit").get("question") for cell in cells)
    facts: dict = {"questions": [one for one in numbers if isinstance(one, str)]}
    facts |= {key: own[key][:300] for key in _OWN if isinstance(own.get(key), str)}
    return facts


def _inner(data: object, *keys: str) -> dict:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


@dataclass(frozen=True)
class Submission:
    """One notebook that one student handed in."""

    student: str  # the student's id on the roster
    chapter: str  # such as "06"
    file: str  # its name as it was handed in, with the folders, for tracing
    content: bytes  # the notebook's bytes; hostile
    handed_in: str = ""  # when, such as "2021-04-08T23:10:00"; "" if the layout does not say
    late: bool = False  # whether it came after the due time
    attempts: int = 1  # how many different notebooks the student handed in for the chapter
    # What the instructor should know of how it was found: the end of a key `intake.note.…` of
    # `rfmgrade/texts/gradebook.csv`, and what follows a colon: "other_student:B2" (the notebook's
    # metadata names another student), "earlier:06_practicum.ipynb" (an earlier copy),
    # "by_metadata", "same_name", "other_secret" (made with another secret than this course's).
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """All that was handed in."""

    submissions: tuple[Submission, ...]  # in the order of the roster, then of the chapters
    left_out: tuple[SkippedFile, ...]  # every file that is not graded, and why
    moodle: dict[str, str]  # Moodle's own folder name of each student, for feedback files
    # Notebooks that say which secret they were handed out with, and those of another one.
    with_case: int = 0
    other_secret: int = 0


@dataclass(frozen=True)
class _Copy:
    """A notebook and whose it is, or why it is not graded; several copies make one submission."""

    student: str
    chapter: str
    named_by_path: bool
    info: PathInfo
    found: FoundNotebook
    notes: tuple[str, ...]
    skipped: str = ""

    @property
    def file(self) -> str:
        return "/".join(self.found.parts)


def collect(path: str | Path, config: GradingConfig) -> Intake:
    """Find each student's notebooks in a folder or zip of submissions.

    It may be a plain folder (one folder, file or zip a student), or a download of Moodle or Canvas.
    For each student and chapter the latest counts; all other files come with the reason why they
    are left out. Raise a DataError if there is no such folder or zip.
    """
    path = Path(path)
    if not (path.is_dir() or (path.is_file() and path.suffix.lower() in (".zip", ".ipynb"))):
        raise InputError("intake.no_folder", path=path)
    matcher = StudentMatcher(config.students)
    search = find_notebooks(
        path,
        lambda parts, layouts: matcher.owner(parse_path(parts, layouts)) if parts else None,
        config.own_files,
    )
    left_out = list(search.left_out)
    copies: dict[tuple[str, str], list[_Copy]] = defaultdict(list)
    moodle = {}
    for found in search.found:
        copy = _identify(found, matcher, config, search.layouts)
        if copy.skipped:
            detail = copy.chapter if copy.student else "".join(copy.notes[:1])
            left_out.append(SkippedFile(copy.file, copy.skipped, detail, copy.student))
            continue
        if copy.info.folder:
            moodle[copy.student] = copy.info.folder
        copies[copy.student, copy.chapter].append(copy)
    secrets = Counter(
        note for group in copies.values() for note in group[-1].notes if note.endswith("_secret")
    )
    submissions = []
    for student, chapter in sorted(copies, key=lambda key: (matcher.order[key[0]], key[1])):
        of_path, claimed = _by_trust(copies[student, chapter])
        left_out += [SkippedFile(one.file, "claimed", student, student) for one in claimed]
        submissions.append(_latest(of_path, config.due))
    left_out.sort(key=lambda one: (one.file, one.reason))
    other = secrets["other_secret"]
    return Intake(tuple(submissions), tuple(left_out), moodle, secrets.total(), other)


def _identify(
    found: FoundNotebook, matcher: StudentMatcher, config: GradingConfig, layouts: Mapping
) -> _Copy:
    """Find whose a notebook is and of which chapter, or why it is not graded."""
    chapters = config.chapters
    info, metadata = parse_path(found.parts, layouts), read_metadata(found.content)
    chapter = _find_chapter(metadata, info.file, chapters)
    student, notes, named_by_path = _match_student(matcher, info, metadata)
    named = metadata.get("student", "")
    if student and metadata.get("case") and folded_id(named) == folded_id(student):
        fits = metadata["case"] == case_fingerprint(config.secret, student)
        notes += ("same_secret" if fits else "other_secret",)
    if not student:
        skipped = "ambiguous" if notes else "unmatched"
    elif chapter == "lesson":
        skipped = "lesson"
    elif not chapter:
        skipped = "no_chapter"
    else:
        skipped = "" if chapter in chapters else "other_chapter"
    return _Copy(student, chapter, named_by_path, info, found, notes, skipped)


def _match_student(
    matcher: StudentMatcher, info: PathInfo, metadata: dict
) -> tuple[str, tuple[str, ...], bool]:
    """Return the student ("" if unknown), what to note, and whether the path itself named them."""
    there = matcher.candidates(info)
    named = metadata.get("student", "")
    inside = matcher.ids.get(folded_id(named), "") if named else ""
    if len(there) == 1:
        (student,) = there
        if named and inside != student:
            return student, (f"other_student:{inside or printable_name(named)[:60]}",), True
        return student, (), True
    if there:
        if inside in there:
            return inside, ("same_name",), True
        return "", (", ".join(sorted(there)[:MAX_EARLIER]),), False
    return inside, ("by_metadata",) if inside else (), False


def _find_chapter(metadata: dict, file: str, chapters: Sequence[str]) -> str:
    """Find which chapter a notebook is of: by its metadata, its cells, its name."""
    if found := re.fullmatch(r"source/exercises/(\d\d)_\w+\.py", metadata.get("source", "")):
        return found[1]
    if "source/lessons/" in metadata.get("source", ""):
        return "lesson"
    numbers = Counter(
        one.partition(".")[0].zfill(2)
        for one in metadata.get("questions", ())
        if re.fullmatch(r"\d{1,2}\.\d{1,2}", one)
    )
    if numbers:
        return numbers.most_common(1)[0][0]
    if found := re.search(r"(?<!\d)(0[0-9])(?!\d)", file):
        return found[1]
    return chapters[0] if len(chapters) == 1 else ""


def _by_trust(copies: list[_Copy]) -> tuple[list[_Copy], list[_Copy]]:
    """Split copies into those that count and those that are claimed by their metadata alone.

    Metadata can be written by anybody, so they must not push aside what the platform says.
    """
    trusted = any(one.named_by_path for one in copies)
    counting = [one for one in copies if one.named_by_path == trusted]
    return counting, [one for one in copies if trusted and not one.named_by_path]


def _latest(copies: list[_Copy], due: str) -> Submission:
    """Choose the latest copy, and note the earlier ones that differ."""
    # Canvas numbers copies; elsewhere the file's own time says more.
    numbered = all(one.info.layout == "canvas" for one in copies)

    def age(one: _Copy) -> tuple[tuple[str, str], tuple[str, ...]]:
        again = f"{one.info.again:09}"
        when = one.found.when
        return ((again, when) if numbered else (when, again)), one.found.parts

    *earlier, last = sorted(copies, key=age)
    older = [one.file for one in earlier if one.found.content != last.found.content]
    notes = tuple(note for note in last.notes if note != "same_secret")
    notes += tuple(f"earlier:{file}" for file in older[-MAX_EARLIER:])
    if len(older) > MAX_EARLIER:
        notes += (f"earlier_more:{len(older) - MAX_EARLIER}",)
    when = last.found.when
    late = last.info.late or bool(due and when and when > due)
    return Submission(
        last.student,
        last.chapter,
        last.file,
        last.found.content,
        when,
        late,
        len({one.found.content for one in copies}),
        notes,
    )
