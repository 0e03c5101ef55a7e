"""Name the other choices at the steps that many questions share.

Each is a dict for `Question.steps`: the name of the slip, whose texts are in
`rfmkit/texts/slips.csv`, and the value that makes it. The comment gives the right choice.
"""

from collections.abc import Callable
from functools import wraps
from operator import and_, ge, gt, le, lt, or_
from weakref import WeakKeyDictionary

import pandas as pd

from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

# A threshold, by the way it is compared.
MORE_THAN = {"not_strict": ge, "other_side": lt}  # gt
AT_LEAST = {"strict": gt, "other_side": lt}  # ge
LESS_THAN = {"on_line_counted": le, "other_side": gt}  # lt
AT_MOST = {"on_line_left_out": lt, "other_side": gt}  # le

# Two conditions.
BOTH = {"or_for_and": or_}  # and_
EITHER = {"and_for_or": and_}  # or_

# A column, by the name of the pandas method that sums it up.
SUM = {"mean_for_sum": "mean", "median_for_sum": "median", "count_for_sum": "count"}
SUM["max_for_sum"] = "max"  # "sum"
MEAN = {"sum_for_mean": "sum", "median_for_mean": "median"}  # "mean"
MEDIAN = {"mean_for_median": "mean"}  # "median"

# The rows of a ledger that are purchases.
PURCHASES = {"returns_counted": "all"}  # "purchases"
# What is counted in a ledger.
ORDERS = {"lines_as_orders": "line", "customers_as_orders": "customer"}  # "order"
CUSTOMERS = {"lines_as_customers": "line", "orders_as_customers": "order"}  # "customer"


def named(slips: str) -> dict[str, str]:
    """Return choices that go by the names of their slips."""
    return {slip: slip for slip in slips.split()}


# A list in order.
LARGEST_FIRST = {"smallest_first": True, "unsorted": None}  # False: `ascending`
SMALLEST_FIRST = {"largest_first": False, "unsorted": None}  # True: `ascending`


def first(count: int, *, all_of_them: bool = True) -> dict[str, int | None]:
    """Return the other choices for how many of a list to take; the right one is `count`.

    A list that may hold just one more leaves out `all_of_them`, which would be the same.
    """
    choices: dict[str, int | None] = {"one_too_many": count + 1, "one_too_few": count - 1}
    return {**choices, "not_cut": None} if all_of_them else choices


def in_order(
    table: pd.DataFrame, column: str, *, ascending: bool | None = False, count: int | None = None
) -> list[str]:
    """Return the index sorted by a column, ties as they stand; None: unsorted, or not cut."""
    if ascending is not None:
        table = table.sort_values(column, ascending=ascending, kind="stable")
    return table.index[:count].tolist()


# The table of R, F and M, by `rfm_by_steps`.
RFM = {
    "last": {"first_purchase": "min"},
    "visits": {"returns_as_visits": "all"},
    "visit": {"lines_as_orders": "line"},
    "spent": {
        "mean_for_total": "per_order",
        "mean_of_lines": "mean",
        "median_of_lines": "median",
        "largest_line": "max",
    },
}


def rfm_by_steps(
    lines: pd.DataFrame,
    today: pd.Timestamp,
    *,
    last: str = "max",
    visits: str = "purchases",
    visit: str = "order",
    spent: str = "sum",
) -> pd.DataFrame:
    """Compute R, F and M as `rfm_table` does, with each step open to another choice."""
    purchases = lines[lines["amount"] > 0]
    visited = (purchases if visits == "purchases" else lines).groupby("customer")
    days = (today - visited["date"].agg(last).dt.normalize()).dt.days
    frequency = visited["order"].agg("nunique" if visit == "order" else "size")
    amounts = lines.groupby("customer")["amount"]
    monetary = amounts.sum() / frequency if spent == "per_order" else amounts.agg(spent)
    return pd.DataFrame({RECENCY: days, FREQUENCY: frequency, MONETARY: monetary}).loc[days.index]


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
