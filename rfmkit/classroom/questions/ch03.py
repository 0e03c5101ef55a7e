"""Chapter 3, the value pyramid: each question with its key and the mistakes people make."""

from rfmkit.classroom.forms import Customers, Number, Values
from rfmkit.classroom.question import Question
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
    Question("3.c", "leavers", Customers(), say.leavers, {
        "joiners": say.joiners,
        "stayers": say.stayers,
        "movers": say.movers,
        "no_vip": say.no_vip,
    }, books="lesson"),
)  # fmt: skip
