"""Draw how well each number of clusters suits the customers."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.formats import percent, tick
from rfmkit.labels import label, language
from rfmkit.plots.class_rows import number_columns
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    GREY,
    INK,
    RULE,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.uncertainty import whiskers
from rfmkit.plots.words import counted
from rfmkit.schema import DataError
from rfmkit.uncertainty import Interval, describe_interval
from rfmkit.validation import require_columns

_COLUMNS = {
    "stability": ["silhouette", "stability", "lower", "upper"],
    "gap": ["gap", "error", "chosen"],
}


@house_style()
def plot_cluster_numbers(
    table: pd.DataFrame,
    *,
    measure: str = "stability",
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw how stable each number of clusters is, or how much it gains over no groups at all.

    Parameters
    ----------
    table
        From `cluster_numbers`.
    measure
        "stability": a dot and the interval of the resamples, and a diamond for the silhouette.
        "gap": a dot and one standard error to each side; the number chosen is filled.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the rows drawn: from 2 clusters for the stability, from 1 for the
        gap.

    Raises
    ------
    DataError
        If the table is not from `cluster_numbers`, or the measure is unknown.

    Notes
    -----
    Source: Rousseeuw 1987 (silhouette), Hennig 2007 (stability), Tibshirani, Walther and Hastie
    2001 (gap).

    Examples
    --------
    >>> table = pd.DataFrame({"silhouette": [None, 0.4], "stability": [None, 0.91],
    ...                       "lower": [None, 0.74], "upper": [None, 0.99], "gap": [0.9, 1.1],
    ...                       "error": [0.1, 0.1], "chosen": [False, True]}, index=[1, 2])
    >>> print(plot_cluster_numbers(table, lang="en").get_title(loc="left"))
    2 clusters are the most stable: 0.91, between 0.74 and 0.99
    """
    lang = language(lang)
    if measure not in _COLUMNS:
        raise DataError(f"measure {measure!r} is not known; use 'stability' or 'gap'.")
    require_columns(table, _COLUMNS[measure], name="table")
    rows = table[table[measure].notna()]
    if len(rows) == 0:
        raise DataError("table holds no number of clusters to draw: use cluster_numbers(rfm).")
    intervals = _intervals(rows, measure)
    ends = [(one.estimate, one.low, one.high) for one in intervals]
    ax = axes_for(ax, (7.8, 2.2 + 0.42 * len(rows)))
    filled = rows["chosen"] if measure == "gap" else [True] * len(rows)
    whiskers(ax, pd.DataFrame(ends).to_numpy(), filled=filled)
    if measure == "stability":
        ax.plot(
            rows["silhouette"],
            range(len(rows)),
            "D",
            linestyle="none",
            markersize=8,
            markerfacecolor="white",
            markeredgecolor=GREY,
            markeredgewidth=1.6,
            zorder=2.5,
            gid="silhouette",
        )
        # The index may fall below 0 where resamples divide the customers quite otherwise.
        ax.set_xlim(min(0.0, rows["lower"].min()) - 0.02, 1.04)
        ax.axvline(1, color=RULE, linewidth=0.8)
    ax.set_yticks(range(len(rows)), [_clusters(n, lang) for n in rows.index])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6))
    ax.xaxis.set_major_formatter(FuncFormatter(tick))
    ax.set_xlabel(label(f"plot.clusters.axis_{measure}", lang))
    sentences = [describe_interval(one, lang=lang) for one in intervals]
    number_columns(ax, {"": pd.Series(sentences)}, [INK])
    share = percent(table.attrs.get("confidence", 0.95))
    about = label(f"plot.clusters.about_{measure}", lang, confidence=share)
    title = _title(rows, measure)
    headline(ax, title(lang), about)
    keep_style(ax)
    remember(ax, rows, lambda lang: _words(rows, intervals, measure, title(lang), lang), lang)
    return ax


def _clusters(count: int, lang: str) -> str:
    return counted("plot.clusters.row", int(count), lang)


def _intervals(rows: pd.DataFrame, measure: str) -> list[Interval]:
    if measure == "gap":
        low, high = rows["gap"] - rows["error"], rows["gap"] + rows["error"]
    else:
        low, high = rows["lower"], rows["upper"]
    return [
        Interval(float(estimate), float(first), float(last), 0.95, "", 0)
        for estimate, first, last in zip(rows[measure], low, high, strict=True)
    ]


def _title(rows: pd.DataFrame, measure: str) -> Callable[[str], str]:
    if measure == "stability":
        best = rows["stability"].idxmax()
        interval = _intervals(rows.loc[[best]], measure)[0]
        return lambda lang: label(
            "plot.clusters.title_stability",
            lang,
            clusters=_clusters(best, lang),
            sentence=describe_interval(interval, lang=lang),
        )
    chosen = rows.index[rows["chosen"].astype(bool)]
    if len(chosen) == 0:
        return lambda lang: label("plot.clusters.title_grows", lang)
    if chosen[0] == 1:
        return lambda lang: label("plot.clusters.title_none", lang)
    return lambda lang: label("plot.clusters.title_gap", lang, clusters=_clusters(chosen[0], lang))


def _words(
    rows: pd.DataFrame, intervals: list[Interval], measure: str, title: str, lang: str
) -> str:
    parts = [
        label(
            "plot.intervals.row",
            lang,
            name=_clusters(count, lang),
            sentence=describe_interval(one, lang=lang),
        )
        for count, one in zip(rows.index, intervals, strict=True)
    ]
    return label(
        f"plot.clusters.alt_{measure}",
        lang,
        title=title,
        rows=label("plot.and_then", lang).join(parts),
    )
