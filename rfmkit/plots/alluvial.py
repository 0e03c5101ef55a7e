"""Draw the streams of customers between tiers from one period to the next."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.migration_words import (
    end_name,
    migration_title,
    migration_words,
    period_names,
)
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
from rfmkit.plots.tiers import tier_colours
from rfmkit.plots.words import number
from rfmkit.relationship.moves import LOST, NEW, migration

OTHER = "#8B94A1"  # who is new or lost


@house_style()
def plot_alluvial(
    before: pd.Series,
    after: pd.Series,
    *,
    names: tuple[str, str] | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw the streams of customers from their tier before (left) to their tier after (right).

    Parameters
    ----------
    before, after
        The tier of each customer in the two periods, indexed by customer, in one scheme. A
        customer in one of them only is new or lost.
    names
        What to call the two periods, such as ("February", "March").
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the table of `migration`.

    Raises
    ------
    DataError
        If nobody is there, a customer stands twice, a tier is blank or the schemes differ.

    Notes
    -----
    Source: the kit's own drawing. The width of a stream is its number of customers.

    Examples
    --------
    >>> before = pd.Series(["abc3:a", "abc3:b", "abc3:c"])
    >>> after = pd.Series(["abc3:b", "abc3:b"])
    >>> print(plot_alluvial(before, after, lang="en").get_title(loc="left"))
    1 of 3 customers stays in the same tier; 0 move up, 1 moves down, 1 is lost
    """
    lang = language(lang)
    matrix = migration(before, after)
    names = period_names(names)
    codes = list(matrix.index[:-1])
    colours = {**tier_colours(codes), NEW: OTHER, LOST: OTHER}
    everyone = matrix.to_numpy().sum()
    gap = 0.035 * everyone
    ax = axes_for(ax, (7.6, 5.2))
    starts, ends = _stack(matrix.sum(axis=1), gap), _stack(matrix.sum(axis=0), gap)
    left, right = dict(starts), dict(ends)
    way = np.linspace(0, 1, 60)
    ease = way**2 * (3 - 2 * way)
    for row in matrix.index:
        for column in matrix.columns:
            count = matrix.loc[row, column]
            if not count:
                continue
            low = left[row] + (right[column] - left[row]) * ease
            ax.fill_between(
                0.05 + 0.9 * way, low, low + count, color=colours[row],
                alpha=0.28 if row == column else 0.6, linewidth=0, gid="stream",
            )  # fmt: skip
            left[row] += count
            right[column] += count
    words = [end_name(code, lang) for code in (*codes, NEW, LOST)]
    side_room = max(text_width(word, BASE) for word in words) + 50
    room = side_room / (ax.figure.get_figwidth() * 72 - 2 * side_room)
    whole = everyone + gap * (len(codes) + 1)
    line = whole * 1.25 * BASE / (ax.bbox.height * 72 / ax.figure.dpi)
    for x, side, tops, totals in ((0.0, "right", starts, matrix.sum(axis=1)),
                                  (0.95, "left", ends, matrix.sum(axis=0))):  # fmt: skip
        present = [code for code in tops if totals[code]]
        centres = _apart([tops[code] + totals[code] / 2 for code in present], line)
        for code, centre in zip(present, centres, strict=True):
            top = tops[code]
            look = {"facecolor": colours[code]}
            if code in (NEW, LOST):
                look = {"facecolor": "white", "edgecolor": RULE, "hatch": "////"}
            ax.add_patch(Rectangle((x, top), 0.05, totals[code], linewidth=0, **look))
            name = end_name(code, lang)
            ax.annotate(
                f"{name}  {number(totals[code])}", (x if side == "right" else 1, centre),
                (-7 if side == "right" else 7, 0), textcoords="offset points", ha=side,
                va="center",
            )  # fmt: skip
    height = max(max(starts.values()), max(ends.values())) + gap
    ax.set_xlim(-room, 1 + room)
    ax.set_ylim(max(height, whole), -gap / 2)
    ax.set_axis_off()
    first = names[0] or label("plot.migration.first", lang)
    second = names[1] or label("plot.migration.then", lang)
    for x, text, side in ((0, first, "left"), (1, second, "right")):
        ax.annotate(text, (x, 1), (0, 3), xycoords=ax.get_xaxis_transform(), ha=side, color=GREY,
                    textcoords="offset points", va="bottom")  # fmt: skip
    headline(ax, migration_title(matrix, lang), label("plot.alluvial.about", lang), lift=18)
    keep_style(ax)
    remember(ax, matrix, lambda lang: migration_words(matrix, names, lang, "alluvial"), lang)
    return ax


def _apart(centres: list[float], least: float) -> list[float]:
    """Move the labels of thin neighbours apart, downwards, so that none covers another."""
    placed: list[float] = []
    for centre in centres:
        placed.append(max(centre, placed[-1] + least) if placed else centre)
    return placed


def _stack(totals: pd.Series, gap: float) -> dict:
    """Give each tier with customers its upper edge, with gaps between."""
    edges, top = {}, 0.0
    for code, total in totals.items():
        edges[code] = top
        top += total + (gap if total else 0)
    return edges
