"""Forecast purchases of customers who never say goodbye: BG/NBD (further reading, extra `clv`).

The trap in the names: in this model *recency* is the gap from the first to the *last* purchase,
so much is good, and *frequency* counts *repeat* purchases only, so one purchase is 0. RFM's
recency is the gap from the last purchase to today, so little is good, and its frequency counts
all. Fed with RFM columns, the model still runs and is wrong. Here the columns are therefore called
`first_to_last_weeks` and `repeat_purchases`, and tables with other names are refused.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.labels import install_command, label
from rfmkit.schema import DataError, require_columns
from rfmkit.validation import check_numbers, check_one_row_each, first_label, is_finite

try:
    from scipy.optimize import minimize
    from scipy.special import gammaln, hyp2f1
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        label("library.bg_nbd", install=install_command("scipy")),
        name=error.name,
    ) from error

_COLUMNS = ["repeat_purchases", "first_to_last_weeks", "observed_weeks"]


class BgNbd(NamedTuple):
    """A fitted model: r, alpha (weeks) of buying; a, b of leaving; the log-likelihood."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


def fit_bg_nbd(table: pd.DataFrame) -> BgNbd:
    """Fit the four parameters by maximum likelihood.

    Parameters
    ----------
    table
        `repeat_purchases`, `first_to_last_weeks`, `observed_weeks`, from `bg_nbd_table`. Do not
        leave out who bought once: the model is about them too.

    Returns
    -------
    BgNbd
        `r`, `alpha` (in weeks), `a`, `b` and `log_likelihood`.

    Raises
    ------
    DataError
        If a column is missing or holds what cannot be, a customer stands twice, nobody bought
        again, there are fewer than five customers, or no best fit is found.

    Notes
    -----
    Source: Fader, Hardie and Lee 2005, equation 6. On their CDNOW customers it gives r 0.243,
    alpha 4.414, a 0.793, b 2.426, log-likelihood -9582.4, as published.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "repeat_purchases": [0, 0, 0, 1, 2, 5],
    ...     "first_to_last_weeks": [0, 0, 0, 4, 10, 20],
    ...     "observed_weeks": [30, 28, 26, 30, 29, 25],
    ... })
    >>> round(fit_bg_nbd(table).log_likelihood, 1)
    -29.9
    """
    x, gap, observed = _counts(table)
    if x.sum() == 0:
        raise DataError("nobody bought again: there is nothing to learn repeat buying from.")
    if len(x) < 5:
        raise DataError(f"{len(x)} customers cannot tell four parameters; hundreds are usual.")

    def minus_log_likelihood(logs: np.ndarray) -> float:
        r, alpha, a, b = np.exp(logs)
        buying = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        leaving = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        stayed = -(r + x) * np.log(alpha + observed)
        # Who never came back has had no chance to leave: that part is 0 for x = 0.
        left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + gap)
        either = np.where(x > 0, np.logaddexp(stayed, left), stayed)
        return -float(np.sum(buying + leaving + either))

    best = minimize(minus_log_likelihood, np.zeros(4), method="L-BFGS-B", bounds=[(-12, 12)] * 4)
    if not best.success or np.abs(best.x).max() > 11.9:
        raise DataError(
            "no best fit is found: the table is too small or too uniform for four parameters.\n"
            "Take more customers or a longer time; hundreds of customers are usual."
        )
    return BgNbd(*map(float, np.exp(best.x)), log_likelihood=-float(best.fun))


def expected_purchases(table: pd.DataFrame, model: BgNbd, *, weeks: float) -> pd.DataFrame:
    """Forecast the purchases of each customer.

    Parameters
    ----------
    table
        As for `fit_bg_nbd`.
    model
        From `fit_bg_nbd`.
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
    Source: Fader, Hardie and Lee 2005, equation 10. In the model one who bought once cannot have
    left yet: `alive` is 1.

    Examples
    --------
    >>> table = pd.DataFrame({"repeat_purchases": [2], "first_to_last_weeks": [30.43],
    ...                       "observed_weeks": [38.86]})
    >>> cdnow = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426, log_likelihood=-9582.4)
    >>> round(float(expected_purchases(table, cdnow, weeks=39)["purchases"].iloc[0]), 3)
    1.226
    """
    x, gap, observed = _counts(table)
    if isinstance(weeks, bool) or not is_finite(weeks) or weeks <= 0:
        raise DataError(f"weeks must be a number above 0, not {weeks!r}.")
    r, alpha, a, b, _ = model
    # The formula divides 0 by 0 at a = 1; next to it the limit is reached to six digits.
    a = a if abs(a - 1) > 1e-6 else 1 + 1e-6
    left = a / (b + np.maximum(x, 1) - 1) * ((alpha + observed) / (alpha + gap)) ** (r + x)
    alive = 1 / (1 + np.where(x > 0, left, 0))
    ahead = alpha + observed + weeks
    series = hyp2f1(r + x, b + x, a + b + x - 1, weeks / ahead)
    if_alive = (a + b + x - 1) / (a - 1) * (1 - ((alpha + observed) / ahead) ** (r + x) * series)
    return pd.DataFrame({"alive": alive, "purchases": if_alive * alive}, index=table.index)


def _counts(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    require_columns(table, _COLUMNS, name="table")
    if len(table) == 0:
        raise DataError("table is empty: there is no customer to follow.")
    check_one_row_each(table.index, name="table")
    for column in _COLUMNS:
        check_numbers(table[column], name=f"column {column!r}")
    x, gap, observed = (table[column].to_numpy(dtype="float64") for column in _COLUMNS)
    odd = (x < 0) | (x % 1 != 0) | (gap < 0) | (gap > observed) | ((x == 0) != (gap == 0))
    if odd.any():
        raise DataError(
            f"customer {first_label(table.index[odd])!r} cannot be: repeat_purchases are whole "
            "numbers from 0, first_to_last_weeks is 0 just for those without one and never above "
            "observed_weeks.\nThese are not RFM's frequency and recency: make the table with "
            "bg_nbd_table(tx, end=...)."
        )
    return x, gap, observed
