"""Answer chapter 7's try-it questions from a case: rightly, and wrongly in one way."""

import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.classroom.case import Case
from rfmkit.relationship.lifecycle import monthly_spend
from rfmkit.relationship.moves import migration

AUTUMN, WINTER = "2020-10-01", "2021-01-01"
HOURS, B_HOURS, C_HOURS = 240, 0.5, 0.25
SHARE_CUT, FORECAST_CUT = 0.5, 10_000


def tiers(case: Case) -> pd.Series:
    return abc_tier(case.customers["profit"], cuts=ABC3)


# 7.a How many hours are left for an A customer


def hours_left(
    case: Case, *, hours: float = HOURS, b: float = B_HOURS, c: float = C_HOURS
) -> float:
    counts = tiers(case).value_counts()
    return hours - b * counts["abc3:b"] - c * counts["abc3:c"]


def hours_per_a(case: Case, **change: float) -> float:
    return hours_left(case, **change) / (tiers(case) == "abc3:a").sum()


def hours_for_all(case: Case) -> float:
    return hours_left(case) / len(case.customers)


# 7.b The most profitable of those who have left


def gone(case: Case, *, since: str = AUTUMN) -> pd.DataFrame:
    bought = case.year[case.year["amount"] > 0]
    early = set(bought.loc[bought["date"] < since, "customer"])
    late = set(bought.loc[bought["date"] >= since, "customer"])
    return case.customers[case.customers.index.isin(early - late)]


def five(table: pd.DataFrame, column: str = "profit", *, smallest: bool = False) -> list[str]:
    return table.sort_values(column, ascending=smallest, kind="stable").index[:5].tolist()


def silent_in_winter(case: Case) -> list[str]:
    return five(gone(case, since=WINTER))


# 7.c The share of class B that fell or bought nothing


def moves(case: Case) -> pd.DataFrame:
    months = monthly_spend(case.year)
    quarters = [months.loc[:, "2020-10":"2020-12"], months.loc[:, "2021-01":"2021-03"]]
    spends = [quarter.sum(axis="columns") for quarter in quarters]
    before, after = (abc_tier(spend[spend > 0], cuts=ABC3) for spend in spends)
    return migration(before, after)


def from_b(case: Case) -> pd.Series:
    return moves(case).loc["abc3:b"]


def at_risk(case: Case) -> float:
    row = from_b(case)
    return (row["abc3:c"] + row["lost"]) / row.sum()


def counted(case: Case) -> float:
    return at_risk(case) * from_b(case).sum()


def of_everybody(case: Case) -> float:
    return counted(case) / moves(case).to_numpy().sum()


def fell_only(case: Case) -> float:
    row = from_b(case)
    return row["abc3:c"] / row.sum()


def of_those_still_here(case: Case) -> float:
    row = from_b(case)
    return row["abc3:c"] / (row.sum() - row["lost"])


# 7.d Whom profit alone would miss


def boxes(case: Case) -> tuple[pd.Series, pd.Series, pd.Series]:
    table = case.customers
    low = table["revenue"] / table["yearly_need"] < SHARE_CUT
    return low, table["forecast_amount"] >= FORECAST_CUT, tiers(case) == "abc3:a"


def missed(case: Case) -> pd.Index:
    low, large, is_a = boxes(case)
    return case.customers.index[low & large & ~is_a]


def in_a(case: Case) -> pd.Index:
    low, large, is_a = boxes(case)
    return case.customers.index[low & large & is_a]


def all_of_develop(case: Case) -> pd.Index:
    low, large, _ = boxes(case)
    return case.customers.index[low & large]


def small_orders(case: Case) -> pd.Index:
    low, large, is_a = boxes(case)
    return case.customers.index[low & ~large & ~is_a]


def forecast_forgotten(case: Case) -> pd.Index:
    low, _, is_a = boxes(case)
    return case.customers.index[low & ~is_a]
