"""Draw the firm's twelve months, April 2020 to March 2021: who buys when, and what."""

import math
import random
from collections import defaultdict
from datetime import date, timedelta

from rfmkit.cases.orders import PRODUCTS, draw_lines, money_of

MONTHS = tuple((2020 + (3 + step) // 12, (3 + step) % 12 + 1) for step in range(12))
_END = date(2021, 3, 31)
# The day on which the firm looks at its books, and where its year is cut in two and in four.
REPORT_DAY, HALF_YEAR, NEW_YEAR = date(2021, 4, 1), date(2020, 10, 1), date(2021, 1, 1)

# How much each kind of customer buys from month to month; March comes last. Only the first four
# kinds buy in March, which the ledger of March has drawn already.
_COURSE = {
    "steady": (1.0,) * 12,
    "growing": (0.1, 0.15, 0.2, 0.3, 0.35, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    "new": (0.0,) * 9 + (0.5, 0.8, 1.0),
    "declining": (1.8, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8),
    "lost": (1.0, 1.0, 0.9, 0.8, 0.6, 0.5, 0.3, 0.2, 0.1, 0.0, 0.0, 0.0),
    "fading": (0.8, 0.9, 1.0, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0.2, 0.0),
    "occasional": (0.5,) * 11 + (0.0,),
    "seasonal": (0.1, 0.1, 0.2, 0.2, 1.6, 1.8, 0.2, 0.1, 0.1, 0.3, 1.6, 0.0),
}
# Some things are bought together: what is in the basket, what joins it, how often.
_COMPANIONS = (
    ("碳粉匣", "影印紙（包）", 0.6),
    ("白板筆（組）", "資料夾（打）", 0.35),
    ("護貝膜（盒）", "標籤紙（盒）", 0.45),
    ("碎紙機", "收納箱", 0.4),
)
_PRICES = dict(PRODUCTS)


def draw_year(march: list[tuple], rng: random.Random, *, others: int = 260) -> dict:
    """Draw the orders of a year that ends in the March already drawn.

    Returns `orders`, a list of (number, date, customer, lines, status) by date, and `course`, the
    kind of each customer.
    """
    drawn = defaultdict(list)
    for _, status, order in march:
        if status == "完成":
            drawn[order["customer"]].append(money_of(order["lines"]))
    free = sorted({f"C{n:03d}" for n in range(1, 397)} - set(drawn))
    course = {
        customer: rng.choices(("steady", "growing", "new", "declining"), (45, 25, 12, 18))[0]
        for customer in drawn
    }
    course |= {
        customer: rng.choices(("lost", "fading", "occasional", "seasonal"), (26, 16, 42, 16))[0]
        for customer in sorted(rng.sample(free, others))
    }
    early = []
    for customer, kind in course.items():
        if customer in drawn:
            rate, size = len(drawn[customer]) * 0.75, sum(drawn[customer]) / len(drawn[customer])
        else:
            rate, size = rng.lognormvariate(-0.25, 0.8), rng.lognormvariate(7.4, 1.1)
        early += _orders_of(customer, _COURSE[kind][:11], rate, size, rng)
    for customer in sorted(set(course) - set(drawn) - {order[1] for order in early}):
        month = rng.randrange(11)
        early.append((_day(month, rng), customer, draw_lines(2000, rng)))
    orders = _number(early, rng) + [
        (number, date(2021, 3, order["day"]), order["customer"], order["lines"], status)
        for number, status, order in march
    ]
    return {"orders": orders, "course": dict(sorted(course.items()))}


def _orders_of(
    customer: str, course: tuple[float, ...], rate: float, size: float, rng: random.Random
) -> list[tuple]:
    """Draw one customer's orders of the first eleven months."""
    return [
        (_day(month, rng), customer, _lines(size * rng.lognormvariate(-0.1, 0.45), rng))
        for month, level in enumerate(course)
        for _ in range(poisson(rate * level, rng))
    ]


def _lines(budget: float, rng: random.Random) -> list[tuple[str, int, int]]:
    """Draw the lines of an order, sometimes with products that go together."""
    lines = draw_lines(budget, rng)
    names = {name for name, _, _ in lines}
    for name, companion, share in _COMPANIONS:
        if name in names and companion not in names and rng.random() < share:
            lines.append((companion, rng.randint(1, 3), _PRICES[companion]))
    return lines


def _number(early: list[tuple], rng: random.Random) -> list[tuple]:
    """Sort by day, draw returns within the same month, and number the orders month by month."""
    events = [(day, customer, lines, "完成") for day, customer, lines in early]
    for day, customer, lines in early:
        back = day + timedelta(days=rng.randint(1, 6))
        if rng.random() < 0.03 and back.month == day.month:
            name, quantity, price = lines[0]
            events.append((back, customer, [(name, -max(1, quantity // 3), price)], "退貨"))
    serial: dict[str, int] = defaultdict(int)
    numbered = []
    for day, customer, lines, status in sorted(events, key=lambda event: event[:2]):
        start = f"{'S' if status == '完成' else 'R'}{day:%y%m}"
        serial[start] += 1
        width = 3 if status == "完成" else 2
        numbered.append((f"{start}-{serial[start]:0{width}d}", day, customer, lines, status))
    return numbered


def _day(month: int, rng: random.Random) -> date:
    year, number = MONTHS[month]
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, rng.randint(1, (following - timedelta(days=1)).day))


def poisson(rate: float, rng: random.Random) -> int:
    """Draw a count with the given mean."""
    limit, count, product = math.exp(-rate), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count
