"""Holdout and lift: by hand, in plain pandas, on the shipped year and on CDNOW."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.schema import DataError

LEDGERS = Path(__file__).resolve().parents[2] / "shared" / "data"

TX = pd.DataFrame(
    [
        ("A", "2021-01-05", 100.0, "a1"),
        ("A", "2021-01-05", 50.0, "a1"),
        ("B", "2021-02-03", 80.0, "b1"),
        ("C", "2021-03-01", 20.0, "c1"),
        ("A", "2021-06-30 23:59", 30.0, "a2"),
        ("A", "2021-07-01", 60.0, "a3"),
        ("A", "2021-07-01", 40.0, "a3"),
        ("B", "2021-08-01", -10.0, "b2"),
        ("D", "2021-08-02", 70.0, "d1"),
        ("C", "2021-09-30", 5.0, "c2"),
    ],
    columns=["customer", "date", "amount", "order"],
).astype({"date": "datetime64[us]"})


def test_what_was_known_and_what_came_after():
    before = TX.copy()
    held = rk.holdout(TX, split="2021-07-01", order="order")
    assert held.index.tolist() == ["A", "B", "C"]
    assert held["monetary"].tolist() == [180.0, 80.0, 20.0]
    assert held["frequency"].tolist() == [2, 1, 1]
    assert held["recency_days"].tolist() == [1, 148, 122]
    assert held["later_spend"].tolist() == [100.0, -10.0, 5.0]
    assert held["later_purchases"].tolist() == [1, 0, 1]
    assert held["back"].tolist() == [True, False, True]  # a return is no purchase
    assert held["clv"].tolist() == pytest.approx(
        [180 / (177 / 365.25), 80 / (148 / 365.25), 20 / (122 / 365.25)]
    )
    assert held.attrs == {
        "split": pd.Timestamp("2021-07-01"), "end": pd.Timestamp("2021-10-01"),
        "newcomers": 1, "newcomer_spend": 70.0,
    }  # fmt: skip
    pd.testing.assert_frame_equal(TX, before)


def test_the_end_the_names_and_lines_without_orders():
    renamed = TX.rename(columns={"customer": "客戶", "date": "日期", "amount": "金額"})
    held = rk.holdout(
        renamed, split="2021-07-01", end="2021-09-30", customer="客戶", date="日期", amount="金額"
    )
    assert held["back"].tolist() == [True, False, False]
    assert held["later_purchases"].tolist() == [2, 0, 0]
    assert held["frequency"].tolist() == [3, 1, 1]


def test_a_customer_of_yesterday_is_not_taken_to_buy_every_day():
    held = rk.holdout(TX, split="2021-03-02")
    assert held.loc["C", "clv"] == pytest.approx(20 * 365.25 / 90)


def test_blank_order_numbers_are_orders_of_their_own():
    tx = TX.assign(order=TX["order"].replace("a3", " "))
    assert rk.holdout(tx, split="2021-07-01", order="order").loc["A", "later_purchases"] == 2
    tx = TX.assign(order=TX["order"].where(TX["order"] != "a3"))
    assert rk.holdout(tx, split="2021-07-01", order="order").loc["A", "later_purchases"] == 2


@pytest.mark.parametrize("dtype", ["datetime64[ns]", "datetime64[s]", "Asia/Taipei"])
def test_days_of_any_kind(dtype):
    if "Asia" in dtype:
        tx = TX.assign(date=TX["date"].dt.tz_localize("Asia/Taipei"))
    else:
        tx = TX.assign(date=TX["date"].astype(dtype))
    pd.testing.assert_frame_equal(
        rk.holdout(tx, split="2021-07-01"), rk.holdout(TX, split="2021-07-01")
    )


@pytest.mark.parametrize("kind", ["numpy_nullable", "pyarrow", "category"])
def test_columns_of_any_kind(kind):
    if kind == "pyarrow":
        pytest.importorskip("pyarrow")
    tx = (
        TX.astype({"customer": "category", "order": "category"}) if kind == "category"
        else TX.convert_dtypes(dtype_backend=kind)
    )  # fmt: skip
    held = rk.holdout(tx, split="2021-07-01", order="order")
    wanted = rk.holdout(TX, split="2021-07-01", order="order")
    assert held.index.tolist() == wanted.index.tolist()
    for column in wanted:
        assert held[column].tolist() == pytest.approx(wanted[column].tolist()), column
    tiers = rk.holdout_tiers(held)
    assert rk.lift_table(held, tiers)["lift"].notna().any()


@pytest.mark.parametrize(
    ("tx", "how", "match"),
    [
        (TX, {"split": "2021-01-05"}, "leave 0 rows before"),
        (TX, {"split": "2021-10-01"}, "0 after"),
        (TX, {"split": "2021-07-01", "end": "2021-06-01"}, "0 after"),
        (TX, {"split": "07/01"}, "split must be a day"),
        (TX, {"split": "2021-07-01", "end": "later"}, "end must be a day"),
        (TX.iloc[:0], {"split": "2021-07-01"}, "empty"),
        (TX.drop(columns="amount"), {"split": "2021-07-01"}, "lacks column 'amount'"),
        (TX.assign(date=TX["date"].astype(str)), {"split": "2021-07-01"}, "not dates"),
        (TX.assign(date=TX["date"].where(TX.index != 3)), {"split": "2021-07-01"}, "no 'date'"),
        (TX.assign(amount=TX["amount"].where(TX.index != 8)), {"split": "2021-07-01"}, "blank"),
        (TX.assign(customer=TX["customer"].where(TX.index != 8)), {"split": "2021-07-01"},
         "no 'customer'"),
        ([1], {"split": "2021-07-01"}, "DataFrame"),
    ],
)  # fmt: skip
def test_a_ledger_that_cannot_be_parted(tx, how, match):
    with pytest.raises(DataError, match=match):
        rk.holdout(tx, **how)


def test_lift_by_hand():
    held = rk.holdout(TX, split="2021-07-01")
    tiers = pd.Series(["top", "rest", "rest"], index=held.index)
    tiers = tiers.astype(pd.CategoricalDtype(["top", "middle", "rest"], ordered=True))
    table = rk.lift_table(held, tiers)
    assert table.index.tolist() == ["top", "middle", "rest"]
    assert table["customers"].tolist() == [1, 0, 2]
    assert table["back"].tolist() == [1, 0, 1]
    assert table["later_spend"].tolist() == [100.0, 0.0, -5.0]
    assert table["later_share"].tolist() == pytest.approx([100 / 95, 0, -5 / 95])
    assert table["lift"].tolist() == pytest.approx([300 / 95, np.nan, -7.5 / 95], nan_ok=True)
    share = rk.share_interval(1, 2)
    assert table.loc["rest", ["back_low", "back_high"]].tolist() == [share.low, share.high]
    assert table.loc["middle"].isna().sum() == 6
    both = rk.lift_table(held, {"one": tiers, "two": tiers})
    pd.testing.assert_frame_equal(both.loc["two"], table)


def test_the_interval_of_the_lift_is_that_of_a_bootstrap_of_the_table():
    draw = np.random.default_rng(8)
    held = pd.DataFrame({"later_spend": draw.gamma(1, 100, 60), "back": True})
    tiers = pd.Series(np.where(np.arange(60) < 20, "a", "b"))
    table = rk.lift_table(held, tiers, resamples=1000)
    whole = held.assign(tier=tiers)

    def lift(drawn: pd.DataFrame) -> float:
        mine = drawn.loc[drawn["tier"] == "a", "later_spend"]
        return mine.mean() / drawn["later_spend"].mean()

    other = rk.bootstrap_interval(whole, lift, resamples=1000, seed=5)
    ends = table.loc["a", ["lift_low", "lift_high"]].tolist()
    assert ends == pytest.approx([other.low, other.high], rel=0.08)


def test_nobody_spent_anything_later():
    held = pd.DataFrame({"later_spend": [0.0, 0.0], "back": [False, False]})
    table = rk.lift_table(held, pd.Series(["a", "b"]))
    assert table[["later_share", "lift", "lift_low"]].isna().all(axis=None)
    assert table["back_share"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("tiers", "how", "match"),
    [
        (pd.Series(["a", None, "b"]), {}, "tier for every customer"),
        (["a", "b", "b"], {}, "tier for every customer"),
        (pd.Series(["a", "b", "b"], index=[2, 1, 0]), {}, "same customers"),
        ({}, {}, "no method"),
        (pd.Series(["a", "b", "b"]), {"confidence": 2}, "confidence"),
        (pd.Series(["a", "b", "b"]), {"resamples": 1}, "resamples"),
    ],
)
def test_tiers_that_cannot_be_compared(tiers, how, match):
    held = pd.DataFrame({"later_spend": [1.0, 2.0, 3.0], "back": True})
    with pytest.raises(DataError, match=match):
        rk.lift_table(held, tiers, **how)
    with pytest.raises(DataError, match="lacks column"):
        rk.lift_table(held.drop(columns="back"), tiers)
    with pytest.raises(DataError, match="lacks column"):
        rk.holdout_tiers(held)


def year() -> pd.DataFrame:
    ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
    return rk.clean_transactions(ledger, today="2021-04-01")[0]


def plain_shares(tx: pd.DataFrame, split: str, classes: pd.Series) -> pd.DataFrame:
    """Compute share back and share of spend a second time, without the kit."""
    later = tx[tx["date"] >= split]
    buyers = set(later.loc[later["amount"] > 0, "customer"])
    rows = {}
    for name in classes.unique():
        mine = classes.index[classes == name]
        spend = later.loc[later["customer"].isin(mine), "amount"].sum()
        rows[name] = (len(mine), sum(customer in buyers for customer in mine), spend)
    table = pd.DataFrame(rows, index=["customers", "back", "later_spend"]).T
    return table.assign(later_share=table["later_spend"] / table["later_spend"].sum())


def assert_same(table: pd.DataFrame, plain: pd.DataFrame) -> None:
    mine = table.loc[table["customers"] > 0, plain.columns].astype("float64")
    pd.testing.assert_frame_equal(
        mine.sort_index(), plain.astype("float64").sort_index(), check_names=False
    )


@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")
def test_rfm_of_the_shipped_half_year_tells_the_next():
    tx = year()
    held = rk.holdout(tx, split="2020-10-01", order="order")
    tiers = rk.holdout_tiers(held)
    table = rk.lift_table(held, tiers)
    for method, one in tiers.items():
        assert_same(table.loc[method], plain_shares(tx, "2020-10-01", one.astype(object)))
    best, least = (table.loc[("rfm", name)] for name in ("important_value", "general_win_back"))
    assert (round(best["later_share"], 2), round(best["back_share"], 2)) == (0.56, 0.90)
    assert (round(least["later_share"], 2), round(least["back_share"], 2)) == (0.10, 0.69)
    assert best["lift_low"] > 1 > least["lift_high"]
    # Of all 291 customers 77 % came back; the findings give 71 to 81 for it.
    everyone = rk.share_interval(int(held["back"].sum()), len(held))
    assert rk.describe_interval(everyone, lang="en") == "77%, between 71 and 81"
    tenths = rk.lift_table(held, rk.holdout_tiers(held, tenths=True))
    assert tenths.groupby("method")["customers"].sum().tolist() == [291] * 3
    assert set(tenths.index.get_level_values("method")) == {"rfm", "abc", "clv"}
    for method in ("abc", "clv"):
        assert tenths.loc[(method, "tenth:1"), "later_share"] > 0.5


@pytest.mark.real_ledgers
@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")
def test_rfm_of_cdnow():
    tx, _ = rk.clean_transactions(rk.load_transactions(LEDGERS / "CDNOW_master.txt"))
    held = rk.holdout(tx, split="1997-10-01")
    tiers = rk.holdout_tiers(held)
    table = rk.lift_table(held, tiers, resamples=200)
    assert len(held) == 23_500  # two came later only
    for method, one in tiers.items():
        assert_same(table.loc[method], plain_shares(tx, "1997-10-01", one.astype(object)))
    first = table.loc[("rfm", "important_value")]
    assert first["lift_low"] > 3
    assert first["back_low"] > table.loc[("rfm", "general_win_back"), "back_high"]
    print(table.round(3).to_string())
    tenths = rk.lift_table(held, rk.holdout_tiers(held, tenths=True), resamples=200)
    print(tenths.round(3).to_string())
