"""What every form has: the three parts, and the complaint about an answer that cannot be read."""

from rfmkit.classroom.case import Case
from rfmkit.labels import label

MOST_ROWS = 20_000  # no question has a hundredth of this; reading more would keep a student waiting
MOST_COLUMNS = 500


class Complaint(Exception):  # noqa: N818 - not a fault of the program
    """What is wrong with the type, columns or length of an answer: a text key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def text(self, lang: str) -> str:
        """Say it in a language."""
        return label(self.key, lang, **self.values)


class Form:
    """The parts each form has."""

    def bind(self, case: Case) -> "Form":
        """Make the form ready for a case; most need nothing from it."""
        return self

    def read(self, answer: object) -> object:
        """Turn an answer into the plain shape, or raise a Complaint."""
        raise NotImplementedError

    def same(self, one: object, other: object) -> bool:
        """Compare two plain answers; a billionth of a difference is none."""
        raise NotImplementedError

    def differences(self, answer: object, key: object, lang: str) -> str:
        """Tell where a plain answer departs from the key, without telling the key."""
        raise NotImplementedError


def type_name(answer: object) -> str:
    """Name an answer's type, with its library where the kit does not use that library."""
    # The plain slots of `type`: a student's metaclass may answer otherwise, or not at all.
    kind = type(answer)
    name = type.__dict__["__name__"].__get__(kind)
    library = str(type.__dict__["__module__"].__get__(kind)).partition(".")[0]
    plain = library in ("builtins", "pandas", "numpy", "__main__")
    return (name if plain else f"{library}.{name}")[:60]


def hold_to_size(rows: int, columns: int = 1) -> None:
    """Refuse what is far too large to be an answer, before anything looks at all of it."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Complaint("check.too_large", rows=f"{rows:,}", columns=f"{columns:,}")
