"""Chapter 7, managing the tiers: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import Customers, Figure, Function, Number, Numbers, Values
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choices, open_question
from rfmkit.classroom.questions import ch07_answers as key
from rfmkit.classroom.questions import ch07_more_answers as more

QUESTIONS = (
    Question(
        "7.a",
        "hours_per_a",
        Number(),
        key.hours_per_a,
        {
            "one_week": partial(key.hours_per_a, hours=60),
            "not_divided": key.hours_left,
            "c_forgotten": partial(key.hours_per_a, c=0),
            "b_forgotten": partial(key.hours_per_a, b=0),
            "shared_by_all": key.hours_for_all,
        },
        books="lesson",
    ),
    Question(
        "7.b",
        "call_first",
        Customers(ordered=True),
        lambda case: key.five(key.gone(case)),
        {
            "smallest_first": lambda case: key.five(key.gone(case), smallest=True),
            "biggest_of_all": lambda case: key.five(case.customers),
            "silent_in_winter": key.silent_in_winter,
            "by_order_count": lambda case: key.five(key.gone(case), "order_count"),
        },
        books="lesson",
    ),
    Question(
        "7.c",
        "at_risk",
        Number(within=1e-4),
        key.at_risk,
        {
            "in_percent": lambda case: 100 * key.at_risk(case),
            "counted": key.counted,
            "fell_only": key.fell_only,
            "of_everybody": key.of_everybody,
            "of_those_still_here": key.of_those_still_here,
        },
        books="lesson",
    ),
    Question(
        "7.d",
        "missed",
        Customers(),
        key.missed,
        {
            "in_a": key.in_a,
            "all_of_develop": key.all_of_develop,
            "small_orders": key.small_orders,
            "forecast_forgotten": key.forecast_forgotten,
        },
        books="lesson",
    ),
    choices(
        "7.1",
        "answer_7_1",
        "abcde",
        right="abd",
        mistakes={
            "loss_is_enough": "abcd",
            "tier_told": "abde",
            "cost_forgotten": "bd",
            "cause_forgotten": "ad",
            "potential_forgotten": "ab",
            "everything": "abcde",
        },
    ),
    Question(
        "7.2",
        "plan",
        Numbers(("people", "minutes"), within=0.05),
        more.service_plan,
        {
            "everybody": partial(more.service_plan, everybody=True),
            "three_cs_each": partial(more.service_plan, per_c=3),
            "times": partial(more.service_plan, times=True),
            "in_hours": partial(more.service_plan, unit=1),
            "b_forgotten": partial(more.service_plan, b=0),
            "shared_by_all": partial(more.service_plan, for_all=True),
        },
    ),
    Question(
        "7.3",
        "churn",
        Values(column="churn", rows="region"),
        more.churn,
        {
            "of_everybody": more.churn_of_everybody,
            "share_of_the_gone": more.share_of_the_gone,
            "stayed": lambda case: 1 - more.churn(case),
            "in_percent": lambda case: 100 * more.churn(case),
            "one_quarter": partial(more.churn, line=more.WINTER),
            "newcomers": partial(more.churn, of="late", not_in="early"),
        },
    ),
    Question(
        "7.4",
        "phase_chart",
        Figure("bar", scheme="lifecycle"),
        more.phases_drawn,
        {
            "by_height": partial(more.phases_drawn, order="height"),
            "by_alphabet": partial(more.phases_drawn, order="alphabet"),
            "everybody": partial(more.phases_drawn, everybody=True),
            "as_line": partial(more.phases_drawn, kind="line"),
            "bare": partial(more.phases_drawn, title=False, xlabel=False, ylabel=False),
            "no_title": partial(more.phases_drawn, title=False),
            "no_axis_names": partial(more.phases_drawn, xlabel=False, ylabel=False),
        },
    ),
    Question(
        "7.5",
        "mended",
        Function((more.two_quarters, more.toy), Customers()),
        lambda case: more.by_cuts,
        {
            "as_given": lambda case: more.by_ranks,
            "absent_counted": lambda case: partial(more.by_cuts, absent_as_zero=True),
            "only_from_a": lambda case: partial(more.by_cuts, tiers_that_fall=("abc3:a",)),
            "on_the_cut": lambda case: partial(more.by_cuts, on_the_cut_falls=True),
            "spent_less": lambda case: more.spent_less,
            "moved_up": lambda case: more.moved_up,
        },
    ),
    Question(
        "7.6",
        "visit_first",
        Customers(ordered=True),
        more.visits,
        {
            "by_profit": partial(more.visits, by="profit"),
            "small_orders": partial(more.visits, large_order=False),
            "by_forecast": partial(more.visits, by="forecast_amount"),
            "by_share": partial(more.visits, by="share", smallest=True),
            "smallest_first": partial(more.visits, smallest=True),
            "high_share": partial(more.visits, low_share=False),
        },
    ),
    Question(
        "7.7",
        "lifts",
        Numbers(("toner", "pens"), within=1e-4),
        more.lifts,
        {
            "together": partial(more.lifts, how="together"),
            "of_all": partial(more.lifts, how="of_all"),
            "upside_down": partial(more.lifts, how="upside_down"),
            "lines": partial(more.lifts, how="lines"),
            "by_customer": partial(more.lifts, basket="customer"),
            "everybody": partial(more.lifts, everybody=True),
        },
    ),
    open_question("7.8", "advice", least=60),
)
