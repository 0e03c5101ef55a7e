"""MBG/NBD and the value to come: integrals, simulated firms, CDNOW, and the picture."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from figure_checks import check_figure, title_of
from test_clv import cdnow_sample, real

pytest.importorskip("scipy")

from scipy import integrate, special

import rfmkit as rk
from rfmkit.clv import forecast, mbg_nbd
from rfmkit.clv.bg_nbd import BgNbd, expected_purchases, fit_bg_nbd
from rfmkit.clv.forecast import customer_lifetime_value, total_lifetime_value
from rfmkit.clv.gamma_gamma import GammaGamma, expected_spend, fit_gamma_gamma
from rfmkit.clv.mbg_nbd import MbgNbd, fit_mbg_nbd
from rfmkit.clv.repeats import bg_nbd_table
from rfmkit.plots import figure_table, plot_forecast
from rfmkit.schema import DataError, DataWarning

BG = BgNbd(0.8, 8.0, 0.8, 2.5, 0.0)
MBG = MbgNbd(0.8, 8.0, 0.8, 2.5, 0.0)
GG = GammaGamma(6.0, 4.0, 15.0, 0.0)


def firm(kind, customers, seed, weeks=52, ahead=26):
    """Draw customers who buy, spend and leave as the model says: their table, and what follows."""
    random = np.random.default_rng(seed)
    rows, later = [], []
    for _ in range(customers):
        pace = random.gamma(BG.r) / BG.alpha
        leave = random.beta(BG.a, BG.b)
        level = random.gamma(GG.q) / GG.gamma
        observed = random.uniform(weeks / 2, weeks)
        time, times = 0.0, []
        gone = kind is MbgNbd and random.random() < leave
        while not gone:
            time += random.exponential(1 / max(pace, 1e-9))
            if time > observed + ahead:
                break
            times.append(time)
            gone = random.random() < leave
        spends = random.gamma(GG.p, size=len(times)) / level
        seen = np.array(times) <= observed
        mean = spends[seen].mean() if seen.any() else np.nan
        rows.append((seen.sum(), np.max(times, where=seen, initial=0.0), observed, mean))
        later.append(spends[~seen].sum())
    names = ["repeat_purchases", "first_to_last_weeks", "observed_weeks", "repeat_mean"]
    return pd.DataFrame(rows, columns=names), np.array(later)


@pytest.mark.parametrize(("x", "gap", "observed"), [(0, 0, 39.0), (1, 5.0, 39.0), (7, 30.0, 31.0)])
@pytest.mark.parametrize("logs", [(-0.6, -2.2, -0.6, 0.9), (0.7, -1.0, 0.4, 1.8)])
def test_mbg_likelihood_of_one_customer_by_integrals(x, gap, observed, logs):
    r, rate, both = math.exp(logs[0]), math.exp(logs[1]), math.exp(logs[3])
    leaving = special.expit(logs[2])
    a, b, alpha = leaving * both, (1 - leaving) * both, r / rate

    def integrand(p, pace):
        one = (1 - p) ** (x + 1) * pace**x * math.exp(-pace * observed)
        other = p * (1 - p) ** x * pace**x * math.exp(-pace * gap)
        prior = p ** (a - 1) * (1 - p) ** (b - 1) / special.beta(a, b)
        prior *= alpha**r * pace ** (r - 1) * math.exp(-alpha * pace) / special.gamma(r)
        return (one + other) * prior

    # Substitutions smooth the ends: p = u ** 3, pace = v ** 3.
    area, _ = integrate.dblquad(
        lambda u, v: integrand(u**3, v**3) * 9 * u**2 * v**2, 0, 2.2, 0, 1, epsabs=1e-12
    )
    value, gradient = mbg_nbd.make_likelihood(
        *(np.array([float(n)]) for n in (x, gap, observed)), mbg_nbd._leaving
    )(np.array(logs))
    assert value == pytest.approx(math.log(area), abs=1e-4)
    likelihood = mbg_nbd.make_likelihood(
        *(np.array([float(n)]) for n in (x, gap, observed)), mbg_nbd._leaving
    )
    for place in range(4):
        nudge = 1e-5 * np.eye(4)[place]
        rise = likelihood(np.array(logs) + nudge)[0] - likelihood(np.array(logs) - nudge)[0]
        assert gradient[place] == pytest.approx(rise / 2e-5, abs=1e-6)


def test_mbg_finds_the_parameters_it_was_drawn_from():
    table, _ = firm(MbgNbd, 6000, 1)
    model = fit_mbg_nbd(table)
    assert model.r == pytest.approx(0.8, rel=0.15)
    assert model.r / model.alpha == pytest.approx(0.1, rel=0.08)
    assert model.a / (model.a + model.b) == pytest.approx(0.8 / 3.3, rel=0.1)
    # Of two models with as many parameters, the one the customers follow fits better.
    assert model.log_likelihood > fit_bg_nbd(table).log_likelihood


def test_a_one_time_buyer_cannot_have_left_in_bg_but_can_in_mbg():
    table = pd.DataFrame(
        {"repeat_purchases": 0, "first_to_last_weeks": 0.0, "observed_weeks": [4.0, 40.0, 400.0]}
    )
    assert expected_purchases(table, BG, weeks=10)["alive"].tolist() == [1, 1, 1]
    alive = expected_purchases(table, MBG, weeks=10)["alive"]
    assert alive.is_monotonic_decreasing
    by_hand = 1 / (1 + 0.8 / 2.5 * ((8 + 40) / 8) ** 0.8)
    assert alive[1] == pytest.approx(by_hand)


@pytest.mark.parametrize("model", [BG, MBG], ids=["BG/NBD", "MBG/NBD"])
def test_value_is_the_mean_of_what_such_customers_bring(model):
    """Draw many futures of one customer by the model's own story, apart from the kit's code."""
    table = pd.DataFrame(
        {
            "repeat_purchases": [4],
            "first_to_last_weeks": [20.0],
            "observed_weeks": [30.0],
            "repeat_mean": [50.0],
        }
    )
    random = np.random.default_rng(5)
    # Who bought 4 times until week 20 and then not until week 30, by weights on drawn customers.
    draws = 400_000
    pace, leave = random.gamma(0.8, size=draws) / 8, random.beta(0.8, 2.5, draws)
    level = random.gamma(GG.p * 4 + GG.q, size=draws) / (GG.gamma + 200)
    first = 1 - leave if isinstance(model, MbgNbd) else 1
    here = pace**4 * (1 - leave) ** 4 * np.exp(-pace * 30) * first
    gone = pace**4 * (1 - leave) ** 3 * leave * np.exp(-pace * 20) * first
    value, time, there = np.zeros(draws), np.zeros(draws), np.ones(draws, bool)
    for _ in range(400):
        time += random.exponential(1 / pace)
        there &= time < 60
        if not there.any():
            break
        spend = random.gamma(GG.p, size=draws) / level
        value += there * spend * 1.2 ** (-time * 7 / 365.25)
        there &= random.random(draws) >= leave
    expected = (here * value).sum() / (here + gone).sum()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        ours = customer_lifetime_value(table, model, GG, weeks=60, margin=0.25, yearly_discount=0.2)
    assert ours["clv"].iloc[0] == pytest.approx(0.25 * expected, rel=0.02)
    assert ours["alive"].iloc[0] == pytest.approx(here.sum() / (here + gone).sum(), rel=0.02)


def test_discount_by_fine_steps_and_none():
    table, _ = firm(BgNbd, 40, 2)
    steps = np.linspace(0, 104, 2081)
    until = np.array(
        [[0.0] * len(table)]
        + [
            expected_purchases(table, BG, weeks=week)["purchases"].to_numpy()
            for week in steps[1::20]
        ]
    )
    places = np.concatenate([[0], steps[1::20]])
    middle = (places[1:] + places[:-1]) / 2
    fine = (np.diff(until, axis=0) * (1.15 ** (-middle * 7 / 365.25))[:, np.newaxis]).sum(axis=0)
    fine += 0  # up to the last place, 103.05 weeks
    ours = forecast._discounted_purchases(table, BG, places[-1], 0.15)
    assert ours == pytest.approx(fine, rel=1e-4)
    plain = forecast._discounted_purchases(table, BG, 52, 0)
    assert plain == pytest.approx(expected_purchases(table, BG, weeks=52)["purchases"].to_numpy())


@pytest.mark.parametrize("kind", [BgNbd, MbgNbd])
def test_intervals_hold_what_simulated_firms_then_bring(kind, monkeypatch):
    monkeypatch.setattr(forecast, "_RUNS", 200)
    fit = {BgNbd: fit_bg_nbd, MbgNbd: fit_mbg_nbd}[kind]
    firms, held, customers = 40, 0, []
    for seed in range(firms):
        table, later = firm(kind, 250, [seed, 9])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DataWarning)
            model, spend = fit(table), fit_gamma_gamma(table)
            how = {"weeks": 26, "margin": 1, "yearly_discount": 0, "seed": seed}
            total = total_lifetime_value(table, model, spend, **how)
            each = customer_lifetime_value(table, model, spend, **how)
        held += total["lower"] <= later.sum() <= total["upper"]
        customers.append(((each["lower"] <= later) & (later <= each["upper"])).mean())
    # Of 40 firms, 95 % is 38; fewer than 34 would come by chance three times in a thousand.
    assert held >= 34
    # Most customers' lower end is 0, so that theirs hold a little more than they say.
    assert 0.945 <= np.mean(customers) <= 0.98


@real
def test_cdnow():
    table = bg_nbd_table(cdnow_sample(), end="1997-09-30")
    mbg = fit_mbg_nbd(table)
    assert [round(part, 3) for part in mbg[:4]] == [0.525, 6.183, 0.891, 1.614]  # as published
    bg, spend = fit_bg_nbd(table), fit_gamma_gamma(table)
    once = table["repeat_purchases"] == 0
    assert expected_purchases(table, mbg, weeks=39)["alive"][once].max() < 0.5
    for model, total in ((bg, 59_932), (mbg, 57_128)):
        how = {"weeks": 39, "margin": 1, "yearly_discount": 0}
        value = customer_lifetime_value(table, model, spend, **how)
        by_hand = expected_purchases(table, model, weeks=39)["purchases"]
        by_hand *= expected_spend(table, spend)
        pd.testing.assert_series_equal(value["clv"], by_hand.rename("clv"))
        assert value["clv"].sum() == pytest.approx(total, abs=1)
        ends = total_lifetime_value(table, model, spend, **how)
        assert 0.8 < ends["lower"] / total < 0.92 < 1.08 < ends["upper"] / total < 1.2


def test_same_seed_same_interval_and_money_in_another_unit():
    table, _ = firm(BgNbd, 120, 4)
    bg, spend = fit_bg_nbd(table), fit_gamma_gamma(table)
    how = {"weeks": 52, "margin": 0.3, "yearly_discount": 0.1}
    one = customer_lifetime_value(table, bg, spend, **how)
    pd.testing.assert_frame_equal(one, customer_lifetime_value(table, bg, spend, **how))
    assert not one.equals(customer_lifetime_value(table, bg, spend, **how, seed=1))
    assert (one["lower"] <= one["upper"]).all()
    half = customer_lifetime_value(table, bg, spend, **how | {"margin": 0.15})
    columns = ["clv", "lower", "upper"]
    pd.testing.assert_frame_equal(half[columns] * 2, one[columns])
    assert total_lifetime_value(table, bg, spend, **how)["clv"] == pytest.approx(one["clv"].sum())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"weeks": 0}, "above 0"),
        ({"margin": 30}, r"0\.3 for 30"),
        ({"margin": 0}, "above 0"),
        ({"yearly_discount": 10}, r"0\.1 for 10"),
        ({"yearly_discount": None}, "plain number"),
        ({"seed": 1.5}, "seed"),
        ({"confidence": 95}, r"0\.95 for 95"),
    ],
)
@pytest.mark.parametrize("function", [customer_lifetime_value, total_lifetime_value])
def test_unusable_numbers_are_told(function, wrong, says):
    table, _ = firm(BgNbd, 20, 3)
    how = {"weeks": 52, "margin": 0.3, "yearly_discount": 0.1}
    with pytest.raises(DataError, match=says):
        function(table, BG, GG, **how | wrong)


@pytest.mark.parametrize("how", [{"weeks": 9, "margin": 0.3}, {"months": 2}])
def test_the_total_needs_the_same_numbers_and_no_others(how):
    with pytest.raises(TypeError, match="missing or unknown"):
        total_lifetime_value(firm(BgNbd, 5, 3)[0], BG, GG, **how)


def test_parameters_that_nothing_determines_are_told():
    table = firm(BgNbd, 5, 3)[0]
    with pytest.warns(DataWarning, match="too narrow"):
        customer_lifetime_value(table, BG, GG, weeks=9, margin=1, yearly_discount=0)


def test_a_mean_without_a_limit_is_told():
    clean, _ = rk.clean_transactions(rk.load_transactions(rk.data_file("年度交易.csv")))
    table = bg_nbd_table(clean, end="2021-03-31")
    mbg, spend = fit_mbg_nbd(table), fit_gamma_gamma(table)
    assert 1 < spend.q < 1.1
    with pytest.warns(DataWarning, match=r"q is 1\.03, so near 1"):
        total_lifetime_value(table, mbg, spend, weeks=52, margin=0.3, yearly_discount=0.1)


VALUES = pd.DataFrame(
    {
        "clv": np.linspace(900, 10, 40).round(),
        "lower": 0.0,
        "upper": np.linspace(2100, 80, 40).round(),
    },
    index=pd.Index([f"C{n:03}" for n in range(40)], name="customer"),
)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("rows", [1, 3, 40])
def test_picture(rows, lang):
    values = VALUES.iloc[:rows].sample(frac=1, random_state=1)
    ax = plot_forecast(values, lang=lang)
    check_figure(ax)
    assert figure_table(ax).index.tolist() == VALUES.index[:rows].tolist()
    assert len(ax.get_yticklabels()) == min(rows, 15)


def test_picture_says_who_is_worth_most():
    ax = plot_forecast(VALUES, lang="en")
    assert title_of(ax) == "C000 is worth most: about 900 (between 0 and 2,100)"
    with pytest.raises(DataError, match="customer_lifetime_value"):
        plot_forecast(VALUES[["clv"]])
