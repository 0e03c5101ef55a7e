"""Answers that are a function of the student's: it is called, and what it gives is compared."""

import copy
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, type_name
from rfmkit.classroom.answer_types.numbers import Number
from rfmkit.classroom.case import Case
from rfmkit.classroom.plain_names import cut
from rfmkit.labels import label


@dataclass(frozen=True)
class Function(AnswerType):
    """A function, judged by what it returns for some arguments.

    Parameters
    ----------
    probes
        Each makes the arguments of one call, as a tuple, from the case.
    inner
        The form of what the function returns.
    """

    probes: tuple[Callable[[Case], tuple], ...]
    inner: AnswerType = field(default_factory=Number)
    calls: tuple[tuple, ...] = ()

    def bind(self, case: Case) -> "Function":
        """Make the arguments from a case."""
        calls = tuple(tuple(probe(case)) for probe in self.probes)
        return replace(self, calls=calls, inner=self.inner.bind(case))

    def parse(self, answer: object) -> tuple:
        """Call the function with copies of the arguments, and read what it returns."""
        if not callable(answer):
            raise InvalidAnswer("check.need_function", type=type_name(answer))
        return tuple(self._result(answer, call) for call in self.calls)

    def _result(self, function: Callable, call: tuple) -> object:
        shown = ", ".join(map(_shown, call))
        try:
            with redirect_stdout(io.StringIO()):
                result = function(*copy.deepcopy(call))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a student's function may end in any way
            said = _said(error)
            raise InvalidAnswer("check.function_raised", call=shown, error=said) from None
        if result is None:
            raise InvalidAnswer("check.function_none", call=shown)
        try:
            return self.inner.parse(result)
        except InvalidAnswer as invalid:
            raise _InvalidResult(shown, invalid) from None

    def same(self, one: tuple, other: tuple) -> bool:
        """Compare call by call."""
        return all(map(self.inner.same, one, other))

    def differences(self, answer: tuple, key: tuple, lang: str) -> str:
        """Tell of the first call whose result differs."""
        wrong = [not self.inner.same(*pair) for pair in zip(answer, key, strict=True)]
        at = wrong.index(True)
        told = self.inner.differences(answer[at], key[at], lang)
        shown = ", ".join(map(_shown, self.calls[at]))
        return label("check.function_differs", lang, count=sum(wrong), total=len(wrong),
                     call=shown, told=told)  # fmt: skip


class _InvalidResult(InvalidAnswer):
    """Raised for what one call returned."""

    def __init__(self, call: str, inner: InvalidAnswer) -> None:
        super().__init__("check.function_result", call=call)
        self.inner = inner

    def text(self, lang: str) -> str:
        return label(self.key, lang, told=self.inner.text(lang), **self.values)


def _shown(value: object) -> str:
    plain = isinstance(value, bool | int | float | str)
    return cut(repr(value), 30) if plain else type_name(value)


def _said(error: BaseException) -> str:
    try:
        return cut(f"{type_name(error)}: {error}", 120)
    except Exception:  # its own message may raise
        return type_name(error)
