"""Chapter 4, lifetime value and satisfaction: each question as steps with their other choices."""

from collections.abc import Callable
from operator import and_, gt, le, or_

import pandas as pd

from rfmkit.classroom.answer_types import (
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    Values,
    drawn,
)
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choices, open_question
from rfmkit.classroom.steps import named, once_per_case
from rfmkit.clv_cs import clv_cs_class

MARCH = "2021-03-01"
ANSWERS = ["overall", "against_expected", "against_ideal"]
RETENTION, DISCOUNT = 0.8, 0.1
HEAD_OFFICE = {
    "government": 0.82,
    "hospitality": 0.40,
    "manufacturing": 0.59,
    "retail": 0.51,
    "school": 0.65,
    "technology": 0.64,
}
CS_LOW, CS_CUT, MORE_RETENTION, VISIT_COST = 60, 70, 0.05, 4000


def clv_of(margin: pd.Series, rate: float | pd.Series, discount: float = DISCOUNT) -> pd.Series:
    """Compute lifetime value as `retention_clv` does, but sooner."""
    return margin * rate / (1 + discount - rate)


def acsi_of(answers: pd.DataFrame) -> pd.Series:
    """Compute the index as `acsi` does, for answers on any scale."""
    return (answers.mean(axis=1) - 1) / 9 * 100


def _books(case: Case) -> pd.DataFrame:
    books = case.customers
    return books.assign(margin=books["revenue"] - books["cost_of_goods"])


# 4.a What all customers are worth together

MULTIPLES = {
    "today_counted": (1 + DISCOUNT) / (1 + DISCOUNT - RETENTION),
    "not_discounted": 1 / (1 - RETENTION),
    "stay_forgotten": 1 / (1 + DISCOUNT - RETENTION),
    "discount_left_out": RETENTION / (1 - RETENTION),
    "discount_taken_off": RETENTION / (1 - DISCOUNT - RETENTION),
    "rates_exchanged": DISCOUNT / (1 + RETENTION - DISCOUNT),
    "rates_added": RETENTION / (1 + DISCOUNT + RETENTION),
    "one_year": RETENTION / (1 + DISCOUNT),
    "retention_alone": RETENTION,
    "leaving_rate": (1 - RETENTION) / (1 + DISCOUNT - (1 - RETENTION)),
    "five_years": sum((RETENTION / (1 + DISCOUNT)) ** year for year in range(1, 6)),
    "ten_years": sum((RETENTION / (1 + DISCOUNT)) ** year for year in range(1, 11)),
    "this_year_only": 1,
    "multiple_rounded": 2.67,
}


def firm_value(
    case: Case,
    *,
    multiple: float = RETENTION / (1 + DISCOUNT - RETENTION),
    column: str = "profit",
    total: str = "sum",
    who: str = "all",
) -> float:
    margin = _books(case)[column]
    margin = margin[margin > 0] if who == "paying" else margin
    return multiple * margin.agg(total)


# 4.b Who bought in the first half of the year and not in the second

# Where the year is cut: the last day of the first part, and the first of the second.
SPLITS = {
    "cut_in_september": ("2020-08-31", "2020-09-01"),
    "cut_in_november": ("2020-10-31", "2020-11-01"),
    "calendar_years": ("2020-12-31", "2021-01-01"),
}
FIRST_OCTOBER = {
    "first_october_in_both": ("2020-10-01", "2020-10-01"),
    "first_october_in_neither": ("2020-09-30", "2020-10-02"),
    "first_october_early": ("2020-10-01", "2020-10-02"),
}


@once_per_case
def halves(
    case: Case,
    *,
    split: tuple[str, str] = ("2020-09-30", "2020-10-01"),
    rows: str = "purchases",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lines of the first half of the year, and those of the second."""
    lines = case.year[["date", "customer", "order"]]
    counted = (case.year["amount"] > 0) if rows == "purchases" else (case.year["amount"] != 0)
    last, first = pd.Timestamp(split[0]) + pd.Timedelta(days=1), pd.Timestamp(split[1])
    return lines[counted & (lines["date"] < last)], lines[counted & (lines["date"] >= first)]


def gone(case: Case, *, who: str = "gone", **options: object) -> list[str]:
    early, late = (set(lines["customer"].unique()) for lines in halves(case, **options))
    return sorted(
        {
            "gone": early - late,
            "came_back": early & late,
            "newcomers": late - early,
            "early_buyers": early,
            "late_buyers": late,
            "in_one_half": early ^ late,
        }[who]
    )


def not_in_march(case: Case) -> list[str]:
    bought = case.year[case.year["amount"] > 0]
    return sorted(set(bought["customer"]) - set(bought.loc[bought["date"] >= MARCH, "customer"]))


# 4.c The net promoter score in three numbers


def nps_parts(
    case: Case,
    *,
    high: int = 9,
    low: int = 6,
    base: str = "answered",
    third: str = "difference",
    unit: float | None = 100,
    column: str = "recommend",
    order: str = "promoters_first",
) -> tuple[float, float, float]:
    scores = case.survey[column]
    sided = scores[(scores >= high) | (scores <= low)]
    count = {"answered": len(scores), "sided": len(sided), "all": len(case.customers)}[base]
    unit = unit or count
    promoters, detractors = (
        unit * (scores >= high).sum() / count,
        unit * (scores <= low).sum() / count,
    )
    last = {
        "difference": promoters - detractors,
        "detractors_first": detractors - promoters,
        "shares_added": promoters + detractors,
        "passives_for_nps": unit - promoters - detractors,
        "mean_answer": scores.mean(),
        "ratio_for_nps": promoters / detractors if detractors else 0,
    }[third]
    pair = (promoters, detractors) if order == "promoters_first" else (detractors, promoters)
    return *pair, last


# 4.d, 4.6 and 4.7: customers by lifetime value and satisfaction


@once_per_case
def yearly_by_industry(case: Case) -> pd.Series:
    """Return everybody's yearly retention, as lesson and exercise 4.2 measure it."""
    return case.customers["industry"].map(year_rate(case))


def head_office_clv(case: Case, more: float = 0) -> pd.Series:
    rates = case.customers["industry"].map(HEAD_OFFICE) + more
    return clv_of(case.customers["profit"], rates)


def chosen_by(
    clv: pd.Series,
    cs: pd.Series,
    *,
    value: str = "high",
    satisfied: str = "low",
    cs_cut: float = CS_CUT,
    clv_cut: str = "mean",
    joined: Callable = and_,
) -> pd.Series:
    """Compute who of those with a score is of this value and this satisfaction, or "any"."""
    answered = clv[cs.index]
    cut = clv.agg(clv_cut)
    flags = []
    if value != "any":
        flags.append(answered >= cut if value == "high" else answered < cut)
    if satisfied != "any":
        flags.append(cs < cs_cut if satisfied == "low" else cs >= cs_cut)
    if not flags:
        return pd.Series(True, index=cs.index)
    return flags[0] if len(flags) == 1 else joined(*flags)


def _listed(chosen: pd.Series) -> pd.Index:
    return chosen.index[chosen]


CS_CUTS = {"cs_cut_at_sixty": 60, "cs_cut_at_eighty": 80}


def rescue(case: Case, **options: object) -> pd.Index:
    clv = clv_of(case.customers["profit"], yearly_by_industry(case))
    return _listed(chosen_by(clv, acsi_of(case.survey[ANSWERS]), **{"cs_cut": CS_LOW, **options}))


# 4.2 Yearly retention of each industry


def year_rate(
    case: Case,
    *,
    yearly: Callable = lambda half: half**2,
    base: str = "early",
    counted: str = "customers",
    measure: str = "mean",
    by: str = "industry",
    **options: object,
) -> pd.Series:
    early, late = halves(case, **options)
    first, second = set(early["customer"].unique()), set(late["customer"].unique())
    industry = case.customers["industry"]
    if counted == "lines":
        rows, back = early["customer"], early["customer"].isin(second)
    elif counted == "orders":
        rows = early.drop_duplicates("order")["customer"]
        back = rows.isin(second)
    else:
        group = {"early": first, "late": second}.get(base, set(industry.index))
        rows = pd.Series(sorted(group))
        back = rows.isin(first & second if base in ("late", "all") else second)
    return yearly(back.astype(float).groupby(rows.map(case.customers[by])).agg(measure))


def one_for_all(case: Case) -> pd.Series:
    early, late = (set(lines["customer"].unique()) for lines in halves(case))
    industries = sorted(case.customers["industry"].unique())
    return pd.Series((len(early & late) / len(early)) ** 2, index=industries)


# 4.3 A function that values a customer, repaired


def value_of(
    case: Case,
    *,
    yearly: Callable = lambda half: half**2,
    first: str = "stay",
    below: str = "leave",
    interest: Callable = lambda discount: discount,
    years: int | None = None,
) -> Callable[[float, float, float], float]:
    """Return the function; `first` stands above the line of the fraction, `below` below it."""

    def value(profit: float, half_rate: float, discount: float) -> float:
        rate, fade = yearly(half_rate), interest(discount)
        if years:
            return profit * sum((rate / (1 + fade)) ** year for year in range(1, years + 1))
        above = {
            "stay": rate,
            "today_left": 1 + fade,
            "r_forgotten": 1,
            "half_above": half_rate,
            "discounted_twice": rate / (1 + fade),
            "discount_above": rate * (1 + fade),
            "leaving_above": 1 - rate,
        }[first]
        under = {
            "leave": 1 + fade - rate,
            "discount_lost": 1 - rate,
            "half_below": 1 + fade - half_rate,
            "rates_added": 1 + fade + rate,
            "discount_taken_off": 1 - fade - rate,
            "one_missing": fade - rate,
            "one_year": 1 + fade,
        }[below]
        return profit * above / under

    return value


def _without_brackets(profit: float, half_rate: float, discount: float) -> float:
    return profit * half_rate**2 / 1 + discount - half_rate**2


def best_customer(case: Case) -> tuple:
    return float(case.customers["profit"].max()), 0.77, 0.1


def worst_customer(case: Case) -> tuple:
    return float(case.customers["profit"].min()), 0.6, 0.05


# 4.4 Satisfaction by industry, drawn


def industry_bars(
    case: Case,
    *,
    order: str = "lowest_first",
    scores: str = "acsi",
    silent: str = "left_out",
    average: str = "mean",
    by: str = "industry",
    kind: str = "bar",
    missing: tuple[str, ...] = (),
) -> dict:
    answers = case.survey[ANSWERS]
    mean = answers.mean(axis=1)
    heights = {
        "acsi": (mean - 1) / 9 * 100,
        "not_rescaled": mean,
        "answers_added": answers.sum(axis=1),
        "divided_by_ten": 10 * mean,
        "ten_for_nine": 10 * (mean - 1),
        "one_not_taken_off": mean / 9 * 100,
        "csat_drawn": 100.0 * (case.survey["csat"] >= 4),
        "csat_answers": case.survey["csat"],
        "recommend_drawn": case.survey["recommend"],
        "overall_only": (answers["overall"] - 1) / 9 * 100,
        "all_questions": case.survey[["csat", "recommend", *ANSWERS]].mean(axis=1),
    }[scores]
    if silent != "left_out":
        filled = 0.0 if silent == "zero" else heights.mean()
        heights = heights.astype("float64").reindex(case.customers.index, fill_value=filled)
    bars = heights.groupby(case.customers[by].reindex(heights.index)).agg(average)
    if order != "unsorted":
        bars = bars.sort_values(ascending=order == "lowest_first", kind="stable")
    named = [] if kind == "line" else bars.index
    return drawn(kind, bars, labels=named, **dict.fromkeys(missing, False))


# 4.5 The grid turned: three levels of CLV, two of satisfaction


def grid(
    case: Case,
    *,
    cuts: str = "all",
    cs_cut: float = CS_CUT,
    scores: str = "acsi",
    silent: str = "left_out",
    value: str = "clv",
    first_cut: str = "high",
) -> pd.Series:
    books, survey = _books(case), case.survey
    clv = {
        "clv": head_office_clv,
        "profit": lambda case: case.customers["profit"],
        "revenue": lambda case: clv_of(books["revenue"], books["industry"].map(HEAD_OFFICE)),
        "own_rates": lambda case: clv_of(books["profit"], yearly_by_industry(case)),
    }[value](case)
    acsi = acsi_of(survey[ANSWERS])
    cs, cut = {
        "acsi": (acsi, cs_cut),
        "cs_upside_down": (-acsi, -cs_cut),
        "csat_axis": (survey["csat"], 4),
        "recommend_axis": (survey["recommend"], 9),
        "overall_only": ((survey["overall"] - 1) / 9 * 100, cs_cut),
        "not_rescaled": (survey[ANSWERS].mean(axis=1), cs_cut / 10),
    }[scores]
    if silent == "filled":
        cs = cs.reindex(clv.index).fillna(cs.mean())
    base = clv[survey.index] if cuts == "answered" else clv
    edges = base.quantile([1 / 3, 2 / 3]) if cuts == "thirds" else (base.median(), base.mean())
    middle, high = edges
    # Who asks the wider question first leaves nobody for the narrower one.
    high = clv.max() + 1 if first_cut == "middle" else high
    middle = clv.min() - 1 if first_cut == "below high" else middle
    return clv_cs_class(clv[cs.index], cs, clv_cuts=(middle, high), cs_cuts=cut)


# 4.6 Whose position on the list does not hang on one point


def sure(case: Case, *, kinder: str = "one", **options: object) -> pd.Index:
    return _listed(chosen_by(head_office_clv(case), _kinder(case, kinder), **options))


def _kinder(case: Case, kinder: str = "one") -> pd.Series:
    """Compute the scores, had everybody answered otherwise."""
    answers = case.survey[ANSWERS]
    if kinder == "one_question":
        return acsi_of(answers.assign(overall=(answers["overall"] + 1).clip(upper=10)))
    if kinder == "not_capped":
        return acsi_of(answers + 1)
    if kinder == "ten_of_index":
        return acsi_of(answers) + 10
    more = {"one": 1, "untested": 0, "two_points": 2, "a_point_down": -1}[kinder]
    return acsi_of((answers + more).clip(1, 10))


def leavers(case: Case) -> pd.Index:
    return sure(case, kinder="untested").difference(sure(case))


# 4.7 Who is worth a visit


def visits(
    case: Case,
    *,
    gain: str = "more",
    pays: Callable = gt,
    silent: str = "left_out",
    kinder: str = "untested",
    **options: object,
) -> pd.Index:
    profit, rates = case.customers["profit"], case.customers["industry"].map(HEAD_OFFICE)
    clv = clv_of(profit, rates)
    adds = {
        "more": lambda: clv_of(profit, rates + MORE_RETENTION) - clv,
        "clv_for_gain": lambda: clv,
        "five_per_cent": lambda: clv_of(profit, rates * (1 + MORE_RETENTION)) - clv,
        "gain_of_one_year": lambda: profit * MORE_RETENTION,
        "gain_undiscounted": lambda: (
            clv_of(profit, rates + MORE_RETENTION, 0) - clv_of(profit, rates, 0)
        ),
    }[gain]()
    cs = _kinder(case, kinder)
    if silent == "in":
        # Whoever did not answer is taken for unhappy.
        cs = cs.reindex(clv.index, fill_value=0)
    return _listed(chosen_by(clv, cs, **options) & pays(adds[cs.index], VISIT_COST))


# 4.8 Which boxes make suggestions


def suggest(
    case: Case,
    *,
    contact_kind: str = "suggestion",
    counted: str = "customers",
    base: str = "box",
    among: str = "respondents",
) -> pd.Series:
    clv, cs = head_office_clv(case), acsi_of(case.survey[ANSWERS])
    box = clv_cs_class(clv[cs.index], cs, clv_cuts=clv.mean(), cs_cuts=(CS_LOW, 80))
    contacts = case.contacts
    if counted == "contacts":
        boxes = contacts["customer"].map(box)
        return (contacts["kind"] == contact_kind).groupby(boxes, observed=False).mean()
    records = contacts.loc[contacts["kind"] == contact_kind, "customer"]
    suggested = pd.Series(box.index.isin(records), index=box.index)
    if counted == "records":
        suggested = records.value_counts().reindex(box.index, fill_value=0)
    if among == "contacted":
        suggested = suggested[box.index.isin(contacts["customer"])]
    groups = suggested.groupby(box, observed=False)
    if base == "box":
        return groups.mean()
    return (
        groups.sum() / {"suggesters": suggested.sum(), "everybody": len(suggested), "none": 1}[base]
    )


QUESTIONS = (
    Question(
        "4.a",
        "firm_value",
        Number(within=1),
        firm_value,
        steps={
            "multiple": MULTIPLES,
            "column": {
                "revenue_for_profit": "revenue",
                "service_forgotten": "margin",
                "last_year": "profit_last_year",
                "forecast_for_profit": "forecast_amount",
            },
            "total": {"mean_for_sum": "mean", "median_for_sum": "median"},
            "who": {"losses_left_out": "paying"},
        },
        books="lesson",
    ),
    Question(
        "4.b",
        "gone",
        Customers(),
        gone,
        steps={
            "who": named("came_back newcomers early_buyers late_buyers in_one_half"),
            "split": SPLITS,
        },
        mistakes={"not_in_march": not_in_march},
        books="lesson",
    ),
    Question(
        "4.c",
        "three",
        Numbers(("promoters", "detractors", "nps"), within=0.05),
        nps_parts,
        steps={
            "high": {"eight_promotes": 8, "nine_left_out": 10, "seven_promotes": 7},
            "low": {"seven_detracts": 7, "five_detracts": 5, "eight_detracts": 8},
            "base": {"passives_left_out": "sided", "everybody_divided": "all"},
            "third": named(
                "mean_answer detractors_first shares_added passives_for_nps ratio_for_nps"
            ),
            "unit": {"counted": None},
            "order": {"order_exchanged": "detractors_first"},
            "column": {"overall_for_recommend": "overall", "csat_for_recommend": "csat"},
        },
        books="lesson",
    ),
    Question(
        "4.d",
        "rescue",
        Customers(),
        rescue,
        steps={
            "satisfied": {"content": "high", "all_valuable": "any"},
            "value": {"low_value": "low", "unhappy_all": "any"},
            "joined": {"either": or_},
            "cs_cut": {"cs_cut_at_eighty": 80, "cs_cut_at_seventy": 70},
            "clv_cut": {"clv_median_cut": "median"},
        },
        mistakes={
            "middle_box": lambda case: rescue(case, cs_cut=80).difference(rescue(case)),
            "others": lambda case: case.survey.index.difference(rescue(case)),
        },
        books="lesson",
    ),
    choices(
        "4.1",
        "answer_4_1",
        "abcdef",
        right="bd",
        mistakes={
            "mean_is_nps": "abd",
            "silent_filled": "bcd",
            "happy_stay": "bde",
            "size_forgotten": "b",
            "only_size": "d",
            "one_score_for_three": "bdf",
            "all_of_them": "abcdef",
        },
    ),
    Question(
        "4.2",
        "year_rate",
        Values(rows="industry"),
        year_rate,
        steps={
            "yearly": {
                "half_kept": lambda half: half,
                "losses_doubled": lambda half: 1 - 2 * (1 - half),
                "left_in_a_year": lambda half: (1 - half) ** 2,
                "share_doubled": lambda half: 2 * half,
                "root_taken": lambda half: half**0.5,
                "fourth_power": lambda half: half**4,
                "twelfth_power": lambda half: half**12,
            },
            "base": {
                "base_of_all": "all",
                "base_of_late": "late",
                "late_buyers_of_all": "late_of_all",
            },
            "counted": {"lines_as_customers": "lines", "orders_as_customers": "orders"},
            "split": {**SPLITS, **FIRST_OCTOBER},
            "rows": {"returns_counted": "all"},
            "by": {"by_region": "region"},
        },
        mistakes={
            "one_for_all": one_for_all,
            "counted_back": lambda case: year_rate(case, yearly=lambda count: count, measure="sum"),
        },
    ),
    Question(
        "4.3",
        "value_of",
        Function(
            (lambda case: (1000.0, 0.8, 0.1), best_customer, worst_customer),
            Number(within=0.01),
        ),
        value_of,
        steps={
            "yearly": {
                "half_left": lambda half: half,
                "root_taken": lambda half: half**0.5,
                "share_doubled": lambda half: 2 * half,
                "losses_doubled": lambda half: 1 - 2 * (1 - half),
                "left_in_a_year": lambda half: (1 - half) ** 2,
                "share_halved": lambda half: half / 2,
                "twelfth_power": lambda half: half**12,
                "rate_fixed": lambda half: 0.64,
            },
            "first": named(
                "today_left r_forgotten half_above discounted_twice discount_above leaving_above"
            ),
            "below": named(
                "discount_lost half_below rates_added discount_taken_off one_missing one_year"
            ),
            "interest": {
                "discount_halved": lambda discount: discount / 2,
                "discount_root": lambda discount: (1 + discount) ** 0.5 - 1,
                "discount_squared": lambda discount: (1 + discount) ** 2 - 1,
                "discount_fixed": lambda discount: 0.1,
            },
            "years": {"five_years": 5, "ten_years": 10},
        },
        mistakes={
            "as_given": lambda case: value_of(case, yearly=lambda half: half, first="today_left"),
            "brackets_missing": lambda case: _without_brackets,
            "rates_exchanged": lambda case: (
                lambda profit, half_rate, discount: value_of(case, yearly=lambda half: half)(
                    profit, discount, half_rate**2
                )
            ),
            "profit_forgotten": lambda case: (
                lambda profit, half_rate, discount: value_of(case)(1, half_rate, discount)
            ),
            "all_for_half_years": lambda case: (
                lambda profit, half_rate, discount: value_of(case, yearly=lambda half: half)(
                    profit / 2, half_rate, discount / 2
                )
            ),
        },
    ),
    # Names are left alone: a student may write them in either language, and two may tie.
    Question(
        "4.4",
        "ax",
        Figure("bar", labels=False),
        industry_bars,
        steps={
            "order": {"unsorted": "unsorted", "highest_first": "highest_first"},
            "scores": named(
                "not_rescaled divided_by_ten answers_added ten_for_nine "
                "one_not_taken_off csat_drawn csat_answers overall_only "
                "recommend_drawn all_questions"
            ),
            "silent": {"silent_as_zero": "zero", "silent_filled": "mean"},
            "average": {"median_for_mean": "median", "sum_for_mean": "sum", "counted": "count"},
            "kind": {"line_drawn": "line", "lying_bars": "barh"},
            "by": {"by_region": "region"},
            "missing": {
                "no_title": ("title",),
                "no_axis_name": ("ylabel",),
                "no_industry_name": ("xlabel",),
            },
        },
    ),
    Question(
        "4.5",
        "box",
        Classes(scheme="clv_cs_3x2"),
        grid,
        steps={
            "cuts": {"cuts_of_answered": "answered", "thirds": "thirds"},
            "cs_cut": {"sixty": 60, "cs_cut_at_eighty": 80},
            "scores": named("cs_upside_down csat_axis overall_only recommend_axis not_rescaled"),
            "silent": {"silent_filled": "filled"},
            "first_cut": {"median_first": "middle", "below_mean_first": "below high"},
            "value": {
                "profit_for_clv": "profit",
                "revenue_for_profit": "revenue",
                "own_rates": "own_rates",
            },
        },
    ),
    Question(
        "4.6",
        "sure",
        Customers(),
        sure,
        steps={
            "kinder": named(
                "untested a_point_down two_points one_question not_capped ten_of_index"
            ),
            "value": {"of_any_value": "any", "low_clv": "low"},
            "satisfied": {"content_customers": "high", "cs_not_asked": "any"},
            "clv_cut": {"clv_median_cut": "median"},
            "cs_cut": {"cs_cut_at_sixty": 60},
            "joined": {"or_for_and": or_},
        },
        mistakes={
            "leavers": leavers,
            "others": lambda case: case.survey.index.difference(sure(case)),
        },
    ),
    Question(
        "4.7",
        "visits",
        Customers(),
        visits,
        steps={
            "gain": named("clv_for_gain five_per_cent gain_of_one_year gain_undiscounted"),
            "satisfied": {"happy_too": "any", "content_customers": "high"},
            "pays": {"not_worth_it": le},
            "silent": {"silent_too": "in"},
            "cs_cut": CS_CUTS,
            "kinder": {"tested_list": "one"},
        },
        mistakes={"others": lambda case: case.survey.index.difference(visits(case))},
    ),
    Question(
        "4.8",
        "suggest",
        Values(rows="tier", scheme="clv_cs"),
        suggest,
        steps={
            "contact_kind": {
                "compliments_taken": "compliment",
                "complaints_taken": "complaint",
                "visits_taken": "task",
            },
            "counted": {"records_each": "records", "share_of_contacts": "contacts"},
            "base": {
                "share_of_suggesters": "suggesters",
                "share_of_everybody": "everybody",
                "counted": "none",
            },
            "among": {"only_contacted": "contacted"},
        },
    ),
    open_question("4.9", "answer_4_9", least=80),
)
