"""Define the answer type of texts, which a teacher reads."""

from dataclasses import dataclass

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, type_name
from rfmkit.labels import label

MAX_CHARACTERS = 20_000


@dataclass(frozen=True)
class Open(AnswerType):
    """A text. It is never judged right or wrong; its rubric is in the TOML file.

    Parameters
    ----------
    least
        Characters below which the student is told that a teacher will miss something.
    """

    least: int = 20

    def parse(self, answer: object) -> str:
        """Parse a text; one of spaces and dots alone counts as empty."""
        if not isinstance(answer, str):
            raise InvalidAnswer("check.need_text", type=type_name(answer))
        text = "".join((answer,))
        if len(text) > MAX_CHARACTERS:
            raise InvalidAnswer(
                "check.text_too_long", count=f"{len(text):,}", most=f"{MAX_CHARACTERS:,}"
            )
        text = text.strip()
        return "" if not text.strip(".…。") else text

    def differences(self, answer: str, key: str, lang: str) -> str:
        """Return the sentence that a teacher will read it."""
        return label("check.teacher_reads", lang)
