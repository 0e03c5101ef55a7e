"""Campaigns: Newcombe's published intervals, coverage, power, the simulation and the picture."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from figure_checks import check_figure, title_of

from rfmkit.campaign import (
    newcombe_interval,
    sample_size,
    simulate_campaign,
    uplift,
)
from rfmkit.plots import figure_table, plot_uplift
from rfmkit.schema import DataError
from rfmkit.uncertainty import wilson_interval


def groups(x, n, y, m):
    treated = pd.Series([True] * n + [False] * m)
    return treated, pd.Series([True] * x + [False] * (n - x) + [True] * y + [False] * (m - y))


@pytest.mark.parametrize(
    ("counts", "lower", "upper"),  # Newcombe 1998, table II, method 10
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_published_intervals(counts, lower, upper):
    found = uplift(*groups(*counts))
    assert (found["lower"], found["upper"]) == pytest.approx((lower, upper), abs=5e-5)
    x, n, y, m = counts
    assert found["uplift"] == pytest.approx(x / n - y / m)
    assert found["extra_customers"] == pytest.approx(n * (x / n - y / m))


def test_wilson_solves_its_equation():
    """Each end is a share that a score test at this confidence just does not refuse."""
    for x, n in itertools.product((1, 5, 29), (30, 47)):
        for end in wilson_interval(x, n, 1.96):
            assert abs(x / n - end) / math.sqrt(end * (1 - end) / n) == pytest.approx(1.96)
    assert wilson_interval(0, 7, 1.96)[0] == 0
    assert wilson_interval(7, 7, 1.96)[1] == 1


def test_intervals_hold_the_truth_as_often_as_they_say():
    base = pd.Series(0.2, index=range(240))
    held = 0
    for seed in range(1000):
        played = simulate_campaign(base, 0.1, seed=seed)
        found = uplift(played["treated"], played["converted"])
        held += found["lower"] <= 0.1 <= found["upper"]
    assert abs(held / 1000 - 0.95) <= 0.02


@pytest.mark.parametrize(("p", "q", "n"), [(0.12, 0.1, 60), (0.5, 0.5, 120), (0.9, 0.6, 40)])
def test_intervals_hold_in_small_groups_too(p, q, n):
    random = np.random.default_rng(n)
    x, y = random.binomial(n, p, 20_000), random.binomial(n, q, 20_000)
    lower, upper = newcombe_interval(x, n, y, n, 1.959964)
    assert abs(((lower <= p - q) & (p - q <= upper)).mean() - 0.95) <= 0.02


def exact_power(base, raised, n, z):
    """Add up the probabilities of all results that the pooled test calls a difference."""

    def chances(share):
        return np.array([math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)])

    x, y = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    pooled = (x + y) / (2 * n)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.abs(x - y) / n > z * np.sqrt(2 * pooled * (1 - pooled) / n)
    return float((np.outer(chances(raised), chances(base)) * far).sum())


@pytest.mark.parametrize(("base", "change"), [(0.2, 0.1), (0.5, 0.15), (0.1, 0.15), (0.6, -0.2)])
def test_sample_size_gives_the_power_it_promises(base, change):
    n = sample_size(base, change)
    assert exact_power(base, base + change, n, 1.959964) == pytest.approx(0.8, abs=0.02)
    assert exact_power(base, base + change, n // 2, 1.959964) < 0.6


def test_sample_size_in_round_figures():
    assert sample_size(0.2, 0.05) == 1094
    assert sample_size(0.2, 0.05) == sample_size(0.8, -0.05) == sample_size(0.25, -0.05)
    assert 3.5 < sample_size(0.2, 0.025) / sample_size(0.2, 0.05) < 4.2
    assert sample_size(0.2, 0.05, power=0.9) > sample_size(0.2, 0.05)
    assert sample_size(0, 1) == 2


def test_simulation_is_random_and_repeatable():
    base = pd.Series(np.linspace(0.05, 0.6, 400), index=[f"C{n:03}" for n in range(400)])
    played = simulate_campaign(base, 0.1, seed=7, treated_share=0.25)
    assert played["treated"].sum() == 100
    pd.testing.assert_frame_equal(played, simulate_campaign(base, 0.1, seed=7, treated_share=0.25))
    mixed = simulate_campaign(base.sample(frac=1, random_state=1), 0.1, seed=7, treated_share=0.25)
    pd.testing.assert_frame_equal(mixed.reindex(base.index), played)
    assert not played.equals(simulate_campaign(base, 0.1, seed=8, treated_share=0.25))
    many = (simulate_campaign(base, 0.1, seed=seed) for seed in range(200))
    found = [uplift(one["treated"], one["converted"])["uplift"] for one in many]
    assert np.mean(found) == pytest.approx(0.1, abs=0.015)


def test_choosing_the_best_customers_shows_an_effect_that_is_not_there():
    base = pd.Series(np.linspace(0.05, 0.6, 400))
    best = base > base.median()
    played = simulate_campaign(base, 0.0, seed=3, treated=best)
    assert played["treated"].equals(best)
    assert uplift(played["treated"], played["converted"])["lower"] > 0.1
    fair = simulate_campaign(base, 0.0, seed=3)
    found = uplift(fair["treated"], fair["converted"])
    assert found["lower"] < 0 < found["upper"]


def test_errors_are_told():
    treated, converted = groups(3, 5, 2, 5)
    with pytest.raises(DataError, match="astype"):
        uplift(treated.astype(int), converted)
    with pytest.raises(DataError, match="control group"):
        uplift(treated | True, converted)
    with pytest.raises(DataError, match="in the campaign"):
        uplift(treated & False, converted)
    with pytest.raises(DataError, match="same customers"):
        uplift(treated, converted.iloc[::-1])
    with pytest.raises(DataError, match="no customer"):
        uplift(treated.iloc[:0], converted.iloc[:0])
    with pytest.raises(DataError, match="blanks"):
        uplift(treated.astype("boolean").where(treated), converted)
    for wrong, says in [
        ((0.98, 0.05), "0 to 1"),
        ((20, 5), "0 to 1"),
        ((0.2, 0.0), "nothing happened"),
        ((0.2, math.nan), "plain number"),
    ]:
        with pytest.raises(DataError, match=says):
            sample_size(*wrong)
    with pytest.raises(DataError, match="power"):
        sample_size(0.2, 0.1, power=80)
    base = pd.Series([0.2, 0.3])
    for how, says in [
        ({"uplift": 10}, "10 points"),
        ({"seed": -1}, "seed"),
        ({"treated_share": 1}, "below 1"),
        ({"treated": pd.Series([True])}, "same customers"),
        ({"base_share": base * 9}, "from 0 to"),
    ]:
        with pytest.raises(DataError, match=says):
            simulate_campaign(**{"base_share": base, "uplift": 0.1, "seed": 1, **how})


COUNTS = {
    "more": (56, 70, 48, 80),
    "unsure": (20, 90, 15, 90),
    "fewer": (3, 90, 35, 90),
    "none": (0, 10, 0, 10),
    "all": (10, 10, 0, 10),
    "one": (1, 1, 0, 1),
}


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("kind", COUNTS)
def test_picture(kind, lang):
    ax = plot_uplift(*groups(*COUNTS[kind]), lang=lang)
    check_figure(ax)
    assert figure_table(ax).loc["uplift", "customers"] == COUNTS[kind][1] + COUNTS[kind][3]


def test_picture_says_what_was_found():
    titles = {kind: title_of(plot_uplift(*groups(*COUNTS[kind]), lang="en")) for kind in COUNTS}
    assert titles["more"].startswith("With the campaign 20 points more came back (between 5.2")
    assert titles["fewer"].startswith("With the campaign 35.6 points fewer came back (between 2")
    assert titles["unsure"].startswith("No clear effect: the difference is 5.6 points")
    assert titles["none"].startswith("No clear effect: the difference is 0 points")
    table = figure_table(plot_uplift(*groups(56, 70, 48, 80)))
    z = 1.959964
    assert table.loc["uplift", ["lower", "upper"]].tolist() == pytest.approx(
        newcombe_interval(56, 70, 48, 80, z), abs=1e-6
    )
