"""Every function of the relationship modules on every kind of unfit data: an error that teaches."""

import re

import numpy as np
import pandas as pd
import pytest

from rfmkit.relationship import customer_size, prospect_grade, reaction_type
from rfmkit.relationship.credit import credit_grade, credit_limit
from rfmkit.relationship.quadrants import (
    loyalty_credit,
    loyalty_size,
    quadrant,
    three_way,
    wallet_strategy,
)
from rfmkit.relationship.service import loyalty_points
from rfmkit.relationship.sheets import (
    EVALUATION,
    FIVE_C,
    SHEET_POINTS,
    evaluation_sheet,
    five_c_score,
)
from rfmkit.relationship.sheets import scoring_sheet as sheet_of
from rfmkit.schema import DataError

ITEMS = [item for head in EVALUATION.values() for item in head]


def filled(values, columns):
    """Make a table whose every column is the same Series."""
    if not isinstance(values, pd.Series):
        return values
    return pd.DataFrame(dict.fromkeys(columns, values), index=values.index)


# One Series (values within 0 to 1 suit all but the marks) -> the function's result.
FUNCTIONS = {
    "credit_grade": credit_grade,
    "credit_limit": lambda s: credit_limit(
        s, pd.Series("credit:a", index=pd.Series(s).index), term_months=1
    ),
    "prospect_grade": prospect_grade,
    "customer_size": lambda s: customer_size(s, cuts=(0.1, 0.2, 0.3)),
    "reaction_type": lambda s: reaction_type(s, cuts=(0.1, 0.2, 0.3)),
    "quadrant": lambda s: quadrant(s, s, cuts=(0.5, 0.5), names=list("abcd")),
    "loyalty_size": lambda s: loyalty_size(s, s, cuts=(0.5, 0.5)),
    "loyalty_credit": lambda s: loyalty_credit(s, s, cuts=(0.5, 0.5)),
    "wallet_strategy": lambda s: wallet_strategy(s, s, cuts=(0.5, 0.5)),
    "three_way": lambda s: three_way(s, s, s, cuts=(0.5, 0.5, 0.5)),
    "loyalty_points": lambda s: loyalty_points(s, used_up=True),
    "five_c_score": lambda s: five_c_score(filled(s, FIVE_C)),
    "scoring_sheet": lambda s: sheet_of(
        filled(s, SHEET_POINTS), months=pd.Series(12, index=pd.Series(s).index)
    ),
    "evaluation_sheet": lambda s: evaluation_sheet(filled(s, ITEMS)),
}
EMPTY_IS_FINE = {"credit_limit", "loyalty_points"}
NEGATIVE_IS_FINE = {
    "customer_size",
    "reaction_type",
    "quadrant",
    "loyalty_size",
    "loyalty_credit",
    "three_way",
    "loyalty_points",
}
ONE_ROW_A_CUSTOMER = {"scoring_sheet", "evaluation_sheet"}


def good(name, values=(0.2, 0.9)):
    values = [1 + value for value in values] if name == "evaluation_sheet" else values
    return pd.Series(values, index=[f"C{n}" for n in range(len(values))], dtype="float64")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_good_data_pass_and_stay_as_they_were(name):
    for values in [(0.2, 0.9), (0.5,), (0.5, 0.5, 0.5)]:
        series = good(name, values)
        before = series.copy(deep=True)
        result = FUNCTIONS[name](series)
        assert result.index.equals(series.index)
        pd.testing.assert_series_equal(series, before)
        if len(set(values)) == 1:
            rows = result.astype(object).to_numpy().reshape(len(values), -1)
            assert (rows == rows[0]).all(), "equal customers are treated alike"


BAD = {
    "not a Series": ([0.5], "Series|DataFrame"),
    "text": (pd.Series(["0.5"], dtype=object), "not numbers"),
    "true and false": (pd.Series([True]), "not numbers"),
    "blank": (pd.Series([0.5, np.nan], index=["A", "B"]), "'B'"),
    "blank in Int64": (pd.Series([1, None], index=["A", "B"], dtype="Int64"), "'B'"),
    "infinite": (pd.Series([0.5, np.inf], index=["A", "B"]), "'B'"),
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_unfit_data_are_explained(name, bad):
    values, says = BAD[bad]
    if name == "evaluation_sheet" and isinstance(values, pd.Series) and values.dtype == "float64":
        values = values + 1
    with pytest.raises(DataError) as error:
        FUNCTIONS[name](values)
    assert re.search(says, str(error.value))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nobody_at_all(name):
    if name in EMPTY_IS_FINE:
        assert len(FUNCTIONS[name](good(name, ()))) == 0
        return
    with pytest.raises(DataError, match="empty"):
        FUNCTIONS[name](good(name, ()))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_negative_value(name):
    series = pd.Series([-0.5], index=["A"])
    if name in NEGATIVE_IS_FINE:
        assert len(FUNCTIONS[name](series)) == 1
        return
    with pytest.raises(DataError, match=r"'A' has -0\.5"):
        FUNCTIONS[name](series)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_customer_who_stands_twice(name):
    series = good(name).set_axis(["A", "A"])
    if name in ONE_ROW_A_CUSTOMER:
        with pytest.raises(DataError, match="'A'"):
            FUNCTIONS[name](series)
        return
    # A grade looks at one row alone, so the rows are graded each and kept.
    assert FUNCTIONS[name](series).index.tolist() == ["A", "A"]


@pytest.mark.parametrize(
    ("call", "columns"),
    [
        (five_c_score, FIVE_C),
        (lambda table: sheet_of(table, months=table.iloc[:, 0]), tuple(SHEET_POINTS)),
        (evaluation_sheet, tuple(ITEMS)),
    ],
)
def test_a_misspelt_column_is_named_with_its_mend(call, columns):
    table = filled(good("evaluation_sheet"), columns)
    misspelt = table.rename(columns={columns[-1]: columns[-1] + "s"})
    with pytest.raises(DataError, match=r"(?s)lacks column .*df\.rename"):
        call(misspelt)
