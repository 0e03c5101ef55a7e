"""Find the encoding of a text file by evidence; where the evidence is thin, ask."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rfmkit.labels import label
from rfmkit.schema import DataError
from rfmkit.transactions.ambiguity import LedgerQuestion

# Where an encoding has its common characters: first byte from, to, second byte from (level 1 of
# Big5 and GB, kana and level 1 of Shift-JIS, Hangul). Text decoded wrongly has rare characters.
_COMMON_BYTES = {
    "cp950": [(0xA4, 0xC6, 0x40)],
    "big5hkscs": [(0xA4, 0xC6, 0x40)],
    "gb18030": [(0xB0, 0xD7, 0xA1)],
    "cp932": [(0x82, 0x83, 0x40), (0x88, 0x97, 0x40)],
    "euc_jp": [(0xA4, 0xA5, 0xA1), (0xB0, 0xCF, 0xA1)],
    "cp949": [(0xB0, 0xC8, 0xA1)],
}
# One byte a letter: Western, Central European, Cyrillic, Greek, Turkish, Baltic, Vietnamese, Thai.
_ONE_BYTE = ("cp1252", "cp1250", "cp1251", "cp1254", "cp1257", "cp1253", "cp1258", "cp874")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_LETTERS = re.compile(r"[^\x00-\x7f]+")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_KANA = re.compile("[\u3041-\u30fa]")
_SAMPLE = 100_000
# Typographic signs, in the same place of all of these code pages, say nothing about the language.
_NO_LETTER = re.compile(r"[^\w]|[_\d]")


@dataclass(frozen=True)
class _Reading:
    codec: str
    text: str
    common: float  # share of common characters; below 0 for characters no ledger has


def decode(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    header_words: Callable[[str], int] = lambda text: 0,
) -> tuple[str, str]:
    r"""Decode a text file; return its text and its encoding.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        The file's name, for messages.
    encoding
        The encoding to use, as Python names it; None finds it.
    header_words
        Counts the known headers of a text that are not in ASCII: evidence for an encoding.

    Returns
    -------
    text, encoding : str

    Raises
    ------
    DataError
        If no encoding fits, or the text holds NUL characters.
    LedgerQuestion
        If several encodings fit, and would write a letter differently.

    Notes
    -----
    charset-normalizer, if it is installed, gives a second reading: where it and the kit's evidence
    (known headers, common characters, pairs of letters) disagree, a LedgerQuestion is raised.

    Examples
    --------
    >>> decode("客戶,日期\\n王小明,2021\\n".encode("utf-8"), "a.csv")[1]
    'utf-8'
    """
    if encoding is not None:
        return _decode_as(data, name, encoding), encoding
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _without_nul(data.decode("utf-16", errors="strict"), name), "utf-16"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        if "\0" in text and (wide := _utf16_without_mark(data)) is not None:
            return wide
        return _without_nul(text, name), "utf-8"
    if (wide := _utf16_without_mark(data)) is not None:
        return wide
    return _find(data, name, header_words)


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    codec = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    try:
        return _without_nul(data.decode(codec), name)
    except LookupError:
        raise DataError(label("encoding.unknown", encoding=encoding)) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = label("encoding.misfit", name=name, encoding=encoding, line=line)
        raise DataError(message) from None


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 that lacks its mark: every second byte of ASCII is then 0."""
    sample = data[:4096]
    for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(sample) > 20 and zeros.count(0) > 0.3 * len(zeros):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text, codec
    return None


def _without_nul(text: str, name: str) -> str:
    if "\0" in text:
        at = text.index("\0")
        line = text.count("\n", 0, at) + 1
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        raise DataError(label("encoding.nul", name=name, line=line, column=column))
    return text


def _find(data: bytes, name: str, header_words: Callable[[str], int]) -> tuple[str, str]:
    east_asian = _east_asian_readings(data)
    one_byte = []
    for codec in _ONE_BYTE:
        try:
            one_byte.append(_Reading(codec, data.decode(codec), 0.0))
        except UnicodeDecodeError:
            continue
    readings = [one for one in (*east_asian, *one_byte) if "\0" not in one.text]
    if not readings:
        raise DataError(label("ledger.no_encoding", name=name))
    # A header that is known by its Chinese, Japanese or Korean name is evidence enough.
    words = {one.codec: header_words(one.text[:65_536]) for one in readings}
    best = max(words.values())
    if best > 0:
        certain = [one for one in readings if words[one.codec] == best]
        one = max(certain, key=lambda one: one.common)
        if one.common >= 0:
            return one.text, one.codec
    fitting = [one for one in east_asian if one.common >= 0]
    suspicion = _looks_western(fitting[0].text) if fitting else True
    if fitting and suspicion is False:
        found = _east_asian_choice(fitting, data)
        if found is not None:
            return found.text, found.codec
    elif one_byte and suspicion is True:
        found = _one_byte_choice(one_byte, data)
        if found is not None:
            return found.text, found.codec
        fitting = []
    readings = [*fitting, *one_byte]
    if not readings:
        raise DataError(label("ledger.no_encoding", name=name))
    raise LedgerQuestion(label("encoding.question", name=name), _answers(readings))


def _east_asian_readings(data: bytes) -> list[_Reading]:
    readings = []
    for codec, ranges in _COMMON_BYTES.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        letters = "".join(_LETTERS.findall(text))[:_SAMPLE]
        codes = [letter.encode(codec) for letter in letters]
        common = sum(
            any(
                low <= code[0] <= high and code[1:] >= bytes([trail]) for low, high, trail in ranges
            )
            for code in codes
        )
        private = len(_PRIVATE_USE.findall(text))
        readings.append(_Reading(codec, text, -private if private else common / len(codes)))
    return sorted(readings, key=lambda one: one.common, reverse=True)


def _looks_western(text: str) -> bool | None:
    """Return True if what would be Chinese letters stand alone, within Latin words.

    False if they stand together, as words do; None if it cannot be told.
    """
    groups = [found for found in _EAST_ASIAN.finditer(text[: 20 * _SAMPLE])]
    if not groups:
        return True
    alone = 0
    for found in groups:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        beside = re.match(r"[A-Za-z\u00c0-\u024f]", before) or re.match(r"[a-z]", after)
        alone += len(found[0]) == 1 or bool(beside)
    share = alone / len(groups)
    return False if share <= 0.2 else True if share >= 0.8 else None


def _east_asian_choice(readings: list[_Reading], data: bytes) -> _Reading | None:
    """Choose the reading with common characters; None if two are as likely."""
    first = readings[0]
    rest = [one for one in readings[1:] if not _same_family(one.codec, first.codec)]
    kana = first.codec == "gb18030" and _KANA.search(first.text)
    if not rest and first.common >= 0.6 and not kana:
        return first
    if first.common >= 0.85 and not kana and all(one.common < first.common - 0.15 for one in rest):
        return first
    second = _charset_normalizer(data)
    # The library names Big5 and GB by several codecs; what counts is what they read.
    likely = [one for one in readings if one.common >= 0.8 and second == one.text]
    return likely[0] if likely and not kana else None


def _same_family(one: str, other: str) -> bool:
    return {one, other} <= {"cp950", "big5hkscs"}


def _one_byte_choice(readings: list[_Reading], data: bytes) -> _Reading | None:
    """Choose the Western reading where others agree with it, or where the library does."""
    by_codec = {one.codec: one for one in readings}
    western = by_codec.get("cp1252")
    if western is None:
        return None
    letters = _NO_LETTER.sub("", "".join(_LETTERS.findall(western.text)))
    european = [by_codec[codec] for codec in ("cp1250", "cp1254") if codec in by_codec]
    usual = re.fullmatch("[äöüÄÖÜßéÉáíóúÁÍÓÚçÇëôîâ]*", letters)
    if usual and all(one.text == western.text for one in european):
        return western
    second = _charset_normalizer(data)
    if second is not None and len(letters) >= 20:
        for one in readings:
            if one.text == second:
                return one
    return None


def _charset_normalizer(data: bytes) -> str | None:
    """Return the text as charset-normalizer reads it; None if it is not installed or unsure."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    found = from_bytes(data[:200_000]).best()
    if found is None:
        return None
    try:
        return data.decode(found.encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _answers(readings: list[_Reading]) -> list[tuple[str, dict[str, str]]]:
    """List the encodings with a word that they would write differently; alike ones once."""
    answers, written = [], set()
    for one in readings:
        words = re.findall(r"[^\s,;|\t\"]*[^\x00-\x7f][^\s,;|\t\"]*", one.text)
        example = ", ".join(dict.fromkeys(words[:200]))[:40]
        if example not in written:
            written.add(example)
            answers.append((f"{example}", {"encoding": one.codec}))
    return answers[:8]
