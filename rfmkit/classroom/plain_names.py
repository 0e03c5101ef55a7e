"""Read and show the names that answers are made of: customers, tiers, columns."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

import pandas as pd

from rfmkit.labels import LANGUAGES, label
from rfmkit.names import plain_codes
from rfmkit.strategies import SCHEME_OF, SCHEMES

_bracket = re.compile(r"\(.*?\)")


def cut(text: str, most: int = 40) -> str:
    """Shorten a student's text to what fits into a sentence."""
    text = "".join((text,))  # a subclass of str may do anything; a plain one does not
    return text if len(text) <= most else text[: most - 1] + "…"


def other_rows(answer: pd.Index, key: pd.Index, lang: str) -> str:
    """Tell of rows too many, repeated or too few; empty where the rows agree."""
    if answer.has_duplicates:
        twice = shown_name(answer[answer.duplicated()][0], lang)
        return label("check.repeats_rows", lang, rows=twice)
    extra, missing = answer.difference(key, sort=False), key.difference(answer)
    if len(extra):
        rows = listed((shown_name(row, lang) for row in extra[:3]), lang)
        return label("check.extra_rows", lang, count=len(extra), rows=rows)
    if len(missing):
        return label("check.missing_rows", lang, count=len(missing))
    return ""


def listed(items: Iterable[str], lang: str) -> str:
    """Join a few items as the language does."""
    return label("check.and", lang).join(items)


def shown_name(row: object, lang: str) -> str:
    """Name a tier in the reader's language, and a customer by the number."""
    return label(f"class.{row}", lang) if row in SCHEME_OF else cut(str(row))


def shown_value(value: float, column: str = "") -> str:
    """Show a value of the student's, high and low as True and False."""
    return str(bool(value)) if column in ("R", "F", "M") and value in (0, 1) else f"{value:,.6g}"


def plain_index(index: pd.Index, rows: str, scheme: str | None = None) -> pd.Index:
    """Turn customers, tiers or other row keys into plain text, tiers into their codes."""
    return pd.Index(plain_words(index.tolist(), rows, scheme), dtype=object, name=rows)


def plain_words(cells: list, column: str, scheme: str | None = None) -> list[str]:
    """Turn names of tiers, regions, products and the like into their codes, the rest into text."""
    words = [plain_key(cell) for cell in cells]
    if column not in ("customer", "class", "tier") and words:
        words = plain_codes(pd.DataFrame({"word": words}).set_axis([column], axis=1)).iloc[:, 0]
        words = [plain_key(word) for word in words.tolist()]
    if scheme or column in ("class", "tier", "before", "after"):
        words = [tier_code(word, scheme) or word for word in words]
    return words


def plain_key(cell: object) -> str:
    """Write a row key in one way: 101.0 as 101, a midnight as its day, no stray spaces."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and not pd.isna(cell) and cell.time() == datetime.min.time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    return "".join((str(cell),)).strip()


def tier_code(name: object, scheme: str | None = None) -> str | None:
    """Find the code of a tier, given as code or as name in either language.

    Parameters
    ----------
    name
        The code, or a name as `class_name` gives it; 客戶 and what stands in brackets may be
        left out where no other tier is meant.
    scheme
        Whose tiers to look among; None for every scheme's.
    """
    return _tier_names(scheme).get(_bare(str(name)))


@cache
def shown_names(plain: tuple[str, ...]) -> dict[str, str]:
    """Map what columns are called in both languages back to the plain names."""
    names = {}
    for name in plain:
        for family in ("column", "class"):
            for lang in LANGUAGES:
                try:
                    names[label(f"{family}.{name}", lang)] = name
                except KeyError:  # a name of this question alone
                    break
    return names


def _bare(name: str) -> str:
    # Full-width as half-width, no spaces, no capitals.
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


@cache
def _tier_names(scheme: str | None) -> dict[str, str]:
    codes = SCHEMES[scheme] if scheme else tuple(SCHEME_OF)
    sure, short = {}, {}
    for code in codes:
        names = [_bare(label(f"class.{code}", lang)) for lang in LANGUAGES]
        sure |= dict.fromkeys((_bare(code), *names), code)
        brief = {name.removesuffix("客戶") for name in names}
        if scheme:  # among one scheme's tiers the brackets and the prefix may go
            bare = [_bracket.sub("", name) for name in names]
            brief |= {*bare, *(name.removesuffix("客戶") for name in bare)}
            brief.add(_bare(code.partition(":")[2]))
            brief |= {found[0].strip("()") for name in names if (found := _bracket.search(name))}
        for name in brief - {""}:
            short.setdefault(name, set()).add(code)
    if "value4:below_zero" in codes:
        sure["bzc"] = "value4:below_zero"  # as 002 calls BZ
    return {name: min(codes) for name, codes in short.items() if len(codes) == 1} | sure
