"""Share what both pyramids need: scale of the bars, empty axes, words."""

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.labels import label
from rfmkit.plots.tiers import few, tier_name, value_name
from rfmkit.plots.words import counted, number, percent

BARS, END = 0.6, 0.91  # of the width: where the bars of value start and end


def bar_scale(table: pd.DataFrame) -> tuple[pd.Series, float, float]:
    """Give what the bars show, points of width for one unit of it, and where zero stands."""
    shown = table["value_share"] if table["value_share"].notna().all() else table["value"]
    low, high = min(shown.min(), 0.0), max(shown.max(), 0.0)
    scale = (END - BARS) / ((high - low) or 1.0)
    return shown, scale, BARS - low * scale


def hide_axes(ax: Axes, many: int) -> None:
    """Leave the drawing alone on the axes, in rows of height 1 under a head."""
    ax.set_xlim(0, 1)
    ax.set_ylim(many, -0.5)
    ax.set_axis_off()


def pyramid_title(table: pd.DataFrame, column: object, lang: str) -> str:
    """Say what the first tier brings, and what the last one costs."""
    held = table[table["customers"] > 0]
    first, last = held.iloc[0], held.iloc[-1]
    names = {
        "tier": tier_name(held.index[0], lang), "people": percent(first["customer_share"]),
        "value": value_name(column, lang),
    }  # fmt: skip
    if table["value_share"].isna().any():
        return label("plot.pyramid.title_no_total", lang, **names, sum=number(table["value"].sum()))
    title = label("plot.pyramid.title", lang, **names, share=percent(first["value_share"]))
    if last["value_share"] < 0:
        title += label(
            "plot.pyramid.loss", lang, tier=tier_name(held.index[-1], lang),
            loss=percent(-last["value_share"]),
        )  # fmt: skip
    return title


def pyramid_words(table: pd.DataFrame, column: object, lang: str, kind: str) -> str:
    """Describe the whole figure, tier by tier."""
    blank = table["value_share"].isna().any()
    rows = [
        f"{tier_name(code, lang)} {percent(row['customer_share'])} / "
        + (number(row["value"]) if blank else percent(row["value_share"]))
        for code, row in table.iterrows()
    ]
    return counted(
        f"plot.{kind}.alt", int(table["customers"].sum()), lang, rows=few(rows, lang),
        value=value_name(column, lang), title=pyramid_title(table, column, lang),
    )  # fmt: skip
