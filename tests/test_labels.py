"""Labels: both languages full, placeholders equal, nothing changed."""

import csv
import string
from pathlib import Path

import pandas as pd
import pytest

import rfmgrade
import rfmkit as rk

TEXTS = sorted(
    file for one in (rk, rfmgrade) for file in (Path(one.__file__).parent / "texts").glob("*.csv")
)


def rows():
    for file in TEXTS:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield file.name, row


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_every_text_is_there_in_both_languages(file):
    for name, row in rows():
        if name == file.name:
            assert None not in row, f"{name}: too many commas after {row['key']}"
            assert row["zh-TW"], row
            assert row["en"], row


def test_both_languages_use_the_same_values():
    def fields(text):
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    for name, row in rows():
        chinese, english = fields(row["zh-TW"]), fields(row["en"])
        # English singulars ("one row") need no number.
        allowed = chinese if row["key"].endswith(".one") else english
        assert english <= chinese <= allowed, f"{name}: {row['key']}"


def test_language_is_checked():
    with pytest.raises(ValueError, match="zh-TW"):
        rk.use_language("zh-CN")


def test_localize_names_columns_and_codes_and_changes_nothing():
    frame = pd.DataFrame(
        {"class": pd.Categorical(["important_keep"]), "monetary": [1.0], "own": ["x"]},
        index=pd.Index(["A"], name="customer"),
    )
    before = frame.copy(deep=True)
    shown = rk.localize(frame, "zh-TW")
    assert shown.columns.tolist() == ["客戶類別", "M：消費總額", "own"]
    assert shown.index.name == "客戶編號"
    assert shown.iloc[0, 0] == "重要保持客戶"
    pd.testing.assert_frame_equal(frame, before)


def test_localize_an_index_of_classes():
    summary = pd.DataFrame({"customers": [3]}, index=pd.Index(["general_keep"], name="class"))
    assert rk.localize(summary, "en").index.tolist() == ["General: keep"]
