"""Run the model solution on a case: what stands in its names when each question is over.

This is ours, so it runs in our own process; no student's code ever does.
"""

import ast
import contextlib
import io
import json
import os
import pickle
import sys
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from rfmkit.classroom.grading.blank import blank, not_there
from rfmkit.classroom.grading.code_reading import look_at, parsed
from rfmkit.classroom.grading.kit_files import exercise_files, solution_file
from rfmkit.labels import language, use_language

_one_at_a_time = Lock()  # the working folder belongs to the whole process
_BY_SOURCE = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type)


@dataclass(frozen=True)
class Overlay:
    """What the model solution leaves behind in one question.

    Parameters
    ----------
    data
        A pickled dict of names and values.
    code
        The source of functions, and of what else is no data.
    names
        All the names it sets.
    """

    data: bytes
    code: str
    names: frozenset[str]


@dataclass(frozen=True)
class ModelCell:
    """A code cell of the solution, and the question that it answers ("" for none)."""

    code: str
    question: str


@cache
def model_cells(chapter: str) -> tuple[ModelCell, ...]:
    """Read the cells of the solution that compute: no checks, hints, other ways and asides.

    Parameters
    ----------
    chapter
        Such as "06".

    Raises
    ------
    DataError
        If the kit's folder, or the solution, is not there.

    Examples
    --------
    >>> [cell.question for cell in model_cells("06")][:3]
    ['', '6.1', '6.2']
    """
    kit = blank(chapter)
    exercise = exercise_files()["en"][chapter]
    path = solution_file(exercise)
    if not path.is_file():
        raise not_there(f"the solution solutions/en/{exercise.name}")
    made = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        own = cell["metadata"].get("rfmkit", {})
        known = kit.by_name.get(own.get("name", ""))
        code = "".join(cell["source"])
        wanted = known and not known.checks and look_at(code).assigns
        if cell["cell_type"] == "code" and (wanted or _imports(code)):
            made.append(ModelCell(code, own.get("question", "")))
    return tuple(made)


def run_model(chapter: str, folder: Path) -> dict[str, Overlay]:
    """Run the model solution beside a case.

    Parameters
    ----------
    chapter
        Such as "06".
    folder
        A folder that holds `case/`.

    Returns
    -------
    dict
        For each question what its cells set.
    """
    kit = blank(chapter)
    namespace: dict[str, object] = {"__name__": "rfmkit_model"}
    made: dict[str, Overlay] = {}
    with _one_at_a_time, _quietly_in(folder):
        cells = model_cells(chapter)
        for at, cell in enumerate(cells):
            exec(compile(cell.code, f"solution-{chapter}", "exec"), namespace)  # ours
            last = at + 1 == len(cells) or cells[at + 1].question != cell.question
            if cell.question and last:
                own = [one.code for one in cells if one.question == cell.question]
                # Of the names, those that the exercise itself uses: a student's own name for
                # something else may be the same as one of the model's helpers.
                known = kit.names[cell.question]
                made[cell.question] = _overlay("\n".join(own), known, namespace)
    return made


def _imports(code: str) -> bool:
    tree = parsed(code)
    kinds = (ast.Import, ast.ImportFrom)
    return bool(tree and tree.body) and all(isinstance(one, kinds) for one in tree.body)


@contextlib.contextmanager
def _quietly_in(folder: Path) -> Iterator[None]:
    here, lang = Path.cwd(), language()
    os.environ.setdefault("MPLBACKEND", "agg")
    try:
        os.chdir(folder)
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.chdir(here)
        use_language(lang)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")


def _overlay(code: str, known: frozenset[str], namespace: dict[str, object]) -> Overlay:
    tree = parsed(code) or ast.Module([], [])
    data, by_source = {}, set()
    for name in look_at(code).assigns:
        if name not in known:
            continue
        value = namespace[name]
        if isinstance(value, _BY_SOURCE):
            by_source.add(name)
        elif not type(value).__module__.startswith(("matplotlib", "seaborn")):
            data[name] = value
    kept = [one for one in tree.body
            if by_source & set(look_at(ast.unparse(one)).assigns)]  # fmt: skip
    source = "\n".join(ast.unparse(one) for one in kept)
    return Overlay(pickle.dumps(data), source, frozenset({*data, *by_source}))
