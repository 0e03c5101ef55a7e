"""Draw customers by two measures, each high or low, with the name of every quarter."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.scatter_parts import MANY, set_scale
from rfmkit.plots.style import (
    BASE,
    CUT,
    CUT_DASHES,
    FAINT,
    INK,
    axes_for,
    headline,
    house_style,
    keep_style,
    wrap,
)
from rfmkit.plots.tiers import few, tier_colours, tier_name
from rfmkit.plots.words import axis_name, counted, number, percent
from rfmkit.relationship.quadrants import quadrant

SHAPES = ("o", "s", "^", "D")
ROOM = 0.16  # of the height, above and below the marks, for the names


@house_style()
def plot_quadrants(
    x: pd.Series,
    y: pd.Series,
    *,
    cuts: Sequence[float],
    names: Sequence[str],
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
        As `quadrant`.

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
    ax = axes_for(ax, (7.6, 5.4))
    colours = tier_colours(list(names))
    size = 16 if len(table) > MANY else 46
    for code, shape in zip(names, SHAPES, strict=True):
        part = table[table["tier"] == code]
        ax.scatter(
            part["x"], part["y"], s=size, marker=shape, facecolor=colours[code], edgecolor=INK,
            linewidth=0.6, alpha=0.8, zorder=2.5,
        )  # fmt: skip
    for axis, cut, room in zip(("x", "y"), cuts, (0.05, ROOM), strict=True):
        set_scale(ax, axis, np.array([*table[axis], cut], dtype=float), room=room)
    line = {"color": CUT[0], "linestyle": CUT_DASHES[1], "linewidth": 1.4, "gid": "cut"}
    ax.axvline(cuts[0], **line)
    ax.axhline(cuts[1], **line)
    ax.grid(color=FAINT)
    titles = [axis_name(values.name, lang) for values in (x, y)]
    ax.set_xlabel(label("plot.quadrants.axis", lang, name=titles[0], cut=number(cuts[0])))
    ax.set_ylabel(label("plot.quadrants.axis", lang, name=titles[1], cut=number(cuts[1])))
    _corners(ax, table, names, cuts, lang)
    headline(ax, _title(table, names, lang), label("plot.quadrants.about", lang))
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, names, titles, lang), lang)
    return ax


def _corners(ax: Axes, table, names, cuts, lang: str) -> None:
    # A name stands in the corner of its quarter and breaks where the cut line is.
    at = ax.transAxes.inverted().transform(ax.transData.transform((cuts[0], cuts[1])))[0]
    width = ax.bbox.width * 72 / ax.figure.dpi
    counts = table["tier"].astype(object).value_counts()
    places = (("right", "top"), ("right", "bottom"), ("left", "top"), ("left", "bottom"))
    for code, (side, end) in zip(names, places, strict=True):
        count = int(counts.get(code, 0))
        text = label("plot.quadrants.corner", lang, name=tier_name(code, lang), n=number(count),
                     share=percent(count / len(table)))  # fmt: skip
        share = 1 - at if side == "right" else at
        ax.annotate(
            "\n".join(wrap(text, max(share * width - 14, 70), BASE)),
            (side == "right", end == "top"),
            (-6 if side == "right" else 6, -6 if end == "top" else 6), xycoords="axes fraction",
            textcoords="offset points", ha=side, va=end, multialignment=side, zorder=4,
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )  # fmt: skip


def _title(table: pd.DataFrame, names: Sequence[str], lang: str) -> str:
    counts = table["tier"].astype(object).value_counts().reindex(list(names), fill_value=0)
    best = int(counts.iloc[0])
    form = "none" if best == 0 else "one" if best == 1 else "many"
    title = label(
        f"plot.quadrants.title.{form}", lang, n=number(best), tier=tier_name(names[0], lang),
        everyone=counted("plot.customers", len(table), lang),
    )  # fmt: skip
    if counts.idxmax() == names[0]:
        return title
    return title + label(
        "plot.quadrants.most", lang, tier=tier_name(counts.idxmax(), lang), n=number(counts.max())
    )


def _words(table: pd.DataFrame, names: Sequence[str], titles: list[str], lang: str) -> str:
    counts = table["tier"].astype(object).value_counts()
    boxes = [f"{tier_name(code, lang)} {number(counts.get(code, 0))}" for code in names]
    return label(
        "plot.quadrants.alt", lang, x=titles[0], y=titles[1], boxes=few(boxes, lang),
        title=_title(table, names, lang),
    )  # fmt: skip
