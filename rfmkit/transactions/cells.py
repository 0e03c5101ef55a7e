"""Read the cells of a ledger as people type them: text and numbers."""

import datetime as dt
import decimal
import re
import unicodedata

import numpy as np
import pandas as pd

# The text dtype that read_csv gives: object on pandas 2, str on pandas 3.
TEXT = pd.Series(["a"]).dtype

_EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Cells of these types can share one table of distinct values. A bool cannot (True == 1).
_PLAIN = {str, int, float, type(None), dt.datetime, dt.date, pd.Timestamp, decimal.Decimal}

_CURRENCY = r"(?:(?:NT|US|HK)D?\$?|[$¥£€]|TWD|RMB|CNY|JPY|EUR|GBP|新?[臺台]幣|人民[幣币])"
_NUMBER = re.compile(
    rf"(?i)(?P<before>[-+(]?\s*){_CURRENCY}?(?P<inside>\s*[-+(]?)\s*"
    r"(?P<digits>(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d*)?(?:E[-+]?\d+)?|\.\d+|inf(?:inity)?)"
    rf"\s*(?:{_CURRENCY}|[元圓圆円]整?)?(?P<after>\s*[-)]?)\s*(?:{_CURRENCY}|[元圓圆円]整?)?"
)
_DOT_PARTS_THOUSANDS = re.compile(r"\d\.\d{3}(?:,\d|\.\d{3}(?!\d))")
_DOT_AND_THREE = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")
_SIGNS = {"": 1.0, "+": 1.0, "-": -1.0, "()": -1.0}


def tidy_text(cells: pd.Series) -> pd.Series:
    """Write every cell as tidy text; a blank cell or an Excel error becomes missing.

    Full-width characters become half-width (NFKC); invisible ones and the space around go. Whole
    numbers have no ".0" if all decimals of the column are whole; "007" stays "007".

    Parameters
    ----------
    cells
        One column, of any type.

    Returns
    -------
    pandas.Series
        Text, with the index of `cells`.

    Examples
    --------
    >>> tidy_text(pd.Series([7, 17850.0, "007", " Ｃ０１ ", None], dtype=object)).tolist()
    ['7', '17850', '007', 'C01', nan]
    """
    codes, distinct = distinct_cells(cells)
    decimals = [isinstance(cell, float | np.floating) and cell == cell for cell in distinct]
    if all(float(cell).is_integer() for cell in distinct[decimals]):
        distinct[decimals] = [int(cell) for cell in distinct[decimals]]
    text = [_tidy(cell) for cell in distinct]
    # A csv written from a column of decimals holds the text "17850.0" in every cell.
    known = [cell for cell in text if isinstance(cell, str)]
    if known and all(re.fullmatch(r"\d+\.0", cell) for cell in known):
        text = [cell[:-2] if isinstance(cell, str) else cell for cell in text]
    return spread(pd.Series(text, dtype=object), codes, cells).astype(TEXT)


def to_number(cells: pd.Series) -> pd.Series:
    """Read every cell as a number; what cannot be read for certain becomes NaN.

    Thousands separators (1,200), currency signs and codes (NT$, ¥, 元 …), full-width digits,
    accounting negatives (1,200), the sign "−" and a minus behind the number are understood.
    "1,5" could be 1.5 or a slip of 1,500: it is not guessed; nor is "1.200" in a column that holds
    "1.200,50" or "1.200.000" too, since there the dot parts thousands.

    Parameters
    ----------
    cells
        One column, of any type.

    Returns
    -------
    pandas.Series
        float64, with the index of `cells`.

    Examples
    --------
    >>> to_number(pd.Series(["NT$1,200", "(300)", "５０元", "1,5", "#N/A"])).tolist()
    [1200.0, -300.0, 50.0, nan, nan]
    """
    codes, distinct = distinct_cells(cells)
    text = [str(_tidy(cell)) if isinstance(cell, str) else "" for cell in distinct]
    numbers = list(map(_number, distinct))
    # Where one cell shows that the dot parts thousands, 1.200 may be either, and is not guessed.
    if any(map(_DOT_PARTS_THOUSANDS.search, text)):
        numbers = [np.nan if _DOT_AND_THREE.search(cell) else number
                   for cell, number in zip(text, numbers, strict=True)]  # fmt: skip
    return spread(pd.Series(numbers, dtype="float64"), codes, cells)


def distinct_cells(cells: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """List the distinct cells and number each cell: a ledger repeats itself, so read each once."""
    if cells.dtype == object and not set(map(type, cells)) <= _PLAIN:
        return np.arange(len(cells)), cells.reset_index(drop=True)
    codes, distinct = pd.factorize(cells)
    return codes, pd.Series(np.asarray(distinct, dtype=object), dtype=object)


def spread(answers: pd.Series, codes: np.ndarray, cells: pd.Series) -> pd.Series:
    """Give each cell the answer of its distinct value; a missing cell (code -1) has none."""
    return answers.reindex(codes).set_axis(cells.index).rename(cells.name)


def _tidy(cell: object) -> str | float:
    if not isinstance(cell, str) and pd.api.types.is_scalar(cell) and pd.isna(cell):
        return np.nan
    text = str(cell)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = text.strip()
    return np.nan if text == "" or text in _EXCEL_ERRORS else text


def _number(cell: object) -> float:
    if isinstance(cell, int | float | np.number | decimal.Decimal) and not isinstance(cell, bool):
        return float(str(cell))  # a whole number beyond every float is infinite, no crash
    match = _NUMBER.fullmatch(str(_tidy(cell)).replace("−", "-")) if isinstance(cell, str) else None
    if match is None:
        return np.nan
    marks = re.sub(r"\s", "", "".join(match.group("before", "inside", "after")))
    return _SIGNS.get(marks, np.nan) * float(match["digits"].replace(",", ""))
