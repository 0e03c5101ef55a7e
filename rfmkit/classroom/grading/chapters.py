"""Read the chapters that were typed after --chapter."""

import re
from collections.abc import Sequence

from rfmkit.labels import label
from rfmkit.schema import DataError


def chosen_chapters(typed: Sequence[str], there: Sequence[str], lang: str | None = None) -> list:
    """Choose chapters, in order and each once; none typed means all.

    Parameters
    ----------
    typed
        Such as "6", "06" or "05,06".
    there
        The chapters there are, such as "06".
    lang
        The language of the error.

    Raises
    ------
    DataError
        If a chapter typed is not there.

    Examples
    --------
    >>> chosen_chapters(["6", "05,06"], ["04", "05", "06"]), chosen_chapters([], ["04"])
    (['05', '06'], ['04'])
    """
    words = [word for text in typed for word in re.split(r"[,，、\s]+", text) if word]
    numbers = [word.zfill(2) for word in words]
    for number in numbers:
        if number not in there:
            raise DataError(label("assign.no_chapter", lang, chapter=number, there=" ".join(there)))
    return [number for number in there if number in numbers] or list(there)
