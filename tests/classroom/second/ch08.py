"""Chapter 8 a second time: plain loops over the rows of the books, and no pandas."""

from collections import Counter, defaultdict
from datetime import date
from functools import lru_cache

from rfmkit.classroom.answer_types import drawn

TODAY, HALF = date(2021, 4, 1), date(2020, 10, 1)
LENGTH, LATELY = 64, 90


def accounts_of(case):
    return {row["customer"]: row for row in case.customers.reset_index().to_dict("records")}


def top(scores, length=LENGTH):
    """List the best; of equals, whoever stands first in the book."""
    return sorted(scores, key=scores.get, reverse=True)[:length]


@lru_cache(maxsize=2)
def lines_of(case):
    columns = (case.year[name].tolist() for name in ("date", "customer", "order", "amount"))
    return [(day.date(), *rest) for day, *rest in zip(*columns, strict=True)]


@lru_cache(maxsize=2)
def rfm_of(case):
    last, orders, spend = {}, defaultdict(set), Counter()
    for day, customer, order, amount in lines_of(case):
        spend[customer] += amount
        if amount > 0:
            last[customer] = max(day, last.get(customer, day))
            orders[customer].add(order)
    return {
        name: ((TODAY - last[name]).days, len(orders[name]), spend[name]) for name in sorted(last)
    }


def fifths(values):
    values = list(values)
    return [1 + 5 * sum(other < one for other in values) // len(values) for one in values]


@lru_cache(maxsize=2)
def rfm_list(case):
    rows = rfm_of(case)
    days, times, spend = zip(*rows.values(), strict=True)
    totals = map(sum, zip(fifths(-day for day in days), fifths(times), fifths(spend), strict=True))
    return top({name: (total, rows[name][2]) for name, total in zip(rows, totals, strict=True)})


@lru_cache(maxsize=2)
def clv_of(case):
    before, after = {}, set()
    for day, customer, _, amount in lines_of(case):
        if amount > 0 and day < HALF:
            before[customer] = max(day, before.get(customer, day))
        elif amount > 0:
            after.add(customer)
    came = {True: [], False: []}
    for customer, day in before.items():
        came[(HALF - day).days <= LATELY].append(customer in after)
    stay = {lately: sum(back) / len(back) for lately, back in came.items()}
    values = {}
    for name, row in accounts_of(case).items():
        rate = stay[rfm_of(case)[name][0] <= LATELY]
        values[name] = row["profit"] / 2 * rate / (1.05 - rate)
    return values


def points(values, sign=1):
    """Give the share of the others who are worse, in percent; equals are half of each other."""
    known = {name: sign * value for name, value in values.items() if value is not None}
    at = {}
    for name, one in known.items():
        worse = sum(other < one for other in known.values())
        equal = sum(other == one for other in known.values()) - 1
        at[name] = 100 * (worse + equal / 2) / (len(known) - 1)
    return at


def value_list(case):
    books, late, complaints = accounts_of(case), defaultdict(list), Counter()
    for row in case.payments[["customer", "due_date", "paid_date"]].to_dict("records"):
        paid = None if row["paid_date"] != row["paid_date"] else row["paid_date"].date()
        due = row["due_date"].date()
        if paid is not None or due < TODAY:
            late[row["customer"]].append(paid is None or paid > due)
    for row in case.contacts.to_dict("records"):
        complaints[row["customer"]] += row["kind"] == "complaint"
    overdue = {name: sum(late[name]) / len(late[name]) if late[name] else None for name in books}
    parts = [
        (50, points({name: row["profit"] for name, row in books.items()})),
        (20, points({name: row["forecast_amount"] for name, row in books.items()})),
        (15, points(overdue, -1)),
        (10, points({name: complaints[name] for name in books}, -1)),
        (5, points({name: row["company_size"] for name, row in books.items()})),
    ]
    scores = {}
    for name in books:
        known = [(weight, part[name]) for weight, part in parts if name in part]
        scores[name] = sum(w * p for w, p in known) / sum(w for w, _ in known)
    return top(scores)


def overrated(case):
    books = accounts_of(case)
    return [name for name in rfm_list(case) if books[name]["service_cost"] > books[name]["profit"]]


def layers(case):
    profit = {name: row["profit"] for name, row in accounts_of(case).items()}
    lists = [top(profit), value_list(case), top(clv_of(case)), rfm_list(case)]
    sums = Counter()
    for name, earned in profit.items():
        sums[sum(name in one for one in lists)] += earned
    heights = [100 * sums[number] / sum(profit.values()) for number in (4, 3, 2, 1, 0)]
    return drawn("bar", heights, labels=list("43210"))


def agreement(one, other):
    one, other = one.to_dict(), other.to_dict()
    both = [name for name in one if name in other]
    length = len(both) // 5
    first, second = (top({name: part[name] for name in both}, length) for part in (one, other))
    return sum(name in second for name in first) / length


def visits(case):
    clv, thirds = clv_of(case), {}
    big = top(clv)
    for row in case.survey.reset_index().to_dict("records"):
        if row["customer"] in big:
            thirds[row["customer"]] = sum(
                row[name] for name in ("overall", "against_expected", "against_ideal")
            )
    return sorted(thirds, key=lambda name: (thirds[name], -clv[name]))[:6]


def halves(case):
    """Tier the customers of each half-year by spend, those in front counted one by one."""
    tiers = []
    for later in (False, True):
        spend = Counter()
        for day, customer, _, amount in lines_of(case):
            if (day >= HALF) == later:
                spend[customer] += amount
        front = {name: sum(one > spend[name] for one in spend.values()) for name in spend}
        shares = {name: number / len(spend) for name, number in front.items()}
        tiers.append({n: "abc"[(share >= 0.2) + (share >= 0.5)] for n, share in shares.items()})
    return tiers


def changed(case):
    before, after = halves(case)
    both = [(before[name], after[name]) for name in before if name in after]
    return {
        "up": sum(now < was for was, now in both),
        "down": sum(now > was for was, now in both),
        "stayed": sum(now == was for was, now in both),
        "new": len(after.keys() - before.keys()),
        "lost": len(before.keys() - after.keys()),
    }


def quiet(case):
    before, after = halves(case)
    return [name for name in before if before[name] == "a" and name not in after]


def levels(case):
    """Go through the customers one by one, and let the first rule that fits decide."""
    books = accounts_of(case)
    rooms = {name: row["yearly_need"] - row["revenue"] for name, row in books.items()}
    months = defaultdict(set)
    for day, customer, _, amount in lines_of(case):
        if amount > 0:
            months[customer].add(day.month)

    def letters(values):
        front = {n: sum(one > value for one in values.values()) for n, value in values.items()}
        return {
            n: "abc"[(f >= 0.2 * len(values)) + (f >= 0.5 * len(values))] for n, f in front.items()
        }

    profit = letters({name: row["profit"] for name, row in books.items()})
    potential = letters(rooms)
    counts = dict.fromkeys(("watch", "keep", "support", "standard"), 0)
    for name in books:
        if profit[name] in "ab" and len(months[name]) <= 3:
            counts["watch"] += 1
        elif profit[name] == "a":
            counts["keep"] += 1
        elif potential[name] in "ab":
            counts["support"] += 1
        else:
            counts["standard"] += 1
    return counts


SECOND = {
    "8.2": overrated,
    "8.3": layers,
    "8.4": lambda case: agreement,
    "8.5": visits,
    "8.8": changed,
    "8.9": quiet,
    "8.10": levels,
}
