"""Check and place customers the same way in every scheme: who sits on a cut is in the higher."""

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from rfmkit.checks import check_numbers, is_finite
from rfmkit.schema import DataError


def check_customers(values: pd.Series, *, name: str) -> None:
    """Demand one finite number a customer, of at least one customer."""
    check_numbers(values, name=name)
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is no customer to tier.")
    check_one_row_each(values.index, name=name)


def check_one_row_each(index: pd.Index, *, name: str) -> None:
    """Refuse a customer who stands twice."""
    twice = index[index.duplicated()]
    if len(twice):
        rows = int((index == twice[0]).sum())
        raise DataError(
            f"{name} has {rows} rows of customer {first_of(twice)!r}, "
            "but a tier needs one row a customer.\n"
            "Add the rows up first, e.g. values.groupby(level=0).sum()."
        )


def first_of(index: pd.Index) -> object:
    """Take the first label as a message shows it: 7, not np.int64(7)."""
    return index[:1].tolist()[0]


def check_same_customers(*tables: pd.Series | pd.DataFrame, names: str) -> None:
    """Refuse tables that would be joined on different customers."""
    if not all(tables[0].index.equals(table.index) for table in tables[1:]):
        raise DataError(
            f"{names} do not hold the same customers in the same order.\n"
            "Take them from one table, or put one in the order of the other: b.reindex(a.index)."
        )


def check_cuts(
    cuts: Sequence[float], *, low: float = -np.inf, high: float = np.inf, name: str = "cuts"
) -> tuple[float, ...]:
    """Demand rising numbers strictly between `low` and `high`."""
    shown = "shares between 0 and 1, such as (0.2, 0.5)" if high == 1 else "such as (60, 80)"
    if isinstance(cuts, str) or not isinstance(cuts, (Sequence, np.ndarray, pd.Series)):
        raise DataError(f"{name} must be a row of numbers, {shown}, not {cuts!r}.")
    cuts = tuple(cuts)
    if not cuts or not all(is_finite(cut) and not isinstance(cut, bool) for cut in cuts):
        raise DataError(f"{name} must be plain numbers, {shown}, not {cuts!r}.")
    if not all(low < cut < high for cut in cuts):
        hint = " Write 0.2 for 20 %." if high == 1 else ""
        raise DataError(f"{name} must be {shown}, not {cuts!r}.{hint}")
    if any(first >= second for first, second in itertools.pairwise(cuts)):
        raise DataError(
            f"{name} must rise, but they are {cuts!r}.\n"
            "Each cut is counted from the same end: 20 : 30 : 50 is written (0.2, 0.5)."
        )
    return tuple(map(float, cuts))


def check_names(names: Sequence[str], *, tiers: int) -> list[str]:
    """Demand as many different names as there are tiers."""
    if isinstance(names, str) or len(names) != tiers or len(set(names)) != tiers:
        raise DataError(
            f"names must be {tiers} different names, best tier first, not {names!r}.\n"
            "There is one tier more than there are cuts."
        )
    return list(names)


def check_weights(weights: Mapping[str, float] | pd.Series) -> dict[str, float]:
    """Demand weights of 0 or more that add up to 1."""
    if not isinstance(weights, (Mapping, pd.Series)) or len(weights) == 0:
        raise DataError("weights must be a dictionary such as {'credit': 0.4, 'profit': 0.6}.")
    weights = dict(weights.items())
    bad = [name for name, weight in weights.items() if not is_finite(weight) or weight < 0]
    if bad:
        raise DataError(f"the weight of {bad[0]!r} must be 0 or more, not {weights[bad[0]]!r}.")
    total = math.fsum(weights.values())
    if not math.isclose(total, 1, abs_tol=1e-9):
        raise DataError(
            f"weights add up to {total:g}, not to 1: {weights}.\n"
            "Write 10 : 30 : 60 as 0.1, 0.3, 0.6, or divide each weight by their sum."
        )
    return weights


def cuts_reached(values: pd.Series, cuts: Sequence[float]) -> np.ndarray:
    """Count how many of the cuts each value reaches; a value on a cut reaches it.

    Sums carry rounding noise, so a value within a billionth of a cut is on it.
    """
    numbers = values.to_numpy(dtype="float64")
    reached = [(numbers >= cut) | np.isclose(numbers, cut, rtol=1e-9, atol=0) for cut in cuts]
    return np.sum(reached, axis=0)


def as_tiers(places: np.ndarray, names: Sequence[str], index: pd.Index) -> pd.Series:
    """Turn places (0 is the best tier) into an ordered categorical."""
    codes = pd.Categorical.from_codes(places, categories=list(names), ordered=True)
    return pd.Series(codes, index=index, name="tier")


def share_total(values: pd.Series, *, name: str) -> float:
    """Add up what shares are taken of, and refuse a total that has no shares."""
    total = float(np.sort(values.to_numpy(dtype="float64")).sum())
    if total <= 1e-9 * float(values.abs().sum()):
        raise DataError(
            f"{name} add up to {total:,.2f}: there is no profit to take shares of.\n"
            'Rank the customers instead (by="customers"), or look at the profitable alone: '
            "values[values > 0]."
        )
    return total
