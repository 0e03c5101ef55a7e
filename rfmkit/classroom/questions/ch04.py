"""Chapter 4, lifetime value and satisfaction: each question with its key and known mistakes."""

from functools import partial

from rfmkit.classroom.answer_types import (
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    Values,
)
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choices, open_question
from rfmkit.classroom.questions import ch04_answers as answers
from rfmkit.classroom.questions import ch04_exercise as key

QUESTIONS = (
    Question(
        "4.a",
        "firm_value",
        Number(within=1),
        answers.firm_value,
        {
            "revenue_for_profit": partial(answers.firm_value, column="revenue"),
            "today_counted": partial(answers.firm_value, first_margin="now"),
            "not_discounted": answers.not_discounted,
            "stay_forgotten": answers.stay_forgotten,
            "mean_for_sum": answers.mean_for_sum,
        },
        books="lesson",
    ),
    Question(
        "4.b",
        "gone",
        Customers(),
        answers.gone,
        {
            "came_back": answers.came_back,
            "newcomers": answers.newcomers,
            "not_in_march": answers.not_in_march,
        },
        books="lesson",
    ),
    Question(
        "4.c",
        "three",
        Numbers(("promoters", "detractors", "nps"), within=0.05),
        answers.nps_parts,
        {
            "eight_promotes": partial(answers.nps_parts, high=8),
            "seven_detracts": partial(answers.nps_parts, low=7),
            "five_detracts": partial(answers.nps_parts, low=5),
            "passives_left_out": answers.passives_left_out,
            "in_fractions": partial(answers.nps_parts, whole=1),
            "mean_answer": answers.mean_answer,
        },
        books="lesson",
    ),
    Question(
        "4.d",
        "rescue",
        Customers(),
        answers.rescue,
        {
            "unhappy_all": answers.unhappy_all,
            "low_value": answers.low_value,
            "content": answers.content,
            "either": answers.either,
        },
        books="lesson",
    ),
    choices(
        "4.1",
        "answer_4_1",
        "abcde",
        right="bd",
        mistakes={
            "mean_is_nps": "abd",
            "silent_filled": "bcd",
            "happy_stay": "bde",
            "size_forgotten": "b",
            "only_size": "d",
            "all_of_them": "abcde",
        },
    ),
    Question(
        "4.2",
        "year_rate",
        Values(rows="industry"),
        key.year_rate,
        {
            "half_kept": key.half_rate,
            "losses_doubled": key.losses_doubled,
            "left_in_a_year": key.left_in_a_year,
            "base_of_all": key.base_of_all,
            "base_of_late": key.base_of_late,
            "one_for_all": key.one_for_all,
        },
    ),
    Question(
        "4.3",
        "value_of",
        Function(
            (
                lambda case: (1000.0, 0.8, 0.1),
                key.best_customer,
                key.worst_customer,
            ),
            Number(within=0.01),
        ),
        lambda case: key.value_of,
        {
            "as_given": lambda case: key.as_given,
            "half_left": lambda case: key.half_left,
            "today_left": lambda case: key.today_left,
            "root_taken": lambda case: key.root_taken,
            "r_forgotten": lambda case: key.r_forgotten,
            "discount_lost": lambda case: key.discount_lost,
        },
    ),
    # Names are left alone: a student may write them in either language, and two may tie.
    Question(
        "4.4",
        "ax",
        Figure("bar", labels=False),
        lambda case: key.bars(key.cs_by_industry(case)),
        {
            "unsorted": lambda case: key.bars(key.cs_by_industry(case).sort_index()),
            "highest_first": lambda case: key.bars(key.cs_by_industry(case)[::-1]),
            "no_title": lambda case: key.bars(key.cs_by_industry(case), title=False),
            "no_axis_name": lambda case: key.bars(key.cs_by_industry(case), ylabel=False),
            "line_drawn": lambda case: key.bars(key.cs_by_industry(case), "line"),
            "not_rescaled": key.not_rescaled,
            "divided_by_ten": partial(key.not_rescaled, times=10),
            "silent_as_zero": key.silent_as_zero,
            "csat_drawn": key.csat_drawn,
        },
    ),
    Question(
        "4.5",
        "box",
        Classes(scheme="clv_cs_3x2"),
        key.grid,
        {
            "cs_upside_down": key.cs_upside_down,
            "sixty": partial(key.grid, cs_cut=60),
            "profit_for_clv": key.profit_for_clv,
            "silent_filled": key.silent_filled,
            "csat_axis": key.csat_axis,
        },
    ),
    Question(
        "4.6",
        "sure",
        Customers(),
        key.sure,
        {
            "untested": partial(key.sure, more=0),
            "leavers": key.leavers,
            "a_point_down": partial(key.sure, more=-1),
            "of_any_value": key.of_any_value,
        },
    ),
    Question(
        "4.7",
        "visits",
        Customers(),
        key.visits,
        {
            "clv_for_gain": partial(key.sure, more=0),
            "not_worth_it": partial(key.visits, worth=False),
            "happy_too": key.happy_too,
            "silent_too": key.silent_too,
        },
    ),
    open_question("4.8", "answer_4_8", least=80),
)
