"""The table question by slip over two hundred drawn cases: whole, and slips are told apart."""

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


def test_a_slip_equals_the_right_answer_on_no_seed_or_by_chance_on_one():
    assert {row["seeds"] for row in rows()} == {"200"}
    equal = {(row["question"], row["slip"]): row["equal_on"].split() for row in rows()}
    assert not {slip for slip, seeds in equal.items() if len(seeds) > 1}
    assert sum(map(bool, equal.values())) <= 5


def test_the_table_is_what_a_seed_gives():
    _, equal, without = judge_seed(3)
    listed = {(row["question"], row["slip"]): row for row in rows()}
    assert set(equal) == {slip for slip, row in listed.items() if "3" in row["equal_on"].split()}
    assert {listed[slip]["without_an_answer"] for slip in without} <= set(map(str, range(1, 201)))
