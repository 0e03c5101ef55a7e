"""Chapter 1, concepts: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.forms import Customers, Number
from rfmkit.classroom.question import Question
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
)  # fmt: skip
