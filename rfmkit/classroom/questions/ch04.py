"""Chapter 4, lifetime value and satisfaction: each question with its key and known mistakes."""

from functools import partial

from rfmkit.classroom.forms import Customers, Number, Numbers
from rfmkit.classroom.question import Question
from rfmkit.classroom.questions import ch04_answers as say

QUESTIONS = (
    Question("4.a", "firm_value", Number(within=1), say.firm_value, {
        "revenue_for_profit": partial(say.firm_value, column="revenue"),
        "today_counted": partial(say.firm_value, first_margin="now"),
        "not_discounted": say.not_discounted,
        "stay_forgotten": say.stay_forgotten,
        "mean_for_sum": say.mean_for_sum,
    }, books="lesson"),
    Question("4.b", "gone", Customers(), say.gone, {
        "came_back": say.came_back,
        "newcomers": say.newcomers,
        "not_in_march": say.not_in_march,
    }, books="lesson"),
    Question("4.c", "three", Numbers(("promoters", "detractors", "nps"), within=0.05),
             say.nps_parts, {
        "eight_promotes": partial(say.nps_parts, high=8),
        "seven_detracts": partial(say.nps_parts, low=7),
        "five_detracts": partial(say.nps_parts, low=5),
        "passives_left_out": say.passives_left_out,
        "in_fractions": partial(say.nps_parts, whole=1),
        "mean_answer": say.mean_answer,
    }, books="lesson"),
    Question("4.d", "rescue", Customers(), say.rescue, {
        "unhappy_all": say.unhappy_all,
        "low_value": say.low_value,
        "content": say.content,
        "either": say.either,
    }, books="lesson"),
)  # fmt: skip
