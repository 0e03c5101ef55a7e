"""Hold the sliders: they move tiers and picture, in both languages, without a browser."""

import sys

import numpy as np
import pandas as pd
import pytest

from rfmkit.explore import explore_abc, explore_retention, explore_rfm, explore_weights
from rfmkit.schema import DataError

pytest.importorskip("ipywidgets")

RFM = pd.DataFrame(
    {
        "recency_days": [2, 9, 21, 30],
        "frequency": [5, 2, 1, 1],
        "monetary": [900.0, 300.0, 80.0, 20.0],
    },
    index=list("ABCD"),
)
POINTS = pd.DataFrame({"credit": [90.0, 10.0], "profit": [20.0, 85.0]}, index=["A", "B"])
PROFIT = pd.Series([80.0, 10.0, 5.0, 3.0, 2.0], name="profit")
CS = pd.Series([5.0, 2.0, 4.0, 3.0, 1.0])
PAGES = {
    "rfm": lambda lang: explore_rfm(RFM, lang=lang),
    "weights": lambda lang: explore_weights(
        POINTS, weights={"credit": 0.5, "profit": 0.5}, lang=lang
    ),
    "retention": lambda lang: explore_retention(PROFIT, CS, clv_cuts=30, cs_cuts=(3, 4), lang=lang),
    "abc": lambda lang: explore_abc(PROFIT, lang=lang),
}


def sliders(page):
    return page.children[1:-1]


def words(page) -> str:
    return page.children[-1].value.rpartition('<p role="status">')[2].removesuffix("</p>")


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_labels_a_described_picture_and_a_word_on_keys(name, lang):
    page = PAGES[name](lang)
    assert all(handle.description for handle in sliders(page))
    assert not any(handle.continuous_update for handle in sliders(page))
    assert ("方向鍵" if lang == "zh-TW" else "arrow keys") in page.children[0].value
    assert f'<img alt="{words(page)}"' in page.children[-1].value
    assert "data:image/png;base64,iVBOR" in page.children[-1].value
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def test_a_cut_moves_classes_and_picture():
    page = explore_rfm(RFM, lang="en")
    first = page.children[-1].value
    assert sliders(page)[2].value == RFM["monetary"].mean()
    sliders(page)[2].value = 300.0  # B reaches it now
    assert page.children[-1].value != first
    sliders(page)[0].value = 2.0
    assert "“General: win back” is the largest: 50% of customers" in words(page)


def test_weights_are_scaled_to_one():
    page = explore_weights(POINTS, weights={"credit": 0.5, "profit": 0.5}, lang="en")
    sliders(page)[0].value = 0
    assert "Credit 0%, Profit 100%" in page.children[-1].value
    assert "the best is B with 85" in words(page)
    sliders(page)[1].value = 0
    assert page.children[-1].value.startswith('<p role="alert">All weights are 0')
    sliders(page)[0].value = 30
    assert "the best is A with 90" in words(page)


def test_retention_moves_boxes():
    page = explore_retention(PROFIT, CS, clv_cuts=30, cs_cuts=(3, 4), lang="en")
    assert "Retain 1, Strengthen 0, Rescue 0" in words(page)
    sliders(page)[0].value = 0.95  # 10 x 0.95 / 0.15 = 63: the second customer, CS 2, gets high
    assert "Retain 2, Strengthen 0, Rescue 1" in words(page)


def test_shares_move_tiers_and_must_rise():
    page = explore_abc(PROFIT, lang="en")
    assert "Class A 20% → 80%" in words(page)
    sliders(page)[0].value = 0.4
    assert "Class A 40% → 90%" in words(page)
    sliders(page)[0].value = 0.7
    assert "must rise" in page.children[-1].value


def test_without_ipywidgets_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ImportError, match="pip install ipywidgets"):
        explore_rfm(RFM)


def test_bad_data_is_told_before_a_page_is_made():
    with pytest.raises(DataError, match="monetary"):
        explore_rfm(RFM.drop(columns="monetary"))
    with pytest.raises(DataError, match="credit"):
        explore_weights(POINTS.drop(columns="credit"), weights={"credit": 1.0})
    with pytest.raises(DataError, match="blank"):
        explore_abc(PROFIT.where(PROFIT > 2, np.nan))
