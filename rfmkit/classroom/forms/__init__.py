"""Read an answer in whatever form a student left it, and compare it with another.

A form has three parts. `read` turns an answer into one plain shape, or says kindly what is wrong
with its type or columns. `same` compares two plain answers. `differences` tells where a wrong one
goes wrong, and never what would be right.
"""

from rfmkit.classroom.forms.base import Complaint, Form
from rfmkit.classroom.forms.choices import Choice, Choices
from rfmkit.classroom.forms.classes import Classes
from rfmkit.classroom.forms.customers import Customers
from rfmkit.classroom.forms.figures import Figure, drawn
from rfmkit.classroom.forms.functions import Function
from rfmkit.classroom.forms.numbers import Number, Numbers
from rfmkit.classroom.forms.tables import Table
from rfmkit.classroom.forms.texts import Open
from rfmkit.classroom.forms.values import Values

__all__ = [
    "Choice",
    "Choices",
    "Classes",
    "Complaint",
    "Customers",
    "Figure",
    "Form",
    "Function",
    "Number",
    "Numbers",
    "Open",
    "Table",
    "Values",
    "drawn",
]
