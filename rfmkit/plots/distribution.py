"""Draw how R, F or M is spread over the customers, with the cut lines in it."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.formats import number, percent, tick
from rfmkit.headlines import between, share_of
from rfmkit.labels import label, language
from rfmkit.plots.class_rows import rule_name
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    BASE,
    CUT,
    CUT_DASHES,
    FAINT,
    FILL,
    GREY,
    RULE,
    SMALL,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
)
from rfmkit.plots.words import axis_name, counted, with_unit
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.thresholds import is_on
from rfmkit.validation import check_numbers, check_rfm, is_finite


@house_style()
def plot_distribution(
    values: pd.Series,
    *,
    cuts: Mapping[str, float] | None = None,
    money: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw a histogram of R, F or M with labelled cut lines.

    Parameters
    ----------
    values
        One number a customer, named `recency_days` (days), `frequency` (purchases) or `monetary`
        (money). A Series of another name is drawn under that name; more counts as better.
    cuts
        Names and values of at most three cut lines; None draws the mean and the median.
        "mean" and "median" are put into the reader's language.
    money
        The unit of `monetary`; None writes 元 or NT$.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a bar: `from` and `to` (in the unit of the values; the
        last bar holds its upper end, the others do not), `customers`.

    Raises
    ------
    DataError
        If there is no value, or a value or a cut is blank or no number.

    Notes
    -----
    Source: textbook section 5.2.3 leaves the cut open; a customer on it counts as high, as in
    `high_low`.

    Examples
    --------
    >>> spend = pd.Series([100.0, 100.0, 100.0, 700.0], name="monetary")
    >>> plot_distribution(spend, cuts={"mean": 250}, lang="en").get_title(loc="left")
    'Only 25% of customers reach the mean spend'
    """
    lang = language(lang)
    check_numbers(values, name="values")
    if len(values) == 0:
        raise DataError("values is empty: there is no customer to draw.")
    data = values.astype("float64")
    if cuts is None:
        cuts = {"mean": data.mean(), "median": data.median()}
    cuts = _checked(cuts)
    body = data[data <= last_drawn(data, cuts)]
    edges = bin_edges(body)
    table = count_bars(data, body, edges)

    import seaborn as sns  # here, because importing it takes a second

    ax = axes_for(ax, (7.6, 4.6))
    sns.histplot(x=body, bins=edges, ax=ax, color=FILL, alpha=1, edgecolor="white", linewidth=1)
    beside = edges[1] - edges[0] if len(edges) < 4 else 0  # a single bar needs no edge between bars
    ax.set_xlim(edges[0] - beside, edges[-1] + beside)
    if len(body) < len(data):
        draw_last_bar(ax, table, edges, values.name, lang, money)
    ax.set_ylim(0, table["customers"].max() / (1 - STEP * len(cuts) - 0.03))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=are_whole(data), min_n_ticks=1))
    # The shared last bar is not to scale, so no number is written under it.
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick(x) if x <= edges[-1] else ""))
    ax.yaxis.set_major_formatter(FuncFormatter(tick))
    ax.grid(axis="y", color=FAINT)
    ax.set_xlabel(axis_name(values.name, lang, money))
    ax.set_ylabel(label("plot.head.customers", lang))
    draw_cuts(ax, cuts, values.name, lang, money)
    if values.name == RECENCY:
        ax.invert_xaxis()  # as in the scatter: better is to the right
    about = "recency_days" if values.name == RECENCY else "other"
    subtitle = counted(f"plot.distribution.about.{about}", len(data), lang)
    headline(ax, _title(data, cuts, lang, money), subtitle)
    keep_style(ax)
    remember(ax, table, lambda lang: _words(data, cuts, lang, money), lang)
    return ax


def _checked(cuts: Mapping[str, float]) -> dict[str, float]:
    if not hasattr(cuts, "items"):
        raise DataError(
            f"cuts must name its lines, but it is {cuts!r}.\n"
            "For example: cuts={'mean': 512.3, 'median': 300}."
        )
    bad = [name for name, value in cuts.items() if not is_finite(value)]
    if bad:
        raise DataError(f"cuts must be plain numbers, but {bad[0]!r} is {cuts[bad[0]]!r}.")
    if not 1 <= len(cuts) <= 3:
        raise DataError(f"cuts must hold one to three lines to stay readable, not {len(cuts)}.")
    return {name: float(value) for name, value in cuts.items()}


def _title(data: pd.Series, cuts: dict[str, float], lang: str, money: str | None) -> str:
    family = data.name if data.name in ("recency_days", "frequency", "monetary") else "other"
    clauses = []
    for place, (name, value) in enumerate(list(cuts.items())[:2]):
        on_cut = is_on(data, value)
        inside = (data <= value) if family == RECENCY else (data >= value)
        share = float((inside | on_cut).mean())
        # The interval of the first share is enough for a sentence.
        count = int((inside | on_cut).sum())
        sure = "" if place else between(share_of(count, len(data)), lang)
        wording = "only" if place == 0 and share < 0.35 else "plain"
        clauses.append(
            label(
                f"plot.distribution.{family}.{'first' if place == 0 else 'next'}",
                lang,
                share=label(f"plot.share.{wording}", lang, share=percent(share)) + sure,
                name=rule_name(name, lang, quoted=True),
                value=with_unit(value, data.name, lang, money),
            )
        )
    return label("plot.and_then", lang).join(clauses)


def _words(data: pd.Series, cuts: dict[str, float], lang: str, money: str | None) -> str:
    lines = label("list.comma", lang).join(
        f"{rule_name(name, lang)} {with_unit(value, data.name, lang, money)}"
        for name, value in cuts.items()
    )
    return counted(
        "plot.distribution.alt",
        len(data),
        lang,
        axis=axis_name(data.name, lang, money),
        low=number(data.min()),
        high=number(data.max()),
        cuts=lines,
        title=_title(data, cuts, lang, money),
    )


MAX_BARS = 32
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
    bars = int(np.clip(2 * np.sqrt(len(data)), 8, MAX_BARS))
    if are_whole(data):
        width = np.ceil((high - low + 1) / bars)
        return low - 0.5 + width * np.arange(np.ceil((high - low + 1) / width) + 1)
    if low == high:
        half = abs(low) / 20 or 0.5
        return np.array([low - half, low + half])
    edges = MaxNLocator(nbins=bars, steps=[1, 1.5, 2, 2.5, 4, 5, 10]).tick_values(low, high)
    return edges[max((edges <= low).sum() - 1, 0) : len(edges) - max((edges >= high).sum() - 1, 0)]


def last_drawn(data: pd.Series, cuts: dict[str, float]) -> float:
    """Return the value from which on customers share one last bar."""
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
        value += " "  # Chinese puts a space between a number and a word, but not before a unit
    mirrored = column == RECENCY
    text = label(
        "plot.distribution.beyond",
        lang,
        value=value,
        people=counted("plot.customers", count, lang),
    )
    ax.annotate(
        text,
        (edges[-1] + 1.5 * width, count),
        (0, 5),
        textcoords="offset points",
        ha="left" if mirrored else "right",
        va="bottom",
        color=GREY,
        fontsize=SMALL,
    )


def are_whole(data: pd.Series) -> bool:
    """Return whether the values are small whole numbers, such as days and purchases."""
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
    mirrored = column == RECENCY
    rightwards = all(
        (cuts[name] - low if mirrored else high - cuts[name]) / (high - low) * width
        > text_width(text, BASE) + 12
        for name, text in texts.items()
    )
    # The label of the outermost line is the highest, so that no label crosses a line.
    order = sorted(cuts, key=cuts.get, reverse=rightwards == mirrored)
    for name, style in zip(cuts, zip(CUT, CUT_DASHES, strict=True), strict=False):
        value, top = cuts[name], 1 - STEP * order.index(name)
        ax.plot(
            [value, value],
            [0, top],
            transform=ax.get_xaxis_transform(),
            gid="cut",
            color=style[0],
            linestyle=style[1],
            linewidth=2,
        )
        ax.annotate(
            texts[name],
            (value, top),
            (6 if rightwards else -6, -1),
            color=style[0],
            textcoords="offset points",
            xycoords=ax.get_xaxis_transform(),
            va="top",
            ha="left" if rightwards else "right",
        )


def _named(name: str, value: str) -> str:
    """Write a cut's name before its value, or once where both are the same."""
    return value if name == value else f"{name} {value}"


@house_style()
def plot_rfm_histograms(
    rfm: pd.DataFrame,
    *,
    cuts: Mapping[str, float] | pd.Series | None = None,
    money: str | None = None,
    ax: Sequence[Axes] | None = None,
    lang: str | None = None,
) -> tuple[Axes, Axes, Axes]:
    """Draw the histograms of R, F and M below each other, with labelled cut lines.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    cuts
        A threshold for each of the three, from `rfm_cuts`; None draws mean and median.
    money
        The unit of `monetary`; None writes 元 or NT$.
    ax
        Three axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    tuple of matplotlib.axes.Axes
        Three axes, R, F, M: each as `plot_distribution` returns it. `show` of the first shows
        the figure and describes all three.

    Raises
    ------
    DataError
        If the table is empty, a column or cut is missing or blank, or `ax` is not three axes.

    Notes
    -----
    Source: textbook section 5.2.3.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> panels = plot_rfm_histograms(rfm, lang="en")
    >>> [panel.get_xlabel()[0] for panel in panels]
    ['R', 'F', 'M']
    """
    check_rfm(rfm)
    names = (RECENCY, FREQUENCY, MONETARY)
    missing = [] if cuts is None else [name for name in names if name not in cuts]
    if missing:
        raise DataError(f"cuts lacks {missing[0]!r}; compute all three with rfm_cuts(rfm).")
    if ax is None:
        ax = plt.subplots(3, 1, figsize=(7.6, 11.4), layout="constrained")[1]
    panels = list(getattr(ax, "flat", ax if isinstance(ax, (list, tuple)) else [ax]))
    if len(panels) != 3:
        raise DataError(f"ax must be three axes, for R, F and M, not {len(panels)}.")
    for name, panel in zip(names, panels, strict=True):
        lines = None if cuts is None else {"cut": float(cuts[name])}
        plot_distribution(rfm[name], cuts=lines, money=money, ax=panel, lang=lang)
    return tuple(panels)
