"""Satisfaction by hand, the 2 x 3 and 3 x 2 grids, and how many change box when a guess moves."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfmkit.clv import retention_clv
from rfmkit.clv_cs import (
    CLV_CS,
    CLV_CS_3X2,
    acsi,
    class_changes,
    clv_cs_class,
    clv_cs_sensitivity,
    csat,
    nps,
)
from rfmkit.schema import DataError


def test_csat_by_hand():
    assert csat(pd.Series([5, 4, 4, 3, 2, 1, 5, 3])) == 50
    assert csat(pd.Series([3, 3, 3])) == 0
    assert csat(pd.Series([4])) == 100
    # The mean would tell them apart; CSAT does not.
    assert csat(pd.Series([5, 1])) == csat(pd.Series([4, 3])) == 50


def test_nps_by_hand():
    # 3 promote (9, 9, 10), 2 are passive (7, 8), 5 detract (0 to 6): 30 - 50 percent.
    answers = pd.Series([9, 9, 10, 7, 8, 6, 0, 3, 5, 6])
    assert nps(answers) == pytest.approx(-20)
    assert nps(pd.Series([7, 8])) == 0
    assert nps(pd.Series([10, 9])) == 100
    assert nps(pd.Series([0, 6])) == -100


def test_acsi_by_hand():
    weights = {"overall": 0.5, "expectation": 0.3, "ideal": 0.2}
    answers = pd.DataFrame(
        {"overall": [10, 1, 8], "expectation": [10, 1, 7], "ideal": [10, 1, 6]}, index=list("ABC")
    )
    index = acsi(answers, weights=weights)
    # C: (7 * 0.5 + 6 * 0.3 + 5 * 0.2) / 9 = 6.3 / 9.
    assert index.round(9).to_dict() == {"A": 100, "B": 0, "C": 70}
    assert index.name == "cs"
    # By the means of the questions, as the index is written in the books.
    assert acsi(answers.mean(), weights=weights) == pytest.approx(index.mean())
    assert acsi(answers).to_dict()["C"] == pytest.approx(100 * (7 + 6 + 5) / 27)
    with pytest.raises(DataError, match=r"add up to 0\.8, not to 1"):
        acsi(answers, weights={"overall": 0.5, "expectation": 0.3})
    with pytest.raises(DataError, match="lacks column 'overal'"):
        acsi(answers, weights={"overal": 1.0})
    # A question without a weight is not looked at.
    assert acsi(answers.assign(name="x"), weights=weights).equals(index)


@pytest.mark.parametrize(
    ("measure", "wrong"),
    [(csat, 0), (csat, 6), (csat, 4.5), (nps, -1), (nps, 11), (nps, 8.5)],
)
def test_an_answer_off_the_scale_is_named(measure, wrong):
    with pytest.raises(DataError, match=f"'B' answered {wrong}"):
        measure(pd.Series([4, wrong], index=["A", "B"]))


@pytest.mark.parametrize("wrong", [0, 0.99, 10.01, 11])
def test_an_acsi_answer_off_the_scale_is_named(wrong):
    with pytest.raises(DataError, match=r"answers to 'overall' must be numbers from 1 to 10"):
        acsi(pd.DataFrame({"overall": [5, wrong]}))


# The kit's grid, typed from the chapter: (CLV, CS) -> box.
GRID = {
    ("high", "high"): "retain",
    ("high", "middle"): "strengthen",
    ("high", "low"): "rescue",
    ("low", "high"): "nurture",
    ("low", "middle"): "standard",
    ("low", "low"): "low_cost",
}
CLV_LEVEL = {"high": [500, 9000], "low": [-5, 499.99]}
CS_LEVEL = {"high": [80, 100], "middle": [60, 79.99], "low": [0, 59.99]}


def test_each_box_of_2_x_3_and_who_sits_on_a_cut():
    for (clv, cs), box in GRID.items():
        for money in CLV_LEVEL[clv]:
            for points in CS_LEVEL[cs]:
                found = clv_cs_class(
                    pd.Series([money]), pd.Series([points]), clv_cuts=500, cs_cuts=(60, 80)
                )
                assert found.tolist() == [f"clv_cs:{box}"]
    assert [f"clv_cs:{box}" for box in GRID.values()] == list(CLV_CS)


def test_3_x_2_by_the_number_of_cuts():
    clv = pd.Series([900, 900, 300, 300, 10, 10])
    cs = pd.Series([70, 69, 70, 69, 70, 69])
    boxes = clv_cs_class(clv, cs, clv_cuts=(100, 500), cs_cuts=(70,))
    assert (
        boxes.tolist()
        == list(CLV_CS_3X2)
        == [
            "clv_cs_3x2:high_high",
            "clv_cs_3x2:high_low",
            "clv_cs_3x2:middle_high",
            "clv_cs_3x2:middle_low",
            "clv_cs_3x2:low_high",
            "clv_cs_3x2:low_low",
        ]
    )
    assert boxes.cat.ordered
    assert not set(CLV_CS) & set(CLV_CS_3X2)


def test_other_grids_need_names():
    clv, cs = pd.Series([1, 9]), pd.Series([9, 1])
    with pytest.raises(DataError, match="grid of 2 x 2"):
        clv_cs_class(clv, cs, clv_cuts=5, cs_cuts=5)
    assert clv_cs_class(clv, cs, clv_cuts=5, cs_cuts=5, names=list("abcd")).tolist() == ["c", "b"]
    with pytest.raises(DataError, match="4 different names"):
        clv_cs_class(clv, cs, clv_cuts=5, cs_cuts=5, names=list("abc"))


@pytest.mark.parametrize("cuts", [(80, 60), (60, np.nan), (), "60", None, (60, "80")])
def test_bad_cuts_are_explained(cuts):
    with pytest.raises(DataError, match="cs_cuts must"):
        clv_cs_class(pd.Series([1]), pd.Series([1]), clv_cuts=5, cs_cuts=cuts)


def test_two_tables_of_other_customers():
    one, other = pd.Series([1, 2], index=["A", "B"]), pd.Series([1, 2], index=["B", "A"])
    with pytest.raises(DataError, match="same customers"):
        clv_cs_class(one, other, clv_cuts=5, cs_cuts=(60, 80))


def test_changes_are_counted():
    now = pd.Series(["a", "b", "b", "c"])
    table = class_changes(now, {"same": now, "two": pd.Series(["b", "b", "a", "c"])})
    assert table["changed"].to_dict() == {"same": 0, "two": 2}
    assert table["changed_share"].to_dict() == {"same": 0, "two": 0.5}
    # Boxes of two grids share no code: everybody changes.
    other = pd.Series(pd.Categorical(["x"] * 4))
    assert class_changes(now.astype("category"), {"grid": other})["changed"].tolist() == [4]


CUSTOMERS = pd.DataFrame(
    {"margin": [100.0, 100.0, 100.0, 100.0], "retention": [0.78, 0.72, 0.98, 0.02]},
    index=list("ABCD"),
)
ANSWERS = pd.DataFrame({"overall": [9, 5, 10, 1], "ideal": [8, 6, 10, 1]}, index=list("ABCD"))


def test_sensitivity_by_hand():
    # The cut 250 is met from r = 0.7857 on: A at 0.78 crosses it upwards, B at 0.72 needs 6.6
    # points, C and D are far off. CS now 83.3, 50.0, 100, 0; an answer is worth 5.6.
    table = clv_cs_sensitivity(CUSTOMERS, ANSWERS, discount=0.1, clv_cuts=250, cs_cuts=(50, 80))
    assert table["changed"].to_dict() == {
        "retention -0.05": 0, "retention +0.05": 1,
        "overall -1": 2, "overall +1": 0, "ideal -1": 2, "ideal +1": 0,
    }  # fmt: skip
    assert table.index.name == "assumption"
    assert table.at["retention +0.05", "changed_share"] == 0.25
    wider = clv_cs_sensitivity(
        CUSTOMERS, ANSWERS, discount=0.1, clv_cuts=250, cs_cuts=(50, 80), steps=(0.10, 3)
    )
    assert wider.at["retention +0.1", "changed"] == 2
    # A falls to 66.7 and B to 33.3; C, from 100, to 83.3 and stays.
    assert wider.at["overall -3", "changed"] == 2


def test_sensitivity_with_weights_moves_weighed_questions_only():
    table = clv_cs_sensitivity(
        CUSTOMERS, ANSWERS, discount=0.1, clv_cuts=250, cs_cuts=(50, 80), weights={"ideal": 1.0}
    )
    assert [name.split()[0] for name in table.index] == ["retention"] * 2 + ["ideal"] * 2


def test_sensitivity_holds_the_ends_and_changes_nothing():
    ends = pd.DataFrame({"margin": [1.0, 1.0], "retention": [0.0, 1.0]})
    answers = pd.DataFrame({"overall": [1, 10]})
    before = (ends.copy(deep=True), answers.copy(deep=True))
    clv_cs_sensitivity(ends, answers, discount=0.1, clv_cuts=5, cs_cuts=(50, 80))
    pd.testing.assert_frame_equal(ends, before[0])
    pd.testing.assert_frame_equal(answers, before[1])


@pytest.mark.parametrize("steps", [(0.05,), (0, 1), (0.05, -1), (0.05, np.nan), ("a", 1)])
def test_steps_are_numbers_above_0(steps):
    with pytest.raises(DataError, match="steps must be two numbers"):
        clv_cs_sensitivity(
            CUSTOMERS, ANSWERS, discount=0.1, clv_cuts=5, cs_cuts=(5, 8), steps=steps
        )


rows = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=30)


@settings(max_examples=50)
@given(rows, st.integers(0, 999).map(Random))
def test_boxes_partition_customers_and_rise_with_both_axes(rows, chance):
    table = pd.DataFrame(rows, columns=["clv", "cs"])
    before = table.copy(deep=True)
    boxes = clv_cs_class(table["clv"], table["cs"], clv_cuts=50, cs_cuts=(60, 80))
    pd.testing.assert_frame_equal(table, before)
    assert boxes.notna().all()
    assert boxes.astype(str).groupby([table["clv"], table["cs"]]).nunique().eq(1).all()
    shuffled = table.sample(frac=1, random_state=chance.randint(0, 1000))
    again = clv_cs_class(shuffled["clv"], shuffled["cs"], clv_cuts=50, cs_cuts=(60, 80))
    assert again.sort_index().tolist() == boxes.tolist()
    richer = clv_cs_class(table["clv"] + 10, table["cs"], clv_cuts=50, cs_cuts=(60, 80))
    assert (richer.cat.codes <= boxes.cat.codes).all()
    happier = clv_cs_class(table["clv"], table["cs"] + 10, clv_cuts=50, cs_cuts=(60, 80))
    assert (happier.cat.codes <= boxes.cat.codes).all()


@settings(max_examples=50)
@given(st.lists(st.integers(1, 10), min_size=1, max_size=30))
def test_one_more_point_never_lowers_a_measure(answers):
    ten = pd.Series(answers)
    better = (ten + 1).clip(upper=10)
    assert nps(better) >= nps(ten)
    assert -100 <= nps(ten) <= 100
    five = (ten + 1) // 2
    assert csat((five + 1).clip(upper=5)) >= csat(five)
    assert acsi(better.to_frame("q")).ge(acsi(ten.to_frame("q"))).all()


def test_clv_feeds_the_grid():
    clv = retention_clv(CUSTOMERS["margin"], CUSTOMERS["retention"], 0.1)
    boxes = clv_cs_class(clv, acsi(ANSWERS), clv_cuts=250, cs_cuts=(50, 80))
    assert boxes.to_dict() == {
        "A": "clv_cs:nurture",
        "B": "clv_cs:standard",
        "C": "clv_cs:retain",
        "D": "clv_cs:low_cost",
    }
