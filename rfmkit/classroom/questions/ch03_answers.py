"""Answer chapter 3's questions from a case: rightly, and wrongly in one way, as people do."""

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.value import composite_score, to_points
from rfmkit.value.tiers import relative_tier, value_tier

WEIGHTS = {
    "profit": 0.50,
    "forecast_amount": 0.20,
    "overdue_rate": 0.15,
    "complaint_count": 0.10,
    "company_size": 0.05,
}
_LESS_IS_BETTER = ("overdue_rate", "complaint_count")


# 3.a Invoices that are late


def paid_late(case: Case) -> pd.Series:
    return case.payments["paid_date"] > case.payments["due_date"]


def unpaid(case: Case) -> pd.Series:
    return case.payments["paid_date"].isna()


def past_due(case: Case) -> pd.Series:
    return case.payments["due_date"] < case.today


def late(case: Case) -> pd.Series:
    return paid_late(case) | (unpaid(case) & past_due(case))


# 3.b Points for complaints


def complaints(case: Case, *, everybody: bool = True) -> pd.Series:
    """Count the complaints of each customer; not everybody: of those who complained."""
    rows = case.contacts[case.contacts["kind"] == "complaint"]
    counts = rows.groupby("customer").size()
    return counts.reindex(case.customers.index, fill_value=0) if everybody else counts


def complaint_points(case: Case, **options: object) -> pd.Series:
    return to_points(complaints(case), **{"smaller_is_better": True, **options})


def complainers_points(case: Case) -> pd.Series:
    return to_points(complaints(case, everybody=False), smaller_is_better=True)


def share_ahead(case: Case) -> pd.Series:
    return 100 * complaints(case).rank(pct=True, ascending=False)


# 3.c Who leaves the top fifth


def score(case: Case) -> pd.Series:
    settled = case.payments.assign(late=late(case))[~unpaid(case) | past_due(case)]
    table = case.customers[["profit", "forecast_amount", "company_size"]].assign(
        overdue_rate=settled.groupby("customer")["late"].mean(),
        complaint_count=complaints(case),
    )
    points = pd.DataFrame({
        name: to_points(table[name], smaller_is_better=name in _LESS_IS_BETTER, missing="keep")
        for name in WEIGHTS
    })  # fmt: skip
    return composite_score(points, WEIGHTS, missing="renormalise")


def top_by_profit(case: Case) -> pd.Series:
    return relative_tier(case.customers["profit"]) == "pareto2:key"


def top_by_score(case: Case) -> pd.Series:
    return relative_tier(score(case)) == "pareto2:key"


def leavers(case: Case) -> pd.Index:
    return case.customers.index[top_by_profit(case) & ~top_by_score(case)]


def joiners(case: Case) -> pd.Index:
    return case.customers.index[~top_by_profit(case) & top_by_score(case)]


def stayers(case: Case) -> pd.Index:
    return case.customers.index[top_by_profit(case) & top_by_score(case)]


def no_vip(case: Case) -> pd.Index:
    vip = value_tier(score(case)) == "value3:vip"
    return case.customers.index[top_by_profit(case) & ~vip]


def movers(case: Case) -> pd.Index:
    return case.customers.index[top_by_profit(case) != top_by_score(case)]
