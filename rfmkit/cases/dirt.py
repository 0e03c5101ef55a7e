"""Add to a drawn ledger what real ledgers hold: returns, repeats, odd cells, invalid rows."""

import random
from datetime import datetime

from rfmkit.cases.orders import money_of

_FULL_WIDTH = str.maketrans("0123456789C", "０１２３４５６７８９Ｃ")


def add_returns(orders: list[dict], rng: random.Random) -> list[dict]:
    """Draw returns and add them to `orders`: a few items, and nearly all of one large order.

    Returns the return orders alone, in the order drawn.
    """
    last: dict[str, int] = {}
    for order in orders:
        last[order["customer"]] = max(last.get(order["customer"], 0), order["day"])
    spent: dict[str, int] = {}
    for order in orders:
        money = money_of(order["lines"])
        spent[order["customer"]] = spent.get(order["customer"], 0) + money
    mean = sum(spent.values()) / len(spent)
    back = []

    # A small customer orders cabinets by mistake and returns them.
    modest = [
        order for order in orders if spent[order["customer"]] < mean / 2 and order["day"] < 25
    ]
    mistaken = rng.choice(modest)
    cabinets = 1 + int(mean // 4600)
    mistaken["lines"].append(("文件櫃", cabinets, 4600))
    back.append(_return(mistaken, ("文件櫃", cabinets, 4600), mistaken["day"] + rng.randint(1, 5)))

    # Two customers return a little after their last purchase, two in between.
    others = [
        order
        for order in orders
        if order["customer"] != mistaken["customer"]
        and order["day"] < 28
        and order["lines"][0][1] > 1
    ]
    final = [order for order in others if order["day"] == last[order["customer"]]]
    for order in rng.sample(final, 2) + rng.sample([o for o in others if o not in final], 2):
        name, quantity, price = order["lines"][0]
        day = min(31, order["day"] + rng.randint(1, 4))
        back.append(_return(order, (name, max(1, quantity // 3), price), day))
    orders.extend(back)
    return back


def _return(order: dict, line: tuple[str, int, int], day: int) -> dict:
    name, quantity, price = line
    return {"customer": order["customer"], "day": day, "lines": [(name, -quantity, price)]}


def add_dirt(orders: list[dict], returned: list[dict], rng: random.Random) -> list[list]:
    """Write the orders as the rows of a ledger, numbered, and add the dirt.

    Empty when two kinds of dirt come to the same sum, for then a wrong total would not tell which
    kind was left in, and when a gift is in an order without a customer.
    """
    rows = [
        row
        for number, status, order in number_orders(orders, returned)
        for row in _rows(number, order["day"], order["customer"], order["lines"], status)
    ]
    serial = len(orders) - len(returned)
    customers = sorted({order["customer"] for order in orders})
    _change_cells(rows, rng)
    invalid = _add_invalid_rows(rows, customers, serial, rng)
    *repeats, spaced = _repeat_rows(rows, rng)
    repeated = sum(repeats) + spaced
    went_back = -sum(row[7] for row in rows if row[8] == "退貨")
    sums = [*invalid, repeated, went_back]
    blank = [row[7] for row in rows if not str(row[3] or "").strip()]
    # Neither blank has a gift beside it, and one with an unseen repeat is not the other.
    clear = len(blank) == 2 and abs(blank[0] - blank[1]) != spaced
    return rows if clear and len(set(sums)) == len(sums) else []


def number_orders(orders: list[dict], returned: list[dict]) -> list[tuple[str, str, dict]]:
    """Assign order numbers by day and customer, to sales and returns separately."""
    numbered, sales, returns = [], 0, 0
    for order in sorted(orders, key=lambda order: (order["day"], order["customer"])):
        if any(order is one for one in returned):
            returns += 1
            numbered.append((f"R2103-{returns:02d}", "退貨", order))
        else:
            sales += 1
            numbered.append((f"S2103-{sales:03d}", "完成", order))
    return numbered


def _rows(number: str, day: int, customer: object, lines: list[tuple], status: str) -> list[list]:
    when = datetime(2021, 3, day)
    return [
        [number, place, when, customer, name, quantity, price, quantity * price, status]
        for place, (name, quantity, price) in enumerate(lines, start=1)
    ]


def _change_cells(rows: list[list], rng: random.Random) -> None:
    """Write some dates, customers and amounts the way people type them."""
    good = [row for row in rows if row[7] > 0]
    for row, style in zip(rng.sample(good, 8), (0, 1, 2, 3) * 2, strict=True):
        day = row[2].day
        row[2] = (
            f"2021/3/{day}",
            f"2021-03-{day:02d}",
            f"2021年3月{day}日",
            f"2021/3/{day}".translate(_FULL_WIDTH),
        )[style]
    for row, style in zip(rng.sample(good, 6), (0, 1, 2) * 2, strict=True):
        row[3] = (f" {row[3]}", f"{row[3]}　", row[3].translate(_FULL_WIDTH))[style]
    for row, style in zip(rng.sample(good, 4), (0, 1, 2, 0), strict=True):
        row[7] = (f"{row[7]:,}", f"NT${row[7]:,}", f"{row[7]}元")[style]


def _add_invalid_rows(
    rows: list[list], customers: list[str], serial: int, rng: random.Random
) -> tuple[int, ...]:
    """Insert rows that are no purchase of a known customer in March; return each kind's sum."""
    one, two, three, four, five, six, seven = rng.sample(customers, 7)
    invalid = [
        (datetime(2021, 2, 26), one, "影印紙（包）", 12, 95, 1140, "完成"),
        (datetime(2021, 2, 28), two, "碳粉匣", 2, 1450, 2900, "完成"),
        (datetime(2021, 4, 1), three, "收納箱", 3, 540, 1620, "完成"),
        (datetime(2121, 3, 15), four, "計算機", 2, 360, 720, "完成"),
        ("待確認", five, "護貝膜（盒）", 4, 420, 1680, "完成"),
        (datetime(2021, 3, 30), six, "碎紙機", 2, 2980, 5960, "已取消"),
        (datetime(2021, 3, 29), seven, "文件櫃", 1, 4600, 4600, "已取消"),
        (datetime(2021, 3, 9), None, "影印紙（包）", 20, 95, 1900, "完成"),
        (datetime(2021, 3, 22), "　", "訂書機", 5, 210, 1050, "完成"),
        (datetime(2021, 3, 2), "TEST", "文件櫃", 10, 4600, 46000, "完成"),
    ]
    for when, customer, product, quantity, price, amount, status in invalid:
        serial += 1
        row = [f"S2103-{serial:03d}", 1, when, customer, product, quantity, price, amount, status]
        rows.insert(rng.randrange(len(rows) + 1), row)
    host = rng.choice([row for row in rows if row[8] == "完成" and isinstance(row[7], int)])
    gift = [host[0], 9, host[2], host[3], "試用品", 1, 0, 0, "完成"]
    rows.insert(rows.index(host) + 1, gift)
    talk = [host[0], 8, host[2], host[3], "客製印章", 1, None, "另議", "完成"]
    rows.insert(rows.index(host) + 1, talk)
    money = [invalid_row[5] for invalid_row in invalid]
    outside, cancelled, blank, test = sum(money[:4]), sum(money[5:7]), sum(money[7:9]), money[9]
    return outside, cancelled, blank, test


def _repeat_rows(rows: list[list], rng: random.Random) -> list[int]:
    """Repeat four lines, three exactly and the last with an extra space; return their amounts."""
    good = [
        row
        for row in rows
        if row[8] == "完成"
        and isinstance(row[7], int)
        and row[7] > 0
        and isinstance(row[2], datetime)
        and row[2].strftime("%Y-%m") == "2021-03"
        and isinstance(row[3], str)
        and row[3].startswith("C")
    ]
    chosen = rng.sample(good, 4)
    for place, row in enumerate(chosen):
        copy = list(row)
        if place == 3:
            copy[3] += " "
        rows.insert(rows.index(row) + 1, copy)
    return [row[7] for row in chosen]
