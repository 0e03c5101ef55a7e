"""Forecast purchases without a contract: BG/NBD (further reading, extra `clv`).

The trap in the names: in this model *recency* is the gap from the first to the *last* purchase,
so much is good, and *frequency* counts *repeat* purchases only, so one purchase is 0. RFM's
recency is the gap from the last purchase to today, so little is good, and its frequency counts
all. Fed with RFM columns, the model still runs and is wrong. Here the columns are therefore called
`first_to_last_weeks` and `repeat_purchases`, and tables with other names are refused.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rfmkit.clv.maximum_likelihood import Likelihood, maximise, warn_of_undetermined
from rfmkit.labels import install_command, label
from rfmkit.schema import DataError
from rfmkit.validation import (
    check_numbers,
    check_one_row_each,
    first_label,
    is_finite,
    require_columns,
)

try:
    from scipy import special
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        label("library.bg_nbd", install=install_command("scipy")),
        name=error.name,
    ) from error

__all__ = ["BgNbd", "expected_purchases", "fit_bg_nbd"]

_COLUMNS = ["repeat_purchases", "first_to_last_weeks", "observed_weeks"]
MEANINGS = (
    "r: how much customers differ in how often they buy (and alpha with it)",
    "alpha: how often customers buy, r / alpha purchases a week",
    "a and b: how likely a customer is to leave after a purchase, a / (a + b)",
    "a and b: how much customers differ in that likelihood, the more the smaller a + b",
)
_MAX_PURCHASES = 1_000_000


class Posterior(NamedTuple):
    """What a model says of each customer after the purchases seen so far.

    The customer has not left with probability `alive`. One who has not buys at a rate with a gamma
    distribution (`shape`, and `weeks` as its rate), and leaves after a purchase with a probability
    of Beta(`a`, `b`).
    """

    alive: np.ndarray
    shape: np.ndarray
    weeks: np.ndarray
    a: np.ndarray | float
    b: np.ndarray


class Leaving(NamedTuple):
    """What a model says of the time after the last purchase seen.

    Logs of the probabilities, relative to all earlier ones, that the customer `stayed` or `left`
    at the last purchase; and their slopes by logit(a / (a + b)) and by log(a + b).
    """

    stayed: np.ndarray
    left: np.ndarray
    stayed_slopes: tuple[np.ndarray, np.ndarray]
    left_slopes: tuple[np.ndarray, np.ndarray]


class BgNbd(NamedTuple):
    """A fitted model: r, alpha (weeks) of buying; a, b of leaving; the log-likelihood."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def posterior(self, x: np.ndarray, gap: np.ndarray, observed: np.ndarray) -> Posterior:
        """Update the model by the purchases of each customer."""
        r, alpha, a, b, _ = self
        # Logs, since (alpha + observed) / (alpha + gap) to the power of r + x may be beyond any
        # float.
        odds = np.log(a / (b + np.maximum(x - 1, 0)))
        odds += (r + x) * (np.log(alpha + observed) - np.log(alpha + gap))
        alive = np.where(x > 0, special.expit(-odds), 1)
        return Posterior(alive, r + x, alpha + observed, a, b + x)

    def likelihood(self, x: np.ndarray, gap: np.ndarray, observed: np.ndarray) -> Likelihood:
        """Make the likelihood of the model's kind, a function of the four logs."""
        return make_likelihood(x, gap, observed, _leaving)


def fit_bg_nbd(table: pd.DataFrame) -> BgNbd:
    """Fit the four parameters by maximum likelihood.

    Returns
    -------
    BgNbd
        `r`, `alpha` (in weeks), `a`, `b` and `log_likelihood`.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, a customer stands twice, nobody bought
        again, or there are fewer than five customers.

    Warns
    -----
    DataWarning
        If the table does not determine r, alpha, a or b. The warning says what they stand for. It
        is the rule with a few customers, or where nobody or everybody seems to have left.

    Notes
    -----
    Source: Fader, Hardie and Lee 2005, equation 6. On the 2,357 CDNOW customers of the paper it
    gives r 0.243, alpha 4.414, a 0.793, b 2.426, log-likelihood -9582.4, as published. The paper
    counts orders of 0.00 as purchases. `bg_nbd_table` does not, so that through it the raw file
    gives 2,349 customers, r 0.2439, alpha 4.4224, a 0.7925, b 2.4229, log-likelihood -9578.2.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "repeat_purchases": [0, 0, 1, 2, 3, 5, 9, 14, 20, 30],
    ...     "first_to_last_weeks": [0, 0, 3, 6, 9, 20, 14, 29, 26, 30],
    ...     "observed_weeks": 30,
    ... })
    >>> [round(parameter, 2) for parameter in fit_bg_nbd(table)]
    [0.79, 2.07, 0.35, 2.47, -150.28]
    """
    return BgNbd(*fit_parameters(table, _leaving))


def _leaving(x: np.ndarray, a: float, b: float) -> Leaving:
    """Compute the odds of leaving after a repeat purchase: who never came back had no chance to."""
    earlier = np.maximum(x - 1, 0)
    with np.errstate(divide="ignore"):
        left = np.log(np.where(x > 0, a / (b + earlier), 0))
    share = earlier / (b + earlier)
    nothing = np.zeros(len(x))
    return Leaving(nothing, left, (nothing, nothing), (1 - a / (a + b) * share, share))


def fit_parameters(
    table: pd.DataFrame, leaving: Callable[..., Leaving]
) -> tuple[float, float, float, float, float]:
    """Fit r, alpha (weeks), a and b to a table; return them and the log-likelihood."""
    x, gap, observed = fit_counts(table)
    # In units of the mean time between purchases, the search starts near its end in any ledger.
    unit = float(observed.sum() / x.sum())
    likelihood = make_likelihood(x, gap / unit, observed / unit, leaving)
    best = maximise(likelihood, start=[0, 0, 0, 0])
    warn_of_undetermined(best, MEANINGS, stacklevel=4)
    log_likelihood = best.log_likelihood - float(x.sum() * np.log(unit))
    return *parameters(best.logs, unit), log_likelihood


def parameters(logs: np.ndarray, unit: float) -> tuple[float, float, float, float]:
    """Turn the four logs into r, alpha (weeks), a and b."""
    r, rate, _, both = map(float, np.exp(logs))
    leaving, staying = special.expit(logs[2]), special.expit(-logs[2])
    return r, r / rate * unit, float(leaving * both), float(staying * both)


def make_likelihood(
    x: np.ndarray, gap: np.ndarray, observed: np.ndarray, leaving: Callable[..., Leaving]
) -> Likelihood:
    """Build the likelihood of log r, log(r / alpha), logit(a / (a + b)) and log(a + b).

    These have a limit where customers hardly differ and r or a + b grows without end.
    """
    before = np.arange(x.max())

    def sums(terms: np.ndarray) -> np.ndarray:
        """Sum for each customer the terms of purchases 0, 1, ..., x - 1."""
        return np.concatenate([[0.0], np.cumsum(terms)])[x.astype("int64")]

    def likelihood(logs: np.ndarray) -> tuple[float, np.ndarray]:
        r, rate, _, both = np.exp(logs)
        share = special.expit(logs[2])
        a, b = share * both, special.expit(-logs[2]) * both
        # gamma(r + x) / gamma(r) / alpha**x, and beta(a, b + x) / beta(a, b), as products.
        buying = x * logs[1] + sums(np.log1p(before / r))
        staying = -sums(np.log1p(a / (b + before)))
        last = leaving(x, a, b)
        stayed = last.stayed - (r + x) * np.log1p(rate * observed / r)
        left = last.left - (r + x) * np.log1p(rate * gap / r)
        either = np.logaddexp(stayed, left)
        has_left = special.expit(left - stayed)  # the probability

        def by_r(weeks: np.ndarray) -> np.ndarray:
            return (r + x) * rate * weeks / (r + rate * weeks) - r * np.log1p(rate * weeks / r)

        def by_rate(weeks: np.ndarray) -> np.ndarray:
            return x - (r + x) * rate * weeks / (r + rate * weeks)

        gradient = [
            (1 - has_left) * by_r(observed) + has_left * by_r(gap) - sums(before / (r + before)),
            (1 - has_left) * by_rate(observed) + has_left * by_rate(gap),
            (1 - has_left) * last.stayed_slopes[0]
            + has_left * last.left_slopes[0]
            - share * sums(b / (b + before)),
            (1 - has_left) * last.stayed_slopes[1]
            + has_left * last.left_slopes[1]
            - sums(a * before / ((b + before) * (both + before))),
        ]
        return float((buying + staying + either).sum()), np.sum(gradient, axis=1)

    return likelihood


def expected_purchases(table: pd.DataFrame, model: Any, *, weeks: float) -> pd.DataFrame:
    """Forecast the purchases of each customer.

    Parameters
    ----------
    table
        As for `fit_bg_nbd`.
    model
        From `fit_bg_nbd` or `fit_mbg_nbd`.
    weeks
        How far to look ahead from the end of observation, above 0.

    Returns
    -------
    pandas.DataFrame
        In the order of `table`. `alive`: probability that the customer has not left, 0 to 1.
        `purchases`: expected number in the coming weeks.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, or `weeks` is not above 0.

    Notes
    -----
    Source: Fader, Hardie and Lee 2005, equation 10. In BG/NBD one who bought once cannot have left
    yet: `alive` is 1. In MBG/NBD (Batislam, Denizel and Filiztekin 2007) it is below 1.

    Examples
    --------
    >>> table = pd.DataFrame({"repeat_purchases": [2], "first_to_last_weeks": [30.43],
    ...                       "observed_weeks": [38.86]})
    >>> cdnow = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426, log_likelihood=-9582.4)
    >>> round(float(expected_purchases(table, cdnow, weeks=39)["purchases"].iloc[0]), 3)
    1.226
    """
    x, gap, observed = read_counts(table)
    if isinstance(weeks, bool) or not is_finite(weeks) or weeks <= 0:
        raise DataError(f"weeks must be a number above 0, not {weeks!r}.")
    alive, shape, rate, a, b = model.posterior(x, gap, observed)
    purchases = alive * purchases_if_alive(shape, a, b, weeks / rate)
    return pd.DataFrame({"alive": alive, "purchases": purchases}, index=table.index)


def purchases_if_alive(
    shape: np.ndarray, a: np.ndarray | float, b: np.ndarray, time: np.ndarray
) -> np.ndarray:
    """Average (1 - (1 + p * time) ** -shape) / p over p, the probability of leaving, of Beta(a, b).

    The function of p is the mean number of purchases of one who leaves with probability p after
    each, and whose rate has a gamma distribution. Over p it gives equation 10, whose 2F1 has no
    finite value for many purchases or a long time. The sum runs over the logit of p, in steps that
    grow outwards.
    """
    centre = np.log(a / b)
    spread = np.minimum(1, np.sqrt(1 / a + 1 / b))
    reach = 40 / np.minimum(1, np.minimum(a, b)) / spread
    end = float(np.arcsinh(reach.max()))
    most = a * -np.logaddexp(0, -centre) + b * -np.logaddexp(0, centre)
    total = weights = np.zeros(len(b))
    for place in np.linspace(-end, end, 2 * int(end / 0.04) + 1):
        logit = centre + spread * np.sinh(place)
        log_p, log_remaining = -np.logaddexp(0, -logit), -np.logaddexp(0, logit)
        weight = np.exp(a * log_p + b * log_remaining - most) * np.cosh(place)
        p = np.exp(np.maximum(log_p, -400))
        weights = weights + weight
        total = total + weight * -np.expm1(-shape * np.log1p(p * time)) / p
    return total / weights


def fit_counts(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read the counts, and refuse a table that no model can be fitted to."""
    x, gap, observed = read_counts(table)
    if x.sum() == 0:
        raise DataError("nobody bought again: there is nothing to learn repeat buying from.")
    if len(x) < 5:
        raise DataError(f"{len(x)} customers cannot tell four parameters; hundreds are usual.")
    if x.max() > _MAX_PURCHASES:
        raise DataError(
            f"customer {first_label(table.index[x > _MAX_PURCHASES])!r} has more than a million "
            "repeat purchases; a day with purchases counts as one.\n"
            "Make the table with bg_nbd_table(tx, end=...)."
        )
    return x, gap, observed


def read_counts(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read repeat purchases, weeks from first to last, and weeks observed."""
    require_columns(table, _COLUMNS, name="table")
    if len(table) == 0:
        raise DataError("table is empty: there is no customer to follow.")
    check_one_row_each(table.index, name="table")
    for column in _COLUMNS:
        check_numbers(table[column], name=f"column {column!r}")
    x, gap, observed = (table[column].to_numpy(dtype="float64") for column in _COLUMNS)
    impossible = (x < 0) | (x % 1 != 0) | (gap < 0) | (gap > observed) | ((x == 0) != (gap == 0))
    if impossible.any():
        raise DataError(
            f"customer {first_label(table.index[impossible])!r} cannot be: repeat_purchases are "
            "whole numbers from 0, first_to_last_weeks is 0 just for those without one and never "
            "above observed_weeks.\nThese are not RFM's frequency and recency: make the table with "
            "bg_nbd_table(tx, end=...)."
        )
    return x, gap, observed
