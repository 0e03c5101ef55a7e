"""The table of tiers: every tier of every scheme once, in both languages, and nothing else."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import rfmkit as rk
from rfmkit.labels import label
from rfmkit.strategies import (
    SCHEME_OF,
    SCHEMES,
    class_name,
    scheme_table,
    strategies_table,
    strategy,
)

PACKAGE = Path(rk.__file__).parent
COLUMNS = [
    "scheme",
    "code",
    "name_zh-TW",
    "name_en",
    "traits_zh-TW",
    "traits_en",
    "strategy_zh-TW",
    "strategy_en",
    "source",
]
with (PACKAGE / "strategies.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def test_every_tier_of_every_scheme_stands_exactly_once():
    assert list(ROWS[0]) == COLUMNS
    listed = Counter((row["scheme"], row["code"]) for row in ROWS)
    wanted = [(scheme, code) for scheme, codes in SCHEMES.items() for code in codes]
    assert listed == Counter(wanted)
    assert len(ROWS) == 109
    # In the same order: best first.
    assert [(row["scheme"], row["code"]) for row in ROWS] == wanted


def test_a_code_belongs_to_one_scheme_and_carries_its_name():
    assert len(SCHEME_OF) == len({row["code"] for row in ROWS}) == len(ROWS)
    prefixes = {}
    for scheme, codes in SCHEMES.items():
        if scheme == "rfm8":
            assert not any(":" in code for code in codes)
            continue
        (prefix,) = {code.partition(":")[0] for code in codes}
        assert prefixes.setdefault(prefix, scheme) == scheme


@pytest.mark.parametrize("word", ["重要客戶", "普通客戶", "小客戶", "VIP 客戶", "內部客戶"])
def test_the_words_that_the_sources_share_are_told_apart(word):
    holders = [row for row in ROWS if word in row["name_zh-TW"]]
    assert len(holders) > 1
    assert len({row["code"] for row in holders}) == len(holders)
    assert len({row["scheme"] for row in holders}) == len(holders)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_same_name_never_stands_for_two_tiers(lang):
    names = Counter(row[f"name_{lang}"] for row in ROWS)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_both_languages_are_full(row):
    assert None not in row, "too many commas"
    for column in COLUMNS:
        assert row[column] == row[column].strip()
        if not column.startswith("traits"):
            assert row[column], column
    assert bool(row["traits_zh-TW"]) == bool(row["traits_en"])
    # Blank traits only where 001 and 002 have names alone.
    assert row["traits_en"] or row["source"].startswith(
        ("customer-analysis slides", "Q&A on tier criteria")
    )
    assert re.match(
        r"(textbook|customer-analysis slides|Q&A on tier criteria|value-pyramid chapter"
        r"|common practice|the nearest published sheet|K)\b",
        row["source"],
    )
    for lang in ("zh-TW", "en"):
        texts = [row[f"{field}_{lang}"] for field in ("name", "traits", "strategy")]
        has_chinese = any(re.search("[一-鿿]", text) for text in texts)
        assert has_chinese == (lang == "zh-TW")
        if lang == "zh-TW":
            assert not re.search("[,;!?]", "".join(texts)), "half-width punctuation in Chinese"


def test_simplified_and_mainland_words_stay_out():
    text = (PACKAGE / "strategies.csv").read_text(encoding="utf-8")
    text += (PACKAGE / "texts" / "schemes.csv").read_text(encoding="utf-8")
    assert not set("户关级类数据质务产业维护价简话").intersection(text)
    for word in ("數據", "質量", "信息", "性價比", "渠道", "優化", "激活", "反饋"):
        assert word not in text


def test_no_code_in_the_modules_is_unknown():
    prefixes = {code.partition(":")[0] for code in SCHEME_OF if ":" in code}
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                prefix, colon, _ = node.value.partition(":")
                if colon and prefix in prefixes and re.fullmatch(r"\w+:\w+", node.value):
                    found.add(node.value)
    assert found
    assert found <= set(SCHEME_OF)


def test_the_modules_use_whole_schemes():
    value_pyramids = pytest.importorskip("rfmkit.value.tiers")
    value_tiers = pytest.importorskip("rfmkit.value.tiers")
    assert SCHEMES["pyramid4"] == value_pyramids.PYRAMID4
    assert SCHEMES["value4"] == value_pyramids.VALUE4
    assert SCHEMES["value3"] == value_tiers.VALUE3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_has_a_name_and_a_table(scheme):
    for lang in ("zh-TW", "en"):
        assert label(f"scheme.{scheme}", lang)
        table = scheme_table(scheme, lang=lang)
        assert tuple(table.index) == SCHEMES[scheme]
        assert list(table) == ["name", "traits", "strategy", "source"]
        for code, row in table.iterrows():
            assert row["name"] == class_name(code, lang=lang)
            assert row["strategy"] == strategy(code, lang=lang)


def test_an_unknown_scheme_or_code_is_answered_with_the_known():
    with pytest.raises(rk.DataError, match=r"no scheme 'abc'; the schemes are .*'abc3'"):
        scheme_table("abc")
    with pytest.raises(rk.DataError, match="'abc4:important' or 'value3:important'"):
        strategy("important")
    with pytest.raises(rk.DataError, match="'pareto2:key'"):
        strategy("pareto:key")
    with pytest.raises(rk.DataError, match="no tier code; the codes are"):
        strategy("金牌")


def test_the_eight_classes_keep_their_texts():
    # What the workbook and the lessons print; the rest of the row may grow.
    assert strategy("important_develop", lang="en") == (
        "Marketing and promotions to bring them in more often"
    )
    assert strategies_table()["general_keep"]["source"] == "textbook table 5-2"
