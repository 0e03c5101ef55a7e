"""Answer chapter 4's exercise from a case: rightly, and wrongly in one way, as people do."""

import pandas as pd

from rfmkit.classroom.answer_types import drawn
from rfmkit.classroom.case import Case
from rfmkit.classroom.questions.ch04_answers import DISCOUNT, QUESTIONS_OF_ACSI, buyers
from rfmkit.clv import retention_clv
from rfmkit.clv_cs import acsi, clv_cs_class

HEAD_OFFICE = {
    "government": 0.82,
    "hospitality": 0.40,
    "manufacturing": 0.59,
    "retail": 0.51,
    "school": 0.65,
    "technology": 0.64,
}
CS_CUT, MORE_RETENTION, VISIT_COST = 70, 0.05, 4000


# 4.2 Yearly retention of each industry


def half_rate(case: Case) -> pd.Series:
    early, late = buyers(case)
    return _share_by_industry(case, early, late)


def _share_by_industry(case: Case, group: set, also_in: set) -> pd.Series:
    industry = case.customers["industry"]
    industry = industry[industry.index.isin(group)]
    return pd.Series(industry.index.isin(also_in), index=industry.index).groupby(industry).mean()


def year_rate(case: Case) -> pd.Series:
    return half_rate(case) ** 2


def losses_doubled(case: Case) -> pd.Series:
    return 1 - 2 * (1 - half_rate(case))


def left_in_a_year(case: Case) -> pd.Series:
    return (1 - half_rate(case)) ** 2


def base_of_all(case: Case) -> pd.Series:
    early, late = buyers(case)
    return _share_by_industry(case, set(case.customers.index), early & late) ** 2


def base_of_late(case: Case) -> pd.Series:
    early, late = buyers(case)
    return _share_by_industry(case, late, early) ** 2


def one_for_all(case: Case) -> pd.Series:
    early, late = buyers(case)
    industries = sorted(case.customers["industry"].unique())
    return pd.Series((len(early & late) / len(early)) ** 2, index=industries)


# 4.3 A function that values a customer, mended


def value_of(profit: float, half_rate: float, discount: float) -> float:
    return retention_clv(profit, half_rate**2, discount)


def as_given(profit: float, half_rate: float, discount: float) -> float:
    return profit * (1 + discount) / (1 + discount - half_rate)


def half_left(profit: float, half_rate: float, discount: float) -> float:
    return retention_clv(profit, half_rate, discount)


def today_left(profit: float, half_rate: float, discount: float) -> float:
    return retention_clv(profit, half_rate**2, discount, first_margin="now")


def root_taken(profit: float, half_rate: float, discount: float) -> float:
    return retention_clv(profit, half_rate**0.5, discount)


def r_forgotten(profit: float, half_rate: float, discount: float) -> float:
    return profit / (1 + discount - half_rate**2)


def discount_lost(profit: float, half_rate: float, discount: float) -> float:
    return profit * half_rate**2 / (1 - half_rate**2)


def best_customer(case: Case) -> tuple:
    return float(case.customers["profit"].max()), 0.77, 0.1


def worst_customer(case: Case) -> tuple:
    return float(case.customers["profit"].min()), 0.6, 0.05


# 4.4 Satisfaction by industry, drawn


def _cs_of(case: Case) -> pd.Series:
    return acsi(case.survey[QUESTIONS_OF_ACSI])


def _mean_by_industry(case: Case, values: pd.Series) -> pd.Series:
    return values.groupby(case.customers["industry"].reindex(values.index)).mean()


def cs_by_industry(case: Case) -> pd.Series:
    return _mean_by_industry(case, _cs_of(case)).sort_values(kind="stable")


def bars(heights: pd.Series, kind: str = "bar", **words: bool) -> dict:
    named = [] if kind == "line" else heights.index
    return drawn(kind, heights, labels=named, **words)


def not_rescaled(case: Case, times: int = 1) -> dict:
    means = case.survey[QUESTIONS_OF_ACSI].mean(axis=1) * times
    return bars(_mean_by_industry(case, means).sort_values(kind="stable"))


def silent_as_zero(case: Case) -> dict:
    everybody = _cs_of(case).reindex(case.customers.index, fill_value=0)
    return bars(_mean_by_industry(case, everybody).sort_values(kind="stable"))


def csat_drawn(case: Case) -> dict:
    satisfied = _mean_by_industry(case, 100.0 * (case.survey["csat"] >= 4))
    return bars(satisfied.sort_values(kind="stable"))


# 4.5 The grid turned: three levels of CLV, two of satisfaction


def head_office_clv(case: Case, more: float = 0) -> pd.Series:
    rates = case.customers["industry"].map(HEAD_OFFICE) + more
    return retention_clv(case.customers["profit"], rates, DISCOUNT)


def grid(case: Case, cs_cut: float = CS_CUT) -> pd.Series:
    clv = head_office_clv(case)
    return _boxes(clv[case.survey.index], _cs_of(case), clv, cs_cut)


def _boxes(value: pd.Series, cs: pd.Series, base: pd.Series, cs_cut: float = CS_CUT) -> pd.Series:
    return clv_cs_class(value, cs, clv_cuts=(base.median(), base.mean()), cs_cuts=cs_cut)


def cs_upside_down(case: Case) -> pd.Series:
    clv = head_office_clv(case)
    return _boxes(clv[case.survey.index], -_cs_of(case), clv, -CS_CUT)


def profit_for_clv(case: Case) -> pd.Series:
    profit = case.customers["profit"]
    return _boxes(profit[case.survey.index], _cs_of(case), profit)


def silent_filled(case: Case) -> pd.Series:
    clv, cs = head_office_clv(case), _cs_of(case)
    return _boxes(clv, cs.reindex(clv.index).fillna(cs.mean()), clv)


def csat_axis(case: Case) -> pd.Series:
    clv = head_office_clv(case)
    return _boxes(clv[case.survey.index], case.survey["csat"], clv, 4)


# 4.6 Whose place on the list does not hang on one point


def _valuable(case: Case) -> pd.Series:
    clv = head_office_clv(case)
    return clv[case.survey.index] >= clv.mean()


def _unhappy(case: Case, more: int = 0) -> pd.Series:
    return acsi((case.survey[QUESTIONS_OF_ACSI] + more).clip(1, 10)) < CS_CUT


def _listed(chosen: pd.Series) -> pd.Index:
    return chosen.index[chosen]


def sure(case: Case, more: int = 1) -> pd.Index:
    return _listed(_valuable(case) & _unhappy(case, more))


def leavers(case: Case) -> pd.Index:
    return _listed(_valuable(case) & _unhappy(case) & ~_unhappy(case, 1))


def of_any_value(case: Case) -> pd.Index:
    return _listed(_unhappy(case, 1))


# 4.7 Who is worth a visit


def _gain(case: Case) -> pd.Series:
    return head_office_clv(case, MORE_RETENTION) - head_office_clv(case)


def visits(case: Case, worth: bool = True) -> pd.Index:
    pays = _gain(case)[case.survey.index] > VISIT_COST
    return _listed(_valuable(case) & _unhappy(case) & (pays == worth))


def happy_too(case: Case) -> pd.Index:
    return _listed(_valuable(case) & (_gain(case)[case.survey.index] > VISIT_COST))


def silent_too(case: Case) -> pd.Index:
    clv = head_office_clv(case)
    unhappy = _unhappy(case).reindex(clv.index, fill_value=True)
    return _listed((clv >= clv.mean()) & unhappy & (_gain(case) > VISIT_COST))
