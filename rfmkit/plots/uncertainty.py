"""Draw how sure numbers are: intervals, the lift of tiers in a holdout, customers near a cut."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.formats import number, percent, tick
from rfmkit.headlines import MIN_CUSTOMERS, between
from rfmkit.labels import join_names, label, language
from rfmkit.plots.class_rows import number_columns
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    CUT,
    CUT_DASHES,
    FAINT,
    FILL,
    GREY,
    INK,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import tier_codes, tier_name
from rfmkit.plots.words import counted
from rfmkit.schema import DataError
from rfmkit.uncertainty import UNITS, Interval, describe_interval, written_ends
from rfmkit.validation import require_columns

_LIFT = ["customers", "customer_share", "back", "later_share"]
_MEASURES = {
    "lift": ["lift", "lift_low", "lift_high"],
    "back": ["back_share", "back_low", "back_high"],
}


@house_style()
def plot_intervals(
    intervals: Mapping[str, Interval],
    *,
    unit: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw estimates as dots and their intervals as lines, one row each.

    The title compares the highest with the lowest estimate. Of many rows those two may lie apart by
    chance too: compare few, or choose a higher confidence.

    Parameters
    ----------
    intervals
        Intervals of one unit and one confidence, each by its name: regions, years, segments.
    unit
        As for `describe_interval`; None for the intervals' own.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row an interval: `estimate`, `low`, `high`, `count`.

    Raises
    ------
    DataError
        If there is no interval, or they differ in unit or confidence.

    Examples
    --------
    >>> from rfmkit.uncertainty import share_interval
    >>> half_years = {"spring": share_interval(231, 300), "autumn": share_interval(150, 300)}
    >>> print(plot_intervals(half_years, lang="en").get_title(loc="left"))
    “spring” and “autumn” differ by more than chance: 77% against 50%
    """
    lang = language(lang)
    unit = _one_unit(intervals, unit)
    table = pd.DataFrame(
        {name: (one.estimate, one.low, one.high, one.count) for name, one in intervals.items()},
        index=["estimate", "low", "high", "count"],
    ).T.astype({"count": "int64"})
    rows = list(intervals.values())
    ax = axes_for(ax, (7.8, 1.9 + 0.5 * len(table)))
    whiskers(ax, table[["estimate", "low", "high"]].to_numpy(), filled=[True] * len(table))
    ax.set_yticks(range(len(table)), [str(name) for name in table.index])
    shares = unit == "share"
    ax.xaxis.set_major_formatter(FuncFormatter((lambda x, _: percent(x)) if shares else tick))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6))
    ax.set_xlabel(label(f"plot.intervals.axis_{unit}", lang, unit=label("plot.money", lang)))
    sentences = [describe_interval(one, unit=unit, lang=lang) for one in rows]
    number_columns(ax, {"": pd.Series(sentences)}, [INK])
    about = label("plot.intervals.about", lang, confidence=percent(rows[0].confidence))
    headline(ax, _difference(intervals, unit, lang), about)
    keep_style(ax)
    remember(ax, table, lambda lang: _interval_words(intervals, unit, lang), lang)
    return ax


@house_style()
def plot_lift(
    table: pd.DataFrame,
    *,
    measure: str = "lift",
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw what the customers of each tier did later, against all customers.

    A tier whose interval holds the value of all customers is hollow: its difference may be chance.

    Parameters
    ----------
    table
        From `lift_table`, of one method or of several.
    measure
        "lift": later spend a customer, all customers being 1. "back": the share who bought again.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the rows drawn: those of the tiers that have customers.

    Raises
    ------
    DataError
        If the table is not from `lift_table`, holds no customer, or nobody spent anything later.

    Notes
    -----
    Source: textbook section 5.2.3 says that RFM judges long-term value; this figure shows how well.

    Examples
    --------
    >>> from rfmkit.lift import holdout, lift_table
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "B", "A"],
    ...     "date": pd.to_datetime(["2021-01-05", "2021-02-03", "2021-07-01"]),
    ...     "amount": [100.0, 80.0, 50.0],
    ... })
    >>> held = holdout(tx, split="2021-07-01")
    >>> table = lift_table(held, pd.Series(["best", "other"], index=held.index))
    >>> print(plot_lift(table, lang="en").get_title(loc="left"))
    “best”: 50% of customers bring 100% of later spend
    """
    lang = language(lang)
    if measure not in _MEASURES:
        raise DataError(f"measure {measure!r} is not known; use 'lift' or 'back'.")
    require_columns(table, [*_LIFT, *_MEASURES[measure]], name="table")
    rows = table[table["customers"] > 0]
    if len(rows) == 0 or rows[_MEASURES[measure]].isna().any(axis=None):
        raise DataError(
            "table holds no customer, or nobody in it spent anything later.\n"
            "Choose a split that leaves purchases after it: holdout(tx, split=...)."
        )
    methods = rows.index.get_level_values("method") if rows.index.nlevels > 1 else None
    one = rows.iloc[(methods == methods[0]).nonzero()[0]] if methods is not None else rows
    everyone = 1.0 if measure == "lift" else float(one["back"].sum() / one["customers"].sum())
    ends = rows[_MEASURES[measure]].to_numpy(dtype="float64")
    positions = _row_positions(methods, len(rows))
    ax = axes_for(ax, (7.8, 2.3 + 0.36 * (positions[-1] + 1)))
    ax.axvline(everyone, color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.4, gid="everyone")
    differs = (ends[:, 1] > everyone) | (ends[:, 2] < everyone)
    whiskers(ax, ends, filled=differs, positions=positions)
    names = [tier_name(code, lang) for code in rows.index.get_level_values("tier")]
    heads = _method_heads(ax, methods, positions, lang)
    ax.set_yticks([*positions, *heads], [*names, *heads.values()])
    ax.set_ylim(positions[-1] + 0.6, min([*positions, *heads]) - 0.6)
    for text in ax.get_yticklabels()[len(positions) :]:
        text.set_color(STRONG)
    if measure == "back":
        ax.set_xlim(0, 1.02)
    else:
        ax.set_xlim(0, max(ends.max() * 1.04, 1.2))
    ax.xaxis.set_major_formatter(
        FuncFormatter((lambda x, _: percent(x)) if measure == "back" else tick)
    )
    ax.set_xlabel(label(f"plot.lift.axis_{measure}", lang))
    _columns(ax, rows, positions, lang)
    confidence = table.attrs.get("confidence")
    about = label(
        "plot.lift.about" if confidence is None else "plot.lift.about_confidence",
        lang,
        **({} if confidence is None else {"confidence": percent(confidence)}),
    )
    headline(ax, _lift_title(rows, measure, lang), about, lift=16)
    keep_style(ax)
    remember(ax, rows, lambda lang: _lift_words(rows, measure, lang), lang)
    return ax


@house_style()
def plot_stability(
    stability: pd.DataFrame, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw how many customers of each tier sit so near a cut that the tier is luck.

    Parameters
    ----------
    stability
        From `tier_stability`.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a tier: `customers`, `near_cut` (how many) and
        `near_share` (0 to 1).

    Raises
    ------
    DataError
        If the table is not from `tier_stability` or holds no customer.

    Examples
    --------
    >>> from rfmkit.abc_tiers import abc_tier
    >>> from rfmkit.stability import tier_stability
    >>> spend = pd.Series([900.0, 500, 100, 90, 80, 70, 60, 50, 40, 30])
    >>> stability = tier_stability(spend, lambda values: abc_tier(values, cuts=(0.2,)), seed=1)
    >>> print(plot_stability(stability, lang="en").get_title(loc="left"))
    3 of 10 customers sit so near a cut that their tier is luck
    """
    lang = language(lang)
    require_columns(stability, ["tier", "kept_share", "near_cut"], name="stability")
    if len(stability) == 0:
        raise DataError(
            "stability is empty: there is no customer to draw.\nTake it from tier_stability(...)."
        )
    codes = tier_codes(stability["tier"])
    near = stability["near_cut"].groupby(stability["tier"].astype(object))
    table = pd.DataFrame(
        {
            "customers": near.size().reindex(codes, fill_value=0),
            "near_cut": near.sum().reindex(codes, fill_value=0).astype("int64"),
        }
    ).rename_axis("tier")
    table["near_share"] = table["near_cut"] / table["customers"].where(table["customers"] > 0)
    ax = axes_for(ax, (7.8, 1.9 + 0.5 * len(table)))
    rows, share = np.arange(len(table)), table["near_share"].fillna(0).to_numpy()
    not_taken = np.where(table["customers"] > 0, 1 - share, 0)
    ax.barh(rows, share, height=0.62, color=STRONG, gid="near")
    ax.barh(rows, not_taken, left=share, height=0.62, color=FILL, gid="held")
    ax.set_yticks(rows, [tier_name(code, lang) for code in codes])
    ax.set_ylim(len(table) - 0.5, -0.6)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent(x)))
    ax.set_xlabel(label("plot.stability.axis", lang))
    luck = [
        label("plot.stability.of", lang, near=number(near), customers=number(customers))
        for near, customers in zip(table["near_cut"], table["customers"], strict=True)
    ]
    least = [_least_sure(stability, code) for code in codes]
    columns = {
        label("plot.stability.head_near", lang): luck,
        label("plot.stability.head_least", lang): least,
    }
    number_columns(ax, columns, [INK, GREY])
    sure = stability.attrs.get("sure")
    about = (
        label("plot.stability.about", lang)
        if sure is None
        else label("plot.stability.about_sure", lang, sure=percent(sure))
    )
    headline(ax, _stability_title(table, lang), about, lift=16)
    keep_style(ax)
    remember(ax, table, lambda lang: _stability_words(table, lang), lang)
    return ax


def whiskers(ax: Axes, ends: np.ndarray, *, filled: Any, positions: Any = None) -> None:
    """Draw dots with whiskers: estimate, low and high a row."""
    positions = np.arange(len(ends)) if positions is None else positions
    for (estimate, low, high), place, full in zip(ends, positions, filled, strict=True):
        ax.plot(
            [low, high],
            [place, place],
            color=STRONG,
            linewidth=2.4,
            zorder=2,
            gid="whisker",
            solid_capstyle="butt",
            marker="|",
            markersize=9,
            markeredgewidth=1.8,
        )
        ax.plot(
            estimate,
            place,
            "o",
            markersize=9,
            color=STRONG,
            zorder=3,
            gid="estimate",
            markerfacecolor=STRONG if full else "white",
            markeredgewidth=1.8,
        )
    ax.set_ylim(positions[-1] + 0.6, positions[0] - 0.6)
    ax.grid(axis="x", color=FAINT)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", labelcolor=INK, pad=6)


def _one_unit(intervals: Mapping[str, Interval], unit: str | None) -> str:
    right = isinstance(intervals, Mapping) and len(intervals) > 0
    if not right or not all(isinstance(one, Interval) for one in intervals.values()):
        raise DataError(
            "intervals must be a dictionary of intervals by name, with at least one.\n"
            "Such as {'north': share_interval(40, 50), 'south': share_interval(30, 50)}."
        )
    units = {one.unit if unit is None else unit for one in intervals.values()}
    confidences = {one.confidence for one in intervals.values()}
    if len(units) > 1 or len(confidences) > 1:
        raise DataError(
            f"intervals have the units {sorted(units)} and confidences {sorted(confidences)}; on "
            "one axis only one of each can be read.\nDraw a figure for each."
        )
    if not units <= set(UNITS):
        raise DataError(f"unit {unit!r} is not known; use one of {', '.join(UNITS)}.")
    return units.pop()


def _difference(intervals: Mapping[str, Interval], unit: str, lang: str) -> str:
    names = sorted(intervals, key=lambda name: intervals[name].estimate, reverse=True)
    top, last = names[0], names[-1]
    if len(names) == 1:
        sentence = describe_interval(intervals[top], unit=unit, lang=lang)
        return label("plot.intervals.title_one", lang, name=top, sentence=sentence)
    apart = intervals[top].low > intervals[last].high
    key = "plot.intervals.title_apart" if apart else "plot.intervals.title_overlap"
    sign = "%" if unit in ("share", "percent") else ""
    written = [written_ends(intervals[name], unit)[0] + sign for name in (top, last)]
    return label(key, lang, top=top, last=last, first=written[0], second=written[1])


def _interval_words(intervals: Mapping[str, Interval], unit: str, lang: str) -> str:
    parts = [
        label(
            "plot.intervals.row",
            lang,
            name=name,
            sentence=describe_interval(one, unit=unit, lang=lang),
        )
        for name, one in intervals.items()
    ]
    return label(
        "plot.intervals.alt",
        lang,
        title=_difference(intervals, unit, lang),
        rows=label("plot.and_then", lang).join(parts),
        confidence=percent(next(iter(intervals.values())).confidence),
    )


def method_name(method: object, lang: str) -> str:
    """Name a method of `holdout_tiers`; a name of one's own stays."""
    try:
        return label(f"holdout.method.{method}", lang)
    except KeyError:
        return str(method)


def _row_positions(methods: pd.Index | None, count: int) -> list[float]:
    """Place rows from the top down, with room for a heading above each method."""
    if methods is None:
        return list(range(count))
    positions, place = [], 0.0
    for row in range(count):
        if row == 0 or methods[row] != methods[row - 1]:
            place += 1.0 if row == 0 else 1.4
        positions.append(place)
        place += 1
    return positions


def _method_heads(
    ax: Axes, methods: pd.Index | None, positions: list[float], lang: str
) -> dict[float, str]:
    if methods is None:
        return {}
    starts = [row for row in range(len(positions)) if row == 0 or methods[row] != methods[row - 1]]
    for row in starts[1:]:
        ax.axhline(positions[row] - 1.7, color=FAINT, linewidth=0.8)
    return {positions[row] - 1: method_name(methods[row], lang) for row in starts}


def _columns(ax: Axes, rows: pd.DataFrame, positions: list[float], lang: str) -> None:
    """Print customers and their part of later spend to the right of each row."""
    edge = 0.0
    for head, texts, ink in (
        ("plot.head.customers", rows["customers"].map(number), INK),
        ("plot.lift.head_share", rows["later_share"].map(percent), GREY),
    ):
        edge += 84
        place = {
            "textcoords": "offset points",
            "ha": "right",
            "color": ink,
            "annotation_clip": False,
        }
        ax.annotate(
            label(head, lang), (1, 1), (edge, 5), xycoords="axes fraction", va="bottom", **place
        )
        for at, text in zip(positions, texts, strict=True):
            ax.annotate(
                text,
                (1, at),
                (edge, 0),
                xycoords=("axes fraction", "data"),
                va="center_baseline",
                **place,
            )


def _later_interval(row: pd.Series, measure: str) -> Interval | None:
    """Return the interval of what the title names: the share who came back, or of later spend."""
    if row["customers"] < MIN_CUSTOMERS:
        return None
    estimate, low, high = row[_MEASURES[measure]]
    # Lift is the share of later spend over the share of customers.
    part = 1.0 if measure == "back" else row["customer_share"]
    ends = (estimate * part, low * part, high * part)
    return Interval(*ends, 0.95, "", int(row["customers"]), "share")


def _lift_title(rows: pd.DataFrame, measure: str, lang: str) -> str:
    if rows.index.nlevels == 1:
        first, last = rows.iloc[0], rows.iloc[-1]
        values = {"tier": tier_name(rows.index[0], lang), "last": tier_name(rows.index[-1], lang)}
        sure = between(_later_interval(first, measure), lang)
        if measure == "back":
            return label(
                "plot.lift.title_back",
                lang,
                share=percent(first["back_share"]),
                other=percent(last["back_share"]),
                between=sure,
                **values,
            )
        return label(
            "plot.lift.title_lift",
            lang,
            tier=values["tier"],
            customers=percent(first["customer_share"]),
            share=percent(first["later_share"]),
            between=sure,
        )
    parts = []
    for method, table in rows.groupby(level="method", sort=False):
        first, last = table.iloc[0], table.iloc[-1]
        pair = (
            (first["customer_share"], first["later_share"])
            if measure == "lift"
            else (first["back_share"], last["back_share"])
        )
        parts.append(
            label(
                f"plot.lift.part_{measure}",
                lang,
                method=method_name(method, lang),
                first=percent(pair[0]),
                second=percent(pair[1]),
            )
        )
    return label(f"plot.lift.title_many_{measure}", lang, parts=join_names(parts, lang))


def _lift_words(rows: pd.DataFrame, measure: str, lang: str) -> str:
    estimate, low, high = _MEASURES[measure]
    parts = []
    for key, row in rows.iterrows():
        method, code = key if isinstance(key, tuple) else (None, key)
        name = tier_name(code, lang)
        unit = "share" if measure == "back" else "number"
        ends = Interval(row[estimate], row[low], row[high], 0.95, "", int(row["customers"]), unit)
        parts.append(
            label(
                "plot.intervals.row",
                lang,
                name=name if method is None else f"{method_name(method, lang)} {name}",
                sentence=describe_interval(ends, lang=lang),
            )
        )
    return label(
        f"plot.lift.alt_{measure}",
        lang,
        title=_lift_title(rows, measure, lang),
        rows=label("plot.and_then", lang).join(parts),
    )


def _least_sure(stability: pd.DataFrame, code: object) -> str:
    own = stability[(stability["tier"] == code) & stability["near_cut"]]
    least = own["kept_share"].sort_values(kind="stable").head(2)
    return "  ".join(f"{name} {percent(share)}" for name, share in least.items())


def _stability_title(table: pd.DataFrame, lang: str) -> str:
    everyone, near = int(table["customers"].sum()), int(table["near_cut"].sum())
    if near == 0:
        return counted("plot.stability.title_none", everyone, lang)
    return counted("plot.stability.title", near, lang, everyone=number(everyone))


def _stability_words(table: pd.DataFrame, lang: str) -> str:
    parts = [
        label(
            "plot.stability.row",
            lang,
            name=tier_name(code, lang),
            near=number(row["near_cut"]),
            customers=number(row["customers"]),
        )
        for code, row in table.iterrows()
    ]
    return label(
        "plot.stability.alt",
        lang,
        title=_stability_title(table, lang),
        rows=label("plot.and_then", lang).join(parts),
    )
