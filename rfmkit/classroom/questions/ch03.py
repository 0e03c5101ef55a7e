"""Chapter 3, the value pyramid: each question with its key and the mistakes people make."""

import operator
from functools import partial

from rfmkit.classroom.answer_types import Customers, Figure, Number, Values
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.questions import ch03_answers as say

QUESTIONS = (
    Question("3.a", "n_late", Number(), lambda case: int(say.late(case).sum()), {
        "paid_late_only": lambda case: int(say.paid_late(case).sum()),
        "all_unpaid_late": lambda case: int((say.paid_late(case) | say.unpaid(case)).sum()),
        "owing_only": lambda case: int((say.unpaid(case) & say.past_due(case)).sum()),
        "both_demanded": lambda case: 0,
        "past_due_counted": lambda case: int((say.paid_late(case) | say.past_due(case)).sum()),
    }, books="lesson"),
    Question("3.b", "complaint_points", Values(), say.complaint_points, {
        "many_is_good": lambda case: say.complaint_points(case, smaller_is_better=False),
        "minmax": lambda case: say.complaint_points(case, method="minmax"),
        "raw_counts": say.complaints,
        "quiet_left_out": say.complainers_points,
        "plain_rank": say.share_ahead,
    }, books="lesson"),
    Question("3.c", "leavers", Customers(), partial(say.in_top, wanted=operator.gt), {
        "joiners": partial(say.in_top, wanted=operator.lt),
        "stayers": partial(say.in_top, wanted=operator.and_),
        "movers": partial(say.in_top, wanted=operator.ne),
        "no_vip": say.no_vip,
    }, books="lesson"),
    choices("3.1", "answer_3_1", "abcd", right="ad", mistakes={
        "all_zero": "abcd",
        "rate_too": "abd",
        "capital_too": "acd",
        "complaints_only": "a",
        "the_others": "bc",
    }),
    choice("3.2", "answer_3_2", "abcd", right="b", mistakes={
        "both_shrink": "a", "rules_exchanged": "c", "nothing_moves": "d",
    }),
    Question("3.3", "own_fault_rate", Values(), say.own_rate, {
        "ours_counted": lambda case: say.own_rate(case, say.late(case)),
        "dispute_counted":
            lambda case: say.own_rate(case, say.own_fault(case, "our_invoice_wrong")),
        "ours_left_out": lambda case: say.own_rate(
            case, among=say.outcome(case) & (say.own_fault(case) | ~say.late(case))),
        "owing_forgotten":
            lambda case: say.own_rate(case, say.own_fault(case) & ~say.unpaid(case)),
        "paid_only": lambda case: say.own_rate(case, among=~say.unpaid(case)),
        "not_due_counted":
            lambda case: say.own_rate(case, among=case.payments["customer"].notna()),
        "share_of_late": lambda case: say.own_rate(case, among=say.late(case)),
        "counts": partial(say.own_rate, measure="sum"),
    }),
    Question("3.4", "score", Values(), lambda case: say.repaired(case, "complaint"), {
        "as_given": say.quiet_dropped,
        "many_is_good": say.repaired,
        "quiet_dropped": lambda case: say.quiet_dropped(case, "complaint"),
        "half_filled": lambda case: say.quiet_dropped(case, "complaint", fill_value=0),
        "blanks_at_the_end": partial(say.quiet_blank, missing="zero"),
        "quiet_unknown": partial(say.quiet_blank, missing="unknown"),
        "filled_with_mean": lambda case: say.repaired(case, "complaint", fill="mean"),
        "all_reversed": lambda case: say.repaired(case, *say.REPAIR_WEIGHTS),
        "minmax": lambda case: say.repaired(case, "complaint", method="minmax"),
    }),
    Question("3.5", "movers", Customers(), partial(say.chosen, wanted=operator.ne), {
        "stayers": partial(say.chosen, wanted=operator.eq),
        "risen_only": partial(say.chosen, wanted=operator.gt),
        "fallen_only": partial(say.chosen, wanted=operator.lt),
        "vip_only": partial(say.chosen, wanted=lambda old, new: (old == 0) != (new == 0)),
        "top_fifth": say.top_fifth_changed,
    }),
    Question("3.6", "layers_ax", Figure("barh", unit_free=True, scheme="value4"), say.pyramid, {
        "upside_down": partial(say.pyramid, order="worst_first"),
        "by_size": partial(say.pyramid, order="by_size"),
        "heads": partial(say.pyramid, measure="count"),
        "per_head": partial(say.pyramid, measure="mean"),
        "upright_bars": partial(say.pyramid, kind="bar"),
        "no_title": partial(say.pyramid, title=False),
        "no_axis_labels": partial(say.pyramid, xlabel=False, ylabel=False),
    }),
    Question("3.7", "service_first", Customers(), lambda case: say.losing(case).index[
        say.saved_by_service(case) & ~say.saved_by_price(case)], {
        "price_saves": lambda case: say.losing(case).index[say.saved_by_price(case)],
        "price_not_asked": lambda case: say.losing(case).index[say.saved_by_service(case)],
        "service_not_asked": lambda case: say.losing(case).index[~say.saved_by_price(case)],
        "nothing_saves": lambda case: say.losing(case).index[~say.saved_by_service(case)],
        "all_losing": lambda case: say.losing(case).index,
    }),
    open_question("3.8", "answer_3_8"),
)  # fmt: skip
