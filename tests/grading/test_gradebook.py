import csv
import io
import zipfile
from dataclasses import replace

import pytest
from grading_samples import EVIL, STUDENTS, first_mistake, marks, points_of, result, sample_book
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from rfmgrade.config import Student
from rfmgrade.gradebook.gradebook import (
    Decision,
    Gradebook,
    LateRule,
    class_means,
    fingerprint,
    lost_decisions,
    plain,
    read_decisions,
    summarise,
)
from rfmgrade.gradebook.outputs import discrimination, feedback_page, items_csv
from rfmgrade.gradebook.sheets import flag_text, mean_text, write_gradebook
from rfmgrade.marking.results import STATUSES, Flag, Mark, all_items, chapter_items
from rfmkit.labels import label, texts
from rfmkit.schema import DataError
from rfmkit.workbook import TEXT_LIMIT

SHEETS = ("marks", "class", "open", "held", "flags", "questions", "left_out")


@pytest.fixture(scope="module", params=["zh-TW", "en"])
def written(request, tmp_path_factory):
    """A gradebook in each language, opened again."""
    path = tmp_path_factory.mktemp("book") / "成績.xlsx"
    book = sample_book(request.param)
    write_gradebook(book, path)
    return book, path, load_workbook(path)


def sheet(wb, book, name):
    return wb[label(f"book.sheet_{name}", book.lang)]


def table(ws):
    """Read a sheet's table: the header's names and the rows below."""
    rows = list(ws.iter_rows(min_row=4, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_sheets_are_there_in_the_teachers_language(written):
    book, _, wb = written
    assert wb.sheetnames == [label(f"book.sheet_{name}", book.lang) for name in SHEETS]
    for ws in wb.worksheets:
        assert ws.freeze_panes
        two_tables = ws is sheet(wb, book, "class")
        assert ws.print_title_rows == (None if two_tables else "$4:$4")
        assert ws.page_setup.fitToWidth == 1


def test_marks_hold_everybody_with_the_sums_worked_by_hand(written):
    book, _, wb = written
    rows = table(sheet(wb, book, "marks"))
    told = {row[label("book.head_id", book.lang)]: list(row.values()) for row in rows}
    assert list(told) == [one.id for one in STUDENTS]
    # 16 points without the open question; 7.3 is worth 2.
    assert told["B1090001"][3:6] == [14, None, 4]
    # 7.3 wrong (2), 7.7 held (1), 7.8 open (4).
    assert told["B1090002"][3:6] == [13, None, 5]
    assert told["B1090002"][7:9] == [label("book.late", book.lang), 1]
    # 7.2, 7.4 and 7.5 wrong (6), 7.6 and 7.8 undecided (5).
    assert told["B1090003"][3:6] == [9, None, 5]
    assert told["B1090005"][3:7] == [None, None, None, label("book.nothing", book.lang)]
    assert told["B1090003"][9:21] == [1, 0, 2, 0, 0, "？", 1, "？", 2, 1, 1, 1]


def test_every_mark_can_be_traced(written):
    book, _, wb = written
    rows = [list(row.values()) for row in table(sheet(wb, book, "questions"))]
    assert len(rows) == 4 * 12
    (row,) = (row for row in rows if row[:3] == ["B1090001", "林小華", "7.3"])
    assert row[3:6] == [label("book.status_known_mistake", book.lang), 0, 2]
    assert row[8].startswith(first_mistake("7.3"))
    assert row[10:13] == ["B1090001/07_management.ipynb", "ab" * 6, "d" * 12]


def test_what_waits_for_a_person_stands_on_its_sheet_with_its_rubric(written):
    book, _, wb = written
    ws = sheet(wb, book, "open")
    cells = [[cell.value for cell in row] for row in ws.iter_rows(min_row=5)]
    assert cells[0][:3] == [None, None, "7.8"]
    assert cells[0][4] == label(
        "book.criterion", book.lang, points=1, text=asked_rubric("7.8", book.lang)[0]
    )
    assert [row[0] for row in cells[1:]] == [one.id for one in STUDENTS[:4]]
    held = table(sheet(wb, book, "held"))
    assert [list(row.values())[2] for row in held] == ["7.6", "7.7"]


def asked_rubric(number, lang):
    return [words[lang] for _, words in all_items()[number].rubric]


def test_flags_and_leftovers_are_told_in_words(written):
    book, _, wb = written
    flags = " ".join(str(cell.value) for row in sheet(wb, book, "flags") for cell in row)
    for part in ("B1090002", label("flag.typed_in", book.lang), "07_management (1).ipynb"):
        assert part in flags
    left = table(sheet(wb, book, "left_out"))
    rows = {tuple(row.values()) for row in left}
    assert ("–", "B1090005 張志豪", label("book.missing_chapter", book.lang, chapter="07")) in rows
    assert any(row[0] == "誰的.ipynb" for row in rows)


def test_no_text_of_a_student_becomes_a_formula_or_breaks_the_file(tmp_path):
    nasty = [EVIL, "@SUM(A1)", "+1", "-1", "\x00\x0b\ud800", "a" * 40_000, "#N/A", "<x/>&"]
    notebooks = {}
    students = []
    for place, text in enumerate(nasty):
        one = Student(f"S{place}", row=place)
        students.append(one)
        made = result("B1090001", marks("x", answer=text), file=text, trouble=text)
        flags = (Flag("unknown_kind", "7.1", {"what": text}),)
        made = replace(made, student=one.id, flags=flags)
        notebooks[one.id, "07"] = made
    book = Gradebook(tuple(students), ("07",), notebooks, {("S0", "07"): (f"earlier:{EVIL}", EVIL)})
    path = write_gradebook(book, tmp_path / "b.xlsx")
    wb = load_workbook(path)
    for ws in wb.worksheets:
        for row in ws.iter_rows():
            for cell in row:
                own = ws.title == label("book.sheet_open", "zh-TW") and cell.column == 9
                assert cell.data_type != "f" or own, cell
                assert len(str(cell.value or "")) <= TEXT_LIMIT


def test_the_same_class_gives_the_same_bytes_and_they_differ_with_it(tmp_path):
    one, two = (write_gradebook(sample_book(), tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == two.read_bytes()
    other = sample_book(decisions={("B1090002", "7.7"): Decision(1, (), "yes")})
    assert write_gradebook(other, tmp_path / "c.xlsx").read_bytes() != one.read_bytes()
    with zipfile.ZipFile(one) as parts:
        assert not [name for name in parts.namelist() if "macro" in name.lower()]


def test_a_decision_counts_and_fills_its_cells(tmp_path):
    book = sample_book(
        decisions={
            ("B1090001", "7.8"): Decision(3.5, (1, 1, 0.5, 1)),
            ("B1090002", "7.7"): Decision(1, (), "yes"),
            ("B1090003", "7.8"): Decision(None, (1, None, None, None)),
        }
    )
    assert book.total("B1090001") == (17.5, 0)
    assert book.total("B1090002") == (14, 4)
    assert book.total("B1090003") == (9, 5)
    assert class_means(book).decided == 17.5
    wb = load_workbook(write_gradebook(book, tmp_path / "b.xlsx"))
    rows = {
        row[0].value: [cell.value for cell in row[4:9]]
        for row in sheet(wb, book, "open").iter_rows(min_row=6)
    }
    assert rows["B1090001"] == [1, 1, 0.5, 1, '=IF(COUNT(E6:H6)=4,SUM(E6:H6),"")']
    assert rows["B1090003"][:4] == [1, None, None, None]
    assert sheet(wb, book, "held")["H6"].value == "是"
    assert rows["B1090002"][0] is None


def test_the_class_is_summed_up_and_the_next_lesson_begins_at_the_commonest_mistake(written):
    book, _, wb = written
    summaries, mistakes = summarise(book)
    by = {one.question.number: one for one in summaries}
    assert by["7.3"].counts["known_mistake"] == 2
    assert by["7.3"].share("right", "follow_through") == 0.5
    assert by["7.6"].mean == 1
    assert by["7.8"].mean is None
    assert (mistakes[0].question.number, mistakes[0].count, mistakes[0].share) == ("7.3", 2, 0.5)
    ws = sheet(wb, book, "class")
    assert "7.3" in ws["A3"].value
    assert len(ws.conditional_formatting) == 2
    assert mistakes[0].text(book.lang) in {cell.value for row in ws for cell in row}


def test_a_class_without_any_result_still_has_a_book(tmp_path):
    book = Gradebook(STUDENTS, ("06",), {}, lang="en")
    wb = load_workbook(write_gradebook(book, tmp_path / "b.xlsx"))
    assert sheet(wb, book, "marks")["A5"].value == "B1090001"
    assert class_means(book).decided is None
    assert len(book.missing()) == 5


def test_a_bad_target_is_refused(tmp_path):
    with pytest.raises(DataError, match="xlsx"):
        write_gradebook(sample_book(), tmp_path / "b.csv")


def test_every_status_of_a_mark_has_words_everywhere():
    for lang in ("zh-TW", "en"):
        for status in STATUSES:
            assert label(f"book.status_{status}", lang)
            assert label(f"page.{status}", lang)


def test_every_reason_to_leave_a_file_out_and_every_note_has_words():
    for reason in (
        "unmatched",
        "claimed",
        "other_chapter",
        "lesson",
        "no_chapter",
        "not_notebook",
        "large",
        "many",
        "too_many",
        "link",
        "special",
        "deep",
        "path",
        "encrypted",
        "nested",
        "bad_zip",
        "unreadable",
    ):
        assert f"intake.left.{reason}" in texts()
    for note in ("other_student", "earlier", "earlier_more", "by_metadata", "same_name"):
        assert f"intake.note.{note}" in texts()


def test_a_flag_with_the_wrong_values_is_shown_all_the_same():
    assert flag_text(Flag("same_code"), "en")
    assert flag_text(Flag("new", values={"a": "{b}"}), "en") == "new: {b}"


def test_a_text_beside_a_question_has_points_of_its_own():
    points = {one.number: one.points for one in chapter_items("06")}
    assert (points["6.7"], points["6.7w"], sum(points.values())) == (2, 2, 20)


def test_a_fingerprint_tells_another_answer():
    one = Mark("7.8", "open", None, 4, answer="a")
    assert fingerprint(one) != fingerprint(replace(one, answer="b"))
    held = Mark("7.7", "held", None, 1, digest="x")
    assert fingerprint(held) != fingerprint(replace(held, digest="y"))


@given(st.lists(st.floats(0, 4), max_size=5))
def test_points_add_up_without_dust(parts):
    assert plain(sum(parts)) == pytest.approx(sum(parts), abs=1e-6)


def class_with(*answers):
    """A class whose answers to 6.2 are given as (status, mistake, digest)."""
    results = {}
    for student, (status, mistake, digest) in zip(STUDENTS, answers, strict=False):
        points = 3 if status == "right" else 0
        mark = Mark(
            "6.2",
            status,
            points,
            3,
            "看一看。",
            mistake,
            digest="own" + student.id,
            shared_digest=digest,
        )
        results[student.id, "06"] = result(student.id, (mark,), chapter="06")
    return Gradebook(STUDENTS, ("06",), results, lang="en")


def test_two_mistakes_at_once_count_for_each_and_an_ambiguous_one_as_such():
    book = class_with(
        ("known_mistake", "lines_as_orders+last_day_of_ledger", "x"),
        ("known_mistake", "lines_as_orders", "y"),
        ("known_mistake", "lines_as_orders / repeats_kept", "z"),
    )
    counted = {one.name: one.count for one in summarise(book)[1]}
    assert counted == {
        "lines_as_orders": 2,
        "last_day_of_ledger": 1,
        "lines_as_orders / repeats_kept": 1,
    }
    for one in summarise(book)[1]:
        assert one.text("en")
        assert one.text("zh-TW")


def test_equal_answers_that_nothing_explains_are_a_group_and_may_begin_the_lesson(tmp_path):
    book = class_with(("wrong", None, "a"), ("wrong", None, "a"), ("wrong", None, "b"))
    (group,) = summarise(book)[1]
    assert (group.name, group.count) == ("", 2)
    wb = load_workbook(write_gradebook(book, tmp_path / "b.xlsx"))
    ws = sheet(wb, book, "class")
    assert "2 gave one and the same wrong answer" in ws["A3"].value
    assert group.text("en") in {cell.value for row in ws for cell in row}


def test_every_answer_that_a_person_marks_has_a_rubric_worth_its_points():
    asked = [one for one in all_items().values() if one.is_text or one.rubric]
    assert {"5.9", "6.7w", "7.8"} <= {one.number for one in asked}
    for one in asked:
        assert sum(points for points, _ in one.rubric) == one.points, one.number
        assert len(one.rubric) >= 2
    assert not all_items()["6.7"].rubric


def filled_in(path, changes):
    """Write into cells by sheet, student, question and heading."""
    wb = load_workbook(path)
    for (name, student, number, head), value in changes.items():
        ws = wb[label(f"book.sheet_{name}", "en")]
        heads = {str(cell.value).split("\n")[0]: cell.column for cell in ws[4]}
        for row in ws.iter_rows(min_row=5):
            of_row = {cell.column: cell.value for cell in row}
            of_question = number is None or of_row[heads["Question"]] == number
            if of_row[heads["Id"]] == student and of_question:
                ws.cell(row[0].row, heads[head]).value = value
    wb.save(path)


def test_any_mark_can_be_changed_by_hand_and_in_part(tmp_path):
    book = sample_book("en")
    path = write_gradebook(book, tmp_path / "g.xlsx")
    filled_in(
        path,
        {
            ("questions", "B1090001", "7.3", "Your points"): 1.5,  # wrong: partial points
            ("questions", "B1090003", "7.4", "Your points"): "yes",  # failed
            ("questions", "B1090002", "7.1", "Your points"): 0,  # right
            ("questions", "B1090002", "7.7", "Your points"): 0.5,  # held
        },
    )
    before = {one.id: book.total(one.id) for one in STUDENTS}
    decisions, notes = read_decisions(path, book)
    assert not notes
    merged = replace(book, decisions=decisions)
    assert merged.total("B1090001")[0] == before["B1090001"][0] + 1.5
    assert merged.total("B1090003")[0] == before["B1090003"][0] + 2
    worth = points_of("7.1")
    assert merged.total("B1090002") == (
        before["B1090002"][0] - worth + 0.5,
        before["B1090002"][1] - points_of("7.7"),
    )
    again = write_gradebook(merged, tmp_path / "again.xlsx")
    assert read_decisions(again, book) == (decisions, {})  # kept from run to run
    assert lost_decisions(again, book, {}) == [
        "B1090001 7.3",
        "B1090002 7.1",
        "B1090002 7.7",
        "B1090003 7.4",
    ]
    assert lost_decisions(again, book, decisions) == []
    page = feedback_page(merged, STUDENTS[1])
    assert label("page.decided", "en") in page
    filled_in(path, {("questions", "B1090001", "7.3", "Your points"): 9})
    with pytest.raises(DataError, match="9"):
        read_decisions(path, book)


def test_an_answer_that_changed_since_is_told_and_its_points_are_not_used(tmp_path):
    book = sample_book("en")
    path = write_gradebook(book, tmp_path / "g.xlsx")
    filled_in(path, {("questions", "B1090001", "7.3", "Your points"): 1})
    results = dict(book.results)
    one = results["B1090001", "07"]
    new = tuple(replace(m, digest="e" * 16) if m.number == "7.3" else m for m in one.marks)
    results["B1090001", "07"] = replace(one, marks=new)
    decisions, notes = read_decisions(path, replace(book, results=results))
    assert not decisions
    assert list(notes) == [("B1090001", "7.3")]


@pytest.mark.parametrize(
    "change",
    [
        ("marks", "B1090001", None, "7.3"),
        ("marks", "B1090003", None, "Total"),
        ("questions", "B1090001", "7.3", "Points"),
    ],
)
def test_a_change_where_none_is_read_is_told_and_nothing_is_lost(tmp_path, change):
    book = sample_book("en")
    path = write_gradebook(book, tmp_path / "g.xlsx")
    assert read_decisions(path, book) == ({}, {})
    assert lost_decisions(path, book, {}) == []
    filled_in(path, {change: 2})
    with pytest.raises(DataError, match=change[1]):
        read_decisions(path, book)
    assert lost_decisions(path, book, {})
    assert read_decisions(path, book, force=True) == ({}, {})


def test_late_work_loses_its_share_by_the_rule(tmp_path):
    rule = LateRule(10, 25, "2021-04-08T23:59:59")
    book = replace(sample_book("en"), late_rule=rule, attempts={("B1090002", "07"): 3})
    whole = sample_book("en").total("B1090002")
    late = book.total("B1090002")
    assert late == (plain(whole[0] * 0.9), whole[1])
    assert book.total("B1090001") == sample_book("en").total("B1090001")
    assert rule.share("2021-04-09T10:00:00") == 0.1
    assert [rule.share(f"2021-04-{day}T10:00:00") for day in (10, 11, 12)] == [0.2, 0.25, 0.25]
    assert "loses 10%" in feedback_page(book, STUDENTS[1])
    wb = load_workbook(write_gradebook(book, tmp_path / "g.xlsx"))
    words = [str(cell.value) for row in wb["Marks"].iter_rows() for cell in row]
    assert any("3 attempts" in word for word in words)
    assert any(word.endswith(" off") for word in words)


def test_means_say_whom_they_count():
    book = sample_book("en")
    means = class_means(book)
    totals = [book.total(one.id) for one in STUDENTS[:4]]
    assert means.handed_in == 4
    assert means.so_far == plain(sum(points for points, _ in totals) / 4)
    assert (means.decided, means.complete) == (None, 0)
    words = mean_text("book", means, 20, "en")
    assert "4 students" in words
    assert "Nobody has all points" in words


def test_no_character_turns_the_direction_of_writing_in_the_gradebook(tmp_path):
    text = "a\u202egnp.exe\u2066"
    made = result("B1090001", marks("x", answer=text), file=text, trouble=text)
    made = replace(made, flags=(Flag("unknown_kind", "7.1", {"what": text}),))
    book = Gradebook(STUDENTS, ("07",), {("B1090001", "07"): made})
    wb = load_workbook(write_gradebook(book, tmp_path / "b.xlsx"))
    words = [str(cell.value) for ws in wb for row in ws.iter_rows() for cell in row]
    assert sum("gnp.exe" in word for word in words) >= 3
    assert not [word for word in words if "\u202e" in word or "\u2066" in word]


def test_the_statistics_of_each_question_are_written():
    book = sample_book("en")
    rows = list(csv.reader(io.StringIO(items_csv(book))))
    assert [row[0] for row in rows[1:]] == [one.number for one in book.questions]
    of_one = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    wrong = of_one["7.3"]
    assert (wrong["Handed in"], wrong["Right"], wrong["Not yet"]) == ("4", "0.5", "2")
    assert (wrong["Mistake"], wrong["Students"]) == (first_mistake("7.3"), "2")
    assert of_one["7.1"]["Discrimination (correlation with the rest)"] == ""  # all are right
    assert discrimination(book, "7.4") > 0  # the one without it has least of the others


def test_equal_answers_that_nothing_explains_are_counted_apart():
    book = sample_book("en")
    results = {
        key: replace(
            one,
            marks=tuple(
                Mark("7.2", "wrong", 0, 2, shared_digest="f" * 16) if mark.number == "7.2" else mark
                for mark in one.marks
            ),
        )
        for key, one in book.results.items()
    }
    rows = list(csv.reader(io.StringIO(items_csv(replace(book, results=results)))))
    assert next(row for row in rows if row[0] == "7.2")[-2:] == ["1", "4"]
