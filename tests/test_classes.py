"""Scores, the eight classes and their summary."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rfmkit as rk
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.schema import CLASSES

# Table 5-2 of the source, typed from the page: R, F, M -> class. This is the golden copy.
TABLE_5_2 = {
    (True, True, True): "important_value",
    (True, False, True): "important_develop",
    (False, True, True): "important_keep",
    (False, False, True): "important_win_back",
    (True, True, False): "general_value",
    (True, False, False): "general_develop",
    (False, True, False): "general_keep",
    (False, False, False): "general_win_back",
}
ALL = pd.DataFrame(itertools.product([True, False], repeat=3), columns=["R", "F", "M"])


def test_the_eight_classes_are_table_5_2():
    classes = rk.rfm_class(ALL)
    for levels, code in zip(ALL.itertuples(index=False), classes, strict=True):
        assert TABLE_5_2[tuple(levels)] == code
        assert CLASS_TRIPLES[code] == "".join(str(int(level)) for level in levels)
    assert classes.cat.ordered
    assert tuple(classes.cat.categories) == CLASSES


def test_the_names_in_chinese_are_table_5_2():
    names = [rk.class_name(code, lang="zh-TW") for code in CLASSES]
    assert names == [
        f"{first}{second}客戶"
        for first in ("重要", "一般")
        for second in ("價值", "發展", "保持", "挽留")
    ]


def test_develop_and_keep_are_not_swapped():
    keep = rk.rfm_class(pd.DataFrame({"R": [False], "F": [True], "M": [True]}))
    assert keep.tolist() == ["important_keep"]


@pytest.mark.parametrize(
    "levels",
    [
        pd.DataFrame({"R": [1], "F": [0], "M": [1]}),
        pd.DataFrame({"R": [True], "F": [None], "M": [True]}),
        pd.DataFrame({"R": ["high"], "F": ["low"], "M": ["low"]}),
    ],
)
def test_levels_must_be_true_or_false(levels):
    with pytest.raises(rk.DataError, match="True and False only"):
        rk.rfm_class(levels)


numbers = st.lists(st.integers(0, 20), min_size=1, max_size=60)


@given(numbers, st.integers(2, 9))
def test_scores_keep_ties_together_and_follow_the_values(values, levels):
    series = pd.Series(values)
    scores = rk.score(series, levels=levels)
    assert scores.between(1, levels).all()
    for (value, score), (other, another) in itertools.pairwise(
        sorted(zip(values, scores, strict=True))
    ):
        assert score <= another
        assert value != other or score == another
    shuffled = series.sample(frac=1, random_state=0)
    assert rk.score(shuffled, levels=levels).sort_index().tolist() == scores.tolist()


@given(numbers)
def test_small_is_good_mirrors_large_is_good(values):
    series = pd.Series(values)
    assert (rk.score(series, smaller_is_better=True) == rk.score(-series)).all()


def test_scores_by_hand():
    # Ten customers without ties: two in each fifth.
    assert rk.score(pd.Series(range(10))).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    # Half are equal: they start at the bottom, nobody gets a 2.
    assert rk.score(pd.Series([1] * 5 + [2, 3, 4, 5, 6])).tolist() == [1] * 5 + [3, 4, 4, 5, 5]


def test_noise_of_adding_cents_does_not_part_a_tie():
    assert rk.score(pd.Series([0.1 + 0.2, 0.3])).tolist() == [1, 1]
    assert rk.score(pd.Series([0.3, 0.3001])).tolist() == [1, 3]


def test_levels_may_be_a_whole_number_of_any_library():
    values = pd.Series(range(10))
    pd.testing.assert_series_equal(rk.score(values, levels=np.int64(3)), rk.score(values, levels=3))
    for levels in (True, 3.0, np.float64(3)):
        with pytest.raises(rk.DataError, match="whole number"):
            rk.score(values, levels=levels)


def test_a_class_whose_money_cancels_out_has_no_minus_zero():
    rfm = pd.DataFrame({"monetary": [0.3, -0.1, -0.2]})
    classes = rk.rfm_class(pd.DataFrame({level: [True] * 3 for level in "RFM"}))
    assert repr(rk.class_summary(rfm, classes)["revenue"].tolist()[0]) == "0.0"


@pytest.mark.parametrize(
    ("values", "levels", "says"),
    [
        (pd.Series([], dtype=float), 5, "empty"),
        (pd.Series([1, None]), 5, "blank"),
        (pd.Series(["a"]), 5, "not numbers"),
        (pd.Series([1.0]), 1, "levels"),
        ([1, 2], 5, "Series"),
    ],
)
def test_bad_scores_are_explained(values, levels, says):
    with pytest.raises(rk.DataError, match=says):
        rk.score(values, levels=levels)


def test_summary_partitions_customers_and_money():
    rfm = pd.DataFrame({"monetary": [100.0, 300.0, -50.0]}, index=["a", "b", "c"])
    classes = pd.Series(
        pd.Categorical(
            ["important_value", "important_value", "general_keep"], categories=CLASSES, ordered=True
        ),
        index=rfm.index,
    )
    summary = rk.class_summary(rfm, classes)
    assert summary.index.tolist() == list(CLASSES)
    assert summary["customers"].tolist() == [2, 0, 0, 0, 0, 0, 1, 0]
    assert summary["revenue"].sum() == 350
    assert summary.at["important_value", "revenue_share"] == pytest.approx(400 / 350)
    assert summary["customer_share"].sum() == pytest.approx(1)
    with pytest.raises(rk.DataError, match="same customers"):
        rk.class_summary(rfm, classes.iloc[::-1])


def test_strategies_cover_every_class_in_both_languages():
    for lang in ("zh-TW", "en"):
        texts = [rk.strategy(code, lang=lang) for code in CLASSES]
        assert len(set(texts)) == 8
    series = rk.strategy(pd.Series(["general_keep", "general_value"], index=["b", "a"]), lang="en")
    assert series.index.tolist() == ["b", "a"]
    with pytest.raises(rk.DataError, match="no tier code"):
        rk.strategy("important")


@given(
    st.lists(st.sampled_from([-3.0, 0.0, 0.1 + 0.2, 0.3, 1.0, 2.5, 7.0]), min_size=1, max_size=40),
    st.sampled_from([2, 3, 5, 10, 200]),
    st.booleans(),
)
def test_a_score_is_the_share_of_customers_strictly_worse(values, levels, smaller):
    scores = rk.score(pd.Series(values), levels=levels, smaller_is_better=smaller)
    near = [-round(value, 9) if smaller else round(value, 9) for value in values]
    worse = [sum(other < value for other in near) for value in near]
    assert scores.tolist() == [1 + levels * count // len(values) for count in worse]
