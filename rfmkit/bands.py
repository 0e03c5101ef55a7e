"""Put numbers into bands by cuts, high or low, with every edge stated."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfmkit.checks import check_numbers
from rfmkit.schema import DataError
from rfmkit.tier_tools import as_tiers, check_cuts, check_same_customers, cuts_reached


def band(
    values: pd.Series, *, cuts: Sequence[float], codes: Sequence[str], name: str, over: bool = False
) -> pd.Series:
    """Give each value the code of its band; cuts rise, codes are best first, one more than cuts.

    Who sits on a cut gets the better code; with `over` (a value must be over the cut), the worse.
    """
    check_numbers(values, name=name)
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is nobody to put into a tier.")
    cuts = check_cuts(cuts)
    if len(cuts) != len(codes) - 1:
        raise DataError(f"cuts must be {len(codes) - 1} rising numbers, not {cuts!r}.")
    if over:
        # Over a cut is the same as the negative not reaching the negative cut.
        missed = cuts_reached(-values.astype("float64"), [-cut for cut in cuts])
        return as_tiers(missed, codes, values.index)
    return as_tiers(len(cuts) - cuts_reached(values, cuts), codes, values.index)


def low(values: pd.Series, cut: float) -> np.ndarray:
    """Give 1 to each value below the cut and 0 to the others; who sits on the cut is high."""
    return 1 - cuts_reached(values, [cut])


def some_cuts(cuts: Sequence[float], *, count: int) -> tuple[float, ...]:
    """Check cuts of several measures, one each, in any order of size."""
    if isinstance(cuts, (str, int, float)) or len(cuts) != count:
        raise DataError(f"cuts must be {count} numbers in brackets, one a measure, not {cuts!r}.")
    return tuple(check_cuts([cut])[0] for cut in cuts)


def check_range(values: pd.Series, low: float, high: float, *, name: str) -> None:
    """Raise a DataError that names who lies outside low to high."""
    check_numbers(values, name=name)
    outside = values[(values < low) | (values > high)]
    if len(outside):
        limits = f"from {low:g} to {high:g}" if np.isfinite(high) else f"{low:g} or more"
        raise DataError(
            f"{name} must be {limits}, but {outside.index[0]!r} has {outside.iloc[0]:g} "
            f"({len(outside)} of {len(values)} are outside).\n"
            "Mend those values, or rescale the column first."
        )


def check_together(**measures: pd.Series) -> None:
    """Check that each measure is numeric and that all hold the same customers, at least one."""
    for name, values in measures.items():
        check_numbers(values, name=name)
        if len(values) == 0:
            raise DataError(f"{name} is empty: there is nobody to put into a tier.")
    check_same_customers(*measures.values(), names=" and ".join(measures))
