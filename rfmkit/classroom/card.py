"""Show feedback to a student: a card in a notebook, plain text elsewhere."""

import html
import re
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from rfmkit.labels import label, language

_code = re.compile(r"`([^`\n]+)`")
_bold = re.compile(r"\*\*([^*`\n]+)\*\*")
MAX_TEXT = 1500
# Colour of the card's edge, and the sign before its heading. Other colours are the theme's.
_STYLES = {
    "right": ("#3E8E4E", "✓"),
    "known_mistake": ("#B57A00", "!"),
    "wrong": ("#B57A00", "!"),
    "not_attempted": ("#8B94A1", "…"),
    "hint": ("#2F86C9", "?"),
    "open": ("#2F86C9", "✎"),
    "question": ("#8B94A1", ""),
}


@dataclass(frozen=True)
class Card:
    """Feedback for a student, shown as a card in a notebook and as plain text elsewhere.

    Parameters
    ----------
    status
        "right", "known_mistake", "wrong", "not_attempted", "hint", "open" or "question".
    heading, text
        What to say.
    mistake
        The name of the known mistake, if it is one.
    items
        Lines to list below the text: options, or what a rubric asks.
    note
        A remark on something else, such as a file that could not be written.
    """

    status: str
    heading: str
    text: str
    mistake: str | None = None
    items: tuple[str, ...] = ()
    note: str = ""

    def __repr__(self) -> str:
        """Return the card as plain text."""
        lines = [self.heading, _shortened(self.text), *self.items, self.note]
        return _bold.sub(r"\1", "\n".join(filter(None, lines)))

    def _repr_html_(self) -> str:
        edge, sign = _STYLES[self.status]
        return template("card.html").render(
            card=self,
            text=_shortened(self.text),
            edge=edge,
            sign=sign,
            role="region" if self.status == "question" else "status",
            lang=language(),
        )


@cache
def template(name: str) -> Template:
    """Load a template of this folder; whatever it is given is escaped."""
    templates = Environment(loader=PackageLoader("rfmkit", "classroom"), autoescape=True)
    templates.filters["rich"] = lambda text: Markup(rich(text))
    return templates.get_template(name)


def rich(text: str) -> str:
    """Convert plain text with `code` and **bold** in it into escaped HTML."""
    safe = _bold.sub(r"<strong>\1</strong>", html.escape(text))
    return _code.sub(r"<code>\1</code>", safe).replace("\n", "<br>")


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def effort(texts: dict, lang: str | None = None) -> str:
    """Describe how hard a question is, how long it takes and what it is worth."""
    key = "check.effort" if texts["points"] != 1 else "check.effort.one"
    return label(
        key, lang, stars="★" * texts["stars"], minutes=texts["minutes"], points=texts["points"]
    )
