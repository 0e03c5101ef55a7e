"""Chapter 5, a year of RFM: the try-it questions, their keys and the mistakes people make."""

from rfmkit.classroom.forms import Classes, Customers, Number
from rfmkit.classroom.question import Question
from rfmkit.classroom.questions import ch05_answers as say
from rfmkit.schema import RECENCY

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
)  # fmt: skip
