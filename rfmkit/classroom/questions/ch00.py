"""The start notebook's one question, to be got wrong on purpose."""

from rfmkit.classroom.answer_types import Number
from rfmkit.classroom.question import Question

QUESTIONS = (
    Question(
        "0.1",
        "rows",
        Number(),
        lambda case: len(case.raw),
        {
            "heading_counted": lambda case: len(case.raw) + 1,
            "cells": lambda case: case.raw.size,
            "columns": lambda case: case.raw.shape[1],
        },
        books="lesson",
    ),
)
