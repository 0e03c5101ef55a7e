"""Chapter 7, managing the tiers: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.forms import Customers, Number
from rfmkit.classroom.question import Question
from rfmkit.classroom.questions import ch07_answers as say

QUESTIONS = (
    Question("7.a", "hours_per_a", Number(), say.hours_per_a, {
        "one_week": partial(say.hours_per_a, hours=60),
        "not_divided": say.hours_left,
        "c_forgotten": partial(say.hours_per_a, c=0),
        "b_forgotten": partial(say.hours_per_a, b=0),
        "shared_by_all": say.hours_for_all,
    }, books="lesson"),
    Question("7.b", "call_first", Customers(ordered=True), lambda case: say.five(say.gone(case)), {
        "smallest_first": lambda case: say.five(say.gone(case), smallest=True),
        "biggest_of_all": lambda case: say.five(case.customers),
        "silent_in_winter": say.silent_in_winter,
        "by_order_count": lambda case: say.five(say.gone(case), "order_count"),
    }, books="lesson"),
    Question("7.c", "at_risk", Number(within=1e-4), say.at_risk, {
        "in_percent": lambda case: 100 * say.at_risk(case),
        "counted": say.counted,
        "fell_only": say.fell_only,
        "of_everybody": say.of_everybody,
        "of_those_still_here": say.of_those_still_here,
    }, books="lesson"),
    Question("7.d", "missed", Customers(), say.missed, {
        "in_a": say.in_a,
        "all_of_develop": say.all_of_develop,
        "small_orders": say.small_orders,
        "forecast_forgotten": say.forecast_forgotten,
    }, books="lesson"),
)  # fmt: skip
