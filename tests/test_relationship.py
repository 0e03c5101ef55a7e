"""Prospects, sizes, attitudes, growth and the people who decide."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.relationship import (
    buying_unit,
    customer_size,
    growth_direction,
    prospect_grade,
    reaction_type,
)
from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES


@pytest.mark.parametrize(
    ("chance", "grade"),
    [
        (1, "a"),
        (0.75, "a"),
        (0.749, "b"),
        (0.5, "b"),
        (0.499, "c"),
        (0.25, "c"),
        (0.249, "d"),
        (0, "d"),
    ],
)
def test_the_edges_of_prospects(chance, grade):
    assert prospect_grade(pd.Series([chance])).tolist() == [f"prospect:{grade}"]


def test_prospects_by_own_cuts():
    grades = prospect_grade(pd.Series([0.05, 0.1, 0.2, 0.3]), cuts=(0.1, 0.2, 0.3))
    assert [grade[-1] for grade in grades] == ["d", "c", "b", "a"]
    with pytest.raises(DataError, match="from 0 to 1"):
        prospect_grade(pd.Series([75]))
    for cuts in ((0.75, 0.5, 0.25), (0.5, 0.5, 0.6), (0.5,), "abc", (0.1, 0.2, None)):
        with pytest.raises(DataError, match=r"cuts (must|are)|cuts must"):
            prospect_grade(pd.Series([0.5]), cuts=cuts)


def test_sizes_of_002_and_001():
    amount = pd.Series([1000, 999, 100, 99.9, 10, 9, -5])
    cuts = (10, 100, 1000)
    sizes = customer_size(amount, cuts=cuts)
    names = ["vip", "large", "large", "medium", "medium", "small", "small"]
    assert sizes.tolist() == [f"size_by_spend:{name}" for name in names]
    assert customer_size(amount, cuts=cuts, scheme="size_by_value").iloc[1] == "size_by_value:main"
    with pytest.raises(DataError, match="size_by_spend"):
        customer_size(amount, cuts=cuts, scheme="size003")


def test_attitudes_follow_contribution():
    types = reaction_type(pd.Series([5000, 4999, 999, -1]), cuts=(0, 1000, 5000))
    assert types.tolist() == [f"reaction:{name}" for name in ("yield", "care", "adapt", "cold")]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_more_never_means_a_lower_size(amounts):
    ranked = customer_size(pd.Series(sorted(amounts, reverse=True)), cuts=(0, 10, 1000))
    assert ranked.is_monotonic_increasing


def test_growth_is_the_matrix_of_001():
    # (new product, new customer) -> the name printed in that corner.
    matrix = {
        (False, True): "growth:penetrate",
        (False, False): "growth:up_sell",
        (True, True): "growth:extend",
        (True, False): "growth:cross_sell",
    }
    product, customer = (pd.Series(values) for values in zip(*matrix, strict=True))
    assert growth_direction(product, customer).tolist() == list(matrix.values())
    assert set(matrix.values()) == set(SCHEMES["growth"])


@pytest.mark.parametrize(
    ("product", "customer", "says"),
    [
        (pd.Series([1]), pd.Series([True]), "True and False"),
        (pd.Series([True]), pd.Series([True, None]), "True and False"),
        (pd.Series([True]), pd.Series([True], index=[9]), "same customers"),
        (pd.Series([], dtype=bool), pd.Series([], dtype=bool), "empty"),
        ([True], pd.Series([True]), "Series"),
    ],
)
def test_growth_needs_true_and_false(product, customer, says):
    with pytest.raises(DataError, match=says):
        growth_direction(product, customer)


def test_the_buying_unit_by_hand():
    people = pd.DataFrame(
        {
            "customer": ["B", "A", "A", "A", "A"],
            "role": ["decider", "user", "user", "buyer", "gatekeeper"],
        }
    )
    unit = buying_unit(people)
    assert unit.index.tolist() == ["A", "B"]
    assert unit.loc["A"].tolist() == [2, 0, 0, 0, 1, 1, 3]
    assert unit.loc["B", "unknown_roles"] == 5
    assert tuple(unit.columns[:6]) == SCHEMES["buying_unit"]
    with pytest.raises(DataError, match="'boss' is not one of"):
        buying_unit(people.assign(role="boss"))
    with pytest.raises(DataError, match="without a customer"):
        buying_unit(people.assign(customer=None))
    with pytest.raises(DataError, match="nobody"):
        buying_unit(people.iloc[:0])
