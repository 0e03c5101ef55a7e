"""Say why a row of a ledger is left out."""

import re
import warnings

import numpy as np
import pandas as pd

from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    ORDER,
    QUANTITY,
    STATUS,
    UNIT_PRICE,
    DataWarning,
)
from rfmkit.transactions.cells import tidy_text, to_number

# The whole cell must be a test marker: "TEST-001" is one, "Contest Ltd" and "Test Rite" are not.
_TEST = (
    r"(?:tests?|[測测][試试])[\s_\-#]*(?:orders?|customers?|clients?|accounts?|[訂订][單单]"
    r"|客[戶户]|[會会][員员]|[顧顾]客|[帳账][號号]|用)?[\s_\-#]*\d*"
)
_CANCELLED = (
    r"(?:[訂订][單单]|交易)?已?(?:取消|作[廢废])(?:[訂订][單单]|交易)?"
    r"|cancel|cancell?ed|void|voided"
)
_DAY_ONE = pd.Timestamp("1899-12-30")  # day 0 of Excel's calendar


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
    mark(reason, customer.isna(), "blank_customer")
    mark(reason, _is(customer, _TEST), "test_order")
    if ORDER in tidy:
        mark(reason, _is(tidy[ORDER], _TEST), "test_order")
    if STATUS in tidy:
        mark(reason, _is(tidy_text(tidy[STATUS]), _CANCELLED), "cancelled_order")
    if ORDER in tidy:
        mark(reason, tidy[ORDER].isin(_cancelled(tidy[ORDER], amount)), "cancelled_order")
    mark(reason, date.isna() & ~ambiguous, "unreadable_date")
    mark(reason, ambiguous, "ambiguous_date")
    if now is not None:
        mark(reason, date >= now + one_day, "future_date")
    if first is not None:
        mark(reason, date < first, "outside_period")
    if last is not None:
        mark(reason, date >= last + one_day, "outside_period")
    mark(reason, amount.isna(), "unreadable_amount")
    mark(reason, np.isinf(amount), "infinite_amount")
    mark(reason, amount == 0, "zero_amount")
    return reason


def mark(reason: pd.Series, rows: pd.Series, code: str) -> None:
    """Write a reason beside the rows that have none yet."""
    reason[rows.to_numpy(dtype=bool) & reason.isna().to_numpy()] = code


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


def nothing_left(raw: pd.DataFrame, reason: pd.Series) -> str:
    """Count the reasons, with one row each as an example, and say how to mend."""
    if raw.empty:
        return "the ledger has no rows. Load one with load_transactions(path)."
    lines = [f"no row of the ledger can be used; {len(raw)} rows were read:"]
    for code, count in reason.value_counts().items():
        place = int(np.flatnonzero(reason == code)[0])
        cells = ", ".join(f"{name} {raw.iloc[place][name]!r}" for name in (CUSTOMER, DATE, AMOUNT))
        lines.append(f"- {code}: {count}, for instance row {raw.index[place]}: {cells}")
    days = to_number(raw[DATE].where((reason == "unreadable_date").to_numpy()))
    days = days[days.between(20_000, 80_000)]
    if len(days):
        day = (_DAY_ONE + pd.Timedelta(days=int(days.iloc[0]))).date()
        lines.append(
            f"A date such as {days.iloc[0]:g} would be {day} as an Excel day number. "
            "In Excel format the column as a date and save; or in Python: "
            'tx["date"] = pd.to_datetime(tx["date"].astype(float), unit="D", origin="1899-12-30").'
        )
    lines.append("Mend these cells, the period (start, end, today), or columns={…} of the loading.")
    return "\n".join(lines)


def warn_of_lookalikes(customers: pd.Series) -> None:
    """Name customers that differ in leading zeros, capitals or spaces alone."""
    names = pd.Series(customers.unique(), dtype=object)
    bare = names.map(lambda name: re.sub(r"\s", "", name).casefold().lstrip("0"))
    twins = names.groupby(bare).agg(list)
    twins = [" / ".join(map(repr, group)) for group in twins if len(group) > 1]
    if twins:
        more = f" and {len(twins) - 5} more" if len(twins) > 5 else ""
        warnings.warn(
            f"customers that look alike are counted apart: {'; '.join(twins[:5])}{more}.\n"
            'If they are one: tx["customer"] = tx["customer"].replace({"old": "new"}).',
            DataWarning,
            stacklevel=3,
        )


def _cancelled(order: pd.Series, amount: pd.Series) -> set[str]:
    """Find orders cancelled by another: "C" + number without a minus, and the number itself.

    With a minus the row is a return, and takes its money off by itself.
    """
    orders = set(order[amount >= 0].dropna())
    cancels = {one for one in orders if one[0] in "Cc" and one[1:] in orders}
    return cancels | {one[1:] for one in cancels}
