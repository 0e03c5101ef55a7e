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
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rfmgrade.config import GradingConfig, InputError, Student, folded_id
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


def parse_path(parts: tuple[str, ...]) -> PathInfo:
    """Read a path from the outside in; the outermost name that a platform made counts.

    Examples
    --------
    >>> one = parse_path(("linann_LATE_4567_89012_06_practicum-1.ipynb",))
    >>> one.layout, one.texts, one.number, one.file, one.late, one.again
    ('canvas', ('linann',), '4567', '06_practicum-1.ipynb', True, 1)
    >>> two = parse_path(("林小華_12345_assignsubmission_file_", "06_practicum (1).ipynb"))
    >>> two.layout, two.texts, two.number, two.again
    ('moodle', ('林小華',), '12345', 1)
    """
    file = parts[-1]
    for place, part in enumerate(parts):
        if found := _moodle.fullmatch(part):
            inside = found["rest"] if place == len(parts) - 1 and found["rest"] else file
            folder = part[: found.start("rest")]
            return PathInfo(
                "moodle", (found["name"],), found["number"], inside, folder, again=_times(inside)
            )
        if place == len(parts) - 1 or part.lower().endswith(".zip"):
            found = _canvas.fullmatch(part)
            if found and not re.fullmatch(r"\d\d", found["name"]):
                inside = found["rest"] if place == len(parts) - 1 else file
                return PathInfo(
                    "canvas",
                    (found["name"],),
                    found["number"],
                    inside,
                    late=bool(found["late"]),
                    again=_times(found["rest"]),
                )
    texts = (*parts[:-1], file.rpartition(".")[0])
    return PathInfo("plain", texts, "", file, again=_times(file))


def name_key(name: str) -> str:
    """Write a name so that two spellings of it are equal: letters and digits alone, in one case.

    Examples
    --------
    >>> name_key("Lee, Ann-Marie") == name_key("lee annmarie")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in unicodedata.normalize("NFKC", folded) if one.isalnum())


def name_keys(name: str) -> set[str]:
    """Write a name in the orders that platforms use: as it is, and family name first or last.

    Examples
    --------
    >>> sorted(name_keys("Ann Lee"))
    ['annlee', 'leeann']
    """
    words = name.replace(",", " ").split()
    turned = [words, words[-1:] + words[:-1], words[1:] + words[:1]]
    return {name_key("".join(one)) for one in turned} - {""}


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
    facts |= {key: own[key][:300] for key in ("student", "source") if isinstance(own.get(key), str)}
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
    # What the instructor should know of how it was found: the end of a key `intake.note.…` of
    # `rfmgrade/texts/gradebook.csv`, and what follows a colon: "other_student:B2" (the notebook's
    # metadata names another student), "earlier:06_practicum.ipynb" (an earlier copy),
    # "by_metadata", "same_name".
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """All that was handed in."""

    submissions: tuple[Submission, ...]  # in the order of the roster, then of the chapters
    left_out: tuple[SkippedFile, ...]  # every file that is not graded, and why
    moodle: dict[str, str]  # Moodle's own folder name of each student, for feedback files


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

    @property
    def age(self) -> tuple:
        # Canvas numbers copies; elsewhere the file's own time says more.
        if self.info.layout == "canvas":
            return (self.info.again, self.found.when, self.found.parts)
        return (self.found.when, self.info.again, self.found.parts)


def collect(path: str | Path, config: GradingConfig) -> Intake:
    """Find each student's notebooks in a folder or zip of submissions.

    It may be a plain folder (one folder, file or zip a student), or a download of Moodle or Canvas.
    For each student and chapter the latest counts; all other files come with the reason why they
    are left out. Raise a DataError if there is no such folder or zip.
    """
    path = Path(path)
    if not (path.is_dir() or (path.is_file() and path.suffix.lower() == ".zip")):
        raise InputError("intake.no_folder", path=path)
    matcher = StudentMatcher(config.students)
    search = find_notebooks(path, lambda parts: matcher.owner(parse_path(parts)), config.own_files)
    left_out = list(search.left_out)
    copies: dict[tuple[str, str], list[_Copy]] = defaultdict(list)
    moodle = {}
    for found in search.found:
        copy = _identify(found, matcher, config.chapters)
        if copy.skipped:
            detail = copy.notes[0] if not copy.student and copy.notes else copy.chapter
            left_out.append(SkippedFile(copy.file, copy.skipped, detail, copy.student))
            continue
        if copy.info.folder:
            moodle[copy.student] = copy.info.folder
        copies[copy.student, copy.chapter].append(copy)
    submissions = []
    for student, chapter in sorted(copies, key=lambda key: (matcher.order[key[0]], key[1])):
        of_path, claimed = _by_trust(copies[student, chapter])
        left_out += [SkippedFile(one.file, "claimed", student, student) for one in claimed]
        submissions.append(_latest(of_path, config.due))
    left_out.sort(key=lambda one: (one.file, one.reason))
    return Intake(tuple(submissions), tuple(left_out), moodle)


def _identify(found: FoundNotebook, matcher: StudentMatcher, chapters: Sequence[str]) -> _Copy:
    """Find whose a notebook is and of which chapter, or why it is not graded."""
    info, metadata = parse_path(found.parts), read_metadata(found.content)
    chapter = _find_chapter(metadata, info.file, chapters)
    student, notes, named_by_path = _match_student(matcher, info, metadata)
    if not student:
        skipped = "unmatched"
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
        return "", ("/".join(sorted(there)),), False
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
    *earlier, last = sorted(copies, key=lambda one: one.age)
    older = [one.file for one in earlier if one.found.content != last.found.content]
    notes = last.notes + tuple(f"earlier:{file}" for file in older[-MAX_EARLIER:])
    if len(older) > MAX_EARLIER:
        notes += (f"earlier_more:{len(older) - MAX_EARLIER}",)
    when = last.found.when
    late = last.info.late or bool(due and when and when > due)
    return Submission(last.student, last.chapter, last.file, last.found.content, when, late, notes)
