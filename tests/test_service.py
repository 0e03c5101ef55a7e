"""Staff plans, and points and rewards."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.data_files import data_file, load_table
from rfmkit.relationship.service import loyalty_points, staffing, staffing_fit
from rfmkit.schema import DataError


def tiers(a, b, c):
    return pd.Series(["abc3:a"] * a + ["abc3:b"] * b + ["abc3:c"] * c)


def test_a_plan_by_hand():
    plan = staffing(tiers(20, 30, 50))
    assert plan["customers"].tolist() == [20, 30, 50]
    assert plan["staff_least"].tolist() == [20, 15, 10]
    assert plan["staff_most"].tolist() == [20, 15, 17]  # 50 / 3 rounded up
    # Rounded up in each tier, not over all: 1 + 1 + 1, though 0.5 + 0.2 of a person would do.
    assert staffing(tiers(1, 1, 1))["staff_least"].tolist() == [1, 1, 1]
    assert staffing(tiers(0, 0, 0))["staff_most"].tolist() == [0, 0, 0]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_plan_is_enough_and_not_one_too_many(a, b, c):
    plan = staffing(tiers(a, b, c))
    for (_, row), most in zip(plan.iterrows(), (1, 2, 5), strict=True):
        assert row["staff_least"] * most >= row["customers"]
        assert (row["staff_least"] - 1) * most < row["customers"] or row["customers"] == 0
        assert row["staff_least"] <= row["staff_most"]


def test_does_it_fit():
    plan = staffing(tiers(2, 3, 7))  # 2 + 2 + (2 to 3)
    assert staffing_fit(plan, staff=6).to_dict() == {
        "staff": 6,
        "staff_least": 6,
        "staff_most": 7,
        "spare": 0,
        "fits": True,
    }
    assert staffing_fit(plan, staff=5.5)["spare"] == -0.5
    assert not staffing_fit(plan, staff=5.5)["fits"]
    hours = {"abc3:a": 40, "abc3:b": 10, "abc3:c": 2}
    fit = staffing_fit(plan, staff=6, hours_per_customer=hours, hours_per_person=20)
    assert (fit["hours_needed"], fit["hours"], fit["hours_fit"]) == (124, 120, False)
    fit = staffing_fit(plan, staff=6.2, hours_per_customer=hours, hours_per_person=20)
    assert fit["hours_fit"]


def test_own_ratios_and_unfit_ones():
    plan = staffing(pd.Series(["x", "x", "x"]), ratios={"x": 2.5, "y": 1})
    assert plan.loc["x"].tolist() == [3, 2, 2]
    assert plan.loc["y"].tolist() == [0, 0, 0]
    for ratio in (0, -1, float("nan"), (5, 3), "1"):
        with pytest.raises(DataError, match="ratio of 'x'"):
            staffing(pd.Series(["x"]), ratios={"x": ratio})
    with pytest.raises(DataError, match="'z' has no ratio"):
        staffing(pd.Series(["z"]), ratios={"x": 1})
    with pytest.raises(DataError, match="have no tier"):
        staffing(pd.Series(["abc3:a", None]))
    with pytest.raises(DataError, match="'A'"):
        staffing(pd.Series(["abc3:a", "abc3:a"], index=["A", "A"]))
    with pytest.raises(DataError, match="Series"):
        staffing(["abc3:a"])


def test_unfit_staff_and_hours():
    plan = staffing(tiers(1, 1, 1))
    for staff in (-1, float("nan"), "3", True):
        with pytest.raises(DataError, match="staff must be"):
            staffing_fit(plan, staff=staff)
    with pytest.raises(DataError, match="together"):
        staffing_fit(plan, staff=3, hours_per_person=100)
    with pytest.raises(DataError, match="lacks tier 'abc3:b'"):
        staffing_fit(plan, staff=3, hours_per_person=1, hours_per_customer={"abc3:a": 1})
    with pytest.raises(DataError, match="staff_least"):
        staffing_fit(plan.drop(columns="staff_least"), staff=3)


@pytest.mark.parametrize(
    ("spend", "used", "kept"),
    [
        (499.99, (0, 0, 0, 499), (0, 0, 0, 499)),
        (500, (1, 0, 0, 0), (1, 0, 0, 500)),
        (999, (1, 0, 0, 499), (1, 0, 0, 999)),
        (1000, (0, 1, 0, 0), (1, 1, 0, 1000)),
        (1500, (0, 0, 1, 0), (1, 1, 1, 1500)),
        (2600, (0, 1, 1, 100), (1, 1, 1, 2600)),
        (3000, (0, 0, 2, 0), (1, 1, 1, 3000)),
        (-20, (0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_points_by_hand(spend, used, kept):
    for used_up, expected in ((True, used), (False, kept)):
        row = loyalty_points(pd.Series([spend]), used_up=used_up).iloc[0]
        assert row["points"] == max(math.floor(spend), 0)
        assert tuple(row.iloc[1:]) == expected


@given(st.lists(st.floats(-1e4, 1e5), min_size=1, max_size=20))
def test_used_points_are_neither_lost_nor_made(spends):
    table = loyalty_points(pd.Series(spends), used_up=True)
    spent = sum(table[f"reward_{reward}"] * reward for reward in (500, 1000, 1500))
    assert (spent + table["points_left"]).equals(table["points"])
    assert table["points_left"].between(0, 499).all()


@pytest.mark.parametrize(
    ("spend", "rewards", "left"),
    [(499.99, 0, 499), (500, 1, 0), (999, 1, 499), (1000, 2, 0), (3200, 6, 200), (-20, 0, 0)],
)
def test_a_reward_for_every_500_points_is_what_the_source_says(spend, rewards, left):
    row = loyalty_points(pd.Series([spend])).iloc[0]
    assert row.tolist() == [max(math.floor(spend), 0), rewards, left]
    assert loyalty_points(pd.Series([spend]), rewards=(250, 700)).iloc[0, 1] == max(spend, 0) // 250


def test_the_three_readings_on_the_books():
    customers = load_table(data_file("客戶年報.csv"), index="customer")
    kinds = ["reward_500", "reward_1000", "reward_1500"]
    assert loyalty_points(customers["revenue"])["rewards"].sum() == 18_325
    for used_up, total in ((True, 6_216), (False, 899)):
        table = loyalty_points(customers["revenue"], used_up=used_up)
        assert table[kinds].sum().sum() == total


def test_cents_that_add_up_to_whole_yuan_give_their_point():
    cents = 4.35 * 100  # 434.99999999999994
    assert loyalty_points(pd.Series([cents]), used_up=True)["points"].tolist() == [435]


def test_own_rewards_and_unfit_ones():
    table = loyalty_points(pd.Series([25]), used_up=True, rewards=(10,))
    assert list(table) == ["points", "reward_10", "points_left"]
    for rewards in ((), (10, 10), (20, 10), (0,), (1.5,)):
        with pytest.raises(DataError, match="rewards"):
            loyalty_points(pd.Series([25]), used_up=True, rewards=rewards)
    with pytest.raises(DataError, match="used_up"):
        loyalty_points(pd.Series([25]), used_up="yes")
