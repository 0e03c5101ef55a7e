"""Answer chapter 3's questions from a case: rightly, and wrongly in one way, as people do."""

from collections.abc import Callable

import pandas as pd

from rfmkit.classroom.answer_types import drawn
from rfmkit.classroom.case import Case
from rfmkit.value import composite_score, to_points
from rfmkit.value.tiers import peppers_tier, relative_tier, value_tier

WEIGHTS = {
    "profit": 0.50,
    "forecast_amount": 0.20,
    "overdue_rate": 0.15,
    "complaint_count": 0.10,
    "company_size": 0.05,
}
_LESS_IS_BETTER = ("overdue_rate", "complaint_count")
_OURS = ("our_invoice_wrong", "goods_in_dispute")


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
    known = case.payments.assign(late=late(case))[~unpaid(case) | past_due(case)]
    table = case.customers[["profit", "forecast_amount", "company_size"]].assign(
        overdue_rate=known.groupby("customer")["late"].mean(),
        complaint_count=complaints(case),
    )
    points = pd.DataFrame(
        {
            name: to_points(table[name], smaller_is_better=name in _LESS_IS_BETTER, missing="keep")
            for name in WEIGHTS
        }
    )
    return composite_score(points, WEIGHTS, missing="renormalise")


def top_by_profit(case: Case) -> pd.Series:
    return relative_tier(case.customers["profit"]) == "pareto2:key"


def top_by_score(case: Case) -> pd.Series:
    return relative_tier(score(case)) == "pareto2:key"


def in_top(case: Case, wanted: Callable[[pd.Series, pd.Series], pd.Series]) -> pd.Index:
    """Select the customers who are at the top, or not, by profit and by score."""
    return case.customers.index[wanted(top_by_profit(case), top_by_score(case))]


def no_vip(case: Case) -> pd.Index:
    vip = value_tier(score(case)) == "value3:vip"
    return case.customers.index[top_by_profit(case) & ~vip]


# 3.3 Late through the customer's own doing


def own_fault(case: Case, *ours: str) -> pd.Series:
    """Compute for each invoice whether it is late for the customer's own reason."""
    return late(case) & ~case.payments["late_reason"].isin(ours or _OURS)


def outcome(case: Case) -> pd.Series:
    return ~unpaid(case) | past_due(case)


def own_rate(
    case: Case,
    counted: pd.Series | None = None,
    among: pd.Series | None = None,
    measure: str = "mean",
) -> pd.Series:
    """Share of the invoices that `counted` marks, by customer, among those with an outcome."""
    counted = own_fault(case) if counted is None else counted
    among = outcome(case) if among is None else among
    return counted[among].groupby(case.payments["customer"][among]).agg(measure)


# 3.4 Repair a score

REPAIR_WEIGHTS = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}


def repair_table(case: Case, fill_value: int | None = None) -> pd.DataFrame:
    """Build the table of three indicators; without a fill, the quiet customers are blank."""
    kinds = case.contacts.groupby(["customer", "kind"]).size().unstack(fill_value=fill_value)
    return case.customers[["profit", "forecast_amount"]].join(kinds["complaint"])


def repair_points(table: pd.DataFrame, *less_is_better: str, **options: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: to_points(table[name], smaller_is_better=name in less_is_better, **options)
            for name in REPAIR_WEIGHTS
        }
    )


def repaired(case: Case, *less: str, fill: str | float = 0, **options: str) -> pd.Series:
    table = repair_table(case)
    table = table.fillna(table.mean() if fill == "mean" else fill)
    return composite_score(repair_points(table, *less, **options), REPAIR_WEIGHTS)


def quiet_dropped(case: Case, *less_is_better: str, fill_value: int | None = None) -> pd.Series:
    points = repair_points(repair_table(case, fill_value).dropna(), *less_is_better)
    return composite_score(points, REPAIR_WEIGHTS)


def quiet_blank(case: Case, *, missing: str) -> pd.Series:
    points = repair_points(repair_table(case), "complaint", missing="keep")
    points = points.fillna(0) if missing == "zero" else points
    return composite_score(points, REPAIR_WEIGHTS, missing="renormalise")


# 3.5 Whom other weights move


def tier_numbers(case: Case, prospects: float = 0.25) -> pd.Series:
    """Tier by profit and forecast alone: 0 is VIP, 1 important, 2 ordinary."""
    # With 320 customers, neither 75 : 25 nor 50 : 50 can put anybody exactly on 60 or 80.
    return value_tier(two_score(case, prospects)).cat.codes


def two_score(case: Case, prospects: float) -> pd.Series:
    points = case.customers[["profit", "forecast_amount"]].apply(to_points)
    return composite_score(points, {"profit": 1 - prospects, "forecast_amount": prospects})


def chosen(case: Case, wanted: Callable[[pd.Series, pd.Series], pd.Series]) -> pd.Index:
    """Select the customers who are at the top, or not, by the old and the new weights."""
    return case.customers.index[wanted(tier_numbers(case), tier_numbers(case, 0.5))]


def top_fifth_changed(case: Case) -> pd.Index:
    before, after = (relative_tier(two_score(case, share)) for share in (0.25, 0.5))
    return case.customers.index[before.to_numpy() != after.to_numpy()]


# 3.6 Draw the four layers


def layers(case: Case) -> pd.Series:
    books = case.customers
    # A customer who sent everything back has no revenue, and no margin.
    margin = ((books["revenue"] - books["cost_of_goods"]) / books["revenue"]).fillna(0)
    growth = 0.10 * (books["yearly_need"] - books["revenue"]) * margin
    return peppers_tier(books["profit"], growth, profit_cut=10_000, growth_cut=3_000)


def pyramid(
    case: Case,
    measure: str = "sum",
    *,
    kind: str = "barh",
    order: str = "best_first",
    **words: bool,
) -> dict:
    """Describe a bar chart of the layers' profit, from the top down."""
    bars = case.customers["profit"].groupby(layers(case), observed=False).agg(measure)
    bars = bars[::-1] if order == "worst_first" else bars
    bars = bars.sort_values(ascending=False, kind="stable") if order == "by_size" else bars
    return drawn(kind, bars, labels=bars.index, **words)


# 3.7 Below zero: price first, or service


def losing(case: Case) -> pd.DataFrame:
    return case.customers[case.customers["profit"] < 0]


def saved_by_price(case: Case) -> pd.Series:
    return losing(case)["profit"] + 0.08 * losing(case)["revenue"] > 0


def saved_by_service(case: Case) -> pd.Series:
    return losing(case)["profit"] + 0.35 * losing(case)["service_cost"] > 0
