"""Compute the right answer and the known mistakes of a question, once for each case."""

from weakref import WeakKeyDictionary

from rfmkit.classroom.answer_types import InvalidAnswer
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question


class Keys:
    """The parsed right answer of one question on one case, and its mistakes once needed.

    Parameters
    ----------
    question
        The question.
    case
        The case.
    """

    def __init__(self, question: Question, case: Case) -> None:
        self.answer_type = question.answer_type.bind(case)
        self.right = self.answer_type.parse(question.reference(case))
        self._question = question
        self._mistakes: dict[str, object] | None = None

    def mistakes(self, case: Case) -> dict[str, object]:
        """Parse the answer of every mistake; leave out those that have none on this case."""
        if self._mistakes is None:
            self._mistakes = {}
            for name, make in self._question.mistakes.items():
                try:
                    self._mistakes[name] = self.answer_type.parse(make(case))
                except InvalidAnswer:
                    continue
        return self._mistakes

    def find_mistake(self, plain: object, case: Case) -> str | None:
        """Return the name of the mistake that gives this answer, if one does."""
        for name, mistake in self.mistakes(case).items():
            if self.answer_type.same(plain, mistake):
                return name
        return None


_made: WeakKeyDictionary[Case, dict[str, Keys]] = WeakKeyDictionary()


def keys_of(question: Question, case: Case) -> Keys:
    """Return the keys of a question, computed at the first call.

    Parameters
    ----------
    question
        The question.
    case
        The case.
    """
    made = _made.setdefault(case, {})
    known = made.get(question.number)
    if known is None or known._question is not question:
        known = made[question.number] = Keys(question, case)
    return known
