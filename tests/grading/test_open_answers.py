import shutil

import pytest
from grading_samples import sample_book, sample_results
from openpyxl import load_workbook

from rfmgrade.gradebook.gradebook import (
    Decision,
    Gradebook,
    decision_rows,
    lost_decisions,
    read_decisions,
)
from rfmgrade.gradebook.sheets import write_gradebook
from rfmkit.labels import label
from rfmkit.schema import DataError


@pytest.fixture(scope="module")
def blank_books(tmp_path_factory):
    """Gradebooks that nobody has filled in, written once."""
    folder = tmp_path_factory.mktemp("books")
    return {
        lang: write_gradebook(sample_book(lang), folder / f"{lang}.xlsx")
        for lang in ("zh-TW", "en")
    }


@pytest.fixture(params=["zh-TW", "en"])
def workbook(request, blank_books, tmp_path):
    """A gradebook, and a function that fills cells in and saves."""
    path = shutil.copy(blank_books[request.param], tmp_path / "marks.xlsx")
    book = sample_book(request.param)

    def fill(cells, sheet="open"):
        wb = load_workbook(path)
        ws = wb[label(f"book.sheet_{sheet}", book.lang)]
        for (student, place), value in cells.items():
            (row,) = (row for row in ws.iter_rows(min_row=5) if row[0].value == student)
            row[place].value = value
        wb.save(path)
        return read_decisions(path, book)

    return path, book, fill


def test_points_by_criteria_by_sum_and_yes_or_no_are_read_back(workbook):
    path, book, fill = workbook
    fill(
        {
            ("B1090001", place): value
            for place, value in zip((4, 5, 6, 7), (1, 1, 0.5, "１"), strict=True)
        }
    )
    fill({("B1090002", 8): "2,5", ("B1090004", 4): 1})
    found, notes = fill(
        {("B1090002", 7): label("book.yes", book.lang), ("B1090003", 7): 0.5}, sheet="held"
    )
    assert notes == {}
    told = {key: (one.points, one.parts, one.word) for key, one in found.items()}
    assert told == {
        ("B1090001", "7.8"): (3.5, (1, 1, 0.5, 1), ""),
        ("B1090002", "7.8"): (2.5, (), ""),
        ("B1090004", "7.8"): (None, (1, None, None, None), ""),  # half filled in: kept, not counted
        ("B1090002", "7.7"): (1, (), "yes"),
        ("B1090003", "7.6"): (0.5, (), ""),
    }
    again = sample_book(book.lang, decisions=found)
    write_gradebook(again, path)
    assert read_decisions(path, book) == (found, {})
    assert lost_decisions(path, book, found) == []
    assert len(lost_decisions(path, book, {})) == 5
    assert again.total("B1090001") == (17.5, 0)


def test_an_untouched_book_holds_no_decision(workbook):
    path, book, _ = workbook
    assert read_decisions(path, book) == ({}, {})
    assert lost_decisions(path, book, {}) == []


def test_the_book_may_be_sorted_and_in_the_other_language(blank_books, tmp_path):
    path = shutil.copy(blank_books["en"], tmp_path / "m.xlsx")
    wb = load_workbook(path)
    ws = wb["Open answers"]
    ws.move_range("A6:J6", rows=20)
    ws["E26"], ws["F26"], ws["G26"], ws["H26"] = 0, 0, 0, 0
    wb.save(path)
    found, _ = read_decisions(path, sample_book("zh-TW"))
    assert found["B1090001", "7.8"].points == 0


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("open", {("B1090001", 4): 2}, "“2”"),
        ("open", {("B1090001", 4): -1}, "“-1”"),
        ("open", {("B1090001", 4): "good"}, "“good”"),
        ("open", {("B1090001", 4): True}, "“True”"),
        ("open", {("B1090001", 8): 4.5}, "“4.5”"),
        ("open", {("B1090001", 8): "nan"}, "“nan”"),
        ("open", {("B1090001", place): 1 for place in (4, 5, 6, 7)} | {("B1090001", 8): 3}, "sum"),
        ("open", {("B1090001", 0): "B7", ("B1090002", 8): 1, ("B1090002", 0): "Z"}, "“Z”"),
        ("open", {("B1090001", 8): 1, ("B1090001", 2): "9.9"}, "“9.9”"),
        ("held", {("B1090002", 7): "maybe"}, "“maybe”"),
        ("held", {("B1090002", 7): 3.5}, "“3.5”"),
    ],
)
def test_what_can_be_no_mark_is_told_with_its_row_and_nothing_is_taken(
    sheet, cells, said, blank_books, tmp_path
):
    path = shutil.copy(blank_books["en"], tmp_path / "m.xlsx")
    wb = load_workbook(path)
    ws = wb["Open answers" if sheet == "open" else "To decide"]
    at = {row[0].value: row for row in ws.iter_rows(min_row=5)}
    for (student, place), value in cells.items():
        at[student][place].value = value
    wb.save(path)
    with pytest.raises(DataError) as told:
        read_decisions(path, sample_book("en"))
    assert said in str(told.value)
    assert ", row " in str(told.value)


def test_an_answer_that_has_changed_is_read_again_and_one_that_is_settled_is_told(workbook):
    path, book, fill = workbook
    fill({("B1090001", 8): 4})
    results = {(one.student, one.chapter): one for one in sample_results()}
    from grading_samples import marks, result

    results["B1090001", "07"] = result("B1090001", marks("B1090001", answer="quite another text"))
    changed = Gradebook(book.students, ("07",), results, lang=book.lang)
    found, notes = read_decisions(path, changed)
    assert found == {}
    assert "4" in notes["B1090001", "7.8"]
    assert lost_decisions(path, changed, found, notes) == []
    assert lost_decisions(path, changed, found) == ["B1090001 7.8"]
    results["B1090001", "07"] = result(
        "B1090001", tuple(one for one in marks("B1090001") if one.number != "7.8")
    )
    settled = Gradebook(book.students, ("07",), results, lang=book.lang)
    assert list(read_decisions(path, settled)[1]) == [("B1090001", "7.8")]


def test_a_decision_that_was_altered_since_counts_as_lost(workbook):
    path, book, fill = workbook
    found, _ = fill({("B1090001", 8): 4})
    fill({("B1090001", 8): 3})
    assert lost_decisions(path, book, found) == ["B1090001 7.8"]


def test_a_file_that_is_no_gradebook_is_refused(tmp_path, blank_books):
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK broken")
    for name in ("other.xlsx", "broken.xlsx", "none.xlsx"):
        with pytest.raises(DataError):
            decision_rows(tmp_path / name)
        assert lost_decisions(tmp_path / name, sample_book(), {}) is None


def test_a_decision_keeps_nothing_of_the_answer():
    assert Decision(1).print == ""
