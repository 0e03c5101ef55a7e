"""Define errors for instructors, rendered in the language in use when they are shown."""

from rfmkit.labels import label
from rfmkit.schema import DataError


class Message:
    """A text of the tables and its values, filled in when it is shown.

    Examples
    --------
    >>> str(Message("assign.jobs"))
    '--jobs 要是 1 以上的整數。'
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__()
        self.key, self.values = key, values

    def __str__(self) -> str:
        return label(self.key, **self.values)


class InputError(Message, DataError):
    """A file or an option that cannot be used, and why."""
