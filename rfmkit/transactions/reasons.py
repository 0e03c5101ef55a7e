"""Say why a row of a ledger is left out."""

import re

import numpy as np
import pandas as pd

from rfmkit.schema import AMOUNT, CUSTOMER, DATE, ORDER, QUANTITY, STATUS, UNIT_PRICE
from rfmkit.transactions.cells import tidy_text, to_number
from rfmkit.transactions.undone import in_cancelled_orders, read_status

# The whole cell must be a test marker: "TEST-001" is one, "Contest Ltd" and "Test Rite" are not.
TEST = (
    r"(?:tests?|[測测][試试])[\s_\-#]*(?:orders?|customers?|clients?|accounts?|[訂订][單单]"
    r"|客[戶户]|[會会][員员]|[顧顾]客|[帳账][號号]|用)?[\s_\-#]*\d*"
)
# No firm has such an amount, and sums of larger ones lose their units, or are infinite.
MOST = 1e15
# What people and programs write where there is no customer or no order number.
NOTHING = r"null|none|nan|n/a|[-\u2010-\u2015]+|[無无]|\(?空白\)?|\(?blank\)?"


def reasons_of(
    tidy: pd.DataFrame,
    ambiguous: pd.Series,
    first: pd.Timestamp | None,
    last: pd.Timestamp | None,
    now: pd.Timestamp | None,
) -> pd.Series:
    """Give each row the first reason that speaks against it on its own."""
    reason = pd.Series(np.nan, index=tidy.index, dtype=object)
    customer, date, amount = tidy[CUSTOMER], tidy[DATE], tidy[AMOUNT]
    one_day = pd.Timedelta(days=1)
    mark(reason, customer.isna() | is_nothing(customer), "blank_customer")
    mark(reason, is_test(customer), "test_order")
    if ORDER in tidy:
        mark(reason, is_test(tidy[ORDER]), "test_order")
    if STATUS in tidy:
        cancelled, returned = read_status(tidy_text(tidy[STATUS]))
        mark(reason, cancelled, "cancelled_order")
        mark(reason, returned & (amount >= 0), "returned_order")
    if ORDER in tidy:
        mark(reason, in_cancelled_orders(tidy), "cancelled_order")
    mark(reason, date.isna() & ~ambiguous, "unreadable_date")
    mark(reason, ambiguous, "ambiguous_date")
    if now is not None:
        mark(reason, date >= now + one_day, "future_date")
    if first is not None:
        mark(reason, date < first, "outside_period")
    if last is not None:
        mark(reason, date >= last + one_day, "outside_period")
    mark(reason, amount.isna(), "unreadable_amount")
    mark(reason, amount.abs() > MOST, "infinite_amount")
    mark(reason, amount == 0, "zero_amount")
    return reason


def mark(reason: pd.Series, rows: pd.Series, code: str) -> None:
    """Write a reason beside the rows that have none yet."""
    reason[rows.to_numpy(dtype=bool) & reason.isna().to_numpy()] = code


def is_nothing(text: pd.Series) -> pd.Series:
    """Tell which cells say that there is nothing, such as NULL, N/A, - or 無."""
    return _is(text, NOTHING)


def is_test(text: pd.Series) -> pd.Series:
    """Tell which cells are a test marker."""
    return _is(text, TEST)


def _is(text: pd.Series, pattern: str) -> pd.Series:
    """Tell which cells are the pattern from end to end, whatever their case."""
    known = [cell for cell in text.dropna().unique() if re.fullmatch(pattern, cell, re.IGNORECASE)]
    return text.isin(known)


def repeated(tidy: pd.DataFrame, rows: pd.Series) -> pd.Series:
    """Tell which of the rows repeat an earlier one in every column, however it was typed."""
    numbers = {QUANTITY, UNIT_PRICE}
    same = {name: tidy[name] if name in (CUSTOMER, DATE, ORDER, AMOUNT)
            else to_number(tidy[name]) if name in numbers else tidy_text(tidy[name])
            for name in tidy}  # fmt: skip
    return rows & pd.DataFrame(same)[rows].duplicated().reindex(rows.index, fill_value=False)
