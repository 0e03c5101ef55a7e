"""Read a chapter's exercise, its model solution, and what was handed in of it.

No code is run: the cells' names, ids and sources say which question a cell belongs to.
"""

import ast
import json
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rfmgrade.config import InputError, exercise_files, solution_file
from rfmgrade.intake import MAX_BRACKETS, MAX_BYTES, MAX_COMMAS
from rfmkit.classroom.question import Question, find_question
from rfmkit.schema import DataError

MAX_CODE_LENGTH = 200_000
_HELP = re.compile(r"[\w.%]+\?{1,2}")  # such as `rk.score?`
_NAMES = re.compile(r"[\w, \t]+")
MAX_CELLS, MAX_CODE = 2_000, 2_000_000


@dataclass(frozen=True)
class CodeFacts:
    """What a cell's code does with names."""

    # Names it binds at the top level, in the order of their first binding.
    assigns: tuple[str, ...] = ()
    reads: frozenset[str] = frozenset()  # names it looks up anywhere
    checks: tuple[str, ...] = ()  # questions that it calls `check` about
    only_checks: bool = False  # whether it does nothing else
    shape: str = ""  # the code without comments, spaces and docstrings; "" where it is no Python


@lru_cache(maxsize=4096)
def code_facts(code: str) -> CodeFacts:
    r"""Find what one cell's code does with names.

    Examples
    --------
    >>> facts = code_facts("%matplotlib inline\nrfm = rk.rfm_table(clean)\ncheck('6.2', rfm)")
    >>> facts.assigns, sorted(facts.reads), facts.checks, facts.only_checks
    (('rfm',), ['check', 'clean', 'rfm', 'rk'], ('6.2',), False)
    >>> code_facts("if so:").assigns
    ()
    """
    tree = parse_code(code)
    if tree is None:
        return CodeFacts()
    try:
        assigns = [name for statement in tree.body for name in _bound(statement)]
        nodes = list(ast.walk(tree))
        reads = {
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        checks = [number for node in nodes if (number := _checked(node))]
        only = bool(tree.body) and all(
            isinstance(one, ast.Expr) and _checked(one.value) for one in tree.body
        )
        shape = _shape(tree)
    except (RecursionError, MemoryError):
        return CodeFacts()
    return CodeFacts(tuple(dict.fromkeys(assigns)), frozenset(reads), tuple(checks), only, shape)


def parse_code(code: str) -> ast.Module | None:
    r"""Parse a cell's code; None where it is no Python even without its magics.

    Examples
    --------
    >>> len(parse_code("!ls\nx = 1").body), parse_code("x =")
    (2, None)
    """
    if len(code) > MAX_CODE_LENGTH:
        return None
    for text in (code, _without_magics(code)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _without_magics(code: str) -> str:
    lines = code.splitlines()
    if lines and lines[0].startswith("%%"):
        lines[0] = ""
    return "\n".join(map(_without_magic, lines))


def _without_magic(line: str) -> str:
    """Replace a magic, in time that grows with the length of the line and no faster."""
    text = line.strip()
    if text.startswith(("%", "!", "?")) or (text.endswith("?") and _HELP.fullmatch(text)):
        return f"{line[: len(line) - len(line.lstrip())]}pass"
    names, equals, value = line.partition("=")
    if equals and value.lstrip().startswith(("%", "!")) and _NAMES.fullmatch(names):
        return f"{names}= None"
    return line


def _bound(statement: ast.stmt) -> list[str]:
    """List the names that a statement binds in the notebook's own namespace."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    names = []
    todo: deque[ast.AST] = deque([statement])
    while todo:
        node = todo.popleft()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.alias):
            names.append((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
            continue
        inner = isinstance(
            node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        )
        todo.extend([] if inner else ast.iter_child_nodes(node))
    return names


def _checked(node: ast.AST) -> str:
    """Return the question that a call of `check` is about, "" for anything else."""
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    first = node.args[0]
    if name == "check" and isinstance(first, ast.Constant) and type(first.value) is str:
        return first.value.strip()
    return ""


def _shape(tree: ast.Module) -> str:
    return "\n".join(ast.dump(one) for one in without_docstrings(tree).body)


def without_docstrings(tree: ast.Module) -> ast.Module:
    """Remove the docstrings of a tree, in place."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        documented = isinstance(
            node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        )
        first = body[0] if documented and body else None
        if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
            node.body = body[1:]
    return tree


@dataclass(frozen=True)
class TemplateCell:
    """A code cell of the exercise as it is handed out."""

    name: str  # its name, such as "q6_1", "check_6_1", "given_7_2"
    # The question it belongs to, or prepares; "" for the first cell and the last ones.
    question: str
    answers: bool  # whether it is a cell to answer in
    checks: bool  # whether it checks, or hints at, the question
    given: bool = False  # whether it makes names that answers may use


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
    markdown: frozenset[str]  # every text of the exercise
    before: dict[str, str]  # the text above an answer in prose, and its question
    # The kit's own cells, which every answer may use: name, and its code in each language.
    given: dict[str, dict[str, str]]

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
    markdown: set[str] = set()
    before: dict[str, str] = {}
    given: dict[str, dict[str, str]] = {}
    for lang, cells in zip(exercise_files(), notebooks, strict=True):
        above = ""
        for cell, known in zip(cells, _template_cells(cells, questions), strict=True):
            text = "".join(cell["source"])
            own = cell["metadata"].get("rfmkit", {})
            if cell["cell_type"] == "markdown":
                markdown.add(text.strip())
                if own.get("question") in questions:
                    before[above] = own["question"]
                above = text.strip()
            if known and known.given:
                given.setdefault(known.name, {})[lang] = text
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
        questions,
        by_name,
        by_id,
        by_text,
        assigned,
        frozenset(shapes),
        written,
        frozenset(prose),
        frozenset(markdown),
        before,
        given,
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
        answers = number in questions and not checks
        prepares = not answers and not checks and code_facts("".join(cell["source"])).assigns
        given = setup or bool(prepares and belongs)
        made.append(TemplateCell(name, belongs, answers, checks, given))
    return made[::-1]


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


def _imports(code: str) -> bool:
    tree = parse_code(code)
    kinds = (ast.Import, ast.ImportFrom)
    return bool(tree and tree.body) and all(isinstance(one, kinds) for one in tree.body)


class UnreadableNotebook(InputError):  # noqa: N818 - says what it is
    """A file that is no notebook, or too large to be an honest one."""


@dataclass(frozen=True)
class RawCell:
    """A cell as it was handed in."""

    kind: str  # "code", "markdown" or "raw"
    text: str  # its source
    id: str = ""  # its id; "" if it has none
    # What the kit wrote into its metadata; "" where nothing is left of it.
    name: str = ""
    question: str = ""


@dataclass(frozen=True)
class RawNotebook:
    """A notebook's cells, what its metadata says, and how many cells were no cells."""

    cells: tuple[RawCell, ...]
    student: str = ""
    case: str = ""  # the fingerprint of the case that was handed out with it
    odd: int = 0


def read_cells(content: bytes) -> RawNotebook:
    """Read a notebook's cells from bytes that anybody may have written.

    Not by nbformat, which refuses what an editor merely broke and has no bounds on what is hostile.

    Examples
    --------
    >>> cell = b'{"cell_type": "code", "source": ["x = 1"], "metadata": {}}'
    >>> read_cells(b'{"nbformat": 4, "cells": [' + cell + b"]}").cells[0].text
    'x = 1'
    """
    if len(content) > MAX_BYTES:
        raise UnreadableNotebook("judge.too_long", size=len(content) // 1_000_000)
    brackets = content.count(b"[") + content.count(b"{")
    if brackets > MAX_BRACKETS or content.count(b",") > MAX_COMMAS:
        raise UnreadableNotebook("judge.too_crowded")
    try:
        read = json.loads(content)
    except (ValueError, RecursionError, MemoryError):
        raise UnreadableNotebook("judge.no_json" if content.strip() else "judge.empty") from None
    if not isinstance(read, dict):
        raise UnreadableNotebook("judge.no_notebook")
    version = read.get("nbformat")
    if version != 4 or isinstance(version, bool):
        printed = version if type(version) is int and 0 <= version < 100 else "?"
        raise UnreadableNotebook("judge.old_format", version=printed)
    if not isinstance(read.get("cells"), list):
        raise UnreadableNotebook("judge.no_notebook")
    if len(read["cells"]) > MAX_CELLS:
        raise UnreadableNotebook("judge.too_many_cells", count=len(read["cells"]))
    cells = [_cell(one) for one in read["cells"]]
    there = tuple(cell for cell in cells if cell is not None)
    if sum(len(cell.text) for cell in there) > MAX_CODE:
        raise UnreadableNotebook("judge.too_crowded")
    student = _clean_text(_own(read).get("student"))[:100]
    case = _clean_text(_own(read).get("case"))[:100]
    return RawNotebook(there, student, case, odd=len(cells) - len(there))


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
    names = (
        _clean_text(one)[:80] for one in (cell.get("id"), own.get("name"), own.get("question"))
    )
    return RawCell(kind, source, *names)


def _own(open_cells: dict) -> dict:
    metadata = open_cells.get("metadata")
    own = metadata.get("rfmkit") if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}


def _clean_text(value: object) -> str:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


@dataclass(frozen=True)
class Cell:
    """A code cell to run."""

    code: str  # its source
    question: str  # the question it belongs to; "" for none
    # "answer", "check", "template" (another cell of the exercise) or "" (the student's own).
    role: str = ""
    given: str = ""  # the name of the kit's own cell that it is, such as "setup"

    @property
    def facts(self) -> CodeFacts:
        """What its code assigns, reads and checks."""
        return code_facts(self.code)


def place_cells(code: list[RawCell], template: ExerciseTemplate) -> tuple[tuple[Cell, ...], bool]:
    """Assign each code cell to a question; also return whether any cell was recognised as one."""
    known = [_recognise(cell, template) for cell in code]
    answered = {number for number, role in known if role == "answer"}
    for at, cell in enumerate(code):
        # Where a question's own cell is gone, go by who assigns its answer.
        found = [
            template.variables[name]
            for name in code_facts(cell.text).assigns
            if template.variables.get(name, "") not in {"", *answered}
        ]
        if known[at][1] == "" and found:
            known[at] = (found[-1], "answer")
    placed = zip(code, _assign_own_cells(known), strict=True)
    cells = [
        Cell(cell.text, *one, given=_given_name(cell, template) if one[1] == "template" else "")
        for cell, one in placed
    ]
    return tuple(cells), bool(answered)


def _recognise(cell: RawCell, template: ExerciseTemplate) -> tuple[str, str]:
    """Return question and role of a cell by its metadata, its id or its unchanged text."""
    if cell.question in template.questions:
        return cell.question, "answer"
    if known := _template_cell(cell, template):
        role = "answer" if known.answers else "check" if known.checks else "template"
        return known.question, role
    facts = code_facts(cell.text)
    checked = [number for number in facts.checks if number in template.questions]
    if checked and facts.only_checks:
        return checked[-1], "check"
    return "", ""


def _template_cell(cell: RawCell, template: ExerciseTemplate) -> TemplateCell | None:
    """Find the exercise's cell by name, by id or by its unchanged text."""
    return (
        template.by_name.get(cell.name)
        or template.by_id.get(cell.id)
        or template.by_text.get(cell.text.strip())
    )


def _given_name(cell: RawCell, template: ExerciseTemplate) -> str:
    known = _template_cell(cell, template)
    return known.name if known and known.given else ""


def code_cells(
    raw: Sequence[RawCell], template: ExerciseTemplate
) -> tuple[list[RawCell], list[tuple[str, str]]]:
    """Choose the cells to run, and list what is odd about them.

    A cell of code stays one where it was turned into text by a wrong key. A blank is left out below
    an attempt at its question: copies do not undo an answer.
    """
    notes: list[tuple[str, str]] = []
    bound = {name for cell in raw if cell.kind == "code" for name in code_facts(cell.text).assigns}
    found = []
    for cell in raw:
        if not cell.text.strip() or _is_prose(cell, template):
            continue
        if cell.kind != "code":
            number = _question_of_text(cell, template, bound)
            if number is None:
                continue
            notes.append(("converted", number))
        found.append(cell)
    kept: list[RawCell] = []
    attempted: set[str] = set()
    for cell in found:
        _, role = _recognise(cell, template)
        names = code_facts(cell.text).assigns
        assigns = {template.variables[name] for name in names if name in template.variables}
        if role in ("answer", ""):
            blank = _is_blank(cell.text, template)
            if blank and assigns and assigns <= attempted:
                notes += [("doubled", number) for number in sorted(assigns)]
                continue
            attempted |= set() if blank else assigns
        kept.append(cell)
    return kept, notes


def _question_of_text(cell: RawCell, template: ExerciseTemplate, bound: set[str]) -> str | None:
    """Return the question of a text that is a cell of code turned into one; None for any other."""
    if known := template.by_name.get(cell.name) or template.by_id.get(cell.id):
        return known.question
    assigns = [name for name in code_facts(cell.text).assigns if name not in bound]
    return next((template.variables[name] for name in assigns if name in template.variables), None)


def _is_prose(cell: RawCell, template: ExerciseTemplate) -> bool:
    """Return whether a cell is one for an answer in prose, of whatever kind it is by now."""
    if cell.id in template.written:
        return True
    return not cell.name and cell.question in template.written.values()


def _is_blank(code: str, template: ExerciseTemplate) -> bool:
    """Return whether a cell is as it was handed out, or assigns nothing but `...`."""
    facts = code_facts(code)
    if facts.shape and facts.shape in template.shapes:
        return True
    tree = parse_code(code)
    return bool(tree and tree.body) and all(
        isinstance(one, ast.Assign) and _is_ellipsis(one.value) for one in tree.body
    )


def _is_ellipsis(value: ast.expr) -> bool:
    if isinstance(value, ast.Tuple | ast.Dict):
        inner = value.elts if isinstance(value, ast.Tuple) else value.values
        return bool(inner) and all(map(_is_ellipsis, inner))
    return isinstance(value, ast.Constant) and value.value is ...


def _assign_own_cells(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Assign the student's own cells: to the question before, or once that is checked the next.

    Helper cells are before the cell they help, and scratch cells after it; the check between two
    questions shows which is which.
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


def answer_spans(cells: tuple[Cell, ...], template: ExerciseTemplate) -> tuple[dict, dict]:
    """List, for each question, the first and last cell of each span in which it is answered.

    The first dict has the spans with a cell to answer in; the other all further cells that assign
    the answer's name.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    again: dict[str, list[int]] = {}
    at = 0
    while at < len(cells):
        end = at
        while end + 1 < len(cells) and cells[end + 1].question == cells[at].question:
            end += 1
        number = cells[at].question
        if number and any(cell.role == "answer" for cell in cells[at : end + 1]):
            spans.setdefault(number, []).append((at, end))
        at = end + 1
    for at, cell in enumerate(cells):
        for name in cell.facts.assigns:
            number = template.variables.get(name, "")
            inside = any(start <= at <= end for start, end in spans.get(number, []))
            if number and not inside:
                again.setdefault(number, []).append(at)
    return spans, again


def capture_points(
    cells: tuple[Cell, ...], spans: dict, again: dict, template: ExerciseTemplate
) -> dict:
    """List after which cells answers are captured: "answer" counts, "fallback" if no other does."""
    captures: dict[int, list[tuple[str, str]]] = {}
    for number, found in spans.items():
        variable = template.questions[number].variable
        for start, end in found:
            for at in range(start, end):
                # Where the span ends in a blank, an attempt within it is still one.
                if variable in cells[at].facts.assigns:
                    captures.setdefault(at, []).append((number, "fallback"))
            captures.setdefault(end, []).append((number, "answer"))
    for number, positions in again.items():
        others = [end for other, found in spans.items() if other != number for _, end in found]
        for at in positions:
            # A name may be used once more for something else. It is a second answer if its check
            # follows, or if no other question comes after it.
            checked = number in cells[at].facts.checks or (
                at + 1 < len(cells)
                and cells[at + 1].role == "check"
                and cells[at + 1].question == number
            )
            tagged = cells[at].role == "answer"
            counts = checked or (not tagged and at > max(others, default=-1))
            captures.setdefault(at, []).append((number, "answer" if counts else "fallback"))
    if cells:
        # A name can be bound in ways that nobody sees from outside.
        last = captures.setdefault(len(cells) - 1, [])
        last.extend(
            (number, "fallback")
            for number in template.questions
            if not any(one[0] == number for one in last)
        )
    return {at: tuple(found) for at, found in captures.items()}


def question_ends(spans: dict, template: ExerciseTemplate) -> dict:
    """List after which cell each question ends; one without a cell ends before the next begins."""
    ends_after: dict[int, list[str]] = {}
    numbers = list(template.questions)
    for at, number in enumerate(numbers):
        if number in spans:
            ends_after.setdefault(spans[number][0][1], []).append(number)
            continue
        starts = [spans[later][0][0] for later in numbers[at + 1 :] if later in spans]
        if starts:
            ends_after.setdefault(min(starts) - 1, []).append(number)
    return {at: tuple(found) for at, found in ends_after.items()}


def structure_notes(
    cells: tuple[Cell, ...], spans: dict, template: ExerciseTemplate
) -> list[tuple[str, str]]:
    """List what is odd about the order and number of the questions' cells."""
    notes = []
    numbers = list(template.questions)
    furthest = -1
    for number in sorted(spans, key=lambda number: spans[number][0][0]):
        if numbers.index(number) < furthest:
            notes.append(("moved", number))
        furthest = max(furthest, numbers.index(number))
    for number in numbers:
        variable = template.questions[number].variable
        answers = [
            cell
            for cell in cells
            if cell.question == number and cell.role == "answer" and variable in cell.facts.assigns
        ]
        if len(answers) > 1:
            notes.append(("doubled", number))
        if number not in spans:
            notes.append(("no_cell", number))
    return notes


def kit_cells(
    cells: tuple[Cell, ...], template: ExerciseTemplate
) -> tuple[dict[int, tuple[str, ...]], dict[int, str], list[tuple[str, str]]]:
    """List which of the kit's own cells run in place of the student's, and what is missing.

    The first dict has, by the cell before which they run, those that are not there, that somebody
    changed or that come too late; the other, by cell, what runs after it if it fails.
    """
    before: dict[int, tuple[str, ...]] = {}
    after: dict[int, str] = {}
    missing = []
    bound = {name for cell in cells for name in cell.facts.assigns}
    for name, code in template.given.items():
        question = template.by_name[name].question
        start = next(
            (at for at, one in enumerate(cells) if not question or one.question == question), None
        )
        found = [at for at, one in enumerate(cells) if one.given == name]
        same = [at for at in found if cells[at].code.strip() in template.by_text]
        if start is not None and not (same and same[0] <= start):
            before[start] = (*before.get(start, ()), name)
            if not found and set(code_facts(next(iter(code.values()))).assigns) - bound:
                missing.append(("setup_missing", question))
        after |= {at: name for at in found if at not in same}
    return before, after, missing


@dataclass(frozen=True)
class Notebook:
    """A notebook as it is graded."""

    chapter: str  # such as "06"
    cells: tuple[Cell, ...]  # the code cells, in their order in the file
    # For each cell: the questions whose answer is captured after it, and whether that counts
    # ("answer"), or only where the others are empty ("fallback").
    captures: dict[int, tuple[tuple[str, str], ...]]
    # For each cell: the questions that end with it (-1: before the first cell).
    ends_after: dict[int, tuple[str, ...]]
    written: dict[str, str]  # answers in prose, by question
    student: str = ""  # the student that the metadata names; "" for none
    case: str = ""  # the fingerprint of the case that was handed out with it; "" for none
    # What is odd: a kind of flag and the question it is about.
    notes: tuple[tuple[str, str], ...] = ()
    # The kit's own cells to run, by name: before a cell, and after a cell if that fails.
    kit_before: dict[int, tuple[str, ...]] = field(default_factory=dict)
    kit_after: dict[int, str] = field(default_factory=dict)

    @property
    def template(self) -> ExerciseTemplate:
        """The exercise as it was handed out."""
        return exercise_template(self.chapter)

    def of(self, number: str) -> list[Cell]:
        """List the cells that belong to a question."""
        return [cell for cell in self.cells if cell.question == number]


def read_notebook(content: bytes, chapter: str) -> Notebook:
    """Read a notebook that was handed in.

    Raises
    ------
    UnreadableNotebook
        If it is no notebook, or too large to be an honest one.
    DataError
        If the kit has no such exercise.
    """
    template = exercise_template(chapter)
    raw = read_cells(content)
    code, odd = code_cells(raw.cells, template)
    cells, recognised = place_cells(code, template)
    spans, again = answer_spans(cells, template)
    before, after, missing = kit_cells(cells, template)
    notes = list(dict.fromkeys([*odd, *missing, *structure_notes(cells, spans, template)]))
    notes += [("stripped", "")] if cells and not recognised else []
    notes += [("odd_cells", "")] if raw.odd else []
    return Notebook(
        chapter,
        cells,
        capture_points(cells, spans, again, template),
        question_ends(spans, template),
        _written_answers(raw.cells, template),
        raw.student,
        raw.case,
        tuple(notes),
        before,
        after,
    )


def _written_answers(cells: tuple[RawCell, ...], template: ExerciseTemplate) -> dict[str, str]:
    """Find the answers in prose: by metadata or id, else by the text above; and several joined."""
    found: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    current = ""
    for cell in cells:
        number = (
            cell.question
            if cell.question in template.questions and not cell.name
            else template.written.get(cell.id, "")
        )
        text = cell.text.strip()
        if number:
            if text and text not in template.prose:
                found.setdefault(number, []).append(text)
            continue
        above = next((one for one in template.before if one and text.startswith(one)), "")
        if above:
            current, text = template.before[above], text.removeprefix(above).strip()
        elif text in template.markdown - template.prose or (
            cell.kind == "code" and _template_cell(cell, template)
        ):
            current = ""
        if current and cell.kind != "code" and text and text not in template.prose:
            below.setdefault(current, []).append(text)
    return {number: "\n\n".join(texts) for number, texts in (below | found).items()}
