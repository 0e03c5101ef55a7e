"""Chapter 6, the practicum: each question as steps with their other choices."""

from operator import ge, gt

import pandas as pd

from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import Classes, Customers, Number, Table
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.rfm import class_summary, rfm_class
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

_RFM = (RECENCY, FREQUENCY, MONETARY)
_CALLED = ("important_keep", "important_win_back")
_SWAPPED = {
    "important_develop": "important_keep",
    "important_keep": "important_develop",
    "general_develop": "general_keep",
    "general_keep": "general_develop",
}
# What goes wrong while the ledger is cleaned: each is a slip of `Case.clean`.
DIRT = (
    "repeats_kept",
    "returns_dropped",
    "outside_march_kept",
    "blank_customer_kept",
    "test_order_kept",
    "cancelled_kept",
    "text_dates_lost",
)


# 6.1 What March brought in


def revenue(case: Case, *, rows: str = "", total: str = "sum") -> float:
    return case.clean(rows)["amount"].agg(total)


# 6.2 Table 5-3


def table(case: Case, *, rows: str = "", today: str = "2021-04-01", **choices: str) -> pd.DataFrame:
    lines = case.clean(rows)
    lines = lines[lines["date"] <= case.today]
    rfm = steps.rfm_by_steps(lines, pd.Timestamp(today), **choices)
    # Days counted from the first of the month onwards, rather than back from today.
    return rfm.abs() if today == "2021-03-01" else rfm


# 6.3 High or low


def levels(
    case: Case, *, cut: str = "mean", compare: object = ge, days: str = "few"
) -> pd.DataFrame:
    rfm = case.rfm
    middle = (rfm.max() + rfm.min()) / 2 if cut == "half_of_range" else rfm.agg(cut)
    few = -rfm[RECENCY], -middle[RECENCY]
    many = rfm[RECENCY], middle[RECENCY]
    return pd.DataFrame(
        {
            "R": compare(*(few if days == "few" else many)),
            "F": compare(rfm[FREQUENCY], middle[FREQUENCY]),
            "M": compare(rfm[MONETARY], middle[MONETARY]),
        }
    )


LEVELS = {
    "cut": {"median_cuts": "median", "half_of_range": "half_of_range"},
    "compare": {"strict": gt},
    "days": {"days_high_is_high": "many"},
}


# 6.4 The class of each customer


def classes(case: Case, *, important: str = "M", names: str = "right", **choices: object):
    flags = levels(case, **choices)
    if important != "M":
        flags = flags.assign(M=flags[important], **{important: flags["M"]})
    found = rfm_class(flags)
    return found.astype(object).replace(_SWAPPED) if names == "swapped" else found


# 6.5 Repair the summary


def summary(
    case: Case, *, spent: str = "total", base: str = "total", unit: int = 1
) -> pd.DataFrame:
    table = class_summary(case.rfm, classes(case))
    if spent == "mean":
        table["revenue"] = table["revenue"] / table["customers"]
    for amount, share in (("customers", "customer_share"), ("revenue", "revenue_share")):
        table[share] = (
            unit * table[amount] / getattr(table[amount], "sum" if base == "total" else base)()
        )
    return table


# 6.6 Mean or median


def movers(case: Case, *, who: str = "moved", by: str = "class") -> pd.Index:
    flags = levels(case) != levels(case, cut="median")
    moved = {
        "class": flags.any(axis=1),
        "money": flags["M"],
        "two": flags.sum(axis=1) >= 2,
    }[by]
    return case.rfm.index[moved if who == "moved" else ~moved]


# 6.7 Whom to call first


def call_list(
    case: Case,
    *,
    called: tuple[str, ...] = _CALLED,
    by: str = MONETARY,
    ascending: bool | None = False,
    count: int | None = 5,
) -> list[str]:
    chosen = case.rfm[classes(case).isin(called).to_numpy()] if called else case.rfm
    return steps.in_order(chosen, by, ascending=ascending, count=count)


# Try it, inside the lesson


def rows_left_out(case: Case, *, reasons: tuple[str, ...] = ("outside_period",)) -> int:
    return int(case.rejected["reason"].isin(reasons).sum())


def one_customer(case: Case, *, by: str = MONETARY, end: str = "idxmax") -> list[str]:
    return [getattr(case.rfm[by], end)()]


def quietest(case: Case, *, high_m: bool = True, high_r: bool = False, both: bool = True):
    flags = levels(case)
    money, days = flags["M"] == high_m, flags["R"] == high_r
    return case.rfm.index[money & days if both else money | days]


QUESTIONS = (
    Question(
        "6.a",
        "n_outside",
        Number(),
        rows_left_out,
        steps={"reasons": {"future_counted": ("outside_period", "future_date")}},
        mistakes={
            "all_rejected": lambda case: len(case.rejected),
            "none_found": lambda case: 0,
            "kinds": lambda case: case.rejected["reason"].nunique(),
            "kept": lambda case: len(case.clean()),
        },
        books="lesson",
    ),
    Question(
        "6.b",
        "biggest",
        Customers(),
        one_customer,
        steps={
            "by": {"most_often": FREQUENCY, "longest_away": RECENCY},
            "end": {"smallest": "idxmin"},
        },
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
        },
        books="lesson",
    ),
    Question(
        "6.1",
        "march_revenue",
        Number(),
        revenue,
        steps={
            "rows": {slip: slip for slip in DIRT},
            "total": {"mean_for_sum": "mean", "count_for_sum": "count"},
        },
    ),
    Question(
        "6.2",
        "rfm",
        Table(_RFM),
        table,
        steps={
            "rows": {slip: slip for slip in DIRT},
            "today": {"last_day_of_ledger": "2021-03-31", "days_into_march": "2021-03-01"},
            **steps.RFM,
        },
    ),
    Question("6.3", "levels", Table(("R", "F", "M")), levels, steps=LEVELS),
    Question(
        "6.4",
        "tier",
        Classes(),
        classes,
        steps={
            "names": {"swapped": "swapped"},
            "important": {"importance_by_f": "F", "importance_by_r": "R"},
            **LEVELS,
        },
    ),
    Question(
        "6.5",
        "summary",
        Table(("customers", "customer_share", "revenue", "revenue_share"), rows="class"),
        summary,
        steps={
            "spent": {"mean_spend": "mean"},
            "base": {"share_of_largest": "max"},
            "unit": {"in_percent": 100},
        },
        mistakes={"as_given": lambda case: summary(case, spent="mean", base="max")},
    ),
    Question(
        "6.6",
        "movers",
        Customers(),
        movers,
        steps={
            "who": {"stayers": "stayed"},
            "by": {"moved_by_money": "money", "two_or_more": "two"},
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
            },
            "by": {"longest_silent": RECENCY},
            "ascending": {"smallest_first": True},
            "count": steps.first(5, all_of_them=False),
        },
    ),
)
