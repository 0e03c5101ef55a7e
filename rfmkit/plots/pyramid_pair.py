"""Draw the pyramid of customers beside the inverted pyramid of what they bring."""

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.pyramid_parts import bar_scale, hide_axes, pyramid_title, pyramid_words
from rfmkit.plots.style import GREY, INK, axes_for, headline, house_style, keep_style
from rfmkit.plots.tiers import tier_colours, tier_name, tier_shares, value_name
from rfmkit.plots.words import number, percent

CENTRES = (0.38, 0.78)  # of the width: the middles of the two pyramids


@house_style()
def plot_customer_value_pyramids(
    values: pd.Series, tiers: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw the pyramid of customers beside the inverted pyramid of what they bring.

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
        and `value_share` (0 to 1; blank when the total is not above zero). The width of a step
        is the share; a tier at a loss has a hatched step.

    Raises
    ------
    DataError
        If there is no customer, a value or tier is blank, or the customers differ.

    Notes
    -----
    Source: figure 5-2 of the textbook is lost; this drawing is the kit's own.

    Examples
    --------
    >>> profit = pd.Series([60.0, 30.0, 6.0, 4.0], name="profit")
    >>> tiers = pd.Series(["gold", "iron", "lead", "lead"])
    >>> print(plot_customer_value_pyramids(profit, tiers, lang="en").get_title(loc="left"))
    “gold”: 25% of customers, 60% of profit
    """
    lang = language(lang)
    table = tier_shares(values, tiers)
    many = len(table)
    ax = axes_for(ax, (7.6, 1.7 + 0.6 * max(many, 2)))
    colours = tier_colours(list(table.index))
    shares, _, _ = bar_scale(table)
    blank = table["value_share"].isna().any()
    widest = max(table["customer_share"].max(), shares.abs().max(), 1e-9)
    for row, code in enumerate(table.index):
        for centre, share in zip(
            CENTRES, (table["customer_share"].iloc[row], shares.iloc[row]), strict=True
        ):
            width = abs(share) / widest * 0.32
            ax.barh(
                row + 0.47, width, 0.86, left=centre - width / 2, facecolor=colours[code],
                hatch="///" if share < 0 else None, edgecolor="white", linewidth=0,
            )  # fmt: skip
            text = (
                number(table["value"].iloc[row])
                if blank and centre == CENTRES[1]
                else percent(share)
            )
            ax.annotate(
                text, (centre + width / 2, row + 0.47), (5, 0), textcoords="offset points",
                va="center", color=INK,
            )  # fmt: skip
        ax.text(0, row + 0.47, tier_name(code, lang), va="center", color=INK)
    heads = (label("plot.head.customers", lang), value_name(values.name, lang))
    for centre, head in zip(CENTRES, heads, strict=True):
        ax.text(centre, -0.16, head[:1].upper() + head[1:], ha="center", va="bottom", color=GREY)
    hide_axes(ax, many)
    about = "plot.pyramids.about" if not blank else "plot.pyramid.no_total"
    headline(ax, pyramid_title(table, values.name, lang), label(about, lang), lift=10)
    keep_style(ax)
    remember(ax, table, lambda lang: pyramid_words(table, values.name, lang, "pyramids"), lang)
    return ax
