"""Chapter 2 a second time: plain loops over the customers, and the order book by SQL."""

import sqlite3
from datetime import date
from functools import lru_cache

from rfmkit.classroom.answer_types import drawn

TODAY = date(2021, 4, 1)


@lru_cache(maxsize=2)
def rows_of(case):
    """List each customer as a dictionary, the most profitable first."""
    rows = case.customers.reset_index().to_dict("records")
    return sorted(rows, key=lambda row: -row["profit"])


@lru_cache(maxsize=2)
def last_days(case):
    """Ask the order book when each customer bought last."""
    db = sqlite3.connect(":memory:")
    db.execute("create table line (customer text, day text, amount real)")
    lines = case.year[["customer", "date", "amount"]].to_numpy().tolist()
    db.executemany(
        "insert into line values (?, ?, ?)",
        [(customer, when.date().isoformat(), amount) for customer, when, amount in lines],
    )
    found = db.execute("select customer, max(day) from line where amount > 0 group by customer")
    days = {customer: date.fromisoformat(day) for customer, day in found}
    db.close()
    return days


def better_than(row, rows):
    return sum(other["profit"] > row["profit"] for other in rows)


def line_up(case):
    rows = rows_of(case)
    total = sum(row["profit"] for row in rows)
    so_far, needed = 0, 0
    for row in rows:
        if 4 * so_far >= 3 * total:
            break
        so_far += row["profit"]
        needed += 1
    tenth = sum(row["profit"] for row in rows[: len(rows) // 10])
    return {"customers": needed, "share": tenth / total}


def tiers(case):
    rows, found = rows_of(case), {}
    for row in rows:
        ahead = better_than(row, rows) / len(rows)
        found[row["customer"]] = "A" if ahead < 0.2 else "B" if ahead < 0.6 else "C"
    return {customer: f"abc3:{letter.lower()}" for customer, letter in found.items()}


def layers(case):
    rows = rows_of(case)
    sums = dict.fromkeys(("platinum", "gold", "iron", "lead"), 0)
    for row in rows:
        ahead = better_than(row, rows) / len(rows)
        if row["profit"] < 0:
            layer = "lead"
        else:
            layer = "platinum" if ahead < 0.05 else "gold" if ahead < 0.2 else "iron"
        sums[layer] += row["profit"]
    return drawn("bar", sums.values(), labels=[f"pyramid4:{layer}" for layer in sums])


def by_value(case):
    def tier_by_value(profit):
        pairs = sorted(profit.to_dict().items(), key=lambda pair: -pair[1])
        total, ahead, found = sum(profit.tolist()), 0, {}
        for customer, amount in pairs:
            if 100 * ahead < 50 * total:
                found[customer] = "abc4:premium"
            elif 100 * ahead < 80 * total:
                found[customer] = "abc4:important"
            elif 100 * ahead < 95 * total:
                found[customer] = "abc4:ordinary"
            else:
                found[customer] = "abc4:small"
            ahead += amount
        return found

    return tier_by_value


def plans(case):
    rows = rows_of(case)
    kept = [row for row in rows if better_than(row, rows) < len(rows) / 2]
    lead = [row for row in rows if row["profit"] < 0]
    cheaper = sum(row["service_cost"] for row in lead) * 3 / 10
    return {
        "stop_small": sum(row["profit"] for row in kept),
        "stop_lead": sum(row["profit"] for row in rows if row["profit"] >= 0),
        "trim_lead": sum(row["profit"] for row in rows) + cheaper,
    }


def to_call(case):
    rows, last, found = rows_of(case), last_days(case), []
    for row in rows:
        days = (TODAY - last[row["customer"]]).days
        in_a = better_than(row, rows) < len(rows) / 5
        if in_a and days * row["order_count"] > 3 * 365:
            found.append(row["customer"])
    return found


SECOND = {
    "2.2": line_up,
    "2.3": tiers,
    "2.4": layers,
    "2.5": by_value,
    "2.6": plans,
    "2.7": to_call,
}
