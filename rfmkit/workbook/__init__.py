"""Write .xlsx files that are safe to open, and the same bytes each time."""

import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO, StringIO
from os import PathLike
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import canonicalize

from openpyxl import Workbook

from rfmkit.schema import DataError
from rfmkit.workbook.cells import put, safe_cell

__all__ = ["put", "safe_cell", "save_workbook"]

FIRST_DAY = datetime(1980, 1, 1)  # the earliest a zip entry can carry
_declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_quiet = (
    b'<ignoredErrors><ignoredError numberStoredAsText="1" sqref="A1:XFD1048576"></ignoredError>'
    b"</ignoredErrors>"
)
# What may follow <ignoredErrors> in a worksheet.
_after_quiet = re.compile(
    rb"<(smartTags|drawing|legacyDrawing|picture|tableParts|extLst)\b|</works"
)


def save_workbook(
    wb: Workbook,
    path: str | Path,
    *,
    rows: Mapping[str, Iterable[str]] | None = None,
    compress: bool = False,
    stamp: date = FIRST_DAY,
    quiet_text: bool = False,
) -> Path:
    """Write a workbook whose bytes depend on its contents only.

    Parameters
    ----------
    wb
        The workbook; not a write-only one.
    path
        Where to write; the name ends in .xlsx. A file that is there is replaced at once, or not at
        all: the workbook is first written beside it.
    rows
        For sheets with many rows: sheet title -> rows from `workbook_rows.table_rows`, to come
        after the rows that the sheet has.
    compress
        False stores the parts as they are, so the bytes are the same with every zlib. True makes a
        big file about ten times smaller; then two zlib builds may give different bytes.
    stamp
        The moment told as "created" and "modified" in the document's properties.
    quiet_text
        True leaves out Excel's green corners at numbers written as text.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    DataError
        If the ending is not .xlsx, the folder is missing, or the file cannot be written, e.g.
        because it is open in Excel.
    """
    target = check_target(path)
    modified = wb.properties.modified
    made = BytesIO()
    wb.save(made)
    wb.properties.modified = modified  # openpyxl put the time of day there
    titles = {f"xl/worksheets/sheet{n}.xml": ws.title for n, ws in enumerate(wb.worksheets, 1)}
    if unknown := set(rows or {}) - set(titles.values()):
        raise ValueError(f"rows are given for sheets that are not there: {unknown}.")
    beside = target.with_name(f".rfmkit-{uuid.uuid4().hex}.tmp")
    try:
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(beside, "w") as new:
            for name in sorted(old.namelist(), key=_part_order):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.create_system = 3  # else it tells Windows from the others
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
                part = _normalise(name, old.read(name), stamp)
                more = (rows or {}).get(titles.get(name, ""), ())
                with new.open(entry, "w", force_zip64=bool(more)) as out:
                    if name in titles:
                        _write_sheet(out, part, more, quiet_text)
                    else:
                        out.write(part)
        beside.replace(target)
    except OSError as error:
        raise DataError(_cannot_write(target, error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return Path(path)


def _write_sheet(out: BinaryIO, part: bytes, more: Iterable[str], quiet_text: bool) -> None:
    head, mark, tail = part.partition(b"</sheetData>")
    if more:
        head = re.sub(rb"<dimension [^>]*></dimension>", b"", head)  # it tells the old last row
    out.write(head)
    for row in more:
        out.write(row.encode())
    if quiet_text:
        at = _after_quiet.search(tail)
        tail = tail[: at.start()] + _quiet + tail[at.start() :]
    out.write(mark + tail)


def _normalise(name: str, part: bytes, stamp: date) -> bytes:
    if not name.endswith((".xml", ".rels", ".vml")):
        return part
    text = StringIO()
    canonicalize(from_file=BytesIO(part), out=text)
    xml = text.getvalue()
    if name == "docProps/core.xml":
        moment = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        xml = re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{moment}", xml)
        xml = xml.replace(">openpyxl</dc:creator>", ">rfmkit</dc:creator>")
    if name.startswith("xl/charts/"):  # else some programs show a label as its cell is formatted
        xml = re.sub(r'(<numFmt formatCode="[^"]*")></', r'\1 sourceLinked="0"></', xml)
    if name == "docProps/app.xml":  # it tells the version of openpyxl
        xml = re.sub(r"<(Application|AppVersion)>[^<]*</\1>", "", xml)
    return _declaration + xml.encode()


def _part_order(name: str) -> tuple[int, str]:
    first = ("[Content_Types].xml", "_rels/.rels")
    return (first.index(name) if name in first else len(first), name)


def check_target(path: str | Path) -> Path:
    """Raise a DataError if no workbook can be written there; else give the file to write."""
    if not isinstance(path, str | PathLike):
        raise DataError(f'a workbook\'s path must be text such as "report.xlsx", not {path!r}.')
    told, path = str(path), Path(path)
    try:
        if told == "" or path.is_dir():
            raise DataError(f"cannot write {told!r}: it is a folder. Give a file name in it.")
        if path.suffix.lower() != ".xlsx":
            raise DataError(
                f"cannot write {told!r}: a workbook's name must end in .xlsx.\n"
                f"Use for example {path.with_suffix('.xlsx').name!r}."
            )
        if not path.parent.is_dir():
            raise DataError(
                f"cannot write {path.name!r}: there is no folder {str(path.parent)!r}.\n"
                "Make the folder first, or choose one that is there."
            )
        with suppress(FileNotFoundError):
            path.stat()  # asks the system whether it takes the name at all
        return path.resolve()  # a link keeps pointing at the file
    except DataError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataError(
            f"cannot write {_short(told)!r}: {why}.\nGive the report a shorter, plain name."
        ) from error


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:28]}…{text[-28:]}"


def _cannot_write(target: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return (
            f"cannot write {str(target)!r}: it is open in another program, such as Excel, or you "
            "may not write there.\n"
            "Close the file there and run again, or choose another name or folder."
        )
    return (
        f"cannot write {str(target)!r}: {error.strerror or error}.\n"
        "Mend that (is the disk full?), or choose another folder."
    )
