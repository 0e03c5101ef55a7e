"""Draw what the firm knows of each customer: who they are, what they bring and what they cost."""

import math
import random
from collections import defaultdict
from datetime import date, timedelta
from statistics import pstdev

from rfmkit.cases.orders import money_of
from rfmkit.cases.year import NEW_YEAR, REPORT_DAY, poisson

_REGIONS = ("north", "central", "south", "east"), (42, 24, 26, 8)
_INDUSTRIES = (
    ("manufacturing", "retail", "technology", "school", "hospitality", "government"),
    (25, 21, 18, 15, 12, 9),
)
# Staff by industry: the middle of a lognormal draw.
_STAFF = {
    "manufacturing": 90,
    "retail": 25,
    "technology": 70,
    "school": 60,
    "hospitality": 35,
    "government": 120,
}
# The mean share of wallet that each kind of customer gives.
_WALLET = {
    "steady": 0.6,
    "growing": 0.4,
    "new": 0.3,
    "declining": 0.45,
    "lost": 0.3,
    "fading": 0.35,
    "occasional": 0.25,
    "seasonal": 0.5,
}


def draw_accounts(year: dict, rng: random.Random) -> list[dict]:
    """Draw one row a customer: profile, and the finance department's figures of the year."""
    sales, first = sum_sales(year["orders"])
    rows = [
        {
            "customer": customer,
            **_profile(kind, first[customer], rng),
            **draw_figures(kind, sales[customer], rng),
        }
        for customer, kind in year["course"].items()
    ]
    for row in rows:
        if row["opened"] >= date(2020, 4, 1):
            row["profit_last_year"] = None  # not a customer yet
    _share_the_boundary(rows)
    return rows


def sum_sales(orders: list[tuple]) -> tuple[dict, dict]:
    """Sum the orders and net revenue of each customer, and find the day of the first order."""
    sales: dict[str, dict] = defaultdict(lambda: {"order_count": 0, "revenue": 0, "lately": 0})
    first: dict[str, date] = {}
    for _, day, customer, lines, status in orders:
        money = money_of(lines)
        one = sales[customer]
        one["order_count"] += status == "完成"
        one["revenue"] += money
        one["lately"] += money if day >= NEW_YEAR else 0
        first[customer] = min(first.get(customer, day), day)
    return sales, first


def _profile(kind: str, first: date, rng: random.Random) -> dict:
    # Customers with a school year are schools; the industry of the others is random.
    industries, weights = _INDUSTRIES
    industry = (
        "school"
        if kind == "seasonal" and rng.random() < 0.7
        else (rng.choices(industries, weights)[0])
    )
    public = industry in ("school", "government")
    staff = max(3, round(rng.lognormvariate(math.log(_STAFF[industry]), 0.9)))
    known = kind not in ("new",) and (kind != "growing" or rng.random() < 0.5)
    opened = first
    if known:
        opened = date(2020, 3, 31) - timedelta(days=int(rng.triangular(10, 3900, 900)))
    return {
        "region": rng.choices(*_REGIONS)[0],
        "industry": industry,
        "opened": opened,
        "company_size": staff,
        "registered_capital": None
        if public
        else max(50, round(staff * rng.lognormvariate(3, 0.7), -1)),
        "listed": "yes" if not public and staff > 200 and rng.random() < 0.6 else "no",
    }


def draw_figures(kind: str, sales: dict, rng: random.Random) -> dict:
    """Draw the costs, so that the profit of those who bring any is close to lognormal."""
    revenue = sales["revenue"]
    goods = round(max(revenue, 0) * (1 - rng.triangular(0.22, 0.46, 0.34)))
    gross = revenue - goods
    # A few customers are served at a loss, because of visits, rush orders and returns.
    loss = rng.random() < (0.07 if revenue < 60_000 else 0.04)
    eaten = rng.uniform(1.05, 1.9) if loss else rng.betavariate(1.5, 2.2)
    service = max(40 * sales["order_count"], round(gross * eaten))
    profit = gross - service
    drift = {"growing": 1.7, "declining": 0.65, "lost": 0.35, "fading": 0.6}.get(kind, 1.0)
    before = None if kind == "new" else round(profit / (drift * rng.lognormvariate(0, 0.25)))
    share = min(0.97, max(0.05, rng.gauss(_WALLET[kind], 0.18)))
    # The salespeople's forecasts are biased upwards.
    forecast = max(0, sales["lately"]) * rng.lognormvariate(0.05, 0.3) + revenue * 0.05
    return {
        "order_count": sales["order_count"],
        "revenue": revenue,
        "cost_of_goods": goods,
        "service_cost": service,
        "profit": profit,
        "profit_last_year": before,
        "yearly_need": 100 * round(max(revenue, 500) / share / 100),
        "forecast_amount": 100 * round(forecast / 100),
    }


def _share_the_boundary(rows: list[dict]) -> None:
    """Set the same profit for the two customers at the edge of the top 20%."""
    by_profit = sorted(rows, key=lambda row: -row["profit"])
    last_in, first_out = by_profit[len(rows) // 5 - 1], by_profit[len(rows) // 5]
    first_out["service_cost"] -= last_in["profit"] - first_out["profit"]
    first_out["profit"] = last_in["profit"]


def has_needed_cases(rows: list[dict]) -> bool:
    """Return whether the firm has the cases that chapters 1 to 4 need.

    Some customers cost money, the profit of the others is spread as the textbook's two criteria
    need (a logarithm with a deviation near 1.65), and the tie at the edge is a small step.
    """
    profits = [row["profit"] for row in rows]
    spread = pstdev(math.log(profit) for profit in profits if profit > 0)
    losses = sum(profit < 0 for profit in profits)
    return (
        1.5 <= spread <= 1.8
        and 0.03 <= losses / len(rows) <= 0.14
        and all(row["service_cost"] > 0 for row in rows)
    )


# The three answers of the survey that make up the satisfaction index.
ANSWERS = ("overall", "against_expected", "against_ideal")
_REASONS = ("cash_short", "forgotten", "goods_in_dispute", "our_invoice_wrong")
_KINDS = ("task", "compliment", "complaint", "suggestion")
# How each kind of customer tends to feel, in standard deviations: leaving is not always anger.
_SATISFACTION = {
    "steady": 0.3,
    "growing": 0.45,
    "new": 0.1,
    "declining": -0.35,
    "lost": -0.3,
    "fading": -0.15,
    "occasional": 0.0,
    "seasonal": 0.2,
}


def draw_satisfaction(year: dict, rng: random.Random) -> dict[str, float]:
    """Draw how satisfied each customer is: a latent variable, in no file of the firm."""
    return {
        customer: rng.gauss(_SATISFACTION[kind], 1) for customer, kind in year["course"].items()
    }


def draw_payments(year: dict, rng: random.Random) -> list[dict]:
    """Draw one row an invoice: when it was due, when it was paid, and why late."""
    late_share = {c: rng.betavariate(0.8, 3.2) for c in year["course"]}
    terms = {c: rng.choice((30, 30, 30, 45, 60)) for c in year["course"]}
    own_fault = {c: 0.6 if rng.random() < 0.06 else 0.1 for c in year["course"]}
    payments = []
    for number, day, customer, lines, status in year["orders"]:
        if status != "完成":
            continue
        due, reason = day + timedelta(days=terms[customer]), None
        if rng.random() < late_share[customer]:
            paid = due + timedelta(days=1 + min(110, round(rng.expovariate(1 / 17))))
            reason = (
                _REASONS[3]
                if rng.random() < own_fault[customer]
                else (rng.choices(_REASONS[:3], (5, 4, 2))[0])
            )
        else:
            paid = due - timedelta(days=round(rng.triangular(0, terms[customer] - 3, 4)))
        if paid >= REPORT_DAY:
            paid = None
            reason = reason if due < REPORT_DAY else None
        payments.append(
            {
                "order": number,
                "customer": customer,
                "invoice_amount": money_of(lines),
                "due_date": due,
                "paid_date": paid,
                "late_reason": reason,
            }
        )
    return payments


def draw_contacts(year: dict, satisfaction: dict[str, float], rng: random.Random) -> list[dict]:
    """Draw one row a contact: visits and calls, praise, complaints, suggestions."""
    orders: dict[str, int] = dict.fromkeys(satisfaction, 0)
    for order in year["orders"]:
        orders[order[2]] += 1
    contacts = []
    for customer, level in satisfaction.items():
        busy = orders[customer] ** 0.6
        rates = (0.6 * busy, 0.10 * busy * 1.7**level, 0.13 * busy * 1.9**-level, 0.08 * busy)
        for kind, rate in zip(_KINDS, rates, strict=True):
            for _ in range(poisson(min(rate, 12), rng)):
                day = date(2020, 4, 1) + timedelta(days=rng.randrange(365))
                contacts.append({"date": day, "customer": customer, "kind": kind})
    return sorted(
        contacts, key=lambda contact: (contact["date"], contact["customer"], contact["kind"])
    )


def draw_survey(year: dict, satisfaction: dict[str, float], rng: random.Random) -> list[dict]:
    """Draw one row an answer to the survey of February 2021; about two in three answer."""
    answers = []
    for customer, level in satisfaction.items():
        active = year["course"][customer] not in ("lost", "fading")
        if rng.random() > (0.78 if active else 0.5):
            continue
        answers.append(
            {
                "customer": customer,
                "date": date(2021, 2, 1) + timedelta(days=rng.randrange(20)),
                "csat": _clip(round(3.6 + 0.9 * level + rng.gauss(0, 0.4)), 1, 5),
                "recommend": _clip(round(7.3 + 1.8 * level + rng.gauss(0, 1.0)), 0, 10),
                "overall": _clip(round(7.2 + 1.5 * level + rng.gauss(0, 0.6)), 1, 10),
                "against_expected": _clip(round(6.8 + 1.5 * level + rng.gauss(0, 0.9)), 1, 10),
                "against_ideal": _clip(round(6.2 + 1.5 * level + rng.gauss(0, 0.9)), 1, 10),
            }
        )
    return answers


def _clip(value: int, least: int, most: int) -> int:
    return min(most, max(least, value))
