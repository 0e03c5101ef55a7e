"""Chapter 3 a second time: records of the books, plain loops, and no pandas to reckon with."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict

OURS = {"our_invoice_wrong", "goods_in_dispute"}
BLANK_DAY = "NaT"


def records(book):
    return [
        dict(zip(book.columns, row, strict=True)) for row in book.astype(object).to_numpy().tolist()
    ]


def customers_of(case):
    return records(case.customers.reset_index())


def own_fault_rate(case):
    """Share of invoices late by the customer's own doing, of those paid or past due."""
    today, tally = case.today, defaultdict(lambda: [0, 0])
    for invoice in records(case.payments):
        owing = str(invoice["paid_date"]) == BLANK_DAY
        past_due = invoice["due_date"] < today
        if owing and not past_due:
            continue
        bad = past_due if owing else invoice["paid_date"] > invoice["due_date"]
        tally[invoice["customer"]][0] += bad and invoice["late_reason"] not in OURS
        tally[invoice["customer"]][1] += 1
    return {customer: late / known for customer, (late, known) in tally.items()}


def points_of(values, *, few=False):
    """Percent of the other customers who are worse; an equal one counts half."""
    line = sorted(values.values())
    points = {}
    for customer, value in values.items():
        below, above = bisect_left(line, value), len(line) - bisect_right(line, value)
        equal = len(line) - below - above - 1
        points[customer] = 100 * ((above if few else below) + equal / 2) / (len(line) - 1)
    return points


def column(case, name):
    return {row["customer"]: row[name] for row in customers_of(case)}


def score(case):
    complaints = Counter(
        row["customer"] for row in records(case.contacts) if row["kind"] == "complaint"
    )
    profit, forecast = (points_of(column(case, name)) for name in ("profit", "forecast_amount"))
    calm = points_of({customer: complaints[customer] for customer in profit}, few=True)
    return {c: 0.5 * profit[c] + 0.3 * forecast[c] + 0.2 * calm[c] for c in profit}


def tier_at(points):
    return (points >= 60) + (points >= 80)


def movers(case):
    profit, forecast = (points_of(column(case, name)) for name in ("profit", "forecast_amount"))
    return [
        customer
        for customer in profit
        if tier_at(0.75 * profit[customer] + 0.25 * forecast[customer])
        != tier_at((profit[customer] + forecast[customer]) / 2)
    ]


def service_first(case):
    chosen = []
    for row in customers_of(case):
        loss = row["cost_of_goods"] + row["service_cost"] - row["revenue"]
        if loss > 0 and row["revenue"] * 2 / 25 <= loss < row["service_cost"] * 7 / 20:
            chosen.append(row["customer"])
    return chosen


SECOND = {
    "3.3": own_fault_rate,
    "3.4": score,
    "3.5": movers,
    "3.7": service_first,
}
