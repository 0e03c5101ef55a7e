"""`check` never raises, never changes an answer, never waits and never imports anything heavy."""

import copy
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sample_questions import SAMPLES

import rfmkit as rk
from rfmkit.classroom import check
from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import all_questions

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = [*SAMPLES, *all_questions()]


def form_of(number):
    return (all_questions() | SAMPLES)[number].answer_type


LONG = "<b>長 long</b> " * 5000


def boo(*_, **__):
    raise RuntimeError("boo")


class Evil:
    __eq__ = __repr__ = __str__ = __array__ = __getattr__ = __len__ = __iter__ = boo
    __float__ = __bool__ = __call__ = boo
    __hash__ = None
    __class__ = property(boo)


class Leaving:
    def __iter__(self):
        raise SystemExit

    def __call__(self, *_):
        raise SystemExit

    def __str__(self):
        raise SystemExit


class EvilFrame(pd.DataFrame):
    __eq__ = __array__ = astype = rename = set_index = sort_index = to_numpy = boo
    __getitem__ = __len__ = reset_index = copy = boo
    shape = columns = property(boo)


class EvilSeries(pd.Series):
    __eq__ = __array__ = astype = map = sort_index = to_numpy = tolist = boo
    __getitem__ = __len__ = copy = boo
    index = property(boo)


class EvilText(str):
    __eq__ = strip = casefold = __str__ = __format__ = boo
    __hash__ = str.__hash__


class MetaEvil(type):
    __name__ = property(boo)
    __instancecheck__ = boo


class OfEvilKind(metaclass=MetaEvil):
    pass


def cells(thing, kind=pd.Series):
    """Put a thing into a column without pandas looking at it."""
    held = np.empty(1, dtype=object)
    held[0] = thing
    series = pd.Series(held, index=["C1"], dtype=object)
    return (
        series
        if kind is pd.Series
        else pd.concat({"frequency": series, "monetary": series}, axis=1)
    )


def turned(frame, kind):
    frame.__class__ = kind
    return frame


def lazy():
    yield from boo()


def parse_frame(value):
    return pd.DataFrame({"customer": ["C1"], "frequency": [value], "monetary": [value]})


ODD = {
    "evil": Evil(),
    "evil in a list": [Evil()],
    "evil in a dict": {"top": Evil(), "rest": Evil()},
    "evil cells": cells(Evil()),
    "evil cells in a table": cells(Evil(), pd.DataFrame),
    "leaving": Leaving(),
    "leaving in a list": [Leaving()],
    "leaving cells": cells(Leaving()),
    "evil frame": turned(cells(1, pd.DataFrame), EvilFrame),
    "evil series": turned(cells(1), EvilSeries),
    "evil text": EvilText("b"),
    "of an evil kind": OfEvilKind(),
    "generator": lazy(),
    "range": range(3),
    "module": pd,
    "class": dict,
    "function": boo,
    "text": "text",
    "empty text": "",
    "long text": LONG,
    "bytes": b"bytes",
    "NaN": float("nan"),
    "infinite": float("inf"),
    "complex": 1j,
    "huge": 10**400,
    "NA": pd.NA,
    "NaT": pd.NaT,
    "True": True,
    "duration": pd.Timedelta("3D"),
    "durations": pd.Series(pd.to_timedelta([1, 2], unit="D"), index=["C1", "C2"]),
    "day": pd.Timestamp("2021-04-01"),
    "nested lists": [[1, [2, [3]]], []],
    "empty list": [],
    "empty dict": {},
    "empty frame": pd.DataFrame(),
    "empty series": pd.Series(dtype=float),
    "mixed cells": pd.Series([1, "x", None, [2], {}], index=list("abcde"), dtype=object),
    "mixed table": parse_frame("x"),
    "lists in cells": parse_frame([1, 2]),
    "frames in cells": cells(pd.DataFrame({"a": [1]})),
    "numbers as text": parse_frame("5"),
    "long cells": pd.Series([LONG], index=[LONG]),
    "long headings": pd.DataFrame({LONG: [1], LONG + "2": [2]}),
    "many headings": pd.DataFrame(np.zeros((2, 400))),
    "duplicate index": pd.DataFrame(
        {"frequency": 1, "monetary": 1, "customers": 1, "revenue": 1, "service": "abc4:small"},
        index=["C1", "C1"],
    ),
    "index of many levels": parse_frame(1).set_index(["customer", "frequency"]),
    "headings of many levels": pd.concat({"x": parse_frame(1)}, axis=1),
    "same heading twice": pd.DataFrame([[1, 2, 3]], columns=["monetary", "monetary", "customer"]),
    "customer twice": pd.DataFrame([[1, 2]], columns=["customer", "customer"]),
    "no key": pd.Series([1.5, 2.5]),
    "blank keys": pd.Series([1.5, 2.5], index=[None, float("nan")]),
    "array of objects": cells(Evil()).to_numpy(),
    "three dimensions": np.zeros((2, 2, 2)),
    "sparse": pd.Series(pd.arrays.SparseArray([0, 1]), index=["C1", "C2"]),
    "intervals": pd.Series(pd.interval_range(0, 2), index=["C1", "C2"]),
}
OPEN_TEXTS = {"text", "long text", "evil text", "empty text"}


# One test a question and not one an answer: there are eight thousand pairs.
@pytest.mark.parametrize("number", NUMBERS)
def test_an_odd_answer_gets_a_kind_sentence(number, samples):
    takes_texts = isinstance(form_of(number), Open)
    for place, (name, answer) in enumerate(ODD.items()):
        rk.use_language(("zh-TW", "en")[place % 2])
        card = check(number, answer)
        if takes_texts and name in OPEN_TEXTS:
            assert card.status in ("open", "not_attempted", "wrong"), name
        else:
            assert card.status in ("wrong", "known_mistake") or (name, card.status) == (
                "evil text",
                "right",
            ), name
        assert card.text, name
        assert "{" not in card.text, name
        assert len(card.text) < 1000, name
        assert "<b>" not in card._repr_html_(), name
        assert len(card._repr_html_()) < 4000, name


def big_answers():
    million = np.arange(1_000_000)
    table = pd.DataFrame({"frequency": million, "monetary": million, "customers": million})
    return {
        "frame": table,
        "frame by customer": table.set_index(pd.Index(million, name="customer")),
        "series": table["monetary"],
        "array": million,
        "list": million.tolist(),
        "set": set(range(1_000_000)),
        "dict": dict.fromkeys(range(1_000_000), 1),
        "text": "a" * 1_000_000,
        "wide": pd.DataFrame(np.zeros((1, 100_000))),
    }


BIG = big_answers()


@pytest.mark.parametrize("number", [*SAMPLES, "6.2"])
def test_a_million_rows_are_answered_at_once(number, samples):
    case = open_case()
    check(number, 5, case=case)
    for name, answer in BIG.items():
        started = time.process_time()
        card = check(number, answer, case=case)
        assert time.process_time() - started < 1, name
        assert card.status == "wrong"
        assert len(card._repr_html_()) < 4000


@pytest.mark.parametrize("number", SAMPLES)
def test_no_answer_is_changed(number, samples):
    case = open_case()
    asked = SAMPLES[number]
    answers = [asked.reference(case), *(asked.answer_with(case, name) for name in asked.slips)]
    answers += [case.rfm.copy(), case.rfm.reset_index(), case.rfm["monetary"].astype(object).copy()]
    for answer in answers:
        before = copy.deepcopy(answer)
        check(number, answer, case=case)
        if isinstance(answer, pd.DataFrame):
            pd.testing.assert_frame_equal(answer, before)
        elif isinstance(answer, pd.Series):
            pd.testing.assert_series_equal(answer, before)
        elif not callable(answer) and not isinstance(answer, pd.Index):
            assert answer == before


def test_somebody_who_will_not_wait_can_stop_a_function(samples):
    def endless(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("s.function", endless)


def test_a_function_cannot_touch_the_books(samples):
    case = open_case()
    before = case.rfm.copy()

    def spoils(rfm, count):
        rfm["monetary"] = 0
        return 1

    assert check("s.function", spoils, case=case).status == "wrong"
    pd.testing.assert_frame_equal(case.rfm, before)


def test_check_imports_nothing_heavy(run_python):
    source = (
        f"import os, sys; os.chdir({str(ROOT)!r})\n"
        "from rfmkit.classroom import check\n"
        "for number in ('6.1', '6.2', '6.4', '6.6'):\n"
        "    for answer in (7, 'x', [1], object(), {'a': 1}):\n"
        "        repr(check(number, answer)); check(number, answer)._repr_html_()\n"
        "heavy = {'matplotlib', 'seaborn', 'scipy', 'sklearn', 'IPython', 'duckdb', 'polars'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = run_python("-c", source, RFMKIT_PROGRESS="off")
    assert done.stdout.decode().strip() == "[]", done.stderr.decode()


def test_polars_frames_are_named_and_never_computed(samples):
    polars = pytest.importorskip("polars")
    rk.use_language("en")
    for answer in (polars.DataFrame({"a": [1]}), polars.LazyFrame({"a": [1]})):
        assert "polars" in check("s.table", answer).text
