"""The segments that marketers name: a rule table for each of 125 cells, in two languages."""

import csv
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.labels import LANGUAGES

CELLS = list(product(range(1, 6), repeat=3))
TABLE = Path(rk.__file__).with_name("segments.csv")


def by_hand(r: int, f: int, m: int) -> str:
    """Sort one customer as a marketer would say it, without the table."""
    if r >= 4:
        if f == 1:
            return "new" if r == 5 else "promising"
        if f <= 3:
            return "potential_loyalist"
        return "champions" if m >= 4 else "loyal"
    if r == 3:
        if f >= 4:
            return "loyal"
        return "need_attention" if f == 3 or m >= 4 else "about_to_sleep"
    if f >= 4 and m >= 4:
        return "cannot_lose"
    if f >= 3 or m >= 4:
        return "at_risk"
    return "hibernating" if r == 2 else "lost"


def cells_of(rule: str) -> set[tuple[int, ...]]:
    """Read a rule such as "R4-5 F1 M1-3" by its characters."""
    bounds = [(int(word[1]), int(word[-1])) for word in rule.split()]
    return {
        c for c in CELLS if all(low <= n <= high for n, (low, high) in zip(c, bounds, strict=True))
    }


def test_each_of_125_cells_is_in_exactly_one_rule_of_the_table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        rules = [rule for row in csv.DictReader(file) for rule in row["scores"].split("; ")]
    covered = [cell for rule in rules for cell in cells_of(rule)]
    assert len(covered) == 125
    assert set(covered) == set(CELLS)


def test_the_table_says_what_the_words_say():
    scores = pd.DataFrame(CELLS, columns=["R", "F", "M"])
    assert rk.segment(scores).tolist() == [by_hand(*cell) for cell in CELLS]


def test_every_segment_is_named_in_both_languages():
    for lang in LANGUAGES:
        table = rk.segment_table(lang=lang)
        assert len(table) == 11
        assert table["name"].is_unique
        assert (table[["name", "strategy"]] != "").all(axis=None)


def test_scores_of_a_customer_table_keep_its_order_and_its_names():
    rfm = pd.DataFrame(
        {"recency_days": [40, 1, 20], "frequency": [1, 9, 3], "monetary": [5.0, 900, 70]},
        index=["C", "A", "B"],
    )
    scores = pd.DataFrame(
        {
            "R": rk.score(rfm["recency_days"], smaller_is_better=True),
            "F": rk.score(rfm["frequency"]),
            "M": rk.score(rfm["monetary"]),
        }
    )
    segments = rk.segment(scores)
    assert segments.index.tolist() == ["C", "A", "B"]
    assert segments.loc["C"] == "lost"
    assert not segments.cat.ordered


@pytest.mark.parametrize("bad", [0, 6, 2.5, None, "5", -1])
@pytest.mark.parametrize("column", ["R", "F", "M"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_score_out_of_range_is_told_with_its_customer(bad, column, lang):
    scores = pd.DataFrame({name: [3, 3] for name in "RFM"}, index=["A", "B"], dtype=object)
    scores.loc["B", column] = bad
    rk.use_language(lang)
    with pytest.raises(rk.DataError, match="B") as told:
        rk.segment(scores)
    assert column in str(told.value)
    assert "rk.score" in str(told.value)


def test_a_missing_column_is_told():
    with pytest.raises(rk.DataError, match="M"):
        rk.segment(pd.DataFrame({"R": [1], "F": [1]}))
