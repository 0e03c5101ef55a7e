"""Compute the Pareto curve of a figure, and put it into words."""

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import pareto_curve
from rfmkit.labels import label
from rfmkit.plots.tiers import (
    check_same_customers,
    check_tiers,
    few,
    has_shares,
    tier_codes,
    tier_name,
    value_name,
)
from rfmkit.plots.words import counted, number, percent
from rfmkit.schema import DataError
from rfmkit.validation import check_one_row_each

TOP = 0.2  # of the customers, rounded up to whole ones: the share of the old rule of thumb


def curve_of(values: pd.Series, tiers: pd.Series | None) -> pd.DataFrame:
    """Add up the values from the highest on, with their shares and, if given, tiers."""
    check_one_row_each(values.index, name="values")
    if tiers is not None:
        check_tiers(tiers)
        check_same_customers(values, tiers, names=("values", "tiers"))
        places = pd.Categorical(tiers.astype(object), categories=tier_codes(tiers), ordered=True)
        tiers = pd.Series(places, index=values.index)
        # Equal customers then stand in the order of their tiers.
        values = values.reindex(tiers.sort_values(kind="stable").index)
    if has_shares(values):
        curve = pareto_curve(values)
        table = curve[["value", "customer_share"]].copy()
        table["value_share"] = curve["cumulative_share"]
    else:
        table = values.sort_values(ascending=False, kind="stable").to_frame("value")
        table["customer_share"] = np.arange(1, len(table) + 1) / len(table)
        table["value_share"] = float("nan")
    table.insert(2, "cumulative", table["value"].cumsum())
    if tiers is not None:
        table["tier"] = tiers.reindex(table.index)
    if tiers is not None and (np.diff(table["tier"].cat.codes) < 0).any():
        wrong = table.index[1:][np.diff(table["tier"].cat.codes) < 0][0]
        raise DataError(
            f"tiers do not follow values: {wrong!r} is in a better tier than a customer who "
            "brings more.\nA Pareto curve needs tiers of these very values: abc_tier(values); "
            "for other tiers draw plot_pyramid(values, tiers)."
        )
    return table


def end_of_top(table: pd.DataFrame) -> int:
    """Find the customer to mark: the peak where customers lose money, else the end of the top."""
    if (table["value"] < 0).any():
        return int((table["value"] >= 0).sum())
    return int(np.ceil(round(TOP * len(table), 9)))


def pareto_title(table: pd.DataFrame, column: object, lang: str) -> str:
    """Say what the curve finds."""
    name, last = value_name(column, lang), table.iloc[-1]
    if table["value_share"].isna().any():
        return label("plot.pareto.title_no_total", lang, value=name, sum=number(last["cumulative"]))
    if len(table) == 1:
        return label("plot.pareto.title_one", lang, value=name)
    if table["value"].nunique() == 1:
        return counted("plot.pareto.title_equal", len(table), lang, value=name)
    end = end_of_top(table)
    row = table.iloc[end - 1]
    if "tier" in table:
        code = table["tier"].iloc[0]
        row = table[table["tier"] == code].iloc[-1]
        return label(
            "plot.pareto.title_tier", lang, tier=tier_name(code, lang), value=name,
            people=percent(row["customer_share"]), share=percent(row["value_share"]),
        )  # fmt: skip
    if (table["value"] < 0).any():
        return label(
            "plot.pareto.title_whale", lang, value=name, people=percent(row["customer_share"]),
            share=percent(row["value_share"]), rest=percent(1 - row["customer_share"]),
            loss=percent(row["value_share"] - 1),
        )  # fmt: skip
    return label(
        "plot.pareto.title", lang, value=name, people=percent(row["customer_share"]),
        share=percent(row["value_share"]),
    )  # fmt: skip


def pareto_words(table: pd.DataFrame, column: object, lang: str) -> str:
    """Describe the whole figure."""
    name = value_name(column, lang)
    words = counted(
        "plot.pareto.alt", len(table), lang, value=name, title=pareto_title(table, column, lang)
    )
    if "tier" not in table or table["value_share"].isna().any():
        return words
    ends = table.groupby("tier", observed=True)[["customer_share", "value_share"]].last()
    steps = [
        f"{tier_name(code, lang)} {percent(row.customer_share)} → {percent(row.value_share)}"
        for code, row in zip(ends.index, ends.itertuples(index=False), strict=True)
    ]
    return words + label("plot.pareto.alt_tiers", lang, steps=few(steps, lang))
