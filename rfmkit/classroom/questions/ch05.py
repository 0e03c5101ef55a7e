"""Chapter 5, a year of RFM: each question as steps with their other choices."""

from collections.abc import Callable
from functools import partial
from operator import eq, ge, gt, le, lt
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import (
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    Table,
    drawn,
)
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, open_question
from rfmkit.rfm import rfm_class
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

NEW_YEAR = pd.Timestamp("2021-01-01")
RULES = ("median", "mean_order", "lines")
MOSTLY_ONCE = pd.DataFrame(
    {
        RECENCY: [9, 9, 9, 9, 40, 40, 7, 90, 90, 200],
        FREQUENCY: [1, 1, 1, 1, 1, 1, 2, 2, 3, 8],
        MONETARY: [500.0, 500, 500, 900, 120, 120, 120, 4000, 250, 9000],
    },
    index=pd.Index([f"C{number}" for number in range(901, 911)], name="customer"),
)
_MEASURES = {"R": RECENCY, "F": FREQUENCY, "M": MONETARY}


def year_table(case: Case, **made: str) -> pd.DataFrame:
    return steps.rfm_by_steps(case.year, case.today, **made) if made else case.year_rfm


# 5.a Who has been away for more than 120 days


def silent(case: Case, *, compare: Callable = gt, days: int = 120, column: str = RECENCY) -> int:
    return int(compare(case.year_rfm[column], days).sum())


def purchase_lines(case: Case) -> int:
    days = (case.today - case.year["date"]).dt.days
    return int(((days > 120) & (case.year["amount"] > 0)).sum())


# 5.1 is a choice. 5.2 The table as it stood on New Year's Day


def january(
    case: Case,
    *,
    today: pd.Timestamp = NEW_YEAR,
    period: Callable[[pd.Series], pd.Series] = lambda days: days < NEW_YEAR,
    people: str = "buyers",
    **made: str,
) -> pd.DataFrame:
    table = steps.rfm_by_steps(case.year[period(case.year["date"])], today, **made)
    if people == "buyers":
        return table
    everybody = table.reindex(case.customers.index)
    return everybody.fillna(0) if people == "zeros" else everybody


# 5.4 Repair a colleague's scores, and every question that scores


def five_points(
    *,
    turned: tuple[str, ...] = ("R",),
    ties: str = "min",
    size: str | int = "all",
    worse: int = 1,
    whole: Callable = np.floor,
) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return a function that scores a table."""

    def points(rfm: pd.DataFrame) -> pd.DataFrame:
        table = rfm[[*_MEASURES.values()]].set_axis(list(_MEASURES), axis=1)
        signs = [-1 if name in turned else 1 for name in table]
        ranks = (table * signs).rank(method=ties) - worse
        of = {"all": len(rfm), "values": table.nunique(), "others": len(rfm) - 1}.get(size, size)
        return whole(5 * ranks / of) + 1

    return points


def five_bands(rfm: pd.DataFrame) -> pd.DataFrame:
    """Score by five bands of equal width, from the smallest to the largest."""
    return pd.DataFrame(
        {
            name: pd.cut(rfm[one] * (-1 if name == "R" else 1), 5, labels=False) + 1
            for name, one in _MEASURES.items()
        }
    )


def neat_and_renamed(rfm: pd.DataFrame) -> pd.DataFrame:
    """Score with ties split, and turn R's scores round afterwards."""
    points = five_points(turned=(), ties="first")(rfm)
    return points.assign(R=6 - points["R"])


def by_edges(rfm: pd.DataFrame, *, renamed: bool = False) -> pd.DataFrame:
    """Score by where the fifths end, so that equals fall into the lower one.

    R is turned before, or its scores are `renamed` afterwards.
    """
    table = rfm.assign(recency_days=rfm[RECENCY] * (1 if renamed else -1))
    points = pd.DataFrame(
        {
            name: pd.qcut(table[one], 5, labels=False, duplicates="drop") + 1
            for name, one in _MEASURES.items()
        }
    )
    return points.assign(R=6 - points["R"]) if renamed else points


# 5.b The customers with three fives


def champions(
    case: Case,
    *,
    compare: Callable = eq,
    least: int = 5,
    among: tuple[str, ...] = ("R", "F", "M"),
    how: str = "all",
    **scored: object,
) -> pd.Index:
    best = compare(five_points(**scored)(case.year_rfm)[list(among)], least)
    return best.index[getattr(best, how)(axis=1)]


def by_total(case: Case) -> pd.Index:
    total = five_points()(case.year_rfm).sum(axis=1)
    return total.index[total >= 14]


# 5.c and 5.3 The eight classes, by the manager's own cuts and by scores


def named(flags: pd.DataFrame, important: str = "M", names: str = "right") -> pd.Series:
    """Name the class of each customer."""
    if important != "M":
        flags = flags.assign(M=flags[important], **{important: flags["M"]})
    return rfm_class(flags.rename(columns={"R": "F", "F": "R"}) if names == "swapped" else flags)


NAMES = {
    "names": {"swapped": "swapped"},
    "important": {"importance_by_f": "F", "importance_by_r": "R"},
}


def high(
    table: pd.DataFrame, cuts: pd.Series, compare: Callable = ge, days: str = "few"
) -> pd.DataFrame:
    """Compare each measure with its cut."""
    signs = pd.Series({RECENCY: 1 if days == "many" else -1, FREQUENCY: 1, MONETARY: 1})
    noise = 1e-9 if compare is gt else -1e-9
    flags = compare(table * signs, cuts * signs + noise).set_axis(list("RFM"), axis=1)
    return flags.assign(R=~flags["R"]) if days == "above" else flags


def house(
    case: Case,
    *,
    cuts: str = "house",
    r: int = 60,
    f: int = 12,
    m: int = 30_000,
    spent: str = "sum",
    compare: Callable = ge,
    days: str = "few",
    **named_by: str,
) -> pd.Series:
    rfm = case.year_rfm
    own = pd.Series({RECENCY: r, FREQUENCY: f, MONETARY: m})
    cuts = own if cuts == "house" else rfm.agg(cuts)
    if spent == "per_order":
        rfm = rfm.assign(monetary=rfm[MONETARY] / rfm[FREQUENCY])
    return named(high(rfm, cuts, compare, days), **named_by)


def by_scores(
    case: Case,
    *,
    least: int = 4,
    made: dict | None = None,
    important: str = "M",
    names: str = "right",
    r_read_as: str = "score",
    **scored: object,
) -> pd.Series:
    scores = five_points(**scored)(year_table(case, **(made or {})))
    flags = scores >= least
    if r_read_as == "days":
        flags = flags.assign(R=scores["R"] <= least)
    return named(flags, important, names)


# 5.5 What another rule costs


def cost(
    case: Case,
    *,
    count: str = "movers",
    cuts: str = "new",
    middle: str = "all",
    mean_order: str = "per_order",
    lines: str = "lines",
    method: str = "mean",
    compare: Callable = ge,
    days: str = "few",
    usual: str = "mean",
) -> dict[str, float]:
    rfm = case.year_rfm
    before = high(rfm, rfm.agg(usual))
    bought = case.year[case.year["amount"] > 0].groupby("customer")
    size = {
        "per_order": lambda: rfm[MONETARY] / rfm[FREQUENCY],
        "line": bought["amount"].mean,
        "row": case.year.groupby("customer")["amount"].mean,
    }[mean_order]()
    tables = {
        "median": rfm,
        "mean_order": rfm.assign(monetary=size),
        "lines": rfm.assign(
            frequency=bought.size() if lines == "lines" else bought["quantity"].sum()
        ),
    }
    found = {}
    for rule, table in tables.items():
        edges = (rfm if cuts == "old" else table).agg("median" if rule == "median" else method)
        if rule == "median" and middle != "all":
            edges = rfm.mean().where(rfm.columns != middle, edges)
        found[rule] = _moved(before, high(table, edges, compare, days), count)
    return found


def _moved(before: pd.DataFrame, after: pd.DataFrame, count: str) -> float:
    flags = before != after
    match count:
        case "stayers":
            return int((~flags.any(axis=1)).sum())
        case "share":
            return float(flags.any(axis=1).mean())
        case "flags":
            return int(flags.to_numpy().sum())
        case "only_m":
            return int(flags["M"].sum())
        case "net" | "net_moves":
            sizes = [rfm_class(one).value_counts(sort=False) for one in (before, after)]
            changes = int((sizes[0] - sizes[1]).abs().sum())
            return changes if count == "net" else changes / 2
    return int(flags.any(axis=1).sum())


# 5.6 The orders of schools, month by month


def months(
    case: Case,
    *,
    counted: str = "order",
    who: str = "schools",
    rows: str = "purchases",
    form: str = "%Y-%m",
    order: str = "month",
    kind: str = "bar",
    lacks: tuple[str, ...] = (),
) -> dict:
    lines = case.year if rows == "all" else case.year[case.year["amount"] > 0]
    if who != "everybody":
        school = lines["customer"].map(case.customers["industry"]) == "school"
        lines = lines[school if who == "schools" else ~school]
    days = lines["date"].dt
    month = days.month if form == "month" else days.strftime(form)
    if form == "quarter":
        month = days.to_period("Q").astype(str)
    if counted == "line":
        heights = month.value_counts()
    elif counted in ("amount", "quantity"):
        heights = lines[counted].groupby(month).sum()
    else:
        heights = lines[counted].groupby(month).nunique()
    if order == "height":
        heights = heights.sort_index().sort_values(ascending=False, kind="stable")
    elif order == "month":
        heights = heights.sort_index()
    labels = heights.index if kind == "bar" else ()
    return drawn(kind, heights.tolist(), labels=labels, **dict.fromkeys(lacks, False))


# 5.7 Whom to write to on New Year's Day


def letters(
    case: Case,
    *,
    table: str = "january",
    over: int | str = 60,
    compare: Callable = gt,
    months: tuple[str, ...] = ("2020-08-01", "2020-09-30"),
    bought: str = "purchases",
    waiting: str = "both",
    listed: str = "others",
) -> pd.Index:
    days = _days_away(case, table)
    quiet = days.index[compare(days, days.mean() if over == "mean" else over)]
    schools = case.customers.index[case.customers["industry"] == "school"]
    lines = case.year if bought == "all" else case.year[case.year["amount"] > 0]
    if bought == "last":
        known = lines[lines["date"] < NEW_YEAR]
        lines = known.groupby("customer", as_index=False)["date"].max()
    autumn = pd.Index(lines.loc[lines["date"].between(*months[:2]), "customer"].unique())
    if months[2:]:
        also = lines.loc[lines["date"].between(*months[2:]), "customer"].unique()
        autumn = autumn.intersection(also)
    spared = {
        "both": schools.intersection(autumn),
        "nobody": schools[:0],
        "schools": schools,
        "autumn": autumn,
        "either": schools.union(autumn),
    }[waiting]
    match listed:
        case "waiting":
            return quiet.intersection(spared)
        case "all waiting":
            return spared
        case "schools":
            return quiet.intersection(schools).difference(spared)
        case "all others":
            return days.index.difference(spared)
    return quiet.difference(spared)


# 5.8 What the classes of the first half-year were worth in the second


def half_years_compared(
    case: Case,
    *,
    split: str = "2020-10-01",
    classes: str = "first half",
    called: tuple[str, ...] = ("important_value",),
    cuts: str = "mean",
    days: str = "few",
    back: str = "customers",
    among: str = "first half",
    spent: str = "money",
    second: str = "half",
) -> tuple[int, float, float]:
    year, day = case.year, pd.Timestamp(split)
    first, later = year[year["date"] < day], year[year["date"] >= day]
    if second == "winter":
        later = later[later["date"] < "2021-01-01"]
    known = case.year_rfm if classes == "whole year" else steps.rfm_by_steps(first, day)
    tier = named(high(known, known.agg(cuts), days=days))
    chosen = tier.index[tier.isin(called)]
    buyers = pd.Index(later.loc[later["amount"] > 0, "customer"].unique())
    again = chosen.intersection(buyers)
    if back == "orders":
        orders = later[later["amount"] > 0].drop_duplicates("order")["customer"]
        share = orders.isin(chosen).sum() / orders.isin(known.index).sum()
    else:
        of = {"customers": max(len(chosen), 1), "returned": len(known.index.intersection(buyers))}
        share = len(again) / (of | {"count": 1})[back]
    if spent == "earlier":
        later = first
    amounts = later["amount"].where(later["amount"] > 0, 0) if spent == "gross" else later["amount"]
    money = amounts.groupby(later["customer"]).sum()
    if among == "first half":
        money = money.reindex(known.index, fill_value=0)
    held = money.reindex(chosen, fill_value=0)
    of = {"total": money.sum(), "count": 1, "mean": len(chosen) * money.mean()}
    return (
        len(chosen),
        share,
        held.sum() / of[{"amount": "count", "lift": "mean"}.get(spent, "total")],
    )


_days: WeakKeyDictionary[Case, dict[str, pd.Series]] = WeakKeyDictionary()


def _days_away(case: Case, table: str) -> pd.Series:
    known = _days.setdefault(case, {})
    if table not in known:
        last = "min" if table == "first" else "max"
        rfm = case.year_rfm if table == "april" else january(case, last=last)
        known[table] = rfm[RECENCY]
    return known[table]


QUESTIONS = (
    Question(
        "5.a",
        "n_silent",
        Number(),
        silent,
        steps={
            "compare": {"recent": le},
            "days": {"days_90": 90, "days_60": 60},
            "column": {"orders_for_days": FREQUENCY},
        },
        mistakes={
            "share": lambda case: float((case.year_rfm[RECENCY] > 120).mean()),
            "days_added": lambda case: int(
                case.year_rfm[RECENCY][case.year_rfm[RECENCY] > 120].sum()
            ),
            "lines": lambda case: int(((case.today - case.year["date"]).dt.days > 120).sum()),
            "purchase_lines": purchase_lines,
            "all_counted": lambda case: len(case.year_rfm),
            "first_purchase": lambda case: int((year_table(case, last="min")[RECENCY] > 120).sum()),
            "old_orders": lambda case: case.year.loc[
                (case.today - case.year["date"]).dt.days > 120, "order"
            ].nunique(),
        },
        books="lesson",
    ),
    Question(
        "5.b",
        "champions",
        Customers(),
        champions,
        steps={
            "compare": {"four_and_more": lambda scores, least: scores >= least - 1},
            "least": {"worst": 1, "fours": 4},
            "how": {"any_five": "any"},
            "among": {
                "without_r": ("F", "M"),
                "without_f": ("R", "M"),
                "without_m": ("R", "F"),
                **{f"only_{name.lower()}": (name,) for name in "RFM"},
            },
        },
        mistakes={
            "by_total": by_total,
            "others": lambda case: case.year_rfm.index.difference(champions(case)),
        },
        books="lesson",
    ),
    Question(
        "5.c",
        "house",
        Classes(),
        house,
        steps={
            "cuts": {"by_mean": "mean", "by_median": "median"},
            "days": {"days_high_is_high": "many", "above_cut_is_high": "above"},
            "compare": {"strict": gt},
            **NAMES,
            "r": {"two_days": 2, "one_month": 30},
            "f": {"once_a_year": 1},
            "m": {"three_thousand": 3_000, "thirty_thousand_a_month": 360_000},
            "spent": {"mean_order": "per_order"},
        },
        books="lesson",
    ),
    choice(
        "5.1",
        "answer_5_1",
        "abcde",
        right="c",
        mistakes={
            "lines_as_orders": "a",
            "return_as_visit": "b",
            "return_left_out": "d",
            "mean_order": "e",
        },
    ),
    Question(
        "5.2",
        "january",
        Table((RECENCY, FREQUENCY, MONETARY)),
        january,
        steps={
            "today": {"today_kept": Case.today, "last_day_of_year": pd.Timestamp("2020-12-31")},
            "period": {
                "new_year_in": lambda days: days <= NEW_YEAR,
                "later_rows_kept": pd.Series.notna,
                "later_rows_only": lambda days: days >= NEW_YEAR,
                "last_day_left_out": lambda days: days < "2020-12-31",
                "only_autumn": lambda days: days.between("2020-10-01", "2020-12-31"),
            },
            **steps.RFM,
            "returns": {**steps.RFM["returns"], "returns_joined": "joined"},
            "people": {"later_customers_in": "zeros", "later_customers_blank": "blanks"},
        },
        whole=("whole_year",),
        mistakes={
            "whole_year": lambda case: case.year_rfm,
            "f_and_m_exchanged": lambda case: steps.exchanged(january(case), FREQUENCY, MONETARY),
        },
    ),
    Question(
        "5.3",
        "by_scores",
        Classes(),
        by_scores,
        steps={
            "least": {"only_fives": 5, "threes_too": 3},
            "turned": {"many_days_high": ()},
            "r_read_as": {"score_as_days": "days"},
            **NAMES,
            "ties": {"ties_split": "first", "ties_to_the_best": "max"},
            "made": {
                name: made for name, made in steps.TABLES.items() if name != "table_without_returns"
            },
        },
        mistakes={
            "by_mean": lambda case: named(high(case.year_rfm, case.year_rfm.mean())),
            "by_median": lambda case: named(high(case.year_rfm, case.year_rfm.median())),
            "equal_bands": lambda case: named(five_bands(case.year_rfm) >= 4),
            "january_table": lambda case: named(five_points()(january(case)) >= 4),
        },
    ),
    Question(
        "5.4",
        "five_points",
        Function(
            # No answer may hang on the length of a table or its order, and in the third, most
            # customers bought once.
            (
                lambda case: (case.year_rfm,),
                lambda case: (case.year_rfm.iloc[::-2],),
                lambda case: (MOSTLY_ONCE,),
            ),
            inner=Table(("R", "F", "M")),
        ),
        lambda case, **choices: five_points(**choices),
        steps={
            "turned": {
                "r_not_turned": (),
                "all_turned": ("R", "F", "M"),
                "others_turned": ("F", "M"),
                "f_turned": ("R", "F"),
                "m_turned": ("R", "M"),
            },
            "ties": {
                "ties_split": "first",
                "ties_to_the_best": "max",
                "ties_in_between": "average",
                "values_ranked": "dense",
            },
            "size": {"always_320": 320, "number_of_values": "values", "without_oneself": "others"},
            "worse": {"self_counted": 0},
            "whole": {"not_whole": lambda points: points, "rounded_to_whole": np.round},
        },
        mistakes={
            "as_given": lambda case: five_points(turned=(), ties="first"),
            "ties_split_and_renamed": lambda case: neat_and_renamed,
            "equal_bands": lambda case: five_bands,
            "by_edges": lambda case: by_edges,
            "by_edges_renamed": lambda case: partial(by_edges, renamed=True),
        },
        whole=("as_given", "all_turned", "others_turned"),
    ),
    Question(
        "5.5",
        "cost",
        Numbers(RULES),
        cost,
        steps={
            "count": {
                name: name for name in ("stayers", "share", "flags", "only_m", "net", "net_moves")
            },
            "cuts": {"old_cuts": "old"},
            "middle": {
                "median_of_m_only": MONETARY,
                "median_of_f_only": FREQUENCY,
                "median_of_r_only": RECENCY,
            },
            "mean_order": {"mean_of_lines": "line", "mean_of_rows": "row"},
            "lines": {"pieces_as_lines": "pieces"},
            "method": {"medians_throughout": "median"},
            "compare": {"strict": gt},
            "days": {"days_high_is_high": "many"},
            "usual": {"against_the_median": "median"},
        },
    ),
    Question(
        "5.6",
        "chart",
        Figure("bar"),
        months,
        steps={
            "counted": {
                "lines_counted": "line",
                "customers_counted": "customer",
                "money_drawn": "amount",
                "pieces_counted": "quantity",
            },
            "who": {"everybody": "everybody", "no_schools": "others"},
            "rows": {"returns_counted": "all"},
            "order": {"by_height": "height"},
            "form": {
                "years_added": "month",
                "two_digits": "%m",
                "month_names": "%B",
                "quarters": "quarter",
                "days_drawn": "%Y-%m-%d",
            },
            "kind": {"as_line": "line"},
            # pandas names the x axis by itself.
            "lacks": {"untitled": ("title",), "no_words": ("title", "ylabel")},
        },
        whole=("as_line",),
    ),
    Question(
        "5.7",
        "letters",
        Customers(),
        letters,
        steps={
            "waiting": {
                "everybody": "nobody",
                "no_schools": "schools",
                "any_autumn_buyer": "autumn",
                "school_or_buyer": "either",
            },
            "listed": {
                "those_who_wait": "waiting",
                "all_who_wait": "all waiting",
                "only_schools": "schools",
                "not_only_quiet": "all others",
            },
            "table": {
                "april_table": "april",
                "first_purchase": "first",
            },
            "compare": {"not_strict": ge, "recent": le, "below": lt},
            "over": {"days_30": 30, "days_90": 90, "days_120": 120, "above_mean": "mean"},
            "months": {
                "only_august": ("2020-08-01", "2020-08-31"),
                "only_september": ("2020-09-01", "2020-09-30"),
                "august_and_september": ("2020-08-01", "2020-08-31", "2020-09-01", "2020-09-30"),
                "summer": ("2020-07-01", "2020-08-31"),
                "since_august": ("2020-08-01", "2020-12-31"),
                "day_after_counted": ("2020-08-01", "2020-10-01"),
                "last_day_left_out": ("2020-08-01", "2020-09-29"),
                "first_day_left_out": ("2020-08-02", "2020-09-30"),
            },
            "bought": {"returns_as_purchases": "all", "last_purchase_alone": "last"},
        },
        mistakes={
            "quiet_schools": lambda case: letters(case, waiting="nobody").intersection(
                case.customers.index[case.customers["industry"] == "school"]
            ),
        },
    ),
    Question(
        "5.8",
        "tested",
        Numbers(("customers", "back", "money"), within=1e-5),
        half_years_compared,
        steps={
            "classes": {"classes_of_the_year": "whole year"},
            "called": {
                "all_important": (
                    "important_value",
                    "important_develop",
                    "important_keep",
                    "important_win_back",
                ),
                "general_value_taken": ("general_value",),
                "win_back_taken": ("general_win_back",),
            },
            "cuts": {"by_median": "median"},
            "days": {"days_high_is_high": "many"},
            "split": {"cut_at_new_year": "2021-01-01", "cut_in_september": "2020-09-01"},
            "back": {
                "share_of_returned": "returned",
                "orders_as_customers": "orders",
                "counted": "count",
            },
            "among": {"newcomers_in": "everybody"},
            "spent": {
                "returns_dropped": "gross",
                "earlier_money": "earlier",
                "money_not_share": "amount",
                "lift_for_share": "lift",
            },
            "second": {"three_months": "winter"},
        },
    ),
    open_question("5.9", "answer_5_9", least=80),
)
