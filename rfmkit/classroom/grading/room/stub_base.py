"""Stand in for rfmkit.classroom.forms.base in the sandbox: what the drawings' reader needs of it.

Copied into the sandbox as `rfmkit/classroom/forms/base.py`.
"""


class Complaint(Exception):  # noqa: N818 - not a fault of the program
    """What is wrong with a drawing: a text key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
