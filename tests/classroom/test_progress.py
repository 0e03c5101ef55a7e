"""Progress: kept beside the notebook, by case, whole or not at all; no verdict waits for it."""

import json
import sys

import pytest

import rfmkit as rk
import rfmkit.classroom.case as case_module
from authoring.execute import kernel_environment
from rfmkit.cases import LEDGER
from rfmkit.classroom import check, progress, progress_file, reset
from rfmkit.classroom.case import open_case
from rfmkit.classroom.progress_file import FILE, read_progress
from rfmkit.classroom.question import find_question
from rfmkit.data_files import data_file
from rfmkit.labels import label


def right(number):
    one = find_question(number)
    return one.reference(open_case(one.books))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Give a notebook a folder of its own, and the books: a test may put others in their place."""
    place = {books: data_file(LEDGER, books=books) for books in ("lesson", "practice")}
    kits = dict(place)
    monkeypatch.setattr(progress_file, "data_file", lambda name, *, books: place[books])
    monkeypatch.setattr(
        case_module, "data_file", lambda name, *, books: kits[books].with_name(name)
    )
    monkeypatch.setenv("RFMKIT_PROGRESS", "on")
    monkeypatch.setattr(progress_file, "_notes_given", set())
    monkeypatch.chdir(tmp_path)
    return tmp_path, place


def test_verdicts_are_kept_and_blanks_are_not(folder):
    check("6.1", ...)
    assert not (folder[0] / FILE).exists()
    check("6.1", 5)
    check("6.1", "x")
    check("6.2", right("6.2"))
    assert progress().states["6.1"] == "tried"
    check("6.1", right("6.1"))
    check("6.1", 5)  # once solved, solved
    states = progress().states
    assert (states["6.1"], states["6.2"], states["6.3"]) == ("solved", "solved", "open")
    (questions,) = json.loads((folder[0] / FILE).read_text(encoding="utf-8"))["cases"].values()
    assert questions["6.1"] == {"state": "solved", "tries": 3}
    assert [path.name for path in folder[0].iterdir()] == [FILE]


def test_a_restart_and_another_notebook_find_it(folder, run_python):
    check("6.1", right("6.1"))
    done = run_python(
        "-c",
        "from rfmkit.classroom.progress_file import read_progress; print(read_progress())",
    )
    assert b"'6.1': {'state': 'solved', 'tries': 1}" in done.stdout, done.stderr.decode()


def test_a_new_case_starts_afresh_and_the_old_one_is_kept(folder, tmp_path):
    check("6.1", right("6.1"))
    other = tmp_path / "case" / "ledger.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"other books")
    before, folder[1]["practice"] = folder[1]["practice"], other
    assert progress().states["6.1"] == "open"
    (other.parent / "MANIFEST.json").write_text('{"files": {"a": "b"}}', encoding="utf-8")
    other.write_bytes(b"other books again")
    assert progress().states["6.1"] == "open"
    folder[1]["practice"] = before
    assert progress().states["6.1"] == "solved"


def test_reset_forgets_a_question_a_chapter_or_all(folder):
    for number in ("0.1", "6.1", "6.2", "6.6"):
        check(number, right(number))
    reset("6.2")
    assert progress().states["6.2"] == "open"
    reset("6")
    states = progress().states
    assert {states["6.1"], states["6.6"]} == {"open"}
    assert states["0.1"] == "solved"
    reset()
    assert set(progress().states.values()) == {"open"}
    assert not (folder[0] / FILE).exists()
    assert "5.99" in reset("5.99").text
    assert "99" in progress("99").text


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"cases": 5}',
        '{"cases": {"a": {"6.1": 1}}}',
        '{"cases": {"a": {"6.1": {"state": "x", "tries": 1}}}}',
        "\udcff",
    ],
)
def test_a_broken_file_is_told_once_and_set_aside(folder, text):
    rk.use_language("en")
    (folder[0] / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert FILE in repr(progress())
    first = check("6.1", right("6.1"))
    assert first.status == "right"
    assert FILE in first.note
    assert FILE in repr(first)
    assert check("6.2", 5).note == ""
    assert progress().states["6.1"] == "solved"
    aside = folder[0] / FILE.replace(".json", ".broken.json")
    assert aside.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_file_that_cannot_be_written_is_told_once(folder, monkeypatch):
    rk.use_language("zh-TW")

    def refuse(*_, **__):
        raise PermissionError("no")

    monkeypatch.setattr(progress_file, "write_progress", refuse)
    monkeypatch.setattr("rfmkit.classroom.progress_card.write_progress", refuse)
    first, second = check("6.1", right("6.1")), check("6.1", right("6.1"))
    assert first.status == second.status == "right"
    assert FILE in first.note
    assert second.note == ""


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_progress_says_why_nothing_is_kept(lang, folder, monkeypatch):
    rk.use_language(lang)
    assert progress().note == ""
    refused = PermissionError(13, "no")

    def refuse(**_):
        raise refused

    monkeypatch.setattr(progress_file.tempfile, "TemporaryFile", refuse)
    told = label("progress.unwritable", file=FILE, error="PermissionError")
    assert told in repr(progress())
    assert FILE in progress()._repr_html_()
    # What was kept before is still shown.
    check("6.1", right("6.1"))
    assert progress().states["6.1"] == "solved"
    # Outside a notebook nothing is kept either; the builder does not want to hear of it.
    monkeypatch.setenv("RFMKIT_PROGRESS", "")
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert label("progress.no_notebook") in repr(progress())
    monkeypatch.setenv("RFMKIT_PROGRESS", "off")
    assert progress().note == ""


def test_a_crash_while_writing_leaves_the_old_file(folder, monkeypatch):
    check("6.1", right("6.1"))
    before = (folder[0] / FILE).read_bytes()

    def crash(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", crash)
    check("6.2", right("6.2"))
    assert (folder[0] / FILE).read_bytes() == before
    assert [path.name for path in folder[0].iterdir()] == [FILE]


def test_it_is_kept_in_notebooks_only_and_never_when_the_builder_runs_them(folder, monkeypatch):
    assert kernel_environment("x")["RFMKIT_PROGRESS"] == "off"
    monkeypatch.setenv("RFMKIT_PROGRESS", "off")
    check("6.1", 5)
    monkeypatch.setenv("RFMKIT_PROGRESS", "")
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    check("6.1", 5)
    monkeypatch.setenv("RFMKIT_PROGRESS", "on")
    check("6.1", 5, case=open_case())  # judged on books that are not the notebook's
    assert read_progress() == ({}, False)


def test_an_open_question_is_written_and_then_for_the_teacher(folder, samples, monkeypatch):
    known = dict(samples)
    monkeypatch.setattr("rfmkit.classroom.progress_card.all_questions", lambda: known)
    check("s.open", "My reasons are these: one, two and three.")
    rk.use_language("en")
    shown = progress("s")
    assert shown.states["s.open"] == "written"
    assert "1 more (3 points) for your teacher" in repr(shown)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_card_says_the_same_in_html_and_in_plain_text(folder, lang):
    rk.use_language(lang)
    check("6.1", right("6.1"))
    check("6.2", 5)
    shown = progress()
    page, plain = shown._repr_html_(), repr(shown)
    for text in (
        find_question("6.1").texts["title"][lang],
        "★★",
        "6.2",
        label("progress.solved"),
        label("progress.tried"),
    ):
        assert text in page
        assert text in plain
    assert f'lang="{lang}"' in page
    assert 'scope="col"' in page
    assert find_question("0.1").texts["title"][lang] not in plain  # a chapter not begun is one line
    assert find_question("0.1").texts["title"][lang] in repr(progress("0"))
