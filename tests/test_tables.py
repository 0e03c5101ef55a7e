"""Tables for people: language, number formats, alignment, and nothing changed."""

import re

import pandas as pd
import pytest

import rfmkit as rk

TABLE = pd.DataFrame(
    {
        "customer": ["A", "=B"],
        "date": pd.to_datetime(["2021-03-05", None]),
        "amount": [1234.0, 0.5],
        "revenue_share": [0.317, 0.004],
        "R": [True, False],
        "reason": ["zero_amount", "repeated_row"],
        "own": [1.25, 3.0],
    }
)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Customer", "Amount", "Share of revenue", "high", "low", "Zero amount"]),
        ("zh-TW", ["客戶編號", "金額", "營收占比", "高", "低", "金額為零"]),
    ],
)
def test_a_table_is_in_the_readers_language_with_its_formats(lang, words):
    before = TABLE.copy(deep=True)
    html = rk.pretty(TABLE, lang=lang).to_html()
    for word in [*words, "1,234", "0.50", "32%", "0%", "2021-03-05", "1.25", ">3<"]:
        assert word in html
    assert "NaT" not in html
    pd.testing.assert_frame_equal(TABLE, before)


def test_numbers_stand_right_and_words_left():
    html = rk.pretty(TABLE[["customer", "amount"]], lang="en").to_html()
    assert ".col0 {\n  text-align: left" in html
    assert ".col1 {\n  text-align: right" in html


def test_a_screen_reader_is_told_what_heads_a_row_and_what_a_column():
    table = TABLE.set_index("customer")[["amount", "own"]]
    page = rk.pretty(table, lang="en").to_html()
    heads = re.findall(r"<th([^>]*)>([^<]*)</th>", page)
    assert {(re.search(r'scope="(\w+)"', told)[1], text) for told, text in heads} == {
        ("col", "Amount"),
        ("col", "own"),
        ("col", "Customer"),
        ("row", "A"),
        ("row", "=B"),
    }
    assert page.count("<tr>") == page.count("</tr>") == 4
    assert page == rk.pretty(table, lang="en")._repr_html_()


def test_equal_tables_give_equal_html_and_others_another_id():
    assert rk.pretty(TABLE).to_html() == rk.pretty(TABLE.copy()).to_html()
    assert rk.pretty(TABLE).uuid != rk.pretty(TABLE.head(1)).uuid


def test_cells_that_are_not_what_their_column_says_stay_as_they_are():
    odd = pd.DataFrame({"amount": ["另議", 95, None], "date": ["待確認", "2021/3/5", None]})
    html = rk.pretty(odd).to_html()
    assert "另議" in html
    assert "待確認" in html
    assert ">95<" in html
    assert "None" not in html


def test_a_repeated_index_is_shown_as_a_column():
    twice = pd.DataFrame({"amount": [1.0, 2.0]}, index=pd.Index([5, 5], name="row"))
    assert "列號" in rk.pretty(twice, lang="zh-TW").to_html()


def test_what_a_student_typed_cannot_become_html():
    hostile = pd.DataFrame({"customer": ["<script>alert(1)</script>"]})
    assert "<script>" not in rk.pretty(hostile).to_html()
