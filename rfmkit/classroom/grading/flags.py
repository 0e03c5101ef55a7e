"""Say what an instructor should look at. A flag is a question, never an answer, and no mark."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rfmkit.classroom.grading.blank import blank
from rfmkit.classroom.grading.code_reading import look_at
from rfmkit.classroom.grading.marking import Seen
from rfmkit.classroom.grading.notebook import Notebook
from rfmkit.classroom.grading.results import Flag, Mark, Result
from rfmkit.classroom.grading.solution import model_cells
from rfmkit.classroom.grading.student_ids import folded_id

LEAST_CODE = 400  # characters of a shape: less than this, two students write alike by themselves
RARE = 0.1  # a key that more of the class share says nothing about whose it is
MOST_NAMED = 6


def own_flags(
    notebook: Notebook, seen: Seen, marks: Sequence[Mark], student: str
) -> list[Flag]:  # fmt: skip
    """List what one notebook shows by itself.

    Parameters
    ----------
    notebook
        The notebook.
    seen
        What its runs showed.
    marks
        Its marks.
    student
        The id of the student who handed it in.
    """
    flags = [Flag("typed_in", mark.number) for mark in marks if mark.status == "held"]
    runs = [run for run in (seen.first, seen.second) if run is not None]
    for why in sorted({why for run in runs for why in run.endings}):
        kind = why if why in ("hung", "died") else "hostile"
        flags.append(Flag(kind, values={"why": why} if kind == "hostile" else {}))
    flags += [Flag("garbled", mark.number) for mark in marks if "garbled" in mark.notes]
    if any(run.lost for run in runs):
        flags.append(Flag("too_long"))
    if notebook.student and folded_id(notebook.student) != folded_id(student):
        flags.append(Flag("other_student", values={"student": notebook.student}))
    if own_code(notebook) and own_code(notebook) == _model_code(notebook.chapter):
        flags.append(Flag("model_code"))
    flags += [Flag(kind, number) for kind, number in notebook.notes]
    return flags


def own_code(notebook: Notebook) -> str:
    """Hash the code that a student added to the exercise; "" where it is too little to tell.

    Parameters
    ----------
    notebook
        The notebook.
    """
    kit = blank(notebook.chapter).shapes
    shapes = {}
    for cell in notebook.cells:
        shape = look_at(cell.code).shape
        if cell.question and cell.role in ("answer", "") and shape not in kit:
            shapes.setdefault(cell.question, []).append(shape)
    return _hashed(shapes)


def class_flags(results: Sequence[Result], keys: Mapping[tuple[str, str], dict]) -> list[Result]:
    """Add the flags that only the class together shows.

    Parameters
    ----------
    results
        All results, each with the flags of its own.
    keys
        For each student and chapter the hash of the right answer of each question; "" where it
        says too little.
    """
    groups = defaultdict(list)
    for result in results:
        if result.code:
            groups[result.chapter, result.code].append(result.student)
    owners = _owners(keys)
    sizes = Counter(chapter for _, chapter in keys)
    made = []
    for result in results:
        flags = list(result.flags)
        others = sorted({*groups[result.chapter, result.code]} - {result.student})
        if result.code and others:
            shown = ", ".join(others[:MOST_NAMED]) + (" …" if len(others) > MOST_NAMED else "")
            flags.append(Flag("same_code", values={"students": shown}))
        for mark in result.marks:
            if mark.status != "wrong" or not mark.digest:
                continue
            whose = owners.get((result.chapter, mark.number, mark.digest), set())
            rare = len(whose) <= max(1, RARE * sizes[result.chapter])
            if whose and rare and result.student not in whose:
                shown = ", ".join(sorted(whose)[:MOST_NAMED])
                flags.append(Flag("other_case", mark.number, {"students": shown}))
        made.append(replace(result, flags=tuple(flags)))
    return made


def _owners(keys: Mapping[tuple[str, str], dict]) -> dict[tuple[str, str, str], set[str]]:
    owners = defaultdict(set)
    for (student, chapter), told in keys.items():
        for number, digest in told.items():
            if digest:
                owners[chapter, number, digest].add(student)
    return owners


def _model_code(chapter: str) -> str:
    kit = blank(chapter).shapes
    shapes = {}
    for cell in model_cells(chapter):
        shape = look_at(cell.code).shape
        if cell.question and shape not in kit:
            shapes.setdefault(cell.question, []).append(shape)
    return _hashed(shapes)


def _hashed(shapes: dict[str, list[str]]) -> str:
    text = "\n".join(f"{number}\n" + "\n".join(shapes[number]) for number in sorted(shapes))
    return hashlib.sha256(text.encode()).hexdigest()[:32] if len(text) >= LEAST_CODE else ""
