"""Grids of two and three measures, corner by corner."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.relationship.quadrants import (
    loyalty_credit,
    loyalty_size,
    quadrant,
    three_way,
    wallet_strategy,
)
from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES

# All four corners, in the order high-high, high-low, low-high, low-low of (first, second).
FIRST, SECOND = pd.Series([9, 9, 1, 1]), pd.Series([90, 10, 90, 10])


def test_the_corners_of_a_grid():
    boxes = quadrant(FIRST, SECOND, cuts=(5, 50), names=["hh", "hl", "lh", "ll"])
    assert boxes.tolist() == ["hh", "hl", "lh", "ll"]
    assert boxes.cat.ordered


def test_loyalty_comes_first_and_names_its_corner():
    # Large and loyal; loyal and small; large without loyalty; neither.
    assert loyalty_size(FIRST, SECOND, cuts=(5, 50)).tolist() == [
        f"loyalty_size:{tier}" for tier in ("cash_cow", "tomorrow", "warm_up", "low_potential")
    ]
    assert loyalty_credit(FIRST, SECOND, cuts=(5, 50)).tolist() == [
        f"loyalty_credit:{tier}" for tier in ("trusted", "cautious", "costly", "avoid")
    ]


def test_the_wallet_is_the_table_of_002():
    share, upcoming = pd.Series([0.8, 0.8, 0.1, 0.1]), SECOND
    assert wallet_strategy(share, upcoming, cuts=(0.5, 50)).tolist() == list(SCHEMES["wallet"])
    with pytest.raises(DataError, match="from 0 to 1"):
        wallet_strategy(share * 100, upcoming, cuts=(50, 50))
    with pytest.raises(DataError, match="0 or more"):
        wallet_strategy(share, -upcoming, cuts=(0.5, 50))


def test_three_ways_give_eight_boxes():
    corners = pd.DataFrame(itertools.product([1, 0], repeat=3))
    boxes = three_way(corners[0], corners[1], corners[2], cuts=(1, 1, 1))
    assert boxes.tolist() == list(SCHEMES["size_loyalty_credit"])
    for (_, row), box in zip(corners.iterrows(), boxes, strict=True):
        assert box == "slc:" + "".join(map(str, row))


def test_who_sits_on_a_cut_is_high():
    names = ["hh", "hl", "lh", "ll"]
    on = pd.Series([0.1 + 0.2, 0.3, 0.3 - 1e-6])
    assert quadrant(on, on, cuts=(0.3, 0.3), names=names).tolist() == ["hh", "hh", "ll"]
    # Rounding noise below the cut counts as on it.
    assert quadrant(on[:1] * 3, on[:1] * 3, cuts=(0.9, 0.9), names=names).tolist() == ["hh"]


measures = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=30)


@given(measures, st.integers(-9, 9), st.integers(-9, 9))
def test_each_customer_is_in_the_box_of_two_comparisons(pairs, cut_x, cut_y):
    x, y = (pd.Series(values) for values in zip(*pairs, strict=True))
    boxes = quadrant(x, y, cuts=(cut_x, cut_y), names=["hh", "hl", "lh", "ll"])
    for (one, other), box in zip(pairs, boxes, strict=True):
        assert box == ("h" if one >= cut_x else "l") + ("h" if other >= cut_y else "l")


@pytest.mark.parametrize(
    ("cuts", "names", "says"),
    [
        ((5,), list("abcd"), "2 numbers"),
        (5, list("abcd"), "2 numbers"),
        ((5, float("nan")), list("abcd"), "plain numbers"),
        ((5, "50"), list("abcd"), "plain numbers"),
        ((5, 50), list("abca"), "four different"),
        ((5, 50), list("abc"), "four different"),
        ((5, 50), "abcd", "four different"),
    ],
)
def test_unfit_cuts_and_names(cuts, names, says):
    with pytest.raises(DataError, match=says):
        quadrant(FIRST, SECOND, cuts=cuts, names=names)


def test_different_customers_are_refused():
    with pytest.raises(DataError, match="loyalty and size do not hold the same customers"):
        loyalty_size(FIRST, SECOND.iloc[::-1], cuts=(5, 50))
    with pytest.raises(DataError, match="same customers"):
        three_way(FIRST, SECOND, SECOND.iloc[:2], cuts=(5, 50, 50))
