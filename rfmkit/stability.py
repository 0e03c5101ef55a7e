"""Measure how firmly customers sit in their tiers when the firm's customers vary."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from rfmkit.schema import DataError
from rfmkit.uncertainty import check_customers, check_options, resampled_rows
from rfmkit.validation import is_finite


def tier_stability(
    customers: pd.Series | pd.DataFrame,
    tierer: Callable[[pd.Series | pd.DataFrame], pd.Series],
    *,
    resamples: int = 500,
    seed: int = 0,
    sure: float = 0.9,
) -> pd.DataFrame:
    """Count how often each customer keeps the tier when customers are drawn anew.

    Means, medians, ranks and cumulative shares depend on who else is a customer, so the cuts move
    from resample to resample, and who sits near a cut changes tier without having done anything.
    A cut at a fixed number on a fixed scale never moves: there every customer keeps the tier.

    Parameters
    ----------
    customers
        One row a customer: a Series of numbers, or a table.
    tierer
        A function from such a Series or table to the tier of each customer, such as `abc_tier` or
        ``lambda rfm: rfm_class(high_low(rfm, cuts=rfm_cuts(rfm)))``. It gets customers numbered
        from 0, some of them more than once.
    resamples
        How often to draw, at least 100.
    seed
        Seed of the draws.
    sure
        The share of resamples, above 0 up to 1, below which a tier counts as luck.

    Returns
    -------
    pandas.DataFrame
        One row a customer, in the order of `customers`. `tier`: as things stand. `drawn`: in how
        many resamples the customer was. `kept_share`: in what share of those the tier was the same
        (0 to 1; blank if never drawn). `other_tier`: the tier most often had instead, blank if
        none. `near_cut`: True if `kept_share` is below `sure`, which ``attrs["sure"]`` keeps.

    Raises
    ------
    DataError
        If there are fewer than two customers, a customer stands twice, a number of a Series is
        blank, an option is unusable, or `tierer` does not return a tier for every customer.

    Notes
    -----
    Source: Hennig, *Computational Statistics & Data Analysis* 52(1), 2007, pages 258-271, resamples
    to assess clusters in this way; its use on tiers, and 90 % as the line, are the kit's.

    Examples
    --------
    >>> from rfmkit.abc_tiers import abc_tier
    >>> spend = pd.Series([900.0, 500, 100, 90, 80, 70, 60, 50, 40, 30])
    >>> stability = tier_stability(spend, lambda values: abc_tier(values, cuts=(0.2,)), seed=1)
    >>> stability.loc[[0, 2], "near_cut"].tolist()
    [False, True]
    """
    check_options(0.95, resamples, seed)
    if not is_finite(sure) or not 0 < sure <= 1:
        raise DataError(f"sure must be above 0 and at most 1, not {sure!r}.\nWrite 0.9 for 90 %.")
    ordered = check_customers(customers)
    values = ordered.reset_index(drop=True)
    now = _tiers(tierer, values)
    names = list(now.cat.categories) if isinstance(now.dtype, pd.CategoricalDtype) else []
    names += sorted(set(now.astype(object)) - set(names), key=str)
    place_of = {name: place for place, name in enumerate(names)}
    counts = np.zeros((len(values), len(names)), dtype="int64")
    for drawn in resampled_rows(len(values), resamples, seed):
        for row in drawn:
            row = np.sort(row)
            try:
                tiers = _tiers(tierer, values.take(row).reset_index(drop=True))
            except DataError as problem:
                raise DataError(
                    f"tierer could not tier every resample: {problem}\n"
                    "Choose one that can tier any customers of the firm."
                ) from None
            # A customer drawn twice has equal copies; one of them speaks for both.
            first = np.flatnonzero(np.diff(row, prepend=-1))
            found = tiers.iloc[first].astype(object).tolist()
            for tier in set(found) - place_of.keys():
                place_of[tier] = len(names)
                names.append(tier)
                counts = np.column_stack([counts, np.zeros(len(values), dtype="int64")])
            counts[row[first], [place_of[tier] for tier in found]] += 1
    table = _table(now, counts, names, sure, ordered.index).reindex(customers.index)
    table.attrs = {"sure": float(sure)}
    return table


def _tiers(tierer: Callable, values: pd.Series | pd.DataFrame) -> pd.Series:
    tiers = tierer(values)
    right = isinstance(tiers, pd.Series) and tiers.index.equals(values.index)
    if not right or tiers.isna().any():
        raise DataError(
            "tierer must return a Series with a tier for each of the customers it was given.\n"
            "Give a method of the kit, or a function that ends in one: "
            "lambda rfm: rfm_class(high_low(rfm, cuts=rfm_cuts(rfm)))."
        )
    return tiers


def _table(
    now: pd.Series, counts: np.ndarray, names: list, sure: float, index: pd.Index
) -> pd.DataFrame:
    rows = np.arange(len(now))
    place_of = {name: place for place, name in enumerate(names)}
    own = np.array([place_of[tier] for tier in now.astype(object)])
    drawn, kept = counts.sum(axis=1), counts[rows, own]
    share = np.where(drawn > 0, kept / np.maximum(drawn, 1), np.nan)
    others = counts.copy()
    others[rows, own] = 0
    most = others.argmax(axis=1)
    other = [names[place] if others[row, place] else None for row, place in enumerate(most)]
    return pd.DataFrame(
        {
            "tier": now.set_axis(index),
            "drawn": pd.Series(drawn, index),
            "kept_share": pd.Series(share, index),
            "other_tier": pd.Series(other, index, dtype=object),
            "near_cut": pd.Series(share < sure, index),
        }
    )
