"""Define the base class of answer types, and the error for an answer that cannot be parsed."""

from rfmkit.classroom.case import Case
from rfmkit.classroom.relations import Relation
from rfmkit.labels import label

MAX_ROWS = 20_000  # no answer has a hundredth of this; parsing more would be slow
MAX_COLUMNS = 500


class InvalidAnswer(Exception):  # noqa: N818 - not a fault of the program
    """Raised for an answer of a wrong type, shape or length; holds a text's key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def text(self, lang: str) -> str:
        """Return the explanation in a language."""
        return label(self.key, lang, **self.values)


class AnswerType:
    """Base class of the answer types."""

    def bind(self, case: Case) -> "AnswerType":
        """Return the answer type prepared for a case; most need nothing from it."""
        return self

    def parse(self, answer: object) -> object:
        """Convert an answer into the plain shape, or raise InvalidAnswer."""
        raise NotImplementedError

    def same(self, one: object, other: object) -> bool:
        """Return whether two parsed answers are equal, numbers to a billionth."""
        return one == other

    def differences(self, answer: object, key: object, lang: str) -> str:
        """Describe where a parsed answer departs from the key, without giving the key."""
        raise NotImplementedError

    def parts(self, parsed: object) -> dict[str, object]:
        """Split a parsed answer into what can be right or wrong on its own: columns, letters."""
        return {"": parsed}

    def same_part(self, part: str, one: object, other: object) -> bool:
        """Return whether one part of two answers is equal."""
        return self.same(one, other)

    def splits(self, slip: object, right: object) -> bool:
        """Return whether a slip's answer may explain a part of an answer, beside right parts."""
        return True

    def relation(self, part: str, answer: object, right: object) -> Relation | None:
        """Find how a part relates to the right one: in another unit, rounded, on other rows."""
        return None

    def rounded(self, answer: object, right: object) -> int | None:
        """Return the decimals of an answer that is right but for a rounding that loses nothing."""
        return None

    def rounded_part(self, part: str, answer: object, right: object) -> bool:
        """Return whether one part is right but for a rounding that loses nothing."""
        return False

    def is_distinctive(self, parsed: object) -> bool:
        """Return whether an answer holds enough that two mistakes rarely give the same."""
        return True


def type_name(answer: object) -> str:
    """Return the name of an answer's type, with its library unless the kit uses that library."""
    # Read the slots of `type` itself: a student's metaclass may override or break them.
    kind = type(answer)
    name = type.__dict__["__name__"].__get__(kind)
    library = str(type.__dict__["__module__"].__get__(kind)).partition(".")[0]
    plain = library in ("builtins", "pandas", "numpy", "__main__")
    return (name if plain else f"{library}.{name}")[:60]


def check_size(rows: int, columns: int = 1) -> None:
    """Raise InvalidAnswer for what is far too large to be an answer, before reading all of it."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise InvalidAnswer("check.too_large", rows=f"{rows:,}", columns=f"{columns:,}")
