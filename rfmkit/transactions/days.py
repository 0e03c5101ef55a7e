"""Read the dates of a ledger as people type them."""

import datetime as dt
import re

import numpy as np
import pandas as pd

from rfmkit.transactions.cells import distinct_cells, spread, tidy_text

_NO_DATE = (0, 0, 0, 0, 1)
_WEEKDAY = r"(?:\s*(?:\((?:星期|[週周])?[一二三四五六日天]\)|(?:星期|[週周])[一二三四五六日天]))?"
_TIME = _WEEKDAY + (
    r"(?:(?:T|\s|(?=[上下]午))\s*(?P<noon>[上下]午)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2}(?:\.\d+)?))?\s*(?P<half>[AP]M)?\s*(?:Z|[-+]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(
    r"(?i)(?P<roc>(?:中[華华])?民[國国])?\s*(?P<year>\d{1,4})\s*"
    r"(?:年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?"
    rf"|(?P<dash>[-/.])\s*(?P<month2>\d{{1,2}})\s*(?P=dash)\s*(?P<day2>\d{{1,2}})){_TIME}"
)
_COMPACT = re.compile(rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}", re.IGNORECASE)
_COMPACT_SECOND = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
)
_ROC_COMPACT = re.compile(r"(?P<roc>)(?P<year>[01]\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_REST = "(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"  # of january, …, december
_NAMED = rf"(?P<name>{'|'.join(_MONTHS)}){_REST}"
_DAY_OF = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_MONTH_NAME = tuple(
    re.compile(rf"{day_and_month}[-/.,\s]+(?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
    for day_and_month in (rf"{_DAY_OF}[-/.\s]*{_NAMED}", rf"{_NAMED}[-/.\s]*{_DAY_OF}")
)
_CERTAIN = (_YEAR_FIRST, _COMPACT, _COMPACT_SECOND, *_MONTH_NAME)
_DAY_OR_MONTH = r"(?P<month>\d\d?)\s*(?P<dash>[-/.])\s*(?P<day>\d\d?)"
_YEAR_LAST = re.compile(rf"{_DAY_OR_MONTH}\s*(?P=dash)\s*(?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
_LAST_INSTANT = 24 * 3600 * 1_000_000 - 1  # 24:00 ends the day that it is written beside


def to_date(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read every cell as a date with its time of day; tell which could be two different dates.

    Read are real dates, 2021-03-05, 2021/3/5, 2021.3.5, 20210305, 20210305143000, 2021年3月5日,
    5-Mar-2021, Mar 5, 2021, ROC years (110/03/05, 民國110年3月5日), each with or without a weekday
    (週五) and a time (14:30, 下午2:30, 2:30 PM; a time zone is dropped, the clock time kept; 24:00
    is the last instant of its day). For 05/03/2021 the column decides: one date with a part over 12
    shows which part is the day. A bare number such as 44256 is no date; 1100305 is one (ROC) where
    every bare number of the column is such a date, or one like 20210305.

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
    codes, distinct = distinct_cells(cells)
    real = np.array([isinstance(c, dt.date) and not pd.isna(c) for c in distinct], dtype=bool)
    dates = np.full(len(distinct), "NaT", dtype="datetime64[us]")
    zoneless = (d.replace(tzinfo=None) if isinstance(d, dt.datetime) else d for d in distinct[real])
    dates[real] = [np.datetime64(day, "us") for day in zoneless]
    ambiguous = np.zeros(len(distinct), dtype=bool)
    dates[~real], ambiguous[~real] = _read_dates(tidy_text(distinct[~real]))
    unsure = spread(pd.Series(ambiguous), codes, cells).eq(True)
    return spread(pd.Series(dates), codes, cells), unsure


def _read_dates(text: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    cells = text.fillna("").tolist()
    read = [_parts(cell) for cell in cells]
    # Seven figures alone prove little; that all bare numbers of a column make dates is proof.
    roc = {cell: _parts(cell, (_ROC_COMPACT,)) for cell in cells if _ROC_COMPACT.fullmatch(cell)}
    bare = [roc.get(cell, one) for cell, one in zip(cells, read, strict=True) if cell.isdecimal()]
    if roc and not np.isnat(_calendar(*np.array(bare, dtype="int64").T[:3])).any():
        read = [roc.get(cell, one) for cell, one in zip(cells, read, strict=True)]
    parts = np.array(read, dtype="int64").reshape(-1, 5)
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
    dates[ambiguous] = np.datetime64("NaT", "D")
    return dates.astype("datetime64[us]") + time.astype("timedelta64[us]"), ambiguous


def _parts(text: str, certain_ways: tuple = _CERTAIN) -> tuple[int, int, int, int, int]:
    """Split a date into year, month, day, microseconds of the day, and 1 if their order is sure."""
    match = next(filter(None, (way.fullmatch(text) for way in certain_ways)), None)
    certain = match is not None
    match = match or _YEAR_LAST.fullmatch(text)
    if match is None:
        return _NO_DATE
    found = {name: part for name, part in match.groupdict().items() if part is not None}
    year = int(found["year"])
    if "roc" in found or (certain and len(found["year"]) == 3):
        year = year + 1911 if len(found["year"]) <= 3 else 0
    time = _time_of_day(found)
    if time is None:
        return _NO_DATE
    month, day = found.get("month") or found.get("month2"), found.get("day") or found["day2"]
    month = _MONTHS.index(found["name"].lower()) + 1 if "name" in found else int(month)
    return year, month, int(day), time, int(certain)


def _time_of_day(found: dict[str, str]) -> int | None:
    """Count the microseconds since midnight; None where no clock shows such a time."""
    hour, minute = int(found.get("hour", 0)), int(found.get("minute", 0))
    second = float(found.get("second", 0))
    half = found.get("noon") or found.get("half")
    if (hour, minute, second) == (24, 0, 0) and not half:
        return _LAST_INSTANT
    if hour > (12 if half else 23) or minute > 59 or second >= 60:
        return None
    if half:
        hour = hour % 12 + 12 * (half.lower() in ("下午", "pm"))
    return round(((hour * 60 + minute) * 60 + second) * 1_000_000)


def _calendar(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Make dates of numbers; NaT where the calendar has no such day, or the year is before 1900."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    exists = (year >= 1900) & (month >= 1) & (month <= 12) & (days.astype(months.dtype) == months)
    return np.where(exists, days, np.datetime64("NaT", "D"))
