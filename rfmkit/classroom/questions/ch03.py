"""Chapter 3, the value pyramid: each question as steps with their other choices."""

from collections.abc import Callable
from operator import and_, eq, ge, gt, le, lt, ne, or_, xor

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types import (
    MONEY_UNITS,
    Customers,
    Figure,
    Number,
    Numbers,
    Table,
    Values,
    drawn,
)
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.classroom.steps import LARGEST_FIRST, in_order, named, once_per_case
from rfmkit.relationship.credit import CREDIT_CUTS
from rfmkit.value.tiers import VALUE4, peppers_tier, relative_tier, value_tier

WEIGHTS = {
    "profit": 0.50,
    "forecast_amount": 0.20,
    "overdue_rate": 0.15,
    "complaint_count": 0.10,
    "company_size": 0.05,
}
_LESS_IS_BETTER = ("overdue_rate", "complaint_count")
_OURS = ("our_invoice_wrong", "goods_in_dispute")


def points_of(values: pd.Series, *, less: bool = False, scale: str = "rank") -> pd.Series:
    """Compute points from 0 to 100 as `to_points` does, but sooner; other scales are slips."""
    ranks, known = values.rank(ascending=not less), values.count()
    match scale:
        case "rank":
            return 100 * (ranks - 1) / (known - 1)
        case "minmax":
            points = 100 * (values - values.min()) / (values.max() - values.min())
            return 100 - points if less else points
        case "plain_rank":
            return 100 * ranks / known
        case "fraction_rank":
            return ranks / known
        case "divided_by_all":
            return 100 * (ranks - 1) / known
        case "ranks":
            return ranks
    return values


# 3.a Invoices that are late


@once_per_case
def late(
    case: Case,
    *,
    owing: str = "past_due",
    paid: Callable | None = gt,
    past: Callable = lt,
    joined: Callable = or_,
) -> pd.Series:
    """Compute for each invoice whether it is late: paid late, or past due and unpaid."""
    book = case.payments
    unpaid, past_due = book["paid_date"].isna(), past(book["due_date"], case.today)
    owed = {"past_due": unpaid & past_due, "unpaid": unpaid, "due": past_due, "no": ~unpaid}[owing]
    if owing == "no" or paid is None:
        return paid(book["paid_date"], book["due_date"]) if paid else owed
    return joined(paid(book["paid_date"], book["due_date"]), owed)


def late_count(case: Case, *, counted: str = "invoices", **choices: object) -> float:
    chosen = late(case, **choices)
    match counted:
        case "customers":
            return case.payments["customer"][chosen].nunique()
        case "money":
            return case.payments["invoice_amount"][chosen].sum()
        case "share":
            return chosen.mean()
        case "others":
            return int((~chosen).sum())
    return int(chosen.sum())


# 3.b Points for complaints


@once_per_case
def contact_counts(case: Case) -> pd.DataFrame:
    """Count the contacts of each customer by kind; blank where there is none."""
    return case.contacts.groupby(["customer", "kind"]).size().unstack()


def complaints(case: Case, *, kinds: str = "complaint", who: str = "everybody") -> pd.Series:
    """Count the complaints of each customer, or other contacts; who had none is left to `who`."""
    table = contact_counts(case)
    match kinds:
        case "all":
            counts = table.sum(axis=1)
        case "share":
            counts = table["complaint"] / table.sum(axis=1)
        case "any":
            counts = table["complaint"].clip(upper=1)
        case _:
            counts = table[kinds]
    match who:
        case "complainers":
            return counts.dropna()
        case "in_contact":
            return counts.fillna(0)
    counts = counts.reindex(case.customers.index)
    return counts.fillna(0) if who == "everybody" else counts


def complaint_points(
    case: Case, *, less: bool = True, scale: str = "rank", unit: float = 1, **choices: str
) -> pd.Series:
    return unit * points_of(complaints(case, **choices), less=less, scale=scale)


# 3.c Who leaves the top fifth


@once_per_case
def score(case: Case) -> pd.Series:
    known = case.payments["paid_date"].notna() | (case.payments["due_date"] < case.today)
    known_rows = case.payments.assign(late=late(case))[known]
    table = case.customers[["profit", "forecast_amount", "company_size"]].assign(
        overdue_rate=known_rows.groupby("customer")["late"].mean(),
        complaint_count=complaints(case),
    )
    points = pd.DataFrame(
        {name: points_of(table[name], less=name in _LESS_IS_BETTER) for name in WEIGHTS}
    )
    share = pd.Series(WEIGHTS)
    return (points * share).sum(axis=1) / (points.notna() * share).sum(axis=1)


def _in_top(case: Case, values: pd.Series, rule: str) -> pd.Series:
    """Compute who is in the top fifth; equal customers share a tier, unless ties are parted."""
    if rule == "sorted":
        first = values.sort_values(ascending=False, kind="stable").index[: len(values) // 5]
        return pd.Series(values.index.isin(first), index=values.index)
    return (relative_tier(values) == "pareto2:key").set_axis(values.index)


def leavers(
    case: Case,
    *,
    by_score: str = "out",
    by_profit: str = "in",
    joined: Callable = and_,
    top: str = "fifth",
    column: str = "profit",
) -> pd.Index:
    points = score(case)
    rich = _in_top(case, case.customers[column], top)
    good = value_tier(points) == "value3:vip" if top == "fixed" else _in_top(case, points, top)
    conditions = {
        "in": lambda flags: flags,
        "out": lambda flags: ~flags,
        "any": lambda flags: flags | ~flags,
    }
    return case.customers.index[joined(conditions[by_profit](rich), conditions[by_score](good))]


# 3.3 Late through the customer's own doing


@once_per_case
def _invoice_customers(case: Case) -> tuple[np.ndarray, pd.Index]:
    return pd.factorize(case.payments["customer"])


def own_rate(
    case: Case,
    *,
    base: str = "outcome",
    excused: tuple[str, ...] = _OURS,
    owing: str = "past_due",
    measure: str = "mean",
    listed: str = "known",
    paid: Callable | None = gt,
    past: Callable = lt,
) -> pd.Series:
    """Compute the share of late invoices by customer, among those with an outcome."""
    book = case.payments
    is_late = late(case, owing=owing, paid=paid, past=past)
    blamed = is_late & ~book["late_reason"].isin(excused)
    unpaid, past_due = book["paid_date"].isna(), past(book["due_date"], case.today)
    outcome = ~unpaid | past_due
    among = {
        "outcome": outcome,
        "paid_only": ~unpaid,
        "past_due_only": past_due,
        "not_due_counted": outcome | unpaid,
        "share_of_late": is_late,
        "ours_left_out": outcome & (blamed | ~is_late),
    }[base]
    codes, names = _invoice_customers(case)
    weights = book["invoice_amount"] if measure == "money" else among.astype(float)

    def by_customer(weights: pd.Series) -> np.ndarray:
        return np.bincount(codes[among], weights[among], minlength=len(names))

    divisor = {"sum": 1, "of_all": among.sum()}.get(measure, by_customer(weights))
    rate = pd.Series(by_customer(weights * blamed), index=names)[by_customer(among) > 0]
    rate = rate / (divisor[by_customer(among) > 0] if np.ndim(divisor) else divisor)
    match listed:
        case "punctual_left_out":
            return rate[rate > 0]
        case "punctual_blank":
            return rate.where(rate > 0)
        case "unknown_as_zero":
            return rate.reindex(case.customers.index, fill_value=0)
        case "unknown_listed":
            return rate.reindex(case.customers.index)
    return rate


# 3.4 Repair a score

REPAIR_COLUMNS = ("profit", "forecast_amount", "complaint")


@once_per_case
def _repair_points(
    case: Case, *, column: str, less: bool, blanks: str, scale: str, kinds: str
) -> pd.Series:
    """Compute the points of one column; `blanks` is the treatment of who never complained."""
    counts = complaints(case, kinds=kinds, who="blank")
    values = counts if column == "complaint" else case.customers[column]
    match blanks:
        case "quiet_dropped":
            values = values[counts.notna()]
        case "half_filled":
            values = values.fillna(0)[values.index.isin(contact_counts(case).index)]
        case "filled_with_mean" | "filled_with_median" | "filled_with_max":
            values = values.fillna(counts.agg(blanks.removeprefix("filled_with_")))
        case "zero":
            values = values.fillna(0)
    points = points_of(values, less=less, scale=scale)
    if blanks in ("blanks_at_the_end", "full_points"):
        points = points.fillna(0 if blanks == "blanks_at_the_end" else 100)
    return points


def repaired(
    case: Case,
    *,
    less: tuple[str, ...] = ("complaint",),
    blanks: str = "zero",
    method: str = "rank",
    weights: tuple[float, float, float] = (0.5, 0.3, 0.2),
    kinds: str = "complaint",
    first: str = "profit",
) -> pd.Series:
    total, known = 0, 0
    for column, weight in zip(REPAIR_COLUMNS, weights, strict=True):
        points = _repair_points(
            case,
            column=first if column == "profit" else column,
            less=column in less,
            blanks=blanks,
            scale=method,
            kinds=kinds,
        )
        total, known = total + weight * points.fillna(0), known + weight * points.notna()
    # With blanks kept, the weights of what is known are scaled up to 1.
    return total / known * sum(weights)


# 3.5 Whom other weights move


def movers(
    case: Case,
    *,
    wanted: Callable = ne,
    rule: str = "fixed",
    new: float = 0.5,
    old: float = 0.25,
    method: str = "rank",
    first: str = "profit",
    second: str = "forecast_amount",
) -> pd.Index:
    """Select the customers whose tier changes; `old` and `new` are the weights of prospects."""
    profit, prospects = (points_of(case.customers[one], scale=method) for one in (first, second))

    def tiers(share: float) -> pd.Series:
        points = (1 - share) * profit + share * prospects
        if method == "added_first":
            points = points_of(points)
        if rule == "top_fifth":
            return relative_tier(points).cat.codes
        if rule == "places":
            return -pd.qcut(points, [0, 0.60, 0.80, 1], labels=False)
        if rule == "scores":
            return -points.round(6)
        # With 320 customers, neither 75 : 25 nor 50 : 50 can put anybody exactly on 60 or 80.
        numbers = value_tier(points).cat.codes
        return numbers if rule == "fixed" else numbers == {"vip": 0, "ordinary": 2}[rule]

    return case.customers.index[wanted(tiers(old), tiers(new)).to_numpy()]


# 3.6 Draw the four layers


@once_per_case
def layers(case: Case) -> tuple[pd.Series, pd.Series]:
    """Compute the layer of each customer, and the growth that it rests on."""
    books = case.customers
    # A customer who sent everything back has no revenue, and no margin.
    margin = ((books["revenue"] - books["cost_of_goods"]) / books["revenue"]).fillna(0)
    growth = 0.10 * (books["yearly_need"] - books["revenue"]) * margin
    return peppers_tier(books["profit"], growth, profit_cut=10_000, growth_cut=3_000), growth


def pyramid(
    case: Case,
    *,
    order: str = "best_first",
    measure: str = "sum",
    column: str = "profit",
    unit: str = "money",
    sign: str = "kept",
    rows: str = "all",
    by: str = "layer",
    kind: str = "barh",
    missing: tuple[str, ...] = (),
) -> dict:
    """Describe a bar chart of the layers' profit, from the top down."""
    layer, growth = layers(case)
    books = case.customers
    margin = books["revenue"] - books["cost_of_goods"]
    values = books.assign(growth=growth, margin=margin)[column]
    bars = values.groupby(layer if by == "layer" else books[by], observed=False).agg(measure)
    bars = 100 * bars / bars.sum() if unit == "per_cent" else bars
    bars = bars.abs() if sign == "lost" else bars
    bars = bars.clip(lower=0) if sign == "zero" else bars
    bars = bars[:-1] if rows == "paying" else bars
    bars = bars[::-1] if order == "worst_first" else bars
    if order in ("by_size", "by_size_up"):
        bars = bars.sort_values(ascending=order == "by_size_up", kind="stable")
    picture = drawn(kind, bars, labels=bars.index, **dict.fromkeys(missing, False))
    if unit == "per_cent":
        picture["xunit" if kind == "barh" else "yunit"] = "per_cent"
    return picture


# 3.7 Below zero: price first, or service


def service_first(
    case: Case,
    *,
    by_price: str = "not_saved",
    by_service: str = "saved",
    price_on: str = "revenue",
    service_on: str = "service_cost",
    saved: tuple[Callable, Callable] = (gt, gt),
    who: str = "losing",
    rise: float = 0.08,
) -> pd.Index:
    """Select customers by what each measure does: "saved", "not_saved", or "any" outcome."""
    books = case.customers
    if who != "all":
        lowest = layers(case)[0] == "value4:below_zero"
        column = "profit_last_year" if who == "last_year" else "profit"
        books = books[lowest.to_numpy() if who == "below_zero" else books[column] < 0]
    books = books.assign(margin=books["revenue"] - books["cost_of_goods"])
    price_adds, service_adds = rise * books[price_on], 0.35 * books[service_on]
    service_adds = service_adds + (price_adds if by_service == "both" else 0)
    chosen = pd.Series(True, index=books.index)
    measures = (price_adds, by_price, saved[0]), (service_adds, by_service, saved[1])
    for adds, wanted, above in measures:
        if wanted != "any":
            chosen &= above(books["profit"] + adds, 0) == (wanted != "not_saved")
    return books.index[chosen]


# 3.9 The members of a layer


def members(
    case: Case,
    *,
    tiers: tuple[str, ...] = ("value4:mgc",),
    column: str = "growth",
    ascending: bool | None = False,
    count: int | None = None,
) -> list[str]:
    """List the customers of layers, those with most still to be won first."""
    layer, growth = layers(case)
    book = case.customers.assign(growth=growth)
    chosen = book[layer.isin(tiers).to_numpy()] if tiers else book[growth.to_numpy() >= 3_000]
    return in_order(chosen, column, ascending=ascending, count=count)


# 3.10 The distribution of profit in each layer


def distribution(
    case: Case,
    *,
    column: str = "profit",
    low: str = "min",
    middle: str = "mean",
    high: str = "max",
) -> pd.DataFrame:
    """Compute the smallest, mean and largest value of each layer."""
    layer, growth = layers(case)
    book = case.customers
    margin = book["revenue"] - book["cost_of_goods"]
    values = book.assign(growth=growth, margin=margin)[column]
    groups = values.groupby(layer.to_numpy(), observed=False)
    quarter = {"lower_quarter": 0.25, "upper_quarter": 0.75}
    table = {
        name: groups.quantile(quarter[how]) if how in quarter else groups.agg(how)
        for name, how in (("min", low), ("mean", middle), ("max", high))
        if how != "of_all"
    }
    table.setdefault("mean", values.mean())
    return pd.DataFrame(table, index=pd.CategoricalIndex(VALUE4, VALUE4))


# 3.11 Who is in the top layer


def composition(
    case: Case,
    *,
    tiers: tuple[str, ...] = ("value4:mvc",),
    column: str = "region",
    base: str = "layer",
    beside: str = "all",
    unit: float = 1,
) -> pd.DataFrame:
    """Count a layer by region, as shares of the layer, beside the shares of all customers."""
    layer, _ = layers(case)
    words, inside = case.customers[column], layer.isin(tiers).to_numpy()
    everybody = words.value_counts()
    counts = words[inside].value_counts().reindex(everybody.index, fill_value=0)
    whole = {"layer": counts.sum(), "firm": len(words), "category": everybody}[base]
    others = {"all": everybody, "others": everybody - counts}.get(beside)
    if others is None:
        others = case.customers["profit"].groupby(words).sum().reindex(everybody.index)
    return pd.DataFrame(
        {
            "customers": counts,
            "share": unit * counts / whole,
            "share_of_all": unit * others / others.sum(),
        }
    )


# 3.12 How much more a customer may owe

_FACTORS = (0.0, 0.6, 0.6, 0.6, 0.8, 1.0, 1.0)  # from avoid up to AAA


@once_per_case
def credit_scores(case: Case) -> pd.Series:
    """Compute the share of invoices on time, in per cent, where an invoice has an outcome."""
    known = case.payments["paid_date"].notna() | (case.payments["due_date"] < case.today)
    on_time = 100.0 * ~late(case)[known]
    scores = on_time.groupby(case.payments["customer"][known]).mean()
    return scores.reindex(case.customers.index).dropna()


def credit_left(
    case: Case,
    *,
    months: float = 12,
    term: float = 2,
    factor: str = "grade",
    edge: str = "right",
    owed: str = "unpaid",
    column: str = "revenue",
    sign: int = 1,
) -> pd.Series:
    """Compute the credit limit of each customer, less what is owed today."""
    scores = credit_scores(case).round(9)
    side = "left" if edge == "right" else "right"  # exactly 80 is A, not AA
    share = np.array(_FACTORS)[np.searchsorted(CREDIT_CUTS, scores.to_numpy(), side=side)]
    share = {"grade": share, "none": 1.0, "score": scores / 100}.get(factor, share)
    if factor == "avoid_trusted":
        share = np.where(share == 0, 0.6, share)
    limit = case.customers[column].reindex(scores.index) / months * term * share
    book, unpaid = case.payments, case.payments["paid_date"].isna()
    rows = {
        "unpaid": unpaid,
        "past_due": unpaid & (book["due_date"] < case.today),
        "all": unpaid | ~unpaid,
        "paid": ~unpaid,
        "nothing": unpaid & ~unpaid,
    }[owed]
    owing = book[rows].groupby("customer")["invoice_amount"].sum()
    return sign * (limit - owing.reindex(scores.index).fillna(0))


# 3.14 The evaluation sheet

VISIT = {
    "operation": (4, 3, 5, 2),
    "management": (4, 4, 2, 5),
    "need": (2, 3, 2, 1),
}
SHEET_WEIGHTS = {"operation": 0.30, "management": 0.20, "need": 0.50}


def evaluation(
    _: Case,
    *,
    scale: str = "from_zero",
    weights: tuple[float, float, float] = (0.30, 0.20, 0.50),
) -> dict[str, float]:
    """Compute the three heads of a visit's marks, and the whole, from 0 to 100."""
    heads = {
        name: {
            "from_zero": (np.mean(marks) - 1) / 4 * 100,
            "twenty_a_mark": np.mean(marks) * 20,
            "mean_mark": np.mean(marks),
            "sum_of_marks": sum(marks),
            "best_mark": (max(marks) - 1) / 4 * 100,
        }[scale]
        for name, marks in VISIT.items()
    }
    whole = sum(w * value for w, value in zip(weights, heads.values(), strict=True))
    return {**heads, "evaluation": whole}


# 3.15 Eighty per cent of the effort


def effort(
    case: Case,
    *,
    share: float = 0.80,
    best: tuple[str, ...] = ("value4:mvc", "value4:mgc"),
    divided: str = "counted",
    unit: float = 60,
    hours: float = 50,
) -> dict[str, float]:
    """Compute the minutes a week for each of the best customers, and for each other one."""
    layer, _ = layers(case)
    heads, everybody = int(layer.isin(best).sum()), len(layer)
    minutes = hours * unit
    if divided == "all":
        return {"best": share * minutes / everybody, "others": (1 - share) * minutes / everybody}
    if divided == "not":
        return {"best": share * minutes, "others": (1 - share) * minutes}
    return {
        "best": share * minutes / heads,
        "others": (1 - share) * minutes / (everybody - heads),
    }


PAST = {"due_today_counted": le}
LATE = {
    "owing": {"all_unpaid_late": "unpaid", "paid_late_only": "no", "past_due_counted": "due"},
    "paid": {"due_day_counted": ge, "owing_only": None, "punctual_counted": lt},
}

QUESTIONS = (
    Question(
        "3.a",
        "n_late",
        Number(),
        late_count,
        steps={
            **LATE,
            "past": PAST,
            "joined": {"both_demanded": and_},
            "counted": {
                "customers_counted": "customers",
                "money_of_late": "money",
                "share": "share",
                "punctual_ones": "others",
            },
        },
        mistakes={
            "with_outcome": lambda case: int(
                (
                    case.payments["paid_date"].notna() | (case.payments["due_date"] < case.today)
                ).sum()
            ),
            "all_invoices": lambda case: len(case.payments),
            "paid_early_only": lambda case: int(late(case, owing="no", paid=lt).sum()),
            "unpaid_only": lambda case: int(case.payments["paid_date"].isna().sum()),
            "own_fault_only": lambda case: int(
                (late(case) & ~case.payments["late_reason"].isin(_OURS)).sum()
            ),
            "one_customer": lambda case: int(late(case)[case.payments["customer"] == "C220"].sum()),
        },
        books="lesson",
    ),
    Question(
        "3.b",
        "complaint_points",
        Values(),
        complaint_points,
        steps={
            "less": {"many_is_good": False},
            "scale": named("minmax raw_counts plain_rank fraction_rank ranks divided_by_all"),
            "who": {
                "quiet_left_out": "complainers",
                "no_contact_left_out": "in_contact",
                "quiet_unknown": "blank",
            },
            "kinds": {"all_contacts": "all", "compliments_counted": "compliment"},
            "unit": {"already_weighted": 0.10},
        },
        mistakes={
            "ranks_upwards": lambda case: complaint_points(case, less=False, scale="ranks"),
        },
        books="lesson",
    ),
    Question(
        "3.c",
        "leavers",
        Customers(),
        leavers,
        steps={
            "by_score": {"stayers": "in", "score_not_asked": "any"},
            "by_profit": {"never_at_the_top": "out", "profit_not_asked": "any"},
            "joined": {"or_for_and": or_},
            "top": {"no_vip": "fixed", "ties_parted": "sorted"},
            "column": {"revenue_for_profit": "revenue"},
        },
        mistakes={
            "joiners": lambda case: leavers(case, by_score="in", by_profit="out"),
            "movers": lambda case: leavers(case, by_score="in", joined=xor),
        },
        books="lesson",
    ),
    choices(
        "3.1",
        "answer_3_1",
        "abcd",
        right="ad",
        mistakes={
            "rate_too": "abd",
            "capital_too": "acd",
            "complaints_only": "a",
            "returns_only": "d",
            "all_zero": "abcd",
            "the_others": "bc",
        },
    ),
    choice(
        "3.2",
        "answer_3_2",
        "abcd",
        right="b",
        mistakes={"both_shrink": "a", "rules_exchanged": "c", "nothing_moves": "d"},
    ),
    Question(
        "3.3",
        "own_fault_rate",
        Values(),
        own_rate,
        steps={
            "base": named("not_due_counted paid_only share_of_late ours_left_out past_due_only"),
            "excused": {
                "ours_counted": (),
                "dispute_counted": ("our_invoice_wrong",),
                "our_invoice_counted": ("goods_in_dispute",),
                "customers_excused": ("cash_short", "forgotten"),
            },
            "owing": {"owing_forgotten": "no", "past_due_counted": "due"},
            "measure": {"counts": "sum", "of_all_invoices": "of_all", "by_amount": "money"},
            "listed": named("unknown_as_zero unknown_listed punctual_left_out punctual_blank"),
            "paid": {"due_day_counted": ge, "owing_only": None, "punctual_counted": lt},
            "past": PAST,
        },
        mistakes={
            "all_unpaid_late": lambda case: own_rate(case, base="not_due_counted", owing="unpaid")
        },
    ),
    Question(
        "3.4",
        "score",
        Values(),
        repaired,
        steps={
            "less": {
                "many_is_good": (),
                "all_reversed": ("profit", "forecast_amount", "complaint"),
                "profit_reversed": ("profit",),
                "forecast_reversed": ("forecast_amount", "complaint"),
            },
            "blanks": named(
                "quiet_dropped half_filled blanks_at_the_end full_points "
                "quiet_unknown filled_with_mean filled_with_median filled_with_max"
            ),
            "method": {
                "minmax": "minmax",
                "plain_rank": "plain_rank",
                "raw_numbers": "raw_numbers",
            },
            "weights": {
                "equal_weights": (1 / 3, 1 / 3, 1 / 3),
                "weights_exchanged": (0.3, 0.5, 0.2),
                "small_weights_exchanged": (0.5, 0.2, 0.3),
                "not_weighted": (1, 1, 1),
                "complaints_not_weighed": (0.625, 0.375, 0),
            },
            "kinds": {
                "all_contacts": "all",
                "share_of_contacts": "share",
                "ever_or_never": "any",
            },
            "first": {"revenue_for_profit": "revenue"},
        },
        mistakes={
            "as_given": lambda case: repaired(case, less=(), blanks="quiet_dropped"),
            "complaints_taken_off": lambda case: repaired(case, less=(), weights=(0.5, 0.3, -0.2)),
        },
    ),
    Question(
        "3.5",
        "movers",
        Customers(),
        movers,
        steps={
            "wanted": {"stayers": eq, "risen_only": gt, "fallen_only": lt},
            "rule": {
                "top_fifth": "top_fifth",
                "cut_at_places": "places",
                "vip_only": "vip",
                "ordinary_only": "ordinary",
                "scores_compared": "scores",
            },
            "new": {"second_exchanged": 0.75, "forecast_alone": 1.0},
            "old": {"first_exchanged": 0.75, "profit_alone": 0.0},
            "method": {
                "minmax": "minmax",
                "plain_rank": "plain_rank",
                "added_first": "added_first",
            },
            "first": {"revenue_for_profit": "revenue"},
            "second": {"need_for_forecast": "yearly_need"},
        },
        mistakes={
            "vips_of_the_second": lambda case: movers(
                case, rule="vip", wanted=lambda old, new: new.astype(bool)
            ),
        },
    ),
    Question(
        "3.6",
        "layers_ax",
        Figure("barh", units=MONEY_UNITS, scheme="value4"),
        pyramid,
        steps={
            "order": {
                "upside_down": "worst_first",
                "by_size": "by_size",
                "by_size_up": "by_size_up",
            },
            "measure": {
                "heads": "count",
                "per_head": "mean",
                "middle_customer": "median",
                "largest_customer": "max",
            },
            "kind": {"upright_bars": "bar"},
            "column": {
                "revenue_for_profit": "revenue",
                "service_forgotten": "margin",
                "growth_drawn": "growth",
                "last_year": "profit_last_year",
                "service_drawn": "service_cost",
            },
            "missing": {"no_title": ("title",), "no_axis_labels": ("xlabel", "ylabel")},
            "sign": {"loss_as_gain": "lost", "loss_as_zero": "zero"},
            "rows": {"loss_left_out": "paying"},
            "unit": {"in_per_cent": "per_cent"},
            "by": {"by_industry": "industry", "by_region": "region"},
        },
    ),
    Question(
        "3.7",
        "service_first",
        Customers(),
        service_first,
        steps={
            "by_price": {"price_not_asked": "any"},
            "by_service": {"service_not_asked": "any", "both_together": "both"},
            "price_on": {"price_on_margin": "margin"},
            "service_on": {"service_on_goods": "cost_of_goods"},
            "who": {"lowest_layer": "below_zero", "losing_last_year": "last_year"},
            "saved": {
                "break_even_saved": (ge, ge),
                "break_even_by_service": (gt, ge),
            },
            "rise": {"rise_of_the_lesson": 0.10},
        },
        mistakes={
            "price_saves": lambda case: service_first(case, by_price="saved", by_service="any"),
            "nothing_saves": lambda case: service_first(
                case, by_price="any", by_service="not_saved"
            ),
            "all_losing": lambda case: service_first(case, by_price="any", by_service="any"),
            "others": lambda case: service_first(case, by_price="any", by_service="any").difference(
                service_first(case)
            ),
            "paying_too": lambda case: service_first(case, by_price="any", who="all"),
        },
    ),
    open_question("3.8", "answer_3_8"),
    Question(
        "3.9",
        "members",
        Customers(ordered=True),
        members,
        steps={
            "tiers": {
                "most_valuable_listed": ("value4:mvc",),
                "both_top_layers": ("value4:mvc", "value4:mgc"),
                "low_layer_listed": ("value4:lvc",),
                "growth_alone": (),
            },
            "column": {
                "by_profit": "profit",
                "by_revenue": "revenue",
                "by_need": "yearly_need",
            },
            "ascending": dict(LARGEST_FIRST),
            "count": {"first_ten": 10},
        },
    ),
    Question(
        "3.10",
        "distribution",
        Table(("min", "mean", "max"), rows="class", scheme="value4"),
        distribution,
        steps={
            "column": {
                "revenue_for_profit": "revenue",
                "service_forgotten": "margin",
                "last_year": "profit_last_year",
                "growth_described": "growth",
            },
            "middle": {
                "median_for_mean": "median",
                "total_for_mean": "sum",
                "mean_of_firm": "of_all",
            },
            "low": {"quarter_for_smallest": "lower_quarter"},
            "high": {"quarter_for_largest": "upper_quarter"},
        },
        mistakes={
            "ends_exchanged": lambda case: distribution(case, low="max", high="min"),
        },
    ),
    Question(
        "3.11",
        "composition",
        Table(("customers", "share", "share_of_all"), rows="region"),
        composition,
        steps={
            "tiers": {
                "growable_counted": ("value4:mgc",),
                "both_top_layers": ("value4:mvc", "value4:mgc"),
            },
            "base": {"share_of_firm": "firm", "share_of_region": "category"},
            "beside": {"others_beside": "others", "profit_beside": "profit"},
            "unit": {"in_per_cent": 100},
        },
        mistakes={"by_industry": lambda case: composition(case, column="industry")},
    ),
    Question(
        "3.12",
        "credit_left",
        Values(),
        credit_left,
        steps={
            "months": {"yearly_sales": 1},
            "term": {"one_month": 1, "sixty_months": 60},
            "factor": {
                "factor_forgotten": "none",
                "score_as_factor": "score",
                "avoid_trusted": "avoid_trusted",
            },
            "edge": {"cut_counted_up": "wrong"},
            "owed": {
                "past_due_owed": "past_due",
                "all_invoices_owed": "all",
                "paid_invoices_owed": "paid",
                "owing_forgotten": "nothing",
            },
            "column": {"forecast_for_sales": "forecast_amount", "need_for_sales": "yearly_need"},
            "sign": {"over_for_left": -1},
        },
    ),
    choices(
        "3.13",
        "answer_3_13",
        "abcde",
        right="bd",
        mistakes={
            "capacity_only": "b",
            "collateral_only": "d",
            "character_too": "abd",
            "capital_too": "bcd",
            "conditions_too": "bde",
            "capital_for_capacity": "cd",
            "the_strong_ones": "ace",
            "all_five": "abcde",
        },
    ),
    Question(
        "3.14",
        "evaluation",
        Numbers(("operation", "management", "need", "evaluation")),
        evaluation,
        steps={
            "scale": {
                "twenty_a_mark": "twenty_a_mark",
                "mean_mark": "mean_mark",
                "sum_of_marks": "sum_of_marks",
                "best_mark": "best_mark",
            },
            "weights": {
                "equal_weights": (1 / 3, 1 / 3, 1 / 3),
                "weights_exchanged": (0.50, 0.20, 0.30),
                "weights_in_per_cent": (30, 20, 50),
            },
        },
    ),
    Question(
        "3.15",
        "effort",
        Numbers(("best", "others")),
        effort,
        steps={
            "share": {"fifth_to_the_best": 0.20, "half_each": 0.50},
            "best": {
                "most_valuable_alone": ("value4:mvc",),
                "growable_alone": ("value4:mgc",),
            },
            "divided": {
                "divided_by_all": "all",
                "not_divided": "not",
            },
            "unit": {"in_hours": 1},
            "hours": {"hours_of_the_lesson": 60},
        },
    ),
    choices(
        "3.16",
        "answer_3_16",
        "abcde",
        right="ad",
        mistakes={
            "chosen_ones": "abd",
            "family_too": "acd",
            "colours_too": "ade",
            "brand_only": "a",
            "potential_only": "d",
            "all_of_them": "abcde",
            "the_wrong_ones": "bce",
        },
    ),
)
