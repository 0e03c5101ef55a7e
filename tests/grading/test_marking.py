"""What notebooks earn: right, blank, typed in, an early slip, and what happens on the way."""

import json
import os

import pytest
from inner_sandbox import InnerSandbox
from notebooks_made import (
    CHAPTERS,
    answered,
    code_cell,
    exercise,
    graded,
    index_of,
    name_of,
    solution,
    statuses,
    stripped,
)

from rfmgrade.config import personal_seed, second_seed
from rfmgrade.marking.grader import SubmissionGrader
from rfmgrade.marking.marks import choose_second_case
from rfmgrade.marking.notebook import UnreadableNotebook, exercise_template, read_notebook
from rfmgrade.marking.runs import same_key
from rfmgrade.sandbox.runtime.plain import encode
from rfmkit.classroom.answer_types import Open

# GRADING_STUDENTS=S1,S2,S3 tries every chapter on more cases; it takes a minute each.
STUDENTS = os.environ.get("GRADING_STUDENTS", "S1").split(",")
TYPED = CHAPTERS if "GRADING_STUDENTS" in os.environ else ("01", "06")


@pytest.fixture(scope="module")
def worker():
    with SubmissionGrader("trusted", InnerSandbox()) as made:
        yield made


def by_status(result):
    told = {}
    for mark in result.marks:
        told.setdefault(mark.status, set()).add(mark.number)
    return told


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("student", STUDENTS)
def test_the_model_solution_is_right_and_the_blank_is_missing(worker, chapter, student):
    result = graded(solution(chapter), worker, chapter=chapter, student=student)
    texts = {
        number
        for number, one in exercise_template(chapter).questions.items()
        if isinstance(one.answer_type, Open)
    }
    told = statuses(result)
    # Some models check their own text; of some the model answer is prose, and the cell a blank.
    assert {told[number] for number in texts} <= {"open", "failed", "missing"}
    right = {number for number, status in told.items() if status == "right"}
    assert right == set(told) - texts - {"6.7w"}, result
    assert not {flag.kind for flag in result.flags} - {"model_code"}
    out_of = sum(mark.out_of for mark in result.marks)
    questions = exercise_template(chapter).questions
    assert out_of == sum(one.texts["points"] for one in questions.values())

    empty = graded(exercise(chapter, "zh-TW"), worker, chapter=chapter, student=student)
    assert set(by_status(empty)) <= {"missing", "wrong", "known_mistake", "person"}
    assert empty.points == 0
    assert all(mark.feedback for mark in empty.marks)


@pytest.mark.parametrize("chapter", TYPED)
def test_typed_in_answers_are_held_and_never_paid(worker, chapter):
    mine = worker.cases.get(personal_seed(b"a secret for the tests alone", "S1"))
    secret = b"a secret for the tests alone"
    seeds = [second_seed(secret, attempt) for attempt in range(6)]
    questions = exercise_template(chapter).questions
    other, _ = choose_second_case(questions, mine, seeds, worker.cases)
    changes, typed = {}, set()
    for number, question in questions.items():
        key = question.reference(mine.case)
        name = f"q{number.replace('.', '_')}"
        if callable(key) or (isinstance(key, dict) and "kind" in key):
            continue
        plain = json.dumps(encode(key))
        changes[name] = (
            "import json as _json\n"
            "from rfmgrade.sandbox.runtime.plain import decode as _decode\n"
            f"{question.variable} = _decode(_json.loads({plain!r}))"
        )
        if not same_key(question, mine.case, other.case):
            typed.add(number)
    result = graded(answered(chapter, changes, only=()), worker, chapter=chapter)
    told = by_status(result)
    assert told.get("held", set()) == typed
    assert {flag.number for flag in result.flags if flag.kind == "typed_in"} == typed
    assert not told.get("follow_through")
    assert all(mark.points is None for mark in result.marks if mark.status == "held")


SLIP = """clean, rejected = rk.clean_transactions(
    ledger.drop(columns="status"), start="2021-03-01", end="2021-03-31", today=TODAY)
march_revenue = clean["amount"].sum()"""


@pytest.mark.parametrize("student", ["S1", "S2"])
def test_an_early_slip_costs_its_own_question_only(worker, student):
    result = graded(answered("06", {"q6_1": SLIP}), worker, student=student)
    told = {mark.number: mark for mark in result.marks}
    assert (told["6.1"].status, told["6.1"].mistake) == ("known_mistake", "cancelled_kept")
    assert told["6.1"].points == 0
    later = [told[f"6.{n}"] for n in range(2, 8)]
    assert {mark.status for mark in later} <= {"follow_through", "right"}
    assert told["6.2"].status == "follow_through"
    assert all(mark.points == mark.out_of for mark in later)


def test_a_slip_in_the_middle_is_no_excuse_for_a_later_one(worker):
    changes = {
        "q6_3": "levels = rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method='median'))",
        "q6_7": "call_list = rfm.sort_values('monetary').head(5).index.tolist()",
    }
    told = statuses(graded(answered("06", changes), worker))
    assert told["6.1"] == told["6.2"] == "right"
    assert told["6.3"] == "known_mistake"
    assert told["6.4"] == "follow_through"
    assert told["6.7"] in ("wrong", "known_mistake")


def test_a_question_left_out_does_not_cost_the_next(worker):
    book = answered("06", {"q6_3": "levels = ...  # your code"})
    told = statuses(graded(book, worker))
    assert told["6.3"] == "missing"
    assert told["6.4"] == "follow_through"


def test_typed_in_after_a_slip_is_not_paid_by_the_relay(worker):
    mine = worker.cases.get(personal_seed(b"a secret for the tests alone", "S1"))
    key = exercise_template("06").questions["6.7"].reference(mine.case)
    changes = {"q6_1": SLIP, "q6_2": "rfm = 3", "q6_7": f"call_list = {list(key)!r}"}
    mark = {one.number: one for one in graded(answered("06", changes), worker).marks}["6.7"]
    assert (mark.status, mark.points) == ("held", None)


def reordered(changes):
    """Put 6.2 before 6.1 and 6.4 before 6.3."""
    book = answered("06", changes)
    for first, other in (("q6_1", "q6_2"), ("q6_3", "q6_4")):
        cell = book["cells"].pop(index_of(book, other))
        book["cells"].insert(index_of(book, first), cell)
    return book


FROM_LATER = {
    "q6_1": "clean, rejected = 1, 2\nmarch_revenue = rfm['monetary'].sum()",
    "q6_3": (
        "codes = tier.astype(str)\n"
        "levels = pd.DataFrame({'R': codes.str.contains('value|develop'),"
        " 'F': codes.str.contains('value|keep'), 'M': codes.str.contains('important')})"
    ),
}


@pytest.mark.parametrize("junk", ["3", "typed"])
def test_no_order_of_cells_pays_an_answer_taken_from_a_later_question(worker, junk):
    mine = worker.cases.get(personal_seed(b"a secret for the tests alone", "S1"))
    later = {}
    for number, name in (("6.2", "rfm"), ("6.4", "tier")):
        key = exercise_template("06").questions[number].reference(mine.case)
        plain = json.dumps(encode(key))
        typed = (
            "import json\nfrom rfmgrade.sandbox.runtime.plain import decode\n"
            f"{name} = decode(json.loads({plain!r}))"
        )
        later[f"q{number.replace('.', '_')}"] = typed if junk == "typed" else f"{name} = 3"
    told = statuses(graded(reordered({**FROM_LATER, **later}), worker))
    earned = {"right", "follow_through"}
    assert not {told[number] for number in ("6.1", "6.2", "6.3", "6.4")} & earned, told


def test_the_overlay_is_never_taken_for_the_answer(worker):
    # Nothing of 6.2's own: whatever stands in `rfm` after the relay's overlay earns nothing.
    changes = {"q6_1": SLIP, "q6_2": "rfm = 3"}
    book = answered("06", changes)
    book["cells"].append(code_cell("march_revenue = march_revenue\nrfm = rfm"))
    told = statuses(graded(book, worker))
    assert told["6.1"] == "known_mistake"
    assert told["6.2"] == "wrong"


def test_cells_that_hang_die_or_fail_cost_their_own_question(worker):
    changes = {"q6_5": "# HANG", "q6_6": "movers = undefined_name", "q6_7": "# DIE"}
    result = graded(answered("06", changes), worker)
    told = {mark.number: mark for mark in result.marks}
    assert [told[f"6.{n}"].status for n in range(1, 5)] == ["right"] * 4
    assert [told[f"6.{n}"].status for n in range(5, 8)] == ["failed"] * 3
    assert "NameError" in told["6.6"].feedback
    assert {flag.kind for flag in result.flags} >= {"hung", "died"}


def test_a_cell_that_takes_too_long_costs_its_own_question(worker):
    told = {mark.number: mark for mark in graded(answered("06", {"q6_1": "# SLOW"}), worker).marks}
    assert told["6.1"].status == "failed"
    assert told["6.2"].status == "follow_through"


def test_forgery_and_floods_are_flagged_and_earn_nothing(worker):
    result = graded(answered("06", {"q6_2": "rfm = 1 # FORGE", "q6_3": "# FLOOD"}), worker)
    told = statuses(result)
    assert told["6.1"] == "right"
    assert told["6.2"] == told["6.3"] == "failed"
    kinds = [(flag.kind, flag.values) for flag in result.flags]
    assert ("hostile", {"why": "forged"}) in kinds
    assert ("hostile", {"why": "flooded"}) in kinds


def test_an_answer_that_kills_its_reader_costs_itself_only(worker):
    changes = {
        "q6_4": "tier = rk.rfm_class(levels)\nFATAL = 'tier'",
        "q6_5": "FATAL = ''\nsummary = rk.class_summary(rfm, tier)",
    }
    told = statuses(graded(answered("06", changes), worker))
    assert told["6.4"] in ("right", "failed")  # it is asked for once more at the end
    assert told["6.5"] in ("right", "follow_through")


def test_too_many_restarts_leave_the_rest_to_a_person(worker):
    book = answered("06")
    at = index_of(book, "q6_3")
    book["cells"][at:at] = [code_cell(f"# DIE {n}") for n in range(8)]
    result = graded(book, worker)
    told = statuses(result)
    assert (told["6.1"], told["6.3"]) == ("right", "person")
    assert result.undecided > 0
    assert "too_long" in {flag.kind for flag in result.flags}


LAYOUTS = {}


def layout(make):
    LAYOUTS[make.__name__] = make
    return make


@layout
def moved_cells(book):
    cells = book["cells"]
    at = index_of(book, "q6_7")
    cell = cells.pop(index_of(book, "q6_6"))
    cells.insert(at, cell)
    return "moved"


@layout
def checks_deleted(book):
    book["cells"] = [
        cell for cell in book["cells"] if not name_of(cell).startswith(("check_", "hint_"))
    ]


@layout
def checks_edited(book):
    for cell in book["cells"]:
        if name_of(cell).startswith("check_"):
            cell["source"] = "check('6.1', 5)  # nonsense\nprint('10/10')"


@layout
def no_names_at_all(book):
    made = stripped(book)
    book.clear()
    book.update(made)
    return "stripped"


@layout
def doubled_blank_at_the_end(book):
    book["cells"].append(exercise("06")["cells"][index_of(exercise("06"), "q6_3")])
    return "doubled"


@layout
def doubled_wrong_first(book):
    cell = dict(book["cells"][index_of(book, "q6_3")], source="levels = 3")
    book["cells"].insert(index_of(book, "q6_3"), cell)
    return "doubled"


@layout
def split_cells(book):
    at = index_of(book, "q6_7")
    cell = book["cells"][at]
    lines = "".join(cell["source"]).split("\n")
    book["cells"][at : at + 1] = [dict(cell, source=line) for line in lines]


@layout
def helpers_before_answers(book):
    at = index_of(book, "q6_2")
    book["cells"].insert(at, code_cell("helper = clean.copy()"))
    book["cells"][at + 1]["source"] = "rfm = rk.rfm_table(helper, today=TODAY, order='order')"


@layout
def magics_and_installs(book):
    at = index_of(book, "q6_1")
    book["cells"][at:at] = [
        code_cell("%matplotlib inline\n!pip install pandas"),
        code_cell("rk?"),
        code_cell("%%time\nx = 1"),
    ]


@layout
def a_name_used_again(book):
    at = index_of(book, "q6_6")
    book["cells"][at]["source"] = (
        "first = tier\n"
        "tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method='median')))\n"
        "movers = list(rfm.index[first != tier])\n"
        "tier = first"
    )


@layout
def a_helper_uses_the_name_again(book):
    at = index_of(book, "q6_6")
    book["cells"].insert(
        at,
        code_cell(
            "first = tier\n"
            "tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method='median')))"
        ),
    )
    book["cells"][at + 1]["source"] = "movers = list(rfm.index[first != tier])\ntier = first"


@layout
def answered_at_the_end(book):
    book["cells"][index_of(book, "q6_3")]["source"] = "levels = ...  # your code"
    book["cells"][index_of(book, "q6_4")]["source"] = (
        "tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method='mean')))"
    )
    book["cells"][index_of(book, "q6_9")]["source"] = (
        "high = rfm['monetary'] >= rfm['monetary'].mean()\n"
        "interval = rk.share_interval(int(high.sum()), len(rfm))\n"
        "sure = {'share': interval.estimate, 'low': interval.low, 'high': interval.high}"
    )
    book["cells"].append(
        code_cell("levels = rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method='mean'))")
    )


@layout
def corrected_after_the_check(book):
    at = index_of(book, "check_6_2")
    cell = book["cells"][index_of(book, "q6_2")]
    good = cell["source"]
    cell["source"] = "rfm = rk.rfm_table(clean, today=TODAY)"
    book["cells"][at + 1 : at + 1] = [code_cell(good), code_cell('check("6.2", rfm)')]


@layout
def all_in_one_cell(book):
    kept = [cell for cell in book["cells"] if name_of(cell).startswith(("setup", "q6"))]
    code = "\n".join("".join(cell["source"]) for cell in kept)
    book["cells"] = [code_cell(code)]
    return "stripped"


@layout
def own_cell_for_the_tagged_one(book):
    at = index_of(book, "q6_5")
    book["cells"][at] = code_cell("".join(book["cells"][at]["source"]))


@layout
def odd_cells(book):
    book["cells"].insert(2, {"cell_type": "code", "source": 3})
    book["cells"].insert(2, "no cell")
    return "odd_cells"


@pytest.mark.parametrize("name", LAYOUTS)
def test_whatever_became_of_the_cells_the_answers_are_found(worker, name):
    book = answered("06")
    kind = LAYOUTS[name](book)
    result = graded(book, worker)
    told = statuses(result)
    told.pop("6.7w")
    assert set(told.values()) == {"right"}, (told, result.flags)
    if kind:
        assert kind in {flag.kind for flag in result.flags}


def test_prose_is_found_and_left_to_the_teacher(worker):
    book = answered("06")
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown" and cell["metadata"]:
            cell["source"] = "Call the five today. 客戶 \ud800"
    marks = graded(json.loads(json.dumps(book)), worker).marks
    mark = next(mark for mark in marks if mark.number == "6.7w")
    assert (mark.number, mark.status, mark.points, mark.out_of) == ("6.7w", "open", None, 2)
    assert mark.answer.startswith("Call the five today. 客戶")
    mark.answer.encode("utf-8")


BAD = {
    "empty": b"",
    "no_json": b"{",
    "old_format": b'{"nbformat": 3, "worksheets": []}',
    "no_notebook": b'{"nbformat": 4}',
    "too_long": b" " * 20_000_001,
    "too_crowded": b"[" * 400_000,
    "no_json ": b"\xff\xfe\xfa",
    "no_notebook ": b"[1]",
    "too_many_cells": b'{"nbformat": 4, "cells": [' + b"1," * 2500 + b"1]}",
    "no_json  ": b"[" * 200_000 + b"]" * 200_000,
    "old_format ": b'{"nbformat": "4", "cells": []}',
    "no_json   ": b'{"nbformat": 4, "cells": [], "x": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_notebook_is_left_to_a_person_and_says_why(worker, name):
    result = graded(BAD[name], worker)
    assert result.trouble
    assert {mark.status for mark in result.marks} == {"person"}
    assert sum(mark.out_of for mark in result.marks) == 20
    with pytest.raises(UnreadableNotebook) as refused:
        read_notebook(BAD[name], "06")
    assert refused.value.key == f"judge.{name.strip()}"


def test_a_notebook_without_cells_is_missing_everything(worker):
    told = statuses(graded({"nbformat": 4, "cells": []}, worker))
    assert set(told.values()) == {"missing"}


def test_somebody_elses_notebook_is_flagged(worker):
    book = answered("06")
    book["metadata"]["rfmkit"]["student"] = "S9"
    flags = graded(book, worker).flags
    assert ("other_student", {"student": "S9"}) in [(one.kind, one.values) for one in flags]


def test_the_same_submission_gives_the_same_result(worker):
    book = answered("06", {"q6_1": SLIP})
    with SubmissionGrader("trusted", InnerSandbox()) as other:
        assert graded(book, worker) == graded(book, other)
