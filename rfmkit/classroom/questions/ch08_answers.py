"""Answers of chapter 8: the four lists, worked out as the lesson does."""

from functools import lru_cache

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.clv import retention_clv
from rfmkit.rfm import score
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY
from rfmkit.value import composite_score, to_points

LENGTH = 64  # 20 % of the 320 customers
AWAY_DAYS = 90
WEIGHTS = {"profit": 0.5, "forecast": 0.2, "on_time": 0.15, "no_complaints": 0.1, "size": 0.05}
HALF_YEAR_INTEREST = 0.05


def abc_list(case: Case) -> pd.Index:
    """List the customers with most profit."""
    return case.customers["profit"].nlargest(LENGTH).index


@lru_cache(maxsize=2)
def value_score(case: Case) -> pd.Series:
    """Compute each customer's weighted points."""
    everybody = case.customers.index
    bills = case.payments
    late = (bills["paid_date"] > bills["due_date"]) | (
        bills["paid_date"].isna() & (bills["due_date"] < case.today)
    )
    known = bills["paid_date"].notna() | (bills["due_date"] < case.today)
    overdue_rate = late[known].groupby(bills["customer"]).mean().reindex(everybody)
    complainers = case.contacts.loc[case.contacts["kind"] == "complaint", "customer"]
    complaints = complainers.value_counts().reindex(everybody, fill_value=0)
    points = pd.DataFrame(
        {
            "profit": to_points(case.customers["profit"]),
            "forecast": to_points(case.customers["forecast_amount"]),
            "on_time": to_points(overdue_rate, smaller_is_better=True, missing="keep"),
            "no_complaints": to_points(complaints, smaller_is_better=True),
            "size": to_points(case.customers["company_size"]),
        }
    )
    return composite_score(points, WEIGHTS, missing="renormalise")


def value_list(case: Case) -> pd.Index:
    """List the customers with the best weighted points."""
    return value_score(case).nlargest(LENGTH).index


@lru_cache(maxsize=2)
def clv_score(case: Case) -> pd.Series:
    """Compute each customer's lifetime value, retention measured on the books."""
    half = pd.Timestamp("2020-10-01")
    buys = case.year[case.year["amount"] > 0]
    last_buy = buys[buys["date"] < half].groupby("customer")["date"].max()
    came_back = last_buy.index.isin(buys.loc[buys["date"] >= half, "customer"])
    recent = (half - last_buy).dt.days <= AWAY_DAYS
    stay = pd.Series(came_back, index=last_buy.index).groupby(recent).mean()
    retention = (case.year_rfm[RECENCY] <= AWAY_DAYS).map(stay)
    return retention_clv(case.customers["profit"] / 2, retention, HALF_YEAR_INTEREST)


def clv_list(case: Case) -> pd.Index:
    """List the customers with the highest lifetime value."""
    return clv_score(case).nlargest(LENGTH).index


@lru_cache(maxsize=2)
def rfm_list(case: Case) -> pd.Index:
    """List the customers with the best R + F + M; spend decides between equals."""
    rfm = case.year_rfm
    total = (
        score(rfm[RECENCY], smaller_is_better=True) + score(rfm[FREQUENCY]) + score(rfm[MONETARY])
    )
    ranking = rfm.assign(score=total).sort_values(["score", MONETARY], ascending=False)
    return ranking.index[:LENGTH]


def on_lists(case: Case, *numbers: int) -> pd.Index:
    """List the customers who are on so many of the four lists."""
    everybody = case.customers.index
    four = (abc_list(case), value_list(case), clv_list(case), rfm_list(case))
    how_many = sum(pd.Series(everybody.isin(one), index=everybody).astype(int) for one in four)
    return everybody[how_many.isin(numbers)]


def in_both(case: Case) -> int:
    return len(abc_list(case).intersection(rfm_list(case)))


def in_either(case: Case) -> int:
    return len(abc_list(case).union(rfm_list(case)))


def in_just_one(case: Case) -> int:
    return len(abc_list(case).symmetric_difference(rfm_list(case)))


def in_neither(case: Case) -> int:
    return len(case.customers) - in_either(case)


def long_away(case: Case) -> pd.Index:
    """List the customers whose last purchase is more than 90 days ago."""
    return case.year_rfm.index[case.year_rfm[RECENCY] > AWAY_DAYS]


def gone(case: Case) -> pd.Index:
    """List those of them on the ABC list."""
    return abc_list(case).intersection(long_away(case))
