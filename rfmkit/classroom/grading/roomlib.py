"""Copy of the kit that goes into the sandbox: everything that lessons use, nothing of the keys."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rfmkit
from rfmkit.books import PACKED_NAMES

# Beside the classroom, what only the command line needs.
LEFT_OUT = ("classroom", "commands", "cli.py", "__main__.py", "_data", "_notebooks")
_TAKEN = (  # from the classroom: what hands answers out
    "forms/blank.py",
    "forms/drawings.py",
    "grading/plain.py",
    "grading/plain_reading.py",
)
_STUBS = {"stub_classroom.py": "__init__.py", "stub_base.py": "forms/base.py"}


@cache
def room_zip() -> bytes:
    """Pack the sandbox's copy of rfmkit; the same bytes each time.

    Returns
    -------
    bytes
        A zip that holds the folder `rfmkit`.

    Examples
    --------
    >>> names = zipfile.ZipFile(io.BytesIO(room_zip())).namelist()
    >>> "rfmkit/books.py" in names, any("questions" in name for name in names)
    (True, False)
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in sorted(_files()):
            archive.writestr(zipfile.ZipInfo(f"rfmkit/{name}"), data)
    return packed.getvalue()


def _files() -> Iterator[tuple[str, bytes]]:
    home = Path(rfmkit.__file__).parent
    for path in home.rglob("*"):
        name = path.relative_to(home)
        if path.is_file() and name.parts[0] not in LEFT_OUT and "__pycache__" not in name.parts:
            yield name.as_posix(), path.read_bytes()
    classroom = home / "classroom"
    room = classroom / "grading" / "room"
    for name in _TAKEN:
        yield f"classroom/{name}", (classroom / name).read_bytes()
    for path in room.glob("*.py"):
        name = _STUBS.get(path.name, f"grading/room/{path.name}")
        yield f"classroom/{name}", path.read_bytes()
    for package in ("forms", "grading"):
        yield f"classroom/{package}/__init__.py", b""
    yield from _books(home)


def _books(home: Path) -> Iterator[tuple[str, bytes]]:
    """Give the lessons' books, from the package or from the checkout around it."""
    for name, packed in PACKED_NAMES.items():
        for path in (home / "_data" / packed, home.parent / "data" / name):
            if path.is_file():
                yield f"_data/{packed}", path.read_bytes()
                break
