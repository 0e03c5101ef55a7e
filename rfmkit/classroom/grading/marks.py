"""Turn what a notebook's runs showed into marks and words."""

from collections.abc import Callable

from rfmkit.classroom.forms import Open
from rfmkit.classroom.grading.blank import WRITTEN, blank
from rfmkit.classroom.grading.marking import Seen, failures
from rfmkit.classroom.grading.notebook import Notebook
from rfmkit.classroom.grading.results import Mark
from rfmkit.classroom.question import Question
from rfmkit.labels import label

MOST_TEXT = 20_000


def marks_of(notebook: Notebook, seen: Seen, lang: str) -> tuple[Mark, ...]:
    """Give one mark for each question, and one more for each answer in prose.

    Parameters
    ----------
    notebook
        The notebook.
    seen
        What its runs showed.
    lang
        The language of the feedback.
    """
    return _each(notebook.chapter, lambda number, asked: _mark(notebook, seen, asked, lang),
                 lambda number: _prose(number, notebook.written.get(number, ""), lang))  # fmt: skip


def marks_by_hand(chapter: str, lang: str) -> tuple[Mark, ...]:
    """Give the marks of a notebook that could not be graded: a person decides on all of them.

    Parameters
    ----------
    chapter
        Such as "06".
    lang
        The language of the feedback.

    Examples
    --------
    >>> [mark.status for mark in marks_by_hand("06", "en")][:2]
    ['person', 'person']
    """

    def by_hand(number: str, points: float) -> Mark:
        return Mark(number, "person", None, points, label("judge.person", lang))

    return _each(chapter, lambda number, asked: by_hand(number, points_of(asked)),
                 lambda number: by_hand(f"{number}w", WRITTEN[number]))  # fmt: skip


def points_of(asked: Question) -> float:
    """Give a question's points, without those for an answer in prose beside it.

    Parameters
    ----------
    asked
        The question.

    Examples
    --------
    >>> from rfmkit.classroom.question import question
    >>> points_of(question("6.1")), points_of(question("6.7"))
    (2, 2)
    """
    points = asked.texts["points"] - WRITTEN.get(asked.number, 0)
    return int(points) if float(points).is_integer() else points


def _each(
    chapter: str, make: Callable[[str, Question], Mark], write: Callable[[str], Mark]
) -> tuple[Mark, ...]:  # fmt: skip
    marks = []
    for number, asked in blank(chapter).questions.items():
        marks.append(make(number, asked))
        if number in WRITTEN:
            marks.append(write(number))
    return tuple(marks)


def _mark(notebook: Notebook, seen: Seen, asked: Question, lang: str) -> Mark:
    number, points = asked.number, points_of(asked)
    own = seen.own[number]
    status, notes, feedback = _status(notebook, seen, number, lang)
    feedback = feedback or own.feedback
    if status == "person":
        return Mark(number, status, None, points, label("judge.person", lang), notes=notes)
    if status == "open":
        if isinstance(asked.form, Open):
            feedback = label("judge.open", lang)
        return Mark(number, status, None, points, feedback, answer=own.text, notes=notes)
    earned = {"right": points, "follow_through": points, "held": None}.get(status, 0)
    mistake = own.mistake if status == "known_mistake" else None
    return Mark(number, status, earned, points, feedback, mistake, notes=notes, digest=own.digest)


def _status(
    notebook: Notebook, seen: Seen, number: str, lang: str
) -> tuple[str, tuple[str, ...], str]:  # fmt: skip
    """Give status, notes, and feedback where it is not what `check` says."""
    status = seen.status(number)
    if status in ("lost", "garbled"):
        return "person", (status,), ""
    if status == "wrong" and isinstance(blank(notebook.chapter).questions[number].form, Open):
        return "person", ("no_text",), ""
    if status == "right":
        return _held(seen, number, lang)
    if number in seen.relay and seen.relay[number].status == "right" and (
        number in seen.fixed
        or (number in seen.relay_there and seen.relay_there[number].status == "right")
    ):  # fmt: skip
        return "follow_through", ("relay",), label("judge.follow_through", lang)
    if status == "missing":
        faults = failures(notebook, seen.first, number)
        if faults:
            fault = faults[0]
            kind = fault.kind if fault.kind in ("error", "timeout") else "died"
            told = label(f"judge.failed_{kind}", lang, error=fault.error or fault.kind)
            return "failed", (f"cell_{kind}",), told
        if not notebook.of(number):
            return "missing", ("no_cell",), ""
    return status, (), ""


def _held(seen: Seen, number: str, lang: str) -> tuple[str, tuple[str, ...], str]:
    if number in seen.fixed:
        return "right", ("same_key",), ""
    if seen.second is not None and seen.there[number].status == "right":
        return "right", (), ""
    if number in seen.relay_there and seen.relay_there[number].status == "right":
        return "right", ("relay",), ""
    lost = seen.second is None or number in seen.second.lost
    told = label("judge.held", lang)
    return "held", ("second_lost" if lost else "second_wrong",), told


def _prose(number: str, text: str, lang: str) -> Mark:
    points = WRITTEN[number]
    points = int(points) if float(points).is_integer() else points
    if not text.strip(" .…。"):
        return Mark(f"{number}w", "missing", 0, points, label("judge.prose_missing", lang))
    answer = text[:MOST_TEXT]
    notes = ("cut",) if len(text) > MOST_TEXT else ()
    return Mark(f"{number}w", "open", None, points, label("judge.open", lang),
                answer=answer, notes=notes)  # fmt: skip
