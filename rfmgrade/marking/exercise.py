"""Read a chapter's exercise and its model solution, as they are handed out and as they run."""

import ast
import contextlib
import io
import json
import os
import pickle
import shutil
import sys
import tempfile
import types
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from types import TracebackType

from rfmgrade.assign.handouts import exercise_files, solution_file
from rfmgrade.marking.code import code_facts, parse_code
from rfmkit.cases import make_case
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question, all_questions, find_question
from rfmkit.labels import label, language, use_language
from rfmkit.schema import DataError

_one_at_a_time = Lock()  # the working folder belongs to the whole process
_BY_SOURCE = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type)


@dataclass(frozen=True)
class GradedItem:
    """One thing that earns points: a question, or the text that is written beside one."""

    # The question, such as "6.2"; "6.7w" for the text that is written beside question 6.7.
    number: str
    points: float  # what it is worth
    texts: dict  # the question's texts, from the chapter's TOML file

    def title(self, lang: str) -> str:
        """Return its title."""
        title = self.texts["title"][lang]
        return label("book.written", lang, title=title) if self.is_text else title

    def task(self, lang: str) -> str:
        """Return the task, as far as the TOML has it."""
        return "" if self.is_text else self.texts.get("ask", {}).get(lang, "")

    def mistake_text(self, mistake: str, lang: str) -> str:
        """Return what students are told of a mistake; "" for an unknown one."""
        return self.texts.get("mistakes", {}).get(mistake, {}).get(lang, "")

    @property
    def rubric(self) -> list[tuple[float, dict[str, str]]]:
        """The points and the words of each criterion."""
        parts = {} if self.is_text else self.texts.get("rubric", {})
        return [(one["points"], one) for one in parts.values()]

    @property
    def is_text(self) -> bool:
        """Whether it is a text beside a question."""
        return self.number.endswith("w")


@cache
def all_items() -> dict[str, GradedItem]:
    """List everything that the exercises ask, in order."""
    found = {}
    for number, one in all_questions().items():
        if one.books == "practice":
            # A question's points include those of the text that is written beside it.
            written = one.texts.get("written_points", 0)
            found[number] = GradedItem(number, one.texts["points"] - written, one.texts)
            if written:
                found[f"{number}w"] = GradedItem(f"{number}w", written, one.texts)
    return found


def graded_item(number: str) -> GradedItem:
    """Find what a mark is about.

    Examples
    --------
    >>> graded_item("6.7w").title("en")
    'Whom to call first, and your recommendation: the text'
    """
    return all_items()[number]


def chapter_items(chapter: str) -> tuple[GradedItem, ...]:
    """List what a chapter's exercise asks.

    Examples
    --------
    >>> items = chapter_items("06")
    >>> [one.number for one in items][-2:], sum(one.points for one in items)
    (['6.7', '6.7w'], 20)
    """
    return tuple(one for one in all_items().values() if chapter_of(one.number) == chapter)


def chapter_of(number: str) -> str:
    """Return the chapter of a question.

    Examples
    --------
    >>> chapter_of("6.2")
    '06'
    """
    return number.partition(".")[0].zfill(2)


@dataclass(frozen=True)
class TemplateCell:
    """A code cell of the exercise as it is handed out."""

    name: str  # its name, such as "q6_1", "check_6_1", "given_7_2"
    # The question it belongs to, or prepares; "" for the first cell and the last ones.
    question: str
    answers: bool  # whether it is a cell to answer in
    checks: bool  # whether it checks, or hints at, the question


@dataclass(frozen=True)
class ExerciseTemplate:
    """A chapter's exercise as it is handed out."""

    questions: dict[str, Question]  # number and question, in order
    # The code cells: by name, by id in either language, by source.
    by_name: dict[str, TemplateCell]
    by_id: dict[str, TemplateCell]
    by_text: dict[str, TemplateCell]
    # For each question the names that its cell already assigns, besides the answer's own.
    names: dict[str, frozenset[str]]
    shapes: frozenset[str]  # the code of the template, as `code_facts(...).shape`
    written: dict[str, str]  # id and question of each cell for an answer in prose
    prose: frozenset[str]  # the text before it is answered

    @property
    def variables(self) -> dict[str, str]:
        """Question of each answer variable."""
        return {question.variable: number for number, question in self.questions.items()}


@cache
def exercise_template(chapter: str) -> ExerciseTemplate:
    """Read a chapter's exercise in both languages; raise DataError if it is not there.

    Examples
    --------
    >>> exercise_template("06").by_name["check_6_2"].question
    '6.2'
    """
    files = [
        path
        for of_lang in exercise_files().values()
        for name, path in of_lang.items()
        if name == chapter
    ]
    if not files:
        raise _missing(f"the exercise of chapter {chapter!r}")
    notebooks = [json.loads(path.read_text(encoding="utf-8"))["cells"] for path in files]
    numbers = [cell["metadata"].get("rfmkit", {}).get("question", "") for cell in notebooks[0]]
    questions = {number: find_question(number) for number in numbers if number}
    by_name, by_id, by_text, shapes, written, prose = {}, {}, {}, set(), {}, set()
    names = {number: {question.variable} for number, question in questions.items()}
    for cells in notebooks:
        for cell, known in zip(cells, _template_cells(cells, questions), strict=True):
            text = "".join(cell["source"])
            own = cell["metadata"].get("rfmkit", {})
            if known:
                by_name[known.name] = by_id[cell["id"]] = known
                by_text.setdefault(text.strip(), known)
                shapes.add(code_facts(text).shape)
                if known.answers:
                    names[known.question] |= set(code_facts(text).assigns)
            elif own.get("question") in questions:
                written[cell["id"]] = own["question"]
                prose.add(text.strip())
    assigned = {number: frozenset(found) for number, found in names.items()}
    return ExerciseTemplate(
        questions, by_name, by_id, by_text, assigned, frozenset(shapes), written, frozenset(prose)
    )


def _missing(what: str) -> DataError:
    return DataError(
        f"{what} is not there.\n"
        "  Grading needs the exercises and solutions that the wheel holds: install it again,\n"
        "  or run this in the kit's folder with exercises/ and solutions/."
    )


def _template_cells(cells: list[dict], questions: dict[str, Question]) -> list[TemplateCell | None]:
    """Find the question of each code cell; a cell that only prepares belongs to the next one."""
    made: list[TemplateCell | None] = []
    coming = ""
    for cell in reversed(cells):
        own = cell["metadata"].get("rfmkit", {})
        name = own.get("name", "")
        if cell["cell_type"] != "code" or not name:
            made.append(None)
            continue
        number = own.get("question", "")
        checks = name.startswith(("check_", "hint_"))
        if checks:
            number = name.partition("_")[2].replace("_", ".")
        if number in questions and not checks:
            coming = number
        setup = name == "setup"
        belongs = number if number in questions else "" if setup else coming
        made.append(TemplateCell(name, belongs, number in questions and not checks, checks))
    return made[::-1]


@dataclass(frozen=True)
class Overlay:
    """What the model solution leaves behind in one question."""

    data: bytes  # a pickled dict of names and values
    code: str  # the source of functions, and of what else is no data
    names: frozenset[str]  # all the names it sets


@dataclass(frozen=True)
class ModelCell:
    """A code cell of the solution, and the question that it answers ("" for none)."""

    code: str
    question: str


@cache
def model_cells(chapter: str) -> tuple[ModelCell, ...]:
    """Read the cells of the solution that compute: no checks, hints, other ways and asides.

    Examples
    --------
    >>> [cell.question for cell in model_cells("06")][:3]
    ['', '6.1', '6.2']
    """
    template = exercise_template(chapter)
    exercise = exercise_files()["en"][chapter]
    path = solution_file(exercise)
    if not path.is_file():
        raise _missing(f"the solution solutions/en/{exercise.name}")
    made = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        own = cell["metadata"].get("rfmkit", {})
        known = template.by_name.get(own.get("name", ""))
        code = "".join(cell["source"])
        computes = known and not known.checks and code_facts(code).assigns
        if cell["cell_type"] == "code" and (computes or _imports(code)):
            made.append(ModelCell(code, own.get("question", "")))
    return tuple(made)


def run_model(chapter: str, folder: Path) -> dict[str, Overlay]:
    """Run the model solution beside a case."""
    template = exercise_template(chapter)
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
                known = template.names[cell.question]
                made[cell.question] = _overlay("\n".join(own), known, namespace)
    return made


def _imports(code: str) -> bool:
    tree = parse_code(code)
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
    tree = parse_code(code) or ast.Module([], [])
    data, by_source = {}, set()
    for name in code_facts(code).assigns:
        if name not in known:
            continue
        value = namespace[name]
        if isinstance(value, _BY_SOURCE):
            by_source.add(name)
        elif not type(value).__module__.startswith(("matplotlib", "seaborn")):
            data[name] = value
    kept = [one for one in tree.body if by_source & set(code_facts(ast.unparse(one)).assigns)]
    source = "\n".join(ast.unparse(one) for one in kept)
    return Overlay(pickle.dumps(data), source, frozenset({*data, *by_source}))


@dataclass
class CaseFiles:
    """One case: what the judge compares with, and the files that the sandbox gets."""

    seed: int  # the case's seed
    folder: Path  # a temporary folder with `case/` in it
    case: Case  # the books as the questions know them
    files: dict[str, bytes]  # the files of a session, "case/…" and what is in them
    _overlays: dict[str, dict[str, Overlay]] = field(default_factory=dict)

    def overlays(self, chapter: str) -> dict[str, Overlay]:
        """Return what the model solution leaves behind after each question; computed once."""
        if chapter not in self._overlays:
            self._overlays[chapter] = run_model(chapter, self.folder)
        return self._overlays[chapter]


class CaseCache:
    """Keep a few cases, with their files on disk, until the cache is closed.

    Examples
    --------
    >>> with CaseCache() as cases:
    ...     sorted(cases.get(7).files)[0]
    'case/MANIFEST.json'
    """

    def __init__(self, most: int = 12) -> None:
        self._most = most
        self._kept: OrderedDict[int, CaseFiles] = OrderedDict()
        self._root: Path | None = None

    def get(self, seed: int) -> CaseFiles:
        """Return a case from the cache; make it if it is not there."""
        if seed in self._kept:
            self._kept.move_to_end(seed)
            return self._kept[seed]
        if self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix="rfmkit-cases-"))
        folder = self._root / str(seed)
        made = make_case(seed, folder / "case", include_seed=False)
        files = {f"case/{path.name}": path.read_bytes() for path in sorted(made.iterdir())}
        self._kept[seed] = CaseFiles(seed, folder, Case.of_seed(seed), files)
        while len(self._kept) > self._most:
            _, old = self._kept.popitem(last=False)
            shutil.rmtree(old.folder, ignore_errors=True)
        return self._kept[seed]

    def close(self) -> None:
        """Remove the folders."""
        self._kept.clear()
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None

    def __enter__(self) -> "CaseCache":
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        self.close()
