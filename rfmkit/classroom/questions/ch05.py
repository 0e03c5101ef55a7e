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
from rfmkit.classroom.questions import ch05_answers as say
from rfmkit.classroom.questions import ch05_more_answers as more
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

QUESTIONS = (
    Question("5.a", "n_silent", Number(), lambda case: int(say.silent(case).sum()), {
        "recent": lambda case: int((~say.silent(case)).sum()),
        "share": lambda case: float(say.silent(case).mean()),
        "days_added": lambda case: int(case.year_rfm[RECENCY][say.silent(case)].sum()),
        "lines": say.old_lines,
    }, books="lesson"),
    Question("5.b", "champions", Customers(), say.champions, {
        "worst": say.worst,
        "any_five": say.any_five,
        "four_and_more": say.four_and_more,
        "by_total": say.by_total,
    }, books="lesson"),
    Question("5.c", "house", Classes(), say.house, {
        "by_mean": say.by_mean,
        "days_high_is_high": say.days_high_is_high,
        "importance_by_f": say.importance_by_f,
        "swapped": say.swapped,
    }, books="lesson"),
    choice("5.1", "answer_5_1", "abcde", right="c", mistakes={
        "lines_as_orders": "a",
        "return_as_visit": "b",
        "return_left_out": "d",
        "mean_order": "e",
    }),
    Question("5.2", "january", Table((RECENCY, FREQUENCY, MONETARY)), say.january, {
        "whole_year": lambda case: case.year_rfm,
        "today_kept": say.today_kept,
        "new_year_in": say.new_year_in,
        "lines_as_orders": say.lines_as_orders,
        "returns_dropped": say.returns_dropped,
        "first_purchase": say.first_purchase,
        "mean_for_total": say.mean_for_total,
    }),
    Question("5.3", "by_scores", Classes(), say.by_scores, {
        "only_fives": partial(say.by_scores, least=5),
        "threes_too": partial(say.by_scores, least=3),
        "by_mean": say.by_mean,
        "many_days_high": say.many_days_high,
        "importance_by_f": say.by_scores_with_f_for_m,
        "swapped": say.by_scores_swapped,
    }),
    Question("5.4", "five_points", Function(
        # The second table is shorter and upside down: no answer may hang on either.
        (lambda case: (case.year_rfm,), lambda case: (case.year_rfm.iloc[::-2],)),
        inner=Table(("R", "F", "M")),
    ), lambda case: more.mended, {
        "as_given": lambda case: more.as_given,
        "r_not_turned": lambda case: more.r_not_turned,
        "ties_split": lambda case: more.ties_split,
        "all_turned": lambda case: more.all_turned,
        "ties_to_the_best": lambda case: more.ties_to_the_best,
        "always_320": lambda case: more.always_320,
    }),
    Question("5.5", "cost", Numbers(more.RULES), more.cost, {
        "stayers": partial(more.cost, count="stayers"),
        "share": partial(more.cost, count="share"),
        "old_cuts": partial(more.cost, count="old_cuts"),
        "flags": partial(more.cost, count="flags"),
        "only_m": partial(more.cost, count="only_m"),
    }),
    Question("5.6", "chart", Figure("bar"), lambda case: more.bars(more.school_months(case)), {
        "by_height": lambda case: more.bars(
            more.school_months(case).sort_values(ascending=False, kind="stable")),
        # pandas names the x axis by itself.
        "no_words": lambda case: more.bars(
            more.school_months(case), title=False, ylabel=False),
        "untitled": lambda case: more.bars(more.school_months(case), title=False),
        "as_line": lambda case: more.bars(more.school_months(case), "line"),
        "lines_counted": lambda case: more.bars(more.school_months(case, what="line")),
        "everybody": lambda case: more.bars(more.school_months(case, anyone=True)),
        "returns_counted": lambda case: more.bars(more.school_months(case, returns=True)),
    }),
    Question("5.7", "letters", Customers(),
             lambda case: more.quiet(case).difference(more.between_terms(case)), {
        "everybody": more.quiet,
        "no_schools": lambda case: more.quiet(case).difference(more.schools(case)),
        "any_autumn_buyer": lambda case: more.quiet(case).difference(more.autumn_buyers(case)),
        "those_who_wait": lambda case: more.quiet(case).intersection(more.between_terms(case)),
        "april_table": more.quiet_in_april,
    }),
    open_question("5.8", "answer_5_8", least=80),
)  # fmt: skip
