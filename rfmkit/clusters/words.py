"""Describe clusters in words and compare them with the eight classes."""

import numpy as np
import pandas as pd

from rfmkit.clusters import scaled_rfm
from rfmkit.labels import label
from rfmkit.schema import CLASSES, FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.thresholds import shares_of_total

_RFM = [RECENCY, FREQUENCY, MONETARY]
# A centre this many standard deviations from the mean of all customers counts as high or low (K).
_APART = 0.5


def cluster_summary(
    rfm: pd.DataFrame, clusters: pd.Series, *, lang: str | None = None
) -> pd.DataFrame:
    """Describe each cluster: customers, money, medians, and the same in words.

    Parameters
    ----------
    rfm
        The customer table the clusters come from.
    clusters
        The cluster of each customer, from `rfm_clusters`.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    pandas.DataFrame
        One row a cluster. `customers`; `customer_share`, 0 to 1; `recency_days` (days),
        `frequency` (purchases), `monetary` (money): medians; `revenue`: total spend (money);
        `revenue_share` (blank where all spend is not above zero); `words`: R, F and M of the
        centre, each low, middle or high. Two clusters may read alike; their numbers tell them
        apart.

    Raises
    ------
    DataError
        If the table is not fit or the two hold different customers.

    Notes
    -----
    The words compare a cluster's centre, on the scale of `rfm_clusters`, with the mean of all
    customers: half a standard deviation (of customers) away counts as high or low (K).

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [1, 90], "frequency": [9, 1], "monetary": [900., 20.]})
    >>> cluster_summary(rfm, pd.Series([1, 2]), lang="en")["words"].loc[1]
    'bought lately, buys often, spends a lot'
    """
    scaled = scaled_rfm(rfm)
    _check_clusters(rfm.index, clusters, "rfm")
    groups = rfm.groupby(clusters)
    revenue = groups[MONETARY].sum()
    centres = scaled.groupby(clusters.reindex(scaled.index)).mean()
    words = centres.apply(_in_words, axis="columns", lang=lang)
    summary = pd.DataFrame(
        {
            "customers": groups.size(),
            "customer_share": groups.size() / len(rfm),
            **{name: groups[name].median() for name in _RFM},
            "revenue": revenue,
            "revenue_share": shares_of_total(revenue, rfm[MONETARY]),
            "words": words,
        }
    )
    return summary.rename_axis("cluster")


def cluster_agreement(clusters: pd.Series, classes: pd.Series) -> pd.DataFrame:
    """Count customers by cluster and by class of table 5-2.

    Parameters
    ----------
    clusters
        The cluster of each customer, from `rfm_clusters`.
    classes
        The class of each customer, from `rfm_class`, or the tier in any other scheme as an
        ordered categorical.

    Returns
    -------
    pandas.DataFrame
        Customers: one row a cluster, one column a class, all classes in their order.
        `attrs["agreement"]`: the adjusted Rand index, 1 if clusters and classes divide the
        customers alike, about 0 if no more than by chance (blank if either has one group only).

    Raises
    ------
    DataError
        If the two hold different customers or one is blank.

    Examples
    --------
    >>> classes = pd.Series(["general_keep", "general_keep", "important_value"])
    >>> table = cluster_agreement(pd.Series([2, 2, 1]), classes)
    >>> int(table.loc[2, "general_keep"]), table.attrs["agreement"]
    (2, 1.0)
    """
    if not isinstance(classes, pd.Series):
        raise DataError(f"classes must be a pandas Series, but it is a {type(classes).__name__}.")
    _check_clusters(classes.index, clusters, "classes")
    if classes.isna().any():
        raise DataError(f"{classes.isna().sum()} customers have no class; give each one.")
    categorical = isinstance(classes.dtype, pd.CategoricalDtype)
    order = list(classes.cat.categories) if categorical else list(CLASSES)
    unknown = [code for code in classes.unique() if code not in order]
    if unknown:
        raise DataError(f"{unknown[0]!r} is none of the eight classes {order}.")
    table = pd.crosstab(clusters.to_numpy(), classes.astype(object).to_numpy())
    table = table.reindex(columns=order, fill_value=0).rename_axis(index="cluster", columns="class")
    table.attrs["agreement"] = adjusted_rand(table.to_numpy(dtype="float64"))
    return table


def adjusted_rand(table: np.ndarray) -> float:
    """Compute the adjusted Rand index of two divisions from their table of counts."""

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    every = pairs(table.sum(keepdims=True))
    one_group = (table.sum(axis=1) > 0).sum() == 1 or (table.sum(axis=0) > 0).sum() == 1
    if one_group or every == 0:
        return float("nan")
    chance = rows * columns / every
    most = (rows + columns) / 2
    # Every customer alone in both: alike.
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _check_clusters(index: pd.Index, clusters: pd.Series, name: str) -> None:
    if not isinstance(clusters, pd.Series) or not clusters.index.equals(index):
        raise DataError(
            f"{name} and clusters do not hold the same customers in the same order.\n"
            "Take both from one table, clusters by rfm_clusters(rfm)."
        )
    if len(index) == 0:
        raise DataError(f"{name} is empty: there is no customer to count.")
    if clusters.isna().any():
        raise DataError(f"{clusters.isna().sum()} customers have no cluster.")


def _in_words(centre: pd.Series, *, lang: str | None) -> str:
    levels = {
        name: "high" if value >= _APART else "low" if value <= -_APART else "middle"
        for name, value in centre.items()
    }
    words = {name: label(f"cluster.{name}.{level}", lang) for name, level in levels.items()}
    return label("cluster.words", lang, **{name: words[name] for name in _RFM})
