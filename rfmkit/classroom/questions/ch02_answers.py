"""Answers to the exercise of chapter 2, right and wrong."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.classroom.answer_types import drawn
from rfmkit.classroom.case import Case
from rfmkit.schema import RECENCY
from rfmkit.value.tiers import PYRAMID4, pyramid_tier

Tiers = pd.Series

# The southern branch's own lines: 20 : 40 : 40 of customers.
LINES = (0.20, 0.60)
# Ten customers in thousands, the whale in small; nobody is on a line, and no two are equal.
TEN = pd.Series([30, 25, 15, 12, 8, 6, 5, 3, 1, -5], index=[f"X{n:02}" for n in range(1, 11)])


def profit(case: Case) -> pd.Series:
    """Return the year's profit of each customer."""
    return case.customers["profit"]


def line_up(
    case: Case, column: str = "profit", *, order: str = "best", net: bool = True, own: bool = False
) -> dict:
    """Compute how many make three quarters, and what share the first tenth makes."""
    values = case.customers[column]
    if order != "file":
        values = values.sort_values(ascending=order == "worst", kind="stable")
    total = values.sum() if net else values[values > 0].sum()
    so_far = values.cumsum() / total
    reached = so_far <= 0.75 if own else so_far.shift(fill_value=0) < 0.75
    tenth = len(values) // 10
    return {"customers": int(reached.sum()), "share": float(values.iloc[:tenth].sum() / total)}


def share_in_percent(case: Case) -> dict:
    """Write the share as a percentage."""
    right = line_up(case)
    return {**right, "share": 100 * right["share"]}


def ten_customers(case: Case) -> dict:
    """Compute the share of ten customers instead of the first tenth."""
    values = profit(case)
    return {**line_up(case), "share": float(values.nlargest(10).sum() / values.sum())}


def placed(case: Case, method: str, *, best_first: bool = True) -> Tiers:
    """Tier by the place in the line itself, as rank() numbers it."""
    values = profit(case)
    place = values.rank(method=method, ascending=not best_first) / len(values)
    first, second = LINES
    codes = np.select([place <= first, place <= second], ["abc3:a", "abc3:b"], "abc3:c")
    return pd.Series(codes, index=values.index)


def by_layer(
    case: Case, column: str = "profit", *, how: str = "sum", kind: str = "bar", **words: bool
) -> dict:
    """Draw what the layers of the pyramid make."""
    grouped = case.customers[column].groupby(pyramid_tier(profit(case)), observed=False)
    bars = grouped.agg(how).reindex(PYRAMID4)
    return drawn(kind, bars, labels=[] if kind == "line" else bars.index, **words)


def by_alphabet(case: Case) -> dict:
    """Draw the layers in the order of their names."""
    right = by_layer(case)
    pairs = sorted(zip(right["labels"], right["values"][0], strict=True))
    return drawn("bar", [bar for _, bar in pairs], labels=[name for name, _ in pairs])


def losses_upwards(case: Case) -> dict:
    """Draw the losses as if they were profit."""
    right = by_layer(case)
    return drawn("bar", np.abs(right["values"][0]), labels=right["labels"])


def small_for_lead(case: Case) -> dict:
    """Draw the tiers of table 5-1, in which small stands where lead should be."""
    bars = profit(case).groupby(abc_tier(profit(case)), observed=False).sum()
    return drawn("bar", bars, labels=bars.index)


def right_function(case: Case) -> Callable[[pd.Series], Tiers]:
    """Tier by cumulative profit as table 5-1 says."""
    return lambda values: abc_tier(values, by="value")


def by_rank(case: Case) -> Callable[[pd.Series], Tiers]:
    """Tier by rank, the other column of table 5-1."""
    return lambda values: abc_tier(values)


def colleague(
    case: Case, *, own: bool = True, gross: bool = True, last_wins: bool = True
) -> Callable[[pd.Series], Tiers]:
    """Return the colleague's function with those of its three faults that are left."""

    def tier_by_value(values: pd.Series) -> Tiers:
        best = values.sort_values(ascending=False, kind="stable")
        share = best.cumsum() / (best[best > 0].sum() if gross else best.sum())
        if not own:
            share = share.shift(fill_value=0)
        tier = pd.Series("abc4:small", index=best.index)
        lines = [(0.50, "abc4:premium"), (0.80, "abc4:important"), (0.95, "abc4:ordinary")]
        for line, code in lines if last_wins else lines[::-1]:
            tier.loc[share <= line if own else share < line] = code
        return tier

    return tier_by_value


def plans(
    case: Case,
    *,
    saved: float = 0.30,
    of: str = "service_cost",
    everybody: bool = False,
    change: bool = False,
) -> dict:
    """Compute the year's profit under each of the three plans."""
    book, values = case.customers, profit(case)
    small, lead = abc_tier(values) == "abc4:small", values < 0
    trimmed = book[of] if everybody else book.loc[lead, of]
    total = values.sum()
    results = {
        "stop_small": float(values[~small].sum()),
        "stop_lead": float(values[~lead].sum()),
        "trim_lead": float(total + saved * trimmed.abs().sum()),
    }
    return {name: result - total for name, result in results.items()} if change else results


def plans_swapped(case: Case) -> dict:
    """Compute the plans with small and lead swapped."""
    right = plans(case)
    return {**right, "stop_small": right["stop_lead"], "stop_lead": right["stop_small"]}


def what_goes(case: Case) -> dict:
    """Add up those who are stopped in place of those who stay."""
    right, total = plans(case), float(profit(case).sum())
    return {
        **right,
        "stop_small": total - right["stop_small"],
        "stop_lead": total - right["stop_lead"],
    }


def class_a(case: Case, column: str = "profit") -> pd.Series:
    """Compute who is in class A, the first 20 %."""
    chosen = abc_tier(case.customers[column].dropna(), cuts=ABC3) == "abc3:a"
    return chosen.reindex(case.customers.index, fill_value=False)


def unusually_silent(case: Case, gaps: int = 3) -> pd.Series:
    """Compute whose silence is longer than so many of the usual gaps."""
    # Whole numbers on both sides, so that nobody hangs on a rounding.
    return silent_days(case) * case.customers["order_count"] > gaps * 365


def silent_days(case: Case) -> pd.Series:
    """Compute the days since the last purchase."""
    year = case.year
    last = year.loc[year["amount"] > 0].groupby("customer")["date"].max()
    days = (case.today - last).dt.days.rename(RECENCY)
    return days.reindex(case.customers.index)


def who(case: Case, chosen: pd.Series) -> pd.Index:
    """List the customers for whom it is true."""
    return case.customers.index[chosen]
