"""Draw what each of the eight RFM classes brings."""

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.formats import number, percent
from rfmkit.headlines import between, parts_of, whisker_note
from rfmkit.labels import label, language
from rfmkit.palette import CLASS_EDGES, CLASS_FILLS
from rfmkit.plots.class_rows import check_classes, class_rows, number_columns
from rfmkit.plots.describe import remember
from rfmkit.plots.marks import whisker_ends
from rfmkit.plots.style import (
    CLASSES_BY_PATTERN,
    GREY,
    INK,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.words import class_short, counted
from rfmkit.rfm import class_summary
from rfmkit.schema import MONETARY, DataError
from rfmkit.uncertainty import Interval
from rfmkit.validation import check_numbers, require_columns


@house_style()
def plot_rfm_classes(
    rfm: pd.DataFrame, classes: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw each class's share of spend (bar) against its share of customers (diamond).

    Parameters
    ----------
    rfm
        A customer table with `monetary` (money).
    classes
        The class of each customer, from `rfm_class`, in the same order.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a class: `triple` (R, F, M), `customers`,
        `customer_share` (0 to 1), `revenue` (money), `revenue_share` (0 to 1; blank when all
        spend together is not above zero).

    Raises
    ------
    DataError
        If the table is empty, lacks the column or holds blanks, or a class is unknown.

    Notes
    -----
    Source: textbook table 5-2 and section 5.4; the colours are the kit's own.

    Examples
    --------
    >>> rfm = pd.DataFrame({"monetary": [300.0, 100.0]})
    >>> classes = pd.Series(["important_value", "general_develop"])
    >>> plot_rfm_classes(rfm, classes, lang="en").get_title(loc="left")
    '“Important: value”: 50% of customers, 75% of spend'
    """
    lang = language(lang)
    table = _shares(rfm, classes)
    spread = bool(table["revenue_share"].notna().all())
    sure = parts_of(rfm[MONETARY], classes, table.index) if spread else {}
    ax = axes_for(ax, (7.6, 4.9))
    rows = range(len(table))
    bars = table["revenue_share"].fillna(0.0)
    ax.barh(
        rows,
        bars,
        height=0.72,
        linewidth=1.2,
        color=[CLASS_FILLS[code] for code in table.index],
        edgecolor=[CLASS_EDGES[code] for code in table.index],
    )
    for row, code in enumerate(table.index):
        if code in sure:
            whisker_ends(ax, sure[code].low, sure[code].high, row)
    ax.scatter(
        table["customer_share"],
        rows,
        marker="D",
        s=52,
        zorder=3,
        clip_on=False,
        facecolor="white",
        edgecolor=INK,
        linewidth=1.6,
    )
    ends = [end for one in sure.values() for end in (one.low, one.high)]
    widest = max(bars.max(), table["customer_share"].max(), *ends)
    ax.set_xlim(min(0.0, bars.min(), *ends) * 1.02, widest * 1.02)
    class_rows(ax, table.index, lang)
    spend, people = label("plot.head.spend", lang), label("plot.head.people", lang)
    number_columns(
        ax,
        {spend: table["revenue_share"].map(percent), people: table["customer_share"].map(percent)},
        inks=[INK, GREY],
    )
    about = "plot.classes.about" if bars.any() else "plot.classes.no_spend"
    headline(
        ax,
        _classes_title(table, sure, lang),
        label(about, lang) + whisker_note(sure, lang),
        lift=16,
    )
    keep_style(ax)
    remember(ax, table, lambda lang: _classes_words(table, sure, lang), lang)
    return ax


def _shares(rfm: pd.DataFrame, classes: pd.Series) -> pd.DataFrame:
    require_columns(rfm, [MONETARY], name="rfm")
    if len(rfm) == 0:
        raise DataError("rfm is empty: there is no customer to draw.")
    check_numbers(rfm[MONETARY], name=f"column {MONETARY!r}")
    check_classes(classes)
    return class_summary(rfm, classes).loc[list(CLASSES_BY_PATTERN)]


def _classes_title(table: pd.DataFrame, sure: dict[object, Interval], lang: str) -> str:
    if table["revenue_share"].isna().any():
        code = table["customers"].idxmax()
        people = percent(table.loc[code, "customer_share"])
        name = class_short(code, lang)
        return label("plot.classes.title_no_spend", lang, name=name, people=people)
    code = table["revenue_share"].idxmax()
    title = label("plot.classes.title", lang, **_shares_in_words(table, code, lang))
    return title + between(sure.get(code), lang)


def _classes_words(table: pd.DataFrame, sure: dict[object, Interval], lang: str) -> str:
    kind = counted("plot.classes.alt", table["customers"].sum(), lang)
    if table["revenue_share"].isna().any():
        spend = number(table["revenue"].sum())
        title = _classes_title(table, sure, lang)
        return kind + label("plot.classes.alt_no_spend", lang, title=title, spend=spend)
    top, crowd = table["revenue_share"].idxmax(), table["customers"].idxmax()
    words = kind + label("plot.classes.alt_top", lang, **_shares_in_words(table, top, lang))
    words += between(sure.get(top), lang)
    key = "plot.classes.alt_same" if top == crowd else "plot.classes.alt_crowd"
    return words + label(key, lang, **_shares_in_words(table, crowd, lang))


def _shares_in_words(table: pd.DataFrame, code: str, lang: str) -> dict[str, str]:
    return {
        "name": class_short(code, lang),
        "people": percent(table.loc[code, "customer_share"]),
        "spend": percent(table.loc[code, "revenue_share"]),
    }
