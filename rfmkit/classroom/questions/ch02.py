"""Chapter 2, ABC: each question as steps with their other choices."""

from collections.abc import Callable
from functools import partial
from operator import and_, ge, gt, le, lt, or_

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import ABC3, ABC4_CUSTOMERS, ABC4_VALUE, abc_tier
from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import (
    MONEY_UNITS,
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    drawn,
)
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.value.tiers import PYRAMID4, pyramid_tier

_A, _B, _C = "abc3:a", "abc3:b", "abc3:c"
_ABC4 = ("abc4:premium", "abc4:important", "abc4:ordinary", "abc4:small")
_LINES = (0.20, 0.60)  # the southern branch's own: 20 : 40 : 40 of customers
# Ten customers in thousands: nobody is on a line. Four of whom three are. No two are equal.
_TEN = pd.Series([30, 25, 15, 12, 8, 6, 5, 3, 1, -5], index=[f"X{n:02}" for n in range(1, 11)])
_ON_THE_LINES = pd.Series([15, 50, 5, 30], index=["Y01", "Y02", "Y03", "Y04"])


# 2.a, 2.b and 2.2 Customers in a line, and what those ahead of each make


def in_line(values: pd.Series, order: str = "best") -> pd.Series:
    """Sort customers by a value; "file" leaves them as they are."""
    if order == "file":
        return values.dropna()
    return values.dropna().sort_values(ascending=order == "worst", kind="stable")


def shares(values: pd.Series, *, total: str = "net", share: str = "ahead") -> pd.Series:
    """Compute what those ahead of each make, or those up to each, as a share of the total."""
    whole = values.sum() if total == "net" else values[values > 0].sum()
    so_far = values.cumsum() / whole
    if share == "own":
        return so_far
    return so_far.shift() if share == "blank_first" else so_far.shift(fill_value=0)


LINE = {
    "column": {"by_revenue": "revenue", "last_year": "profit_last_year"},
    "order": {"worst_first": "worst", "as_in_the_file": "file"},
    "total": {"gross_total": "gross"},
}


def count_to_line(
    case: Case,
    *,
    line: float = 0.90,
    compare: Callable = lt,
    result: Callable = pd.Series.sum,
    column: str = "profit",
    order: str = "best",
    **choices: str,
) -> float:
    ahead = shares(in_line(case.customers[column], order), **choices)
    return float(result(compare(ahead, line)))


def money_to_line(case: Case) -> float:
    best = in_line(case.customers["profit"])
    return best[shares(best) < 0.90].sum()


def ordinary(
    case: Case,
    *,
    bounds: tuple[float, float] = (0.80, 0.95),
    combine: Callable = and_,
    column: str = "profit",
    order: str = "best",
    share: str = "ahead",
    total: str = "net",
) -> pd.Index:
    values = in_line(case.customers[column], order)
    at_80 = shares(values, total=total, share="own" if share == "own_at_80" else share)
    at_95 = shares(values, total=total, share="own" if share == "own_at_95" else share)
    low, high = bounds
    return values.index[combine(at_80 >= low, at_95 < high)]


def ordinary_by_rank(case: Case, bounds: tuple[float, float] = (0.20, 0.50)) -> pd.Index:
    ahead = case.customers["profit"].rank(method="min", ascending=False) - 1
    low, high = bounds
    return ahead.index[(ahead >= low * len(ahead)) & (ahead < high * len(ahead))]


def line_up(
    case: Case,
    *,
    line: float = 0.75,
    compare: Callable = lt,
    first: int | None = 32,
    column: str = "profit",
    order: str = "best",
    share: str = "ahead",
    total: str = "net",
    written: str = "right",
) -> dict:
    values = in_line(case.customers[column], order)
    count = int(compare(shares(values, total=total, share=share), line).sum())
    first = first or count
    whole = (values if total == "net" else values[values > 0]).sum()
    part = values.iloc[:first].sum() / whole
    return {
        "right": {"customers": count, "share": part},
        "in_percent": {"customers": count, "share": 100 * part},
        "money": {"customers": count, "share": values.iloc[:first].sum()},
        "share_of_people": {"customers": count / len(values), "share": part},
        "swapped": {"customers": part, "share": count},
    }[written]


def largest_buyers(case: Case) -> dict:
    buyers = case.customers.sort_values("revenue", ascending=False)["profit"]
    return {**line_up(case), "share": buyers.iloc[:32].sum() / buyers.sum()}


# 2.c and 2.d Who leaves class A


def overrated(
    case: Case,
    *,
    who: Callable = lambda sales, profit: (sales == _A) & (profit != _A),
    sales: str = "revenue",
) -> pd.Index:
    book = case.customers
    tiers = [abc_tier(book[column], cuts=ABC3) for column in (sales, "profit")]
    return book.index[who(*tiers)]


def fallen(
    case: Case,
    *,
    who: Callable = lambda before, now: (before == _A) & (now != _A),
    blanks: str = "left_out",
    now: str = "profit",
) -> pd.Index:
    last_year, this_year = case.customers["profit_last_year"], case.customers[now]
    last_year = last_year.dropna() if blanks == "left_out" else last_year.fillna(0)
    before = abc_tier(last_year, cuts=ABC3)
    return before.index[who(before, abc_tier(this_year, cuts=ABC3)[before.index])]


def less_profit(case: Case) -> pd.Index:
    book = case.customers
    return book.index[book["profit"] < book["profit_last_year"]]


def less_profit_in_a(case: Case) -> pd.Index:
    return less_profit(case).intersection(fallen(case, who=lambda before, now: before == _A))


# 2.3 20 : 40 : 40


def tiers(
    case: Case,
    *,
    ahead: str = "better",
    lines: tuple[float, float] = _LINES,
    compare: Callable = lt,
    column: str = "profit",
    best: str = "most",
    who: str = "all",
) -> pd.Series:
    values = case.customers[column]
    values = values[values > 0] if who == "earners" else values
    values = values if best == "most" else -values
    match ahead:
        case "width":
            return pd.cut(values, 3, labels=[_C, _B, _A])
        case "money":
            in_front = shares(in_line(values))[values.index] * len(values)
        case "last":  # of equals, the last in the file comes first
            in_front = values[::-1].rank(method="first", ascending=False)[values.index] - 1
        case _:
            method = {"better": "min"}.get(ahead, ahead)
            in_front = values.rank(method=method, ascending=False) - 1
    reached = [compare(in_front, line * len(values)) for line in lines]
    return pd.Series(np.select(reached, [_A, _B], _C), index=values.index)


# 2.4 The layers of the pyramid


def layer_chart(
    case: Case,
    *,
    column: str = "profit",
    how: str = "sum",
    layers: str = "pyramid",
    heights: str = "as_they_are",
    order: str = "pyramid",
    kind: str = "bar",
    title: bool = True,
    ylabel: bool = True,
) -> dict:
    bars = case.customers[column].groupby(_layers(case, layers), observed=True).agg(how)
    bars.index = bars.index.astype(str)
    if heights == "upwards":
        bars = bars.abs()
    elif heights == "clipped":
        bars = bars.clip(lower=0)
    elif heights == "percent":
        bars = 100 * bars / bars.sum()
    if order == "alphabet":
        bars = bars.sort_index()
    elif order == "chinese":
        bars = bars.iloc[[0, 3, 2, 1]]
    elif order == "no_lead":
        bars = bars[:-1]
    if kind == "barh":  # pandas draws the first bar at the bottom
        bars = bars[::-1]
    labels = () if kind == "line" else bars.index
    return drawn(kind, bars.tolist(), labels=labels, title=title, ylabel=ylabel)


@steps.once_per_case
def _layers(case: Case, which: str) -> pd.Series:
    profit = case.customers["profit"]
    match which:
        case "pyramid":
            return pyramid_tier(profit)
        case "table_5_1":
            return abc_tier(profit)
        case "by_value":
            return abc_tier(profit, by="value")
        case "abc":
            return abc_tier(profit, cuts=ABC3)
        case "of_revenue":
            return pyramid_tier(case.customers["revenue"])
        case "of_last_year":
            return pyramid_tier(case.customers["profit_last_year"].dropna())


# 2.5 The colleague's function


def tier_by_value(
    case: Case,
    *,
    share: str = "ahead",
    total: str = "net",
    compare: Callable = lt,
    first: str = "wide",
    lines: tuple[float, float, float] = ABC4_VALUE,
    order: str = "best",
    who: str = "all",
) -> Callable[[pd.Series], pd.Series]:
    if share == "own_up_to":  # as the colleague wrote it
        share, compare = "own", le

    def tier(values: pd.Series) -> pd.Series:
        values = in_line(values if who == "all" else values[values > 0], order)
        ahead = shares(values, total="net" if total == "everybody" else total, share=share)
        if total == "everybody":
            ahead = ahead * values.sum() / case.customers["profit"].sum()
        found = pd.Series(_ABC4[-1], index=values.index)
        written = list(zip(lines, _ABC4, strict=False))
        for line, code in written[::-1] if first == "wide" else written:
            found.loc[compare(ahead, line)] = code
        return found

    return tier


# 2.6 Three plans

_MONEY = ("profit", "revenue", "service_cost")


def plans(
    case: Case,
    *,
    small: str = "rank",
    lead: Callable = lt,
    lead_by: str = "profit",
    stopped: str = "stay",
    saved: float = 0.30,
    column: str = "service_cost",
    trimmed: str = "lead",
    start: str = "everybody",
    written: str = "profit",
) -> dict:
    # In arrays: a diagnosis computes hundreds of these.
    book = {name: case.customers[name].to_numpy() for name in {*_MONEY, column, lead_by}}
    profit, revenue, service = (book[name] for name in _MONEY)
    total, lead, small = profit.sum(), lead(book[lead_by], 0), _small(case, small)
    money = {
        "stay": lambda gone: profit[~gone].sum(),
        "go": lambda gone: profit[gone].sum(),
        "service_stays": lambda gone: total - (profit + service)[gone].sum(),
        "revenue": lambda gone: revenue[~gone].sum(),
        "service": lambda gone: total + service[gone].sum(),
        "mean": lambda gone: profit[~gone].mean(),
        "added": lambda gone: total + profit[gone].sum(),
    }[stopped]
    cut = {"lead": lead, "everybody": slice(None), "small": small}[trimmed]
    begin = {"everybody": total, "without_lead": profit[~lead].sum(), "lead": profit[lead].sum()}
    results = {
        "stop_small": money(small),
        "stop_lead": money(lead),
        "trim_lead": begin[start] + saved * np.abs(book[column][cut]).sum(),
    }
    if written == "swapped":
        results["stop_small"], results["stop_lead"] = results["stop_lead"], results["stop_small"]
    change = total if written == "change" else 0
    return {name: float(result - change) for name, result in results.items()}


@steps.once_per_case
def _small(case: Case, which: str) -> np.ndarray:
    profit = case.customers["profit"]
    by_rank = abc_tier(profit)
    match which:
        case "rank":
            small = by_rank == _ABC4[-1]
        case "value":
            small = abc_tier(profit, by="value") == _ABC4[-1]
        case "revenue":
            small = abc_tier(case.customers["revenue"]) == _ABC4[-1]
        case "iron":
            small = pyramid_tier(profit) == PYRAMID4[2]
        case "earning":
            small = (by_rank == _ABC4[-1]) & (profit >= 0)
    return small.to_numpy()


# 2.7 Unusually quiet in class A


def to_call(
    case: Case,
    *,
    column: str = "profit",
    tier: str = "a",
    gaps: float = 3,
    compare: Callable = gt,
    gap: str = "own",
    both: bool = True,
) -> pd.Index:
    # Whole numbers on both sides, so that nobody is on a line by rounding.
    orders = case.customers["order_count"]
    days, chosen = _days_silent(case), _tier_of(case, column, tier)
    silent = {
        "own": lambda: compare(days * orders, gaps * 365),
        "lines": lambda: compare(days * _lines(case), gaps * 365),
        "between": lambda: compare(days * (orders - 1), gaps * 365),
        "measured": lambda: compare(days * (orders - 1), gaps * _days_buying(case)),
        "mean_of_tier": lambda: compare(days * orders[chosen].mean(), gaps * 365),
        "mean_of_all": lambda: compare(days * orders.mean(), gaps * 365),
        "days": lambda: compare(days, 90),
        "month": lambda: compare(days, 30),
        "any": lambda: days == days,
        "orders": lambda: compare(days, gaps * orders),
    }[gap]()
    return orders.index[chosen & silent if both else chosen | silent]


@steps.once_per_case
def _days_silent(case: Case) -> pd.Series:
    purchases = case.year[case.year["amount"] > 0]
    days = (case.today - purchases.groupby("customer")["date"].max()).dt.days
    return days.reindex(case.customers.index)


@steps.once_per_case
def _days_buying(case: Case) -> pd.Series:
    """Compute the days from each customer's first purchase to the last."""
    dates = case.year[case.year["amount"] > 0].groupby("customer")["date"]
    return (dates.max() - dates.min()).dt.days.reindex(case.customers.index)


@steps.once_per_case
def _lines(case: Case) -> pd.Series:
    return case.year.groupby("customer").size().reindex(case.customers.index)


@steps.once_per_case
def _tier_of(case: Case, column: str, tier: str) -> pd.Series:
    values = case.customers[column].dropna()
    match tier:
        case "a":
            chosen = abc_tier(values, cuts=ABC3) == _A
        case "a_and_b":
            chosen = abc_tier(values, cuts=ABC3) != _C
        case "b":
            chosen = abc_tier(values, cuts=ABC3) == _B
        case "not_a":
            chosen = abc_tier(values, cuts=ABC3) != _A
        case "all":
            chosen = values == values
    return chosen.reindex(case.customers.index, fill_value=False)


QUESTIONS = (
    Question(
        "2.a",
        "n_ninety",
        Number(),
        count_to_line,
        steps={
            "share": {"line_not_crossed": "own"},
            **LINE,
            "compare": {"the_rest": ge},
            "line": {
                "eight_tenths": 0.80,
                "half": 0.50,
                "ninety_five": 0.95,
                "one_tenth": 0.10,
                "per_cent_for_share": 90,
            },
            "result": {"share_of_people": pd.Series.mean},
        },
        mistakes={
            "rest_with_crossing": partial(count_to_line, share="own", compare=gt),
            "nine_tenths_of_people": lambda case: 0.9 * len(case.customers),
            "money_added": money_to_line,
            "worst_first_own": partial(count_to_line, order="worst", share="own"),
            "as_in_the_file_own": partial(count_to_line, order="file", share="own"),
        },
        books="lesson",
    ),
    Question(
        "2.b",
        "ordinary",
        Customers(),
        ordinary,
        steps={
            "bounds": {
                "with_better": (-1, 0.95),
                "with_worse": (0.80, np.inf),
                "tier_above": (0.50, 0.80),
                "tier_below": (0.95, np.inf),
                "with_important": (0.50, 0.95),
                "from_95": (0.95, 1),
                "to_90": (0.80, 0.90),
                "lines_of_ranks": (0.20, 0.50),
            },
            "share": {"own_sum": "own", "own_sum_at_80": "own_at_80", "own_sum_at_95": "own_at_95"},
            "combine": {"or_for_and": or_, "all_the_others": lambda low, high: ~(low & high)},
            **LINE,
        },
        mistakes={
            "by_rank": ordinary_by_rank,
            "value_lines_on_ranks": partial(ordinary_by_rank, bounds=(0.80, 0.95)),
        },
        books="lesson",
    ),
    Question(
        "2.c",
        "overrated",
        Customers(),
        overrated,
        steps={
            "who": {
                "underrated": lambda sales, profit: (sales != _A) & (profit == _A),
                "both": lambda sales, profit: (sales == _A) & (profit == _A),
                "any_change": lambda sales, profit: sales != profit,
                "any_fall": lambda sales, profit: profit > sales,
                "all_of_a_by_revenue": lambda sales, profit: sales == _A,
                "all_not_a_by_profit": lambda sales, profit: profit != _A,
                "down_to_c": lambda sales, profit: (sales == _A) & (profit == _C),
                "down_to_b": lambda sales, profit: (sales == _A) & (profit == _B),
                "either": lambda sales, profit: (sales == _A) | (profit != _A),
                "in_neither": lambda sales, profit: (sales != _A) & (profit != _A),
                "one_of_the_two": lambda sales, profit: (sales == _A) != (profit == _A),
                "all_of_a_by_profit": lambda sales, profit: profit == _A,
                "any_rise": lambda sales, profit: profit < sales,
            },
            "sales": {"by_orders": "order_count"},
        },
        books="lesson",
    ),
    Question(
        "2.d",
        "fallen",
        Customers(),
        fallen,
        steps={
            "who": {
                "risen": lambda before, now: (before != _A) & (now == _A),
                "stayed": lambda before, now: (before == _A) & (now == _A),
                "any_fall": lambda before, now: now > before,
                "any_move": lambda before, now: before != now,
                "all_of_last_a": lambda before, now: before == _A,
                "all_not_a_now": lambda before, now: now != _A,
                "either": lambda before, now: (before == _A) | (now != _A),
                "into_or_out": lambda before, now: (before == _A) != (now == _A),
                "any_rise": lambda before, now: now < before,
                "from_b_to_c": lambda before, now: (before == _B) & (now == _C),
                "all_of_a_now": lambda before, now: now == _A,
                "in_neither": lambda before, now: (before != _A) & (now != _A),
            },
            "blanks": {"blanks_as_zero": "zero"},
            "now": {"revenue_now": "revenue"},
        },
        mistakes={"less_profit": less_profit, "less_profit_in_a": less_profit_in_a},
        books="lesson",
    ),
    choice(
        "2.1",
        "answer_2_1",
        "abcd",
        right="c",
        mistakes={"by_rank": "a", "own_sum": "b", "gross_total": "d"},
    ),
    Question(
        "2.2",
        "line_up",
        Numbers(("customers", "share"), exact=True),
        line_up,
        steps={
            "share": {"own_sum": "own"},
            **LINE,
            "first": {
                "ten_customers": 10,
                "one_too_few": 31,
                "one_too_many": 33,
                "first_fifth": 64,
                "share_of_the_counted": None,
            },
            "written": {
                "in_percent": "in_percent",
                "money_not_divided": "money",
                "share_of_people": "share_of_people",
                "names_swapped": "swapped",
            },
            "line": {"one_quarter": 0.25, "half": 0.50, "eight_tenths": 0.80},
            "compare": {"the_rest": ge},
        },
        mistakes={
            "three_quarters_of_people": lambda case: {
                **line_up(case),
                "customers": 0.75 * len(case.customers),
            },
            "heads_divided": lambda case: {**line_up(case), "share": 32 / len(case.customers)},
            "largest_buyers": largest_buyers,
            "rest_with_crossing": partial(line_up, share="own", compare=gt),
        },
    ),
    Question(
        "2.3",
        "tier",
        Classes("abc3"),
        tiers,
        steps={
            "lines": {
                "not_cumulated": (0.20, 0.40),
                "lesson_lines": ABC3,
                "other_end": (0.40, 0.80),
                "eighty": (0.20, 0.80),
                "lines_of_value": (0.80, 0.95),
            },
            "ahead": {
                "equals_split": "first",
                "last_of_equals_first": "last",
                "equals_both_out": "max",
                "by_value": "money",
                "equal_width": "width",
            },
            "compare": {"on_line_counted": le},
            "column": {"by_revenue": "revenue", "last_year": "profit_last_year"},
            "best": {"worst_first": "least"},
        },
        mistakes={"losses_dropped": partial(tiers, who="earners")},
    ),
    Question(
        "2.4",
        "layer_chart",
        Figure("bar", units=MONEY_UNITS, scheme="pyramid4"),
        layer_chart,
        steps={
            "column": {
                "by_revenue": "revenue",
                "service_drawn": "service_cost",
                "last_year": "profit_last_year",
            },
            "how": {
                "headcount": "size",
                "per_customer": "mean",
                "median_drawn": "median",
                "largest_drawn": "max",
            },
            "layers": {
                "small_for_lead": "table_5_1",
                "tiers_by_value": "by_value",
                "classes_abc": "abc",
                "layers_of_revenue": "of_revenue",
                "layers_of_last_year": "of_last_year",
            },
            "heights": {
                "losses_upwards": "upwards",
                "loss_at_zero": "clipped",
                "in_percent_of_all": "percent",
            },
            "order": {
                "by_alphabet": "alphabet",
                "by_chinese_names": "chinese",
                "lead_left_out": "no_lead",
            },
            "kind": {"line": "line", "horizontal_bars": "barh"},
            "title": {"no_title": False},
            "ylabel": {"no_unit": False},
        },
        mistakes={"bare": partial(layer_chart, title=False, ylabel=False)},
    ),
    Question(
        "2.5",
        "tier_by_value",
        Function(
            (
                lambda case: (_TEN,),
                lambda case: (_ON_THE_LINES,),
                lambda case: (case.customers["profit"].drop_duplicates(),),
                lambda case: (
                    case.customers["profit"][case.customers["region"] == "north"].drop_duplicates(),
                ),
            ),
            inner=Classes("abc4"),
        ),
        tier_by_value,
        steps={
            "first": {"last_wins": "narrow"},
            "share": {
                "own_sum": "own_up_to",
                "own_sum_below": "own",
                "first_left_out": "blank_first",
            },
            "total": {"gross_total": "gross", "total_of_everybody": "everybody"},
            "compare": {"still_at_most": le},
            "lines": {"lines_of_ranks": ABC4_CUSTOMERS, "ninety": (0.50, 0.80, 0.90)},
            "order": {"worst_first": "worst", "as_it_came": "file"},
        },
        mistakes={
            "losses_dropped": partial(tier_by_value, who="earners"),
            "as_given": partial(tier_by_value, share="own_up_to", total="gross", first="narrow"),
            "own_sum_and_gross": partial(tier_by_value, share="own_up_to", total="gross"),
            "only_moved_down": partial(tier_by_value, total="gross", first="narrow", compare=le),
            "only_below": partial(tier_by_value, share="own", total="gross", first="narrow"),
            "by_rank": lambda case: abc_tier,
            "argument_unused": lambda case: (
                lambda values: abc_tier(case.customers["profit"], by="value")
            ),
        },
    ),
    Question(
        "2.6",
        "plans",
        Numbers(("stop_small", "stop_lead", "trim_lead"), within=0.5),
        plans,
        steps={
            "stopped": {
                "what_goes": "go",
                "service_goes_on": "service_stays",
                "revenue_left": "revenue",
                "service_alone": "service",
                "mean_left": "mean",
                "added_to_total": "added",
            },
            "small": {
                "small_by_value": "value",
                "small_by_revenue": "revenue",
                "iron_for_small": "iron",
                "small_without_lead": "earning",
            },
            "saved": {
                "trim_kept": 0.70,
                "trim_added": -0.30,
                "trim_all": 1.0,
                "trim_three": 0.03,
                "trim_thirty_times": 30,
                "trim_rest_charged": -0.70,
            },
            "column": {
                "trim_loss": "profit",
                "trim_revenue": "revenue",
                "trim_goods": "cost_of_goods",
            },
            "trimmed": {"trim_everybody": "everybody", "trim_small": "small"},
            "start": {"lead_gone_too": "without_lead", "lead_alone": "lead"},
            "written": {"change_only": "change", "swapped": "swapped"},
            "lead": {"zero_is_lead": le},
            "lead_by": {"lead_of_last_year": "profit_last_year"},
        },
    ),
    Question(
        "2.7",
        "to_call",
        Customers(),
        to_call,
        steps={
            "tier": {
                "everybody": "all",
                "b_counted_too": "a_and_b",
                "outside_a": "not_a",
                "b_only": "b",
            },
            "gap": {
                "ninety_days": "days",
                "thirty_days": "month",
                "all_of_a": "any",
                "orders_for_days": "orders",
                "lines_as_orders": "lines",
                "gaps_between_orders": "between",
                "gaps_measured": "measured",
                "one_gap_for_a": "mean_of_tier",
                "one_gap_for_all": "mean_of_all",
            },
            "gaps": {"one_gap": 1, "two_gaps": 2, "third_of_a_gap": 1 / 3},
            "column": {"by_revenue": "revenue", "last_year": "profit_last_year"},
            "compare": {"not_strict": ge, "still_buying": le},
            "both": {"one_is_enough": False},
        },
    ),
    open_question("2.8", "answer_2_8", least=100),
    choice(
        "2.9",
        "answer_2_9",
        "abcd",
        right="a",
        mistakes={"each_customer": "b", "no_doubt": "c", "nothing_known": "d"},
    ),
    choices(
        "2.10",
        "answer_2_10",
        "abcd",
        right="ac",
        mistakes={
            "cause_assumed": "abc",
            "cows_always": "acd",
            "margin_only": "a",
            "small_first_only": "c",
            "both_wrong": "bd",
            "all_four": "abcd",
        },
    ),
)
