"""Read what a grading run is told: the course's secret, the chapters, the settings."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from pathlib import Path

from rfmgrade.assign.roster import folded_id
from rfmkit.labels import label
from rfmkit.schema import DataError

MIN_BYTES = 16
MAX_BYTES = 65_536  # more is some other file, given by mistake
MIN_DIFFERENT_BYTES = 6


def read_secret(path: str | Path, lang: str | None = None) -> bytes:
    """Read the course's secret from its file.

    Parameters
    ----------
    path
        A file of at least 16 bytes that nobody can guess. White space at its ends does not count,
        since editors add some.
    lang
        The language of the errors; None for the one in use.

    Returns
    -------
    bytes
        The secret. It is never printed.

    Raises
    ------
    DataError
        If there is no such file, or it is too short, too long or too plain; the message tells how
        to make one.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise DataError(_told("missing", path, lang)) from None
    except OSError as error:
        raise DataError(_told("unreadable", path, lang, error=error.strerror or error)) from None
    if len(data) > MAX_BYTES:
        raise DataError(_told("long", path, lang))
    secret = data.removeprefix(b"\xef\xbb\xbf").strip()
    if len(secret) < MIN_BYTES:
        raise DataError(_told("short", path, lang, least=MIN_BYTES, bytes=len(secret)))
    if len(set(secret)) < MIN_DIFFERENT_BYTES:
        raise DataError(_told("plain", path, lang))
    return secret


def personal_seed(secret: bytes, student_id: str) -> int:
    """Make the seed of one student's case.

    Examples
    --------
    >>> secret = b"not a secret, for it stands here"
    >>> personal_seed(secret, "B1090001") == personal_seed(secret, " b109０001")
    True
    >>> personal_seed(secret, "B1090001") == personal_seed(secret, "B1090002")
    False
    """
    return _seed(secret, f"rfmkit case\n{folded_id(student_id)}")


def second_seed(secret: bytes, attempt: int = 0) -> int:
    """Make the seed of the second case, on which every notebook is run again.

    Examples
    --------
    >>> second_seed(b"not a secret, for it stands here") != second_seed(b"another one of the kind")
    True
    """
    return _seed(secret, f"rfmkit second case\n{attempt}")


def _seed(secret: bytes, message: str) -> int:
    made = hmac.new(secret, message.encode("utf-8"), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big")


def _told(key: str, path: Path, lang: str | None, **values: object) -> str:
    said = label(f"grading.secret.{key}", lang, path=path, **values)
    return f"{said}\n{label('grading.secret.make', lang)}"


def parse_chapters(typed: Sequence[str], there: Sequence[str], lang: str | None = None) -> list:
    """Choose chapters, in order and each once; none typed means all.

    Examples
    --------
    >>> parse_chapters(["6", "05,06"], ["04", "05", "06"]), parse_chapters([], ["04"])
    (['05', '06'], ['04'])
    """
    words = [word for text in typed for word in re.split(r"[,，、\s]+", text) if word]
    numbers = [word.zfill(2) for word in words]
    for number in numbers:
        if number not in there:
            raise DataError(label("assign.no_chapter", lang, chapter=number, there=" ".join(there)))
    return [number for number in there if number in numbers] or list(there)
