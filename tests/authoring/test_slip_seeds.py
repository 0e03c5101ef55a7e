"""The table question by slip over two hundred drawn cases: whole, and no slip passes as right."""

import csv

from authoring.slip_seeds import COLUMNS, FILE, judge_seed, judged_questions


def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_holds_every_slip_of_drawn_cases():
    there = {(row["question"], row["slip"]) for row in rows()}
    assert there == {(one.number, slip) for one in judged_questions() for slip in one.slips}, (
        "python -m authoring.slip_seeds 200"
    )
    assert tuple(rows()[0]) == COLUMNS


def test_no_slip_equals_the_right_answer_on_any_of_two_hundred_seeds():
    assert {row["seeds"] for row in rows()} == {"200"}
    assert [row for row in rows() if row["equal_on"]] == []


def test_the_table_is_what_a_seed_gives():
    seed, equal, without = judge_seed(3)
    assert (seed, equal) == (3, [])
    known = {(row["question"], row["slip"]) for row in rows() if row["without_an_answer"] != "0"}
    assert set(without) <= known
