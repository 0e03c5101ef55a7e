"""Sum up in one hash what a notebook's outputs depend on, the same on every system."""

import os
import unicodedata
from hashlib import sha256
from pathlib import Path

# What the outputs depend on besides the source: folder, and the endings of the names that count.
INPUTS = (("rfmkit", (".py", ".csv", ".toml")), ("data", ("",)))
# No notebook runs the command line, and none asks another chapter's questions.
COMMANDS = ("rfmkit/commands/", "rfmkit/cli.py", "rfmkit/__main__.py", "rfmkit/texts/lay_out")
QUESTIONS = "rfmkit/classroom/questions/ch"


def inputs_digest(root: Path, chapter: str) -> bytes:
    """Hash the kit's code and texts, and the books, as far as a chapter depends on them.

    Parameters
    ----------
    root
        The root of the repository.
    chapter
        The two digits that begin the notebook's name.
    """
    files = (
        file.relative_to(root)
        for folder, endings in INPUTS
        for file in (root / folder).rglob("*")
        if file.is_file() and file.name.endswith(endings)
    )
    # Hidden files, and the lock files that Excel leaves while a workbook is open, are no input.
    counted = [
        file
        for file in files
        if not any(part.startswith((".", "~$")) for part in file.parts)
        and _matters(file.as_posix(), chapter)
    ]
    return sha256(b"".join(file_digest(file, root) for file in sorted(counted, key=_name))).digest()


def _matters(name: str, chapter: str) -> bool:
    if name.startswith(QUESTIONS):
        return name.startswith(QUESTIONS + chapter)
    return not name.startswith(COMMANDS)


def file_digest(file: Path, root: Path) -> bytes:
    """Hash one file: its name from the root and its content, whatever its line ends."""
    content = (root / file).read_bytes()
    if b"\0" not in content:  # a text, whose line ends are git's to choose
        content = content.replace(b"\r\n", b"\n")
    return sha256(_name(file) + b"\0" + content).digest()


def _name(file: Path) -> bytes:
    # A Chinese name is the same bytes on every system: macOS may give it in pieces, and a Linux
    # that is set to Big5 gives the bytes of UTF-8 unread.
    text = os.fsencode(file.as_posix()).decode("utf-8", "surrogateescape")
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogateescape")
