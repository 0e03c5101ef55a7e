"""Speak the reader's language: every text of the kit in zh-TW and English."""

import csv
import sys
from functools import cache
from importlib import resources
from typing import TextIO

LANGUAGES = ("zh-TW", "en")
_current = "zh-TW"
_packages = ["rfmkit"]  # whose folder `texts` is read


def use_language(lang: str) -> None:
    """Choose the language of tables, figures and feedback from here on.

    Parameters
    ----------
    lang
        "zh-TW" or "en".

    Raises
    ------
    ValueError
        For any other language.

    Examples
    --------
    >>> use_language("en")
    >>> language()
    'en'
    >>> use_language("zh-TW")
    """
    global _current
    _current = _known(lang)


def language(lang: str | None = None) -> str:
    """Tell the language in use, or check the one that was asked for.

    Parameters
    ----------
    lang
        "zh-TW", "en", or None for the language chosen with `use_language`.

    Examples
    --------
    >>> language("en")
    'en'
    """
    return _current if lang is None else _known(lang)


def label(key: str, lang: str | None = None, **values: object) -> str:
    """Look a text up by its key and fill in the values.

    Parameters
    ----------
    key
        A key of the tables in `rfmkit/texts`, or of a package named by `add_texts`.
    lang
        "zh-TW", "en", or None for the language in use.
    **values
        What stands in the text's braces.

    Raises
    ------
    KeyError
        If no table has the key.

    Examples
    --------
    >>> label("column.recency_days", "en")
    'Recency (days)'
    """
    text = texts()[key][language(lang)]
    return text.format(**values) if values else text


def terminal_language(lang: str | None, stream: TextIO | None = None) -> str:
    """Choose the language to speak: the one asked for, else Chinese if the terminal can show it.

    Parameters
    ----------
    lang
        "zh-TW", "en", or None for the best this terminal can do.
    stream
        Where the words go; None for standard output.

    Examples
    --------
    >>> import io
    >>> terminal_language(None, io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    'en'
    >>> terminal_language(None, io.TextIOWrapper(io.BytesIO(), encoding="cp950"))
    'zh-TW'
    """
    if lang is not None:
        return lang
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    try:
        "中文".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "en"
    return "zh-TW"


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r} is not one the kit speaks; it speaks {LANGUAGES}.")
    return lang


def add_texts(package: str) -> None:
    """Read the tables in another package's folder `texts` too.

    Parameters
    ----------
    package
        Its name, such as "rfmgrade".
    """
    if package not in _packages:
        _packages.append(package)
        texts.cache_clear()


@cache
def texts() -> dict[str, dict[str, str]]:
    """Read every text of the kit: by its key, the text in each language."""
    known: dict[str, dict[str, str]] = {}
    folders = [resources.files(package).joinpath("texts") for package in _packages]
    files = [file for folder in folders for file in folder.iterdir()]
    for file in sorted(files, key=lambda f: f.name):
        if not file.name.endswith(".csv"):
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["key"] in known:
                    raise ValueError(f"{file.name} repeats the key {row['key']!r}.")
                known[row["key"]] = {lang: row[lang] for lang in LANGUAGES}
    # Names of tiers stand beside their strategies, in one table.
    with (
        resources.files("rfmkit")
        .joinpath("strategies.csv")
        .open(encoding="utf-8", newline="") as lines
    ):
        for row in csv.DictReader(lines):
            known[f"class.{row['code']}"] = {lang: row[f"name_{lang}"] for lang in LANGUAGES}
    return known
