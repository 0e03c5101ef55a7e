"""The code of lessons and exercises, run cell by cell in this process."""

import ast
import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt

from authoring.source import make_edition, read_source
from rfmgrade.marking.notebook import code_facts

SOURCE = Path(__file__).parents[2] / "source"
LESSONS = sorted(file.stem for file in (SOURCE / "lessons").glob("*.py"))
EXERCISES = sorted(file.stem for file in (SOURCE / "exercises").glob("*.py"))
# Cells that nothing after them needs: what the kit checks or shows, and two minutes of clusters.
LEFT_OUT = ("ask_", "check_", "hint_", "picture_", "facts", "progress", "slider", "silhouettes")


@dataclass
class Asked:
    """What a student has when a question comes.

    `names` are the names that the notebook's own cells have made until then, those of the cell
    with the question among them; `values` the names with their values.
    """

    question: str
    names: set[str]
    values: dict[str, object]


def blank_cells(stem: str, edition: str = "en") -> list:
    """Return the cells of an exercise as it is handed out."""
    return _edition(f"exercises/{stem}", edition, "exercises").cells


@cache
def asked(folder: str, stem: str) -> dict[str, Asked]:
    """Run a notebook once and return what stands at each of its questions."""
    exercise = folder == "exercises"
    solved = _edition(f"{folder}/{stem}", "en", "solutions" if exercise else "notebooks").cells
    given = {_name(cell): cell.source for cell in blank_cells(stem)} if exercise else None
    return {one.question: one for one in _run(solved, given)}


def run_cells(cells: list) -> dict[str, object]:
    """Run every cell, the checks among them, as somebody who chooses Run All; return the names."""
    values: dict[str, object] = {"__name__": "notebook"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, _name(cell), "exec"), values)
    plt.close("all")
    return values


def _run(cells: list, given: dict[str, str] | None) -> Iterator[Asked]:
    values: dict[str, object] = {"__name__": "notebook"}
    made: set[str] = set()  # by cells that the student has too
    last = max(place for place, cell in enumerate(cells) if _number(cell))
    for cell in cells[: last + 1]:
        name = _name(cell)
        if cell.cell_type != "code" or name.startswith(LEFT_OUT):
            continue
        own = cell.source if given is None else given.get(name, "")
        if number := _number(cell):
            there = {key: values[key] for key in made if key in values}
            _execute(own, there)
            yield Asked(number, made | _every_name(own), there)
        _execute(cell.source, values)
        made |= set(code_facts(own).assigns)


def _execute(code: str, values: dict[str, object]) -> None:
    told = {"check": lambda *_: None, "ask": lambda *_: None, "display": lambda *_: None}
    tree = ast.parse(code)
    names = {name: values.get(name) for name in told}
    with contextlib.redirect_stdout(io.StringIO()):
        for statement in tree.body:  # one by one, so that an import does not bring `check` back
            values |= told
            exec(compile(ast.Module([statement], []), "cell", "exec"), values)
    values |= {name: value for name, value in names.items() if value is not None}
    plt.close("all")


def _every_name(code: str) -> set[str]:
    """List what a cell calls anything: its own names, those inside its functions, arguments."""
    nodes = list(ast.walk(ast.parse(code)))
    return (
        {node.id for node in nodes if isinstance(node, ast.Name)}
        | {node.arg for node in nodes if isinstance(node, ast.arg)}
        | {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    )


def _edition(source: str, edition: str, made: str):
    cells = _source_cells(source)
    path = f"{made}/{edition}/{source.rpartition('/')[2]}.ipynb"
    return make_edition(cells, edition=edition, path=path, digest="")


@cache
def _source_cells(source: str) -> list:
    text = (SOURCE / f"{source}.py").read_text(encoding="utf-8")
    return read_source(text, file=source, exercise=source.startswith("exercises"))


def _number(cell) -> str:
    """Return the question that a cell answers, "" for any other cell."""
    if cell.cell_type != "code" or _name(cell).startswith(LEFT_OUT):
        return ""
    own = cell.metadata.get("rfmkit", {}).get("question", "")
    return own or "".join(code_facts(cell.source).checks)


def _name(cell) -> str:
    return cell.metadata.get("rfmkit", {}).get("name", "")
