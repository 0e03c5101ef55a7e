"""Take the notebooks out of a zip, into memory only; what is odd in it is noted."""

import io
import stat
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

from rfmkit.classroom.grading.intake_files import (
    DEEPEST,
    MOST_BYTES,
    MOST_ZIP,
    Found,
    Search,
    is_ours,
    shown,
)

MOST_LIST = 1_000_000  # bytes of a zip's own list of files: some ten thousand


def take_zip(
    parts: tuple[str, ...], source: Path | io.BytesIO, search: Search, *, nested: bool, when: str
) -> None:
    """Take the notebooks of a zip; what is wrong with it, or in it, is noted.

    Parameters
    ----------
    parts
        The path of the zip itself; () for the zip of the whole class.
    source
        The zip.
    search
        Where to note what is found.
    nested
        Whether zips inside are too deep.
    when
        When the zip was handed in; "" for the times of its entries.
    """
    try:
        if nested and _long_list(source):
            search.leave(parts, "many")
            return
        with zipfile.ZipFile(source) as archive:
            for entry in sorted(archive.infolist(), key=lambda one: one.filename):
                if not entry.is_dir():
                    _take_entry(parts, archive, entry, search, nested=nested, when=when)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        search.leave(parts or (shown(Path(str(source)).name),), "bad_zip", str(error)[:80])


def _long_list(source: Path | io.BytesIO) -> bool:
    """Tell a student's zip whose list of files would fill the memory, before it is read."""
    if isinstance(source, Path):
        if source.stat().st_size > MOST_ZIP:
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
    return size > MOST_LIST or b"PK\x06\x07" in tail[max(0, at - 20) : at]


def _take_entry(
    above: tuple[str, ...], archive: zipfile.ZipFile, entry: zipfile.ZipInfo, search: Search,
    *, nested: bool, when: str,
) -> None:  # fmt: skip
    raw = entry_name(entry).replace("\\", "/")
    pieces = [piece for piece in raw.split("/") if piece not in ("", ".")]
    parts = (*above, *map(shown, pieces))
    name = parts[-1].lower() if pieces else ""
    if is_ours(parts) or not search.see(parts):
        return
    if not pieces or ".." in pieces or raw.startswith("/") or ":" in pieces[0][1:2]:
        search.leave(parts, "path")
    elif stat.S_ISLNK(entry.external_attr >> 16):
        search.leave(parts, "link")
    elif len(parts) > DEEPEST + 2:
        search.leave(parts, "deep")
    elif entry.flag_bits & 1:
        search.leave(parts, "encrypted")
    elif not name.endswith((".ipynb", ".zip")):
        search.leave(parts, "not_notebook")
    elif name.endswith(".zip") and nested:
        search.leave(parts, "nested")
    else:
        most = MOST_BYTES if name.endswith(".ipynb") else MOST_ZIP
        try:
            with archive.open(entry) as file:
                data = file.read(most + 1)  # what the entry says of its size may be a lie
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError,
                RuntimeError, EOFError) as error:  # fmt: skip
            search.leave(parts, "bad_zip", str(error)[:80])
            return
        when = when or _entry_time(entry)
        if name.endswith(".zip"):
            if len(data) > most:
                search.leave(parts, "large", f"> {most // 1_000_000} MB")
            else:
                take_zip(parts, io.BytesIO(data), search, nested=True, when=when)
        elif search.enter(parts, len(data)):
            search.found.append(Found(parts, data, when))


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
    """Tell an entry's time; zips made the same each time carry one that means nothing."""
    try:
        return datetime(*entry.date_time).isoformat() if entry.date_time[0] > 2000 else ""
    except ValueError:
        return ""
