"""Draw the true purchases of a firm's month, with every case that the chapter needs."""

import random
from collections import Counter
from collections.abc import Callable
from statistics import median

# How many customers to draw for each pattern of R, F, M; 60 in all.
_PATTERNS = {"111": 8, "101": 4, "011": 4, "001": 3, "110": 9, "100": 11, "010": 7, "000": 14}
_MEAN_F, _MEAN_R = 3, 13
PRODUCTS = (
    ("影印紙（包）", 95), ("原子筆（盒）", 120), ("資料夾（打）", 180), ("標籤紙（盒）", 85),
    ("白板筆（組）", 150), ("訂書機", 210), ("計算機", 360), ("護貝膜（盒）", 420),
    ("收納箱", 540), ("碳粉匣", 1450), ("碎紙機", 2980), ("文件櫃", 4600),
)  # fmt: skip


def draw_orders(rng: random.Random) -> list[dict]:
    """Draw the true purchases: a list of orders, each with customer, day of March and lines."""
    patterns = [pattern for pattern, count in _PATTERNS.items() for _ in range(count)]
    numbers = sorted(rng.sample(range(1, 100), len(patterns)))
    rng.shuffle(patterns)
    customers = [f"C{_spread(number):03d}" for number in numbers]
    days_ago = _draw_days_ago(patterns, rng)
    counts = _draw_counts(patterns, rng)
    orders = []
    for customer, pattern, ago, count in zip(customers, patterns, days_ago, counts, strict=True):
        spend = rng.lognormvariate(9.6, 0.55) if pattern[2] == "1" else rng.lognormvariate(7.6, 0.7)
        last = 32 - ago
        days = [last, *(rng.randint(1, last) for _ in range(count - 1))]
        for day in days:
            budget = spend / count * rng.uniform(0.7, 1.3)
            orders.append({"customer": customer, "day": day, "lines": draw_lines(budget, rng)})
    return orders


def _spread(number: int) -> int:
    """Spread the numbers 1 to 99 over 1 to 396, in the same order: the year has more customers."""
    return 4 * number - number % 4


def _draw_days_ago(patterns: list[str], rng: random.Random) -> list[int]:
    """Draw days since the last purchase, with a whole mean and customers exactly on it."""
    ago = [
        rng.randint(1, _MEAN_R) if pattern[0] == "1" else rng.randint(_MEAN_R + 1, 31)
        for pattern in patterns
    ]
    recent = [place for place, pattern in enumerate(patterns) if pattern[0] == "1"]
    on_mean = set(rng.sample(recent, 2))
    for place in on_mean:
        ago[place] = _MEAN_R
    free = [place for place in range(len(ago)) if place not in on_mean]
    return _adjust(
        ago,
        _MEAN_R * len(ago),
        free,
        rng,
        lambda place: (1, _MEAN_R) if patterns[place][0] == "1" else (_MEAN_R + 1, 31),
    )


def _draw_counts(patterns: list[str], rng: random.Random) -> list[int]:
    """Draw purchases per customer, with a whole mean and customers exactly on it."""
    counts = [
        rng.choice((3, 3, 4, 4, 5, 6, 7)) if pattern[1] == "1" else rng.choice((1, 1, 2))
        for pattern in patterns
    ]
    often = [place for place, pattern in enumerate(patterns) if pattern[1] == "1"]
    on_mean = set(rng.sample(often, 4))
    for place in on_mean:
        counts[place] = _MEAN_F
    free = [place for place in range(len(counts)) if place not in on_mean]
    return _adjust(
        counts,
        _MEAN_F * len(counts),
        free,
        rng,
        lambda place: (_MEAN_F, 8) if patterns[place][1] == "1" else (1, _MEAN_F - 1),
    )


def _adjust(
    values: list[int],
    total: int,
    free: list[int],
    rng: random.Random,
    bounds: Callable[[int], tuple[int, int]],
) -> list[int]:
    """Change free values by single steps within their bounds until they add up to `total`."""
    while (gap := total - sum(values)) != 0:
        place = rng.choice(free)
        low, high = bounds(place)
        values[place] = min(high, max(low, values[place] + (1 if gap > 0 else -1)))
    return values


def draw_lines(budget: float, rng: random.Random) -> list[tuple[str, int, int]]:
    """Draw one to four products for about the budget: (name, quantity, unit price)."""
    n_products = rng.choice((1, 1, 2, 2, 2, 3, 3, 4))
    affordable = [item for item in PRODUCTS if item[1] <= budget / n_products] or [PRODUCTS[3]]
    picked = rng.sample(affordable, min(n_products, len(affordable)))
    return [(name, max(1, round(budget / len(picked) / price)), price) for name, price in picked]


def money_of(lines: list[tuple]) -> int:
    """Sum the money of an order's lines."""
    return sum(quantity * price for _, quantity, price in lines)


def has_needed_cases(orders: list[dict]) -> bool:
    """Return whether every usual mistake gives another answer than the right one on this draw.

    All eight classes have members, a return moves somebody across the mean, no two customers spend
    the same, six big spenders or more have gone quiet, one of the five biggest among them, the
    biggest of all has not, one of the five biggest is high on all three, sorting the quiet ones by
    money, by days or by orders gives different lists, and when the cut is the median, somebody
    changes two levels or more, and somebody the level of days alone.
    """
    last: dict[str, int] = {}
    count: dict[str, int] = {}
    gross: dict[str, int] = {}
    net: dict[str, int] = {}
    for order in orders:
        customer, lines = order["customer"], order["lines"]
        bought = sum(quantity * price for _, quantity, price in lines if quantity > 0)
        money = money_of(lines)
        gross[customer] = gross.get(customer, 0) + bought
        net[customer] = net.get(customer, 0) + money
        if bought:
            last[customer] = max(last.get(customer, 0), order["day"])
            count[customer] = count.get(customer, 0) + 1
    size = len(net)
    mean_net, mean_gross = sum(net.values()) / size, sum(gross.values()) / size
    levels = {c: (32 - last[c] <= _MEAN_R, count[c] >= _MEAN_F, net[c] >= mean_net) for c in net}
    middle = 32 - median(last.values()), median(count.values()), median(net.values())
    others = {
        c: (32 - last[c] <= middle[0], count[c] >= middle[1], net[c] >= middle[2]) for c in net
    }
    moves = {c: [a != b for a, b in zip(levels[c], others[c], strict=True)] for c in net}
    members = Counter(levels.values())
    flipped = any((net[c] >= mean_net) != (gross[c] >= mean_gross) for c in net)
    quiet = [c for c in net if levels[c][2] and not levels[c][0]]
    by_money = sorted(quiet, key=lambda c: -net[c])
    by_days = sorted(quiet, key=lambda c: (last[c], -net[c]))
    most_orders = sorted((count[c] for c in quiet), reverse=True)
    five_biggest = sorted(net, key=net.__getitem__)[-5:]
    return (
        len(members) == 8
        and min(members.values()) >= 2
        and flipped
        and len(set(net.values())) == size
        and len(quiet) >= 6
        and max(net, key=net.__getitem__) not in quiet
        and any(all(levels[c]) for c in five_biggest)
        and any(c in quiet for c in five_biggest)
        and by_money[:5] != by_days[:5]
        and [count[c] for c in by_money[:5]] != most_orders[:5]
        and max(map(sum, moves.values())) >= 2
        and [True, False, False] in moves.values()
    )
