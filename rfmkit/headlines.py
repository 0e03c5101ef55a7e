"""Compute the interval beside a headline: what other customers of the same kind would have made.

A headline estimates something if other customers could have come instead of these and its number
would then be another: a share of spend, a mean, an index, the share who stayed. Such a number gets
an interval. A headline that counts a whole ledger does not: 28 rows left out, 12 customers in a
quadrant, 40 who change class when a cut moves are exact, whoever reads them.

Summaries (`class_summary`, `tier_summary`, `cluster_summary` and the like) are tables of what the
ledger holds, not headlines; `part_interval` and `share_interval` give any of their shares an
interval, `nps_interval` and `csat_interval` that of a survey.

Where a sentence names the share of customers and what they bring, the interval is that of what they
bring; the share of customers says how large the group is in this ledger.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from rfmkit.labels import label
from rfmkit.schema import DataError
from rfmkit.uncertainty import (
    GINI,
    MEAN,
    PART,
    Interval,
    Known,
    quick_interval,
    share_interval,
    top_share,
    written_ends,
)

MIN_CUSTOMERS = 10  # of fewer, an interval says that anything is possible
_DRAWS, _AT_MOST = 400, 300_000  # resamples; drawn customers, above which the normal must do


def part_of(values: pd.Series, members: pd.Series | np.ndarray) -> Interval | None:
    """Estimate the share of the total that the members bring; None if nothing can be said."""
    plain, inside = values.to_numpy("float64"), np.asarray(members, dtype=bool)
    if inside.all() or not inside.any():
        return None
    return _quick(PART, np.column_stack([plain, np.where(inside, plain, 0.0)]), "share")


def parts_of(values: pd.Series, groups: pd.Series, codes: Iterable) -> dict[object, Interval]:
    """Estimate the share of each group; groups of which nothing can be said are left out."""
    names = groups.astype(object).to_numpy()
    found = {code: part_of(values, names == code) for code in codes}
    return {code: interval for code, interval in found.items() if interval is not None}


def top_of(values: pd.Series, fraction: float) -> Interval | None:
    """Estimate the share of the total that the best `fraction` of customers bring."""
    if not 0 < fraction < 1:
        return None
    return _quick(top_share(fraction), values.to_numpy("float64"), "share")


def lower_half_of(values: pd.Series) -> Interval | None:
    """Estimate the share of the total that the lower half of customers bring."""
    top = top_of(values, 0.5)
    if top is None:
        return None
    ends = (1 - top.estimate, 1 - top.high, 1 - top.low)
    return Interval(*ends, top.confidence, top.method, top.count, "share", top.largest_influence)


def gini_of(values: pd.Series) -> Interval | None:
    """Estimate the Gini coefficient."""
    return _quick(GINI, values.to_numpy("float64"), "number")


def mean_of(values: pd.Series) -> Interval | None:
    """Estimate a mean over customers."""
    return _quick(MEAN, values.to_numpy("float64"), "number")


def share_of(count: int, everyone: int) -> Interval | None:
    """Estimate the share of customers who did something, by Wilson."""
    return share_interval(int(count), int(everyone)) if everyone >= MIN_CUSTOMERS else None


def between(interval: Interval | None, lang: str) -> str:
    """Write the ends in brackets, to stand behind the number they belong to; "" for None."""
    if interval is None:
        return ""
    kind = "share" if interval.unit == "share" else "number"
    _, low, high = written_ends(interval, interval.unit)
    wider = label("headline.wider", lang) if interval.may_be_too_narrow else ""
    return label(f"headline.{kind}", lang, low=low, high=high, wider=wider)


def whisker_note(intervals: object, lang: str) -> str:
    """Explain the whiskers of a figure, to stand behind its other notes; "" if there are none."""
    return label("headline.whisker", lang) if intervals else ""


def _quick(known: Known, customers: np.ndarray, unit: str) -> Interval | None:
    if len(customers) < MIN_CUSTOMERS:
        return None
    many = len(customers) * _DRAWS > _AT_MOST
    try:
        interval = quick_interval(known, customers, resamples=_DRAWS, unit=unit, normal=many)
    except DataError:  # all customers are equal, or losses may eat up the whole
        return None
    return interval if interval.low < interval.high else None
