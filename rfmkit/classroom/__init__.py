"""Provide questions and the functions that students call: ask, check, hint, progress."""

import importlib

_names_by_module = {
    **dict.fromkeys(("ask", "check", "hint"), "verdicts"),
    **dict.fromkeys(("progress", "reset"), "progress_card"),
}
__all__ = ["ask", "check", "hint", "progress", "reset"]


def __getattr__(name: str) -> object:
    # Imported when first used, so that a notebook which asks nothing loads no questions.
    if name in _names_by_module:
        importlib.import_module("rfmkit.classroom.notebook_errors").explain_errors()
        return getattr(importlib.import_module(f"rfmkit.classroom.{_names_by_module[name]}"), name)
    raise AttributeError(f"rfmkit.classroom has no {name!r}; it has {', '.join(__all__)}.")
