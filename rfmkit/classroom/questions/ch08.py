"""Chapter 8, choosing a method: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import PER_CENT, Customers, Figure, Function, Number
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.questions import ch08_answers as key
from rfmkit.classroom.questions import ch08_more_answers as more

QUESTIONS = (
    Question(
        "8.a",
        "n_both",
        Number(),
        key.in_both,
        {
            "either": key.in_either,
            "just_one": key.in_just_one,
            "neither": key.in_neither,
        },
        books="lesson",
    ),
    Question(
        "8.b",
        "core",
        Customers(),
        lambda case: key.on_lists(case, 4),
        {
            "any": lambda case: key.on_lists(case, 1, 2, 3, 4),
            "three": lambda case: key.on_lists(case, 3),
            "three_or_more": lambda case: key.on_lists(case, 3, 4),
            "none": lambda case: key.on_lists(case, 0),
        },
        books="lesson",
    ),
    Question(
        "8.c",
        "gone",
        Customers(),
        key.gone,
        {
            "still_here": lambda case: key.abc_list(case).difference(key.long_away(case)),
            "all_away": key.long_away,
            "not_on_list": lambda case: key.long_away(case).difference(key.abc_list(case)),
            "either": lambda case: key.long_away(case).union(key.abc_list(case)),
            "whole_list": key.abc_list,
        },
        books="lesson",
    ),
    choice(
        "8.d",
        "use_clusters",
        "abcd",
        right="c",
        books="lesson",
        mistakes={
            "data_decide": "a",
            "best_silhouette": "b",
            "worthless": "d",
        },
    ),
    choices(
        "8.1",
        "answer_8_1",
        "abcde",
        right="ac",
        mistakes={
            "blames_a_method": "abc",
            "silhouette_rules": "acd",
            "silence_is_content": "ace",
            "luck_forgotten": "a",
            "cost_forgotten": "c",
            "everything": "abcde",
        },
    ),
    Question(
        "8.2",
        "overrated",
        Customers(),
        more.overrated,
        {
            "small_profit": more.small_profit,
            "of_profit": partial(more.overrated, of="profit"),
            "on_abc": partial(more.overrated, on=key.abc_list),
            "everybody": partial(more.overrated, on=None),
            "not_listed": partial(more.overrated, outside=True),
            "cheap": partial(more.overrated, cheap=True),
        },
    ),
    Question(
        "8.3",
        "layer_chart",
        Figure("bar", units=PER_CENT),
        more.layers_drawn,
        {
            "headcount": partial(more.layers_drawn, what="count"),
            "per_head": partial(more.layers_drawn, what="mean"),
            "by_height": partial(more.layers_drawn, order="height"),
            "upside_down": partial(more.layers_drawn, order="up"),
            "running": partial(more.layers_drawn, order="running"),
            "as_line": partial(more.layers_drawn, kind="line"),
            "bare": partial(more.layers_drawn, title=False, xlabel=False, ylabel=False),
            "no_title": partial(more.layers_drawn, title=False),
            "no_axis_names": partial(more.layers_drawn, xlabel=False, ylabel=False),
        },
    ),
    Question(
        "8.4",
        "mended",
        Function((more.points_and_answered, more.toy)),
        lambda case: more.agreement,
        {
            "as_given": lambda case: more.as_given,
            "same_length_only": lambda case: more.same_length_only,
            "of_the_shorter": lambda case: more.of_the_shorter,
            "filtered_late": lambda case: more.filtered_late,
            "union": lambda case: partial(more.agreement, how="union"),
            "counted": lambda case: partial(more.agreement, how="count"),
            "in_percent": lambda case: partial(more.agreement, how="percent"),
        },
    ),
    Question(
        "8.5",
        "visit_first",
        Customers(ordered=True),
        more.visits,
        {
            "by_clv": partial(more.visits, by="clv"),
            "everybody": partial(more.visits, big=None),
            "happiest": partial(more.visits, happiest=True),
            "by_csat": partial(more.visits, by="csat"),
            "upside_down": lambda case: more.visits(case)[::-1],
        },
    ),
    open_question("8.6", "advice", least=60),
)
