"""Judge numbers of clusters: stability under resampling and the gap statistic."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from rfmkit.clusters import SAMPLE, check_number, k_means, scaled_rfm, silhouettes
from rfmkit.clusters.words import adjusted_rand
from rfmkit.schema import DataError
from rfmkit.validation import two_sided_z

_STARTS = 3  # random starts of k-means in a resample; of all customers there are ten


def cluster_stability(
    rfm: pd.DataFrame,
    *,
    numbers: Iterable[int] = (),
    resamples: int = 40,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Compute how alike the clusters stay when customers are drawn anew.

    Each resample draws as many customers as there are, some twice or more and some not at all, and
    clusters them. Every customer then goes to the nearest centre of the resample, and the result is
    compared with the clusters of all customers.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    numbers
        Numbers of clusters to try, each 2 or more; by default 2 to 8, as far as there are different
        customers.
    resamples
        How often to draw, at least 10.
    confidence
        The share of the resamples between `lower` and `upper`, above 0 and below 1.
    seed
        Seed of the draws and of the random starts.

    Returns
    -------
    pandas.DataFrame
        Indexed by `n_clusters`. `stability`: the mean adjusted Rand index, 1 if every resample
        divides the customers as all customers do, about 0 if no more than by chance. `lower`,
        `upper`: between them lie so many of the resamples.

    Raises
    ------
    DataError
        If the table is not fit, a number of clusters is not possible, or an option is unusable.
    ImportError
        If scikit-learn is not installed.

    Notes
    -----
    Unstable clusters depend on chance. Stable ones need not be useful, nor even be groups: two
    halves of one evenly spread crowd can be stable; see `gap_statistic`. Tables above 5,000
    customers are judged by a seeded sample of that size.

    Source: Hennig, *Computational Statistics & Data Analysis* 52(1), 2007, pages 258-271, for the
    resampling; Hubert and Arabie, *Journal of Classification* 2, 1985, pages 193-218, for the
    index.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [1, 2, 3, 2, 90, 80, 85, 88],
    ...                     "frequency": [9, 8, 9, 8, 1, 1, 1, 1],
    ...                     "monetary": [900., 800., 950., 870., 20., 30., 25., 22.]})
    >>> cluster_stability(rfm, numbers=[2], seed=1)["stability"].round(1).to_dict()
    {2: 1.0}
    """
    customers = _customers(rfm, seed)
    two_sided_z(confidence)
    _check_draws(resamples, name="resamples")
    draws = np.random.default_rng(seed).integers(0, len(customers), (resamples, len(customers)))
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    rows = {}
    for count in _numbers(numbers, customers, least=2):
        clusters = k_means(customers, count, seed).labels_
        alike = []
        for drawn in draws:
            resample = customers[drawn]
            if len(np.unique(resample, axis=0)) < count:
                continue  # too few different customers were drawn
            centres = k_means(resample, count, seed, starts=_STARTS).cluster_centers_
            nearest = ((customers[:, np.newaxis] - centres) ** 2).sum(axis=2).argmin(axis=1)
            table = np.zeros((count, count))
            np.add.at(table, (clusters, nearest), 1)
            alike.append(adjusted_rand(table))
        if len(alike) < resamples / 2:
            raise DataError(
                f"most resamples hold fewer than {count} different customers.\n"
                "Try smaller numbers of clusters, or take more customers."
            )
        rows[count] = (np.mean(alike), *np.quantile(alike, tails))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["stability", "lower", "upper"])
    table.attrs = {"confidence": confidence}
    return table.rename_axis("n_clusters")


def gap_statistic(
    rfm: pd.DataFrame, *, most: int = 8, references: int = 20, seed: int = 0
) -> pd.DataFrame:
    """Compare the clusters with those found where there are none.

    K-means finds as many clusters as it is given, groups or not. Here it also divides tables of the
    same size whose customers are spread evenly. The gap says how much tighter the clusters of the
    real customers are.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    most
        The largest number of clusters to try, 2 or more; fewer are tried where fewer customers
        differ.
    references
        How many evenly spread tables, at least 10.
    seed
        Seed of those tables and of the random starts.

    Returns
    -------
    pandas.DataFrame
        Indexed by `n_clusters`, from 1. `gap`: the mean log of the squared distances to the centres
        in the even tables, less that of the customers. `error`: its standard error. `chosen`: True
        for the smallest number whose gap is at least that of the next number less the error of the
        latter; for none, if the gap still grows at the end.

    Raises
    ------
    DataError
        If the table is not fit, fewer than four customers differ, or an option is unusable.
    ImportError
        If scikit-learn is not installed.

    Notes
    -----
    Of the measures here only this one can answer 1: the customers form no groups, and where to
    divide them is the firm's own choice. The rule stops at the first number that the next one does
    not beat; where the gap falls and then rises far higher, as with groups of groups, read the
    whole table. Purchases are whole numbers and many customers share the small ones, which looks
    like groups too. Tables above 5,000 customers are judged by a seeded sample of that size.

    Source: Tibshirani, Walther and Hastie, *Journal of the Royal Statistical Society B* 63(2),
    2001, pages 411-423; the even tables fill the box along the principal components.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [1, 2, 3, 2, 90, 80, 85, 88],
    ...                     "frequency": [9, 8, 9, 8, 1, 1, 1, 1],
    ...                     "monetary": [900., 800., 950., 870., 20., 30., 25., 22.]})
    >>> gap_statistic(rfm, most=3)["chosen"].to_dict()
    {1: False, 2: True, 3: False}
    """
    customers = _customers(rfm, seed)
    _check_draws(references, name="references")
    # With a cluster for each different customer nothing is left within, and the log has no value.
    different = len(np.unique(customers, axis=0))
    if different < 4:
        raise DataError(
            f"{len(rfm)} customers with {different} different R, F, M cannot be compared.\n"
            "The gap statistic needs four different customers."
        )
    check_number(most, least=2, most=len(customers))
    _, _, components = np.linalg.svd(customers - customers.mean(axis=0), full_matrices=False)
    turned = customers @ components.T
    random = np.random.default_rng(seed)
    even = random.uniform(turned.min(axis=0), turned.max(axis=0), (references, *turned.shape))
    rows = {}
    for count in range(1, min(most, different - 1) + 1):
        own = np.log(k_means(customers, count, seed).inertia_)
        logs = np.log([k_means(table, count, seed, starts=_STARTS).inertia_ for table in even])
        rows[count] = (logs.mean() - own, logs.std() * np.sqrt(1 + 1 / references))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["gap", "error"])
    enough = table["gap"] >= (table["gap"] - table["error"]).shift(-1)
    table["chosen"] = enough & (enough.cumsum() == 1)
    return table.rename_axis("n_clusters")


def cluster_numbers(
    rfm: pd.DataFrame, *, most: int = 8, resamples: int = 40, references: int = 20, seed: int = 0
) -> pd.DataFrame:
    """Compare numbers of clusters by silhouette, stability and gap.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    most
        The largest number of clusters to try, 2 or more; fewer are tried where fewer customers
        differ.
    resamples
        How often to draw the customers for the stability, at least 10.
    references
        How many evenly spread tables for the gap, at least 10.
    seed
        Seed of all draws.

    Returns
    -------
    pandas.DataFrame
        Indexed by `n_clusters`, from 1: `silhouette`; `stability`, `lower`, `upper`; `gap`,
        `error`, `chosen`, as `silhouettes`, `cluster_stability` and `gap_statistic` return them.
        The first four are blank for one cluster, of which they can judge nothing.

    Raises
    ------
    DataError, ImportError
        As those three.

    Notes
    -----
    Source: Rousseeuw, *Journal of Computational and Applied Mathematics* 20, 1987, pages 53-65, for
    the silhouette; for the others see their functions.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [1, 2, 3, 2, 90, 80, 85, 88],
    ...                     "frequency": [9, 8, 9, 8, 1, 1, 1, 1],
    ...                     "monetary": [900., 800., 950., 870., 20., 30., 25., 22.]})
    >>> table = cluster_numbers(rfm, most=3)
    >>> table[["silhouette", "stability", "gap"]].idxmax().to_dict()
    {'silhouette': 2, 'stability': 2, 'gap': 2}
    """
    gap = gap_statistic(rfm, most=most, references=references, seed=seed)
    several = [int(count) for count in gap.index if count > 1]
    silhouette = silhouettes(rfm, numbers=several, seed=seed)
    stability = cluster_stability(rfm, numbers=several, resamples=resamples, seed=seed)
    table = pd.concat([silhouette, stability, gap], axis=1).reindex(gap.index)
    table.attrs = stability.attrs
    return table


def _customers(rfm: pd.DataFrame, seed: int) -> np.ndarray:
    scaled = scaled_rfm(rfm, seed)
    sampled = scaled.sample(SAMPLE, random_state=seed) if len(scaled) > SAMPLE else scaled
    return sampled.to_numpy()


def _check_draws(count: Any, *, name: str) -> None:
    whole = isinstance(count, (int, np.integer)) and not isinstance(count, bool)
    if not whole or count < 10:
        raise DataError(f"{name} must be a whole number of 10 or more, not {count!r}.")


def _numbers(numbers: Iterable[int], customers: np.ndarray, *, least: int) -> list[int]:
    different = len(np.unique(customers, axis=0))
    tried = sorted(set(numbers)) or list(range(least, min(8, different) + 1))
    if not tried:
        raise DataError(
            f"{len(customers)} customers with {different} different R, F, M form no two clusters."
        )
    for count in tried:
        check_number(count, least=least, most=different)
    return tried
