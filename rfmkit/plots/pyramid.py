"""Draw tiers as a pyramid: customers narrow upwards, value does the opposite."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from rfmkit.formats import number, percent
from rfmkit.headlines import between, parts_of, whisker_note
from rfmkit.labels import join_names, label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.marks import whisker_ends
from rfmkit.plots.style import (
    BASE,
    GREY,
    INK,
    RULE,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
)
from rfmkit.plots.tiers import ink_on, tier_colours, tier_name, tier_shares, value_name
from rfmkit.plots.words import counted
from rfmkit.uncertainty import Interval

LEFT, MIDDLE, HALF = 0.1, 0.31, 0.18  # of the width: numbers, axis and half base of the pyramid


@house_style()
def plot_pyramid(
    values: pd.Series, tiers: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw the tiers as layers as wide as their customers (left), beside their value (right).

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
    so this drawing is the kit's own: the width of a layer is its share of customers.

    Examples
    --------
    >>> profit = pd.Series([60.0, 30.0, 15.0, -5.0], name="profit")
    >>> tiers = pd.Series(["gold", "iron", "iron", "lead"])
    >>> print(plot_pyramid(profit, tiers, lang="en").get_title(loc="left"))
    “gold”: 25% of customers, 60% of profit; “lead” loses 5%
    """
    lang = language(lang)
    table = tier_shares(values, tiers)
    sure = _intervals(table, values, tiers)
    ax = axes_for(ax, (7.6, 1.7 + 0.75 * max(len(table), 2)))
    colours = tier_colours(list(table.index))
    many = len(table)
    width = ax.bbox.width * 72 / ax.figure.dpi
    shares, scale, zero = bar_scale(table, sure)
    ax.plot([zero, zero], [-0.12, many - 0.04], color=RULE, linewidth=0.8)
    for row, code in enumerate(table.index):
        fill, middle = colours[code], row + 0.48
        half = HALF * table["customer_share"].iloc[row] / table["customer_share"].max()
        corners = [(MIDDLE - half, row), (MIDDLE + half, row)]
        corners += [(MIDDLE + half, row + 0.94), (MIDDLE - half, row + 0.94)]
        ax.add_patch(Polygon(corners, facecolor=fill, edgecolor="none"))
        name = tier_name(code, lang)
        if text_width(name, BASE) < 2 * half * width - 6:
            ax.text(MIDDLE, middle, name, ha="center", va="center", color=ink_on(fill), gid="fill")
        else:
            ax.annotate(
                name,
                (MIDDLE + half, middle),
                (6, 0),
                va="center",
                textcoords="offset points",
            )
        ax.text(LEFT, middle, percent(table["customer_share"].iloc[row]), ha="right", va="center")
        length = shares.iloc[row] * scale
        ax.barh(middle, length, 0.62, left=zero, color=fill)
        text = (
            percent(shares.iloc[row])
            if table["value_share"].notna().all()
            else number(table["value"].iloc[row])
        )
        end = max(length, 0)
        if code in sure:
            low, high = sure[code].low * scale, sure[code].high * scale
            whisker_ends(ax, zero + low, zero + high, middle)
            end = max(end, high)
        ax.annotate(text, (zero + end, middle), (6, 0), textcoords="offset points", va="center")
    heads = {LEFT: label("plot.head.customers", lang), zero: value_name(values.name, lang)}
    for place, text in heads.items():
        side = "right" if place == LEFT else "left"
        head = text[:1].upper() + text[1:]
        ax.text(place, -0.16, head, ha=side, va="bottom", color=GREY)
    hide_axes(ax, many)
    about = "plot.pyramid.about" if table["value_share"].notna().all() else "plot.pyramid.no_total"
    note = label(about, lang) + whisker_note(sure, lang)
    headline(ax, pyramid_title(table, values.name, sure, lang), note, lift=10)
    keep_style(ax)
    remember(ax, table, lambda lang: pyramid_words(table, values.name, sure, lang, "pyramid"), lang)
    return ax


BARS, END = 0.6, 0.91  # of the width: where the bars of value start and end


def _intervals(table: pd.DataFrame, values: pd.Series, tiers: pd.Series) -> dict[object, Interval]:
    """Estimate the share of value of each tier, if there are shares."""
    if table["value_share"].isna().any():
        return {}
    return parts_of(values, tiers, table.index)


def bar_scale(table: pd.DataFrame, sure: dict[object, Interval]) -> tuple[pd.Series, float, float]:
    """Return what the bars show, the points of width for one unit, and the place of zero."""
    displayed = table["value_share"] if table["value_share"].notna().all() else table["value"]
    ends = [end for one in sure.values() for end in (one.low, one.high)]
    low, high = min(displayed.min(), 0.0, *ends), max(displayed.max(), 0.0, *ends)
    scale = (END - BARS) / ((high - low) or 1.0)
    return displayed, scale, BARS - low * scale


def hide_axes(ax: Axes, many: int) -> None:
    """Hide the axes' frame and ticks, and set rows of height 1 below a heading."""
    ax.set_xlim(0, 1)
    ax.set_ylim(many, -0.5)
    ax.set_axis_off()


def pyramid_title(
    table: pd.DataFrame, column: object, sure: dict[object, Interval], lang: str
) -> str:
    """Write the title: what the first tier brings, and what the last one costs."""
    non_empty = table[table["customers"] > 0]
    first, last = non_empty.iloc[0], non_empty.iloc[-1]
    names = {
        "tier": tier_name(non_empty.index[0], lang),
        "people": percent(first["customer_share"]),
        "value": value_name(column, lang),
    }
    if table["value_share"].isna().any():
        return label("plot.pyramid.title_no_total", lang, **names, sum=number(table["value"].sum()))
    title = label("plot.pyramid.title", lang, **names, share=percent(first["value_share"]))
    title += between(sure.get(non_empty.index[0]), lang)
    if last["value_share"] < 0:
        title += label(
            "plot.pyramid.loss",
            lang,
            tier=tier_name(non_empty.index[-1], lang),
            loss=percent(-last["value_share"]),
        )
    return title


def pyramid_words(
    table: pd.DataFrame, column: object, sure: dict[object, Interval], lang: str, kind: str
) -> str:
    """Describe the whole figure, tier by tier."""
    blank = table["value_share"].isna().any()
    rows = [
        f"{tier_name(code, lang)} {percent(row['customer_share'])} / "
        + (number(row["value"]) if blank else percent(row["value_share"]))
        for code, row in table.iterrows()
    ]
    return counted(
        f"plot.{kind}.alt",
        int(table["customers"].sum()),
        lang,
        rows=join_names(rows, lang),
        value=value_name(column, lang),
        title=pyramid_title(table, column, sure, lang),
    )


CENTRES = (0.38, 0.78)  # of the width: the middles of the two pyramids


@house_style()
def plot_customer_value_pyramids(
    values: pd.Series, tiers: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw the pyramid of customers beside the inverted pyramid of what they bring.

    Parameters
    ----------
    values, tiers, ax, lang
        As for `plot_pyramid`.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the table of `plot_pyramid`. The width of a step is the share; a
        tier at a loss has a hatched step.

    Raises
    ------
    DataError
        As `plot_pyramid`.

    Notes
    -----
    Source: textbook figure 5-2, which is lost; this drawing is the kit's own.

    Examples
    --------
    >>> profit = pd.Series([60.0, 30.0, 6.0, 4.0], name="profit")
    >>> tiers = pd.Series(["gold", "iron", "lead", "lead"])
    >>> print(plot_customer_value_pyramids(profit, tiers, lang="en").get_title(loc="left"))
    “gold”: 25% of customers, 60% of profit
    """
    lang = language(lang)
    table = tier_shares(values, tiers)
    sure = _intervals(table, values, tiers)
    many = len(table)
    ax = axes_for(ax, (7.6, 1.7 + 0.6 * max(many, 2)))
    colours = tier_colours(list(table.index))
    shares, _, _ = bar_scale(table, {})
    blank = table["value_share"].isna().any()
    widest = max(table["customer_share"].max(), shares.abs().max(), 1e-9)
    for row, code in enumerate(table.index):
        for centre, share in zip(
            CENTRES, (table["customer_share"].iloc[row], shares.iloc[row]), strict=True
        ):
            width = abs(share) / widest * 0.32
            ax.barh(
                row + 0.47,
                width,
                0.86,
                left=centre - width / 2,
                facecolor=colours[code],
                hatch="///" if share < 0 else None,
                edgecolor="white",
                linewidth=0,
            )
            text = (
                number(table["value"].iloc[row])
                if blank and centre == CENTRES[1]
                else percent(share)
            )
            ax.annotate(
                text,
                (centre + width / 2, row + 0.47),
                (5, 0),
                textcoords="offset points",
                va="center",
                color=INK,
            )
        ax.text(0, row + 0.47, tier_name(code, lang), va="center", color=INK)
    heads = (label("plot.head.customers", lang), value_name(values.name, lang))
    for centre, head in zip(CENTRES, heads, strict=True):
        ax.text(centre, -0.16, head[:1].upper() + head[1:], ha="center", va="bottom", color=GREY)
    hide_axes(ax, many)
    about = "plot.pyramids.about" if not blank else "plot.pyramid.no_total"
    headline(ax, pyramid_title(table, values.name, sure, lang), label(about, lang), lift=10)
    keep_style(ax)
    remember(
        ax, table, lambda lang: pyramid_words(table, values.name, sure, lang, "pyramids"), lang
    )
    return ax
