"""Sum up how a class did on each question, and which mistakes it made."""

from collections import Counter
from dataclasses import dataclass

from rfmkit.classroom.grading.asked import Asked
from rfmkit.classroom.grading.book import Book, plain
from rfmkit.classroom.grading.results import STATUSES


@dataclass(frozen=True)
class QuestionSummary:
    """How a class did on one question.

    Parameters
    ----------
    question
        The question.
    handed_in
        Notebooks that were graded.
    counts
        How many have each status.
    mean
        Mean share of the points, of those that are decided; None if none is.
    """

    question: Asked
    handed_in: int
    counts: dict[str, int]
    mean: float | None

    def share(self, *statuses: str) -> float | None:
        """Give the share of notebooks with one of the statuses; None if there are no notebooks."""
        if not self.handed_in:
            return None
        return sum(self.counts[one] for one in statuses) / self.handed_in


@dataclass(frozen=True)
class Mistake:
    """A mistake with a name, how many made it and their share of those who handed in."""

    question: Asked
    name: str
    count: int
    share: float

    def told(self, lang: str) -> str:
        """Say what the students were told."""
        return self.question.told(self.name, lang)


def summarise(book: Book) -> tuple[list[QuestionSummary], list[Mistake]]:
    """Sum up a class: each question in order, and the mistakes, the most common first.

    Parameters
    ----------
    book
        The class.

    Returns
    -------
    list of QuestionSummary, list of Mistake
        Empty lists where no chapter was graded.
    """
    marks: dict[str, list] = {one.number: [] for one in book.questions}
    for student in book.students:
        for result in book.of(student.id):
            for mark in result.marks:
                if mark.number in marks:
                    marks[mark.number].append((mark, book.earned(student.id, mark)))
    summaries, mistakes = [], []
    for one in book.questions:
        there = marks[one.number]
        shares = [earned / mark.out_of for mark, earned in there
                  if earned is not None and mark.out_of]  # fmt: skip
        counts = Counter(mark.status for mark, _ in there)
        summaries.append(
            QuestionSummary(
                one,
                len(there),
                {status: counts[status] for status in STATUSES},
                sum(shares) / len(shares) if shares else None,
            )
        )
        named = Counter(mark.mistake for mark, _ in there if mark.mistake)
        mistakes += [Mistake(one, name, count, count / len(there)) for name, count in named.items()]
    place = {one.number: at for at, one in enumerate(book.questions)}
    mistakes.sort(key=lambda one: (-one.count, place[one.question.number], one.name))
    return summaries, mistakes


def class_mean(book: Book) -> float | None:
    """Give the mean total of those who handed in and have nothing undecided; None if nobody has.

    Parameters
    ----------
    book
        The class.
    """
    totals = [book.total(student.id) for student in book.students]
    decided = [total[0] for total in totals if total and not total[1]]
    return plain(sum(decided) / len(decided)) if decided else None
