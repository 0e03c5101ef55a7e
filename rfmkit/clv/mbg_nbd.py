"""Forecast purchases where a customer may leave after the first one too: MBG/NBD (extra `clv`).

In BG/NBD a customer can leave only after a *repeat* purchase. So one who bought once, years ago, is
still there for certain, whatever the silence. MBG/NBD lets everybody leave after any purchase, the
first included. The two differ most where many customers bought just once.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.clv.bg_nbd import MEANINGS, Posterior, fit_counts, parameters, special
from rfmkit.clv.maximum_likelihood import Likelihood, maximise, warn_of_undetermined

__all__ = ["MbgNbd", "fit_mbg_nbd"]


class MbgNbd(NamedTuple):
    """A fitted model: r, alpha (weeks) of buying; a, b of leaving; the log-likelihood."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def posterior(self, x: np.ndarray, gap: np.ndarray, observed: np.ndarray) -> Posterior:
        """Update the model by the purchases of each customer."""
        r, alpha, a, b, _ = self
        odds = np.log(a / (b + x)) + (r + x) * (np.log(alpha + observed) - np.log(alpha + gap))
        return Posterior(special.expit(-odds), r + x, alpha + observed, a, b + x + 1)

    def likelihood(self, x: np.ndarray, gap: np.ndarray, observed: np.ndarray) -> Likelihood:
        """Make the likelihood of the model's kind, a function of the four logs."""
        return _likelihood(x, gap, observed)


def fit_mbg_nbd(table: pd.DataFrame) -> MbgNbd:
    """Fit the four parameters by maximum likelihood.

    Parameters
    ----------
    table
        As for `fit_bg_nbd`, with the customers who bought once.

    Returns
    -------
    MbgNbd
        `r`, `alpha` (in weeks), `a`, `b` and `log_likelihood`. The larger log-likelihood of this
        and of `fit_bg_nbd` tells which model fits the table better: both have four parameters.

    Raises
    ------
    DataError
        As `fit_bg_nbd`.

    Warns
    -----
    DataWarning
        As `fit_bg_nbd`.

    Notes
    -----
    Source: Batislam, Denizel and Filiztekin 2007. On the 2,357 CDNOW customers it gives r 0.525,
    alpha 6.183, a 0.891, b 1.614. `expected_purchases` of `rfmkit.clv.bg_nbd` takes either model.

    Examples
    --------
    >>> from rfmkit.clv.bg_nbd import BgNbd, expected_purchases
    >>> once = pd.DataFrame({"repeat_purchases": [0], "first_to_last_weeks": [0.0],
    ...                      "observed_weeks": [38.86]})
    >>> bg = BgNbd(0.243, 4.414, 0.793, 2.426, log_likelihood=-9582.4)
    >>> mbg = MbgNbd(0.525, 6.183, 0.891, 1.614, log_likelihood=-9582.1)
    >>> [round(float(expected_purchases(once, model, weeks=39)["alive"].iloc[0]), 2)
    ...  for model in (bg, mbg)]
    [1.0, 0.39]
    """
    x, gap, observed = fit_counts(table)
    unit = float(observed.sum() / x.sum())
    best = maximise(_likelihood(x, gap / unit, observed / unit), start=[0, 0, 0, 0])
    warn_of_undetermined(best, MEANINGS)
    log_likelihood = best.log_likelihood - float(x.sum() * np.log(unit))
    return MbgNbd(*parameters(best.logs, unit), log_likelihood)


def _likelihood(x: np.ndarray, gap: np.ndarray, observed: np.ndarray) -> Likelihood:
    """Make the function of log r, log(r / alpha), logit(a / (a + b)) and log(a + b)."""
    before = np.arange(x.max())

    def sums(terms: np.ndarray) -> np.ndarray:
        """Add up for each customer the terms of purchases 0, 1, ..., x - 1."""
        return np.concatenate([[0.0], np.cumsum(terms)])[x.astype("int64")]

    def likelihood(logs: np.ndarray) -> tuple[float, np.ndarray]:
        r, rate, _, both = np.exp(logs)
        leaving = special.expit(logs[2])
        a, b = leaving * both, special.expit(-logs[2]) * both
        # gamma(r + x) / gamma(r) / alpha**x, and beta(a, b + x) / beta(a, b), as products.
        buying = x * logs[1] + sums(np.log1p(before / r))
        staying = -sums(np.log1p(a / (b + before)))
        # After the last purchase, be it the first, the customer stayed or left.
        stayed = -np.log1p(a / (b + x)) - (r + x) * np.log1p(rate * observed / r)
        left = np.log(a / (both + x)) - (r + x) * np.log1p(rate * gap / r)
        either = np.logaddexp(stayed, left)
        has_left = special.expit(left - stayed)  # the probability

        def by_r(weeks: np.ndarray) -> np.ndarray:
            return (r + x) * rate * weeks / (r + rate * weeks) - r * np.log1p(rate * weeks / r)

        def by_rate(weeks: np.ndarray) -> np.ndarray:
            return x - (r + x) * rate * weeks / (r + rate * weeks)

        gradient = [
            (1 - has_left) * by_r(observed) + has_left * by_r(gap) - sums(before / (r + before)),
            (1 - has_left) * by_rate(observed) + has_left * by_rate(gap),
            has_left * (1 - leaving)
            - (1 - has_left) * leaving * b / (b + x)
            - leaving * sums(b / (b + before)),
            has_left * x / (both + x)
            - (1 - has_left) * a * x / ((b + x) * (both + x))
            - sums(a * before / ((b + before) * (both + before))),
        ]
        return float((buying + staying + either).sum()), np.sum(gradient, axis=1)

    return likelihood
