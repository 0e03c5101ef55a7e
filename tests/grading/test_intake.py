import io
import json
import os
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmgrade import intake
from rfmgrade.config import GradingConfig, Student, case_fingerprint
from rfmgrade.intake import StudentMatcher, parse_path, printable_name, read_metadata
from rfmkit.labels import use_language
from rfmkit.schema import DataError

LIN, LEE, DA, MING, HAO = ROSTER = (
    Student("B1090001", "林小華", moodle_id="771"),
    Student("B1090002", "Ann Lee", canvas_id="4568"),
    Student("B1090003", "王大明"),
    Student("B1090004", "王大明"),
    Student("109-05", "張志豪", login="hao_chang"),
)


def notebook(student=None, chapter="06", *, source=True, more=""):
    told = {"student": student} if student else {}
    if source:
        told["source"] = f"source/exercises/{chapter}_x.py"
    return json.dumps({"cells": [], "metadata": {"rfmkit": told}, "more": more}).encode()


def folder_of(tmp_path, files, times=None):
    for name, data in files.items():
        path = tmp_path / "handed in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if times and name in times:
            os.utime(path, (times[name], times[name]))
    return tmp_path / "handed in"


def zipped(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def collect(path, roster, *, chapters, **more):
    return intake.collect(path, GradingConfig(tuple(roster), b"", tuple(chapters), **more))


def whose(found):
    return {one.file: one.student for one in found.submissions}


LAYOUTS = [
    ("B1090001/06_practicum.ipynb", LIN),
    ("b1090001_林小華/my work.ipynb", LIN),
    ("林小華/x.ipynb", LIN),
    ("Ｂ１０９０００１.ipynb", LIN),
    ("作業 B1090001 第6章.ipynb", LIN),
    ("06/B1090001/x.ipynb", LIN),
    ("109-05_practicum.ipynb", HAO),
    ("林小華_12345_assignsubmission_file_/06_practicum.ipynb", LIN),
    ("Ann Lee_12345_assignsubmission_file_/work/x.ipynb", LEE),
    ("Lee Ann_12345_assignsubmission_file_x.ipynb", LEE),
    ("Nobody Known_771_assignsubmission_file_/x.ipynb", LIN),
    ("甲班-林小華_12_assignsubmission_file_/x.ipynb", LIN),
    ("leeann_4568_89012_06_practicum.ipynb", LEE),
    ("leeann_LATE_1_89012_06_practicum-2.ipynb", LEE),
    ("unknown_4568_89012_x.ipynb", LEE),
    ("林小華_99_89012_x.ipynb", LIN),
    ("王大明_99_89012_B1090004.ipynb", MING),
    ("haochang_99_89012_x.ipynb", HAO),
]


@pytest.mark.parametrize(("name", "student"), LAYOUTS, ids=[name for name, _ in LAYOUTS])
def test_a_layout_tells_whose_it_is(name, student, tmp_path):
    folder = folder_of(tmp_path, {name: notebook()})
    found = collect(folder, ROSTER, chapters=["06"])
    assert whose(found) == {name: student.id}
    assert found.left_out == ()
    archive = tmp_path / "all.zip"
    archive.write_bytes(zipped({f"submissions/{name}": notebook()}))
    assert whose(collect(archive, ROSTER, chapters=["06"])) == {f"submissions/{name}": student.id}


def test_names_are_composed_or_not_and_written_in_the_code_of_windows(tmp_path):
    apart = unicodedata.normalize("NFD", "é林小華")
    class_ = [Student("B1", "é林小華")]
    folder = folder_of(tmp_path, {f"{apart}/x.ipynb": notebook()})
    assert collect(folder, class_, chapters=["06"]).submissions[0].student == "B1"
    name = "林小華/作業.ipynb".encode("cp950")
    data = zipped({"A" * len(name): notebook()}).replace(b"A" * len(name), name)
    (tmp_path / "big5.zip").write_bytes(data)
    found = collect(tmp_path / "big5.zip", ROSTER, chapters=["06"])
    assert whose(found) == {"林小華/作業.ipynb": LIN.id}


def test_a_student_who_hands_in_the_whole_folder_or_its_zip_is_understood(tmp_path):
    inside = {
        "B1090001/06_practicum.ipynb": notebook("B1090001"),
        "B1090001/05_rfm.ipynb": notebook("B1090001", "05"),
        "B1090001/case/交易記錄.xlsx": b"PK",
        "B1090001/README.txt": b"",
        "__MACOSX/B1090001/._06_practicum.ipynb": b"",
    }
    folder = folder_of(tmp_path, {"林小華_1_assignsubmission_file_/B1090001.zip": zipped(inside)})
    found = collect(folder, ROSTER, chapters=["05", "06"])
    assert [(one.student, one.chapter) for one in found.submissions] == [
        (LIN.id, "05"),
        (LIN.id, "06"),
    ]
    assert found.left_out == ()
    assert found.moodle == {LIN.id: "林小華_1_assignsubmission_file_"}


def test_two_of_one_name_are_told_apart_by_the_notebook_or_not_at_all(tmp_path):
    files = {
        "王大明_1_assignsubmission_file_/x.ipynb": notebook("B1090004"),
        "王大明_2_assignsubmission_file_/x.ipynb": notebook("B1090001"),
        "王大明_3_assignsubmission_file_/x.ipynb": notebook(),
    }
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    (one,) = found.submissions
    assert (one.student, one.notes) == (MING.id, ("same_name",))
    assert [(left.reason, left.detail) for left in found.left_out] == [
        ("ambiguous", "B1090003, B1090004")
    ] * 2


def test_a_notebook_of_somebody_else_stays_with_who_handed_it_in_and_is_noted(tmp_path):
    files = {"B1090001/x.ipynb": notebook("B1090002"), "B1090003/x.ipynb": notebook("Z9")}
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    assert [(one.student, one.notes) for one in found.submissions] == [
        (LIN.id, ("other_student:B1090002",)),
        (DA.id, ("other_student:Z9",)),
    ]


def test_what_only_metadata_claim_never_pushes_a_platforms_word_aside(tmp_path):
    files = {
        "B1090001/x.ipynb": notebook(more="real"),
        "zz.ipynb": notebook("B1090001", more="new"),
    }
    found = collect(
        folder_of(tmp_path, files, {"zz.ipynb": 2_000_000_000}), ROSTER, chapters=["06"]
    )
    assert whose(found) == {"B1090001/x.ipynb": LIN.id}
    assert [(one.file, one.reason) for one in found.left_out] == [("zz.ipynb", "claimed")]
    alone = collect(
        folder_of(tmp_path / "2", {"zz.ipynb": notebook("B1090001")}), ROSTER, chapters=["06"]
    )
    assert [(one.student, one.notes) for one in alone.submissions] == [(LIN.id, ("by_metadata",))]


def test_the_latest_copy_counts_and_earlier_ones_are_named(tmp_path):
    old, new = 1_617_880_000, 1_617_890_000
    names = {"B1090001/a.ipynb": new, "B1090001/b (1).ipynb": old}
    files = {name: notebook(more=name) for name in names}
    found = collect(folder_of(tmp_path, files, names), ROSTER, chapters=["06"])
    (one,) = found.submissions
    assert (one.file, one.notes) == ("B1090001/a.ipynb", ("earlier:B1090001/b (1).ipynb",))
    same = dict.fromkeys(names, old)
    found = collect(folder_of(tmp_path, files, same), ROSTER, chapters=["06"])
    assert found.submissions[0].file == "B1090001/b (1).ipynb"
    canvas = {
        f"leeann_4568_{n}_06_x{again}.ipynb": notebook(more=again)
        for n, again in ((1, ""), (2, "-2"), (3, "-1"))
    }
    found = collect(folder_of(tmp_path / "c", canvas), ROSTER, chapters=["06"])
    assert found.submissions[0].file == "leeann_4568_2_06_x-2.ipynb"
    assert len(found.submissions[0].notes) == 2


def test_an_equal_copy_is_no_news(tmp_path):
    files = {"B1090001/a.ipynb": notebook(), "B1090001/a-1.ipynb": notebook()}
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    assert [one.notes for one in found.submissions] == [()]


def test_late_is_what_canvas_says_or_what_the_file_tells(tmp_path):
    early, late = 1_600_000_000, 1_900_000_000
    files = {"B1090001.ipynb": early, "B1090003.ipynb": late, "leeann_LATE_4568_1_x.ipynb": early}
    folder = folder_of(tmp_path, dict.fromkeys(files, notebook()), files)
    found = collect(folder, ROSTER, chapters=["06"], due="2025-01-01T00:00:00")
    assert [(one.student, one.late) for one in found.submissions] == [
        (LIN.id, False),
        (LEE.id, True),
        (DA.id, True),
    ]
    assert all(one.handed_in.startswith("20") for one in found.submissions)
    undated = collect(folder, ROSTER, chapters=["06"])
    assert [one.late for one in undated.submissions] == [False, True, False]


@pytest.mark.parametrize(
    ("content", "name", "chapter"),
    [
        (notebook(), "renamed.ipynb", "06"),
        (notebook(chapter="05"), "06_practicum.ipynb", "05"),
        (b"no json", "B1090001_05_rfm.ipynb", "05"),
        (b'{"cells": [{"metadata": {"rfmkit": {"question": "5.2"}}}]}', "x.ipynb", "05"),
        (b"[]", "x.ipynb", ""),
    ],
)
def test_the_chapter_is_found_in_the_notebook_its_cells_or_its_name(
    content, name, chapter, tmp_path
):
    folder = folder_of(tmp_path, {f"B1090001/{name}": content})
    found = collect(folder, ROSTER, chapters=["05", "06"])
    assert [one.chapter for one in found.submissions] == ([chapter] if chapter else [])
    assert [one.reason for one in found.left_out] == ([] if chapter else ["no_chapter"])
    alone = collect(folder, ROSTER, chapters=["06"])
    assert len(alone.submissions) + len(alone.left_out) == 1


def test_whatever_is_not_graded_is_listed_with_its_reason(tmp_path):
    lesson = b'{"metadata": {"rfmkit": {"source": "source/lessons/06_x.py"}}}'
    deepest = zipped({"deepest.zip": zipped({"x.ipynb": notebook()})})
    files = {
        "nobody.ipynb": notebook(),
        "B1090001/answer.py": b"",
        "B1090001/lesson.ipynb": lesson,
        "B1090002/x.ipynb": notebook(chapter="05"),
        "B1090003/broken.zip": b"PK no zip",
        "B1090003/inner.zip": zipped({"in.zip": zipped({"deeper.zip": deepest})}),
        "B1090004/.ipynb_checkpoints/x-checkpoint.ipynb": notebook(),
    }
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    reasons = {one.file: one.reason for one in found.left_out}
    assert reasons == {
        "nobody.ipynb": "unmatched",
        "B1090001/answer.py": "not_notebook",
        "B1090001/lesson.ipynb": "lesson",
        "B1090002/x.ipynb": "other_chapter",
        "B1090003/broken.zip": "bad_zip",
        "B1090003/inner.zip/in.zip/deeper.zip/deepest.zip": "nested",
    }
    assert [one.student for one in found.submissions] == [MING.id]  # all there is: a checkpoint


def test_hostile_zips_are_bounded_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_BYTES", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("B1090001/bomb.ipynb", b"0" * 5_000_000)
        archive.writestr("../../B1090001/up.ipynb", notebook())
        archive.writestr("/B1090001/root.ipynb", notebook())
        archive.writestr("C:/B1090001/drive.ipynb", notebook())
        archive.writestr("..\\B1090001\\up.ipynb", notebook())
        link = zipfile.ZipInfo("B1090001/link.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("B1090003/\x1b[31mred.ipynb", notebook())
    (tmp_path / "all.zip").write_bytes(out.getvalue())
    found = collect(tmp_path / "all.zip", ROSTER, chapters=["06"])
    assert [one.student for one in found.submissions] == [DA.id]
    assert found.submissions[0].file == "B1090003/�[31mred.ipynb"
    reasons = {one.file.split("/")[-1]: one.reason for one in found.left_out}
    assert reasons == {
        "bomb.ipynb": "large",
        "up.ipynb": "path",
        "root.ipynb": "path",
        "drive.ipynb": "path",
        "link.ipynb": "link",
    }


def test_a_lying_or_broken_entry_harms_nobody_else(tmp_path):
    data = bytearray(zipped({"B1090001/x.ipynb": notebook(), "B1090003/x.ipynb": notebook()}))
    at = data.index(b'"cells"')
    data[at : at + 7] = b'"cellz"'  # the checksum is wrong now
    (tmp_path / "all.zip").write_bytes(data)
    found = collect(tmp_path / "all.zip", ROSTER, chapters=["06"])
    assert [one.student for one in found.submissions] == [DA.id]
    assert [one.reason for one in found.left_out] == ["bad_zip"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_and_pipes_are_not_followed(tmp_path):
    folder = folder_of(tmp_path, {"B1090003/x.ipynb": notebook()})
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(notebook())
    (folder / "B1090001").mkdir()
    (folder / "B1090001/x.ipynb").symlink_to(secret)
    (folder / "B1090002").symlink_to(tmp_path)
    os.mkfifo(folder / "B1090004.ipynb")
    found = collect(folder, ROSTER, chapters=["06"])
    assert [one.student for one in found.submissions] == [DA.id]
    assert {one.file: one.reason for one in found.left_out} == {
        "B1090001/x.ipynb": "link",
        "B1090002": "link",
        "B1090004.ipynb": "special",
    }


def test_one_student_cannot_use_up_what_is_for_all(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_OF_ONE", (3, 10_000))
    files = {f"B1090001/{n}.ipynb": notebook(more=str(n)) for n in range(8)}
    files |= {"B1090003/x.ipynb": notebook(), "B1090004/x.ipynb": notebook(more="x" * 9000)}
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    assert {one.student for one in found.submissions} == {LIN.id, DA.id, MING.id}
    assert [one.reason for one in found.left_out] == ["many"] * 5


def test_thousands_of_files_end_and_cost_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_FILES", 50)
    files = {f"B1090001/{n:03}.txt": b"" for n in range(100)}
    files |= {"B1090003/x.ipynb": notebook()}
    for place in (folder_of(tmp_path, files), tmp_path / "all.zip"):
        (tmp_path / "all.zip").write_bytes(zipped(files))
        found = collect(place, ROSTER, chapters=["06"])
        assert [one.student for one in found.submissions] == [DA.id]
        assert found.left_out[-1].reason == "too_many"
        assert 50 <= len(found.left_out) <= 51
    deep = folder_of(tmp_path / "deep", {"/".join("d" * 14) + "/x.ipynb": notebook()})
    assert [one.reason for one in collect(deep, ROSTER, chapters=["06"]).left_out] == ["deep"]


def test_a_zip_with_an_endless_list_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_LIST", 1000)
    many = zipped({f"{n:03}.ipynb": notebook() for n in range(100)})
    files = {"B1090001.zip": many, "B1090003.zip": zipped({"x.ipynb": notebook()})}
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    assert [one.student for one in found.submissions] == [DA.id]
    assert [(one.file, one.reason) for one in found.left_out] == [("B1090001.zip", "many")]


def test_a_place_that_holds_no_submissions_is_told(tmp_path):
    (tmp_path / "x.txt").touch()
    use_language("en")
    for place in (tmp_path / "none", tmp_path / "x.txt"):
        with pytest.raises(DataError, match="neither"):
            collect(place, ROSTER, chapters=["06"])


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_reading_a_name_never_fails_and_never_finds_a_stranger(parts):
    parts = tuple(part or "x" for part in parts)
    found = StudentMatcher(ROSTER).candidates(parse_path(parts))
    assert found <= {one.id for one in ROSTER}
    for part in parts:
        assert printable_name(printable_name(part)) == printable_name(part)


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["metadata", "rfmkit", "student", "source", "cells", "question"]),
                inner,
            )
        ),
    ).map(lambda data: json.dumps(data).encode())
)
def test_metadata_of_any_bytes_are_text_or_nothing(content):
    told = read_metadata(content)
    assert set(told) <= {"student", "source", "questions"}
    assert all(isinstance(told.get(key, ""), str) for key in ("student", "source"))


def test_no_test_wrote_where_submissions_are_read():
    assert not Path("B1090001").exists()


def graded_as(tmp_path, files, roster=ROSTER, times=None):
    return whose(collect(folder_of(tmp_path, files, times), roster, chapters=["06"]))


def test_names_of_two_kinds_beside_each_other_do_not_stop_a_class(tmp_path):
    files = {
        "B1090001/06_practicum.ipynb": notebook(),
        "B1090001/B1090001_2021_04_08.ipynb": notebook(more="x"),
        "06_practicum.ipynb": notebook("B1090002"),
        "hw_2021_04_final.ipynb": notebook("B1090002", more="x"),
    }
    found = collect(folder_of(tmp_path, files), ROSTER, chapters=["06"])
    assert {one.student for one in found.submissions} == {LIN.id, LEE.id}
    assert [one.attempts for one in found.submissions] == [2, 2]


@pytest.mark.parametrize(
    "end",
    ["B1090001_9_assignsubmission_file_.ipynb", "B1090001.ipynb", "x_771_1_B1090001.ipynb"],
)
def test_canvas_says_whose_it_is_and_not_the_end_of_the_name(tmp_path, end):
    others = {f"lin_{n}_9_06.ipynb": notebook() for n in (4501, 4502)}
    files = {f"oneildan_4568_91099_{end}": notebook("B1090001"), **others}
    told = graded_as(tmp_path, files)
    assert told == {f"oneildan_4568_91099_{end}": LEE.id}


@pytest.mark.parametrize(
    "name", ["x_4568_91099_06.ipynb", "Ann_771_assignsubmission_file_06.ipynb", "B1090002.ipynb"]
)
def test_in_a_students_own_folder_no_name_is_a_platforms(tmp_path, name):
    for others in ({}, {"B1090003/06.ipynb": notebook()}):
        told = graded_as(tmp_path, {f"B1090001/{name}": notebook(), **others})
        assert told[f"B1090001/{name}"] == LIN.id


def test_a_zip_of_zips_and_a_single_notebook(tmp_path):
    students = {f"Ann Lee_{n}_assignsubmission_file_/06.ipynb": notebook() for n in (1, 2)}
    files = {"class A.zip": zipped({**students, "林小華_771_assignsubmission_file_/a.zip": b""})}
    files["class B.zip"] = zipped(
        {"林小華_771_assignsubmission_file_/a.zip": zipped({"x.ipynb": notebook()})}
    )
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(files))
    found = collect(path, ROSTER, chapters=["06"])
    assert {one.student for one in found.submissions} == {LIN.id, LEE.id}
    assert found.moodle[LIN.id] == "林小華_771_assignsubmission_file_"
    alone = tmp_path / "B1090003_06.ipynb"
    alone.write_bytes(notebook())
    assert whose(collect(alone, ROSTER, chapters=["06"])) == {alone.name: DA.id}


def test_a_folder_with_names_in_big5_bytes(tmp_path):
    for name in ("林小華", "張志豪"):
        folder = tmp_path / "in" / name.encode("cp950").decode("utf-8", "surrogateescape")
        try:
            folder.mkdir(parents=True)
        except (OSError, UnicodeError):
            pytest.skip("this disk takes no such names")
        (folder / "06.ipynb").write_bytes(notebook())
    found = collect(tmp_path / "in", ROSTER, chapters=["06"])
    assert whose(found) == {"林小華/06.ipynb": LIN.id, "張志豪/06.ipynb": HAO.id}


def with_lzma(data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("06.ipynb", data)
    return out.getvalue()


def bomb(count):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number:03}.ipynb", bytes(19_000_000))
    return out.getvalue()


def lying_zip():
    data = bytearray(zipped({"06.ipynb": b"x" * 100_000}))
    for at in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


HOSTILE = {
    "bomb.zip": bomb(12),
    "lzma.zip": with_lzma(b"{}"),
    "broken lzma.zip": with_lzma(b"{}" * 500).replace(b"\x5d\x00", b"\xff\xff", 1),
    "lying.zip": lying_zip(),
    "cut.zip": zipped({"06.ipynb": notebook()})[:-30],
    "no zip.zip": b"PK\x05\x06" + bytes(18),
    "deep.ipynb": b"[" * 1_000_000,
    "many.ipynb": b"[" + b"[]," * 4_000_000 + b"[]]",
    "digits.ipynb": b'{"cells": ' + b"9" * 100_000 + b"}",
    "empty.ipynb": b"",
    "\u202egnp.ipynb": notebook(),
    "(" * 150 + ".ipynb": notebook(),
    "_1_" * 60 + ".ipynb": notebook(),
    " " * 150 + "(.ipynb": notebook(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_stops_a_class_or_costs_more_than_its_share(tmp_path, name):
    files = {"B1090001/06.ipynb": notebook(), f"B1090002/{name}": HOSTILE[name]}
    folder = folder_of(tmp_path, files)
    begun = time.process_time()
    found = collect(folder, ROSTER, chapters=["06"])
    assert time.process_time() - begun < 3
    assert LIN.id in {one.student for one in found.submissions}
    accounted = {one.file.split("/")[0] for one in (*found.submissions, *found.left_out)}
    assert accounted == {"B1090001", "B1090002"}


@pytest.mark.parametrize("when", [10**12, -(10**9), 0])
def test_a_file_of_an_impossible_time(tmp_path, when):
    folder = folder_of(tmp_path, {"B1090001/06.ipynb": notebook()})
    try:
        os.utime(folder / "B1090001/06.ipynb", (when, when))
    except (OSError, OverflowError):
        pytest.skip("this disk takes no such time")
    assert len(collect(folder, ROSTER, chapters=["06"]).submissions) == 1


def test_a_secret_that_does_not_fit_is_told(tmp_path):
    def handed(secret, student):
        book = json.loads(notebook(student))
        book["metadata"]["rfmkit"]["case"] = case_fingerprint(secret, student)
        return json.dumps(book).encode()

    files = {f"{one.id}/06.ipynb": handed(b"the first", one.id) for one in (LIN, LEE)}
    files["B1090003/06.ipynb"] = handed(b"the first", LIN.id)  # another's: no sign of the secret
    folder = folder_of(tmp_path, files)
    told = {}
    for secret in (b"the first", b"another"):
        found = intake.collect(folder, GradingConfig(ROSTER, secret, ("06",)))
        told[secret] = (found.with_case, found.other_secret)
        noted = [one.student for one in found.submissions if "other_secret" in one.notes]
        assert noted == ([] if secret == b"the first" else [LIN.id, LEE.id])
    assert told == {b"the first": (2, 0), b"another": (2, 2)}
