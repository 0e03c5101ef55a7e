"""Load a ledger and clean it; every row left out keeps its reason."""

from pathlib import Path

import pandas as pd

from rfmkit.dates import as_day
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    ORDER,
    QUANTITY,
    UNIT_PRICE,
    DataError,
)
from rfmkit.thresholds import round_sums
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
from rfmkit.transactions.files import read_ledger
from rfmkit.validation import require_columns


def load_transactions(
    path: str | Path, *, sheet: str | None = None, columns: dict[str, str] | None = None
) -> pd.DataFrame:
    """Read a ledger file, find its columns, and leave every cell as it is in the file.

    Parameters
    ----------
    path
        .xlsx, .xlsm, .csv, .txt, .tsv (these three also with .gz) or .parquet. Text may be UTF-8,
        UTF-16, Big5 (with HKSCS) or GB 18030, separated by commas, semicolons, tabs, "|" or spaces.
    sheet
        The sheet of a workbook. None takes the first visible sheet with the header of a ledger,
        and warns if there are more.
    columns
        Your headers, where the kit does not know them: ``{"customer": "買家", "amount": "實付"}``.

    Returns
    -------
    pandas.DataFrame
        One row per filled row of the file (entirely empty rows are skipped); index ``row``: its
        number in the file, the first row being 1. `customer`, `date` (as in the file), `order`
        if there, `amount` (money, as in the file, or quantity × unit price if the file has no
        amount), then all other columns. Formulas are not run: their stored value is read.
        ``attrs["source"]``: file, sheet, rows_read and columns ({their header: kit's name}).

    Raises
    ------
    DataError
        If the file, the sheet or the header cannot be used; the message says how to mend it.

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
    tx = read_ledger(path, sheet=sheet, columns=columns)
    if AMOUNT not in tx.columns:
        # Rounded, since 3 × 3.3 should read 9.9 and not 9.899999999999999.
        product = to_number(tx[QUANTITY]) * to_number(tx[UNIT_PRICE])
        tx[AMOUNT] = round_sums(product, product)
    first = [name for name in (CUSTOMER, DATE, ORDER, AMOUNT) if name in tx.columns]
    return tx[[*first, *(name for name in tx.columns if name not in first)]]


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
        A ledger with `customer`, `date`, `amount`, and if there `order`, `status`. Not changed.
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
        cancelled_order (a `status` that begins or ends with 取消, 作廢 or cancel; or an order
        together with its cancellation: "C" + its number, without a minus, of the same customer
        and total), returned_order (a `status` such as 退貨, 已退款, returned beside an amount
        that is not negative: the sale itself was taken back), unreadable_date, ambiguous_date,
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
    warn_similar_customers(clean[CUSTOMER])
    warn_repeated_rows(tx.columns, int((reason == "repeated_row").sum()))
    return clean, rejected
