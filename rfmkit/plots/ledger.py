"""Draw what cleaning left out of the ledger, and why."""

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.formats import number, percent
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import FILL, INK, STRONG, axes_for, headline, house_style, keep_style
from rfmkit.plots.words import counted
from rfmkit.schema import DataError
from rfmkit.validation import require_columns


@house_style()
def plot_left_out(
    rejected: pd.DataFrame,
    *,
    kept: int | pd.DataFrame,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw how many rows cleaning left out, for each reason.

    Parameters
    ----------
    rejected
        The rows left out, with `reason` (a code), from `clean_transactions`.
    kept
        How many rows were kept, or the clean table itself.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a reason: `rows` (how many).

    Raises
    ------
    DataError
        If `reason` is missing or blank, `kept` is no count, or there was no row at all.

    Notes
    -----
    Source: the kit's own rule that no row is dropped in silence.

    Examples
    --------
    >>> rejected = pd.DataFrame({"reason": ["repeated_row", "repeated_row", "future_date"]})
    >>> figure_ax = plot_left_out(rejected, kept=97, lang="en")
    >>> figure_ax.get_title(loc="left").partition(";")[0]
    '3 of 100 rows were left out'
    """
    lang = language(lang)
    require_columns(rejected, ["reason"], name="rejected")
    if rejected["reason"].isna().any():
        raise DataError(
            f"{rejected['reason'].isna().sum()} rows of rejected have no reason.\n"
            "Take both tables from one call: clean, rejected = clean_transactions(tx)."
        )
    kept = _count(kept)
    if kept + len(rejected) == 0:
        raise DataError("there is no row at all: nothing was kept and nothing was left out.")
    # Equal counts stand in the order of the reason's code, so that the figure is reproducible.
    counts = rejected["reason"].astype(str).value_counts().sort_index()
    table = counts.sort_values(ascending=False, kind="stable").to_frame("rows")
    table.index.name = "reason"

    ax = axes_for(ax, (7.6, 1.5 + 0.42 * max(len(table), 2)))
    rows = range(len(table))
    ax.barh(rows, table["rows"], height=0.66, color=[STRONG] + [FILL] * (len(table) - 1))
    for row, count in enumerate(table["rows"]):
        ax.annotate(
            number(count), (count, row), (6, 0), textcoords="offset points", va="center_baseline"
        )
    ax.set_yticks(rows, [reason_name(code, lang) for code in table.index])
    ax.tick_params(axis="y", labelcolor=INK, pad=6)
    ax.set_ylim(max(len(table), 2) - 0.5, -0.5)
    ax.set_xlim(0, max(table["rows"].max() if len(table) else 1, 1) * 1.08)
    ax.set_xticks([])
    ax.spines[["left", "bottom"]].set_visible(len(table) > 0)
    ax.spines["bottom"].set_visible(False)
    headline(ax, _title(table, kept, lang), _subtitle(table, kept, lang))
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, kept, lang), lang)
    return ax


def reason_name(code: str, lang: str) -> str:
    """Return the name of a reason; an unknown code stays as it is."""
    try:
        return label(f"reason.{code}", lang)
    except KeyError:
        return code


def _count(kept: int | pd.DataFrame) -> int:
    if isinstance(kept, (pd.DataFrame, pd.Series)):
        return len(kept)
    if isinstance(kept, bool) or not hasattr(kept, "__index__") or kept < 0:
        raise DataError(
            f"kept must be the number of rows kept, or the clean table, not {kept!r}.\n"
            "For example: plot_left_out(rejected, kept=clean)."
        )
    return int(kept)


def _title(table: pd.DataFrame, kept: int, lang: str) -> str:
    out = int(table["rows"].sum())
    if out == 0:
        return counted("plot.left_out.title_none", kept, lang)
    title = counted("plot.left_out.title", out, lang, rows=counted("plot.rows", kept + out, lang))
    if len(table) == 1:
        return title + label("plot.left_out.only", lang, reason=reason_name(table.index[0], lang))
    if table["rows"].iloc[0] == table["rows"].iloc[1]:
        return title
    return title + label(
        "plot.left_out.most",
        lang,
        reason=reason_name(table.index[0], lang),
        n=number(table["rows"].iloc[0]),
    )


def _subtitle(table: pd.DataFrame, kept: int, lang: str) -> str:
    out = int(table["rows"].sum())
    return label("plot.left_out.about", lang, share=percent(kept / (kept + out)))


def _words(table: pd.DataFrame, kept: int, lang: str) -> str:
    out = int(table["rows"].sum())
    if out == 0:
        return label("plot.left_out.alt_none", lang, title=_title(table, kept, lang))
    reasons = label("list.comma", lang).join(
        f"{reason_name(code, lang)} {number(count)}" for code, count in table["rows"].items()
    )
    return counted("plot.left_out.alt", out, lang, all=number(kept + out), reasons=reasons)
