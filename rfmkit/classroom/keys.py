"""Work out the key and the mistakes of a question once a case, and find an answer among them."""

from weakref import WeakKeyDictionary

from rfmkit.classroom.case import Case
from rfmkit.classroom.forms import Complaint
from rfmkit.classroom.question import Question


class Keys:
    """The plain key of one question on one case, and its plain mistakes when they are needed.

    Parameters
    ----------
    asked
        The question.
    case
        The case.
    """

    def __init__(self, asked: Question, case: Case) -> None:
        self.form = asked.form.bind(case)
        self.right = self.form.read(asked.reference(case))
        self._asked = asked
        self._mistakes: dict[str, object] | None = None

    def mistakes(self, case: Case) -> dict[str, object]:
        """Read every mistake; one that leaves nothing to compare on this case is left out."""
        if self._mistakes is None:
            self._mistakes = {}
            for name, make in self._asked.mistakes.items():
                try:
                    self._mistakes[name] = self.form.read(make(case))
                except Complaint:
                    continue
        return self._mistakes

    def known_as(self, plain: object, case: Case) -> str | None:
        """Name the mistake that gives this very answer, if one does."""
        for name, mistake in self.mistakes(case).items():
            if self.form.same(plain, mistake):
                return name
        return None


_made: WeakKeyDictionary[Case, dict[str, Keys]] = WeakKeyDictionary()


def keys_of(asked: Question, case: Case) -> Keys:
    """Give the keys of a question, worked out when they are first asked for.

    Parameters
    ----------
    asked
        The question.
    case
        The case.
    """
    made = _made.setdefault(case, {})
    known = made.get(asked.number)
    if known is None or known._asked is not asked:
        known = made[asked.number] = Keys(asked, case)
    return known
