"""Weights: entropy by plain sums, AHP by power iteration and a textbook matrix, who is moved."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from figure_checks import check_figure, title_of

from rfmkit.plots import figure_table, plot_weights
from rfmkit.schema import DataError, DataWarning
from rfmkit.value import CREDIT_ORDER_PROFIT, composite_score, to_points
from rfmkit.value.tiers import value_tier
from rfmkit.value.weights import ahp_weights, entropy_weights, equal_weights, weight_changes

NAMES = ["profit", "order_amount", "credit"]
_random = np.random.default_rng(4)
RAW = pd.DataFrame(
    {
        "profit": np.exp(_random.normal(7, 1.4, 200)),
        "order_amount": _random.gamma(2, 90, 200),
        "credit": _random.integers(40, 100, 200),
    }
)
RANKS = RAW.apply(to_points)
DISTANCES = RAW.apply(to_points, method="minmax")


def square(cells, names=NAMES):
    return pd.DataFrame(cells, index=names[: len(cells)], columns=names[: len(cells)])


def test_equal():
    assert equal_weights(RAW).tolist() == [1 / 3] * 3
    with pytest.raises(DataError, match="different"):
        equal_weights(["a", "a"])
    with pytest.raises(DataError, match="at least one"):
        equal_weights([])


def test_entropy_by_plain_sums():
    contrast = {}
    for name in DISTANCES:
        column = DISTANCES[name].tolist()
        shares = [value / math.fsum(column) for value in column]
        entropy = -math.fsum(p * math.log(p) for p in shares if p) / math.log(len(shares))
        contrast[name] = 1 - entropy
    total = math.fsum(contrast.values())
    assert entropy_weights(DISTANCES).to_dict() == pytest.approx(
        {name: part / total for name, part in contrast.items()}
    )
    # One long tail takes the weight; by rank all are spread alike.
    assert entropy_weights(DISTANCES)["profit"] > 0.6
    assert entropy_weights(RANKS).to_dict() == pytest.approx(dict.fromkeys(RAW, 1 / 3), abs=0.01)


def test_entropy_does_not_see_units_and_leaves_blanks_out():
    assert entropy_weights(DISTANCES * [3, 0.2, 70]).tolist() == pytest.approx(
        entropy_weights(DISTANCES).tolist()
    )
    holed = DISTANCES.mask(_random.random(DISTANCES.shape) < 0.1)
    apart = [1 - _evenness(holed[name].dropna()) for name in holed]
    assert entropy_weights(holed).tolist() == pytest.approx([c / sum(apart) for c in apart])
    nothing = DISTANCES.assign(credit=0.0)
    assert entropy_weights(nothing)["credit"] == 0


def _evenness(values):
    shares = values / values.sum()
    return -sum(p * math.log(p) for p in shares if p > 0) / math.log(len(values))


def power_iteration(cells):
    """Multiply by the matrix until the weights stay: weights and the largest eigenvalue."""
    weights = [1.0] * len(cells)
    for _ in range(500):
        product = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in cells]
        largest = sum(product) / sum(weights)
        weights = [p / sum(product) for p in product]
    return weights, largest


def test_ahp_on_a_matrix_of_the_textbooks():
    cells = [[1, 1 / 3, 5], [3, 1, 7], [1 / 5, 1 / 7, 1]]
    ahp = ahp_weights(square(cells))
    assert ahp.weights.round(4).tolist() == [0.2790, 0.6491, 0.0719]
    assert ahp.consistency_index == pytest.approx(0.0324, abs=1e-4)
    assert ahp.consistency_ratio == pytest.approx(0.056, abs=5e-4)
    # With three indicators the eigenvector is the geometric mean of each row.
    means = [math.prod(row) ** (1 / 3) for row in cells]
    assert ahp.weights.tolist() == pytest.approx([mean / sum(means) for mean in means])


@pytest.mark.parametrize("count", [2, 3, 4, 6, 10])
def test_ahp_against_power_iteration(count):
    random = np.random.default_rng(count)
    names = [f"i{n}" for n in range(count)]
    rows = [[Fraction(1)] * count for _ in range(count)]
    for i in range(count):
        for j in range(i):
            rows[i][j] = Fraction(int(random.integers(1, 10)), int(random.integers(1, 10)))
            rows[j][i] = 1 / rows[i][j]
    cells = [[float(cell) for cell in row] for row in rows]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        ahp = ahp_weights(square(cells, names))
    weights, largest = power_iteration(cells)
    assert ahp.weights.tolist() == pytest.approx(weights, abs=1e-9)
    if count > 2:
        assert ahp.consistency_index == pytest.approx((largest - count) / (count - 1), abs=1e-9)


def test_random_judgements_have_about_saatys_index():
    """The ratio of judgements drawn from 1/9 ... 9 is about 1, by what the index stands for."""
    random, ratios = np.random.default_rng(1), []
    scale = np.array([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    for _ in range(300):
        cells = np.ones((5, 5))
        upper = np.triu_indices(5, 1)
        cells[upper] = random.choice(scale, 10)
        cells.T[upper] = 1 / cells[upper]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DataWarning)
            ratios.append(ahp_weights(square(cells, list("abcde"))).consistency_ratio)
    assert np.mean(ratios) == pytest.approx(1, abs=0.1)


def test_consistent_judgements_give_their_weights_back():
    truth = np.array([0.6, 0.3, 0.1])
    ahp = ahp_weights(square(truth[:, np.newaxis] / truth))
    assert ahp.weights.tolist() == pytest.approx(truth)
    assert ahp.consistency_ratio == pytest.approx(0, abs=1e-12)
    written = ahp_weights(square([[1, 3, 3], [0.33, 1, 1], [0.33, 1, 1]]))
    assert written.weights.round(2).tolist() == [0.6, 0.2, 0.2]


def test_contradictions_are_told_with_the_pair():
    cells = [[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]]
    with pytest.warns(DataWarning, match=r"ratio is \d\.\d\d, above 0\.1"):
        ahp = ahp_weights(square(cells))
    assert ahp.consistency_ratio > 0.1
    names = ["a", "b", "c", "d"]
    truth = np.array([0.4, 0.3, 0.2, 0.1])
    cells = truth[:, np.newaxis] / truth
    cells[0, 3], cells[3, 0] = 1 / 4, 4.0
    with pytest.warns(
        DataWarning, match=r"(?s)'a' against 'd' first: 0.25 was given, .* about 4\."
    ):
        ahp_weights(square(cells, names))


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([[1, 2], [2, 1]], "must be 0.5, not 2"),
        ([[1, -2], [-0.5, 1]], "above 0"),
        ([[2, 2], [0.5, 1]], "meets itself"),
        ([[1, np.nan], [0.5, 1]], "blank"),
        ([[1]], "2 to 10"),
    ],
)
def test_unusable_pairs_are_told(cells, says):
    with pytest.raises(DataError, match=says):
        ahp_weights(square(cells))


def test_other_errors_are_told():
    with pytest.raises(DataError, match="same indicators"):
        ahp_weights(pd.DataFrame([[1, 2], [0.5, 1]], index=["a", "b"], columns=["b", "a"]))
    with pytest.raises(DataError, match="two customers"):
        entropy_weights(RANKS.iloc[:1])
    with pytest.raises(DataError, match="0 or more"):
        entropy_weights(RANKS - 50)
    with pytest.raises(DataError, match="all customers are equal"):
        entropy_weights(RANKS * 0 + 50)
    with pytest.raises(DataError, match="dictionary"):
        weight_changes(RANKS, {})
    with pytest.raises(DataError, match="add up"):
        weight_changes(RANKS, {"firm": {"profit": 60}})


def test_who_moves_is_counted_customer_by_customer():
    choices = {
        "firm": CREDIT_ORDER_PROFIT,
        "equal": equal_weights(RANKS),
        "profit": {"profit": 1.0},
    }
    table = weight_changes(RANKS, choices)
    place = {"value3:vip": 2, "value3:important": 1, "value3:ordinary": 0}
    first = value_tier(composite_score(RANKS, CREDIT_ORDER_PROFIT)).tolist()
    for name, weights in choices.items():
        now = value_tier(composite_score(RANKS, weights)).tolist()
        moves = [place[new] - place[old] for new, old in zip(now, first, strict=True)]
        assert table.loc[name, "up"] == sum(move > 0 for move in moves)
        assert table.loc[name, "down"] == sum(move < 0 for move in moves)
        assert table.loc[name, "changed"] == sum(move != 0 for move in moves)
        assert table.loc[name, "changed_share"] == table.loc[name, "changed"] / 200
    assert table.loc["profit", NAMES].tolist() == [1, 0, 0]
    assert table.loc["firm", "changed"] == 0 < table.loc["equal", "changed"]


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("kind", ["usual", "one choice", "none moves", "many"])
def test_picture(kind, lang):
    firm = {"firm": CREDIT_ORDER_PROFIT}
    points, choices = {
        "usual": (
            RANKS,
            firm | {"equal": equal_weights(RANKS), "entropy": entropy_weights(DISTANCES)},
        ),
        "one choice": (RANKS, firm),
        "none moves": (RANKS, firm | {"ahp": CREDIT_ORDER_PROFIT}),
        "many": (
            pd.DataFrame(_random.uniform(0, 100, (50, 9)), columns=[f"x{n}" for n in range(9)]),
            {f"choice {n}": equal_weights([f"x{n}", "x8"]) for n in range(6)},
        ),
    }[kind]
    ax = plot_weights(points, choices, lang=lang)
    check_figure(ax)
    pd.testing.assert_frame_equal(figure_table(ax), weight_changes(points, choices))


def test_picture_says_which_choice_moves_most():
    choices = {"firm": CREDIT_ORDER_PROFIT, "equal": equal_weights(RANKS)}
    moved = weight_changes(RANKS, choices).loc["equal", "changed"]
    ax = plot_weights(RANKS, choices, lang="en")
    assert title_of(ax) == f"Equal weights: {moved} of 200 customers change tier"
    said = [text.get_text() for text in ax.texts]
    assert "compared with" in said
    assert f"{moved} change tier" in said
