"""Draw what customers of each pair of RFM scores spend."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, LogNorm, Normalize
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from rfmkit.formats import number, tick
from rfmkit.headlines import between, mean_of
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    BASE,
    GREY,
    RULE,
    SMALL,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import ink_on
from rfmkit.plots.words import axis_name, counted, with_unit
from rfmkit.schema import MONETARY, DataError
from rfmkit.uncertainty import Interval
from rfmkit.validation import check_rfm, require_columns


@house_style()
def plot_rfm_heatmap(
    rfm: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    money: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw the mean spend and the number of customers for each pair of R and F scores.

    Parameters
    ----------
    rfm
        A customer table with `recency_days`, `frequency` and `monetary` (money).
    scores
        Columns `R` and `F` of whole scores (higher is better), from `score`, same customers.
    money
        The unit of `monetary`; None writes 元 or NT$.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a cell: `R`, `F`, `customers` and `mean` (money; blank
        in a cell that no customer is in).

    Raises
    ------
    DataError
        If the table is empty, a column is missing or blank, or the customers differ.

    Notes
    -----
    Source: textbook section 5.2.3 scores customers by R, F and M; the figure is the kit's own.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> scores = pd.DataFrame({"R": [2, 1], "F": [2, 1]})
    >>> print(plot_rfm_heatmap(rfm, scores, lang="en").get_title(loc="left"))
    Customers of R2 F2 spend most: NT$350 each; 2 of 4 cells hold nobody
    """
    lang = language(lang)
    cells, spend = _cells(rfm, scores)
    table = cells.reset_index()
    mean = cells["mean"].unstack("F")
    count = cells["customers"].unstack("F")
    norm, cmap = _colours(table["mean"].dropna())

    ax = axes_for(ax, (7.6, 6.0))
    fills = cmap(norm(np.ma.masked_invalid(mean.to_numpy())))
    for row, r in enumerate(mean.index):
        for column, f in enumerate(mean.columns):
            empty = count.loc[r, f] == 0
            fill = "#F6F7F9" if empty else tuple(fills[row, column])
            ax.add_patch(
                mpl.patches.Rectangle(
                    (column - 0.5, row - 0.5),
                    1,
                    1,
                    facecolor=fill,
                    linewidth=3,
                    edgecolor="white",
                    gid="cell",
                )
            )
            if empty:
                ax.text(column, row, "–", ha="center", va="center", color=GREY)
                continue
            ink = {"ha": "center", "color": ink_on(fill[:3]), "gid": "fill"}
            ax.text(column, row + 0.04, number(mean.loc[r, f]), va="bottom", fontsize=BASE, **ink)
            text = f"n={count.loc[r, f]:,}"
            ax.text(column, row - 0.07, text, va="top", fontsize=SMALL, **ink)
    ax.set_xlim(-0.5, len(mean.columns) - 0.5)
    ax.set_ylim(-0.5, len(mean.index) - 0.5)
    ax.set_xticks(range(len(mean.columns)), [str(f) for f in mean.columns])
    ax.set_yticks(range(len(mean.index)), [str(r) for r in mean.index])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_xlabel(label("plot.heatmap.f", lang, top=mean.columns[-1]))
    ax.set_ylabel(label("plot.heatmap.r", lang, top=mean.index[-1]))
    if table["mean"].nunique() > 1:
        _colour_bar(ax, norm, cmap)
    unit = axis_name(MONETARY, lang, money)
    sure = mean_of(spend)
    headline(ax, _title(table, sure, lang, money), label("plot.heatmap.about", lang, unit=unit))
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, sure, lang, money), lang)
    return ax


def _cells(rfm: pd.DataFrame, scores: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    check_rfm(rfm)
    require_columns(scores, ["R", "F"], name="scores")
    if not rfm.index.equals(scores.index):
        raise DataError(
            "rfm and scores do not hold the same customers in the same order.\n"
            "Compute scores from this very table: pd.DataFrame({'R': score(rfm['recency_days'], "
            "smaller_is_better=True), 'F': score(rfm['frequency'])})."
        )
    whole = {}
    for name in ("R", "F"):
        column = pd.to_numeric(scores[name], errors="coerce").astype("float64")
        if column.isna().any() or (column != column.round()).any() or (column < 1).any():
            raise DataError(
                f"scores column {name!r} must hold whole numbers from 1 on, in every row.\n"
                "Make it with score(values, levels=5)."
            )
        if column.max() > 10:
            raise DataError(
                f"scores column {name!r} goes up to {column.max():g}: more than 10 levels can not "
                "be read as a picture.\nUse score(values, levels=5)."
            )
        whole[name] = column.astype("int64")
    levels = [range(1, max(int(whole[name].max()), 2) + 1) for name in ("R", "F")]
    groups = rfm[MONETARY].astype("float64").groupby([whole["R"], whole["F"]])
    cells = pd.DataFrame({"customers": groups.size(), "mean": groups.mean()})
    cells = cells.reindex(pd.MultiIndex.from_product(levels, names=["R", "F"]))
    highest = groups.get_group(cells["mean"].idxmax())
    return cells.assign(customers=cells["customers"].fillna(0).astype("int64")), highest


def _colours(means: pd.Series) -> tuple[Normalize, ListedColormap]:
    # The palest and the darkest tenth of the scale are cut: ink stays legible on both ends.
    cmap = ListedColormap(mpl.colormaps["YlGnBu"](np.linspace(0.08, 0.98, 256)))
    low, high = means.min(), means.max()
    if low == high:
        return Normalize(low - 1, high + 1), cmap
    return (LogNorm if low > 0 and high > 8 * low else Normalize)(low, high), cmap


def _colour_bar(ax: Axes, norm: Normalize, cmap: ListedColormap) -> None:
    side = ax.inset_axes((1.03, 0.1, 0.025, 0.8))
    bar = ax.figure.colorbar(mpl.cm.ScalarMappable(norm, cmap), cax=side)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelsize=BASE, labelcolor=GREY, color=RULE)
    if not isinstance(norm, LogNorm):
        bar.locator = MaxNLocator(nbins=5)
    bar.formatter = FuncFormatter(tick)
    bar.ax.yaxis.set_minor_formatter(NullFormatter())
    bar.update_ticks()


def _title(table: pd.DataFrame, sure: Interval | None, lang: str, money: str | None) -> str:
    best = table.loc[table["mean"].idxmax()]
    title = label(
        "plot.heatmap.title",
        lang,
        r=int(best["R"]),
        f=int(best["F"]),
        mean=with_unit(best["mean"], MONETARY, lang, money),
        between=between(sure, lang),
    )
    empty = int((table["customers"] == 0).sum())
    if empty:
        title += counted("plot.heatmap.empty", empty, lang, all=len(table))
    return title


def _words(table: pd.DataFrame, sure: Interval | None, lang: str, money: str | None) -> str:
    non_empty = table[table["customers"] > 0]
    crowd = non_empty.loc[non_empty["customers"].idxmax()]
    return counted(
        "plot.heatmap.alt",
        int(non_empty["customers"].sum()),
        lang,
        title=_title(table, sure, lang, money),
        r=int(crowd["R"]),
        f=int(crowd["F"]),
        crowd=number(crowd["customers"]),
    )
