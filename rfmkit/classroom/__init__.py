"""The teaching machinery: questions, verdicts, and the notebooks' builder."""

import importlib

__all__ = ["check", "hint"]


def __getattr__(name: str) -> object:
    # Loaded when first used: the builder's processes need neither pandas nor the questions.
    if name in __all__:
        return getattr(importlib.import_module("rfmkit.classroom.verdicts"), name)
    raise AttributeError(f"rfmkit.classroom has no {name!r}; it has {', '.join(__all__)}.")
