"""Name each tier and say how to serve it, in both languages (000, table 5-2)."""

import csv
from functools import cache
from importlib import resources

import pandas as pd

from rfmkit.labels import LANGUAGES, language
from rfmkit.schema import DataError


def strategy(codes: str | pd.Series, *, lang: str | None = None) -> str | pd.Series:
    """Tell how to serve a tier.

    Parameters
    ----------
    codes
        One tier code, or a Series of them (one a customer).
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    str or pandas.Series
        The service strategy; for a Series, one text a customer in the same order.

    Raises
    ------
    DataError
        If a code is unknown.

    Notes
    -----
    Source: `strategies.csv`, which names the source of every row.

    Examples
    --------
    >>> strategy("general_win_back", lang="en")
    'Let be: no special effort'
    """
    return _look_up(codes, "strategy", lang)


def class_name(codes: str | pd.Series, *, lang: str | None = None) -> str | pd.Series:
    """Tell the name of a tier in the reader's language.

    Parameters
    ----------
    codes
        One tier code, or a Series of them (one a customer).
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    str or pandas.Series
        The name; for a Series, one name a customer in the same order.

    Raises
    ------
    DataError
        If a code is unknown.

    Notes
    -----
    Source: 000, table 5-2.

    Examples
    --------
    >>> class_name("important_keep", lang="zh-TW")
    '重要保持客戶'
    """
    return _look_up(codes, "name", lang)


def _look_up(codes: str | pd.Series, field: str, lang: str | None) -> str | pd.Series:
    column = f"{field}_{language(lang)}"
    texts = {code: row[column] for code, row in strategies_table().items()}
    wanted = [codes] if isinstance(codes, str) else list(pd.Series(codes).dropna().unique())
    unknown = [code for code in wanted if code not in texts]
    if unknown:
        raise DataError(f"{unknown[0]!r} is no tier code; the codes are {list(texts)}.")
    if isinstance(codes, str):
        return texts[codes]
    return pd.Series(codes).astype(object).map(texts).rename(field)


@cache
def strategies_table() -> dict[str, dict[str, str]]:
    """Read `strategies.csv`: code -> scheme, names, strategies and source."""
    file = resources.files("rfmkit").joinpath("strategies.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    for row in rows.values():
        blank = [
            name
            for lang in LANGUAGES
            for name in (f"name_{lang}", f"strategy_{lang}")
            if not row[name]
        ]
        if blank:
            raise ValueError(f"strategies.csv: {row['code']} has no {blank}.")
    return rows
