"""Draw what each tier is made of: industries, regions or any other groups."""

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.formats import percent
from rfmkit.headlines import between, share_of
from rfmkit.labels import join_names, label, language
from rfmkit.names import column_name, translate_codes
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
from rfmkit.plots.tiers import (
    check_same_customers,
    check_tiers,
    ink_on,
    tier_codes,
    tier_colours,
    tier_name,
)
from rfmkit.plots.words import counted
from rfmkit.schema import DataError

MAX_GROUPS = 7  # groups with a colour of their own; the smaller ones share one
_OTHERS = "\0rest"


@house_style()
def plot_composition(
    groups: pd.Series, tiers: pd.Series, *, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw the shares of the groups in each tier, with all customers below to compare.

    Parameters
    ----------
    groups
        The industry, region or other group of each customer; its name is shown. Ordered
        categories keep their order; others stand with the largest first.
    tiers
        The tier of each customer, best first, in the same order of customers.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives customers: one row a tier and a last row `all`, one column a
        group, the largest first.

    Raises
    ------
    DataError
        If there is no customer, a group or tier is blank, or the customers differ.

    Notes
    -----
    Source: the value-pyramid chapter, the fourth step after scoring: composition of a layer. The
    small groups of more than eight share a colour; the table keeps them apart.

    Examples
    --------
    >>> region = pd.Series(["north", "north", "south"], name="region")
    >>> tiers = pd.Series(["gold", "gold", "lead"])
    >>> print(plot_composition(region, tiers, lang="en").get_title(loc="left"))
    gold: 100% North, against 67% of all customers
    """
    lang = language(lang)
    table = _counts(groups, tiers)
    largest = _with_others(table)
    shares = largest.div(largest.sum(axis=1).clip(lower=1), axis=0)
    ax = axes_for(ax, (8.4, 1.7 + 0.55 * len(table)))
    names = [_name(table, group, lang) for group in largest]
    fills = list(tier_colours(list(largest.columns)).values())
    width = ax.bbox.width * 72 / ax.figure.dpi * 0.72
    place = [row + (0.35 if code == "all" else 0) for row, code in enumerate(table.index)]
    start = pd.Series(0.0, index=table.index)
    for group, fill in zip(largest.columns, fills, strict=True):
        ax.barh(place, shares[group], 0.72, left=start, color=fill, edgecolor="white", linewidth=1)
        for y, code in zip(place, table.index, strict=True):
            text = percent(shares.loc[code, group])
            if shares.loc[code, group] * width > text_width(text, BASE) + 6:
                ax.text(
                    start[code] + shares.loc[code, group] / 2,
                    y,
                    text,
                    ha="center",
                    va="center_baseline",
                    color=ink_on(fill),
                    gid="fill",
                )
        start = start + shares[group]
    rows = [
        label("plot.composition.all", lang) if code == "all" else _row(tiers.name, code, lang)
        for code in table.index
    ]
    people = table.sum(axis=1)
    ax.set_yticks(
        place, [f"{row}  n={people[c]:,}" for row, c in zip(rows, table.index, strict=True)]
    )
    ax.tick_params(axis="y", labelcolor=INK, pad=6)
    ax.set_ylim(place[-1] + 0.5, -0.5)
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    handles = [
        ax.barh([0], [0], color=fill, label=name) for fill, name in zip(fills, names, strict=True)
    ]
    ax.legend(
        handles=handles,
        title=None if groups.name is None else column_name(groups.name, lang),
        loc="upper left",
        bbox_to_anchor=(1.02, 1.0),
        borderaxespad=0,
        alignment="left",
        labelcolor=INK,
        handlelength=1.0,
        handletextpad=0.5,
        labelspacing=0.6,
    )
    headline(ax, _title(table, lang), label("plot.composition.about", lang))
    keep_style(ax)
    remember(ax, table, lambda lang: _words(table, lang), lang)
    return ax


def _counts(groups: pd.Series, tiers: pd.Series) -> pd.DataFrame:
    check_tiers(groups, name="groups")
    check_tiers(tiers)
    check_same_customers(groups, tiers, names=("groups", "tiers"))
    codes = tier_codes(tiers)
    if "all" in codes:
        raise DataError("no tier may be called 'all': the row of all customers has that name.")
    table = pd.crosstab(tiers.astype(object).to_numpy(), groups.astype(object).to_numpy())
    order = table.sum().sort_index(key=lambda names: names.map(str))
    order = order.sort_values(ascending=False, kind="stable").index
    if isinstance(groups.dtype, pd.CategoricalDtype) and groups.dtype.ordered:
        order = [group for group in groups.dtype.categories if group in order]  # best first
    table = table.reindex(index=codes, columns=order, fill_value=0)
    table.loc["all"] = table.sum()
    return table.rename_axis(index="tier", columns=groups.name or "group")


def _row(name: object, code: object, lang: str) -> str:
    """Return the name of a tier, or of a region or industry where the rows are these."""
    tier = tier_name(code, lang)
    return translate_codes(pd.Series([code], name=name), lang)[0] if tier == str(code) else tier


def _with_others(table: pd.DataFrame) -> pd.DataFrame:
    if table.shape[1] <= MAX_GROUPS + 1:
        return table
    largest = table.iloc[:, :MAX_GROUPS].copy()
    largest[_OTHERS] = table.iloc[:, MAX_GROUPS:].sum(axis=1)
    return largest


def _name(table: pd.DataFrame, group: object, lang: str) -> str:
    if group == _OTHERS:
        return label("plot.composition.rest", lang)
    return _row(table.columns.name, group, lang)


def _title(table: pd.DataFrame, lang: str) -> str:
    non_empty = [code for code in table.index[:-1] if table.loc[code].any()]
    shares = table.div(table.sum(axis=1).clip(lower=1), axis=0)
    if table.shape[1] == 1:
        return label("plot.composition.title_one", lang, group=_name(table, table.columns[0], lang))
    gap = (shares.loc[non_empty] - shares.loc["all"]).loc[non_empty[0]]
    group = gap.idxmax()
    key = "plot.composition.title" if gap[group] > 1e-9 else "plot.composition.title_same"
    group = group if gap[group] > 1e-9 else table.columns[0]
    count, everyone = table.loc[non_empty[0], group], table.loc[non_empty[0]].sum()
    sure = {"between": between(share_of(count, everyone), lang)} if key.endswith("title") else {}
    return label(
        key,
        lang,
        **sure,
        tier=tier_name(non_empty[0], lang),
        group=_name(table, group, lang),
        share=percent(shares.loc[non_empty[0], group]),
        all=percent(shares.loc["all", group]),
    )


def _words(table: pd.DataFrame, lang: str) -> str:
    everybody = _with_others(table).loc["all"]
    groups = [
        f"{_name(table, group, lang)} {percent(n / everybody.sum())}"
        for group, n in everybody.items()
    ]
    return counted(
        "plot.composition.alt",
        int(table.loc["all"].sum()),
        lang,
        groups=join_names(groups, lang),
        tiers=len(table) - 1,
        title=_title(table, lang),
    )
