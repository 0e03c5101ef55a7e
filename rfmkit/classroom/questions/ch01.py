"""Chapter 1, concepts: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import Customers, Figure, Number, Values
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.questions import ch01_answers as key

QUESTIONS = (
    Question(
        "1.a",
        "monthly_share",
        Number(),
        key.monthly_share,
        {
            "counted": lambda case: int((key.orders(case) >= key.MONTHLY).sum()),
            "more_than": lambda case: float((key.orders(case) > key.MONTHLY).mean()),
            "the_others": lambda case: float((key.orders(case) < key.MONTHLY).mean()),
            "came_back": lambda case: float((key.orders(case) >= 2).mean()),
            "in_percent": lambda case: 100 * key.monthly_share(case),
        },
        books="lesson",
    ),
    Question(
        "1.b",
        "best_ten",
        Customers(ordered=True),
        partial(key.best_by, column="profit"),
        {
            "by_revenue": partial(key.best_by, column="revenue"),
            "worst_ten": partial(key.best_by, column="profit", worst=True),
            "last_year": partial(key.best_by, column="profit_last_year"),
            "by_orders": partial(key.best_by, column="order_count"),
        },
        books="lesson",
    ),
    Question(
        "1.c",
        "n_overdue",
        Number(),
        key.overdue_invoices,
        {
            "ours_counted": lambda case: int((key.days_late(case) > 0).sum()),
            "ours_only": lambda case: int(key.ours(case).sum()),
            "days_added": key.overdue_days,
            "on_time_counted": lambda case: len(case.payments) - key.overdue_invoices(case),
            "unpaid_forgotten": key.paid_late,
            "customers_counted": key.overdue_customers,
        },
        books="lesson",
    ),
    Question(
        "1.d",
        "new_64",
        Customers(),
        key.chosen,
        {
            "old_weights": key.source_weights,
            "swapped": key.weights_swapped,
            "by_distance": partial(key.chosen, method="minmax"),
            "lowest": partial(key.chosen, worst=True),
            "profit_alone": key.by_profit_alone,
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
            "only_rude": "a",
            "standard_passed": "ad",
            "organisation_passed": "ab",
            "less_is_fine": "abde",
            "open_is_fine": "abcd",
            "all_of_them": "abcde",
            "the_fine_ones": "ce",
        },
    ),
    Question(
        "1.3",
        "repeat_share",
        Number(within=0.006),
        key.repeat_share,
        {
            "as_given": lambda case: float((case.customers["revenue"] >= 2).mean()),
            "counted": lambda case: int((key.orders(case) >= 2).sum()),
            "more_than": lambda case: float((key.orders(case) > 2).mean()),
            "once_only": lambda case: float((key.orders(case) < 2).mean()),
            "in_percent": lambda case: 100 * key.repeat_share(case),
        },
    ),
    Question(
        "1.4",
        "top_share",
        Number(within=1e-5),
        key.share_of,
        {
            "by_revenue": partial(key.share_of, by="revenue"),
            "of_revenue": partial(key.share_of, by="revenue", of="revenue"),
            "lowest": partial(key.share_of, worst=True),
            "twenty": partial(key.share_of, n=20),
            "not_divided": key.profit_of_top,
            "with_ties": key.top_with_ties,
            "in_percent": lambda case: 100 * key.share_of(case),
        },
    ),
    Question(
        "1.5",
        "chart",
        Figure("bar"),
        key.bars,
        {
            "revenue_drawn": partial(key.bars, height="revenue"),
            "by_profit": partial(key.bars, by="profit"),
            "first_rows": key.first_rows,
            "smallest": partial(key.bars, worst=True),
            "as_line": partial(key.bars, kind="line"),
            "no_words": partial(key.bars, title=False, ylabel=False),
            "no_title": partial(key.bars, title=False),
            "no_unit": partial(key.bars, ylabel=False),
        },
    ),
    Question(
        "1.6",
        "score",
        Values(),
        key.score,
        {
            "as_given": partial(key.score, weights=key.SWAPPED, ascending=False),
            "upside_down": partial(key.score, ascending=False),
            "weights_swapped": partial(key.score, weights=key.SWAPPED),
            "bare_ranks": partial(key.score, scaled=False),
            "by_distance": key.score_by_distance,
        },
    ),
    Question(
        "1.7",
        "wait_list",
        Customers(),
        key.waiting,
        {
            "only_profit": partial(key.waiting, which="poor"),
            "only_late": partial(key.waiting, which="slow"),
            "both_at_once": partial(key.waiting, which="both"),
            "everybody": partial(key.waiting, which="everybody"),
            "the_rest": partial(key.waiting, which="the_rest"),
        },
    ),
    open_question("1.8", "answer_1_8", least=80),
)
