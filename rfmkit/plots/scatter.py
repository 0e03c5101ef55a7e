"""Draw every customer by recency, spend and number of purchases."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from rfmkit.formats import number, percent, tick
from rfmkit.headlines import between, part_of
from rfmkit.labels import join_names, label, language
from rfmkit.palette import CLASS_EDGES, CLASS_FILLS
from rfmkit.plots.class_rows import check_classes
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    BASE,
    CLASS_MARKERS,
    CLASSES_BY_PATTERN,
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
    wrap,
)
from rfmkit.plots.tiers import tier_colours, tier_name
from rfmkit.plots.words import axis_name, class_with_triple, counted, with_unit
from rfmkit.relationship.quadrants import quadrant
from rfmkit.rfm import high_low
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.thresholds import has_shares


@house_style()
def plot_rfm_scatter(
    rfm: pd.DataFrame,
    *,
    cuts: Mapping[str, float] | pd.Series,
    classes: pd.Series | None = None,
    money: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw customers by recency (right is recent) and spend (up is much), with the cut lines.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases; the size of the
        mark) and `monetary` (money; on a logarithmic axis when it is skewed).
    cuts
        A threshold for each of the three, from `rfm_cuts` or of one's own.
    classes
        The class of each customer, from `rfm_class`, for colours and shapes of the marks.
    money
        The unit of `monetary`; None writes 元 or NT$.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a customer: the three columns, `R`, `F`, `M` (True is
        high) and, if given, `class`.

    Raises
    ------
    DataError
        If the table is empty, a column or cut is missing or blank, or a class is unknown.

    Notes
    -----
    Source: textbook section 5.2.3; the figure is the kit's own.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> cuts = {"recency_days": 10, "frequency": 2, "monetary": 200}
    >>> plot_rfm_scatter(rfm, cuts=cuts, lang="en").get_title(loc="left")
    '1 of 2 customers is high on R, F and M, and brings 81% of spend'
    """
    lang = language(lang)
    levels = high_low(rfm, cuts=cuts)
    table = pd.concat([rfm[[RECENCY, FREQUENCY, MONETARY]], levels], axis=1)
    if classes is not None:
        check_classes(classes)
        if not rfm.index.equals(classes.index):
            raise DataError(
                "rfm and classes do not hold the same customers in the same order.\n"
                "Compute classes from this very table: rfm_class(high_low(rfm, cuts=...))."
            )
        table["class"] = classes
    facts = _facts(table)

    ax = axes_for(ax, (8.4 if classes is not None else 7.6, 5.4))
    set_scales(ax, table, cuts)
    draw_marks(ax, table, lang)
    draw_cut_lines(ax, cuts, lang, money)
    draw_corners(ax, table, cuts, lang)
    ax.set_xlabel(label("plot.scatter.recency", lang))
    ax.set_ylabel(axis_name(MONETARY, lang, money))
    scale = "plot.scatter.about" if ax.get_yscale() == "linear" else "plot.scatter.about_log"
    headline(ax, _title(facts, lang), label(scale, lang), lift=18)
    keep_style(ax)
    limits = {name: float(cuts[name]) for name in (RECENCY, FREQUENCY, MONETARY)}
    remember(ax, table, lambda lang: _words(facts, limits, lang, money), lang)
    return ax


def _facts(table: pd.DataFrame) -> dict[str, Any]:
    best, money = table[["R", "F", "M"]].all(axis=1), table[MONETARY]
    return {
        "everyone": len(table),
        "best": int(best.sum()),
        "share": float(money[best].sum() / money.sum()) if has_shares(money) else float("nan"),
        "sure": part_of(money, best) if has_shares(money) else None,
    }


def _title(facts: dict[str, Any], lang: str) -> str:
    form = "none" if facts["best"] == 0 else "one" if facts["best"] == 1 else "many"
    share = facts["share"]
    key = "plot.scatter.title" if share == share else "plot.scatter.title_no_spend"
    title = label(
        f"{key}.{form}",
        lang,
        n=number(facts["best"]),
        share=percent(share),
        everyone=counted("plot.customers", facts["everyone"], lang),
    )
    return title + between(facts["sure"], lang)


def _words(facts: dict[str, Any], cuts: dict[str, float], lang: str, money: str | None) -> str:
    visible = {name: with_unit(value, name, lang, money) for name, value in cuts.items()}
    return label("plot.scatter.alt", lang, title=_title(facts, lang), **visible)


SKEWED = 8  # times the typical spend: from here on a straight axis squeezes most customers
MANY = 300  # customers: from here on marks are smaller and lighter
MARGIN = 0.15  # of the height, above and below the marks, for the words in the corners

_halo = [withStroke(linewidth=3, foreground="white")]


def set_scales(ax: Axes, table: pd.DataFrame, cuts: Mapping[str, float]) -> None:
    """Set both axes: days from right to left, money straight or logarithmic."""
    days = [*table[RECENCY], cuts[RECENCY]]
    margin = max((max(days) - min(days)) * 0.06, 1)
    ax.set_xlim(max(days) + margin, min(days) - margin)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(FuncFormatter(tick))

    set_scale(ax, "y", np.array([*table[MONETARY], cuts[MONETARY]], dtype=float), margin=MARGIN)
    ax.grid(color=FAINT)


def set_scale(ax: Axes, axis: str, values: np.ndarray, *, margin: float) -> None:
    """Set one axis straight or logarithmic; `room` is left beyond the values at both ends."""
    side = ax.xaxis if axis == "x" else ax.yaxis
    change = ax.set_xscale if axis == "x" else ax.set_yscale
    low, high, typical = values.min(), values.max(), np.median(np.abs(values))
    if high <= SKEWED * typical or typical == 0:
        side.set_major_locator(MaxNLocator(nbins=6))
    elif low > 0:
        change("log")
        narrow_range = np.log10(high / low) < 2.5
        side.set_major_locator(LogLocator(subs=(1, 2, 5) if narrow_range else (1,)))
    else:
        # What is at or below zero has no logarithm: straight near zero, logarithmic beyond.
        near = 10.0 ** np.floor(np.log10(typical))
        change("symlog", linthresh=near)
        powers = near * 10.0 ** np.arange(12)
        ticks = np.concatenate([-powers[::-1], [0], powers])
        side.set_ticks(ticks[(ticks >= low) & (ticks <= high) | (ticks == 0)])
    scale = side.get_transform()
    ends = scale.transform([low, high])
    edge = ((ends[1] - ends[0]) or abs(ends[1]) or 1) * margin
    limits = scale.inverted().transform([ends[0] - edge, ends[1] + edge])
    (ax.set_xlim if axis == "x" else ax.set_ylim)(*limits)
    side.set_minor_locator(NullLocator())
    side.set_major_formatter(FuncFormatter(tick))


def draw_marks(ax: Axes, table: pd.DataFrame, lang: str) -> None:
    """Draw a mark for each customer and the keys to class and size beside the axes."""
    many = len(table) > MANY
    biggest, smallest = (130, 14) if many else (300, 14)  # square points
    rest = {"linewidth": 0.5 if many else 0.9, "alpha": 0.7 if many else 0.85, "zorder": 2.5}
    # Big marks first, so that small ones lie on top of them.
    table = table.sort_values(FREQUENCY, ascending=False, kind="stable")
    area = np.maximum(biggest * table[FREQUENCY] / table[FREQUENCY].max(), smallest)
    keys = []
    for code in CLASSES_BY_PATTERN if "class" in table else [None]:
        part = table if code is None else table[table["class"] == code]
        if part.empty:
            continue
        marker_style = {"marker": CLASS_MARKERS.get(code, "o")}
        fill, edge = CLASS_FILLS.get(code, FILL), CLASS_EDGES.get(code, STRONG)
        ax.scatter(
            part[RECENCY],
            part[MONETARY],
            s=area.loc[part.index],
            facecolor=fill,
            edgecolor=edge,
            **marker_style,
            **rest,
        )
        if code is not None:
            name = class_with_triple(code, lang)
            keys.append(_key(9, name, markerfacecolor=fill, markeredgecolor=edge, **marker_style))
    sizes = table[FREQUENCY]
    steps = sorted({sizes.min(), (sizes.min() + sizes.max()) // 2, sizes.max()})
    if keys:
        keys.append(_key(0, " "))
    # On low axes the key to size would not fit; the subtitle explains size anyway.
    high_enough = (len(keys) + len(steps)) * 1.8 * BASE < ax.bbox.height * 72 / ax.figure.dpi
    for size in steps if high_enough else []:
        width = np.sqrt(max(biggest * size / sizes.max(), smallest))
        text = counted("plot.unit.frequency", size, lang)
        keys.append(_key(width, text, marker="o", markerfacecolor="white", markeredgecolor=GREY))
    ax.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(1.02, 1.0),
        borderaxespad=0,
        handletextpad=0.5,
        labelspacing=0.75,
        labelcolor=INK,
        handlelength=1.4,
    )


def _key(size: float, text: str, **marker_style: object) -> Line2D:
    return Line2D([], [], linestyle="", markersize=size, label=text, **marker_style)


def draw_cut_lines(
    ax: Axes, cuts: Mapping[str, float], lang: str, money: str | None = None
) -> None:
    """Draw the cut of R upright and the cut of M level, each with its name and value."""
    ax.axvline(cuts[RECENCY], color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.4, gid="cut")
    ax.axhline(cuts[MONETARY], color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.4, gid="cut")
    words = {name: with_unit(cuts[name], name, lang, money) for name in (RECENCY, MONETARY)}
    ax.annotate(
        label("plot.scatter.cut_r", lang, value=words[RECENCY]),
        (cuts[RECENCY], 1),
        (0, 3),
        xycoords=ax.get_xaxis_transform(),
        textcoords="offset points",
        ha="center",
        va="bottom",
        color=CUT[0],
    )
    ax.annotate(
        label("plot.scatter.cut_m", lang, value=words[MONETARY]),
        (0, cuts[MONETARY]),
        (5, 3),
        xycoords=ax.get_yaxis_transform(),
        textcoords="offset points",
        va="bottom",
        color=CUT[0],
        path_effects=_halo,
        zorder=4,
    )


def draw_corners(ax: Axes, table: pd.DataFrame, cuts: Mapping[str, float], lang: str) -> None:
    """Write in each quarter its name and number of customers."""
    width = 0.7 * ax.bbox.width * 72 / ax.figure.dpi  # the keys beside take the rest
    left, right = ax.get_xlim()
    at_cut = (cuts[RECENCY] - right) / (left - right)  # of the width, from the right
    for recent, side in [(True, "right"), (False, "left")]:
        for much, end in [(True, "top"), (False, "bottom")]:
            here = int(((table["R"] == recent) & (table["M"] == much)).sum())
            text = label(f"plot.scatter.{end}_{side}", lang, n=number(here))
            share = at_cut if recent else 1 - at_cut
            lines = wrap(text, max(share * width - 12, 60), BASE)
            ax.annotate(
                "\n".join(lines),
                (1 if recent else 0, 1 if much else 0),
                (-6 if recent else 6, -6 if much else 6),
                xycoords="axes fraction",
                textcoords="offset points",
                ha=side,
                va=end,
                color=GREY,
                multialignment=side,
                path_effects=_halo,
                zorder=4,
            )


SHAPES = ("o", "s", "^", "D")
NAMES_MARGIN = 0.16  # of the height, above and below the marks, for the names


@house_style()
def plot_quadrants(
    x: pd.Series,
    y: pd.Series,
    *,
    cuts: Sequence[float],
    names: Sequence[str],
    highlight: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw every customer by two measures, with the cut lines and the four names.

    Parameters
    ----------
    x, y
        One number a customer each, for the same customers in the same order; high is good. Their
        names stand at the axes. A skewed measure gets a logarithmic axis.
    cuts
        The cut of x and the cut of y, in their units. Who sits on a cut is high.
    names
        Four names or tier codes, for (x high, y high), (high, low), (low, high), (low, low).
    highlight
        The one of the names that the figure is about: its marks are large and dark, the others
        pale, and the title speaks of it. None treats all four alike and begins with the first.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a customer: `x`, `y` and `tier`.

    Raises
    ------
    DataError
        As `quadrant`, or if `highlight` is none of the names.

    Notes
    -----
    Source: the customer-analysis slides and the Q&A on tier criteria use such grids; their figures
    are lost, so the drawing is the kit's own.

    Examples
    --------
    >>> size, margin = pd.Series([9, 2], name="size"), pd.Series([10, 30], name="margin")
    >>> names = ["star", "big", "fine", "small"]
    >>> ax = plot_quadrants(size, margin, cuts=(5, 20), names=names, lang="en")
    >>> print(ax.get_title(loc="left"))
    No customer is “star”; most are “big” (1)
    """
    lang = language(lang)
    tiers = quadrant(x, y, cuts=cuts, names=names)
    table = pd.DataFrame({"x": x.astype("float64"), "y": y.astype("float64"), "tier": tiers})
    if highlight is not None and highlight not in names:
        raise DataError(f"highlight must be one of the names, {list(names)}, not {highlight!r}.")
    ax = axes_for(ax, (7.6, 5.4))
    colours = tier_colours(list(names))
    size = 16 if len(table) > MANY else 46
    if highlight is not None:
        colours = {code: STRONG if code == highlight else FILL for code in names}
    for code, shape in zip(names, SHAPES, strict=True):
        part = table[table["tier"] == code]
        ax.scatter(
            part["x"],
            part["y"],
            s=2.5 * size if code == highlight else size,
            marker=shape,
            facecolor=colours[code],
            edgecolor=INK if highlight in (None, code) else GREY,
            linewidth=0.6,
            alpha=0.8,
            zorder=3 if code == highlight else 2.5,
        )
    for axis, cut, margin in zip(("x", "y"), cuts, (0.05, NAMES_MARGIN), strict=True):
        set_scale(ax, axis, np.array([*table[axis], cut], dtype=float), margin=margin)
    line = {"color": CUT[0], "linestyle": CUT_DASHES[1], "linewidth": 1.4, "gid": "cut"}
    ax.axvline(cuts[0], **line)
    ax.axhline(cuts[1], **line)
    ax.grid(color=FAINT)
    titles = [axis_name(values.name, lang) for values in (x, y)]
    ax.set_xlabel(label("plot.quadrants.axis", lang, name=titles[0], cut=number(cuts[0])))
    ax.set_ylabel(label("plot.quadrants.axis", lang, name=titles[1], cut=number(cuts[1])))
    _corners(ax, table, names, cuts, lang)
    title = _title_of_quadrants(table, names, highlight, lang)
    headline(ax, title, label("plot.quadrants.about", lang))
    keep_style(ax)
    remember(
        ax, table, lambda lang: _words_of_quadrants(table, names, highlight, titles, lang), lang
    )
    return ax


def _corners(ax: Axes, table, names, cuts, lang: str) -> None:
    # A name is written in the corner of its quarter, and wrapped at the cut line.
    at = ax.transAxes.inverted().transform(ax.transData.transform((cuts[0], cuts[1])))[0]
    width = ax.bbox.width * 72 / ax.figure.dpi
    counts = table["tier"].astype(object).value_counts()
    corners = (("right", "top"), ("right", "bottom"), ("left", "top"), ("left", "bottom"))
    for code, (side, end) in zip(names, corners, strict=True):
        count = int(counts.get(code, 0))
        text = label(
            "plot.quadrants.corner",
            lang,
            name=tier_name(code, lang),
            n=number(count),
            share=percent(count / len(table)),
        )
        share = 1 - at if side == "right" else at
        ax.annotate(
            "\n".join(wrap(text, max(share * width - 14, 70), BASE)),
            (side == "right", end == "top"),
            (-6 if side == "right" else 6, -6 if end == "top" else 6),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=side,
            va=end,
            multialignment=side,
            zorder=4,
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )


def _title_of_quadrants(
    table: pd.DataFrame, names: Sequence[str], highlight: str | None, lang: str
) -> str:
    first = names[0] if highlight is None else highlight
    counts = table["tier"].astype(object).value_counts().reindex(list(names), fill_value=0)
    best = int(counts[first])
    form = "none" if best == 0 else "one" if best == 1 else "many"
    title = label(
        f"plot.quadrants.title.{form}",
        lang,
        n=number(best),
        tier=tier_name(first, lang),
        everyone=counted("plot.customers", len(table), lang),
    )
    if highlight is not None or counts.idxmax() == first:
        return title
    return title + label(
        "plot.quadrants.most", lang, tier=tier_name(counts.idxmax(), lang), n=number(counts.max())
    )


def _words_of_quadrants(
    table: pd.DataFrame,
    names: Sequence[str],
    highlight: str | None,
    titles: list[str],
    lang: str,
) -> str:
    counts = table["tier"].astype(object).value_counts()
    boxes = [f"{tier_name(code, lang)} {number(counts.get(code, 0))}" for code in names]
    return label(
        "plot.quadrants.alt",
        lang,
        x=titles[0],
        y=titles[1],
        boxes=join_names(boxes, lang),
        title=_title_of_quadrants(table, names, highlight, lang),
    )
