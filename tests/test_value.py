"""Points, scores and the layers of the pyramid: the tables of 003, worked cases, properties."""

import itertools
import math
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfmkit.schema import DataError
from rfmkit.value import CREDIT_ORDER_PROFIT, INDICATORS, composite_score, to_points
from rfmkit.value.profile import tier_profile, tier_summary
from rfmkit.value.tiers import peppers_tier, pyramid_tier, relative_tier, value_tier


def tails(tiers):
    return [code.split(":")[1] for code in tiers]


def test_the_four_families_of_003():
    assert list(INDICATORS) == ["transaction", "finance", "contact", "profile"]
    every = [name for family in INDICATORS.values() for name in family]
    assert len(every) == len(set(every)) == 30
    directions = {way for family in INDICATORS.values() for way in family.values()}
    assert directions == {"more", "less", "either", "words"}
    with pytest.raises(TypeError):
        INDICATORS["finance"]["overdue_rate"] = "more"


def test_points_by_hand():
    days = pd.Series([0, 10, 10, 40, 90], index=list("ABCDE"))
    assert to_points(days).tolist() == [0, 37.5, 37.5, 75, 100]
    assert to_points(days, smaller_is_better=True).tolist() == [100, 62.5, 62.5, 25, 0]
    assert to_points(days, method="minmax").round(2).tolist() == [0, 11.11, 11.11, 44.44, 100]
    assert to_points(days).index.tolist() == list("ABCDE")


def test_one_huge_customer_moves_all_points_of_minmax_and_none_of_rank():
    usual, huge = pd.Series([1, 2, 3, 4]), pd.Series([1, 2, 3, 4000])
    assert to_points(usual).tolist() == to_points(huge).tolist()
    assert to_points(usual, method="minmax")[2] > 60
    assert to_points(huge, method="minmax")[2] < 1


@pytest.mark.parametrize("method", ["rank", "minmax"])
@pytest.mark.parametrize("values", [[7], [7, 7, 7]])
def test_nobody_stands_out_at_fifty(method, values):
    for smaller in (True, False):
        points = to_points(pd.Series(values), method=method, smaller_is_better=smaller)
        assert points.tolist() == [50] * len(values)


def test_a_blank_is_refused_or_kept():
    overdue = pd.Series([5.0, None, 1.0])
    with pytest.raises(DataError, match="blank"):
        to_points(overdue)
    kept = to_points(overdue, smaller_is_better=True, missing="keep")
    assert kept.fillna(-1).tolist() == [0, -1, 100]
    with pytest.raises(DataError, match="has no number"):
        to_points(pd.Series([np.nan, np.nan]), missing="keep")


def test_the_composite_of_002():
    points = pd.DataFrame(
        {"credit": [100, 20], "order_amount": [50, 90], "profit": [30, 80], "prospects": [99, 0]}
    )
    assert dict(CREDIT_ORDER_PROFIT) == {"credit": 0.1, "order_amount": 0.3, "profit": 0.6}
    # 10 + 15 + 18; 2 + 27 + 48. Prospects, the fifth criterion of 002, have no weight.
    assert composite_score(points, CREDIT_ORDER_PROFIT).tolist() == pytest.approx([43, 77])


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({"a": 10, "b": 90}, "add up to 100, not to 1"),
        ({"a": 0.5, "b": 0.4}, "add up to 0.9, not to 1"),
        ({"a": 1.5, "b": -0.5}, "must be 0 or more"),
        ({"a": 0.5, "b": np.nan}, "must be 0 or more"),
        ({"a": 0.5, "b": "half"}, "must be 0 or more"),
        ({"a": 0.5, "profitt": 0.5}, "lacks column 'profitt'"),
        ({}, "dictionary"),
        ([0.5, 0.5], "dictionary"),
    ],
)
def test_bad_weights_are_explained(weights, says):
    with pytest.raises(DataError, match=says):
        composite_score(pd.DataFrame({"a": [1.0], "b": [2.0]}), weights)


def test_weights_may_carry_rounding_noise():
    # Even the exact sum, which Python gives from 3.12 on, is not quite 1.
    shares = pd.Series([37, 34, 1], index=list("abc")) / 72
    assert math.fsum(shares) != 1
    points = pd.DataFrame(60, index=["A"], columns=shares.index)
    scores = composite_score(points, shares)
    assert scores.tolist() != [60]
    # 60 in every indicator is 60, and important.
    assert tails(value_tier(scores)) == ["important"]


def test_missing_indicators():
    points = pd.DataFrame(
        {"a": [100.0, np.nan, 40.0], "b": [50.0, 80.0, np.nan]}, index=list("XYZ")
    )
    weights = {"a": 0.25, "b": 0.75}
    with pytest.raises(DataError, match="column 'a' holds 1 blank"):
        composite_score(points, weights)
    scores = composite_score(points, weights, missing="renormalise")
    assert scores.to_dict() == {"X": 62.5, "Y": 80.0, "Z": 40.0}
    # To count the unknown as nothing would give 60 and 10.
    with pytest.raises(DataError, match="'W'"):
        composite_score(
            pd.DataFrame({"a": [1.0, np.nan], "b": [1.0, np.nan]}, index=["V", "W"]),
            weights,
            missing="renormalise",
        )
    with pytest.raises(DataError, match="'Y'"):
        composite_score(points, {"a": 1.0, "b": 0.0}, missing="renormalise")


def test_raw_figures_are_not_points():
    with pytest.raises(DataError, match=r"runs from 1 to 5000.*\n.*to_points"):
        composite_score(pd.DataFrame({"a": [1, 5000]}), {"a": 1})


def test_half_open_at_60_and_80():
    scores = pd.Series([0, 59.999, 60, 60.001, 79.999, 80, 80.001, 100])
    assert tails(value_tier(scores)) == [
        "ordinary",
        "ordinary",
        "important",
        "important",
        "important",
        "vip",
        "vip",
        "vip",
    ]
    assert value_tier(scores).cat.categories.tolist() == [
        "value3:vip",
        "value3:important",
        "value3:ordinary",
    ]
    # 0.1 + 0.2 is not 0.3 to a computer; a sum that means 60 is 60.
    assert tails(value_tier(pd.Series([200 * (0.1 + 0.2), 60 - 1e-12]))) == ["important"] * 2


def test_own_cuts_and_names():
    assert tails(value_tier(pd.Series([50, 49]), cuts=[50])) == ["1", "2"]
    named = value_tier(pd.Series([90, 75, 65, 10]), cuts=(60, 70, 80), names=list("ABCD"))
    assert named.tolist() == list("ABCD")
    with pytest.raises(DataError, match="must rise"):
        value_tier(pd.Series([1]), cuts=(80, 60))


def test_absolute_and_relative_vips_are_different_customers():
    good_year, bad_year = pd.Series([99, 95, 92, 90, 88]), pd.Series([79, 70, 55, 40, 20])
    assert tails(value_tier(good_year)).count("vip") == 5
    assert tails(value_tier(bad_year)).count("vip") == 0
    for scores in (good_year, bad_year):
        assert tails(relative_tier(scores)) == ["key"] + ["other"] * 4
    assert not set(value_tier(good_year)) & set(relative_tier(good_year))
    assert tails(relative_tier(pd.Series([9, 9, 9, 1, 1]))) == ["key"] * 3 + ["other"] * 2


# 003, figure 09-052: 35 VIPs by industry and by region.
INDUSTRY = {"金融": (24, 68.57), "電信": (8, 22.86), "政府機關": (3, 8.57)}
REGION = {
    "華北": (5, 14.29),
    "華南": (15, 42.86),
    "華東": (9, 25.71),
    "西部": (2, 5.71),
    "海外": (4, 11.43),
}


def test_the_35_vips_of_003():
    def spell(counts):
        return [name for name, (number, _) in counts.items() for _ in range(number)]

    vips = pd.DataFrame({"industry": spell(INDUSTRY), "region": spell(REGION)})
    customers = pd.concat([vips, vips.head(10)], ignore_index=True)
    tiers = pd.Series(["value3:vip"] * 35 + ["value3:ordinary"] * 10)
    found = tier_profile(customers, tiers).composition.loc["value3:vip"]
    for column, counts in (("industry", INDUSTRY), ("region", REGION)):
        part = found.loc[column]
        assert part["customers"].to_dict() == {name: n for name, (n, _) in counts.items()}
        percent = (100 * part["customer_share"]).round(2)
        assert percent.to_dict() == {name: share for name, (_, share) in counts.items()}
        assert part["customers"].is_monotonic_decreasing


def test_the_distribution_within_a_layer():
    customers = pd.DataFrame(
        {
            "profit": [10, 30, 20, 1],
            "overdue": [0.0, None, 4.0, 2.0],
            "listed": [True, False, True, True],
            "since": pd.to_datetime(["2020-01-01"] * 4),
            "region": ["北", None, "北", "南"],
        },
        index=list("ABCD"),
    )
    tiers = value_tier(pd.Series([90, 85, 80, 10], index=list("ABCD")))
    profile = tier_profile(customers, tiers)
    spread = profile.distribution
    assert spread.loc[("value3:vip", "profit")].tolist() == [3, 0, 10, 20, 30]
    assert spread.loc[("value3:vip", "overdue")].tolist() == [2, 1, 0, 2, 4]
    assert spread.loc[("value3:important", "profit"), "customers"] == 0
    assert spread.loc[("value3:important", "profit")].isna().sum() == 3
    assert spread.index.get_level_values("tier").unique().tolist() == list(tiers.cat.categories)
    counts = profile.composition
    assert counts.loc[("value3:vip", "listed", True), "customers"] == 2
    assert counts.loc["value3:vip"].loc["region", "customers"].tolist() == [2, 1]
    assert counts.groupby(["tier", "column"], observed=True)["customer_share"].sum().eq(1).all()
    assert "since" not in counts.index.get_level_values("column")


def test_a_profile_of_words_alone_or_numbers_alone():
    tiers = pd.Series(["a", "b"])
    words = tier_profile(pd.DataFrame({"region": ["北", "南"]}), tiers)
    assert len(words.distribution) == 0
    assert list(words.distribution.columns) == ["customers", "blank", "min", "mean", "max"]
    numbers = tier_profile(pd.DataFrame({"profit": [1, 2]}), tiers)
    assert len(numbers.composition) == 0
    assert list(numbers.composition.columns) == ["customers", "customer_share"]
    with pytest.raises(DataError, match="no column of numbers or words"):
        tier_profile(pd.DataFrame({"since": pd.to_datetime(["2020-01-01"] * 2)}), tiers)


def test_a_pyramid_beside_its_value():
    profit = pd.Series([80.0, 30.0, -10.0])
    table = tier_summary(profit, pyramid_tier(profit, cuts=(0.2, 0.5)))
    assert tails(table.index) == ["platinum", "gold", "iron", "lead"]
    assert table["customers"].tolist() == [1, 1, 0, 1]
    assert table["value_share"].tolist() == [0.8, 0.3, 0.0, -0.1]
    assert tier_summary(pd.Series([1, -1]), pd.Series(["a", "b"]))["value_share"].isna().all()


def test_lead_costs_money_whatever_the_rank():
    assert tails(pyramid_tier(pd.Series([5, -1, -2, -3]), cuts=(0.3, 0.8))) == [
        "platinum",
        "lead",
        "lead",
        "lead",
    ]
    # A small customer who earns a little is iron, not lead.
    profit = pd.Series(range(99, -1, -1))
    assert pyramid_tier(profit).value_counts(sort=False).tolist() == [5, 15, 80, 0]
    with pytest.raises(DataError, match="two shares"):
        pyramid_tier(profit, cuts=(0.2,))


@pytest.mark.parametrize(
    ("profit", "growth", "tier"),
    [
        (500, 0, "mvc"),
        (500, 900, "mvc"),
        (499, 300, "mgc"),
        (499, 299, "lvc"),
        (0, 0, "lvc"),
        (0, -50, "lvc"),
        (-1, 0, "below_zero"),
        (-100, 99, "below_zero"),
        (-100, 100, "lvc"),
        (-100, 300, "mgc"),
    ],
)
def test_the_order_of_peppers_and_rogers_questions(profit, growth, tier):
    tiers = peppers_tier(pd.Series([profit]), pd.Series([growth]), profit_cut=500, growth_cut=300)
    assert tails(tiers) == [tier]


def test_peppers_cuts_are_money():
    one = pd.Series([1])
    for bad in (0, -5, np.nan, "500", None):
        with pytest.raises(DataError, match="profit_cut must be"):
            peppers_tier(one, one, profit_cut=bad, growth_cut=1)
    with pytest.raises(DataError, match="same customers"):
        peppers_tier(one, pd.Series([1], index=["B"]), profit_cut=1, growth_cut=1)


numbers = st.lists(st.integers(-30, 100), min_size=1, max_size=40)


@settings(max_examples=30)
@given(numbers, st.sampled_from(["rank", "minmax"]), st.integers(0, 999).map(Random))
def test_points_follow_the_values(values, method, chance):
    series = pd.Series(values)
    before = series.copy(deep=True)
    points = to_points(series, method=method)
    pd.testing.assert_series_equal(series, before)
    assert points.between(0, 100).all()
    for (value, low), (other, high) in itertools.pairwise(sorted(zip(values, points, strict=True))):
        assert low <= high
        assert value != other or low == high
        assert value == other or low < high
    mirrored = to_points(series, method=method, smaller_is_better=True)
    np.testing.assert_allclose(mirrored, 100 - points)
    np.testing.assert_allclose(to_points(-series, method=method), mirrored, atol=1e-9)
    rows = list(series.index)
    chance.shuffle(rows)
    assert to_points(series.loc[rows], method=method).sort_index().tolist() == points.tolist()


@settings(max_examples=30)
@given(
    st.lists(st.tuples(*[st.floats(0, 100)] * 3), min_size=1, max_size=20),
    st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
)
def test_a_score_lies_between_its_points(rows, weights):
    points = pd.DataFrame(rows, columns=["a", "b", "c"])
    before = points.copy(deep=True)
    shares = dict(zip("abc", np.array(weights) / sum(weights), strict=True))
    scores = composite_score(points, shares)
    pd.testing.assert_frame_equal(points, before)
    assert (scores >= points.min(axis=1) - 1e-9).all()
    assert (scores <= points.max(axis=1) + 1e-9).all()
    same = composite_score(points, shares, missing="renormalise")
    assert same.tolist() == scores.tolist()
    upside_down = composite_score(points.iloc[::-1], shares)
    assert upside_down.iloc[::-1].tolist() == scores.tolist()


@settings(max_examples=30)
@given(numbers)
def test_every_scheme_places_every_customer_and_keeps_ties_together(values):
    series = pd.Series(values, index=[f"C{n}" for n in range(len(values))])
    growth = pd.Series(50, index=series.index)
    for tiers in (
        value_tier(series),
        relative_tier(series),
        pyramid_tier(series),
        peppers_tier(series, growth, profit_cut=60, growth_cut=40),
    ):
        assert tiers.index.equals(series.index)
        assert tiers.notna().all()
        assert tiers.cat.ordered
        assert tier_summary(series, tiers)["customers"].sum() == len(series)
        assert tiers.astype(str).groupby(series).nunique().eq(1).all()
        # With the same growth for all, Peppers and Rogers too put no poorer customer higher, but
        # for MGC above LVC: growth is at its cut for all here, so there is no LVC.
        places = tiers.cat.codes[series.sort_values(ascending=False).index]
        assert places.is_monotonic_increasing
