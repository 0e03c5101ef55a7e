"""Write the card of a wrong answer from what explains it."""

from rfmkit.classroom.answer_types import Choices, Customers, Number
from rfmkit.classroom.card import Card
from rfmkit.classroom.diagnosis import Cause, Diagnosis
from rfmkit.classroom.keys import Keys
from rfmkit.classroom.list_differences import what_sets_them_apart
from rfmkit.classroom.plain_names import column_name, display_name
from rfmkit.classroom.question import Question
from rfmkit.labels import join_names, label

# Parts that need no naming: the sentence itself says what it is about.
_WHOLE = ("", "rows", "values", "tiers", "customers", "words", "kind", "bars", "order", "unit")


def wrong_card(question: Question, keys: Keys, plain: object, found: Diagnosis, lang: str) -> Card:
    """Return the card of a wrong answer, named where a slip or a relation explains it."""
    if not found.readings:
        text = keys.answer_type.differences(plain, keys.right, lang)
        if isinstance(keys.answer_type, Customers):
            text += what_sets_them_apart(keys.case, plain, keys.right, lang)
        return _card("wrong", question.number, text)
    texts = [_reading(question, reading, lang) for reading in found.readings]
    text = (
        texts[0] if len(texts) == 1 else label("check.either", lang, one=texts[0], other=texts[1])
    )
    if found.unexplained:
        parts = [column_name(part, lang) for part in found.unexplained if part not in _WHOLE]
        key = "check.and_more" if len(parts) == len(found.unexplained) else "check.and_more_rest"
        text += label(key, lang, columns=join_names(parts, lang))
    return _card("known_mistake", question.number, text, mistake_name(found))


def mistake_name(found: Diagnosis) -> str:
    """Return the name by which answers are counted: `a+b` for both at once, `a / b` for either."""
    return " / ".join(
        "+".join(cause.slip or f"relation.{cause.relation.name}" for cause in reading)
        for reading in found.readings
    )


def slip_sentence(question: Question, name: str, lang: str) -> str:
    """Return what a teacher reads of a mistake, by the name that a card carries."""
    texts = [
        label(f"{one}.short", lang)
        if one.startswith("relation.")
        else question.slip_text(one, lang)
        for one in name.replace(" / ", "+").split("+")
        if one.startswith("relation.") or one in question.slips
    ]
    return " ".join(texts)


def _reading(question: Question, causes: tuple[Cause, ...], lang: str) -> str:
    alone = all(cause.relation is None or cause.parts for cause in causes) or len(causes) == 1
    texts = [_cause(question, cause, lang, alone=alone) for cause in causes]
    if len(texts) == 1:
        return texts[0]
    numbered = [
        label("check.numbered", lang, number=number, text=text)
        for number, text in enumerate(texts, 1)
    ]
    # A single number may be hit by chance; that two things would give it is true all the same.
    single = isinstance(question.answer_type, Number)
    key = "check.would_give" if single else "check.several_causes"
    head = label(key, lang, count=len(texts))
    return "\n".join([head, *numbered])


def _cause(question: Question, cause: Cause, lang: str, *, alone: bool) -> str:
    if cause.relation is None:
        text = question.slip_text(cause.slip, lang)
    elif not alone:  # it relates the answer to what the slip gives, not to the right one
        short = label(f"relation.{cause.relation.name}.short", lang)
        return label("check.besides", lang, text=short[:1].upper() + short[1:])
    else:
        values = dict(cause.relation.values)
        if "tiers" in values:
            values["tiers"] = join_names((display_name(one, lang) for one in values["tiers"]), lang)
        if "missing" in values:
            words = (label(f"check.word_{word}", lang) for word in values["missing"])
            values["missing"] = join_names(words, lang)
        for name in {"has", "wants"} & set(values):
            values[name] = label(f"check.kind_{values[name]}", lang)
        text = label(f"relation.{cause.relation.name}", lang, **values)
    parts = [part for part in cause.parts if part not in _WHOLE]
    if not parts or isinstance(question.answer_type, Choices):
        return text
    listed = join_names((column_name(part, lang) for part in parts), lang)
    return label("check.in_part", lang, columns=listed, text=text)


def _card(status: str, number: str, text: str, mistake: str | None = None) -> Card:
    return Card(status, label(f"check.{status}", number=number), text, mistake)
