"""Know what a class was asked: each question of a chapter, and each text beside one."""

from dataclasses import dataclass
from functools import cache

from rfmkit.classroom.grading.blank import WRITTEN
from rfmkit.classroom.grading.marks import points_of
from rfmkit.classroom.question import all_questions
from rfmkit.labels import label


@dataclass(frozen=True)
class Asked:
    """One thing that earns points.

    Parameters
    ----------
    number
        The question, such as "6.2"; "6.7w" for the text that is written beside question 6.7.
    points
        What it is worth.
    texts
        The question's texts, from the chapter's TOML file.
    """

    number: str
    points: float
    texts: dict

    def title(self, lang: str) -> str:
        """Give its title."""
        title = self.texts["title"][lang]
        return label("book.written", lang, title=title) if self.is_text else title

    def ask(self, lang: str) -> str:
        """Give the task, as far as the questions' tables hold it."""
        return "" if self.is_text else self.texts.get("ask", {}).get(lang, "")

    def told(self, mistake: str, lang: str) -> str:
        """Say what students are told of a mistake; "" for one that is not known."""
        return self.texts.get("mistakes", {}).get(mistake, {}).get(lang, "")

    @property
    def rubric(self) -> list[tuple[float, dict[str, str]]]:
        """The points and the words of each criterion."""
        parts = {} if self.is_text else self.texts.get("rubric", {})
        return [(one["points"], one) for one in parts.values()]

    @property
    def is_text(self) -> bool:
        """Whether it is a text beside a question."""
        return self.number.endswith("w")


@cache
def all_asked() -> dict[str, Asked]:
    """List all that the exercises ask, in order."""
    found = {}
    for number, one in all_questions().items():
        if one.books == "practice":
            found[number] = Asked(number, points_of(one), one.texts)
            if number in WRITTEN:
                beside = f"{number}w"
                found[beside] = Asked(beside, WRITTEN[number], one.texts)
    return found


def asked(number: str) -> Asked:
    """Find what a mark is about.

    Parameters
    ----------
    number
        Such as "6.2" or "6.7w".

    Examples
    --------
    >>> asked("6.7w").title("en")
    'Whom to call first, and your recommendation: the text'
    """
    return all_asked()[number]


def chapter_asked(chapter: str) -> tuple[Asked, ...]:
    """List what a chapter's exercise asks.

    Parameters
    ----------
    chapter
        Such as "06".

    Examples
    --------
    >>> items = chapter_asked("06")
    >>> [one.number for one in items][-2:], sum(one.points for one in items)
    (['6.7', '6.7w'], 20.0)
    """
    return tuple(one for one in all_asked().values() if chapter_of(one.number) == chapter)


def chapter_of(number: str) -> str:
    """Tell the chapter of a question.

    Examples
    --------
    >>> chapter_of("6.2")
    '06'
    """
    return number.partition(".")[0].zfill(2)
