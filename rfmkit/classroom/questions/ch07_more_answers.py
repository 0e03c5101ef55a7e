"""Answer chapter 7's exercise from a case: rightly, and wrongly in one way, as people do."""

import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.classroom.answer_types import drawn
from rfmkit.classroom.case import Case
from rfmkit.classroom.questions.ch07_answers import (
    AUTUMN,
    FORECAST_CUT,
    SHARE_CUT,
    WINTER,
    gone,
    tiers,
)
from rfmkit.relationship.lifecycle import lifecycle_phase, monthly_spend

# 7.2 The people a rule needs, and the minutes left for C

SOUTH_HOURS, A_TIME, B_TIME = 160, 1.5, 1.0


def served(case: Case) -> pd.Series:
    """Return the tiers of those who bought this year."""
    bought = case.year[(case.year["amount"] > 0) & (case.year["date"] >= WINTER)]
    tier = tiers(case)
    return tier[tier.index.isin(set(bought["customer"]))]


def service_plan(
    case: Case,
    *,
    everybody: bool = False,
    per_c: int = 5,
    times: bool = False,
    b: float = B_TIME,
    unit: int = 60,
    for_all: bool = False,
) -> dict[str, float]:
    counts = (tiers(case) if everybody else served(case)).value_counts()
    in_a, in_b, in_c = (int(counts[code]) for code in ("abc3:a", "abc3:b", "abc3:c"))
    people = in_a + -(-in_b // 2) + -(-in_c // per_c)
    left = SOUTH_HOURS - A_TIME * in_a - b * in_b
    return {
        "people": in_a + 2 * in_b + per_c * in_c if times else people,
        "minutes": unit * left / (in_a + in_b + in_c if for_all else in_c),
    }


# 7.3 Churn by region


def halves(case: Case, *, line: str = AUTUMN) -> pd.DataFrame:
    """Compute for every customer whether there are purchases before the line, and from it on."""
    bought = case.year[case.year["amount"] > 0]
    before = bought["date"] < line
    index = case.customers.index
    return pd.DataFrame(
        {
            "region": case.customers["region"],
            "early": index.isin(set(bought.loc[before, "customer"])),
            "late": index.isin(set(bought.loc[~before, "customer"])),
        }
    )


def churn(case: Case, *, line: str = AUTUMN, of: str = "early", not_in: str = "late") -> pd.Series:
    table = halves(case, line=line)
    table = table[table[of]]
    return (~table[not_in]).groupby(table["region"]).mean()


def churn_of_everybody(case: Case) -> pd.Series:
    table = halves(case)
    return (table["early"] & ~table["late"]).groupby(table["region"]).mean()


def share_of_the_gone(case: Case) -> pd.Series:
    return gone(case)["region"].value_counts(normalize=True)


# 7.4 The phases of the A customers, drawn


def phases_drawn(
    case: Case, *, everybody: bool = False, order: str = "life", kind: str = "bar", **words: bool
) -> dict:
    phase = lifecycle_phase(monthly_spend(case.year))
    counts = (phase if everybody else phase[tiers(case) == "abc3:a"]).value_counts(sort=False)
    if order == "height":
        counts = counts.sort_values(ascending=False, kind="stable")
    if order == "alphabet":
        counts = counts.set_axis(counts.index.astype(str)).sort_index()
    return drawn(kind, counts.tolist(), labels=[] if kind == "line" else counts.index, **words)


# 7.5 Who really moved down: a function, mended

# Ten customers and their next quarter: one falls from A, one from B, one sits on the cut, one
# stays away, one rises, and a newcomer pushes the others down.
TOY_BEFORE = pd.Series(
    [100.0, 90, 60, 50, 40, 30, 25, 20, 15, 10], index=[f"K{n:02}" for n in range(1, 11)]
)
TOY_AFTER = pd.Series([90.0, 70, 45, 35, 130, 200], index=["K01", "K02", "K03", "K04", "K06", "N1"])


def toy(_case: Case) -> tuple[pd.Series, pd.Series]:
    return TOY_BEFORE, TOY_AFTER


def two_quarters(case: Case) -> tuple[pd.Series, pd.Series]:
    months = monthly_spend(case.year)
    quarters = [months.loc[:, "2020-10":"2020-12"], months.loc[:, "2021-01":"2021-03"]]
    before, after = (quarter.sum(axis="columns") for quarter in quarters)
    return before[before > 0], after[after > 0]


def by_cuts(
    before: pd.Series,
    after: pd.Series,
    *,
    tiers_that_fall: tuple[str, ...] = ("abc3:a", "abc3:b"),
    on_the_cut_falls: bool = False,
    absent_as_zero: bool = False,
) -> pd.Index:
    tier = abc_tier(before, cuts=ABC3)
    now = after.reindex(before.index)
    now = now.fillna(0) if absent_as_zero else now.dropna()
    fell = pd.Series(False, index=now.index)
    for code in tiers_that_fall:
        cut = before[tier == code].min()
        below = now <= cut if on_the_cut_falls else now < cut
        fell |= (tier[now.index] == code) & below
    return now.index[fell]


def by_ranks(before: pd.Series, after: pd.Series) -> pd.Index:
    tier_before, tier_after = abc_tier(before, cuts=ABC3), abc_tier(after, cuts=ABC3)
    both = before.index.intersection(after.index)
    return both[tier_after[both].cat.codes > tier_before[both].cat.codes]


def spent_less(before: pd.Series, after: pd.Series) -> pd.Index:
    both = before.index.intersection(after.index)
    return both[after[both] < before[both]]


def moved_up(before: pd.Series, after: pd.Series) -> pd.Index:
    tier = abc_tier(before, cuts=ABC3)
    both = before.index.intersection(after.index)
    cut_a, cut_b = (before[tier == code].min() for code in ("abc3:a", "abc3:b"))
    up = ((tier[both] == "abc3:c") & (after[both] >= cut_b)) | (
        (tier[both] == "abc3:b") & (after[both] >= cut_a)
    )
    return both[up]


# 7.6 Six visits


def visits(
    case: Case,
    *,
    low_share: bool = True,
    large_order: bool = True,
    by: str = "room",
    smallest: bool = False,
) -> list[str]:
    table = case.customers
    share = table["revenue"] / table["yearly_need"]
    table = table.assign(share=share, room=table["yearly_need"] - table["revenue"])
    low, large = share < SHARE_CUT, table["forecast_amount"] >= FORECAST_CUT
    chosen = (low == low_share) & (large == large_order)
    order = table[chosen].sort_values(by, ascending=smallest, kind="stable")
    return order.index[:6].tolist()


# 7.7 What goes with paper

PAPER, TONER, PENS = "影印紙（包）", "碳粉匣", "原子筆（盒）"


def lifts(
    case: Case, *, how: str = "lift", basket: str = "order", everybody: bool = False
) -> dict[str, float]:
    lines = case.year[case.year["amount"] > 0]
    if not everybody:
        tier = tiers(case)
        lines = lines[lines["customer"].isin(tier.index[tier == "abc3:a"])]
    paper = set(lines.loc[lines["product"] == PAPER, basket])
    every = len(lines) if how == "lines" else lines[basket].nunique()
    found = {}
    for name, product in (("toner", TONER), ("pens", PENS)):
        with_it = set(lines.loc[lines["product"] == product, basket])
        together, anyhow = len(with_it & paper) / len(with_it), len(paper) / every
        found[name] = {
            "together": together,
            "of_all": len(with_it & paper) / every,
            "upside_down": anyhow / together,
        }.get(how, together / anyhow)
    return found
