"""Read a class's roster, and tell every mistake in it before anything is handed out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rfmkit.classroom.grading.roster_headers import columns_of
from rfmkit.classroom.grading.roster_table import read_table
from rfmkit.classroom.grading.student_ids import clean_id, folded_id, id_fault
from rfmkit.labels import label, language
from rfmkit.schema import DataError
from rfmkit.workbook import is_formula_like

LONGEST_CELL = 200
_languages = {
    "zh-TW": ("zhtw", "zh", "zhhant", "zhhanttw", "中文", "正體中文", "繁體中文", "chinese"),
    "en": ("en", "engb", "enus", "english", "英文", "英語"),
}
_email = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


@dataclass(frozen=True)
class Student:
    """One student of the roster.

    Parameters
    ----------
    id
        The student's number, as clean text that is also a safe folder name.
    name
        As it is to be shown; "" if the roster has none.
    email
        "" if the roster has none.
    lang
        "zh-TW" or "en": the language of hand-out and feedback.
    section
        The class, where several are taught; "" if the roster has none.
    moodle_id, canvas_id, login
        What the learning platforms call the student; "" if the roster has none.
    row
        The row of the roster, for messages.
    """

    id: str
    name: str = ""
    email: str = ""
    lang: str = "zh-TW"
    section: str = ""
    moodle_id: str = ""
    canvas_id: str = ""
    login: str = ""
    row: int = 0


@dataclass(frozen=True)
class Roster:
    """The students of a class, in the order of the file.

    Parameters
    ----------
    students
        One for each row.
    notes
        What the reader of the file should know: its encoding, names that occur twice, columns that
        were not used.
    """

    students: tuple[Student, ...]
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Student]:
        """Give the students in order."""
        return iter(self.students)

    def __len__(self) -> int:
        """Count the students."""
        return len(self.students)


def read_roster(path: str | Path, *, lang: str | None = None, default: str = "zh-TW") -> Roster:
    r"""Read a roster: a CSV in any usual encoding, or the first sheet of a workbook.

    Parameters
    ----------
    path
        The file. Its first row names the columns, in English or Chinese: id/學號 is a must;
        name/姓名, email/電子郵件, lang/語言, section/班級 and the ids of Moodle and Canvas may be.
    lang
        The language of the messages; None for the one in use.
    default
        The language of a student for whom the roster tells none.

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
    table = read_table(path, lang)
    columns, mistakes, notes = columns_of(table, path.name, lang)
    students = []
    for number, cells in table.rows:
        student, faults = _student(number, cells, columns, default, lang)
        if any(cell.strip() for cell in cells[len(table.header) :]):
            faults.append(label("grading.cell.more", lang))
        students += [student] if student else []
        mistakes += [label("grading.roster.row", lang, row=number, fault=one) for one in faults]
    mistakes += _repeats(students, lang)
    if mistakes:
        head = label("grading.roster.mistakes", lang, file=path.name, count=len(mistakes))
        lines = "\n".join(f"  {one}" for one in mistakes)
        raise DataError(f"{head}\n{lines}\n{label('grading.roster.mend', lang)}")
    if not students:
        raise DataError(label("grading.roster.empty", lang, file=path.name))
    return Roster(tuple(students), (*table.notes, *notes, *_remarks(students, lang)))


def _student(
    number: int, cells: Sequence[str], columns: dict[str, int], default: str, lang: str | None
) -> tuple[Student | None, list[str]]:
    """Make a student of a row, and list what is wrong with it."""
    got = {role: cells[place] if place < len(cells) else "" for role, place in columns.items()}
    if not got["id"].strip() and got.get("name", "").strip().casefold() == "points possible":
        return None, []  # the second row of a gradebook exported from Canvas is no student
    faults = [
        label(f"grading.cell.{fault}", lang, role=_role(role, lang), limit=LONGEST_CELL)
        for role, text in got.items()
        if role != "id" and (fault := _cell_fault(role, text))
    ]
    if fault := id_fault(got["id"]):
        shown = "".join(one if one.isprintable() else "�" for one in got["id"])[:40]
        faults.insert(0, label(f"grading.id.{fault}", lang, id=shown))
    spoken = _language(got.get("lang", "")) or ("" if got.get("lang", "").strip() else default)
    if not spoken:
        faults.append(label("grading.cell.language", lang, text=got["lang"][:20]))
    rest = {role: _tidy(text) for role, text in got.items() if role not in ("id", "lang", "name")}
    rest = {role: text for role, text in rest.items() if role not in ("first", "last")}
    name = _tidy(got.get("name", "")) or _full_name(got)
    known = Student(clean_id(got["id"]), name=name, lang=spoken or default, row=number, **rest)
    return known, faults


def _cell_fault(role: str, text: str) -> str | None:
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in text.strip()):
        return "control"
    if len(text) > LONGEST_CELL:
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
    bare = re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text)).casefold()
    return next((code for code, names in _languages.items() if bare in names), None)


def _role(role: str, lang: str | None) -> str:
    return label(f"grading.role.{role}", lang)


def _repeats(students: Sequence[Student], lang: str | None) -> list[str]:
    """Name what may stand once only: ids, also in another case or width, and platform ids."""
    said = []
    for role in ("id", "moodle_id", "canvas_id"):
        seen: dict[str, Student] = {}
        for one in students:
            text = getattr(one, role)
            first = seen.setdefault(folded_id(text), one)
            if text and first is not one:
                fault = label(
                    "grading.roster.repeated", lang, role=_role(role, lang), id=text,
                    other=getattr(first, role), row=first.row,
                )  # fmt: skip
                said.append(label("grading.roster.row", lang, row=one.row, fault=fault))
    return said


def _remarks(students: Sequence[Student], lang: str | None) -> list[str]:
    """Say what is no mistake, but worth a look."""
    notes = []
    names = [one.name for one in students if one.name]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        between = "、" if language(lang) == "zh-TW" else ", "
        notes.append(label("grading.roster.names_twice", lang, names=between.join(twice)))
    lengths = {len(one.id) for one in students}
    if len(lengths) > 1 and all(one.id.isdigit() for one in students):
        notes.append(label("grading.roster.zeros", lang, least=min(lengths), most=max(lengths)))
    return notes
