"""Name the other choices at the steps that many questions share.

Each is a dict for `Question.steps`: the name of the slip, whose texts are in
`rfmkit/texts/slips.csv`, and the value that makes it. The comment gives the right choice.
"""

from collections.abc import Callable
from functools import wraps
from operator import or_
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

# Two conditions.
BOTH = {"or_for_and": or_}  # and_


def named(slips: str) -> dict[str, str]:
    """Return choices that go by the names of their slips."""
    return {slip: slip for slip in slips.split()}


# A list in order.
LARGEST_FIRST = {"smallest_first": True, "unsorted": None}  # False: `ascending`


def first(count: int, *, all_of_them: bool = True) -> dict[str, int | None]:
    """Return the other choices for how many of a list to take; the right one is `count`.

    A list that may hold just one more leaves out `all_of_them`, which would be the same.
    """
    choices: dict[str, int | None] = {"one_too_many": count + 1, "one_too_few": count - 1}
    return {**choices, "not_cut": None} if all_of_them else choices


def in_order(
    table: pd.DataFrame,
    column: str,
    *,
    ascending: bool | None = False,
    count: int | None = None,
    kind: str = "stable",
) -> list[str]:
    """Return the index sorted by a column, ties as they stand; None: unsorted, or not cut."""
    if ascending is not None:
        table = table.sort_values(column, ascending=ascending, kind=kind)
    return table.index[:count].tolist()


# The table of R, F and M, by `rfm_by_steps`.
RFM = {
    "last": {"first_purchase": "min"},
    "visits": {"returns_as_visits": "all"},
    "visit": {
        "lines_as_orders": "line",
        "rows_as_orders": "row",
        "days_as_orders": "date",
        "products_as_orders": "product",
        "pieces_as_orders": "quantity",
    },
    "spent": {
        "mean_for_total": "per_order",
        "order_totals_repeated": "order totals",
        "mean_of_lines": "mean",
        "median_of_lines": "median",
        "largest_line": "max",
        "mean_of_purchases": "mean of purchases",
        "pieces_for_money": "pieces",
    },
    "returns": {"returns_dropped": "dropped", "returns_added": "added"},
}
RFM["returns"]["returns_off_twice"] = "off twice"
# A question that starts from a table of R, F and M: tables that were made otherwise.
TABLES = {
    "table_of_lines": {"visit": "line"},
    "table_of_mean_orders": {"spent": "per_order"},
    "table_without_returns": {"returns": "dropped"},
    "table_of_first_purchases": {"last": "min"},
    "table_with_return_visits": {"visits": "all"},
}  # {}


def rfm_by_steps(
    lines: pd.DataFrame,
    today: pd.Timestamp,
    *,
    last: str = "max",
    visits: str = "purchases",
    visit: str = "order",
    spent: str = "sum",
    returns: str = "taken off",
) -> pd.DataFrame:
    """Compute R, F and M as `rfm_table` does, with each step open to another choice."""
    # In arrays: a diagnosis computes hundreds of these tables, and groupby takes thrice as long.
    who, customers = pd.factorize(lines["customer"], sort=True)
    amounts = lines["amount"].to_numpy("float64")
    visited = (amounts > 0) | (visits == "all")
    days = (today - lines["date"].dt.normalize()).dt.days.to_numpy()[visited]
    by = who[visited]
    in_order = np.lexsort((days if last == "max" else -days, by))
    starts = np.flatnonzero(np.diff(by[in_order], prepend=-1))
    rows = by[in_order][starts]  # those who bought at all
    if visit == "quantity":
        frequency = np.bincount(by, lines["quantity"].to_numpy("float64")[visited])
    elif visit in ("line", "row"):
        frequency = np.bincount(by if visit == "line" else who)
    else:
        counted, names = pd.factorize(lines[visit])
        frequency = np.bincount(np.unique(by * len(names) + counted[visited]) // len(names))
    money = np.abs(amounts) if returns == "added" else amounts
    counted = amounts > 0 if returns == "dropped" else slice(None)
    if spent == "mean of purchases":
        counted, spent = amounts > 0, "mean"
    if spent == "pieces":
        monetary = np.bincount(who, lines["quantity"].to_numpy("float64"))
    elif returns == "joined" and spent in ("sum", "per_order"):
        # Each line of a purchase joined with each return of the customer.
        bought, back = amounts > 0, amounts < 0
        size = len(customers)
        times = np.maximum(np.bincount(who[back], minlength=size), 1)
        monetary = times * np.bincount(who[bought], amounts[bought], minlength=size)
        lines_bought = np.bincount(who[bought], minlength=size)
        monetary += lines_bought * np.bincount(who[back], amounts[back], minlength=size)
    elif spent in ("sum", "per_order"):
        monetary = np.bincount(who[counted], money[counted])
    elif spent == "order totals":
        order = pd.factorize(lines["order"])[0][counted]
        monetary = np.bincount(who[counted], np.bincount(order, money[counted])[order])
    else:
        monetary = pd.Series(money[counted]).groupby(who[counted]).agg(spent).to_numpy()
    if returns == "off twice":
        monetary = monetary + np.bincount(who, np.minimum(amounts, 0))
    columns = {
        RECENCY: days[in_order][starts],
        FREQUENCY: frequency[rows],
        MONETARY: monetary[rows] / (frequency[rows] if spent == "per_order" else 1),
    }
    return pd.DataFrame(columns, index=pd.Index(customers[rows], name="customer"))


def once_per_case(compute: Callable) -> Callable:
    """Decorate a function of a case and its choices, so that it computes once for each of them."""
    known = WeakKeyDictionary()  # what is computed of a case must not keep it alive

    @wraps(compute)
    def computed(case: object, *choices: object, **named: object) -> object:
        results = known.setdefault(case, {})
        key = (choices, *sorted(named.items()))
        if key not in results:
            results[key] = compute(case, *choices, **named)
        return results[key]

    return computed


def exchanged(table: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Return a table with the values of two columns in each other's place."""
    return table.assign(**{one: table[other], other: table[one]})
