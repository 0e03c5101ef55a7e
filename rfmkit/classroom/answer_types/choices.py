"""Define answer types for choosing among lettered options."""

import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, check_size, type_name
from rfmkit.classroom.plain_names import shorten
from rfmkit.labels import label

_joining = str.maketrans("", "", "()[]{}.,;:、。，；：'\"+&/-– \t\n\r　")


@dataclass(frozen=True)
class Choice(AnswerType):
    """One letter; the texts of the options are in the chapter's TOML file.

    Parameters
    ----------
    options
        The letters, such as "abcd".
    """

    options: str

    def parse(self, answer: object) -> str:
        """Parse a letter of any case and width, with or without brackets and spaces."""
        if isinstance(answer, list | tuple | set | frozenset) and len(answer) == 1:
            (answer,) = answer
        letters = letters_in(answer, self.options)
        if len(letters) != 1:
            raise InvalidAnswer("check.need_letter", letters=", ".join(self.options))
        return letters

    def differences(self, answer: str, key: str, lang: str) -> str:
        """Return the sentence that this option is not the right one."""
        return label("check.other_option", lang, letter=answer)


@dataclass(frozen=True)
class Choices(AnswerType):
    """All the letters that are right, in any order.

    Parameters
    ----------
    options
        The letters, such as "abcde".
    """

    options: str

    def parse(self, answer: object) -> str:
        """Parse a text such as "ac" or "a, c", or any list or set of letters."""
        if isinstance(answer, str):
            letters = letters_in(answer, self.options)
        elif isinstance(answer, list | tuple | set | frozenset | pd.Series | pd.Index | np.ndarray):
            check_size(len(answer))
            letters = "".join(letters_in(one, self.options) for one in answer)
        else:
            raise InvalidAnswer("check.need_letters", letters=", ".join(self.options))
        if not letters:
            raise InvalidAnswer("check.need_letters", letters=", ".join(self.options))
        return "".join(sorted(set(letters)))

    def parts(self, parsed: str) -> dict[str, bool]:
        """Return of each letter whether it was chosen."""
        return {letter: letter in parsed for letter in self.options}

    def splits(self, slip: str, right: str) -> bool:
        """Return whether the slip is about one letter alone."""
        return len(set(slip) ^ set(right)) == 1

    def differences(self, answer: str, key: str, lang: str) -> str:
        """Describe whether there are too many letters, too few, or both."""
        extra, missing = set(answer) - set(key), set(key) - set(answer)
        if extra and missing:
            return label("check.letters_both", lang)
        return label("check.letters_extra" if extra else "check.letters_missing", lang)


def letters_in(answer: object, options: str) -> str:
    """Extract the letters from a text, or raise InvalidAnswer naming the letters there are."""
    if not isinstance(answer, str):
        raise InvalidAnswer(
            "check.need_text_letter", type=type_name(answer), letters=", ".join(options)
        )
    text = "".join((answer,))
    if len(text) > 100:
        raise InvalidAnswer("check.need_letter", letters=", ".join(options))
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_joining)
    if unknown := [letter for letter in plain if letter not in options]:
        quoted = shorten(text.strip()) if len(plain) > 1 else unknown[0]
        raise InvalidAnswer("check.no_such_letter", name=quoted, letters=", ".join(options))
    return plain
