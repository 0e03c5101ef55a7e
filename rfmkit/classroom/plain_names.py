"""Parse and format the names in answers: customers, tiers, columns."""

import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache

import pandas as pd

from rfmkit.labels import LANGUAGES, label
from rfmkit.names import plain_codes
from rfmkit.strategies import SCHEME_OF, SCHEMES

_bracket = re.compile(r"\(.*?\)")
_year_month = re.compile(r"\(?(\d{4}) ?[-/.年,] ?(0?[1-9]|1[0-2]) ?月?\)?")
_month_year = re.compile(r"([A-Za-z]{3,9})\.?[ -](\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SHORT = 200  # characters; no name of a customer or a tier is longer
_joining = str.maketrans("", "", "_-")
# What a tier is called by besides its name: A 級, A 類客戶, 白金層.
_ending = re.compile(r"(客戶|[級類層])+$")


def shorten(text: str, max_length: int = 40) -> str:
    """Shorten a student's text to what fits into a sentence."""
    text = "".join((text,))  # a subclass of str may do anything; a plain one does not
    return text if len(text) <= max_length else text[: max_length - 1] + "…"


def row_differences(answer: pd.Index, key: pd.Index, lang: str) -> str:
    """Count rows too many, repeated or too few; return "" where the rows agree.

    Nobody is named: who drops those a card names would soon have the list.
    """
    if answer.has_duplicates:
        twice = display_name(answer[answer.duplicated()][0], lang)
        return label("check.repeats_rows", lang, rows=twice)
    extra, missing = answer.difference(key, sort=False), key.difference(answer)
    if len(extra) and len(missing):
        return label("check.rows_both", lang, extra=len(extra), missing=len(missing))
    if len(extra):
        return label("check.extra_rows" + _one(len(extra)), lang, count=len(extra))
    if len(missing):
        return label("check.missing_rows" + _one(len(missing)), lang, count=len(missing))
    return ""


def _one(count: int) -> str:
    return ".one" if count == 1 else ""


def display_name(row: object, lang: str) -> str:
    """Return a tier's name in the reader's language, and a customer's number."""
    return label(f"class.{row}", lang) if row in SCHEME_OF else shorten(str(row))


def column_name(column: str, lang: str) -> str:
    """Return a column as the code writes it, in backticks; a letter of a choice in brackets."""
    return f"({column})" if len(column) == 1 and column.islower() else f"`{column}`"


def format_value(value: float, *, yes_no: bool = False) -> str:
    """Format a value of the student's; yes and no as True and False."""
    if yes_no and value in (0, 1):
        return str(bool(value))
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:,.6g}"


def plain_index(index: pd.Index, rows: str, scheme: str | None = None) -> pd.Index:
    """Convert customers, tiers or other row keys into plain text, tiers into their codes."""
    return pd.Index(plain_words(index.tolist(), rows, scheme), dtype=object, name=rows)


def plain_words(cells: list, column: str, scheme: str | None = None) -> list[str]:
    """Convert names of tiers, regions and products into their codes, the rest into text."""
    words = [plain_key(cell) for cell in cells]
    if column not in ("customer", "class", "tier") and words:
        words = list(_codes_of(tuple(words), column))
    if scheme or column in ("class", "tier", "before", "after"):
        words = [tier_code(word, scheme) or word for word in words]
    return words


@lru_cache(maxsize=32)  # of an answer and its slips they are nearly always the same
def _codes_of(words: tuple[str, ...], column: str) -> tuple[str, ...]:
    """Convert the names of regions, products and the like into their codes."""
    codes = plain_codes(pd.DataFrame({column: words})).iloc[:, 0]
    return tuple(plain_key(word) for word in codes.tolist())


def plain_key(cell: object) -> str:
    """Write a row key in one way: 101.0 as 101, a midnight as its day, Ｃ１ as C1."""
    if type(cell) is str and len(cell) <= _SHORT:  # a long text is not worth keeping
        return _kept_word(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and not pd.isna(cell) and cell.time() == datetime.min.time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    return _plain_word("".join((str(cell),)))


def _plain_word(word: str) -> str:
    word = unicodedata.normalize("NFKC", word).strip()
    return _month(word) or word


_kept_word = lru_cache(maxsize=4096)(_plain_word)


def _month(word: str) -> str:
    """Write 2020/4, 2020年4月, (2020, 4) and Apr 2020 as 2020-04; "" for what is no month."""
    if found := _year_month.fullmatch(word):
        return f"{found[1]}-{int(found[2]):02d}"
    if (found := _month_year.fullmatch(word)) and found[1][:3].casefold() in _MONTHS:
        return f"{found[2]}-{_MONTHS.index(found[1][:3].casefold()) + 1:02d}"
    return ""


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
    text = "".join((str(name),))
    return _tier_names(scheme).get(_normalised(text)) if len(text) <= _SHORT else None


@cache
def names_to_codes(plain: tuple[str, ...]) -> dict[str, str]:
    """Map what columns are called in both languages back to the plain names."""
    names = {}
    for name in plain:
        for family in ("column", "class"):
            for lang in LANGUAGES:
                try:
                    names[label(f"{family}.{name}", lang)] = name
                except KeyError:  # a name of this question alone
                    break
        for spelling in (name.upper(), name.capitalize(), name.replace("_", " ")):
            names.setdefault(spelling, name)
    return names


@lru_cache(maxsize=4096)
def _normalised(name: str) -> str:
    # Full-width as half-width; no capitals, spaces, underlines or hyphens.
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()).translate(_joining)


@cache
def _tier_names(scheme: str | None) -> dict[str, str]:
    codes = SCHEMES[scheme] if scheme else tuple(SCHEME_OF)
    unambiguous, short = {}, {}
    for code in codes:
        names = [_normalised(label(f"class.{code}", lang)) for lang in LANGUAGES]
        unambiguous |= dict.fromkeys((_normalised(code), *names), code)
        brief = {name.removesuffix("客戶") for name in names}
        if scheme:  # within one scheme, brackets, prefix and ending may be left out
            unbracketed = [_bracket.sub("", name) for name in names]
            brief |= {*unbracketed, *(name.removesuffix("客戶") for name in unbracketed)}
            brief |= {_ending.sub("", name) for name in unbracketed}
            brief |= {_ending.sub("", name) + ending for name in unbracketed for ending in "級類層"}
            brief.add(_normalised(code.partition(":")[2]))
            brief |= {found[0].strip("()") for name in names if (found := _bracket.search(name))}
        for name in brief - {""}:
            short.setdefault(name, set()).add(code)
    if "value4:below_zero" in codes:
        unambiguous["bzc"] = "value4:below_zero"  # as the Q&A on tier criteria abbreviates it
    return {name: min(codes) for name, codes in short.items() if len(codes) == 1} | unambiguous
