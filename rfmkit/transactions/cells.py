"""Parse the cells of a ledger as people type them: text, numbers and dates."""

import datetime as dt
import decimal
import re
import unicodedata

import numpy as np
import pandas as pd

from rfmkit.dates import FIRST_YEAR, ROC_COMPACT, DateParts, split_date

# The text dtype that read_csv gives: object on pandas 2, str on pandas 3.
TEXT = pd.Series(["a"]).dtype

_EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Cells of these types can share one table of distinct values. A bool cannot (True == 1).
_PLAIN = {str, int, float, type(None), dt.datetime, dt.date, pd.Timestamp, decimal.Decimal}

# ISO codes and signs; what stands beside a number and is none of these makes it unreadable.
_CODES = (
    "TWD|NTD|USD|HKD|SGD|AUD|CAD|NZD|RMB|CNY|JPY|KRW|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN"
    "|TRY|RUB"
    "|UAH|INR|IDR|MYR|THB|VND|PHP|MOP|BRL|MXN|ARS|CLP|COP|PEN|ZAR|AED|SAR|ILS|EGP|NGN|KES|PKR|LKR"
    "|BDT"
)
_CURRENCY = (
    rf"(?:{_CODES}|(?:NT|US|HK|MX|CA|AU|NZ|[SAC])D?\$|NT|R\$|[$¥£€₩₹₱฿₫₽₺₴₪₦₡₲₸₵]|RM|Rp\.?|Rs\.?"
    rf"|Fr\.?|kr\.?|zł|Kč|Ft|đ"
    r"|лв\.?|руб\.?|lei|新?[臺台]幣|人民[幣币]|港[幣币]|美[元金]|日[圓圆元幣]|[韓韩][元圜幣])"
)
_AFTER = rf"(?:{_CURRENCY}|[元圓圆円원]整?)?"
_GROUPED = (
    r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}"
    r"|[1-9]\d{0,2}(?:['’´]\d{3})+|[1-9]\d{0,2}(?: \d{3})+"
)
_NUMBER = re.compile(
    rf"(?i)(?P<before>[-+(]?\s*){_CURRENCY}?(?P<inside>\s*[-+(]?)\s*"
    rf"(?P<digits>(?:{_GROUPED}|\d+)(?:\.\d*)?(?:E[-+]?\d+)?|\.\d+|inf(?:inity)?)"
    rf"\s*{_AFTER}(?P<after>\s*[-)]?)\s*{_AFTER}(?:\.?-{{1,2}})?"
)
# Where the comma or the dot separates decimals for certain, and where it separates thousands.
_COMMA_DECIMAL = re.compile(
    r"(?<![\d,])(?:\d{1,3}(?:[. '’]\d{3})*|\d+),(?:\d{1,2}|\d{4,})(?![\d,.])"
)
_COMMA_DECIMAL_3 = re.compile(r"(?<![\d,.])(?:0|\d{4,}|\d{1,3}(?:\.\d{3})+),\d{3}(?![\d,.])")
_DOT_DECIMAL = re.compile(
    r"(?<![\d.])(?:\d{1,3}(?:[, '’]\d{3})*|\d+)\.(?:\d{1,2}|\d{4,})(?![\d,.])|(?<![\d.,])(?:0"
    r"|\d{4,})\.\d{3}(?![\d,.])"
    r"|\d,\d{3}\.\d{3}(?![\d,.])|(?<![\d.,])\.\d|\d,\d{3},\d{3}"
)
_DOTS_GROUP = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])")
_DOT_FOR_THOUSANDS = re.compile(r"\d\.\d{3}(?:,\d|\.\d{3}(?!\d))")
_COMMA_AND_THREE = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])")
_DOT_AND_THREE = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")
_SIGNS = {"": 1.0, "+": 1.0, "-": -1.0, "()": -1.0}
_SWAP = str.maketrans(".,．，", ",.,.")
_GROUP_MARKS = re.compile("[,'’´ ]")
_NO_DATE = DateParts(0, 0, 0, None, zone=False, ordered=True)


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
    return expand(pd.Series(text, dtype=object), codes, cells).astype(TEXT)


def to_number(cells: pd.Series, *, decimal: str | None = None) -> pd.Series:
    """Parse every cell as a number; what cannot be parsed for certain becomes NaN.

    Thousands separators (1,200), currency signs and codes (NT$, ¥, 元 …), full-width digits,
    accounting negatives (1,200), the sign "−" and a minus behind the number are understood.
    "1,5" could be 1.5 or a slip of 1,500: it is not guessed; nor is "1.200" in a column that holds
    "1.200,50" or "1.200.000" too, since there the dot separates thousands. With ``decimal=","``
    both are read by the comma; with ``decimal="."`` 1.200 is 1.2 whatever else is there.

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
    if decimal == ",":
        distinct = distinct.map(
            lambda cell: cell.translate(_SWAP) if isinstance(cell, str) else cell
        )
    numbers = list(map(_number, distinct))
    # Where one cell shows that the dot separates thousands, 1.200 may be either: it is not guessed.
    if decimal is None and any(map(_DOT_FOR_THOUSANDS.search, text)):
        numbers = [
            np.nan if _DOT_AND_THREE.search(cell) else number
            for cell, number in zip(text, numbers, strict=True)
        ]
    return expand(pd.Series(numbers, dtype="float64"), codes, cells)


def decimal_marks(cells: pd.Series) -> dict[str, list[str]]:
    """Sort the written amounts by what they show: which sign separates the decimals.

    Returns
    -------
    dict
        "comma" and "dot" (it separates decimals for certain); "comma_three" and "dot_three" (1,200
        and 1.200, which either sign may write). Each lists distinct cells.

    Examples
    --------
    >>> decimal_marks(pd.Series(["1.200", "250,5", "7"]))["comma"]
    ['250,5']
    """
    text = [str(_tidy(cell)) for cell in distinct_cells(cells)[1] if isinstance(cell, str)]
    shapes = {
        "comma": (_COMMA_DECIMAL, _COMMA_DECIMAL_3, _DOTS_GROUP),
        "dot": (_DOT_DECIMAL,),
        "comma_three": (_COMMA_AND_THREE,),
        "dot_three": (_DOT_AND_THREE,),
    }
    return {
        name: [cell for cell in text if any(shape.search(cell) for shape in those)]
        for name, those in shapes.items()
    }


_SIGN = re.compile(rf"(?i){_CURRENCY}")


def written_currencies(cells: pd.Series) -> pd.Series:
    """Return the sign or code of the currency that each amount is written with, if any.

    Examples
    --------
    >>> written_currencies(pd.Series(["$5", "NT$5", "5", 5])).tolist()
    ['$', 'NT$', nan, nan]
    """
    codes, distinct = distinct_cells(cells)
    found = [_SIGN.search(str(_tidy(cell))) if isinstance(cell, str) else None for cell in distinct]
    signs = [np.nan if one is None else one[0].upper() for one in found]
    return expand(pd.Series(signs, dtype=object), codes, cells)


def distinct_cells(cells: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """Return each cell's number and the distinct cells, as in `pandas.factorize`."""
    if cells.dtype == object and not set(map(type, cells)) <= _PLAIN:
        return np.arange(len(cells)), cells.reset_index(drop=True)
    codes, distinct = pd.factorize(cells)
    return codes, pd.Series(np.asarray(distinct, dtype=object), dtype=object)


def expand(values: pd.Series, codes: np.ndarray, cells: pd.Series) -> pd.Series:
    """Return the value of each cell from those of the distinct cells; code -1 has none."""
    return values.reindex(codes).set_axis(cells.index).rename(cells.name)


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
        return float(str(cell))  # by way of text, since float(10**400) raises
    match = _NUMBER.fullmatch(str(_tidy(cell)).replace("−", "-")) if isinstance(cell, str) else None
    if match is None:
        return np.nan
    marks = re.sub(r"\s", "", "".join(match.group("before", "inside", "after")))
    return _SIGNS.get(marks, np.nan) * float(_GROUP_MARKS.sub("", match["digits"]))


def to_date(cells: pd.Series, *, order: str | None = None) -> tuple[pd.Series, pd.Series]:
    """Parse every cell as a date with its time of day; mark those that could be two dates.

    Parsed are real dates, 2021-03-05, 2021/3/5, 2021.3.5, 20210305, 20210305143000, 2021年3月5日,
    5-Mar-2021, Mar 5, 2021, ROC years (110/03/05, 民國110年3月5日), each with or without a weekday
    (週五) and a time (14:30, 下午2:30, 2:30 PM; a time zone is dropped, the clock time kept; 24:00
    is the last instant of its day). For 05/03/2021 the column decides: one date with a part over 12
    shows which part is the day. A bare number such as 44256 is no date; 1100305 is one (ROC) where
    every bare number of the column is such a date, or one like 20210305.

    Parameters
    ----------
    cells
        One column, of any type.
    order
        "dmy", "mdy" or "ymd" where it is known; then years of two digits are read, too.

    Returns
    -------
    dates : pandas.Series
        datetime64[us], with the index of `cells`; NaT where there is no certain date.
    ambiguous : pandas.Series
        bool, True where day and month cannot be told apart.

    Examples
    --------
    >>> dates, ambiguous = to_date(pd.Series(["2021年3月5日", "110/03/05 14:30", "05/03/2021"]))
    >>> dates.dt.strftime("%Y-%m-%d %H:%M").tolist(), ambiguous.tolist()
    (['2021-03-05 00:00', '2021-03-05 14:30', nan], [False, False, True])
    """
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        cells = cells.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        return cells.astype("datetime64[us]"), pd.Series(False, index=cells.index)
    codes, distinct = distinct_cells(cells)
    real = np.array([isinstance(c, dt.date) and not pd.isna(c) for c in distinct], dtype=bool)
    dates = np.full(len(distinct), "NaT", dtype="datetime64[us]")
    zoneless = (d.replace(tzinfo=None) if isinstance(d, dt.datetime) else d for d in distinct[real])
    dates[real] = [np.datetime64(day, "us") for day in zoneless]
    ambiguous = np.zeros(len(distinct), dtype=bool)
    dates[~real], ambiguous[~real] = _read_dates(tidy_text(distinct[~real]), order)
    unsure = expand(pd.Series(ambiguous), codes, cells).eq(True)
    return expand(pd.Series(dates), codes, cells), unsure


def _read_dates(text: pd.Series, order: str | None = None) -> tuple[np.ndarray, np.ndarray]:
    cells = text.fillna("").tolist()
    read = [split_date(cell, order=order) or _NO_DATE for cell in cells]
    # 1100305 is a date where all bare numbers of the column are dates; one alone may be a number.
    compact = {cell for cell in cells if ROC_COMPACT.fullmatch(cell)}
    roc = {cell: split_date(cell, (ROC_COMPACT,)) or _NO_DATE for cell in compact}
    digits = [
        roc.get(cell, one)[:3] for cell, one in zip(cells, read, strict=True) if cell.isdecimal()
    ]
    if roc and not np.isnat(_calendar(*np.array(digits, dtype="int64").T)).any():
        read = [roc.get(cell, one) for cell, one in zip(cells, read, strict=True)]
    parts = [(year, month, day, time or 0, ordered) for year, month, day, time, _, ordered in read]
    year, first, second, time, ordered = np.array(parts, dtype="int64").reshape(-1, 5).T
    month_first, day_first = _calendar(year, first, second), _calendar(year, second, first)
    may_swap = (ordered == 0) & (month_first != day_first)
    # A date that exists in one order only shows how the column is written.
    only_day_first = may_swap & np.isnat(month_first)
    only_month_first = may_swap & np.isnat(day_first)
    both = may_swap & ~only_day_first & ~only_month_first
    days_lead = (only_day_first & ~np.isnat(day_first)).any()
    months_lead = (only_month_first & ~np.isnat(month_first)).any()
    dates = np.where(only_day_first | (both & days_lead), day_first, month_first)
    ambiguous = both & (days_lead == months_lead)
    dates[ambiguous] = np.datetime64("NaT", "D")
    return dates.astype("datetime64[us]") + time.astype("timedelta64[us]"), ambiguous


def _calendar(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Make dates of numbers; NaT where the calendar has no such day, or the year is before 1900."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    exists = (
        (year >= FIRST_YEAR) & (month >= 1) & (month <= 12) & (days.astype(months.dtype) == months)
    )
    return np.where(exists, days, np.datetime64("NaT", "D"))
