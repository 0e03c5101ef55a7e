"""Show feedback to a student: a card in a notebook, plain text elsewhere.

What it is given is escaped here, by the standard library: in a reader's own browser a question must
be answered before jinja2 has been loaded.
"""

import html
import re
from dataclasses import dataclass

from rfmkit.labels import label, language

_code = re.compile(r"`([^`\n]+)`")
_bold = re.compile(r"\*\*([^*`\n]+)\*\*")
MAX_TEXT = 1500
# The edge of the card and the sign before the heading. Ink and paper are the theme's own.
_STYLES = {
    "right": ("#3E8E4E", "✓"),
    "known_mistake": ("#B57A00", "!"),
    "wrong": ("#B57A00", "!"),
    "not_attempted": ("#8B94A1", "…"),
    "hint": ("#2F86C9", "?"),
    "open": ("#2F86C9", "✎"),
    "question": ("#8B94A1", ""),
    "call": ("#B57A00", "!"),
}
_paper = "var(--jp-layout-color2,#F4F6F8)"
_ink = "var(--jp-content-font-color1,#1B2430)"


@dataclass(frozen=True)
class Card:
    """Feedback for a student, shown as a card in a notebook and as plain text elsewhere.

    Parameters
    ----------
    status
        "right", "known_mistake", "wrong", "not_attempted", "hint", "open", "question" or "call".
    heading, text
        What to say.
    mistake
        The name of the known mistake, if it is one.
    items
        Lines to list below the text: options, or what a rubric asks.
    note
        A remark on something else, such as a file that could not be written.
    link
        Where the solution is, seen from the notebook, and the words of the link.
    """

    status: str
    heading: str
    text: str
    mistake: str | None = None
    items: tuple[str, ...] = ()
    note: str = ""
    link: tuple[str, str] = ("", "")

    def __repr__(self) -> str:
        """Return the card as plain text."""
        link = f"{self.link[1]}: {self.link[0].partition('#')[0]}" if self.link[0] else ""
        lines = [self.heading, _shortened(self.text), *self.items, self.note, link]
        return _bold.sub(r"\1", "\n".join(filter(None, lines)))

    def _repr_html_(self) -> str:
        edge, sign = _STYLES[self.status]
        lang = language()
        sign = f'<span aria-hidden="true">{sign}&ensp;</span>' if sign else ""
        body = f'<div style="margin-top:.25em">{rich(_shortened(self.text))}</div>'
        if self.items:
            rows = "".join(f"<li>{rich(item)}</li>" for item in self.items)
            body += f'<ul style="list-style:none;margin:.4em 0 0;padding-left:.2em">{rows}</ul>'
        if self.note:
            body += f'<div style="margin-top:.5em;font-size:.9em">{rich(self.note)}</div>'
        if self.link[0]:
            target, words = map(html.escape, self.link)
            body += f'<div style="margin-top:.5em"><a href="{target}">{words}</a></div>'
        kind = "region" if self.status == "question" else "status"
        return (
            # mathjax_ignore: Jupyter would read the money between two $ as a formula.
            f'<div class="mathjax_ignore" role="{kind}" lang="{lang}" '
            f'aria-label="{html.escape(self.heading)}" '
            f'style="border-left:4px solid {edge};background:{_paper};color:{_ink};'
            f'padding:.6em 1em;margin:.3em 0;max-width:46em;line-height:1.6">'
            f"{sign}<strong>{html.escape(self.heading)}</strong>{body}</div>"
        )


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
