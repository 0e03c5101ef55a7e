"""Draw who moves between tiers from one period to the next, as a matrix."""

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
    row_shares,
)
from rfmkit.plots.style import (
    BASE,
    GREY,
    INK,
    SMALL,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
    wrap,
)
from rfmkit.plots.tiers import ink_on, is_ranked, tint
from rfmkit.plots.words import number, percent
from rfmkit.relationship.moves import LOST, NEW, migration

UP, DOWN, STAY, OTHER = "#0269B3", "#C4661F", "#566070", "#8B94A1"


@house_style()
def plot_migration(
    before: pd.Series,
    after: pd.Series,
    *,
    names: tuple[str, str] | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw the migration matrix: customers by their tier before (rows) and after (columns).

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
        `figure_table` of it gives the table of `migration`: customers, one row a tier before
        (and `new`), one column a tier after (and `lost`).

    Raises
    ------
    DataError
        If nobody is there, a customer stands twice, a tier is blank or the schemes differ.

    Notes
    -----
    Source: the kit's own drawing of a transition matrix. Rows add up to 100 %.

    Examples
    --------
    >>> before = pd.Series(["abc3:a", "abc3:b", "abc3:c"])
    >>> after = pd.Series(["abc3:a", "abc3:a", "abc3:c"])
    >>> print(plot_migration(before, after, lang="en").get_title(loc="left"))
    2 of 3 customers stay in their tier; 1 moves up, 0 move down
    """
    lang = language(lang)
    matrix = migration(before, after)
    names = period_names(names)
    table = matrix if len(matrix) <= 3 else _without_nobody(matrix)
    rows, columns = list(table.index), list(table.columns)
    shares = row_shares(table)
    ranked = is_ranked(rows)
    ax = axes_for(ax, (max(7.6, 2.6 + 1.0 * len(columns)), 2.3 + 0.72 * len(rows)))
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            count, share = table.loc[row, column], shares.loc[row, column]
            colour = _way(rows, columns, y, x, ranked)
            fill = tint(colour, 0.08 + 0.72 * share) if count else "#F6F7F9"
            edge = INK if row == column else "white"
            inset = 0.46 if row == column else 0.48
            ax.add_patch(
                Rectangle((x - inset, y - inset), 2 * inset, 2 * inset, facecolor=fill,
                          edgecolor=edge, linewidth=1.6 if row == column else 0, gid="cell")
            )  # fmt: skip
            if not count:
                ax.text(x, y, "0", ha="center", va="center", color=GREY)
                continue
            ink = {"ha": "center", "color": ink_on(fill), "gid": "fill"}
            ax.text(x, y + 0.02, number(count), va="bottom", **ink)
            ax.text(x, y + 0.08, percent(share), va="top", fontsize=SMALL, **ink)
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    heads = [end_name(code, lang) for code in columns]
    sides = [end_name(code, lang) for code in rows]
    room = ax.figure.get_figwidth() * 72 - max(text_width(side, BASE) for side in sides) - 60
    heads = [wrap(head, room / len(columns) - 6, BASE) for head in heads]
    ax.set_xticks(range(len(columns)), ["\n".join(head) for head in heads])
    ax.set_yticks(range(len(rows)), sides)
    for axis in ("x", "y"):
        ax.tick_params(axis=axis, labelcolor=INK, labeltop=True, labelbottom=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_xlabel(label("plot.migration.after", lang, name=names[1] or label(
        "plot.migration.then", lang)), labelpad=10)  # fmt: skip
    ax.set_ylabel(label("plot.migration.before", lang, name=names[0] or label(
        "plot.migration.first", lang)))  # fmt: skip
    about = "plot.migration.about" if ranked else "plot.migration.about_plain"
    lift = 34 + 18 * max(map(len, heads))
    headline(ax, migration_title(matrix, lang), label(about, lang), lift=lift)
    keep_style(ax)
    remember(ax, matrix, lambda lang: migration_words(matrix, names, lang, "matrix"), lang)
    return ax


def _way(rows: list, columns: list, y: int, x: int, ranked: bool) -> str:
    if rows[y] == columns[x]:
        return STAY
    if not ranked or rows[y] == NEW or columns[x] == LOST:
        return OTHER
    return UP if x < y else DOWN


def _without_nobody(matrix: pd.DataFrame) -> pd.DataFrame:
    rows = [code for code in matrix.index if code != NEW or matrix.loc[NEW].any()]
    columns = [code for code in matrix.columns if code != LOST or matrix[LOST].any()]
    return matrix.loc[rows, columns]
