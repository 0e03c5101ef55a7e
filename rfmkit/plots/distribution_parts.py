"""Draw the parts of a histogram of customers: bars, the shared last bar, cut lines."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rfmkit.labels import label
from rfmkit.plots.class_rows import rule_name
from rfmkit.plots.style import BASE, CUT, CUT_DASHES, GREY, RULE, SMALL, text_width
from rfmkit.plots.words import counted, with_unit

MOST_BARS = 32
STEP = 0.11  # of the height of the axes, for the label of each cut line


def bin_edges(data: pd.Series) -> np.ndarray:
    """Choose round edges for bars; whole numbers get bars centred on them.

    Examples
    --------
    >>> bin_edges(pd.Series([1.0, 2.0, 3.0])).tolist()
    [0.5, 1.5, 2.5, 3.5]
    >>> bin_edges(pd.Series([1.0] * 9 + [250.5])).tolist()
    [0.0, 40.0, 80.0, 120.0, 160.0, 200.0, 240.0, 280.0]
    """
    low, high = data.min(), data.max()
    bars = int(np.clip(2 * np.sqrt(len(data)), 8, MOST_BARS))
    if are_whole(data):
        width = np.ceil((high - low + 1) / bars)
        return low - 0.5 + width * np.arange(np.ceil((high - low + 1) / width) + 1)
    if low == high:
        half = abs(low) / 20 or 0.5
        return np.array([low - half, low + half])
    edges = MaxNLocator(nbins=bars, steps=[1, 1.5, 2, 2.5, 4, 5, 10]).tick_values(low, high)
    return edges[max((edges <= low).sum() - 1, 0) : len(edges) - max((edges >= high).sum() - 1, 0)]


def last_drawn(data: pd.Series, cuts: dict[str, float]) -> float:
    """Find the value from which on customers share one last bar."""
    # Drawn to scale, a few very big values would squeeze all the others into one bar.
    high, most = data.max(), max(data.quantile(0.975), *cuts.values())
    return most if high - most > most - data.min() else high


def count_bars(data: pd.Series, body: pd.Series, edges: np.ndarray) -> pd.DataFrame:
    """Count the customers of each bar; those beyond the body make one row more."""
    counts, _ = np.histogram(body, bins=edges)
    table = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "customers": counts})
    if len(body) < len(data):
        beyond = data[data > body.max()]
        table.loc[len(table)] = [beyond.min(), beyond.max(), len(beyond)]
    return table.astype({"customers": "int64"})


def draw_last_bar(
    ax: Axes, table: pd.DataFrame, edges: np.ndarray, column: str, lang: str, money: str | None
) -> None:
    """Draw the shared last bar apart from the others, hatched, with its words."""
    width = edges[1] - edges[0]
    start, count = table["from"].iloc[-1], table["customers"].iloc[-1]
    ax.bar(edges[-1] + width, count, width, color=RULE, edgecolor="white", hatch="//")
    ax.set_xlim(edges[0], edges[-1] + 1.5 * width)
    value = with_unit(start, column, lang, money)
    if lang == "en" or value[-1].isdigit():
        value += " "  # Chinese parts a number from the next word, and a unit does not
    text = label(
        "plot.distribution.beyond", lang, value=value,
        people=counted("plot.customers", count, lang),
    )  # fmt: skip
    ax.annotate(
        text, (edges[-1] + 1.5 * width, count), (0, 5), textcoords="offset points", ha="right",
        va="bottom", color=GREY, fontsize=SMALL,
    )  # fmt: skip


def are_whole(data: pd.Series) -> bool:
    """Tell whether the values are small whole numbers, such as days and purchases."""
    return bool((data == data.round()).all()) and data.abs().max() < 1000


def draw_cuts(ax: Axes, cuts: dict[str, float], column: str, lang: str, money: str | None) -> None:
    """Draw the cut lines, each with its name and value, at heights of their own."""
    low, high = ax.get_xlim()
    low, high = min(low, *cuts.values()), max(high, *cuts.values())
    ax.set_xlim(low, high)
    width = ax.bbox.width * 72 / ax.figure.dpi
    texts = {
        name: _named(rule_name(name, lang), with_unit(value, column, lang, money))
        for name, value in cuts.items()
    }
    rightwards = all(
        (high - cuts[name]) / (high - low) * width > text_width(text, BASE) + 12
        for name, text in texts.items()
    )
    # The line that labels run away from is the highest, so that no label crosses a line.
    order = sorted(cuts, key=cuts.get, reverse=not rightwards)
    for name, look in zip(cuts, zip(CUT, CUT_DASHES, strict=True), strict=False):
        value, top = cuts[name], 1 - STEP * order.index(name)
        ax.plot(
            [value, value], [0, top], transform=ax.get_xaxis_transform(), gid="cut",
            color=look[0], linestyle=look[1], linewidth=2,
        )  # fmt: skip
        ax.annotate(
            texts[name], (value, top), (6 if rightwards else -6, -1), color=look[0],
            textcoords="offset points", xycoords=ax.get_xaxis_transform(), va="top",
            ha="left" if rightwards else "right",
        )  # fmt: skip


def _named(name: str, value: str) -> str:
    """Put a cut's name before its value; a cut named after its value is said once."""
    return value if name == value else f"{name} {value}"
