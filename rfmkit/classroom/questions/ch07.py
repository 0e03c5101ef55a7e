"""Chapter 7, managing the tiers: each question as steps with their other choices."""

from collections.abc import Callable
from functools import partial
from math import ceil, floor
from operator import and_, ge, gt, le, lt

import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import (
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
from rfmkit.relationship.lifecycle import lifecycle_phase, monthly_spend
from rfmkit.relationship.moves import migration
from rfmkit.relationship.service import loyalty_points

AUTUMN, WINTER = "2020-10-01", "2021-01-01"
SHARE_CUT, FORECAST_CUT = 0.5, 10_000
A, B, C = "abc3:a", "abc3:b", "abc3:c"
_by_profit = partial(abc_tier, cuts=ABC3)

history = steps.once_per_case(lambda case: monthly_spend(case.year))


@steps.once_per_case
def lines_of(case: Case, rows: str = "purchases") -> pd.DataFrame:
    """Return the lines of the year's purchases, or also of the returns, with the tier."""
    lines = case.year if rows == "all" else case.year[case.year["amount"] > 0]
    names = ["customer", "order", "product"]
    lines = lines[[*names, "date"]].astype(dict.fromkeys(names, object))
    return lines.assign(tier=lines["customer"].map(tiers(case)).astype(object))


@steps.once_per_case
def first_and_last(case: Case) -> pd.DataFrame:
    days = lines_of(case).groupby("customer")["date"].agg(["min", "max"])
    return days.reindex(case.customers.index)


@steps.once_per_case
def tiers(case: Case) -> pd.Series:
    return _by_profit(case.customers["profit"])


def halves(case: Case, line: str) -> tuple[pd.Series, pd.Series]:
    """Return for each customer whether there are purchases before a day, and from it on."""
    days, day = first_and_last(case), pd.Timestamp(line)
    return days["min"] < day, days["max"] >= day


@steps.once_per_case
def phases(case: Case, window: int = 3) -> pd.Series:
    return lifecycle_phase(history(case), window=window)


@steps.once_per_case
def two_quarters(case: Case) -> tuple[pd.Series, pd.Series]:
    months = history(case)
    quarters = [months.loc[:, "2020-10":"2020-12"], months.loc[:, "2021-01":"2021-03"]]
    before, after = (quarter.sum(axis="columns") for quarter in quarters)
    return before[before > 0], after[after > 0]


# 7.a How many hours are left for an A customer


def hours_per_a(
    case: Case,
    *,
    hours: float = 240,
    b: float = 0.5,
    c: float = 0.25,
    counts: str = "tiers",
    left: str = "shared",
) -> float:
    in_a, in_b, in_c = tiers(case).value_counts(sort=False)
    if counts == "per_cent":
        in_a, in_b, in_c = (part * len(case.customers) for part in (0.2, 0.3, 0.5))
    used = b * in_b + c * in_c
    return {
        "shared": (hours - used) / in_a,
        "whole": hours - used,
        "by_all": (hours - used) / (in_a + in_b + in_c),
        "used": used / in_a,
        "added": (hours + used) / in_a,
        "no_brackets": hours - b * in_b - c * in_c / in_a,
    }[left]


# 7.b The most profitable of those who have left


def call_first(
    case: Case, *, who: str = "gone", line: str = AUTUMN, by: str = "profit", **order: object
) -> list[str]:
    early, late = halves(case, line)
    chosen = {"gone": early & ~late, "new": late & ~early, "all": early | late}[who]
    return steps.in_order(case.customers[chosen], by, **{"count": 5, **order})


# 7.c The share of class B that fell or bought nothing


@steps.once_per_case
def moves(case: Case) -> pd.DataFrame:
    return migration(*map(_by_profit, two_quarters(case)))


def at_risk(
    case: Case,
    *,
    of: str = B,
    went: tuple[str, ...] = (C, "lost"),
    base: str = "row",
    unit: int = 1,
) -> float:
    table = moves(case)
    row = table.loc[of]
    part = row[list(went)].sum()
    shares = {
        "row": part / row.sum(),
        "all": part / table.to_numpy().sum(),
        "still_here": part / (row.sum() - row["lost"]),
        "tier_now": part / table[of].sum(),
        "by_profit": part / (tiers(case) == of).sum(),
        "before": part / table.drop(index="new").to_numpy().sum(),
        "customers": part / len(case.customers),
        "stayed": part / row[of],
        "all_who_went": part / table[list(went)].to_numpy().sum(),
        "no_brackets": part - row[went[-1]] + row[went[-1]] / row.sum(),
        "none": part,
    }
    return unit * shares[base]


# 7.d Whom profit alone would miss


def in_box(
    case: Case,
    *,
    low: Callable | None = lt,
    large: Callable | None = ge,
    coming: str = "forecast_amount",
) -> pd.Series:
    """Return who has a low share of wallet and a large order ahead; None leaves one out."""
    table = case.customers
    everybody = pd.Series(True, index=table.index)
    is_low = low(table["revenue"] / table["yearly_need"], SHARE_CUT) if low else everybody
    is_large = large(table[coming], FORECAST_CUT) if large else everybody
    return is_low & is_large


BOX = {
    "large": {"small_orders": lt, "forecast_forgotten": None},
    "low": {"high_share": gt, "share_forgotten": None},
    "coming": {"need_for_forecast": "yearly_need"},
}


def missed(
    case: Case,
    *,
    out_of: str = A,
    by: str = "profit",
    inside: bool = True,
    joined: Callable = and_,
    **box: object,
) -> pd.Index:
    tier = tiers(case) if by == "profit" else _by_profit(case.customers[by])
    wanted = {A: tier != A, "in_a": tier == A, B: tier == B, C: tier == C, "": tier.notna()}[out_of]
    return tier.index[joined(in_box(case, **box) == inside, wanted)]


# 7.2 The people a rule needs, and the minutes left for C


def service_plan(
    case: Case,
    *,
    who: str = "served",
    counts: str = "in_order",
    per_c: int = 5,
    people: str = "each",
    hours: float = 160,
    a: float = 1.5,
    b: float = 1.0,
    left: str = "by_c",
    unit: int = 60,
) -> dict[str, float]:
    tier = tiers(case)
    if who == "served":
        tier = tier[halves(case, WINTER)[1]]
    in_a, in_b, in_c = tier.value_counts(sort=counts == "by_size")
    need = (in_a, in_b / 2, in_c / per_c)
    used = a * in_a + b * in_b
    return {
        "people": {
            "each": sum(map(ceil, need)),
            "once": ceil(sum(need)),
            "down": sum(map(floor, need)),
            "parts": sum(need),
            "times": in_a + 2 * in_b + per_c * in_c,
            "one_each": in_a + in_b + in_c,
        }[people],
        "minutes": {
            "by_c": unit * (hours - used) / in_c,
            "by_all": unit * (hours - used) / (in_a + in_b + in_c),
            "whole": unit * (hours - used),
            "used": unit * used / in_c,
            "equally": unit * hours / (in_a + in_b + in_c),
            "by_people": unit * (hours - used) / ceil(in_c / per_c),
            "no_brackets": hours - a * in_a - b * in_b / in_c * unit,
        }[left],
    }


# 7.3 The ordinary customers of the year before, month by month: an alarm


@steps.once_per_case
def tiers_at_the_start(case: Case) -> pd.Series:
    """Return the tiers by the profit of the year before; newcomers have none."""
    return _by_profit(case.customers["profit_last_year"].dropna())


@steps.once_per_case
def came(case: Case, who: str = B, count: str = "customer") -> pd.Series:
    """Return how many customers came in each of the twelve months, or orders, or lines."""
    lines = lines_of(case)
    tier = lines["tier"] if who == "this year" else lines["customer"].map(tiers_at_the_start(case))
    wanted = tier.notna() if who == "listed" else tier == (B if who == "this year" else who)
    lines = lines if who == "all" else lines[wanted]
    by_month = lines.groupby(lines["date"].dt.to_period("M"))[count]
    return by_month.size() if count == "product" else by_month.nunique()


def alarm(
    case: Case,
    *,
    who: str = B,
    count: str = "customer",
    base: tuple[int, int] = (0, 6),
    limit: str = "two_roots",
    below: str = "limit",
) -> dict[str, float]:
    heads = came(case, who, count)
    first = heads.iloc[slice(*base)]
    usual = first.mean()
    line = {
        "two_roots": usual - 2 * usual**0.5,
        "one_root": usual - usual**0.5,
        "no_root": usual - 2 * usual,
        "root_of_both": usual - (2 * usual) ** 0.5,
        "upper": usual + 2 * usual**0.5,
        "half": usual / 2,
        "spread": usual - 2 * first.std(),
        "only_roots": 2 * usual**0.5,
    }[limit]
    later = heads.iloc[6:]
    months = {"limit": (later < line).sum(), "none": (later < line).mean()}
    return {"usual": usual, "limit": line, "below": months[below], "march": heads.iloc[-1]}


# 7.4 The phases of the A customers, drawn


def phases_drawn(
    case: Case,
    *,
    who: str = A,
    by: str = "profit",
    order: str = "life",
    height: str = "customers",
    window: int = 3,
    kind: str = "bar",
    words: tuple[str, ...] = ("title", "xlabel", "ylabel"),
) -> dict:
    phase = phases(case, window)
    profit = case.customers["profit"]
    tier = tiers(case) if by == "profit" else _by_profit(case.customers[by])
    there = {word: word in words for word in ("title", "xlabel", "ylabel")}
    if who == "each":
        table = pd.crosstab(phase, tier, dropna=False)
        return drawn(kind, table.T.to_numpy().tolist(), labels=table.index, **there)
    groups = {
        "others": tier != A,
        "all": tier.notna(),
        "64": profit.rank(method="first", ascending=False) <= len(profit) // 5,
    }
    chosen = phase[groups.get(who, tier == who)]
    grouped = profit[chosen.index].groupby(chosen, observed=False)
    bars = grouped.size()
    if height in ("share", "per_cent"):
        bars = bars / bars.sum() * (100 if height == "per_cent" else 1)
    elif height != "customers":
        bars = grouped.agg(height)
    if order == "alphabet":
        bars = bars.set_axis(bars.index.astype(str)).sort_index()
    elif order == "lost":
        bars = bars.reset_index(drop=True)
    elif order == "height":
        bars = bars.sort_values(ascending=False, kind="stable")
    return drawn(kind, bars.tolist(), labels=[] if kind == "line" else bars.index, **there)


# 7.5 Who really moved down: a function, mended

# Fifteen customers and their next quarter. From A one stands on the cut, one falls below it and
# one below that of B; from B one stands on the cut, one falls, and the last of the tier stays away;
# from C two rise and one spends less than any C did. Two newcomers push the others down.
TOY_BEFORE = pd.Series(
    [100.0, 95, 90, 80, 55, 50, 45, 40, 30, 25, 20, 15, 12, 10, 8],
    index=[f"K{n:02}" for n in range(1, 16)],
)
TOY_AFTER = pd.Series(
    [90.0, 70, 30, 46, 35, 52, 40, 130, 41, 5, 200, 60],
    index=["K01", "K02", "K03", "K04", "K05", "K06", "K07", "K09", "K10", "K15", "N1", "N2"],
)


def toy(_case: Case) -> tuple[pd.Series, pd.Series]:
    return TOY_BEFORE.rename_axis("customer"), TOY_AFTER.rename_axis("customer")


def demoted(
    before: pd.Series,
    after: pd.Series,
    *,
    falls: tuple[str, ...] = (A, B),
    below: Callable = lt,
    cut_of: dict[str, str] | None = None,
    lowest: str = "min",
    absent: str = "left_out",
    cuts_from: str = "all",
) -> pd.Index:
    tier = _by_profit(before)
    now = after.reindex(before.index)
    now = now.fillna(0) if absent == "zero" else now.dropna()
    measured = before if cuts_from == "all" else before[now.index]
    fell = pd.Series(False, index=now.index)
    for code in falls:
        cut = measured[tier == (cut_of or {}).get(code, code)].agg(lowest)
        fell |= (tier[now.index] == code) & below(now, cut)
    return now.index[fell]


def by_ranks(before: pd.Series, after: pd.Series) -> pd.Index:
    was, now = _by_profit(before), _by_profit(after)
    both = before.index.intersection(after.index)
    return both[now[both].cat.codes > was[both].cat.codes]


def spent_less(before: pd.Series, after: pd.Series) -> pd.Index:
    both = before.index.intersection(after.index)
    return both[after[both] < before[both]]


def spent_less_in_a_and_b(before: pd.Series, after: pd.Series) -> pd.Index:
    less = spent_less(before, after)
    return less[_by_profit(before)[less] != C]


def ranked_among_both(before: pd.Series, after: pd.Series) -> pd.Index:
    both = before.index.intersection(after.index)
    return by_ranks(before[both], after[both])


def up_by_ranks(before: pd.Series, after: pd.Series) -> pd.Index:
    return by_ranks(after, before)


def tier_forgotten(before: pd.Series, after: pd.Series) -> pd.Index:
    both = before.index.intersection(after.index)
    return both[after[both] < before[_by_profit(before) == A].min()]


def moved_up(before: pd.Series, after: pd.Series) -> pd.Index:
    from_c = demoted(before, after, falls=(C,), cut_of={C: B}, below=ge)
    return from_c.union(demoted(before, after, falls=(B,), cut_of={B: A}, below=ge))


# 7.6 Six visits


def visits(case: Case, *, by: str = "room", **choices: object) -> list[str]:
    box = {name: choices.pop(name) for name in [*choices] if name in BOX}
    table = case.customers[in_box(case, **box)]
    table = table.assign(
        room=table["yearly_need"] - table["revenue"],
        open_share=1 - table["revenue"] / table["yearly_need"],
    )
    return steps.in_order(table, by, **{"count": 6, **choices})


# 7.7 What goes with paper

PAPER, TONER, PENS = "影印紙（包）", "碳粉匣", "原子筆（盒）"


def lifts(
    case: Case,
    *,
    who: str = A,
    how: str = "lift",
    basket: str = "order",
    rows: str = "purchases",
    paper_of: str = "same",
    products: tuple[str, str] = (TONER, PENS),
) -> dict[str, float]:
    every = lines_of(case, rows)
    tier = every["tier"]
    lines = every[{"others": tier != A, "all": tier.notna()}.get(who, tier == who)]
    # The orders with paper in general, and all orders, may be those of everybody.
    among = lines if paper_of == "same" else every
    paper, orders = _baskets(lines, PAPER, basket), among[basket].nunique()
    all_paper = _baskets(every, PAPER, basket) if paper_of == "all" else paper
    found = {}
    for name, product in zip(("toner", "pens"), products, strict=True):
        with_it = _baskets(lines, product, basket)
        both = len(with_it & paper)
        together, anyhow = both / len(with_it), len(all_paper) / orders
        found[name] = {
            "lift": together / anyhow,
            "together": together,
            "of_all": both / orders,
            "counted": both,
            "upside_down": anyhow / together,
            "lines": together / (len(all_paper) / len(among)),
            "share_of_paper": both / len(paper),
            "given_paper": both / len(paper) / anyhow,
            "own_share": together / (len(with_it) / orders),
            "difference": together - anyhow,
            "no_brackets": together / len(all_paper) / orders,
            "either": both / len(with_it | paper),
        }[how]
    return found


def _baskets(lines: pd.DataFrame, product: str, basket: str) -> set[str]:
    return set(lines.loc[lines["product"] == product, basket])


# 7.9 Four kinds of customers, and the hours they take

# For each kind: visits and calls a year for one customer.
CONTACTS = {"key": (10, 12), "large": (6, 12), "ordinary": (2, 4), "small": (0, 2)}


@steps.once_per_case
def kinds(case: Case, first: str = "key", by: str = "profit") -> pd.Series:
    """Return who is key, large, ordinary or small; whoever fits two kinds is the first."""
    profit = tiers(case) if by == "profit" else _by_profit(case.customers[by])
    revenue = _by_profit(case.customers["revenue" if by == "profit" else "profit"])
    kind = pd.Series("small", index=profit.index, dtype=object)
    kind[profit == B] = "ordinary"
    large, key = revenue == A, profit == A
    if first == "large":
        kind[key] = "key"
        kind[large] = "large"
    else:
        kind[large & (first == "key")] = "large"
        kind[key] = "key"
    return kind


def hours_by_kind(
    case: Case,
    *,
    first: str = "key",
    by: str = "profit",
    large: str = "once",
    visit: float = 1.5,
    call: float = 0.25,
    there: float = 1920,
    whose: str = "all",
    spare: str = "left",
) -> dict[str, float]:
    heads = kinds(case, first, by).value_counts().to_dict()
    if large != "once":
        # Counted twice: among the large, and in the tier of their profit as well.
        heads = tiers(case).map({A: "key", B: "ordinary", C: "small"}).value_counts().to_dict()
        both = kinds(case).value_counts()["large"]
        heads["large"] = both if large == "twice" else len(case.customers) // 5
    found = {
        kind: (heads.get(kind, 0) if whose == "all" else 1) * (visits * visit + calls * call)
        for kind, (visits, calls) in CONTACTS.items()
    }
    needed = sum(found.values())
    return {**found, "spare": {"left": there - needed, "needed": needed}[spare]}


# 7.10 Rewards for points


@steps.once_per_case
def points_of(case: Case, used_up: bool | None = None, by: str = "revenue") -> pd.Series:
    table = loyalty_points(case.customers[by], used_up=used_up)
    return table.drop(columns=["points", "points_left"]).sum(axis="columns")


def rewards(
    case: Case,
    *,
    reading: bool | str | None = None,
    phase: str = "lifecycle:hold",
    window: int = 3,
    within: str = "all",
    by: str = "revenue",
) -> dict[str, float]:
    spend = case.customers[by]
    match reading:
        case "rounded":
            each = (spend.clip(lower=0) / 500).round()
        case "parts":
            each = spend.clip(lower=0) / 500
        case "points":
            each = spend.clip(lower=0)
        case "thousand":
            each = spend.clip(lower=0) // 1000
        case "largest":
            each = spend.clip(lower=0) // 1500
        case "customers":
            each = (spend >= 500).astype(int)
        case _:
            each = points_of(case, reading, by)
    chosen = phases(case, window) == phase
    if within == "not":
        chosen = ~chosen
    if within == "a":
        chosen &= tiers(case) == A
    if within == "heads":
        return {"all": each.sum(), "hold": chosen.sum()}
    return {"all": each.sum(), "hold": each[chosen].sum()}


QUESTIONS = (
    Question(
        "7.a",
        "hours_per_a",
        Number(),
        hours_per_a,
        steps={
            "left": {
                "not_divided": "whole",
                "shared_by_all": "by_all",
                "used_for_left": "used",
                "added": "added",
                "no_brackets": "no_brackets",
            },
            "b": {"b_forgotten": 0, "offer_for_b": 0.75, "b_as_minutes": 30},
            "c": {
                "c_forgotten": 0,
                "offer_for_c": 0.2,
                "c_15_hundredths": 0.15,
                "c_as_minutes": 15,
            },
            "hours": {"one_week": 60, "one_person": 80},
            "counts": {"counts_by_per_cent": "per_cent"},
        },
        mistakes={
            "times_exchanged": partial(hours_per_a, b=0.25, c=0.5),
            "minutes_as_hours": partial(hours_per_a, b=30, c=15),
        },
        books="lesson",
    ),
    Question(
        "7.b",
        "call_first",
        Customers(ordered=True),
        call_first,
        steps={
            "who": {"biggest_of_all": "all", "newcomers": "new"},
            "by": {
                "by_order_count": "order_count",
                "by_revenue": "revenue",
                "by_last_year": "profit_last_year",
                "by_forecast": "forecast_amount",
                "by_need": "yearly_need",
            },
            "ascending": steps.LARGEST_FIRST,
            "count": steps.first(5),
            "line": {
                "silent_in_winter": WINTER,
                "cut_in_september": "2020-09-01",
                "cut_in_november": "2020-11-01",
            },
        },
        mistakes={"in_file_order": lambda case: sorted(call_first(case))},
        books="lesson",
    ),
    Question(
        "7.c",
        "at_risk",
        Number(within=1e-4),
        at_risk,
        steps={
            "went": {
                "fell_only": (C,),
                "lost_only": ("lost",),
                "stayed_only": (B,),
                "rose_only": (A,),
                "all_who_moved": (A, C, "lost"),
            },
            "base": {
                "counted": "none",
                "of_everybody": "all",
                "lost_not_in_base": "still_here",
                "of_tier_now": "tier_now",
                "of_tier_by_profit": "by_profit",
                "of_all_before": "before",
                "of_all_customers": "customers",
                "of_those_who_stayed": "stayed",
                "of_all_who_went": "all_who_went",
                "no_brackets": "no_brackets",
            },
            "of": {"row_of_a": A, "row_of_c": C},
            "unit": {"in_percent": 100},
        },
        mistakes={"of_those_still_here": partial(at_risk, went=(C,), base="still_here")},
        books="lesson",
    ),
    Question(
        "7.d",
        "missed",
        Customers(),
        missed,
        steps={
            "out_of": {"in_a": "in_a", "all_of_develop": "", "only_b": B, "only_c": C},
            **BOX,
            "joined": steps.BOTH,
            "inside": {"outside_develop": False},
            "by": {"tier_by_revenue": "revenue"},
        },
        books="lesson",
    ),
    choices(
        "7.1",
        "answer_7_1",
        "abcdef",
        right="bde",
        mistakes={
            "buyer_only": "abde",
            "each_ordinary": "bcde",
            "newcomers_dropped": "bdef",
            "key_forgotten": "de",
            "large_forgotten": "be",
            "ordinary_forgotten": "bd",
        },
    ),
    Question(
        "7.2",
        "plan",
        Numbers(("people", "minutes"), within=0.05),
        service_plan,
        steps={
            "who": {"everybody": "all"},
            "counts": {"counts_by_size": "by_size"},
            "people": {
                "times": "times",
                "rounded_once": "once",
                "rounded_down": "down",
                "parts_of_people": "parts",
                "one_each": "one_each",
            },
            "left": {
                "shared_by_all": "by_all",
                "not_shared": "whole",
                "used_for_left": "used",
                "by_people": "by_people",
                "equal_for_all": "equally",
                "no_brackets": "no_brackets",
            },
            "unit": {"in_hours": 1},
            "per_c": {"three_cs_each": 3, "four_cs_each": 4},
            "b": {"b_forgotten": 0, "offer_for_b": 0.75},
            "a": {"a_forgotten": 0, "offer_for_a": 2},
            "hours": {"hours_of_head_office": 240, "one_salesperson": 80, "one_week": 40},
        },
        mistakes={
            "minutes_off_hours": partial(service_plan, a=90, b=60, unit=1),
            "hours_exchanged": partial(service_plan, a=1, b=1.5),
        },
    ),
    Question(
        "7.3",
        "alarm",
        Numbers(("usual", "limit", "below", "march"), within=0.01),
        alarm,
        steps={
            "count": {"orders_for_customers": "order", "lines_for_customers": "product"},
            "who": {
                "everybody": "all",
                "all_on_the_list": "listed",
                "tier_of_this_year": "this year",
            },
            "base": {"all_months": (0, 12), "second_half": (6, 12)},
            "limit": {
                "one_root": "one_root",
                "no_root": "no_root",
                "root_of_both": "root_of_both",
                "upper_limit": "upper",
                "half_of_usual": "half",
                "spread_of_months": "spread",
                "only_roots": "only_roots",
            },
            "below": {"share_of_months": "none"},
        },
    ),
    Question(
        "7.4",
        "phase_chart",
        Figure("bar", scheme="lifecycle"),
        phases_drawn,
        steps={
            "who": {
                "everybody": "all",
                "not_a": "others",
                "tier_b": B,
                "each_tier": "each",
                "ties_cut": "64",
            },
            "by": {"tier_by_revenue": "revenue"},
            "order": {"by_height": "height", "by_alphabet": "alphabet", "names_lost": "lost"},
            "height": {
                "shares": "share",
                "per_cent": "per_cent",
                "profit_in_all": "sum",
                "mean_profit": "mean",
            },
            "window": {"six_months": 6},
            "kind": {"as_line": "line"},
            "words": {
                "bare": (),
                "no_title": ("xlabel", "ylabel"),
                "no_axis_names": ("title",),
            },
        },
    ),
    Question(
        "7.5",
        "mended",
        Function((two_quarters, toy), Customers()),
        lambda case, **choices: partial(demoted, **choices),
        steps={
            "falls": {"only_from_a": (A,), "only_from_b": (B,), "c_falls_too": (A, B, C)},
            "below": {"on_the_cut": le, "held": ge},
            "absent": {"absent_counted": "zero"},
            "cut_of": {
                "cut_a_for_both": {B: A},
                "cut_b_for_both": {A: B},
                "cuts_exchanged": {A: B, B: A},
            },
            "lowest": {"largest_as_cut": "max", "mean_as_cut": "mean", "median_as_cut": "median"},
            "cuts_from": {"cuts_of_both": "both"},
        },
        mistakes={
            "as_given": lambda case: by_ranks,
            "up_by_ranks": lambda case: up_by_ranks,
            "ranked_among_both": lambda case: ranked_among_both,
            "spent_less": lambda case: spent_less,
            "spent_less_in_a_and_b": lambda case: spent_less_in_a_and_b,
            "moved_up": lambda case: moved_up,
            "tier_forgotten": lambda case: tier_forgotten,
            "quarters_exchanged": lambda case: lambda before, after: demoted(after, before),
            "arguments_ignored": lambda case: lambda before, after: demoted(*two_quarters(case)),
        },
    ),
    Question(
        "7.6",
        "visit_first",
        Customers(ordered=True),
        visits,
        steps={
            "by": {
                "by_profit": "profit",
                "by_forecast": "forecast_amount",
                "by_share": "open_share",
                "by_need": "yearly_need",
            },
            "ascending": steps.LARGEST_FIRST,
            "large": {**BOX["large"], "forecast_on_line": gt},
            "low": {"high_share": gt, "share_not_below": le},
            "count": steps.first(6),
        },
        mistakes={"in_file_order": lambda case: sorted(visits(case))},
    ),
    Question(
        "7.7",
        "lifts",
        Numbers(("toner", "pens"), within=1e-4),
        lifts,
        steps={
            "how": {
                "together": "together",
                "of_all": "of_all",
                "upside_down": "upside_down",
                "lines": "lines",
                "share_of_paper": "share_of_paper",
                "given_paper": "given_paper",
                "own_share": "own_share",
                "difference": "difference",
                "no_brackets": "no_brackets",
                "counted": "counted",
                "of_either": "either",
            },
            "who": {"everybody": "all", "not_a": "others", "tier_b": B},
            "basket": {"by_customer": "customer"},
            "paper_of": {"paper_of_everybody": "all", "orders_of_everybody": "orders"},
            "rows": {"returns_counted": "all"},
            "products": {"exchanged": (PENS, TONER)},
        },
    ),
    open_question("7.8", "advice", least=60),
    Question(
        "7.9",
        "hours",
        Numbers(("key", "large", "ordinary", "small", "spare"), within=0.05),
        hours_by_kind,
        steps={
            "first": {"large_before_key": "large", "large_forgotten": "none"},
            "by": {"measures_exchanged": "revenue"},
            "large": {"large_twice": "twice", "all_large": "all"},
            "visit": {"visit_one_hour": 1, "visits_forgotten": 0, "visit_in_minutes": 90},
            "call": {
                "calls_as_hours": 1,
                "calls_forgotten": 0,
                "call_15_hundredths": 0.15,
                "call_in_minutes": 15,
            },
            "whose": {"one_customer": "one"},
            "there": {"one_month": 160, "one_salesperson": 960},
            "spare": {"needed_for_spare": "needed"},
        },
    ),
    Question(
        "7.10",
        "rewards",
        Numbers(("all", "hold"), within=0.01),
        rewards,
        steps={
            "reading": {
                "dearest_first": True,
                "each_once": False,
                "rounded": "rounded",
                "parts_of_rewards": "parts",
                "points_for_rewards": "points",
                "every_1000": "thousand",
                "every_1500": "largest",
                "customers_for_rewards": "customers",
            },
            "phase": {"growing": "lifecycle:grow", "declining": "lifecycle:decline"},
            "window": {"six_months": 6},
            "within": {"others": "not", "only_a": "a", "customers_counted": "heads"},
            "by": {"by_profit": "profit", "by_need": "yearly_need"},
        },
    ),
    choices(
        "7.11",
        "answer_7_11",
        "abcdef",
        right="acf",
        mistakes={
            "growing_left": "abcf",
            "aftercare_saved": "acdf",
            "recovery_misread": "acef",
            "trial_forgotten": "cf",
            "points_forgotten": "af",
            "recovery_forgotten": "ac",
        },
    ),
    choice(
        "7.12",
        "answer_7_12",
        "abcd",
        right="c",
        mistakes={"name_believed": "a", "all_to_cows": "b", "column_read": "d"},
    ),
)
