"""The table question by mistake: all caught, all named, no false alarm; the docs fresh."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from authoring.build import print_question_table
from authoring.question_table import judge_questions, page, summary
from rfmkit.classroom.question import all_questions

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows():
    return judge_questions()


def test_every_mistake_is_caught_and_named_and_no_right_form_is_refused(rows):
    for row in rows:
        number = row.question.number
        assert [name for name in row.mistakes if not row.caught(name)] == [], number
        assert [name for name in row.mistakes if not row.named(name)] == [], number
        assert row.false_alarms == [], number


def test_the_summary_has_a_line_for_each_question(rows):
    lines = summary(rows).splitlines()
    assert len(lines) == len(rows) + 2
    mistakes = sum(len(row.mistakes) for row in rows)
    assert lines[-1].split()[:4] == ["all", *[str(mistakes)] * 3]
    assert lines[-1].split()[-1] == "0"


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_page_of_the_docs_is_fresh(rows, lang):
    path = ROOT / f"docs/mistakes.{lang}.md"
    tool = runpy.run_path(str(ROOT / "tools/make_mistakes.py"))
    text = tool["with_translation_link"](page(rows, lang), lang)
    assert path.read_text(encoding="utf-8") == text, "python tools/make_mistakes.py"


def test_the_page_names_every_mistake_in_both_languages(rows):
    for lang in ("zh-TW", "en"):
        text = page(rows, lang)
        for row in rows:
            for mistake in row.mistakes:
                assert f"| `{mistake}` | " in text
            assert row.question.texts["title"][lang] in text


def ask_for_the_table_of(number):
    return subprocess.run(
        [sys.executable, "-m", "authoring.question_table", number],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_one_question_is_printed_in_both_languages():
    said = ask_for_the_table_of("5.2")
    assert said.returncode == 0, said.stderr
    pages = said.stdout
    question = all_questions()["5.2"]
    for lang in ("zh-TW", "en"):
        assert f"| 5.2 {question.texts['title'][lang]} |" in pages
        for slip in question.slips:
            assert question.slip_text(slip, lang) in pages
    refused = ask_for_the_table_of("5.99")
    assert refused.returncode == 1
    assert "no question ['5.99']; there are 0.1" in refused.stderr


def test_the_builder_tells_of_the_exercises_it_built(capsys):
    print_question_table(ROOT, {"06_practicum"})
    told = capsys.readouterr().out
    assert {line.split()[0] for line in told.splitlines()[1:-1]} == {
        number for number in all_questions() if number.startswith("6.")
    }
    print_question_table(ROOT, set())
    print_question_table(ROOT / "docs", {"06_practicum"})
    assert capsys.readouterr().out == ""
