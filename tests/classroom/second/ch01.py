"""Chapter 1 a second time: plain loops over the rows of the books, and no pandas."""

from datetime import datetime
from functools import lru_cache

TODAY = datetime(2021, 4, 1)


@lru_cache(maxsize=2)
def rows_of(case):
    """List a dict of plain values for each customer, its share paid on time among them."""
    paid_well = {}
    for bill in case.payments.to_dict("records"):
        paid = bill["paid_date"]
        paid = TODAY if paid != paid else paid
        good = paid <= bill["due_date"] or bill["late_reason"] == "our_invoice_wrong"
        paid_well.setdefault(bill["customer"], []).append(good)
    return [
        {
            **row,
            "customer": customer,
            "on_time": 100 * sum(paid_well[customer]) / len(paid_well[customer]),
        }
        for customer, row in case.customers.to_dict("index").items()
    ]


def repeat_share(case):
    rows = rows_of(case)
    return len([row for row in rows if row["order_count"] > 1]) / len(rows)


def top_share(case):
    profits = sorted((row["profit"] for row in rows_of(case)), reverse=True)
    return sum(profits[:64]) / sum(profits)


def wait_list(case):
    waiting = []
    for row in rows_of(case):
        if row["revenue"] < 30_000:
            continue
        if row["profit"] < 8_000 or row["on_time"] < 70:
            waiting.append(row["customer"])
    return waiting


def visits(case):
    deals = [
        *(("P101", 60, 80), ("P102", 10, 300), ("P103", 90, 20), ("P104", 25, 240)),
        *(("P105", 50, 64), ("P106", 20, 350), ("P107", 40, 100), ("P108", 75, 36)),
    ]  # per cent, thousands
    best = sorted((-chance * money, name) for name, chance, money in deals if chance >= 25)
    return [name for _, name in best][:3]


SECOND = {"1.3": repeat_share, "1.4": top_share, "1.7": wait_list, "1.8": visits}
