"""The teaching machinery: questions, verdicts, and the notebooks' builder."""

from rfmkit.classroom.check import check, hint

__all__ = ["check", "hint"]
