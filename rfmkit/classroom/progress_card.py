"""Show which questions are solved, tried and still open, and reset them."""

import html
from dataclasses import dataclass
from pathlib import Path

from rfmkit.classroom.calls import explain_wrong_calls
from rfmkit.classroom.card import Card
from rfmkit.classroom.progress_file import (
    FILE,
    SavedProgress,
    case_name,
    read_progress,
    why_not_saved,
    write_progress,
)
from rfmkit.classroom.question import Question, all_questions
from rfmkit.labels import label, language

_signs = {"solved": "✓", "written": "✎", "tried": "•", "open": "○"}


@dataclass(frozen=True)
class Progress:
    """The state of each question: solved, written, tried or open.

    Parameters
    ----------
    states
        Each question's number, and "solved", "written", "tried" or "open".
    begun
        The chapters to show question by question; of the others only the total is shown.
    note
        A remark on the file, if something is wrong with it.
    """

    states: dict[str, str]
    begun: tuple[str, ...]
    note: str = ""

    def __repr__(self) -> str:
        """Return the list as plain text."""
        lines = [label("progress.heading")]
        for chapter, numbers in self._chapters().items():
            lines.append(f"{label('progress.chapter', chapter=chapter)}  {self._total(numbers)}")
            if chapter in self.begun:
                lines += ["  " + "  ".join(self._row(number)) for number in numbers]
        lines.append(self._total(list(self.states), "progress.all"))
        return "\n".join(filter(None, [*lines, self.note]))

    def _repr_html_(self) -> str:
        rows = []
        for chapter, numbers in self._chapters().items():
            name = html.escape(label("progress.chapter", chapter=chapter))
            rows.append(
                f'<tr><th scope="rowgroup" colspan="2" style="text-align:left">{name}</th>'
                f'<td colspan="4" style="text-align:left">'
                f"{html.escape(self._total(numbers))}</td></tr>"
            )
            if chapter in self.begun:
                rows += [
                    "<tr>"
                    + "".join(
                        f'<td style="text-align:left">{html.escape(cell)}</td>'
                        for cell in self._row(number)
                    )
                    + "</tr>"
                    for number in numbers
                ]
        heads = ("state", "number", "title", "stars", "minutes", "points")
        head = "".join(
            f'<th scope="col" style="text-align:left">{label(f"progress.{name}")}</th>'
            for name in heads
        )
        total = html.escape(self._total(list(self.states), "progress.all"))
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return (
            f'<div lang="{language()}" style="max-width:60em;line-height:1.6">'
            f'<table><caption style="text-align:left"><strong>{label("progress.heading")}'
            f"</strong></caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
            f"</table><p>{total}</p>{note}</div>"
        )

    def _chapters(self) -> dict[str, list[str]]:
        chapters: dict[str, list[str]] = {}
        for number in self.states:
            chapters.setdefault(number.partition(".")[0], []).append(number)
        return chapters

    def _row(self, number: str) -> list[str]:
        state, texts = self.states[number], all_questions()[number].texts
        return [
            f"{_signs[state]} {label(f'progress.{state}')}",
            number,
            texts["title"][language()],
            "★" * texts["stars"],
            label("progress.minutes_of", minutes=texts["minutes"]),
            label("progress.points_of", points=texts["points"]),
        ]

    def _total(self, numbers: list[str], key: str = "progress.total") -> str:
        points = {number: all_questions()[number].texts["points"] for number in numbers}
        solved = [number for number in numbers if self.states[number] == "solved"]
        text = label(
            key,
            solved=len(solved),
            count=len(numbers),
            points=sum(points[number] for number in solved),
            of=sum(points.values()),
        )
        written = [number for number in numbers if self.states[number] == "written"]
        if written:
            text += label(
                "progress.to_read",
                count=len(written),
                points=sum(points[number] for number in written),
            )
        return text


@explain_wrong_calls
def progress(which: str | None = None) -> Progress:
    """Show which questions are solved, tried and open, from the file beside the notebook.

    Parameters
    ----------
    which
        A chapter, such as "5", to show that chapter alone; None for all. Chapters that were not
        begun are one line each.

    Returns
    -------
    Progress
        Shown by the notebook when it is a cell's last line.

    Examples
    --------
    >>> progress("6").begun
    ('6',)
    """
    cases, broken = read_progress()
    chosen = _meant(which)
    states = {number: _state(cases, one) for number, one in chosen.items()}
    chapters = dict.fromkeys(number.partition(".")[0] for number in states)
    begun = {number.partition(".")[0] for number, state in states.items() if state != "open"}
    note = why_not_saved() or (label("progress.broken", file=FILE) if broken else "")
    visible_chapters = tuple(chapters) if which else tuple(one for one in chapters if one in begun)
    return Progress(states, visible_chapters, note)


@explain_wrong_calls
def reset(which: str | None = None) -> Card:
    """Delete the saved progress of a question, of a chapter, or of everything.

    Parameters
    ----------
    which
        A question such as "5.2", a chapter such as "5", or None for everything, other cases too.

    Returns
    -------
    Card
        Shown by the notebook when it is a cell's last line.

    Examples
    --------
    >>> reset("5.99").status
    'call'
    """
    chosen = _meant(which)
    cases, broken = read_progress()
    forgotten = 0
    for number, one in chosen.items():
        if (name := _case_of(one)) in cases:
            forgotten += cases[name].pop(number, None) is not None
    heading = label("progress.reset", count=forgotten)
    try:
        if which is None:
            (Path.cwd() / FILE).unlink(missing_ok=True)
        elif forgotten and not broken:
            write_progress(cases)
    except OSError as error:
        text = label("progress.unwritable", file=FILE, error=type(error).__name__)
        return Card("wrong", text, "")
    return Card("hint", heading, label("progress.reset_told"))


def _meant(which: str | None) -> dict[str, Question]:
    known = all_questions()
    if which is None:
        return known
    chosen = {
        number: one for number, one in known.items() if which in (number, number.partition(".")[0])
    }
    if not chosen:
        raise KeyError(f"there is no question or chapter {which!r}.")
    return chosen


def _state(cases: SavedProgress, one: Question) -> str:
    return cases.get(_case_of(one), {}).get(one.number, {"state": "open"})["state"]


def _case_of(one: Question) -> str:
    try:
        return case_name(one.books)
    except (OSError, ValueError, KeyError):  # without data files nothing is saved
        return ""
