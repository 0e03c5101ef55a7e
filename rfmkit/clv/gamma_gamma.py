"""Forecast what customers spend a purchase: Gamma-Gamma (further reading, extra `clv`)."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.clv.bg_nbd import gammaln, minimize
from rfmkit.schema import DataError, require_columns
from rfmkit.validation import check_numbers, check_one_row_each, first_label


class GammaGamma(NamedTuple):
    """A fitted model: p, q without a unit; gamma in money; the log-likelihood."""

    p: float
    q: float
    gamma: float
    log_likelihood: float


def fit_gamma_gamma(table: pd.DataFrame) -> GammaGamma:
    """Fit how spend a purchase is spread over customers, by maximum likelihood.

    Parameters
    ----------
    table
        `repeat_purchases` and `repeat_mean` (money), from `bg_nbd_table`. Customers without a
        repeat purchase teach nothing here and are not used.

    Returns
    -------
    GammaGamma
        `p`, `q`, `gamma` (money) and `log_likelihood`.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, a customer stands twice, fewer than two
        customers bought again, or no best fit is found.

    Notes
    -----
    Source: Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", 2013: p 6.25, q 3.74,
    gamma 15.44 on the 946 repeat buyers of the CDNOW sample. The model takes spend a purchase to
    have nothing to do with how often a customer buys: look at their correlation first.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "repeat_purchases": [1, 2, 3, 4, 2, 1, 0],
    ...     "repeat_mean": [20.0, 35.0, 30.0, 80.0, 15.0, 50.0, float("nan")],
    ... })
    >>> round(fit_gamma_gamma(table).log_likelihood, 1)
    -25.9
    """
    x, mean = _spends(table)
    again = x > 0
    if again.sum() < 2:
        raise DataError(f"{again.sum()} customer bought again; at least two are needed to compare.")
    x, mean = x[again], mean[again]
    # In units of the mean the search starts near its end, whatever the currency.
    unit = float(mean.mean())
    z = mean / unit

    def minus_log_likelihood(logs: np.ndarray) -> float:
        p, q, gamma = np.exp(logs)
        each = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
        each += (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * np.log(gamma + x * z)
        return -float(np.sum(each))

    best = minimize(minus_log_likelihood, np.zeros(3), method="L-BFGS-B", bounds=[(-12, 12)] * 3)
    if not best.success or np.abs(best.x).max() > 11.9:
        raise DataError(
            "no best fit is found: the customers are too few or spend too much alike.\n"
            "Take more customers or a longer time."
        )
    p, q, gamma = map(float, np.exp(best.x))
    # The density of money is that of its unit's multiple, thinner by the unit.
    return GammaGamma(p, q, gamma * unit, -float(best.fun) - len(z) * float(np.log(unit)))


def expected_spend(table: pd.DataFrame, model: GammaGamma) -> pd.Series:
    """Forecast the mean spend a purchase of each customer.

    A customer's own mean is drawn towards that of all, the more the fewer his purchases.

    Parameters
    ----------
    table
        As for `fit_gamma_gamma`, with customers who bought once: they get the mean of all.
    model
        From `fit_gamma_gamma`.

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


def _spends(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    require_columns(table, ["repeat_purchases", "repeat_mean"], name="table")
    if len(table) == 0:
        raise DataError("table is empty: there is no customer.")
    check_one_row_each(table.index, name="table")
    check_numbers(table["repeat_purchases"], name="column 'repeat_purchases'")
    again = table["repeat_purchases"] > 0
    check_numbers(table.loc[again, "repeat_mean"], name="column 'repeat_mean'")
    odd = (table["repeat_purchases"] < 0) | (again & (table["repeat_mean"] <= 0))
    if odd.any():
        raise DataError(
            f"customer {first_label(table.index[odd])!r} cannot be: repeat_purchases are 0 or more "
            "and repeat_mean is above 0.\nMake the table with bg_nbd_table(tx, end=...)."
        )
    return table["repeat_purchases"].to_numpy("float64"), table["repeat_mean"].to_numpy("float64")
