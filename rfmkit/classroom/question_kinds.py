"""Build questions that need no computing: choices, and texts that a teacher reads."""

from collections.abc import Callable

from rfmkit.classroom.answer_types import Choice, Choices, Open
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question

Letters = str | Callable[[Case], str]


def choice(
    number: str,
    variable: str,
    options: str,
    *,
    right: Letters,
    mistakes: dict[str, Letters],
    books: str = "practice",
) -> Question:
    """Build a question for one letter; each other letter is a named mistake.

    Parameters
    ----------
    number, variable, books
        As of a Question.
    options
        The letters, such as "abcd".
    right
        The right letter, or a function of the case that gives it.
    mistakes
        Name of each mistake and its letter, or a function of the case that gives it.

    Examples
    --------
    >>> choice("1.1", "answer_1_1", "ab", right="b", mistakes={"too_soon": "a"}).number
    '1.1'
    """
    made = {name: _function(letter) for name, letter in mistakes.items()}
    return Question(number, variable, Choice(options), _function(right), made, books)


def choices(
    number: str,
    variable: str,
    options: str,
    *,
    right: Letters,
    mistakes: dict[str, Letters],
    books: str = "practice",
) -> Question:
    """Build a question for several letters; some wrong sets of letters are named mistakes.

    Parameters
    ----------
    number, variable, books
        As of a Question.
    options
        The letters, such as "abcde".
    right
        The right letters, such as "ac", or a function of the case that gives them.
    mistakes
        Name of each mistake and its letters, or a function of the case that gives them.

    Examples
    --------
    >>> choices("1.2", "answer_1_2", "abc", right="ac", mistakes={"all": "abc"}).answer_type.options
    'abc'
    """
    made = {name: _function(letters) for name, letters in mistakes.items()}
    return Question(number, variable, Choices(options), _function(right), made, books)


def open_question(
    number: str, variable: str, *, least: int = 20, books: str = "practice"
) -> Question:
    """Build a question for a text that a teacher reads by a rubric.

    Parameters
    ----------
    number, variable, books
        As of a Question.
    least
        Characters below which the student is told that it is short.

    Examples
    --------
    >>> open_question("1.7", "answer_1_7").mistakes
    {}
    """
    return Question(number, variable, Open(least), _function(""), {}, books)


def _function(letters: Letters) -> Callable[[Case], str]:
    return letters if callable(letters) else lambda case: letters
