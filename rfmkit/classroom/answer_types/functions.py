"""Define the answer type of functions: each is called, and its results are compared."""

import copy
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, type_name
from rfmkit.classroom.answer_types.numbers import Number
from rfmkit.classroom.case import Case
from rfmkit.classroom.plain_names import shorten
from rfmkit.classroom.relations import Relation
from rfmkit.labels import label

# What pandas says of `qcut` and `cut` where many values are equal, and our text for it.
_OF_PANDAS = {
    "Bin edges must be unique": "check.function_edges",
    "Bin labels must be one fewer than the number of bin edges": "check.function_labels",
}


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
        """Compute the arguments of the calls from a case."""
        calls = tuple(tuple(probe(case)) for probe in self.probes)
        return replace(self, calls=calls, inner=self.inner.bind(case))

    def parse(self, answer: object) -> tuple:
        """Call the function with copies of the arguments, and parse what it returns."""
        if not callable(answer):
            raise InvalidAnswer("check.need_function", type=type_name(answer))
        return tuple(self._result(answer, call) for call in self.calls)

    def _result(self, function: Callable, call: tuple) -> object:
        arguments = ", ".join(map(_argument_text, call))
        try:
            with redirect_stdout(io.StringIO()):
                result = function(*copy.deepcopy(call))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a student's function may end in any way
            message = _error_text(error)
            key = next((_OF_PANDAS[one] for one in _OF_PANDAS if one in message), None)
            if key and isinstance(error, ValueError):
                raise InvalidAnswer(key, call=arguments) from None
            raise InvalidAnswer("check.function_raised", call=arguments, error=message) from None
        if result is None:
            raise InvalidAnswer("check.function_none", call=arguments)
        try:
            return self.inner.parse(result)
        except InvalidAnswer as invalid:
            raise _InvalidResult(arguments, invalid) from None

    def same(self, one: tuple, other: tuple) -> bool:
        """Compare call by call."""
        return all(map(self.inner.same, one, other))

    def parts(self, parsed: tuple) -> dict[str, tuple]:
        """Return the parts of the results, each over all the calls."""
        split = [self.inner.parts(result) for result in parsed]
        return {part: tuple(one[part] for one in split) for part in split[0]}

    def same_part(self, part: str, one: tuple, other: tuple) -> bool:
        """Compare one part of every result."""
        return all(self.inner.same_part(part, *pair) for pair in zip(one, other, strict=True))

    def relation(self, part: str, answer: tuple, right: tuple) -> Relation | None:
        """Find the one relation that every result has to the right one."""
        pairs = zip(answer, right, strict=True)
        found = {self.inner.relation(part, *pair) for pair in pairs}
        return found.pop() if len(found) == 1 else None

    def rounded(self, answer: tuple, right: tuple) -> int | None:
        """Return the decimals of a sensible rounding of every result that needs one."""
        digits = []
        for pair in zip(answer, right, strict=True):
            if not self.inner.same(*pair):
                if (one := self.inner.rounded(*pair)) is None:
                    return None
                digits.append(one)
        return min(digits, default=None)

    def differences(self, answer: tuple, key: tuple, lang: str) -> str:
        """Describe the first call whose result differs."""
        wrong = [not self.inner.same(*pair) for pair in zip(answer, key, strict=True)]
        at = wrong.index(True)
        difference = self.inner.differences(answer[at], key[at], lang)
        arguments = ", ".join(map(_argument_text, self.calls[at]))
        return label(
            "check.function_differs",
            lang,
            count=sum(wrong),
            total=len(wrong),
            call=arguments,
            told=difference,
        )


class _InvalidResult(InvalidAnswer):
    """Raised for what one call returned."""

    def __init__(self, call: str, inner: InvalidAnswer) -> None:
        super().__init__("check.function_result", call=call)
        self.inner = inner

    def text(self, lang: str) -> str:
        return label(self.key, lang, told=self.inner.text(lang), **self.values)


def _argument_text(value: object) -> str:
    plain = isinstance(value, bool | int | float | str)
    return shorten(repr(value), 30) if plain else type_name(value)


def _error_text(error: BaseException) -> str:
    try:
        return shorten(" ".join(f"{type_name(error)}: {error}".split()), 120)
    except Exception:  # its own message may raise
        return type_name(error)
