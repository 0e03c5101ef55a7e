"""Draw how unequal customers are: the Lorenz curve with its Gini coefficient."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from rfmkit.abc_tiers import gini
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.pareto import MOST_POINTS
from rfmkit.plots.style import (
    FAINT,
    FILL,
    GREY,
    INK,
    RULE,
    STRONG,
    TITLE,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import check_values, has_shares, value_name
from rfmkit.plots.words import counted, percent
from rfmkit.schema import DataError


@house_style()
def plot_lorenz(values: pd.Series, *, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Draw the share of the total that the lowest customers hold, with the Gini coefficient.

    Parameters
    ----------
    values
        What each customer brings, such as profit or spend (money); its name is shown.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a customer, lowest first: `value`, `customer_share` and
        `value_share` (both cumulative, 0 to 1).

    Raises
    ------
    DataError
        If there is no customer, a value is blank, or the total is not above zero.

    Notes
    -----
    Source: domain of the kit: the third condition for tiering, that values differ. The Gini
    coefficient is twice the area between the curve and the line of equality; with customers at a
    loss the curve dips below zero and the coefficient may pass 1.

    Examples
    --------
    >>> spend = pd.Series([0.0, 0.0, 0.0, 100.0], name="monetary")
    >>> print(plot_lorenz(spend, lang="en").get_title(loc="left"))
    The lower half of customers brings 0% of spend; Gini 0.75
    """
    lang = language(lang)
    table = _curve(check_values(values))
    inequality = gini(values)
    across = np.append(0.0, table["customer_share"])
    up = np.append(0.0, table["value_share"])
    keep = np.unique(np.linspace(0, len(table), MOST_POINTS).astype(int))
    across, up = across[keep], up[keep]

    ax = axes_for(ax, (6.4, 5.6))
    ax.fill_between(across, up, across, color=FILL, alpha=0.55, linewidth=0)
    ax.plot([0, 1], [0, 1], color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), gid="equal")
    ax.plot(across, up, color=STRONG, linewidth=3, gid="curve")
    ax.axhline(0, color=RULE, linewidth=0.8)
    ax.set_xlim(0, 1)
    ax.set_ylim(min(0.0, up.min() * 1.05), 1.02)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MultipleLocator(0.2 if up.min() > -0.6 else 0.5))
        axis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    ax.grid(axis="y", color=FAINT)
    ax.set_xlabel(label("plot.lorenz.customers", lang))
    ax.set_ylabel(label("plot.pareto.share", lang, value=value_name(values.name, lang)))
    ax.annotate(
        f"Gini {inequality:.2f}", (0.06, 0.93), xycoords="axes fraction", va="top",
        fontsize=TITLE, color=INK,
    )  # fmt: skip
    ax.annotate(
        label("plot.lorenz.equal", lang), (0.06, 0.93), (0, -24), xycoords="axes fraction",
        textcoords="offset points", va="top", color=GREY,
    )  # fmt: skip
    ax.plot(
        0.5, np.interp(0.5, across, up), "o", markersize=9, markerfacecolor="white",
        markeredgecolor=INK, markeredgewidth=1.8, zorder=4, gid="mark",
    )  # fmt: skip
    losses = (table["value"] < 0).any()
    headline(
        ax, _title(table, inequality, values.name, lang),
        label("plot.lorenz.about_loss" if losses else "plot.lorenz.about", lang),
    )  # fmt: skip
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, inequality, values.name, lang), lang)
    return ax


def _curve(values: pd.Series) -> pd.DataFrame:
    if not has_shares(values):
        raise DataError(
            f"the total of values is {values.sum():,.10g}, which is not above zero: nobody has a "
            "share of it.\nplot_pareto(values) shows the sums themselves; or keep who "
            "brings something: values[values > 0]."
        )
    table = values.sort_values(kind="stable").to_frame("value")
    table["customer_share"] = np.arange(1, len(table) + 1) / len(table)
    table["value_share"] = table["value"].cumsum() / values.sum()
    return table


def _title(table: pd.DataFrame, inequality: float, column: object, lang: str) -> str:
    name = value_name(column, lang)
    if table["value"].nunique() == 1:
        return counted("plot.pareto.title_equal", len(table), lang, value=name)
    half = np.interp(
        0.5, np.append(0.0, table["customer_share"]), np.append(0.0, table["value_share"])
    )
    shown = f"{inequality:.2f}"
    return label("plot.lorenz.title", lang, share=percent(half), value=name, gini=shown)


def _words(table: pd.DataFrame, inequality: float, column: object, lang: str) -> str:
    shown = f"{inequality:.2f}"
    return counted(
        "plot.lorenz.alt", len(table), lang, value=value_name(column, lang), gini=shown,
        title=_title(table, inequality, column, lang),
    )  # fmt: skip
