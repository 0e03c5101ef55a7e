"""Replace parts of the classroom in the sandbox, where no key is: calls return nothing.

Copied into the sandbox as `rfmkit/classroom/__init__.py` and as
`rfmkit/classroom/answer_types/base.py`.
"""

__all__ = ["ask", "check", "hint", "progress", "reset"]


class _Nothing:
    """Returns itself, whatever is asked of it."""

    def __getattr__(self, name: str) -> "_Nothing":
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object, **options: object) -> "_Nothing":
        return self

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return ""


def check(*args: object, **options: object) -> _Nothing:
    """Judge nothing: there is no key in here."""
    return _Nothing()


ask = hint = progress = reset = check


class InvalidAnswer(Exception):  # noqa: N818 - named as the original is
    """What is wrong with a drawing: a text key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
