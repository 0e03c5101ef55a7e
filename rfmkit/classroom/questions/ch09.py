"""Chapter 9, when the ledger is big: each question with its key and the mistakes people make."""

from functools import partial

import pandas as pd

from rfmkit.classroom.answer_types import Customers, Function, Number, Numbers, Table
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.questions import ch09_exercise as key
from rfmkit.rfm import rfm_table

_SHOPS = 20


def _monthly(case: Case) -> int:
    """Add up, over the months, the customers with any row in the month."""
    months = case.year["date"].dt.strftime("%Y-%m")
    return int(case.year.groupby(months)["customer"].nunique().sum())


def _too_many(case: Case) -> float:
    return _monthly(case) / case.year["customer"].nunique()


def _sampled(case: Case) -> int:
    """Count the customers of the chain with a row among the sampled tenth."""
    rows = case.year[["customer", "date", "order", "amount"]]
    codes = [f"S{n:02d}-" for n in range(1, _SHOPS + 1)]
    chain = pd.concat(
        [
            rows.assign(customer=code + rows["customer"], order=code + rows["order"])
            for code in codes
        ],
        ignore_index=True,
    )
    some = chain[chain["amount"] > 0].sample(frac=0.1, random_state=1)
    return len(rfm_table(some, today=case.today, order="order"))


def _customers(case: Case) -> int:
    return _SHOPS * case.year["customer"].nunique()


def _visits(case: Case) -> int:
    """Count the days on which a customer of the chain bought, customer by customer."""
    bought = case.year[case.year["amount"] > 0]
    return _SHOPS * len(bought[["customer", "date"]].drop_duplicates())


def _came_once(case: Case) -> int:
    bought = case.year[case.year["amount"] > 0]
    return _SHOPS * int((bought.groupby("customer")["date"].nunique() == 1).sum())


QUESTIONS = (
    Question(
        "9.a",
        "shrinks",
        Number(),
        lambda case: 50_000_000 / 400_000,
        {
            "upside_down": lambda case: 400_000 / 50_000_000,
            "difference": lambda case: 50_000_000 - 400_000,
            "in_thousands": lambda case: 50_000 / 400_000,
        },
        books="lesson",
    ),
    choices(
        "9.b",
        "columns_for_m",
        "abcdefg",
        right="ag",
        books="lesson",
        mistakes={
            "all_of_rfm": "abcg",
            "worked_out_anew": "aef",
            "nobody": "g",
            "returns_by_status": "abg",
        },
    ),
    Question(
        "9.c",
        "blank_gaps",
        Number(),
        _customers,
        {
            "only_the_first": lambda case: 1,
            "none": lambda case: 0,
            "came_once": _came_once,
            "the_others": lambda case: _visits(case) - _customers(case),
        },
        books="lesson",
    ),
    Question(
        "9.d",
        "times_too_many",
        Number(within=0.005),
        _too_many,
        {
            "upside_down": lambda case: 1 / _too_many(case),
            "difference": lambda case: _SHOPS * (_monthly(case) - case.year["customer"].nunique()),
            "months": lambda case: 12,
            "right_number_itself": _customers,
        },
        books="lesson",
    ),
    Question(
        "9.e",
        "vanished",
        Number(),
        lambda case: _customers(case) - _sampled(case),
        {
            "still_there": _sampled,
            "a_tenth": lambda case: _customers(case) // 10,
            "nine_tenths": lambda case: _customers(case) * 9 // 10,
        },
        books="lesson",
    ),
    choice(
        "9.1",
        "answer_9_1",
        "abcd",
        right="c",
        mistakes={
            "eight_sheets": "a",
            "all_into_memory": "b",
            "cluster_at_once": "d",
        },
    ),
    Question(
        "9.2",
        "year_table",
        Table(("recency_days", "frequency", "monetary")),
        key.merged,
        {
            "overwritten": partial(
                key.merged, last_purchase="last", frequency="last", monetary="last"
            ),
            "months_counted": partial(key.merged, frequency="count"),
            "first_purchase": partial(key.merged, last_purchase="min"),
            "mean_of_months": partial(key.merged, frequency="mean", monetary="mean"),
            "largest_month": partial(key.merged, frequency="max", monetary="max"),
        },
    ),
    Question(
        "9.3",
        "counted",
        Numbers(("orders", "times"), within=1e-4),
        key.orders,
        {
            "added_up": partial(key.orders, count="added"),
            "customers": partial(key.orders, count="customer"),
            "returns_too": partial(key.orders, count="returns"),
            "upside_down": partial(key.orders, times="upside_down"),
            "difference": partial(key.orders, times="difference"),
        },
    ),
    Question(
        "9.4",
        "overdue",
        Customers(),
        key.overdue,
        {
            "lines": partial(key.overdue, once_a_day=False),
            "not_per_customer": partial(key.overdue, of_customer=False),
            "mean_gap": partial(key.overdue, pace="mean"),
            "factor_forgotten": partial(key.overdue, factor=1),
            "long_gone": partial(key.overdue, limit=None),
            "one_ruler": partial(key.overdue, ruler=30),
        },
    ),
    Question(
        "9.5",
        "mended",
        Function(
            (key.last_night, key.toy),
            Table(("recency_days", "frequency", "monetary", "mean_order")),
        ),
        lambda case: key.updated,
        {
            "as_given": lambda case: partial(
                key.updated, twice=True, set_back=True, mean_of_means=True
            ),
            "counted_twice": lambda case: partial(key.updated, twice=True),
            "set_back": lambda case: partial(key.updated, set_back=True),
            "mean_of_means": lambda case: partial(key.updated, mean_of_means=True),
            "late_dropped": lambda case: partial(key.updated, late_dropped=True),
            "seen_dropped": lambda case: partial(key.updated, seen_dropped=True),
            "twice_and_set_back": lambda case: partial(key.updated, twice=True, set_back=True),
            "twice_and_mean": lambda case: partial(key.updated, twice=True, mean_of_means=True),
            "set_back_and_mean": lambda case: partial(
                key.updated, set_back=True, mean_of_means=True
            ),
        },
    ),
    Question(
        "9.6",
        "unsure",
        Customers(),
        key.unsure,
        {
            "one_side": partial(key.unsure, low=0.80),
            "lowest": partial(key.unsure, low=0.18, high=0.22),
            "surely_in": key.surely_in,
            "all_above": partial(key.surely_in, share=0.78),
            "by_frequency": partial(key.unsure, by="frequency"),
        },
    ),
    open_question("9.7", "memo", least=60),
)
