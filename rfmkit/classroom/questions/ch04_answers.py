"""Answer chapter 4's questions from a case: rightly, and wrongly in one way, as people do."""

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.clv import retention_clv
from rfmkit.clv_cs import acsi

OCTOBER, MARCH = "2020-10-01", "2021-03-01"
QUESTIONS_OF_ACSI = ["overall", "against_expected", "against_ideal"]
RETENTION, DISCOUNT = 0.8, 0.1
CS_LOW = 60


# 4.a What all customers are worth together


def firm_value(case: Case, column: str = "profit", first_margin: str = "next") -> float:
    clv = retention_clv(case.customers[column], RETENTION, DISCOUNT, first_margin=first_margin)
    return clv.sum()


def not_discounted(case: Case) -> float:
    return case.customers["profit"].sum() / (1 - RETENTION)


def stay_forgotten(case: Case) -> float:
    return case.customers["profit"].sum() / (1 + DISCOUNT - RETENTION)


def mean_for_sum(case: Case) -> float:
    return firm_value(case) / len(case.customers)


# 4.b Who bought in the first half of the year and not in the second


def buyers(case: Case) -> tuple[set, set]:
    bought = case.year[case.year["amount"] > 0]
    in_late = bought["date"] >= OCTOBER
    return set(bought.loc[~in_late, "customer"]), set(bought.loc[in_late, "customer"])


def gone(case: Case) -> list[str]:
    early, late = buyers(case)
    return sorted(early - late)


def came_back(case: Case) -> list[str]:
    early, late = buyers(case)
    return sorted(early & late)


def newcomers(case: Case) -> list[str]:
    early, late = buyers(case)
    return sorted(late - early)


def not_in_march(case: Case) -> list[str]:
    bought = case.year[case.year["amount"] > 0]
    return sorted(set(bought["customer"]) - set(bought.loc[bought["date"] >= MARCH, "customer"]))


# 4.c The net promoter score in three numbers


def nps_parts(case: Case, high: int = 9, low: int = 6, whole: float = 100) -> tuple:
    answers = case.survey["recommend"]
    promoters, detractors = whole * (answers >= high).mean(), whole * (answers <= low).mean()
    return promoters, detractors, promoters - detractors


def passives_left_out(case: Case) -> tuple:
    answers = case.survey["recommend"]
    sided = answers[(answers >= 9) | (answers <= 6)]
    promoters, detractors = 100 * (sided >= 9).mean(), 100 * (sided <= 6).mean()
    return promoters, detractors, promoters - detractors


def mean_answer(case: Case) -> tuple:
    promoters, detractors, _ = nps_parts(case)
    return promoters, detractors, case.survey["recommend"].mean()


# 4.d Whom to rescue


def _axes(case: Case) -> tuple[pd.Series, pd.Series]:
    """Compute who is high on CLV and low on CS, of those who answered."""
    early, late = buyers(case)
    industry = case.customers["industry"]
    first = industry[industry.index.isin(early)]
    yearly = pd.Series(first.index.isin(late), index=first.index).groupby(first).mean() ** 2
    clv = retention_clv(case.customers["profit"], industry.map(yearly), DISCOUNT)
    answers = case.survey[QUESTIONS_OF_ACSI]
    return clv[answers.index] >= clv.mean(), acsi(answers) < CS_LOW


def rescue(case: Case) -> pd.Index:
    valuable, unhappy = _axes(case)
    return valuable.index[valuable & unhappy]


def unhappy_all(case: Case) -> pd.Index:
    _, unhappy = _axes(case)
    return unhappy.index[unhappy]


def low_value(case: Case) -> pd.Index:
    valuable, unhappy = _axes(case)
    return valuable.index[~valuable & unhappy]


def content(case: Case) -> pd.Index:
    valuable, unhappy = _axes(case)
    return valuable.index[valuable & ~unhappy]


def either(case: Case) -> pd.Index:
    valuable, unhappy = _axes(case)
    return valuable.index[valuable | unhappy]
