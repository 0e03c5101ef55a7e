"""Chapter 6, the practicum: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import Classes, Customers, Number, Table
from rfmkit.classroom.question import Question
from rfmkit.classroom.questions import ch06_answers as say
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

_RFM = (RECENCY, FREQUENCY, MONETARY)

QUESTIONS = (
    Question("6.a", "n_outside", Number(), say.outside_rows, {
        "all_rejected": lambda case: len(case.rejected),
        "future_counted": say.future_counted,
        "none_found": lambda case: 0,
        "kinds": lambda case: case.rejected["reason"].nunique(),
        "kept": lambda case: len(case.clean()),
    }, books="lesson"),
    Question("6.b", "biggest", Customers(), lambda case: [case.rfm[MONETARY].idxmax()], {
        "most_often": lambda case: [say.most_often(case)],
        "smallest": lambda case: [case.rfm[MONETARY].idxmin()],
        "longest_away": lambda case: [case.rfm[RECENCY].idxmax()],
    }, books="lesson"),
    Question("6.c", "quiet", Customers(), say.quietest, {
        "high_r": lambda case: case.rfm.index[say.levels_of(case)["M"] & say.levels_of(case)["R"]],
        "low_m": lambda case: case.rfm.index[~say.levels_of(case)["M"] & ~say.levels_of(case)["R"]],
        "either": lambda case: case.rfm.index[say.levels_of(case)["M"] | ~say.levels_of(case)["R"]],
    }, books="lesson"),
    Question("6.1", "march_revenue", Number(), say.revenue, {
        slip: partial(say.revenue, slip=slip) for slip in (
            "repeats_kept", "returns_dropped", "outside_march_kept", "blank_customer_kept",
            "test_order_kept", "cancelled_kept", "text_dates_lost")
    }),
    Question("6.2", "rfm", Table(_RFM), lambda case: case.rfm, {
        "lines_as_orders": say.lines_as_orders,
        "first_purchase": say.first_purchase,
        "days_into_march": say.days_into_march,
        "last_day_of_ledger": say.last_day_of_ledger,
        "mean_for_sum": say.mean_for_sum,
        "mean_of_lines": say.mean_of_lines,
        "returns_as_visits": say.returns_as_visits,
        "returns_dropped": partial(say.table, slip="returns_dropped"),
        "repeats_kept": partial(say.table, slip="repeats_kept"),
        "blank_customer_kept": partial(say.table, slip="blank_customer_kept"),
        "outside_march_kept": say.outside_march,
    }),
    Question("6.3", "levels", Table(("R", "F", "M")), say.levels_of, {
        "days_high_is_high": say.days_high_is_high,
        "strict": say.strict,
        "median_cuts": partial(say.levels_of, method="median"),
        "half_of_range": say.half_of_range,
    }),
    Question("6.4", "tier", Classes(), say.classes_of, {
        "swapped": say.swapped,
        "days_high_is_high": partial(say.classes_of, levels=say.days_high_is_high),
        "strict": partial(say.classes_of, levels=say.strict),
        "importance_by_f": partial(say.importance_by, "F"),
        "importance_by_r": partial(say.importance_by, "R"),
    }),
    Question("6.5", "summary",
             Table(("customers", "customer_share", "revenue", "revenue_share"), rows="class"),
             say.summary_of, {
        "as_given": say.both_slips,
        "mean_spend": say.mean_spend,
        "share_of_largest": say.share_of_largest,
        "in_percent": say.in_percent,
    }),
    Question("6.6", "movers", Customers(), say.movers, {
        "stayers": say.stayers,
        "moved_by_money": say.moved_by_money,
        "two_or_more": say.all_three_moved,
    }),
    Question("6.7", "call_list", Customers(ordered=True), say.call_list, {
        "swapped": lambda case: say.call_list(case, "important_develop", "important_win_back"),
        "longest_silent": say.longest_silent,
        "smallest_first": say.smallest_first,
        "biggest_of_all": say.biggest_of_all,
    }),
)  # fmt: skip
