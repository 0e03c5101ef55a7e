"""Chapter 4 a second time: sums over plain rows, SQL for the ledger, and no pandas."""

import sqlite3
import statistics
from contextlib import closing
from functools import lru_cache

HEAD_OFFICE = {
    "government": 82,
    "hospitality": 40,
    "manufacturing": 59,
    "retail": 51,
    "school": 65,
    "technology": 64,
}
RATES = """
    WITH halves AS (
        SELECT customer, MIN(day) < '2020-10-01' AS early, MAX(day) >= '2020-10-01' AS late
        FROM lines WHERE amount > 0 GROUP BY customer
    )
    SELECT industry, 1.0 * SUM(late) / COUNT(*)
    FROM halves JOIN customers USING (customer) WHERE early GROUP BY industry
"""


def year_rate(case):
    with closing(sqlite3.connect(":memory:")) as books:
        books.execute("CREATE TABLE lines (customer, day, amount)")
        books.execute("CREATE TABLE customers (customer, industry)")
        days = case.year["date"].dt.strftime("%Y-%m-%d")
        lines = zip(case.year["customer"], days, case.year["amount"].tolist(), strict=True)
        books.executemany("INSERT INTO lines VALUES (?, ?, ?)", lines)
        industries = case.customers["industry"].to_dict().items()
        books.executemany("INSERT INTO customers VALUES (?, ?)", industries)
        return {industry: share * share for industry, share in books.execute(RATES)}


def value_of(profit, half_rate, discount):
    """Add up what is still to come, year by year, until nothing is left."""
    stays, money, total = 1.0, 1.0, 0.0
    for _ in range(2000):
        stays *= half_rate * half_rate
        money /= 1 + discount
        total += profit * stays * money
    return total


@lru_cache(maxsize=2)
def clv_of(case, more=0):
    """Give everybody's lifetime value at head office's rates, `more` points higher."""
    values = {}
    for customer, row in case.customers.to_dict("index").items():
        points = HEAD_OFFICE[row["industry"]] + more
        values[customer] = row["profit"] * points / (110 - points)
    return values


def score(answers):
    return sum(100 * (answer - 1) / 9 for answer in answers) / 3


@lru_cache(maxsize=2)
def answers_of(case):
    columns = ["overall", "against_expected", "against_ideal"]
    rows = case.survey[columns].to_numpy().tolist()
    return dict(zip(case.survey.index, rows, strict=True))


def box(case):
    clv, tiers = clv_of(case), {}
    middle, high = statistics.median(clv.values()), statistics.fmean(clv.values())
    for customer, answers in answers_of(case).items():
        value = clv[customer]
        row = "high" if value >= high else "middle" if value >= middle else "low"
        tiers[customer] = f"clv_cs_3x2:{row}_{'high' if score(answers) >= 70 else 'low'}"
    return tiers


def urgent(case, answers_of_one):
    clv = clv_of(case)
    high = statistics.fmean(clv.values())
    return [
        customer
        for customer, answers in answers_of(case).items()
        if clv[customer] >= high and score(answers_of_one(answers)) < 70
    ]


def sure(case):
    return urgent(case, lambda answers: [min(answer + 1, 10) for answer in answers])


def visits(case):
    now, then = clv_of(case), clv_of(case, 5)
    return [one for one in urgent(case, list) if then[one] - now[one] > 4000]


def suggest(case):
    clv = clv_of(case)
    high = statistics.fmean(clv.values())
    names = {
        (True, "high"): "retain", (True, "middle"): "strengthen", (True, "low"): "rescue",
        (False, "high"): "nurture", (False, "middle"): "standard", (False, "low"): "low_cost",
    }  # fmt: skip
    rows = case.contacts[["customer", "kind"]].to_dict("records")
    spoke = {row["customer"] for row in rows if row["kind"] == "suggestion"}
    boxes = {}
    for customer, answers in answers_of(case).items():
        level = score(answers)
        column = "high" if level >= 80 else "middle" if level >= 60 else "low"
        boxes.setdefault(names[clv[customer] >= high, column], []).append(customer in spoke)
    return {f"clv_cs:{name}": statistics.fmean(said) for name, said in boxes.items()}


SECOND = {
    "4.2": year_rate,
    "4.3": lambda case: value_of,
    "4.5": box,
    "4.6": sure,
    "4.7": visits,
    "4.8": suggest,
}
