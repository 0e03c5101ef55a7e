"""Draw who changes class when the rule between high and low changes."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.formats import number
from rfmkit.labels import label, language
from rfmkit.palette import CLASS_FILLS
from rfmkit.plots.class_rows import check_classes, class_rows, number_columns, rule_name
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    CLASSES_BY_PATTERN,
    FAINT,
    GREY,
    INK,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.words import class_short, counted
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.schema import DataError


@house_style()
def plot_class_shift(
    before: pd.Series,
    after: pd.Series,
    *,
    names: Sequence[str] = ("mean", "median"),
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw how many customers each class has before (ring) and after (dot) a change of rule.

    Parameters
    ----------
    before, after
        The class of each customer under the one rule and the other, in the same order.
    names
        What to call the two rules; "mean" and "median" are put into the reader's language.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a class: `triple` (R, F, M), `before` and `after`
        (customers), `change` (customers).

    Raises
    ------
    DataError
        If there is no customer, the customers differ, or a class is blank or unknown.

    Notes
    -----
    Source: textbook table 5-2 gives no threshold; this figure shows what the choice of one moves.

    Examples
    --------
    >>> before = pd.Series(["important_value", "general_develop"])
    >>> after = pd.Series(["important_value", "general_value"])
    >>> plot_class_shift(before, after, lang="zh-TW").get_title(loc="left")
    '門檻由平均數改為中位數，2 位客戶中有 1 位換了類別'
    """
    lang = language(lang)
    check_classes(before, name="before")
    check_classes(after, name="after")
    if not before.index.equals(after.index):
        raise DataError(
            "before and after do not hold the same customers in the same order.\n"
            "Compute both from one table, or keep the customers both have: "
            "both = before.index.intersection(after.index); before.loc[both], after.loc[both]."
        )
    if len(names) != 2 or isinstance(names, str):
        raise DataError(f"names must be two names, such as ('mean', 'median'), not {names!r}.")
    moved = int((before.astype(object) != after.astype(object)).sum())
    table = _counts(before, after)
    ax = axes_for(ax, (7.6, 4.9))
    rows = range(len(table))
    ax.hlines(
        rows,
        table["before"],
        table["after"],
        linewidth=6,
        zorder=2,
        color=[CLASS_FILLS[code] for code in table.index],
    )
    style = {"zorder": 3, "clip_on": False, "edgecolor": INK, "linewidth": 1.6}
    ax.scatter(table["before"], rows, s=100, facecolor="white", **style)
    ax.scatter(table["after"], rows, s=44, facecolor=INK, **style)
    ax.set_xlim(0, max(table["before"].max(), table["after"].max()) * 1.03)
    ax.hlines(rows, 0, ax.get_xlim()[1], color=FAINT, linewidth=0.8, zorder=0)
    class_rows(ax, table.index, lang)
    displayed = [rule_name(name, lang) for name in names]
    displayed = [name[:1].upper() + name[1:] for name in displayed]  # they head a column
    number_columns(
        ax,
        {
            f"{displayed[0]} ○": table["before"].map(number),
            f"{displayed[1]} ●": table["after"].map(number),
            label("plot.head.change", lang): table["change"].map(_signed),
        },
        inks=[GREY, INK, GREY],
    )
    headline(
        ax, _shift_title(moved, len(before), names, lang), label("plot.shift.about", lang), lift=16
    )
    keep_style(ax)
    everyone = len(before)
    remember(ax, table, lambda lang: _shift_words(table, moved, everyone, names, lang), lang)
    return ax


def _counts(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    counts = {
        name: classes.astype(object).value_counts().reindex(CLASSES_BY_PATTERN, fill_value=0)
        for name, classes in {"before": before, "after": after}.items()
    }
    table = pd.DataFrame({"triple": pd.Series(CLASS_TRIPLES), **counts})
    table["change"] = table["after"] - table["before"]
    return table.loc[list(CLASSES_BY_PATTERN)].rename_axis("class")


def _shift_title(moved: int, everyone: int, names: Sequence[str], lang: str) -> str:
    first, second = (rule_name(name, lang, quoted=True) for name in names)
    form = "none" if moved == 0 else "one" if moved == 1 else "many"
    people = counted("plot.customers", everyone, lang)
    return label(
        f"plot.shift.title.{form}",
        lang,
        n=number(moved),
        everyone=people,
        first=first,
        second=second,
    )


def _shift_words(
    table: pd.DataFrame, moved: int, everyone: int, names: Sequence[str], lang: str
) -> str:
    words = label("plot.shift.alt", lang, title=_shift_title(moved, everyone, names, lang))
    if table["change"].any():
        code = table["change"].abs().idxmax()
        words += label(
            "plot.shift.alt_most",
            lang,
            name=class_short(code, lang),
            before=number(table.loc[code, "before"]),
            after=number(table.loc[code, "after"]),
        )
    return words


def _signed(change: int) -> str:
    return f"{change:+,}".replace("-", "−") if change else "0"
