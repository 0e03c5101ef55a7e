"""Lifetime value by hand, cohorts by plain loops, and the published CDNOW model."""

import itertools
import sys
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk
from rfmkit.clv import expected_life, retention_clv, simple_clv
from rfmkit.clv.cohorts import churn_rate, cohort_retention
from rfmkit.clv.repeats import bg_nbd_table
from rfmkit.schema import DataError

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
real = pytest.mark.real_ledgers


def test_the_simple_product_is_revenue():
    assert simple_clv(500, 4, 5) == 10_000
    assert simple_clv(500, 4, 5, margin=0.3) == pytest.approx(3_000)
    assert simple_clv(500, 0, 5) == 0
    assert simple_clv(500, 4, 5, margin=-0.1) == pytest.approx(-1_000)
    orders = pd.Series([100, 200], index=["A", "B"])
    assert simple_clv(orders, 2, 3).to_dict() == {"A": 600, "B": 1200}
    assert simple_clv(orders, 2, 3).name == "clv"


def test_the_three_figures_of_the_chapter():
    assert round(retention_clv(1, 0.8, 0.1), 2) == 2.67
    assert round(retention_clv(1, 0.8, 0.1, first_margin="now"), 2) == 3.67
    assert retention_clv(1, 0.8, 0, first_margin="now") == pytest.approx(5)
    assert expected_life(0.8) == pytest.approx(5)
    assert retention_clv(1_000, 0.8, 0.1) == pytest.approx(1_000 * 0.8 / 0.3)


def test_by_adding_up_period_after_period():
    rate, interest = 0.8, 0.1
    terms = [(rate / (1 + interest)) ** n for n in range(400)]
    assert retention_clv(7, rate, interest) == pytest.approx(7 * sum(terms[1:]))
    assert retention_clv(7, rate, interest, first_margin="now") == pytest.approx(7 * sum(terms))


def test_one_value_a_customer():
    customers = pd.DataFrame({"m": [100, 200], "r": [0.5, 0.9]}, index=["A", "B"])
    values = retention_clv(customers["m"], customers["r"], 0.1)
    assert values.round(2).to_dict() == {"A": 83.33, "B": 900.0}
    assert retention_clv(-50, 0.5, 0.1) < 0
    assert retention_clv(50, 0, 0.1) == 0
    assert expected_life(customers["r"]).round(6).tolist() == [2, 10]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: retention_clv(1, 80, 0.1), "0.8 for 80 %"),
        (lambda: retention_clv(1, 0.8, 10), "0.1 for 10 %"),
        (lambda: retention_clv(1, -0.1, 0.1), "between 0 and 1, not -0.1"),
        (lambda: retention_clv(1, 1, 0), "never ends"),
        (lambda: retention_clv(1, pd.Series([0.5, 1.0]), 0), "never ends"),
        (lambda: retention_clv(1, 0.8, 0.1, first_margin="today"), "'next' or 'now'"),
        (lambda: retention_clv("1", 0.8, 0.1), "plain number"),
        (lambda: retention_clv(None, 0.8, 0.1), "plain number"),
        (lambda: retention_clv(True, 0.8, 0.1), "plain number"),
        (lambda: retention_clv(np.nan, 0.8, 0.1), "plain number"),
        (lambda: retention_clv(np.inf, 0.8, 0.1), "plain number"),
        (lambda: retention_clv([1, 2], 0.8, 0.1), "pandas Series"),
        (lambda: retention_clv(pd.Series([1.0, np.nan]), 0.8, 0.1), "1 blank or infinite"),
        (lambda: retention_clv(pd.Series([], dtype=float), 0.8, 0.1), "empty"),
        (lambda: retention_clv(pd.Series(["a"]), 0.8, 0.1), "not numbers"),
        (lambda: retention_clv(pd.Series([1, 2], index=["A", "A"]), 0.8, 0.1), "2 rows of"),
        (
            lambda: retention_clv(pd.Series([1, 2]), pd.Series([0.5, 0.5], index=[1, 0]), 0.1),
            "same customers",
        ),
        (lambda: expected_life(1), "no end"),
        (lambda: expected_life(1.5), "between 0 and 1"),
        (lambda: simple_clv(500, 4, 5, margin=30), "0.3 for 30 %"),
        (lambda: simple_clv(-1, 4, 5), "order_value must be 0 or more"),
        (lambda: simple_clv(1, -4, 5), "orders_per_year must be 0 or more"),
        (lambda: simple_clv(1, 4, -5), "years must be 0 or more"),
    ],
)
def test_a_slip_is_explained(call, says):
    with pytest.raises(DataError, match=says):
        call()


@given(st.floats(0.01, 1e6), st.floats(0, 0.99), st.floats(0, 0.99), st.floats(0.001, 0.5))
def test_more_retention_is_worth_more_and_more_interest_less(margin, retention, discount, step):
    base = retention_clv(margin, retention, discount)
    assert retention_clv(margin, min(retention + step, 0.999), discount) > base or step < 1e-3
    assert retention_clv(margin, retention, min(discount + step, 1)) <= base
    now = retention_clv(margin, retention, discount, first_margin="now")
    assert now == pytest.approx(base + margin)


LEDGER = pd.DataFrame(
    [
        ("A", "2021-01-05", 100), ("A", "2021-01-25", 10), ("A", "2021-03-01", 60),
        ("B", "2021-01-31", 80), ("B", "2021-02-01", 80), ("B", "2021-02-05", -80),
        ("C", "2021-02-14", 50), ("C", "2021-05-31", 50), ("D", "2021-05-02", 1),
    ],
    columns=["customer", "date", "amount"],
).astype({"date": "datetime64[ns]"})  # fmt: skip


def test_cohorts_by_hand():
    table = cohort_retention(LEDGER)
    assert [str(cohort) for cohort in table.index] == ["2021-01", "2021-02", "2021-05"]
    assert table["cohort_size"].tolist() == [2, 1, 1]
    assert table.columns.tolist() == ["cohort_size", 0, 1, 2, 3, 4]
    assert table.drop(columns="cohort_size").fillna(-1).to_numpy().tolist() == [
        [1, 0.5, 0.5, 0, 0],
        [1, 0, 0, 1, -1],
        [1, -1, -1, -1, -1],
    ]


def test_churn_by_hand():
    table = churn_rate(LEDGER)
    assert [str(month) for month in table.index] == ["2021-01", "2021-02", "2021-03", "2021-04"]
    assert table["customers"].tolist() == [2, 2, 1, 0]
    assert table["returned"].tolist() == [1, 0, 0, 0]
    assert table["churn"].fillna(-1).tolist() == [0.5, 1, 1, -1]
    assert len(churn_rate(LEDGER.head(2))) == 0


def test_a_return_is_no_visit_and_names_are_free():
    back = LEDGER.loc[LEDGER["amount"] < 0].assign(date=pd.Timestamp("2021-04-01"))
    ledger = pd.concat([LEDGER, back], ignore_index=True)
    pd.testing.assert_frame_equal(cohort_retention(ledger), cohort_retention(LEDGER))
    own = LEDGER.rename(columns={"customer": "會員", "date": "日", "amount": "元"})
    names = {"customer": "會員", "date": "日", "amount": "元"}
    pd.testing.assert_frame_equal(cohort_retention(own, **names), cohort_retention(LEDGER))
    pd.testing.assert_frame_equal(churn_rate(own, **names), churn_rate(LEDGER))


@pytest.mark.parametrize("period", ["W", "M", "Q", "Y"])
def test_every_period_by_plain_loops(period):
    table = cohort_retention(LEDGER, period=period)
    bought = LEDGER[LEDGER["amount"] > 0]
    active = {
        customer: set(rows["date"].dt.to_period(period))
        for customer, rows in bought.groupby("customer")
    }
    for cohort, row in table.iterrows():
        members = [visits for visits in active.values() if min(visits) == cohort]
        assert row["cohort_size"] == len(members)
        for age in range(len(row) - 1):
            came = sum(cohort + age in visits for visits in members) / len(members)
            late = cohort + age > max(map(max, active.values()))
            assert row[age] == pytest.approx(came) if not late else np.isnan(row[age])


visits = st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(0, 200)), min_size=1, max_size=30)


@settings(max_examples=20)
@given(visits, st.integers(0, 999).map(Random))
def test_cohorts_in_any_order_of_rows(rows, chance):
    def ledger(rows):
        dates = pd.Timestamp("2021-01-01") + pd.to_timedelta([day for _, day in rows], unit="D")
        return pd.DataFrame({"customer": [c for c, _ in rows], "date": dates, "amount": 1.0})

    tx = ledger(rows)
    before = tx.copy(deep=True)
    table = cohort_retention(tx)
    pd.testing.assert_frame_equal(tx, before)
    chance.shuffle(rows)
    pd.testing.assert_frame_equal(table, cohort_retention(ledger(rows)))
    assert table["cohort_size"].sum() == len({customer for customer, _ in rows})
    assert (table[0] == 1).all()
    shares = table.drop(columns="cohort_size").to_numpy()
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()
    assert churn_rate(tx)["churn"].dropna().between(0, 1).all()


def test_repeats_are_not_rfms_frequency_and_recency():
    table = bg_nbd_table(LEDGER, end="2021-06-07")
    assert table.loc["A"].tolist() == [2, 55 / 7, 153 / 7, 35.0]
    assert table.loc["D"].iloc[:3].tolist() == [0, 0, 36 / 7]
    rfm = rk.rfm_table(LEDGER, today="2021-06-07")
    assert rfm.loc["A", "frequency"] == table.loc["A", "repeat_purchases"] + 1
    assert rfm.loc["A", "recency_days"] == 98 != 55
    one_day = pd.concat([LEDGER, LEDGER.head(1)])
    assert bg_nbd_table(one_day, end="2021-06-07").loc["A", "repeat_purchases"] == 2
    with pytest.raises(DataError, match="dated after"):
        bg_nbd_table(LEDGER, end="2021-05-01")


def cdnow_sample():
    # 1,000 in 10: the sample of the paper. It counts the few orders of 0.00 as purchases, which the
    # kit does not; a cent makes them count.
    names = ["master", "customer", "date", "cds", "amount"]
    tx = pd.read_csv(
        DATA / "CDNOW_sample.txt",
        sep=r"\s+",
        header=None,
        names=names,
        dtype={"customer": str, "date": str},
    )
    tx = tx.assign(date=pd.to_datetime(tx["date"]), amount=tx["amount"].clip(lower=0.01))
    return tx[tx["date"] <= "1997-09-30"]


@real
def test_the_published_model_of_cdnow():
    pytest.importorskip("scipy")
    from rfmkit.clv.bg_nbd import expected_purchases, fit_bg_nbd

    table = bg_nbd_table(cdnow_sample(), end="1997-09-30")
    assert len(table) == 2357
    model = fit_bg_nbd(table)
    assert [round(part, 3) for part in model[:4]] == [0.243, 4.414, 0.793, 2.426]
    assert round(model.log_likelihood, 1) == -9582.4
    ahead = expected_purchases(table, model, weeks=39)
    assert ahead.loc["0001", "purchases"] == pytest.approx(1.226, abs=0.001)
    assert (ahead.loc[table["repeat_purchases"] == 0, "alive"] == 1).all()
    assert ahead["alive"].between(0, 1).all()
    # Fed with RFM's columns under the model's names, it would answer without a word.
    rfm = rk.rfm_table(cdnow_sample(), today="1997-09-30")
    trap = table.assign(
        repeat_purchases=rfm["frequency"], first_to_last_weeks=rfm["recency_days"] / 7
    )
    with pytest.raises(DataError, match="not RFM's"):
        fit_bg_nbd(trap)


@real
def test_the_published_spend_of_cdnow():
    pytest.importorskip("scipy")
    from rfmkit.clv.gamma_gamma import expected_spend, fit_gamma_gamma

    table = bg_nbd_table(cdnow_sample(), end="1997-09-30")
    assert (table["repeat_purchases"] > 0).sum() == 946
    model = fit_gamma_gamma(table)
    assert [round(part, 2) for part in model[:3]] == [6.25, 3.74, 15.44]
    spend = expected_spend(table, model)
    once = spend[table["repeat_purchases"] == 0]
    assert once.nunique() == 1
    # Money in another unit is the same model.
    cents = fit_gamma_gamma(table.assign(repeat_mean=100 * table["repeat_mean"]))
    assert cents.p == pytest.approx(model.p, rel=1e-3)
    assert cents.gamma == pytest.approx(100 * model.gamma, rel=1e-3)


def test_purchases_ahead_grow_with_time():
    pytest.importorskip("scipy")
    from rfmkit.clv.bg_nbd import BgNbd, expected_purchases

    table = pd.DataFrame(
        {
            "repeat_purchases": [0, 3, 3],
            "first_to_last_weeks": [0.0, 5, 25],
            "observed_weeks": [30.0] * 3,
        }
    )
    for a in (0.8, 1.0, 1.3):
        model = BgNbd(0.25, 4.4, a, 2.4, 0.0)
        ahead = [expected_purchases(table, model, weeks=weeks) for weeks in (1, 10, 100)]
        for sooner, later in itertools.pairwise(ahead):
            assert (later["purchases"] > sooner["purchases"]).all()
        # Of two with three repeats the one seen lately is likelier to be there.
        assert ahead[0].at[2, "alive"] > ahead[0].at[1, "alive"]


def test_without_scipy_the_model_says_how_to_get_it(monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "scipy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    monkeypatch.delitem(sys.modules, "rfmkit.clv.bg_nbd", raising=False)
    with pytest.raises(ModuleNotFoundError, match="pip install scipy"):
        __import__("rfmkit.clv.bg_nbd")
    monkeypatch.delitem(sys.modules, "rfmkit.clv.bg_nbd", raising=False)
