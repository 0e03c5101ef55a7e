"""Draw the score of each customer as a bar, divided into its parts."""

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.formats import number
from rfmkit.headlines import between, mean_of
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    BASE,
    CUT,
    CUT_DASHES,
    INK,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
)
from rfmkit.plots.tiers import (
    TIER_FILLS,
    check_same_customers,
    check_tiers,
    check_values,
    ink_on,
    tier_codes,
    tier_colours,
    tier_name,
)
from rfmkit.plots.words import counted
from rfmkit.schema import DataError

MAX_CUSTOMERS = 25  # bars that can be read one by one


@house_style()
def plot_scores(
    scores: pd.Series | pd.DataFrame,
    *,
    tiers: pd.Series | None = None,
    cuts: tuple[float, ...] = (),
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw one bar a customer, the highest score on top; at most 25 customers.

    Parameters
    ----------
    scores
        One score a customer, such as a composite of 0 to 100; or a table whose columns are the
        parts that add up to it, such as R, F and M scores, each zero or more.
    tiers
        The tier of each customer, for the colours (only with one score a customer).
    cuts
        Scores where a tier starts, drawn as lines.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a customer, all of them, highest first: the parts, if
        given, `score` and, if given, `tier`.

    Raises
    ------
    DataError
        If there is no customer, a score is blank, a part is negative, or the customers differ.

    Notes
    -----
    Source: the value-pyramid chapter, the scores of the value pyramid; textbook section 5.2.3,
    those of R, F and M.

    Examples
    --------
    >>> scores = pd.Series([90.0, 55.0], index=["A", "B"])
    >>> print(plot_scores(scores, cuts=(60, 80), lang="en").get_title(loc="left"))
    1 of 2 customers reaches 80; the best is A with 90
    """
    lang = language(lang)
    table, parts = _ranked(scores, tiers)
    drawn = table.iloc[:MAX_CUSTOMERS]
    rows = range(len(drawn))
    ax = axes_for(ax, (7.6, 1.7 + 0.3 * max(len(drawn), 3)))
    if parts:
        fills = TIER_FILLS[min(len(parts), max(TIER_FILLS))]
        start = pd.Series(0.0, index=drawn.index)
        width = ax.bbox.width * 72 / ax.figure.dpi * 0.75 / (table["score"].max() or 1)
        for part, fill in zip(parts, fills, strict=False):
            ax.barh(
                rows,
                drawn[part],
                0.74,
                left=start,
                color=fill,
                label=str(part),
                edgecolor="white",
                linewidth=0.8,
            )
            for row, (value, left) in enumerate(zip(drawn[part], start, strict=True)):
                if value * width > text_width(number(value), BASE) + 4:
                    ax.text(
                        left + value / 2,
                        row,
                        number(value),
                        ha="center",
                        va="center_baseline",
                        color=ink_on(fill),
                        gid="fill",
                    )
            start = start + drawn[part]
        ax.legend(
            loc="upper left",
            bbox_to_anchor=(1.03, 1),
            borderaxespad=0,
            labelcolor=INK,
            handlelength=1.0,
            handletextpad=0.5,
        )
    else:
        colours = tier_colours(tier_codes(tiers)) if tiers is not None else {}
        fills = [colours[code] for code in drawn["tier"]] if colours else STRONG
        ax.barh(rows, drawn["score"], 0.74, color=fills)
        if colours:
            present = [code for code in colours if (drawn["tier"] == code).any()]
            keys = [ax.barh([0], [0], color=colours[c], label=tier_name(c, lang)) for c in present]
            ax.legend(
                handles=keys,
                loc="upper left",
                bbox_to_anchor=(1.07, 1),
                borderaxespad=0,
                labelcolor=INK,
                handlelength=1.0,
                handletextpad=0.5,
            )
    paper = {"boxstyle": "square,pad=0.1", "facecolor": "white", "linewidth": 0}
    for row, value in enumerate(drawn["score"]):
        ax.annotate(
            number(value),
            (max(value, 0), row),
            (5, 0),
            textcoords="offset points",
            va="center_baseline",
            zorder=4,
            bbox=paper,
        )
    ax.set_yticks(rows, [str(name) for name in drawn.index])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(max(len(drawn), 2) - 0.4, -0.6)
    low, high = min(drawn["score"].min(), 0), max(drawn["score"].max(), *cuts, 0)
    ax.set_xlim(low, low + ((high - low) or 1) * 1.12)
    for cut in cuts:
        ax.axvline(cut, color=CUT[0], linestyle=CUT_DASHES[1], linewidth=1.4, gid="cut", zorder=3)
        ax.annotate(
            number(cut),
            (cut, 1),
            (0, 3),
            xycoords=ax.get_xaxis_transform(),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=CUT[0],
        )
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    about = "plot.scores.about" if len(drawn) == len(table) else "plot.scores.about_first"
    subtitle = label(about, lang, n=len(drawn), all=number(len(table)))
    headline(ax, _title(table, cuts, lang), subtitle, lift=18 if cuts else 0)
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, cuts, lang), lang)
    return ax


def _ranked(scores, tiers) -> tuple[pd.DataFrame, list]:
    if isinstance(scores, pd.DataFrame):
        if scores.shape[1] == 0:
            raise DataError("scores has no column: there is nothing to add up.")
        if tiers is not None:
            raise DataError("tiers colour one score a customer, not parts: use scores.sum(axis=1).")
        parts = list(scores.columns)
        table = pd.DataFrame(
            {part: check_values(scores[part], name=f"column {part!r}") for part in parts}
        )
        if (table < 0).any(axis=None):
            part = table.columns[(table < 0).any()][0]
            raise DataError(
                f"column {part!r} holds a negative part, which can not be stacked.\n"
                "Turn it into points first: to_points(values)."
            )
        table["score"] = table.sum(axis=1)
    else:
        parts = []
        table = check_values(scores, name="scores").to_frame("score")
    if tiers is not None:
        check_tiers(tiers)
        check_same_customers(table, tiers, names=("scores", "tiers"))
        table["tier"] = tiers.astype(object)
    return table.sort_values("score", ascending=False, kind="stable"), parts


def _title(table: pd.DataFrame, cuts: tuple[float, ...], lang: str) -> str:
    best = {"name": table.index[0], "score": number(table["score"].iloc[0])}
    people = counted("plot.customers", len(table), lang)
    if not cuts:
        mean = number(table["score"].mean())
        sure = {} if len(table) == 1 else {"between": between(mean_of(table["score"]), lang)}
        return counted("plot.scores.title", len(table), lang, mean=mean, **best, **sure)
    reach = int((table["score"] >= max(cuts)).sum())
    return counted(
        "plot.scores.title_cut", reach, lang, everyone=people, cut=number(max(cuts)), **best
    )


def _words(table: pd.DataFrame, cuts: tuple[float, ...], lang: str) -> str:
    return counted(
        "plot.scores.alt",
        len(table),
        lang,
        title=_title(table, cuts, lang),
        low=number(table["score"].min()),
        high=number(table["score"].max()),
    )
