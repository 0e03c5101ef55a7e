"""Say what a student's id may be, and when two are the same."""

import re
import unicodedata

LONGEST = 64
# Names that Windows keeps for devices, with any ending.
_reserved = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I)
# Names that a hand-out gives its own files.
_taken = re.compile(r"(case|readme\.txt|.*\.(zip|csv|ipynb|html))", re.I)
_scientific = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.I)
_allowed = re.compile(r"[\w.@+-]+")


def clean_id(text: str) -> str:
    """Write an id as it is meant: half width, without invisible characters and outer spaces.

    Parameters
    ----------
    text
        As it stands in a roster or in a file's name.

    Examples
    --------
    >>> clean_id("　Ｂ１０９\u200b0001 ")
    'B1090001'
    """
    text = unicodedata.normalize("NFKC", text)
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFC", seen).strip()


def folded_id(text: str) -> str:
    """Write an id so that two spellings of it are equal: as `clean_id`, in one case.

    Parameters
    ----------
    text
        As it stands in a roster or in a file's name.

    Examples
    --------
    >>> folded_id("b1090001") == folded_id("Ｂ1090001")
    True
    """
    return unicodedata.normalize("NFC", clean_id(text).casefold())


def id_fault(text: str) -> str | None:
    """Say why a text cannot be an id, and so the name of a folder on every system.

    Parameters
    ----------
    text
        An id; `clean_id` is done here.

    Returns
    -------
    str or None
        The end of a key `grading.id.…` of the texts; None for a good id.

    Examples
    --------
    >>> id_fault("B1090001"), id_fault("../B1"), id_fault("nul"), id_fault("1.09E+08")
    (None, 'path', 'reserved', 'scientific')
    """
    if any(unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") for one in text.strip()):
        return "control"
    text = clean_id(text)
    if not text:
        return "blank"
    if text[0] in "=+-@":
        return "formula"
    if "/" in text or "\\" in text or ".." in text or text.startswith("."):
        return "path"
    if len(text) > LONGEST or len(text.encode("utf-8")) > 2 * LONGEST:
        return "long"
    if _reserved.fullmatch(text) or _taken.fullmatch(text):
        return "reserved"
    if _scientific.fullmatch(text):
        return "scientific"
    if text.endswith(".") or not _allowed.fullmatch(text):
        return "characters"
    return None
