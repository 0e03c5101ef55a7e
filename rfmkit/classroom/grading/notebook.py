"""Find in a notebook which cell answers which question, whatever became of it on the way."""

from dataclasses import dataclass

from rfmkit.classroom.grading.blank import Blank, blank
from rfmkit.classroom.grading.places import (
    Cell,
    closes_of,
    homes_of,
    notes_of,
    place,
    takes_of,
)
from rfmkit.classroom.grading.raw_cells import RawCell, read_cells


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
