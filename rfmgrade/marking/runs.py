"""Run a notebook in the sandbox, and capture each answer when its question is over."""

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
        elif step.what == "take":
            self.capture_faults[step.number] = fault


@dataclass(frozen=True)
class _Step:
    what: str  # "run", "take" or "put": a method of a session
    arguments: tuple
    at: int = -1
    number: str = ""
    counts: bool = True


def run_notebook(
    sandbox: object,
    files: Mapping[str, bytes],
    notebook: Notebook,
    requests: Mapping[str, tuple[str, dict]],
    overlays: Mapping[str, Overlay] | None = None,
    *,
    skip: Collection[int] = (),
    clock: Callable[[], float] = time.monotonic,
) -> Run:
    """Run every cell once, in a fresh session.

    A cell that hangs or dies ends its session; a new one then repeats what went before without it.
    """
    steps = [
        step
        for step in _steps(notebook, requests, overlays or {})
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
                    if clock() - begun > MAX_SECONDS:
                        break
                    reply = getattr(session, step.what)(*step.arguments)
                    position = max(position, place + 1)
                    if step.what == "take" and reply.get("there"):
                        captured.setdefault(step.number, {})[step.counts] = reply
                    elif step.what == "run" and reply.status != "ok":
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


def _steps(notebook: Notebook, requests: Mapping, overlays: Mapping) -> list[_Step]:
    steps = []
    over: set[str] = set()
    for at in range(-1, len(notebook.cells)):
        if at >= 0:
            steps.append(_Step("run", (notebook.cells[at].code,), at))
        for number, how in notebook.captures.get(at, ()):
            if number in requests and number not in over:
                steps.append(_Step("take", requests[number], at, number, how == "answer"))
        for number in notebook.ends_after.get(at, ()):
            if overlay := overlays.get(number):
                steps.append(_Step("put", (overlay.data, overlay.code), at, number))
                over.add(number)
    return steps
