import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from rfmgrade.config import MAX_ID_LENGTH, Student, clean_id, folded_id, id_fault, read_roster
from rfmkit.labels import use_language
from rfmkit.schema import DataError

CSV = "學號,姓名,電子郵件,語言,班級\nB1,林小華,lin@example.edu,,甲\nB2,Ann Lee,,en,乙\n"
TWO = (
    Student("B1", "林小華", "lin@example.edu", "zh-TW", "甲", row=2),
    Student("B2", "Ann Lee", "", "en", "乙", row=3),
)


@pytest.fixture(autouse=True)
def _in_english():
    use_language("en")


def roster_of(tmp_path, text, encoding="utf-8"):
    file = tmp_path / "roster.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_usual_encoding_gives_the_same_students(encoding, separator, tmp_path):
    file = roster_of(tmp_path, CSV.replace(",", separator), encoding)
    found = read_roster(file)
    assert found.students == TWO
    assert len(found.notes) == (not encoding.startswith("utf-8"))


def test_a_workbook_gives_the_same_students_and_keeps_whole_numbers(tmp_path):
    book = Workbook()
    for row in (["學號", "姓名"], [1090001, "林小華"], ["B2", "Ann Lee"], [None, None]):
        book.active.append(row)
    book.save(tmp_path / "roster.xlsx")
    found = read_roster(tmp_path / "roster.xlsx")
    assert [(one.id, one.name) for one in found] == [("1090001", "林小華"), ("B2", "Ann Lee")]


def test_a_formula_in_a_workbook_is_a_mistake_not_a_value(tmp_path):
    book = Workbook()
    for row in (["id", "name"], ["=1+1", "x"], ["B2", "=A1"]):
        book.active.append(row)
    book.save(tmp_path / "roster.xlsx")
    with pytest.raises(DataError) as told:
        read_roster(tmp_path / "roster.xlsx")
    assert str(told.value).count("like a formula") == 2


def test_the_exports_of_canvas_and_moodle_are_read_as_they_are(tmp_path):
    canvas = (
        "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
        '"Lee, Ann",4501,B1,ann,A\n'
    )
    (one,) = read_roster(roster_of(tmp_path, canvas))
    assert (one.id, one.name, one.canvas_id, one.login) == ("B1", "Lee, Ann", "4501", "ann")
    moodle = "First name,Last name,ID number,Email address\nAnn,Lee,B1,a@b.edu\n小華,林,B2,\n"
    one, two = read_roster(roster_of(tmp_path, moodle))
    assert (one.id, one.name, one.email, two.name) == ("B1", "Ann Lee", "a@b.edu", "林小華")


BAD = {
    "": "blank",
    "../B1": "another folder",
    "a/b": "another folder",
    "a\\b": "another folder",
    ".hidden": "another folder",
    "NUL": "folder's name",
    "com1.txt": "folder's name",
    "case": "folder's name",
    "B9.zip": "folder's name",
    "B" * (MAX_ID_LENGTH + 1): "too long",
    "B\x079": "control",
    "1.09E+08": "scientific",
    "B 9": "cannot be used",
    "B:9": "cannot be used",
    "=B9": "formula",
    "@B9": "formula",
    "B9.": "cannot be used",
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_id_is_told_with_its_row_and_nothing_is_read(bad, tmp_path):
    file = roster_of(tmp_path, f'id,name\nB1,a\n"{bad}",b\n')
    with pytest.raises(DataError) as told:
        read_roster(file)
    said = str(told.value)
    assert "row 3: " in said
    assert BAD[bad] in said
    assert "1 things" in said


@pytest.mark.parametrize("twin", ["b1", "Ｂ１", " B1", "B\u200b1", "Ｂ1 "])
def test_an_id_in_another_case_or_width_is_the_same_id(twin, tmp_path):
    with pytest.raises(DataError, match=r"row 3.*same as .B1. in row 2"):
        read_roster(roster_of(tmp_path, f'id,name\nB1,a\n"{twin}",b\n'))


def test_every_mistake_is_told_not_only_the_first(tmp_path):
    rows = "id,name,email,lang,canvas id\nB1,a,x,de,7\nB1,=1,,,7\n,c,,,\nB4,d,,,,zz\nB5,e,a@b.c,,\n"
    with pytest.raises(DataError) as told:
        read_roster(roster_of(tmp_path, rows))
    said = str(told.value)
    for part in (
        "row 2: the e-mail",
        "row 2: language",
        "row 3: the name",
        "row 3: id “B1”",
        "row 3: Canvas id “7”",
        "row 4: the id is blank",
        "row 5: the row has more",
        "7 things",
    ):
        assert part in said
    assert "row 6" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no students"),
        ("id,name\n", "no students"),
        ("name,mail\na,b\n", "no column for the ids"),
        ('id,name\nB1,"open\n', "quotation marks"),
        ("id,id\nB1,B2\n", "two columns"),
    ],
)
def test_a_file_that_is_no_roster_is_refused(text, said, tmp_path):
    with pytest.raises(DataError, match=said):
        read_roster(roster_of(tmp_path, text))


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(DataError, match="no file"):
        read_roster(tmp_path / "none.csv")
    (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(DataError, match="damaged"):
        read_roster(tmp_path / "r.xlsx")
    (tmp_path / "r.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(DataError, match="old"):
        read_roster(tmp_path / "r.xls")
    (tmp_path / "r.csv").write_bytes(b"id\n\x81\xff\xff\n")
    with pytest.raises(DataError, match="encoding"):
        read_roster(tmp_path / "r.csv")


def test_what_is_worth_a_look_is_a_note_not_a_mistake(tmp_path):
    text = "id,name,phone\n1,王大明,09\n22,王大明,09\n"
    notes = " ".join(read_roster(roster_of(tmp_path, text)).notes)
    assert "phone" in notes
    assert "王大明" in notes
    assert "zeros" in notes


@given(st.text(max_size=80))
def test_a_good_id_is_a_safe_and_stable_name_of_a_folder(text):
    if id_fault(text) is None:
        name = clean_id(text)
        assert name == clean_id(name)
        assert folded_id(name) == folded_id(text)
        assert not set(name) & set('/\\:*?"<>| \0\n')
        assert name not in (".", "..")
        assert len(name) <= MAX_ID_LENGTH
