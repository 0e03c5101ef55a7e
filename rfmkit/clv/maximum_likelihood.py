"""Fit a model by maximum likelihood, and find the parameters that the data do not determine.

The parameters are fitted as logs (a probability as its logit), so that none leaves its range. Each
log stays between -12 and 12. A table may be too small or too uniform for a model. Then the
likelihood rises all the way to such a limit, or it is so flat that quite different parameters fit
equally well. Both cases are a warning that names the parameters, not an error: the rest of the
model may still be of use.
"""

import warnings
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from rfmkit.schema import DataError, DataWarning

_LIMIT = 12.0
# In logs: the parameter could as well be seven times as large, or a seventh.
_LARGEST_STANDARD_ERROR = 2.0

Likelihood = Callable[[np.ndarray], tuple[float, np.ndarray]]


class Maximum(NamedTuple):
    """The point where the likelihood is largest.

    `standard_errors` has one for each log; it is infinite for a log at its limit.
    """

    logs: np.ndarray
    log_likelihood: float
    standard_errors: np.ndarray


def maximise(likelihood: Likelihood, *, start: Sequence[float]) -> Maximum:
    """Find the largest likelihood by Newton's method.

    Returns
    -------
    Maximum
        The logs, the log-likelihood and the standard errors.

    Raises
    ------
    DataError
        If the search does not end.

    Examples
    --------
    >>> def parabola(logs):
    ...     return float(-((logs[0] - 1) ** 2)), -2 * (logs - 1)
    >>> maximise(parabola, start=[0]).logs.round(6).tolist()
    [1.0]
    """
    logs = np.array(start, dtype="float64")
    value, gradient = likelihood(logs)
    for _ in range(200):
        hessian = _hessian(likelihood, logs)
        step = _newton_step(logs, gradient, hessian)
        new_value, new_gradient = likelihood(logs + step)
        # A step that lowers the likelihood is too long, unless only rounding lowers it.
        while new_value < value and np.abs(step).max() > 1e-4:
            step = step / 2
            new_value, new_gradient = likelihood(logs + step)
        logs, value, gradient = logs + step, new_value, new_gradient
        if np.abs(step).max() < 1e-9:
            return Maximum(logs, value, _standard_errors(logs, hessian))
    raise DataError(
        "no best fit is found: the table is too small or too uniform for this model.\n"
        "Take more customers or a longer time; hundreds of customers are usual."
    )


def warn_of_undetermined(best: Maximum, meanings: Sequence[str], *, stacklevel: int) -> None:
    """Warn of each parameter that the data do not determine, by what its log means."""
    undetermined = best.standard_errors > _LARGEST_STANDARD_ERROR
    if undetermined.any():
        lines = [f"- {meanings[at]};" for at in np.flatnonzero(undetermined).tolist()]
        warnings.warn(
            "this table does not determine\n" + "\n".join(lines)[:-1] + ".\n"
            "Quite different values would fit as well: do not interpret these, and take more "
            "customers or a longer time before you rely on a forecast.",
            DataWarning,
            stacklevel=stacklevel,
        )


def covariance(likelihood: Likelihood, logs: Sequence[float]) -> np.ndarray | None:
    """Return the covariance of logs at their maximum; None where the data do not determine one."""
    at = np.array(logs, dtype="float64")
    hessian = _hessian(likelihood, at)
    if (_standard_errors(at, hessian) > _LARGEST_STANDARD_ERROR).any():
        return None
    return np.linalg.inv(-hessian)


def _hessian(likelihood: Likelihood, logs: np.ndarray) -> np.ndarray:
    width = 1e-4
    nudges = width * np.eye(len(logs))
    rows = [likelihood(logs + nudge)[1] - likelihood(logs - nudge)[1] for nudge in nudges]
    hessian = np.array(rows) / (2 * width)
    return (hessian + hessian.T) / 2


def _newton_step(logs: np.ndarray, gradient: np.ndarray, hessian: np.ndarray) -> np.ndarray:
    """Compute a Newton step: at most 1 in each log, and not beyond a limit."""
    step = np.zeros(len(logs))
    # A log at its limit stays there as long as the likelihood rises beyond it.
    free = (np.abs(logs) < _LIMIT) | (gradient * logs < 0)
    while free.any():
        curvatures, directions = np.linalg.eigh(hessian[np.ix_(free, free)])
        slopes = directions.T @ gradient[free]
        # In a direction where the likelihood is flat, one place is as good as another: stay.
        flat = (np.abs(curvatures) < 1e-7) & (np.abs(slopes) < 1e-9)
        # Dividing by the absolute value leads uphill where the likelihood is not concave too.
        step[free] = directions @ np.where(flat, 0, slopes / np.maximum(np.abs(curvatures), 1e-12))
        leaving = free & (np.abs(logs) >= _LIMIT) & (step * logs > 0)
        if not leaving.any():
            break
        free &= ~leaving
        step[:] = 0
    step = step / max(1.0, np.abs(step).max())
    return np.clip(logs + step, -_LIMIT, _LIMIT) - logs


def _standard_errors(logs: np.ndarray, hessian: np.ndarray) -> np.ndarray:
    """Invert the Hessian of the logs that are not at a limit."""
    free = np.abs(logs) < _LIMIT
    curvatures, directions = np.linalg.eigh(-hessian[np.ix_(free, free)])
    errors = np.full(len(logs), np.inf)
    errors[free] = np.sqrt((directions**2 / np.maximum(curvatures, 1e-12)).sum(axis=1))
    return errors
