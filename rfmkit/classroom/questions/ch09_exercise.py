"""Answer chapter 9's exercise from a case: rightly, and wrongly in one way, as people do."""

from functools import lru_cache

import pandas as pd

from rfmkit.classroom.case import Case

LAST, COUNT, MONEY = "last_purchase", "frequency", "monetary"
MERGE = {LAST: "max", COUNT: "sum", MONEY: "sum"}


def bought(case: Case) -> pd.DataFrame:
    return case.year[case.year["amount"] > 0]


def summary(rows: pd.DataFrame, *, seen: set | frozenset = frozenset()) -> pd.DataFrame:
    """Add up one batch; orders that were seen before are not counted."""
    buys = rows[rows["amount"] > 0]
    fresh = buys[[order not in seen for order in buys["order"]]]
    return pd.DataFrame(
        {
            LAST: buys.groupby("customer")["date"].max(),
            COUNT: fresh[["customer", "order"]].drop_duplicates().groupby("customer").size(),
            MONEY: rows.groupby("customer")["amount"].sum(),
        }
    )


# 9.2 Twelve tables of months become one of the year


@lru_cache(maxsize=2)
def months(case: Case) -> pd.DataFrame:
    """Stack the tables of the months, in their order."""
    by_month = case.year.groupby(case.year["date"].dt.to_period("M"))
    return pd.concat([summary(rows) for _, rows in by_month])


def merged(case: Case, **how: str) -> pd.DataFrame:
    table = months(case).groupby("customer").agg({**MERGE, **how})
    table["recency_days"] = (case.today - table[LAST]).dt.days
    return table


# 9.3 Orders, counted file by file


def orders(case: Case, *, count: str = "order", times: str = "ratio") -> dict[str, float]:
    lines = bought(case)
    added = int(lines.groupby("product")["order"].nunique().sum())
    right = {
        "order": lines["order"].nunique(),
        "added": added,
        "customer": lines["customer"].nunique(),
        "returns": case.year["order"].nunique(),
    }[count]
    ways = {"ratio": added / right, "upside_down": right / added, "difference": added - right}
    return {"orders": right, "times": ways[times]}


# 9.4 Who has been silent for three times their own pace


def overdue(
    case: Case,
    *,
    once_a_day: bool = True,
    of_customer: bool = True,
    pace: str = "median",
    factor: int = 3,
    limit: int | None = 60,
    ruler: int | None = None,
) -> pd.Index:
    visits = bought(case)[["customer", "date"]].sort_values(["customer", "date"])
    visits = visits.drop_duplicates() if once_a_day else visits
    if of_customer:
        before = visits.groupby("customer")["date"].shift()
    else:
        visits = visits.sort_values("date", kind="stable")
        before = visits["date"].shift()
    gaps = (visits["date"] - before).dt.days.groupby(visits["customer"])
    silent = (case.today - visits.groupby("customer")["date"].max()).dt.days
    limits = factor * gaps.agg(pace) if ruler is None else ruler
    late = (visits["customer"].value_counts().reindex(silent.index) >= 4) & (silent > limits)
    return silent.index[late if limit is None else late & (silent <= limit)]


# 9.5 A nightly update, mended


def updated(
    table: pd.DataFrame,
    seen: set,
    rows: pd.DataFrame,
    *,
    twice: bool = False,
    set_back: bool = False,
    mean_of_means: bool = False,
    late_dropped: bool = False,
    seen_dropped: bool = False,
) -> pd.DataFrame:
    if late_dropped:
        rows = rows[rows["date"] == rows["date"].max()]
    if seen_dropped:
        rows = rows[[order not in seen for order in rows["order"]]]
    new = summary(rows, seen=frozenset() if twice else seen)
    new["mean_order"] = new[MONEY] / new[COUNT]
    stacked = pd.concat([table, new]).groupby("customer")
    after = stacked.agg({**MERGE, LAST: "last" if set_back else "max"})
    after["mean_order"] = after[MONEY] / after[COUNT]
    if mean_of_means:
        after["mean_order"] = stacked["mean_order"].mean()
    after["recency_days"] = (Case.today - after[LAST]).dt.days
    return after


def nightly(lines: pd.DataFrame, late: pd.Series) -> tuple[pd.DataFrame, set, pd.DataFrame]:
    """Split a ledger into what was there yesterday and the rows that come today."""
    there, rows = lines[~late], lines[late]
    table = summary(there)
    table["mean_order"] = table[MONEY] / table[COUNT]
    return table, set(there["order"]), rows


@lru_cache(maxsize=2)
def last_night(case: Case) -> tuple[pd.DataFrame, set, pd.DataFrame]:
    """Split off as new: the last day, orders of 5 to 10 March, late lines of 20 to 30 March."""
    lines, day = case.year, case.year["date"]
    late_orders = day.between("2021-03-05", "2021-03-10")
    late_lines = day.between("2021-03-20", "2021-03-30") & (lines["line"] > 1)
    return nightly(lines, (day == "2021-03-31") | late_orders | late_lines)


TOY = pd.DataFrame(
    [
        ("K1", "2021-03-29", "O1", 100), ("K1", "2021-03-30", "O2", 300),
        ("K2", "2021-03-30", "O3", 80), ("K1", "2021-03-02", "O4", 50),
        ("K2", "2021-03-30", "O3", 20), ("K3", "2021-03-31", "O5", 10),
        ("K2", "2021-03-31", "O6", -20),
    ],
    columns=["customer", "date", "order", "amount"],
).astype({"date": "datetime64[us]"})  # fmt: skip


def toy(_case: Case) -> tuple[pd.DataFrame, set, pd.DataFrame]:
    return nightly(TOY, pd.Series(TOY.index > 2))


# 9.6 Whose tier an approximate cut leaves open


def unsure(case: Case, *, low: float = 0.78, high: float = 0.82, by: str = MONEY) -> pd.Index:
    values = case.year_rfm[by]
    floor, ceiling = values.quantile([low, high], interpolation="lower")
    return values.index[(values >= floor) & (values < ceiling)]


def surely_in(case: Case, *, share: float = 0.82) -> pd.Index:
    money = case.year_rfm[MONEY]
    return money.index[money >= money.quantile(share, interpolation="lower")]
