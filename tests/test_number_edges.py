"""Amounts equal but for rounding noise, totals that are no total, and numbers too large."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk
from rfmkit import thresholds
from rfmkit.plots.tiers import tier_shares

NOISY = 0.1 + 0.1 + 0.1  # 0.30000000000000004
SIZES = (1e-12, 1e-6, 1.0, 1e6, 1e12, 1e300)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "place",
    [
        rk.to_points,
        lambda values: rk.to_points(values, method="minmax"),
        lambda values: rk.to_points(values, smaller_is_better=True),
        rk.score,
        rk.relative_tier,
        rk.abc_tier,
        lambda values: rk.abc_tier(values, by="value"),
        lambda values: rk.value_tier(values, cuts=(0.3 * values.max(), 0.9 * values.max())),
        lambda values: rk.pyramid_tier(values, cuts=(0.2, 0.4)),
    ],
)
def test_equal_customers_are_placed_alike_at_any_size(place, size):
    values = pd.Series([1.0, NOISY, 0.3, 0.2, 0.1]) * size
    exact = pd.Series([1.0, 0.3, 0.3, 0.2, 0.1]) * size
    found, expected = place(values), place(exact)
    if found.dtype == "float64":
        assert found.tolist() == pytest.approx(expected.tolist())
    else:
        assert found.tolist() == expected.tolist()
    assert found[1] == found[2]


@pytest.mark.parametrize("size", SIZES)
def test_different_customers_stay_apart_at_any_size(size):
    values = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0]) * size
    assert rk.to_points(values).tolist() == [0, 25, 50, 75, 100]
    assert rk.score(values).tolist() == [1, 2, 3, 4, 5]
    wide = pd.Series([1e300, 1e301, 1e308, 1e305, 1])
    assert rk.to_points(wide).tolist() == [25, 50, 100, 75, 0]
    assert rk.score(wide).tolist() == [2, 3, 5, 4, 1]


@settings(max_examples=100)
@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=12),
    st.sampled_from([2.0**-40, 0.1, 1.0, 1e9]),
    st.randoms(use_true_random=False),
)
def test_noise_of_sums_changes_no_points(numbers, size, random):
    exact = pd.Series(numbers, dtype="float64") * size
    noise = [random.choice([-1, 0, 1]) * 2e-16 for _ in numbers]
    noisy = exact + np.array(noise) * exact.abs().max()
    for method in ("rank", "minmax"):
        expected = rk.to_points(exact, method=method).tolist()
        assert rk.to_points(noisy, method=method).tolist() == pytest.approx(expected, abs=1e-6)
    assert thresholds.without_noise(noisy).nunique() == exact.nunique()


def test_the_best_fifth_takes_equal_customers_in_together():
    values = pd.Series([NOISY, 0.3, 0.1, 0.1, 0.1])
    assert rk.value_share(values) == pytest.approx(0.6 / 0.9)


def test_a_profit_of_nothing_but_noise_costs_nothing():
    nothing = 0.1 + 0.2 - 0.3 - 1.2e-16
    assert nothing < 0
    profit = pd.Series([100.0, 50.0, nothing, -1.0])
    assert rk.pyramid_tier(profit).tolist()[2:] == ["pyramid4:iron", "pyramid4:lead"]
    tiers = rk.peppers_tier(profit, profit * 0, profit_cut=60, growth_cut=60)
    assert tiers.tolist()[2:] == ["value4:lvc", "value4:below_zero"]
    months = [f"2021-0{month}" for month in range(1, 7)]
    history = pd.DataFrame([[0, 0, 0, 0, 0, 5.6e-17], [0, 0, 0, 0, 0, 40.0]], columns=months)
    assert rk.lifecycle_phase(history).astype(object).isna().tolist() == [True, False]


def test_points_are_within_their_scale():
    weights = {"a": 0.7, "b": 0.2, "c": 0.1}
    points = pd.DataFrame({name: [100.0, 0.0] for name in weights})
    assert rk.composite_score(points, weights).tolist() == [100.0, 0.0]


def ledger(*amounts, customer="A", order=None):
    day = pd.Timestamp("2021-03-30")
    tx = pd.DataFrame({"customer": customer, "date": day, "amount": [float(a) for a in amounts]})
    return tx.assign(order=order if order is not None else "")


@pytest.mark.parametrize(
    ("amounts", "monetary"),
    [
        ((0.1, 0.2, -0.3), 0.0),
        ((3e-13, 4e-13), 7e-13),
        ((1e-9, 1e-9, 1e-9), 3e-9),
        ((1e9, 0.1, -1e9, -0.1), 0.0),
        ((1e12, 0.3, -1e12, -0.3), 0.0),
        ((199.99, 0.01, 1_234_567.89), 1_234_767.89),
        ((10.1,) * 1000, 10_100.0),
        ((1e300, 1e300), 2e300),
    ],
)
def test_monetary_is_without_the_noise_of_its_sum(amounts, monetary):
    tx = ledger(*amounts)
    totals = [rk.customer_totals(tx.iloc[:1]), rk.customer_totals(tx.iloc[1:])]
    for found in (
        rk.rfm_table(tx, today="2021-04-01"),
        rk.rfm_table(tx, today="2021-04-01", order="order"),
        rk.rfm_at(rk.merge_rfm(*totals), today="2021-04-01"),
    ):
        assert found.loc["A", "monetary"] == monetary


@settings(max_examples=100)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30))
def test_sums_of_cents_are_right_to_the_cent(cents):
    tx = ledger(1, *(cent / 100 for cent in cents), -1)
    exact = Fraction(sum(cents), 100)
    found = rk.rfm_table(tx, today="2021-04-01").loc["A", "monetary"]
    assert found == float(exact)


def test_staff_is_rounded_up_without_noise():
    def exact(customers, ratio):
        return math.ceil(Fraction(customers) / Fraction(ratio))

    for customers in range(1, 200):
        tiers = pd.Series("t", index=range(customers))
        for ratio in ("0.1", "0.3", "0.6", "0.7", "1.1", "2.5", "3"):
            plan = rk.staffing(tiers, {"t": float(ratio)})
            assert plan.loc["t", "staff_least"] == exact(customers, ratio), (customers, ratio)


def test_staff_that_is_enough_fits():
    plan = pd.DataFrame({"customers": [3], "staff_least": [1], "staff_most": [1]}, index=["t"])
    fit = rk.staffing_fit(plan, staff=1, hours_per_customer={"t": 0.1}, hours_per_person=0.3)
    assert fit["hours_needed"] > fit["hours"]
    assert fit["hours_fit"] is True
    parts = 0.7 + 0.2 + 0.1  # 0.9999999999999999
    fit = rk.staffing_fit(plan, staff=parts)
    assert (fit["fits"], fit["spare"]) == (True, 0)
    assert rk.staffing_fit(plan, staff=0.99)["fits"] is False


def test_points_are_whole_yuan_at_any_size():
    spend = pd.Series([NOISY * 10, 999_999_999.99, 1e12 + 0.99, 1e15, 4.1 * 100, -3.0])
    points = rk.loyalty_points(spend, used_up=False)["points"]
    assert points.tolist() == [3, 999_999_999, 10**12, 10**15, 410, 0]


SPEND = pd.DataFrame(
    {"recency_days": [1, 2, 40], "frequency": [5, 4, 1], "monetary": [100.0, -150.0, 50.0]}
)


@pytest.mark.parametrize("loss", [0.0, 200.0, 1.0])
def test_a_total_that_is_not_above_zero_has_no_shares(loss):
    rfm = SPEND.assign(monetary=SPEND["monetary"] - [0, loss, 0])
    classes = rk.rfm_class(pd.DataFrame({name: [True, False, False] for name in "RFM"}))
    clusters = pd.Series([1, 1, 2])
    for table, share in (
        (rk.class_summary(rfm, classes), "revenue_share"),
        (rk.cluster_summary(rfm, clusters), "revenue_share"),
        (rk.tier_summary(rfm["monetary"], classes), "value_share"),
        (tier_shares(rfm["monetary"], classes), "value_share"),
    ):
        assert table[share].isna().all()
        assert table["customers"].sum() == 3
    gained = rfm.assign(monetary=[300.0, -150.0, 50.0])
    assert rk.class_summary(gained, classes)["revenue_share"].iloc[0] == 1.5
    assert rk.cluster_summary(gained, clusters)["revenue_share"].tolist() == [0.75, 0.25]


def test_a_total_of_nothing_but_noise_has_no_shares():
    rfm = SPEND.assign(monetary=[0.1, 0.2, -0.3])
    assert rfm["monetary"].sum() != 0
    classes = rk.rfm_class(pd.DataFrame({name: [True, False, False] for name in "RFM"}))
    assert rk.class_summary(rfm, classes)["revenue_share"].isna().all()
    assert rk.cluster_summary(rfm, pd.Series([1, 1, 2]))["revenue_share"].isna().all()
    assert rk.tier_summary(rfm["monetary"], classes)["value_share"].isna().all()


HUGE = pd.Series([1e308, 1e308, 1e308])


@pytest.mark.parametrize(
    "call",
    [
        lambda: rk.simple_clv(1e308, 10, 10),
        lambda: rk.simple_clv(HUGE, 10, 10),
        lambda: rk.retention_clv(1e308, 0.99, 0.001),
        lambda: rk.credit_limit(HUGE, pd.Series(["credit:aaa"] * 3), term_months=12),
        lambda: rk.pareto_curve(HUGE),
        lambda: rk.value_share(HUGE),
        lambda: rk.gini(HUGE),
        lambda: rk.abc_tier(HUGE, by="value"),
        lambda: rk.tier_summary(HUGE, pd.Series(list("aab"))),
        lambda: rk.class_summary(
            SPEND.assign(monetary=HUGE),
            rk.rfm_class(pd.DataFrame({name: [True] * 3 for name in "RFM"})),
        ),
        lambda: rk.rfm_table(ledger(1e308, 1e308), today="2021-04-01"),
    ],
)
def test_what_passes_the_largest_number_is_told(call):
    with pytest.raises(rk.DataError, match=r"too large|infinite"):
        call()


def test_large_numbers_keep_their_sign_and_place():
    points = rk.to_points(pd.Series([-1e308, 0, 1e308]), method="minmax")
    assert points.tolist() == [0, 50, 100]
    with pytest.raises(rk.DataError, match=r"spend of 'B' is 1e\+19"):
        rk.loyalty_points(pd.Series([1.0, 1e19], index=["A", "B"]), used_up=True)


@pytest.mark.parametrize("kept", [False, True])
def test_a_number_and_the_same_as_text_are_told_when_merged(kept):
    how = {"order": "order", "keep_orders": True} if kept else {}
    numbers = rk.customer_totals(ledger(5, 6, customer=[1, 2], order=["x", "y"]), **how)
    texts = rk.customer_totals(ledger(7, 8, customer=["1", "2"], order=["x", "z"]), **how)
    with pytest.raises(rk.DataError, match="1 and '1' may be one and the same"):
        rk.merge_rfm(numbers, texts)
    others = rk.customer_totals(ledger(7, customer=["A1"], order=["z"]), **how)
    assert len(rk.merge_rfm(numbers, others)) == 3


def test_a_number_and_the_same_as_text_are_told_in_one_ledger():
    mixed = ledger(5, 6, customer=pd.Series([1, "1"], dtype=object))
    with pytest.raises(rk.DataError, match="1 and '1' may be one and the same"):
        rk.rfm_table(mixed, today="2021-04-01")
