"""Intervals against published tables, enumeration, scipy and simulated firms."""

import inspect
import itertools
import math
import time

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.schema import DataError

SPEND = pd.Series([120.0, 80, 40, 300, 60, 90, 150, 30, 70, 500])
FIRMS, CUSTOMERS = 1000, 320


# Newcombe, Statistics in Medicine 17, 1998, table I, methods 3 (Wilson) and 5 (exact).
@pytest.mark.parametrize(
    ("successes", "total", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_shares_are_those_of_the_published_table(successes, total, wilson, exact):
    for method, ends in (("wilson", wilson), ("exact", exact)):
        interval = rk.share_interval(successes, total, method=method)
        assert (round(interval.low, 4), round(interval.high, 4)) == ends
        other = rk.share_interval(total - successes, total, method=method)
        assert (other.low, other.high) == pytest.approx((1 - interval.high, 1 - interval.low))


@pytest.mark.parametrize(("successes", "total"), [(1, 1), (7, 9), (30, 31), (500, 2000)])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.999])
def test_exact_ends_have_the_tails_they_should(successes, total, confidence):
    interval = rk.share_interval(successes, total, confidence=confidence, method="exact")

    def at_least(least, share):
        return math.fsum(
            math.exp(
                math.lgamma(total + 1)
                - math.lgamma(k + 1)
                - math.lgamma(total - k + 1)
                + k * math.log(share)
                + (total - k) * math.log1p(-share)
            )
            for k in range(least, total + 1)
        )

    assert at_least(successes, interval.low) == pytest.approx((1 - confidence) / 2)
    if successes < total:
        assert 1 - at_least(successes + 1, interval.high) == pytest.approx((1 - confidence) / 2)
    else:
        assert interval.high == 1


@pytest.mark.parametrize(("mine", "theirs"), [("wilson", "wilson"), ("exact", "exact")])
def test_shares_are_those_of_scipy(mine, theirs):
    stats = pytest.importorskip("scipy.stats")
    for successes, total in ((0, 5), (3, 7), (177, 229), (23_000, 23_502), (5, 5)):
        interval = rk.share_interval(successes, total, confidence=0.9, method=mine)
        wanted = stats.binomtest(successes, total).proportion_ci(0.9, method=theirs)
        assert (interval.low, interval.high) == pytest.approx(tuple(wanted), abs=1e-9)


def test_bootstrap_draws_every_resample_as_often_as_it_should():
    values = np.array([0.0, 1.0, 5.0, 7.0])
    every = [np.mean(drawn) for drawn in itertools.product(values, repeat=len(values))]
    assert len(every) == 256
    interval = rk.bootstrap_interval(
        pd.Series(values),
        np.mean,
        confidence=0.8,
        resamples=100_000,
        seed=3,
        method="percentile",
    )
    assert (interval.low, interval.high) == pytest.approx(np.quantile(every, [0.1, 0.9]), abs=0.01)
    assert interval.estimate == 3.25
    basic = rk.bootstrap_interval(
        pd.Series(values), np.mean, confidence=0.8, resamples=100_000, seed=3, method="basic"
    )
    assert basic.low == pytest.approx(2 * 3.25 - interval.high)
    assert basic.high == pytest.approx(2 * 3.25 - interval.low)


@pytest.mark.parametrize("method", ["percentile", "basic"])
def test_bootstrap_is_near_that_of_scipy(method):
    stats = pytest.importorskip("scipy.stats")
    draw = np.random.default_rng(5)
    values = draw.gamma(2, 500, CUSTOMERS)
    mine = rk.bootstrap_interval(pd.Series(values), np.mean, method=method, resamples=20_000)
    # scipy 1.15 renamed the argument.
    named = inspect.signature(stats.bootstrap).parameters
    seeded = {"rng" if "rng" in named else "random_state": draw}
    theirs = stats.bootstrap((values,), np.mean, method=method, n_resamples=20_000, **seeded)
    wanted = theirs.confidence_interval
    assert (mine.low, mine.high) == pytest.approx((wanted.low, wanted.high), rel=0.01)


@pytest.mark.parametrize("statistic", [rk.gini, rk.value_share, np.mean, np.median])
def test_a_known_statistic_many_at_once_is_the_same_as_one_by_one(statistic):
    values = pd.Series(np.random.default_rng(2).integers(1, 30, 57).astype("float64"))  # ties
    fast = rk.bootstrap_interval(values, statistic, resamples=200, seed=4, method="percentile")
    slow = rk.bootstrap_interval(values, lambda drawn: statistic(drawn), resamples=200, seed=4)
    assert (fast.low, fast.high) == pytest.approx((slow.low, slow.high), rel=1e-12)
    assert fast.estimate == pytest.approx(statistic(values))


def test_a_vectorized_statistic_and_a_table():
    rows = rk.bootstrap_interval(
        SPEND, lambda rows: np.ptp(rows, axis=1), vectorized=True, resamples=200
    )
    one = rk.bootstrap_interval(SPEND, lambda drawn: float(np.ptp(drawn)), resamples=200)
    assert (rows.estimate, rows.low, rows.high) == (one.estimate, one.low, one.high)
    table = pd.DataFrame({"monetary": SPEND, "back": SPEND > 75})
    share = rk.bootstrap_interval(
        table, lambda drawn: drawn.loc[drawn["back"], "monetary"].sum() / drawn["monetary"].sum()
    )
    assert share.low < share.estimate < share.high <= 1


def test_the_order_of_rows_is_no_matter_and_the_seed_is():
    values = SPEND.set_axis(list("abcdefghij"))
    ends = rk.bootstrap_interval(values, rk.gini, seed=1)
    assert rk.bootstrap_interval(values.iloc[::-1], rk.gini, seed=1) == ends
    assert rk.bootstrap_interval(values, rk.gini, seed=2) != ends
    whole = SPEND.astype("int64").astype("Int64")
    assert rk.bootstrap_interval(whole, rk.gini) == rk.bootstrap_interval(SPEND, rk.gini)


def test_large_firms_are_drawn_block_by_block():
    values = pd.Series(np.random.default_rng(0).gamma(2, 1, 50_000))
    interval = rk.bootstrap_interval(values, np.mean, resamples=200)
    spread = values.std() / math.sqrt(len(values))
    assert interval.low == pytest.approx(values.mean() - 1.96 * spread, abs=spread)


def test_gini_of_320_customers_takes_less_than_a_second():
    values = pd.Series(np.random.default_rng(0).lognormal(7, 1, CUSTOMERS))
    rk.bootstrap_interval(values, rk.gini, resamples=100)
    start = time.process_time()
    rk.bootstrap_interval(values, rk.gini, resamples=2000)
    assert time.process_time() - start < 1


def test_nps_and_csat_by_hand():
    answers = pd.Series([10] * 80 + [8] * 77 + [3] * 72)
    interval = rk.nps_interval(answers)
    promoters, detractors, count = 80.5 / 231, 72.5 / 231, 231
    spread = 100 * math.sqrt((promoters + detractors - (promoters - detractors) ** 2) / count)
    middle = 100 * (promoters - detractors)
    assert interval.estimate == pytest.approx(rk.nps(answers))
    assert interval.low == pytest.approx(middle - 1.959964 * spread)
    assert interval.high == pytest.approx(middle + 1.959964 * spread)
    satisfied = rk.csat_interval(pd.Series([5, 4, 4, 3, 5, 2, 4, 5]))
    share = rk.share_interval(6, 8)
    assert (satisfied.low, satisfied.high) == (100 * share.low, 100 * share.high)


def test_answers_that_are_all_alike_still_have_an_interval():
    for answer, score in ((10, 100), (0, -100), (8, 0)):
        interval = rk.nps_interval(pd.Series([answer] * 12))
        assert interval.estimate == score
        assert -100 <= interval.low <= score <= interval.high <= 100
        assert interval.high - interval.low > 5
    satisfied = rk.csat_interval(pd.Series([5, 4, 5]))
    assert satisfied.high == 100 > satisfied.low


def covered(interval_of, true: float, firms: int = FIRMS) -> float:
    """Count the firms whose interval holds the true value."""
    draw = np.random.default_rng(20_210_401)
    intervals = [interval_of(draw, firm) for firm in range(firms)]
    return np.mean([interval.low <= true <= interval.high for interval in intervals])


def gamma_gini(shape: float) -> float:
    """Gini of a gamma distribution (McDonald and Jensen 1979)."""
    return math.gamma(shape + 0.5) / (math.gamma(shape + 1) * math.sqrt(math.pi))


def answer_interval(draw, _firm):
    return rk.nps_interval(pd.Series(draw.choice([10, 8, 3], 229, p=[0.35, 0.34, 0.31])))


COVERAGE = {
    "wilson": (lambda draw, _: rk.share_interval(draw.binomial(CUSTOMERS, 0.77), CUSTOMERS), 0.77),
    "exact": (
        lambda draw, _: rk.share_interval(
            draw.binomial(CUSTOMERS, 0.77), CUSTOMERS, method="exact"
        ),
        0.77,
    ),
    "nps": (answer_interval, 4.0),
    "csat": (
        lambda draw, _: rk.csat_interval(pd.Series(draw.choice([5, 3], 229, p=[0.6, 0.4]))),
        60.0,
    ),
    **{
        f"{name} {method}": (
            lambda draw, firm, statistic=statistic, method=method: rk.bootstrap_interval(
                pd.Series(draw.gamma(2, 900, CUSTOMERS)),
                statistic,
                method=method,
                seed=firm,
                resamples=1000,
            ),
            true,
        )
        for name, statistic, true in (("gini", rk.gini, gamma_gini(2)), ("mean", np.mean, 1800.0))
        for method in ("percentile", "basic", "studentized")
    },
}


@pytest.mark.parametrize("which", COVERAGE)
def test_over_1000_firms_95_percent_hold_the_true_value(which):
    interval_of, true = COVERAGE[which]
    share = covered(interval_of, true)
    print(f"{which}: {share:.1%} of {FIRMS} firms")
    assert abs(share - 0.95) <= 0.02


@pytest.mark.parametrize(
    ("customers", "statistic", "how", "match"),
    [
        (SPEND.iloc[:0], rk.gini, {}, "has 0 of them"),
        (SPEND.iloc[:1], rk.gini, {}, "has 1 of them"),
        (pd.Series([5.0] * 9), np.mean, {}, "in every resample"),
        (SPEND.where(SPEND > 40), np.mean, {}, "blank"),
        (SPEND.replace(500, np.inf), np.mean, {}, "infinite"),
        (SPEND.astype(str), np.mean, {}, "not numbers"),
        (SPEND.set_axis(["a"] * 10), np.mean, {}, "10 rows of customer 'a'"),
        ([1, 2, 3], np.mean, {}, "Series or a DataFrame"),
        (SPEND - SPEND.mean(), rk.gini, {}, "could not be computed"),
        (pd.Series([10.0, -9.0, 1.0]), rk.gini, {}, "could not be computed"),
        (SPEND, lambda drawn: drawn, {}, "must return one"),
        (SPEND, lambda drawn: drawn[drawn > 400].mean(), {}, "no value in"),
        (SPEND, lambda rows: rows.mean(), {"vectorized": True}, "along axis 1|must return one"),
        (SPEND.to_frame(), np.mean, {"vectorized": True}, "one column"),
        (SPEND, np.mean, {"confidence": 95}, "0.95 for 95 %"),
        (SPEND, np.mean, {"method": "bca"}, "'percentile' or 'basic'"),
        (SPEND, np.median, {"method": "studentized"}, "standard error .* not known"),
        (SPEND, np.mean, {"resamples": 10}, "100 or more"),
        (SPEND, np.mean, {"seed": -1}, "0 or more"),
        (SPEND, np.mean, {"seed": True}, "0 or more"),
    ],
)
def test_a_bootstrap_refuses_what_it_cannot_answer(customers, statistic, how, match):
    with pytest.raises(DataError, match=match):
        rk.bootstrap_interval(customers, statistic, **how)


@pytest.mark.parametrize(
    ("successes", "total", "how", "match"),
    [
        (0, 0, {}, "no share"),
        (6, 5, {}, "no share"),
        (-1, 5, {}, "no share"),
        (0.5, 5, {}, "whole number"),
        (np.nan, 5, {}, "whole number"),
        (True, 5, {}, "whole number"),
        (3, 5, {"method": "wald"}, "'wilson' or 'exact'"),
        (3, 5, {"confidence": 1}, "between 0 and 1"),
    ],
)
def test_a_share_refuses_what_is_none(successes, total, how, match):
    with pytest.raises(DataError, match=match):
        rk.share_interval(successes, total, **how)


@pytest.mark.parametrize("interval_of", [rk.nps_interval, rk.csat_interval])
def test_surveys_refuse_nobody_and_blanks(interval_of):
    with pytest.raises(DataError, match="none"):
        interval_of(pd.Series([], dtype="float64"))
    with pytest.raises(DataError, match="blank"):
        interval_of(pd.Series([5, np.nan]))
    with pytest.raises(DataError, match="whole numbers"):
        interval_of(pd.Series([5, 11]))
    with pytest.raises(DataError, match="confidence"):
        interval_of(pd.Series([5, 5]), confidence=0)


def test_a_sentence_for_a_manager():
    share = rk.share_interval(246, 320)
    assert rk.describe_interval(share, lang="en") == "77%, between 72 and 81"
    assert rk.describe_interval(share, lang="zh-TW") == "77%，介於 72% 到 81% 之間"
    money = rk.Interval(1234.4, 1100.2, 1399.7, 0.95, "percentile", 900)
    assert rk.describe_interval(money, unit="money", lang="en") == (
        "NT$1,234, between 1,100 and 1,400"
    )
    assert rk.describe_interval(money, unit="money", lang="zh-TW") == (
        "1,234 元，介於 1,100 到 1,400 元之間"
    )
    # Narrow intervals keep the decimals that part their ends; no minus before a zero.
    narrow = rk.Interval(0.7701, 0.7650, 0.7752, 0.95, "wilson", 99, "share")
    assert rk.describe_interval(narrow, lang="en") == "77.0%, between 76.5 and 77.5"
    zero = rk.Interval(-0.2, -8.4, 8.0, 0.95, "adjusted_wald", 99, "points")
    assert rk.describe_interval(zero, lang="en") == "0 points, between −8 and 8"
    point = rk.Interval(3.0, 3.0, 3.0, 0.95, "", 9)
    assert rk.describe_interval(point, lang="en") == "3, between 3 and 3"
    with pytest.raises(DataError, match="must be an Interval"):
        rk.describe_interval(0.77)
    with pytest.raises(DataError, match="unit 'euro'"):
        rk.describe_interval(share, unit="euro")


def test_an_interval_cannot_be_changed():
    interval = rk.share_interval(3, 5)
    with pytest.raises(AttributeError):
        interval.low = 0.0
