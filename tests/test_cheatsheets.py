"""The sheet of verbs: one code in both languages, which runs and stands in the lesson named."""

import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import rfmkit as rk

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (?!我|I want|---)(.+?) \| (.+) \| (.+?) \|$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def rows(lang):
    """Read the code of each row and the lesson that teaches it."""
    text = (ROOT / f"docs/cheatsheet_verbs.{lang}.md").read_text(encoding="utf-8")
    return [
        (CODE.findall(code.replace(r"\|", "|")), lesson) for _, code, lesson in ROW.findall(text)
    ]


def test_both_languages_show_the_same_code():
    (chinese, english) = ([code for code, _ in rows(lang)] for lang in ("zh-TW", "en"))
    assert chinese == english
    assert len(chinese) > 20


def test_every_verb_runs_on_the_books():
    ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
    clean, _ = rk.clean_transactions(ledger, today="2021-04-01")
    names = {
        "pd": pd,
        "rk": rk,
        "customers": rk.load_table(rk.data_file("客戶年報.csv"), index="customer"),
        "ledger": clean,
    }
    for code, _ in rows("en"):
        for one in code:
            if one in ("|", "~") or one.startswith("."):
                continue
            exec(one, names)
    plt.close("all")


@pytest.mark.parametrize("row", rows("en"), ids=lambda row: row[0][0])
def test_a_verb_is_used_in_the_lesson_named(row):
    code, lesson = row
    stem = "00_warm_up" if lesson == "warm-up" else f"{int(lesson):02}_*"
    sources = list((ROOT / "source/lessons").glob(f"{stem}.py"))
    if lesson == "warm-up" and not sources:
        pytest.skip("the warm-up is not there")
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    verbs = re.findall(r"\.([a-z_]+)[(\[]", code[0])
    assert all(verb in text for verb in verbs)
