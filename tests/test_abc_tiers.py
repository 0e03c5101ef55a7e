"""A, B, C by rank and by value: by hand, on exact quantiles, and as properties."""

import itertools
from random import Random
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfmkit.abc_tiers import (
    ABC3,
    PARETO2,
    abc_agreement,
    abc_tier,
    agreement_share,
    gini,
    pareto_curve,
    value_share,
)
from rfmkit.schema import DataError

A, B, C = "abc3:a", "abc3:b", "abc3:c"


def letters(tiers):
    return "".join(tiers.astype(str).str[-1])


def test_twenty_customers_are_split_20_30_50():
    assert letters(abc_tier(pd.Series(range(20, 0, -1)), cuts=ABC3)) == "a" * 4 + "b" * 6 + "c" * 10


def test_table_5_1_by_rank_is_the_default():
    tiers = abc_tier(pd.Series(range(100, 0, -1)))
    assert tiers.value_counts(sort=False).to_dict() == {
        "abc4:premium": 5,
        "abc4:important": 15,
        "abc4:ordinary": 30,
        "abc4:small": 50,
    }
    assert tiers.cat.ordered
    assert tiers.name == "tier"


def test_table_5_1_by_value():
    # Ahead: 0, 30, 50 | 65, 75 | 80, 85, 90 | 95, 98 % of the total.
    profit = pd.Series([30, 20, 15, 10, 5, 5, 5, 5, 3, 2])
    # 5, 5, 5, 5 are equal: they enter where the group starts, at 75 % ahead.
    assert abc_tier(profit, by="value").astype(str).str[5:].tolist() == (
        ["premium"] * 2 + ["important"] * 6 + ["small"] * 2
    )


@pytest.mark.parametrize("share", [0.07, 0.1, 0.3, 1 / 3, 0.1 + 0.2, 0.29])
def test_the_cut_does_not_slip_by_rounding(share):
    tiers = abc_tier(pd.Series(range(300, 0, -1)), cuts=(share,))
    assert (tiers == "pareto2:key").sum() == round(300 * share)


def test_the_boundary_customer_stays_in_the_upper_tier():
    # The first alone makes 80 %: the sum *after* him is on the cut, the sum before him is 0.
    assert letters(abc_tier(pd.Series([80, 15, 5]), by="value", cuts=(0.80, 0.95))) == "abc"
    # He makes 90 %.
    assert letters(abc_tier(pd.Series([90, 6, 4]), by="value", cuts=(0.80, 0.95))) == "abc"
    # The second lifts the sum from 60 % to 85 %: still A.
    assert letters(abc_tier(pd.Series([60, 25, 15]), by="value", cuts=(0.80, 0.95))) == "aab"
    # By rank: of three customers the top 20 % is the first, of six the first two.
    assert letters(abc_tier(pd.Series([3, 2, 1]), cuts=ABC3)) == "abc"
    assert letters(abc_tier(pd.Series([6, 5, 4, 3, 2, 1]), cuts=ABC3)) == "aabccc"


def test_equal_customers_enter_where_their_group_starts():
    assert letters(abc_tier(pd.Series([5, 5, 5, 5, 1]), cuts=ABC3)) == "aaaac"
    assert letters(abc_tier(pd.Series([9, 5, 5, 5, 1]), cuts=ABC3)) == "abbbc"
    assert letters(abc_tier(pd.Series([7] * 6), by="value", cuts=(0.5, 0.8))) == "aaaaaa"


def test_the_whale_curve():
    profit = pd.Series([60, 50, 30, 0, -15, -25], index=list("ABCDEF"))
    curve = pareto_curve(profit)
    assert curve["cumulative_share"].tolist() == [0.6, 1.1, 1.4, 1.4, 1.25, 1.0]
    assert curve["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    # Ahead: 0, 60, 110, 140, 140, 125 % of the net total. Who comes after the peak never climbs
    # back into a better tier as the curve falls.
    assert letters(abc_tier(profit, by="value", cuts=(0.80, 0.95))) == "aacccc"
    assert value_share(profit, top=0.5) == pytest.approx(1.4)
    assert gini(profit) > gini(profit.clip(lower=0))


@pytest.mark.parametrize("profit", [[5, -5], [1, -3], [0, 0, 0], [0.1, 0.2, -0.3]])
def test_without_a_net_profit_there_are_no_shares(profit):
    profit = pd.Series(profit)
    for step in (
        lambda: abc_tier(profit, by="value"),
        lambda: pareto_curve(profit),
        lambda: gini(profit),
        lambda: value_share(profit),
    ):
        with pytest.raises(DataError, match="no profit to take shares of"):
            step()
    assert abc_tier(profit).notna().all()


# Lognormal profit: 1,000 exact quantiles, so nothing is drawn by chance.
Z = np.array([NormalDist().inv_cdf((place + 0.5) / 1000) for place in range(1000)])


@pytest.mark.parametrize(("sigma", "percent"), [(1.0, 41), (1.65, 98), (2.0, 78)])
def test_how_often_the_criteria_of_table_5_1_agree(sigma, percent):
    table = abc_agreement(pd.Series(np.exp(sigma * Z)))
    assert table.to_numpy().sum() == 1000
    assert table.sum(axis=1).tolist() == [50, 150, 300, 500]
    assert round(100 * agreement_share(table)) == percent


def test_the_number_of_tiers_is_free():
    values = pd.Series(range(10, 0, -1))
    five = abc_tier(values, cuts=(0.1, 0.2, 0.4, 0.7))
    assert five.cat.categories.tolist() == [f"abc5:{n}" for n in range(1, 6)]
    assert five.value_counts(sort=False).tolist() == [1, 1, 2, 3, 3]
    named = abc_tier(values, cuts=PARETO2, names=("大", "小"))
    assert named.tolist() == ["大"] * 2 + ["小"] * 8
    assert abc_tier(values, cuts=PARETO2).cat.categories.tolist() == [
        "pareto2:key",
        "pareto2:other",
    ]


def test_gini_by_hand():
    # |1-2| + |1-3| + |2-3| = 4 for each order of a pair: 8 / (2 * n * n * mean) = 8 / 36.
    assert gini(pd.Series([3, 1, 2])) == pytest.approx(8 / 36)
    assert gini(pd.Series([5])) == 0
    assert gini(pd.Series([0] * 99 + [1])) == pytest.approx(0.99)


def test_agreement_share_takes_one_kind_of_table():
    with pytest.raises(DataError, match="same tiers"):
        agreement_share(pd.DataFrame([[1, 2]], index=["a"], columns=["a", "b"]))
    with pytest.raises(DataError, match="no customer"):
        agreement_share(pd.DataFrame([[0]], index=["a"], columns=["a"]))
    with pytest.raises(DataError, match="same number can agree"):
        abc_agreement(pd.Series([1, 2]), customer_cuts=(0.5,))


@pytest.mark.parametrize(
    ("cuts", "says"),
    [
        ((20, 50), "0.2 for 20 %"),
        ((0.5, 0.2), "must rise"),
        ((0.2, 0.2), "must rise"),
        ((0, 0.5), "between 0 and 1"),
        ((0.5, 1), "between 0 and 1"),
        ((0.2, np.nan), "plain numbers"),
        ((0.2, "half"), "plain numbers"),
        ((True,), "plain numbers"),
        ((), "plain numbers"),
        (0.2, "row of numbers"),
        ("abc", "row of numbers"),
    ],
)
def test_bad_cuts_are_explained(cuts, says):
    with pytest.raises(DataError, match=says):
        abc_tier(pd.Series([3, 2, 1]), cuts=cuts)


def test_bad_names_and_criteria_are_explained():
    for names in (("a", "b"), ("a", "b", "b"), "abc"):
        with pytest.raises(DataError, match="3 different names"):
            abc_tier(pd.Series([3, 2, 1]), cuts=ABC3, names=names)
    with pytest.raises(DataError, match="'customers' or 'value'"):
        abc_tier(pd.Series([3, 2, 1]), by="profit")


amounts = st.lists(st.integers(-50, 200), min_size=1, max_size=40)
criteria = st.sampled_from(["customers", "value"])


def net_positive(values):
    return sum(values) > 0


@settings(max_examples=50)
@given(amounts, criteria, st.integers(0, 999).map(Random))
def test_tiers_follow_value_and_never_the_row(values, by, chance):
    if by == "value" and not net_positive(values):
        values = [*values, 10_000]
    customers = pd.Series(values, index=[f"C{n}" for n in range(len(values))])
    before = customers.copy(deep=True)
    tiers = abc_tier(customers, by=by)
    pd.testing.assert_series_equal(customers, before)
    assert tiers.index.equals(customers.index)
    assert tiers.notna().all()
    assert tiers[customers.idxmax()] == "abc4:premium"
    place = tiers.cat.codes
    pairs = sorted(zip(customers, place, strict=True), key=lambda pair: -pair[0])
    for (value, better), (other, worse) in itertools.pairwise(pairs):
        assert better <= worse
        assert value != other or better == worse
    rows = list(range(len(customers)))
    chance.shuffle(rows)
    shuffled = abc_tier(customers.iloc[rows], by=by)
    assert shuffled.reindex(customers.index).tolist() == tiers.tolist()
    if by == "value":
        assert (tiers[customers <= 0] == "abc4:small").all()
        # Money in another unit, or shares of it, moves nobody.
        assert abc_tier(customers * 7.0, by=by).tolist() == tiers.tolist()


@settings(max_examples=50)
@given(amounts)
def test_who_stands_ahead_counted_by_plain_loops(values):
    total = sum(values)
    if total <= 0:
        values = [*values, 10_000]
        total += 10_000
    series = pd.Series(values)
    by_rank, by_value = abc_tier(series).cat.codes, abc_tier(series, by="value").cat.codes
    for place, value in enumerate(values):
        ahead = [other for other in values if other > value]
        # In whole numbers: 100 * ahead >= percent * all.
        rank = sum(100 * len(ahead) >= cut * len(values) for cut in (5, 20, 50))
        worth = sum(100 * sum(ahead) >= cut * total for cut in (50, 80, 95))
        assert (by_rank[place], by_value[place]) == (rank, worth)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 200), min_size=1, max_size=40).filter(sum))
def test_the_curve_is_concave_and_the_gini_is_its_area(values):
    series = pd.Series(values)
    curve = pareto_curve(series)
    assert curve["cumulative_share"].iloc[-1] == pytest.approx(1)
    assert curve["value"].is_monotonic_decreasing
    assert sorted(curve.index) == sorted(series.index)
    steps = np.concatenate([[0], curve["cumulative_share"]])
    area = ((steps[1:] + steps[:-1]) / 2).sum() / len(values)
    assert gini(series) == pytest.approx(2 * area - 1)


@given(
    st.lists(st.sampled_from([-3, -1, 0, 1, 2, 7, 50]), min_size=1, max_size=40),
    st.sampled_from([(0.2,), (0.2, 0.5), (0.05, 0.2, 0.5), (0.5, 0.8, 0.95)]),
    st.sampled_from(["customers", "value"]),
)
def test_a_tier_is_what_stands_strictly_ahead(values, cuts, by):
    if by == "value" and sum(values) <= 0:
        return
    tiers = abc_tier(pd.Series(values), by=by, cuts=cuts)
    for value, place in zip(values, tiers.cat.codes, strict=True):
        better = [other for other in values if other > value]
        ahead = len(better) / len(values) if by == "customers" else sum(better) / sum(values)
        assert place == sum(ahead >= cut - 1e-12 for cut in cuts)
