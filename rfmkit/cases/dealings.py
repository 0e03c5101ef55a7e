"""Draw how the firm and its customers get on: payments, contacts and the satisfaction survey."""

import random
from datetime import date, timedelta

from rfmkit.cases.orders import money_of
from rfmkit.cases.year import poisson

_TODAY = date(2021, 4, 1)
_REASONS = ("cash_short", "forgotten", "goods_in_dispute", "our_invoice_wrong")
_KINDS = ("task", "compliment", "complaint", "suggestion")
# How each kind of customer tends to feel, in standard deviations: leaving is not always anger.
_MOOD = {"steady": 0.3, "growing": 0.45, "new": 0.1, "declining": -0.35, "lost": -0.3,
         "fading": -0.15, "occasional": 0.0, "seasonal": 0.2}  # fmt: skip


def draw_moods(year: dict, rng: random.Random) -> dict[str, float]:
    """Draw how satisfied each customer is; nobody at the firm sees this."""
    return {customer: rng.gauss(_MOOD[kind], 1) for customer, kind in year["course"].items()}


def draw_payments(year: dict, rng: random.Random) -> list[dict]:
    """Draw one row an invoice: when it was due, when it was paid, and why late."""
    late_share = {c: rng.betavariate(0.8, 3.2) for c in year["course"]}
    terms = {c: rng.choice((30, 30, 30, 45, 60)) for c in year["course"]}
    ours = {c: 0.6 if rng.random() < 0.06 else 0.1 for c in year["course"]}
    payments = []
    for number, day, customer, lines, status in year["orders"]:
        if status != "完成":
            continue
        due, reason = day + timedelta(days=terms[customer]), None
        if rng.random() < late_share[customer]:
            paid = due + timedelta(days=1 + min(110, round(rng.expovariate(1 / 17))))
            reason = _REASONS[3] if rng.random() < ours[customer] else (
                rng.choices(_REASONS[:3], (5, 4, 2))[0])  # fmt: skip
        else:
            paid = due - timedelta(days=round(rng.triangular(0, terms[customer] - 3, 4)))
        if paid >= _TODAY:
            paid = None
            reason = reason if due < _TODAY else None
        payments.append({
            "order": number, "customer": customer,
            "invoice_amount": money_of(lines),
            "due_date": due, "paid_date": paid, "late_reason": reason,
        })  # fmt: skip
    return payments


def draw_contacts(year: dict, moods: dict[str, float], rng: random.Random) -> list[dict]:
    """Draw one row a contact: visits and calls, praise, complaints, suggestions."""
    orders: dict[str, int] = dict.fromkeys(moods, 0)
    for order in year["orders"]:
        orders[order[2]] += 1
    contacts = []
    for customer, mood in moods.items():
        busy = orders[customer] ** 0.6
        rates = (0.6 * busy, 0.10 * busy * 1.7**mood, 0.13 * busy * 1.9**-mood, 0.08 * busy)
        for kind, rate in zip(_KINDS, rates, strict=True):
            for _ in range(poisson(min(rate, 12), rng)):
                day = date(2020, 4, 1) + timedelta(days=rng.randrange(365))
                contacts.append({"date": day, "customer": customer, "kind": kind})
    return sorted(
        contacts, key=lambda contact: (contact["date"], contact["customer"], contact["kind"])
    )


def draw_survey(year: dict, moods: dict[str, float], rng: random.Random) -> list[dict]:
    """Draw one row an answer to the survey of February 2021; about two in three answer."""
    answers = []
    for customer, mood in moods.items():
        active = year["course"][customer] not in ("lost", "fading")
        if rng.random() > (0.78 if active else 0.5):
            continue
        answers.append({
            "customer": customer,
            "date": date(2021, 2, 1) + timedelta(days=rng.randrange(20)),
            "csat": _clip(round(3.6 + 0.9 * mood + rng.gauss(0, 0.4)), 1, 5),
            "recommend": _clip(round(7.3 + 1.8 * mood + rng.gauss(0, 1.0)), 0, 10),
            "overall": _clip(round(7.2 + 1.5 * mood + rng.gauss(0, 0.6)), 1, 10),
            "against_expected": _clip(round(6.8 + 1.5 * mood + rng.gauss(0, 0.9)), 1, 10),
            "against_ideal": _clip(round(6.2 + 1.5 * mood + rng.gauss(0, 0.9)), 1, 10),
        })  # fmt: skip
    return answers


def _clip(value: int, least: int, most: int) -> int:
    return min(most, max(least, value))
