"""Chapter 3 a second time: records of the books, plain loops; pandas only holds the tables."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict

import pandas as pd

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


def layers(case):
    """Give each customer the layer, and the profit that a tenth of the other buying adds."""
    found = {}
    for row in customers_of(case):
        earned = row["revenue"] - row["cost_of_goods"]
        margin = earned / row["revenue"] if row["revenue"] else 0
        growth = (row["yearly_need"] - row["revenue"]) * margin / 10
        profit = row["profit"]
        if profit < 0 and profit + growth < 0:
            layer = "below_zero"
        elif profit >= 10_000:
            layer = "mvc"
        else:
            layer = "mgc" if growth >= 3_000 else "lvc"
        found[row["customer"]] = (layer, growth)
    return found


def members(case):
    chosen = {c: growth for c, (layer, growth) in layers(case).items() if layer == "mgc"}
    return sorted(chosen, key=chosen.get, reverse=True)


def distribution(case):
    profit, found = column(case, "profit"), layers(case)
    rows = {}
    for name in ("mvc", "mgc", "lvc", "below_zero"):
        values = [profit[c] for c, (layer, _) in found.items() if layer == name]
        rows[f"value4:{name}"] = (min(values), sum(values) / len(values), max(values))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["min", "mean", "max"])


def composition(case):
    regions, found = column(case, "region"), layers(case)
    everybody = Counter(regions.values())
    top = Counter(regions[c] for c, (layer, _) in found.items() if layer == "mvc")
    rows = {
        name: (top[name], top[name] / sum(top.values()), everybody[name] / len(regions))
        for name in everybody
    }
    columns = ["customers", "share", "share_of_all"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def credit_left(case):
    """Two months' sales by the factor of the grade, less the unpaid invoices."""
    owing, tally = Counter(), defaultdict(lambda: [0, 0])
    for invoice in records(case.payments):
        unpaid = str(invoice["paid_date"]) == BLANK_DAY
        if unpaid:
            owing[invoice["customer"]] += invoice["invoice_amount"]
        if unpaid and invoice["due_date"] >= case.today:
            continue
        on_time = not unpaid and invoice["paid_date"] <= invoice["due_date"]
        tally[invoice["customer"]][0] += on_time
        tally[invoice["customer"]][1] += 1
    revenue, left = column(case, "revenue"), {}
    for customer, (on_time, known) in tally.items():
        # In whole numbers, so that nobody is on a cut by rounding.
        if 5 * on_time > 4 * known:
            factor = 1.0
        elif 10 * on_time > 7 * known:
            factor = 0.8
        else:
            factor = 0.6 if 5 * on_time > 2 * known else 0.0
        left[customer] = revenue[customer] / 6 * factor - owing[customer]
    return left


def evaluation(_):
    heads = {
        "operation": 25 * (4 + 3 + 5 + 2 - 4) / 4,
        "management": 25 * (4 + 4 + 2 + 5 - 4) / 4,
        "need": 25 * (2 + 3 + 2 + 1 - 4) / 4,
    }
    whole = (3 * heads["operation"] + 2 * heads["management"] + 5 * heads["need"]) / 10
    return {**heads, "evaluation": whole}


def effort(case):
    best = sum(layer in ("mvc", "mgc") for layer, _ in layers(case).values())
    return {"best": 2_400 / best, "others": 600 / (len(case.customers) - best)}


SECOND = {
    "3.3": own_fault_rate,
    "3.4": score,
    "3.5": movers,
    "3.7": service_first,
    "3.9": members,
    "3.10": distribution,
    "3.11": composition,
    "3.12": credit_left,
    "3.14": evaluation,
    "3.15": effort,
}
