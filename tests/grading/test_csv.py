import csv
import io
from dataclasses import replace

from grading_samples import STUDENTS, sample_book

from rfmgrade.gradebook.gradebook import Decision
from rfmgrade.gradebook.outputs import canvas_csv, moodle_csv, write_csv

DECIDED = {("B1090001", "7.8"): Decision(3.5), ("B1090004", "7.8"): Decision(0)}


def rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_moodle_gets_a_mark_where_all_is_decided_and_a_blank_elsewhere():
    head, *lines = rows(moodle_csv(sample_book("en", decisions=DECIDED)))
    assert head == [
        "ID number",
        "Email address",
        "rfmkit chapter 07",
        "rfmkit chapter 07 (feedback)",
    ]
    assert [line[:3] for line in lines] == [
        ["B1090001", "lin@example.edu", "17.5"],
        ["B1090002", "ann@example.edu", ""],
        ["B1090003", "", ""],
        ["B1090004", "chen@example.edu", "14"],
        ["B1090005", "", ""],
    ]
    assert "7.8：3.5／4" in lines[0][3]  # in the student's language
    assert lines[1][3] == lines[4][3] == ""


def test_canvas_gets_its_own_header_points_possible_and_blanks():
    head, possible, *lines = rows(canvas_csv(sample_book(decisions=DECIDED)))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert possible == ["    Points Possible", "", "", "", "", "20"]
    assert lines[0] == ["林小華", "4501", "B1090001", "b1090001", "甲班", "17.5"]
    assert [line[-1] for line in lines] == ["17.5", "", "", "14", ""]


def test_no_cell_begins_like_a_formula():
    evil = tuple(replace(one, name="=1+1", section="@x", login="-1") for one in STUDENTS)
    book = replace(sample_book(), students=evil)
    for text in (moodle_csv(book), canvas_csv(book)):
        assert not [cell for row in rows(text) for cell in row if cell[:1] in set("=+-@")]


def test_the_file_is_marked_as_utf_8_for_excel_and_written_whole(tmp_path):
    path = write_csv(canvas_csv(sample_book()), tmp_path / "c.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\r\n") == 7
    assert list(tmp_path.iterdir()) == [path]
