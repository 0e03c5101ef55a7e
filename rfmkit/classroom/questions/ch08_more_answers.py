"""Answer chapter 8's exercise from a case: rightly, and wrongly in one way, as people do."""

from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from rfmkit.classroom.answer_types import drawn
from rfmkit.classroom.case import Case
from rfmkit.classroom.questions.ch08_answers import (
    abc_list,
    clv_list,
    clv_score,
    rfm_list,
    value_list,
    value_score,
)
from rfmkit.clv_cs import acsi

UNHAPPY_BELOW = 60
VISITS = 6

# 8.2 Whom RFM overrates


def overrated(
    case: Case,
    *,
    of: str = "gross",
    on: Callable[[Case], pd.Index] | None = rfm_list,
    outside: bool = False,
    cheap: bool = False,
) -> pd.Index:
    """List those on a list whose service eats more than half of the gross profit."""
    books = case.customers
    whole = books["revenue"] - books["cost_of_goods"] if of == "gross" else books[of]
    dear = books["service_cost"] > whole / 2
    listed = books.index.isin(books.index if on is None else on(case))
    return books.index[(~dear if cheap else dear) & (~listed if outside else listed)]


def small_profit(case: Case) -> pd.Index:
    """List those on the RFM list who earn less than the mean customer: little, and perhaps well."""
    profit = case.customers["profit"]
    return profit.index[profit.index.isin(rfm_list(case)) & (profit < profit.mean())]


# 8.3 How much money lies where the methods disagree


@lru_cache(maxsize=2)
def how_many(case: Case) -> pd.Series:
    """Count the four lists that each customer is on."""
    everybody = case.customers.index
    four = (abc_list(case), value_list(case), clv_list(case), rfm_list(case))
    return sum(pd.Series(everybody.isin(one), index=everybody).astype(int) for one in four)


def layers_drawn(
    case: Case, *, what: str = "sum", order: str = "down", kind: str = "bar", **words: bool
) -> dict:
    """Draw the profit of the layers, from those on all four lists down to those on none."""
    heights = getattr(case.customers["profit"].groupby(how_many(case)), what)()
    heights = heights.sort_index(ascending=order == "up")
    if order == "height":
        heights = heights.sort_values(ascending=False, kind="stable")
    share = 100 * heights / heights.sum()
    if order == "running":
        share = share.cumsum()
    labels = [] if kind == "line" else [str(number) for number in heights.index]
    return drawn(kind, share.tolist(), labels=labels, **words)


# 8.4 How far two methods agree: a function, mended

# Thirty customers, and the fifteen of them whom the second method can place.
TOY_A = pd.Series(range(30, 0, -1), index=[f"K{number:02}" for number in range(1, 31)], dtype=float)
TOY_B = pd.Series(
    range(15, 0, -1),
    index=[
        f"K{number:02}" for number in (5, 9, 20, 11, 13, 14, 16, 17, 18, 22, 24, 25, 27, 28, 30)
    ],
    dtype=float,
)


def points_and_answered(case: Case) -> tuple[pd.Series, pd.Series]:
    clv = clv_score(case)
    return value_score(case), clv[clv.index.isin(case.survey.index)]


def toy(_case: Case) -> tuple[pd.Series, pd.Series]:
    return TOY_A, TOY_B


def top_fifth(score: pd.Series, length: int | None = None) -> pd.Index:
    return score.nlargest(len(score) // 5 if length is None else length).index


def as_given(one: pd.Series, other: pd.Series) -> float:
    first, second = top_fifth(one), top_fifth(other)
    return len(first.intersection(second)) / len(first)


def agreement(one: pd.Series, other: pd.Series, *, how: str = "share") -> float:
    both = one.index[one.index.isin(other.index)]
    first, second = top_fifth(one[both]), top_fifth(other[both])
    shared = len(first.intersection(second))
    match how:
        case "count":
            return shared
        case "percent":
            return 100 * shared / len(first)
        case "union":
            return shared / len(first.union(second))
    return shared / len(first)


def same_length_only(one: pd.Series, other: pd.Series) -> float:
    length = min(len(one), len(other)) // 5
    return len(top_fifth(one, length).intersection(top_fifth(other, length))) / length


def of_the_shorter(one: pd.Series, other: pd.Series) -> float:
    first, second = top_fifth(one), top_fifth(other)
    return len(first.intersection(second)) / min(len(first), len(second))


def filtered_late(one: pd.Series, other: pd.Series) -> float:
    first, second = top_fifth(one), top_fifth(other)
    first = first[first.isin(other.index)]
    return len(first.intersection(second)) / len(first)


# 8.5 Which big customers are losing patience


def satisfaction(case: Case) -> pd.Series:
    return acsi(case.survey[["overall", "against_expected", "against_ideal"]])


def visits(
    case: Case,
    *,
    by: str = "cs",
    big: Callable[[Case], pd.Index] | None = clv_list,
    happiest: bool = False,
) -> list[str]:
    """List the first six of the big customers who are unhappy; of equals, the larger CLV first."""
    table = pd.DataFrame({"cs": satisfaction(case).round(6)})
    table["clv"] = clv_score(case).reindex(table.index)
    table["csat"] = case.survey["csat"].reindex(table.index)
    if big is not None:
        table = table[table.index.isin(big(case))]
    if by == "csat":
        table = table.sort_values(["csat", "clv"], ascending=[True, False])
    elif by == "clv":
        table = table[table["cs"] < UNHAPPY_BELOW]
        table = table.sort_values("clv", ascending=False, kind="stable")
    else:
        table = table.sort_values(["cs", "clv"], ascending=[not happiest, False])
    return table.index[:VISITS].tolist()
