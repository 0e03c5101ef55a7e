"""Parse the answers that students give, and compare them.

An answer type has three methods. `parse` converts an answer into one plain shape, or raises an
InvalidAnswer that explains what is wrong with its type or columns. `same` compares two parsed
answers. `differences` describes where a wrong answer goes wrong, and never gives the right one.
"""

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer
from rfmkit.classroom.answer_types.choices import Choice, Choices
from rfmkit.classroom.answer_types.classes import Classes
from rfmkit.classroom.answer_types.customers import Customers
from rfmkit.classroom.answer_types.figures import MONEY_UNITS, PER_CENT, Figure, drawn
from rfmkit.classroom.answer_types.functions import Function
from rfmkit.classroom.answer_types.numbers import Number, Numbers
from rfmkit.classroom.answer_types.tables import Table
from rfmkit.classroom.answer_types.texts import Open
from rfmkit.classroom.answer_types.values import Values

__all__ = [
    "MONEY_UNITS",
    "PER_CENT",
    "AnswerType",
    "Choice",
    "Choices",
    "Classes",
    "Customers",
    "Figure",
    "Function",
    "InvalidAnswer",
    "Number",
    "Numbers",
    "Open",
    "Table",
    "Values",
    "drawn",
]
