"""Chapter 8, choosing a method: each question as steps with their other choices."""

from functools import partial
from operator import and_, ge, gt, le, lt, or_

import pandas as pd

from rfmkit.abc_tiers import ABC3, PARETO2, abc_tier
from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import (
    PER_CENT,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    drawn,
)
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.clv import retention_clv
from rfmkit.clv_cs import acsi
from rfmkit.rfm import score
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY
from rfmkit.value import composite_score, to_points

LENGTH = 64  # 20 % of the 320 customers
AWAY_DAYS = 90
WEIGHTS = {"profit": 0.5, "forecast": 0.2, "on_time": 0.15, "no_complaints": 0.1, "size": 0.05}
HALF_YEAR, HALF_YEAR_INTEREST = pd.Timestamp("2020-10-01"), 0.05
UNHAPPY_BELOW = 60
LISTS = ("ABC", "value", "clv", "RFM")

# The four lists, as the lesson makes them


@steps.once_per_case
def value_score(case: Case) -> pd.Series:
    everybody = case.customers.index
    bills = case.payments
    late = (bills["paid_date"] > bills["due_date"]) | (
        bills["paid_date"].isna() & (bills["due_date"] < case.today)
    )
    known = bills["paid_date"].notna() | (bills["due_date"] < case.today)
    overdue_rate = late[known].groupby(bills["customer"]).mean().reindex(everybody)
    complainers = case.contacts.loc[case.contacts["kind"] == "complaint", "customer"]
    complaints = complainers.value_counts().reindex(everybody, fill_value=0)
    points = pd.DataFrame(
        {
            "profit": to_points(case.customers["profit"]),
            "forecast": to_points(case.customers["forecast_amount"]),
            "on_time": to_points(overdue_rate, smaller_is_better=True, missing="keep"),
            "no_complaints": to_points(complaints, smaller_is_better=True),
            "size": to_points(case.customers["company_size"]),
        }
    )
    return composite_score(points, WEIGHTS, missing="renormalise")


@steps.once_per_case
def clv_score(case: Case) -> pd.Series:
    buys = case.year[case.year["amount"] > 0]
    last_buy = buys[buys["date"] < HALF_YEAR].groupby("customer")["date"].max()
    came_back = last_buy.index.isin(buys.loc[buys["date"] >= HALF_YEAR, "customer"])
    recent = (HALF_YEAR - last_buy).dt.days <= AWAY_DAYS
    stay = pd.Series(came_back, index=last_buy.index).groupby(recent).mean()
    retention = (case.year_rfm[RECENCY] <= AWAY_DAYS).map(stay)
    return retention_clv(case.customers["profit"] / 2, retention, HALF_YEAR_INTEREST)


@steps.once_per_case
def lists(case: Case) -> pd.DataFrame:
    """Make the table of who is on which list."""
    rfm, everybody = case.year_rfm, case.customers.index
    total = (
        score(rfm[RECENCY], smaller_is_better=True) + score(rfm[FREQUENCY]) + score(rfm[MONETARY])
    )
    ranking = rfm.assign(score=total).sort_values(["score", MONETARY], ascending=False)
    best = {
        "ABC": case.customers["profit"].nlargest(LENGTH).index,
        "value": value_score(case).nlargest(LENGTH).index,
        "clv": clv_score(case).nlargest(LENGTH).index,
        "RFM": ranking.index[:LENGTH],
    }
    return pd.DataFrame(
        {name: everybody.isin(chosen) for name, chosen in best.items()}, index=everybody
    )


def on_list(case: Case, name: str) -> pd.Series:
    """Return of each customer whether they are on a list ("RFM"), not ("~RFM"), or on it alone."""
    table = lists(case)
    if name in LISTS:
        return table[name]
    match name:
        case "all four":
            return table.all(axis=1)
        case "any":
            return table.any(axis=1)
        case "everybody":
            return table["ABC"] | True
    if name.startswith("only "):
        return table[name.removeprefix("only ")] & (table.sum(axis=1) == 1)
    return ~table[name.removeprefix("~")]


# Lists in place of the right one.
ON_LISTS = {"on_abc": "ABC", "on_value": "value", "on_clv": "clv", "on_rfm": "RFM"}
ON_LISTS["on_all_four"] = "all four"


def lists_but(right: str) -> dict[str, str]:
    return {slip: name for slip, name in ON_LISTS.items() if name != right}


# The customer master file: tiers by spend of two half-years


@steps.once_per_case
def spend_by_half(case: Case) -> pd.DataFrame:
    """Return what each customer spent in each half-year: net, without returns, and in orders."""
    rows = case.year.assign(half=(case.year["date"] >= HALF_YEAR).map({False: 1, True: 2}))
    bought = rows[rows["amount"] > 0]
    return pd.concat(
        {
            "net": rows.pivot_table(
                index="customer", columns="half", values="amount", aggfunc="sum"
            ),
            "bought": bought.pivot_table(
                index="customer", columns="half", values="amount", aggfunc="sum"
            ),
            "orders": bought.pivot_table(
                index="customer", columns="half", values="order", aggfunc="nunique"
            ),
        },
        axis="columns",
    )


def tiers_of_halves(
    case: Case,
    *,
    spent: str = "net",
    silent: str = "no tier",
    periods: tuple[int, int] = (1, 2),
    cuts: tuple[float, ...] = ABC3,
) -> pd.DataFrame:
    """Return the ranks of the tiers before and after, 0 the best; blank: no tier."""
    spend = spend_by_half(case)[spent]
    if silent == "zero":
        spend = spend.fillna(0)
    made = {
        name: abc_tier(spend[half].dropna(), cuts=cuts).cat.codes
        for name, half in zip(("before", "after"), periods, strict=True)
    }
    return pd.DataFrame(made)


def changed(
    case: Case, *, among: str = "everybody", unit: str = "customers", **choices: object
) -> pd.Series:
    table = tiers_of_halves(case, **choices)
    before, after = table["before"], table["after"]
    if among == "A":
        before, after = before[before == 0], after[before == 0]
    counts = pd.Series(
        {
            "up": (after < before).sum(),
            "down": (after > before).sum(),
            "stayed": (after == before).sum(),
            "new": (before.isna() & after.notna()).sum(),
            "lost": (before.notna() & after.isna()).sum(),
        }
    )
    return counts / len(table) if unit == "share" else counts


def went_quiet(
    case: Case, *, tier: int | None = 0, now: str = "no tier", **choices: object
) -> pd.Index:
    table = tiers_of_halves(case, **choices)
    before, after = table["before"], table["after"]
    was = before.notna() if tier is None else before == tier
    is_now = {"no tier": after.isna(), "lower": after > before, "any": was, "same": after == before}
    return table.index[was & is_now[now]]


def moved_up(
    case: Case, *, change: str = "up", tier: int | None = 0, side: str = "after"
) -> pd.Index:
    """Return who moved from last year's tier by profit to this year's."""
    table = pd.DataFrame(
        {
            name: abc_tier(case.customers[column].dropna(), cuts=ABC3).cat.codes
            for name, column in (("before", "profit_last_year"), ("after", "profit"))
        }
    )
    before, after = table["before"], table["after"]
    moved = {
        "up": after < before,
        "down": after > before,
        "stayed": after == before,
        "new": before.isna(),
        "any": after.notna(),
    }
    return table.index[moved[change] & (table[side] == tier if tier is not None else True)]


# 8.10 One level of profit, potential and loyalty

LEVELS = ("watch", "keep", "support", "standard")


@steps.once_per_case
def grades(case: Case) -> pd.DataFrame:
    """Return what the three grades may be made of: money, and months and orders of the year."""
    books = case.customers
    buys = case.year[case.year["amount"] > 0]
    by_customer = buys.assign(month=buys["date"].dt.month).groupby("customer")
    return pd.DataFrame(
        {
            "profit": books["profit"],
            "revenue": books["revenue"],
            "unmet": books["yearly_need"] - books["revenue"],
            "months": by_customer["month"].nunique().reindex(books.index, fill_value=0),
            "orders": by_customer["order"].nunique().reindex(books.index, fill_value=0),
        }
    )


def levels(
    case: Case,
    *,
    value: str = "profit",
    loyalty: str = "months",
    unsteady: int = 3,
    watched: tuple[int, ...] = (0, 1),
    promising: tuple[int, ...] = (0, 1),
    first: tuple[str, ...] = LEVELS,
    unit: str = "customers",
) -> pd.Series:
    """Return how many customers are in each level; of the rules that fit, the first decides."""
    table = grades(case)
    profit = abc_tier(table[value], cuts=ABC3).cat.codes
    potential = abc_tier(table["unmet"], cuts=ABC3).cat.codes
    rules = {
        "watch": profit.isin(watched) & (table[loyalty] <= unsteady),
        "keep": profit == 0,
        "support": potential.isin(promising),
        "standard": profit.notna(),
    }
    level = pd.Series("", index=table.index)
    for name in reversed(first):
        level[rules[name]] = name
    counts = level.value_counts().reindex(LEVELS, fill_value=0)
    return counts / len(table) if unit == "share" else counts


# Try it, inside the lesson


def in_common(
    case: Case,
    *,
    pair: tuple[str, ...] = ("ABC", "RFM"),
    counted: str = "both",
    divided_by: int = 1,
) -> float:
    chosen = lists(case)[[*pair]]
    number = chosen.sum(axis=1)
    who = {
        "both": number == len(pair),
        "either": number > 0,
        "just one": number == 1,
        "neither": number == 0,
        "only the first": chosen[pair[0]] & (number == 1),
        "one list": chosen[pair[0]],
    }[counted]
    return int(who.sum()) / divided_by


def core(
    case: Case, *, of: tuple[str, ...] = LISTS, numbers: tuple[int, ...] | None = None
) -> pd.Index:
    number = lists(case)[[*of]].sum(axis=1)
    return number.index[number.isin(numbers or (len(of),))]


def gone(
    case: Case,
    *,
    on: str = "ABC",
    compare: object = gt,
    days: int = AWAY_DAYS,
    joined: object = and_,
) -> pd.Index:
    recency = case.year_rfm[RECENCY].reindex(case.customers.index)
    away = compare(recency, days)
    return recency.index[joined(on_list(case, on), away)]


# 8.2 Whom RFM overrates


def overrated(
    case: Case,
    *,
    on: str = "RFM",
    of: str = "gross",
    share: float = 0.5,
    compare: object = gt,
    joined: object = and_,
) -> pd.Index:
    books = case.customers
    whole = books["revenue"] - books["cost_of_goods"] if of == "gross" else books[of]
    return books.index[joined(on_list(case, on), compare(books["service_cost"], share * whole))]


def below_the_mean(case: Case, column: str) -> pd.Index:
    values = case.customers[column]
    return values.index[on_list(case, "RFM") & (values < values.mean())]


def dear_service(case: Case) -> pd.Index:
    cost = case.customers["service_cost"]
    return cost.index[on_list(case, "RFM") & (cost > cost.mean())]


# 8.3 How much money lies where the methods disagree


def layers_drawn(
    case: Case,
    *,
    column: str = "profit",
    counted: str = "sum",
    unit: str = "percent",
    who: str = "everybody",
    order: str = "down",
    kind: str = "bar",
    lacks: tuple[str, ...] = (),
) -> dict:
    """Draw the profit of the layers, from those on all four lists down to those on none."""
    number = lists(case).sum(axis=1)
    books = case.customers.assign(clv=clv_score(case))
    books["gross"] = books["revenue"] - books["cost_of_goods"]
    values = books.loc[number > 0, column] if who == "listed" else books[column]
    layers = values.groupby(number)
    if counted == "mean of total":
        heights = 100 * layers.mean() / values.sum()
    elif counted == "mean of means":
        heights = 100 * layers.mean() / layers.mean().sum()
    else:
        heights = getattr(layers, counted)()
    heights = heights.sort_index(ascending=False)
    if counted in ("sum", "count") and unit != "amount":
        heights = 100 * heights / (heights.sum() if unit == "percent" else heights.max())
    if who == "all but the last":
        heights = heights[:-1]
    match order:
        case "up":
            heights = heights[::-1]
        case "height":
            heights = heights.sort_values(ascending=False, kind="stable")
        case "smallest":
            heights = heights.sort_values(kind="stable")
        case "counted":
            heights = heights[layers.size().sort_values(ascending=False, kind="stable").index]
        case "running":
            heights = heights.cumsum()
    if kind == "barh":  # the first bar is drawn at the bottom
        heights = heights[::-1]
    names = [] if kind == "line" else [str(one) for one in heights.index]
    dollars = counted in ("mean", "median") or (counted == "sum" and unit == "amount")
    return drawn(
        kind,
        heights.tolist(),
        labels=names,
        unit="dollars" if dollars else "",
        **dict.fromkeys(lacks, False),
    )


# 8.4 How far two methods agree: a function, repaired

# Thirty customers, and the fifteen of them whom the second method can place.
FIRST = pd.Series(range(30, 0, -1), index=[f"K{number:02}" for number in range(1, 31)], dtype=float)
SECOND = pd.Series(
    range(15, 0, -1),
    index=[
        f"K{number:02}" for number in (5, 9, 20, 11, 13, 14, 16, 17, 18, 22, 24, 25, 27, 28, 30)
    ],
    dtype=float,
)
# Each has some whom the other lacks, and the 38 on both cannot be divided by five.
THIRD = pd.Series({f"K{number:02}": float(28 * number % 61) for number in range(1, 56)})
FOURTH = pd.Series({f"K{number:02}": float(38 * number % 71) for number in range(18, 83)})


def points_and_answered(case: Case) -> tuple[pd.Series, pd.Series]:
    clv = clv_score(case)
    return value_score(case), clv[clv.index.isin(case.survey.index)]


def some_lack_a_score(_case: Case) -> tuple[pd.Series, pd.Series]:
    return FIRST, SECOND


def each_lacks_some(_case: Case) -> tuple[pd.Series, pd.Series]:
    return THIRD, FOURTH


def agreement(
    one: pd.Series,
    other: pd.Series,
    *,
    keep: str = "both",
    fifth_of: str = "both",
    best: str = "nlargest",
    length: object = lambda number: number // 5,
    divide_by: str = "list",
) -> float:
    """Return which share of two lists agrees, each step open to another choice."""
    both = one.index.intersection(other.index)
    first = one[both] if keep in ("both", "first") else one
    second = other[both] if keep in ("both", "second") else other
    numbers = {
        "both": (len(both), len(both)),
        "each": (len(first), len(second)),
        "first": (len(one), len(one)),
        "second": (len(other), len(other)),
        "shorter": (min(len(one), len(other)),) * 2,
    }[fifth_of]
    first, second = (
        getattr(scores, best)(length(number)).index
        for scores, number in zip((first, second), numbers, strict=True)
    )
    if keep == "late":
        first = first[first.isin(other.index)]
    return (
        len(first.intersection(second))
        / {
            "list": len(first),
            "shorter": min(len(first), len(second)),
            "second": len(second),
            "union": len(first.union(second)),
            "count": 1,
            "44": 44,
            "percent": len(first) / 100,
            "both lists": len(first) + len(second),
            "known": len(both),
            "all": len(one),
        }[divide_by]
    )


def agreement_by(**choices: object) -> object:
    """Return the function that makes these choices."""
    return lambda one, other: agreement(one, other, **choices)


def repaired(_case: Case, **choices: object) -> object:
    return agreement_by(**choices)


# 8.5 Which big customers are losing patience


@steps.once_per_case
def answered(case: Case, silent: str = "left out") -> pd.DataFrame:
    """Make the table of those who answered: satisfaction, and what else to sort by."""
    scores = acsi(case.survey[["overall", "against_expected", "against_ideal"]]).round(1)
    table = case.survey[["csat", "overall"]].assign(cs=scores).dropna(subset="cs")
    if silent == "zero":
        table = table.reindex(case.customers.index, fill_value=0)
    return table.assign(clv=clv_score(case).reindex(table.index))


def visits(
    case: Case,
    *,
    on: str = "clv",
    compare: object = lt,
    by: tuple[str, bool] = ("cs", True),
    smaller_first: bool | None = False,
    count: int | None = 6,
    silent: str = "left out",
) -> list[str]:
    """List the first six of the big customers who are unhappy; of equals, the larger CLV first."""
    table = answered(case, silent)
    listed = on_list(case, on).reindex(table.index)
    if compare:
        listed &= compare(table["cs"], UNHAPPY_BELOW)
    columns, ascending = [by[0]], [by[1]]
    if smaller_first is not None and by[0] != "clv":
        columns, ascending = [*columns, "clv"], [*ascending, smaller_first]
    chosen = table[listed].sort_values(columns, ascending=ascending, kind="stable")
    return chosen.index[:count].tolist()


def unsorted_visits(case: Case, count: int | None = 6) -> list[str]:
    table = answered(case)
    listed = on_list(case, "clv").reindex(table.index)
    return table.index[listed & (table["cs"] < UNHAPPY_BELOW)][:count].tolist()


QUESTIONS = (
    Question(
        "8.a",
        "n_both",
        Number(),
        in_common,
        steps={
            "counted": {
                "either": "either",
                "just_one": "just one",
                "neither": "neither",
                "only_the_first": "only the first",
                "one_list": "one list",
            },
            "pair": {
                "abc_and_value": ("ABC", "value"),
                "abc_and_clv": ("ABC", "clv"),
                "value_and_rfm": ("value", "RFM"),
                "clv_and_rfm": ("clv", "RFM"),
                "value_and_clv": ("value", "clv"),
                "all_four": LISTS,
            },
            "divided_by": {"share_of_list": LENGTH, "share_of_everybody": 5 * LENGTH},
        },
        mistakes={
            "everybody": lambda case: len(case.customers),
            "lengths_added": lambda case: 2 * LENGTH,
            "luck": lambda case: round(LENGTH / 5),
        },
        books="lesson",
    ),
    Question(
        "8.b",
        "core",
        Customers(),
        core,
        steps={
            "numbers": {
                "any": (1, 2, 3, 4),
                "three": (3,),
                "three_or_more": (3, 4),
                "two_or_more": (2, 3, 4),
                "none": (0,),
                "not_all": (0, 1, 2, 3),
                "some": (1, 2, 3),
                "one": (1,),
                "two": (2,),
                "everybody": (0, 1, 2, 3, 4),
            },
        },
        mistakes={
            slip: partial(core, of=of)
            for slip, of in {
                "abc_list": ("ABC",),
                "value_list": ("value",),
                "clv_list": ("clv",),
                "rfm_list": ("RFM",),
                "abc_and_rfm": ("ABC", "RFM"),
                "abc_forgotten": LISTS[1:],
                "rfm_forgotten": LISTS[:3],
            }.items()
        },
        books="lesson",
    ),
    Question(
        "8.c",
        "gone",
        Customers(),
        gone,
        steps={
            "on": {"not_on_list": "~ABC", "all_away": "everybody", "on_value": "value"},
            "compare": {"still_here": le},
            "joined": {"either": or_},
            "days": {"thirty_days": 30, "sixty_days": 60, "half_a_year": 180},
        },
        mistakes={
            "whole_list": lambda case: case.customers.index[on_list(case, "ABC")],
            "not_on_rfm": lambda case: case.customers.index[
                on_list(case, "ABC") & on_list(case, "~RFM")
            ],
            "only_abc": lambda case: case.customers.index[
                on_list(case, "ABC") & (lists(case).sum(axis=1) == 1)
            ],
        },
        books="lesson",
    ),
    choice(
        "8.d",
        "use_clusters",
        "abcd",
        right="c",
        books="lesson",
        mistakes={
            "data_decide": "a",
            "best_silhouette": "b",
            "worthless": "d",
        },
    ),
    Question(
        "8.e",
        "into_a",
        Customers(),
        moved_up,
        steps={
            "change": {
                "stayed_in": "stayed",
                "newcomers": "new",
                "all_of_a": "any",
            },
            "tier": {"every_tier": None, "b_for_a": 1},
        },
        mistakes={"down_from_a": lambda case: moved_up(case, change="down", side="before")},
        books="lesson",
    ),
    choices(
        "8.f",
        "two_firms",
        "abcde",
        right="ad",
        books="lesson",
        mistakes={
            "rivals_in_rfm": "abd",
            "success_as_proof": "acd",
            "one_rule_for_all": "ade",
            "method_forgotten": "d",
            "evidence_forgotten": "a",
        },
    ),
    choices(
        "8.1",
        "answer_8_1",
        "abcde",
        right="ac",
        mistakes={
            "blames_a_method": "abc",
            "success_as_proof": "acd",
            "silence_is_content": "ace",
            "luck_forgotten": "a",
            "cost_forgotten": "c",
        },
    ),
    Question(
        "8.2",
        "overrated",
        Customers(),
        overrated,
        steps={
            "on": {
                "everybody": "everybody",
                "not_listed": "~RFM",
                "on_rfm_alone": "only RFM",
                **lists_but("RFM"),
            },
            "of": {
                "of_profit": "profit",
                "of_cost": "cost_of_goods",
                "of_revenue": "revenue",
            },
            "share": {"of_the_whole": 1},
            "compare": {"not_strict": ge, "cheap": lt, "cheap_or_on_line": le},
            "joined": {"or_for_and": or_},
        },
        mistakes={
            "small_profit": lambda case: below_the_mean(case, "profit"),
            "dear_service": dear_service,
            "whole_list": lambda case: case.customers.index[on_list(case, "RFM")],
        },
    ),
    Question(
        "8.3",
        "layer_chart",
        Figure("bar", units=PER_CENT),
        layers_drawn,
        steps={
            "counted": {
                "headcount": "count",
                "people": "size",
                "per_head": "mean",
                "per_head_of_total": "mean of total",
                "per_head_in_percent": "mean of means",
                "median_per_head": "median",
            },
            "column": {
                "revenue_for_profit": "revenue",
                "gross_for_profit": "gross",
                "clv_for_profit": "clv",
            },
            "unit": {"not_divided": "amount", "of_the_largest": "largest"},
            "who": {"none_left_out": "listed", "none_not_drawn": "all but the last"},
            "order": {
                "by_height": "height",
                "smallest_first": "smallest",
                "as_counted": "counted",
                "upside_down": "up",
                "running": "running",
            },
            "kind": {"as_line": "line", "as_barh": "barh"},
            "lacks": {
                "bare": ("title", "xlabel", "ylabel"),
                "no_title": ("title",),
                "no_axis_names": ("xlabel", "ylabel"),
            },
        },
    ),
    Question(
        "8.4",
        "mended",
        Function((points_and_answered, some_lack_a_score, each_lacks_some)),
        repaired,
        steps={
            "fifth_of": {"fifth_of_the_first": "first", "fifth_of_the_second": "second"},
            "divide_by": {
                "union": "union",
                "counted": "count",
                "in_percent": "percent",
                "of_both_lists": "both lists",
                "of_44": "44",
                "of_all_known": "known",
                "of_all_customers": "all",
            },
            "keep": {
                "first_only": "first",
                "second_only": "second",
                "nobody_left_out": "neither",
            },
            "length": {
                "rounded_up": lambda number: -(-number // 5),
                "one_tenth": lambda number: number // 10,
                "always_44": lambda number: 44,
                "always_64": lambda number: 64,
            },
            "best": {"lowest": "nsmallest"},
        },
        mistakes={
            "as_given": lambda case: agreement_by(keep="neither", fifth_of="each"),
            "same_length_only": lambda case: agreement_by(keep="neither", fifth_of="shorter"),
            "of_the_shorter": lambda case: agreement_by(
                keep="neither", fifth_of="each", divide_by="shorter"
            ),
            "the_44_of_all": lambda case: agreement_by(
                keep="neither", length=lambda number: 44, divide_by="44"
            ),
            "of_the_second": lambda case: agreement_by(
                keep="neither", fifth_of="each", divide_by="second"
            ),
            "first_only_own": lambda case: agreement_by(keep="first", fifth_of="each"),
            "second_only_own": lambda case: agreement_by(keep="second", fifth_of="each"),
            "filtered_late": lambda case: agreement_by(keep="late", fifth_of="each"),
        },
    ),
    Question(
        "8.5",
        "visit_first",
        Customers(ordered=True),
        visits,
        steps={
            "on": {"everybody": "everybody", "not_listed": "~clv", **lists_but("clv")},
            "silent": {"silence_as_zero": "zero"},
            "by": {
                "by_clv": ("clv", False),
                "by_smallest_clv": ("clv", True),
                "by_csat": ("csat", True),
                "by_overall": ("overall", True),
                "least_unhappy": ("cs", False),
            },
            "compare": {"other_side": ge},
            "smaller_first": {"smaller_clv_first": True, "ties_as_they_stand": None},
            "count": steps.first(6),
        },
        mistakes={
            "happiest": lambda case: visits(case, compare=None, by=("cs", False)),
            "biggest_of_all": lambda case: visits(case, compare=None, by=("clv", False)),
            "unsorted": unsorted_visits,
            "unsorted_whole": lambda case: unsorted_visits(case, None),
            "by_number": lambda case: sorted(visits(case)),
            "upside_down": lambda case: visits(case)[::-1],
        },
    ),
    open_question("8.6", "advice", least=60),
    choices(
        "8.7",
        "answer_8_7",
        "abcde",
        right="acd",
        mistakes={
            "newcomers_as_zero": "abcd",
            "shown_to_customers": "acde",
            "schemes_compared": "ac",
            "old_tiers_erased": "ad",
            "bare_letter": "cd",
        },
    ),
    Question(
        "8.8",
        "changed",
        Numbers(("up", "down", "stayed", "new", "lost"), exact=True),
        changed,
        steps={
            "spent": {"returns_dropped": "bought", "orders_for_money": "orders"},
            "silent": {"silent_as_zero": "zero"},
            "periods": {"halves_exchanged": (2, 1)},
            "cuts": {"key_and_others": PARETO2},
            "among": {"of_a_only": "A"},
            "unit": {"as_shares": "share"},
        },
        mistakes={
            "new_is_lost": lambda case: changed(case).rename({"new": "lost", "lost": "new"}),
        },
    ),
    Question(
        "8.9",
        "quiet",
        Customers(),
        went_quiet,
        steps={
            "tier": {"every_tier": None, "b_for_a": 1, "c_for_a": 2},
            "now": {"fallen_too": "lower", "all_of_a": "any", "still_there": "same"},
            "periods": {"newcomers": (2, 1)},
        },
    ),
    Question(
        "8.10",
        "levels",
        Numbers(LEVELS, exact=True),
        levels,
        steps={
            "value": {"revenue_for_profit": "revenue"},
            "loyalty": {"orders_for_months": "orders"},
            "unsteady": {"two_months": 2, "four_months": 4},
            "watched": {"only_high_watched": (0,), "everybody_watched": (0, 1, 2)},
            "promising": {"only_important": (0,)},
            "first": {
                "keep_first": ("keep", "watch", "support", "standard"),
                "support_first": ("support", "watch", "keep", "standard"),
            },
            "unit": {"as_shares": "share"},
        },
    ),
)
