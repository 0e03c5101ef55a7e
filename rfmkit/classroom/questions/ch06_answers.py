"""Answer chapter 6's questions from a case: rightly, and wrongly in one way, as people do."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.rfm import class_summary, high_low, rfm_class, rfm_cuts, rfm_table
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

_SWAPPED = {
    "important_develop": "important_keep",
    "important_keep": "important_develop",
    "general_develop": "general_keep",
    "general_keep": "general_develop",
}


# 6.1 What March brought in


def revenue(case: Case, slip: str = "") -> float:
    return case.clean(slip)["amount"].sum()


# 6.2 Table 5-3


def table(case: Case, slip: str) -> pd.DataFrame:
    """Compute the table from a ledger cleaned with a slip."""
    return rfm_table(case.clean(slip), today=case.today, order="order")


def lines_as_orders(case: Case) -> pd.DataFrame:
    return rfm_table(case.clean(), today=case.today)


def first_purchase(case: Case) -> pd.DataFrame:
    purchases = case.clean().query("amount > 0")
    first = purchases.groupby("customer")["date"].min()
    return case.rfm.assign(recency_days=(case.today - first).dt.days)


def days_into_march(case: Case) -> pd.DataFrame:
    return case.rfm.assign(
        recency_days=(
            case.today - case.rfm[RECENCY] * pd.Timedelta("1D") - pd.Timestamp("2021-03-01")
        ).dt.days
    )


def last_day_of_ledger(case: Case) -> pd.DataFrame:
    return case.rfm.assign(recency_days=case.rfm[RECENCY] - 1)


def mean_for_sum(case: Case) -> pd.DataFrame:
    return case.rfm.assign(monetary=case.rfm[MONETARY] / case.rfm[FREQUENCY])


def mean_of_lines(case: Case) -> pd.DataFrame:
    return case.rfm.assign(monetary=case.clean().groupby("customer")["amount"].mean())


def returns_as_visits(case: Case) -> pd.DataFrame:
    clean = case.clean()
    by_customer = clean.groupby("customer")
    last = by_customer["date"].max().dt.normalize()
    return pd.DataFrame(
        {
            RECENCY: (case.today - last).dt.days,
            FREQUENCY: by_customer["order"].nunique(),
            MONETARY: by_customer["amount"].sum(),
        }
    )


def outside_march(case: Case) -> pd.DataFrame:
    clean = case.clean("outside_march_kept")
    return rfm_table(clean[clean["date"] <= case.today], today=case.today, order="order")


# 6.3 High or low


def levels_of(case: Case, method: str = "mean") -> pd.DataFrame:
    return high_low(case.rfm, cuts=rfm_cuts(case.rfm, method=method))


def days_high_is_high(case: Case) -> pd.DataFrame:
    days, mean = case.rfm[RECENCY], case.rfm[RECENCY].mean()
    return levels_of(case).assign(R=days >= mean)


def strict(case: Case) -> pd.DataFrame:
    rfm, mean = case.rfm, case.rfm.mean()
    return pd.DataFrame(
        {
            "R": rfm[RECENCY] < mean[RECENCY],
            "F": rfm[FREQUENCY] > mean[FREQUENCY],
            "M": rfm[MONETARY] > mean[MONETARY],
        }
    )


def half_of_range(case: Case) -> pd.DataFrame:
    return high_low(case.rfm, cuts=(case.rfm.max() + case.rfm.min()) / 2)


# 6.4 The class of each customer


def classes_of(case: Case, levels: Callable[[Case], pd.DataFrame] = levels_of) -> pd.Series:
    return rfm_class(levels(case))


def swapped(case: Case) -> pd.Series:
    return classes_of(case).astype(object).replace(_SWAPPED)


def importance_by(column: str, case: Case) -> pd.Series:
    levels = levels_of(case)
    return rfm_class(levels.assign(M=levels[column], **{column: levels["M"]}))


# 6.5 Repair the summary


def summary_of(case: Case) -> pd.DataFrame:
    return class_summary(case.rfm, classes_of(case))


def mean_spend(case: Case) -> pd.DataFrame:
    summary = summary_of(case)
    mean = summary["revenue"] / summary["customers"]
    return summary.assign(revenue=mean, revenue_share=mean / mean.sum())


def share_of_largest(case: Case) -> pd.DataFrame:
    summary = summary_of(case)
    return summary.assign(
        customer_share=summary["customers"] / summary["customers"].max(),
        revenue_share=summary["revenue"] / summary["revenue"].max(),
    )


def both_slips(case: Case) -> pd.DataFrame:
    summary = mean_spend(case)
    return summary.assign(
        customer_share=summary["customers"] / summary["customers"].max(),
        revenue_share=summary["revenue"] / summary["revenue"].max(),
    )


def in_percent(case: Case) -> pd.DataFrame:
    summary = summary_of(case)
    return summary.assign(
        customer_share=100 * summary["customer_share"],
        revenue_share=100 * summary["revenue_share"],
    )


# 6.6 Mean or median


def movers(case: Case) -> pd.Index:
    return case.rfm.index[classes_of(case) != classes_of(case, partial(levels_of, method="median"))]


def stayers(case: Case) -> pd.Index:
    return case.rfm.index.difference(movers(case))


def moved_by_money(case: Case) -> pd.Index:
    return case.rfm.index[levels_of(case)["M"] != levels_of(case, "median")["M"]]


def all_three_moved(case: Case) -> pd.Index:
    return case.rfm.index[(levels_of(case) != levels_of(case, "median")).sum(axis=1) >= 2]


# 6.7 Whom to call first


def call_list(case: Case, *codes: str) -> list[str]:
    codes = codes or ("important_keep", "important_win_back")
    classes = classes_of(case)
    chosen = case.rfm[classes.isin(codes).to_numpy()]
    return chosen.sort_values(MONETARY, ascending=False, kind="stable").head(5).index.tolist()


def longest_silent(case: Case) -> list[str]:
    chosen = case.rfm[classes_of(case).isin(["important_keep", "important_win_back"]).to_numpy()]
    order = chosen.sort_values([RECENCY, MONETARY], ascending=False)
    return order.head(5).index.tolist()


def smallest_first(case: Case) -> list[str]:
    chosen = case.rfm[classes_of(case).isin(["important_keep", "important_win_back"]).to_numpy()]
    return chosen.sort_values(MONETARY, kind="stable").head(5).index.tolist()


def biggest_of_all(case: Case) -> list[str]:
    return case.rfm.sort_values(MONETARY, ascending=False, kind="stable").head(5).index.tolist()


# Try it, inside the lesson


def outside_rows(case: Case) -> int:
    return int((case.rejected["reason"] == "outside_period").sum())


def future_counted(case: Case) -> int:
    return int(case.rejected["reason"].isin(["outside_period", "future_date"]).sum())


def most_often(case: Case) -> str:
    return case.rfm[FREQUENCY].idxmax()


def quietest(case: Case) -> pd.Index:
    levels = levels_of(case)
    return case.rfm.index[levels["M"] & ~levels["R"]]
