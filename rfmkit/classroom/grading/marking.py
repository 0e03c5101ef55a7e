"""Mark one notebook: run it on two cases, replay it with earlier answers mended, say what it is."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from rfmkit.classroom.forms import Choice, Choices, Open
from rfmkit.classroom.grading.blank import blank
from rfmkit.classroom.grading.cases import Books, Shelf
from rfmkit.classroom.grading.code_reading import look_at
from rfmkit.classroom.grading.judge import Judged, judge, same_key, wanted
from rfmkit.classroom.grading.notebook import Notebook
from rfmkit.classroom.grading.runs import Run, run_notebook

WRONG = ("wrong", "known_mistake")
MOST_ATTEMPTS = 6


@dataclass
class Seen:
    """What a notebook's runs showed.

    Parameters
    ----------
    mine, other
        The student's case, and the second one.
    first, second
        The run on each; the second is None where nothing needed it.
    own, there
        What the judge said of each question in them.
    relay, relay_there
        The same of the runs in which earlier answers were mended.
    fixed
        The questions that have the same answer on both cases.
    """

    mine: Books
    other: Books
    first: Run
    own: dict[str, Judged]
    fixed: set[str]
    second: Run | None = None
    there: dict[str, Judged] = field(default_factory=dict)
    relay: dict[str, Judged] = field(default_factory=dict)
    relay_there: dict[str, Judged] = field(default_factory=dict)

    def status(self, number: str) -> str:
        """Tell how the answer did on the student's own case."""
        if number in self.first.lost:
            return "lost"
        return self.own[number].status


def run_all(
    notebook: Notebook, lang: str, *, seed: int, second: Callable[[int], int],
    shelf: Shelf, sandbox: object,
) -> Seen:  # fmt: skip
    """Make all the runs that a notebook needs.

    Parameters
    ----------
    notebook
        The notebook.
    lang
        The language of the feedback.
    seed
        The seed of the student's case.
    second
        Gives the seed of a second case for an attempt.
    shelf
        Where the cases stand.
    sandbox
        Where the notebook runs.
    """
    questions = blank(notebook.chapter).questions
    mine = shelf.books(seed)
    other = second_case(notebook.chapter, mine, second, shelf)
    fixed = {number for number, asked in questions.items()
             if same_key(asked, mine.case, other.case)}  # fmt: skip
    first, own = _run(notebook, mine, lang, sandbox)
    _hold_us_to_our_own(notebook, first)
    seen = Seen(mine, other, first, own, fixed)
    right = {number for number in questions if seen.status(number) == "right"}
    if right - fixed:
        seen.second, seen.there = _run(notebook, other, lang, sandbox, skip=first.stuck)
    wrong = {number for number in questions
             if own[number].status not in ("right", "open")
             and not isinstance(questions[number].form, Open)}  # fmt: skip
    hopeful = _behind(notebook, mine, wrong, _may_follow(seen, notebook))
    if hopeful:
        _, seen.relay = _run(notebook, mine, lang, sandbox, mend=wrong, skip=first.stuck)
    followed = {number for number in hopeful if seen.relay[number].status == "right"} - fixed
    slipped = {number for number in right - fixed if seen.there[number].status != "right"}
    # A slip may show on one case only; what then depends on it must not be held for it.
    mend = wrong | slipped
    if followed or _behind(notebook, other, mend, slipped):
        skip = first.stuck
        _, seen.relay_there = _run(notebook, other, lang, sandbox, mend=mend, skip=skip)
    return seen


def second_case(
    chapter: str, mine: Books, second: Callable[[int], int], shelf: Shelf
) -> Books:  # fmt: skip
    """Choose the second case: the class's, unless a computed answer is the same there by chance.

    Parameters
    ----------
    chapter
        Such as "06".
    mine
        The student's case.
    second
        Gives a seed for an attempt.
    shelf
        Where the cases stand.
    """
    computed = [asked for asked in blank(chapter).questions.values()
                if not isinstance(asked.form, Choice | Choices | Open)]  # fmt: skip
    found = []
    for attempt in range(MOST_ATTEMPTS):
        other = shelf.books(second(attempt))
        alike = sum(same_key(asked, mine.case, other.case) for asked in computed)
        found.append((alike, attempt, other))
        if alike == 0:
            break
        if attempt == 1 and alike == found[0][0]:
            break  # an answer that is the same everywhere, such as that of a function
    return min(found, key=lambda one: one[:2])[2]


def _run(
    notebook: Notebook, books: Books, lang: str, sandbox: object,
    mend: Iterable[str] = (), skip: Collection[int] = (),
) -> tuple[Run, dict[str, Judged]]:  # fmt: skip
    questions = blank(notebook.chapter).questions
    asks = {number: (asked.variable, wanted(asked, books.case))
            for number, asked in questions.items()}  # fmt: skip
    overlays = {}
    if mend:
        model = books.overlays(notebook.chapter)
        overlays = {number: model[number] for number in mend if number in model}
    run = run_notebook(sandbox, books.files, notebook, asks, overlays, skip=skip)
    return run, {number: judge(asked, books.case, run.answers[number], lang)
                 for number, asked in questions.items()}  # fmt: skip


def _hold_us_to_our_own(notebook: Notebook, first: Run) -> None:
    """Refuse to mark where the exercise's own beginning, which nobody changed, did not run."""
    own = blank(notebook.chapter).by_text
    for at, cell in enumerate(notebook.cells):
        if cell.role != "kit" or cell.code.strip() not in own:
            return
        if at in first.cells:
            raise RuntimeError(f"the exercise's own cell failed: {first.cells[at]}")


def _may_follow(seen: Seen, notebook: Notebook) -> set[str]:
    """List the questions whose answer may be wrong for an earlier one's sake."""
    questions = blank(notebook.chapter).questions
    found = set()
    for number, asked in questions.items():
        chosen = isinstance(asked.form, Choice | Choices | Open) and number in seen.fixed
        status = seen.status(number)
        if status in WRONG or (status == "missing" and failures(notebook, seen.first, number)):
            found |= set() if chosen else {number}
    return found


def _behind(notebook: Notebook, books: Books, wrong: set[str], hopeful: set[str]) -> set[str]:
    """Of the hopeful, keep those behind a wrong one whose names the student's later code reads."""
    if not wrong or not hopeful:
        return set()
    model = books.overlays(notebook.chapter)
    closed = {number: at for at, numbers in notebook.closes.items() for number in numbers}
    starts = {number: min((at for at, cell in enumerate(notebook.cells)
                           if cell.question == number), default=-1)
              for number in hopeful}  # fmt: skip
    for number in wrong & closed.keys() & model.keys():
        later = notebook.cells[closed[number] + 1 :]
        if model[number].names & {name for cell in later for name in look_at(cell.code).reads}:
            continue
        del closed[number]
    ends = [closed[number] for number in wrong & closed.keys() & model.keys()]
    return {number for number in hopeful if any(end < starts[number] for end in ends)}


def failures(notebook: Notebook, run: Run, number: str) -> list:
    """List what went wrong in a question's cells, those to answer in first.

    Parameters
    ----------
    notebook
        The notebook.
    run
        The run.
    number
        The question.
    """
    variable = blank(notebook.chapter).questions[number].variable
    found = []
    for at, fault in run.cells.items():
        cell = notebook.cells[at]
        sets = variable in look_at(cell.code).assigns
        if cell.question == number or sets:
            found.append((cell.role == "check", not sets, at, fault))
    taking = [run.taking[number]] if number in run.taking else []
    return taking + [one[3] for one in sorted(found, key=lambda one: one[:3])]
