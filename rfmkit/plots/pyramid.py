"""Draw tiers as a pyramid: customers narrow upwards, value does the opposite."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.pyramid_parts import bar_scale, hide_axes, pyramid_title, pyramid_words
from rfmkit.plots.style import (
    BASE,
    GREY,
    RULE,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
)
from rfmkit.plots.tiers import ink_on, tier_colours, tier_name, tier_shares, value_name
from rfmkit.plots.words import number, percent

LEFT, MIDDLE, HALF = 0.1, 0.31, 0.18  # of the width: numbers, axis and half base of the pyramid


@house_style()
def plot_pyramid(
    values: pd.Series, tiers: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw the tiers as layers of a pyramid, with their customers (left) and value (bars).

    Parameters
    ----------
    values
        What each customer brings, such as profit or spend (money); its name is shown.
    tiers
        The tier of each customer, best first, in the same order of customers.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a tier: `customers`, `customer_share` (0 to 1), `value`
        and `value_share` (0 to 1; blank when the total is not above zero, and the bars then show
        the values themselves).

    Raises
    ------
    DataError
        If there is no customer, a value or tier is blank, or the customers differ.

    Notes
    -----
    Source: Zeithaml, Rust and Lemon 2001 for the four layers; figure 5-1 of the textbook is lost,
    so this drawing is the kit's own.

    Examples
    --------
    >>> profit = pd.Series([60.0, 30.0, 15.0, -5.0], name="profit")
    >>> tiers = pd.Series(["gold", "iron", "iron", "lead"])
    >>> print(plot_pyramid(profit, tiers, lang="en").get_title(loc="left"))
    “gold”: 25% of customers, 60% of profit; “lead” loses 5%
    """
    lang = language(lang)
    table = tier_shares(values, tiers)
    ax = axes_for(ax, (7.6, 1.7 + 0.75 * max(len(table), 2)))
    colours = tier_colours(list(table.index))
    many = len(table)
    width = ax.bbox.width * 72 / ax.figure.dpi
    shares, scale, zero = bar_scale(table)
    ax.plot([zero, zero], [-0.12, many - 0.04], color=RULE, linewidth=0.8)
    for row, code in enumerate(table.index):
        fill, middle = colours[code], row + 0.48
        edges = [HALF * row / many, HALF * (row + 0.94) / many]
        corners = [(MIDDLE - edges[0], row), (MIDDLE + edges[0], row)]
        corners += [(MIDDLE + edges[1], row + 0.94), (MIDDLE - edges[1], row + 0.94)]
        ax.add_patch(Polygon(corners, facecolor=fill, edgecolor="none"))
        name, inner = tier_name(code, lang), 2 * HALF * (row + 0.3) / many * width
        if text_width(name, BASE) < inner:
            ax.text(MIDDLE, middle, name, ha="center", va="center", color=ink_on(fill), gid="fill")
        else:
            ax.annotate(
                name, (MIDDLE + (edges[0] + edges[1]) / 2, middle), (14, 8), va="center",
                textcoords="offset points", arrowprops={"arrowstyle": "-", "color": RULE},
            )  # fmt: skip
        ax.text(LEFT, middle, percent(table["customer_share"].iloc[row]), ha="right", va="center")
        length = shares.iloc[row] * scale
        ax.barh(middle, length, 0.62, left=zero, color=fill)
        text = percent(shares.iloc[row]) if table["value_share"].notna().all() else number(
            table["value"].iloc[row]
        )  # fmt: skip
        ax.annotate(
            text, (zero + max(length, 0), middle), (6, 0), textcoords="offset points", va="center"
        )
    heads = {LEFT: label("plot.head.customers", lang), zero: value_name(values.name, lang)}
    for place, text in heads.items():
        side = "right" if place == LEFT else "left"
        head = text[:1].upper() + text[1:]
        ax.text(place, -0.16, head, ha=side, va="bottom", color=GREY)
    hide_axes(ax, many)
    about = "plot.pyramid.about" if table["value_share"].notna().all() else "plot.pyramid.no_total"
    headline(ax, pyramid_title(table, values.name, lang), label(about, lang), lift=10)
    keep_style(ax)
    remember(ax, table, lambda lang: pyramid_words(table, values.name, lang, "pyramid"), lang)
    return ax
