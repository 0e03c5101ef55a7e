"""Run a notebook twice, replay it with earlier answers mended, and give marks and flags."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rfmgrade.assign.roster import folded_id
from rfmgrade.marking.code import code_facts
from rfmgrade.marking.exercise import WRITTEN, Books, CaseCache, exercise_template, model_cells
from rfmgrade.marking.judge import Judgement, capture_request, judge, same_key
from rfmgrade.marking.notebook import Notebook
from rfmgrade.marking.results import Flag, Mark, Result
from rfmgrade.marking.runs import Run, run_notebook
from rfmkit.classroom.forms import Choice, Choices, Open
from rfmkit.classroom.question import Question
from rfmkit.labels import label

WRONG = ("wrong", "known_mistake")
MAX_ATTEMPTS = 6


@dataclass
class NotebookRuns:
    """What a notebook's runs showed.

    Parameters
    ----------
    mine, other
        The student's case, and the second one.
    first, second
        The run on each; the second is None where nothing needed it.
    own, there
        What the judge said of each question in them.
    relay, mended_second
        The same of the runs in which earlier answers were mended.
    fixed
        The questions that have the same answer on both cases.
    """

    mine: Books
    other: Books
    first: Run
    own: dict[str, Judgement]
    fixed: set[str]
    second: Run | None = None
    there: dict[str, Judgement] = field(default_factory=dict)
    mended: dict[str, Judgement] = field(default_factory=dict)
    mended_second: dict[str, Judgement] = field(default_factory=dict)

    def status(self, number: str) -> str:
        """Tell how the answer did on the student's own case."""
        if number in self.first.lost:
            return "lost"
        return self.own[number].status


def run_cases(
    notebook: Notebook,
    lang: str,
    *,
    seed: int,
    second: Callable[[int], int],
    shelf: CaseCache,
    sandbox: object,
) -> NotebookRuns:
    """Make all the runs that a notebook needs."""
    questions = exercise_template(notebook.chapter).questions
    mine = shelf.books(seed)
    other = choose_second_case(notebook.chapter, mine, second, shelf)
    fixed = {
        number for number, asked in questions.items() if same_key(asked, mine.case, other.case)
    }
    first, own = _run(notebook, mine, lang, sandbox)
    _check_setup_ran(notebook, first)
    seen = NotebookRuns(mine, other, first, own, fixed)
    right = {number for number in questions if seen.status(number) == "right"}
    if right - fixed:
        seen.second, seen.there = _run(notebook, other, lang, sandbox, skip=first.stuck)
    wrong = {
        number
        for number in questions
        if own[number].status not in ("right", "open")
        and not isinstance(questions[number].form, Open)
    }
    hopeful = _depending_on(notebook, mine, wrong, _follow_through_candidates(seen, notebook))
    if hopeful:
        _, seen.mended = _run(notebook, mine, lang, sandbox, mend=wrong, skip=first.stuck)
    followed = {number for number in hopeful if seen.mended[number].status == "right"} - fixed
    slipped = {number for number in right - fixed if seen.there[number].status != "right"}
    # A slip may show on one case only; what then depends on it must not be held for it.
    mend = wrong | slipped
    if followed or _depending_on(notebook, other, mend, slipped):
        skip = first.stuck
        _, seen.mended_second = _run(notebook, other, lang, sandbox, mend=mend, skip=skip)
    return seen


def choose_second_case(
    chapter: str, mine: Books, second: Callable[[int], int], shelf: CaseCache
) -> Books:
    """Choose the second case: the class's, unless a computed answer is the same there by chance."""
    computed = [
        asked
        for asked in exercise_template(chapter).questions.values()
        if not isinstance(asked.form, Choice | Choices | Open)
    ]
    found = []
    for attempt in range(MAX_ATTEMPTS):
        other = shelf.books(second(attempt))
        alike = sum(same_key(asked, mine.case, other.case) for asked in computed)
        found.append((alike, attempt, other))
        if alike == 0:
            break
        if attempt == 1 and alike == found[0][0]:
            break  # an answer that is the same everywhere, such as that of a function
    return min(found, key=lambda one: one[:2])[2]


def _run(
    notebook: Notebook,
    books: Books,
    lang: str,
    sandbox: object,
    mend: Iterable[str] = (),
    skip: Collection[int] = (),
) -> tuple[Run, dict[str, Judgement]]:
    questions = exercise_template(notebook.chapter).questions
    asks = {
        number: (asked.variable, capture_request(asked, books.case))
        for number, asked in questions.items()
    }
    overlays = {}
    if mend:
        model = books.overlays(notebook.chapter)
        overlays = {number: model[number] for number in mend if number in model}
    run = run_notebook(sandbox, books.files, notebook, asks, overlays, skip=skip)
    return run, {
        number: judge(asked, books.case, run.answers[number], lang)
        for number, asked in questions.items()
    }


def _check_setup_ran(notebook: Notebook, first: Run) -> None:
    """Refuse to mark where the exercise's own beginning, which nobody changed, did not run."""
    own = exercise_template(notebook.chapter).by_text
    for at, cell in enumerate(notebook.cells):
        if cell.role != "kit" or cell.code.strip() not in own:
            return
        if at in first.cells:
            raise RuntimeError(f"the exercise's own cell failed: {first.cells[at]}")


def _follow_through_candidates(seen: NotebookRuns, notebook: Notebook) -> set[str]:
    """List the questions whose answer may be wrong for an earlier one's sake."""
    questions = exercise_template(notebook.chapter).questions
    found = set()
    for number, asked in questions.items():
        chosen = isinstance(asked.form, Choice | Choices | Open) and number in seen.fixed
        status = seen.status(number)
        if status in WRONG or (status == "missing" and failures(notebook, seen.first, number)):
            found |= set() if chosen else {number}
    return found


def _depending_on(notebook: Notebook, books: Books, wrong: set[str], hopeful: set[str]) -> set[str]:
    """Of the hopeful, keep those behind a wrong one whose names the student's later code reads."""
    if not wrong or not hopeful:
        return set()
    model = books.overlays(notebook.chapter)
    closed = {number: at for at, numbers in notebook.ends_after.items() for number in numbers}
    starts = {
        number: min(
            (at for at, cell in enumerate(notebook.cells) if cell.question == number), default=-1
        )
        for number in hopeful
    }
    for number in wrong & closed.keys() & model.keys():
        later = notebook.cells[closed[number] + 1 :]
        if model[number].names & {name for cell in later for name in code_facts(cell.code).reads}:
            continue
        del closed[number]
    ends = [closed[number] for number in wrong & closed.keys() & model.keys()]
    return {number for number in hopeful if any(end < starts[number] for end in ends)}


def failures(notebook: Notebook, run: Run, number: str) -> list:
    """List what went wrong in a question's cells, those to answer in first."""
    variable = exercise_template(notebook.chapter).questions[number].variable
    found = []
    for at, fault in run.cells.items():
        cell = notebook.cells[at]
        sets = variable in code_facts(cell.code).assigns
        if cell.question == number or sets:
            found.append((cell.role == "check", not sets, at, fault))
    capture_faults = [run.capture_faults[number]] if number in run.capture_faults else []
    return capture_faults + [one[3] for one in sorted(found, key=lambda one: one[:3])]


MAX_TEXT = 20_000


def marks_of(notebook: Notebook, seen: NotebookRuns, lang: str) -> tuple[Mark, ...]:
    """Give one mark for each question, and one more for each answer in prose."""
    return _each(
        notebook.chapter,
        lambda number, asked: _mark(notebook, seen, asked, lang),
        lambda number: _prose(number, notebook.written.get(number, ""), lang),
    )


def marks_for_person(chapter: str, lang: str) -> tuple[Mark, ...]:
    """Give the marks of a notebook that could not be graded: a person decides on all of them.

    Examples
    --------
    >>> [mark.status for mark in marks_for_person("06", "en")][:2]
    ['person', 'person']
    """

    def by_hand(number: str, points: float) -> Mark:
        return Mark(number, "person", None, points, label("judge.person", lang))

    return _each(
        chapter,
        lambda number, asked: by_hand(number, points_of(asked)),
        lambda number: by_hand(f"{number}w", WRITTEN[number]),
    )


def points_of(asked: Question) -> float:
    """Give a question's points, without those for an answer in prose beside it.

    Examples
    --------
    >>> from rfmkit.classroom.question import question
    >>> points_of(question("6.1")), points_of(question("6.7"))
    (2, 2)
    """
    points = asked.texts["points"] - WRITTEN.get(asked.number, 0)
    return int(points) if float(points).is_integer() else points


def _each(
    chapter: str, make: Callable[[str, Question], Mark], write: Callable[[str], Mark]
) -> tuple[Mark, ...]:
    marks = []
    for number, asked in exercise_template(chapter).questions.items():
        marks.append(make(number, asked))
        if number in WRITTEN:
            marks.append(write(number))
    return tuple(marks)


def _mark(notebook: Notebook, seen: NotebookRuns, asked: Question, lang: str) -> Mark:
    number, points = asked.number, points_of(asked)
    own = seen.own[number]
    status, notes, feedback = _status(notebook, seen, number, lang)
    feedback = feedback or own.feedback
    if status == "person":
        return Mark(number, status, None, points, label("judge.person", lang), notes=notes)
    if status == "open":
        if isinstance(asked.form, Open):
            feedback = label("judge.open", lang)
        return Mark(number, status, None, points, feedback, answer=own.text, notes=notes)
    earned = {"right": points, "follow_through": points, "held": None}.get(status, 0)
    mistake = own.mistake if status == "known_mistake" else None
    return Mark(number, status, earned, points, feedback, mistake, notes=notes, digest=own.digest)


def _status(
    notebook: Notebook, seen: NotebookRuns, number: str, lang: str
) -> tuple[str, tuple[str, ...], str]:
    """Give status, notes, and feedback where it is not what `check` says."""
    status = seen.status(number)
    if status in ("lost", "garbled"):
        return "person", (status,), ""
    if status == "wrong" and isinstance(
        exercise_template(notebook.chapter).questions[number].form, Open
    ):
        return "person", ("no_text",), ""
    if status == "right":
        return _held(seen, number, lang)
    if (
        number in seen.mended
        and seen.mended[number].status == "right"
        and (
            number in seen.fixed
            or (number in seen.mended_second and seen.mended_second[number].status == "right")
        )
    ):
        return "follow_through", ("relay",), label("judge.follow_through", lang)
    if status == "missing":
        faults = failures(notebook, seen.first, number)
        if faults:
            fault = faults[0]
            kind = fault.kind if fault.kind in ("error", "timeout") else "died"
            told = label(f"judge.failed_{kind}", lang, error=fault.error or fault.kind)
            return "failed", (f"cell_{kind}",), told
        if not notebook.of(number):
            return "missing", ("no_cell",), ""
    return status, (), ""


def _held(seen: NotebookRuns, number: str, lang: str) -> tuple[str, tuple[str, ...], str]:
    if number in seen.fixed:
        return "right", ("same_key",), ""
    if seen.second is not None and seen.there[number].status == "right":
        return "right", (), ""
    if number in seen.mended_second and seen.mended_second[number].status == "right":
        return "right", ("relay",), ""
    lost = seen.second is None or number in seen.second.lost
    told = label("judge.held", lang)
    return "held", ("second_lost" if lost else "second_wrong",), told


def _prose(number: str, text: str, lang: str) -> Mark:
    points = WRITTEN[number]
    points = int(points) if float(points).is_integer() else points
    if not text.strip(" .…。"):
        return Mark(f"{number}w", "missing", 0, points, label("judge.prose_missing", lang))
    answer = text[:MAX_TEXT]
    notes = ("cut",) if len(text) > MAX_TEXT else ()
    return Mark(
        f"{number}w", "open", None, points, label("judge.open", lang), answer=answer, notes=notes
    )


MIN_CODE = 400  # characters of a shape: less than this, two students write alike by themselves
RARE = 0.1  # a key that more of the class share says nothing about whose it is
MAX_NAMED = 6


def notebook_flags(
    notebook: Notebook, seen: NotebookRuns, marks: Sequence[Mark], student: str
) -> list[Flag]:
    """List what one notebook shows by itself."""
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
    if code_hash(notebook) and code_hash(notebook) == _model_code(notebook.chapter):
        flags.append(Flag("model_code"))
    flags += [Flag(kind, number) for kind, number in notebook.notes]
    return flags


def code_hash(notebook: Notebook) -> str:
    """Hash the code that a student added to the exercise; "" where it is too little to tell."""
    kit = exercise_template(notebook.chapter).shapes
    shapes = {}
    for cell in notebook.cells:
        shape = code_facts(cell.code).shape
        if cell.question and cell.role in ("answer", "") and shape not in kit:
            shapes.setdefault(cell.question, []).append(shape)
    return _hashed(shapes)


def class_flags(results: Sequence[Result], keys: Mapping[tuple[str, str], dict]) -> list[Result]:
    """Add the flags that only the class together shows."""
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
            shown = ", ".join(others[:MAX_NAMED]) + (" …" if len(others) > MAX_NAMED else "")
            flags.append(Flag("same_code", values={"students": shown}))
        for mark in result.marks:
            if mark.status != "wrong" or not mark.digest:
                continue
            whose = owners.get((result.chapter, mark.number, mark.digest), set())
            rare = len(whose) <= max(1, RARE * sizes[result.chapter])
            if whose and rare and result.student not in whose:
                shown = ", ".join(sorted(whose)[:MAX_NAMED])
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
    kit = exercise_template(chapter).shapes
    shapes = {}
    for cell in model_cells(chapter):
        shape = code_facts(cell.code).shape
        if cell.question and shape not in kit:
            shapes.setdefault(cell.question, []).append(shape)
    return _hashed(shapes)


def _hashed(shapes: dict[str, list[str]]) -> str:
    text = "\n".join(f"{number}\n" + "\n".join(shapes[number]) for number in sorted(shapes))
    return hashlib.sha256(text.encode()).hexdigest()[:32] if len(text) >= MIN_CODE else ""
