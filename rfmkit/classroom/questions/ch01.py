"""Chapter 1, concepts: each question as steps with their other choices."""

from collections.abc import Callable
from functools import partial
from operator import and_, ge, gt, le, lt

import pandas as pd

from rfmkit.abc_tiers import gini
from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import MONEY_UNITS, Customers, Figure, Number, drawn
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question

_TOP = 64  # the top 20 % of 320 customers


# 1.3 The share of customers who order so often


def share_ordering(
    case: Case,
    *,
    least: int,
    column: str = "order_count",
    compare: Callable = ge,
    result: Callable = pd.Series.mean,
) -> float:
    return float(result(compare(case.customers[column], least)))


def mean_orders(case: Case, least: int = 0) -> float:
    orders = case.customers["order_count"]
    return orders[orders >= least].mean()


def share_of_old(case: Case) -> float:
    return float((case.customers["opened"] < case.today - pd.DateOffset(years=1)).mean())


def share_of_orders(case: Case, least: int) -> float:
    orders = case.customers["order_count"]
    return orders[orders >= least].sum() / orders.sum()


_RESULT = {
    "counted": pd.Series.sum,
    "in_percent": lambda chosen: 100 * chosen.mean(),
    "all_counted": len,
}


# 1.a What part of revenue comes from those who order every month


def frequent_revenue(
    case: Case,
    *,
    least: int = 12,
    compare: Callable = ge,
    column: str = "revenue",
    base: str = "all",
) -> float:
    book = case.customers
    chosen = compare(book["order_count"], least)
    part, values = book.loc[chosen, column].sum(), book[column]
    bases = {
        "all": values.sum,
        "nothing": lambda: 1,
        "percent": lambda: values.sum() / 100,
        "others": lambda: values[~chosen].sum(),
        "heads": chosen.sum,
    }
    return float(part / bases[base]())


# 1.b Who is among the best 64 by profit, and not by revenue


def ranked(
    table: pd.DataFrame, by: str, *, ascending: bool | None = False, count: int | None = None
) -> pd.DataFrame:
    """Sort by a column and return the first rows; of equals, those that pandas puts first."""
    if ascending is not None:
        table = table.sort_values(by, ascending=ascending)
    return table[:count]


def overlooked(
    case: Case,
    *,
    found: str = "profit",
    missed: str = "revenue",
    ascending: bool | None = False,
    count: int = _TOP,
    who: str = "found only",
) -> list[str]:
    book = _with_margins(case)
    one = ranked(book, found, ascending=ascending, count=count).index
    other = ranked(book, missed, ascending=ascending, count=count).index
    return {
        "found only": one.difference(other),
        "missed only": other.difference(one),
        "both": one.intersection(other),
        "either": one.union(other),
        "one of them": one.symmetric_difference(other),
        "found": one,
    }[who].tolist()


@steps.once_per_case
def _with_margins(case: Case) -> pd.DataFrame:
    book = case.customers
    before_service = book["revenue"] - book["cost_of_goods"]
    return book.assign(before_service=before_service, margin=book["profit"] / book["revenue"])


# 1.c Late by the customer's own doing


def overdue(
    case: Case,
    *,
    whose: str = "theirs",
    late: Callable[[pd.Series], pd.Series] = lambda days: days > 0,
    paid: str = "any",
    count: Callable[[pd.DataFrame], float] = len,
) -> float:
    bills = _bills(case)
    chosen = late(bills["days"])
    if whose != "all":
        chosen &= bills["ours"] == (whose == "ours")
    if paid != "any":
        chosen &= bills["paid_date"].isna() == (paid == "no")
    return float(count(bills[chosen]))


@steps.once_per_case
def _bills(case: Case) -> pd.DataFrame:
    bills = case.payments
    days = (bills["paid_date"].fillna(case.today) - bills["due_date"]).dt.days.clip(lower=0)
    return bills.assign(days=days, ours=bills["late_reason"] == "our_invoice_wrong")


def _days(bills: pd.DataFrame) -> int:
    return bills["days"].sum()


def one_reason(case: Case) -> int:
    return int((case.payments["late_reason"] == "cash_short").sum())


def not_overdue(case: Case) -> int:
    return len(case.payments) - overdue(case)


# 1.d Medium-sized customers


def medium(
    case: Case,
    *,
    low: float = 10_000,
    high: float = 50_000,
    column: str = "revenue",
    combine: Callable = and_,
    count: Callable[[pd.DataFrame], float] = len,
) -> float:
    book = case.customers
    chosen = combine(book[column] >= low, book[column] < high)
    return float(count(book[chosen]))


# 1.4 What the best 64 bring


def top_share(
    case: Case,
    *,
    by: str = "profit",
    ascending: bool | None = False,
    count: int = _TOP,
    column: str = "profit",
    taken: str = "sum",
    base: str = "all",
) -> float:
    book = case.customers
    top = ranked(book, by, ascending=ascending, count=count)
    part, values = top[column].agg(taken), book[column]
    bases = {
        "all": values.sum,
        "earners": lambda: values[values > 0].sum(),
        "others": lambda: values.sum() - part,
        "revenue": book["revenue"].sum,
        "own_revenue": top["revenue"].sum,
        "nothing": lambda: 1,
        "percent": lambda: values.sum() / 100,
    }
    return float(part / bases[base]())


def top_with_ties(case: Case) -> float:
    profit = case.customers["profit"]
    return float(profit[profit >= profit.nlargest(_TOP).min()].sum() / profit.sum())


# 1.5 What the ten largest buyers leave


def chart(
    case: Case,
    *,
    by: str = "revenue",
    ascending: bool | None = False,
    count: int | None = 10,
    order: str = "by_revenue",
    height: str = "profit",
    share: str = "",
    kind: str = "bar",
    title: bool = True,
    ylabel: bool = True,
) -> dict:
    book = _with_margins(case)
    ten = ranked(book, by, ascending=ascending, count=count)
    if order == "height":
        ten = ten.sort_values(height, ascending=False, kind="stable")
    elif order == "number":
        ten = ten.sort_index()
    if kind == "barh":  # pandas draws the first bar at the bottom
        ten = ten[::-1]
    labels = ten.index if kind.startswith("bar") else ()
    if order == "names_lost":
        labels = range(len(ten))
    if kind == "scatter":
        marks = list(zip(ten["revenue"], ten["profit"], strict=True))
    elif height == "both":
        marks = [ten["revenue"].tolist(), ten["profit"].tolist()]
    else:
        whole = {"": 1, "share": book[height].sum(), "per cent": book[height].sum() / 100}[share]
        marks = (ten[height] / whole).tolist()
    return drawn(kind, marks, labels=labels, title=title, ylabel=ylabel)


# 1.7 Who on the list of large customers should wait


def wait_list(
    case: Case,
    *,
    combine: Callable = lambda vip, poor, slow: vip & (poor | slow),
    listed: Callable = ge,
    poor: Callable = lt,
    column: str = "profit",
    slow: Callable = lt,
    bought: str = "revenue",
    blamed: str = "theirs",
) -> pd.Index:
    book = case.customers
    vip = listed(book[bought], 30_000)
    bills = _bills(case)
    good = (bills["days"] == 0) | (bills["ours"] if blamed == "theirs" else False)
    pays = (good.groupby(bills["customer"]).mean() * 100).reindex(book.index)
    return book.index[combine(vip, poor(book[column], 8_000), slow(pays, 70))]


# 1.8 Which prospects to visit

PROSPECTS = pd.DataFrame(
    {
        "likelihood": [0.60, 0.10, 0.90, 0.25, 0.50, 0.20, 0.40, 0.75],
        "amount": [80_000, 300_000, 20_000, 240_000, 64_000, 350_000, 100_000, 36_000],
    },
    index=pd.Index([f"P10{number}" for number in range(1, 9)], name="customer"),
)


def visits(
    case: Case,
    *,
    by: str = "expected",
    graded: Callable = ge,
    cut: float = 0.25,
    ascending: bool | None = False,
    count: int | None = 3,
) -> list[str]:
    table = PROSPECTS.assign(expected=PROSPECTS["likelihood"] * PROSPECTS["amount"])
    table = table[graded(table["likelihood"], cut)]
    return steps.in_order(table, by, ascending=ascending, count=count)


def one_of_each_grade(case: Case) -> list[str]:
    table = PROSPECTS.assign(expected=PROSPECTS["likelihood"] * PROSPECTS["amount"])
    grades = pd.cut(table["likelihood"], [0.25, 0.5, 0.75, 1.01], right=False, labels=list("CBA"))
    best = table.groupby(grades, observed=True)["expected"].idxmax()
    return steps.in_order(table.loc[best], "expected")


QUESTIONS = (
    Question(
        "1.a",
        "frequent_revenue",
        Number(within=0.005),
        frequent_revenue,
        steps={
            "compare": {"more_than": gt, "the_others": lt},
            "least": {"came_back": 2, "quarterly": 4},
            "column": {"profit_added": "profit", "orders_added": "order_count"},
            "base": {
                "not_divided": "nothing",
                "in_percent": "percent",
                "by_the_others": "others",
                "mean_taken": "heads",
            },
        },
        mistakes={
            "share_of_customers": partial(share_ordering, least=12),
            "counted": partial(share_ordering, least=12, result=pd.Series.sum),
        },
        books="lesson",
    ),
    Question(
        "1.b",
        "overlooked",
        Customers(),
        overlooked,
        steps={
            "who": {
                "other_way_round": "missed only",
                "in_both": "both",
                "in_either": "either",
                "in_just_one": "one of them",
                "nothing_taken_off": "found",
            },
            "found": {"last_year": "profit_last_year", "before_service": "before_service"},
            "missed": {"by_orders": "order_count"},
            "count": {"first_20": 20, "first_32": 32},
            "ascending": {"lowest": True},
        },
        books="lesson",
    ),
    Question(
        "1.c",
        "n_overdue",
        Number(),
        overdue,
        steps={
            "whose": {"ours_counted": "all", "ours_only": "ours"},
            "late": {
                "a_week_late": lambda days: days > 7,
                "a_month_late": lambda days: days > 30,
                "on_time_alone": lambda days: days == 0,
                "zero_counted": lambda days: days >= 0,
            },
            "paid": {"unpaid_forgotten": "yes", "unpaid_only": "no"},
            "count": {
                "days_added": _days,
                "customers_counted": lambda bills: bills["customer"].nunique(),
                "money_added": lambda bills: bills["invoice_amount"].sum(),
                "mean_days": lambda bills: bills["days"].mean(),
                "longest_days": lambda bills: bills["days"].max(),
            },
        },
        mistakes={
            "on_time_counted": not_overdue,
            "share_of_invoices": lambda case: overdue(case) / len(case.payments),
            "all_invoices": lambda case: len(case.payments),
            "unpaid_counted": lambda case: int(case.payments["paid_date"].isna().sum()),
            "one_reason": one_reason,
            "reasons": lambda case: case.payments["late_reason"].nunique(),
            "unpaid_forgotten_ours_counted": partial(overdue, whose="all", paid="yes"),
            "mean_of_all_days": lambda case: overdue(case, count=_days) / len(case.payments),
        },
        books="lesson",
    ),
    Question(
        "1.d",
        "n_medium",
        Number(),
        medium,
        steps={
            "combine": steps.BOTH,
            "low": {"small_too": 0},
            "high": {"all_above": float("inf"), "large_too": 200_000},
            "column": {
                "by_need": "yearly_need",
                "by_forecast": "forecast_amount",
            },
            "count": {
                "money_added": lambda book: book["revenue"].sum(),
                "share_taken": lambda book: len(book) / 320,
            },
        },
        mistakes={
            "large_counted": partial(medium, low=50_000, high=200_000),
            "small_counted": partial(medium, low=float("-inf"), high=10_000),
        },
        books="lesson",
    ),
    choice(
        "1.1",
        "answer_1_1",
        "abcd",
        right="c",
        mistakes={
            "by_region": "a",
            "only_ranking": "b",
            "favourites": "d",
        },
    ),
    choices(
        "1.2",
        "answer_1_2",
        "abcde",
        right="abd",
        mistakes={
            "rudeness_passed": "bd",
            "standard_passed": "ad",
            "organisation_passed": "ab",
            "less_is_fine": "abde",
            "open_is_fine": "abcd",
            "only_rude": "a",
            "all_of_them": "abcde",
            "the_fine_ones": "ce",
        },
    ),
    Question(
        "1.3",
        "repeat_share",
        Number(),
        partial(share_ordering, least=2),
        steps={
            "column": {"as_given": "revenue", "profit_compared": "profit"},
            "compare": {"more_than": gt, "once_only": lt},
            "result": _RESULT,
            "least": {"monthly": 12},
        },
        mistakes={
            "mean_orders": mean_orders,
            "share_of_orders": partial(share_of_orders, least=2),
            "counted_above": partial(share_ordering, least=3, result=pd.Series.sum),
            "once_counted": partial(share_ordering, least=2, compare=lt, result=pd.Series.sum),
            "old_customers": share_of_old,
        },
    ),
    Question(
        "1.4",
        "top_share",
        Number(within=1e-5, exact=True),
        top_share,
        steps={
            "by": {
                "by_revenue": "revenue",
                "by_orders": "order_count",
                "by_last_year": "profit_last_year",
            },
            "ascending": {"lowest": True, "unsorted": None},
            "count": {"twenty": 20, "a_tenth": 32, "ten": 10, "half": 160, "one_too_few": 63},
            "column": {"revenue_added": "revenue"},
            "base": {
                "not_divided": "nothing",
                "in_percent": "percent",
                "by_earners": "earners",
                "by_the_others": "others",
                "by_revenue_of_all": "revenue",
                "by_their_revenue": "own_revenue",
            },
            "taken": {"mean_of_64": "mean"},
        },
        mistakes={
            "of_revenue": partial(top_share, by="revenue", column="revenue"),
            "with_ties": top_with_ties,
            "all_of_last_year": partial(
                top_share, by="profit_last_year", column="profit_last_year"
            ),
            "means_divided": lambda case: top_share(case) * len(case.customers) / _TOP,
            "heads_divided": lambda case: _TOP / len(case.customers),
            "gini": lambda case: gini(case.customers["profit"]),
            "head_office": lambda case: 0.82,
        },
    ),
    Question(
        "1.5",
        "chart",
        Figure("bar", units=MONEY_UNITS),
        chart,
        steps={
            "height": {
                "revenue_drawn": "revenue",
                "orders_drawn": "order_count",
                "service_drawn": "service_cost",
                "before_service": "before_service",
                "last_year_drawn": "profit_last_year",
                "margin_drawn": "margin",
                "both_drawn": "both",
            },
            "by": {"by_profit": "profit", "by_orders": "order_count"},
            "ascending": {"smallest": True, "first_rows": None},
            "count": {"first_five": 5, **steps.first(10)},
            "order": {
                "by_height": "height",
                "by_customer_number": "number",
                "names_lost": "names_lost",
            },
            "share": {"share_drawn": "share", "per_cent_drawn": "per cent"},
            "kind": {"as_line": "line", "horizontal_bars": "barh", "as_points": "scatter"},
            "title": {"no_title": False},
            "ylabel": {"no_unit": False},
        },
        mistakes={
            "no_words": partial(chart, title=False, ylabel=False),
            "columns_swapped": partial(chart, by="profit", height="revenue"),
            "example_drawn": partial(chart, by="order_count", height="order_count", count=5),
        },
    ),
    choices(
        "1.6",
        "answer_1_6",
        "abcdef",
        right="abe",
        mistakes={
            "buyers_only": "be",
            "one_box_each": "abde",
            "no_levels_no_segments": "ab",
            "overlap_missed": "ae",
            "payers_are_narrow": "abef",
            "school_buys_for_itself": "abce",
            "all_of_them": "abcdef",
            "the_wrong_ones": "cdf",
        },
    ),
    Question(
        "1.7",
        "wait_list",
        Customers(),
        wait_list,
        steps={
            "combine": {
                "only_profit": lambda vip, poor, slow: vip & poor,
                "only_late": lambda vip, poor, slow: vip & slow,
                "both_at_once": lambda vip, poor, slow: vip & poor & slow,
                "just_one": lambda vip, poor, slow: vip & (poor ^ slow),
                "everybody": lambda vip, poor, slow: poor | slow,
                "the_rest": lambda vip, poor, slow: vip & ~(poor | slow),
                "whole_list": lambda vip, poor, slow: vip,
                "late_of_everybody": lambda vip, poor, slow: vip & poor | slow,
                "any_of_three": lambda vip, poor, slow: vip | poor | slow,
                "small_customers": lambda vip, poor, slow: ~vip & (poor | slow),
                "worst_of_everybody": lambda vip, poor, slow: poor & slow,
                "all_poor": lambda vip, poor, slow: poor,
                "all_slow": lambda vip, poor, slow: slow,
            },
            "poor": {
                "poor_on_line": le,
                "profit_enough": gt,
                "cost_taken_off_twice": lambda profit, cost: profit - cost < cost,
            },
            "slow": {"slow_on_line": le, "good_payers": gt},
            "listed": {"listed_strictly": gt},
            "bought": {
                "listed_by_need": "yearly_need",
                "listed_by_forecast": "forecast_amount",
            },
            "blamed": {"ours_blamed": "ours too"},
            "column": {"last_years_profit": "profit_last_year"},
        },
        mistakes={"service_compared": partial(wait_list, column="service_cost", poor=gt)},
    ),
    Question(
        "1.8",
        "visits",
        Customers(ordered=True),
        visits,
        steps={
            "by": {"by_likelihood": "likelihood", "by_amount": "amount"},
            "graded": {"c_on_line_lost": gt},
            "cut": {"d_visited": 0, "a_and_b_only": 0.50, "a_only": 0.75},
            "ascending": {"lowest_first": True, "unsorted": None},
            "count": steps.first(3),
        },
        mistakes={
            "one_of_each_grade": one_of_each_grade,
            "amount_of_all": partial(visits, by="amount", cut=0),
        },
    ),
    open_question("1.9", "answer_1_9", least=80),
)
