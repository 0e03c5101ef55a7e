"""Answer a call that cannot be judged with a card: what is wrong, and the call as it is meant.

The functions that students call are wrapped by `explain_wrong_calls`, so that `check(5.2, x)` or
`check("5.2")` ends in a sentence and not in a traceback.
"""

import inspect
import re
import unicodedata
from collections.abc import Callable
from functools import wraps

import pandas as pd

from rfmkit.classroom.card import Card
from rfmkit.classroom.question import all_questions, find_question
from rfmkit.labels import label, language
from rfmkit.schema import DataError

# A question that every example may name.
EXAMPLE = "6.2"
_PANDAS_CLASSES = ("DataFrame", "Series", "Index", "MultiIndex", "Timestamp", "Categorical")
# In a reader's own browser something may stand in pandas' place until pandas is loaded.
_PANDAS = {
    name: kind
    for name in _PANDAS_CLASSES
    if (kind := getattr(pd, name, None)) is getattr(pd, name, None) and isinstance(kind, type)
}
_number = re.compile(r"(\d+)[\W_]+([0-9a-z]+)\b", re.IGNORECASE)


def explain_wrong_calls(function: Callable) -> Callable:
    """Wrap `check`, `ask`, `hint`, `progress` or `reset`, so that a wrong call returns a card."""
    signature = inspect.signature(function)

    @wraps(function)
    def call(*given: object, **named: object) -> object:
        if changed := _changed_class():
            return _card("class", name=changed)
        try:
            bound = signature.bind(*given, **named).arguments
        except TypeError:
            return _wrong_arguments(function.__name__, signature, given, named)
        if card := _wrong_number(function.__name__, bound):
            return card
        try:
            return function(*given, **named)
        except KeyError:
            number = next(iter(bound.values()), None)
            if _names_something(function.__name__, number):
                raise
            return _unknown(function.__name__, number, bound)
        except (OSError, DataError) as error:
            return _card("books", error=str(error))

    return call


def call_of(function: str, number: str) -> str:
    """Return the code that calls a function for a question as it is meant.

    Examples
    --------
    >>> call_of("check", "6.2"), call_of("hint", "6.2")
    ('check("6.2", rfm)', 'hint("6.2")')
    """
    if function == "check" and number in all_questions():
        return f'check("{number}", {all_questions()[number].variable})'
    return f'{function}("{number}")'


def _wrong_arguments(
    function: str, signature: inspect.Signature, given: tuple, named: dict
) -> Card:
    """Explain a call with too few arguments, too many, or one that has no such name."""
    number = named.get("number", given[0] if given else None)
    known = _meant(number)
    right = call_of(function, known or EXAMPLE)
    if function == "check" and known and len(given) + len(named) == 1:
        return _card("no_answer", call=right)
    if not given and not named:
        return _card("no_number" if function != "check" else "nothing", call=right)
    return _card("arguments", call=right)


def _wrong_number(function: str, bound: dict) -> Card | None:
    """Explain a number that is no text, or that is written in another way; None if it is fine."""
    number = next(iter(bound.values()), None)
    optional = function in ("progress", "reset")
    if (number is None and optional) or _names_something(function, number):
        level = bound.get("level")
        if level is not None and type(level) is not int:
            return _card("level", call=f'hint("{number}", 2)')
        return None
    answer = bound.get("answer")
    # An answer may be of a class of the student's own, which must not be called.
    if type(answer) is str and answer.strip() in all_questions() and not _meant(number):
        return _card("swapped", call=call_of(function, answer.strip()))
    if type(number) is str and not _meant(number):
        return None  # the function looks for it; a test may know more questions
    if type(number) in (int, float):
        known = _meant(str(number)) or (str(number) if optional and _is_chapter(number) else "")
        if known:
            return _card("quotes", call=call_of(function, known))
        return _unknown(function, str(number), bound)
    if known := _meant(number):
        return _card("spelling", number=known, call=call_of(function, known))
    return _card("not_a_number", call=call_of(function, EXAMPLE))


def _unknown(function: str, number: object, bound: dict) -> Card:
    """Explain that there is no such question, and list those of its chapter."""
    chapter = (re.match(r"\s*(\d+)", str(number)) or [None, ""])[1]
    there = [one for one in all_questions() if one.partition(".")[0] == chapter]
    if there:
        numbers = ("、" if language() == "zh-TW" else ", ").join(there)
        return _card("no_question", given=str(number)[:20], chapter=chapter, numbers=numbers)
    return _card("no_chapter", given=str(number)[:20], call=call_of(function, EXAMPLE))


def _names_something(function: str, number: object) -> bool:
    """Return whether a text is the number of a question, or of a chapter where that will do."""
    if type(number) is not str:
        return False
    try:  # which loads the questions of one chapter only
        return bool(find_question(number))
    except KeyError:
        return function in ("progress", "reset") and _is_chapter(number)


def _is_chapter(number: object) -> bool:
    return any(one.partition(".")[0] == str(number) for one in all_questions())


def _meant(number: object) -> str:
    """Return the question that a text such as "5_2", "Q5.2" or "５．２" means; "" if none."""
    if type(number) is not str or len(number) > 40:
        return ""
    found = _number.search(unicodedata.normalize("NFKC", number))
    written = f"{int(found[1])}.{found[2].lower()}" if found else ""
    return written if written in all_questions() else ""


def _changed_class() -> str:
    """Return the class of pandas that a notebook has put something else in place of; "" if none."""
    return next(
        (f"pd.{name}" for name, kind in _PANDAS.items() if getattr(pd, name, None) is not kind), ""
    )


def _card(key: str, **values: str) -> Card:
    return Card("call", label("call.heading"), label(f"call.{key}", **values))
