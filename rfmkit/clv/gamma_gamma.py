"""Forecast what customers spend a purchase: Gamma-Gamma (further reading, extra `clv`)."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.clv.bg_nbd import special
from rfmkit.clv.maximum_likelihood import Likelihood, maximise, warn_of_undetermined
from rfmkit.schema import DataError
from rfmkit.validation import check_numbers, check_one_row_each, first_label, require_columns

_MEANINGS = (
    "p: how much the purchases of one customer differ in size (and gamma with it)",
    "q: how much customers differ in what they usually spend (and gamma with it)",
    "gamma: the level of spend",
)


class GammaGamma(NamedTuple):
    """A fitted model: p, q without a unit; gamma in money; the log-likelihood."""

    p: float
    q: float
    gamma: float
    log_likelihood: float


def fit_gamma_gamma(table: pd.DataFrame) -> GammaGamma:
    """Fit how spend a purchase is spread over customers, by maximum likelihood.

    Returns
    -------
    GammaGamma
        `p`, `q`, `gamma` (money) and `log_likelihood`.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, a customer stands twice, fewer than two
        customers bought again, or all of them spend the same, where no fit is the best.

    Warns
    -----
    DataWarning
        If the table does not determine p, q or gamma. The warning says what they stand for. It is
        the rule with a few customers, or with customers who hardly differ.

    Notes
    -----
    Source: Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", 2013: p 6.25, q 3.74,
    gamma 15.44 on the 946 repeat buyers of the CDNOW sample. The model takes spend a purchase to
    have nothing to do with how often a customer buys: look at their correlation first.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "repeat_purchases": [0, 1, 2, 3, 4, 2, 1, 9, 1, 12, 6],
    ...     "repeat_mean": [float("nan"), 20, 35, 30, 80, 15, 50, 25, 5, 40, 120],
    ... })
    >>> model = fit_gamma_gamma(table)
    >>> [round(parameter, 2) for parameter in model]
    [1.55, 4.47, 105.1, -45.64]
    """
    x, mean = _spends(table)
    again = x > 0
    if again.sum() < 2:
        raise DataError(f"{again.sum()} customer bought again; at least two are needed to compare.")
    x, mean = x[again], mean[again]
    if np.ptp(np.log(mean)) <= 1e-6:
        raise DataError(
            "no fit is the best: all customers who bought again spend the same a purchase, so the "
            "table cannot tell how they differ.\nForecast that mean for everybody, or take more "
            "customers or a longer time."
        )
    # In units of the typical mean, the search starts near its end in any currency.
    unit = float(np.exp(np.log(mean).mean()))
    # With a few customers there may be two maxima, one with a large p and one with a large q.
    likelihood = _likelihood(x, x * mean / unit)
    best, other = (maximise(likelihood, start=start) for start in ([1, 0, 0], [0, 1, 0]))
    if other.log_likelihood > best.log_likelihood + 1e-6:
        best = other
    warn_of_undetermined(best, _MEANINGS, stacklevel=3)
    p, q, level = map(float, np.exp(best.logs))
    # So far the density of x * mean / unit; by the chain rule, that of the mean is this.
    log_likelihood = best.log_likelihood + float(np.log(x / unit).sum())
    return GammaGamma(p, q, level * q / p * unit, log_likelihood)


def _likelihood(x: np.ndarray, total: np.ndarray) -> Likelihood:
    """Build the likelihood of log p, log q and log(gamma * p / q); `total` is the sum of spend.

    gamma * p / q is the level of spend. It has a limit where customers or purchases hardly differ
    and p or q grows without end.
    """

    def likelihood(logs: np.ndarray) -> tuple[float, np.ndarray]:
        p, q, level = np.exp(logs)
        gamma, px = level * q / p, p * x
        log_own = -np.log1p(gamma / total)  # log(total / (gamma + total))
        log_all = -np.log1p(total / gamma)  # log(gamma / (gamma + total))
        value = px * log_own + q * log_all - special.betaln(px, q) - np.log(total)
        # digamma(px + q) - digamma(px), and digamma(px + q) - digamma(q):
        own = _digamma_less_log(px + q) - _digamma_less_log(px) + np.log1p(q / px)
        all_ = _digamma_less_log(px + q) - _digamma_less_log(q) + np.log1p(px / q)
        by_level = q * (total - level * x) / (gamma + total)
        by_p = px * (own + log_own) - by_level
        by_q = q * (all_ + log_all) + by_level
        return float(value.sum()), np.array([by_p.sum(), by_q.sum(), by_level.sum()])

    return likelihood


def _digamma_less_log(n: np.ndarray | float) -> np.ndarray:
    """Compute digamma(n) - log(n) without cancellation for large n."""
    series = -1 / (2 * n) - 1 / (12 * n**2) + 1 / (120 * n**4) - 1 / (252 * n**6)
    return np.where(n > 40, series, special.digamma(n) - np.log(n))


def expected_spend(table: pd.DataFrame, model: GammaGamma) -> pd.Series:
    """Forecast the mean spend a purchase of each customer.

    A customer's own mean is drawn towards that of all, the more the fewer his purchases.

    Returns
    -------
    pandas.Series
        `spend`: money a purchase, in the order of `table`.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, or the model's q is not above 1, where the
        mean has no limit.

    Notes
    -----
    Source: Fader and Hardie 2013, equation 5. Times `expected_purchases` and the margin it is the
    profit to come.

    Examples
    --------
    >>> table = pd.DataFrame({"repeat_purchases": [0, 9], "repeat_mean": [float("nan"), 90.0]})
    >>> expected_spend(table, GammaGamma(6.25, 3.74, 15.44, 0)).round(2).tolist()
    [35.22, 87.46]
    """
    x, mean = _spends(table)
    p, q, gamma, _ = model
    if q <= 1:
        raise DataError(f"q is {q:g}: at 1 or less the mean spend of all customers has no limit.")
    bought = np.where(x > 0, x * mean, 0)
    spend = p * (gamma + bought) / (p * x + q - 1)
    return pd.Series(spend, index=table.index, name="spend")


def spend_likelihood(table: pd.DataFrame) -> Likelihood:
    """Make the likelihood of a table, a function of log p, log q and log(gamma * p / q)."""
    x, mean = _spends(table)
    return _likelihood(x[x > 0], (x * mean)[x > 0])


def _spends(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    require_columns(table, ["repeat_purchases", "repeat_mean"], name="table")
    if len(table) == 0:
        raise DataError("table is empty: there is no customer.")
    check_one_row_each(table.index, name="table")
    check_numbers(table["repeat_purchases"], name="column 'repeat_purchases'")
    again = table["repeat_purchases"] > 0
    check_numbers(table.loc[again, "repeat_mean"], name="column 'repeat_mean'")
    impossible = (table["repeat_purchases"] < 0) | (again & (table["repeat_mean"] <= 0))
    if impossible.any():
        raise DataError(
            f"customer {first_label(table.index[impossible])!r} cannot be: repeat_purchases are 0 "
            "or more and repeat_mean is above 0.\nMake the table with bg_nbd_table(tx, end=...)."
        )
    return table["repeat_purchases"].to_numpy("float64"), table["repeat_mean"].to_numpy("float64")
