"""Count repeat purchases for BG/NBD and Gamma-Gamma."""

import narwhals as nw
import pandas as pd

from rfmkit.dates import as_day
from rfmkit.engines import add_up, ledger_lines, to_pandas
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, DataError


def bg_nbd_table(
    tx: object,
    *,
    end: object,
    customer: str = "customer",
    date: str = "date",
    amount: str = "amount",
) -> pd.DataFrame:
    """Compute what BG/NBD and Gamma-Gamma need from a ledger.

    The books on these models call the first three columns frequency, recency and T. They are not
    the frequency and recency of RFM: see `rfmkit.clv.bg_nbd`.

    Parameters
    ----------
    tx
        Transactions of any engine, as for `rfm_table`. All a customer buys on one day is one
        purchase. A day with no positive amount is none.
    end
        The day observation ends; like `today` of `rfm_table`, it has no default.
    customer, date, amount
        Names of the columns to use.

    Returns
    -------
    pandas.DataFrame
        One row a customer. `repeat_purchases`: days with a purchase after the first.
        `first_to_last_weeks`: from the first to the last purchase, 0 for one who bought once.
        `observed_weeks`: from the first purchase to `end`. `repeat_mean`: mean spend of a repeat
        purchase, in money, blank without one.

    Raises
    ------
    DataError
        If a column is missing, a cell is blank or no number or no date, a row lies after `end`, or
        there is no purchase.

    Notes
    -----
    Source: Fader, Hardie and Lee, *Marketing Science* 24(2), 2005, pages 275-284.

    Examples
    --------
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "A"],
    ...     "date": pd.to_datetime(["2021-03-01", "2021-03-15"]),
    ...     "amount": [100, 40],
    ... })
    >>> bg_nbd_table(tx, end="2021-03-29").loc["A"].tolist()
    [1.0, 2.0, 4.0, 40.0]
    """
    end = as_day(end, name="end")
    lines = ledger_lines(tx, customer=customer, date=date, amount=amount, until=end)
    spent = nw.when(nw.col(AMOUNT) > 0).then(nw.col(AMOUNT))
    lines = lines.with_columns(spent=spent, day=nw.col(DATE).dt.truncate("1d"))
    days = add_up(lines, CUSTOMER, "day", spent=nw.col("spent").sum())
    days = to_pandas(days, CUSTOMER, "day").query("spent > 0")
    if len(days) == 0:
        raise DataError("transactions hold no purchase (no amount above 0): nothing to forecast.")
    first = days.groupby("customer", observed=True)["day"].transform("min")
    customers = days.groupby("customer", observed=True)["day"].agg(["min", "max", "count"])
    repeats = days[days["day"] > first].groupby("customer", observed=True)["spent"].mean()
    return pd.DataFrame(
        {
            "repeat_purchases": (customers["count"] - 1).astype("int64"),
            "first_to_last_weeks": (customers["max"] - customers["min"]).dt.days / 7,
            "observed_weeks": (end - customers["min"]).dt.days / 7,
            "repeat_mean": repeats.reindex(customers.index),
        }
    ).rename_axis("customer")
