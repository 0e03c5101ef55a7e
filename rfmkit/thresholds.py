"""Compare values with thresholds and convert them into tiers, by one rule in every scheme.

A value on a threshold is in the better tier. Sums of cents carry rounding noise, so a value within
a billionth of the threshold counts as on it.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.validation import check_cuts, check_numbers

RELATIVE_TOLERANCE = 1e-9


def is_below(values: pd.Series | np.ndarray, threshold: float | pd.Series) -> np.ndarray:
    """Return True for each value below the threshold; a value on it is not below."""
    values, threshold = np.asarray(values, "float64"), np.asarray(threshold, "float64")
    return values < threshold - _tolerance(values, threshold)


def is_above(values: pd.Series | np.ndarray, threshold: float | pd.Series) -> np.ndarray:
    """Return True for each value above the threshold; a value on it is not above."""
    values, threshold = np.asarray(values, "float64"), np.asarray(threshold, "float64")
    return values > threshold + _tolerance(values, threshold)


def _tolerance(values: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """Return the rounding noise: a billionth of the threshold; for 0, the last digits of a sum."""
    tolerance = RELATIVE_TOLERANCE * np.abs(threshold)
    if np.all(threshold):
        return tolerance
    return np.where(threshold == 0, 1e-14 * np.abs(values).max(initial=0), tolerance)


def is_on(values: pd.Series | np.ndarray, threshold: float | pd.Series) -> np.ndarray:
    """Return True for each value on the threshold."""
    return ~is_below(values, threshold) & ~is_above(values, threshold)


def count_reached(values: pd.Series, cuts: Sequence[float]) -> np.ndarray:
    """Count how many of the cuts each value reaches."""
    return np.sum([~is_below(values, cut) for cut in cuts], axis=0)


def as_tiers(tier_numbers: np.ndarray, names: Sequence[str], index: pd.Index) -> pd.Series:
    """Convert tier numbers (0 is the best tier) into an ordered categorical."""
    codes = pd.Categorical.from_codes(tier_numbers, categories=list(names), ordered=True)
    return pd.Series(codes, index=index, name="tier")


def tier_by_cuts(
    values: pd.Series, *, cuts: Sequence[float], codes: Sequence[str], name: str, over: bool = False
) -> pd.Series:
    """Tier values by rising cuts; codes are best first, one more than cuts.

    A value on a cut gets the better code; with `over`, the worse (it must exceed the cut).
    """
    check_numbers(values, name=name)
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is nobody to put into a tier.")
    cuts = check_cuts(cuts)
    if len(cuts) != len(codes) - 1:
        raise DataError(f"cuts must be {len(codes) - 1} rising numbers, not {cuts!r}.")
    reached = [is_above(values, cut) if over else ~is_below(values, cut) for cut in cuts]
    return as_tiers(len(cuts) - np.sum(reached, axis=0), codes, values.index)


def total_for_shares(values: pd.Series, *, name: str) -> float:
    """Return the total that shares are taken of; raise a DataError where it is not above zero."""
    total = float(np.sort(values.to_numpy(dtype="float64")).sum())
    if total <= RELATIVE_TOLERANCE * float(values.abs().sum()):
        raise DataError(
            f"{name} add up to {total:,.2f}: there is no profit to take shares of.\n"
            'Rank the customers instead (by="customers"), or look at the profitable alone: '
            "values[values > 0]."
        )
    return total
