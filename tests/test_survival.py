"""Kaplan-Meier: published figures, plain loops, coverage over simulated firms, and its picture."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from figure_checks import check_figure, title_of

import rfmkit as rk
from rfmkit.clv.survival import customer_lives, kaplan_meier, survival_at
from rfmkit.plots import figure_table, plot_survival
from rfmkit.schema import DataError

# Remission in weeks of 21 patients given 6-MP; + still in remission (Freireich et al. 1963).
REMISSION = [
    *("6", "6", "6", "6+", "7", "9+", "10", "10+", "11+", "13", "16", "17+", "19+", "20+"),
    *("22", "23", "25+", "32+", "32+", "34+", "35+"),
]
# Share, lower and upper end as in the literature and in every survival package.
PUBLISHED = {
    6: (0.8571, 0.6197, 0.9516), 7: (0.8067, 0.5631, 0.9228), 10: (0.7529, 0.5032, 0.8894),
    13: (0.6902, 0.4316, 0.8491), 16: (0.6275, 0.3675, 0.8049), 22: (0.5378, 0.2678, 0.7468),
    23: (0.4482, 0.1881, 0.6801),
}  # fmt: skip


def lives(text):
    days = pd.Series([float(word.rstrip("+")) for word in text])
    return days, pd.Series([not word.endswith("+") for word in text])


def test_published_figures():
    curve = kaplan_meier(*lives(REMISSION))
    for week, expected in PUBLISHED.items():
        assert curve.loc[week, ["survival", "lower", "upper"]].tolist() == pytest.approx(
            expected, abs=1e-4
        )
    assert curve.loc[10].tolist()[:3] == [15, 1, 1]
    assert curve.index[0] == 0
    assert curve.iloc[0].tolist() == [21, 0, 0, 1, 1, 1]


def test_against_exact_fractions():
    random = np.random.default_rng(1)
    for _ in range(30):
        size = int(random.integers(1, 40))
        days = pd.Series(random.integers(0, 12, size), dtype="float64")
        left = pd.Series(random.random(size) < 0.6)
        curve = kaplan_meier(days, left)
        share = Fraction(1)
        for time in sorted(set(days) | {0.0}):
            followed = int((days >= time).sum())
            gone = int(((days == time) & left).sum())
            share *= 1 - Fraction(gone, followed)
            assert curve.loc[time, "survival"] == pytest.approx(float(share), abs=1e-12)
            assert curve.loc[time, "at_risk"] == followed
        known = curve.dropna()
        assert (known["lower"] <= known["survival"]).all()
        assert (known["survival"] <= known["upper"]).all()


def test_without_censoring_it_is_the_plain_share():
    days = pd.Series(np.random.default_rng(2).integers(1, 50, 200))
    curve = kaplan_meier(days, pd.Series([True] * 200))
    for time in (5, 20, 49):
        assert survival_at(curve, time)["survival"] == pytest.approx((days > time).mean())


@pytest.mark.parametrize("truth", [0.8, 0.5, 0.2])
def test_intervals_hold_the_truth_as_often_as_they_say(truth):
    random = np.random.default_rng(20210401)
    firms, size, held = 1000, 150, 0
    time = -np.log(truth)  # lives are exponential with mean 1
    for _ in range(firms):
        life, end = random.exponential(size=size), random.uniform(0.3, 3, size)
        curve = kaplan_meier(pd.Series(np.minimum(life, end)), pd.Series(life <= end))
        there = survival_at(curve, time)
        held += there["lower"] <= truth <= there["upper"]
    assert abs(held / firms - 0.95) <= 0.02


def plain_lives(tx, end, silence):
    """Follow each customer from day to day."""
    end, found = pd.Timestamp(end), {}
    for customer, rows in tx[tx["amount"] > 0].groupby("customer"):
        bought = set(rows["date"].dt.normalize())
        first, quiet, gone, back = min(bought), 0, None, False
        day = first
        while day <= end:
            if day in bought:
                quiet, back = 0, back or gone is not None
            else:
                quiet += 1
            if quiet == silence and gone is None:
                gone = (day - first).days
            day += pd.Timedelta(days=1)
        found[customer] = ((end - first).days if gone is None else gone, gone is not None, back)
    return found


@pytest.mark.parametrize("silence", [1, 7, 30, 90])
def test_lives_against_a_walk_through_every_day(silence):
    random = np.random.default_rng(silence)
    rows = 160
    tx = pd.DataFrame(
        {
            "customer": random.choice([f"C{n}" for n in range(30)], rows),
            "date": pd.Timestamp("2021-01-01")
            + pd.to_timedelta(random.integers(0, 120, rows), "D"),
            "amount": random.choice([100.0, 40.0, -20.0, 0.0], rows, p=[0.5, 0.3, 0.1, 0.1]),
        }
    )
    ours = customer_lives(tx, end="2021-05-05", silence=silence)
    walked = plain_lives(tx, "2021-05-05", silence)
    assert dict(zip(ours.index, ours.itertuples(index=False, name=None), strict=True)) == walked


def test_two_purchases_on_one_day_and_the_day_the_silence_ends():
    tx = pd.DataFrame(
        {
            "customer": "A",
            "amount": 10.0,
            "date": pd.to_datetime(["2021-01-01 09:00", "2021-01-01 15:00"]),
        }
    )
    assert customer_lives(tx, end="2021-01-30", silence=30).loc["A"].tolist() == [29, False, False]
    assert customer_lives(tx, end="2021-01-31", silence=30).loc["A"].tolist() == [30, True, False]


def test_another_engine_gives_the_same():
    duckdb = pytest.importorskip("duckdb")
    clean, _ = rk.clean_transactions(rk.load_transactions(rk.data_file("年度交易.csv")))
    ours = customer_lives(clean, end="2021-03-31", silence=90)
    with duckdb.connect() as connection:
        plain = clean[["customer", "date", "amount"]].astype({"customer": object})
        rows = connection.from_df(plain)
        theirs = customer_lives(rows, end="2021-03-31", silence=90)
    assert ours.loc[theirs.index].to_numpy().tolist() == theirs.to_numpy().tolist()
    assert len(ours) == len(theirs)


def test_shipped_books_beside_the_cohort_table():
    clean, _ = rk.clean_transactions(rk.load_transactions(rk.data_file("年度交易.csv")))
    found = customer_lives(clean, end="2021-03-31", silence=120)
    half_year = survival_at(kaplan_meier(found["days"], found["gone"]), 182)
    assert half_year.round(3).tolist() == [0.697, 0.641, 0.745]
    # Counting only the customers who were followed for half a year gives about the same.
    old = found[~((found["days"] < 182) & ~found["gone"])]
    plain = 1 - (old["gone"] & (old["days"] <= 182)).mean()
    assert abs(plain - half_year["survival"]) < 0.03


@pytest.mark.parametrize(
    ("days", "left", "says"),
    [
        ([], [], "no customer"),
        ([1.0, np.nan], [True, True], "blank"),
        ([1.0, -2.0], [True, True], "0 or more"),
        ([1.0, 2.0], [1, 0], "True"),
        ([1.0, 2.0], ["yes", "no"], "True"),
    ],
)
def test_unusable_lives_are_told(days, left, says):
    observed = pd.Series(left, dtype=None if left else bool)
    with pytest.raises(DataError, match=says):
        kaplan_meier(pd.Series(days, dtype="float64"), observed)


def test_other_errors_are_told():
    days, left = lives(REMISSION)
    with pytest.raises(DataError, match="same customers"):
        kaplan_meier(days, left.iloc[::-1])
    with pytest.raises(DataError, match=r"0\.95 for 95"):
        kaplan_meier(days, left, confidence=95)
    curve = kaplan_meier(days, left)
    with pytest.raises(DataError, match="longest time is 35"):
        survival_at(curve, 36)
    with pytest.raises(DataError, match="number of 0 or more"):
        survival_at(curve, -1)
    tx = pd.DataFrame({"customer": "A", "date": pd.to_datetime(["2021-01-01"]), "amount": [-5.0]})
    with pytest.raises(DataError, match="nobody to follow"):
        customer_lives(tx, end="2021-02-01", silence=30)
    for silence in (0, 2.5, True, "30"):
        with pytest.raises(DataError, match="whole number of days"):
            customer_lives(tx, end="2021-02-01", silence=silence)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("kind", ["usual", "one", "nobody left", "everybody left"])
def test_picture(kind, lang):
    days, left = {
        "usual": lives(REMISSION),
        "one": (pd.Series([5.0]), pd.Series([True])),
        "nobody left": (pd.Series([5.0, 9.0]), pd.Series([False, False])),
        "everybody left": (pd.Series([1.0, 1.0, 4.0]), pd.Series([True] * 3)),
    }[kind]
    curve = kaplan_meier(days, left)
    ax = plot_survival(curve, lang=lang)
    check_figure(ax)
    pd.testing.assert_frame_equal(figure_table(ax), curve)


def test_picture_says_the_share_and_its_interval():
    ax = plot_survival(kaplan_meier(*lives(REMISSION)), time=10, lang="en")
    assert title_of(ax) == (
        "10 days after the first purchase, 75% are still there (between 50% and 89%)"
    )
    band = next(shape for shape in ax.collections if shape.get_gid() == "band")
    assert band.get_paths()[0].vertices[:, 1].min() == pytest.approx(0.1881, abs=1e-4)
    with pytest.raises(DataError, match="kaplan_meier"):
        plot_survival(pd.Series([1.0]))
