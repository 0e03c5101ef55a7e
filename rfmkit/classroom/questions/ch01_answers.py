"""Chapter 1: the reference answers, and the wrong ones that people arrive at."""

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.value import to_points

TOP = 64  # the top 20% of the lesson's 320 customers
MONTHLY = 12
WEIGHTS = {"credit": 0.40, "order_amount": 0.20, "profit": 0.40}
_SOURCE = {"credit": 0.10, "order_amount": 0.30, "profit": 0.60}


def orders(case: Case) -> pd.Series:
    return case.customers["order_count"]


def monthly_share(case: Case) -> float:
    return float((orders(case) >= MONTHLY).mean())


def first(values: pd.Series, n: int, *, worst: bool = False) -> list[str]:
    """Name the first n customers, best (or worst) first; equal ones by their number."""
    return values.sort_index().sort_values(ascending=worst, kind="stable").head(n).index.tolist()


def best_by(case: Case, column: str, *, worst: bool = False) -> list[str]:
    return first(case.customers[column].dropna(), 10, worst=worst)


def days_late(case: Case) -> pd.Series:
    paid = case.payments["paid_date"].fillna(case.today)
    return (paid - case.payments["due_date"]).dt.days.clip(lower=0)


def ours(case: Case) -> pd.Series:
    return case.payments["late_reason"] == "our_invoice_wrong"


def overdue_invoices(case: Case) -> int:
    return int(((days_late(case) > 0) & ~ours(case)).sum())


def paid_late(case: Case) -> int:
    """Count what was paid late, and forget what is still not paid."""
    late = days_late(case) > 0
    return int((late & ~ours(case) & case.payments["paid_date"].notna()).sum())


def overdue_days(case: Case) -> int:
    return int(days_late(case)[~ours(case)].sum())


def overdue_customers(case: Case) -> int:
    late = (days_late(case) > 0) & ~ours(case)
    return case.payments.loc[late, "customer"].nunique()


def points(case: Case, *, method: str = "rank") -> pd.DataFrame:
    kept = (days_late(case) == 0) | ours(case)
    on_time = kept.groupby(case.payments["customer"]).mean() * 100
    measures = pd.DataFrame(
        {
            "credit": on_time.reindex(case.customers.index),
            "order_amount": case.customers["revenue"],
            "profit": case.customers["profit"],
        }
    )
    return measures.apply(to_points, method=method)


def chosen(case: Case, weights: dict[str, float] = WEIGHTS, *, method: str = "rank",
           worst: bool = False) -> list[str]:  # fmt: skip
    scored = points(case, method=method)
    score = sum(scored[name] * weight for name, weight in weights.items())
    return first(score.round(9), TOP, worst=worst)


def source_weights(case: Case) -> list[str]:
    return chosen(case, _SOURCE)


def weights_swapped(case: Case) -> list[str]:
    return chosen(case, {"credit": 0.20, "order_amount": 0.40, "profit": 0.40})


def by_profit_alone(case: Case) -> list[str]:
    return first(case.customers["profit"], TOP)
