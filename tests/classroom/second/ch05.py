"""Chapter 5 a second time: plain loops over the rows of the books, and no pandas but at the end."""

import statistics
from datetime import date
from functools import lru_cache

import pandas as pd

APRIL, JANUARY = date(2021, 4, 1), date(2021, 1, 1)
MEASURES = ["recency_days", "frequency", "monetary"]
WORDS = {(1, 1): "value", (1, 0): "develop", (0, 1): "keep", (0, 0): "win_back"}


@lru_cache(maxsize=2)
def rows_of(case):
    """List order, day, customer and amount of every line."""
    columns = case.year[["order", "date", "customer", "amount"]].to_dict("list").values()
    return [
        (order, day.date(), who, money) for order, day, who, money in zip(*columns, strict=True)
    ]


@lru_cache(maxsize=4)
def rfm_of(case, today=APRIL):
    last, orders, money = {}, {}, {}
    for order, day, who, amount in rows_of(case):
        if day >= today:
            continue
        money[who] = money.get(who, 0) + amount
        if amount > 0:
            last[who] = max(last.get(who, day), day)
            orders.setdefault(who, set()).add(order)
    return {who: ((today - last[who]).days, len(orders[who]), money[who]) for who in sorted(last)}


def points_of(table):
    """Score from 1 to 5: how many customers are worse?"""
    columns = list(zip(*table.values(), strict=True))
    columns[0] = [-days for days in columns[0]]
    scores = [
        [1 + 5 * sum(other < one for other in column) // len(column) for one in column]
        for column in columns
    ]
    return dict(zip(table, zip(*scores, strict=True), strict=True))


def tier(r, f, m):
    return ("important_" if m else "general_") + WORDS[bool(r), bool(f)]


def by_scores(case):
    return {
        who: tier(*(one >= 4 for one in three)) for who, three in points_of(rfm_of(case)).items()
    }


def five_points(rfm):
    table = {row[0]: row[1:] for row in rfm[MEASURES].itertuples()}
    return frame(points_of(table), ["R", "F", "M"])


def tiers_of(table, centre=statistics.fmean):
    days, times, spend = (centre(column) for column in zip(*table.values(), strict=True))
    return {who: tier(r <= days, f >= times, m >= spend - 1e-9) for who, (r, f, m) in table.items()}


def cost(case):
    table, counts = rfm_of(case), {}
    for _, _, who, amount in rows_of(case):
        counts[who] = counts.get(who, 0) + (amount > 0)
    others = {
        "median": tiers_of(table, statistics.median),
        "mean_order": tiers_of({who: (r, f, m / f) for who, (r, f, m) in table.items()}),
        "lines": tiers_of({who: (r, counts[who], m) for who, (r, f, m) in table.items()}),
    }
    usual = tiers_of(table)
    return {name: sum(new[who] != usual[who] for who in usual) for name, new in others.items()}


def letters(case):
    industry = case.customers["industry"].to_dict()
    waiting = {
        who
        for _, day, who, amount in rows_of(case)
        if amount > 0
        and industry[who] == "school"
        and (day.year, day.month) in ((2020, 8), (2020, 9))
    }
    quiet = [who for who, (days, _, _) in rfm_of(case, JANUARY).items() if days > 60]
    return [who for who in quiet if who not in waiting]


def tested(case):
    october = date(2020, 10, 1)
    known = rfm_of(case, october)
    vips = {who for who, name in tiers_of(known).items() if name == "important_value"}
    later, back = dict.fromkeys(known, 0), set()
    for _, day, who, amount in rows_of(case):
        if day >= october and who in known:
            later[who] += amount
            if amount > 0:
                back.add(who)
    money = sum(later[who] for who in vips) / sum(later.values())
    return len(vips), len(vips & back) / len(vips), money


def frame(rows, columns):
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


SECOND = {
    "5.2": lambda case: frame(rfm_of(case, JANUARY), MEASURES),
    "5.3": by_scores,
    "5.4": lambda case: five_points,
    "5.5": cost,
    "5.7": letters,
    "5.8": tested,
}
