"""Draw several choices of weights, and how many customers each moves to another tier."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.formats import number, percent
from rfmkit.labels import join_names, label, language, texts
from rfmkit.names import column_name
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    BASE,
    INK,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
)
from rfmkit.plots.tiers import TIER_FILLS, ink_on
from rfmkit.plots.words import counted
from rfmkit.value.weights import weight_changes

_COUNTS = ["changed", "up", "down", "changed_share"]


@house_style()
def plot_weights(
    points: pd.DataFrame,
    choices: Mapping[str, Mapping[str, float] | pd.Series],
    *,
    cuts: Sequence[float] = (60, 80),
    missing: str = "error",
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    r"""Draw the weights of each choice, and how many customers change tier by it.

    Parameters
    ----------
    points, choices, cuts, missing
        As for `weight_changes`. Choices named "firm", "equal", "entropy" and "ahp" are named in
        the reader's language; other names stay.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the table of `weight_changes`.

    Raises
    ------
    DataError
        As `weight_changes`.

    Notes
    -----
    Source: Saaty 1980 (AHP) and Shannon 1948 (entropy) for the weights, the value-pyramid chapter
    for the cuts.

    Examples
    --------
    >>> points = pd.DataFrame({"order_amount": [90.0, 70.0, 20.0], "profit": [90.0, 30.0, 70.0]})
    >>> choices = {"firm": {"order_amount": 0.2, "profit": 0.8},
    ...            "equal": {"order_amount": 0.5, "profit": 0.5}}
    >>> ax = plot_weights(points, choices, lang="en")
    >>> ax.get_title(loc="left").replace("\n", " ")
    'Equal weights: 1 of 3 customers changes tier'
    """
    lang = language(lang)
    table = weight_changes(points, choices, cuts=cuts, missing=missing)
    indicators = [name for name in table if name not in _COUNTS]
    ax = axes_for(ax, (8.6, 2.3 + 0.62 * max(len(table), 2)))
    fills = TIER_FILLS[min(len(indicators), max(TIER_FILLS))]
    fills = [fills[number % len(fills)] for number in range(len(indicators))]
    width = ax.bbox.width * 72 / ax.figure.dpi * 0.75
    start = pd.Series(0.0, index=table.index)
    for name, fill in zip(indicators, fills, strict=True):
        ax.barh(
            range(len(table)),
            table[name],
            0.62,
            left=start,
            color=fill,
            edgecolor="white",
            linewidth=1.2,
            label=str(column_name(name, lang)),
        )
        for row, (weight, left) in enumerate(zip(table[name], start, strict=True)):
            if weight * width > text_width(percent(weight), BASE) + 6:
                ax.text(
                    left + weight / 2,
                    row,
                    percent(weight),
                    ha="center",
                    va="center_baseline",
                    color=ink_on(fill),
                    gid="fill",
                )
        start = start + table[name]
    for row, changed in enumerate(table["changed"]):
        text = label("plot.weights.basis", lang)
        if row:
            text = counted("plot.weights.changed", changed, lang)
        ax.annotate(text, (1, row), (8, 0), textcoords="offset points", va="center", color=INK)
    ax.set_yticks(range(len(table)), [_choice(name, lang) for name in table.index])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(max(len(table), 2) - 0.5, -0.5)
    ax.set_xlim(0, 1.34)
    ax.set_xticks([])
    ax.spines[["bottom", "left"]].set_visible(False)
    ax.legend(
        loc="upper left",
        bbox_to_anchor=(0, -0.02),
        ncols=min(len(indicators), 4),
        borderaxespad=0,
        labelcolor=INK,
        handlelength=1.0,
        handletextpad=0.5,
    )
    people = len(points)
    headline(ax, _title(table, people, lang), _about(cuts, lang))
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, indicators, people, lang), lang)
    return ax


def _choice(name: object, lang: str) -> str:
    key = f"plot.weights.{name}"
    return label(key, lang) if key in texts() else str(name)


def _about(cuts: Sequence[float], lang: str) -> str:
    return label("plot.weights.about", lang, cuts=join_names([number(cut) for cut in cuts], lang))


def _title(table: pd.DataFrame, people: int, lang: str) -> str:
    everyone = counted("plot.customers", people, lang)
    most = table["changed"].idxmax()
    if not table["changed"].max():
        return label("plot.weights.title_none", lang, everyone=everyone)
    return counted(
        "plot.weights.title",
        int(table.loc[most, "changed"]),
        lang,
        everyone=everyone,
        choice=_choice(most, lang),
    )


def _words(table: pd.DataFrame, indicators: list, people: int, lang: str) -> str:
    rows = []
    for name, row in table.iterrows():
        parts = join_names(
            [f"{column_name(part, lang)} {percent(row[part])}" for part in indicators], lang
        )
        rows.append(
            label(
                "plot.weights.row",
                lang,
                choice=_choice(name, lang),
                parts=parts,
                n=number(row["changed"]),
            )
        )
    return label(
        "plot.weights.alt",
        lang,
        title=_title(table, people, lang),
        rows=label("plot.weights.join", lang).join(rows),
    )
