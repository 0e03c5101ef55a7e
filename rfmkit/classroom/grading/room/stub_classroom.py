"""Stand in for rfmkit.classroom in the sandbox, where no key is: calls are taken, nothing is told.

Copied into the sandbox as `rfmkit/classroom/__init__.py`.
"""

__all__ = ["ask", "check", "hint", "progress", "reset"]


class _Nothing:
    """Whatever is asked of it, it is itself."""

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
