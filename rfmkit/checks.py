"""Stop bad data with a sentence that tells what is wrong, where, and how to mend it."""

import numpy as np
import pandas as pd

from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError, require_columns


def as_day(value: object, *, name: str) -> pd.Timestamp:
    """Read a day from "2021-04-01", a date or a Timestamp, or explain what is wrong with it."""
    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError):
        day = pd.NaT
    if day is pd.NaT or isinstance(value, (int, float, bool)):
        raise DataError(f"{name} must be a day such as '2021-04-01', not {value!r}.")
    return day.tz_localize(None).normalize()


def check_ledger(
    tx: pd.DataFrame, today: pd.Timestamp, *, customer: str, date: str, amount: str
) -> None:
    """Stop a ledger that R, F, M cannot be computed from."""
    if len(tx) == 0:
        raise DataError("transactions is empty: there is no row to compute R, F, M from.")
    if not pd.api.types.is_datetime64_any_dtype(tx[date]):
        raise DataError(
            f"column {date!r} holds {tx[date].dtype} values, not dates; "
            f"its first is {tx[date].iloc[0]!r}.\n"
            "Run clean_transactions(tx) first: it reads dates and tells which it cannot."
        )
    for column in (customer, date):
        if tx[column].isna().any():
            raise DataError(
                f"{tx[column].isna().sum()} of {len(tx)} rows have no {column!r}.\n"
                "Run clean_transactions(tx) first: it sets such rows aside with their reason."
            )
    check_numbers(tx[amount], name=f"column {amount!r}")
    late = tx[tx[date].dt.tz_localize(None).dt.normalize() > today]
    if len(late):
        raise DataError(
            f"{len(late)} rows are dated after today ({today:%Y-%m-%d}); "
            f"the last is {late[date].max():%Y-%m-%d}.\n"
            "Give the day the analysis is made on, or leave later rows out: "
            "clean_transactions(tx, today=...)."
        )


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


def some_customers(items: pd.Index) -> str:
    """Name the first customers of many."""
    shown = ", ".join(map(repr, items[:3]))
    return f"customers {shown}" + (f" and {len(items) - 3} more" if len(items) > 3 else "")
