"""Draw what the best customers are expected to bring, and how sure that is."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.formats import number, tick
from rfmkit.labels import join_names, label, language
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
from rfmkit.plots.tiers import check_values
from rfmkit.plots.words import counted
from rfmkit.schema import DataError

_MAX_ROWS = 15


@house_style()
def plot_forecast(values: pd.DataFrame, *, ax: Axes | None = None, lang: str | None = None) -> Axes:
    r"""Draw the expected profit of the best customers with its interval.

    Parameters
    ----------
    values
        From `customer_lifetime_value`: `clv`, `lower` and `upper` (money).
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives `clv`, `lower` and `upper` of all customers, highest first; the
        first 15 are drawn.

    Raises
    ------
    DataError
        If there is no customer, or a column is missing or blank.

    Notes
    -----
    Source: Fader, Hardie and Lee 2005; Fader and Hardie 2013.

    Examples
    --------
    >>> values = pd.DataFrame({"clv": [90.0, 40], "lower": [0.0, 0], "upper": [300.0, 150]},
    ...                       index=["A", "B"])
    >>> plot_forecast(values, lang="en").get_title(loc="left").replace("\n", " ")
    'A is worth most: about 90 (between 0 and 300)'
    """
    lang = language(lang)
    columns = ["clv", "lower", "upper"]
    if not isinstance(values, pd.DataFrame) or not set(columns) <= set(values.columns):
        raise DataError(
            "values must be the table of customer_lifetime_value, with clv, lower and upper."
        )
    table = pd.DataFrame({name: check_values(values[name], name=name) for name in columns})
    table = table.sort_values("clv", ascending=False, kind="stable")
    drawn = table.iloc[:_MAX_ROWS]
    rows = range(len(drawn))
    ax = axes_for(ax, (7.6, 1.9 + 0.3 * max(len(drawn), 3)))
    ax.barh(
        rows, drawn["upper"] - drawn["lower"], 0.5, left=drawn["lower"], color=FILL, gid="interval"
    )
    ax.plot(
        drawn["clv"],
        rows,
        "o",
        markersize=8,
        color=STRONG,
        markeredgecolor="white",
        zorder=4,
        gid="mark",
    )
    for row, (clv, upper) in enumerate(zip(drawn["clv"], drawn["upper"], strict=True)):
        ax.annotate(
            number(clv),
            (max(clv, upper), row),
            (6, 0),
            textcoords="offset points",
            va="center_baseline",
        )
    ax.set_yticks(rows, [str(name) for name in drawn.index])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(max(len(drawn), 2) - 0.4, -0.6)
    low, high = min(drawn["lower"].min(), 0), max(drawn["upper"].max(), drawn["clv"].max(), 0)
    ax.set_xlim(low, low + ((high - low) or 1) * 1.15)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5))
    ax.xaxis.set_major_formatter(FuncFormatter(tick))
    ax.grid(axis="x", color=FAINT)
    ax.set_xlabel(label("plot.forecast.value", lang, unit=label("plot.money", lang)))
    about = counted("plot.forecast.about", len(drawn), lang, all=number(len(table)))
    headline(ax, _title(table, lang), about)
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, lang), lang)
    return ax


def _title(table: pd.DataFrame, lang: str) -> str:
    best = table.iloc[0]
    return label(
        "plot.forecast.title",
        lang,
        name=table.index[0],
        clv=number(best["clv"]),
        lower=number(best["lower"]),
        upper=number(best["upper"]),
    )


def _words(table: pd.DataFrame, lang: str) -> str:
    first = [
        label(
            "plot.forecast.row",
            lang,
            name=name,
            clv=number(row["clv"]),
            lower=number(row["lower"]),
            upper=number(row["upper"]),
        )
        for name, row in table.iloc[:3].iterrows()
    ]
    return counted(
        "plot.forecast.alt",
        len(table),
        lang,
        first=join_names(first, lang),
        title=_title(table, lang),
    )
