"""Parse a date as people write it: one grammar for ledger cells, arguments and the command line."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.schema import DataError

_WEEKDAY = r"(?:\s*(?:\((?:星期|[週周])?[一二三四五六日天]\)|(?:星期|[週周])[一二三四五六日天]))?"
_ZONE = (
    r"(?P<zone>Z|(?:UTC|GMT)?\s?[-+]\d\d?(?::?\d\d)?|UTC|GMT|[CEMP][SD]T|A[ECW][SD]T|CES?T|EES?T|WES?T"
    r"|NZ[SD]T|JST|KST|HKT|SGT|PHT|ICT|WIB|IST|BST|MSK|BRT|(?:Asia|America|Europe|Australia|Africa"
    r"|Pacific|Atlantic)/\w+)?(?:\s*\([^()]*\))?"
)
_TIME = _WEEKDAY + (
    r"(?:(?:T|,?\s|(?=[上下]午))\s*(?P<noon>[上下]午)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    rf"(?::(?P<second>\d{{1,2}}(?:\.\d+)?))?\s*(?P<half>[AP]\.?M\.?|[上下]午)?\s*{_ZONE})?"
)
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+)?"
_YEAR_FIRST = re.compile(
    r"(?i)(?P<roc>(?:中[華华])?民[國国])?\s*(?P<year>\d{1,4})\s*"
    r"(?:年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?"
    rf"|(?P<dash>[-/.])\s*(?P<month2>\d{{1,2}})\s*(?P=dash)\s*(?P<day2>\d{{1,2}})){_TIME}"
)
_COMPACT = re.compile(rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}", re.IGNORECASE)
_COMPACT_SECOND = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
)
# 1100405: a date only where a whole column is written so.
ROC_COMPACT = re.compile(r"(?P<roc>)(?P<year>[01]\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_REST = "(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"  # of january, …, december
_NAMED = rf"(?P<name>{'|'.join(_MONTHS)}){_REST}"
_DAY_OF = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_MONTH_NAME = tuple(
    re.compile(rf"{_DAY_NAME}{day_and_month}[-/.,\s]+(?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
    for day_and_month in (rf"{_DAY_OF}[-/.\s]*{_NAMED}", rf"{_NAMED}[-/.\s]*{_DAY_OF}")
)
_UNAMBIGUOUS = (_YEAR_FIRST, _COMPACT, _COMPACT_SECOND, *_MONTH_NAME)
_DAY_OR_MONTH = r"(?P<month>\d\d?)\s*(?P<dash>[-/.])\s*(?P<day>\d\d?)"
_YEAR_LAST = re.compile(rf"{_DAY_OR_MONTH}\s*(?P=dash)\s*(?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
# 06/15/21 and 15-Jun-21: read only where the order of the parts is known.
TWO_DIGIT_YEAR = re.compile(
    r"(?P<one>\d\d?)\s*(?P<dash>[-/.])\s*(?P<two>\d\d?)\s*(?P=dash)\s*(?P<three>\d\d)" + _TIME,
    re.IGNORECASE,
)
_TWO_DIGIT_NAMED = tuple(
    re.compile(rf"{_DAY_NAME}{day_and_month}[-/.,\s]+(?P<year>\d\d){_TIME}", re.IGNORECASE)
    for day_and_month in (rf"{_DAY_OF}[-/.\s]*{_NAMED}", rf"{_NAMED}[-/.\s]*{_DAY_OF}")
)
DATE_ORDERS = ("dmy", "mdy", "ymd")
_LAST_INSTANT = 24 * 3600 * 1_000_000 - 1  # 24:00 ends the day that it is written beside
FIRST_YEAR = 1900


class DateParts(NamedTuple):
    """The numbers of a written date, which the calendar need not have."""

    year: int
    month: int
    day: int
    time: int | None  # microseconds since midnight; None if no time is written
    zone: bool  # True if a time zone is written
    ordered: bool  # False for 05/03/2021: month and day may be the other way round


def split_date(
    text: str, patterns: Sequence[re.Pattern[str]] = (), *, order: str | None = None
) -> DateParts | None:
    """Split a written date into its numbers; None for a text that is not a date.

    Parameters
    ----------
    text
        Half-width text without space around it.
    patterns
        Use these patterns alone.
    order
        "dmy", "mdy" or "ymd": how dates with the year last, or with a year of two digits, are
        written. None leaves the former unordered and does not read the latter.

    Examples
    --------
    >>> split_date("110/3/5")
    DateParts(year=2021, month=3, day=5, time=None, zone=False, ordered=True)
    >>> split_date("06/03/21", order="mdy")[:3]
    (2021, 6, 3)
    """
    if order is not None and (short := _two_digit_year(text, order)) is not None:
        return short
    match = next(filter(None, (way.fullmatch(text) for way in patterns or _UNAMBIGUOUS)), None)
    ordered = match is not None
    match = match or (None if patterns else _YEAR_LAST.fullmatch(text))
    if match is None:
        return None
    found = {name: part for name, part in match.groupdict().items() if part is not None}
    year = int(found["year"])
    if "roc" in found or (ordered and len(found["year"]) == 3):
        year = year + 1911 if len(found["year"]) <= 3 else 0
    time = _time_of_day(found) if "hour" in found else None
    if "hour" in found and time is None:
        return None
    if "name" in found:
        month = _MONTHS.index(found["name"].lower()) + 1
    else:
        month = int(found.get("month") or found["month2"])
    day = int(found.get("day") or found["day2"])
    if not ordered and order in ("dmy", "mdy"):
        month, day, ordered = (day, month, True) if order == "dmy" else (month, day, True)
    return DateParts(year, month, day, time, "zone" in found, ordered)


def has_short_named_year(text: str) -> re.Match[str] | None:
    """Match a date such as 15-Jun-21, whose order is plain and whose year has two figures."""
    return next(filter(None, (way.fullmatch(text) for way in _TWO_DIGIT_NAMED)), None)


def _two_digit_year(text: str, order: str) -> DateParts | None:
    if match := TWO_DIGIT_YEAR.fullmatch(text):
        parts = dict(zip(order, map(int, match.group("one", "two", "three")), strict=True))
    elif match := has_short_named_year(text):
        month = _MONTHS.index(match["name"].lower()) + 1
        parts = {"y": int(match["year"]), "m": month, "d": int(match["day"])}
    else:
        return None
    found = {name: part for name, part in match.groupdict().items() if part is not None}
    time = _time_of_day(found) if "hour" in found else None
    if "hour" in found and time is None:
        return None
    # As POSIX reads it: 69 to 99 are of the last century.
    year = parts["y"] + (2000 if parts["y"] <= 68 else 1900)
    return DateParts(year, parts["m"], parts["d"], time, "zone" in found, True)


def _time_of_day(found: dict[str, str]) -> int | None:
    """Count the microseconds since midnight; None where no clock shows such a time."""
    hour, minute = int(found["hour"]), int(found["minute"])
    second = float(found.get("second", 0))
    half = found.get("noon") or found.get("half")
    if (hour, minute, second) == (24, 0, 0) and not half:
        return _LAST_INSTANT
    if hour > (12 if half else 23) or minute > 59 or second >= 60:
        return None
    if half:
        hour = hour % 12 + 12 * (half.lower().replace(".", "") in ("下午", "pm"))
    return round(((hour * 60 + minute) * 60 + second) * 1_000_000)


def parse_date(text: str) -> tuple[dt.date, dt.time | None] | None:
    """Parse one date that is written alone, as an argument or an option of a command.

    Parameters
    ----------
    text
        2021-04-01, 2021/4/1, 2021.4.1, 20210401, 2021年4月1日, 1-Apr-2021, Apr 1, 2021, or with a
        ROC year 110/04/01, 民國110年4月1日; each may have a weekday and a time of day, as in a
        ledger's cells (`rfmkit.transactions.cells.to_date`).

    Returns
    -------
    tuple or None
        The day, and the time of day or None. None for any other text: 01/04/2021 may be in
        January or in April; a day before 1900; a time zone, since nothing here can convert it.

    Examples
    --------
    >>> parse_date("110/04/01"), parse_date("2021年4月1日 下午2:30"), parse_date("01/04/2021")
    ((datetime.date(2021, 4, 1), None), (datetime.date(2021, 4, 1), datetime.time(14, 30)), None)
    """
    parts = split_date(unicodedata.normalize("NFKC", text).strip())
    if parts is None or not parts.ordered or parts.zone or parts.year < FIRST_YEAR:
        return None
    try:
        day = dt.date(parts.year, parts.month, parts.day)
    except ValueError:  # 2021-02-30
        return None
    if parts.time is None:
        return day, None
    midnight = dt.datetime.combine(day, dt.time())
    return day, (midnight + dt.timedelta(microseconds=parts.time)).time()


def as_day(value: object, *, name: str) -> pd.Timestamp:
    """Parse a day given by the caller; a time of day is dropped.

    Parameters
    ----------
    value
        A date, datetime, Timestamp or datetime64, or text that `parse_date` reads.
    name
        The argument's name, for the message.

    Raises
    ------
    DataError
        For anything else: "01/04/2021" is in January here and in April there; a number, and
        words such as "today", are not days.

    Examples
    --------
    >>> as_day("110/04/01", name="today")
    Timestamp('2021-04-01 00:00:00')
    """
    day = None
    if isinstance(value, str):
        found = parse_date(value)
        day = None if found is None else pd.Timestamp(found[0])
    elif isinstance(value, (dt.date, np.datetime64)):
        try:
            day = pd.Timestamp(value)
        except ValueError:  # a year beyond what pandas counts
            day = None
    if day is None or pd.isna(day):
        raise DataError(
            f"{name} must be a day: {value!r} is not a day. "
            'Write it as year-month-day, like "2021-12-31".'
        )
    return day.tz_localize(None).normalize()
