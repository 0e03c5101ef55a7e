"""Measure from a ledger how many customers come back, by cohort and by period."""

import narwhals as nw
import numpy as np
import pandas as pd

from rfmkit.engines import add_up, ledger_lines, month_number, months, to_pandas
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, DataError

_PERIODS = {"W": "week", "M": "month", "Q": "quarter", "Y": "year"}


def cohort_retention(
    tx: object,
    *,
    period: str = "M",
    customer: str = "customer",
    date: str = "date",
    amount: str = "amount",
) -> pd.DataFrame:
    """Compute the share of each cohort that bought again after so many periods.

    A cohort is everybody whose first purchase *in this ledger* falls into one period. So the first
    cohort also holds old customers if the ledger starts in the middle of the firm's life, and the
    last period is too low if the ledger ends before the period does: cut both with
    `clean_transactions(tx, start=..., end=...)`. Returns are no purchases.

    Parameters
    ----------
    tx
        Transactions, one row an order line, of any engine; see `rfm_table`.
    period
        "W" (weeks from Monday), "M", "Q" or "Y".
    customer, date, amount
        Names of the columns to use; dates are dates, amounts are in the ledger's currency.

    Returns
    -------
    pandas.DataFrame
        One row a cohort, oldest first (index `cohort`, a period). Column `cohort_size`: customers.
        Columns 0, 1, 2, ...: share of them, 0 to 1, who bought that many periods after the first;
        0 is always 1, a period nobody bought in is 0, and what lies after the ledger's last
        period is blank. Someone who skips a period and comes back is counted again: shares can
        rise.

    Raises
    ------
    DataError
        If a column is missing, a cell is blank or no number or no date, there is no purchase, or
        `period` is not known.

    Notes
    -----
    Source: textbook section 5.2.2 needs how long customers stay; a cohort table is the plain
    measure.

    Examples
    --------
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "B", "A", "C"],
    ...     "date": pd.to_datetime(["2021-01-05", "2021-01-20", "2021-03-01", "2021-02-14"]),
    ...     "amount": [100, 80, 60, 50],
    ... })
    >>> cohort_retention(tx).loc["2021-01"].tolist()
    [2.0, 1.0, 0.0, 0.5]
    """
    bought = _active(tx, period, customer=customer, date=date, amount=amount)
    first = bought.groupby("customer", observed=True)["period"].transform("min")
    number = bought["period"].astype("int64")
    counts = (
        bought.assign(cohort=first, age=number - first.astype("int64"))
        .groupby(["cohort", "age"])
        .size()
        .unstack(fill_value=0)
    )
    last = int(number.max())
    ages = np.arange(last - int(number.min()) + 1)
    counts = counts.reindex(columns=ages, fill_value=0)
    oldest_seen = last - np.array([cohort.ordinal for cohort in counts.index])
    shares = counts.div(counts[0], axis=0).where(ages <= oldest_seen[:, np.newaxis])
    return pd.concat([counts[0].rename("cohort_size"), shares], axis=1).rename_axis(columns=None)


def churn_rate(
    tx: object,
    *,
    period: str = "M",
    customer: str = "customer",
    date: str = "date",
    amount: str = "amount",
) -> pd.DataFrame:
    """Compute the share of each period's buyers who did not buy in the next.

    Without a contract nobody says goodbye: who skips a period may be back later. So this churn is
    the stricter, the shorter the period; choose one that most customers buy in.

    Parameters
    ----------
    tx, period, customer, date, amount
        As for `cohort_retention`; its warning about the ledger's last period holds here too.

    Returns
    -------
    pandas.DataFrame
        One row a period but the last (index `period`). `customers`: who bought in it. `returned`:
        those of them who bought in the next. `retention`: returned / customers, 0 to 1.
        `churn`: 1 - retention. Both are blank where nobody bought. A ledger of one period gives no
        row. For one figure over all, take `returned.sum() / customers.sum()`.

    Raises
    ------
    DataError
        As `cohort_retention`.

    Notes
    -----
    Source: the customer-analysis slides (churn); the definition by neighbouring periods is the
    kit's choice.

    Examples
    --------
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "B", "A"],
    ...     "date": pd.to_datetime(["2021-01-05", "2021-01-20", "2021-02-01"]),
    ...     "amount": [100, 80, 60],
    ... })
    >>> churn_rate(tx)["churn"].tolist()
    [0.5]
    """
    bought = _active(tx, period, customer=customer, date=date, amount=amount)
    every = pd.period_range(bought["period"].min(), bought["period"].max(), freq=period)
    before = bought.assign(period=bought["period"] - 1)
    returned = bought.merge(before, on=["customer", "period"]).groupby("period").size()
    table = pd.DataFrame(
        {
            "customers": bought.groupby("period").size().reindex(every[:-1], fill_value=0),
            "returned": returned.reindex(every[:-1], fill_value=0),
        }
    ).astype("int64")
    table["retention"] = table["returned"] / table["customers"].where(table["customers"] > 0)
    table["churn"] = 1 - table["retention"]
    return table.rename_axis("period")


def _active(tx: object, period: str, *, customer: str, date: str, amount: str) -> pd.DataFrame:
    """List who bought in which period, each pair once."""
    if period not in _PERIODS:
        raise DataError(f"period {period!r} is not known; use one of {_PERIODS}.")
    lines = ledger_lines(tx, customer=customer, date=date, amount=amount)
    # A week may begin in one month and end in the next; other periods are made of whole months.
    part = nw.col(DATE).dt.truncate("1d") if period == "W" else month_number()
    lines = lines.with_columns(part=part, bought=(nw.col(AMOUNT) > 0).cast(nw.Int64))
    counts = to_pandas(add_up(lines, CUSTOMER, "part", n=nw.col("bought").sum()), CUSTOMER, "part")
    purchases = counts[counts["n"] > 0]
    if len(purchases) == 0:
        raise DataError("transactions hold no purchase (no amount above 0): nobody to follow.")
    parts = purchases["part"]
    periods = parts.dt.to_period("W") if period == "W" else months(parts).asfreq(period)
    return pd.DataFrame({"customer": purchases[CUSTOMER], "period": periods}).drop_duplicates()
