"""Take the cells out of a notebook's bytes, whatever somebody or something wrote there."""

import json
from dataclasses import dataclass

from rfmkit.schema import DataError

MOST_BYTES = 20_000_000
MOST_BRACKETS, MOST_COMMAS = 300_000, 3_000_000  # what costs memory once it is read
MOST_CELLS, MOST_CODE = 2_000, 2_000_000


class NotReadable(DataError):  # noqa: N818 - says what it is
    """A file that is no notebook; `key` names the reason, a key of the texts."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key, self.values = key, values


@dataclass(frozen=True)
class RawCell:
    """A cell as it was handed in.

    Parameters
    ----------
    kind
        "code" or "markdown".
    text
        Its source.
    id
        Its id; "" if it has none.
    name, question
        What the kit wrote into its metadata; "" where nothing is left of it.
    """

    kind: str
    text: str
    id: str = ""
    name: str = ""
    question: str = ""


@dataclass(frozen=True)
class RawNotebook:
    """A notebook's cells, the student its metadata names, and how many cells were no cells."""

    cells: tuple[RawCell, ...]
    student: str = ""
    odd: int = 0


def read_cells(content: bytes) -> RawNotebook:
    """Read a notebook.

    Parameters
    ----------
    content
        The file's bytes; hostile.

    Raises
    ------
    NotReadable
        If it is no notebook of format 4, or too large to be an honest one.

    Examples
    --------
    >>> cell = b'{"cell_type": "code", "source": ["x = 1"], "metadata": {}}'
    >>> read_cells(b'{"nbformat": 4, "cells": [' + cell + b"]}").cells[0].text
    'x = 1'
    """
    if len(content) > MOST_BYTES:
        raise NotReadable("judge.too_long", size=len(content) // 1_000_000)
    brackets = content.count(b"[") + content.count(b"{")
    if brackets > MOST_BRACKETS or content.count(b",") > MOST_COMMAS:
        raise NotReadable("judge.too_crowded")
    try:
        read = json.loads(content)
    except (ValueError, RecursionError, MemoryError):
        raise NotReadable("judge.no_json" if content.strip() else "judge.empty") from None
    if not isinstance(read, dict):
        raise NotReadable("judge.no_notebook")
    version = read.get("nbformat")
    if version != 4 or isinstance(version, bool):
        shown = version if type(version) is int and 0 <= version < 100 else "?"
        raise NotReadable("judge.old_format", version=shown)
    if not isinstance(read.get("cells"), list):
        raise NotReadable("judge.no_notebook")
    if len(read["cells"]) > MOST_CELLS:
        raise NotReadable("judge.too_many_cells", count=len(read["cells"]))
    cells = [_cell(one) for one in read["cells"]]
    there = tuple(cell for cell in cells if cell is not None)
    if sum(len(cell.text) for cell in there) > MOST_CODE:
        raise NotReadable("judge.too_crowded")
    known = tuple(cell for cell in there if cell.kind in ("code", "markdown"))
    student = _text(_own(read).get("student"))[:100]
    return RawNotebook(known, student, odd=len(cells) - len(there))


def _cell(cell: object) -> RawCell | None:
    if not isinstance(cell, dict):
        return None
    kind, source = cell.get("cell_type"), cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or kind not in ("code", "markdown", "raw"):
        return None
    own = _own(cell)
    # A lone surrogate cannot be written anywhere: not to the sandbox, not to the gradebook.
    source = source.encode("utf-8", "replace").decode("utf-8")
    names = (_text(one)[:80] for one in (cell.get("id"), own.get("name"), own.get("question")))
    return RawCell(kind, source, *names)


def _own(held: dict) -> dict:
    metadata = held.get("metadata")
    own = metadata.get("rfmkit") if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}


def _text(value: object) -> str:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""
