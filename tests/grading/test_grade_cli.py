"""The command `rfmkit grade`: mostly with a stand-in for the sandbox, once with a real one."""

import json
import re
import shlex

import pytest
from openpyxl import load_workbook
from readmes import ROOT

from rfmgrade import grade as grade_command
from rfmgrade.grade import parse_due
from rfmgrade.marking.results import Flag, Mark, Result, chapter_items
from rfmgrade.sandbox import modes
from rfmkit import cli
from rfmkit.schema import DataError

SECRET = b"not a secret, for it stands here"
ROSTER = "學號,姓名,語言\nB1,林小華,\nB2,Ann Lee,en\nB3,王大明,\n"
ANSWER = "先查原因，再決定要不要漲價。"


def mark(one, notebook):
    if one.rubric or one.is_text:
        return Mark(one.number, "open", None, one.points, answer=ANSWER)
    if one.number in notebook["wrong"]:
        return Mark(
            one.number, "known_mistake", 0, one.points, "因為…", notebook["wrong"][one.number]
        )
    if one.number in notebook["held"]:
        return Mark(one.number, "held", None, one.points, digest="d1")
    return Mark(one.number, "right", one.points, one.points)


def stand_in(submissions, config, *, progress):
    """Give marks as a notebook's own metadata ask for them."""
    langs = {one.id: one.lang for one in config.students}
    config.results.mkdir(exist_ok=True)
    made = []
    for one in submissions:
        asked = json.loads(one.content)["asked"]
        marks = tuple(mark(item, asked) for item in chapter_items(one.chapter))
        flags = (Flag("typed_in", "6.2"),) if asked["held"] else ()
        made.append(
            Result(
                one.student,
                one.chapter,
                one.file,
                "ab" * 32,
                langs[one.student],
                marks,
                flags,
                one.handed_in,
                one.late,
            )
        )
        progress(made[-1])
    return made


def hand_in(folder, student, chapter="06", *, wrong=(), held=()):
    notebook = {
        "cells": [],
        "asked": {"wrong": dict(wrong), "held": list(held)},
        "metadata": {"rfmkit": {"source": f"source/exercises/{chapter}_x.py"}},
    }
    path = folder / "submissions" / student / f"{chapter}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def class_folder(tmp_path, monkeypatch):
    """A class that handed in, a stand-in for the sandbox, and the command."""
    monkeypatch.setattr(grade_command, "grade_all", stand_in)
    monkeypatch.setattr(modes, "choose", lambda **_: "bubblewrap")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "course.secret").write_bytes(SECRET)
    hand_in(tmp_path, "B1", wrong={"6.1": "repeats_kept"})
    hand_in(tmp_path, "B2_Ann Lee", wrong={"6.1": "repeats_kept"}, held=["6.2"])
    (tmp_path / "submissions" / "whose.ipynb").write_text("{}", encoding="utf-8")

    def grade(*more, lang="en"):
        words = ["--roster", "roster.csv", "--secret-file", "course.secret", "--lang", lang]
        return cli.main(["grade", "submissions", *words, "-o", "gradebook.xlsx", *more])

    return tmp_path, grade


def books(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("gradebook*"))
        if path.is_file()
    } | {path.name: path.read_bytes() for path in folder.glob("gradebook_feedback/*")}


def test_everything_is_written_and_told_calmly(class_folder, capsys):
    folder, grade = class_folder
    assert grade() == 0
    said = capsys.readouterr().out
    for part in (
        "Notebooks graded: 2 (students: 2; chapter: 06)",
        "Handed nothing in: 1",
        "Flags: 1",
        "2 open answers, 1 others",
        "Files not graded: 1",
        "repeats_kept",
        "gradebook.xlsx",
        "gradebook_feedback",
        "gradebook_moodle.csv",
        "not all decided (2)",
    ):
        assert part in said
    assert set(books(folder)) == {
        "gradebook.xlsx",
        "gradebook_moodle.csv",
        "gradebook_canvas.csv",
        "gradebook_items.csv",
        "B1.html",
        "B2.html",
    }
    assert SECRET not in b"".join(books(folder).values())


def test_it_speaks_chinese_too(class_folder, capsys):
    folder, grade = class_folder
    assert grade(lang="zh-TW") == 0
    assert "批改了 2 份筆記本" in capsys.readouterr().out
    assert load_workbook(folder / "gradebook.xlsx").sheetnames[0] == "成績"


def test_grading_twice_gives_the_same_bytes(class_folder):
    folder, grade = class_folder
    assert grade() == 0
    first = books(folder)
    assert grade() == 0
    assert books(folder) == first
    assert not [path for path in folder.rglob("*.part")]


def test_what_grading_writes_is_no_submission_wherever_it_stands(class_folder):
    folder, _ = class_folder
    words = [
        "grade",
        ".",
        "--roster",
        "roster.csv",
        "--secret-file",
        "course.secret",
        "-o",
        "gradebook.xlsx",
        "--lang",
        "en",
    ]
    assert cli.main(words) == 0
    first = books(folder)
    assert cli.main(words) == 0
    assert books(folder) == first
    cells = load_workbook(folder / "gradebook.xlsx")["Left out"]["A"]
    assert [cell.value for cell in cells[4:]] == ["–", "submissions/whose.ipynb"]


def fill(path, points=2):
    wb = load_workbook(path)
    for row in wb["Open answers"].iter_rows(min_row=6):
        if row[0].value:
            row[8].value = points
    wb["To decide"]["H5"] = "yes"
    wb.save(path)


def test_marks_by_hand_are_merged_kept_and_never_lost(class_folder, capsys):
    folder, grade = class_folder
    path = folder / "gradebook.xlsx"
    assert grade() == 0
    fill(path)
    filled = path.read_bytes()
    assert grade() == 2
    assert "--marks" in capsys.readouterr().err
    assert path.read_bytes() == filled
    assert grade("--marks", "gradebook.xlsx") == 0
    assert "Class mean 18.0 of 20" in capsys.readouterr().out
    moodle = (folder / "gradebook_moodle.csv").read_text(encoding="utf-8-sig")
    assert re.search(r"^B1,,18,", moodle, re.MULTILINE)
    merged = books(folder)
    assert grade("--marks", "gradebook.xlsx") == 0  # kept on the next run
    assert books(folder) == merged
    assert grade() == 2
    assert grade("--force") == 0
    assert "Nobody has all points yet" in capsys.readouterr().out


def test_marks_that_cannot_be_are_told_and_nothing_is_written(class_folder, capsys):
    folder, grade = class_folder
    assert grade() == 0
    fill(folder / "gradebook.xlsx", points=99)
    before = books(folder)
    assert grade("--marks", "gradebook.xlsx") == 2
    assert "“99”" in capsys.readouterr().err
    assert books(folder) == before
    assert grade("--marks", "none.xlsx") == 2
    assert "none.xlsx" in capsys.readouterr().err


def test_a_workbook_of_somebody_else_is_not_written_over(class_folder, capsys):
    folder, grade = class_folder
    (folder / "gradebook.xlsx").write_bytes(b"mine")
    assert grade() == 2
    assert "no gradebook" in capsys.readouterr().err
    assert (folder / "gradebook.xlsx").read_bytes() == b"mine"


def test_chapters_are_those_handed_in_or_those_asked_for(class_folder, capsys):
    folder, grade = class_folder
    hand_in(folder, "B3", "05")
    assert grade() == 0
    assert "chapter: 05 06)" in capsys.readouterr().out
    assert grade("--chapter", "5") == 0
    assert "Notebooks graded: 1 (students: 1; chapter: 05)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--due", "8/4/2021"), "--due"),
        (("--jobs", "0"), "--jobs"),
        (("--chapter", "42"), "42"),
        (("-o", "book.csv"), ".xlsx"),
        (("--roster", "none.csv"), "none.csv"),
        (("--secret-file", "none"), "token_hex"),
        (("--chapter", "08"), "can be graded"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_runs(
    more, said, class_folder, monkeypatch, capsys
):
    _, grade = class_folder
    monkeypatch.setattr(grade_command, "grade_all", None)
    assert grade(*more) == 2
    assert said in capsys.readouterr().err


def test_due_times_are_read_year_first():
    assert parse_due("2021-04-08T23:59") == "2021-04-08T23:59:00"
    assert parse_due(" 2021-04-08 ") == "2021-04-08T23:59:59"
    assert parse_due("") == ""
    for text in ("8-4-2021", "2021-02-30", "tomorrow", "2021-04-08T25:00"):
        with pytest.raises(DataError, match="--due"):
            parse_due(text)


def test_late_work_is_marked_late(class_folder):
    folder, grade = class_folder
    assert grade("--due", "2001-01-01") == 0
    ws = load_workbook(folder / "gradebook.xlsx")["Marks"]
    assert [ws.cell(row, 8).value for row in (5, 6, 7)] == ["late", "late", None]


def test_without_a_sandbox_it_says_what_is_not_protected(class_folder, monkeypatch, capsys):
    _, grade = class_folder
    monkeypatch.setattr(modes, "choose", lambda **_: "trusted")
    assert grade("--trust-submissions") == 0
    said = capsys.readouterr()
    assert "NOT PROTECTED" in said.err
    assert "--trust-submissions" in said.out


def guide_commands(lang):
    """List the commands of the instructor's guide, in order."""
    text = (ROOT / "docs" / f"instructor.{lang}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.match(r"rfmkit (assign|grade) ", line)]


def test_both_guides_show_the_same_commands():
    def bare(lang):
        return [re.sub(r" --lang \S+", "", line) for line in guide_commands(lang)]

    assert bare("zh-TW") == bare("en")
    assert {line.split()[1] for line in bare("en")} == {"assign", "grade"}


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_every_command_of_the_guide_does_what_it_says(lang, class_folder, monkeypatch):
    folder, _ = class_folder
    roster = (ROOT / "docs" / "roster.csv").read_bytes()
    (folder / "roster.csv").write_bytes(roster)
    ids = [line.split(",")[0] for line in roster.decode("utf-8-sig").splitlines()[1:]]
    for one in ids[:2]:
        hand_in(folder, one)
    monkeypatch.setattr("rfmgrade.assign.make_handout", _no_books)
    (folder / "submissions.zip").write_bytes(_zip(folder / "submissions"))
    for line in guide_commands(lang):
        if "gradebook.xlsx" in line and "--marks" in line:
            fill_any(folder / "gradebook.xlsx")
        assert cli.main(shlex.split(line)[1:]) == 0, line
    assert (folder / "hand-out" / "MANIFEST.csv").is_file()
    assert (folder / "gradebook.xlsx").is_file()


def _no_books(job):
    (job.folder / job.student.id).mkdir()
    (job.folder / f"{job.student.id}.zip").write_bytes(b"zip")
    return "0" * 64


def _zip(folder):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*.ipynb")):
            archive.write(path, path.relative_to(folder))
    return out.getvalue()


def fill_any(path):
    wb = load_workbook(path)
    for row in wb.worksheets[2].iter_rows(min_row=6):
        if row[0].value:
            row[8].value = 2
    wb.save(path)


def test_a_class_from_hand_out_to_gradebook_without_a_stand_in(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(modes, "choose", lambda **_: "trusted")
    (tmp_path / "roster.csv").write_text("id,name,lang\nB1,林小華,zh-TW\n", encoding="utf-8")
    (tmp_path / "course.secret").write_bytes(SECRET)
    common = ["--roster", "roster.csv", "--secret-file", "course.secret", "--lang", "en"]
    assert cli.main(["assign", *common, "-o", "hand-out", "--chapter", "06"]) == 0
    given = json.loads((tmp_path / "hand-out/B1/06_practicum.ipynb").read_bytes())
    model = json.loads((ROOT / "solutions/zh-TW/06_practicum.ipynb").read_bytes())
    model["metadata"] = given["metadata"]
    for cell in model["cells"]:
        if cell["metadata"].get("rfmkit", {}).get("name") == "q6_6":
            cell["source"] = "movers = ...\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/renamed.ipynb").write_text(json.dumps(model), encoding="utf-8")
    words = ["grade", "in", *common, "-o", "gradebook.xlsx", "--jobs", "1", "--trust-submissions"]
    assert cli.main(words) == 0
    ws = load_workbook(tmp_path / "gradebook.xlsx")["Marks"]
    names = [str(cell.value).split("\n")[0] for cell in ws[4]]
    points = dict(zip(names, [cell.value for cell in ws[5]], strict=True))
    right = {"6.1": 2, "6.2": 2, "6.3": 2, "6.4": 2, "6.5": 2, "6.6": 0, "6.7": 2}
    assert {number: points[number] for number in right} == right
    first = books(tmp_path)
    # Kept, not graded again.
    monkeypatch.setattr("rfmgrade.marking.grader.SubmissionGrader.grade", None)
    assert cli.main(words) == 0
    assert books(tmp_path) == first
    assert "renamed.ipynb" not in capsys.readouterr().err
