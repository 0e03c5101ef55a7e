"""What new students hear: answers written from the exercises alone, without sight of the slips.

`strangers/verdicts.csv` holds what each wrong answer is called, and what a reader found who
compared the feedback with what had been done: true, false, or general (it says that something is
wrong, not what). A name that changes is read again, by a person:
`python tests/classroom/strangers_list.py` prints those that differ from the file.
"""

import csv

import matplotlib as mpl
import pytest
from strangers_list import CHAPTERS, VERDICTS, answers_of, strangers_of

from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import find_question
from rfmkit.classroom.verdicts import verdict

NAMED, SAID_FALSELY = 0.9, 0.01  # at least, at most; of all wrong answers


@pytest.fixture(scope="module", autouse=True)
def no_windows():
    mpl.use("Agg")


def read_verdicts():
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return {row["answer"]: row for row in csv.DictReader(file)}


@pytest.mark.filterwarnings("ignore")  # of a student's function: in a notebook it only warns
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_answer_is_judged_as_was_read_and_found_true(chapter):
    verdicts, answers = read_verdicts(), answers_of(chapter)
    differ = {}
    for one in strangers_of(chapter):
        question = find_question(one.number)
        card = verdict(question, answers[one.name], open_case(question.books), "en")
        if not one.wrong:
            assert card.status == "right", (one.name, one.did["en"], card.text)
        elif card.status == "right":
            assert one.same_on_the_books, (one.name, one.did["en"])
        elif (card.mistake or "") != verdicts[one.name]["mistake"]:
            differ[one.name] = (card.mistake, one.did["en"], card.text)
    assert not differ, differ


def test_nine_in_ten_are_named_and_one_in_a_hundred_at_most_is_misnamed():
    wrong = [
        one
        for chapter in CHAPTERS
        for one in strangers_of(chapter)
        if one.wrong and not one.same_on_the_books
    ]
    rows = [read_verdicts()[one.name] for one in wrong]
    assert len(rows) >= 300
    # What cannot be read as an answer has no name; its sentence may still say what was done.
    named = [row for row in rows if row["read"] == "true"]
    falsely = [row for row in rows if row["read"] == "false"]
    assert len(named) >= NAMED * len(rows)
    assert len(falsely) <= SAID_FALSELY * len(rows)
