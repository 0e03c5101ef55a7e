"""Load a ledger and clean it; every row left out keeps its reason."""

import dataclasses
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from rfmkit.dates import as_day
from rfmkit.labels import label, language
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    EXCLUDE,
    ORDER,
    DataError,
)
from rfmkit.transactions.cells import tidy_text, to_date, to_number
from rfmkit.transactions.cleaning import (
    is_placeholder,
    no_rows_message,
    repeated_rows,
    row_reasons,
    set_reason,
    warn_repeated_rows,
    warn_similar_customers,
)
from rfmkit.transactions.files import join_ledgers, read_ledger
from rfmkit.transactions.mapping import LedgerMapping, load_mapping, presets
from rfmkit.transactions.rules import Ledger, apply_rules
from rfmkit.validation import require_columns


def load_transactions(
    path: str | Path | Sequence[str | Path],
    *,
    sheet: str | None = None,
    columns: dict[str, str] | None = None,
    mapping: LedgerMapping | str | Path | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Read a ledger file, find its columns, and leave every cell as it is in the file.

    Parameters
    ----------
    path
        .xlsx, .xlsm, .csv, .txt, .tsv (these three also with .gz) or .parquet; a list of files puts
        them below each other. Text may be in any encoding, separated by commas, semicolons, tabs,
        "|" or spaces.
    sheet
        The sheet of a workbook; "all" for every sheet with the header of a ledger. None takes the
        only visible one, and asks if there are more.
    columns
        Your headers, where the kit does not know them: ``{"customer": "買家", "amount": "實付"}``.
        Beside the columns of the result these may be "refund" (money given back), "currency",
        "rate" (to convert by), "kind" (type of document) and "payment_status".
    mapping
        A file that `save_mapping` wrote, or a `LedgerMapping`; the options below come first.
    **options
        ``encoding="cp1252"``; ``decimal=","``; ``header_row=13``; ``day_first=True`` (or False, or
        ``date_order="ymd"``); ``first_day="1899-12-30"`` for dates that are day numbers;
        ``visits="day"`` (F counts days); ``totals="order"`` (the amount is the order's, on each of
        its lines); ``fill_down=True``; ``currency="TWD"``; ``count=["..."]`` and
        ``leave_out=["..."]`` (statuses); ``preset="shopify"`` or "none".

    Returns
    -------
    pandas.DataFrame
        One row per filled row of the file (entirely empty rows are skipped); index ``row``: its
        number in the file, the first row being 1. `customer`, `date` (as in the file), `order`
        if there, `amount` (money, as in the file, or quantity × unit price if the file has no
        amount), then all other columns. A shop's export may get `exclude`: the reason why a row
        counts for nothing. Formulas are not run: their stored value is read.
        ``attrs["source"]``: file, sheet, rows_read, columns ({their header: kit's name}) and
        reading, which `reading_lines` describes.

    Raises
    ------
    DataError
        If the file, the sheet or the header cannot be used; the message says how to mend it.
    LedgerQuestion
        If it can be read in two ways; the message names the option that decides.

    Notes
    -----
    Source: textbook section 5.4 (the firm's 交易記錄.xlsx).

    Examples
    --------
    >>> load_transactions("交易.pdf")
    Traceback (most recent call last):
    ...
    rfmkit.schema.DataError: 找不到檔案 交易.pdf。
    請檢查檔名與資料夾：那裡沒有名稱相近的檔案。
    """
    if not isinstance(mapping, LedgerMapping):
        mapping = LedgerMapping() if mapping is None else load_mapping(mapping)
    if (day_first := options.pop("day_first", None)) is not None:
        options["date_order"] = "dmy" if day_first else "mdy"
    if columns is not None and not isinstance(columns, Mapping):
        raise DataError(label("ledger.columns", columns=columns))
    known = {one.name for one in dataclasses.fields(LedgerMapping)}
    if unknown := sorted(options.keys() - known):
        raise DataError(label("mapping.no_option", unknown=unknown, known=sorted(known)))
    own = {str(role): str(header) for role, header in (columns or {}).items()}
    mapping = mapping.with_options(sheet=sheet, columns=own, **options)
    paths = [path] if isinstance(path, (str, PathLike)) or path is None else [*path]
    tx = join_ledgers([read_ledger(one, mapping=mapping) for one in paths], "file")
    source = tx.attrs["source"]
    tx = apply_to_source(tx, source, mapping)
    first = [name for name in (CUSTOMER, DATE, ORDER, AMOUNT) if name in tx.columns]
    tx = tx[[*first, *(name for name in tx.columns if name not in first)]]
    tx.attrs["source"] = source
    return tx


def apply_to_source(
    tx: pd.DataFrame, source: dict[str, Any], mapping: LedgerMapping
) -> pd.DataFrame:
    """Apply the rules of a shop's export, and note in `source` how it was read."""
    reading = source["reading"]
    preset = presets()[reading["preset_key"]] if reading["preset_key"] else None
    ledger = Ledger(
        tx,
        mapping,
        preset,
        marks=reading["marks"],
        headers={role: header for header, role in source["columns"].items()},
        separator=reading["separator"],
        facts={
            name: reading[name]
            for name in ("others", "customer_table", "where", "in_parts")
            if name in reading
        },
    )
    tx = apply_rules(ledger)
    facts = {name: fact for name, fact in ledger.facts.items() if name != "written"}
    reading |= {**facts, "notes": ledger.notes}
    reading["negative_rows"] = int((to_number(tx[AMOUNT]) < 0).sum())
    if preset is not None:
        note = preset.notes.get(language(), "")
        reading["preset"] = {"name": preset.name, "note": note}
    return tx


def clean_transactions(
    tx: pd.DataFrame,
    *,
    start: object = None,
    end: object = None,
    today: object = None,
    returns: str = "net",
    repeats: str = "drop",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split a ledger into rows to count and rows left out, each of these with its reason.

    Parameters
    ----------
    tx
        A ledger with `customer`, `date`, `amount`, and if there `order`, `status` and `exclude` (a
        reason to leave the row out, decided when the export was read). Not changed.
    start, end
        First and last day of the period, both included to their last second.
    today
        The day of the analysis; later rows are left out as `future_date`.
    returns
        "net" keeps returns (negative amounts) of customers who bought something: money given back
        was never earned, so it must lower M; a return is no visit, so R and F pass over it.
        "drop" leaves returns out: M is then what was bought, whatever came back.
    repeats
        "drop" keeps the first of rows equal in every column after tidying, as a row entered twice
        doubles F and M. In a ledger without line numbers an order may hold two honest equal
        lines: "keep" keeps them.

    Returns
    -------
    clean : pandas.DataFrame
        The rows to count, index as in `tx`: `customer` (text), `date` (datetime64, time of day
        kept), `order` (text, if there), `amount` (float64, money); other columns untouched.
    rejected : pandas.DataFrame
        The other rows with their cells as in `tx`, and `reason`: the first that fits of
        blank_customer (also NULL, N/A, -, 無 and the like), test_order,
        cancelled_order (a `status` such as 已取消, 不成立, voided; or an order together with its
        cancellation: "C" + its number, without a minus, of the same customer and total),
        returned_order (a `status` such as 退貨, 已退款, returned beside an amount that is not
        negative: the sale itself was taken back), unpaid_order (未付款, failed, pending),
        not_an_order (a draft, a quote, a deal that is not won), unreadable_date, ambiguous_date,
        future_date, outside_period, unreadable_amount, infinite_amount (or beyond 10**15),
        zero_amount (nothing was paid), repeated_row, return, return_without_purchase (no
        purchase among the rows kept).

    Raises
    ------
    DataError
        If a column is missing or no row can be used; if an option or a day is not understood.

    Notes
    -----
    A DataWarning names customers that look alike (7 and 007, c01 and C01; they stay apart),
    statuses that may undo an order and are not understood (their rows are kept), and tells of
    repeated_rows rows left out of a ledger with neither order nor line numbers.
    Source: textbook section 5.4.

    Examples
    --------
    >>> tx = pd.DataFrame({"customer": ["C01", None], "date": ["2021/3/5", "2021/3/6"],
    ...                    "amount": ["1,200", "90"]})
    >>> clean, rejected = clean_transactions(tx)
    >>> clean["amount"].tolist(), rejected["reason"].tolist()
    ([1200.0], ['blank_customer'])
    """
    require_columns(tx, [CUSTOMER, DATE, AMOUNT], name="transactions")
    if not tx.columns.is_unique or "reason" in tx.columns:
        raise DataError(
            f"transactions has columns {[*tx.columns]}; each name may stand there once, and "
            "'reason' not at all.\nRename a column with df.rename(columns={...}) or df.drop it."
        )
    for name, value, known in (
        ("returns", returns, ("net", "drop")),
        ("repeats", repeats, ("drop", "keep")),
    ):
        if value not in known:
            raise DataError(f"{name}={value!r} is not understood. Choose one of {known}.")
    first, last, now = (
        None if day is None else as_day(day, name=name)
        for name, day in (("start", start), ("end", end), ("today", today))
    )
    if first is not None and last is not None and first > last:
        raise DataError(f"start {first.date()} lies after end {last.date()}. Exchange the two.")

    # Inside, rows go by position: the index of the ledger may repeat itself.
    raw = tx.reset_index(drop=True)
    tidy = raw.copy()
    tidy[CUSTOMER], tidy[AMOUNT] = tidy_text(raw[CUSTOMER]), to_number(raw[AMOUNT])
    tidy[DATE], ambiguous = to_date(raw[DATE])
    if ORDER in raw:
        tidy[ORDER] = tidy_text(raw[ORDER])
        tidy[ORDER] = tidy[ORDER].mask(is_placeholder(tidy[ORDER]))
    reason = row_reasons(tidy, ambiguous, first, last, now)
    if repeats == "drop":
        set_reason(reason, repeated_rows(tidy, reason.isna()), "repeated_row")
    if returns == "drop":
        set_reason(reason, tidy[AMOUNT] < 0, "return")
    buyers = tidy.loc[reason.isna() & (tidy[AMOUNT] > 0), CUSTOMER].unique()
    set_reason(reason, ~tidy[CUSTOMER].isin(buyers), "return_without_purchase")

    kept = reason.isna().to_numpy()
    if not kept.any():
        raise DataError(no_rows_message(raw.set_axis(tx.index), tidy[DATE], reason))
    clean, rejected = tidy[kept], raw[~kept].assign(reason=reason[~kept])
    clean.index, rejected.index = tx.index[kept], tx.index[~kept]
    clean, rejected = (half.drop(columns=EXCLUDE, errors="ignore") for half in (clean, rejected))
    warn_similar_customers(clean[CUSTOMER])
    warn_repeated_rows(tx.columns, int((reason == "repeated_row").sum()))
    return clean, rejected
