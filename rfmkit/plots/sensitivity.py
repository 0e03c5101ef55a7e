"""Draw how many customers are high, or change class, as a cut moves."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.formats import number, percent, tick
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    CUT,
    CUT_DASHES,
    FAINT,
    FILL,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import check_same_customers, check_tiers, check_values
from rfmkit.plots.words import axis_name, counted, with_unit
from rfmkit.schema import RECENCY, DataError
from rfmkit.thresholds import is_above, is_below
from rfmkit.validation import is_finite

STEP = 0.1  # of the cut: how far it is moved for the sentence
POSITIONS = 121  # of the cut along the axis


@house_style()
def plot_sensitivity(
    values: pd.Series,
    *,
    cut: float,
    classify: Callable[[float], pd.Series] | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw the share of customers who are high, or who change class, as the cut moves.

    Parameters
    ----------
    values
        One number a customer, named `recency_days` (fewer is high), or any other (more is high).
    cut
        The cut in use, in the unit of the values. Who sits on it is high.
    classify
        A function from a cut to the class of each customer; given, the figure counts how many
        customers change class against the cut in use, instead of the share who are high.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a place of the cut: `cut`, `high` (customers),
        `high_share` (0 to 1) and `changed` (customers who change side, or class, against `cut`).

    Raises
    ------
    DataError
        If there is no customer, a value is blank, the cut is no number, or `classify` returns
        other customers.

    Notes
    -----
    Source: textbook section 5.2.3 leaves the cut open; this figure shows what depends on it.

    Examples
    --------
    >>> spend = pd.Series([80.0, 95.0, 105.0, 300.0], name="monetary")
    >>> print(plot_sensitivity(spend, cut=100, lang="en").get_title(loc="left"))
    Cut 10% lower or higher: 75% or 25% are high instead of 50%
    """
    lang = language(lang)
    data = check_values(values)
    if not is_finite(cut):
        raise DataError(f"cut must be a plain number, but it is {cut!r}.")
    cut = float(cut)
    table, near = _move(data, cut, classify)
    ax = axes_for(ax, (7.6, 4.6))
    displayed = table["high_share"] if classify is None else table["changed"]
    ax.axvspan(near.index[0], near.index[-1], color=FAINT, zorder=0.5)
    ax.step(table["cut"], displayed, where="post", color=STRONG, linewidth=2.6, gid="curve")
    ax.fill_between(table["cut"], displayed, step="post", color=FILL, alpha=0.35, linewidth=0)
    ax.axvline(cut, color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.6, gid="cut")
    ax.set_xlim(table["cut"].iloc[0], table["cut"].iloc[-1])
    ax.set_ylim(0, 1.02 if classify is None else max(displayed.max() * 1.06, 1))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, min_n_ticks=1))
    ax.xaxis.set_major_formatter(FuncFormatter(tick))
    share = FuncFormatter(lambda share, _: percent(share))
    ax.yaxis.set_major_formatter(share if classify is None else FuncFormatter(tick))
    if classify is not None:
        ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.grid(axis="y", color=FAINT)
    left = cut > (table["cut"].iloc[0] + table["cut"].iloc[-1]) / 2
    ax.annotate(
        label("plot.sensitivity.cut", lang, value=with_unit(cut, values.name, lang)),
        (cut, 1),
        (-6 if left else 6, -4),
        xycoords=ax.get_xaxis_transform(),
        color=CUT[0],
        va="top",
        textcoords="offset points",
        ha="right" if left else "left",
        bbox={
            "boxstyle": "round,pad=0.15",
            "facecolor": "white",
            "edgecolor": "none",
            "alpha": 0.8,
        },
    )
    ax.set_xlabel(label("plot.sensitivity.where", lang, name=axis_name(values.name, lang)))
    ax.set_ylabel(label("plot.sensitivity." + ("share" if classify is None else "moved"), lang))
    kind = "share" if classify is None else "moved"
    headline(ax, _title(near, len(data), kind, lang), label("plot.sensitivity.about", lang))
    keep_style(ax)
    name = values.name
    remember(ax, table, lambda lang: _words(near, len(data), kind, cut, name, lang), lang)
    return ax


def _move(
    data: pd.Series, cut: float, classify: Callable[[float], pd.Series] | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    low, high = min(data.min(), cut), max(data.max(), cut)
    # A few extreme customers must not compress the range of all others.
    if len(data) > 20:
        low, high = min(data.quantile(0.01), cut), max(data.quantile(0.95), cut)
    step = STEP * abs(cut) or (high - low) * STEP or 1.0
    low, high = min(low, cut - 1.5 * step), max(high, cut + 1.5 * step)
    near = [cut - step, cut, cut + step]
    positions = np.unique([*np.linspace(low, high, POSITIONS), *near])
    current = _sides(data, cut) if classify is None else _classes(classify, cut, data)
    rows = []
    for place in positions:
        side = _sides(data, place)
        now = side if classify is None else _classes(classify, place, data)
        changed = int((now.to_numpy() != current.to_numpy()).sum())
        rows.append((place, int(side.sum()), float(side.mean()), changed))
    table = pd.DataFrame(rows, columns=["cut", "high", "high_share", "changed"])
    return table, table.set_index("cut").loc[near]


def _sides(data: pd.Series, cut: float) -> pd.Series:
    high = ~is_above(data, cut) if data.name == RECENCY else ~is_below(data, cut)
    return pd.Series(high, index=data.index, name=data.name)


def _classes(classify: Callable[[float], pd.Series], cut: float, data: pd.Series) -> pd.Series:
    classes = classify(cut)
    check_tiers(classes, name="classify(cut)")
    check_same_customers(data, classes, names=("values", "classify(cut)"))
    return classes.astype(object)


def _title(near: pd.DataFrame, everyone: int, kind: str, lang: str) -> str:
    column = "high_share" if kind == "share" else "changed"
    lower, now, higher = near[column]
    write = percent if kind == "share" else number
    if lower == now == higher:
        return label(f"plot.sensitivity.title_none_{kind}", lang, now=write(now))
    return label(
        f"plot.sensitivity.title_{kind}",
        lang,
        lower=write(lower),
        now=write(now),
        higher=write(higher),
        everyone=counted("plot.customers", everyone, lang),
    )


def _words(near, everyone: int, kind: str, cut: float, name: object, lang: str) -> str:
    return counted(
        f"plot.sensitivity.alt_{kind}",
        everyone,
        lang,
        axis=axis_name(name, lang),
        cut=with_unit(cut, name, lang),
        title=_title(near, everyone, kind, lang),
    )
