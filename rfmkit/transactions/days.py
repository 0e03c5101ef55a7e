"""Read the dates of a ledger as people type them."""

import datetime as dt

import numpy as np
import pandas as pd

from rfmkit.dates import FIRST_YEAR, ROC_COMPACT, DateParts, split_date
from rfmkit.transactions.cells import distinct_cells, spread, tidy_text

_NO_DATE = DateParts(0, 0, 0, None, zone=False, ordered=True)


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
    read = [split_date(cell) or _NO_DATE for cell in cells]
    # Seven figures alone prove little; that all bare numbers of a column make dates is proof.
    roc = {cell: parts for cell in cells if (parts := split_date(cell, (ROC_COMPACT,)))}
    bare = [roc.get(cell, one) for cell, one in zip(cells, read, strict=True) if cell.isdecimal()]
    if roc and not np.isnat(_calendar(*np.array([one[:3] for one in bare], dtype="int64").T)).any():
        read = [roc.get(cell, one) for cell, one in zip(cells, read, strict=True)]
    numbers = [(*one[:3], one.time or 0, one.ordered) for one in read]
    year, first, second, time, ordered = np.array(numbers, dtype="int64").reshape(-1, 5).T
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
