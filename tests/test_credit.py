"""Credit grades, limits and the three sheets, at every edge."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.relationship.credit import CREDIT_FACTORS, credit_grade, credit_limit
from rfmkit.relationship.sheets import (
    EVALUATION,
    FIVE_C,
    evaluation_sheet,
    five_c_score,
    scoring_sheet,
)
from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100, "aaa"),
        (90.01, "aaa"),
        (90, "aa"),
        (80.01, "aa"),
        (80, "a"),
        (70.01, "a"),
        (70, "bbb"),
        (60.01, "bbb"),
        (60, "bb"),
        (50.01, "bb"),
        (50, "b"),
        (40.01, "b"),
        (40, "avoid"),
        (39.99, "avoid"),
        (0, "avoid"),
    ],
)
def test_the_edges_of_the_seven_grades(score, grade):
    assert credit_grade(pd.Series([score])).tolist() == [f"credit:{grade}"]


def test_rounding_noise_does_not_lift_a_score_over_the_cut():
    noisy = pd.Series([0.1 + 0.2]) * 300
    assert noisy[0] > 90
    assert credit_grade(noisy).tolist() == ["credit:aa"]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_a_better_score_never_gets_a_worse_grade(scores):
    ranked = credit_grade(pd.Series(sorted(scores, reverse=True)))
    assert ranked.is_monotonic_increasing
    assert ranked.cat.ordered
    assert tuple(ranked.cat.categories) == SCHEMES["credit7"]


def test_limits_by_hand():
    grades = pd.Series(
        [f"credit:{grade}" for grade in ("aaa", "aa", "a", "bbb", "bb", "b", "avoid")]
    )
    limits = credit_limit(pd.Series(10_000, index=grades.index), grades, term_months=1.5)
    assert limits.tolist() == [15_000, 15_000, 12_000, 9_000, 9_000, 9_000, 0]
    assert limits.name == "credit_limit"
    assert set(CREDIT_FACTORS) == set(SCHEMES["credit7"])
    own = credit_limit(pd.Series([100.0]), pd.Series(["x"]), term_months=2, factors={"x": 0.5})
    assert own.tolist() == [100]


def test_a_blank_grade_has_no_limit_yet():
    grades = pd.Series(["credit:aa", None])
    assert credit_limit(pd.Series([5, 5]), grades, term_months=1).tolist() == [5, 0]


@pytest.mark.parametrize(
    ("sales", "grades", "term", "factors", "says"),
    [
        ([-1.0], ["credit:a"], 1, None, "0 or more"),
        ([1.0], ["credit:x"], 1, None, "has no factor"),
        ([1.0], ["sheet:a"], 1, None, "has no factor"),
        ([1.0], ["credit:a"], -1, None, "term_months"),
        ([1.0], ["credit:a"], "1", None, "term_months"),
        ([1.0], ["credit:a"], 1, {"credit:a": -0.5}, "0 or more"),
        ([1.0, 2.0], ["credit:a"], 1, None, "same customers"),
    ],
)
def test_limits_that_cannot_be_computed(sales, grades, term, factors, says):
    with pytest.raises(DataError, match=says):
        credit_limit(pd.Series(sales), pd.Series(grades), term_months=term, factors=factors)


def test_five_cs_by_hand():
    marks = pd.DataFrame([[90, 80, 70, 60, 50], [100] * 5], columns=FIVE_C, index=["A", "B"])
    assert five_c_score(marks).to_dict() == {"A": 70.0, "B": 100.0}
    weights = {"character": 0.4, "capacity": 0.3, "capital": 0.1, "collateral": 0.1}
    assert five_c_score(marks, weights={**weights, "conditions": 0.1})["A"] == 78.0
    with pytest.raises(DataError, match="must name"):
        five_c_score(marks, weights={**weights, "trust": 0.1})
    with pytest.raises(DataError, match="not to 1"):
        five_c_score(marks, weights={**weights, "conditions": 0.2})


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ((30, 30, 20, 0), "a"),
        ((30, 30, 19.9, 0), "b"),
        ((30, 30, 10, 0), "b"),
        ((30, 30, 9.5, 0), "c"),
        ((30, 30, 0, 0), "c"),
        ((30, 29, 0, 0), "d"),
        ((0, 0, 0, 0), "d"),
    ],
)
def test_the_edges_of_the_published_sheet(points, grade):
    sheet = pd.DataFrame([points], columns=["output", "payment", "price", "overall"])
    graded = scoring_sheet(sheet, months=pd.Series([3]))
    assert graded["tier"].tolist() == [f"sheet:{grade}"]
    assert graded["score"].tolist() == [sum(points)]


def test_who_is_under_three_months_is_kept_and_not_graded():
    sheet = pd.DataFrame([[30, 30, 30, 10]] * 3, columns=["output", "payment", "price", "overall"])
    graded = scoring_sheet(sheet, months=pd.Series([2.9, 3, 40]))
    assert graded["tier"].isna().tolist() == [True, False, False]
    assert graded["score"].tolist() == [100, 100, 100]
    with pytest.raises(DataError, match="from 0 to 10"):
        scoring_sheet(sheet.assign(overall=11), months=pd.Series([3, 3, 3]))
    with pytest.raises(DataError, match="same customers"):
        scoring_sheet(sheet, months=pd.Series([3, 3]))


def test_the_evaluation_sheet_by_hand():
    items = [item for head in EVALUATION.values() for item in head]
    marks = pd.DataFrame([[5, 4, 3, 2, 1, 1, 1, 1, 3, 3, 3, 3]], columns=items, index=["A"])
    sheet = evaluation_sheet(marks)
    assert sheet.loc["A", ["operation", "management", "need"]].tolist() == [62.5, 0, 50]
    assert sheet.loc["A", "evaluation"] == 37.5
    weighted = evaluation_sheet(marks, weights={"operation": 0.6, "management": 0.2, "need": 0.2})
    assert weighted.loc["A", "evaluation"] == 47.5
    for bad, says in ((0, "from 1 to 5"), (6, "from 1 to 5"), (None, "blank")):
        with pytest.raises(DataError, match=says):
            evaluation_sheet(marks.assign(urgency=[bad]).astype("float64"))
    with pytest.raises(DataError, match="lacks column 'urgency'"):
        evaluation_sheet(marks.drop(columns="urgency"))
