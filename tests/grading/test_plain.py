"""Answers as plain JSON: every form survives the way out, and nothing odd survives the way in."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfmgrade.sandbox.runtime.plain import (
    MAX_BYTES,
    Drawing,
    InvalidAnswer,
    decode,
    encode,
    encode_drawing,
)


def there_and_back(value):
    return decode(json.loads(json.dumps(encode(value))))


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 0, -7, 2.5, "", "客戶", 10**200, [], (), {}, set(), frozenset({1})),
        *([1, [2, (3, "x")]], {"b": 1, "a": (1, 2)}, {1: {2.5: None}}, {"x"}),
        *(date(2021, 3, 1), pd.Timestamp("2021-03-01 10:20:30.5"), ...),
        *(pd.Timestamp("2021-03-01", tz="Asia/Taipei").tz_convert("UTC"),),
        *(pd.Timedelta("-3 days 2 hours 1 ns"), timedelta(days=2, seconds=3), pd.Period("2021-03")),
    ],
    ids=repr,
)
def test_a_plain_value_comes_back_as_it_was(value):
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    ("value", "back"),
    [
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.True_, True),
        (np.str_("x"), "x"),
        (Decimal("2.50"), 2.5),
        (Fraction(1, 4), 0.25),
        (np.datetime64("2021-03-01"), pd.Timestamp("2021-03-01")),
        (np.timedelta64(3, "D"), pd.Timedelta("3 days")),
        (float("inf"), float("inf")),
    ],
    ids=repr,
)
def test_other_scalars_come_back_as_plain_ones(value, back):
    assert there_and_back(value) == back
    assert type(there_and_back(value)) is type(back)


def test_blanks_stay_blanks():
    back = there_and_back([None, pd.NA, pd.NaT, float("nan")])
    assert back[:3] == [None, pd.NA, pd.NaT] or (back[1] is pd.NA and back[2] is pd.NaT)
    assert back[3] != back[3]


SERIES = {
    "int": pd.Series([1, 2], name="n"),
    "unsigned": pd.Series([1, 2**64 - 1], dtype="uint64"),
    "float": pd.Series([1.5, np.nan, np.inf], index=["a", "b", "a"]),
    "bool": pd.Series([True, False], index=pd.Index([3, 1], name="customer")),
    "nullable bool": pd.Series([True, None], dtype="boolean"),
    "objects": pd.Series([1, "x", None, (1, 2), [3]], dtype=object),
    "no rows": pd.Series([], dtype="float64"),
    "range": pd.Series([1.0, 2.0], index=pd.RangeIndex(5, 1, -2)),
    "days": pd.Series([1, 2], index=pd.to_datetime(["2021-03-01", "2021-03-02"]).astype(object)),
    "dates": pd.Series(pd.to_datetime(["2021-03-01", None]).as_unit("us"), index=["a", "b"]),
    "text": pd.Series(["a", None], index=pd.Index(["x", "y"], name="customer")).astype("str"),
    "levels": pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_comes_back_with_its_index_and_kind(name):
    series = SERIES[name]
    pd.testing.assert_series_equal(there_and_back(series), series, check_index_type=False)
    frame = series.to_frame("x")
    pd.testing.assert_frame_equal(there_and_back(frame), frame, check_index_type=False)


def test_text_categories_and_dates_keep_their_cells():
    for kind in ("string", "category", "Int64", "Float64"):
        series = pd.Series(["1", "2"] if kind == "string" else [1, 2], dtype=kind)
        assert there_and_back(series).tolist() == series.tolist()
    days = pd.Series(pd.to_datetime(["2021-03-01", None]))
    assert there_and_back(days).tolist() == days.tolist()
    assert there_and_back(days - days[0]).tolist() == (days - days[0]).tolist()


def test_a_range_stays_a_range_and_an_array_its_shape():
    assert isinstance(there_and_back(pd.RangeIndex(3)), pd.RangeIndex)
    assert there_and_back(np.zeros((2, 3))).shape == (2, 3)
    assert there_and_back(np.array(["C1", "C2"])).tolist() == ["C1", "C2"]
    assert there_and_back(np.array([["2021-03-01"]], "M8[s]"))[0, 0] == pd.Timestamp("2021-03-01")


def test_repeated_and_many_level_headings_stay():
    frame = pd.DataFrame([[1, 2.5], [3, 4.5]], columns=["a", "a"])
    pd.testing.assert_frame_equal(there_and_back(frame), frame, check_column_type=False)
    wide = pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")]))
    assert there_and_back(wide).columns.nlevels == 2


def test_what_is_no_answer_is_named_and_looks_the_same_in_every_run():
    back = there_and_back([print, object(), (x for x in ()), {1: 2}.keys(), 1j])
    assert list(map(repr, back)) == [
        "<builtin_function_or_method>",
        "<object>",
        "<generator>",
        "<dict_keys>",
        "<complex>",
    ]


class Evil:
    """Raises or lies whatever is asked of it."""

    __class__ = str

    def _raise(self, *_):
        raise SystemExit("no")

    __eq__ = __len__ = __iter__ = __float__ = __bool__ = __getattr__ = __str__ = __repr__ = _raise
    __hash__ = None
    dtype = shape = property(_raise)


class EvilList(list):
    __iter__ = __len__ = __getitem__ = Evil._raise


class EvilDict(dict):
    items = keys = __iter__ = __len__ = Evil._raise


class EvilFloat(float):
    __float__ = __add__ = __eq__ = Evil._raise


class EvilText(str):
    __str__ = __len__ = __iter__ = encode = Evil._raise


class EvilFrame(pd.DataFrame):
    @property
    def shape(self):
        raise SystemExit

    @property
    def columns(self):
        raise KeyboardInterrupt

    iloc = index = columns


class EvilSeries(pd.Series):
    def __len__(self):
        return 1

    def tolist(self):
        raise RecursionError


def test_hostile_subclasses_give_their_plain_content_or_their_name():
    assert encode(Evil()) == {"object": "test_plain.Evil"} or encode(Evil())["object"]
    assert encode(EvilList([1, 2])) == [1, 2]
    assert encode(EvilDict(a=1)) == {"dict": [["a", 1]]}
    assert encode(EvilFloat(2.5)) == 2.5
    assert encode(EvilText("abc")) == "abc"
    assert encode([EvilText("abc"), Evil()])[0] == "abc"
    for odd in (EvilFrame({"a": [1]}), EvilSeries([1, 2, 3])):
        decode(json.loads(json.dumps(encode(odd))))


def test_a_metaclass_may_raise_when_asked_for_its_name():
    class Meta(type):
        def __getattribute__(cls, name):
            raise SystemExit

        def __instancecheck__(cls, other):
            raise SystemExit

    class Odd(metaclass=Meta):
        pass

    assert "object" in encode(Odd())


def test_what_is_too_large_says_how_large():
    def size(value):
        back = there_and_back(value)
        assert isinstance(back, InvalidAnswer)
        return tuple(int(one.replace(",", "")) for one in back.values.values())

    assert size(list(range(20_001))) == (20_001, 1)
    assert size(pd.Series(0, index=range(3_000_000))) == (3_000_000, 1)
    assert size(pd.DataFrame(np.zeros((3_000_000, 2)))) == (3_000_000, 2)
    assert size(pd.DataFrame(np.zeros((2, 501)))) == (2, 501)
    assert size(np.zeros((200, 200))) == (40_000, 1)
    assert size(pd.RangeIndex(10**12)) == (10**12, 1)
    size(pd.DataFrame([["x" * 1000] * 20] * 4000))
    size([["long text"] * 20_000] * 20_000)
    size([10**290] * 20_000)


def test_long_texts_are_cut_and_stay_long():
    assert there_and_back("字" * 20_000) == "字" * 20_000
    assert 20_000 < len(there_and_back("字" * 20_001)) == 20_001
    assert 20_000 < len(there_and_back("字" * 10**7)) <= 200_000


def test_cycles_and_depths_end():
    one: list = []
    one.append(one)
    there_and_back(one)
    many: list = []
    many.extend([many] * 1000)
    assert isinstance(there_and_back(many), InvalidAnswer)
    deep: dict = {}
    for _ in range(5000):
        deep = {"x": deep}
    there_and_back(deep)


def test_a_set_is_written_the_same_whatever_its_order():
    assert encode({"b", "a", "c"}) == {"set": ["a", "b", "c"]}
    assert encode({1, "1", (2,)}) == encode({(2,), "1", 1})


PICTURE = {
    "kind": "bar",
    "values": [[1.0, 2.0]],
    "labels": ["a", "b"],
    "title": True,
    "xlabel": True,
    "ylabel": False,
}


def test_only_the_tag_makes_a_picture():
    back = decode(json.loads(json.dumps(encode_drawing(PICTURE))))
    assert isinstance(back, Drawing)
    assert back == {**PICTURE, "xunit": "", "yunit": ""}
    assert not isinstance(there_and_back(PICTURE), Drawing)
    assert not isinstance(there_and_back(Drawing(PICTURE)), Drawing)
    told = decode({"invalid": ["check.several_plots", 3]})
    assert isinstance(told, InvalidAnswer)
    assert told.values == {"count": "3"}


def test_a_crowded_scatter_is_too_large_and_no_fault():
    crowded = encode_drawing({**PICTURE, "kind": "scatter", "values": [[0.5] * 40_000]})
    assert isinstance(decode(crowded), InvalidAnswer)


ODD = [
    {}, {"nonsense": 1}, {"object": 3}, {"tuple": 3}, {"set": [[1]]}, {"dict": [[1]]},
    {"dict": [[[1], 2]]}, {"float": "1"}, {"float": []}, {"time": "now"}, {"time": "today"},
    {"time": "9" * 50}, {"date": "2021-13-01"}, {"duration": [True, "P1D"]},
    {"duration": [True, "999999999 days"]}, {"period": ["2021-03", "eval"]}, {"too_large": [1]},
    {"too_large": [1e9, 1]}, {"long_text": [10**30, "x"]}, {"long_text": [5, "xxxxxx"]},
    {"index": {"range": [0, 10**15, 1], "name": None}},
    {"index": {"range": [0, 10, 0], "name": None}},
    {"index": {"levels": ["a"], "rows": [[1, 2]]}},
    {"index": {"kind": "int", "cells": [1.5], "name": None}},
    {"index": {"kind": "int", "cells": [10**30], "name": None}},
    {"index": {"kind": "object", "cells": [1], "name": ["x"]}},
    {"array": {"kind": "int", "cells": [1, 2], "shape": [3]}},
    {"array": {"kind": "int", "cells": [1, 2], "shape": [10**18, 10**18]}},
    {"array": {"kind": "<U99999999", "cells": [1, 2], "shape": [2]}},
    {"series": {"kind": "int", "cells": [1], "name": None,
                "index": {"range": [0, 2, 1], "name": None}}},
    {"frame": {"columns": {"range": [0, 2, 1], "name": None},
               "index": {"range": [0, 2, 1], "name": None},
               "data": [{"kind": "int", "cells": [1, 2]}]}},
    {"figure": {**PICTURE, "kind": "pie"}}, {"figure": {**PICTURE, "values": [["1"]]}},
    {"figure": {**PICTURE, "values": 3}}, {"figure": {**PICTURE, "title": 1}},
    {"invalid": ["check.right", 1]}, {"invalid": ["check.several_plots", "{x}"]},
    {"object": "x", "tuple": []}, [[[[{"tuple": [{"x": 1}]}]]]],
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: json.dumps(odd)[:60])
def test_odd_json_is_refused_by_a_value_error(odd):
    with pytest.raises(ValueError, match="no plain answer"):
        decode(odd)


def test_deep_and_wide_json_is_refused():
    deep: object = 1
    for _ in range(5000):
        deep = {"tuple": [deep]}
    for odd in (deep, [0] * 1_000_000):
        with pytest.raises(ValueError, match="no plain answer"):
            decode(odd)


TAGS = (
    "float blank long_text time date duration period tuple set frozenset dict array index series "
    "frame figure object too_large invalid kind cells name levels rows range shape columns data "
    "values labels title xlabel ylabel int bool boolean text NaN"
)
tags = st.sampled_from(TAGS.split())
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | tags
    | st.sampled_from(["2021-03-01", "3 days 00:00:00", "M", "nan", "bar"])
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(tags, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(anything | st.builds(lambda tag, held: {tag: held}, tags, anything))
def test_any_json_at_all_is_read_or_refused(odd):
    try:
        back = decode(odd)
    except ValueError:
        return
    repr(back)
    assert len(json.dumps(encode(back))) <= MAX_BYTES
