"""The start notebook's one question, to be got wrong on purpose."""

from collections.abc import Callable

import pandas as pd

from rfmkit.classroom.answer_types import Number
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question


def rows(case: Case, *, count: Callable[[pd.DataFrame], int] = len) -> int:
    return int(count(case.raw))


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
)
