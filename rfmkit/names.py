"""Translate column names and codes for readers, and parse such names back into codes."""

from functools import cache

import pandas as pd

from rfmkit.labels import language, texts


def localize(frame: pd.DataFrame, lang: str | None = None) -> pd.DataFrame:
    """Translate column names and codes into the reader's language.

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
    translated = frame.copy()
    for position, column in enumerate(frame.columns):
        if (prefix := _coded.get(column)) is not None:
            translated.isetitem(position, _names(frame.iloc[:, position], prefix, lang))
    levels = [translated.index.get_level_values(place) for place in range(translated.index.nlevels)]
    named = [
        pd.Index([_moved(name, lang) for name in level], name=level.name)
        if level.name == "assumption"
        else level
        if (family := _coded.get(level.name)) is None
        else pd.Index(_names(level.to_series(), family, lang), name=level.name)
        for level in levels
    ]
    names = [column_name(level.name, lang) for level in levels]
    if translated.index.nlevels > 1:
        translated.index = pd.MultiIndex.from_arrays(named, names=names)
    else:
        translated.index = named[0].rename(names[0])
    names = [column_name(column, lang) for column in frame.columns]
    translated.columns = pd.Index(names, name=column_name(frame.columns.name, lang))
    return translated


def translate_codes(values: pd.Series, lang: str | None = None) -> pd.Series:
    """Translate the codes of a column for readers; values of other columns stay, as text.

    Parameters
    ----------
    values
        A column of a table of the kit; its name tells which codes it holds.
    lang
        "zh-TW", "en", or None for the language in use.

    Examples
    --------
    >>> translate_codes(pd.Series(["north"], name="region"), "en").tolist()
    ['North']
    """
    family = _coded.get(values.name)
    plain = values.astype(object)
    return (plain if family is None else _names(plain, family, language(lang))).map(str)


def plain_codes(frame: pd.DataFrame) -> pd.DataFrame:
    """Undo `localize`: rename a table's columns and values to the kit's names and codes.

    Parameters
    ----------
    frame
        A table whose headers and names are in either language. What is not known stays.

    Returns
    -------
    pandas.DataFrame
        A new table of the same shape.

    Examples
    --------
    >>> plain_codes(pd.DataFrame({"區域": ["北區"]})).to_dict("list")
    {'region': ['north']}
    """
    headers = _codes_of("column")
    plain = frame.rename(columns=lambda header: headers.get(str(header).strip(), header))
    for position, column in enumerate(plain.columns):
        if (family := _coded.get(column)) is not None and family != "class":
            codes = _codes_of(family)
            names = plain.iloc[:, position].dropna().unique()
            translations = {name: codes.get(str(name).strip(), name) for name in names}
            plain.isetitem(position, plain.iloc[:, position].map(translations))
    return plain


# Columns that hold codes, and the family of texts that names the codes.
_coded = {
    **dict.fromkeys(("class", "tier", "before", "after", "by_customers", "by_value"), "class"),
    **dict.fromkeys(("product", "product_a", "product_b"), "product"),
    **{
        name: name
        for name in (
            *("reason", "status", "region", "industry", "listed", "kind", "late_reason"),
            "change",
        )
    },
    **{name: name for name in ("rule", "pitfall")},
    "exclude": "reason",
}


def _moved(name: object, lang: str) -> str:
    """Translate an assumption and its step, such as "retention -0.05"."""
    column, _, step = str(name).rpartition(" ")
    return f"{column_name(column, lang)} {step}" if column else str(name)


def column_name(column: object, lang: str | None = None) -> object:
    """Translate a column's name for readers; an unknown column keeps its name.

    Parameters
    ----------
    column
        A column's name.
    lang
        "zh-TW", "en", or None for the language in use.

    Examples
    --------
    >>> column_name("region", "en"), column_name("own", "en")
    ('Region', 'own')
    """
    lang = language(lang)
    # A matrix of tiers has their codes as its columns.
    known = texts().get(f"column.{column}") or texts().get(f"class.{column}")
    return known[lang] if known else column


def names_of(column: str) -> tuple[str, ...]:
    """Return a column's own name and its headings in both languages.

    Examples
    --------
    >>> names_of("region")
    ('region', '區域', 'Region')
    """
    return (column, *texts()[f"column.{column}"].values())


def _names(codes: pd.Series, family: str, lang: str) -> pd.Series:
    def name(code: object) -> object:
        # A table of tiers may end in rows of its own, such as those who are new, or all.
        known = texts().get(f"{family}.{code}") or texts().get(f"column.{code}")
        return known[lang] if known else code

    if isinstance(codes.dtype, pd.CategoricalDtype):
        return codes.cat.rename_categories({code: name(code) for code in codes.cat.categories})
    return codes.map({code: name(code) for code in codes.dropna().unique()})


@cache
def _codes_of(family: str) -> dict[str, str]:
    """Map each name of a family, in either language, to the first code that has it."""
    codes: dict[str, str] = {}
    for key, names in texts().items():
        if key.startswith(f"{family}."):
            for name in names.values():
                codes.setdefault(name, key.removeprefix(f"{family}."))
    return codes
