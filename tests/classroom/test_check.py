"""Verdicts: right in any form, every mistake by its name, the rest in stages, never the answer."""

import decimal

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.classroom import check, hint
from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.case import Case, open_case
from rfmkit.classroom.question import Question, all_questions, find_question
from rfmkit.labels import texts

CASES = {books: open_case(books) for books in ("lesson", "practice")}
QUESTIONS = all_questions()


def answer_to(number):
    return QUESTIONS[number].reference(CASES[QUESTIONS[number].books])


@pytest.mark.parametrize("case", [*CASES.values(), Case.of_seed(11)])
def test_the_tables_of_a_case_are_those_of_the_package(case):
    for rows, table in ((case.clean(), case.rfm), (case.year, case.year_rfm)):
        pd.testing.assert_frame_equal(
            table, rk.rfm_table(rows, today=case.today, order="order"), check_exact=True
        )


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("number", QUESTIONS)
def test_the_key_is_right_and_the_blank_is_not_attempted(number, lang):
    rk.use_language(lang)
    if isinstance(QUESTIONS[number].answer_type, Open):
        text = "三十個字以上的回答，寫給老師看：" * 3
        assert check(number, text).status == "open"
    else:
        right = check(number, answer_to(number))
        assert (right.status, right.text) == ("right", QUESTIONS[number].texts["right"][lang])
    assert check(number, ...).status == check(number, None).status == "not_attempted"
    assert QUESTIONS[number].variable in check(number, ...).text


@pytest.mark.parametrize(
    ("number", "mistake"),
    [(n, slip) for n, one in QUESTIONS.items() for slip in one.slips],
)
def test_every_mistake_is_called_by_its_name(number, mistake):
    one = QUESTIONS[number]
    wrong = one.answer_with(CASES[one.books], mistake)
    for lang in ("zh-TW", "en"):
        rk.use_language(lang)
        verdict = check(number, wrong)
        assert verdict.status == "known_mistake"
        # Where two slips give one answer, both are told.
        assert mistake in verdict.mistake.split(" / ")
        assert one.slip_text(mistake, lang) in verdict.text


class Evil:
    """An object that fights back when it is touched."""

    def __eq__(self, other):
        raise RuntimeError("boo")

    __hash__ = None

    def __len__(self):
        raise MemoryError

    def __iter__(self):
        raise KeyboardInterrupt

    def __getattr__(self, name):
        raise RuntimeError(name)


class Sly:
    """A value that says no to every comparison and conversion."""

    def __eq__(self, other):
        raise RuntimeError("boo")

    __hash__ = None

    def __float__(self):
        raise RuntimeError("boo")

    def __str__(self):
        raise RuntimeError("boo")


ODD = [
    "text",
    -3,
    3.5,
    True,
    float("nan"),
    float("inf"),
    [],
    {},
    set(),
    object(),
    Evil(),
    [Evil()],
    pd.DataFrame(),
    pd.Series(dtype=float),
    pd.Series([Sly()], dtype=object),
    np.array([]),
    len,
    range(3),
    pd.DataFrame({"customer": ["A", "A"], "R": [1, 1], "F": [1, 1], "M": [1, 1]}),
    pd.DataFrame({"recency_days": ["x"], "frequency": [1], "monetary": [1]}),
    pd.DataFrame([[1, 2]], columns=["R", "R"]),
    decimal.Decimal(3),
    b"bytes",
    pd.NA,
    pd.NaT,
    pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([(1, 2)])),
]


@pytest.mark.parametrize("number", QUESTIONS)
@pytest.mark.parametrize("answer", ODD, ids=lambda one: type(one).__name__)
def test_odd_answers_get_a_sentence_and_no_traceback(number, answer):
    for lang in ("zh-TW", "en"):
        rk.use_language(lang)
        verdict = check(number, answer)
        takes_texts = isinstance(QUESTIONS[number].answer_type, Open) and isinstance(answer, str)
        assert (
            verdict.status in ("wrong", "known_mistake")
            or takes_texts
            or (isinstance(answer, (int, decimal.Decimal)) and answer == answer_to(number))
        )
        assert verdict.text
        assert "{" not in verdict.text


def test_an_unknown_mistake_is_told_in_stages_without_the_answer():
    rfm = answer_to("6.2")
    rk.use_language("en")
    told = [
        check("6.2", 7).text,
        check("6.2", rfm.drop(columns="monetary")).text,
        check("6.2", rfm.iloc[:-2]).text,
        check("6.2", pd.concat([rfm, rfm.head(1).rename(index=lambda _: "Z9")])).text,
        check("6.2", rfm.assign(frequency=rfm["frequency"] + 5)).text,
    ]
    assert "of type int" in told[0]
    assert "lacks monetary" in told[1]
    assert "2 are missing" in told[2]
    assert "One does not belong there" in told[3]
    assert "Z9" not in told[3]  # who drops whom the card names would soon have the list
    assert "too high by the same 5" in told[4]
    some = rfm["frequency"].where(rfm.index != rfm.index[0], 55)
    # What is shown is the student's own value, never the key's.
    assert f"{rfm.index[0]} (55)" in check("6.2", rfm.assign(frequency=some)).text


def test_common_slips_with_lists_are_explained():
    rk.use_language("en")
    tier = answer_to("6.4")
    assert "is empty" in check("6.7", list(tier.index[tier.isin(["重要保持"])])).text
    assert "`True` and `False`" in check("6.6", list(tier == "general_keep")).text
    rk.use_language("zh-TW")
    levels = answer_to("6.3")
    changed = levels.assign(M=levels["M"] ^ (levels.index == levels.index[0]))
    assert f"{levels.index[0]} ({changed['M'].iloc[0]})" in check("6.3", changed).text


def test_the_order_of_the_call_list_counts():
    rk.use_language("en")
    first, second, *rest = answer_to("6.7")
    assert "order is not" in check("6.7", [second, first, *rest]).text


def test_an_answer_is_never_changed():
    rfm = answer_to("6.2").copy()
    before = rfm.copy(deep=True)
    check("6.2", rfm)
    check("6.2", rfm.assign(frequency=0))
    pd.testing.assert_frame_equal(rfm, before)


def test_hints_come_one_at_a_time_and_stop_at_the_last():
    rk.use_language("en")
    hints = QUESTIONS["6.2"].texts["hints"]["en"]
    assert [hint("6.2", level).text for level in (1, 2, 3, 9)] == [*hints, hints[-1]]
    hint("6.2", 1)
    assert [hint("6.2").text, hint("6.2").text, hint("6.2").text] == [hints[1], hints[2], hints[2]]


def test_an_unknown_question_names_those_there_are():
    card = check("6.99", 1)
    assert card.status == "call"
    assert "6.1、6.2、6.3" in card.text
    with pytest.raises(KeyError, match=r"6\.2"):
        find_question("6.99")


def test_a_card_reads_the_same_with_and_without_html():
    card = check("6.2", ...)
    assert "`rfm`" in repr(card)
    assert "<code>rfm</code>" in card._repr_html_()
    assert 'role="status"' in card._repr_html_()
    hostile = check("6.4", pd.Series({"C001": "<script>alert(1)</script>"}))
    assert "<script>" not in hostile._repr_html_()


def test_every_slip_has_a_text_in_both_languages_and_no_text_is_left_over():
    assert isinstance(find_question("6.1"), Question)
    for one in QUESTIONS.values():
        assert set(one.texts.get("mistakes", {})) <= set(one.slips)
        for slip in one.slips:
            assert one.slip_text(slip, "en")
            assert one.slip_text(slip, "zh-TW")
    own = {
        (one.number, slip) for one in QUESTIONS.values() for slip in one.texts.get("mistakes", {})
    }
    shared = {s for one in QUESTIONS.values() for s in one.slips if (one.number, s) not in own}
    library = {key.removeprefix("slip.") for key in texts() if key.startswith("slip.")}
    assert library == shared
