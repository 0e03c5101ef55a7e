"""Judge whether readings that are easily taken for each other differ on drawn books of a year.

`rfmkit.cases.edges` puts a customer on every threshold. What is here hangs on many customers at
once, such as a list of six or the number of those whose class changes: books on which two readings
happen to agree are drawn anew.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.book_names import CONTACTS, CUSTOMERS, PAYMENTS, SURVEY, YEAR_LEDGER
from rfmkit.cases.accounts import ANSWERS
from rfmkit.cases.edges import STAYING
from rfmkit.cases.year import HALF_YEAR, NEW_YEAR, REPORT_DAY
from rfmkit.clv import retention_clv
from rfmkit.clv_cs import acsi
from rfmkit.rfm import rfm_table, score
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY
from rfmkit.value import composite_score, to_points
from rfmkit.value.tiers import peppers_tier, value_tier

_TODAY, _HALF, _NEW_YEAR = map(pd.Timestamp, (REPORT_DAY, HALF_YEAR, NEW_YEAR))
_AWAY_DAYS = 90
_WEIGHTS = {"profit": 0.5, "forecast": 0.2, "on_time": 0.15, "no_complaints": 0.1, "size": 0.05}


class _Books:
    """The tables of a year with the types of their files, and what several readings need."""

    def __init__(self, books: dict[str, pd.DataFrame]) -> None:
        self.customers = books[CUSTOMERS].set_index("customer")
        self.lines = _dated(books[YEAR_LEDGER], "date")
        self.payments = _dated(books[PAYMENTS], "due_date", "paid_date")
        self.contacts = books[CONTACTS]
        self.survey = books[SURVEY].set_index("customer")
        self.bought = self.lines[self.lines["amount"] > 0]
        self.rfm = rfm_table(self.lines, today=_TODAY, order="order")


def _dated(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return table.assign(**{name: pd.to_datetime(table[name]) for name in columns})


def readings_differ(books: dict[str, pd.DataFrame]) -> bool:
    """Return whether each of the readings below gives another answer on the books of a year."""
    tables = _Books(books)
    return all(differ(tables) for differ in _READINGS)


def _some_are_poor_and_slow(books: _Books) -> bool:
    """Return whether a large customer brings too little and also pays late too often."""
    bills, customers = books.payments, books.customers
    late = bills["paid_date"].fillna(_TODAY) > bills["due_date"]
    late &= bills["late_reason"] != "our_invoice_wrong"
    slow = late.groupby(bills["customer"]).mean().reindex(customers.index) > 0.3
    return bool((slow & (customers["revenue"] >= 30_000) & (customers["profit"] < 8_000)).any())


def _orders_are_not_profit(books: _Books) -> bool:
    """Return whether others order twice or more than bring a profit of two dollars or more."""
    counts = books.customers[["order_count", "profit"]] >= 2
    return bool(counts["order_count"].sum() != counts["profit"].sum())


def _a_tenth_is_not_three_quarters(books: _Books) -> bool:
    """Return whether more or fewer than the best tenth bring three quarters of the profit."""
    profit = books.customers["profit"].sort_values(ascending=False, kind="stable")
    ahead = profit.cumsum().shift(fill_value=0) / profit.sum()
    return bool((ahead < 0.75).sum() != len(profit) // 10)


def _a_and_b_are_not_as_many(books: _Books) -> bool:
    """Return whether those served since New Year are not as many in class A as in class B."""
    tier = abc_tier(books.customers["profit"], cuts=ABC3)
    served = books.bought.loc[books.bought["date"] >= _NEW_YEAR, "customer"].unique()
    sizes = tier[tier.index.isin(served)].value_counts()
    return bool(sizes["abc3:a"] != sizes["abc3:b"])


def _other_figures_lead_to_others(books: _Books) -> bool:
    """Return whether other customers of class A are quiet, by last year's profit or by revenue."""
    last = books.bought.groupby("customer")["date"].max().reindex(books.customers.index)
    quiet = (_TODAY - last).dt.days * books.customers["order_count"] > 3 * 365

    def quiet_a(column: str) -> list[str]:
        tier = abc_tier(books.customers[column].astype("float64").dropna(), cuts=ABC3)
        best = tier.index[tier == "abc3:a"]
        return [name for name in best if quiet[name]]

    return quiet_a("profit") not in (quiet_a("profit_last_year"), quiet_a("revenue"))


def _points_and_ranks_move_others(books: _Books) -> bool:
    """Return whether by points, by plain ranks and by min-max, new weights move others."""

    def moved(points: Callable[[pd.Series], pd.Series]) -> pd.Series:
        profit, forecast = (points(books.customers[one]) for one in ("profit", "forecast_amount"))
        before, after = (
            value_tier((1 - share) * profit + share * forecast).cat.codes for share in (0.25, 0.5)
        )
        return before != after

    right, spread = moved(to_points), moved(lambda column: to_points(column, method="minmax"))
    by_rank = moved(lambda column: 100 * column.rank(pct=True))
    return not right.equals(by_rank) and not right.equals(spread)


def _measures_save_others(books: _Books) -> bool:
    """Return whether the measures against a loss, taken of other sums, save others."""
    customers = books.customers
    margin = customers["revenue"] - customers["cost_of_goods"]
    growth = 0.10 * (customers["yearly_need"] - customers["revenue"])
    growth *= (margin / customers["revenue"]).fillna(0)
    layer = peppers_tier(customers["profit"], growth, profit_cut=10_000, growth_cut=3_000)
    losing, service = customers["profit"] < 0, 0.35 * customers["service_cost"]

    def only_by(service: pd.Series, priced: pd.Series) -> pd.Series:
        price = 0.08 * priced
        return losing & (customers["profit"] + service > 0) & (customers["profit"] + price <= 0)

    right = only_by(service, customers["revenue"])
    others = (
        only_by(service, margin),
        only_by(0.35 * customers["cost_of_goods"], customers["revenue"]),
        right & (layer == "value4:below_zero"),
    )
    return not any(other.equals(right) for other in others)


def _other_rules_move_others(books: _Books) -> bool:
    """Return whether the mean line and the mean order change the class of different numbers."""

    def high(table: pd.DataFrame) -> pd.DataFrame:
        table = table.assign(**{RECENCY: -table[RECENCY]})
        return table >= table.mean()

    before = high(books.rfm)
    by_line, by_order = (
        (high(books.rfm.assign(**{MONETARY: money})) != before).any(axis=1).sum()
        for money in (
            books.bought.groupby("customer")["amount"].mean(),
            books.rfm[MONETARY] / books.rfm[FREQUENCY],
        )
    )
    return bool(by_line != by_order)


def _gains_are_not_alike(books: _Books) -> bool:
    """Return whether another gain, or another line of satisfaction, leads to other visits."""
    profit = books.customers["profit"]
    rates = books.customers["industry"].map(STAYING)
    clv = pd.Series(retention_clv(profit, rates, 0.10))
    cs = pd.Series(acsi(books.survey[[*ANSWERS]]))
    valuable = clv[cs.index] >= clv.mean()
    gains = {
        "right": retention_clv(profit, rates + 0.05, 0.10) - clv,
        "five per cent": retention_clv(profit, rates * 1.05, 0.10) - clv,
        "undiscounted": retention_clv(profit, rates + 0.05, 0) - retention_clv(profit, rates, 0),
        "of one year": profit * 0.05,
        "all of it": clv,
    }
    pays = {name: valuable & (gain[cs.index] > 4_000) for name, gain in gains.items()}
    right = pays.pop("right")
    others = [gain & (cs < 70) for gain in pays.values()] + [
        right & (cs < line) for line in (60, 80)
    ]
    return not any(other.equals(right & (cs < 70)) for other in others)


def _returns_are_no_visits(books: _Books) -> bool:
    """Return whether returns, counted as visits, put somebody into another class by scores."""
    by_customer = books.lines.groupby("customer")
    counted = {
        RECENCY: (_TODAY - by_customer["date"].max()).dt.days,
        FREQUENCY: by_customer["order"].nunique(),
    }
    right, other = (
        [points >= 4 for points in _scores(table)]
        for table in (books.rfm, books.rfm.assign(**counted))
    )
    return not all(one.equals(two) for one, two in zip(right, other, strict=True))


def _equals_are_on_the_line(books: _Books) -> bool:
    """Return whether equals by R, by F or by M are on both sides of the score of 4."""
    line = len(books.rfm) * 3 // 5
    measures = (-books.rfm[RECENCY], books.rfm[FREQUENCY], books.rfm[MONETARY])
    return any(np.ptp(np.sort(one)[line - 1 : line + 1]) == 0 for one in measures)


def _the_best_may_cost_money(books: _Books) -> bool:
    """Return whether somebody in the best fifth by R, F and M is served at a loss."""
    best = _by_score(books.rfm).index[: len(books.rfm) // 5]
    return bool((books.customers["profit"].reindex(best) < 0).any())


def _silence_hangs_on_a_day(books: _Books) -> bool:
    """Return whether a day less of silence, and a day's orders as visits, give other lists."""

    def overdue(visit: list[str], silence: int = 0) -> pd.Series:
        days = books.bought.sort_values(["customer", "date"]).drop_duplicates(visit)
        by_customer = days.groupby("customer")["date"]
        pace = by_customer.diff().dt.days.groupby(days["customer"]).median()
        silent = (_TODAY - by_customer.max()).dt.days - silence
        return (by_customer.size() >= 4) & (silent > 3 * pace) & (silent <= 60)

    visits = ["customer", "date"]
    right = overdue(visits)
    return not (right.equals(overdue(visits, 1)) or right.equals(overdue([*visits, "order"])))


def _ranks_are_not_money(books: _Books) -> bool:
    """Return whether 78% to 82% of the customers are others than 78% to 82% of the money."""
    money = books.rfm[MONETARY].sort_values(ascending=False)
    low, high = money.quantile([0.78, 0.82], interpolation="lower")
    by_place, running = (money >= low) & (money < high), money.cumsum() / money.sum()
    return not by_place.equals(running.between(0.78, 0.82))


def _other_lists_lead_elsewhere(books: _Books) -> bool:
    """Return whether another list, or the order of another answer, leads to another six."""
    fifth = len(books.customers) // 5
    clv = _lifetime(books)
    lists = {
        "clv": clv.nlargest(fifth),
        "ABC": books.customers["profit"].nlargest(fifth),
        "value": _value(books).nlargest(fifth),
        "RFM": _by_score(books.rfm)[:fifth],
        "everybody": books.customers,
    }
    cs, clv = pd.Series(acsi(books.survey[[*ANSWERS]])), clv.reindex(books.survey.index)
    unhappy = books.survey.assign(cs=cs, clv=clv)[cs < 60]

    def first_six(by: str, *names: str) -> list[str]:
        order = unhappy.sort_values([by, "clv"], ascending=[True, False], kind="stable").index
        listed = [order.isin(lists[name].index) for name in names]
        return order[np.logical_and.reduce(listed)][:6].tolist()

    others = [first_six("cs", name) for name in ("ABC", "value", "RFM", "everybody")]
    others += [first_six("cs", *lists), first_six("csat", "clv"), first_six("overall", "clv")]
    return first_six("cs", "clv") not in others


def _lifetime(books: _Books) -> pd.Series:
    before = books.bought[books.bought["date"] < _HALF].groupby("customer")["date"].max()
    after = books.bought.loc[books.bought["date"] >= _HALF, "customer"]
    recent = (_HALF - before).dt.days <= _AWAY_DAYS
    stay = pd.Series(before.index.isin(after), index=before.index).groupby(recent).mean()
    retention = (books.rfm[RECENCY] <= _AWAY_DAYS).map(stay)
    return retention_clv(books.customers["profit"] / 2, retention, 0.05)


def _value(books: _Books) -> pd.Series:
    bills, everybody = books.payments, books.customers.index
    due = bills["due_date"] < _TODAY
    late = (bills["paid_date"] > bills["due_date"]) | (bills["paid_date"].isna() & due)
    known = bills["paid_date"].notna() | due
    overdue = late[known].groupby(bills["customer"]).mean().reindex(everybody)
    complaints = books.contacts.loc[books.contacts["kind"] == "complaint", "customer"]
    complaints = complaints.value_counts().reindex(everybody, fill_value=0)
    points = {
        "profit": to_points(books.customers["profit"]),
        "forecast": to_points(books.customers["forecast_amount"]),
        "on_time": to_points(overdue, smaller_is_better=True, missing="keep"),
        "no_complaints": to_points(complaints, smaller_is_better=True),
        "size": to_points(books.customers["company_size"]),
    }
    return composite_score(pd.DataFrame(points), _WEIGHTS, missing="renormalise")


def _scores(rfm: pd.DataFrame) -> list[pd.Series]:
    recency = score(rfm[RECENCY], smaller_is_better=True)
    return [recency, score(rfm[FREQUENCY]), score(rfm[MONETARY])]


def _by_score(rfm: pd.DataFrame) -> pd.DataFrame:
    return rfm.assign(score=sum(_scores(rfm))).sort_values(["score", MONETARY], ascending=False)


_READINGS = (
    _orders_are_not_profit,
    _a_tenth_is_not_three_quarters,
    _a_and_b_are_not_as_many,
    _some_are_poor_and_slow,
    _other_figures_lead_to_others,
    _measures_save_others,
    _the_best_may_cost_money,
    _gains_are_not_alike,
    _equals_are_on_the_line,
    _ranks_are_not_money,
    _returns_are_no_visits,
    _points_and_ranks_move_others,
    _silence_hangs_on_a_day,
    _other_rules_move_others,
    _other_lists_lead_elsewhere,
)
