"""Chapter 1, concepts: each question as steps with their other choices."""

from collections.abc import Callable
from functools import partial
from operator import eq, ge, gt, le, lt

import pandas as pd

from rfmkit.abc_tiers import gini
from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import MONEY_UNITS, Customers, Figure, Number, Values, drawn
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question

_TOP = 64  # the top 20 % of 320 customers


# 1.a and 1.3 The share of customers who order so often


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


def share_of_revenue(case: Case, least: int) -> float:
    book = case.customers
    return book.loc[book["order_count"] >= least, "revenue"].sum() / book["revenue"].sum()


def share_of_returning(case: Case) -> float:
    return share_ordering(case, least=12) / share_ordering(case, least=2)


_RESULT = {
    "counted": pd.Series.sum,
    "in_percent": lambda chosen: 100 * chosen.mean(),
    "all_counted": len,
}


# 1.b The ten with the highest profit


def ranked(
    table: pd.DataFrame, by: str, *, ascending: bool | None = False, count: int | None = None
) -> pd.DataFrame:
    """Sort by a column and return the first rows; of equals, those that pandas puts first."""
    if ascending is not None:
        table = table.sort_values(by, ascending=ascending)
    return table[:count]


def best_ten(
    case: Case,
    *,
    by: str = "profit",
    ascending: bool | None = False,
    count: int | None = 10,
    order: str = "by_profit",
) -> list[str]:
    ten = ranked(_with_margins(case), by, ascending=ascending, count=count).index.tolist()
    if order == "without_first":
        return [*ten[1:], ranked(_with_margins(case), by, ascending=ascending).index[len(ten)]]
    return sorted(ten) if order == "number" else ten


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


# 1.d and 1.6 One score of three criteria


@steps.once_per_case
def _measures(case: Case) -> pd.DataFrame:
    bills, book = _bills(case), case.customers
    on_time = (bills["days"] == 0) | bills["ours"]
    return pd.DataFrame(
        {
            "credit": on_time.groupby(bills["customer"]).mean() * 100,
            "order_amount": book["revenue"],
            "profit": book["profit"],
        }
    )


@steps.once_per_case
def _points(case: Case, scale: str, ascending: bool, ties: str) -> pd.DataFrame:
    table = _measures(case)
    if scale in ("figures", "added_first"):
        return table
    if scale == "distance":
        return (table - table.min()) / (table.max() - table.min()) * 100
    ranks, others = table.rank(method=ties, ascending=ascending), len(table) - 1
    return {
        "points": (ranks - 1) / others * 100,
        "ranks": ranks,
        "from_one": ranks / others * 100,
        "of_all": ranks / len(ranks) * 100,
        "fractions": ranks / len(ranks),
        "one_divisor": (ranks - 1) / len(ranks) * 100,
    }[scale]


def score(
    case: Case,
    *,
    weights: tuple[float, float, float] = (0.10, 0.30, 0.60),
    ascending: bool = True,
    scale: str = "points",
    ties: str = "average",
    backwards: str = "",
) -> pd.Series:
    points = _points(case, scale, ascending, ties)
    if backwards:
        turned = _points(case, scale, not ascending, ties)
        points = points.assign(**{backwards: turned[backwards]})
    total = points.mul(list(weights)).sum(axis=1)
    return (total.rank() - 1) / (len(total) - 1) * 100 if scale == "added_first" else total


def top_64(
    case: Case,
    *,
    weights: tuple[float, float, float] = (0.40, 0.20, 0.40),
    scale: str = "points",
    ascending: bool | None = False,
    count: int | None = _TOP,
    who: str = "top",
) -> list[str]:
    points = _points(case, scale, True, "average")
    # The lesson's own sum, so that rounding and ties come out as they do there.
    scores = sum(weight * points[name] for name, weight in zip(points, weights, strict=True))
    chosen = ranked(scores.to_frame("score"), "score", ascending=ascending, count=count)
    if who == "from_80":
        return scores.index[scores >= 80].tolist()
    if who == "top":
        return chosen.index.tolist()
    before = ranked(score(case).to_frame("score"), "score", count=_TOP).index
    return {
        "new": chosen.index.difference(before),
        "gone": before.difference(chosen.index),
        "both": chosen.index.intersection(before),
        "either": chosen.index.union(before),
    }[who].tolist()


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
    pays = _measures(case)["credit"]
    if blamed == "ours too":
        pays = (_bills(case)["days"] == 0).groupby(case.payments["customer"]).mean() * 100
    pays = pays.reindex(book.index)
    return book.index[combine(vip, poor(book[column], 8_000), slow(pays, 70))]


QUESTIONS = (
    Question(
        "1.a",
        "monthly_share",
        Number(within=0.005),
        partial(share_ordering, least=12),
        steps={
            "compare": {"more_than": gt, "the_others": lt, "exactly": eq, "at_most": le},
            "result": _RESULT,
            "least": {"came_back": 2, "quarterly": 4},
            "column": {"nearly_everybody": "revenue", "profit_compared": "profit"},
        },
        mistakes={
            "mean_orders": mean_orders,
            "orders_a_month": lambda case: mean_orders(case) / 12,
            "mean_of_the_frequent": partial(mean_orders, least=12),
            "share_of_orders": partial(share_of_orders, least=12),
            "share_of_revenue": partial(share_of_revenue, least=12),
            "counted_above": partial(share_ordering, least=13, result=pd.Series.sum),
            "of_those_who_returned": share_of_returning,
        },
        books="lesson",
    ),
    Question(
        "1.b",
        "best_ten",
        Customers(ordered=True),
        best_ten,
        steps={
            "by": {
                "by_revenue": "revenue",
                "last_year": "profit_last_year",
                "by_orders": "order_count",
                "before_service": "before_service",
                "by_margin": "margin",
                "by_forecast": "forecast_amount",
                "by_service": "service_cost",
            },
            "ascending": {"worst_ten": True, "unsorted": None},
            "count": {"head_alone": 5, "first_64": _TOP, **steps.first(10)},
            "order": {"by_customer_number": "number", "from_second": "without_first"},
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
        "new_64",
        Customers(),
        top_64,
        steps={
            "weights": {
                "old_weights": (0.10, 0.30, 0.60),
                "swapped": (0.20, 0.40, 0.40),
                "order_amount_first": (0.40, 0.40, 0.20),
                "equal_weights": (1, 1, 1),
                "profit_alone": (0, 0, 1),
                "credit_unchanged": (0.10, 0.20, 0.40),
                "order_amount_unchanged": (0.40, 0.30, 0.40),
                "profit_unchanged": (0.40, 0.20, 0.60),
                "credit_alone": (1, 0, 0),
                "order_amount_alone": (0, 1, 0),
                "credit_left_out": (0, 0.20, 0.40),
                "order_amount_left_out": (0.40, 0, 0.40),
                "profit_left_out": (0.40, 0.20, 0),
            },
            "scale": {"by_distance": "distance", "figures_added": "figures"},
            "ascending": {"lowest": True, "unsorted": None},
            "who": {
                "newcomers": "new",
                "leavers": "gone",
                "in_both": "both",
                "old_and_new": "either",
                "from_80": "from_80",
            },
            "count": {"first_20": 20, "first_10": 10, **steps.first(_TOP)},
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
    Question(
        "1.6",
        "score",
        Values(within=0.05),
        score,
        steps={
            "weights": {
                "weights_swapped": (0.10, 0.60, 0.30),
                "only_profit_changed": (0.10, 0.60, 0.60),
                "only_order_changed": (0.10, 0.30, 0.30),
                "credit_first": (0.60, 0.30, 0.10),
                "credit_and_order": (0.30, 0.10, 0.60),
                "equal_weights": (1 / 3, 1 / 3, 1 / 3),
                "weights_of_1d": (0.40, 0.20, 0.40),
                "profit_alone": (0, 0, 1),
            },
            "ascending": {"upside_down": False},
            "scale": {
                "bare_ranks": "ranks",
                "by_distance": "distance",
                "from_one": "from_one",
                "ranks_over_all": "of_all",
                "fractions": "fractions",
                "one_divisor": "one_divisor",
                "figures_added": "figures",
                "points_at_the_end": "added_first",
            },
            "backwards": {
                "credit_backwards": "credit",
                "order_backwards": "order_amount",
                "profit_backwards": "profit",
            },
            "ties": {
                "ties_lowest": "min",
                "ties_highest": "max",
                "ties_by_file": "first",
                "ties_dense": "dense",
            },
        },
        mistakes={"as_given": partial(score, weights=(0.10, 0.60, 0.30), ascending=False)},
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
    open_question("1.8", "answer_1_8", least=80),
)
