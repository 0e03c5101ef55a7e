"""The forms one by one: what they take, and what a wrong answer hears, stage by stage."""

import pandas as pd
import pytest
from sample_questions import SAMPLES

import rfmkit as rk
from rfmkit.classroom import ask, check
from rfmkit.classroom.answer_types import Choice, Classes, Figure, InvalidAnswer, Values
from rfmkit.classroom.case import open_case
from rfmkit.classroom.plain_names import tier_code
from rfmkit.labels import LANGUAGES
from rfmkit.strategies import SCHEMES

CASE = open_case()


def right(number):
    return SAMPLES[number].reference(CASE)


def other_tier(series):
    return series.where(series.index != series.index[0], "abc4:small").mask(
        lambda tiers: (tiers.index == tiers.index[0]) & (series == "abc4:small"), "abc4:premium"
    )


def other_number(numbers):
    return numbers.where(numbers.index != numbers.index[0], 12345.0)


def fifths(rfm, count):
    return pd.qcut(rfm["frequency"] // 1000, 5)


def labelled_fifths(rfm, count):
    return pd.qcut(rfm["frequency"] // 1000, 5, labels=range(5), duplicates="drop")


def fails(*_):
    raise ValueError("no such customer")


# Form, wrong answer, and words of what is said in English and in Chinese.
STAGES = [
    ("s.number", "x", "one number", "一個數字"),
    ("s.number", float("nan"), "infinite or missing", "缺失值"),
    ("s.number", 10**6, "too high", "太大"),
    ("s.number", -1, "too low", "太小"),
    ("s.number", pd.Timedelta("3D"), ".dt.days", ".dt.days"),
    ("s.numbers", 5, "few named numbers", "幾個有名字的數字"),
    ("s.numbers", {"top": 1}, "lacks rest", "少了：rest"),
    ("s.numbers", (1, 2, 3), "You gave 3", "給了 3 個"),
    ("s.numbers", {"top": "x", "rest": 1}, "top should be one number", "top 應該是一個數字"),
    ("s.numbers", {"top": 1, "rest": float("nan")}, "rest is infinite", "rest 是無限大"),
    ("s.numbers", (9, -9), "top (9) is too high, rest (-9) is too low", "top（9）太大"),
    ("s.values", 5, "one value per row", "每列一個值"),
    ("s.values", CASE.rfm, "one column of values", "只要一欄值"),
    ("s.values", CASE.rfm["monetary"].reset_index(drop=True), "no telling", "看不出"),
    ("s.values", CASE.rfm["monetary"].iloc[2:], "2 are missing", "還少 2 個"),
    (
        "s.values",
        CASE.rfm["monetary"].rename(index={CASE.rfm.index[0]: "Z9"}),
        "do not belong there (count: 1)",
        "1 個不該",
    ),
    ("s.values", other_number(CASE.rfm["monetary"]), "numbers differ", "數字不同"),
    ("s.values", CASE.rfm["monetary"].astype(str), "not numbers", "不是數字"),
    ("s.table", CASE.rfm["monetary"], "a table (DataFrame)", "一張表"),
    ("s.table", CASE.rfm[["monetary"]], "lacks frequency", "少了欄位：frequency"),
    ("s.table", CASE.rfm.iloc[1:], "one is missing", "還少 1 個"),
    (
        "s.table",
        CASE.rfm.assign(monetary=other_number(CASE.rfm["monetary"])),
        "Some values differ in monetary",
        "欄位 monetary",
    ),
    ("s.tiers", right("s.tiers").assign(service="x"), "In service, 4 of 4", "以 service 來說"),
    ("s.tiers", right("s.tiers").iloc[1:], "one is missing", "還少 1 個"),
    ("s.classes", right("s.classes").map({}), "have no tier", "沒有分到級別"),
    ("s.classes", right("s.classes").map(lambda _: "vip"), "no tier of this", "不是這個分級法"),
    ("s.classes", other_tier(right("s.classes")), "in another tier", "級別不同"),
    ("s.customers", 7, "customer numbers", "客戶編號"),
    ("s.customers", ["Z9"], "(count: 1), and others are missing (count: 4)", "1 個不該在裡面"),
    ("s.customers", list(right("s.customers"))[:3], "one is missing", "還少 1 個"),
    ("s.list", [*right("s.list")[1:], right("s.list")[0]], "the order is not", "順序不對"),
    ("s.choice", 2, "in quotes", "放在引號裡"),
    ("s.choice", "ab", "single letter", "只選一個"),
    ("s.choice", "x", "no option “x”", "沒有「x」"),
    ("s.choices", "a", "there is more", "還沒選完"),
    ("s.choices", "acd", "does not belong", "不該選"),
    ("s.choices", "ab", "something is missing", "也有漏掉"),
    ("s.choices", [], "Choose all", "可以選好幾個"),
    ("s.figure", 5, "a picture", "一張圖"),
    ("s.function", 5, "asks for a function", "一個函式"),
    ("s.function", fails, "no such customer", "no such customer"),
    ("s.function", lambda rfm, count: None, "returned nothing", "什麼都沒有傳回"),
    ("s.function", lambda rfm, count: "x", "one number", "一個數字"),
    ("s.function", lambda rfm, count: -7 - count, "too low", "太小"),
    ("s.function", lambda: 5, "TypeError", "TypeError"),
    ("s.function", fifths, "two of the edges", "兩條落在同一個數上"),
    ("s.function", labelled_fifths, "fewer groups than labels", "組數比你給的標籤少"),
    ("s.open", 5, "asks for a text", "一段文字"),
    ("s.open", "x" * 30_000, "too many", "太長"),
]


@pytest.mark.parametrize(("number", "answer", "english", "chinese"), STAGES)
def test_a_wrong_answer_is_told_stage_by_stage(number, answer, english, chinese, samples):
    for lang, words in (("en", english), ("zh-TW", chinese)):
        rk.use_language(lang)
        card = check(number, answer)
        assert card.status == "wrong"
        assert words in card.text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tiers_of_every_scheme_are_read_by_code_and_by_name(scheme):
    codes = pd.Series(list(SCHEMES[scheme]), index=[f"C{i}" for i in range(len(SCHEMES[scheme]))])
    answer_type = Classes(scheme)
    key = answer_type.parse(codes)
    for lang in LANGUAGES:
        assert answer_type.same(answer_type.parse(rk.class_name(codes, lang=lang)), key)
    assert answer_type.same(answer_type.parse(codes.astype("category")), key)
    assert all(tier_code(code) == code for code in codes)  # without naming the scheme, too


def test_a_short_name_is_read_where_it_means_one_tier():
    assert tier_code("高端客戶", "abc4") == tier_code("高端", "abc4") == "abc4:premium"
    assert tier_code("VIP", "value3") == tier_code("ＶＩＰ客戶", "value3") == "value3:vip"
    assert tier_code("VIP") is None  # three schemes have one
    assert tier_code("A級", "credit7") == "credit:a"
    assert tier_code("重要價值") == "important_value"
    assert tier_code("c") is None  # a customer, a product: no tier unless the scheme is named
    assert tier_code("c", "credit_sheet4") == "sheet:c"


def test_blanks_left_in_a_dict_or_a_tuple_are_not_attempted(samples):
    for blank in ({"top": ..., "rest": ...}, (..., 1), [...]):
        assert check("s.numbers", blank).status == "not_attempted"
    assert check("s.open", "  ").status == check("s.open", "...").status == "not_attempted"


def test_an_open_question_shows_its_rubric_and_is_never_right_or_wrong(samples):
    rk.use_language("en")
    card = check("s.open", "My reasons are these: one, two and three.")
    assert card.status == "open"
    assert "41 characters" in card.text
    assert card.items == ("(2) gives evidence", "(1) gives advice")
    assert "too short" in check("s.open", "Because.").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ask_shows_the_stem_the_options_and_the_rubric(lang, samples):
    rk.use_language(lang)
    card = ask("s.choice")
    for shown in (repr(card), card._repr_html_()):
        assert f"(b) option b {lang}" in shown
        assert {"zh-TW": "題幹", "en": "the stem"}[lang] in shown
        assert "★" in shown
    assert {"zh-TW": "有證據", "en": "gives evidence"}[lang] in repr(ask("s.open"))
    assert "`a`" in repr(card)


def test_a_card_is_readable_by_ear_and_in_both_themes(samples):
    page = check("s.number", -1)._repr_html_()
    assert 'role="status"' in page
    assert 'lang="zh-TW"' in page
    assert 'aria-label="s.number' in page
    assert 'aria-hidden="true"' in page  # the sign is for the eye; the heading says it in words
    assert "var(--jp-layout-color2" in page
    assert "var(--jp-content-font-color1" in page


def test_values_of_months_and_whole_numbers_find_their_rows():
    answer_type = Values(rows="month")
    key = answer_type.parse(pd.Series([1, 2], index=["2021-01", "2021-02"]))
    months = pd.period_range("2021-01", periods=2, freq="M")
    assert answer_type.same(answer_type.parse(pd.Series([2.0, 1.0], index=months[::-1])), key)
    days = pd.Series([1, 2], index=pd.to_datetime(["2021-01-31", "2021-02-28"]))
    assert answer_type.parse(days).index.tolist() == ["2021-01-31", "2021-02-28"]
    assert Values().parse(pd.Series([1], index=[7.0])).index.tolist() == ["7"]


def test_a_choice_refuses_more_than_a_letter_kindly():
    with pytest.raises(InvalidAnswer, match="need_letter"):
        Choice("ab").parse("ab")


def test_a_picture_is_needed_even_when_nothing_was_ever_drawn():
    with pytest.raises(InvalidAnswer, match="need_figure"):
        Figure("bar").parse({"kind": "pie"})
