"""Answer the later questions of chapter 5's exercise: rightly, and wrongly in one way."""

from collections.abc import Callable

import pandas as pd

from rfmkit.classroom.answer_types import drawn
from rfmkit.classroom.case import Case
from rfmkit.classroom.questions.ch05_answers import january
from rfmkit.rfm import high_low, rfm_cuts, rfm_table, score
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

RULES = ("median", "mean_order", "lines")


# 5.4 Repair a colleague's scores: each gives a function of a table


def repaired(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(rfm, lambda column, best_low: score(column, smaller_is_better=best_low))


def as_given(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(rfm, lambda column, best_low: _neat_fifths(column))


def ties_split(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(rfm, lambda column, best_low: _neat_fifths(-column if best_low else column))


def r_not_turned(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(rfm, lambda column, best_low: score(column))


def all_turned(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(rfm, lambda column, best_low: score(column, smaller_is_better=True))


def ties_to_the_best(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(
        rfm, lambda column, best_low: 1 + 5 * _worse(column, best_low, "max") // len(rfm)
    )


def always_320(rfm: pd.DataFrame) -> pd.DataFrame:
    return _points(rfm, lambda column, best_low: 1 + 5 * _worse(column, best_low, "min") // 320)


def _points(rfm: pd.DataFrame, rule: Callable[[pd.Series, bool], pd.Series]) -> pd.DataFrame:
    measures = {"R": RECENCY, "F": FREQUENCY, "M": MONETARY}
    return pd.DataFrame({name: rule(rfm[one], name == "R") for name, one in measures.items()})


def _worse(column: pd.Series, best_low: bool, method: str) -> pd.Series:
    return column.rank(method=method, ascending=not best_low) - 1


def _neat_fifths(column: pd.Series) -> pd.Series:
    return pd.qcut(column.rank(method="first"), 5, labels=[1, 2, 3, 4, 5]).astype(int)


# 5.5 What another rule costs


def other_rules(case: Case, *, redrawn: bool = True) -> dict[str, pd.DataFrame]:
    """List high and low by the mean, and by each of three other rules."""
    rfm = case.year_rfm
    tables = {
        "mean": rfm,
        "mean_order": rfm.assign(monetary=rfm[MONETARY] / rfm[FREQUENCY]),
        "lines": rfm_table(case.year, today=case.today),
    }
    levels = {
        name: high_low(table, cuts=rfm_cuts(table if redrawn else rfm))
        for name, table in tables.items()
    }
    return levels | {"median": high_low(rfm, cuts=rfm_cuts(rfm, method="median"))}


def cost(case: Case, count: str = "movers") -> dict[str, float]:
    levels = other_rules(case, redrawn=count != "old_cuts")
    changed = {name: levels[name] != levels["mean"] for name in RULES}
    counted = {
        "stayers": lambda flags: int((~flags.any(axis=1)).sum()),
        "share": lambda flags: float(flags.any(axis=1).mean()),
        "flags": lambda flags: int(flags.to_numpy().sum()),
        "only_m": lambda flags: int(flags["M"].sum()),
    }.get(count, lambda flags: int(flags.any(axis=1).sum()))
    return {name: counted(flags) for name, flags in changed.items()}


# 5.6 The orders of schools, month by month


def school_months(
    case: Case, *, what: str = "order", anyone: bool = False, returns: bool = False
) -> pd.Series:
    lines = case.year if returns else case.year[case.year["amount"] > 0]
    if not anyone:
        lines = lines[lines["customer"].map(case.customers["industry"]) == "school"]
    if what == "order":
        lines = lines.drop_duplicates("order")
    return lines["date"].dt.strftime("%Y-%m").value_counts().sort_index()


def bars(months: pd.Series, kind: str = "bar", **words: bool) -> dict:
    return drawn(kind, months.tolist(), labels=months.index if kind == "bar" else (), **words)


# 5.7 Whom to write to on New Year's Day


def quiet(case: Case) -> pd.Index:
    table = january(case)
    return table.index[table[RECENCY] > 60]


def schools(case: Case) -> pd.Index:
    return case.customers.index[case.customers["industry"] == "school"]


def autumn_buyers(case: Case) -> pd.Index:
    days = case.year["date"]
    term = (days >= "2020-08-01") & (days < "2020-10-01") & (case.year["amount"] > 0)
    return pd.Index(case.year.loc[term, "customer"].unique())


def between_terms(case: Case) -> pd.Index:
    return schools(case).intersection(autumn_buyers(case))


def quiet_in_april(case: Case) -> pd.Index:
    rfm = case.year_rfm
    return rfm.index[rfm[RECENCY] > 60].difference(between_terms(case))
