"""Give a verdict on one answer: not attempted, right, a known mistake, or wrong in stages."""

from rfmkit.classroom.card import Card, effort
from rfmkit.classroom.case import Case, open_case
from rfmkit.classroom.forms import Complaint, Form, Open
from rfmkit.classroom.forms.base import type_name
from rfmkit.classroom.forms.blank import is_blank
from rfmkit.classroom.keys import keys_of
from rfmkit.classroom.progress_file import record
from rfmkit.classroom.question import Question, question
from rfmkit.labels import label, language

_hints_shown: dict[str, int] = {}


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
        The books to judge by; None for those the notebook uses, whose progress is kept.

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
    card = verdict(asked, answer, case, language())
    return record(asked, card) if case is None else card


def verdict(asked: Question, answer: object, case: Case | None, lang: str) -> Card:
    """Give the verdict that `check` shows, in any language, and keep no progress.

    Parameters
    ----------
    asked
        The question.
    answer
        What was computed.
    case
        The books to judge by; None for those the notebook uses.
    lang
        "zh-TW" or "en".
    """
    if is_blank(answer):
        return _blank(asked, lang)
    if isinstance(asked.form, Open):
        return _read_by_teacher(asked, answer, lang)
    return _verdict(asked, answer, case or open_case(asked.books), lang)


def ask(number: str) -> Card:
    """Show a question: its title, what it is worth, and its options or its rubric.

    Parameters
    ----------
    number
        The question, such as "1.1".

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
    >>> ask("6.2").status
    'question'
    """
    asked, lang = question(number), language()
    texts = asked.texts
    heading = f"{number}　{texts['title'][lang]}" if lang == "zh-TW" else (
        f"{number} {texts['title'][lang]}")  # fmt: skip
    told = [effort(texts, lang), texts.get("ask", {}).get(lang, "")]
    leave = label("check.leave_in", lang, variable=asked.variable)
    options = tuple(f"({letter}) {option[lang]}"
                    for letter, option in texts.get("options", {}).items())  # fmt: skip
    text = "\n".join(filter(None, [*told, leave]))
    return Card("question", heading, text, items=options or _rubric(asked, lang))


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


def _verdict(asked: Question, answer: object, case: Case, lang: str) -> Card:
    keys = keys_of(asked, case)
    form: Form = keys.form
    number, texts = asked.number, asked.texts
    try:
        plain = form.read(answer)
        if form.same(plain, keys.right):
            return _card("right", number, texts["right"][lang])
        if mistake := keys.known_as(plain, case):
            return _card("known_mistake", number, texts["mistakes"][mistake][lang], mistake)
        return _card("wrong", number, form.differences(plain, keys.right, lang))
    except Complaint as complaint:
        return _card("wrong", number, complaint.text(lang))
    except KeyboardInterrupt:  # somebody will not wait
        raise
    except BaseException:  # a student's object may do anything when touched
        return _card("wrong", number, label("check.unreadable", lang, type=type_name(answer)))


def _read_by_teacher(asked: Question, answer: object, lang: str) -> Card:
    try:
        text = asked.form.read(answer)
    except Complaint as complaint:
        return _card("wrong", asked.number, complaint.text(lang))
    except Exception:  # a student's object may do anything when touched
        told = label("check.unreadable", lang, type=type_name(answer))
        return _card("wrong", asked.number, told)
    if not text:
        return _blank(asked, lang)
    told = label("check.text_length", lang, count=f"{len(text):,}")
    if len(text) < asked.form.least:
        told += label("check.text_short", lang)
    told += label("check.rubric", lang)
    heading = label("check.open", lang, number=asked.number)
    return Card("open", heading, told, items=_rubric(asked, lang))


def _rubric(asked: Question, lang: str) -> tuple[str, ...]:
    return tuple(
        label("check.criterion", lang, points=one["points"], text=one[lang])
        for one in asked.texts.get("rubric", {}).values()
    )


def _blank(asked: Question, lang: str) -> Card:
    text = "check.blank_text" if isinstance(asked.form, Open) else "check.blank"
    return _card("not_attempted", asked.number, label(text, lang, variable=asked.variable))


def _card(status: str, number: str, text: str, mistake: str | None = None) -> Card:
    return Card(status, label(f"check.{status}", number=number), text, mistake)
