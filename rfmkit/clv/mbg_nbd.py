"""Forecast purchases where a customer may leave after the first one too: MBG/NBD (extra `clv`).

In BG/NBD a customer can leave only after a *repeat* purchase. So one who bought once, years ago, is
still there for certain, whatever the silence. MBG/NBD lets everybody leave after any purchase, the
first included. The two differ most where many customers bought just once.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.clv.bg_nbd import Leaving, Posterior, fit_parameters, make_likelihood, special
from rfmkit.clv.maximum_likelihood import Likelihood

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
        return make_likelihood(x, gap, observed, _leaving)


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
    return MbgNbd(*fit_parameters(table, _leaving))


def _leaving(x: np.ndarray, a: float, b: float) -> Leaving:
    """Compute the odds of leaving after any purchase, the first included."""
    both = a + b
    leaving = a / both
    return Leaving(
        stayed=-np.log1p(a / (b + x)),
        left=np.log(a / (both + x)),
        stayed_slopes=(-leaving * b / (b + x), -a * x / ((b + x) * (both + x))),
        left_slopes=(np.full(len(x), 1 - leaving), x / (both + x)),
    )
