"""Chapter 9, when the ledger is big: the try-it questions of the lesson."""

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.classroom.forms import Number
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choices
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
        [rows.assign(customer=code + rows["customer"], order=code + rows["order"])
         for code in codes], ignore_index=True,
    )  # fmt: skip
    some = chain[chain["amount"] > 0].sample(frac=0.1, random_state=1)
    return len(rfm_table(some, today=case.today, order="order"))


def _customers(case: Case) -> int:
    return _SHOPS * case.year["customer"].nunique()


QUESTIONS = (
    Question("9.a", "shrinks", Number(), lambda case: 50_000_000 / 400_000, {
        "upside_down": lambda case: 400_000 / 50_000_000,
        "difference": lambda case: 50_000_000 - 400_000,
        "in_thousands": lambda case: 50_000 / 400_000,
    }, books="lesson"),
    choices("9.b", "columns_for_m", "abcdefg", right="ag", books="lesson", mistakes={
        "all_of_rfm": "abcg", "worked_out_anew": "aef", "nobody": "g", "returns_by_status": "abg",
    }),
    Question("9.c", "times_too_many", Number(within=0.005), _too_many, {
        "upside_down": lambda case: 1 / _too_many(case),
        "difference": lambda case: _SHOPS * (_monthly(case) - case.year["customer"].nunique()),
        "months": lambda case: 12,
        "right_number_itself": _customers,
    }, books="lesson"),
    Question("9.d", "vanished", Number(), lambda case: _customers(case) - _sampled(case), {
        "still_there": _sampled,
        "a_tenth": lambda case: _customers(case) // 10,
        "nine_tenths": lambda case: _customers(case) * 9 // 10,
    }, books="lesson"),
)  # fmt: skip
