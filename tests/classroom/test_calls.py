"""A wrong call is answered with a sentence and the call as it is meant, in both languages."""

import json
import re
import sys
import textwrap

import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress, reset
from rfmkit.classroom.notebook_errors import explanation
from rfmkit.classroom.question import all_questions, find_question

TABLE = pd.DataFrame({"a": [1]})
# A wrong call, and what the answer must say: the call as it is meant, or the questions there are.
WRONG = {
    "a number without quotes": (lambda: check(5.2, TABLE), 'check("5.2", january)'),
    "no answer": (lambda: check("5.2"), 'check("5.2", january)'),
    "nothing": (lambda: check(), 'check("6.2", rfm)'),
    "swapped": (lambda: check(TABLE, "5.2"), 'check("5.2", january)'),
    "swapped letters": (lambda: check("c", "5.1"), 'check("5.1", answer_5_1)'),
    "an underscore": (lambda: check("5_2", TABLE), 'check("5.2", january)'),
    "a letter before": (lambda: check("Q5.2", TABLE), 'check("5.2", january)'),
    "full width": (lambda: check("５．２", TABLE), 'check("5.2", january)'),
    "a capital": (lambda: check("5.A", TABLE), 'check("5.a", n_silent)'),
    "a space": (lambda: check(" 5.2", TABLE), 'check("5.2", january)'),
    "no such question": (lambda: check("9.99", TABLE), "9.7"),
    "no such number": (lambda: check(9.99, TABLE), "9.7"),
    "a chapter": (lambda: check("5", TABLE), "5.8"),
    "no such chapter": (lambda: check("77.1", TABLE), 'check("6.2", rfm)'),
    "a name": (lambda: check("january", TABLE), 'check("6.2", rfm)'),
    "the answer alone": (lambda: check(TABLE), 'check("6.2", rfm)'),
    "the answer twice": (lambda: check(TABLE, TABLE), 'check("6.2", rfm)'),
    "None": (lambda: check(None, TABLE), 'check("6.2", rfm)'),
    "True": (lambda: check(True, TABLE), 'check("6.2", rfm)'),
    "a list": (lambda: check(["5.2"], TABLE), 'check("6.2", rfm)'),
    "too much": (lambda: check("5.2", TABLE, TABLE), 'check("5.2", january)'),
    "an unknown word": (lambda: check("5.2", january=TABLE), 'check("5.2", january)'),
    "hint of a number": (lambda: hint(5.2), 'hint("5.2")'),
    "hint of nothing": (lambda: hint(), 'hint("6.2")'),
    "hint of a chapter": (lambda: hint("5"), "5.8"),
    "hint, an underscore": (lambda: hint("5_2"), 'hint("5.2")'),
    "hint of no question": (lambda: hint("9.99"), "9.7"),
    "a hint's number as text": (lambda: hint("5.2", "3"), 'hint("5.2", 2)'),
    "ask of a number": (lambda: ask(5.1), 'ask("5.1")'),
    "ask of nothing": (lambda: ask(), 'ask("6.2")'),
    "ask of no question": (lambda: ask("9.99"), "9.7"),
    "progress of a number": (lambda: progress(5), 'progress("5")'),
    "progress of no chapter": (lambda: progress("77"), 'progress("6.2")'),
    "progress of two": (lambda: progress("5", "6"), 'progress("6.2")'),
    "reset of a number": (lambda: reset(5.2), 'reset("5.2")'),
    "reset of no question": (lambda: reset("5.99"), "5.8"),
}


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG)
def test_a_wrong_call_is_answered_with_the_call_as_it_is_meant(call, lang):
    rk.use_language(lang)
    make, wanted = call
    card = make()
    assert card.status == "call"
    assert wanted in card.text
    assert "{" not in card.text
    assert len(re.findall(r"[。.](?:\s|$)", re.sub(r"`[^`]*`", "", card.text))) == 1, "one sentence"
    assert bool(re.search(r"[\u4e00-\u9fff]", card.text)) == (lang == "zh-TW")
    assert card.heading in repr(card)


def test_a_right_call_is_left_alone():
    assert check("5.2", TABLE).status == "wrong"
    assert check(number="5.2", answer=...).status == "not_attempted"
    assert check("5.1", "5.2").status == "wrong"  # a text that looks like a number is an answer
    assert hint("5.2", 2).status == hint(number="5.2", level=2).status == "hint"
    assert ask("5.1").status == "question"
    assert progress("5").begun == ("5",)
    assert progress().states
    with pytest.raises(KeyError):
        find_question("9.99")


@pytest.mark.parametrize("name", ["DataFrame", "Series", "Index", "Timestamp"])
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_class_of_pandas_that_was_overwritten_is_named(name, lang, monkeypatch):
    rk.use_language(lang)
    monkeypatch.setattr(pd, name, 3)
    for card in (check("5.2", TABLE), hint("5.2"), progress()):
        assert card.status == "call"
        assert f"`pd.{name}`" in card.text
        assert "Restart Kernel and Run All Cells" in card.text


def test_books_that_cannot_be_read_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rfmkit.data_files._PACKAGED", tmp_path)
    card = check("5.2", TABLE)
    assert card.status == "call"
    assert "交易記錄.xlsx" in card.text


# Errors in a notebook.


def told(code, line, **names):
    """Return the card for the error that a line of a notebook raises, or None."""
    try:
        exec(code, names)
    except Exception as error:
        names.pop("__builtins__", None)
        return explanation(error, names, line)
    raise AssertionError("no error")


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize(
    ("line", "names", "wanted"),
    [
        ('check("5.2", january)', {"check": check}, "january"),
        ('check("5.2", 1)', {}, "check"),
        ("rk.pretty(1)", {}, "rk"),
        ('hint("5.2")', {}, "hint"),
        ('check("5.2", 1)', {"check": 3}, "check"),
        ('check("5.3", 1)', {"check": check("5.2", ...)}, "check"),
        ("progress()", {"progress": 0.5}, "progress"),
        ("pd.DataFrame()", {"pd": TABLE}, "pd"),
        ("rk.rfm_table(1)", {"rk": 3}, "rk"),
        ("sum([1, 2])", {"sum": 3}, "sum"),
        ("list((1, 2))", {"list": [1]}, "list"),
        ("round(len([1]) / 3)", {"len": 3, "round": round}, "len"),
    ],
)
def test_an_error_with_a_known_cause_is_explained(line, names, wanted, lang):
    rk.use_language(lang)
    card = told(line, line, **names)
    assert card.status == "call"
    assert f"`{wanted}`" in card.text
    assert wanted in card.heading
    mends = ("Run All Above Selected Cell", f"del {wanted}", "最前面的準備格", "the set-up cell")
    assert any(mend in card.text for mend in mends)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("januray.head()", {"january": TABLE}),
        ("TABLE.colour", {"TABLE": TABLE}),
        ("3 + 'a'", {}),
        ("TABLE.sum(axis=7)", {"TABLE": TABLE, "sum": sum}),
        ("len(3)", {}),
        ('check.status("5")', {"check": check}),
        ("int('a' + 1)", {"str": str}),
    ],
)
def test_any_other_error_is_left_as_it_is(line, names):
    assert told(line, line, **names) is None


def test_the_notebook_says_which_names_it_makes(tmp_path, monkeypatch):
    cell = {"cell_type": "code", "source": ["on_time = 3\n", "def late(day):\n", "    return day"]}
    text = {"cell_type": "markdown", "source": "quiet = 3"}
    broken = {"cell_type": "code", "source": "quiet = = 3"}
    file = tmp_path / "01_concepts.ipynb"
    file.write_text(json.dumps({"cells": [text, broken, cell]}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "exercises/zh-TW/01_concepts.ipynb")
    assert told("on_time", "on_time") is not None
    assert told("late(1)", "late(1)") is not None
    assert told("quiet", "quiet") is None
    assert told("january", "january") is None  # of another chapter
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert told("on_time", "on_time") is None
    assert told("january", "january") is not None
    assert {one.variable for one in all_questions().values()} >= {"january", "letters"}


NOTEBOOK = """
import io, contextlib
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("%colors NoColor")
def cell(code):
    seen = io.StringIO()
    with contextlib.redirect_stdout(seen):
        done = shell.run_cell(code)
    raised = done.error_in_exec
    print(type(raised).__name__, "|", " ".join(seen.getvalue().split()))
cell("import rfmkit as rk; import pandas as pd; rk.use_language('en')")
cell("from rfmkit.classroom import check, hint")
cell("check('5.2', january)")
cell("pd = 3")
cell("pd.DataFrame()")
cell("1 / 0")
cell("{}['a']")
cell("import pandas as pd\\ncheck = check('5.2', ...)")
cell("check('5.2', 1)")
cell("januray")
cell("open()")
cell("def late():\\n    return january\\nlate()")
"""


def test_ipython_shows_the_error_and_the_card_below_it(run_python):
    done = run_python("-c", textwrap.dedent(NOTEBOOK), RFMKIT_PROGRESS="off")
    lines = [line for line in done.stdout.decode().splitlines() if " | " in line]
    raised = [line.partition(" | ")[0] for line in lines]
    assert raised == [
        *["NoneType"] * 2,
        "NameError",
        "NoneType",
        "AttributeError",
        "ZeroDivisionError",
        "KeyError",
        "NoneType",
        "TypeError",
        "NameError",
        "TypeError",
        "NameError",
    ], done.stderr.decode()
    missing, pandas, called, inside = (lines[at] for at in (2, 4, 8, 11))
    assert missing.index("name 'january' is not defined") < missing.index("Run All Above")
    assert "`pd`" in pandas
    assert "the set-up cell" in pandas
    assert "not callable" in called
    assert "`check`" in called
    for line in (lines[at] for at in (5, 6, 9, 10)):
        assert "cell says" not in line
        assert "Run All Above" not in line
    assert "Run All Above" in inside


def test_another_handler_of_errors_is_left_alone(monkeypatch):
    from rfmkit.classroom import notebook_errors

    class Shell:
        custom_exceptions = (KeyError,)

    class IPython:
        get_ipython = staticmethod(Shell)

    monkeypatch.setitem(sys.modules, "IPython", IPython)
    notebook_errors.explain_errors()  # a Shell has no set_custom_exc to be called
    monkeypatch.setitem(sys.modules, "IPython", None)
    notebook_errors.explain_errors()
