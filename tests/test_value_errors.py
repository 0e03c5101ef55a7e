"""Every function on data that are empty, odd or broken: an error that teaches, or a stated result.

The table has a row for each kind of data and a column for each function; a cell is the words of
the error, or what comes out.
"""

import numpy as np
import pandas as pd
import pytest

from rfmkit.abc_tiers import abc_agreement, abc_tier, gini, pareto_curve, value_share
from rfmkit.clv import expected_life, retention_clv, simple_clv
from rfmkit.clv.cohorts import churn_rate, cohort_retention
from rfmkit.clv.repeats import bg_nbd_table
from rfmkit.clv_cs import acsi, class_changes, clv_cs_class, clv_cs_sensitivity, csat, nps
from rfmkit.schema import DataError
from rfmkit.value import composite_score, to_points
from rfmkit.value.profile import tier_profile, tier_summary
from rfmkit.value.tiers import peppers_tier, pyramid_tier, relative_tier, value_tier


def beside(values, same):
    """Give every customer of `values` the same; whatever `values` may be."""
    return pd.Series(same, index=values.index if hasattr(values, "dtypes") else [0])


# Functions of one number a customer.
OF_VALUES = {
    "abc_tier": abc_tier,
    "abc_tier by value": lambda values: abc_tier(values, by="value"),
    "abc_agreement": abc_agreement,
    "pareto_curve": pareto_curve,
    "value_share": value_share,
    "gini": gini,
    "to_points": to_points,
    "to_points minmax": lambda values: to_points(values, method="minmax"),
    "value_tier": value_tier,
    "relative_tier": relative_tier,
    "pyramid_tier": pyramid_tier,
    "peppers_tier profit": lambda values: peppers_tier(
        values, beside(values, 1.0), profit_cut=5, growth_cut=5
    ),
    "tier_summary": lambda values: tier_summary(values, beside(values, "a")),
    "clv_cs_class clv": lambda values: clv_cs_class(
        values, beside(values, 1.0), clv_cuts=5, cs_cuts=(6, 8)
    ),
    "simple_clv": lambda values: simple_clv(values, 2, 3),
    "retention_clv": lambda values: retention_clv(values, 0.8, 0.1),
    "expected_life": expected_life,
    "csat": csat,
    "nps": nps,
}
EVERYBODY = sorted(OF_VALUES)
NO_SHARES = {"abc_tier by value", "abc_agreement", "pareto_curve", "value_share", "gini"}
ANSWERS = {"csat", "nps"}

BROKEN = {
    "empty": (pd.Series([], dtype="float64"), "empty|no number|there are none"),
    "a blank": (pd.Series([1.0, np.nan], index=["A", "B"]), "1 blank .*; the first belongs to 'B'"),
    "infinite": (pd.Series([np.inf, 1.0], index=["A", "B"]), "1 blank or infinite .* 'A'"),
    "words": (pd.Series(["1", "2"]), "not numbers"),
    "objects": (pd.Series([1, "2"], dtype="object"), "not numbers"),
    "true or false": (pd.Series([True, False]), "not numbers"),
    "dates": (pd.Series(pd.to_datetime(["2021-03-01"])), "not numbers"),
    "a list": ([1, 2], "pandas Series"),
    "a table": (pd.DataFrame({"profit": [1, 2]}), "pandas Series"),
    "nothing": (None, "pandas Series"),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("function", EVERYBODY)
def test_broken_values_are_an_error_that_teaches(function, kind):
    values, says = BROKEN[kind]
    with pytest.raises(DataError, match=says) as caught:
        OF_VALUES[function](values)
    assert len(str(caught.value)) > 30


@pytest.mark.parametrize("function", [name for name in EVERYBODY if name not in ANSWERS])
def test_a_customer_on_two_rows_is_named(function):
    twice = pd.Series([1, 2, 1], index=["A", "B", "A"]) / 4
    with pytest.raises(DataError, match=r"2 rows of customer 'A'.*\n.*groupby"):
        OF_VALUES[function](twice)


def test_a_number_is_shown_as_a_number():
    with pytest.raises(DataError, match=r"2 rows of customer 7,"):
        abc_tier(pd.Series([1, 2], index=[7, 7]))


def test_answers_may_share_an_index():
    # A survey is a heap of answers, not a table of customers.
    assert csat(pd.Series([5, 1], index=["A", "A"])) == 50
    assert nps(pd.Series([10, 10], index=["A", "A"])) == 100


def told(result):
    """Boil a result down to plain values."""
    if isinstance(result, pd.DataFrame):
        return result.to_numpy().tolist()
    if isinstance(result, pd.Series):
        return [str(v).split(":")[-1] if isinstance(v, str) else v for v in result.tolist()]
    return result


# One customer, all equal, below zero: a stated result, or the words of an error.
STATED = {
    "abc_tier": (["premium"], ["premium"] * 3, ["premium", "ordinary", "small"]),
    "abc_tier by value": (["premium"], ["premium"] * 3, "no profit"),
    "abc_agreement": (
        [[1, 0, 0, 0]] + [[0] * 4] * 3, [[3, 0, 0, 0]] + [[0] * 4] * 3, "no profit",
    ),
    "pareto_curve": ([[1, 1, 4, 1, 1]], None, "no profit"),
    "value_share": (1.0, 1.0, "no profit"),
    "gini": (0.0, 0.0, "no profit"),
    "to_points": ([50], [50] * 3, [100, 50, 0]),
    "to_points minmax": ([50], [50] * 3, [100, 50, 0]),
    "value_tier": (["ordinary"], ["ordinary"] * 3, ["ordinary"] * 3),
    "relative_tier": (["key"], ["key"] * 3, ["key", "other", "other"]),
    "pyramid_tier": (["platinum"], ["platinum"] * 3, ["lead"] * 3),
    "peppers_tier profit": (["lvc"], ["lvc"] * 3, ["lvc", "below_zero", "below_zero"]),
    "tier_summary": ([[1, 1, 4, 1]], [[3, 1, 12, 1]], None),
    "clv_cs_class clv": (["low_cost"], ["low_cost"] * 3, ["low_cost"] * 3),
    "simple_clv": ([24], [24] * 3, "order_value must be 0 or more, not -3"),
    "retention_clv": (None, None, None),
    "expected_life": ("between 0 and 1", "between 0 and 1", "between 0 and 1"),
    "csat": (100.0, 100.0, "whole numbers from 1 to 5"),
    "nps": (-100.0, -100.0, "whole numbers from 0 to 10"),
}  # fmt: skip
KINDS = {"one": [4], "all equal": [4, 4, 4], "negative": [-1, -2, -3]}


def test_the_table_has_every_function():
    assert set(STATED) == set(OF_VALUES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("function", EVERYBODY)
def test_odd_values_have_a_stated_result(function, kind):
    expected = STATED[function][list(KINDS).index(kind)]
    values = pd.Series(KINDS[kind])
    if isinstance(expected, str):
        with pytest.raises(DataError, match=expected):
            OF_VALUES[function](values)
        return
    found = told(OF_VALUES[function](values))
    if expected is not None:
        assert found == expected


def test_the_stated_results_that_are_no_plain_row():
    equal = pareto_curve(pd.Series([4, 4, 4]))
    assert equal["cumulative_share"].tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert retention_clv(pd.Series([4]), 0.8, 0.1).tolist() == pytest.approx([4 * 0.8 / 0.3])
    assert (retention_clv(pd.Series([-1, -2]), 0.8, 0.1) < 0).all()
    summary = tier_summary(pd.Series([-1, -2, -3]), pd.Series("a", index=range(3)))
    assert summary["value"].tolist() == [-6]
    assert summary["value_share"].isna().all()


# Functions of tables.
POINTS = pd.DataFrame({"a": [10.0, 90.0], "b": [50.0, 20.0]}, index=["A", "B"])
CUSTOMERS = pd.DataFrame({"margin": [10.0, 20.0], "retention": [0.5, 0.9]}, index=["A", "B"])
TX = pd.DataFrame(
    {
        "customer": ["A", "B"],
        "date": pd.to_datetime(["2021-03-01", "2021-03-09"]),
        "amount": [1.0, 2.0],
    }
)


def weigh(points):
    return composite_score(points, {"a": 0.5, "b": 0.5})


def profile(customers):
    return tier_profile(customers, pd.Series("a", index=getattr(customers, "index", [0])))


def sensitivity(customers):
    answers = pd.DataFrame({"q": 5.0}, index=getattr(customers, "index", [0]))
    return clv_cs_sensitivity(customers, answers, discount=0.1, clv_cuts=5, cs_cuts=(6, 8))


def ask(answers):
    return acsi(answers)


def repeats(tx):
    return bg_nbd_table(tx, end="2021-04-01")


TABLES = [
    (weigh, POINTS.iloc[:0], "indicators is empty"),
    (weigh, POINTS.rename(columns={"a": "aa"}), r"lacks column 'a'; it has \['aa', 'b'\]"),
    (weigh, POINTS.assign(a=["x", "y"]), "column 'a' holds .* not numbers"),
    (weigh, POINTS.assign(a=[np.nan, 1]), "column 'a' holds 1 blank"),
    (weigh, POINTS.assign(a=[np.inf, 1]), "column 'a' holds 1 blank or infinite"),
    (weigh, POINTS.assign(a=[-1, 1]), "runs from -1 to 1, but points run from 0 to 100"),
    (weigh, POINTS.rename(index={"B": "A"}), "2 rows of customer 'A'"),
    (weigh, [1, 2], "pandas DataFrame"),
    (profile, POINTS.iloc[:0], "customers is empty"),
    (profile, POINTS.assign(a=[np.inf, 1]), "column 'a' holds 1 blank or infinite"),
    (profile, POINTS.rename(index={"B": "A"}), "2 rows of customer 'A'"),
    (profile, POINTS["a"], "one column alone|One column alone"),
    (sensitivity, CUSTOMERS.iloc[:0], "margin is empty"),
    (sensitivity, CUSTOMERS.rename(columns={"margin": "profit"}), "lacks column 'margin'"),
    (sensitivity, CUSTOMERS.assign(retention=[50, 90]), "0.8 for 80 %"),
    (sensitivity, CUSTOMERS.assign(retention=[np.nan, 0.9]), "retention holds 1 blank"),
    (sensitivity, CUSTOMERS.assign(margin=["1", "2"]), "not numbers"),
    (sensitivity, CUSTOMERS.rename(index={"B": "A"}), "2 rows of customer 'A'"),
    (ask, pd.DataFrame({"q": []}, dtype=float), "nobody was asked"),
    (ask, pd.DataFrame({"q": [5, np.nan]}), "answers to 'q' holds 1 blank"),
    (ask, pd.DataFrame({"q": [np.inf]}), "blank or infinite"),
    (ask, pd.DataFrame({"q": ["5"]}), "not numbers"),
    (ask, pd.DataFrame({"q": [-5]}), "from 1 to 10"),
    (ask, pd.DataFrame({"q": [5, 6]}, index=["A", "A"]), "2 rows of customer 'A'"),
    (ask, [5, 6], "pandas DataFrame"),
]
for step in (cohort_retention, churn_rate, repeats):
    TABLES += [
        (step, TX.iloc[:0], "transactions is empty"),
        (step, TX.rename(columns={"amount": "金額"}), "lacks column 'amount'.*\n.*金額"),
        (step, TX.assign(amount=[1, np.nan]), "1 blank or infinite"),
        (step, TX.assign(amount=[1, np.inf]), "1 blank or infinite"),
        (step, TX.assign(amount=[-1, -2]), "hold no purchase"),
        (step, TX.assign(amount=["1", "2"]), "not numbers"),
        (step, TX.assign(date=["2021-03-01", "2021-03-09"]), "not dates"),
        (step, TX.assign(date=[pd.NaT, pd.Timestamp("2021-03-09")]), "have no 'date'"),
        (step, TX.assign(customer=[None, "B"]), "have no 'customer'"),
        (step, TX["amount"], "pandas DataFrame"),
    ]


@pytest.mark.parametrize(("function", "table", "says"), TABLES)
def test_broken_tables_are_an_error_that_teaches(function, table, says):
    with pytest.raises(DataError, match=says):
        function(table)


def test_odd_tables_have_a_stated_result():
    one = weigh(POINTS.head(1))
    assert one.tolist() == [30]
    assert weigh(POINTS.assign(a=5, b=5)).tolist() == [5, 5]
    assert len(profile(POINTS.head(1)).distribution) == 2
    assert sensitivity(CUSTOMERS.head(1))["changed"].between(0, 1).all()
    assert ask(pd.DataFrame({"q": [10]})).tolist() == [100]
    assert cohort_retention(TX.head(1)).to_numpy().tolist() == [[1, 1]]
    assert len(churn_rate(TX.head(1))) == 0
    assert repeats(TX.head(1))["repeat_purchases"].tolist() == [0]
    # Rows of a ledger may share an index: it is the customer column that counts.
    same = TX.set_axis([7, 7])
    assert cohort_retention(same)["cohort_size"].tolist() == [2]


def test_period_and_end_are_explained():
    for step in (cohort_retention, churn_rate):
        with pytest.raises(DataError, match="period 'month' is not known"):
            step(TX, period="month")
    with pytest.raises(DataError, match="end must be a day"):
        bg_nbd_table(TX, end=None)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (pd.Series([], dtype=object), {"x": pd.Series([], dtype=object)}, "empty"),
        (pd.Series(["a"]), {}, "dictionary"),
        (pd.Series(["a"]), pd.Series(["a"]), "dictionary"),
        (["a"], {"x": pd.Series(["a"])}, "dictionary"),
        (pd.Series(["a"]), {"x": ["a"]}, "'x' must be a Series"),
        (pd.Series(["a"]), {"x": pd.Series([None], dtype=object)}, "a tier for every customer"),
        (pd.Series(["a"]), {"x": pd.Series(["a"], index=["B"])}, "same customers"),
    ],
)
def test_changes_of_broken_tiers(before, after, says):
    with pytest.raises(DataError, match=says):
        class_changes(before, after)


@pytest.mark.parametrize("function", [tier_profile, tier_summary])
def test_tiers_fit_their_customers(function):
    customers = POINTS if function is tier_profile else POINTS["a"]
    with pytest.raises(DataError, match="same customers"):
        function(customers, pd.Series(["a", "b"]))
    with pytest.raises(DataError, match=r"have no tier; the first is 'B'"):
        function(customers, pd.Series(["a", None], index=["A", "B"]))
    with pytest.raises(DataError, match="must be a pandas Series"):
        function(customers, ["a", "b"])


def test_unknown_words_are_explained():
    with pytest.raises(DataError, match="'rank' or 'minmax'"):
        to_points(POINTS["a"], method="z")
    with pytest.raises(DataError, match="'error' or 'keep'"):
        to_points(POINTS["a"], missing="drop")
    with pytest.raises(DataError, match="'error' or 'renormalise'"):
        composite_score(POINTS, {"a": 1.0}, missing="drop")
    for top in (20, 0, 1, "a", np.nan):
        with pytest.raises(DataError, match="top must be"):
            relative_tier(POINTS["a"], top=top)
        with pytest.raises(DataError, match="top must be"):
            value_share(POINTS["a"], top=top)


REPEATS = pd.DataFrame(
    {
        "repeat_purchases": [0, 2],
        "first_to_last_weeks": [0.0, 4.0],
        "observed_weeks": [9.0, 9.0],
        "repeat_mean": [np.nan, 30.0],
    },
    index=["A", "B"],
)
MANY = pd.concat([REPEATS] * 9, ignore_index=True)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (REPEATS.iloc[:0], "table is empty"),
        (REPEATS.rename(columns={"repeat_purchases": "frequency"}), "lacks column"),
        (REPEATS.assign(repeat_purchases=[0, 2.5]), "'B' cannot be"),
        (REPEATS.assign(repeat_purchases=[0, -1]), "'B' cannot be"),
        (REPEATS.assign(first_to_last_weeks=[0, 10]), "'B' cannot be"),
        (REPEATS.assign(observed_weeks=[np.inf, 9]), "blank or infinite"),
        (REPEATS.assign(observed_weeks=["9", "9"]), "not numbers"),
        (REPEATS.rename(index={"B": "A"}), "2 rows of customer 'A'"),
        (REPEATS.assign(repeat_purchases=0, first_to_last_weeks=0.0), "nobody bought again"),
        (REPEATS.iloc[1:], "1 customers cannot tell four"),
        (MANY.assign(repeat_purchases=[0, 2e6] * 9), "customer 1 has more than a million"),
    ],
)
def test_broken_tables_of_repeats(table, says):
    pytest.importorskip("scipy")
    from rfmkit.clv.bg_nbd import fit_bg_nbd

    with pytest.raises(DataError, match=says):
        fit_bg_nbd(table)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (REPEATS.iloc[:0], "table is empty"),
        (REPEATS.rename(columns={"repeat_mean": "mean"}), "lacks column 'repeat_mean'"),
        (REPEATS.assign(repeat_mean=[np.nan, -3.0]), "'B' cannot be"),
        (REPEATS.assign(repeat_mean=np.nan), "1 blank"),
        (REPEATS.rename(index={"B": "A"}), "2 rows of customer 'A'"),
        (REPEATS, "1 customer bought again"),
        (MANY, "no fit is the best: all .* spend the same"),
    ],
)
def test_broken_tables_of_spend(table, says):
    pytest.importorskip("scipy")
    from rfmkit.clv.gamma_gamma import fit_gamma_gamma

    with pytest.raises(DataError, match=says):
        fit_gamma_gamma(table)
