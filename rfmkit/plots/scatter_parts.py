"""Draw the parts of the scatter of customers: scales, marks, keys, cut lines, corner words."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from rfmkit.labels import label
from rfmkit.plots.style import (
    BASE,
    CLASS_EDGES,
    CLASS_FILLS,
    CLASS_MARKERS,
    CLASSES_BY_PATTERN,
    CUT,
    CUT_DASHES,
    FAINT,
    FILL,
    GREY,
    INK,
    STRONG,
    wrap,
)
from rfmkit.plots.words import class_with_triple, counted, number, tick, with_unit
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

SKEWED = 8  # times the typical spend: from here on a straight axis squeezes most customers
MANY = 300  # customers: from here on marks are smaller and lighter
ROOM = 0.15  # of the height, above and below the marks, for the words in the corners

_halo = [withStroke(linewidth=3, foreground="white")]


def set_scales(ax: Axes, table: pd.DataFrame, cuts: Mapping[str, float]) -> None:
    """Set both axes: days from right to left, money straight or logarithmic."""
    days = [*table[RECENCY], cuts[RECENCY]]
    margin = max((max(days) - min(days)) * 0.06, 1)
    ax.set_xlim(max(days) + margin, min(days) - margin)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(FuncFormatter(tick))

    set_scale(ax, "y", np.array([*table[MONETARY], cuts[MONETARY]], dtype=float), room=ROOM)
    ax.grid(color=FAINT)


def set_scale(ax: Axes, axis: str, values: np.ndarray, *, room: float) -> None:
    """Set one axis straight or logarithmic; `room` is left beyond the values at both ends."""
    side = ax.xaxis if axis == "x" else ax.yaxis
    change = ax.set_xscale if axis == "x" else ax.set_yscale
    low, high, typical = values.min(), values.max(), np.median(np.abs(values))
    if high <= SKEWED * typical or typical == 0:
        side.set_major_locator(MaxNLocator(nbins=6))
    elif low > 0:
        change("log")
        few = np.log10(high / low) < 2.5
        side.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,)))
    else:
        # What is at or below zero has no logarithm: straight near zero, logarithmic beyond.
        near = 10.0 ** np.floor(np.log10(typical))
        change("symlog", linthresh=near)
        powers = near * 10.0 ** np.arange(12)
        ticks = np.concatenate([-powers[::-1], [0], powers])
        side.set_ticks(ticks[(ticks >= low) & (ticks <= high) | (ticks == 0)])
    scale = side.get_transform()
    ends = scale.transform([low, high])
    edge = ((ends[1] - ends[0]) or abs(ends[1]) or 1) * room
    limits = scale.inverted().transform([ends[0] - edge, ends[1] + edge])
    (ax.set_xlim if axis == "x" else ax.set_ylim)(*limits)
    side.set_minor_locator(NullLocator())
    side.set_major_formatter(FuncFormatter(tick))


def draw_marks(ax: Axes, table: pd.DataFrame, lang: str) -> None:
    """Draw a mark for each customer and the keys to class and size beside the axes."""
    many = len(table) > MANY
    biggest, smallest = (110, 5) if many else (300, 14)  # square points
    rest = {"linewidth": 0.5 if many else 0.9, "alpha": 0.5 if many else 0.85, "zorder": 2.5}
    # Big marks first, so that small ones lie on top of them.
    table = table.sort_values(FREQUENCY, ascending=False, kind="stable")
    area = np.maximum(biggest * table[FREQUENCY] / table[FREQUENCY].max(), smallest)
    keys = []
    for code in CLASSES_BY_PATTERN if "class" in table else [None]:
        part = table if code is None else table[table["class"] == code]
        if part.empty:
            continue
        look = {"marker": CLASS_MARKERS.get(code, "o")}
        fill, edge = CLASS_FILLS.get(code, FILL), CLASS_EDGES.get(code, STRONG)
        ax.scatter(
            part[RECENCY], part[MONETARY], s=area.loc[part.index], facecolor=fill,
            edgecolor=edge, **look, **rest,
        )  # fmt: skip
        if code is not None:
            name = class_with_triple(code, lang)
            keys.append(_key(9, name, markerfacecolor=fill, markeredgecolor=edge, **look))
    sizes = table[FREQUENCY]
    steps = sorted({sizes.min(), (sizes.min() + sizes.max()) // 2, sizes.max()})
    if keys:
        keys.append(_key(0, " "))
    # On low axes of one's own the key to size would hang out; the smaller line tells it anyway.
    high_enough = (len(keys) + len(steps)) * 1.8 * BASE < ax.bbox.height * 72 / ax.figure.dpi
    for size in steps if high_enough else []:
        width = np.sqrt(max(biggest * size / sizes.max(), smallest))
        text = counted("plot.unit.frequency", size, lang)
        keys.append(_key(width, text, marker="o", markerfacecolor="white", markeredgecolor=GREY))
    ax.legend(
        handles=keys, loc="upper left", bbox_to_anchor=(1.02, 1.0), borderaxespad=0,
        handletextpad=0.5, labelspacing=0.75, labelcolor=INK, handlelength=1.4,
    )  # fmt: skip


def _key(size: float, text: str, **look: object) -> Line2D:
    return Line2D([], [], linestyle="", markersize=size, label=text, **look)


def draw_cut_lines(
    ax: Axes, cuts: Mapping[str, float], lang: str, money: str | None = None
) -> None:
    """Draw the cut of R upright and the cut of M level, each with its name and value."""
    ax.axvline(cuts[RECENCY], color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.4, gid="cut")
    ax.axhline(cuts[MONETARY], color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.4, gid="cut")
    words = {name: with_unit(cuts[name], name, lang, money) for name in (RECENCY, MONETARY)}
    ax.annotate(
        label("plot.scatter.cut_r", lang, value=words[RECENCY]), (cuts[RECENCY], 1), (0, 3),
        xycoords=ax.get_xaxis_transform(), textcoords="offset points", ha="center", va="bottom",
        color=CUT[0],
    )  # fmt: skip
    ax.annotate(
        label("plot.scatter.cut_m", lang, value=words[MONETARY]), (0, cuts[MONETARY]), (5, 3),
        xycoords=ax.get_yaxis_transform(), textcoords="offset points", va="bottom",
        color=CUT[0], path_effects=_halo, zorder=4,
    )  # fmt: skip


def draw_corners(ax: Axes, table: pd.DataFrame, cuts: Mapping[str, float], lang: str) -> None:
    """Say in words what each quarter holds, and how many customers."""
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
                "\n".join(lines), (1 if recent else 0, 1 if much else 0),
                (-6 if recent else 6, -6 if much else 6), xycoords="axes fraction",
                textcoords="offset points", ha=side, va=end, color=GREY, multialignment=side,
                path_effects=_halo, zorder=4,
            )  # fmt: skip
