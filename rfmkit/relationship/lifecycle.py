"""Find the phase of each customer's relationship from the spend of its months.

Source: the customer-analysis slides, section 3.2.
"""

import narwhals as nw
import numpy as np
import pandas as pd

from rfmkit.engines import add_up, ledger_lines, month_number, months, to_pandas
from rfmkit.labels import label
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, DataError
from rfmkit.strategies import SCHEMES, class_name
from rfmkit.thresholds import as_tiers, is_above, is_below
from rfmkit.validation import (
    check_numbers,
    check_one_row_each,
    holds_dates,
    is_finite,
    require_columns,
)


def monthly_spend(tx: object) -> pd.DataFrame:
    """Sum the spend of every customer in every month, with 0 where there is none.

    Parameters
    ----------
    tx
        Transactions with `customer`, `date` and `amount` (money; returns negative), of any
        engine; see `rfm_table`.

    Returns
    -------
    pandas.DataFrame
        One row a customer (sorted), one column a month ("2021-03"), oldest first and without
        gaps, in money. `lifecycle_phase` reads it.

    Raises
    ------
    DataError
        If a column is missing or empty, or dates or amounts are blank or of the wrong type.

    Examples
    --------
    >>> tx = pd.DataFrame({"customer": ["A", "A"], "amount": [5.0, 7.0],
    ...                    "date": pd.to_datetime(["2021-01-09", "2021-03-02"])})
    >>> monthly_spend(tx).loc["A"].to_dict()
    {'2021-01': 5.0, '2021-02': 0.0, '2021-03': 7.0}
    """
    if isinstance(tx, pd.DataFrame):
        _check_months(tx)
    lines = ledger_lines(tx).with_columns(month=month_number())
    spend = to_pandas(add_up(lines, CUSTOMER, "month", spend=nw.col(AMOUNT).sum()), CUSTOMER)
    if len(spend) == 0:
        raise DataError("transactions is empty: there is no month to sum.")
    spend["month"] = months(spend["month"])
    table = spend.pivot(index=CUSTOMER, columns="month", values="spend").fillna(0.0)
    every = pd.period_range(spend["month"].min(), spend["month"].max(), freq="M")
    table = table.reindex(columns=every, fill_value=0.0)
    return table.set_axis([str(period) for period in every], axis="columns")


def _check_months(tx: pd.DataFrame) -> None:
    require_columns(tx, [CUSTOMER, DATE, AMOUNT], name="transactions")
    if len(tx) == 0:
        raise DataError("transactions is empty: there is no month to sum.")
    if not holds_dates(tx[DATE]):
        raise DataError(
            f"column {DATE!r} holds {tx[DATE].dtype} values, not dates.\n"
            "Run clean_transactions(tx) first: it reads dates and tells which it cannot."
        )
    if tx[[CUSTOMER, DATE]].isna().any(axis=None):
        raise DataError(
            "transactions has rows without a customer or a date.\n"
            "Run clean_transactions(tx) first: it sets such rows aside with their reason."
        )


def lifecycle_phase(
    history: pd.DataFrame, *, window: int = 3, change: float = 0.2, low: float = 0.5
) -> pd.Series:
    """Classify the phase of each customer by monthly spend: build, grow, hold or decline.

    The mean of the last `window` months is compared with that of the `window` before and with the
    customer's best `window` in a row. The first rule that fits decides:

    1. first purchase within the last `window` months: build;
    2. at or below `low` of the best, or at or below 1 - `change` of the window before: decline;
    3. at or above 1 + `change` of the window before: grow;
    4. otherwise: hold.

    Parameters
    ----------
    history
        One row a customer, one column a month in order of time, in money; from `monthly_spend`.
    window
        Months compared, at least 1; the history must hold twice as many.
    change
        The rise or fall that counts, as a share from 0 to 1.
    low
        The share of the best window at which a customer counts as declined.

    Returns
    -------
    pandas.Series
        `lifecycle:build`, `:grow`, `:hold`, `:decline`, an ordered categorical. Blank for who has
        never bought. Who comes back stays in decline until over `low` of the old best.

    Raises
    ------
    DataError
        If the months are too few or out of order, a customer stands twice, or a cell is blank.

    Notes
    -----
    Source: the customer-analysis slides, section 3.2.1, tells the profit of a phase (small; rising;
    high and stable; falling) and gives no rule; this one is the kit's own (K).

    Examples
    --------
    >>> history = pd.DataFrame([[0, 0, 0, 0, 4, 5], [5, 5, 5, 9, 9, 9], [9, 9, 9, 1, 0, 0]],
    ...                        columns=[f"2021-0{month}" for month in range(1, 7)])
    >>> lifecycle_phase(history).tolist()
    ['lifecycle:build', 'lifecycle:grow', 'lifecycle:decline']
    """
    _check_history(history, window)
    for name, value in (("change", change), ("low", low)):
        if not is_finite(value) or not 0 < value < 1:
            raise DataError(f"{name} must be a share between 0 and 1, not {value!r}.")
    spend = history.astype("float64")
    windows = spend.T.rolling(window).mean().T
    recent, earlier = windows.iloc[:, -1], windows.iloc[:, -1 - window]
    best = windows.max(axis="columns")
    bought = pd.DataFrame(is_above(spend, 0), index=spend.index, columns=spend.columns)
    new = bought.any(axis="columns") & ~bought.iloc[:, :-window].any(axis="columns")
    tier_numbers = np.select(
        [
            ~bought.any(axis="columns"),
            new,
            ~is_above(recent, low * best) | ~is_above(recent, (1 - change) * earlier),
            ~is_below(recent, (1 + change) * earlier),
        ],
        [-1, 0, 3, 1],
        default=2,
    )
    return as_tiers(tier_numbers, SCHEMES["lifecycle"], history.index)


def phase_name(
    codes: str | pd.Series, *, naming: str = "standard", lang: str | None = None
) -> str | pd.Series:
    """Return the name of a phase, as usual or as the customer-analysis slides rename it.

    Parameters
    ----------
    codes
        One code of `lifecycle_phase`, or a Series of them.
    naming
        "standard" (考察, 形成, 穩定, 退化) or "slides" (建立, 發展, 維持, 恢復).
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    str or pandas.Series
        The name, or one a customer; a blank phase stays blank.

    Raises
    ------
    DataError
        If a code is no phase or the naming is neither.

    Notes
    -----
    Source: the customer-analysis slides, section 3.2.1. Its 恢復 (recovery) holds the profile of
    decline.

    Examples
    --------
    >>> phase_name("lifecycle:decline", naming="slides", lang="zh-TW")
    '恢復期'
    """
    codes_in = [codes] if isinstance(codes, str) else list(pd.Series(codes).dropna().unique())
    unknown = [code for code in codes_in if code not in SCHEMES["lifecycle"]]
    if unknown:
        raise DataError(f"{unknown[0]!r} is no phase; the phases are {SCHEMES['lifecycle']}.")
    if naming == "standard":
        return class_name(codes, lang=lang)
    if naming != "slides":
        raise DataError(f"naming must be 'standard' or 'slides', not {naming!r}.")
    names = {code: label(code.replace("lifecycle:", "lifecycle001."), lang) for code in codes_in}
    return names[codes] if isinstance(codes, str) else codes.astype(object).map(names)


def _check_history(history: pd.DataFrame, window: int) -> None:
    require_columns(history, [], name="history")
    if not isinstance(window, int) or isinstance(window, bool) or window < 1:
        raise DataError(f"window must be a whole number of months, 1 or more, not {window!r}.")
    if len(history) == 0:
        raise DataError("history is empty: there is no customer to place.")
    if history.shape[1] < 2 * window:
        raise DataError(
            f"history holds {history.shape[1]} months; a window of {window} needs {2 * window}.\n"
            "Give a longer history, or a smaller window."
        )
    if not (history.columns.is_monotonic_increasing and history.columns.is_unique):
        raise DataError(
            f"the months of history are not in order of time: {list(history.columns)}.\n"
            "Take monthly_spend(tx), or sort: history.sort_index(axis='columns')."
        )
    check_one_row_each(history.index, name="history")
    for month in history:
        check_numbers(history[month], name=f"month {month!r}")
