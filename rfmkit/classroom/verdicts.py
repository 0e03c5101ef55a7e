"""Judge an answer: not attempted, right, a known mistake, or wrong."""

from dataclasses import replace

from rfmkit.classroom.answer_types import AnswerType, InvalidAnswer, Open
from rfmkit.classroom.answer_types.base import type_name
from rfmkit.classroom.answer_types.unattempted import is_unattempted
from rfmkit.classroom.calls import explain_wrong_calls
from rfmkit.classroom.card import Card, effort
from rfmkit.classroom.case import Case, open_case
from rfmkit.classroom.diagnosis import diagnose
from rfmkit.classroom.explain import wrong_card
from rfmkit.classroom.keys import keys_of
from rfmkit.classroom.progress_file import record
from rfmkit.classroom.question import Question, find_question
from rfmkit.classroom.solution_links import solution_of
from rfmkit.labels import label, language

_last_hint: dict[str, int] = {}


@explain_wrong_calls
def check(number: str, answer: object, *, case: Case | None = None) -> Card:
    """Check whether an answer is right, and if not, explain what went wrong.

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
        Shown by the notebook when it is a cell's last line. It never tells the right answer. For a
        call that cannot be judged (no such question, no answer) it says how the call is written.

    Examples
    --------
    >>> check("6.2", ...).status
    'not_attempted'
    """
    question = find_question(number)
    card = verdict(question, answer, case, language())
    if case is not None:
        return card
    if card.mistake != "as_given":  # code that was handed out and not touched is no attempt
        card = record(question, card)
    return _with_solution(question, card) if card.status == "right" else card


def verdict(question: Question, answer: object, case: Case | None, lang: str) -> Card:
    """Return the verdict that `check` shows, in any language, and save no progress.

    Parameters
    ----------
    question
        The question.
    answer
        What was computed.
    case
        The books to judge by; None for those the notebook uses.
    lang
        "zh-TW" or "en".
    """
    if is_unattempted(answer):
        return _not_attempted(question, lang)
    if isinstance(question.answer_type, Open):
        return _read_by_teacher(question, answer, lang)
    return _verdict(question, answer, case or open_case(question.books), lang)


@explain_wrong_calls
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

    Examples
    --------
    >>> ask("6.2").status
    'question'
    """
    question, lang = find_question(number), language()
    texts = question.texts
    heading = (
        f"{number}　{texts['title'][lang]}"
        if lang == "zh-TW"
        else (f"{number} {texts['title'][lang]}")
    )
    lines = [effort(texts, lang), texts.get("ask", {}).get(lang, "")]
    leave = label("check.leave_in", lang, variable=question.variable)
    options = tuple(
        f"({letter}) {option[lang]}" for letter, option in texts.get("options", {}).items()
    )
    text = "\n".join(filter(None, [*lines, leave]))
    return Card("question", heading, text, items=options or _rubric(question, lang))


@explain_wrong_calls
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

    Examples
    --------
    >>> hint("6.2", 1).status
    'hint'
    """
    question = find_question(number)
    hints = question.texts["hints"][language()]
    if level is None:
        level = _last_hint.get(number, 0) + 1
    level = min(max(int(level), 1), len(hints))
    _last_hint[number] = level
    heading = label("check.hint", number=number, level=level, total=len(hints))
    card = Card("hint", heading, hints[level - 1])
    return _with_solution(question, card) if level == len(hints) else card


def _with_solution(question: Question, card: Card) -> Card:
    """Add a link to the question's solution, where the student's copy has it."""
    target = solution_of(question)
    words = label("check.solution", number=question.number)
    return replace(card, link=(target, words)) if target else card


def _verdict(question: Question, answer: object, case: Case, lang: str) -> Card:
    keys = keys_of(question, case)
    answer_type: AnswerType = keys.answer_type
    number, texts = question.number, question.texts
    try:
        plain = answer_type.parse(answer)
        if answer_type.same(plain, keys.right):
            return _card("right", number, texts["right"][lang])
        if (digits := keys.only_rounded(plain)) is not None:
            note = label("check.rounded", lang, digits=digits)
            return _card("right", number, texts["right"][lang] + note)
        return wrong_card(question, keys, plain, diagnose(keys, plain), lang)
    except InvalidAnswer as invalid:
        return _card("wrong", number, invalid.text(lang))
    except KeyboardInterrupt:  # the student pressed stop
        raise
    except BaseException:  # a student's object may do anything when touched
        return _card("wrong", number, label("check.unreadable", lang, type=type_name(answer)))


def _read_by_teacher(question: Question, answer: object, lang: str) -> Card:
    try:
        text = question.answer_type.parse(answer)
    except InvalidAnswer as invalid:
        return _card("wrong", question.number, invalid.text(lang))
    except Exception:  # a student's object may do anything when touched
        message = label("check.unreadable", lang, type=type_name(answer))
        return _card("wrong", question.number, message)
    if not text:
        return _not_attempted(question, lang)
    message = label("check.text_length", lang, count=f"{len(text):,}")
    if len(text) < question.answer_type.least:
        message += label("check.text_short", lang)
    message += label("check.rubric", lang)
    heading = label("check.open", lang, number=question.number)
    return Card("open", heading, message, items=_rubric(question, lang))


def _rubric(question: Question, lang: str) -> tuple[str, ...]:
    return tuple(
        label("check.criterion", lang, points=one["points"], text=one[lang])
        for one in question.texts.get("rubric", {}).values()
    )


def _not_attempted(question: Question, lang: str) -> Card:
    text = "check.blank_text" if isinstance(question.answer_type, Open) else "check.blank"
    return _card("not_attempted", question.number, label(text, lang, variable=question.variable))


def _card(status: str, number: str, text: str, mistake: str | None = None) -> Card:
    return Card(status, label(f"check.{status}", number=number), text, mistake)
