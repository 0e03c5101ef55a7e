"""Speak the reader's language: column names, tier names and sentences, zh-TW and English."""

import csv
from functools import cache
from importlib import resources

import pandas as pd

LANGUAGES = ("zh-TW", "en")
_current = "zh-TW"


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
        A key of the tables in `rfmkit/texts`.
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
    text = _texts()[key][language(lang)]
    return text.format(**values) if values else text


def localize(frame: pd.DataFrame, lang: str | None = None) -> pd.DataFrame:
    """Put column names and codes into the reader's language, for showing to people.

    Parameters
    ----------
    frame
        A table with the kit's column names and codes. Columns it does not know keep their names.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    pandas.DataFrame
        A new table of the same shape. Codes of classes and reasons become their names.

    Examples
    --------
    >>> localize(pd.DataFrame({"recency_days": [3]}), "en").columns.tolist()
    ['Recency (days)']
    """
    lang = language(lang)
    shown = frame.copy()
    for position, column in enumerate(frame.columns):
        if (prefix := _coded.get(column)) is not None:
            shown.isetitem(position, _names(frame.iloc[:, position], prefix, lang))
    if not isinstance(shown.index, pd.MultiIndex):
        if (prefix := _coded.get(shown.index.name)) is not None:
            names = _names(shown.index.to_series(), prefix, lang)
            shown.index = pd.Index(names, name=shown.index.name)
        shown.index.name = _column_name(shown.index.name, lang)
    shown.columns = [_column_name(column, lang) for column in frame.columns]
    return shown


# Columns that hold codes, and the family of texts that names the codes.
_coded = {**dict.fromkeys(("class", "tier", "before", "after"), "class"), "reason": "reason"}


def _column_name(column: object, lang: str) -> object:
    # A matrix of tiers has their codes as its columns.
    known = _texts().get(f"column.{column}") or _texts().get(f"class.{column}")
    return known[lang] if known else column


def _names(codes: pd.Series, family: str, lang: str) -> pd.Series:
    def name(code: object) -> object:
        # A table of tiers may end in rows of its own, such as those who are new, or all.
        known = _texts().get(f"{family}.{code}") or _texts().get(f"column.{code}")
        return known[lang] if known else code

    if isinstance(codes.dtype, pd.CategoricalDtype):
        return codes.cat.rename_categories({code: name(code) for code in codes.cat.categories})
    return codes.map({code: name(code) for code in codes.dropna().unique()})


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r} is not one the kit speaks; it speaks {LANGUAGES}.")
    return lang


@cache
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for file in sorted(resources.files("rfmkit").joinpath("texts").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".csv"):
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["key"] in texts:
                    raise ValueError(f"{file.name} repeats the key {row['key']!r}.")
                texts[row["key"]] = {lang: row[lang] for lang in LANGUAGES}
    # Names of tiers stand beside their strategies, in one table.
    with (
        resources.files("rfmkit")
        .joinpath("strategies.csv")
        .open(encoding="utf-8", newline="") as lines
    ):
        for row in csv.DictReader(lines):
            texts[f"class.{row['code']}"] = {lang: row[f"name_{lang}"] for lang in LANGUAGES}
    return texts
