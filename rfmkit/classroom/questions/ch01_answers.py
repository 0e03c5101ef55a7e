"""Chapter 1: the reference answers, and the wrong ones that people arrive at."""

import pandas as pd

from rfmkit.classroom.answer_types import drawn
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


def measures(case: Case) -> pd.DataFrame:
    kept = (days_late(case) == 0) | ours(case)
    return pd.DataFrame(
        {
            "credit": kept.groupby(case.payments["customer"]).mean() * 100,
            "order_amount": case.customers["revenue"],
            "profit": case.customers["profit"],
        }
    )


def points(case: Case, *, method: str = "rank") -> pd.DataFrame:
    return measures(case).apply(to_points, method=method)


def chosen(
    case: Case, weights: dict[str, float] = WEIGHTS, *, method: str = "rank", worst: bool = False
) -> list[str]:
    scored = points(case, method=method)
    score = sum(scored[name] * weight for name, weight in weights.items())
    return first(score.round(9), TOP, worst=worst)


def source_weights(case: Case) -> list[str]:
    return chosen(case, _SOURCE)


def weights_swapped(case: Case) -> list[str]:
    return chosen(case, {"credit": 0.20, "order_amount": 0.40, "profit": 0.40})


def by_profit_alone(case: Case) -> list[str]:
    return first(case.customers["profit"], TOP)


# The exercise

VIP_FROM = 30_000  # NT$ of revenue a year
VISITS_COST = 8_000  # NT$ a year for one customer
ON_TIME_FROM = 70  # per cent of the invoices
RULE = {"credit": 0.10, "order_amount": 0.30, "profit": 0.60}
SWAPPED = {"credit": 0.10, "order_amount": 0.60, "profit": 0.30}


def repeat_share(case: Case) -> float:
    return float((orders(case) >= 2).mean())


def share_of(
    case: Case, n: int = TOP, *, by: str = "profit", of: str = "profit", worst: bool = False
) -> float:
    """Compute the share of a column that the first n customers by another bring."""
    chosen = case.customers.sort_values(by, ascending=worst, kind="stable").head(n)
    return float(chosen[of].sum() / case.customers[of].sum())


def profit_of_top(case: Case) -> float:
    return float(case.customers["profit"].nlargest(TOP).sum())


def top_with_ties(case: Case) -> float:
    profit = case.customers["profit"]
    return float(profit[profit >= profit.nlargest(TOP).min()].sum() / profit.sum())


def bars(
    case: Case,
    *,
    by: str = "revenue",
    height: str = "profit",
    worst: bool = False,
    kind: str = "bar",
    **words: bool,
) -> dict:
    """Draw ten customers, chosen and ordered by one column, as high as another says."""
    ten = first(case.customers[by], 10, worst=worst)
    heights = case.customers.loc[ten, height].tolist()
    return drawn(kind, heights, labels=ten if kind == "bar" else (), **words)


def first_rows(case: Case) -> dict:
    ten = case.customers.head(10)["profit"]
    return drawn("bar", ten.tolist(), labels=ten.index.tolist())


def score(
    case: Case, *, weights: dict[str, float] = RULE, ascending: bool = True, scaled: bool = True
) -> pd.Series:
    """Compute one score from the three criteria by rank, or with a mistake."""
    ranks = measures(case).rank(ascending=ascending)
    return _weighted((ranks - 1) / (len(ranks) - 1) * 100 if scaled else ranks, weights)


def score_by_distance(case: Case) -> pd.Series:
    return _weighted(measures(case).apply(to_points, method="minmax"), RULE)


def _weighted(scored: pd.DataFrame, weights: dict[str, float]) -> pd.Series:
    return sum(scored[name] * weight for name, weight in weights.items())


def waiting(case: Case, which: str = "either") -> pd.Index:
    """Name the customers whose visits must wait, by the rule or by a wrong reading of it."""
    profit, slow = case.customers["profit"], measures(case)["credit"] < ON_TIME_FROM
    vip = case.customers["revenue"] >= VIP_FROM
    poor = profit < VISITS_COST
    chosen = {
        "either": vip & (poor | slow),
        "both": vip & poor & slow,
        "poor": vip & poor,
        "slow": vip & slow,
        "everybody": poor | slow,
        "the_rest": vip & ~(poor | slow),
    }
    return case.customers.index[chosen[which]]
