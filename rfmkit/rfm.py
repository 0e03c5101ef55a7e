"""Turn a clean ledger into R, F and M, and each of them into high or low (000, section 5.2.3)."""

from collections.abc import Mapping

import pandas as pd

from rfmkit.checks import as_day, check_rfm, is_finite, on_threshold
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.totals import customer_totals, rfm_at

_RFM = [RECENCY, FREQUENCY, MONETARY]


def rfm_table(
    tx: object,
    *,
    today: object,
    customer: str = "customer",
    date: str = "date",
    amount: str = "amount",
    order: str | None = None,
) -> pd.DataFrame:
    """Compute recency, frequency and monetary value of every customer.

    A purchase is a row with a positive amount. A row with a negative amount (a return) lowers the
    monetary value and is no purchase: it moves neither recency nor frequency.

    Parameters
    ----------
    tx
        Transactions, one row an order line, as `clean_transactions` returns them: a frame of
        pandas, or a large one of Polars, DuckDB, Dask, PySpark or pyarrow, whose engine adds it up.
    today
        The day to count from. There is no default: recency without its date means nothing.
    customer, date, amount
        Names of the columns to use; dates are dates, amounts are in the ledger's currency.
    order
        Name of the order-number column. With it, an order of many lines counts once (and a row
        whose number is blank counts as one); without it, every purchase row counts as one.

    Returns
    -------
    pandas.DataFrame
        One row a customer, sorted by customer, whatever the engine. `recency_days`: days from the
        last purchase to today (small is good). `frequency`: number of purchases. `monetary`: total
        spend less returns, in the ledger's currency.

    Raises
    ------
    DataError
        If a column is missing, a cell is blank or no number or no date, a row lies after `today`,
        a customer has returns only, or one column is named for two parts.

    Notes
    -----
    Source: 000, section 5.2.3: R is the gap from the last purchase to today, F the number of
    purchases in the period, M the total spend in the period.

    Examples
    --------
    >>> tx = pd.DataFrame({
    ...     "customer": ["A", "A", "B"],
    ...     "date": pd.to_datetime(["2021-03-02", "2021-03-30", "2021-03-11"]),
    ...     "amount": [100, 250, 80],
    ... })
    >>> rfm_table(tx, today="2021-04-01").reset_index()
      customer  recency_days  frequency  monetary
    0        A             2          2     350.0
    1        B            21          1      80.0
    """
    day = as_day(today, name="today")
    totals = customer_totals(
        tx, customer=customer, date=date, amount=amount, order=order, until=day
    )
    if len(totals) == 0:
        raise DataError("transactions is empty: there is no row to compute R, F, M from.")
    return rfm_at(totals, today=day)


def rfm_cuts(rfm: pd.DataFrame, *, method: str = "mean") -> pd.Series:
    """Compute the thresholds between high and low.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    method
        "mean" or "median" over customers.

    Returns
    -------
    pandas.Series
        One threshold for each of `recency_days`, `frequency`, `monetary`, in their units;
        ``attrs["method"]`` is the method, for `write_report` to tell.

    Raises
    ------
    DataError
        If the table is empty or lacks a column, or the method is neither.

    Notes
    -----
    Source: table 5-2 of 000 names high and low and gives no threshold. The mean is the kit's
    default because it is the commonest in practice; a firm may set its own numbers instead.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> rfm_cuts(rfm).to_dict()
    {'recency_days': 11.5, 'frequency': 1.5, 'monetary': 215.0}
    """
    check_rfm(rfm)
    if method not in ("mean", "median"):
        raise DataError(
            f"method {method!r} is not known; use 'mean' or 'median'.\n"
            "For thresholds of your own, give high_low a dictionary: "
            "cuts={'recency_days': 14, 'frequency': 3, 'monetary': 5000}."
        )
    cuts = rfm[_RFM].astype("float64").agg(method).rename("cut")
    cuts.attrs = {"method": method}
    return cuts


def high_low(rfm: pd.DataFrame, *, cuts: Mapping[str, float] | pd.Series) -> pd.DataFrame:
    """Say of each customer whether R, F and M are high.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    cuts
        A threshold for each of the three, from `rfm_cuts` or of one's own.

    Returns
    -------
    pandas.DataFrame
        Columns R, F, M of True (high, which is good) and False, in the order of `rfm`. R is high
        when recency_days <= its cut; F and M are high when >= theirs. Who sits on a cut is high.

    Raises
    ------
    DataError
        If a column or a cut is missing or is no number.

    Notes
    -----
    Source: 000, table 5-2 ("R high" means a small number of days). Sums of cents carry rounding
    noise, so values within a billionth of the cut count as on it.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> high_low(rfm, cuts={"recency_days": 2, "frequency": 3, "monetary": 80})
           R      F     M
    0   True  False  True
    1  False  False  True
    """
    check_rfm(rfm)
    if not isinstance(cuts, (Mapping, pd.Series)):
        raise DataError(
            f"cuts must hold three numbers, but it is {cuts!r}.\n"
            'Compute them with rfm_cuts(rfm, method="mean"), and give high_low the result.'
        )
    missing = [name for name in _RFM if name not in cuts]
    if missing:
        raise DataError(
            f"cuts lacks {missing}; it has {list(cuts.keys())}.\n"
            "Take rfm_cuts(rfm), or write all three: "
            "{'recency_days': 14, 'frequency': 3, 'monetary': 5000}."
        )
    bad = [name for name in _RFM if not is_finite(cuts[name])]
    if bad:
        raise DataError(f"cuts must be plain numbers, but {bad[0]} is {cuts[bad[0]]!r}.")
    on_cut = {name: on_threshold(rfm[name], cuts[name]) for name in _RFM}
    return pd.DataFrame(
        {
            "R": (rfm[RECENCY] <= cuts[RECENCY]) | on_cut[RECENCY],
            "F": (rfm[FREQUENCY] >= cuts[FREQUENCY]) | on_cut[FREQUENCY],
            "M": (rfm[MONETARY] >= cuts[MONETARY]) | on_cut[MONETARY],
        },
        index=rfm.index,
    )
