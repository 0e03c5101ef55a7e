"""Read the cells of a ledger as people type them: text, numbers and dates."""

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
_NO_DATE = (0, 0, 0, 0, 1)
_SIGNS = {"": 1.0, "+": 1.0, "-": -1.0, "()": -1.0}

_TIME = (
    r"(?:(?:T|\s)\s*(?P<noon>[上下]午)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2}(?:\.\d+)?))?\s*(?P<half>[AP]M)?\s*(?:Z|[-+]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(
    r"(?i)(?P<roc>(?:中[華华])?民[國国])?\s*(?P<year>\d{1,4})\s*"
    r"(?:年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?"
    rf"|(?P<dash>[-/.])\s*(?P<month2>\d{{1,2}})\s*(?P=dash)\s*(?P<day2>\d{{1,2}})){_TIME}"
)
_COMPACT = re.compile(rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}", re.IGNORECASE)
_DAY_OR_MONTH = r"(?P<month>\d\d?)\s*(?P<dash>[-/.])\s*(?P<day>\d\d?)"
_YEAR_LAST = re.compile(rf"{_DAY_OR_MONTH}\s*(?P=dash)\s*(?P<year>\d{{4}}){_TIME}", re.IGNORECASE)


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
    codes, distinct = _distinct(cells)
    decimals = [isinstance(cell, float | np.floating) and cell == cell for cell in distinct]
    if all(float(cell).is_integer() for cell in distinct[decimals]):
        distinct[decimals] = [int(cell) for cell in distinct[decimals]]
    text = [_tidy(cell) for cell in distinct]
    # A csv written from a column of decimals holds the text "17850.0" in every cell.
    known = [cell for cell in text if isinstance(cell, str)]
    if known and all(re.fullmatch(r"\d+\.0", cell) for cell in known):
        text = [cell[:-2] if isinstance(cell, str) else cell for cell in text]
    return _spread(pd.Series(text, dtype=object), codes, cells).astype(TEXT)


def to_number(cells: pd.Series) -> pd.Series:
    """Read every cell as a number; what cannot be read for certain becomes NaN.

    Thousands separators (1,200), currency signs and codes (NT$, ¥, 元 …), full-width digits,
    accounting negatives (1,200), the sign "−" and a minus behind the number are understood.
    "1,5" could be 1.5 or a slip of 1,500: it is not guessed.

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
    codes, distinct = _distinct(cells)
    return _spread(pd.Series(map(_number, distinct), dtype="float64"), codes, cells)


def to_date(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read every cell as a date with its time of day; tell which could be two different dates.

    Read are real dates, 2021-03-05, 2021/3/5, 2021.3.5, 20210305, 2021年3月5日, ROC years
    (110/03/05, 民國110年3月5日), each with or without a time (14:30, 下午 2:30, 2:30 PM; a time
    zone is dropped, the clock time kept). For 05/03/2021 the column decides: one date with a part
    over 12 shows which part is the day. A bare number such as 44256 is no date.

    Parameters
    ----------
    cells
        One column, of any type.

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
    codes, distinct = _distinct(cells)
    real = np.array([isinstance(c, dt.date) and not pd.isna(c) for c in distinct], dtype=bool)
    dates = np.full(len(distinct), "NaT", dtype="datetime64[us]")
    zoneless = (d.replace(tzinfo=None) if isinstance(d, dt.datetime) else d for d in distinct[real])
    dates[real] = [np.datetime64(day, "us") for day in zoneless]
    ambiguous = np.zeros(len(distinct), dtype=bool)
    dates[~real], ambiguous[~real] = _read_dates(tidy_text(distinct[~real]))
    unsure = _spread(pd.Series(ambiguous), codes, cells).eq(True)
    return _spread(pd.Series(dates), codes, cells), unsure


def _distinct(cells: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """List the distinct cells and number each cell: a ledger repeats itself, so read each once."""
    if cells.dtype == object and not set(map(type, cells)) <= _PLAIN:
        return np.arange(len(cells)), cells.reset_index(drop=True)
    codes, distinct = pd.factorize(cells)
    return codes, pd.Series(np.asarray(distinct, dtype=object), dtype=object)


def _spread(answers: pd.Series, codes: np.ndarray, cells: pd.Series) -> pd.Series:
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


def _read_dates(text: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    parts = np.array([_parts(cell) for cell in text.fillna("")], dtype="int64").reshape(-1, 5)
    year, first, second, time, certain = parts.T
    month_first, day_first = _calendar(year, first, second), _calendar(year, second, first)
    may_swap = (certain == 0) & (month_first != day_first)
    # A date that exists in one order only is the column's witness for that order.
    only_day_first = may_swap & np.isnat(month_first)
    only_month_first = may_swap & np.isnat(day_first)
    both = may_swap & ~only_day_first & ~only_month_first
    days_lead = (only_day_first & ~np.isnat(day_first)).any()
    months_lead = (only_month_first & ~np.isnat(month_first)).any()
    dates = np.where(only_day_first | (both & days_lead), day_first, month_first)
    ambiguous = both & (days_lead == months_lead)
    dates[ambiguous] = np.datetime64("NaT")
    return dates.astype("datetime64[us]") + time.astype("timedelta64[us]"), ambiguous


def _parts(text: str) -> tuple[int, int, int, int, int]:
    """Split a date into year, month, day, microseconds of the day, and 1 if their order is sure."""
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    certain = match is not None
    match = match or _YEAR_LAST.fullmatch(text)
    if match is None:
        return _NO_DATE
    found = {name: part for name, part in match.groupdict().items() if part}
    year = int(found["year"])
    if "roc" in found or (certain and len(found["year"]) == 3):
        year = year + 1911 if len(found["year"]) <= 3 else 0
    hour, minute = int(found.get("hour", 0)), int(found.get("minute", 0))
    second = float(found.get("second", 0))
    half = found.get("noon") or found.get("half")
    if hour > (12 if half else 23) or minute > 59 or second >= 60:
        return _NO_DATE
    if half:
        hour = hour % 12 + 12 * (half.lower() in ("下午", "pm"))
    time = round(((hour * 60 + minute) * 60 + second) * 1_000_000)
    month, day = found.get("month") or found["month2"], found.get("day") or found["day2"]
    return year, int(month), int(day), time, int(certain)


def _calendar(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Make dates of numbers; NaT where the calendar has no such day, or the year is before 1900."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    exists = (year >= 1900) & (month >= 1) & (month <= 12) & (days.astype(months.dtype) == months)
    return np.where(exists, days, np.datetime64("NaT"))
