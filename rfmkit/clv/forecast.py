"""Forecast what each customer is worth: purchases x spend x margin, discounted (extra `clv`)."""

import warnings
from typing import Any, NotRequired, TypedDict, Unpack

import numpy as np
import pandas as pd

from rfmkit.clv.bg_nbd import (
    BgNbd,
    expected_purchases,
    purchases_if_alive,
    read_counts,
)
from rfmkit.clv.gamma_gamma import GammaGamma, expected_spend, spend_likelihood
from rfmkit.clv.maximum_likelihood import covariance
from rfmkit.clv.mbg_nbd import MbgNbd
from rfmkit.schema import DataError, DataWarning
from rfmkit.validation import check_seed, is_finite, two_sided_z

__all__ = ["customer_lifetime_value", "total_lifetime_value"]

_WEEKS_A_YEAR = 365.25 / 7
_RUNS = 1000
_AT_ONCE = 500_000  # customers times futures that are simulated together


def customer_lifetime_value(
    table: pd.DataFrame,
    bg_nbd: BgNbd | MbgNbd,
    gamma_gamma: GammaGamma,
    *,
    weeks: float,
    margin: float,
    yearly_discount: float,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Forecast the profit of each customer over the coming weeks, with an interval.

    Parameters
    ----------
    table
        From `bg_nbd_table`: `repeat_purchases`, `first_to_last_weeks`, `observed_weeks` and
        `repeat_mean` (money).
    bg_nbd
        From `fit_bg_nbd` or `fit_mbg_nbd`, fitted to this table.
    gamma_gamma
        From `fit_gamma_gamma`, fitted to this table.
    weeks
        How far to look ahead from the end of observation, above 0.
    margin
        The part of spend that is profit, above 0 to 1: 0.3 for 30 %.
    yearly_discount
        Interest of a year, 0 to 1: 0.1 for 10 %.
    confidence
        How often the interval shall hold what the customer then brings, above 0 and below 1.
    seed
        Seed of the simulated futures behind the intervals.

    Returns
    -------
    pandas.DataFrame
        In the order of `table`. `alive`: probability that the customer has not left, 0 to 1.
        `purchases`: expected number. `spend`: expected money a purchase. `clv`: expected profit,
        discounted, in money. `lower`, `upper`: interval of the profit that the customer brings.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, a number is unusable, or the model's q is
        not above 1, where the mean spend has no limit.

    Warns
    -----
    DataWarning
        If the table does not determine the parameters of a model: they are then taken as known, and
        the intervals are too narrow. If q may be 1 or less, where the mean spend has no limit.

    Notes
    -----
    `clv` is computed, not simulated. The interval comes from 1,000 simulated futures. In each, the
    parameters are drawn as uncertain as the table leaves them, then whether each customer is still
    there, then his purchases one by one. A single customer's interval is wide, since he may have
    left or not; `total_lifetime_value` gives that of all together.

    Source: Fader, Hardie and Lee 2005 (purchases), Batislam, Denizel and Filiztekin 2007 (MBG/NBD),
    Fader and Hardie 2013 (spend); a week's money is discounted by the week it comes in.

    Examples
    --------
    >>> table = pd.DataFrame({"repeat_purchases": [0, 9], "first_to_last_weeks": [0.0, 35],
    ...                       "observed_weeks": [39.0, 39], "repeat_mean": [float("nan"), 40]})
    >>> bg = BgNbd(0.243, 4.414, 0.793, 2.426, log_likelihood=-9582.4)
    >>> spend = GammaGamma(6.25, 3.74, 15.44, log_likelihood=-4055.9)
    >>> import warnings
    >>> with warnings.catch_warnings():  # two customers determine nothing
    ...     warnings.simplefilter("ignore")
    ...     value = customer_lifetime_value(table, bg, spend, weeks=52, margin=0.3,
    ...                                     yearly_discount=0.1)
    >>> value[["purchases", "clv"]].round(1).values.tolist()
    [[0.3, 2.5], [7.0, 79.6]]
    """
    clv, futures, tails = _forecast(
        table,
        bg_nbd,
        gamma_gamma,
        weeks=weeks,
        margin=margin,
        yearly_discount=yearly_discount,
        confidence=confidence,
        seed=seed,
    )
    ahead = expected_purchases(table, bg_nbd, weeks=weeks)
    spend = expected_spend(table, gamma_gamma)
    lower, upper = np.quantile(futures, tails, axis=1)
    return ahead.assign(spend=spend, clv=clv, lower=lower, upper=upper)


class Outlook(TypedDict):
    """How far and at what price to look ahead: the numbers of `customer_lifetime_value`."""

    weeks: float
    margin: float
    yearly_discount: float
    confidence: NotRequired[float]
    seed: NotRequired[int]


def total_lifetime_value(
    table: pd.DataFrame,
    bg_nbd: BgNbd | MbgNbd,
    gamma_gamma: GammaGamma,
    **outlook: Unpack[Outlook],
) -> pd.Series:
    """Forecast the profit that all customers of a table bring together, with an interval.

    Parameters
    ----------
    table, bg_nbd, gamma_gamma
        As for `customer_lifetime_value`.
    **outlook
        `weeks`, `margin`, `yearly_discount`, `confidence` and `seed`, as there.

    Returns
    -------
    pandas.Series
        `clv`: the sum of all customers; `lower`, `upper`: its interval, in money. Customers who
        are won later are not in it.

    Raises
    ------
    DataError
        As `customer_lifetime_value`.

    Warns
    -----
    DataWarning
        As `customer_lifetime_value`.

    Notes
    -----
    Source: the kit's own, from the draws of `customer_lifetime_value`.

    Examples
    --------
    >>> table = pd.DataFrame({"repeat_purchases": [0, 9], "first_to_last_weeks": [0.0, 35],
    ...                       "observed_weeks": [39.0, 39], "repeat_mean": [float("nan"), 40]})
    >>> bg = BgNbd(0.243, 4.414, 0.793, 2.426, log_likelihood=-9582.4)
    >>> spend = GammaGamma(6.25, 3.74, 15.44, log_likelihood=-4055.9)
    >>> import warnings
    >>> with warnings.catch_warnings():  # two customers determine nothing
    ...     warnings.simplefilter("ignore")
    ...     total = total_lifetime_value(table, bg, spend, weeks=52, margin=0.3,
    ...                                  yearly_discount=0.1)
    >>> round(total["clv"], 1)
    np.float64(82.1)
    """
    clv, futures, tails = _forecast(table, bg_nbd, gamma_gamma, **outlook)
    lower, upper = np.quantile(futures.sum(axis=0), tails)
    return pd.Series({"clv": clv.sum(), "lower": lower, "upper": upper}, name="total")


def _forecast(
    table: pd.DataFrame,
    bg_nbd: BgNbd | MbgNbd,
    gamma_gamma: GammaGamma,
    **outlook: Unpack[Outlook],
) -> tuple[pd.Series, np.ndarray, list[float]]:
    """Compute each customer's expected profit, the simulated ones, and the tails to cut off."""
    wrong = Outlook.__required_keys__ - outlook.keys() | outlook.keys() - Outlook.__annotations__
    if wrong:
        raise TypeError(
            "a forecast takes weeks, margin and yearly_discount, and may take confidence and seed; "
            f"missing or unknown: {', '.join(sorted(wrong))}."
        )
    weeks, margin, yearly = outlook["weeks"], outlook["margin"], outlook["yearly_discount"]
    confidence, seed = outlook.get("confidence", 0.95), outlook.get("seed", 0)
    _check(weeks, margin, yearly, confidence, seed)
    discounted = _discounted_purchases(table, bg_nbd, weeks, yearly)
    expected = margin * expected_spend(table, gamma_gamma) * discounted
    futures = margin * _futures(table, bg_nbd, gamma_gamma, weeks, yearly, seed)
    return expected, futures, [(1 - confidence) / 2, (1 + confidence) / 2]


def _check(
    weeks: float, margin: float, yearly_discount: float, confidence: float, seed: int
) -> None:
    for name, value in (("weeks", weeks), ("margin", margin), ("yearly_discount", yearly_discount)):
        if isinstance(value, bool) or not is_finite(value):
            raise DataError(f"{name} must be a plain number, not {value!r}.")
    if weeks <= 0:
        raise DataError(f"weeks must be a number above 0, not {weeks!r}.")
    if not 0 < margin <= 1:
        raise DataError(
            f"margin must be above 0 and at most 1, not {margin!r}. Write 0.3 for 30 %."
        )
    if not 0 <= yearly_discount <= 1:
        raise DataError(
            f"yearly_discount must be from 0 to 1, not {yearly_discount!r}. Write 0.1 for 10 %."
        )
    check_seed(seed)
    two_sided_z(confidence)


def _discounted_purchases(
    table: pd.DataFrame, model: BgNbd | MbgNbd, weeks: float, yearly_discount: float
) -> np.ndarray:
    """Compute the expected purchases, each worth less the later it comes.

    By parts: the integral of n'(t) * exp(-d t) is n(weeks) * exp(-d weeks) plus d times that of
    n(t) * exp(-d t), where n(t) is the expected number until t; the latter by Gauss and Legendre.
    """
    alive, shape, rate, a, b = model.posterior(*read_counts(table))
    force = np.log1p(yearly_discount) / _WEEKS_A_YEAR
    total = purchases_if_alive(shape, a, b, weeks / rate) * np.exp(-force * weeks)
    if force > 0:
        nodes, weights = np.polynomial.legendre.leggauss(16)
        for time, weight in zip((nodes + 1) / 2 * weeks, weights / 2 * weeks, strict=True):
            until = purchases_if_alive(shape, a, b, time / rate)
            total = total + weight * force * np.exp(-force * time) * until
    return alive * total


def _futures(
    table: pd.DataFrame,
    model: BgNbd | MbgNbd,
    spend_model: GammaGamma,
    weeks: float,
    yearly_discount: float,
    seed: int,
) -> np.ndarray:
    """Simulate what each customer (row) spends in each of many futures (column), discounted."""
    random = np.random.default_rng(seed)
    counts = read_counts(table)
    x, customers = counts[0], len(table)
    force = np.log1p(yearly_discount) / _WEEKS_A_YEAR
    bought = np.where(x > 0, x * table["repeat_mean"].fillna(0).to_numpy("float64"), 0)
    models = _drawn_models(model, counts, random)
    p, q, gamma = _drawn_spend_models(spend_model, table, random)
    values = np.zeros((_RUNS, customers))
    together = max(1, min(_RUNS, _AT_ONCE // customers))
    for first in range(0, _RUNS, together):
        runs = slice(first, first + together)
        kind: Any = type(model)  # of arrays, with a model in each place
        drawn = kind(*(part[runs] for part in models), 0.0)
        now: Any = np.broadcast_arrays(
            *drawn.posterior(*counts), p[runs], p[runs] * x + q[runs], gamma[runs] + bought
        )
        place: Any = np.flatnonzero(random.random(now[0].shape) < now[0])
        _, shape, rate, a, b, own, all_, level = (part.ravel()[place] for part in now)
        pace: Any = random.gamma(shape) / rate
        leaving: Any = random.beta(a, b)
        level = random.gamma(all_) / level
        time: Any = np.zeros(len(place))
        money = values[runs].reshape(-1)  # a view: what is added here is added to `values`
        while len(place):
            time = time + random.exponential(size=len(place)) / np.maximum(pace, 1e-300)
            buys = np.flatnonzero(time < weeks)
            place, pace, leaving, own, level, time = (
                part[buys] for part in (place, pace, leaving, own, level, time)
            )
            money[place] += random.gamma(own) / level * np.exp(-force * time)
            stays = np.flatnonzero(random.random(len(place)) >= leaving)
            place, pace, leaving, own, level, time = (
                part[stays] for part in (place, pace, leaving, own, level, time)
            )
    return values.T


def _drawn_models(
    model: BgNbd | MbgNbd, counts: tuple[np.ndarray, ...], random: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """Draw r, alpha, a and b, a row each time, as uncertain as the table leaves them."""
    r, alpha, a, b, _ = model
    logs = [np.log(r), np.log(r / alpha), np.log(a / b), np.log(a + b)]
    drawn = _drawn_logs(covariance(model.likelihood(*counts), logs), logs, random)
    r, rate, odds, both = np.exp(drawn).T[:, :, np.newaxis]
    return r, r / rate, both * odds / (1 + odds), both / (1 + odds)


def _drawn_spend_models(
    model: GammaGamma, table: pd.DataFrame, random: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """Draw p, q and gamma, a row each time."""
    p, q, gamma, _ = model
    logs = [np.log(p), np.log(q), np.log(gamma * p / q)]
    spread = covariance(spend_likelihood(table), logs)
    if spread is not None and logs[1] < 2 * np.sqrt(spread[1, 1]):
        warnings.warn(
            f"q is {q:.2f}, so near 1 that very few large purchases decide the mean spend: clv is "
            "far above what most customers will bring, and so may the interval's upper end be.\n"
            "Compare it with what customers brought in a year before, or take a longer time.",
            DataWarning,
            stacklevel=4,
        )
    drawn = np.exp(_drawn_logs(spread, logs, random)).T[:, :, np.newaxis]
    p, q, level = drawn
    return p, q, level * q / p


def _drawn_logs(spread: np.ndarray | None, logs: list, random: np.random.Generator) -> np.ndarray:
    if spread is None:
        warnings.warn(
            "this table does not determine the model's parameters; they are taken as known, so "
            "the intervals are too narrow.\nTake more customers or a longer time.",
            DataWarning,
            stacklevel=5,
        )
        return np.tile(logs, (_RUNS, 1))
    return random.multivariate_normal(logs, spread, size=_RUNS, method="eigh")
