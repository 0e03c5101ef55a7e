"""Chapter 9, when the ledger is big: each question as steps with their other choices."""

from operator import and_, ge, gt, le, lt, or_

import numpy as np
import pandas as pd

from rfmkit.classroom import steps
from rfmkit.classroom.answer_types import Customers, Function, Number, Numbers, Table
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY

SHOPS = 20
LAST = "last_purchase"
MERGE = {LAST: "max", FREQUENCY: "sum", MONETARY: "sum"}


def bought(case: Case) -> pd.DataFrame:
    return case.year[case.year["amount"] > 0]


# Try it, inside the lesson, whose chain has the customers of the case in each of its shops


def shrinks(
    case: Case, *, rows: int = 50_000_000, customers: int = 400_000, way: str = "ratio"
) -> float:
    return {
        "ratio": rows / customers,
        "upside down": customers / rows,
        "difference": rows - customers,
        "gone": 1 - customers / rows,
    }[way]


def customers_of(case: Case) -> int:
    return SHOPS * case.year["customer"].nunique()


def days_with_a_visit(case: Case) -> pd.Series:
    return bought(case).groupby("customer")["date"].nunique()


def reported(case: Case) -> int:
    """Add up, over the months, the customers with any row in the month."""
    months = case.year["date"].dt.to_period("M")
    return SHOPS * int(case.year.groupby(months)["customer"].nunique().sum())


def times_too_many(case: Case, *, of: str = "customers", way: str = "ratio") -> float:
    number = reported(case)
    right = {
        "customers": customers_of(case),
        "one shop": customers_of(case) / SHOPS,
        "rows": SHOPS * len(case.year),
        "months": 12,
    }[of]
    return {
        "ratio": number / right,
        "upside down": right / number,
        "difference": number - right,
        "excess": number / right - 1,
    }[way]


@steps.once_per_case
def sampled(case: Case) -> int:
    """Count the customers of the chain with a row among the sampled tenth."""
    who = pd.factorize(bought(case)["customer"])[0]
    rows = pd.Series(np.arange(SHOPS * len(who))).sample(frac=0.1, random_state=1).to_numpy()
    return len(np.unique(rows // len(who) * SHOPS * len(who) + who[rows % len(who)]))


def vanished(case: Case, *, whole: str = "customers", divided: bool = False) -> float:
    number = customers_of(case) / (SHOPS if whole == "one shop" else 1) - sampled(case)
    return number / customers_of(case) if divided else number


# 9.2 Twelve tables of months become one of the year


@steps.once_per_case
def pieces(case: Case) -> pd.DataFrame:
    """Stack the tables of the months as the exercise does: by the number of the month."""
    month = case.year["date"].dt.month.rename("month")
    buys = case.year["amount"] > 0
    orders = pd.DataFrame({"month": month, **case.year[["customer", "order"]]})[buys]
    table = pd.DataFrame(
        {
            LAST: case.year[buys].groupby([month[buys], "customer"])["date"].max(),
            FREQUENCY: orders.drop_duplicates().groupby(["month", "customer"]).size(),
            MONETARY: case.year.groupby([month, "customer"])["amount"].sum(),
        }
    )
    return table.reset_index("month")


def year_table(
    case: Case, *, how: dict[str, str] | None = None, rows: str = "all", in_time: bool = False
) -> pd.DataFrame:
    table = pieces(case)
    match rows:
        case "last piece":
            table = table[table["month"] == 12]
        case "first piece":
            table = table[table["month"] == 1]
        case "march":
            table = table[table["month"] == 3]
        case "without the last":
            table = table[table["month"] != 12]
        case "without the first":
            table = table[table["month"] != 1]
        case "without blanks":
            table = table.dropna()
    if in_time:
        table = table.iloc[np.argsort((table["month"] + 8) % 12, kind="stable")]
    merged = table.groupby("customer").agg({**MERGE, **(how or {})})
    merged[RECENCY] = (case.today - merged[LAST]) / pd.Timedelta(days=1)
    return merged


def days_added(case: Case) -> pd.DataFrame:
    days = (case.today - pieces(case)[LAST]).dt.days
    return year_table(case).assign(**{RECENCY: days.groupby("customer").sum()})


def added_with_plus(case: Case) -> pd.DataFrame:
    """Add the tables as pandas does with `+`: who is not in all twelve gets a blank."""
    added = pieces(case).groupby("customer")[[FREQUENCY, MONETARY]].sum(min_count=12)
    return year_table(case).assign(**added)


def money_per_order(case: Case) -> pd.DataFrame:
    table = year_table(case)
    return table.assign(**{MONETARY: table[MONETARY] / table[FREQUENCY]})


def every_column(way: str) -> dict[str, str]:
    return dict.fromkeys(MERGE, way)


# 9.3 Orders, counted file by file


@steps.once_per_case
def counts_of(case: Case) -> dict[str, float]:
    """Count orders and what is mistaken for them."""
    lines = bought(case)
    by_file = lines.groupby("product")
    orders = by_file["order"].nunique()
    return {
        "orders": lines["order"].nunique(),
        "orders by file": orders.sum(),
        "customers by file": by_file["customer"].nunique().sum(),
        "mean of files": orders.mean(),
        "by file with returns": case.year.groupby("product")["order"].nunique().sum(),
        "largest file": orders.max(),
        "customers": lines["customer"].nunique(),
        "with returns": case.year["order"].nunique(),
        "visits": len(lines[["customer", "date"]].drop_duplicates()),
    }


def counted(
    case: Case, *, count: str = "orders", added: str = "orders by file", times: str = "ratio"
) -> dict[str, float]:
    right, reported = counts_of(case)[count], counts_of(case)[added]
    ways = {
        "ratio": reported / right,
        "upside down": right / reported,
        "difference": reported - right,
        "excess": reported / right - 1,
        "reported": reported,
        "files": 12,
    }
    return {"orders": right, "times": ways[times]}


# 9.4 Who has been silent for three times their own pace


@steps.once_per_case
def paces(
    case: Case,
    *,
    rows: str = "purchases",
    visit: tuple[str, ...] = ("customer", "date"),
    before: str = "own",
) -> pd.DataFrame:
    """Compute of each customer the visits, the days of silence, and the gaps between visits."""
    lines = (case.year if rows == "all" else bought(case)).sort_values(["customer", "date"])
    days = lines.drop_duplicates([*visit]) if visit else lines
    if before == "by day":
        days = days.sort_values("date", kind="stable")
    dates = days.groupby("customer")["date"] if before == "own" else days["date"]
    gap = (days["date"] - dates.shift()).dt.days
    by_customer = days.groupby("customer")
    return (
        gap.groupby(days["customer"])
        .agg(["median", "mean", "min", "max", "last"])
        .assign(
            everybody=gap.median(),
            visits=by_customer.size(),
            silent=(case.today - by_customer["date"].max()).dt.days,
        )
    )


def overdue(
    case: Case,
    *,
    least: tuple[object, int] = (ge, 4),
    silent: object = 0,
    pace: str = "median",
    factor: float = 3,
    compare: object = gt,
    limit: tuple[object, int] = (le, 60),
    joined: object = and_,
    **choices: object,
) -> pd.Index:
    table = paces(case, **choices)
    often = least[0](table["visits"], least[1])
    silence = table["last"] if silent == "last gap" else table["silent"] - silent
    late = compare(silence, factor * table[pace])
    recent = limit[0](silence, limit[1])
    return table.index[joined(joined(often, late), recent)]


# 9.5 A nightly update, repaired


def summarise(rows: pd.DataFrame, seen: set, counts: str) -> pd.DataFrame:
    """Add up one batch; which of its orders are new is a step open to another choice."""
    buys = rows[rows["amount"] > 0]
    orders = rows if counts == "returns too" else buys
    if counts != "twice":
        before = [order in seen for order in orders["order"]]
        orders = orders[before if counts == "seen" else ~np.array(before, dtype=bool)]
    if counts != "lines":
        orders = orders[["customer", "order"]].drop_duplicates()
    batch = pd.DataFrame(
        {
            LAST: buys.groupby("customer")["date"].max(),
            FREQUENCY: orders.groupby("customer").size(),
            MONETARY: rows.groupby("customer")["amount"].sum(),
        }
    )
    return batch.assign(mean_order=batch[MONETARY] / batch[FREQUENCY])


def updated(
    table: pd.DataFrame,
    seen: set,
    rows: pd.DataFrame,
    *,
    taken: str = "all",
    day: str = "max",
    counts: str = "fresh",
    numbers: str = "sum",
    mean: str = "ratio",
) -> pd.DataFrame:
    """Merge the rows of a night into yesterday's table, each step open to another choice."""
    match taken:
        case "newest day":
            rows = rows[rows["date"] == rows["date"].max()]
        case "unseen":
            rows = rows[[order not in seen for order in rows["order"]]]
        case "without returns":
            rows = rows[rows["amount"] > 0]
    new = summarise(rows, seen, counts)
    by_customer = pd.concat([table, new]).groupby("customer")
    after = pd.DataFrame(
        {
            LAST: getattr(by_customer[LAST], day)(),
            FREQUENCY: getattr(by_customer[FREQUENCY], numbers.replace("plus", "sum"))(),
            MONETARY: by_customer[MONETARY].sum(),
        }
    )
    if numbers == "plus":  # two tables added with `+`: who is not in both gets a blank
        after = after.assign(**by_customer[[FREQUENCY, MONETARY]].sum(min_count=2))
    after["mean_order"] = (
        after[MONETARY] / after[FREQUENCY]
        if mean == "ratio"
        else getattr(by_customer["mean_order"], mean)()
    )
    after[RECENCY] = (Case.today - after[LAST]).dt.days
    if taken.startswith("customers"):
        return after.loc[(new if taken == "customers of tonight" else table).index]
    return after


def repaired(_case: Case, **choices: str) -> object:
    return lambda table, seen, rows: updated(table, seen, rows, **choices)


def _nightly(lines: pd.DataFrame, late: pd.Series) -> tuple[pd.DataFrame, set, pd.DataFrame]:
    """Split a ledger into what was there yesterday and the rows that come today."""
    there, rows = lines[~late], lines[late]
    return summarise(there, set(), "twice"), set(there["order"].unique()), rows


@steps.once_per_case
def last_night(case: Case) -> tuple[pd.DataFrame, set, pd.DataFrame]:
    """Split off as new: the last day, orders of 5 to 10 March, late lines of 20 to 30 March."""
    lines, day = case.year, case.year["date"]
    late_orders = day.between("2021-03-05", "2021-03-10")
    late_lines = day.between("2021-03-20", "2021-03-30") & (lines["line"] > 1)
    return _nightly(lines, (day == "2021-03-31") | late_orders | late_lines)


SMALL = pd.DataFrame(
    [
        ("K1", "2021-03-29", "O1", 100), ("K1", "2021-03-30", "O2", 300),
        ("K2", "2021-03-30", "O3", 80), ("K1", "2021-03-02", "O4", 50),
        ("K2", "2021-03-30", "O3", 20), ("K3", "2021-03-31", "O5", 10),
        ("K2", "2021-03-31", "O6", -20),
    ],
    columns=["customer", "date", "order", "amount"],
).astype({"date": "datetime64[us]"})  # fmt: skip


def small_ledger(_case: Case) -> tuple[pd.DataFrame, set, pd.DataFrame]:
    return _nightly(SMALL, pd.Series(SMALL.index > 2))


# 9.6 Whose tier an approximate cut leaves open


def unsure(
    case: Case,
    *,
    by: str = MONETARY,
    low: float = 0.78,
    high: float = 0.82,
    interpolation: str = "lower",
    from_low: object = ge,
    to_high: object = lt,
    joined: object = and_,
) -> pd.Index:
    values = case.year_rfm[by]
    floor, ceiling = values.quantile([low, high], interpolation=interpolation)
    return values.index[joined(from_low(values, floor), to_high(values, ceiling))]


def anything(values: pd.Series, _cut: float) -> pd.Series:
    return values.notna()


def above(case: Case, share: float, compare: object = ge) -> pd.Index:
    money = case.year_rfm[MONETARY]
    return money.index[compare(money, money.quantile(share, interpolation="lower"))]


def near_the_cut(case: Case) -> pd.Index:
    money = case.year_rfm[MONETARY]
    cut = money.quantile(0.8, interpolation="lower")
    return money.index[money.between(0.98 * cut, 1.02 * cut)]


def by_place(case: Case) -> pd.Index:
    money = case.year_rfm[MONETARY].sort_values(ascending=False)
    return money.index[int(0.18 * len(money)) : int(0.22 * len(money))]


def by_running_total(case: Case) -> pd.Index:
    money = case.year_rfm[MONETARY].sort_values(ascending=False)
    return money.index[(money.cumsum() / money.sum()).between(0.78, 0.82)]


QUESTIONS = (
    Question(
        "9.a",
        "shrinks",
        Number(),
        shrinks,
        steps={
            "way": {
                "upside_down": "upside down",
                "difference": "difference",
                "how_much_is_gone": "gone",
            },
            "rows": {"in_thousands": 50_000},
        },
        mistakes={
            "this_ledger": lambda case: SHOPS * len(case.year) / customers_of(case),
            "rows_themselves": lambda case: 50_000_000,
            "customers_themselves": lambda case: 400_000,
        },
        books="lesson",
    ),
    choices(
        "9.b",
        "columns_for_m",
        "abcdefg",
        right="ag",
        books="lesson",
        mistakes={
            "all_of_rfm": "abcg",
            "worked_out_anew": "aef",
            "nobody": "g",
            "no_money": "a",
            "returns_by_status": "abg",
            "order_read": "acg",
            "product_read": "adg",
            "quantity_read": "aeg",
            "price_read": "afg",
            "everything": "abcdefg",
        },
    ),
    Question(
        "9.c",
        "blank_gaps",
        Number(),
        customers_of,
        mistakes={
            "only_the_first": lambda case: 1,
            "none": lambda case: 0,
            "one_shop": lambda case: customers_of(case) / SHOPS,
            "came_once": lambda case: SHOPS * int((days_with_a_visit(case) == 1).sum()),
            "came_again": lambda case: SHOPS * int((days_with_a_visit(case) > 1).sum()),
            "all_rows": lambda case: SHOPS * int(days_with_a_visit(case).sum()),
            "the_others": lambda case: SHOPS * int((days_with_a_visit(case) - 1).sum()),
            "share": lambda case: 1 / days_with_a_visit(case).mean(),
        },
        books="lesson",
    ),
    Question(
        "9.d",
        "times_too_many",
        Number(within=0.005),
        times_too_many,
        steps={
            "way": {
                "upside_down": "upside down",
                "difference": "difference",
                "only_the_excess": "excess",
            },
            "of": {"one_shop": "one shop", "of_rows": "rows", "mean_of_months": "months"},
        },
        mistakes={
            "months": lambda case: 12,
            "reported_itself": reported,
            "right_number_itself": customers_of,
        },
        books="lesson",
    ),
    Question(
        "9.e",
        "vanished",
        Number(),
        vanished,
        steps={
            "divided": {"share": True},
            "whole": {"one_shop": "one shop"},
        },
        mistakes={
            "still_there": sampled,
            "a_tenth": lambda case: customers_of(case) // 10,
            "nine_tenths": lambda case: customers_of(case) * 9 // 10,
            "all_customers": customers_of,
            "rows_left": lambda case: (
                SHOPS * len(case.year) - round(SHOPS * len(bought(case)) / 10)
            ),
            "rows_drawn": lambda case: round(SHOPS * len(bought(case)) / 10),
            "rows_not_drawn": lambda case: (
                SHOPS * len(bought(case)) - round(SHOPS * len(bought(case)) / 10)
            ),
        },
        books="lesson",
    ),
    choice(
        "9.1",
        "answer_9_1",
        "abcd",
        right="c",
        mistakes={
            "eight_sheets": "a",
            "all_into_memory": "b",
            "cluster_at_once": "d",
        },
    ),
    Question(
        "9.2",
        "year_table",
        Table((RECENCY, FREQUENCY, MONETARY)),
        year_table,
        steps={
            "how": {
                "overwritten": every_column("last"),
                "first_kept": every_column("first"),
                "first_purchase": {LAST: "min"},
                "months_counted": {FREQUENCY: "count"},
                "mean_of_months": every_column("mean"),
                "median_of_months": every_column("median"),
                "largest_month": {FREQUENCY: "max", MONETARY: "max"},
                "smallest_month": {FREQUENCY: "min", MONETARY: "min"},
            },
            "rows": {
                "last_piece": "last piece",
                "first_piece": "first piece",
                "march_only": "march",
                "last_left_out": "without the last",
                "first_left_out": "without the first",
                "blanks_dropped": "without blanks",
            },
        },
        mistakes={
            "latest_month": lambda case: year_table(case, how=every_column("last"), in_time=True),
            "earliest_month": lambda case: year_table(
                case, how=every_column("first"), in_time=True
            ),
            "days_added": days_added,
            "added_with_plus": added_with_plus,
            "money_per_order": money_per_order,
        },
    ),
    Question(
        "9.3",
        "counted",
        Numbers(("orders", "times"), within=1e-4),
        counted,
        steps={
            "count": {
                "added_up": "orders by file",
                "customers": "customers",
                "returns_too": "with returns",
                "visits": "visits",
                "mean_file": "mean of files",
                "largest_file": "largest file",
            },
            "times": {
                "upside_down": "upside down",
                "difference": "difference",
                "only_the_excess": "excess",
                "reported_itself": "reported",
                "number_of_files": "files",
            },
            "added": {
                "returns_in_files": "by file with returns",
                "customers_added": "customers by file",
                "mean_of_files": "mean of files",
            },
        },
    ),
    Question(
        "9.4",
        "overdue",
        Customers(),
        overdue,
        steps={
            "visit": {"lines": (), "orders_as_visits": ("customer", "date", "order")},
            "pace": {
                "mean_gap": "mean",
                "shortest_gap": "min",
                "one_ruler": "everybody",
            },
            "limit": {
                "long_gone": (lt, 10_000),
                "on_line_left_out": (lt, 60),
                "only_the_long_gone": (gt, 60),
                "sixty_and_more": (ge, 60),
                "thirty_days": (le, 30),
                "ninety_days": (le, 90),
            },
            "least": {
                "strict": (gt, 4),
                "visits_forgotten": (ge, 0),
                "three_visits": (ge, 3),
            },
            "factor": {"factor_forgotten": 1, "twice": 2, "pace_forgotten": 0},
            "compare": {"not_strict": ge, "not_silent": lt, "not_silent_or_on_line": le},
            "rows": {"returns_as_visits": "all"},
            "before": {"not_per_customer": "by day", "next_customer": "by customer"},
            "silent": {"last_day_of_ledger": 1, "last_gap": "last gap"},
            "joined": {"or_for_and": or_},
        },
        mistakes={
            "never_so_long": lambda case: overdue(case, pace="max", factor=1),
            "others": lambda case: case.year_rfm.index.difference(overdue(case)),
        },
    ),
    Question(
        "9.5",
        "mended",
        Function((last_night, small_ledger), Table((RECENCY, FREQUENCY, MONETARY, "mean_order"))),
        repaired,
        steps={
            "counts": {
                "counted_twice": "twice",
                "lines_counted": "lines",
                "returns_as_orders": "returns too",
            },
            "mean": {
                "mean_of_means": "mean",
                "mean_of_tonight": "last",
                "means_added": "sum",
            },
            "taken": {
                "late_dropped": "newest day",
                "seen_dropped": "unseen",
                "returns_not_taken_off": "without returns",
                "only_of_tonight": "customers of tonight",
                "new_ones_lost": "customers of yesterday",
            },
        },
        # The day is a column of its own: its slips need no pairs with the others.
        mistakes={
            "set_back": lambda case: repaired(case, day="last"),
            "first_day": lambda case: repaired(case, day="min"),
            "only_the_seen": lambda case: repaired(case, counts="seen"),
            "mean_of_yesterday": lambda case: repaired(case, mean="first"),
            "numbers_not_added": lambda case: repaired(case, counts="twice", numbers="max"),
            "added_with_plus": lambda case: repaired(case, numbers="plus"),
            "numbers_replaced": lambda case: repaired(case, counts="twice", numbers="last"),
            "as_given": lambda case: repaired(case, counts="twice", day="last", mean="mean"),
        },
    ),
    Question(
        "9.6",
        "unsure",
        Customers(),
        unsure,
        steps={
            "low": {"one_side": 0.80},
            "high": {"other_half": 0.80},
            "from_low": {"low_left_out": gt, "all_below": anything},
            "to_high": {"high_counted": le, "all_above": anything},
            "by": {"by_frequency": FREQUENCY, "by_recency": RECENCY},
            "interpolation": {"between_two": "linear"},
            "joined": {"or_for_and": or_},
        },
        mistakes={
            "lowest": lambda case: unsure(case, low=0.18, high=0.22),
            "surely_in": lambda case: above(case, 0.82),
            "others": lambda case: case.year_rfm.index.difference(unsure(case)),
            "surely_out": lambda case: above(case, 0.78, lt),
            "exact_cut": lambda case: above(case, 0.80),
            "near_the_cut": near_the_cut,
            "by_place": by_place,
            "by_running_total": by_running_total,
        },
    ),
    open_question("9.7", "memo", least=60),
)
