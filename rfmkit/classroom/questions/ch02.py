"""Chapter 2, ABC: each question with its key and the mistakes people make."""

from functools import partial

import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.classroom.answer_types import (
    MONEY_UNITS,
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
)
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, open_question
from rfmkit.classroom.questions import ch02_answers as key


def _so_far(case: Case, column: str = "profit") -> pd.Series:
    """Add up shares from the best customer down."""
    best = case.customers[column].sort_values(ascending=False, kind="stable")
    return best.cumsum() / best.sum()


def _ahead(case: Case, column: str = "profit") -> pd.Series:
    """Compute the share of those ahead of each customer, best first."""
    return _so_far(case, column).shift(fill_value=0)


def _worst_first(case: Case) -> int:
    worst = case.customers["profit"].sort_values(kind="stable")
    return int(((worst.cumsum() / worst.sum()).shift(fill_value=0) < 0.90).sum())


def _as_in_the_file(case: Case) -> int:
    profit = case.customers["profit"]
    return int(((profit.cumsum() / profit.sum()).shift(fill_value=0) < 0.90).sum())


def _between(shares: pd.Series, low: float, high: float) -> pd.Index:
    return shares.index[(shares >= low) & (shares < high)]


def _ordinary(case: Case, *, by: str = "value", column: str = "profit") -> pd.Index:
    tiers = abc_tier(case.customers[column], by=by)
    return tiers.index[tiers == "abc4:ordinary"]


def _own_sum(case: Case) -> pd.Index:
    so_far = _so_far(case)
    return so_far.index[(so_far > 0.80) & (so_far <= 0.95)]


def _class_a(case: Case) -> tuple[pd.Series, pd.Series]:
    """Compute who is class A by revenue, and who by profit."""
    by_revenue = abc_tier(case.customers["revenue"], cuts=ABC3)
    by_profit = abc_tier(case.customers["profit"], cuts=ABC3)
    return by_revenue == "abc3:a", by_profit == "abc3:a"


def _who(case: Case, chosen: pd.Series) -> pd.Index:
    return case.customers.index[chosen]


def _overrated(case: Case) -> pd.Index:
    by_revenue, by_profit = _class_a(case)
    return _who(case, by_revenue & ~by_profit)


def _underrated(case: Case) -> pd.Index:
    by_revenue, by_profit = _class_a(case)
    return _who(case, by_profit & ~by_revenue)


def _big_in_both(case: Case) -> pd.Index:
    by_revenue, by_profit = _class_a(case)
    return _who(case, by_revenue & by_profit)


def _any_change(case: Case) -> pd.Index:
    book = case.customers
    moved = abc_tier(book["revenue"], cuts=ABC3) != abc_tier(book["profit"], cuts=ABC3)
    return _who(case, moved)


def _two_years(case: Case) -> tuple[pd.Series, pd.Series]:
    """Compute last year's and this year's tiers of those who were there last year."""
    before = abc_tier(case.customers["profit_last_year"].dropna(), cuts=ABC3)
    return before, abc_tier(case.customers["profit"], cuts=ABC3)[before.index]


def _fallen(case: Case) -> pd.Index:
    before, now = _two_years(case)
    return before.index[(before == "abc3:a") & (now != "abc3:a")]


def _risen(case: Case) -> pd.Index:
    before, now = _two_years(case)
    return before.index[(before != "abc3:a") & (now == "abc3:a")]


def _stayed(case: Case) -> pd.Index:
    before, now = _two_years(case)
    return before.index[(before == "abc3:a") & (now == "abc3:a")]


def _any_fall(case: Case) -> pd.Index:
    before, now = _two_years(case)
    return before.index[now.cat.codes > before.cat.codes]


def _any_move(case: Case) -> pd.Index:
    before, now = _two_years(case)
    return before.index[before != now]


QUESTIONS = (
    Question(
        "2.a",
        "n_ninety",
        Number(),
        lambda case: int((_ahead(case) < 0.90).sum()),
        {
            "line_not_crossed": lambda case: int((_so_far(case) <= 0.90).sum()),
            "worst_first": _worst_first,
            "as_in_the_file": _as_in_the_file,
            "the_rest": lambda case: int((_ahead(case) >= 0.90).sum()),
            "eight_tenths": lambda case: int((_ahead(case) < 0.80).sum()),
        },
        books="lesson",
    ),
    Question(
        "2.b",
        "ordinary",
        Customers(),
        _ordinary,
        {
            "by_rank": lambda case: _ordinary(case, by="customers"),
            "with_better": lambda case: _between(_ahead(case), -1, 0.95),
            "own_sum": _own_sum,
            "tier_above": lambda case: _between(_ahead(case), 0.50, 0.80),
            "tier_below": lambda case: _between(_ahead(case), 0.95, 9),
            "by_revenue": lambda case: _ordinary(case, column="revenue"),
        },
        books="lesson",
    ),
    Question(
        "2.c",
        "overrated",
        Customers(),
        _overrated,
        {
            "underrated": _underrated,
            "both": _big_in_both,
            "any_change": _any_change,
        },
        books="lesson",
    ),
    Question(
        "2.d",
        "fallen",
        Customers(),
        _fallen,
        {
            "risen": _risen,
            "stayed": _stayed,
            "any_fall": _any_fall,
            "any_move": _any_move,
        },
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
        Numbers(("customers", "share"), within=1e-3),
        key.line_up,
        {
            "own_sum": partial(key.line_up, own=True),
            "gross_total": partial(key.line_up, net=False),
            "by_revenue": partial(key.line_up, column="revenue"),
            "as_in_the_file": partial(key.line_up, order="file"),
            "worst_first": partial(key.line_up, order="worst"),
            "ten_customers": key.ten_customers,
            "in_percent": key.share_in_percent,
        },
    ),
    Question(
        "2.3",
        "tier",
        Classes("abc3"),
        lambda case: abc_tier(key.profit(case), cuts=key.LINES),
        {
            "equals_split": partial(key.placed, method="first"),
            "equals_both_out": partial(key.placed, method="max"),
            "not_cumulated": lambda case: abc_tier(key.profit(case), cuts=(0.20, 0.40)),
            "by_value": lambda case: abc_tier(key.profit(case), by="value", cuts=key.LINES),
            "by_revenue": lambda case: abc_tier(case.customers["revenue"], cuts=key.LINES),
            "worst_first": partial(key.placed, method="min", best_first=False),
        },
    ),
    Question(
        "2.4",
        "layer_chart",
        Figure("bar", units=MONEY_UNITS, scheme="pyramid4"),
        key.by_layer,
        {
            "headcount": partial(key.by_layer, how="size"),
            "per_customer": partial(key.by_layer, how="mean"),
            "by_revenue": partial(key.by_layer, column="revenue"),
            "by_alphabet": key.by_alphabet,
            "losses_upwards": key.losses_upwards,
            "small_for_lead": key.small_for_lead,
            "line": partial(key.by_layer, kind="line"),
            "bare": partial(key.by_layer, title=False, ylabel=False),
            "no_title": partial(key.by_layer, title=False),
        },
    ),
    Question(
        "2.5",
        "tier_by_value",
        Function(
            (
                lambda case: (key.TEN,),
                lambda case: (key.profit(case).drop_duplicates(),),
                lambda case: (
                    key.profit(case)[case.customers["region"] == "north"].drop_duplicates(),
                ),
            ),
            inner=Classes("abc4"),
        ),
        key.right_function,
        {
            "as_given": key.colleague,
            "last_wins": partial(key.colleague, own=False, gross=False),
            "own_sum": partial(key.colleague, gross=False, last_wins=False),
            "gross_total": partial(key.colleague, own=False, last_wins=False),
            "own_sum_and_gross": partial(key.colleague, last_wins=False),
            "by_rank": key.by_rank,
        },
    ),
    Question(
        "2.6",
        "plans",
        Numbers(("stop_small", "stop_lead", "trim_lead"), within=0.5),
        key.plans,
        {
            "swapped": key.plans_swapped,
            "what_goes": key.what_goes,
            "change_only": partial(key.plans, change=True),
            "trim_everybody": partial(key.plans, everybody=True),
            "trim_loss": partial(key.plans, of="profit"),
            "trim_kept": partial(key.plans, saved=0.70),
            "trim_added": partial(key.plans, saved=-0.30),
        },
    ),
    Question(
        "2.7",
        "to_call",
        Customers(),
        lambda case: key.who(case, key.class_a(case) & key.unusually_silent(case)),
        {
            "ninety_days": lambda case: key.who(
                case, key.class_a(case) & (key.silent_days(case) > 90)
            ),
            "everybody": lambda case: key.who(case, key.unusually_silent(case)),
            "by_revenue": lambda case: key.who(
                case, key.class_a(case, "revenue") & key.unusually_silent(case)
            ),
            "last_year": lambda case: key.who(
                case, key.class_a(case, "profit_last_year") & key.unusually_silent(case)
            ),
            "one_gap": lambda case: key.who(
                case, key.class_a(case) & key.unusually_silent(case, gaps=1)
            ),
            "orders_for_days": lambda case: key.who(
                case,
                key.class_a(case) & (key.silent_days(case) > 3 * case.customers["order_count"]),
            ),
            "still_buying": lambda case: key.who(
                case, key.class_a(case) & ~key.unusually_silent(case)
            ),
        },
    ),
    open_question("2.8", "answer_2_8", least=100),
)
