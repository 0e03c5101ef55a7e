"""Give a verdict on one answer: not attempted, right, a known mistake, or wrong in stages."""

import html
import re
from dataclasses import dataclass

from rfmkit.classroom.case import Case, open_case
from rfmkit.classroom.forms import Complaint, Form
from rfmkit.classroom.question import question
from rfmkit.labels import label, language

_code = re.compile(r"`([^`]+)`")
_hints_shown: dict[str, int] = {}
_colours = {
    "right": ("#2E4D30", "#EEF5EF"),
    "known_mistake": ("#8B6902", "#FBF5E6"),
    "wrong": ("#8B6902", "#FBF5E6"),
    "not_attempted": ("#566070", "#F1F3F5"),
    "hint": ("#0269B3", "#EAF3FB"),
}


@dataclass(frozen=True)
class Card:
    """A few words for a student, as a calm card in a notebook and as plain text elsewhere.

    Parameters
    ----------
    status
        "right", "known_mistake", "wrong", "not_attempted" or "hint".
    heading, text
        What to say.
    mistake
        The name of the known mistake, if it is one.
    """

    status: str
    heading: str
    text: str
    mistake: str | None = None

    def __repr__(self) -> str:
        """Give the card as plain text."""
        return f"{self.heading}\n{self.text}"

    def _repr_html_(self) -> str:
        ink, paper = _colours[self.status]
        text = _code.sub(r"<code>\1</code>", html.escape(self.text))
        return (
            f'<div role="status" style="border-left:4px solid {ink};background:{paper};'
            f'color:#1B2430;padding:.6em 1em;margin:.3em 0;max-width:46em;line-height:1.6">'
            f'<strong style="color:{ink}">{html.escape(self.heading)}</strong><br>'
            f"{text}</div>"
        )


def check(number: str, answer: object, *, case: Case | None = None) -> Card:
    """Say whether an answer is right, and if not, what went wrong.

    Parameters
    ----------
    number
        The question, such as "6.2".
    answer
        What was computed. It is looked at and never changed. Row order, column order, whole or
        decimal numbers, codes or names in either language make no difference.
    case
        The books to judge by; None for those the notebook uses.

    Returns
    -------
    Card
        Shown by the notebook when it is a cell's last line. It never tells the right answer.

    Raises
    ------
    KeyError
        If there is no such question.

    Examples
    --------
    >>> check("6.2", ...).status
    'not_attempted'
    """
    asked = question(number)
    lang = language()
    if answer is None or answer is ...:
        return _card("not_attempted", number, label("check.blank", lang, variable=asked.variable))
    case = case or open_case(asked.books)
    form = asked.form
    try:
        plain = form.read(answer)
    except Complaint as complaint:
        return _card("wrong", number, label(complaint.key, lang, **complaint.values))
    except Exception:  # a student's object may do anything when touched
        return _card("wrong", number, label("check.unreadable", lang, type=type(answer).__name__))
    key = form.read(asked.reference(case))
    if form.same(plain, key):
        return _card("right", number, asked.texts["right"][lang])
    for mistake, make in asked.mistakes.items():
        if _same(form, plain, make(case)):
            text = asked.texts["mistakes"][mistake][lang]
            return _card("known_mistake", number, text, mistake)
    return _card("wrong", number, form.differences(plain, key, lang))


def hint(number: str, level: int | None = None) -> Card:
    """Show a hint: the idea first, then the method, then almost the code.

    Parameters
    ----------
    number
        The question, such as "6.2".
    level
        1, 2 or 3; None for the one after the last shown.

    Returns
    -------
    Card
        Shown by the notebook when it is a cell's last line.

    Raises
    ------
    KeyError
        If there is no such question.

    Examples
    --------
    >>> hint("6.2", 1).status
    'hint'
    """
    hints = question(number).texts["hints"][language()]
    if level is None:
        level = _hints_shown.get(number, 0) + 1
    level = min(max(int(level), 1), len(hints))
    _hints_shown[number] = level
    heading = label("check.hint", number=number, level=level, total=len(hints))
    return Card("hint", heading, hints[level - 1])


def _same(form: Form, plain: object, slip: object) -> bool:
    try:
        return form.same(plain, form.read(slip))
    except Complaint:  # on these books the slip leaves nothing to compare
        return False


def _card(status: str, number: str, text: str, mistake: str | None = None) -> Card:
    return Card(status, label(f"check.{status}", number=number), text, mistake)
