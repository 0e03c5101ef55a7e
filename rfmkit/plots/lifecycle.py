"""Draw what a customer brings over the life of the relationship."""

import itertools

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

from rfmkit.formats import number, tick
from rfmkit.headlines import between, mean_of, whisker_note
from rfmkit.labels import join_names, label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.marks import whisker_ends
from rfmkit.plots.style import (
    FAINT,
    FILL,
    GREY,
    INK,
    RULE,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import tier_name, tier_shares, value_name
from rfmkit.plots.words import counted
from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES
from rfmkit.tables import MONEY
from rfmkit.uncertainty import Interval


@house_style()
def plot_lifecycle(
    values: pd.Series, phases: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw the mean a customer brings in each phase of the relationship.

    Parameters
    ----------
    values
        What each customer brings, such as profit or spend (money); its name is shown.
    phases
        The phase of each customer, from `lifecycle_phase`, in the same order of customers. Whose
        phase is blank (too little history) is left out, and the figure says how many.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a phase, in order: `customers`, `mean` (blank in a
        phase nobody is in).

    Raises
    ------
    DataError
        If nobody is in a phase, a value is blank, a phase is unknown, or the customers differ.

    Notes
    -----
    Source: the customer-analysis slides: profit is small, rising, high and stable, falling. The
    line only leads the eye from point to point.

    Examples
    --------
    >>> profit = pd.Series([10.0, 40.0, 90.0, 30.0], name="profit")
    >>> phases = pd.Series(["build", "grow", "hold", "decline"]).radd("lifecycle:")
    >>> plot_lifecycle(profit, phases, lang="en").get_title(loc="left").partition(":")[2]
    ' 90 on average'
    """
    lang = language(lang)
    table, left_out = _means(values, phases)
    sure = {
        place: interval
        for place, code in enumerate(table.index)
        if (interval := mean_of(values[(phases == code).fillna(False)])) is not None
    }
    ax = axes_for(ax, (7.6, 4.8))
    means = table["mean"].to_numpy(dtype=float)
    present = np.flatnonzero(~np.isnan(means))
    way = np.linspace(0, 1, 40)
    ease = way**2 * (3 - 2 * way)
    for first, second in itertools.pairwise(present):
        x = first + (second - first) * way
        y = means[first] + (means[second] - means[first]) * ease
        # Dashes bridge a phase without customers.
        dashes = "solid" if second == first + 1 else (0, (4, 3))
        ax.plot(x, y, color=STRONG, linewidth=3, linestyle=dashes, gid="curve")
        ax.fill_between(x, np.minimum(y, 0), np.maximum(y, 0), color=FILL, alpha=0.35, linewidth=0)
    ax.axhline(0, color=RULE, linewidth=0.8)
    ax.plot(
        present,
        means[present],
        "o",
        markersize=10,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.8,
        zorder=4,
        gid="mark",
    )
    tops = means.copy()
    for place, interval in sure.items():
        whisker_ends(ax, interval.low, interval.high, place, upright=True)
        tops[place] = max(interval.high, means[place])
    for place in present:
        ax.annotate(
            number(means[place]),
            (place, means[place]),
            (13, 0) if place in sure else (0, 11),
            ha="left" if place in sure else "center",
            textcoords="offset points",
            va="center_baseline" if place in sure else "bottom",
            zorder=5,
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )
    names = [f"{tier_name(code, lang)}\nn={count:,}" for code, count in table["customers"].items()]
    ax.set_xticks(range(len(table)), names)
    ax.tick_params(axis="x", labelcolor=INK)
    ax.set_xlim(-0.4, len(table) - 0.6)
    bottoms = [np.nanmin(means), *(interval.low for interval in sure.values())]
    low, high = min(0.0, *bottoms), max(0.0, np.nanmax(tops))
    ax.set_ylim(low - (0.1 * (high - low) if low < 0 else 0), high + 0.16 * ((high - low) or 1))
    ax.yaxis.set_major_formatter(FuncFormatter(tick))
    ax.grid(axis="y", color=FAINT)
    ax.spines["bottom"].set_visible(False)
    mean = label("plot.lifecycle.mean", lang, value=value_name(values.name, lang))
    if values.name in MONEY:
        mean = label("plot.axis.money", lang, name=mean, unit=label("plot.money", lang))
    ax.set_ylabel(mean, color=GREY)
    about = label("plot.lifecycle.about", lang) + whisker_note(sure, lang)
    if left_out:
        about += counted("plot.lifecycle.left_out", left_out, lang)
    headline(ax, _title(table, values.name, sure, lang), about)
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, values.name, left_out, sure, lang), lang)
    return ax


def _means(values: pd.Series, phases: pd.Series) -> tuple[pd.DataFrame, int]:
    codes = SCHEMES["lifecycle"]
    blank = phases.isna() if isinstance(phases, pd.Series) else pd.Series(dtype=bool)
    if blank.any() and values.index.equals(phases.index):
        values, phases = values[~blank], phases[~blank]
    shares = tier_shares(values, phases)
    unknown = [code for code in shares.index if code not in codes]
    if unknown:
        raise DataError(
            f"phases holds {unknown[0]!r}, which is no phase; the phases are {list(codes)}.\n"
            "Compute them with lifecycle_phase(monthly_spend(tx))."
        )
    shares = shares.reindex(list(codes))
    customers = shares["customers"].fillna(0).astype("int64")
    mean = (shares["value"] / customers.where(customers > 0)).astype("float64")
    return pd.DataFrame({"customers": customers, "mean": mean}).rename_axis("phase"), int(
        blank.sum()
    )


def _title(table: pd.DataFrame, column: object, sure: dict[int, Interval], lang: str) -> str:
    best = table["mean"].idxmax()
    title = label(
        "plot.lifecycle.title",
        lang,
        phase=tier_name(best, lang),
        value=value_name(column, lang),
        mean=number(table.loc[best, "mean"]),
    )
    return title + between(sure.get(table.index.get_loc(best)), lang)


def _words(
    table: pd.DataFrame,
    column: object,
    left_out: int,
    sure: dict[int, Interval],
    lang: str,
) -> str:
    steps = [
        f"{tier_name(code, lang)} {number(mean) if mean == mean else '–'}"
        for code, mean in table["mean"].items()
    ]
    words = counted(
        "plot.lifecycle.alt",
        int(table["customers"].sum()),
        lang,
        steps=join_names(steps, lang),
        value=value_name(column, lang),
        title=_title(table, column, sure, lang),
    )
    return words + (counted("plot.lifecycle.alt_left_out", left_out, lang) if left_out else "")
