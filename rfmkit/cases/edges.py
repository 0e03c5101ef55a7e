"""Change drawn books until a customer is on every threshold, and a row there for every condition.

The books of a year are drawn first, and then changed in a few customers: eleven occasional buyers
get another history, a dozen other costs, payments or answers. The test of the thresholds
(tests/test_boundaries.py) lists what each is for. Books in which two slips of chapters 1 to 5, or
a slip and the right answer, would still agree are changed or drawn again (tests/classroom).
"""

import random
from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import accumulate, chain, permutations
from operator import ge, gt, ne
from statistics import fmean, median
from typing import Any, NamedTuple

from rfmkit.cases.accounts import ANSWERS, draw_figures, sum_sales
from rfmkit.cases.orders import PRODUCTS, draw_lines, money_of
from rfmkit.cases.year import HALF_YEAR, NEW_YEAR, REPORT_DAY

# What the exercises fix: revenue of a large customer, cost of the visits, the two measures against
# a loss, the lines of the wallet, cost of one visit, the retention that head office measured.
_VIP, _VISITS, _PRICE, _SERVICE, _FORECAST, _VISIT = 30_000, 8_000, 0.08, 0.35, 10_000, 4_000
STAYING = {
    "government": 0.82,
    "hospitality": 0.40,
    "manufacturing": 0.59,
    "retail": 0.51,
    "school": 0.65,
    "technology": 0.64,
}


class NotPossibleError(Exception):
    """These books have no customer for one of the thresholds: draw others."""


class _History(NamedTuple):
    days: tuple[str, ...]
    returned: str = ""
    school: bool = False
    terms: int = 0
    revenue: int = 0
    late: int = 0


_HISTORIES = (
    # Five orders, silent for three gaps of 73 days; 30,000 a year, two bills of five late.
    _History(
        ("2020-04-21", "2020-05-19", "2020-06-16", "2020-07-21", "2020-08-25"),
        revenue=_VIP,
        late=2,
    ),
    # Schools at the two ends of the autumn term, and returns that are no purchase.
    _History(("2020-09-30",), returned="2020-10-05", school=True),
    _History(("2020-08-01", "2021-02-09"), school=True),
    _History(("2020-04-14", "2020-07-31"), returned="2020-08-04", school=True),
    _History(("2020-10-01", "2021-02-16"), school=True),
    # Came back on the first day of the second half, and never again.
    _History(("2020-06-09", "2020-10-01")),
    # Silent for exactly 60 days on New Year's Day, for exactly three gaps of 11 days on 1 April.
    _History(("2020-11-02", "2021-01-14", "2021-01-25", "2021-02-05", "2021-02-16", "2021-02-27")),
    # Exactly four visits, the first on New Year's Day.
    _History(("2021-01-01", "2021-01-15", "2021-01-28", "2021-02-10")),
    # Silent for exactly 60 days on 1 April; the last bill is due on that day and not yet paid.
    _History(("2021-01-10", "2021-01-17", "2021-01-24", "2021-01-31"), terms=60),
    # Three visits, and a return that is none.
    _History(("2021-02-05", "2021-02-12", "2021-02-20"), returned="2021-02-24"),
    # A first bill that is not due yet.
    _History(("2021-02-20",), terms=60),
)


class Drawn(NamedTuple):
    """The parts of a drawn year that are changed, in the order of their files."""

    course: dict[str, str]
    orders: list[tuple]
    accounts: list[dict]
    payments: list[dict]
    survey: list[dict]


def meet_thresholds(drawn: Drawn, rng: random.Random) -> Drawn | None:
    """Change a copy of the drawn books until somebody is on every threshold.

    Returns None if no customer of these books fits one of them.
    """
    books = _Books(drawn, rng)
    try:
        books.rewrite_histories()
        books.meet_profit_lines()
        books.meet_wallet_lines()
        books.share_the_boundary()
        books.meet_median()
        books.round_up_staff()
        books.change_answers()
        books.part_losses()
        books.part_visits()
        books.check_the_rest()
    except NotPossibleError:
        return None
    orders = books.number_orders()
    return Drawn(
        drawn.course,
        [tuple(order[:5]) for order in orders],
        list(books.rows.values()),
        [order[5] for order in orders if order[5]],
        list(books.answers.values()),
    )


class _Books:
    def __init__(self, drawn: Drawn, rng: random.Random) -> None:
        bills = {bill["order"]: dict(bill) for bill in drawn.payments}
        self.course, self.rng = drawn.course, rng
        # Number, day, customer, lines and status of an order, and its bill.
        self.orders: dict[str, list[list]] = defaultdict(list)
        for order in drawn.orders:
            self.orders[order[2]].append([*order, bills.get(order[0])])
        self.rows = {row["customer"]: dict(row) for row in drawn.accounts}
        self.answers = {answer["customer"]: dict(answer) for answer in drawn.survey}
        # Whom one threshold has taken, no other may change.
        self.taken: set[str] = set()

    def free(self) -> list[dict]:
        return [row for customer, row in self.rows.items() if customer not in self.taken]

    def take(self, rows: Iterable[dict]) -> dict:
        """Select the first of the rows that nobody has taken, and take it."""
        for row in rows:
            if row["customer"] not in self.taken:
                self.taken.add(row["customer"])
                return row
        raise NotPossibleError

    def bought(self, customer: str) -> list[list]:
        return [order for order in self.orders[customer] if order[5]]

    def returned(self, customer: str) -> bool:
        return len(self.bought(customer)) < len(self.orders[customer])

    # Who bought when

    def rewrite_histories(self) -> None:
        for history in _HISTORIES:
            kinds = ("occasional", "seasonal") if history.school else ("occasional",)
            fitting = [
                row
                for row in self.free()
                if self.course[row["customer"]] in kinds
                and (row["industry"] == "school") == history.school
                and row["opened"] < date(2020, 4, 1)
                and row["profit"] > 0
                and row["revenue"] < 20_000
                and not self.returned(row["customer"])
            ]
            self.rng.shuffle(fitting)
            fitting.sort(key=lambda row: abs(row["order_count"] - len(history.days)))
            self._rewrite(self.take(fitting), history)

    def _rewrite(self, row: dict, history: _History) -> None:
        customer, before = row["customer"], self.bought(row["customer"])
        terms = history.terms or (before[0][5]["due_date"] - before[0][1]).days
        budget = (history.revenue or max(1500, row["revenue"])) / len(history.days)
        own = self.orders[customer] = []
        for place, text in enumerate(history.days):
            day = date.fromisoformat(text)
            lines = draw_lines(budget * self.rng.uniform(0.8, 1.2), self.rng)
            while history.returned and lines[0][1] < 3:
                lines = draw_lines(budget * self.rng.uniform(0.8, 3), self.rng)
            if history.revenue and place == len(history.days) - 1:
                spent = sum(money_of(order[3]) for order in own)
                lines = _lines_worth(history.revenue - spent, self.rng)
            bill = _bill(customer, day, lines, terms, self.rng)
            if place < history.late:
                bill |= {"late_reason": "forgotten", "paid_date": bill["due_date"] + timedelta(9)}
            own.append(["", day, customer, lines, "完成", bill])
        if history.returned:
            name, quantity, price = lines[0]
            back = [(name, -(quantity // 3), price)]
            day = date.fromisoformat(history.returned)
            own.append(["", day, customer, back, "退貨", None])
        sales, _ = sum_sales([tuple(order[:5]) for order in own])
        row["profit"] = -1
        while row["profit"] <= 0:
            row |= draw_figures(self.course[customer], sales[customer], self.rng)
        if history.revenue:
            # In the top 20% by profit, and not at its edge.
            goods = round(0.58 * row["revenue"])
            profit = sorted(one["profit"] for one in self.rows.values())[-64] + 1700
            row |= {"cost_of_goods": goods, "service_cost": row["revenue"] - goods - profit}
            row |= {"profit": profit, "profit_last_year": round(profit * 1.2)}
            if row["service_cost"] < 200:
                raise NotPossibleError

    # Profit, and what it is made of

    def meet_profit_lines(self) -> None:
        """Set profits of 8,000 and 0, 70% on time, and losses that a measure cures not quite."""
        on_time = {row["customer"]: self._on_time(row["customer"]) for row in self.rows.values()}
        large = [row for row in self.free() if row["revenue"] >= _VIP and row["profit"] > 0]
        punctual = [row for row in large if on_time[row["customer"]] >= 0.7]
        row = self.take(sorted(punctual, key=lambda row: abs(row["profit"] - _VISITS)))
        _set_profit(row, _VISITS)
        tens = [row for row in large if row["order_count"] % 10 == 0 and row["profit"] > _VISITS]
        row = self.take(sorted(tens, key=lambda row: abs(on_time[row["customer"]] - 0.7)))
        self._pay_on_time(row["customer"], 0.7)
        small = [row for row in self.free() if row["profit"] > 0]
        _set_profit(self.take(sorted(small, key=lambda row: row["profit"])), 0)

        # 8% more revenue comes to exactly 0, and so does 35% less service; however it is written.
        whole = [row for row in self.free() if row["revenue"] % 25 == 0 < row["revenue"]]
        whole = [row for row in whole if 1.08 * row["revenue"] == row["revenue"] * 27 // 25]
        whole.sort(key=lambda row: abs(row["profit"] + _PRICE * row["revenue"]))
        row = self.take(row for row in whole if _service_saves(row, -2 * row["revenue"] // 25))
        _set_profit(row, -2 * row["revenue"] // 25)
        losing = [row for row in self.free() if row["profit"] < 0 < _gross(row)]
        losing.sort(key=lambda row: abs(row["profit"] + _SERVICE * row["service_cost"]))
        row = self.take(row for row in losing if _price_is_too_little(row))
        row["cost_of_goods"] += _gross(row) % 13
        _set_profit(row, -7 * _gross(row) // 13)

        # Service takes exactly half of the gross profit of somebody who leads in R, F and M.
        best = [row for row in self._best_by_rfm() if row["service_cost"] < _gross(row)]
        best.sort(key=lambda row: abs(row["service_cost"] / _gross(row) - 0.5))
        row = self.take(best)
        row["cost_of_goods"] += _gross(row) % 2
        _set_profit(row, _gross(row) // 2)

    def _on_time(self, customer: str) -> float:
        bills = [order[5] for order in self.bought(customer)]
        return 1 - sum(map(_blamed, bills)) / len(bills) if bills else 1.0

    def _pay_on_time(self, customer: str, share: float) -> None:
        """Change bills until exactly this share of the customer's is paid on time."""
        bills = [order[5] for order in self.bought(customer)]
        wanted = round((1 - share) * len(bills))
        for bill in bills:
            late = sum(map(_blamed, bills))
            if late > wanted and _blamed(bill):
                bill |= {"paid_date": bill["due_date"], "late_reason": None}
            elif late < wanted and not _late(bill) and bill["due_date"] < date(2021, 3, 1):
                bill |= {"paid_date": bill["due_date"] + timedelta(9), "late_reason": "forgotten"}
        if sum(map(_blamed, bills)) != wanted:
            raise NotPossibleError

    def _best_by_rfm(self) -> list[dict]:
        """List the customers in the best fifth by R, by F and by M, but for the last by M."""
        last = {name: max(order[1] for order in self.bought(name)) for name in self.rows}
        measures = (
            lambda row: (REPORT_DAY - last[row["customer"]]).days,
            lambda row: -row["order_count"],
            lambda row: -row["revenue"],
        )
        best = self.free()
        for measure in measures:
            line = sorted(map(measure, self.rows.values()))[len(self.rows) // 5 - 1]
            best = [row for row in best if measure(row) <= line]
        best.sort(key=lambda row: -row["revenue"])
        return best[: len(best) * 2 // 3]

    # How much they buy elsewhere

    def meet_wallet_lines(self) -> None:
        """Set half of a wallet and a forecast of 10,000, both among the six visits."""

        def open_need(row: dict) -> int:
            return row["yearly_need"] - row["revenue"]

        def visits() -> list[dict]:
            return sorted(filter(_to_develop, self.rows.values()), key=lambda row: -open_need(row))

        def set_open_need(row: dict, money: float) -> None:
            row["yearly_need"] = 100 * round((row["revenue"] + money) / 100)

        large = [row for row in self.free() if row["forecast_amount"] > _FORECAST]
        large.sort(key=lambda row: -row["revenue"])
        large = sorted(large[:10], key=lambda row: abs(row["revenue"] / row["yearly_need"] - 0.5))
        half = self.take(large)
        half["yearly_need"] = 2 * half["revenue"]
        for place, row in enumerate(visits()[3:]):
            set_open_need(row, min(open_need(row), (0.9 - place / 100) * half["revenue"]))
        fifth = open_need(visits()[4])
        small = [row for row in self.free() if row["forecast_amount"] < _FORECAST]
        small = [row for row in small if 2 * row["revenue"] < row["yearly_need"]]
        row = self.take(sorted(small, key=lambda row: -open_need(row)))
        set_open_need(row, max(open_need(row), 1.08 * fifth))
        near = [row for row in self.free() if 2 * row["revenue"] < fifth]
        row = self.take(sorted(near, key=lambda row: abs(row["forecast_amount"] - _FORECAST)))
        set_open_need(row, 1.05 * fifth)
        row["forecast_amount"] = _FORECAST

    # The ranking by profit

    def by_profit(self) -> list[dict]:
        return sorted(self.rows.values(), key=lambda row: -row["profit"])

    def share_the_boundary(self) -> None:
        """Set the same profit on both sides of the top 20%, the second for somebody gone quiet."""
        ranking = self.by_profit()
        fifth = len(ranking) // 5
        last_in, first_out = ranking[fifth - 1 : fifth + 1]
        if last_in["profit"] == first_out["profit"]:
            row = self.take((first_out, last_in))
            _set_profit(row, row["profit"] - 7)
            ranking = self.by_profit()
            last_in = ranking[fifth - 1]
        # Whoever takes the first 64 leaves out the later of two equals in the file.
        later = (row for row in ranking[fifth:] if row["customer"] > last_in["customer"])
        equal = self.take(row for row in later if self._quiet(row))
        _set_profit(equal, last_in["profit"])
        self.taken.add(last_in["customer"])
        profits = [row["profit"] for row in self.by_profit()]
        if len(set(profits[fifth - 2 : fifth + 2])) != 3:
            raise NotPossibleError

    def _quiet(self, row: dict) -> bool:
        """Return whether the last purchase is more than three usual gaps ago."""
        last = max(order[1] for order in self.bought(row["customer"]))
        return (REPORT_DAY - last).days * row["order_count"] > 3 * 365

    def meet_median(self) -> None:
        """Set the same lifetime value for the two customers in the middle."""

        def value(row: dict) -> float:
            return row["profit"] * STAYING[row["industry"]] / (1.1 - STAYING[row["industry"]])

        ranking = sorted(self.rows.values(), key=lambda row: -value(row))
        middle = len(ranking) // 2 - 1
        upper = ranking[middle]
        below = [row for row in ranking[middle + 1 :] if row["industry"] == upper["industry"]]
        lower = self.take(row for row in below if row["customer"] in self.answers)
        _set_profit(lower, upper["profit"])
        self.taken.add(upper["customer"])
        everybody = [value(row) for row in self.rows.values()]
        answered = [value(self.rows[name]) for name in self.answers]
        moved = [
            min(lines) <= own < max(lines)
            for lines in ((middle(everybody), middle(answered)) for middle in (median, fmean))
            for own in answered
        ]
        if not any(moved):
            raise NotPossibleError
        profits = [row["profit"] for row in self.by_profit()]
        for line in (len(profits) // 2, len(profits) * 3 // 5):
            if profits[line - 1] == profits[line]:
                raise NotPossibleError

    def round_up_staff(self) -> None:
        """Adjust who bought this year: an odd number of Bs, and Cs by one or two over fives."""
        ranking = self.by_profit()
        for tier, fits in (
            (ranking[len(ranking) // 5 : len(ranking) // 2], lambda served: served % 2 == 1),
            (ranking[len(ranking) // 2 :], lambda served: served % 5 in (1, 2)),
        ):
            rows = [row for row in tier if row["profit"] != ranking[63]["profit"]]
            for _ in range(5):
                served = [row for row in rows if self._this_year(row["customer"])]
                if fits(len(served)):
                    break
                self._end_in_december(served)
            else:
                raise NotPossibleError

    def _this_year(self, customer: str) -> list[list]:
        return [order for order in self.bought(customer) if order[1] >= NEW_YEAR]

    def _end_in_december(self, served: list[dict]) -> None:
        """Move the one order of this year of somebody, an order of January, to December."""
        fitting = [
            row
            for row in served
            if [order[1].month for order in self._this_year(row["customer"])] == [1]
            and row["opened"] < date(2020, 4, 1)
            and not self.returned(row["customer"])
            and self._this_year(row["customer"])[0][5]["paid_date"]
        ]
        row = self.take(sorted(fitting, key=lambda row: row["revenue"]))
        (order,) = self._this_year(row["customer"])
        order[1] -= timedelta(31)
        for name in ("due_date", "paid_date"):
            order[5][name] -= timedelta(31)

    # What they answered

    def change_answers(self) -> None:
        """Change answers: one of 10 decides, and the file has two equals in the wrong order."""
        values = self._lifetime()
        ranking = sorted(values, key=lambda name: -values[name])
        answered = [name for name in ranking[: len(ranking) // 5] if name in self.answers]
        # With 16 points of 27 a point more on each answer is enough, unless one is a 10 already.
        large = [self.rows[name] for name in answered if self.rows[name]["profit"] > 20_000]
        row = self.take(sorted(large, key=lambda row: abs(self._points(row["customer"]) - 16)))
        expected = {"overall": 5, "against_expected": 10, "against_ideal": 4}
        self.answers[row["customer"]] |= expected
        self._ask_beyond_profit(answered, values)
        first = self._first_six(answered, values)
        pairs = [(a, b) for a, b in permutations(first, 2) if a < b and values[a] < values[b]]
        pairs = [pair for pair in pairs if row["customer"] not in pair]
        if not pairs:
            raise NotPossibleError
        pair = min(pairs, key=lambda pair: abs(self._points(pair[0]) - self._points(pair[1])))
        low, high = sorted(pair, key=self._points)
        self.answers[high] |= {name: self.answers[low][name] for name in ANSWERS}

    def _first_six(self, answered: list[str], values: dict[str, float]) -> list[str]:
        return sorted(answered, key=lambda name: (self._points(name), -values[name]))[:6]

    def _ask_beyond_profit(self, answered: list[str], values: dict[str, float]) -> None:
        """Change answers until one of the first six to visit is not in the top 20% by profit.

        And until somebody who is worth a visit is nearly content, so that kinder answers matter.
        """
        top = {row["customer"] for row in self.by_profit()[: len(self.rows) // 5]}
        if top.issuperset(self._first_six(answered, values)):
            row = self.take(self.rows[name] for name in answered if name not in top)
            self.answers[row["customer"]] |= dict(zip(ANSWERS, (3, 2, 2), strict=True))
        worth = [self.rows[name] for name in self.answers if _visit_adds(self.rows[name]) > _VISIT]
        nearly = [row for row in worth if self._nearly_content(row["customer"])]
        # For these, five points of the profit of one year would do.
        large = [row for row in worth if 0.05 * row["profit"] > _VISIT]
        if not nearly or all(self._points(row["customer"]) > 18 for row in large):
            content = [row for row in worth if self._points(row["customer"]) > 18]
            row = self.take(sorted(content, key=lambda row: -row["profit"]))
            self.answers[row["customer"]] |= dict(zip(ANSWERS, (7, 7, 6), strict=True))

    def _nearly_content(self, customer: str) -> bool:
        """Return whether the score is between 60 and 70, and a point more on each is above."""
        answers = [self.answers[customer][name] for name in ANSWERS]
        return max(answers) < 10 and self._points(customer) in (17, 18)

    def _points(self, customer: str) -> int:
        return sum(self.answers[customer][name] - 1 for name in ANSWERS)

    def _lifetime(self) -> dict[str, float]:
        """Compute lifetime values by the retention of the half-year, as chapter 8 does."""
        days = {name: [order[1] for order in self.bought(name)] for name in self.rows}
        came_back = defaultdict(list)
        for own in days.values():
            if min(own) < HALF_YEAR:
                silent = (HALF_YEAR - max(day for day in own if day < HALF_YEAR)).days
                came_back[silent <= 90].append(max(own) >= HALF_YEAR)
        stay = {recent: sum(found) / len(found) for recent, found in came_back.items()}
        rates = {name: stay[(REPORT_DAY - max(own)).days <= 90] for name, own in days.items()}
        return {
            name: self.rows[name]["profit"] / 2 * rate / (1.05 - rate)
            for name, rate in rates.items()
        }

    # Where two slips would agree, or a slip and the right answer: most drawings need no change

    def part_losses(self) -> None:
        """Set losses that both measures do not cure, or a rise on the margin; one is new."""
        losing = [row for row in self.rows.values() if row["profit"] < 0 < _gross(row)]

        def saved(row: dict, base: float) -> bool:
            return row["profit"] + _PRICE * base + _SERVICE * row["service_cost"] > 0

        if all(saved(row, row["revenue"]) for row in losing):
            row = self.take(sorted(losing, key=lambda row: row["profit"]))
            measures = _PRICE * row["revenue"] + _SERVICE * _gross(row)
            _set_profit(row, -int(measures / (1 - _SERVICE)) - 50)
        if all(row["profit"] + _PRICE * _gross(row) <= 0 for row in losing):
            row = self.take(sorted(losing, key=lambda row: -row["profit"]))
            _set_profit(row, -max(1, int(_PRICE / 2 * _gross(row))))
        first = [
            row for row in losing if row["profit"] + _PRICE * row["revenue"] <= 0 and saved(row, 0)
        ]
        if all((row["profit_last_year"] or 0) < 0 for row in first):
            row = self.take(first)
            row["profit_last_year"] = -row["profit"]
        if not any(row["profit"] + _growth(row) >= 0 for row in first):
            raise NotPossibleError

    def part_visits(self) -> None:
        """Change answers of customers worth a visit, so that a point of kindness decides."""
        rates = {name: STAYING[row["industry"]] for name, row in self.rows.items()}
        values = {
            name: self.rows[name]["profit"] * rate / (1.1 - rate) for name, rate in rates.items()
        }
        mean = fmean(values.values())
        large = [
            name
            for name in self.answers
            if values[name] >= mean
            and self.rows[name]["profit"] * (rates[name] + 0.05) / (1.05 - rates[name])
            > values[name] + 4_000
        ]

        def kinder(name: str) -> int:
            return sum(min(self.answers[name][one] + 1, 10) - 1 for one in ANSWERS)

        def change(points: int, answers: tuple[int, int, int]) -> None:
            rows = [self.rows[name] for name in large]
            rows.sort(key=lambda row: abs(self._points(row["customer"]) - points))
            name = self.take(rows)["customer"]
            self.answers[name] |= dict(zip(ANSWERS, answers, strict=True))

        # 16 points of 27 are below 60 out of 100, and 18 below 70.
        if all((self._points(name) <= 16) == (kinder(name) <= 18) for name in large):
            change(16, (6, 7, 6))
        if not any(
            self._points(name) == 18 and max(self.answers[name][one] for one in ANSWERS) < 10
            for name in large
        ):
            change(18, (7, 7, 7))

    # What most drawings hold by themselves

    def check_the_rest(self) -> None:
        days = {name: [order[1] for order in self.bought(name)] for name in self.rows}
        left = [name for name, own in days.items() if min(own) < HALF_YEAR and max(own) < HALF_YEAR]
        for name, own in days.items():
            # Whoever first came on 1 October must change the share of those who stayed.
            if min(own) == HALF_YEAR:
                for what in ("region", "industry"):
                    if self.rows[name][what] not in {self.rows[one][what] for one in left}:
                        raise NotPossibleError
        if date(2020, 12, 31) not in chain(*days.values()):
            raise NotPossibleError
        table = [
            ((max(own) - REPORT_DAY).days, row["order_count"], row["revenue"])
            for row, own in zip(self.rows.values(), days.values(), strict=True)
        ]
        means, medians = ([middle(column) for column in zip(*table, strict=True)]
                          for middle in (fmean, median))  # fmt: skip
        by_mean, at, above = (
            [tuple(map(high, row, lines)) for row in table]
            for high, lines in ((ge, means), (ge, medians), (gt, medians))
        )
        if sum(map(ne, by_mean, at)) == sum(map(ne, by_mean, above)):
            raise NotPossibleError
        # The mean order, the mean line and the mean row must not move as many customers.
        sizes = []
        for row in self.rows.values():
            orders = self.orders[row["customer"]]
            bought = [money_of([line]) for order in orders if order[5] for line in order[3]]
            lines = [money_of([line]) for order in orders for line in order[3]]
            sizes.append((row["revenue"] / row["order_count"], fmean(bought), fmean(lines)))
        means_of_sizes = [fmean(column) for column in zip(*sizes, strict=True)]
        moved = [
            sum((size[one] >= mean) != row[2] for size, row in zip(sizes, by_mean, strict=True))
            for one, mean in enumerate(means_of_sizes)
        ]
        if len(set(moved)) < len(moved):
            raise NotPossibleError
        self._check_slips(days)
        self._check_movers()

    def _check_slips(self, days: dict[str, list[date]]) -> None:
        """Check that our own invoices and the count of gaps decide, and the tops are not equal."""
        ours = [
            row
            for row in self.rows.values()
            if row["revenue"] >= _VIP
            and row["profit"] >= _VISITS
            and self._on_time(row["customer"]) >= 0.7
        ]
        late = (sum(_late(order[5]) for order in self.bought(row["customer"])) for row in ours)
        if not any(
            number > 0.3 * len(days[row["customer"]])
            for number, row in zip(late, ours, strict=True)
        ):
            raise NotPossibleError
        profits = sorted((row["profit"] for row in self.rows.values()), reverse=True)
        fifth, most = len(profits) // 5, 0.75 * sum(profits)
        line = profits[fifth - 1]
        if 1 + sum(so_far < most for so_far in accumulate(profits[:-1])) == fifth:
            raise NotPossibleError
        for row in self.rows.values():
            silent, orders = (REPORT_DAY - max(days[row["customer"]])).days, row["order_count"]
            if row["profit"] >= line and silent * (orders - 1) <= 3 * 365 < silent * orders:
                return
        raise NotPossibleError

    def _check_movers(self) -> None:
        """Check that other weights move other customers by plain ranks than by points."""

        def movers(points: Callable[[list[float]], list[float]]) -> list[bool]:
            profit, forecast = (
                points([row[name] for row in self.rows.values()])
                for name in ("profit", "forecast_amount")
            )
            pairs = list(zip(profit, forecast, strict=True))
            tiers = [
                [bisect((60, 80), (1 - share) * one + share * other) for one, other in pairs]
                for share in (0.25, 0.5)
            ]
            return list(map(ne, *tiers))

        def ranks(values: list[float]) -> list[float]:
            ordered = sorted(values)
            return [(bisect_left(ordered, one) + 1 + bisect(ordered, one)) / 2 for one in values]

        def right(values: list[float]) -> list[float]:
            return [100 * (rank - 1) / (len(values) - 1) for rank in ranks(values)]

        def plain(values: list[float]) -> list[float]:
            return [100 * rank / len(values) for rank in ranks(values)]

        if movers(right) == movers(plain):
            raise NotPossibleError

    # The orders, numbered anew

    def number_orders(self) -> list[list]:
        """Sort the orders by day and assign new numbers to those before March."""
        orders = sorted(chain(*self.orders.values()), key=lambda order: order[1:3])
        serial: dict[str, int] = defaultdict(int)
        for order in orders:
            if order[1] < date(2021, 3, 1):
                start = f"{'S' if order[5] else 'R'}{order[1]:%y%m}"
                serial[start] += 1
                order[0] = f"{start}-{serial[start]:0{3 if order[5] else 2}d}"
            if order[5]:
                order[5]["order"] = order[0]
        return orders


def _set_profit(row: dict, profit: int) -> None:
    """Set the profit by the cost of service."""
    row["service_cost"] = _gross(row) - profit
    row["profit"] = profit
    if row["service_cost"] <= 0:
        raise NotPossibleError


def _growth(row: dict) -> float:
    """Compute a tenth of what the customer buys elsewhere, at the margin of what they buy here."""
    return 0.1 * (row["yearly_need"] - row["revenue"]) * _gross(row) / row["revenue"]


def _gross(row: dict) -> int:
    return row["revenue"] - row["cost_of_goods"]


def _service_saves(row: dict, profit: int) -> bool:
    """Return whether 35% of the service would be enough, had the customer this profit."""
    return 35 * (_gross(row) - profit) > -100 * profit


def _price_is_too_little(row: dict) -> bool:
    """Return whether 8% of the revenue would not be enough, where 35% of the service just is."""
    part = _gross(row) // 13
    exact = (0.35 * (20 * part), 0.65 * (20 * part)) == (7 * part, 13 * part)
    return exact and 700 * part > 8 * row["revenue"]


def _to_develop(row: dict) -> bool:
    return 2 * row["revenue"] < row["yearly_need"] and row["forecast_amount"] >= _FORECAST


def _visit_adds(row: dict) -> float:
    """Compute how much five points more of retention add to the lifetime value."""
    before, after = (
        row["profit"] * rate / (1.1 - rate)
        for rate in (STAYING[row["industry"]], STAYING[row["industry"]] + 0.05)
    )
    return after - before


def _late(bill: dict) -> bool:
    return (bill["paid_date"] or REPORT_DAY) > bill["due_date"]


def _blamed(bill: dict) -> bool:
    return _late(bill) and bill["late_reason"] != "our_invoice_wrong"


def _bill(
    customer: str, day: date, lines: list[tuple], terms: int, rng: random.Random
) -> dict[str, Any]:
    """Write a bill that is paid on time, unless it is not due yet."""
    due = day + timedelta(terms)
    paid = due - timedelta(rng.randint(0, 5))
    return {
        "order": "",
        "customer": customer,
        "invoice_amount": money_of(lines),
        "due_date": due,
        "paid_date": paid if due < REPORT_DAY else None,
        "late_reason": None,
    }


def _lines_worth(money: int, rng: random.Random) -> list[tuple[str, int, int]]:
    """Choose lines that come to exactly so much money."""
    for (name, price), (other, second) in rng.sample(list(permutations(PRODUCTS, 2)), 132):
        for quantity in range(1, 1 + min(40, money // price)):
            rest = money - quantity * price
            if rest > 0 and rest % second == 0 and rest // second <= 60:
                return [(name, quantity, price), (other, rest // second, second)]
    raise NotPossibleError
