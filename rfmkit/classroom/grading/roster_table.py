"""Read the cells of a small table as text: CSV in the usual encodings, or a workbook."""

import csv
import io
import warnings
import zipfile
from pathlib import Path
from typing import NamedTuple

from rfmkit.labels import label
from rfmkit.schema import DataError

MOST_BYTES = 20_000_000
MOST_UNPACKED = 300_000_000
_old_workbook = b"\xd0\xcf\x11\xe0"


class Table(NamedTuple):
    """A header, the rows below it with their numbers in the file, and what to tell of it."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str]


def read_table(path: Path, lang: str | None = None) -> Table:
    """Read a table as text.

    Parameters
    ----------
    path
        A .csv (UTF-8, UTF-16 or Big5; separated by commas, semicolons or tabs) or a .xlsx.
    lang
        The language of messages and notes.

    Returns
    -------
    Table
        Rows that are blank throughout are left out. A formula of a workbook is given as its text.

    Raises
    ------
    DataError
        If there is no such file, or it cannot be read as a table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise DataError(label("grading.table.missing", lang, path=path)) from None
    except OSError as error:
        said = label("grading.table.unreadable", lang, path=path, error=error.strerror or error)
        raise DataError(said) from None
    if len(data) > MOST_BYTES:
        raise DataError(label("grading.table.large", lang, file=path.name))
    notes: list[str] = []
    if data.startswith((b"PK\x03\x04", _old_workbook)):
        rows = _workbook_rows(data, path.name, lang)
    else:
        rows = _text_rows(data, path.name, notes, lang)
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise DataError(label("grading.roster.empty", lang, file=path.name))
    return Table(filled[0][1], filled[1:], notes)


def _text_rows(
    data: bytes, name: str, notes: list[str], lang: str | None
) -> list[tuple[int, list[str]]]:
    text = None
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codec in ("utf-16",) if utf16 else ("utf-8-sig", "cp950", "big5hkscs"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec != "utf-8-sig":
            told = {"utf-16": "UTF-16"}.get(codec, "Big5")
            notes.append(label("grading.table.encoding", lang, file=name, encoding=told))
        break
    if text is None or "\0" in text:
        raise DataError(label("grading.table.encoding_unknown", lang, file=name))
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, last = [], 0
    try:
        for row in reader:
            rows.append((last + 1, row))
            last = reader.line_num
    except csv.Error as error:
        said = label("grading.table.quotes", lang, file=name, row=last + 1, error=error)
        raise DataError(said) from None
    return rows


def _workbook_rows(data: bytes, name: str, lang: str | None) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    if data.startswith(_old_workbook):
        raise DataError(label("grading.table.old_workbook", lang, file=name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise DataError(label("grading.table.large", lang, file=name))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles that openpyxl leaves out
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong one
            rows = sheet.iter_rows(values_only=True)
            return [(number, [_as_text(cell) for cell in row]) for number, row in
                    enumerate(rows, start=1)]  # fmt: skip
        finally:
            book.close()
    except DataError:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise DataError(label("grading.table.broken", lang, file=name)) from error


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
