"""Draw how few customers bring most: the Pareto curve, and the whale curve with losses."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.pareto_parts import curve_of, end_of_top, pareto_title, pareto_words
from rfmkit.plots.style import (
    FAINT,
    GREY,
    INK,
    RULE,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import (
    check_values,
    tier_codes,
    tier_colours,
    tier_name,
    tint,
    value_name,
)
from rfmkit.plots.words import number, percent, tick

MOST_POINTS = 2000  # of a line; more can not be told apart


@house_style()
def plot_pareto(
    values: pd.Series,
    *,
    tiers: pd.Series | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw the share of the total that the best customers bring, highest first.

    Customers at a loss pull the curve down again from above 100 % (the whale curve).

    Parameters
    ----------
    values
        What each customer brings, such as profit or spend (money); its name is shown.
    tiers
        The tier of each customer by these very values, from `abc_tier`; None marks the top 20 %.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a customer, highest first: `value`, `customer_share`
        (cumulative, 0 to 1), `cumulative` (of the value), `value_share` (cumulative; blank when
        the total is not above zero, and the curve then shows the sums themselves) and `tier`.

    Raises
    ------
    DataError
        If there is no customer, a value is blank, or the tiers do not follow the values.

    Notes
    -----
    Source: textbook section 5.2.1; the whale curve is common practice.

    Examples
    --------
    >>> profit = pd.Series([80.0, 10.0, 5.0, 3.0, 2.0], name="profit")
    >>> print(plot_pareto(profit, lang="en").get_title(loc="left"))
    The top 20% of customers bring 80% of profit
    """
    lang = language(lang)
    table = curve_of(check_values(values), tiers)
    shares = bool(table["value_share"].notna().all())
    height = table["value_share"] if shares else table["cumulative"]
    across, up = np.append(0.0, table["customer_share"]), np.append(0.0, height)

    ax = axes_for(ax, (7.6, 5.2))
    ax.plot([0, 1], [0, up[-1]], color=RULE, linewidth=1, gid="equal")
    ax.axhline(0, color=RULE, linewidth=0.8)
    marks = _tier_marks(table) if tiers is not None else [(0, end_of_top(table), None)]
    colours = tier_colours(tier_codes(tiers)) if tiers is not None else {None: STRONG}
    for start, end, code in marks if tiers is not None else [(0, len(table), None)]:
        part = slice(start, end + 1)
        keep = np.unique(np.linspace(0, end - start, MOST_POINTS).astype(int))
        x, y = across[part][keep], up[part][keep]
        ax.fill_between(x, y, color=tint(colours[code]), linewidth=0, zorder=0.6)
        ax.plot(x, y, color=colours[code], linewidth=3, solid_capstyle="round", gid="curve")
    ax.set_xlim(0, 1)
    room = (up.max() - min(up.min(), 0)) or 1.0  # all sums zero: the line lies on the axis
    ax.set_ylim(min(up.min(), 0) * 1.05, up.max() + (0.02 if up.max() <= 1 else 0.1) * room)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent(x)))
    ax.yaxis.set_major_formatter(FuncFormatter((lambda y, _: percent(y)) if shares else tick))
    if shares and room < 1.6:
        ax.yaxis.set_major_locator(MultipleLocator(0.2))
    ax.grid(axis="y", color=FAINT)
    ax.set_xlabel(label("plot.pareto.customers", lang))
    name = value_name(values.name, lang)
    ax.set_ylabel(label("plot.pareto.share" if shares else "plot.pareto.sum", lang, value=name))
    _label_marks(ax, across, up, marks, shares, lang)
    about = label("plot.pareto.about", lang) if shares else label("plot.pareto.about_sum", lang)
    headline(ax, pareto_title(table, values.name, lang), about)
    keep_style(ax)
    remember(ax, table, lambda lang: pareto_words(table, values.name, lang), lang)
    return ax


def _tier_marks(table: pd.DataFrame) -> list[tuple[int, int, object]]:
    sizes = table["tier"].value_counts(sort=False)
    ends = sizes.cumsum()
    return [(ends[code] - sizes[code], ends[code], code) for code in ends.index if sizes[code]]


def _label_marks(ax: Axes, across, up, marks, shares: bool, lang: str) -> None:
    # Below a curve that bends down there is room: labels stand to the right of and under marks.
    floor, top = ax.get_ylim()
    taken = top + (top - floor)
    for _, end, code in reversed(marks):
        x, y = across[end], up[end]
        if code is None and not shares:
            continue  # the old rule of thumb is one of shares
        ax.plot([x, x], [0, y], color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=1.5)
        ax.plot(
            x, y, "o", markersize=9, markerfacecolor="white", markeredgecolor=INK,
            markeredgewidth=1.8, clip_on=False, zorder=4, gid="mark",
        )  # fmt: skip
        arrow = f"{percent(x)} → {percent(y) if shares else number(y)}"
        words = arrow if code is None else tier_name(code, lang)
        if code is not None and end < len(across) - 1:
            words += f"  {arrow}"
        place = min(y - 0.02 * (top - floor), taken - 0.075 * (top - floor))
        right = x > 0.62
        taken = place
        ax.annotate(
            words, (x, place), (-10 if right else 9, 0), textcoords="offset points",
            ha="right" if right else "left", va="top", zorder=5,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none",
                  "alpha": 0.75},
        )  # fmt: skip
