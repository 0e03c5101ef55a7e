"""Chapter 5, a year of RFM: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import (
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    Table,
)
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, open_question
from rfmkit.classroom.questions import ch05_answers as key
from rfmkit.classroom.questions import ch05_more_answers as more
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

QUESTIONS = (
    Question(
        "5.a",
        "n_silent",
        Number(),
        lambda case: int(key.silent(case).sum()),
        {
            "recent": lambda case: int((~key.silent(case)).sum()),
            "share": lambda case: float(key.silent(case).mean()),
            "days_added": lambda case: int(case.year_rfm[RECENCY][key.silent(case)].sum()),
            "lines": key.old_lines,
        },
        books="lesson",
    ),
    Question(
        "5.b",
        "champions",
        Customers(),
        key.champions,
        {
            "worst": key.worst,
            "any_five": key.any_five,
            "four_and_more": key.four_and_more,
            "by_total": key.by_total,
        },
        books="lesson",
    ),
    Question(
        "5.c",
        "house",
        Classes(),
        key.house,
        {
            "by_mean": key.by_mean,
            "days_high_is_high": key.days_high_is_high,
            "importance_by_f": key.importance_by_f,
            "swapped": key.swapped,
        },
        books="lesson",
    ),
    choice(
        "5.1",
        "answer_5_1",
        "abcde",
        right="c",
        mistakes={
            "lines_as_orders": "a",
            "return_as_visit": "b",
            "return_left_out": "d",
            "mean_order": "e",
        },
    ),
    Question(
        "5.2",
        "january",
        Table((RECENCY, FREQUENCY, MONETARY)),
        key.january,
        {
            "whole_year": lambda case: case.year_rfm,
            "today_kept": key.today_kept,
            "new_year_in": key.new_year_in,
            "lines_as_orders": key.lines_as_orders,
            "returns_dropped": key.returns_dropped,
            "first_purchase": key.first_purchase,
            "mean_for_total": key.mean_for_total,
        },
    ),
    Question(
        "5.3",
        "by_scores",
        Classes(),
        key.by_scores,
        {
            "only_fives": partial(key.by_scores, least=5),
            "threes_too": partial(key.by_scores, least=3),
            "by_mean": key.by_mean,
            "many_days_high": key.many_days_high,
            "importance_by_f": key.by_scores_with_f_for_m,
            "swapped": key.by_scores_swapped,
        },
    ),
    Question(
        "5.4",
        "five_points",
        Function(
            # The second table is shorter and upside down: no answer may hang on either.
            (lambda case: (case.year_rfm,), lambda case: (case.year_rfm.iloc[::-2],)),
            inner=Table(("R", "F", "M")),
        ),
        lambda case: more.repaired,
        {
            "as_given": lambda case: more.as_given,
            "r_not_turned": lambda case: more.r_not_turned,
            "ties_split": lambda case: more.ties_split,
            "all_turned": lambda case: more.all_turned,
            "ties_to_the_best": lambda case: more.ties_to_the_best,
            "always_320": lambda case: more.always_320,
        },
    ),
    Question(
        "5.5",
        "cost",
        Numbers(more.RULES),
        more.cost,
        {
            "stayers": partial(more.cost, count="stayers"),
            "share": partial(more.cost, count="share"),
            "old_cuts": partial(more.cost, count="old_cuts"),
            "flags": partial(more.cost, count="flags"),
            "only_m": partial(more.cost, count="only_m"),
        },
    ),
    Question(
        "5.6",
        "chart",
        Figure("bar"),
        lambda case: more.bars(more.school_months(case)),
        {
            "by_height": lambda case: more.bars(
                more.school_months(case).sort_values(ascending=False, kind="stable")
            ),
            # pandas names the x axis by itself.
            "no_words": lambda case: more.bars(more.school_months(case), title=False, ylabel=False),
            "untitled": lambda case: more.bars(more.school_months(case), title=False),
            "as_line": lambda case: more.bars(more.school_months(case), "line"),
            "lines_counted": lambda case: more.bars(more.school_months(case, what="line")),
            "everybody": lambda case: more.bars(more.school_months(case, anyone=True)),
            "returns_counted": lambda case: more.bars(more.school_months(case, returns=True)),
        },
    ),
    Question(
        "5.7",
        "letters",
        Customers(),
        lambda case: more.quiet(case).difference(more.between_terms(case)),
        {
            "everybody": more.quiet,
            "no_schools": lambda case: more.quiet(case).difference(more.schools(case)),
            "any_autumn_buyer": lambda case: more.quiet(case).difference(more.autumn_buyers(case)),
            "those_who_wait": lambda case: more.quiet(case).intersection(more.between_terms(case)),
            "april_table": more.quiet_in_april,
        },
    ),
    open_question("5.8", "answer_5_8", least=80),
)
