"""Cluster customers with k-means on log-scaled R, F, M.

Source: the Q&A on tier criteria.
"""

import warnings
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from rfmkit.labels import install_command, label
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.validation import check_one_row_each, check_rfm

_RFM = [RECENCY, FREQUENCY, MONETARY]
# Silhouettes compare every pair of customers; above so many, a seeded sample is used.
SAMPLE = 5000


def rfm_clusters(
    rfm: pd.DataFrame, *, n_clusters: int | None = None, seed: int = 0, numbers: Iterable[int] = ()
) -> pd.Series:
    """Group customers whose R, F and M are alike, by k-means.

    Each measure is log-scaled, log(1 + value), and standardised (mean 0, standard deviation 1).
    A negative monetary value (more returned than bought) counts as 0.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    n_clusters
        How many clusters; None takes the number with the best silhouette.
    seed
        Seed of the random starts. The same customers and seed give the same clusters in any order
        of rows.
    numbers
        Numbers to choose from when `n_clusters` is None; by default 2 to 8.

    Returns
    -------
    pandas.Series
        `cluster`: 1, 2, ... in the order of `rfm`; 1 has the highest mean log monetary value.

    Raises
    ------
    DataError
        If the table is not fit, a customer stands twice, or fewer customers differ than needed.
    ImportError
        If scikit-learn is not installed.

    Notes
    -----
    Source: the Q&A on tier criteria names cluster analysis; the scaling and the silhouette are the
    kit's choice (K).

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [1, 2, 1, 90, 80, 85], "frequency": [9, 8, 9, 1, 1, 1],
    ...                     "monetary": [900., 800., 950., 20., 30., 25.]}, index=list("abcdef"))
    >>> rfm_clusters(rfm).tolist()
    [1, 1, 1, 2, 2, 2]
    """
    if n_clusters is None:
        scores = silhouettes(rfm, numbers=numbers, seed=seed)
        n_clusters = int(scores.idxmax())
    scaled = scaled_rfm(rfm, seed)
    check_number(n_clusters, most=len(scaled.drop_duplicates()))
    found = pd.Series(k_means(scaled.to_numpy(), n_clusters, seed).labels_, index=scaled.index)
    # Number by money, so that 1 is always the cluster worth most; ties by the first customer.
    money = scaled[MONETARY].groupby(found).mean()
    first = pd.Series(np.arange(len(found)), index=found.index).groupby(found).min()
    order = pd.DataFrame({"money": -money, "first": first}).sort_values(["money", "first"]).index
    number = {old: new for new, old in enumerate(order, start=1)}
    return found.map(number).reindex(rfm.index).astype("int64").rename("cluster")


def silhouettes(rfm: pd.DataFrame, *, numbers: Iterable[int] = (), seed: int = 0) -> pd.Series:
    """Compute how well separated the clusters are, for several numbers of clusters.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    numbers
        Numbers of clusters to try; by default 2 to 8, as far as there are different customers.
    seed
        Seed of the random starts, and of the sample of 5,000 taken from larger tables.

    Returns
    -------
    pandas.Series
        `silhouette`: -1 to 1 (near 1: tight and far apart; near 0: overlapping), indexed by
        `n_clusters`. On a tie `rfm_clusters` takes the smaller number.

    Raises
    ------
    DataError, ImportError
        As `rfm_clusters`.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [1, 2, 90, 80], "frequency": [9, 8, 1, 1],
    ...                     "monetary": [900., 800., 20., 30.]})
    >>> silhouettes(rfm).idxmax()
    2
    """
    scaled = scaled_rfm(rfm, seed)
    different = len(scaled.drop_duplicates())
    # A silhouette needs at least one cluster of two customers.
    most = min(different, len(scaled) - 1)
    if most < 2:
        raise DataError(
            f"{len(rfm)} customers with {different} different R, F, M cannot be compared.\n"
            "Choosing a number of clusters needs three customers, two of them different."
        )
    tried = sorted(set(numbers)) or list(range(2, min(8, most) + 1))
    for number in tried:
        check_number(number, most=most, least=2)
    metrics = _sklearn("metrics")
    sample = {"sample_size": SAMPLE, "random_state": seed} if len(scaled) > SAMPLE else {}
    scores = {
        number: metrics.silhouette_score(
            scaled, k_means(scaled.to_numpy(), number, seed).labels_, **sample
        )
        for number in tried
    }
    return pd.Series(scores, name="silhouette", dtype="float64").rename_axis("n_clusters")


def scaled_rfm(rfm: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Log-scale and standardise, sorted by customer so that the order of rows never matters."""
    check_rfm(rfm)
    check_one_row_each(rfm.index, name="the customer table")
    for name in (RECENCY, FREQUENCY):
        if (rfm[name] < 0).any():
            raise DataError(
                f"column {name!r} must be 0 or more, "
                f"but {rfm.index[rfm[name] < 0][0]!r} has less.\n"
                "Compute the table with rfm_table(tx, today=...)."
            )
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise DataError(f"seed must be a whole number of 0 or more, not {seed!r}.")
    rows = rfm[_RFM].astype("float64").sort_index(key=lambda index: index.astype(str))
    logs = np.log1p(rows.clip(lower=0))
    spread = logs.std(ddof=0)
    # A measure that is equal for all separates nobody: all zeros, up to rounding.
    return (logs - logs.mean()) / spread.where(spread > 1e-9, np.inf)


def k_means(customers: np.ndarray, number: int, seed: int, *, starts: int = 10) -> Any:
    """Fit scikit-learn's k-means; keep the best of several random starts."""
    means = _sklearn("cluster").KMeans(n_clusters=number, n_init=starts, random_state=seed)
    with warnings.catch_warnings(), _one_thread():
        # A container or a Windows may not tell how many cores it has; this needs one.
        warnings.filterwarnings("ignore", "Could not find the number of physical cores")
        return means.fit(customers)


@cache
def _threads() -> Any:
    return import_module("threadpoolctl").ThreadpoolController()  # comes with scikit-learn


def _one_thread() -> AbstractContextManager:
    """Keep small fits from waiting for each other's threads where other programs use the cores."""
    return _threads().limit(limits=1)


def check_number(number: Any, *, most: int, least: int = 1) -> None:
    """Require a whole number of clusters that so many different customers can form."""
    whole = isinstance(number, (int, np.integer)) and not isinstance(number, bool)
    if not whole or not least <= number <= most:
        raise DataError(
            f"the number of clusters must be a whole number from {least} to {most}, "
            f"not {number!r}: so many can be told apart among these customers."
        )


def _sklearn(part: str) -> Any:
    try:
        return import_module(f"sklearn.{part}")
    except ImportError as error:
        raise ImportError(
            label("library.clusters", install=install_command("scikit-learn"))
        ) from error
