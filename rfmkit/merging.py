"""Merge the totals of two ledgers instead of reading both."""

import pandas as pd

from rfmkit.schema import (
    CUSTOMER,
    FREQUENCY,
    LAST_PURCHASE,
    MONETARY,
    ORDER,
    DataError,
    require_columns,
)
from rfmkit.totals import TOTALS, settled


def merge_rfm(*totals: pd.DataFrame) -> pd.DataFrame:
    """Merge the totals of ledgers that share no row: the later day, both numbers, both sums.

    The totals of two days together are those of both days' ledgers read at once, in whatever
    order and however grouped they are merged; an empty table changes nothing. A late row is one
    more ledger to merge. A corrected day is merged anew from its own totals and those of the
    other days: a last day cannot be taken back out of a maximum.

    Parameters
    ----------
    *totals
        Tables of `customer_totals`, all with orders or all without. Without them an order must
        not be spread over two ledgers: it would count in each.

    Returns
    -------
    pandas.DataFrame
        The totals of all ledgers together, sorted, in the form of `customer_totals`.

    Raises
    ------
    DataError
        If a table is no such table, or some keep orders and others do not.

    Notes
    -----
    Source: the kit's own. Maximum, count and sum do not depend on order or grouping (a
    commutative monoid), so a billion rows a day need no second reading.

    Examples
    --------
    >>> from rfmkit.totals import customer_totals, rfm_at
    >>> days = [pd.DataFrame({"customer": ["A"], "amount": [5], "date": pd.to_datetime([day])})
    ...         for day in ("2021-03-30", "2021-03-31")]
    >>> rfm_at(merge_rfm(*map(customer_totals, days)), today="2021-04-01").loc["A"].tolist()
    [1.0, 2.0, 10.0]
    """
    if not totals:
        raise DataError("merge_rfm needs one table of customer_totals or more.")
    for table in totals:
        require_columns(table, TOTALS, name="totals")
    kinds = {tuple(table.index.names) for table in totals}
    if not (len(kinds) == 1 and kinds <= {(CUSTOMER,), (CUSTOMER, ORDER)}):
        raise DataError(
            f"the totals have the indexes {sorted(map(str, kinds))}; all must be those of "
            "customer_totals, with keep_orders alike."
        )
    ((*keys,),) = kinds
    filled = [table for table in totals if len(table)] or [totals[0]]
    lines = pd.concat(filled).reset_index()
    groups = lines.groupby(keys, observed=True, dropna=False)
    merged = groups.agg({LAST_PURCHASE: "max", FREQUENCY: "sum", MONETARY: "sum"}).reset_index()
    if ORDER in keys:
        merged[FREQUENCY] = merged[FREQUENCY].where(
            merged[ORDER].isna(), merged[FREQUENCY].clip(upper=1)
        )
    return settled(merged, ORDER in keys)
