"""BG/NBD and Gamma-Gamma: the right parameters, and the same on every processor."""

import functools
import json
import math
import os
import subprocess
import sys
import warnings
from pathlib import Path

import clv_tables
import numpy as np
import pandas as pd
import pytest

pytest.importorskip("scipy")

from scipy import integrate, special

from rfmkit.clv import bg_nbd, gamma_gamma
from rfmkit.clv.bg_nbd import BgNbd, expected_purchases, fit_bg_nbd
from rfmkit.clv.gamma_gamma import expected_spend, fit_gamma_gamma
from rfmkit.clv.maximum_likelihood import maximise
from rfmkit.schema import DataError, DataWarning

TABLES = clv_tables.tables()


def features(*beginnings: str) -> str:
    """List what NumPy has chosen for this processor at run time, and may do without."""
    from numpy._core import _multiarray_umath as core

    here = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    return " ".join(name for name in here if name.startswith(beginnings))


PROCESSORS = {
    "without the widest vectors": {"NPY_DISABLE_CPU_FEATURES": features("X86_V4", "AVX512", "SVE")},
    "an old one": {"NPY_DISABLE_CPU_FEATURES": features(""), "OPENBLAS_CORETYPE": "Nehalem"},
    "Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
}


@functools.cache
def verdicts(processor: str) -> dict:
    """Fit every table in a process of its own, or skip where this machine cannot do so."""
    setting = PROCESSORS.get(processor, {})
    without = setting.get("NPY_DISABLE_CPU_FEATURES")
    if without == "" and len(setting) == 1:
        pytest.skip(f"{processor}: NumPy has nothing of the kind to switch off on this machine")
    root = Path(__file__).resolve().parent.parent
    path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NPY_DISABLE_CPU_FEATURES", "OPENBLAS_CORETYPE")
    }
    run = subprocess.run(
        [sys.executable, clv_tables.__file__],
        env=clean | {"PYTHONPATH": path, "PYTHONUTF8": "1", "OPENBLAS_VERBOSE": "2"} | setting,
        capture_output=True,
        timeout=300,
        check=False,
    )
    told = run.stderr.decode("utf-8", errors="replace")
    if setting and run.returncode < 0:
        pytest.skip(f"{processor}: this machine cannot compute so (signal {-run.returncode})")
    assert run.returncode == 0, told
    answer = json.loads(run.stdout)
    kept = set((without or "").split()) & set(answer["features"])
    core = setting.get("OPENBLAS_CORETYPE")
    if kept or (core and f"core: {core}".lower() not in told.lower()):
        pytest.skip(f"{processor}: NumPy or its BLAS did not take the setting on this machine")
    return answer["verdicts"]


@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_processor_gives_the_same_fits(processor):
    usual, other = verdicts("this one"), verdicts(processor)
    assert usual.keys() == other.keys()
    assert len(usual) == 2 * 150
    for name, fit in usual.items():
        assert other[name]["says"] == fit["says"], name
        assert other[name]["model"] == pytest.approx(fit["model"], rel=1e-6, abs=0), name


def test_the_tables_are_of_all_three_states():
    states = {"no fit": 0, "a fit with a warning": 0, "a fit": 0}
    for fit in verdicts("this one").values():
        state = "no fit" if not fit["model"] else "a fit with a warning" if fit["says"] else "a fit"
        states[state] += 1
    assert min(states.values()) >= 20, states


# The likelihoods, from the papers' formulas with plain Python, one customer after another.
LOGS = [(0.3, -0.4, 0.2, 0.9), (-1.5, 0.5, 2.0, -1.0), (3.0, 0.1, -3.0, 3.0), (6.0, -1.0, 0.5, 7.0)]
USED = ["healthy, 40 customers, 1", "often, 20 customers, 2", "everybody leaves, 40 customers, 1"]


def counts(name):
    table = TABLES[name]
    return table[table.columns[:3]].to_numpy("float64").T


def spends(name):
    table = TABLES[name].query("repeat_purchases > 0")
    return table["repeat_purchases"].to_numpy("float64"), table["repeat_mean"].to_numpy("float64")


def equation_6(r, alpha, a, b, x, gap, observed):
    def log_beta(one, two):
        return math.lgamma(one) + math.lgamma(two) - math.lgamma(one + two)

    buying = math.lgamma(r + x) - math.lgamma(r) + r * math.log(alpha)
    here = log_beta(a, b + x) - log_beta(a, b) - (r + x) * math.log(alpha + observed)
    if x == 0:
        return buying + here
    left = log_beta(a + 1, b + x - 1) - log_beta(a, b) - (r + x) * math.log(alpha + gap)
    return buying + here + math.log1p(math.exp(left - here))


def density_of_mean(p, q, gamma, x, mean):
    return (
        math.lgamma(p * x + q)
        - math.lgamma(p * x)
        - math.lgamma(q)
        + q * math.log(gamma)
        + (p * x - 1) * math.log(mean)
        + p * x * math.log(x)
        - (p * x + q) * math.log(gamma + x * mean)
    )


@pytest.mark.parametrize("name", USED)
@pytest.mark.parametrize("logs", LOGS)
def test_likelihoods_are_those_of_the_papers(name, logs):
    x, gap, observed = counts(name)
    r, rate, _, both = np.exp(logs)
    a = both / (1 + math.exp(-logs[2]))
    value, _ = bg_nbd.make_likelihood(x, gap, observed, bg_nbd._leaving)(np.array(logs))
    rows = zip(x, gap, observed, strict=True)
    assert value == pytest.approx(sum(equation_6(r, r / rate, a, both - a, *row) for row in rows))

    x, mean = spends(name)
    p, q, level = np.exp(logs[:3])
    value, _ = gamma_gamma._likelihood(x, x * mean)(np.array(logs[:3]))
    rows = zip(x, mean, strict=True)
    theirs = sum(density_of_mean(p, q, level * q / p, *row) for row in rows)
    # Theirs is of the mean, ours of the total.
    assert value == pytest.approx(theirs - np.log(x).sum())


def test_one_customers_likelihood_by_integrals():
    # Over the rate of buying (gamma) and the probability of leaving (beta), from the model's story.
    r, alpha, a, b = 0.8, 6.0, 0.9, 2.5
    x, gap, observed = 3, 11.0, 27.0

    def story(rate, leaving):
        stayed = (1 - leaving) ** x * rate**x * math.exp(-rate * observed)
        left = leaving * (1 - leaving) ** (x - 1) * rate**x * math.exp(-rate * gap)
        of_rate = alpha**r * rate ** (r - 1) * math.exp(-alpha * rate) / math.gamma(r)
        of_leaving = leaving ** (a - 1) * (1 - leaving) ** (b - 1) / special.beta(a, b)
        return (stayed + left) * of_rate * of_leaving

    integral, _ = integrate.dblquad(story, 0, 1, 0, 3, epsabs=0, epsrel=1e-6)
    assert math.log(integral) == pytest.approx(equation_6(r, alpha, a, b, x, gap, observed), 1e-5)


@pytest.mark.parametrize("name", USED)
@pytest.mark.parametrize("logs", LOGS)
def test_gradients_are_differences_of_the_likelihood(name, logs):
    x, mean = spends(name)
    for likelihood, at in (
        (bg_nbd.make_likelihood(*counts(name), bg_nbd._leaving), np.array(logs)),
        (gamma_gamma._likelihood(x, x * mean), np.array(logs[:3])),
    ):
        _, gradient = likelihood(at)
        nudges = 1e-5 * np.eye(len(at))
        ups = [likelihood(at + nudge)[0] - likelihood(at - nudge)[0] for nudge in nudges]
        assert gradient == pytest.approx(np.array(ups) / 2e-5, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("n", [1e-3, 0.5, 39.9, 40.1, 1e3, 1e8])
def test_digamma_less_log_by_its_recurrence(n):
    # digamma(n + 1) = digamma(n) + 1 / n
    step = gamma_gamma._digamma_less_log(n + 1) - gamma_gamma._digamma_less_log(n)
    assert step == pytest.approx(1 / n - math.log1p(1 / n), rel=1e-6, abs=1e-17)


def test_no_other_start_climbs_higher():
    optimize = pytest.importorskip("scipy.optimize")
    chance = np.random.default_rng(1)
    for name in (
        "healthy, 80 customers, 1",
        "nobody leaves, 20 customers, 1",
        "seldom, 80 customers, 1",
    ):
        x, gap, observed = counts(name)
        likelihood = bg_nbd.make_likelihood(x, gap, observed, bg_nbd._leaving)
        best = maximise(likelihood, start=[0] * 4).log_likelihood
        for start in chance.uniform(-3, 3, (5, 4)):
            other = optimize.minimize(
                lambda logs, of=likelihood: tuple(-part for part in of(logs)),
                start,
                jac=True,
                method="L-BFGS-B",
                bounds=[(-12, 12)] * 4,
            )
            assert -other.fun <= best + 1e-6, name


def test_two_mirrored_maxima_are_no_saddle():
    # For one purchase each and two customers, p and q may change places.
    table = pd.DataFrame({"repeat_purchases": 1, "repeat_mean": [20.0, 45.0]})
    model, names = told(fit_gamma_gamma, table)
    assert names[0].startswith("p: ")
    assert model.p == pytest.approx(math.exp(12))
    assert model.q < 100


def test_of_two_maxima_the_higher_one_is_the_fit():
    model, names = told(fit_gamma_gamma, TABLES["nobody leaves, 6 customers, 2"])
    assert names[0].startswith("q: ")
    assert model.p < 1


# The three states.
def told(fit, table):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = fit(table)
    assert all(warning.category is DataWarning for warning in caught)
    assert all(Path(warning.filename) == Path(__file__) for warning in caught)
    return model, [
        line[2:]
        for warning in caught
        for line in str(warning.message).splitlines()
        if line.startswith("- ")
    ]


@pytest.mark.parametrize("spread", [0, 1e-15, 1e-9])
def test_equal_spends_have_no_best_fit(spread):
    mean = 30 * (1 + spread * np.arange(9))
    table = pd.DataFrame({"repeat_purchases": 2, "repeat_mean": mean})
    with pytest.raises(DataError, match="spend the same a purchase"):
        fit_gamma_gamma(table)


def test_nearly_equal_spends_are_a_fit_with_a_warning():
    mean = 30 * (1 + 1e-4 * np.arange(9))
    model, names = told(fit_gamma_gamma, pd.DataFrame({"repeat_purchases": 2, "repeat_mean": mean}))
    assert [name[0] for name in names] == ["p", "q"]
    assert model.gamma * model.p / model.q == pytest.approx(mean.mean(), rel=1e-3)
    spend = expected_spend(pd.DataFrame({"repeat_purchases": [0], "repeat_mean": [np.nan]}), model)
    assert spend.iloc[0] == pytest.approx(mean.mean(), rel=1e-3)


@pytest.mark.parametrize(("seed", "at_limit"), [(9, True), (4, False)])
def test_customers_who_hardly_differ_in_level_leave_q_open(seed, at_limit):
    # Each spends what the last one does, but for chance: one gamma distribution for all.
    chance = np.random.default_rng(seed)
    x = chance.integers(1, 9, 200)
    table = pd.DataFrame({"repeat_purchases": x, "repeat_mean": 30 * chance.gamma(4 * x) / (4 * x)})
    model, names = told(fit_gamma_gamma, table)
    assert [name[0] for name in names] == ["q"]
    assert (model.q == pytest.approx(math.exp(12))) == at_limit
    assert model.p == pytest.approx(4, rel=0.2)


def test_nobody_has_left_and_nobody_is_seen_to():
    again = pd.DataFrame({"repeat_purchases": [1, 3, 8, 20] * 5, "observed_weeks": 30.0})
    table = pd.concat(
        [
            again.assign(first_to_last_weeks=30.0),
            again.assign(repeat_purchases=0, first_to_last_weeks=0.0),
        ],
        ignore_index=True,
    )
    model, names = told(fit_bg_nbd, table)
    assert names
    assert all(name.startswith("a and b") for name in names)
    assert "likely a customer is to leave" in names[0]
    assert model.a < 1e-4
    assert (expected_purchases(table, model, weeks=10)["alive"] > 0.999).all()


def test_who_comes_back_once_does_not_tell_how_customers_differ_in_leaving():
    _, names = told(fit_bg_nbd, TABLES["odd 16"])
    assert any("differ in that likelihood" in name for name in names)


def test_buyers_in_one_rhythm_leave_r_open():
    table = pd.DataFrame(
        {"repeat_purchases": [10] * 20, "first_to_last_weeks": 28.0, "observed_weeks": 30.0}
    )
    model, names = told(fit_bg_nbd, table)
    assert names[0].startswith("r: ")
    assert model.r / model.alpha == pytest.approx(1 / 3, rel=0.1)


def test_a_healthy_table_gives_back_what_it_was_made_of():
    table = clv_tables.simulated("healthy", 1200, 3)
    r, rate, a, b, p, q = clv_tables.KINDS["healthy"]
    model, names = told(fit_bg_nbd, table)
    assert names == []
    assert model.r == pytest.approx(r, rel=0.2)
    assert model.r / model.alpha == pytest.approx(rate, rel=0.2)
    assert model.a / (model.a + model.b) == pytest.approx(a / (a + b), rel=0.2)
    spend, names = told(fit_gamma_gamma, table)
    assert names == []
    assert (spend.p, spend.q) == pytest.approx((p, q), rel=0.2)


def test_another_unit_of_money_and_time_is_the_same_model():
    table = TABLES["often, 80 customers, 1"]
    days = table.assign(
        first_to_last_weeks=table["first_to_last_weeks"] * 7,
        observed_weeks=table["observed_weeks"] * 7,
        repeat_mean=table["repeat_mean"] * 1e9,
    )
    one, other = fit_bg_nbd(table), fit_bg_nbd(days)
    assert other[:4] == pytest.approx((one.r, 7 * one.alpha, one.a, one.b), rel=1e-7)
    again = table["repeat_purchases"]
    assert other.log_likelihood == pytest.approx(one.log_likelihood - again.sum() * math.log(7))
    one, other = fit_gamma_gamma(table), fit_gamma_gamma(days)
    assert other[:3] == pytest.approx((one.p, one.q, 1e9 * one.gamma), rel=1e-7)
    theirs = one.log_likelihood - (again > 0).sum() * math.log(1e9)
    assert other.log_likelihood == pytest.approx(theirs)


def test_a_search_without_an_end_is_an_error():
    def ridge(logs):  # no slope of 0 anywhere
        return -abs(logs[0] - 0.3), -np.sign(logs - 0.3)

    with pytest.raises(DataError, match="no best fit is found"):
        maximise(ridge, start=[0])


# Forecasts.
def equation_10(x, gap, observed, model, weeks):
    r, alpha, a, b, _ = model
    series = special.hyp2f1(r + x, b + x, a + b + x - 1, weeks / (alpha + observed + weeks))
    later = ((alpha + observed) / (alpha + observed + weeks)) ** (r + x)
    left = a / (b + x - 1) * ((alpha + observed) / (alpha + gap)) ** (r + x) if x else 0
    return (a + b + x - 1) / (a - 1) * (1 - later * series) / (1 + left)


@pytest.mark.parametrize("a", [0.2, 0.79, 1.4, 6.0])
def test_forecasts_are_those_of_the_paper(a):
    rows = [(0, 0.0, 39.0), (1, 3.0, 30.0), (2, 30.43, 38.86), (9, 12.0, 20.0), (25, 38.0, 38.5)]
    table = pd.DataFrame(rows, columns=clv_tables.COLUMNS[:3])
    model = BgNbd(0.243, 4.414, a, 2.426, 0.0)
    for weeks in (0.5, 39, 400):
        ours = expected_purchases(table, model, weeks=weeks)["purchases"]
        assert ours.tolist() == pytest.approx(
            [equation_10(*row, model, weeks) for row in rows], rel=1e-9
        )


def test_forecasts_next_to_a_1_have_no_jump():
    table = pd.DataFrame([(0, 0.0, 39.0), (3, 30.0, 39.0)], columns=clv_tables.COLUMNS[:3])
    for b in (1e-5, 0.5, 2.4):
        for weeks in (39, 1e9):
            at, beside = (
                expected_purchases(table, BgNbd(0.24, 4.4, a, b, 0.0), weeks=weeks)["purchases"]
                for a in (1.0, 1 + 1e-9)
            )
            assert np.isfinite(at).all()
            assert at.tolist() == pytest.approx(beside.tolist(), rel=1e-6)


def test_many_purchases_and_a_long_time_have_a_forecast():
    table = pd.DataFrame([(1000, 155.9, 156.0)], columns=clv_tables.COLUMNS[:3])
    model = BgNbd(0.243, 4.414, 0.793, 2.426, 0.0)
    ahead = expected_purchases(table, model, weeks=260)
    assert ahead["alive"].iloc[0] > 0.99
    # About 6.24 purchases a week; who leaves, at 0.793 / 1003 a purchase, stops some of them.
    rate, leaving = 1000.243 / (156 + 4.414), 0.793 / (0.793 + 1002.426 + 0.793)
    assert ahead["purchases"].iloc[0] == pytest.approx(
        (1 - math.exp(-rate * leaving * 260)) / leaving, rel=0.2
    )
    long_gone = table.assign(first_to_last_weeks=1.0)
    assert expected_purchases(long_gone, model, weeks=260).to_numpy().tolist() == [[0, 0]]


def test_every_model_that_is_fitted_forecasts():
    for name, table in list(TABLES.items())[::4]:
        try:
            model, _ = told(fit_bg_nbd, table)
        except DataError:
            continue
        before = pd.Series(0.0, index=table.index)
        for weeks in (1, 52, 1e6):
            ahead = expected_purchases(table, model, weeks=weeks)
            assert ahead["alive"].between(0, 1).all(), name
            assert (ahead["purchases"] >= before).all(), name  # not so for a blank or an overflow
            before = ahead["purchases"]
