"""Check what a report is to be made from."""

import pandas as pd

from rfmkit.labels import LANGUAGES
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, RECENCY, DataError, require_columns
from rfmkit.validation import check_numbers, check_rfm, some_customers


def check_input(
    rfm: pd.DataFrame, day: pd.Timestamp, clean: pd.DataFrame | None, lang: str | None
) -> None:
    """Stop a table with a customer twice, a ledger that was not cleaned, or another today."""
    if lang is not None and lang not in LANGUAGES:
        raise DataError(
            f"lang={lang!r} is not a language of the kit. Choose one of {LANGUAGES}, "
            "or leave it out."
        )
    check_rfm(rfm)
    if not rfm.index.is_unique:
        twice = rfm.index[rfm.index.duplicated()].unique()
        raise DataError(
            f"the customer table holds {some_customers(twice)} more than once.\n"
            "Compute it anew with rfm_table(clean, today=...): one row a customer."
        )
    if clean is None:
        return
    require_columns(clean, [DATE, AMOUNT], name="clean")
    if not pd.api.types.is_datetime64_any_dtype(clean[DATE]):
        raise DataError(
            f"clean[{DATE!r}] holds {clean[DATE].dtype} values, not dates.\n"
            "Give what clean_transactions(tx) returned: clean, rejected = clean_transactions(tx)."
        )
    check_numbers(clean[AMOUNT], name=f"clean[{AMOUNT!r}]")
    _check_today(rfm, day, clean)


def _check_today(rfm: pd.DataFrame, day: pd.Timestamp, clean: pd.DataFrame) -> None:
    """Stop a today that is not the one recency was counted from, for all customers alike."""
    if CUSTOMER not in clean:
        return
    bought = clean[clean[AMOUNT] > 0]
    last = bought[DATE].dt.tz_localize(None).dt.normalize().groupby(bought[CUSTOMER]).max()
    both = rfm.index.intersection(last.index)
    if len(both) == 0:
        return
    counted_from = last[both] + pd.to_timedelta(rfm.loc[both, RECENCY].astype("float64"), unit="D")
    if (counted_from != day).all() and counted_from.nunique() == 1:
        raise DataError(
            f"today is given as {day:%Y-%m-%d}, but recency_days in the customer table was counted "
            f"from {counted_from.iloc[0]:%Y-%m-%d}.\n"
            "Give write_report the today that rfm_table had."
        )
