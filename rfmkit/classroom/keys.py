"""Work out the key and the mistakes of a question once a case, and find an answer among them."""

from weakref import WeakKeyDictionary

from rfmkit.classroom.answer_types import InvalidAnswer
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question


class Keys:
    """The plain key of one question on one case, and its plain mistakes when they are needed.

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
        """Read every mistake; one that leaves nothing to compare on this case is left out."""
        if self._mistakes is None:
            self._mistakes = {}
            for name, make in self._question.mistakes.items():
                try:
                    self._mistakes[name] = self.answer_type.parse(make(case))
                except InvalidAnswer:
                    continue
        return self._mistakes

    def known_as(self, plain: object, case: Case) -> str | None:
        """Name the mistake that gives this very answer, if one does."""
        for name, mistake in self.mistakes(case).items():
            if self.answer_type.same(plain, mistake):
                return name
        return None


_made: WeakKeyDictionary[Case, dict[str, Keys]] = WeakKeyDictionary()


def keys_of(question: Question, case: Case) -> Keys:
    """Give the keys of a question, worked out when they are first asked for.

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
