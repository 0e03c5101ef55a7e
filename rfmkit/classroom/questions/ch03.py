"""Chapter 3, the value pyramid: each question with its key and the mistakes people make."""

import operator
from functools import partial

from rfmkit.classroom.answer_types import MONEY_UNITS, Customers, Figure, Number, Values
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.questions import ch03_answers as key

QUESTIONS = (
    Question(
        "3.a",
        "n_late",
        Number(),
        lambda case: int(key.late(case).sum()),
        {
            "paid_late_only": lambda case: int(key.paid_late(case).sum()),
            "all_unpaid_late": lambda case: int((key.paid_late(case) | key.unpaid(case)).sum()),
            "owing_only": lambda case: int((key.unpaid(case) & key.past_due(case)).sum()),
            "both_demanded": lambda case: 0,
            "past_due_counted": lambda case: int((key.paid_late(case) | key.past_due(case)).sum()),
        },
        books="lesson",
    ),
    Question(
        "3.b",
        "complaint_points",
        Values(),
        key.complaint_points,
        {
            "many_is_good": lambda case: key.complaint_points(case, smaller_is_better=False),
            "minmax": lambda case: key.complaint_points(case, method="minmax"),
            "raw_counts": key.complaints,
            "quiet_left_out": key.complainers_points,
            "plain_rank": key.share_ahead,
        },
        books="lesson",
    ),
    Question(
        "3.c",
        "leavers",
        Customers(),
        partial(key.in_top, wanted=operator.gt),
        {
            "joiners": partial(key.in_top, wanted=operator.lt),
            "stayers": partial(key.in_top, wanted=operator.and_),
            "movers": partial(key.in_top, wanted=operator.ne),
            "no_vip": key.no_vip,
        },
        books="lesson",
    ),
    choices(
        "3.1",
        "answer_3_1",
        "abcd",
        right="ad",
        mistakes={
            "all_zero": "abcd",
            "rate_too": "abd",
            "capital_too": "acd",
            "complaints_only": "a",
            "the_others": "bc",
        },
    ),
    choice(
        "3.2",
        "answer_3_2",
        "abcd",
        right="b",
        mistakes={
            "both_shrink": "a",
            "rules_exchanged": "c",
            "nothing_moves": "d",
        },
    ),
    Question(
        "3.3",
        "own_fault_rate",
        Values(),
        key.own_rate,
        {
            "ours_counted": lambda case: key.own_rate(case, key.late(case)),
            "dispute_counted": lambda case: key.own_rate(
                case, key.own_fault(case, "our_invoice_wrong")
            ),
            "ours_left_out": lambda case: key.own_rate(
                case, among=key.outcome(case) & (key.own_fault(case) | ~key.late(case))
            ),
            "owing_forgotten": lambda case: key.own_rate(
                case, key.own_fault(case) & ~key.unpaid(case)
            ),
            "paid_only": lambda case: key.own_rate(case, among=~key.unpaid(case)),
            "not_due_counted": lambda case: key.own_rate(
                case, among=case.payments["customer"].notna()
            ),
            "share_of_late": lambda case: key.own_rate(case, among=key.late(case)),
            "counts": partial(key.own_rate, measure="sum"),
        },
    ),
    Question(
        "3.4",
        "score",
        Values(),
        lambda case: key.repaired(case, "complaint"),
        {
            "as_given": key.quiet_dropped,
            "many_is_good": key.repaired,
            "quiet_dropped": lambda case: key.quiet_dropped(case, "complaint"),
            "half_filled": lambda case: key.quiet_dropped(case, "complaint", fill_value=0),
            "blanks_at_the_end": partial(key.quiet_blank, missing="zero"),
            "quiet_unknown": partial(key.quiet_blank, missing="unknown"),
            "filled_with_mean": lambda case: key.repaired(case, "complaint", fill="mean"),
            "all_reversed": lambda case: key.repaired(case, *key.REPAIR_WEIGHTS),
            "minmax": lambda case: key.repaired(case, "complaint", method="minmax"),
        },
    ),
    Question(
        "3.5",
        "movers",
        Customers(),
        partial(key.chosen, wanted=operator.ne),
        {
            "stayers": partial(key.chosen, wanted=operator.eq),
            "risen_only": partial(key.chosen, wanted=operator.gt),
            "fallen_only": partial(key.chosen, wanted=operator.lt),
            "vip_only": partial(key.chosen, wanted=lambda old, new: (old == 0) != (new == 0)),
            "top_fifth": key.top_fifth_changed,
        },
    ),
    Question(
        "3.6",
        "layers_ax",
        Figure("barh", units=MONEY_UNITS, scheme="value4"),
        key.pyramid,
        {
            "upside_down": partial(key.pyramid, order="worst_first"),
            "by_size": partial(key.pyramid, order="by_size"),
            "heads": partial(key.pyramid, measure="count"),
            "per_head": partial(key.pyramid, measure="mean"),
            "upright_bars": partial(key.pyramid, kind="bar"),
            "no_title": partial(key.pyramid, title=False),
            "no_axis_labels": partial(key.pyramid, xlabel=False, ylabel=False),
        },
    ),
    Question(
        "3.7",
        "service_first",
        Customers(),
        lambda case: key.losing(case).index[key.saved_by_service(case) & ~key.saved_by_price(case)],
        {
            "price_saves": lambda case: key.losing(case).index[key.saved_by_price(case)],
            "price_not_asked": lambda case: key.losing(case).index[key.saved_by_service(case)],
            "service_not_asked": lambda case: key.losing(case).index[~key.saved_by_price(case)],
            "nothing_saves": lambda case: key.losing(case).index[~key.saved_by_service(case)],
            "all_losing": lambda case: key.losing(case).index,
        },
    ),
    open_question("3.8", "answer_3_8"),
)
