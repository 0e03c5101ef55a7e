"""Chapter 7 a second time: plain loops over the rows of the books, and no pandas."""

import math
from collections import Counter
from functools import lru_cache

from rfmkit.classroom.answer_types import drawn

MONTHS = [f"2020-{month:02}" for month in range(4, 13)] + ["2021-01", "2021-02", "2021-03"]
PHASES = ["build", "grow", "hold", "decline"]


@lru_cache(maxsize=2)
def lines_of(case):
    """List customer, month, order, product and amount of every line of the year."""
    columns = (case.year[name].tolist() for name in ("customer", "order", "product", "amount"))
    days = [str(day)[:7] for day in case.year["date"]]
    return [
        (c, month, order, product, amount)
        for month, c, order, product, amount in zip(days, *columns, strict=True)
    ]


@lru_cache(maxsize=2)
def accounts_of(case):
    return {row["customer"]: row for row in case.customers.reset_index().to_dict("records")}


def ranked(values):
    """Tier by rank: A if fewer than a fifth stand ahead, B if fewer than a half."""
    tiers = {}
    for name, value in values.items():
        ahead = sum(other > value for other in values.values())
        tiers[name] = "a" if 5 * ahead < len(values) else "b" if 2 * ahead < len(values) else "c"
    return tiers


@lru_cache(maxsize=2)
def tiers_of(case):
    return ranked({name: row["profit"] for name, row in accounts_of(case).items()})


def buyers(case, first, last):
    """Name those with a purchase from one month to another, both counted."""
    return {line[0] for line in lines_of(case) if line[4] > 0 and first <= line[1] <= last}


def plan(case):
    tiers = tiers_of(case)
    heads = Counter(tiers[name] for name in buyers(case, "2021-01", "2021-03"))
    people = heads["a"] + math.ceil(heads["b"] / 2) + math.ceil(heads["c"] / 5)
    return people, (160 - heads["a"] * 90 / 60 - heads["b"]) / heads["c"] * 60


def alarm(case):
    before = {name: row["profit_last_year"] for name, row in accounts_of(case).items()}
    tiers = ranked({name: profit for name, profit in before.items() if profit == profit})
    came = {month: set() for month in MONTHS}
    for customer, month, _, _, amount in lines_of(case):
        if amount > 0 and tiers.get(customer) == "b":
            came[month].add(customer)
    heads = [len(came[month]) for month in MONTHS]
    usual = sum(heads[:6]) / 6
    limit = usual - 2 * math.sqrt(usual)
    return usual, limit, sum(one < limit for one in heads[6:]), heads[-1]


def phase_of(spend):
    sums = [sum(spend[at : at + 3]) for at in range(10)]
    now, earlier = sums[-1], sums[-4]
    if max(spend[:-3]) <= 0 < max(spend[-3:]):
        return "build"
    if 10 * now <= 5 * max(sums) or 10 * now <= 8 * earlier:
        return "decline"
    return "grow" if 10 * now >= 12 * earlier else "hold"


def phases(case):
    spend = spend_by_month(case)
    of_a = (name for name, tier in tiers_of(case).items() if tier == "a")
    heads = Counter(phase_of(spend[name]) for name in of_a)
    return drawn(
        "bar", [heads[name] for name in PHASES], labels=[f"lifecycle:{name}" for name in PHASES]
    )


def moved_down(before, after):
    before, after = before.to_dict(), after.to_dict()
    tiers = ranked(before)
    worst = {tier: min(before[name] for name in before if tiers[name] == tier) for tier in "abc"}
    return [
        name
        for name, tier in tiers.items()
        if tier != "c" and name in after and after[name] < worst[tier]
    ]


def visits(case):
    room = {}
    for name, row in accounts_of(case).items():
        if 2 * row["revenue"] < row["yearly_need"] and row["forecast_amount"] >= 10_000:
            room[name] = row["yearly_need"] - row["revenue"]
    return sorted(room, key=room.get, reverse=True)[:6]


def lifts(case):
    tiers, baskets = tiers_of(case), {}
    for customer, _, order, product, amount in lines_of(case):
        if amount > 0 and tiers[customer] == "a":
            baskets.setdefault(order, set()).add(product)
    found = {}
    for name, product in (("toner", "碳粉匣"), ("pens", "原子筆（盒）")):
        with_it = sum(product in basket for basket in baskets.values())
        paper = sum("影印紙（包）" in basket for basket in baskets.values())
        both = sum({product, "影印紙（包）"} <= basket for basket in baskets.values())
        found[name] = both * len(baskets) / (with_it * paper)
    return found


def hours(case):
    accounts, tiers = accounts_of(case), tiers_of(case)
    by_revenue = ranked({name: row["revenue"] for name, row in accounts.items()})
    each = {"key": 18, "large": 12, "ordinary": 4, "small": 0.5}
    needed = dict.fromkeys(each, 0)
    for name in accounts:
        if tiers[name] == "a":
            kind = "key"
        elif by_revenue[name] == "a":
            kind = "large"
        else:
            kind = "ordinary" if tiers[name] == "b" else "small"
        needed[kind] += each[kind]
    return *needed.values(), 2 * 20 * 4 * 12 - sum(needed.values())


def spend_by_month(case):
    spend = {name: [0] * 12 for name in accounts_of(case)}
    for customer, month, _, _, amount in lines_of(case):
        spend[customer][MONTHS.index(month)] += amount
    return spend


def rewards(case):
    spend = spend_by_month(case)
    each = {name: max(0, row["revenue"]) // 500 for name, row in accounts_of(case).items()}
    steady = [name for name in spend if any(spend[name]) and phase_of(spend[name]) == "hold"]
    return sum(each.values()), sum(each[name] for name in steady)


SECOND = {
    "7.2": plan,
    "7.3": alarm,
    "7.4": phases,
    "7.5": lambda case: moved_down,
    "7.6": visits,
    "7.7": lifts,
    "7.9": hours,
    "7.10": rewards,
}
