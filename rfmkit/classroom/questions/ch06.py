"""Chapter 6, the practicum: each question as steps with their other choices."""

from collections.abc import Callable
from functools import partial
from operator import ge, gt
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import (
    PER_CENT,
    Classes,
    Customers,
    Figure,
    Number,
    Numbers,
    Table,
    drawn,
)
from rfmkit.classroom.case import MARCH, Case
from rfmkit.classroom.question import Question
from rfmkit.rfm import class_summary, rfm_class, score
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY
from rfmkit.transactions import clean_transactions
from rfmkit.uncertainty import share_interval

_RFM = (RECENCY, FREQUENCY, MONETARY)

_CELLS = ["customer", "date", "order", "amount", "line"]

# The ledger of March: the rules by which its lines are kept, first the right one, then what people
# do instead.
Lines = pd.DataFrame
RULES: dict[str, dict[str, Callable[[Lines], pd.Series]]] = {
    "repeats": {
        "": lambda lines: ~lines.duplicated(_CELLS),
        "repeats_kept": lambda lines: lines["date"].notna(),
        "spaced_repeat_kept": lambda lines: ~lines["repeated_cells"],
        "both_repeats_lost": lambda lines: ~lines.duplicated(_CELLS, keep=False),
        "one_line_an_order": lambda lines: ~lines.duplicated("order"),
    },
    "customer": {
        "": lambda lines: lines["customer"] != "",
        "blank_customer_kept": lambda lines: lines["date"].notna(),
        "wide_blank_kept": lambda lines: (lines["customer"] + lines["typed_name"]) != "",
        "empty_cell_kept": lambda lines: lines["typed_name"] != "　",
    },
    "test": {
        "": lambda lines: lines["customer"] != "TEST",
        "test_order_kept": lambda lines: lines["date"].notna(),
    },
    "cancelled": {
        "": lambda lines: lines["status"] != "已取消",
        "cancelled_kept": lambda lines: lines["date"].notna(),
    },
    "period": {
        "": lambda lines: lines["date"].between(*MARCH.values()),
        "outside_march_kept": lambda lines: lines["date"].notna(),
        "only_up_to_today": lambda lines: lines["date"] <= Case.today,
        "any_march": lambda lines: lines["date"].dt.month == 3,
        "february_kept": lambda lines: lines["date"] <= MARCH["end"],
        "after_march_kept": lambda lines: lines["date"] >= MARCH["start"],
        "day_after_counted": lambda lines: lines["date"].between("2021-03-01", "2021-04-01"),
        "last_day_left_out": lambda lines: lines["date"].between("2021-03-01", "2021-03-30"),
        "first_day_left_out": lambda lines: lines["date"].between("2021-03-02", "2021-03-31"),
    },
    "typed": {
        "": lambda lines: lines["date"].notna(),
        "text_dates_lost": lambda lines: lines["typed_date"] == "",
        "chinese_dates_lost": lambda lines: ~lines["typed_date"].str.contains("年"),
    },
    "amounts": {
        "": lambda lines: lines["date"].notna(),
        "text_amounts_lost": lambda lines: lines["typed_amount"] == "",
        "marked_amounts_lost": lambda lines: ~lines["typed_amount"].str.contains("NT|元"),
    },
    "untidy": {
        "": lambda lines: lines["date"].notna(),
        "untidy_customers_lost": lambda lines: (
            lines["typed_name"].str.fullmatch("C[0-9]{3}|TEST") | (lines["customer"] == "")
        ),
    },
}
_TO_TODAY = ("outside_march_kept", "only_up_to_today")
DIRT = {rule: {name: name for name in ways if name} for rule, ways in RULES.items()}
# Two rules are forgotten for one reason.
_TOGETHER = {
    "customers_unchecked": {"customer": "blank_customer_kept", "test": "test_order_kept"},
    "spaces_not_stripped": {"repeats": "spaced_repeat_kept", "customer": "wide_blank_kept"},
}
DIRT["untidy"] |= {name: name for name in _TOGETHER}
_ledgers: WeakKeyDictionary[Case, tuple[Lines, dict]] = WeakKeyDictionary()


def march(case: Case, **choices: str) -> Lines:
    """Choose the lines of March by the rules, or by what people do instead of some of them."""
    if case not in _ledgers:
        _ledgers[case] = _every_line(case.raw), {}
    lines, known = _ledgers[case]
    choices |= _TOGETHER.get(choices.get("untidy", ""), {})
    for rule, ways in RULES.items():
        way = choices.get(rule, "")
        if (rule, way) not in known:
            known[rule, way] = ways.get(way, ways[""])(lines).to_numpy(bool)
    kept = np.logical_and.reduce([known[rule, choices.get(rule, "")] for rule in RULES])
    return lines.take(np.flatnonzero(kept))


def _every_line(raw: pd.DataFrame) -> Lines:
    """Return every line with a date and an amount, tidied, with the cells that were typed."""
    name = raw["customer"].astype("string").fillna("")
    # These two stand for what `clean_transactions` would leave out.
    kept = name.where(name.str.strip() != "", "C???").replace("TEST", "C!!!")
    lines, _ = clean_transactions(
        raw.assign(customer=kept).drop(columns=["status", "exclude"], errors="ignore"),
        repeats="keep",
    )
    lines["customer"] = lines["customer"].replace({"C???": "", "C!!!": "TEST"})
    return lines.assign(
        status=raw["status"],
        typed_name=name,
        **{
            f"typed_{cell}": raw[cell].map(lambda it: it if isinstance(it, str) else "")
            for cell in ("date", "amount")
        },
        repeated_cells=raw.duplicated(),
    )


# 6.1 What March brought in


def revenue(case: Case, *, total: str = "sum", returns: str = "taken off", **rows: str) -> float:
    lines = march(case, **rows)
    amounts = lines["amount"].abs() if returns == "added" else lines["amount"]
    if returns == "dropped":
        amounts = amounts[lines["amount"] > 0]
    elif returns == "off twice":
        amounts = amounts + lines["amount"].clip(upper=0)
    if total in ("customer", "order"):
        return amounts.groupby(lines[total]).sum().mean()
    return amounts.agg(total)


def uncleaned(case: Case, **rows: str) -> float:
    """Add up all rows, but for the rules that are kept."""
    forgotten = {
        "repeats": "repeats_kept",
        "untidy": "customers_unchecked",
        "cancelled": "cancelled_kept",
    }
    return revenue(case, **forgotten, **rows)


# 6.2 Table 5-3


def table(
    case: Case,
    *,
    today: str = "2021-04-01",
    last: str = "max",
    visits: str = "purchases",
    visit: str = "order",
    spent: str = "sum",
    returns: str = "taken off",
    **rows: str,
) -> pd.DataFrame:
    made = {"last": last, "visits": visits, "visit": visit, "spent": spent, "returns": returns}
    rfm = steps.rfm_by_steps(march(case, **rows), pd.Timestamp(today), **made)
    # Days counted from the first of the month onwards, rather than back from today.
    return rfm.abs() if today == "2021-03-01" else rfm


# 6.3 High or low


def cuts(case: Case, rfm: pd.DataFrame, cut: str) -> pd.Series:
    match cut:
        case "half_of_range":
            return (rfm.max() + rfm.min()) / 2
        case "median of M":
            return pd.Series({**rfm.mean(), MONETARY: rfm[MONETARY].median()})
        case "mean order":
            lines = march(case)
            orders = lines[lines["amount"] > 0].groupby("order")["amount"].sum()
            return pd.Series({**rfm.mean(), MONETARY: orders.mean()})
    return rfm.agg(cut)


def levels(
    case: Case,
    *,
    cut: str = "mean",
    compare: object = ge,
    days: str = "few",
    made: dict | None = None,
) -> pd.DataFrame:
    rfm = table(case, **made) if made else case.rfm
    middle = cuts(case, rfm, cut)
    recent = compare(-rfm[RECENCY], -middle[RECENCY])
    if days == "many":
        recent = compare(rfm[RECENCY], middle[RECENCY])
    elif days == "above":
        recent = ~recent
    return pd.DataFrame(
        {
            "R": recent,
            "F": compare(rfm[FREQUENCY], middle[FREQUENCY]),
            "M": compare(rfm[MONETARY], middle[MONETARY]),
        }
    )


TABLES = {
    "made": {
        name: made for name, made in steps.TABLES.items() if name != "table_with_return_visits"
    }
}
LEVELS = {
    "days": {"days_high_is_high": "many", "above_mean_is_high": "above"},
    "compare": {"strict": gt},
    "cut": {
        "median_cuts": "median",
        "half_of_range": "half_of_range",
        "median_of_m_only": "median of M",
        "mean_order_as_cut": "mean order",
    },
}


def scores(case: Case) -> pd.DataFrame:
    days, *others = (case.rfm[name] for name in _RFM)
    best = [score(days, smaller_is_better=True), *map(score, others)]
    return pd.DataFrame(dict(zip("RFM", best, strict=True)))


# 6.4 The class of each customer


def classes(
    case: Case, *, important: str | int = "M", names: str = "right", **choices: object
) -> pd.Series:
    flags = levels(case, **choices)
    recent, often = flags["R"], flags["F"]
    if isinstance(important, int):
        flags = flags.assign(M=flags.sum(axis=1) >= important)
    elif important == "nobody":
        flags = flags.assign(M=False)
    elif important != "M":
        flags = flags.assign(M=flags[important], **{important: flags["M"]})
    match names:
        case "swapped":
            flags = flags.rename(columns={"R": "F", "F": "R"})
        case "keep as develop":
            flags = flags.assign(R=recent | often, F=recent & often)
        case "develop as keep":
            flags = flags.assign(R=recent & often, F=recent | often)
        case "develop as value":
            flags = flags.assign(F=recent | often)
        case "keep as value":
            flags = flags.assign(R=recent | often)
    return rfm_class(flags)


# 6.5 Repair the summary


def summary(
    case: Case,
    *,
    spent: str = "total",
    base: str = "sum",
    people: str = "customers",
    shares: str = "own",
    unit: int = 1,
    **tiers: object,
) -> pd.DataFrame:
    tier = classes(case, **tiers)
    table = class_summary(case.rfm, tier)
    orders = case.rfm[FREQUENCY].groupby(tier, observed=False).sum()
    if spent == "orders":
        table["revenue"] = orders
    elif spent != "total":
        table["revenue"] = case.rfm[MONETARY].groupby(tier, observed=False).agg(spent)
    if people == "orders":
        table["customers"] = orders
    elif people == "lines":
        table["customers"] = march(case)["customer"].map(tier).value_counts()
    for amount, share in (("customers", "customer_share"), ("revenue", "revenue_share")):
        table[share] = unit * table[amount] / getattr(table[amount], base)()
        if shares == "running":
            table[share] = table[share].cumsum()
    return table


# 6.6 Mean or median


def movers(
    case: Case,
    *,
    who: str = "moved",
    by: str = "class",
    cut: str = "median",
    among: str = "all",
    second: dict | None = None,
    **choices: object,
) -> pd.Index:
    before, after = (
        levels(case, **choices),
        levels(case, **{**choices, "cut": cut, **(second or {})}),
    )
    flags = before != after
    moved = {
        "class": flags.any(axis=1),
        "money": flags["M"],
        "orders": flags["F"],
        "days": flags["R"],
        "all but days": flags["F"] | flags["M"],
        "all but orders": flags["R"] | flags["M"],
        "all but money": flags["R"] | flags["F"],
        "two": flags.sum(axis=1) >= 2,
    }[by]
    if who == "stayed":
        moved = ~moved
    chosen = {
        "all": True,
        "important": before["M"],
        "important after": after["M"],
    }[among]
    return moved.index[moved & chosen]


def compared_by_place(case: Case) -> pd.Index:
    """Sort the classes of either tiering, and compare the first with the first, and so on."""
    before, after = classes(case).sort_values(), classes(case, cut="median").sort_values()
    return before.index[before.to_numpy() != after.to_numpy()]


# 6.7 Whom to call first


def call_list(
    case: Case,
    *,
    called: tuple[str, ...] = ("important_keep", "important_win_back"),
    by: str = MONETARY,
    ascending: bool | None = False,
    count: int | None = 5,
    first: str = "filter",
    **choices: object,
) -> list[str]:
    rfm = table(case, **choices["made"]) if choices.get("made") else case.rfm
    chosen = classes(case, **choices).isin(called).to_numpy() if called else slice(None)
    order = {"ascending": ascending, "count": count}
    if by != MONETARY:  # ties stand as they do in pandas where nothing is said
        order["kind"] = "quicksort"
    if first == "cut":
        of_all = steps.in_order(rfm, by, **order)
        return [one for one in of_all if one in rfm.index[chosen]]
    return steps.in_order(rfm[chosen], by, **order)


# 6.8 The shares of the classes, drawn


def class_bars(
    case: Case,
    *,
    height: str = "revenue_share",
    order: str = "table",
    kind: str = "bar",
    lacks: tuple[str, ...] = (),
    **tiers: object,
) -> dict:
    table = summary(case, **tiers)
    table["per_head"] = table["revenue"] / table["customers"]
    table["running"] = table["revenue_share"].cumsum()
    bars = table[height].fillna(0)
    if height in ("revenue_share", "customer_share", "running"):
        bars = 100 * bars
    if order == "height":
        bars = bars.sort_values(ascending=False, kind="stable")
    elif order == "alphabet":
        bars = bars[sorted(bars.index)]
    labels = () if kind == "line" else bars.index
    return drawn(kind, bars.tolist(), labels=labels, **dict.fromkeys(lacks, False))


# 6.9 How sure the report's first sentence is


def how_sure(
    case: Case,
    *,
    who: str = "M",
    base: str = "customers",
    confidence: float = 0.95,
    method: str = "wilson",
    ends: str = "ends",
    side: str = "high",
    **choices: object,
) -> tuple[float, float, float]:
    flags = levels(case, **choices)
    count, total = int(flags[who].sum()), len(flags)
    if side == "low":
        count = total - count
    total = {"customers": total, "firm": len(case.customers), "lines": len(case.clean())}[base]
    if method == "plain":
        share = count / total
        half = 1.959964 * (share * (1 - share) / total) ** 0.5
        low, high = share - half, share + half
    else:
        interval = share_interval(count, total, confidence=confidence, method=method)
        share, low, high = interval.estimate, interval.low, interval.high
    match ends:
        case "counts":
            return count, low * total, high * total
        case "distances":
            return share, share - low, high - share
        case "exchanged":
            return share, high, low
    return share, low, high


# Try it, inside the lesson


def rows_left_out(
    case: Case, *, reasons: tuple[str, ...] = ("outside_period",), which: bool = True
) -> int:
    return int((case.rejected["reason"].isin(reasons) == which).sum())


def one_customer(case: Case, *, by: str = MONETARY, end: str = "idxmax") -> list[str]:
    rfm = case.rfm.assign(mean_order=case.rfm[MONETARY] / case.rfm[FREQUENCY])
    rfm["largest_line"] = case.clean().groupby("customer")["amount"].max()
    return [getattr(rfm[by], end)()]


def quietest(
    case: Case, *, money: str = "M", high_m: bool = True, high_r: bool = False, both: bool = True,
    often: bool | None = None, **cuts: object,
) -> pd.Index:  # fmt: skip
    flags = levels(case, **cuts)
    spends, recent = flags[money] == high_m, flags["R"] == high_r
    chosen = spends & recent if both else spends | recent
    return case.rfm.index[chosen if often is None else chosen & (flags["F"] == often)]


QUESTIONS = (
    Question(
        "6.a",
        "n_outside",
        Number(),
        rows_left_out,
        steps={
            "reasons": {"future_counted": ("outside_period", "future_date")},
            "which": {"other_reasons": False},
        },
        mistakes={
            "all_rejected": lambda case: len(case.rejected),
            "none_found": lambda case: 0,
            "kinds": lambda case: case.rejected["reason"].nunique(),
            "kept": lambda case: len(case.clean()),
            "whole_ledger": lambda case: len(case.raw),
            "share_of_rejected": lambda case: rows_left_out(case) / len(case.rejected),
        },
        books="lesson",
    ),
    Question(
        "6.b",
        "biggest",
        Customers(),
        one_customer,
        steps={
            "by": {
                "most_often": FREQUENCY,
                "longest_away": RECENCY,
                "biggest_mean_order": "mean_order",
                "biggest_line": "largest_line",
            },
            "end": {"smallest": "idxmin"},
        },
        mistakes={"most_recent": lambda case: one_customer(case, by=RECENCY, end="idxmin")},
        books="lesson",
    ),
    Question(
        "6.c",
        "quiet",
        Customers(),
        quietest,
        steps={
            "high_r": {"high_r": True},
            "high_m": {"low_m": False},
            "both": {"either": False},
            "money": {"high_f": "F"},
            "often": {"only_keep": True, "only_win_back": False},
        },
        mistakes={
            "all_big": lambda case: case.rfm.index[levels(case)["M"]],
            "all_quiet": lambda case: case.rfm.index[~levels(case)["R"]],
            "seldom_for_quiet": lambda case: case.rfm.index[levels(case)["M"] & ~levels(case)["F"]],
            "strict": lambda case: quietest(case, compare=gt),
            "median_cuts": lambda case: quietest(case, cut="median"),
        },
        books="lesson",
    ),
    Question(
        "6.1",
        "march_revenue",
        Number(),
        revenue,
        steps={
            "returns": {
                "returns_dropped": "dropped",
                "returns_added": "added",
                "returns_off_twice": "off twice",
            },
            **DIRT,
            "total": {
                "mean_for_sum": "mean",
                "count_for_sum": "count",
                "median_for_sum": "median",
                "per_customer": "customer",
                "per_order": "order",
            },
        },
        mistakes={
            "nothing_cleaned": lambda case: uncleaned(
                case, period="outside_march_kept", amounts="text_amounts_lost"
            ),
            "only_the_period": uncleaned,
            "only_the_period_of_numbers": lambda case: uncleaned(case, amounts="text_amounts_lost"),
            "orders_for_sum": lambda case: case.clean()["order"].nunique(),
            "customers_for_sum": lambda case: case.clean()["customer"].nunique(),
            "only_returns": lambda case: case.clean()["amount"].clip(upper=0).sum(),
        },
    ),
    Question(
        "6.2",
        "rfm",
        Table(_RFM),
        table,
        steps={
            **steps.RFM,
            "today": {"last_day_of_ledger": "2021-03-31", "days_into_march": "2021-03-01"},
            "repeats": {"repeats_kept": "repeats_kept"},
            **{rule: DIRT[rule] for rule in ("customer", "test", "cancelled")},
            "period": {
                "outside_march_kept": "only_up_to_today",
                "future_kept": "outside_march_kept",
            },
        },
        # These are rare beside another slip.
        mistakes={
            name: partial(table, **{rule: name})
            for rule, names in {
                "repeats": ("spaced_repeat_kept", "both_repeats_lost", "one_line_an_order"),
                "untidy": _TOGETHER,
                "typed": DIRT["typed"],
                "amounts": DIRT["amounts"],
                "period": [name for name in DIRT["period"] if name not in _TO_TODAY],
            }.items()
            for name in names
        }
        | {"f_and_m_exchanged": lambda case: steps.exchanged(table(case), FREQUENCY, MONETARY)},
    ),
    Question(
        "6.3",
        "levels",
        Table(("R", "F", "M")),
        levels,
        steps={**{step: LEVELS[step] for step in ("compare", "cut")}, **TABLES}
        | {"days": {"days_high_is_high": "many"}},
        mistakes={"by_scores": lambda case: scores(case) >= 4},
    ),
    Question(
        "6.4",
        "tier",
        Classes(),
        classes,
        steps={
            "names": {
                "swapped": "swapped",
                "keep_as_develop": "keep as develop",
                "develop_as_keep": "develop as keep",
                "develop_as_value": "develop as value",
                "keep_as_value": "keep as value",
            },
            "important": {
                "importance_by_f": "F",
                "importance_by_r": "R",
                "two_of_three": 2,
                "one_of_three": 1,
                "all_three": 3,
                "nobody_important": "nobody",
            },
            **LEVELS,
            **TABLES,
        },
    ),
    Question(
        "6.5",
        "summary",
        Table(("customers", "customer_share", "revenue", "revenue_share"), rows="class"),
        summary,
        steps={
            "spent": {
                "mean_spend": "mean",
                "median_spend": "median",
                "largest_spend": "max",
                "orders_for_revenue": "orders",
            },
            "base": {"share_of_largest": "max", "share_of_mean": "mean"},
            "people": {"orders_as_customers": "orders", "lines_as_customers": "lines"},
            "shares": {"running_shares": "running"},
            "unit": {"in_percent": 100},
            "cut": {"median_cuts": "median"},
            "days": {"days_high_is_high": "many"},
            "names": {"swapped": "swapped"},
        },
        mistakes={
            "as_given": lambda case: summary(case, spent="mean", base="max"),
            "shares_exchanged": lambda case: steps.exchanged(
                summary(case), "customer_share", "revenue_share"
            ),
        },
    ),
    Question(
        "6.6",
        "movers",
        Customers(),
        movers,
        steps={
            "who": {"stayers": "stayed"},
            "by": {
                "moved_by_money": "money",
                "moved_by_orders": "orders",
                "moved_by_days": "days",
                "days_left_out": "all but days",
                "orders_left_out": "all but orders",
                "money_left_out": "all but money",
                "two_or_more": "two",
            },
            "among": {
                "only_important": "important",
                "important_afterwards": "important after",
            },
            "cut": {"half_of_range": "half_of_range"},
            "compare": {"strict": gt},
            "second": {"strict_for_median": {"compare": gt}},
            "made": {
                name: steps.TABLES[name] for name in ("table_of_lines", "table_of_mean_orders")
            },
        },
        mistakes={
            "days_turned_once": lambda case: movers(case, second={"days": "many"}),
            "all_important_by_median": lambda case: case.rfm.index[levels(case, cut="median")["M"]],
            "compared_by_place": compared_by_place,
        },
    ),
    Question(
        "6.7",
        "call_list",
        Customers(ordered=True),
        call_list,
        steps={
            "called": {
                "swapped": ("important_develop", "important_win_back"),
                "biggest_of_all": (),
                "keep_and_develop": ("important_keep", "important_develop"),
                "only_keep": ("important_keep",),
                "only_win_back": ("important_win_back",),
                "only_value": ("important_value",),
                "general_quiet": ("general_keep", "general_win_back"),
            },
            "by": {"longest_silent": RECENCY, "most_orders": FREQUENCY},
            "ascending": steps.LARGEST_FIRST,
            "count": {"one_too_few": 4, "not_cut": None},
            "first": {"cut_before_filter": "cut"},
            "important": {"importance_by_f": "F"},
            "days": {"days_high_is_high": "many"},
            "made": {
                name: steps.TABLES[name]
                for name in ("table_of_mean_orders", "table_of_first_purchases")
            },
        },
    ),
    Question(
        "6.8",
        "class_chart",
        Figure("bar", units=PER_CENT),
        class_bars,
        steps={
            "height": {
                "customers_drawn": "customer_share",
                "headcount": "customers",
                "money_drawn": "revenue",
                "per_customer": "per_head",
                "running_shares": "running",
            },
            "order": {"by_height": "height", "by_alphabet": "alphabet"},
            "kind": {"as_line": "line", "lying_bars": "barh"},
            "cut": {"median_cuts": "median"},
            "days": {"days_high_is_high": "many"},
            "lacks": {
                "untitled": ("title",),
                "axes_unnamed": ("xlabel", "ylabel"),
                "no_words": ("title", "xlabel", "ylabel"),
            },
        },
        whole=("as_line",),
    ),
    Question(
        "6.9",
        "sure",
        Numbers(("share", "low", "high"), within=5e-4),
        how_sure,
        steps={
            "who": {"orders_for_money": "F", "days_for_money": "R"},
            "side": {"below_the_mean": "low"},
            "cut": {"median_cuts": "median", "half_of_range": "half_of_range"},
            "base": {"firm_for_march": "firm", "lines_for_customers": "lines"},
            "confidence": {"ninety": 0.90, "ninety_nine": 0.99},
            "method": {"plain_formula": "plain", "exact_formula": "exact"},
            "ends": {
                "counts_for_shares": "counts",
                "distances_for_ends": "distances",
                "ends_exchanged": "exchanged",
            },
        },
    ),
)
