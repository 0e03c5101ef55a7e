"""Return the name of each tier of each scheme and how to serve it, in both languages."""

from difflib import get_close_matches
from functools import cache
from importlib import resources

import pandas as pd

from rfmkit.labels import LANGUAGES, csv_rows, language
from rfmkit.schema import CLASSES, DataError


def strategy(codes: str | pd.Series, *, lang: str | None = None) -> str | pd.Series:
    """Return how to serve a tier.

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
    Source: textbook, slides and the kit's own, row by row in `strategies.csv`.

    Examples
    --------
    >>> strategy("general_win_back", lang="en")
    'Leave as they are: no special effort'
    """
    return _look_up(codes, "strategy", lang)


def class_name(codes: str | pd.Series, *, lang: str | None = None) -> str | pd.Series:
    """Return the name of a tier in the reader's language.

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
    Source: textbook, slides and the kit's own, row by row in `strategies.csv`.

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
        raise DataError(_no_such_code(unknown[0], list(texts)))
    if isinstance(codes, str):
        return texts[codes]
    return pd.Series(codes).astype(object).map(texts).rename(field)


def scheme_table(scheme: str, *, lang: str | None = None) -> pd.DataFrame:
    """Return a table of a scheme's tiers: names, traits and how to serve them.

    Parameters
    ----------
    scheme
        A scheme of `strategies.csv`, such as "abc4", "relation" or "buying_unit".
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    pandas.DataFrame
        One row a tier, indexed by `code`, best first where the scheme has a best. `name`,
        `traits` (blank where the source gives none), `strategy`: texts. `source`: where they come
        from; K marks the kit's own.

    Raises
    ------
    DataError
        If there is no such scheme.

    Notes
    -----
    Source: textbook, slides and the kit's own, row by row in `strategies.csv`.

    Examples
    --------
    >>> scheme_table("pareto2", lang="en")["name"].tolist()
    ['Key customers (80/20)', 'Other customers (80/20)']
    """
    lang = language(lang)
    table = strategies_table()
    schemes = list(dict.fromkeys(row["scheme"] for row in table.values()))
    if scheme not in schemes:
        raise DataError(f"there is no scheme {scheme!r}; the schemes are {schemes}.")
    rows = {code: row for code, row in table.items() if row["scheme"] == scheme}
    columns = {field: f"{field}_{lang}" for field in ("name", "traits", "strategy")}
    return pd.DataFrame(
        {
            field: [row[column] for row in rows.values()]
            for field, column in {**columns, "source": "source"}.items()
        },
        index=pd.Index(list(rows), name="code"),
    )


def _no_such_code(code: object, codes: list[str]) -> str:
    plain = [known for known in codes if ":" not in known]
    like = [known for known in codes if known.rpartition(":")[2] == str(code)]
    close = like or get_close_matches(str(code), codes, n=5)
    hint = f"did you mean {' or '.join(map(repr, close))}? " if close else ""
    return (
        f"{code!r} is no tier code; {hint}the codes are {plain} and, in other schemes, "
        "'scheme:tier'.\n"
        "scheme_table('abc4') shows the codes of a scheme."
    )


@cache
def strategies_table() -> dict[str, dict[str, str]]:
    """Read `strategies.csv`: code -> scheme, names, traits, strategies and source."""
    file = resources.files("rfmkit").joinpath("strategies.csv")
    rows = {row["code"]: row for row in csv_rows(file)}
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


def _codes(prefix: str, tiers: str) -> tuple[str, ...]:
    return tuple(f"{prefix}:{tier}" for tier in tiers.split())


# Scheme -> its tiers, best first wherever the scheme has a best.
SCHEMES: dict[str, tuple[str, ...]] = {
    "rfm8": CLASSES,
    "abc3": _codes("abc3", "a b c"),
    "pareto2": _codes("pareto2", "key other"),
    "abc4": _codes("abc4", "premium important ordinary small"),
    "pyramid4": _codes("pyramid4", "platinum gold iron lead"),
    "value4": _codes("value4", "mvc mgc lvc below_zero"),
    "value3": _codes("value3", "vip important ordinary"),
    "clv_cs": _codes("clv_cs", "retain strengthen rescue nurture standard low_cost"),
    "clv_cs_3x2": _codes(
        "clv_cs_3x2", "high_high high_low middle_high middle_low low_high low_low"
    ),
    "credit7": _codes("credit", "aaa aa a bbb bb b avoid"),
    "credit_sheet4": _codes("sheet", "a b c d"),
    "loyalty_size": _codes("loyalty_size", "cash_cow warm_up tomorrow low_potential"),
    "loyalty_credit": _codes("loyalty_credit", "trusted costly cautious avoid"),
    "wallet": _codes("wallet", "keep keep_or_win develop win_or_let_go"),
    "size_loyalty_credit": _codes("slc", "111 110 101 100 011 010 001 000"),
    "lifecycle": _codes("lifecycle", "build grow hold decline"),
    "prospects": _codes("prospect", "a b c d"),
    "reaction": _codes("reaction", "yield care adapt cold"),
    "growth": _codes("growth", "penetrate up_sell extend cross_sell"),
    "relation": _codes("relation", "consumer intermediate public internal"),
    "size_by_value": _codes("size_by_value", "vip main ordinary small"),
    "product_role": _codes("product_role", "retail business agent internal"),
    "buying_unit": _codes("dmu", "user influencer decider approver buyer gatekeeper"),
    "size_by_spend": _codes("size_by_spend", "vip large medium small"),
}
SCHEME_OF = {code: scheme for scheme, codes in SCHEMES.items() for code in codes}
# Schemes whose tiers are kinds, not ranks: no move between them is up or down.
UNRANKED = {
    "rfm8",
    "clv_cs",
    "loyalty_size",
    "loyalty_credit",
    "wallet",
    "size_loyalty_credit",
    "lifecycle",
    "growth",
    "relation",
    "product_role",
    "buying_unit",
}
