"""Read a submitted notebook: its cells, and which of them answers which question."""

import json
from dataclasses import dataclass

from rfmgrade.marking.code import look_at
from rfmgrade.marking.exercise import Blank, blank
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


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    Parameters
    ----------
    code
        Its source.
    question
        The question it belongs to; "" for none.
    role
        "answer", "check", "kit" (another cell of the exercise) or "" (the student's own).
    """

    code: str
    question: str
    role: str = ""


def place(code: list[RawCell], kit: Blank) -> tuple[tuple[Cell, ...], bool]:
    """Say of each code cell which question it belongs to, and whether anything of the kit was left.

    Parameters
    ----------
    code
        The code cells, in the order in which they stand.
    kit
        The exercise.
    """
    known = [_known(cell, kit) for cell in code]
    answered = {number for number, role in known if role == "answer"}
    for at, cell in enumerate(code):
        # Where a question's own cell is gone, go by who assigns its answer.
        found = [
            kit.variables[name]
            for name in look_at(cell.text).assigns
            if kit.variables.get(name, "") not in {"", *answered}
        ]
        if known[at][1] == "" and found:
            known[at] = (found[-1], "answer")
    placed = zip(code, _placed(known), strict=True)
    return tuple(Cell(cell.text, *one) for cell, one in placed), bool(answered)


def _known(cell: RawCell, kit: Blank) -> tuple[str, str]:
    """Place a cell by its metadata, its id, or as an unchanged cell of the exercise."""
    if cell.question in kit.questions:
        return cell.question, "answer"
    if (
        known := kit.by_name.get(cell.name)
        or kit.by_id.get(cell.id)
        or (kit.by_text.get(cell.text.strip()))
    ):
        role = "answer" if known.answers else "check" if known.checks else "kit"
        return known.question, role
    facts = look_at(cell.text)
    checked = [number for number in facts.checks if number in kit.questions]
    if checked and facts.only_checks:
        return checked[-1], "check"
    return "", ""


def _placed(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the student's own cells to a question: the one before, or once that is checked the next.

    Helper cells stand before the cell they help, and scratch cells after it; the check between two
    questions tells which is which.
    """
    made = []
    for at, (number, role) in enumerate(known):
        if role:
            made.append((number, role))
            continue
        before = next(((made[i], i) for i in range(at - 1, -1, -1) if made[i][1]), None)
        after = next((one[0] for one in known[at + 1 :] if one[1] in ("answer", "check")), "")
        if before is None:
            made.append(("", ""))
        elif before[0][1] == "answer":
            made.append((before[0][0], ""))
        else:
            made.append((after or before[0][0], ""))
    return made


def homes_of(cells: tuple[Cell, ...], kit: Blank) -> tuple[dict, dict]:
    """List, for each question, the first and last cells of the stretches in which it is answered.

    The first dict holds the stretches with a cell to answer in; the other all further cells that
    assign the answer's name.
    """
    homes: dict[str, list[tuple[int, int]]] = {}
    again: dict[str, list[int]] = {}
    at = 0
    while at < len(cells):
        end = at
        while end + 1 < len(cells) and cells[end + 1].question == cells[at].question:
            end += 1
        number = cells[at].question
        if number and any(cell.role == "answer" for cell in cells[at : end + 1]):
            homes.setdefault(number, []).append((at, end))
        at = end + 1
    for at, cell in enumerate(cells):
        for name in look_at(cell.code).assigns:
            number = kit.variables.get(name, "")
            inside = any(start <= at <= end for start, end in homes.get(number, []))
            if number and not inside:
                again.setdefault(number, []).append(at)
    return homes, again


def takes_of(cells: tuple[Cell, ...], homes: dict, again: dict, kit: Blank) -> dict:
    """Say after which cells answers are taken, and which of them count ("home", else "spare")."""
    takes: dict[int, list[tuple[str, str]]] = {}
    for number, stretches in homes.items():
        for _, end in stretches:
            takes.setdefault(end, []).append((number, "home"))
    for number, places in again.items():
        others = [
            end for other, stretches in homes.items() if other != number for _, end in stretches
        ]
        for at in places:
            # A name may be used once more for something else. It is a second answer if its check
            # follows, or if no other question comes after it.
            checked = number in look_at(cells[at].code).checks or (
                at + 1 < len(cells)
                and cells[at + 1].role == "check"
                and cells[at + 1].question == number
            )
            tagged = cells[at].role == "answer"
            counts = checked or (not tagged and at > max(others, default=-1))
            takes.setdefault(at, []).append((number, "home" if counts else "spare"))
    if cells:
        # A name can be bound in ways that nobody sees from outside.
        last = takes.setdefault(len(cells) - 1, [])
        last.extend(
            (number, "spare")
            for number in kit.questions
            if not any(one[0] == number for one in last)
        )
    return {at: tuple(found) for at, found in takes.items()}


def closes_of(homes: dict, kit: Blank) -> dict:
    """Say after which cell each question is over; one without a cell before the next one starts."""
    closes: dict[int, list[str]] = {}
    numbers = list(kit.questions)
    for place, number in enumerate(numbers):
        if number in homes:
            closes.setdefault(homes[number][0][1], []).append(number)
            continue
        starts = [homes[later][0][0] for later in numbers[place + 1 :] if later in homes]
        if starts:
            closes.setdefault(min(starts) - 1, []).append(number)
    return {at: tuple(found) for at, found in closes.items()}


def notes_of(cells: tuple[Cell, ...], homes: dict, kit: Blank) -> list[tuple[str, str]]:
    """List what is odd about the order and number of the questions' cells."""
    notes = []
    numbers = list(kit.questions)
    furthest = -1
    for number in sorted(homes, key=lambda number: homes[number][0][0]):
        if numbers.index(number) < furthest:
            notes.append(("moved", number))
        furthest = max(furthest, numbers.index(number))
    for number in numbers:
        variable = kit.questions[number].variable
        answers = [
            cell
            for cell in cells
            if cell.question == number
            and cell.role == "answer"
            and variable in look_at(cell.code).assigns
        ]
        if len(answers) > 1:
            notes.append(("doubled", number))
        if number not in homes:
            notes.append(("no_cell", number))
    return notes


@dataclass(frozen=True)
class Notebook:
    """A notebook as it is graded.

    Parameters
    ----------
    chapter
        Such as "06".
    cells
        The code cells, in the order in which they stand.
    takes
        For each cell: the questions whose answer is taken after it, and whether that place counts
        ("home"), or is looked at only where the others hold nothing ("spare").
    closes
        For each cell: the questions that are over with it (-1: before the first cell).
    written
        Answers in prose, by question.
    student
        The student that the metadata names; "" for none.
    notes
        What is odd: a kind of flag and the question it is about.
    """

    chapter: str
    cells: tuple[Cell, ...]
    takes: dict[int, tuple[tuple[str, str], ...]]
    closes: dict[int, tuple[str, ...]]
    written: dict[str, str]
    student: str = ""
    notes: tuple[tuple[str, str], ...] = ()

    def of(self, number: str) -> list[Cell]:
        """List the cells that belong to a question."""
        return [cell for cell in self.cells if cell.question == number]


def read_notebook(content: bytes, chapter: str) -> Notebook:
    """Read a notebook that was handed in.

    Parameters
    ----------
    content
        Its bytes; hostile.
    chapter
        The chapter it is of, such as "06".

    Raises
    ------
    NotReadable
        If it is no notebook, or too large to be an honest one.
    DataError
        If the kit has no such exercise.
    """
    kit = blank(chapter)
    raw = read_cells(content)
    code = [cell for cell in raw.cells if cell.kind == "code" and cell.text.strip()]
    cells, recognised = place(code, kit)
    homes, again = homes_of(cells, kit)
    notes = notes_of(cells, homes, kit)
    notes += [("stripped", "")] if cells and not recognised else []
    notes += [("odd_cells", "")] if raw.odd else []
    return Notebook(
        chapter,
        cells,
        takes_of(cells, homes, again, kit),
        closes_of(homes, kit),
        _written(raw.cells, kit),
        raw.student,
        tuple(notes),
    )


def _written(cells: tuple[RawCell, ...], kit: Blank) -> dict[str, str]:
    """Find the answers in prose: by metadata or id, and several joined."""
    found: dict[str, list[str]] = {}
    for cell in cells:
        number = cell.question if cell.question in kit.questions else kit.written.get(cell.id, "")
        text = cell.text.strip()
        if cell.kind == "markdown" and number and text and text not in kit.prose:
            found.setdefault(number, []).append(text)
    return {number: "\n\n".join(texts) for number, texts in found.items()}
