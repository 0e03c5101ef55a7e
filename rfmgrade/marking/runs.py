"""Run a notebook on a case in the sandbox, capture its answers and judge them."""

import ast
import contextlib
import hashlib
import io
import json
import os
import pickle
import shutil
import sys
import tempfile
import time
import types
import warnings
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import TracebackType

import numpy as np
import pandas as pd

from rfmgrade.marking.notebook import (
    Notebook,
    code_facts,
    exercise_template,
    model_cells,
    parse_code,
)
from rfmgrade.sandbox.hosts import Ended
from rfmgrade.sandbox.runtime.plain import Drawing, decode, encode, opaque
from rfmgrade.workers import ended_after
from rfmkit.cases import make_case
from rfmkit.classroom.answer_types import Choice, Choices, Figure, Function, InvalidAnswer, Open
from rfmkit.classroom.case import Case
from rfmkit.classroom.keys import keys_of
from rfmkit.classroom.question import Question
from rfmkit.classroom.verdicts import verdict
from rfmkit.labels import label, language, use_language

_one_at_a_time = Lock()  # the working folder belongs to the whole process
_BY_SOURCE = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type)
MAX_RESTARTS = 6
MAX_SECONDS = 180.0
JUDGE_SECONDS = 300  # to judge all answers of a run; the hardest take a quarter of a minute each
NOTHING = {"there": False}


@dataclass(frozen=True)
class Overlay:
    """What the model solution leaves behind in one question."""

    data: bytes  # a pickled dict of names and values
    code: str  # the source of functions, and of what else is no data
    names: frozenset[str]  # all the names it sets


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


@dataclass(frozen=True)
class Judgement:
    """What the judge says of one answer on one case."""

    # "right", "known_mistake", "wrong", "missing", "open", or "garbled": no plain answer at all,
    # which no honest sandbox gives.
    status: str
    feedback: str = ""  # as `check` would word it
    mistake: str | None = None  # name of the known mistake
    digest: str = ""  # equal for equal answers
    text: str = ""  # an open answer


def capture_request(question: Question, case: Case) -> dict:
    """Return the request by which the sandbox hands out a question's answer."""
    answer_type = keys_of(question, case).answer_type
    if isinstance(answer_type, Function):
        return {"kind": "function", "calls": [[*map(encode, call)] for call in answer_type.calls]}
    if isinstance(answer_type, Figure):
        return {"kind": "figure", "figure": answer_type.kind}
    return {"kind": "text" if isinstance(answer_type, Open) else "value"}


def judge(question: Question, case: Case, captured: dict, lang: str) -> Judgement:
    """Judge what the sandbox handed out."""
    if not captured.get("there"):
        answer: object = None
    else:
        try:
            answer = _answer(
                question, captured, len(getattr(keys_of(question, case).answer_type, "calls", ()))
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return Judgement("garbled")
    if isinstance(answer, InvalidAnswer):
        return Judgement("wrong", label(answer.key, lang, **answer.values))
    if (
        isinstance(question.answer_type, Figure)
        and isinstance(answer, dict)
        and type(answer) is not Drawing
    ):
        answer = opaque("dict")  # a description is no picture, however well it is written
    card = verdict(question, answer, case, lang)
    feedback = _printable(card.text)
    if card.status == "not_attempted":
        return Judgement("missing", feedback)
    if card.status == "open":
        return Judgement("open", feedback, text=_printable(question.answer_type.parse(answer)))
    return Judgement(card.status, feedback, card.mistake, _digest_of(question, case, answer))


def same_key(question: Question, one: Case, other: Case) -> bool:
    """Return whether a question has one and the same right answer on two cases."""
    one_key, other_key = keys_of(question, one), keys_of(question, other)
    try:
        return bool(one_key.answer_type.same(one_key.right, other_key.right))
    except (ValueError, TypeError):  # of another length
        return False


def key_digest(question: Question, case: Case) -> str:
    """Hash the right answer as answers are hashed; "" where it says too little to be anybody's."""
    if isinstance(question.answer_type, Choice | Choices | Open):
        return ""
    right = keys_of(question, case).right
    if isinstance(right, float) and right.is_integer() and abs(right) < 1000:
        return ""  # a count: anybody may hit it
    return digest(right)


def digest(plain: object) -> str:
    """Hash a parsed answer, numbers to six figures.

    Examples
    --------
    >>> digest({"share": 0.1 + 0.2}) == digest({"share": 0.3})
    True
    """
    text = json.dumps(_rounded(plain), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _answer(question: Question, captured: dict, calls: int) -> object:
    """Read what was captured; a function becomes one that returns the results one by one."""
    if not isinstance(question.answer_type, Function):
        return decode(captured["answer"])
    if "not_callable" in captured:
        return opaque(captured["not_callable"])
    if len(captured["results"]) != calls:
        raise ValueError("not a result for each call.")
    return _Results(captured["results"])


class _Results:
    """Answers as the student's function did, call by call."""

    def __init__(self, results: Iterable) -> None:
        self._results = [_call_result(one) for one in results]
        self._next = 0

    def __call__(self, *arguments: object) -> object:
        self._next += 1
        result = self._results[(self._next - 1) % len(self._results)]
        if isinstance(result, BaseException):
            raise result
        return result


def _call_result(captured: dict) -> object:
    match captured:
        case {"raised": str(error)}:
            name, _, text = error[:300].partition(": ")
            return type(opaque(name or "Exception", Exception))(*filter(None, [text]))
        case {"none": True}:
            return None
        case {"value": plain}:
            return decode(plain)
    raise ValueError("no result.")


def _digest_of(question: Question, case: Case, answer: object) -> str:
    try:
        return digest(keys_of(question, case).answer_type.parse(answer))
    except (InvalidAnswer, Exception):  # an answer that cannot be read has no hash
        return ""


def _rounded(plain: object) -> object:
    if isinstance(plain, bool | np.bool_ | int | float | np.number):
        return f"{float(plain):.6g}"
    if isinstance(plain, dict):
        return {str(key): _rounded(value) for key, value in plain.items()}
    if isinstance(plain, pd.DataFrame):
        return {str(name): _rounded(plain[name]) for name in plain.columns}
    if isinstance(plain, pd.Series):
        return [[str(key), _rounded(value)] for key, value in plain.items()]
    if isinstance(plain, list | tuple):
        return [_rounded(one) for one in plain]
    return str(plain)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class Fault:
    """What went wrong with a cell or an answer."""

    kind: str  # "error", "timeout", or why the session ended: "hung", "died", "flooded", "forged"
    error: str = ""  # what was raised, in one line


@dataclass
class Run:
    """What came out of one run."""

    # For each question what the sandbox gave for its variable.
    answers: dict[str, dict] = field(default_factory=dict)
    # The cells that went wrong, by their place.
    cells: dict[int, Fault] = field(default_factory=dict)
    # The answers that could not be captured, by question.
    capture_faults: dict[str, Fault] = field(default_factory=dict)
    # The questions that were not reached: too many restarts, or too long altogether.
    lost: set[str] = field(default_factory=set)
    # The kit's own cells that ran because the student's failed, and what these had raised.
    replaced: dict[str, str] = field(default_factory=dict)
    kit_fault: Fault | None = None  # what went wrong with one of the kit's own cells
    tried: set[str] = field(default_factory=set)  # what cells tried that grading does not allow

    @property
    def endings(self) -> set[str]:
        """In what ways sessions ended before their time."""
        faults = [*self.cells.values(), *self.capture_faults.values()]
        return {one.kind for one in faults} - {"error", "timeout"}

    @property
    def stuck(self) -> set[int]:
        """The cells that hung, died or took too long."""
        return {at for at, fault in self.cells.items() if fault.kind != "error"}

    def note(self, step: "_Step", fault: Fault) -> None:
        """Record what went wrong in a step."""
        if step.what == "run":
            self.cells[step.at] = fault
        elif step.what == "kit" and step.counts:
            self.kit_fault = fault
        elif step.what == "take":
            self.capture_faults[step.number] = fault


@dataclass(frozen=True)
class _Step:
    what: str  # "run", "take" or "put": a method of a session; "kit" runs a cell of the kit's own
    arguments: tuple
    at: int = -1
    number: str = ""
    counts: bool = True
    name: str = ""  # of the kit's own cell
    again: bool = False  # whether it is part of the second try

    @property
    def method(self) -> str:
        """The session's method."""
        return self.what if self.what in ("take", "put") else "run"

    def is_due(self, run: Run) -> bool:
        """Return whether the step is needed, after what went wrong so far."""
        fault = run.cells.get(self.at)
        if self.again:
            return fault is not None and fault.error.startswith("NameError")
        return self.what != "kit" or self.at < 0 or fault is not None


def run_notebook(
    sandbox: object,
    files: Mapping[str, bytes],
    notebook: Notebook,
    requests: Mapping[str, tuple[str, dict]],
    overlays: Mapping[str, Overlay] | None = None,
    *,
    lang: str = "en",
    skip: Collection[int] = (),
    clock: Callable[[], float] = time.monotonic,
) -> Run:
    """Run every cell once, in a fresh session.

    A cell that hangs or dies ends its session; a new one then repeats what went before without it.
    """
    steps = [
        step
        for step in _steps(notebook, requests, overlays or {}, lang)
        if step.what != "run" or step.at not in skip
    ]
    run = Run()
    captured: dict[str, dict[bool, dict]] = {}
    skipped: set[int] = set()
    begun, position, restarts = clock(), 0, 0
    while position < len(steps):
        session = sandbox.session(files)  # one that does not start is no fault of the student's
        try:
            with session:
                for place, step in enumerate(steps):
                    if place in skipped or (place < position and step.what == "take"):
                        continue
                    if not step.is_due(run):
                        position = max(position, place + 1)
                        continue
                    if clock() - begun > MAX_SECONDS:
                        break
                    reply = getattr(session, step.method)(*step.arguments)
                    position = max(position, place + 1)
                    if step.what == "take" and reply.get("there"):
                        captured.setdefault(step.number, {})[step.counts] = reply
                    elif step.method == "run":
                        run.tried.update(reply.tried)
                        if step.what == "kit" and step.at >= 0:
                            run.replaced[step.name] = run.cells[step.at].error
                        if reply.status != "ok" and not step.again:
                            run.note(step, Fault(reply.status, reply.error))
                        # After a timeout a repetition would wait as long.
                        skipped |= {place} if reply.status == "timeout" else set()
                else:
                    position = len(steps)
            if position < len(steps):
                break
        except Ended as ended:
            # `place` is where it happened, whether for the first time or in a repetition.
            run.note(step, Fault(ended.why, str(ended.detail)[:300]))
            skipped.add(place)
            position = max(position, place + 1)
            restarts += 1
            if restarts > MAX_RESTARTS:
                break
    run.lost = {one.number for one in steps[position:] if one.what == "take" and one.counts}
    for number in requests:
        found = captured.get(number, {})
        run.answers[number] = found.get(True) or found.get(False) or NOTHING
    return run


def _steps(notebook: Notebook, requests: Mapping, overlays: Mapping, lang: str) -> list[_Step]:
    order = {number: place for place, number in enumerate(requests)}
    # With follow-through, a question before one that the model answered is not repaired any more:
    # an answer may follow from earlier questions, not from later ones, whatever the cells' order.
    repaired = -1
    steps: list[_Step] = []
    for at in range(-1, len(notebook.cells)):
        for name in notebook.kit_before.get(at, ()):
            code = notebook.template.given[name][lang]
            steps.append(_Step("kit", (code,), counts=at == 0, name=name))
        if at >= 0:
            steps.append(_Step("run", (notebook.cells[at].code,), at))
        if name := notebook.kit_after.get(at, ""):
            code = notebook.template.given[name][lang]
            steps.append(_Step("kit", (code,), at, counts=False, name=name))
        for number, how in notebook.captures.get(at, ()):
            if order.get(number, -1) > repaired:
                steps.append(_Step("take", requests[number], at, number, how == "answer"))
        for number in notebook.ends_after.get(at, ()):
            if overlay := overlays.get(number):
                steps.append(_Step("put", (overlay.data, overlay.code), at, number))
                repaired = max(repaired, order[number])
    # A cell that stands above the one it needs has a second try, after all others.
    for at, cell in enumerate(notebook.cells):
        if cell.role in ("answer", ""):
            steps.append(_Step("run", (cell.code,), at, again=True))
            names = [notebook.template.variables.get(name, "") for name in cell.facts.assigns]
            steps += [
                _Step("take", requests[number], at, number, counts=False, again=True)
                for number in dict.fromkeys(names)
                if order.get(number, -1) > repaired
            ]
    return steps


def run_on_case(
    case: CaseFiles,
    notebook: Notebook,
    lang: str,
    sandbox: object,
    repair: Collection[str],
    skip: Collection[int],
) -> tuple[Run, dict[str, Judgement]]:
    """Run a notebook on one case, with the `repair` questions answered by the model; judge it."""
    questions = notebook.template.questions
    requests = {
        number: (question.variable, capture_request(question, case.case))
        for number, question in questions.items()
    }
    model = case.overlays(notebook.chapter) if repair else {}
    overlays = {number: model[number] for number in repair if number in model}
    run = run_notebook(sandbox, case.files, notebook, requests, overlays, lang=lang, skip=skip)
    with ended_after(JUDGE_SECONDS):
        judgements = {
            number: judge(question, case.case, run.answers[number], lang)
            for number, question in questions.items()
        }
    return run, judgements
