"""How often customers keep their tiers: by enumeration, at cuts, and on the shipped books."""

import itertools

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.schema import DataError
from rfmkit.value.tiers import value_tier


def by_mean(values: pd.Series) -> pd.Series:
    return pd.Series(np.where(values >= values.mean(), "high", "low"), index=values.index)


def test_the_share_kept_is_that_of_all_resamples():
    values = pd.Series([1.0, 3.0, 4.0, 10.0], index=list("wxyz"))
    now = by_mean(values)
    drawn, kept = np.zeros(4), np.zeros(4)
    for row in itertools.product(range(4), repeat=4):
        mean = values.iloc[list(row)].mean()
        for place in set(row):
            drawn[place] += 1
            kept[place] += ("high" if values.iloc[place] >= mean else "low") == now.iloc[place]
    table = rk.tier_stability(values, by_mean, resamples=1500, seed=1)
    assert table["kept_share"].tolist() == pytest.approx((kept / drawn).tolist(), abs=0.05)
    assert (table["drawn"] / 1500).tolist() == pytest.approx((drawn / 256).tolist(), abs=0.05)
    assert table["tier"].tolist() == now.tolist()
    assert table.loc["y", "other_tier"] == "high"
    assert table.index.tolist() == list("wxyz")


def test_a_cut_at_a_fixed_number_never_moves():
    scores = pd.Series([59.26, 60.0, 85.0, 12.0, 79.9])
    table = rk.tier_stability(scores, value_tier, resamples=100)
    assert (table["kept_share"] == 1).all()
    assert not table["near_cut"].any()
    assert table["other_tier"].isna().all()
    assert isinstance(table["tier"].dtype, pd.CategoricalDtype)


def test_who_sits_near_a_moving_cut_is_told():
    values = pd.Series([*np.linspace(1, 40, 40), 100.0, 101.0], name="monetary")
    cut = values.mean()
    table = rk.tier_stability(values, by_mean, seed=3)
    distance = (values - cut).abs()
    assert distance[table["near_cut"]].max() < distance[~table["near_cut"]].min() + 3
    assert table.loc[distance.idxmin(), "kept_share"] < 0.75
    assert table.loc[[0, 41], "kept_share"].tolist() == [1, 1]
    assert table.attrs == {"sure": 0.9}
    strict = rk.tier_stability(values, by_mean, seed=3, sure=1)
    assert strict["near_cut"].sum() > table["near_cut"].sum()


def test_the_order_of_rows_is_no_matter():
    values = pd.Series(np.random.default_rng(1).gamma(1, 9, 30), index=[f"C{n}" for n in range(30)])
    one = rk.tier_stability(values, rk.abc_tier, resamples=200)
    other = rk.tier_stability(values.iloc[::-1], rk.abc_tier, resamples=200)
    pd.testing.assert_frame_equal(one, other.loc[values.index])


def test_tiers_that_only_a_resample_has():
    values = pd.Series([1.0, 2.0, 9.0])

    def odd(drawn: pd.Series) -> pd.Series:
        return pd.Series("all" if drawn.nunique() == 3 else "few", index=drawn.index)

    table = rk.tier_stability(values, odd, resamples=300)
    assert set(table["other_tier"]) == {"few"}
    assert table["near_cut"].all()


@pytest.mark.parametrize(
    ("customers", "tierer", "how", "match"),
    [
        (pd.Series([1.0]), by_mean, {}, "nobody to draw"),
        (pd.Series([], dtype="float64"), by_mean, {}, "nobody to draw"),
        (pd.Series([1.0, np.nan]), by_mean, {}, "blank"),
        (pd.Series([1.0, 2.0], index=["a", "a"]), by_mean, {}, "2 rows of customer 'a'"),
        (pd.Series([1.0, 2.0]), lambda values: values.to_numpy(), {}, "return a Series"),
        (pd.Series([1.0, 2.0]), lambda values: values.iloc[:1], {}, "each of the customers"),
        (pd.Series([1.0, 2.0]), lambda values: values.where(values > 1), {}, "each of the"),
        (pd.Series([9.0, -5.0, 1.0]), lambda v: rk.abc_tier(v, by="value"), {}, "every resample"),
        (pd.Series([1.0, 2.0]), by_mean, {"sure": 90}, "0.9 for 90 %"),
        (pd.Series([1.0, 2.0]), by_mean, {"resamples": 5}, "100 or more"),
    ],
)
def test_what_cannot_be_drawn_is_told(customers, tierer, how, match):
    with pytest.raises(DataError, match=match):
        rk.tier_stability(customers, tierer, **how)


def test_equal_customers_all_keep_their_tier():
    table = rk.tier_stability(pd.Series([5.0] * 8), by_mean, resamples=100)
    assert (table["kept_share"] == 1).all()


def table_of_chapter_3() -> pd.DataFrame:
    """Gather the five indicators of chapter 3, as its lesson does."""
    customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
    payments = rk.load_table(rk.data_file("付款記錄.csv"))
    contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
    due = payments["due_date"] < "2021-04-01"
    unpaid = payments["paid_date"].isna()
    late = (payments["paid_date"] > payments["due_date"]) | (unpaid & due)
    overdue = late[~unpaid | due].groupby(payments["customer"]).mean()
    complaints = contacts["customer"][contacts["kind"] == "complaint"].value_counts()
    table = customers[["profit", "forecast_amount", "company_size"]]
    return table.assign(
        overdue_rate=overdue.reindex(table.index),
        complaint_count=complaints.reindex(table.index).fillna(0),
    )


def test_c381_just_misses_the_cut_of_equal_weights():
    table = table_of_chapter_3()
    worse = {"overdue_rate", "complaint_count"}

    def scores(drawn: pd.DataFrame) -> pd.Series:
        points = {
            name: rk.to_points(drawn[name], smaller_is_better=name in worse, missing="keep")
            for name in drawn
        }
        equal = dict.fromkeys(points, 0.2)
        return rk.composite_score(pd.DataFrame(points), equal, missing="renormalise")

    stability = rk.tier_stability(table, lambda drawn: value_tier(scores(drawn)), resamples=200)
    assert round(scores(table)["C381"], 2) == 59.69
    mine = stability.loc["C381"]
    assert (mine["tier"], mine["other_tier"]) == ("value3:ordinary", "value3:important")
    assert 0.5 < mine["kept_share"] < 0.8
    # The cuts are fixed, but the points are places among the customers drawn.
    far = np.minimum((scores(table) - 60).abs(), (scores(table) - 80).abs())
    assert stability.loc[far > 3, "kept_share"].min() > 0.9
