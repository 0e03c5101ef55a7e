"""Chapter 1, concepts: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import Customers, Figure, Number, Values
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.questions import ch01_answers as say

QUESTIONS = (
    Question("1.a", "monthly_share", Number(), say.monthly_share, {
        "counted": lambda case: int((say.orders(case) >= say.MONTHLY).sum()),
        "more_than": lambda case: float((say.orders(case) > say.MONTHLY).mean()),
        "the_others": lambda case: float((say.orders(case) < say.MONTHLY).mean()),
        "came_back": lambda case: float((say.orders(case) >= 2).mean()),
        "in_percent": lambda case: 100 * say.monthly_share(case),
    }, books="lesson"),
    Question("1.b", "best_ten", Customers(ordered=True), partial(say.best_by, column="profit"), {
        "by_revenue": partial(say.best_by, column="revenue"),
        "worst_ten": partial(say.best_by, column="profit", worst=True),
        "last_year": partial(say.best_by, column="profit_last_year"),
        "by_orders": partial(say.best_by, column="order_count"),
    }, books="lesson"),
    Question("1.c", "n_overdue", Number(), say.overdue_invoices, {
        "ours_counted": lambda case: int((say.days_late(case) > 0).sum()),
        "ours_only": lambda case: int(say.ours(case).sum()),
        "days_added": say.overdue_days,
        "on_time_counted": lambda case: len(case.payments) - say.overdue_invoices(case),
        "unpaid_forgotten": say.paid_late,
        "customers_counted": say.overdue_customers,
    }, books="lesson"),
    Question("1.d", "new_64", Customers(), say.chosen, {
        "old_weights": say.source_weights,
        "swapped": say.weights_swapped,
        "by_distance": partial(say.chosen, method="minmax"),
        "lowest": partial(say.chosen, worst=True),
        "profit_alone": say.by_profit_alone,
    }, books="lesson"),
    choice("1.1", "answer_1_1", "abcd", right="c", mistakes={
        "by_region": "a",
        "only_ranking": "b",
        "favourites": "d",
    }),
    choices("1.2", "answer_1_2", "abcde", right="abd", mistakes={
        "only_rude": "a",
        "standard_passed": "ad",
        "organisation_passed": "ab",
        "less_is_fine": "abde",
        "open_is_fine": "abcd",
        "all_of_them": "abcde",
        "the_fine_ones": "ce",
    }),
    Question("1.3", "repeat_share", Number(within=0.006), say.repeat_share, {
        "as_given": lambda case: float((case.customers["revenue"] >= 2).mean()),
        "counted": lambda case: int((say.orders(case) >= 2).sum()),
        "more_than": lambda case: float((say.orders(case) > 2).mean()),
        "once_only": lambda case: float((say.orders(case) < 2).mean()),
        "in_percent": lambda case: 100 * say.repeat_share(case),
    }),
    Question("1.4", "top_share", Number(within=1e-5), say.share_of, {
        "by_revenue": partial(say.share_of, by="revenue"),
        "of_revenue": partial(say.share_of, by="revenue", of="revenue"),
        "lowest": partial(say.share_of, worst=True),
        "twenty": partial(say.share_of, n=20),
        "not_divided": say.profit_of_top,
        "with_ties": say.top_with_ties,
        "in_percent": lambda case: 100 * say.share_of(case),
    }),
    Question("1.5", "chart", Figure("bar"), say.bars, {
        "revenue_drawn": partial(say.bars, height="revenue"),
        "by_profit": partial(say.bars, by="profit"),
        "first_rows": say.first_rows,
        "smallest": partial(say.bars, worst=True),
        "as_line": partial(say.bars, kind="line"),
        "no_words": partial(say.bars, title=False, ylabel=False),
        "no_title": partial(say.bars, title=False),
        "no_unit": partial(say.bars, ylabel=False),
    }),
    Question("1.6", "score", Values(), say.score, {
        "as_given": partial(say.score, weights=say.SWAPPED, ascending=False),
        "upside_down": partial(say.score, ascending=False),
        "weights_swapped": partial(say.score, weights=say.SWAPPED),
        "bare_ranks": partial(say.score, scaled=False),
        "by_distance": say.score_by_distance,
    }),
    Question("1.7", "wait_list", Customers(), say.waiting, {
        "only_profit": partial(say.waiting, which="poor"),
        "only_late": partial(say.waiting, which="slow"),
        "both_at_once": partial(say.waiting, which="both"),
        "everybody": partial(say.waiting, which="everybody"),
        "the_rest": partial(say.waiting, which="the_rest"),
    }),
    open_question("1.8", "answer_1_8", least=80),
)  # fmt: skip
