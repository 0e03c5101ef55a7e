"""Draw every customer by recency, spend and number of purchases."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.labels import label, language
from rfmkit.plots.class_rows import check_classes
from rfmkit.plots.describe import remember
from rfmkit.plots.scatter_parts import draw_corners, draw_cut_lines, draw_marks, set_scales
from rfmkit.plots.style import axes_for, headline, house_style, keep_style
from rfmkit.plots.words import axis_name, counted, number, percent, with_unit
from rfmkit.rfm import high_low
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError


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


def _facts(table: pd.DataFrame) -> dict[str, float]:
    best = table[["R", "F", "M"]].all(axis=1)
    total = table[MONETARY].sum()
    return {
        "everyone": len(table),
        "best": int(best.sum()),
        "share": table.loc[best, MONETARY].sum() / total if total > 0 else float("nan"),
    }


def _title(facts: dict[str, float], lang: str) -> str:
    form = "none" if facts["best"] == 0 else "one" if facts["best"] == 1 else "many"
    share = facts["share"]
    key = "plot.scatter.title" if share == share else "plot.scatter.title_no_spend"
    return label(
        f"{key}.{form}", lang, n=number(facts["best"]), share=percent(share),
        everyone=counted("plot.customers", facts["everyone"], lang),
    )  # fmt: skip


def _words(facts: dict[str, float], cuts: dict[str, float], lang: str, money: str | None) -> str:
    shown = {name: with_unit(value, name, lang, money) for name, value in cuts.items()}
    return label("plot.scatter.alt", lang, title=_title(facts, lang), **shown)
