"""Stop bad data with a sentence that tells what is wrong, where, and how to mend it."""

import datetime as dt
import re
import unicodedata

import numpy as np
import pandas as pd

from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError, require_columns

_TIME = r"(?:[T\s]\s*\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?"
# The year in front, in four figures or the three of a ROC year.
_DAYS = tuple(
    re.compile(way + _TIME)
    for way in (
        r"(?P<year>\d{3,4})(?P<dash>[-/.])(?P<month>\d\d?)(?P=dash)(?P<day>\d\d?)",
        r"(?P<year>\d{3,4})\s*年\s*(?P<month>\d\d?)\s*月\s*(?P<day>\d\d?)\s*日",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    )
)


def as_day(value: object, *, name: str) -> pd.Timestamp:
    """Read the day that a caller gave, or explain what is wrong with it.

    A date, datetime or Timestamp; or text with the year in front: 2021-04-01, 2021/4/1, 20210401,
    2021年4月1日, or with a ROC year 110/04/01. A time of day is dropped. "01/04/2021" is refused,
    since it is in January here and in April there; so are a number, and words such as "today".
    """
    day = pd.NaT
    if isinstance(value, str):
        day = _written_day(unicodedata.normalize("NFKC", value).strip())
    elif isinstance(value, (dt.date, np.datetime64)):
        try:
            day = pd.Timestamp(value)
        except ValueError:  # a year beyond what pandas counts
            day = pd.NaT
    if pd.isna(day):
        raise DataError(
            f"{name} must be a day: {value!r} is not a day. "
            'Write it as year-month-day, like "2021-12-31".'
        )
    return day.tz_localize(None).normalize()


def _written_day(text: str) -> pd.Timestamp:
    match = next(filter(None, (way.fullmatch(text) for way in _DAYS)), None)
    if match is None:
        return pd.NaT
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    try:
        return pd.Timestamp(dt.date(year + 1911 if len(match["year"]) == 3 else year, month, day))
    except ValueError:  # 2021-02-30
        return pd.NaT


def check_lines(tx: pd.DataFrame, today: pd.Timestamp, *, date: str, amount: str) -> None:
    """Stop a ledger whose dates or amounts R, F, M cannot be computed from."""
    if len(tx) == 0:
        raise DataError("transactions is empty: there is no row to compute R, F, M from.")
    if not pd.api.types.is_datetime64_any_dtype(tx[date]):
        raise DataError(
            f"column {date!r} holds {tx[date].dtype} values, not dates; "
            f"its first is {tx[date].iloc[0]!r}.\n"
            "Run clean_transactions(tx) first: it reads dates and tells which it cannot."
        )
    _stop_blanks(tx[date].isna(), date)
    check_numbers(tx[amount], name=f"column {amount!r}")
    tomorrow = today.as_unit("us") + pd.Timedelta(days=1)
    last = tx[date].max().tz_localize(None)
    if last >= tomorrow:
        late = tx[date].dt.tz_localize(None) >= tomorrow
        raise DataError(
            f"{late.sum()} rows are dated after today ({today:%Y-%m-%d}); "
            f"the last is {last:%Y-%m-%d}.\n"
            "Give the day the analysis is made on, or leave later rows out: "
            "clean_transactions(tx, today=...)."
        )


def check_columns(frame: pd.DataFrame, columns: dict[str, str]) -> None:
    """Stop a ledger that lacks a column, or whose one column is named for two parts."""
    named = [*columns.values()]
    require_columns(frame, named, name="transactions")
    if len(set(named)) < len(named):
        raise DataError(
            f"one column is given two parts: customer, date, amount, order are {named}.\n"
            "Name a column of its own for each; leave order out if the ledger has none."
        )


def check_customers(tx: pd.DataFrame, customer: str) -> None:
    """Stop a ledger with rows that belong to nobody."""
    check_groups(tx[customer], name=f"column {customer!r}")
    _stop_blanks(tx[customer].isna() | only_spaces(tx[customer]), customer)


def _stop_blanks(blank: pd.Series, column: str) -> None:
    if blank.any():
        raise DataError(
            f"{blank.sum()} of {len(blank)} rows have no {column!r}.\n"
            "Run clean_transactions(tx) first: it sets such rows aside with their reason."
        )


def only_spaces(names: pd.Series) -> pd.Series | bool:
    """Say which names are empty or hold spaces alone."""
    if isinstance(names.dtype, pd.StringDtype):  # one look at each cell; no hashing of millions
        return ((names == "") | names.str.isspace()).fillna(False).astype(bool)
    if pd.api.types.is_numeric_dtype(names):
        return False
    if isinstance(names.dtype, pd.CategoricalDtype):  # a few names, of many rows
        known = names.cat.categories.to_series()
        blank = only_spaces(known)
        return names.isin(known[blank]) if np.any(blank) else False
    known = names.unique()
    return names.isin([name for name in known if isinstance(name, str) and not name.strip()])


def check_groups(values: pd.Series, *, name: str) -> None:
    """Stop a column whose cells are lists or the like: rows cannot be grouped by them."""
    if values.dtype != object:
        return
    try:
        values.nunique()
    except TypeError as error:
        kinds = sorted({type(cell).__name__ for cell in values})
        raise DataError(
            f"{name} holds {', '.join(kinds)}; each cell must be one text or one number.\n"
            "Make text of it: tx[column] = tx[column].astype(str)."
        ) from error


def check_rfm(rfm: pd.DataFrame) -> None:
    """Stop a customer table that lacks R, F or M, or whose values are no numbers."""
    require_columns(rfm, [RECENCY, FREQUENCY, MONETARY], name="the customer table")
    if len(rfm) == 0:
        raise DataError("the customer table is empty: there is no customer to compare.")
    for name in [RECENCY, FREQUENCY, MONETARY]:
        check_numbers(rfm[name], name=f"column {name!r}")


def check_numbers(values: pd.Series, *, name: str) -> None:
    """Stop a Series that holds anything but finite numbers."""
    if not isinstance(values, pd.Series):
        raise DataError(f"{name} must be a pandas Series, but it is a {type(values).__name__}.")
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if not numeric:
        raise DataError(
            f"{name} holds {values.dtype} values, not numbers.\n"
            "Run clean_transactions(tx) first, or convert with pd.to_numeric(...)."
        )
    bad = ~np.isfinite(values.astype("float64").to_numpy(na_value=np.nan))
    if bad.any():
        raise DataError(
            f"{name} holds {bad.sum()} blank or infinite values; "
            f"the first belongs to {values.index[bad][0]!r}.\n"
            "Find them with df[~np.isfinite(df[column])] and mend or leave them out."
        )


def is_finite(value: object) -> bool:
    """Tell whether a value is a plain, finite number."""
    return isinstance(value, (int, float, np.number)) and bool(np.isfinite(value))


def on_threshold(values: pd.Series, cut: float) -> np.ndarray:
    """Tell which values sit on a threshold, but for the rounding noise of their sums."""
    return np.isclose(values.astype("float64"), cut, rtol=1e-9, atol=1e-9)


def some_customers(items: pd.Index) -> str:
    """Name the first customers of many."""
    shown = ", ".join(map(repr, items[:3]))
    return f"customers {shown}" + (f" and {len(items) - 3} more" if len(items) > 3 else "")
