"""Make the runs that a notebook needs, and give marks and flags."""

import ast
import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rfmgrade.config import folded_id, name_key
from rfmgrade.marking.notebook import (
    Notebook,
    code_facts,
    exercise_template,
    model_cells,
    parse_code,
    without_docstrings,
)
from rfmgrade.marking.results import Flag, GradedItem, GradingJob, Mark, Result, chapter_items
from rfmgrade.marking.runs import (
    CaseCache,
    CaseFiles,
    Fault,
    Judgement,
    Run,
    run_on_case,
    same_key,
)
from rfmkit.classroom.answer_types import Choice, Choices, Open
from rfmkit.classroom.question import Question
from rfmkit.labels import label

WRONG = ("wrong", "known_mistake")
MAX_TEXT = 20_000  # characters of an open answer
MIN_CODE = 400  # characters of a shape: less than this, two students write alike by themselves
RARE = 0.1  # a key that more of the class share says nothing about whose it is
MAX_NAMED = 6
RUN, MIN_TEXT, MIN_SHARED = 8, 40, 0.7  # letters of a run and of a text; share that is alike


@dataclass
class NotebookRuns:
    """What a notebook's runs showed."""

    notebook: Notebook  # the notebook
    lang: str  # the language of the feedback
    # The student's case, and another one.
    own_case: CaseFiles
    second_case: CaseFiles
    # The run on the student's case, and the judgement of each question in it.
    first_run: Run
    first: dict[str, Judgement]
    same_key: set[str]  # the questions that have the same right answer on both cases
    # The same on the second case; None where nothing needed it.
    second_run: Run | None = None
    second: dict[str, Judgement] = field(default_factory=dict)
    # The judgements of the runs in which wrong answers were replaced by the model's.
    repaired: dict[str, Judgement] = field(default_factory=dict)
    repaired_second: dict[str, Judgement] = field(default_factory=dict)

    def status(self, number: str) -> str:
        """Return how the answer did on the student's own case."""
        return "lost" if number in self.first_run.lost else self.first[number].status

    def failures(self, number: str) -> list[Fault]:
        """List what went wrong in a question's cells, those to answer in first."""
        variable = self.notebook.template.questions[number].variable
        found = []
        for at, fault in self.first_run.cells.items():
            cell = self.notebook.cells[at]
            assigns = variable in cell.facts.assigns
            if cell.question == number or assigns:
                found.append((cell.role == "check", not assigns, at, fault))
        faults = self.first_run.capture_faults
        own = [faults[number]] if number in faults else []
        return own + [one[3] for one in sorted(found, key=lambda one: one[:3])]


def run_cases(
    notebook: Notebook, job: GradingJob, cases: CaseCache, sandbox: object
) -> NotebookRuns:
    """Make all the runs that a notebook needs."""
    questions = notebook.template.questions
    own_case = cases.get(job.seed)
    second_case, same = choose_second_case(questions, own_case, job.second_seeds, cases)

    def run_on(case: CaseFiles, repair: Collection[str] = (), skip: Collection[int] = ()) -> tuple:
        return run_on_case(case, notebook, job.lang, sandbox, repair, skip)

    first_run, first = run_on(own_case)
    _check_setup_ran(notebook, first_run)
    runs = NotebookRuns(notebook, job.lang, own_case, second_case, first_run, first, same)
    stuck = first_run.stuck
    right = {number for number in questions if runs.status(number) == "right"}
    if right - same:
        runs.second_run, runs.second = run_on(second_case, skip=stuck)
    wrong = {
        number
        for number, question in questions.items()
        if first[number].status not in ("right", "open")
        and not isinstance(question.answer_type, Open)
    }
    hopeful = _depending_on(wrong, _follow_through_candidates(runs), notebook, own_case)
    if hopeful:
        _, runs.repaired = run_on(own_case, wrong, stuck)
    followed = {number for number in hopeful if runs.repaired[number].status == "right"} - same
    slipped = {number for number in right - same if runs.second[number].status != "right"}
    # A slip may show on one case only; what then depends on it must not be held for it.
    repair = wrong | slipped
    if followed or _depending_on(repair, slipped, notebook, second_case):
        _, runs.repaired_second = run_on(second_case, repair, stuck)
    return runs


def choose_second_case(
    questions: Mapping[str, Question],
    own_case: CaseFiles,
    second_seeds: Sequence[int],
    cases: CaseCache,
) -> tuple[CaseFiles, set[str]]:
    """Choose the second case, and list the questions whose right answer is the same there.

    It is the class's, unless a computed answer is the same there by chance.
    """
    computed = {
        number
        for number, question in questions.items()
        if not isinstance(question.answer_type, Choice | Choices | Open)
    }
    found = []
    for seed in second_seeds:
        other = cases.get(seed)
        same = {
            number
            for number, question in questions.items()
            if same_key(question, own_case.case, other.case)
        }
        found.append((len(same & computed), other, same))
        if not same & computed:
            break
        if len(found) == 2 and found[0][0] == found[1][0]:
            break  # an answer that is the same everywhere, such as that of a function
    _, other, same = min(found, key=lambda one: one[0])
    return other, same


def _check_setup_ran(notebook: Notebook, first_run: Run) -> None:
    """Refuse to mark where the exercise's own beginning, which nobody changed, did not run."""
    if first_run.kit_fault is not None:
        raise RuntimeError(f"the kit's own cell failed: {first_run.kit_fault}")
    for at, cell in enumerate(notebook.cells):
        if cell.role != "template" or cell.code.strip() not in notebook.template.by_text:
            return
        if at in first_run.cells:
            raise RuntimeError(f"the exercise's own cell failed: {first_run.cells[at]}")


def _follow_through_candidates(runs: NotebookRuns) -> set[str]:
    """List the questions whose answer may be wrong because of an earlier one."""
    found = set()
    for number, question in runs.notebook.template.questions.items():
        chosen = (
            isinstance(question.answer_type, Choice | Choices | Open) and number in runs.same_key
        )
        status = runs.status(number)
        failed = status in WRONG or (status == "missing" and runs.failures(number))
        found |= {number} if failed and not chosen else set()
    return found


def _depending_on(
    wrong: set[str], candidates: set[str], notebook: Notebook, case: CaseFiles
) -> set[str]:
    """Keep the candidates behind a wrong answer whose names the student's later code reads."""
    if not wrong or not candidates:
        return set()
    model = case.overlays(notebook.chapter)
    ended = {number: at for at, numbers in notebook.ends_after.items() for number in numbers}
    starts = {
        number: min(
            (at for at, cell in enumerate(notebook.cells) if cell.question == number), default=-1
        )
        for number in candidates
    }
    ends = []
    for number in wrong & ended.keys() & model.keys():
        later = notebook.cells[ended[number] + 1 :]
        if model[number].names & {name for cell in later for name in cell.facts.reads}:
            ends.append(ended[number])
    return {number for number in candidates if any(end < starts[number] for end in ends)}


def marks_of(runs: NotebookRuns) -> tuple[Mark, ...]:
    """Mark each question, and each answer in prose."""
    return tuple(
        _text_mark(item, runs) if item.is_text else _mark(item, runs)
        for item in chapter_items(runs.notebook.chapter)
    )


def marks_for_person(chapter: str, lang: str) -> tuple[Mark, ...]:
    """Return the marks of a notebook that could not be graded: a person decides on all of them.

    Examples
    --------
    >>> [mark.status for mark in marks_for_person("06", "en")][:2]
    ['person', 'person']
    """
    items = chapter_items(chapter)
    message = label("judge.person", lang)
    return tuple(Mark(item.number, "person", None, item.points, message) for item in items)


def _mark(item: GradedItem, runs: NotebookRuns) -> Mark:
    number, points, lang = item.number, item.points, runs.lang
    own = runs.first[number]
    status, notes, feedback = _status(number, runs)
    feedback = feedback or own.feedback
    if status == "person":
        return Mark(number, status, None, points, label("judge.person", lang), notes=notes)
    if status == "open":
        if isinstance(runs.notebook.template.questions[number].answer_type, Open):
            feedback = label("judge.open", lang)
        return Mark(number, status, None, points, feedback, answer=own.text, notes=notes)
    earned = {"right": points, "follow_through": points, "held": None}.get(status, 0)
    mistake = own.mistake if status == "known_mistake" else None
    shared = runs.second[number].digest if number in runs.second else ""
    return Mark(
        number,
        status,
        earned,
        points,
        feedback,
        mistake,
        notes=notes,
        digest=own.digest,
        shared_digest=shared,
    )


def _status(number: str, runs: NotebookRuns) -> tuple[str, tuple[str, ...], str]:
    """Return status, notes, and feedback where it is not what `check` says."""
    status = runs.status(number)
    if status in ("lost", "garbled"):
        return "person", (status,), ""
    if status == "wrong" and isinstance(runs.notebook.template.questions[number].answer_type, Open):
        return "person", ("no_text",), ""
    if status == "right":
        return _reviewed_or_right(number, runs)
    if _is_right(number, runs.repaired) and (
        number in runs.same_key or _is_right(number, runs.repaired_second)
    ):
        return "follow_through", ("mended",), label("judge.follow_through", runs.lang)
    if status == "missing":
        if faults := runs.failures(number):
            fault = faults[0]
            kind = fault.kind if fault.kind in ("error", "timeout") else "died"
            message = label(f"judge.failed_{kind}", runs.lang, error=fault.error or fault.kind)
            return "failed", (f"cell_{kind}",), message
        if not runs.notebook.of(number):
            return "missing", ("no_cell",), ""
    return status, (), ""


def _reviewed_or_right(number: str, runs: NotebookRuns) -> tuple[str, tuple[str, ...], str]:
    if number in runs.same_key:
        return "right", ("same_key",), ""
    if _is_right(number, runs.second):
        return "right", (), ""
    if _is_right(number, runs.repaired_second):
        return "right", ("mended",), ""
    lost = runs.second_run is None or number in runs.second_run.lost
    note = "second_lost" if lost else "second_wrong"
    return "held", (note,), label("judge.held", runs.lang)


def _is_right(number: str, judgements: Mapping[str, Judgement]) -> bool:
    return number in judgements and judgements[number].status == "right"


def _text_mark(item: GradedItem, runs: NotebookRuns) -> Mark:
    text, lang = runs.notebook.written.get(item.number.removesuffix("w"), ""), runs.lang
    if not text.strip(" .…。"):
        missing = label("judge.prose_missing", lang)
        return Mark(item.number, "missing", 0, item.points, missing)
    notes = ("cut",) if len(text) > MAX_TEXT else ()
    read = label("judge.open", lang)
    return Mark(item.number, "open", None, item.points, read, answer=text[:MAX_TEXT], notes=notes)


def notebook_flags(runs: NotebookRuns, marks: Sequence[Mark], student: str) -> list[Flag]:
    """List what one notebook shows by itself. A flag never changes a mark."""
    notebook = runs.notebook
    flags = [Flag("typed_in", mark.number) for mark in marks if mark.status == "held"]
    made = [run for run in (runs.first_run, runs.second_run) if run is not None]
    for why in sorted({why for run in made for why in run.endings}):
        kind = why if why in ("hung", "died") else "hostile"
        flags.append(Flag(kind, values={"why": why} if kind == "hostile" else {}))
    flags += [Flag(f"tried_{what}") for what in sorted({one for run in made for one in run.tried})]
    replaced = runs.first_run.replaced
    numbers = {name: notebook.template.by_name[name].question for name in replaced}
    flags += [Flag("setup_failed", numbers[name], {"error": replaced[name]}) for name in replaced]
    flags += [Flag("garbled", mark.number) for mark in marks if "garbled" in mark.notes]
    if any(run.lost for run in made):
        flags.append(Flag("too_long"))
    if notebook.student and folded_id(notebook.student) != folded_id(student):
        flags.append(Flag("other_student", values={"student": notebook.student}))
    if code_hash(notebook) and code_hash(notebook) == _model_hash(notebook.chapter):
        flags.append(Flag("model_code"))
    flags += [Flag(kind, number) for kind, number in notebook.notes]
    return flags


def code_hash(notebook: Notebook) -> str:
    """Hash the code that a student added to the exercise; "" where it is too little to compare."""
    own = [cell for cell in notebook.cells if cell.role in ("answer", "")]
    return _hash_shapes(notebook.chapter, own)


def _model_hash(chapter: str) -> str:
    return _hash_shapes(chapter, model_cells(chapter))


def _hash_shapes(chapter: str, cells: Collection) -> str:
    """Hash the syntax trees of cells, with own names numbered: renaming changes nothing."""
    template = exercise_template(chapter)
    trees: dict[str, list[ast.Module]] = {}
    for cell in cells:
        facts = code_facts(cell.code)
        tree = parse_code(cell.code) if facts.shape not in template.shapes else None
        if cell.question and tree is not None:
            trees.setdefault(cell.question, []).append(without_docstrings(tree))
    nodes = [node for of_one in trees.values() for tree in of_one for node in ast.walk(tree)]
    own = {name for node in nodes if (name := _bound_name(node))} - template.variables.keys()
    numbers: dict[str, str] = {}
    for number in sorted(trees):
        for node in (node for tree in trees[number] for node in ast.walk(tree)):
            for field_name in ("id", "arg", "name", "asname"):
                name = getattr(node, field_name, None)
                if isinstance(name, str) and name in own:
                    setattr(node, field_name, numbers.setdefault(name, f"name{len(numbers)}"))
    try:
        text = "\n".join(
            "\n".join([number, *(ast.dump(tree) for tree in trees[number])])
            for number in sorted(trees)
        )
    except (RecursionError, MemoryError):
        return ""
    return hashlib.sha256(text.encode()).hexdigest()[:32] if len(text) >= MIN_CODE else ""


def _bound_name(node: ast.AST) -> str:
    """Return the name that a node gives to something of the student's own."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.alias(asname=str(name)):
            return name
    return ""


def similar_texts(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Find, for each student, those whose text shares most of its runs of eight letters.

    Punctuation, spaces, case and width make no difference. What many wrote, such as the words of
    the task, does not count.

    Examples
    --------
    >>> text = "Call the five first, since they spend most and have gone quiet this spring."
    >>> similar_texts({"S1": text, "S2": text.upper(), "S3": "Lower the prices. " * 5})
    {'S1': {'S2'}, 'S2': {'S1'}}
    """
    runs = {}
    for student, text in texts.items():
        letters = name_key(text)
        found = {letters[at : at + RUN] for at in range(len(letters) - RUN + 1)}
        if len(letters) >= MIN_TEXT:
            runs[student] = found
    owners = defaultdict(list)
    for student, found in runs.items():
        for run in found:
            owners[run].append(student)
    shared: dict[str, Counter] = defaultdict(Counter)
    rare: Counter = Counter()
    for students in owners.values():
        if len(students) <= max(MAX_NAMED, RARE * len(runs)):
            rare.update(students)
            for one in students if len(students) > 1 else ():
                shared[one].update(set(students) - {one})
    return {
        one: alike
        for one, counts in shared.items()
        if (
            alike := {
                other
                for other, count in counts.items()
                if count >= MIN_SHARED * max(rare[one], rare[other])
            }
        )
    }


def class_flags(results: Sequence[Result], keys: Mapping[tuple[str, str], dict]) -> list[Result]:
    """Add the flags that only the class together shows.

    `keys` holds, by student and chapter, the hash of each question's right answer; "" where the
    answer says too little to be anybody's.
    """
    groups = defaultdict(set)
    for result in results:
        groups[result.chapter, result.code].add(result.student)
    owners = defaultdict(set)
    for (student, chapter), digests in keys.items():
        for number, digest in digests.items():
            owners[chapter, number, digest].add(student)
    sizes = Counter(chapter for _, chapter in keys)
    answers: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for result in results:
        for mark in result.marks:
            answers[result.chapter, mark.number][result.student] = mark.answer
    texts = {key: similar_texts(of_one) for key, of_one in answers.items()}
    made = []
    for result in results:
        flags = list(result.flags)
        others = sorted(groups[result.chapter, result.code] - {result.student})
        if result.code and others:
            more = " …" if len(others) > MAX_NAMED else ""
            flags.append(
                Flag("same_code", values={"students": ", ".join(others[:MAX_NAMED]) + more})
            )
        for mark in result.marks:
            if alike := texts[result.chapter, mark.number].get(result.student):
                named = ", ".join(sorted(alike)[:MAX_NAMED])
                flags.append(Flag("same_text", mark.number, {"students": named}))
            if mark.status not in WRONG or not mark.digest:
                continue
            whose = owners.get((result.chapter, mark.number, mark.digest), set())
            rare = len(whose) <= max(1, RARE * sizes[result.chapter])
            if whose and rare and result.student not in whose:
                named = ", ".join(sorted(whose)[:MAX_NAMED])
                flags.append(Flag("other_case", mark.number, {"students": named}))
        made.append(replace(result, flags=tuple(flags)))
    return made
