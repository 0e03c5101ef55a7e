"""Draw how R, F or M is spread over the customers, with the cut lines in it."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.labels import label, language
from rfmkit.plots.class_rows import rule_name
from rfmkit.plots.describe import remember
from rfmkit.plots.distribution_parts import (
    STEP,
    are_whole,
    bin_edges,
    count_bars,
    draw_cuts,
    draw_last_bar,
    last_drawn,
)
from rfmkit.plots.style import FAINT, FILL, axes_for, headline, house_style, keep_style
from rfmkit.plots.words import axis_name, counted, number, percent, tick, with_unit
from rfmkit.schema import RECENCY, DataError
from rfmkit.thresholds import is_on
from rfmkit.validation import check_numbers, is_finite


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
    Source: textbook section 5.2.3 leaves the cut open; who sits on it counts as high, as in
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
    beside = edges[1] - edges[0] if len(edges) < 4 else 0  # a lone bar is no wall
    ax.set_xlim(edges[0] - beside, edges[-1] + beside)
    if len(body) < len(data):
        draw_last_bar(ax, table, edges, values.name, lang, money)
    ax.set_ylim(0, table["customers"].max() / (1 - STEP * len(cuts) - 0.03))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=are_whole(data), min_n_ticks=1))
    # No number stands under the shared last bar, which is not to scale.
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick(x) if x <= edges[-1] else ""))
    ax.yaxis.set_major_formatter(FuncFormatter(tick))
    ax.grid(axis="y", color=FAINT)
    ax.set_xlabel(axis_name(values.name, lang, money))
    ax.set_ylabel(label("plot.head.customers", lang))
    draw_cuts(ax, cuts, values.name, lang, money)
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
        few = "only" if place == 0 and share < 0.35 else "plain"
        clauses.append(
            label(
                f"plot.distribution.{family}.{'first' if place == 0 else 'next'}", lang,
                share=label(f"plot.share.{few}", lang, share=percent(share)),
                name=rule_name(name, lang, quoted=True),
                value=with_unit(value, data.name, lang, money),
            )
        )  # fmt: skip
    return label("plot.and_then", lang).join(clauses)


def _words(data: pd.Series, cuts: dict[str, float], lang: str, money: str | None) -> str:
    lines = label("plot.and", lang).join(
        f"{rule_name(name, lang)} {with_unit(value, data.name, lang, money)}"
        for name, value in cuts.items()
    )
    return counted(
        "plot.distribution.alt", len(data), lang, axis=axis_name(data.name, lang, money),
        low=number(data.min()), high=number(data.max()), cuts=lines,
        title=_title(data, cuts, lang, money),
    )  # fmt: skip
