"""Decide which rows of a ledger are left out, and why."""

import re
import warnings

import numpy as np
import pandas as pd

from rfmkit.labels import join_names, label, language
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    EXCLUDE,
    LINE,
    ORDER,
    QUANTITY,
    SOURCE_FILE,
    SOURCE_SHEET,
    STATUS,
    UNIT_PRICE,
    DataWarning,
)
from rfmkit.thresholds import is_on
from rfmkit.transactions.cells import tidy_text, to_number
from rfmkit.transactions.status import REASONS, meanings

# The whole cell must be a test marker: "TEST-001" is one, "Contest Ltd" is not.
TEST_MARKER = (
    r"(?:tests?|[測测][試试])[\s_\-#]*(?:orders?|customers?|clients?|accounts?|[訂订][單单]"
    r"|客[戶户]|[會会][員员]|[顧顾]客|[帳账][號号]|用)?[\s_\-#]*\d*"
)
# No firm has such an amount, and sums of larger ones lose their units, or are infinite.
MAX_AMOUNT = 1e15
_VARIANTS = str.maketrans("臺", "台")
# What people and programs write where there is no customer or no order number.
PLACEHOLDER = r"null|none|nan|n/a|[-\u2010-\u2015]+|[無无]|\(?空白\)?|\(?blank\)?"
_EXCEL_EPOCH = pd.Timestamp("1899-12-30")  # day 0 of Excel's calendar


def row_reasons(
    tidy: pd.DataFrame,
    ambiguous: pd.Series,
    first: pd.Timestamp | None,
    last: pd.Timestamp | None,
    now: pd.Timestamp | None,
) -> pd.Series:
    """Return the first reason to leave out each row by itself; missing where there is none."""
    reason = pd.Series(np.nan, index=tidy.index, dtype=object)
    customer, date, amount = tidy[CUSTOMER], tidy[DATE], tidy[AMOUNT]
    one_day = pd.Timedelta(days=1)
    if EXCLUDE in tidy:  # decided when the export was read
        for code in tidy[EXCLUDE].dropna().unique():
            set_reason(reason, tidy[EXCLUDE] == code, code)
    set_reason(reason, customer.isna() | is_placeholder(customer), "blank_customer")
    set_reason(reason, is_test_marker(customer), "test_order")
    if ORDER in tidy:
        set_reason(reason, is_test_marker(tidy[ORDER]), "test_order")
    if STATUS in tidy and EXCLUDE not in tidy:
        undone = read_status(tidy_text(tidy[STATUS]))
        given_back = (undone == "returned_order") & ~(amount >= 0)
        for code in undone[~given_back].dropna().unique():
            set_reason(reason, (undone == code) & ~given_back, code)
    if ORDER in tidy:
        set_reason(reason, in_cancelled_orders(tidy), "cancelled_order")
    set_reason(reason, date.isna() & ~ambiguous, "unreadable_date")
    set_reason(reason, ambiguous, "ambiguous_date")
    if now is not None:
        set_reason(reason, date >= now + one_day, "future_date")
    if first is not None:
        set_reason(reason, date < first, "outside_period")
    if last is not None:
        set_reason(reason, date >= last + one_day, "outside_period")
    set_reason(reason, amount.isna(), "unreadable_amount")
    set_reason(reason, amount.abs() > MAX_AMOUNT, "infinite_amount")
    set_reason(reason, amount == 0, "zero_amount")
    return reason


def set_reason(reason: pd.Series, rows: pd.Series, code: str) -> None:
    """Write a reason for the rows that have none yet."""
    reason[rows.to_numpy(dtype=bool) & reason.isna().to_numpy()] = code


def is_placeholder(text: pd.Series) -> pd.Series:
    """Find cells that stand for nothing, such as NULL, N/A, - or 無."""
    return _matches(text, PLACEHOLDER)


def is_test_marker(text: pd.Series) -> pd.Series:
    """Find cells that are a test marker."""
    return _matches(text, TEST_MARKER)


def _matches(text: pd.Series, pattern: str) -> pd.Series:
    """Find cells that match the pattern in full, in capitals or not."""
    known = [cell for cell in text.dropna().unique() if re.fullmatch(pattern, cell, re.IGNORECASE)]
    return text.isin(known)


def repeated_rows(tidy: pd.DataFrame, rows: pd.Series) -> pd.Series:
    """Find rows that equal an earlier one in every column after tidying."""
    numbers = {QUANTITY, UNIT_PRICE}
    same = {
        name: tidy[name]
        if name in (CUSTOMER, DATE, ORDER, AMOUNT)
        else to_number(tidy[name])
        if name in numbers
        else tidy_text(tidy[name])
        for name in tidy.columns.difference([SOURCE_FILE, SOURCE_SHEET], sort=False)
    }
    return rows & pd.DataFrame(same)[rows].duplicated().reindex(rows.index, fill_value=False)


def read_status(status: pd.Series) -> pd.Series:
    """Return the reason to leave out each row by its status; missing where it counts.

    Returns
    -------
    pandas.Series
        cancelled_order, returned_order, unpaid_order, not_an_order (a quote, a cart), or missing.

    Warns
    -----
    DataWarning
        If a status mentions cancelling or returning and is neither for certain.
    """
    found = meanings(status)
    unsure = [text for text, meaning in found.items() if meaning == "unsure"]
    if unsure:
        listed = join_names(map(repr, unsure[:5]))
        if len(unsure) > 5:
            listed = label("ledger.more", listed=listed, count=len(unsure) - 5)
        text = label("ledger.unsure_status", listed=listed, first=unsure[0])
        warnings.warn(text, DataWarning, stacklevel=5)
    reasons = {text: REASONS[meaning] for text, meaning in found.items() if meaning in REASONS}
    return status.map(reasons).astype(object)


def in_cancelled_orders(tidy: pd.DataFrame) -> pd.Series:
    """Find orders cancelled by an order "C" + their number, of the same customer and total.

    A negative amount is a return and lowers the total by itself. An order called C100 of another
    customer, or of another total, cancels nothing.
    """
    sold = tidy[tidy[AMOUNT] >= 0]
    names = set(sold[ORDER].dropna())
    cancels = {name: name[1:] for name in names if name[0] in "Cc" and name[1:] in names}
    found = pd.Series(False, index=tidy.index)
    if not cancels:
        return found
    concerned = sold[sold[ORDER].isin({*cancels, *cancels.values()})]
    sums = concerned.groupby([CUSTOMER, ORDER])[AMOUNT].sum()
    for (customer, name), total in sums.items():
        other = (customer, cancels.get(name, ""))
        if other in sums.index and is_on([total], sums[other]):
            both = tidy[ORDER].isin([name, cancels[name]])
            found |= (tidy[CUSTOMER] == customer) & both
    return found


def no_rows_message(raw: pd.DataFrame, dates: pd.Series, reason: pd.Series) -> str:
    """Write how many rows each reason left out, with one as an example, and how to mend them."""
    if raw.empty:
        return label("ledger.nothing_loaded")
    lines = [label("ledger.nothing_left", rows=len(raw))]
    for code, count in reason.value_counts().items():
        place = int(np.flatnonzero(reason == code)[0])
        cells = label("cli.comma").join(
            f"{name if language() == 'en' else label(f'column.{name}')} "
            f"{_cell_text(raw.iloc[place][name])}"
            for name in (CUSTOMER, DATE, AMOUNT)
        )
        lines.append(
            label(
                "ledger.left_for",
                reason=label(f"reason.{code}"),
                code=code,
                count=count,
                row=_cell_text(raw.index[place]),
                cells=cells,
            )
        )
    codes = set(reason)
    days = to_number(raw[DATE].where((reason == "unreadable_date").to_numpy()))
    days = days[days.between(20_000, 80_000)]
    if len(days):
        day = (_EXCEL_EPOCH + pd.Timedelta(days=int(days.iloc[0]))).date()
        lines.append(label("ledger.day_number", number=f"{days.iloc[0]:g}", day=day))
    if codes & {"outside_period", "future_date"} and dates.notna().any():
        first, last = f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}"
        lines.append(label("ledger.dates_run", first=first, last=last))
    if "zero_amount" in codes:
        lines.append(label("ledger.zero"))
    lines.append(label("ledger.mend"))
    return "\n".join(lines)


def _cell_text(cell: object) -> str:
    """Write a cell for a message, without type names."""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}" if cell == cell.normalize() else f"{cell:%Y-%m-%d %H:%M}"
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return label("ledger.blank")
    if isinstance(cell, np.generic):
        cell = cell.item()
    return repr(cell) if isinstance(cell, str) else str(cell)


def warn_similar_customers(customers: pd.Series) -> None:
    """Warn of customers that differ only in leading zeros, capitals, spaces or a ".0"."""
    names = pd.Series(customers.unique(), dtype=object)
    normalised = names.map(_normalised_name)
    similar = names.groupby(normalised).agg(list)
    similar = [" / ".join(map(repr, group)) for group in similar if len(group) > 1]
    if similar:
        listed = "; ".join(similar[:5])
        if len(similar) > 5:
            listed = label("ledger.more", listed=listed, count=len(similar) - 5)
        warnings.warn(label("ledger.lookalikes", twins=listed), DataWarning, stacklevel=3)


def _normalised_name(name: str) -> str:
    name = re.sub(r"\s", "", name).casefold().translate(_VARIANTS)
    name = re.sub(r"(\d)\.0+$", r"\1", name)
    if re.fullmatch(r"\+?[\d().-]{8,}", name):  # a phone: 0912-345-678 is +886 912 345 678
        name = re.sub(r"^886", "0", re.sub(r"\D", "", name))
    return (re.sub(r"[.,'’\-_/&()（）]", "", name) or name).lstrip("0")


def warn_repeated_rows(columns: pd.Index, count: int) -> None:
    """Warn of repeated rows dropped from a ledger with neither order nor line numbers."""
    if count and ORDER not in columns and LINE not in columns:
        message = label("ledger.repeats.one")
        if count > 1:
            message = label("ledger.repeats.many", count=f"{count:,}")
        warnings.warn(message, DataWarning, stacklevel=3)
