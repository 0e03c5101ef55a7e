"""Runs: what is asked when, what is repeated after a death, what a relay may never take."""

import pickle
from types import SimpleNamespace

import pytest

from rfmgrade.marking.notebook import Cell, Notebook
from rfmgrade.marking.runs import MAX_RESTARTS, Fault, Overlay, run_notebook
from rfmgrade.sandbox import Outcome
from rfmgrade.sandbox.hosts import Ended

ASKS = {"1": ("a", {"kind": "value"}), "2": ("b", {"kind": "value"})}


class Script:
    """A sandbox that writes down what is asked of it; `dies` holds what ends a session."""

    def __init__(self, *dies):
        self.dies, self.log = list(dies), []

    def session(self, files):
        self.log.append("new")
        return self

    __enter__ = lambda self: self  # noqa: E731
    __exit__ = lambda self, *_: None  # noqa: E731

    def run(self, code):
        self._do(code)
        return Outcome("timeout", "late") if "late" in code else Outcome("ok")

    def take(self, variable, want):
        self._do(f"take {variable}")
        return {"there": True, "answer": len(self.log)}

    def put(self, data, code):
        self._do(f"put {pickle.loads(data)}")
        return Outcome("ok")

    def _do(self, what):
        self.log.append(what)
        if what in self.dies:
            raise Ended("died", "gone")


def notebook(*codes, captures=None, ends_after=None):
    cells = tuple(Cell(code, "") for code in codes)
    return Notebook("06", cells, captures or {}, ends_after or {}, {})


TWO = notebook(
    "one",
    "two",
    "three",
    captures={0: (("1", "answer"),), 1: (("2", "answer"),)},
    ends_after={0: ("1",), 1: ("2",)},
)
MEND = {"1": Overlay(pickle.dumps({"a": 7}), "", frozenset("a"))}


def test_answers_are_taken_where_their_question_ends():
    sandbox = Script()
    run = run_notebook(sandbox, {}, TWO, ASKS)
    assert sandbox.log == ["new", "one", "take a", "two", "take b", "three"]
    assert run.answers["1"]["there"]
    assert not run.cells
    assert not run.lost


def test_a_relay_takes_an_answer_before_its_overlay_and_never_after():
    both = (("1", "answer"), ("2", "answer"))
    twice = notebook("one", "two", captures={0: both[:1], 1: both}, ends_after={0: ("1",)})
    sandbox = Script()
    run_notebook(sandbox, {}, twice, ASKS, MEND)
    assert sandbox.log == ["new", "one", "take a", "put {'a': 7}", "two", "take b"]


def test_a_deadly_cell_is_left_out_when_the_rest_is_repeated():
    sandbox = Script("two")
    run = run_notebook(sandbox, {}, TWO, ASKS, MEND)
    assert sandbox.log == [
        "new",
        "one",
        "take a",
        "put {'a': 7}",
        "two",
        "new",
        "one",
        "put {'a': 7}",
        "take b",
        "three",
    ]
    assert run.cells == {1: Fault("died", "gone")}
    assert run.answers["1"]["answer"] == 3  # not asked for again


def test_a_deadly_answer_is_left_out_too():
    sandbox = Script("take a")
    run = run_notebook(sandbox, {}, TWO, ASKS)
    assert run.capture_faults == {"1": Fault("died", "gone")}
    assert run.answers["1"] == {"there": False}
    assert run.answers["2"]["there"]


def test_a_cell_that_dies_only_in_the_repetition():
    class Later(Script):
        def _do(self, what):
            super()._do(what)
            if what == "one" and self.log.count("one") == 2:
                raise Ended("hung")

    sandbox = Later("two")
    run = run_notebook(sandbox, {}, TWO, ASKS)
    assert run.cells[0] == Fault("hung", "")
    assert sandbox.log.count("new") == 3
    assert run.answers["2"]["there"]


def test_a_slow_cell_is_not_repeated():
    sandbox = Script("three")
    book = notebook("late", "two", "three", "four", captures={3: (("1", "answer"),)})
    run = run_notebook(sandbox, {}, book, ASKS)
    assert sandbox.log == ["new", "late", "two", "three", "new", "two", "four", "take a"]
    assert run.stuck == {0, 2}
    again = Script()
    run_notebook(again, {}, book, ASKS, skip=run.stuck)
    assert again.log == ["new", "two", "four", "take a"]


def test_restarts_have_an_end_and_the_rest_is_lost():
    codes = [f"die {n}" for n in range(20)]
    book = notebook("one", *codes, "last", captures={0: (("1", "answer"),), 21: (("2", "answer"),)})
    run = run_notebook(Script(*codes), {}, book, ASKS)
    assert run.lost == {"2"}
    assert run.answers["1"]["there"]
    assert len(run.cells) == MAX_RESTARTS + 1


def test_the_whole_has_an_end_too():
    now = iter(range(0, 10_000, 70))
    run = run_notebook(Script(), {}, TWO, ASKS, clock=lambda: next(now))
    assert run.lost == {"2"}
    assert run.answers["1"]["there"]


def test_the_last_answer_that_counts_is_the_answer_and_spares_fill_gaps():
    class Named(Script):
        def take(self, variable, want):
            self._do(f"take {variable}")
            there = not (variable == "b" and self.log.count("take b") == 1)
            return {"there": there, "answer": len(self.log)}

    captures = {
        0: (("1", "answer"), ("2", "answer")),
        1: (("1", "answer"),),
        2: (("1", "fallback"), ("2", "fallback")),
    }
    run = run_notebook(Named(), {}, notebook("one", "two", "three", captures=captures), ASKS)
    assert run.answers["1"]["answer"] == 6  # new, one, a, b, two, a
    assert run.answers["2"]["there"]


def test_a_session_that_does_not_start_is_ours():
    def session(files):
        raise OSError("none left")

    with pytest.raises(OSError, match="none left"):
        run_notebook(SimpleNamespace(session=session), {}, TWO, ASKS)
