"""Draw how few customers bring most: the Pareto curve, and the whale curve with losses."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from rfmkit.abc_tiers import gini, pareto_curve
from rfmkit.formats import number, percent, tick
from rfmkit.headlines import between, gini_of, lower_half_of, part_of, top_of, whisker_note
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
    TITLE,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import (
    check_same_customers,
    check_tiers,
    check_values,
    tier_codes,
    tier_colours,
    tier_name,
    tint,
    value_name,
)
from rfmkit.plots.words import counted
from rfmkit.schema import DataError
from rfmkit.thresholds import has_shares, round_up
from rfmkit.uncertainty import Interval
from rfmkit.validation import check_one_row_each

MAX_POINTS = 2000  # of a line; more cannot be distinguished


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
        keep = np.unique(np.linspace(0, end - start, MAX_POINTS).astype(int))
        x, y = across[part][keep], up[part][keep]
        ax.fill_between(x, y, color=tint(colours[code]), linewidth=0, zorder=0.6)
        ax.plot(x, y, color=colours[code], linewidth=3, solid_capstyle="round", gid="curve")
    ax.set_xlim(0, 1)
    spread = (up.max() - min(up.min(), 0)) or 1.0  # all sums zero: the line lies on the axis
    ax.set_ylim(min(up.min(), 0) * 1.05, up.max() + (0.02 if up.max() <= 1 else 0.1) * spread)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent(x)))
    ax.yaxis.set_major_formatter(FuncFormatter((lambda y, _: percent(y)) if shares else tick))
    if shares and spread < 1.6:
        ax.yaxis.set_major_locator(MultipleLocator(0.2))
    ax.grid(axis="y", color=FAINT)
    ax.set_xlabel(label("plot.pareto.customers", lang))
    name = value_name(values.name, lang)
    ax.set_ylabel(label("plot.pareto.share" if shares else "plot.pareto.sum", lang, value=name))
    sure = _pareto_interval(table)
    if sure is not None:
        whisker_ends(
            ax,
            sure.low,
            sure.high,
            table.iloc[_headline_end(table) - 1]["customer_share"],
            upright=True,
        )
        ax.set_ylim(ax.get_ylim()[0], max(ax.get_ylim()[1], sure.high + 0.02 * spread))
    _label_marks(ax, across, up, marks, shares, lang)
    about = label("plot.pareto.about", lang) if shares else label("plot.pareto.about_sum", lang)
    headline(ax, pareto_title(table, values.name, sure, lang), about + whisker_note(sure, lang))
    keep_style(ax)
    remember(ax, table, lambda lang: pareto_words(table, values.name, sure, lang), lang)
    return ax


def _tier_marks(table: pd.DataFrame) -> list[tuple[int, int, object]]:
    sizes = table["tier"].value_counts(sort=False)
    ends = sizes.cumsum()
    return [(ends[code] - sizes[code], ends[code], code) for code in ends.index if sizes[code]]


def _label_marks(ax: Axes, across, up, marks, shares: bool, lang: str) -> None:
    # There is space below a curve that bends down: labels are placed to the right and below marks.
    floor, top = ax.get_ylim()
    taken = top + (top - floor)
    for _, end, code in reversed(marks):
        x, y = across[end], up[end]
        if code is None and not shares:
            continue  # the old rule of thumb is one of shares
        ax.plot([x, x], [0, y], color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=1.5)
        ax.plot(
            x,
            y,
            "o",
            markersize=9,
            markerfacecolor="white",
            markeredgecolor=INK,
            markeredgewidth=1.8,
            clip_on=False,
            zorder=4,
            gid="mark",
        )
        arrow = f"{percent(x)} → {percent(y) if shares else number(y)}"
        words = arrow if code is None else tier_name(code, lang)
        if code is not None and end < len(across) - 1:
            words += f"  {arrow}"
        place = min(y - 0.02 * (top - floor), taken - 0.075 * (top - floor))
        right = x > 0.62
        taken = place
        ax.annotate(
            words,
            (x, place),
            (-10 if right else 9, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            va="top",
            zorder=5,
            bbox={
                "boxstyle": "round,pad=0.15",
                "facecolor": "white",
                "edgecolor": "none",
                "alpha": 0.75,
            },
        )


TOP = 0.2  # of the customers, rounded up to whole ones: the share of the old rule of thumb


def curve_of(values: pd.Series, tiers: pd.Series | None) -> pd.DataFrame:
    """Compute running totals from the highest value on, with shares and, if given, tiers."""
    check_one_row_each(values.index, name="values")
    if tiers is not None:
        check_tiers(tiers)
        check_same_customers(values, tiers, names=("values", "tiers"))
        categories = pd.Categorical(
            tiers.astype(object), categories=tier_codes(tiers), ordered=True
        )
        tiers = pd.Series(categories, index=values.index)
        # Equal customers are then in the order of their tiers.
        values = values.reindex(tiers.sort_values(kind="stable").index)
    if has_shares(values):
        curve = pareto_curve(values)
        table = curve[["value", "customer_share"]].copy()
        table["value_share"] = curve["cumulative_share"]
    else:
        table = values.sort_values(ascending=False, kind="stable").to_frame("value")
        table["customer_share"] = np.arange(1, len(table) + 1) / len(table)
        table["value_share"] = float("nan")
    table.insert(2, "cumulative", table["value"].cumsum())
    if tiers is not None:
        table["tier"] = tiers.reindex(table.index)
    if tiers is not None and (np.diff(table["tier"].cat.codes) < 0).any():
        wrong = table.index[1:][np.diff(table["tier"].cat.codes) < 0][0]
        raise DataError(
            f"tiers do not follow values: {wrong!r} is in a better tier than a customer who "
            "brings more.\nA Pareto curve needs tiers of these very values: abc_tier(values); "
            "for other tiers draw plot_pyramid(values, tiers)."
        )
    return table


def end_of_top(table: pd.DataFrame) -> int:
    """Find the customer to mark: the peak where customers lose money, else the end of the top."""
    if (table["value"] < 0).any():
        return int((table["value"] >= 0).sum())
    return round_up(TOP * len(table))


def _headline_end(table: pd.DataFrame) -> int:
    """Find the last customer of those the title is about."""
    if "tier" in table:
        return int((table["tier"] == table["tier"].iloc[0]).sum())
    return end_of_top(table)


def _pareto_interval(table: pd.DataFrame) -> Interval | None:
    """Estimate the share that the title names."""
    if table["value_share"].isna().any():
        return None
    if "tier" not in table and (table["value"] < 0).any():
        return part_of(table["value"], table["value"] >= 0)
    return top_of(table["value"], _headline_end(table) / len(table))


def pareto_title(table: pd.DataFrame, column: object, sure: Interval | None, lang: str) -> str:
    """Write the title: what the curve shows."""
    name, last = value_name(column, lang), table.iloc[-1]
    if table["value_share"].isna().any():
        return label("plot.pareto.title_no_total", lang, value=name, sum=number(last["cumulative"]))
    if len(table) == 1:
        return label("plot.pareto.title_one", lang, value=name)
    if table["value"].nunique() == 1:
        return counted("plot.pareto.title_equal", len(table), lang, value=name)
    row = table.iloc[_headline_end(table) - 1]
    shares = {
        "value": name,
        "people": percent(row["customer_share"]),
        "share": percent(row["value_share"]),
        "between": between(sure, lang),
    }
    if "tier" in table:
        tier = tier_name(table["tier"].iloc[0], lang)
        return label("plot.pareto.title_tier", lang, tier=tier, **shares)
    if (table["value"] < 0).any():
        return label(
            "plot.pareto.title_whale",
            lang,
            rest=percent(1 - row["customer_share"]),
            loss=percent(row["value_share"] - 1),
            **shares,
        )
    return label("plot.pareto.title", lang, **shares)


def pareto_words(table: pd.DataFrame, column: object, sure: Interval | None, lang: str) -> str:
    """Describe the whole figure."""
    name = value_name(column, lang)
    words = counted(
        "plot.pareto.alt",
        len(table),
        lang,
        value=name,
        title=pareto_title(table, column, sure, lang),
    )
    if "tier" not in table or table["value_share"].isna().any():
        return words
    ends = table.groupby("tier", observed=True)[["customer_share", "value_share"]].last()
    steps = [
        f"{tier_name(code, lang)} {percent(row.customer_share)} → {percent(row.value_share)}"
        for code, row in zip(ends.index, ends.itertuples(index=False), strict=True)
    ]
    return words + label("plot.pareto.alt_tiers", lang, steps=join_names(steps, lang))


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
    Source: textbook section 5.1.3, the third condition for tiering: values differ. The Gini
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
    sure = {"gini": gini_of(table["value"]), "half": lower_half_of(table["value"])}
    across = np.append(0.0, table["customer_share"])
    up = np.append(0.0, table["value_share"])
    keep = np.unique(np.linspace(0, len(table), MAX_POINTS).astype(int))
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
        f"Gini {inequality:.2f}",
        (0.06, 0.93),
        xycoords="axes fraction",
        va="top",
        fontsize=TITLE,
        color=INK,
    )
    below = [label("plot.lorenz.equal", lang)]
    if sure["gini"] is not None:
        below.insert(0, between(sure["gini"], lang).strip())
    ax.annotate(
        "\n".join(below),
        (0.06, 0.93),
        (0, -24),
        xycoords="axes fraction",
        textcoords="offset points",
        va="top",
        linespacing=1.5,
        color=GREY,
    )
    ax.plot(
        0.5,
        np.interp(0.5, across, up),
        "o",
        markersize=9,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.8,
        zorder=4,
        gid="mark",
    )
    if sure["half"] is not None:
        whisker_ends(ax, sure["half"].low, sure["half"].high, 0.5, upright=True)
    losses = (table["value"] < 0).any()
    headline(
        ax,
        _title(table, inequality, values.name, sure, lang),
        label("plot.lorenz.about_loss" if losses else "plot.lorenz.about", lang)
        + whisker_note(sure["half"], lang),
    )
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, inequality, values.name, sure, lang), lang)
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


def _title(
    table: pd.DataFrame,
    inequality: float,
    column: object,
    sure: dict[str, Interval | None],
    lang: str,
) -> str:
    name = value_name(column, lang)
    if table["value"].nunique() == 1:
        return counted("plot.pareto.title_equal", len(table), lang, value=name)
    half = np.interp(
        0.5, np.append(0.0, table["customer_share"]), np.append(0.0, table["value_share"])
    )
    rounded = f"{inequality:.2f}"
    return label(
        "plot.lorenz.title",
        lang,
        share=percent(half),
        value=name,
        gini=rounded,
        half_between=between(sure["half"], lang),
    )


def _words(
    table: pd.DataFrame,
    inequality: float,
    column: object,
    sure: dict[str, Interval | None],
    lang: str,
) -> str:
    rounded = f"{inequality:.2f}{between(sure['gini'], lang)}"
    return counted(
        "plot.lorenz.alt",
        len(table),
        lang,
        value=value_name(column, lang),
        gini=rounded,
        title=_title(table, inequality, column, sure, lang),
    )
