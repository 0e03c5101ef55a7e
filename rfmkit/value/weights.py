"""Choose the weights of indicators: equal, by entropy, or by comparing pairs (AHP).

No way is right for every firm. What can be known is how many customers a choice moves.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from rfmkit.schema import DataError, DataWarning
from rfmkit.validation import check_numbers, check_one_row_each
from rfmkit.value import composite_score
from rfmkit.value.tiers import value_tier

# Mean consistency index of random matrices of 3, 4, ... indicators (Saaty 1980).
_RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
_MAX_INCONSISTENCY = 0.1


class Ahp(NamedTuple):
    """Weights from pairs, and how far the judgements contradict each other."""

    weights: pd.Series
    consistency_index: float
    consistency_ratio: float


def equal_weights(names: Sequence[str] | pd.DataFrame) -> pd.Series:
    """Return the same weight for every indicator.

    Parameters
    ----------
    names
        The indicators, or a table with one column each.

    Returns
    -------
    pandas.Series
        `weight` of each indicator; together 1.

    Raises
    ------
    DataError
        If there is no indicator, or one stands twice.

    Notes
    -----
    Source: Dawes, *American Psychologist* 34(7), 1979: the plainest choice, and often a good one.

    Examples
    --------
    >>> equal_weights(["credit", "profit"]).to_dict()
    {'credit': 0.5, 'profit': 0.5}
    """
    names = list(names)
    if not names or len(set(names)) < len(names):
        raise DataError(f"names must be different indicators, at least one, not {names!r}.")
    return pd.Series(1 / len(names), index=names, name="weight")


def entropy_weights(points: pd.DataFrame) -> pd.Series:
    """Weigh each indicator by how unevenly customers share it.

    An indicator in which all customers are equal tells nobody apart and gets weight 0. The more a
    few customers have most of an indicator, the more weight it gets. Whether the indicator matters
    to the firm is not asked.

    Parameters
    ----------
    points
        One column an indicator, 0 or more, more is better, as `to_points` makes them. Customers
        with a blank are left out of that column.

    Returns
    -------
    pandas.Series
        `weight` of each indicator, 0 to 1; together 1.

    Raises
    ------
    DataError
        If there are fewer than two customers, a column is no number, negative, or known of fewer
        than two customers, a customer stands twice, or all customers are equal in every indicator.

    Notes
    -----
    The result hangs on how raw figures became points. Points by rank are spread alike in all
    indicators without ties, so the weights come out nearly equal; points by "minmax" differ.

    Source: Shannon's entropy as a measure of contrast (Zeleny 1982; Hwang and Yoon 1981).

    Examples
    --------
    >>> points = pd.DataFrame({"order_amount": [0.0, 0.0, 100.0], "credit": [50.0, 50.0, 50.0]})
    >>> entropy_weights(points).to_dict()
    {'order_amount': 1.0, 'credit': 0.0}
    """
    _check_points(points)
    contrast = {name: 1 - _evenness(points[name].dropna(), name) for name in points}
    weights = pd.Series(contrast, name="weight", dtype="float64").clip(lower=0)
    if weights.sum() <= 1e-12:
        raise DataError(
            "all customers are equal in every indicator: entropy cannot weigh them.\n"
            "Use equal_weights(points)."
        )
    return weights.where(weights > 1e-12, 0) / weights.where(weights > 1e-12, 0).sum()


def ahp_weights(pairwise: pd.DataFrame) -> Ahp:
    """Turn comparisons of pairs into weights: the analytic hierarchy process.

    Parameters
    ----------
    pairwise
        One row and one column an indicator, in the same order. A cell says how many times as
        important its row is as its column: 1 equal, 3 somewhat, 5 strongly, 7 very strongly,
        9 extremely more important. The cell across the diagonal is its reciprocal; 0.33 will do
        for 1/3.

    Returns
    -------
    Ahp
        `weights`: a Series, together 1. `consistency_index`: 0 if no judgement contradicts
        another. `consistency_ratio`: the index over that of random judgements; 0.1 or less is
        usual. With two indicators nothing can contradict, and both are 0.

    Raises
    ------
    DataError
        If the table is not square with the same names, a cell is blank, 0, negative or no number,
        the diagonal is not 1, two cells are no reciprocals, or there are more than 10 indicators.

    Warns
    -----
    DataWarning
        If the consistency ratio is above 0.1. The warning names the pair to think over first.

    Notes
    -----
    Source: Saaty 1980: the weights are the principal eigenvector; the random index for 3 to 10
    indicators is 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49.

    Examples
    --------
    >>> names = ["profit", "order_amount", "credit"]
    >>> pairs = pd.DataFrame([[1, 2, 6], [1/2, 1, 3], [1/6, 1/3, 1]], index=names, columns=names)
    >>> ahp = ahp_weights(pairs)
    >>> ahp.weights.round(2).to_dict(), round(ahp.consistency_ratio, 2)
    ({'profit': 0.6, 'order_amount': 0.3, 'credit': 0.1}, 0.0)
    """
    matrix = _reciprocal_matrix(pairwise)
    count = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    weights = pd.Series(vector / vector.sum(), index=pairwise.index, name="weight")
    if count < 3:
        return Ahp(weights, 0.0, 0.0)
    index = max(float(values[largest].real - count) / (count - 1), 0.0)
    ratio = index / _RANDOM_INDEX[count]
    if ratio > _MAX_INCONSISTENCY:
        _warn_of_contradiction(matrix, list(pairwise.index), ratio)
    return Ahp(weights, index, ratio)


def weight_changes(
    points: pd.DataFrame,
    choices: Mapping[str, Mapping[str, float] | pd.Series],
    *,
    cuts: Sequence[float] = (60, 80),
    missing: str = "error",
) -> pd.DataFrame:
    """Count how many customers change tier if other weights are chosen.

    Parameters
    ----------
    points
        Points from 0 to 100, one column an indicator, as for `composite_score`.
    choices
        The weights of each choice, by its name; the others are compared with the first.
    cuts
        Rising cuts on the score, in points, as for `value_tier`.
    missing
        As for `composite_score`.

    Returns
    -------
    pandas.DataFrame
        One row a choice. A column of weights for each indicator; then `changed`: customers in
        another tier than by the first choice; `up`, `down`: those of them in a higher, in a lower
        tier; `changed_share`, 0 to 1.

    Raises
    ------
    DataError
        If there is no choice, or as `composite_score` and `value_tier`.

    Notes
    -----
    Source: the value-pyramid chapter cuts at 60 and 80; the comparison is the kit's own (K).

    Examples
    --------
    >>> points = pd.DataFrame({"order_amount": [90.0, 70.0, 20.0], "profit": [90.0, 30.0, 70.0]})
    >>> choices = {"firm": {"order_amount": 0.2, "profit": 0.8}, "equal": equal_weights(points)}
    >>> weight_changes(points, choices)["changed"].to_dict()
    {'firm': 0, 'equal': 1}
    """
    if not isinstance(choices, Mapping) or not choices:
        raise DataError(
            "choices must be a dictionary of weights, such as "
            "{'firm': CREDIT_ORDER_PROFIT, 'equal': equal_weights(points)}."
        )
    tiers = {
        name: value_tier(composite_score(points, weights, missing=missing), cuts=cuts).cat.codes
        for name, weights in choices.items()
    }
    first = next(iter(tiers.values()))
    rows = {}
    for name, codes in tiers.items():
        weights = {key: float(weight) for key, weight in choices[name].items()}
        up, down = int((codes < first).sum()), int((codes > first).sum())
        rows[name] = {
            **weights,
            "changed": up + down,
            "up": up,
            "down": down,
            "changed_share": (up + down) / len(codes),
        }
    counts = ["changed", "up", "down", "changed_share"]
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("choice")
    indicators = [name for name in points if name in table]
    table[indicators] = table[indicators].fillna(0.0)
    return table[[*indicators, *counts]]


def _check_points(points: pd.DataFrame) -> None:
    if not isinstance(points, pd.DataFrame) or points.shape[1] == 0 or len(points) < 2:
        raise DataError("points must be a table of indicators, with two customers at least.")
    check_one_row_each(points.index, name="points")
    for name in points:
        known = points[name].dropna()
        check_numbers(known, name=f"column {name!r}")
        if len(known) < 2 or (known < 0).any():
            raise DataError(
                f"column {name!r} must be 0 or more and known of two customers at least.\n"
                f"Turn it into points first: to_points(table[{name!r}])."
            )


def _evenness(values: pd.Series, name: str) -> float:
    """Compute the entropy of the customers' shares over that of equal shares: 0 to 1."""
    total = float(values.sum())
    if total == 0:
        return 1.0  # all have nothing, all are equal
    shares = values.to_numpy("float64") / total
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum() / np.log(len(values)))


def _reciprocal_matrix(pairwise: pd.DataFrame) -> np.ndarray:
    if not isinstance(pairwise, pd.DataFrame) or not pairwise.index.equals(pairwise.columns):
        raise DataError(
            "pairwise must be a table with the same indicators as rows and as columns, in the "
            "same order: pd.DataFrame(cells, index=names, columns=names)."
        )
    names = list(pairwise.index)
    if not 2 <= len(names) <= max(_RANDOM_INDEX) or len(set(names)) < len(names):
        raise DataError(f"AHP compares 2 to {max(_RANDOM_INDEX)} different indicators: {names!r}.")
    for name in names:
        check_numbers(pairwise[name], name=f"column {name!r}")
    cells = pairwise.to_numpy("float64")
    if (cells <= 0).any() or not np.allclose(np.diag(cells), 1):
        raise DataError(
            "each cell must be above 0, and 1 where an indicator meets itself.\n"
            "Write 3 if the row is three times as important as the column, 1/3 if the column is."
        )
    products = cells * cells.T
    if not np.allclose(products, 1, atol=0.02):
        row, column = np.unravel_index(np.argmax(np.abs(np.log(products))), cells.shape)
        raise DataError(
            f"{names[row]!r} over {names[column]!r} is {cells[row, column]:g}, so the other way "
            f"round must be {1 / cells[row, column]:.3g}, not {cells[column, row]:g}.\n"
            "Write each pair once and its reciprocal across the diagonal."
        )
    return np.sqrt(cells / cells.T)


def _warn_of_contradiction(matrix: np.ndarray, names: list, ratio: float) -> None:
    # What the others say of a pair: by way of each third indicator, the geometric mean.
    logs = np.log(matrix)
    rows = logs.sum(axis=1)
    indirect = (rows[:, np.newaxis] - rows - 2 * logs) / (len(matrix) - 2)
    row, column = np.unravel_index(np.argmax(np.triu(np.abs(logs - indirect))), logs.shape)
    if indirect[row, column] < 0:
        row, column = column, row
    warnings.warn(
        f"the judgements contradict each other: the consistency ratio is {ratio:.2f}, above 0.1.\n"
        f"Think over {names[row]!r} against {names[column]!r} first: {matrix[row, column]:.3g} was "
        f"given, the other pairs say about {np.exp(indirect[row, column]):.2g}.",
        DataWarning,
        stacklevel=3,
    )
