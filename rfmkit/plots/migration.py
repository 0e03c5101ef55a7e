"""Draw who moves between tiers from one period to the next, as a matrix."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rfmkit.formats import number, percent
from rfmkit.headlines import between, share_of
from rfmkit.labels import join_names, label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    BASE,
    GREY,
    INK,
    RULE,
    SMALL,
    axes_for,
    headline,
    house_style,
    keep_style,
    text_width,
    wrap,
)
from rfmkit.plots.tiers import ink_on, is_ranked, tier_colours, tier_name, tint
from rfmkit.plots.words import counted
from rfmkit.relationship.moves import LOST, NEW, migration
from rfmkit.schema import DataError

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
                Rectangle(
                    (x - inset, y - inset),
                    2 * inset,
                    2 * inset,
                    facecolor=fill,
                    edgecolor=edge,
                    linewidth=1.6 if row == column else 0,
                    gid="cell",
                )
            )
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
    width = ax.figure.get_figwidth() * 72 - max(text_width(side, BASE) for side in sides) - 60
    heads = [wrap(head, width / len(columns) - 6, BASE) for head in heads]
    ax.set_xticks(range(len(columns)), ["\n".join(head) for head in heads])
    ax.set_yticks(range(len(rows)), sides)
    for axis in ("x", "y"):
        ax.tick_params(axis=axis, labelcolor=INK, labeltop=True, labelbottom=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_xlabel(
        label("plot.migration.after", lang, name=names[1] or label("plot.migration.then", lang)),
        labelpad=10,
    )
    ax.set_ylabel(
        label("plot.migration.before", lang, name=names[0] or label("plot.migration.first", lang))
    )
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


def period_names(names: tuple[str, str] | None) -> tuple[str, str]:
    """Check the names of the two periods; without names they are blank."""
    if names is None:
        return "", ""
    if isinstance(names, str) or len(names) != 2:
        raise DataError(f"names must be two names, such as ('February', 'March'), not {names!r}.")
    return str(names[0]), str(names[1])


def end_name(code: object, lang: str) -> str:
    """Return the name of a tier, or of new or lost customers."""
    return label(f"plot.migration.{code}", lang) if code in (NEW, LOST) else tier_name(code, lang)


def row_shares(matrix: pd.DataFrame) -> pd.DataFrame:
    """Divide each row by its sum; an empty row is all 0."""
    return matrix.div(matrix.sum(axis=1).clip(lower=1), axis=0)


def moves_in(matrix: pd.DataFrame) -> dict[str, int]:
    """Count the customers who were there, stayed, went up, went down, came and left."""
    inner = matrix.drop(index=NEW, columns=LOST).to_numpy()
    positions = range(len(inner))
    return {
        "everyone": int(matrix.drop(index=NEW).to_numpy().sum()),
        "stay": int(inner.trace()),
        "up": int(sum(inner[y, x] for y in positions for x in positions if x < y)),
        "down": int(sum(inner[y, x] for y in positions for x in positions if x > y)),
        "new": int(matrix.loc[NEW].sum()),
        "lost": int(matrix[LOST].sum()),
    }


def migration_title(matrix: pd.DataFrame, lang: str) -> str:
    """Write the title: how many stay and how many move which way."""
    moves = moves_in(matrix)
    people = counted("plot.customers", moves["everyone"], lang)
    title = counted("plot.migration.title", moves["stay"], lang, everyone=people)
    title += between(share_of(moves["stay"], moves["everyone"]), lang)
    parts = []
    if is_ranked(matrix.index[:-1]):
        parts = [counted(f"plot.migration.{way}", moves[way], lang) for way in ("up", "down")]
    elif moves["up"] + moves["down"]:
        parts = [counted("plot.migration.elsewhere", moves["up"] + moves["down"], lang)]
    parts += [
        counted(f"plot.migration.{way}_count", moves[way], lang)
        for way in ("lost", "new")
        if moves[way]
    ]
    if not parts:
        return title
    return title + label("plot.migration.then_parts", lang, parts=join_names(parts, lang))


def migration_words(matrix: pd.DataFrame, names: tuple[str, str], lang: str, kind: str) -> str:
    """Describe the whole figure."""
    inner = matrix.drop(index=NEW, columns=LOST).stack()
    inner = inner[[first != second for first, second in inner.index]]
    periods = label("plot.migration.periods", lang, first=names[0], second=names[1])
    words = label(
        f"plot.{kind}.alt",
        lang,
        periods=periods if all(names) else "",
        title=migration_title(matrix, lang),
    )
    if inner.any():
        first, second = inner.idxmax()
        words += label(
            "plot.migration.alt_most",
            lang,
            n=number(inner.max()),
            first=tier_name(first, lang),
            second=tier_name(second, lang),
        )
    return words


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
    before, after, names, ax, lang
        As for `plot_migration`.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the table of `migration`.

    Raises
    ------
    DataError
        As `plot_migration`.

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
                0.05 + 0.9 * way,
                low,
                low + count,
                color=colours[row],
                alpha=0.28 if row == column else 0.6,
                linewidth=0,
                gid="stream",
            )
            left[row] += count
            right[column] += count
    words = [end_name(code, lang) for code in (*codes, NEW, LOST)]
    side_width = max(text_width(word, BASE) for word in words) + 50
    width = side_width / (ax.figure.get_figwidth() * 72 - 2 * side_width)
    whole = everyone + gap * (len(codes) + 1)
    line = whole * 1.25 * BASE / (ax.bbox.height * 72 / ax.figure.dpi)
    for x, side, tops, totals in (
        (0.0, "right", starts, matrix.sum(axis=1)),
        (0.95, "left", ends, matrix.sum(axis=0)),
    ):
        present = [code for code in tops if totals[code]]
        centres = _apart([tops[code] + totals[code] / 2 for code in present], line)
        for code, centre in zip(present, centres, strict=True):
            top = tops[code]
            patch_style = {"facecolor": colours[code]}
            if code in (NEW, LOST):
                patch_style = {"facecolor": "white", "edgecolor": RULE, "hatch": "////"}
            ax.add_patch(Rectangle((x, top), 0.05, totals[code], linewidth=0, **patch_style))
            name = end_name(code, lang)
            ax.annotate(
                f"{name}  {number(totals[code])}",
                (x if side == "right" else 1, centre),
                (-7 if side == "right" else 7, 0),
                textcoords="offset points",
                ha=side,
                va="center",
            )
    height = max(max(starts.values()), max(ends.values())) + gap
    ax.set_xlim(-width, 1 + width)
    ax.set_ylim(max(height, whole), -gap / 2)
    ax.set_axis_off()
    first = names[0] or label("plot.migration.first", lang)
    second = names[1] or label("plot.migration.then", lang)
    for x, text, side in ((0, first, "left"), (1, second, "right")):
        ax.annotate(
            text,
            (x, 1),
            (0, 3),
            xycoords=ax.get_xaxis_transform(),
            ha=side,
            color=GREY,
            textcoords="offset points",
            va="bottom",
        )
    headline(ax, migration_title(matrix, lang), label("plot.alluvial.about", lang), lift=18)
    keep_style(ax)
    remember(ax, matrix, lambda lang: migration_words(matrix, names, lang, "alluvial"), lang)
    return ax


def _apart(centres: list[float], least: float) -> list[float]:
    """Move overlapping labels down until none covers another."""
    placed: list[float] = []
    for centre in centres:
        placed.append(max(centre, placed[-1] + least) if placed else centre)
    return placed


def _stack(totals: pd.Series, gap: float) -> dict:
    """Compute the upper edge of each tier with customers, with gaps between."""
    edges, top = {}, 0.0
    for code, total in totals.items():
        edges[code] = top
        top += total + (gap if total else 0)
    return edges
