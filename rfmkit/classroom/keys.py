"""Compute the right answer of a question on a case, and what each slip would give instead."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from weakref import WeakKeyDictionary, ref

from rfmkit.classroom.answer_types import InvalidAnswer
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question


class Keys:
    """The parsed right answer of one question on one case; those of its slips once needed.

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
        self._variants: dict[tuple[str, ...], object] = {}
        self._cells: dict[str, dict] = {}
        self._case = ref(case)  # the keys of a case must not keep it alive

    @property
    def case(self) -> Case:
        """The case."""
        return self._case()

    @property
    def slips(self) -> tuple[str, ...]:
        """The names of the question's slips: the other choices of its steps, and single ones."""
        return self._question.slips

    def only_rounded(self, plain: object) -> int | None:
        """Return the decimals of an answer that is right but for a sensible rounding."""
        digits = self.answer_type.rounded(plain, self.right)
        if digits is None:
            return None
        variants = (self.variant(name) for name in self.slips)
        slipped = any(one is not None and self.answer_type.same(plain, one) for one in variants)
        return None if slipped else digits

    @property
    def whole(self) -> tuple[str, ...]:
        """The slips that are told of the whole answer only."""
        return self._question.whole

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of slips that belong to different steps."""
        steps = [tuple(choices) for choices in self._question.steps.values()]
        for one, other in itertools.combinations(steps, 2):
            yield from itertools.product(one, other)

    def variant(self, *names: str) -> object:
        """Compute the parsed answer of a slip, or of two at once; None where there is none."""
        if names not in self._variants:
            try:
                answer = self._question.answer_with(self.case, *names)
                self._variants[names] = self.answer_type.parse(answer)
            except (InvalidAnswer, ArithmeticError, LookupError, ValueError):
                # Two slips together, or an odd case, may leave nothing to compute with.
                self._variants[names] = None
        return self._variants[names]

    def cells(self, name: str, cells_of: Callable[[object], Iterable]) -> dict:
        """Return the single numbers and words of a slip's answer, by their places."""
        if name not in self._cells:
            self._cells[name] = dict(cells_of(self.answer_type.parts(self.variant(name))))
        return self._cells[name]


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
