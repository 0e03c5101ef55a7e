"""Run a notebook in the sandbox, and take each answer out when its question is over."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from rfmgrade.marking.exercise import Overlay
from rfmgrade.marking.notebook import Notebook
from rfmgrade.sandbox.hosts import Ended

MAX_RESTARTS = 6
MAX_SECONDS = 180.0
NOTHING = {"there": False}


@dataclass(frozen=True)
class Fault:
    """What went wrong with a cell or an answer.

    Parameters
    ----------
    kind
        "error", "timeout", or why the session ended: "hung", "died", "flooded", "forged".
    error
        What was raised, in one line.
    """

    kind: str
    error: str = ""


@dataclass
class Run:
    """What came out of one run.

    Parameters
    ----------
    answers
        For each question what the sandbox gave for its variable.
    cells
        The cells that went wrong, by their place.
    taking
        The answers that could not be taken, by question.
    lost
        The questions that were not reached: too many restarts, or too long altogether.
    """

    answers: dict[str, dict] = field(default_factory=dict)
    cells: dict[int, Fault] = field(default_factory=dict)
    capture_faults: dict[str, Fault] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    @property
    def endings(self) -> set[str]:
        """Tell in what ways sessions ended before their time."""
        faults = [*self.cells.values(), *self.capture_faults.values()]
        return {one.kind for one in faults} - {"error", "timeout"}

    @property
    def stuck(self) -> set[int]:
        """List the cells that hung, died or took too long."""
        return {at for at, fault in self.cells.items() if fault.kind != "error"}


@dataclass(frozen=True)
class _Step:
    what: str  # "run", "take" or "put"
    at: int
    number: str = ""
    counts: bool = True


def run_notebook(
    sandbox: object,
    files: Mapping[str, bytes],
    notebook: Notebook,
    asks: Mapping[str, tuple[str, dict]],
    overlays: Mapping[str, Overlay] | None = None,
    *,
    skip: Collection[int] = (),
    clock: Callable[[], float] = time.monotonic,
) -> Run:
    """Run every cell once, in a fresh session.

    A cell that hangs or dies ends its session; a new one then repeats what went before without it.

    Parameters
    ----------
    sandbox
        A Sandbox, or anything that has its `session`.
    files
        What stands beside the notebook.
    notebook
        The notebook.
    asks
        For each question the variable and what is wanted of it.
    overlays
        For a relay: what is put into the student's names when these questions are over. Their own
        answers are taken before that, never after.
    skip
        Cells that are not run: those that hung or died in an earlier run.
    clock
        Tells the time.
    """
    steps = [
        step
        for step in _steps(notebook, asks, overlays or {})
        if step.what != "run" or step.at not in skip
    ]
    run = Run()
    taken: dict[str, dict[bool, dict]] = {}
    skipped: set[int] = set()
    begun, position, restarts = clock(), 0, 0
    while position < len(steps):
        session = sandbox.session(files)  # one that does not start is no fault of the student's
        try:
            with session:
                for place, step in enumerate(steps):
                    if place in skipped or (place < position and step.what == "take"):
                        continue
                    if clock() - begun > MAX_SECONDS:
                        break
                    _do(step, session, notebook, asks, overlays or {}, run, taken, skipped, place)
                    position = max(position, place + 1)
                else:
                    position = len(steps)
            if position < len(steps):
                break
        except Ended as ended:
            # `place` is where it happened, whether for the first time or in a repetition.
            _note(step, Fault(ended.why, str(ended.detail)[:300]), run)
            skipped.add(place)
            position = max(position, place + 1)
            restarts += 1
            if restarts > MAX_RESTARTS:
                break
    run.lost = {one.number for one in steps[position:] if one.what == "take" and one.counts}
    run.answers = {
        number: taken.get(number, {}).get(True) or taken.get(number, {}).get(False) or NOTHING
        for number in asks
    }
    return run


def _do(
    step: _Step,
    session: object,
    notebook: Notebook,
    asks: Mapping,
    overlays: Mapping,
    run: Run,
    taken: dict,
    skipped: set[int],
    place: int,
) -> None:
    if step.what == "run":
        outcome = session.run(notebook.cells[step.at].code)
        if outcome.status != "ok":
            _note(step, Fault(outcome.status, outcome.error), run)
        if outcome.status == "timeout":
            skipped.add(place)  # a repetition would wait as long
    elif step.what == "put":
        session.put(overlays[step.number].data, overlays[step.number].code)
    else:
        answer = session.take(*asks[step.number])
        if answer.get("there"):
            taken.setdefault(step.number, {})[step.counts] = answer


def _note(step: _Step, fault: Fault, run: Run) -> None:
    if step.what == "run":
        run.cells[step.at] = fault
    elif step.what == "take":
        run.capture_faults[step.number] = fault


def _steps(notebook: Notebook, asks: Mapping, overlays: Mapping) -> list[_Step]:
    steps = []
    over: set[str] = set()
    for at in range(-1, len(notebook.cells)):
        if at >= 0:
            steps.append(_Step("run", at))
        for number, how in notebook.captures.get(at, ()):
            if number in asks and number not in over:
                steps.append(_Step("take", at, number, how == "answer"))
        for number in notebook.ends_after.get(at, ()):
            if number in overlays:
                steps.append(_Step("put", at, number))
                over.add(number)
    return steps
