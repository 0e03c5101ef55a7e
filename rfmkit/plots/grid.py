"""Draw customers in a grid of two measures: CLV-CS and quadrants."""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rfmkit.clv_cs import clv_cs_class
from rfmkit.formats import number, percent
from rfmkit.headlines import between, part_of
from rfmkit.labels import join_names, label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.style import (
    CUT,
    INK,
    SMALL,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.tiers import ink_on, tier_name, tint
from rfmkit.plots.words import counted
from rfmkit.thresholds import count_reached, shares_of_total
from rfmkit.uncertainty import Interval
from rfmkit.validation import is_finite

_levels = {2: ("low", "high"), 3: ("low", "middle", "high")}


@house_style()
def plot_clv_cs(
    clv: pd.Series,
    cs: pd.Series,
    *,
    clv_cuts: float | Sequence[float],
    cs_cuts: float | Sequence[float],
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw the grid of customer lifetime value (up) and customer satisfaction (right).

    Parameters
    ----------
    clv
        Customer lifetime value of each customer (money).
    cs
        Satisfaction of the same customers, on any scale where more is better.
    clv_cuts, cs_cuts
        Cuts of the two, as for `clv_cs_class`: one makes low and high, two add a middle.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives one row a box, best first: `tier` (code), `clv` and `cs` (level,
        0 is low), `customers`, `customer_share`, `value` (sum of CLV) and `value_share` (blank
        when the total is not above zero).

    Raises
    ------
    DataError
        As `clv_cs_class`.

    Notes
    -----
    Source: textbook section 5.2.2 names the axes; the figure with the boxes is lost, so their
    names are the kit's own.

    Examples
    --------
    >>> clv, cs = pd.Series([900.0, 100.0]), pd.Series([2, 5])
    >>> ax = plot_clv_cs(clv, cs, clv_cuts=(500,), cs_cuts=(3, 4), lang="en")
    >>> print(ax.get_title(loc="left"))
    “Rescue” comes first: 1 customer, 90% of the lifetime value drawn
    """
    lang = language(lang)
    clv_cuts, cs_cuts = ([c] if is_finite(c) else list(c) for c in (clv_cuts, cs_cuts))
    table, sure = _boxes(clv, cs, clv_cuts, cs_cuts)
    rows, columns = table["clv"].max() + 1, table["cs"].max() + 1
    ax = axes_for(ax, (7.6, 2.4 + 1.15 * rows))
    for _, box in table.iterrows():
        x, y = box["cs"], box["clv"]
        value = box["value_share"]
        weight = box["customer_share"] if pd.isna(value) else min(max(value, 0), 1)
        fill = tint(CUT[0], 0.06 + 0.85 * weight) if box["customers"] else "#F6F7F9"
        ink = {"ha": "center", "color": ink_on(fill), "gid": "fill"}
        ax.add_patch(Rectangle((x - 0.48, y - 0.47), 0.96, 0.94, facecolor=fill, gid="cell"))
        ax.text(x, y + 0.1, tier_name(box["tier"], lang), va="bottom", fontsize=14, **ink)
        count = counted("plot.customers", box["customers"], lang)
        ax.text(x, y, count, va="center", **ink)
        parts = label(
            "plot.clv_cs.parts",
            lang,
            people=percent(box["customer_share"]),
            value=percent(box["value_share"]),
        )
        ax.text(x, y - 0.14, parts, va="top", fontsize=SMALL, **ink)
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(-0.5, rows - 0.5)
    for axis, cuts, many in (("x", cs_cuts, columns), ("y", clv_cuts, rows)):
        names = [
            label(f"plot.level.{level}", lang) + "\n" + text
            for level, text in zip(_levels[many], _ranges(cuts), strict=True)
        ]
        getattr(ax, f"set_{axis}ticks")(range(many), names)
        ax.tick_params(axis=axis, labelcolor=INK)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_xlabel(label("plot.clv_cs.cs", lang))
    ax.set_ylabel(label("plot.clv_cs.clv", lang))
    headline(ax, _clv_cs_title(table, sure, lang), label("plot.clv_cs.about", lang))
    keep_style(ax)
    remember(ax, table, lambda lang: _clv_cs_words(table, sure, lang), lang)
    return ax


def _boxes(clv, cs, clv_cuts, cs_cuts) -> tuple[pd.DataFrame, Interval | None]:
    tiers = clv_cs_class(clv, cs, clv_cuts=clv_cuts, cs_cuts=cs_cuts)
    # One imagined customer a box tells the name of every box, also of an empty one.
    samples = [[cuts[0] - 1 - abs(cuts[0]), *cuts] for cuts in (clv_cuts, cs_cuts)]
    cells = list(itertools.product(*(range(len(sample)) for sample in samples)))
    table = pd.DataFrame(cells, columns=["clv", "cs"])
    imagined = [
        pd.Series([samples[axis][place[axis]] for place in cells], dtype="float64")
        for axis in (0, 1)
    ]
    named = clv_cs_class(*imagined, clv_cuts=clv_cuts, cs_cuts=cs_cuts)
    table.insert(0, "tier", named.astype(object).to_numpy())
    here = count_reached(clv, clv_cuts) * len(samples[1]) + count_reached(cs, cs_cuts)
    table["customers"] = np.bincount(here, minlength=len(table))
    table["customer_share"] = table["customers"] / len(clv)
    table["value"] = np.bincount(here, weights=clv.to_numpy(dtype="float64"), minlength=len(table))
    table["value_share"] = shares_of_total(table["value"], clv)
    order = {code: place for place, code in enumerate(tiers.cat.categories)}
    table = table.sort_values("tier", key=lambda codes: codes.map(order), kind="stable")
    first = (len(samples[0]) - 1) * len(samples[1])  # high value, low satisfaction
    sure = part_of(clv, here == first) if table["value_share"].notna().all() else None
    return table.reset_index(drop=True), sure


def _ranges(cuts: Sequence[float]) -> list[str]:
    cuts = [number(cut) for cut in cuts]
    between = [f"{low} ≤ … < {high}" for low, high in itertools.pairwise(cuts)]
    return [f"< {cuts[0]}", *between, f"≥ {cuts[-1]}"]


def _clv_cs_title(table: pd.DataFrame, sure: Interval | None, lang: str) -> str:
    first = table[(table["clv"] == table["clv"].max()) & (table["cs"] == 0)].iloc[0]
    form = "none" if first["customers"] == 0 else "one" if first["customers"] == 1 else "many"
    key = (
        "plot.clv_cs.title"
        if first["value_share"] == first["value_share"]
        else ("plot.clv_cs.title_no_total")
    )
    title = label(
        f"{key}.{form}",
        lang,
        tier=tier_name(first["tier"], lang),
        n=number(first["customers"]),
        share=percent(first["value_share"]),
    )
    return title + between(sure, lang)


def _clv_cs_words(table: pd.DataFrame, sure: Interval | None, lang: str) -> str:
    boxes = [
        f"{tier_name(box['tier'], lang)} {number(box['customers'])}" for _, box in table.iterrows()
    ]
    return counted(
        "plot.clv_cs.alt",
        int(table["customers"].sum()),
        lang,
        boxes=join_names(boxes, lang),
        title=_clv_cs_title(table, sure, lang),
    )
