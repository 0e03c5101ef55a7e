"""Answer chapter 5's questions from a case: rightly, and wrongly in one way, as people do."""

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.rfm import high_low, rfm_class, rfm_cuts, rfm_table, score
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

NEW_YEAR = pd.Timestamp("2021-01-01")
HOUSE = {RECENCY: 60, FREQUENCY: 12, MONETARY: 30_000}
_SWAPPED = {
    "important_develop": "important_keep",
    "important_keep": "important_develop",
    "general_develop": "general_keep",
    "general_keep": "general_develop",
}


# 5.a Who has been away for more than 120 days


def silent(case: Case) -> pd.Series:
    return case.year_rfm[RECENCY] > 120


def old_lines(case: Case) -> int:
    return int(((case.today - case.year["date"]).dt.days > 120).sum())


# 5.b The customers with three fives


def scores_of(case: Case) -> pd.DataFrame:
    rfm = case.year_rfm
    return pd.DataFrame(
        {
            "R": score(rfm[RECENCY], smaller_is_better=True),
            "F": score(rfm[FREQUENCY]),
            "M": score(rfm[MONETARY]),
        }
    )


def champions(case: Case) -> pd.Index:
    scores = scores_of(case)
    return scores.index[(scores == 5).all(axis=1)]


def worst(case: Case) -> pd.Index:
    scores = scores_of(case)
    return scores.index[(scores == 1).all(axis=1)]


def any_five(case: Case) -> pd.Index:
    scores = scores_of(case)
    return scores.index[(scores == 5).any(axis=1)]


def four_and_more(case: Case) -> pd.Index:
    scores = scores_of(case)
    return scores.index[(scores >= 4).all(axis=1)]


def by_total(case: Case) -> pd.Index:
    total = scores_of(case).sum(axis=1)
    return total.index[total >= 14]


# 5.c The classes by the manager's own cuts


def levels_of(case: Case) -> pd.DataFrame:
    return high_low(case.year_rfm, cuts=HOUSE)


def house(case: Case) -> pd.Series:
    return rfm_class(levels_of(case))


def by_mean(case: Case) -> pd.Series:
    return rfm_class(high_low(case.year_rfm, cuts=rfm_cuts(case.year_rfm)))


def days_high_is_high(case: Case) -> pd.Series:
    return rfm_class(levels_of(case).assign(R=case.year_rfm[RECENCY] >= HOUSE[RECENCY]))


def importance_by_f(case: Case) -> pd.Series:
    levels = levels_of(case)
    return rfm_class(levels.assign(F=levels["M"], M=levels["F"]))


def swapped(case: Case) -> pd.Series:
    return house(case).astype(object).replace(_SWAPPED)


# 5.2 The table as it stood on New Year's Day


def lines_before(case: Case, *, new_year_too: bool = False) -> pd.DataFrame:
    lines, days = case.year, case.year["date"]
    return lines[days <= NEW_YEAR if new_year_too else days < NEW_YEAR]


def january(case: Case) -> pd.DataFrame:
    return rfm_table(lines_before(case), today=NEW_YEAR, order="order")


def today_kept(case: Case) -> pd.DataFrame:
    return rfm_table(lines_before(case), today=case.today, order="order")


def new_year_in(case: Case) -> pd.DataFrame:
    return rfm_table(lines_before(case, new_year_too=True), today=NEW_YEAR, order="order")


def lines_as_orders(case: Case) -> pd.DataFrame:
    return rfm_table(lines_before(case), today=NEW_YEAR)


def returns_dropped(case: Case) -> pd.DataFrame:
    lines = lines_before(case)
    return rfm_table(lines[lines["amount"] > 0], today=NEW_YEAR, order="order")


def first_purchase(case: Case) -> pd.DataFrame:
    lines = lines_before(case)
    first = lines[lines["amount"] > 0].groupby("customer")["date"].min()
    return january(case).assign(recency_days=(NEW_YEAR - first).dt.days)


def mean_for_total(case: Case) -> pd.DataFrame:
    table = january(case)
    return table.assign(monetary=table[MONETARY] / table[FREQUENCY])


# 5.3 The classes by scores


def by_scores(case: Case, least: int = 4) -> pd.Series:
    return rfm_class(scores_of(case) >= least)


def many_days_high(case: Case) -> pd.Series:
    scores = scores_of(case).assign(R=score(case.year_rfm[RECENCY]))
    return rfm_class(scores >= 4)


def by_scores_swapped(case: Case) -> pd.Series:
    return by_scores(case).astype(object).replace(_SWAPPED)


def by_scores_with_f_for_m(case: Case) -> pd.Series:
    levels = scores_of(case) >= 4
    return rfm_class(levels.assign(F=levels["M"], M=levels["F"]))
