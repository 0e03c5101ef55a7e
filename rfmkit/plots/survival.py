"""Draw how many customers are still there as time goes on."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.clv.survival import check_curve, survival_at
from rfmkit.formats import number, percent, tick
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    FAINT,
    FILL,
    INK,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.words import counted


@house_style()
def plot_survival(
    curve: pd.DataFrame,
    *,
    time: float | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    r"""Draw the share of customers who are still there, step by step, with its interval.

    Parameters
    ----------
    curve
        From `kaplan_meier`, with times in days.
    time
        Days after the first purchase that the title speaks of; None takes the middle of the curve.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the curve.

    Raises
    ------
    DataError
        If `curve` is not one of `kaplan_meier`, or nobody was followed for `time`.

    Notes
    -----
    Source: Kaplan and Meier 1958. Short strokes on the line are customers who are still there and
    were followed no longer.

    Examples
    --------
    >>> from rfmkit.clv.survival import kaplan_meier
    >>> curve = kaplan_meier(pd.Series([10.0, 20, 20, 30]), pd.Series([True, True, False, True]))
    >>> plot_survival(curve, time=15, lang="en").get_title(loc="left").replace("\n", " ")
    '15 days after the first purchase, 75% are still there (between 13% and 96%)'
    """
    lang = language(lang)
    check_curve(curve)
    longest = float(curve.index[-1])
    time = longest // 2 if time is None else time
    there = survival_at(curve, time)
    ax = axes_for(ax, (7.6, 4.8))
    days = curve.index.to_numpy("float64")
    ax.fill_between(
        days,
        curve["lower"],
        curve["upper"],
        step="post",
        color=FILL,
        alpha=0.55,
        linewidth=0,
        gid="band",
    )
    ax.step(days, curve["survival"], where="post", color=STRONG, linewidth=2.4, gid="curve")
    still = curve[curve["censored"] > 0]
    ax.plot(still.index, still["survival"], "|", color=STRONG, markersize=8, gid="censored")
    if there[["lower", "upper"]].notna().all():
        arms = [[there["survival"] - there["lower"]], [there["upper"] - there["survival"]]]
        ax.errorbar(
            [time], [there["survival"]], yerr=arms, color=INK, capsize=5, linewidth=1.6, zorder=4
        )
    ax.plot(
        [time],
        [there["survival"]],
        "o",
        markersize=10,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.8,
        zorder=5,
        gid="mark",
    )
    ends = there.fillna(there["survival"])
    below = ends["upper"] > 0.85
    ax.annotate(
        percent(there["survival"]),
        (time, ends["lower" if below else "upper"]),
        (0, -7 if below else 7),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
        zorder=5,
    )
    ax.set_xlim(0, longest or 1)
    ax.set_ylim(0, 1.02)
    steps = MaxNLocator(nbins=5, integer=True, min_n_ticks=2).tick_values(0, longest or 1)
    steps = [step for step in steps if 0 <= step <= (longest or 1)]
    ax.set_xticks(steps, [f"{tick(step)}\nn={number(_followed(curve, step))}" for step in steps])
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    ax.grid(axis="y", color=FAINT)
    ax.set_xlabel(label("plot.survival.days", lang))
    ax.set_ylabel(label("plot.survival.share", lang))
    headline(ax, _title(time, there, lang), label("plot.survival.about", lang))
    keep_style(ax)
    remember(ax, curve, lambda lang: _words(curve, time, there, lang), lang)
    return ax


def _followed(curve: pd.DataFrame, time: float) -> int:
    """Count the customers followed for at least `time`."""
    row = int(curve.index.searchsorted(time))
    return int(curve["at_risk"].iloc[row]) if row < len(curve) else 0


def _title(time: float, there: pd.Series, lang: str) -> str:
    known = there[["lower", "upper"]].notna().all() and there["lower"] < there["upper"]
    return counted(
        "plot.survival.title" if known else "plot.survival.title_plain",
        time,
        lang,
        share=percent(there["survival"]),
        lower=percent(there["lower"]),
        upper=percent(there["upper"]),
    )


def _words(curve: pd.DataFrame, time: float, there: pd.Series, lang: str) -> str:
    quarters = np.unique(np.linspace(0, curve.index[-1], 5).round())
    steps = label("list.comma", lang).join(
        f"{number(day)} → {percent(survival_at(curve, min(day, curve.index[-1]))['survival'])}"
        for day in quarters
    )
    return counted(
        "plot.survival.alt",
        int(curve["at_risk"].iloc[0]),
        lang,
        steps=steps,
        title=_title(time, there, lang),
    )
