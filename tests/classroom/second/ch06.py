"""Chapter 6 a second time: plain loops over the rows of the ledger, and no pandas."""

import re
import statistics
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｃ", "0123456789C")
MEASURES = ["recency_days", "frequency", "monetary"]
WORDS = {(1, 1): "value", (1, 0): "develop", (0, 1): "keep", (0, 0): "win_back"}


def tidy(cell):
    return cell.translate(HALF_WIDTH).replace("　", " ").strip() if isinstance(cell, str) else cell


def day_of(cell):
    if isinstance(cell, datetime):
        return cell.date()
    parts = re.findall(r"\d+", tidy(cell))
    return date(*map(int, parts)) if len(parts) == 3 else None


def money_of(cell):
    if isinstance(cell, str):
        digits = re.sub(r"[NT$,元]", "", cell)
        return int(digits) if digits.isdigit() else None
    return cell


@lru_cache(maxsize=2)
def rows_of(case):
    """List order, day, customer and amount of the rows that count."""
    rows, seen = [], set()
    for row in case.raw.to_numpy().tolist():
        order, line, when, customer, product, *_, amount, status = map(tidy, row)
        when, amount = day_of(when), money_of(amount)
        known = customer and customer != "TEST" and status != "已取消" and when and amount
        if not known or (when.year, when.month) != (2021, 3):
            continue
        if (order, line, customer, product) not in seen:
            seen.add((order, line, customer, product))
            rows.append((order, when, customer, amount))
    return rows


@lru_cache(maxsize=2)
def rfm_of(case):
    rows, rfm = rows_of(case), {}
    for customer in sorted({row[2] for row in rows}):
        own = [row for row in rows if row[2] == customer]
        bought = [row for row in own if row[3] > 0]
        rfm[customer] = (
            (date(2021, 4, 1) - max(row[1] for row in bought)).days,
            len({row[0] for row in bought}),
            sum(row[3] for row in own),
        )
    return rfm


def levels_of(case, centre=statistics.fmean):
    rfm = rfm_of(case)
    days, times, spend = (centre(column) for column in zip(*rfm.values(), strict=True))
    return {c: (r <= days, f >= times, m >= spend) for c, (r, f, m) in rfm.items()}


def tiers_of(case):
    return {
        customer: ("important_" if m else "general_") + WORDS[r, f]
        for customer, (r, f, m) in levels_of(case).items()
    }


def summary_of(case):
    rfm, tiers = rfm_of(case), tiers_of(case)
    total = sum(row[2] for row in rfm.values())
    table = {}
    for code in [prefix + word for prefix in ("important_", "general_") for word in WORDS.values()]:
        members = [customer for customer, tier in tiers.items() if tier == code]
        spend = sum(rfm[customer][2] for customer in members)
        table[code] = (len(members), len(members) / len(rfm), spend, spend / total)
    columns = ["customers", "customer_share", "revenue", "revenue_share"]
    return pd.DataFrame.from_dict(table, orient="index", columns=columns)


def movers(case):
    mean, median = levels_of(case), levels_of(case, statistics.median)
    return [customer for customer in mean if mean[customer] != median[customer]]


def call_list(case):
    rfm = rfm_of(case)
    quiet = [customer for customer, (r, _, m) in levels_of(case).items() if m and not r]
    return sorted(quiet, key=lambda customer: -rfm[customer][2])[:5]


def how_sure(case):
    """Compute Wilson's interval from its formula."""
    flags = [m for _, _, m in levels_of(case).values()]
    total, z = len(flags), statistics.NormalDist().inv_cdf(0.975)
    share = sum(flags) / total
    middle = share + z * z / (2 * total)
    half = z * (share * (1 - share) / total + z * z / (4 * total * total)) ** 0.5
    below = 1 + z * z / total
    return share, (middle - half) / below, (middle + half) / below


def frame(rows, columns):
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


SECOND = {
    "6.1": lambda case: sum(row[3] for row in rows_of(case)),
    "6.2": lambda case: frame(rfm_of(case), MEASURES),
    "6.3": lambda case: frame(levels_of(case), ["R", "F", "M"]),
    "6.4": tiers_of,
    "6.5": summary_of,
    "6.6": movers,
    "6.7": call_list,
    "6.9": how_sure,
}
