"""What explains a wrong answer: one slip, two, a part of it, or its relation to the right one."""

import numpy as np
import pandas as pd
import pytest

from rfmkit.classroom.answer_types import (
    PER_CENT,
    Classes,
    Customers,
    Figure,
    Number,
    Numbers,
    Table,
    Values,
    drawn,
)
from rfmkit.classroom.case import open_case
from rfmkit.classroom.diagnosis import diagnose
from rfmkit.classroom.explain import mistake_name
from rfmkit.classroom.keys import Keys
from rfmkit.classroom.question import Question
from rfmkit.classroom.relations import relation_of_number, relation_of_numbers, relation_of_tiers

CASE = open_case()
CUSTOMERS = [f"C{n:02}" for n in range(12)]
SPENT = pd.Series([900.0, 45, 310, 77, 2_600, 12, 508, 61, 150, 33, 1_040, 240], index=CUSTOMERS)


def table(case, *, unit=1, base="all", shift=0):
    share = SPENT / (SPENT.sum() if base == "all" else SPENT.max())
    return pd.DataFrame({"spent": SPENT * unit + shift, "share": share})


TABLE = Question(
    "t.1",
    "answer",
    Table(("spent", "share")),
    table,
    steps={
        "unit": {"in_thousands": 0.001, "doubled": 2},
        "base": {"of_largest": "largest"},
        "shift": {"fee_added": 17},
    },
)


def named(question, answer):
    keys = Keys(question, CASE)
    plain = keys.answer_type.parse(answer)
    assert not keys.answer_type.same(plain, keys.right)
    return diagnose(keys, plain)


@pytest.mark.parametrize("slip", TABLE.slips)
def test_one_slip_is_named_alone(slip):
    assert mistake_name(named(TABLE, TABLE.answer_with(CASE, slip))) == slip


def test_two_slips_in_two_columns_are_both_named():
    both = table(CASE, unit=2, base="largest")
    assert mistake_name(named(TABLE, both)) == "doubled+of_largest"


def test_two_slips_in_one_column_are_both_named():
    assert mistake_name(named(TABLE, table(CASE, unit=2, shift=17))) == "doubled+fee_added"


def test_a_slip_beside_an_unknown_column_is_named_and_the_rest_left_open():
    odd = table(CASE, base="largest")
    odd["spent"] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
    found = named(TABLE, odd)
    assert mistake_name(found) == "of_largest"
    assert found.unexplained == ("spent",)


def test_a_relation_needs_no_author_and_goes_together_with_a_slip():
    per_cent = table(CASE).assign(share=lambda frame: 100 * frame["share"])
    assert mistake_name(named(TABLE, per_cent)) == "relation.times_100"
    both = table(CASE, shift=17).assign(share=lambda frame: 100 * frame["share"])
    assert mistake_name(named(TABLE, both)) == "fee_added+relation.times_100"


def test_of_slips_that_explain_the_same_part_the_one_that_changes_nothing_else_is_named():
    question = Question(
        "t.9",
        "answer",
        Table(("spent", "share")),
        table,
        mistakes={
            "both_at_once": lambda case: table(case, unit=2, base="largest"),
            "of_largest": lambda case: table(case, base="largest"),
        },
    )
    assert mistake_name(named(question, table(CASE, base="largest"))) == "of_largest"
    odd = table(CASE, base="largest").assign(spent=SPENT + 17)
    assert mistake_name(named(question, odd)) == "of_largest+relation.each_more"
    alone = table(CASE, unit=2)  # no other slip explains this column
    assert mistake_name(named(question, alone)) == "relation.same_factor"


def test_a_list_in_another_order_is_not_called_too_short():
    question = Question(
        "t.10",
        "answer",
        Customers(ordered=True),
        lambda case, *, count=6: CUSTOMERS[:count],
        steps={"count": {"one_too_few": 5}},
    )
    last_comes_second = [CUSTOMERS[0], CUSTOMERS[5], *CUSTOMERS[1:5]]
    assert named(question, last_comes_second).readings == ()


def test_a_slip_drawn_in_dollars_may_name_them_beside_its_bars():
    heights = [50.0, 30, 20]

    def drawing(case, *, unit=""):
        factor = 1 if unit == "" else 1000
        return drawn("bar", [factor * one for one in heights], labels="abc", unit=unit)

    question = Question(
        "t.11",
        "answer",
        Figure("bar", units=PER_CENT),
        drawing,
        steps={"unit": {"in_dollars": "dollars"}},
    )
    assert mistake_name(named(question, drawing(CASE, unit="dollars"))) == "in_dollars"
    per_cent_called_dollars = drawing(CASE) | {"yunit": "dollars"}
    assert mistake_name(named(question, per_cent_called_dollars)) == "relation.other_unit"


def test_two_readings_of_one_answer_are_both_told():
    twins = Question(
        "t.2",
        "answer",
        Number(),
        lambda case, *, one=0, other=0: 1234.5 + one + other,
        steps={"one": {"first": 3.25}, "other": {"second": 3.25}},
    )
    assert mistake_name(named(twins, 1237.75)) == "first / second"


def test_three_readings_are_none():
    three = Question(
        "t.3",
        "answer",
        Number(),
        lambda case, **_: 1234.5,
        mistakes={name: lambda case: 99.5 for name in ("a", "b", "c")},
    )
    assert named(three, 99.5).readings == ()


def test_a_small_count_is_never_explained_by_two_slips():
    counts = Question(
        "t.4",
        "answer",
        Number(),
        lambda case, *, one=0, other=0: 20 + one + other,
        steps={"one": {"first": 3}, "other": {"second": 4}},
    )
    assert named(counts, 27).readings == ()
    assert mistake_name(named(counts, 24)) == "second"


def test_the_order_of_a_list_needs_most_of_its_customers():
    listed = Question(
        "t.5",
        "answer",
        Customers(ordered=True),
        lambda case, *, who=CUSTOMERS[:5]: who,
        steps={"who": {"others": [CUSTOMERS[1], CUSTOMERS[0], *CUSTOMERS[6:9]]}},
    )
    swapped = [CUSTOMERS[1], CUSTOMERS[0], *CUSTOMERS[2:5]]
    assert named(listed, swapped).readings == ()
    assert mistake_name(named(listed, CUSTOMERS[4::-1])) == "relation.backwards"


NUMBERS = SPENT.to_numpy()
RELATIONS = {
    "times_100": NUMBERS * 100,
    "by_12": NUMBERS / 12,
    "sign": -NUMBERS,
    "each_one_more": NUMBERS + 1,
    "each_less": NUMBERS - 90,
    "share_of_total": NUMBERS / NUMBERS.sum(),
    "share_of_largest": NUMBERS / NUMBERS.max(),
    "same_factor": NUMBERS * 1.7,
    "ranks": SPENT.rank(ascending=False).to_numpy(),
    "cumulative": NUMBERS.cumsum(),
    "other_rows": NUMBERS[::-1],
    "one_for_all": np.full(12, NUMBERS.mean()),
    "squared": NUMBERS**2,
}


@pytest.mark.parametrize("name", RELATIONS)
def test_a_column_s_relation_is_found(name):
    assert relation_of_numbers(RELATIONS[name], NUMBERS).name == name


def test_unrelated_and_equal_columns_have_no_relation():
    draw = np.random.default_rng(3)
    for _ in range(300):
        one, other = draw.lognormal(5, 1, (2, 12))
        assert relation_of_numbers(one, other) is None
    assert relation_of_numbers(NUMBERS, NUMBERS * (1 + 1e-12)) is None


@pytest.mark.parametrize(
    ("answer", "right", "name"),
    [(0.25, 0.75, "complement"), (43, 42, "one_more"), (8.3, 0.083, "times_100"), (2, 0.5, None)],
)
def test_a_number_s_relation(answer, right, name):
    found = relation_of_number(answer, right)
    assert (found.name if found else None) == (name or "reciprocal")


def test_tiers_that_exchanged_names_are_found():
    tiers = ("x:a", "x:b", "x:c")
    right = pd.Series(["x:a", "x:b", "x:c", "x:c"] * 3, index=CUSTOMERS)
    swapped = right.map({"x:a": "x:b", "x:b": "x:a", "x:c": "x:c"})
    found = relation_of_tiers(swapped, right, tiers)
    assert (found.name, found.values["tiers"]) == ("names_swapped", ["x:a", "x:b"])
    lower = right.where(right.index != "C00", "x:b")
    assert relation_of_tiers(lower, right, tiers).name == "one_tier_down"


@pytest.mark.parametrize(
    ("kind", "right", "near", "far"),
    [
        (Number(), 12.3456, 12.35, 12),
        (Numbers(("a", "b")), {"a": 0.8571, "b": 12}, {"a": 0.857, "b": 12}, {"a": 0.9, "b": 12}),
        (Values(), SPENT / 7, (SPENT / 7).round(2), (SPENT / 7).round(-1)),
        (Table(("x",)), (SPENT / 7).to_frame("x"), (SPENT / 7).round(2).to_frame("x"), None),
    ],
)
def test_a_sensible_rounding_is_told_and_a_coarse_one_is_none(kind, right, near, far):
    key = kind.parse(right)
    assert kind.rounded(kind.parse(near), key) in (2, 3)
    if far is not None:
        assert kind.rounded(kind.parse(far), key) is None
    exact = type(kind)(**{**vars(kind), "exact": True})
    assert exact.rounded(kind.parse(near), key) is None


def test_counts_are_never_taken_as_rounded():
    assert Number().rounded(120.0, 119.0) is None
    assert Number().rounded(1_576_000.0, 1_575_654.0) is None


def test_classes_of_other_customers_are_compared_on_those_that_both_have():
    kind = Classes("abc3")
    right = kind.parse(pd.Series(["abc3:a", "abc3:b"] * 6, index=CUSTOMERS))
    one_more = kind.parse(pd.Series(["abc3:a", "abc3:b"] * 6 + ["abc3:c"], index=[*CUSTOMERS, "?"]))
    parts = kind.parts(one_more)
    assert kind.same_part("tiers", parts["tiers"], kind.parts(right)["tiers"])
    assert not kind.same_part("rows", parts["rows"], kind.parts(right)["rows"])
