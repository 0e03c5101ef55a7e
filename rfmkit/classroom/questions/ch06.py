"""Chapter 6, the practicum: each question with its key and the mistakes people make."""

from functools import partial

from rfmkit.classroom.answer_types import Classes, Customers, Number, Table
from rfmkit.classroom.question import Question
from rfmkit.classroom.questions import ch06_answers as key
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

_RFM = (RECENCY, FREQUENCY, MONETARY)

QUESTIONS = (
    Question(
        "6.a",
        "n_outside",
        Number(),
        key.outside_rows,
        {
            "all_rejected": lambda case: len(case.rejected),
            "future_counted": key.future_counted,
            "none_found": lambda case: 0,
            "kinds": lambda case: case.rejected["reason"].nunique(),
            "kept": lambda case: len(case.clean()),
        },
        books="lesson",
    ),
    Question(
        "6.b",
        "biggest",
        Customers(),
        lambda case: [case.rfm[MONETARY].idxmax()],
        {
            "most_often": lambda case: [key.most_often(case)],
            "smallest": lambda case: [case.rfm[MONETARY].idxmin()],
            "longest_away": lambda case: [case.rfm[RECENCY].idxmax()],
        },
        books="lesson",
    ),
    Question(
        "6.c",
        "quiet",
        Customers(),
        key.quietest,
        {
            "high_r": lambda case: case.rfm.index[
                key.levels_of(case)["M"] & key.levels_of(case)["R"]
            ],
            "low_m": lambda case: case.rfm.index[
                ~key.levels_of(case)["M"] & ~key.levels_of(case)["R"]
            ],
            "either": lambda case: case.rfm.index[
                key.levels_of(case)["M"] | ~key.levels_of(case)["R"]
            ],
        },
        books="lesson",
    ),
    Question(
        "6.1",
        "march_revenue",
        Number(),
        key.revenue,
        {
            slip: partial(key.revenue, slip=slip)
            for slip in (
                "repeats_kept",
                "returns_dropped",
                "outside_march_kept",
                "blank_customer_kept",
                "test_order_kept",
                "cancelled_kept",
                "text_dates_lost",
            )
        },
    ),
    Question(
        "6.2",
        "rfm",
        Table(_RFM),
        lambda case: case.rfm,
        {
            "lines_as_orders": key.lines_as_orders,
            "first_purchase": key.first_purchase,
            "days_into_march": key.days_into_march,
            "last_day_of_ledger": key.last_day_of_ledger,
            "mean_for_sum": key.mean_for_sum,
            "mean_of_lines": key.mean_of_lines,
            "returns_as_visits": key.returns_as_visits,
            "returns_dropped": partial(key.table, slip="returns_dropped"),
            "repeats_kept": partial(key.table, slip="repeats_kept"),
            "blank_customer_kept": partial(key.table, slip="blank_customer_kept"),
            "outside_march_kept": key.outside_march,
        },
    ),
    Question(
        "6.3",
        "levels",
        Table(("R", "F", "M")),
        key.levels_of,
        {
            "days_high_is_high": key.days_high_is_high,
            "strict": key.strict,
            "median_cuts": partial(key.levels_of, method="median"),
            "half_of_range": key.half_of_range,
        },
    ),
    Question(
        "6.4",
        "tier",
        Classes(),
        key.classes_of,
        {
            "swapped": key.swapped,
            "days_high_is_high": partial(key.classes_of, levels=key.days_high_is_high),
            "strict": partial(key.classes_of, levels=key.strict),
            "importance_by_f": partial(key.importance_by, "F"),
            "importance_by_r": partial(key.importance_by, "R"),
        },
    ),
    Question(
        "6.5",
        "summary",
        Table(("customers", "customer_share", "revenue", "revenue_share"), rows="class"),
        key.summary_of,
        {
            "as_given": key.both_slips,
            "mean_spend": key.mean_spend,
            "share_of_largest": key.share_of_largest,
            "in_percent": key.in_percent,
        },
    ),
    Question(
        "6.6",
        "movers",
        Customers(),
        key.movers,
        {
            "stayers": key.stayers,
            "moved_by_money": key.moved_by_money,
            "two_or_more": key.all_three_moved,
        },
    ),
    Question(
        "6.7",
        "call_list",
        Customers(ordered=True),
        key.call_list,
        {
            "swapped": lambda case: key.call_list(case, "important_develop", "important_win_back"),
            "longest_silent": key.longest_silent,
            "smallest_first": key.smallest_first,
            "biggest_of_all": key.biggest_of_all,
        },
    ),
)
