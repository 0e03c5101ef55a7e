"""Chapter 9 a second time: plain loops over the rows; pandas only hands over the tables."""

import statistics
from collections import defaultdict
from itertools import pairwise

import pandas as pd


def lines_of(case):
    """List customer, day, order, product and amount of every line of the year."""
    columns = (case.year[name].tolist() for name in ("customer", "order", "product", "amount"))
    days = [day.to_pydatetime().date() for day in case.year["date"]]
    return [
        (c, day, order, product, amount)
        for day, c, order, product, amount in zip(days, *columns, strict=True)
    ]


def totals(lines):
    """Keep the last day, the set of orders and the money of each customer."""
    last, orders, money = {}, defaultdict(set), defaultdict(int)
    for customer, day, order, _, amount in lines:
        money[customer] += amount
        if amount > 0:
            last[customer] = max(last.get(customer, day), day)
            orders[customer].add(order)
    return last, orders, money


def year_table(case):
    last, orders, money = totals(lines_of(case))
    today = case.today.date()
    return pd.DataFrame(
        [(name, (today - last[name]).days, len(orders[name]), money[name]) for name in money],
        columns=["customer", "recency_days", "frequency", "monetary"],
    )


def counted(case):
    bought = [line for line in lines_of(case) if line[4] > 0]
    pairs = {(product, order) for _, _, order, product, _ in bought}
    orders = len({line[2] for line in bought})
    return orders, len(pairs) / orders


def overdue(case):
    visits = defaultdict(set)
    for customer, day, _, _, amount in lines_of(case):
        if amount > 0:
            visits[customer].add(day)
    found = []
    for customer, days in visits.items():
        days = sorted(days)
        gaps = [(b - a).days for a, b in pairwise(days)]
        silent = (case.today.date() - days[-1]).days
        if len(days) >= 4 and 3 * statistics.median(gaps) < silent <= 60:
            found.append(customer)
    return found


def updated(table, seen, rows):
    today = pd.Timestamp("2021-04-01")
    state = {
        row.customer: [
            row.last_purchase,
            0 if pd.isna(row.frequency) else row.frequency,
            row.monetary,
        ]
        for row in table.reset_index().itertuples()
    }
    counted_now = set()
    for row in rows.itertuples():
        kept = state.setdefault(row.customer, [None, 0, 0])
        kept[2] += row.amount
        if row.amount > 0:
            kept[0] = row.date if pd.isna(kept[0]) else max(kept[0], row.date)
            kept[1] += row.order not in seen and row.order not in counted_now
            counted_now.add(row.order)
    return pd.DataFrame(
        [
            (name, (today - day).days, number, money, money / number)
            for name, (day, number, money) in state.items()
        ],
        columns=["customer", "recency_days", "frequency", "monetary", "mean_order"],
    )


def unsure(case):
    _, _, money = totals(lines_of(case))
    queue = sorted(money.values())
    low, high = (queue[(len(queue) - 1) * percent // 100] for percent in (78, 82))
    return [name for name, value in money.items() if low <= value < high]


SECOND = {
    "9.2": year_table,
    "9.3": counted,
    "9.4": overdue,
    "9.5": lambda case: updated,
    "9.6": unsure,
}
