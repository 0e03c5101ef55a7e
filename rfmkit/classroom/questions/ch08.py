"""Chapter 8, choosing a method: each question with its key and the mistakes people make."""

from rfmkit.classroom.forms import Customers, Number
from rfmkit.classroom.question import Question
from rfmkit.classroom.questions import ch08_answers as say

QUESTIONS = (
    Question("8.a", "n_both", Number(), say.in_both, {
        "either": say.in_either,
        "just_one": say.in_just_one,
        "neither": say.in_neither,
    }, books="lesson"),
    Question("8.b", "core", Customers(), lambda case: say.on_lists(case, 4), {
        "any": lambda case: say.on_lists(case, 1, 2, 3, 4),
        "three": lambda case: say.on_lists(case, 3),
        "three_or_more": lambda case: say.on_lists(case, 3, 4),
        "none": lambda case: say.on_lists(case, 0),
    }, books="lesson"),
    Question("8.c", "gone", Customers(), say.gone, {
        "still_here": lambda case: say.abc_list(case).difference(say.long_away(case)),
        "all_away": say.long_away,
        "not_on_list": lambda case: say.long_away(case).difference(say.abc_list(case)),
        "either": lambda case: say.long_away(case).union(say.abc_list(case)),
        "whole_list": say.abc_list,
    }, books="lesson"),
)  # fmt: skip
