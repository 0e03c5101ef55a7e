"""The start notebook's one question, to be got wrong on purpose, and the warm-up's try-its."""

from collections.abc import Callable
from functools import partial
from operator import ge, gt, le, lt

import pandas as pd

from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import Customers, Number, Values
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question

# The seven orders of the warm-up, as its notebook types them.
ORDERS = pd.DataFrame(
    {
        "customer": ["C1", "C2", "C1", "C3", "C2", "C1", "C4"],
        "date": pd.to_datetime(
            [
                *("2021-03-02", "2021-03-05", "2021-03-09", "2021-03-12"),
                *("2021-03-20", "2021-03-24", "2021-03-30"),
            ]
        ),
        "amount": [500, 1200, 300, 600, 600, 700, 1700],
    }
)


def rows(case: Case, *, count: Callable[[pd.DataFrame], int] = len) -> int:
    return int(count(case.raw))


# 0.a Orders of 500 or more, in the small table


def large_orders(
    case: Case,
    *,
    compare: Callable = ge,
    cut: float = 500,
    count: Callable[[pd.Series], float] = len,
) -> float:
    amount = ORDERS["amount"]
    return float(count(amount[compare(amount, cut)]))


def small_customers(case: Case) -> int:
    return ORDERS.loc[ORDERS["amount"] >= 500, "customer"].nunique()


# 0.b The five customers who leave the least profit


def lowest(
    case: Case, *, by: str = "profit", ascending: bool | None = True, count: int | None = 5
) -> list[str]:
    return steps.in_order(case.customers, by, ascending=ascending, count=count, kind="quicksort")


# 0.c Mean profit of a customer, by industry


def mean_by_industry(
    case: Case,
    *,
    by: str = "industry",
    column: str = "profit",
    taken: str = "mean",
) -> pd.Series:
    return case.customers.groupby(by)[column].agg(taken)


def shares_by_industry(case: Case) -> pd.Series:
    profit = mean_by_industry(case, taken="sum")
    return profit / profit.sum()


# 0.d Customers who came within the last 365 days


def newcomers(
    case: Case,
    *,
    compare: Callable = le,
    days: int = 365,
    count: Callable[[pd.Series], float] = len,
) -> float:
    known = (case.today - case.customers["opened"]).dt.days
    return float(count(known[compare(known, days)]))


QUESTIONS = (
    Question(
        "0.1",
        "rows",
        Number(),
        rows,
        steps={
            "count": {
                "heading_counted": lambda ledger: len(ledger) + 1,
                "cells": lambda ledger: ledger.size,
                "columns": lambda ledger: ledger.shape[1],
                "orders_for_rows": lambda ledger: ledger["order"].nunique(),
                "customers_for_rows": lambda ledger: ledger["customer"].nunique(),
            },
        },
        books="lesson",
    ),
    Question(
        "0.a",
        "large_orders",
        Number(),
        large_orders,
        steps={
            "compare": {"above_only": gt, "too_small": lt},
            "count": {
                "money_added": pd.Series.sum,
                "mean_taken": pd.Series.mean,
                "share_taken": lambda chosen: len(chosen) / len(ORDERS),
            },
            "cut": {"all_rows": 0},
        },
        mistakes={"customers_counted": small_customers},
        books="lesson",
    ),
    Question(
        "0.b",
        "lowest_five",
        Customers(ordered=True),
        lowest,
        steps={
            "by": {
                "by_revenue": "revenue",
                "by_last_year": "profit_last_year",
                "by_orders": "order_count",
                "by_service": "service_cost",
            },
            "ascending": {"highest": False, "unsorted": None},
            "count": {"ten_taken": 10, **steps.first(5)},
        },
        books="lesson",
    ),
    Question(
        "0.c",
        "mean_profit",
        Values(rows="industry", within=0.5),
        mean_by_industry,
        steps={
            "taken": {
                "added_up": "sum",
                "middle_taken": "median",
                "counted": "count",
                "largest_taken": "max",
            },
            "by": {"by_region": "region"},
            "column": {
                "revenue_taken": "revenue",
                "last_year_taken": "profit_last_year",
                "service_taken": "service_cost",
            },
        },
        mistakes={"share_of_profit": shares_by_industry},
        books="lesson",
    ),
    Question(
        "0.d",
        "new_customers",
        Number(),
        newcomers,
        steps={
            "compare": {"long_known": gt},
            "count": {
                "days_averaged": pd.Series.mean,
                "days_added": pd.Series.sum,
                "share_of_all": lambda chosen: len(chosen) / 320,
            },
            "days": {"a_month": 30, "two_years": 730},
        },
        mistakes={
            "everybody": lambda case: len(case.customers),
            "this_calendar_year": lambda case: float((case.customers["opened"] >= "2021").sum()),
            "mean_of_all_days": partial(newcomers, compare=gt, days=-1, count=pd.Series.mean),
        },
        books="lesson",
    ),
)
