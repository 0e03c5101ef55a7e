"""Read what the commands are told: the class's roster, the course's secret, chapters, options."""

import argparse
import csv
import hashlib
import hmac
import io
import os
import re
import sys
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import rfmkit
from rfmkit.formats import is_formula_like
from rfmkit.labels import LANGUAGES, label, language, language_option
from rfmkit.schema import DataError

MAX_ID_LENGTH = 64
# Names that Windows keeps for devices, with any ending.
_reserved = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I)
# Names that a hand-out gives its own files.
_taken = re.compile(r"(case|readme\.txt|.*\.(zip|csv|ipynb|html))", re.I)
_scientific = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.I)
_allowed = re.compile(r"[\w.@+-]+")
MAX_TABLE_BYTES = 20_000_000
MAX_UNPACKED = 300_000_000
_old_workbook = b"\xd0\xcf\x11\xe0"
# Without spaces, hyphens and underlines, in small letters. Of a role's names, the first one counts
# where several occur: in an export of Canvas, "ID" is Canvas' own number.
_names = {
    "id": (
        "學號",
        "sisuserid",
        "studentid",
        "studentno",
        "studentnumber",
        "idnumber",
        "學生編號",
        "學生證號",
        "學生學號",
        "id",
        "student",
    ),
    "name": ("姓名", "name", "fullname", "studentname", "student", "學生姓名", "全名", "名字"),
    "first": ("firstname", "givenname", "名"),
    "last": ("lastname", "surname", "familyname", "姓", "姓氏"),
    "email": ("email", "emailaddress", "mail", "電子郵件", "電子郵件地址", "電子信箱", "信箱"),
    "lang": ("lang", "language", "語言", "使用語言"),
    "section": ("section", "class", "group", "班級", "班別", "班", "組別"),
    "moodle_id": ("moodleid", "moodle", "moodle編號", "participantid"),
    "canvas_id": ("canvasid", "canvas", "canvas編號", "id"),
    "login": ("login", "loginid", "sisloginid", "username", "帳號", "使用者名稱"),
}
MAX_CELL_LENGTH = 200
_languages = {
    "zh-TW": ("zhtw", "zh", "zhhant", "zhhanttw", "中文", "正體中文", "繁體中文", "chinese"),
    "en": ("en", "engb", "enus", "english", "英文", "英語"),
}
_email = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
MIN_SECRET_BYTES = 16
MAX_SECRET_BYTES = 65_536  # more is some other file, given by mistake
MIN_DIFFERENT_BYTES = 6
SECOND_CASES = 6  # tried, until one has other answers than the student's own
PACKED_EXERCISES = Path(rfmkit.__file__).parent / "_notebooks" / "exercises"
PACKED_SOLUTIONS = Path(__file__).parent / "_solutions"


class Message:
    """A text of the tables and its values, filled in when it is shown.

    Examples
    --------
    >>> str(Message("assign.jobs"))
    '--jobs 要是 1 以上的整數。'
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__()
        self.key, self.values = key, values

    def __str__(self) -> str:
        return label(self.key, **self.values)


class InputError(Message, DataError):
    """A file or an option that cannot be used, and why."""


def clean_id(text: str) -> str:
    """Normalise an id: half width, without invisible characters and outer spaces.

    Examples
    --------
    >>> clean_id("　Ｂ１０９\u200b0001 ")
    'B1090001'
    """
    text = unicodedata.normalize("NFKC", text)
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFC", seen).strip()


def folded_id(text: str) -> str:
    """Normalise an id so that two spellings of it are equal: as `clean_id`, in one case.

    Examples
    --------
    >>> folded_id("b1090001") == folded_id("Ｂ1090001")
    True
    """
    return unicodedata.normalize("NFC", clean_id(text).casefold())


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


def id_fault(text: str) -> str | None:
    """Return why a text cannot be an id, and so the name of a folder on every system.

    Examples
    --------
    >>> id_fault("B1090001"), id_fault("../B1"), id_fault("nul"), id_fault("1.09E+08")
    (None, 'path', 'reserved', 'scientific')
    """
    if any(unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") for one in text.strip()):
        return "control"
    text = clean_id(text)
    if not text:
        return "blank"
    if text[0] in "=+-@":
        return "formula"
    if "/" in text or "\\" in text or ".." in text or text.startswith("."):
        return "path"
    if len(text) > MAX_ID_LENGTH or len(text.encode("utf-8")) > 2 * MAX_ID_LENGTH:
        return "long"
    if _reserved.fullmatch(text) or _taken.fullmatch(text):
        return "reserved"
    if _scientific.fullmatch(text):
        return "scientific"
    if text.endswith(".") or not _allowed.fullmatch(text):
        return "characters"
    return None


class Table(NamedTuple):
    """A header, the rows below it with their numbers in the file, and notes on how it was read."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[Message]


def read_table(path: Path) -> Table:
    """Read a table as text: .csv in UTF-8, UTF-16 or Big5, or .xlsx.

    Not by the readers of ledgers, which know an encoding by a ledger's header and speak of ledgers.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TABLE_BYTES + 1)
    except FileNotFoundError:
        raise InputError("grading.table.missing", path=path) from None
    except OSError as error:
        why = error.strerror or error
        raise InputError("grading.table.unreadable", path=path, error=why) from None
    if len(data) > MAX_TABLE_BYTES:
        raise InputError("grading.table.large", file=path.name)
    notes: list[Message] = []
    if data.startswith((b"PK\x03\x04", _old_workbook)):
        rows = _workbook_rows(data, path.name)
    else:
        rows = _text_rows(data, path.name, notes)
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise InputError("grading.roster.empty", file=path.name)
    return Table(filled[0][1], filled[1:], notes)


def _text_rows(data: bytes, name: str, notes: list[Message]) -> list[tuple[int, list[str]]]:
    text = None
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codec in ("utf-16",) if utf16 else ("utf-8-sig", "cp950", "big5hkscs"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec != "utf-8-sig":
            encoding = {"utf-16": "UTF-16"}.get(codec, "Big5")
            notes.append(Message("grading.table.encoding", file=name, encoding=encoding))
        break
    if text is None or "\0" in text:
        raise InputError("grading.table.encoding_unknown", file=name)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, last = [], 0
    try:
        for row in reader:
            rows.append((last + 1, row))
            last = reader.line_num
    except csv.Error as error:
        raise InputError("grading.table.quotes", file=name, row=last + 1, error=error) from None
    return rows


def _workbook_rows(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    if data.startswith(_old_workbook):
        raise InputError("grading.table.old_workbook", file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise InputError("grading.table.large", file=name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles that openpyxl leaves out
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong one
            rows = sheet.iter_rows(values_only=True)
            return [
                (number, [_as_text(cell) for cell in row])
                for number, row in enumerate(rows, start=1)
            ]
        finally:
            book.close()
    except DataError:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise InputError("grading.table.broken", file=name) from error


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def find_columns(table: Table, file: str) -> tuple[dict[str, int], list[Message], list[Message]]:
    """Find the column of each role; also list what is wrong, and what was not used.

    Examples
    --------
    >>> head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    >>> find_columns(Table(head, [], []), "canvas.csv")[0]
    {'id': 2, 'name': 0, 'section': 4, 'canvas_id': 1, 'login': 3}
    """
    heads = [_normalised_heading(head) for head in table.header]
    columns, mistakes = {}, []
    for role, names in _names.items():
        free = [
            name for name in names if name in heads and heads.index(name) not in columns.values()
        ]
        if not free or (role == "canvas_id" and free[0] == "id" and "id" not in columns):
            continue
        columns[role] = heads.index(free[0])
        if heads.count(free[0]) > 1:
            mistakes.append(
                Message("grading.roster.header_twice", header=table.header[columns[role]])
            )
    if "id" not in columns and not columns:
        # Perhaps it is the secret, which is never printed.
        raise InputError("grading.roster.no_roster", file=file)
    if "id" not in columns:
        quoted = ", ".join(head for head in table.header if head)[:200]
        raise InputError("grading.roster.no_id", file=file, headers=quoted)
    idle = [
        head
        for place, head in enumerate(table.header)
        if head.strip() and place not in columns.values()
    ]
    between = "、" if language() == "zh-TW" else ", "
    notes = [Message("grading.roster.unused", headers=between.join(idle))] if idle else []
    return columns, mistakes, notes


def _normalised_heading(head: str) -> str:
    return re.sub(r"[\s_\-:：]", "", unicodedata.normalize("NFKC", head)).casefold()


@dataclass(frozen=True)
class Student:
    """One student of the roster."""

    id: str  # the student's number, as clean text that is also a safe folder name
    name: str = ""  # as it is to be shown; "" if the roster has none
    email: str = ""  # "" if the roster has none
    lang: str = "zh-TW"  # "zh-TW" or "en": the language of hand-out and feedback
    section: str = ""  # the class, where several are taught; "" if the roster has none
    # What the learning platforms call the student; "" if the roster has none.
    moodle_id: str = ""
    canvas_id: str = ""
    login: str = ""
    row: int = 0  # the row of the roster, for messages


@dataclass(frozen=True)
class Roster:
    """The students of a class, in the order of the file."""

    students: tuple[Student, ...]  # one for each row
    # What the reader of the file should know: its encoding, names that occur twice, columns that
    # were not used.
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Student]:
        """Iterate over the students in order."""
        return iter(self.students)

    def __len__(self) -> int:
        """Count the students."""
        return len(self.students)


def read_roster(path: str | Path, *, default: str = "zh-TW") -> Roster:
    r"""Read a roster: a CSV in any usual encoding, or the first sheet of a workbook.

    Returns
    -------
    Roster
        All students, or none: one mistake is enough to refuse the roster.

    Raises
    ------
    DataError
        If the file cannot be read, or holds any mistake; the message lists every one with its row.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "roster.csv"
    ...     _ = file.write_text("學號,姓名,語言\nB1,林小華,\nB2,Ann,en\n", encoding="utf-8")
    ...     [(one.id, one.name, one.lang) for one in read_roster(file)]
    [('B1', '林小華', 'zh-TW'), ('B2', 'Ann', 'en')]
    """
    path = Path(path)
    table = read_table(path)
    columns, mistakes, notes = find_columns(table, path.name)
    students = []
    for number, cells in table.rows:
        student, faults = _student(number, cells, columns, default)
        if any(cell.strip() for cell in cells[len(table.header) :]):
            faults.append(Message("grading.cell.more"))
        students += [student] if student else []
        mistakes += [Message("grading.roster.row", row=number, fault=one) for one in faults]
    mistakes += _repeats(students)
    if mistakes:
        head = Message("grading.roster.mistakes", file=path.name, count=len(mistakes))
        lines = "\n".join(f"  {one}" for one in mistakes)
        raise DataError(f"{head}\n{lines}\n{Message('grading.roster.mend')}")
    if not students:
        raise InputError("grading.roster.empty", file=path.name)
    notes = [*table.notes, *notes, *_remarks(students)]
    return Roster(tuple(students), tuple(map(str, notes)))


def _student(
    number: int, cells: Sequence[str], columns: dict[str, int], default: str
) -> tuple[Student | None, list[Message]]:
    """Read a student from a row, and list what is wrong with it."""
    got = {role: cells[place] if place < len(cells) else "" for role, place in columns.items()}
    if not got["id"].strip() and got.get("name", "").strip().casefold() == "points possible":
        return None, []  # the second row of a gradebook exported from Canvas is no student
    faults = [
        Message(f"grading.cell.{fault}", role=_role(role), limit=MAX_CELL_LENGTH)
        for role, text in got.items()
        if role != "id" and (fault := _cell_fault(role, text))
    ]
    if fault := id_fault(got["id"]):
        quoted = "".join(one if one.isprintable() else "�" for one in got["id"])[:40]
        faults.insert(0, Message(f"grading.id.{fault}", id=quoted))
    lang_code = _language(got.get("lang", "")) or ("" if got.get("lang", "").strip() else default)
    if not lang_code:
        faults.append(Message("grading.cell.language", text=got["lang"][:20]))
    rest = {role: _tidy(text) for role, text in got.items() if role not in ("id", "lang", "name")}
    rest = {role: text for role, text in rest.items() if role not in ("first", "last")}
    name = _tidy(got.get("name", "")) or _full_name(got)
    known = Student(clean_id(got["id"]), name=name, lang=lang_code or default, row=number, **rest)
    return known, faults


def _cell_fault(role: str, text: str) -> str | None:
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in text.strip()):
        return "control"
    if len(text) > MAX_CELL_LENGTH:
        return "long"
    if is_formula_like(text.strip()):
        return "formula"
    if role == "email" and text.strip() and not _email.fullmatch(_tidy(text)):
        return "email"
    return None


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _full_name(got: dict[str, str]) -> str:
    """Join the two halves of a name: Chinese ones without a space, family name first."""
    first, last = (_tidy(got.get(role, "")) for role in ("first", "last"))
    if not (first + last).isascii() and any("一" <= one <= "鿿" for one in first + last):
        return last + first
    return f"{first} {last}".strip()


def _language(text: str) -> str | None:
    plain_text = re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text)).casefold()
    return next((code for code, names in _languages.items() if plain_text in names), None)


def _role(role: str) -> Message:
    return Message(f"grading.role.{role}")


def _repeats(students: Sequence[Student]) -> list[Message]:
    """List what may occur only once: ids, also in another case or width, and platform ids."""
    repeats = []
    for role in ("id", "moodle_id", "canvas_id"):
        seen: dict[str, Student] = {}
        for one in students:
            text = getattr(one, role)
            first = seen.setdefault(folded_id(text), one)
            if text and first is not one:
                fault = Message(
                    "grading.roster.repeated",
                    role=_role(role),
                    id=text,
                    other=getattr(first, role),
                    row=first.row,
                )
                repeats.append(Message("grading.roster.row", row=one.row, fault=fault))
    return repeats


def _remarks(students: Sequence[Student]) -> list[Message]:
    """List what is no mistake, but worth a look."""
    notes = []
    groups: list[tuple[set[str], list[str]]] = []  # spellings, and the names so spelt
    for name in (one.name for one in students if one.name):
        keys = name_keys(name)
        group = next((one for one in groups if one[0] & keys), None)
        if group is None:
            groups.append((keys, [name]))
        else:
            group[1].append(name)
    twice = sorted(" = ".join(dict.fromkeys(names)) for _, names in groups if len(names) > 1)
    if twice:
        between = "、" if language() == "zh-TW" else ", "
        notes.append(Message("grading.roster.names_twice", names=between.join(twice)))
    lengths = {len(one.id) for one in students}
    if len(lengths) > 1 and all(one.id.isdigit() for one in students):
        notes.append(Message("grading.roster.zeros", least=min(lengths), most=max(lengths)))
    return notes


class SecretError(InputError):
    """A secret that cannot be used; the message says how to make one."""

    def __str__(self) -> str:
        return f"{super().__str__()}\n{label('grading.secret.make')}"


def read_secret(path: str | Path) -> bytes:
    """Read the course's secret: 16 bytes or more that nobody can guess. It is never printed.

    White space at its ends does not count, since editors add some. Raise a SecretError, which says
    how to make one, if there is no such file, or it is too short, too long or too plain.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SECRET_BYTES + 1)
    except FileNotFoundError:
        if _looks_secret(path.name):
            raise SecretError("grading.secret.typed") from None
        raise SecretError("grading.secret.missing", path=path) from None
    except OSError as error:
        raise InputError(
            "grading.secret.unreadable", path=path, error=error.strerror or error
        ) from None
    if len(data) > MAX_SECRET_BYTES:
        raise SecretError("grading.secret.long", path=path)
    secret = data.removeprefix(b"\xef\xbb\xbf").strip()
    if len(secret) < MIN_SECRET_BYTES:
        raise SecretError(
            "grading.secret.short", path=path, least=MIN_SECRET_BYTES, bytes=len(secret)
        )
    if len(set(secret)) < MIN_DIFFERENT_BYTES:
        raise SecretError("grading.secret.plain", path=path)
    if _is_roster(path):
        raise SecretError("grading.secret.roster", path=path)
    return secret


def _looks_secret(name: str) -> bool:
    """Return whether somebody typed the secret itself in place of its file's name."""
    return len(name) >= MIN_SECRET_BYTES and "." not in name and any(one.isdigit() for one in name)


def _is_roster(path: Path) -> bool:
    try:
        table = read_table(path)
        return bool(table.rows) and "id" in find_columns(table, path.name)[0]
    except DataError:
        return False


def personal_seed(secret: bytes, student_id: str) -> int:
    """Compute the seed of one student's case.

    Case, full width and stray spaces of the id make no difference, so that a roster exported anew
    finds the same case.

    Examples
    --------
    >>> secret = b"not a secret, for it stands here"
    >>> personal_seed(secret, "B1090001") == personal_seed(secret, " b109０001")
    True
    >>> personal_seed(secret, "B1090001") == personal_seed(secret, "B1090002")
    False
    """
    return _seed(secret, f"rfmkit case\n{folded_id(student_id)}")


def second_seed(secret: bytes, attempt: int = 0) -> int:
    """Compute the seed of a second case; another attempt gives another case.

    Examples
    --------
    >>> second_seed(b"not a secret, for it stands here") != second_seed(b"another one of the kind")
    True
    """
    return _seed(secret, f"rfmkit second case\n{attempt}")


def case_fingerprint(secret: bytes, student_id: str) -> str:
    """Compute what a hand-out says of the case in it, so that another secret is noticed.

    Nothing about the secret, or about the case, follows from it.

    Examples
    --------
    >>> secret = b"not a secret, for it stands here"
    >>> case_fingerprint(secret, "B1") == case_fingerprint(secret, "b1")
    True
    """
    message = f"rfmkit fingerprint\n{folded_id(student_id)}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:12]


def _seed(secret: bytes, message: str) -> int:
    made = hmac.new(secret, message.encode("utf-8"), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big")


def parse_chapters(typed: Sequence[str], there: Sequence[str]) -> list[str]:
    """Choose chapters, in order and each once; none typed means all. Raise InputError for others.

    Examples
    --------
    >>> parse_chapters(["6", "05,06"], ["04", "05", "06"]), parse_chapters([], ["04"])
    (['05', '06'], ['04'])
    """
    words = [word for text in typed for word in re.split(r"[,，、\s]+", text) if word]
    numbers = [word.zfill(2) for word in words]
    for number in numbers:
        if number not in there:
            raise InputError("assign.no_chapter", chapter=number, there=" ".join(there))
    return [number for number in there if number in numbers] or list(there)


def exercise_files(start: Path | None = None) -> dict[str, dict[str, Path]]:
    """Find the kit's exercises: by language and chapter.

    In a checkout around `start` (the working folder) or around this package; else those that are
    packed in the installed package. Empty if it was installed without them.

    Examples
    --------
    >>> exercise_files(Path(__file__))["en"]["06"].name
    '06_practicum.ipynb'
    """
    begin = (start or Path.cwd()).resolve()
    here = Path(__file__).resolve()
    for folder in (begin, *begin.parents, *here.parents):
        if (folder / "rfmkit").is_dir() and (folder / "exercises" / LANGUAGES[0]).is_dir():
            return _by_chapter(folder / "exercises")
    return _by_chapter(PACKED_EXERCISES) if PACKED_EXERCISES.is_dir() else {}


def solution_file(exercise: Path) -> Path:
    """Return the path of an English exercise's model solution: beside `exercises/`, or packed.

    Examples
    --------
    >>> solution_file(exercise_files()["en"]["06"]).is_file()
    True
    """
    if exercise.is_relative_to(PACKED_EXERCISES):
        return PACKED_SOLUTIONS / exercise.name
    return exercise.parents[2] / "solutions" / "en" / exercise.name


def _by_chapter(folder: Path) -> dict[str, dict[str, Path]]:
    return {
        lang: {path.name[:2]: path for path in sorted((folder / lang).glob("[0-9][0-9]_*.ipynb"))}
        for lang in LANGUAGES
    }


@dataclass(frozen=True)
class GradingConfig:
    """The settings of handing out and grading; they never change."""

    students: tuple[Student, ...]  # the class
    secret: bytes = field(repr=False)  # the course's secret, from which the cases are made
    # The chapters to hand out or to grade, such as "06"; () for every chapter handed in.
    chapters: tuple[str, ...] = ()
    due: str = ""  # when the assignment was due, such as "2021-04-08T23:59:00"; "" for no date
    # Files of the grading itself, which are no submissions wherever they are.
    own_files: tuple[Path, ...] = ()
    output: Path = Path()  # the gradebook, or the folder of hand-outs
    results: Path = Path()  # the folder in which each result is kept
    marks: Path | None = None  # a gradebook with marks by hand; None for none
    force: bool = False  # whether to write over what is there
    jobs: int = 0  # how many processes work at a time; 0 for none beside this one
    # The students whose work is graded anew, whatever is kept of it.
    regrade: frozenset[str] = frozenset()
    mode: str = "bubblewrap"  # the sandbox's mode
    lang: str = "zh-TW"  # the instructor's language

    def seed_of(self, student_id: str) -> int:
        """Return the seed of one student's case."""
        return personal_seed(self.secret, student_id)

    @cached_property
    def second_seeds(self) -> tuple[int, ...]:
        """Seeds of the cases on which every notebook is run again."""
        return tuple(second_seed(self.secret, attempt) for attempt in range(SECOND_CASES))


def add_class_parser(
    subparsers: argparse._SubParsersAction, name: str, *, example: str, output: str
) -> argparse.ArgumentParser:
    """Add a command with the options that `assign` and `grade` share; `output` is what -o names."""
    parser = subparsers.add_parser(
        name,
        help=label(f"command.{name}"),
        description=label(f"command.{name}.about"),
        epilog=label("cli.example", command=f"rfmkit {name} {example}"),
    )
    parser.add_argument(
        "--roster", type=Path, required=True, metavar="FILE", help=label("command.class.roster")
    )
    parser.add_argument(
        "--secret-file",
        type=Path,
        required=True,
        metavar="FILE",
        help=label("command.class.secret"),
    )
    parser.add_argument(
        "--chapter",
        nargs="+",
        action="extend",
        default=[],
        metavar="NN",
        help=label("command.class.chapter"),
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=min(4, os.cpu_count() or 1),
        metavar="N",
        help=label("command.class.jobs"),
    )
    parser.add_argument(
        "--lang", type=language_option, choices=LANGUAGES, help=label("command.class.lang")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar=output,
        help=label(f"command.{name}.output"),
    )
    return parser


def read_class(args: argparse.Namespace) -> GradingConfig:
    """Read what the shared options name: roster, secret and chapters; print notes on the roster."""
    if args.jobs < 1:
        raise InputError("assign.jobs")
    secret = read_secret(args.secret_file)
    roster = read_roster(args.roster, default=args.lang or LANGUAGES[0])
    print_notes(roster.notes)
    exercises = exercise_files()
    if not exercises:
        raise InputError("assign.no_kit")
    chapters = parse_chapters(args.chapter, sorted(exercises["en"]))
    return GradingConfig(
        roster.students,
        secret,
        tuple(chapters),
        output=args.output,
        force=args.force,
        jobs=args.jobs,
        lang=language(),
    )


def print_notes(notes: Iterable[str]) -> None:
    """Print notes for the instructor, apart from the results."""
    for text in notes:
        print(f"rfmkit: {label('assign.note', text=text)}", file=sys.stderr)
