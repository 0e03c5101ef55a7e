"""Answers in the student's own words, which a teacher reads."""

from dataclasses import dataclass

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, type_name
from rfmkit.labels import label

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Open(AnswerType):
    """A text. It is never called right or wrong; the rubric stands in the TOML file.

    Parameters
    ----------
    least
        Characters below which the student is told that a teacher will miss something.
    """

    least: int = 20

    def parse(self, answer: object) -> str:
        """Take a text; one of spaces and dots alone counts as empty."""
        if not isinstance(answer, str):
            raise InvalidAnswer("check.need_text", type=type_name(answer))
        text = "".join((answer,))
        if len(text) > MOST_CHARACTERS:
            raise InvalidAnswer("check.text_too_long", count=f"{len(text):,}",
                            most=f"{MOST_CHARACTERS:,}")  # fmt: skip
        text = text.strip()
        return "" if not text.strip(".…。") else text

    def same(self, one: str, other: str) -> bool:
        """Compare the texts as they stand."""
        return one == other

    def differences(self, answer: str, key: str, lang: str) -> str:
        """Say that a teacher reads it."""
        return label("check.teacher_reads", lang)
