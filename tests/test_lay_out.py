"""`rfmkit lab` in a folder of the student's own: what it writes, renews, keeps and refuses."""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from rfmkit import cli
from rfmkit.commands import lab, lay_out
from rfmkit.commands.checkup import LONGEST_FOLDER
from rfmkit.commands.lay_out import CannotWriteError, is_laid_out, shipped_files

ROOT = Path(__file__).resolve().parent.parent
FILES = shipped_files(ROOT)
LESSON = "notebooks/zh-TW/06_practicum.ipynb"
CASE_FOLDER = "王小明 的 第 1 次作業（RFM）"


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_lessons_exercises_and_books_are_laid_out_and_no_solution():
    notebooks = [name for name in FILES if name.endswith(".ipynb")]
    for part in ("notebooks", "exercises"):
        for edition in ("zh-TW", "en"):
            there = {path.name for path in (ROOT / part / edition).glob("*.ipynb")}
            laid = {name.rpartition("/")[2] for name in notebooks
                    if name.startswith(f"{part}/{edition}/")}  # fmt: skip
            assert laid == there
    books = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.*")
             if path.is_file() and not path.name.startswith((".", "~$"))}  # fmt: skip
    assert {name for name in FILES if name.startswith("data/")} == books
    assert not [name for name in FILES if "solution" in name]


def test_a_path_with_chinese_and_spaces(tmp_path):
    folder = tmp_path / CASE_FOLDER
    done = lay_out.lay_out(FILES, folder)
    assert sorted(done.written) == sorted(FILES)
    assert not is_laid_out(tmp_path)
    assert is_laid_out(folder)
    laid = read(folder)
    assert set(laid) == {*FILES, lay_out.RECORD}
    assert all(laid[name] == source.read_bytes() for name, source in FILES.items())


def test_a_second_run_writes_nothing(tmp_path):
    lay_out.lay_out(FILES, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    done = lay_out.lay_out(FILES, tmp_path)
    assert (done.written, done.renewed, done.kept) == ([], [], [])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


@pytest.fixture
def kit(tmp_path):
    """Make a small kit with one lesson, one exercise and a book."""
    home = tmp_path / "kit"
    for name in (LESSON, "exercises/en/05_rfm.ipynb", "data/MANIFEST.json"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(f"first {name}\n", encoding="utf-8", newline="\n")
    return home


def test_a_changed_file_is_kept_and_an_unchanged_one_renewed(kit, tmp_path):
    mine = tmp_path / "mine"
    lay_out.lay_out(shipped_files(kit), mine)
    (mine / LESSON).write_text("my answer", encoding="utf-8")
    (kit / LESSON).write_text("second", encoding="utf-8")
    (kit / "exercises/en/05_rfm.ipynb").write_text("second", encoding="utf-8")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert (done.written, done.renewed) == ([], ["exercises/en/05_rfm.ipynb"])
    assert done.kept == [LESSON]
    assert (mine / LESSON).read_text(encoding="utf-8") == "my answer"
    # Renamed, it is out of the way, and a fresh one comes.
    (mine / LESSON).rename(mine / "notebooks/zh-TW/mine.ipynb")
    assert lay_out.lay_out(shipped_files(kit), mine).written == [LESSON]
    assert (mine / "notebooks/zh-TW/mine.ipynb").read_text(encoding="utf-8") == "my answer"


@pytest.mark.parametrize("record", [None, "", "[1]", '{"a": '])
def test_without_a_good_record_everything_different_is_the_students(kit, tmp_path, record):
    mine = tmp_path / "mine"
    (mine / LESSON).parent.mkdir(parents=True)
    (mine / LESSON).write_text("my answer", encoding="utf-8")
    if record is not None:
        (mine / lay_out.RECORD).write_text(record, encoding="utf-8")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert done.kept == [LESSON]
    assert (mine / LESSON).read_text(encoding="utf-8") == "my answer"
    assert LESSON not in json.loads((mine / lay_out.RECORD).read_text(encoding="utf-8"))


def test_a_failing_disk_leaves_the_old_file_whole(kit, tmp_path, monkeypatch):
    mine = tmp_path / "mine"
    lay_out.lay_out(shipped_files(kit), mine)
    (kit / LESSON).write_text("second", encoding="utf-8")

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotWriteError, match="No space left"):
        lay_out.lay_out(shipped_files(kit), mine)
    assert (mine / LESSON).read_text(encoding="utf-8").startswith("first")
    assert not [path for path in mine.rglob("*.part")]


def run(*words, cwd, monkeypatch):
    monkeypatch.chdir(cwd)
    return cli.main(["lab", "--lay-out-only", *map(str, words)])


@pytest.mark.parametrize(
    ("edition", "words"),
    [("zh-TW", ("放入", "檔案都在", "保留")), ("en", ("Laid out", "is there", "Kept"))],
)
def test_the_command_says_what_it_did(edition, words, kit, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    folder = tmp_path / CASE_FOLDER
    asked = ("--edition", edition, "--folder", folder)
    for word in words[:2]:
        assert run(*asked, cwd=tmp_path, monkeypatch=monkeypatch) == 0
        said = capsys.readouterr().out
        assert word in said
        assert str(folder) in said
    (folder / LESSON).write_text("my answer", encoding="utf-8")
    assert run(*asked, cwd=tmp_path, monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert words[2] in said
    assert LESSON in said


def test_where_it_lays_out_when_no_folder_is_named(kit, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    assert run(cwd=tmp_path, monkeypatch=monkeypatch) == 0
    assert is_laid_out(tmp_path / lab.FOLDER)
    # Run again inside that folder, it is that folder, not one in it.
    assert run(cwd=tmp_path / lab.FOLDER, monkeypatch=monkeypatch) == 0
    assert not (tmp_path / lab.FOLDER / lab.FOLDER).exists()


@pytest.mark.parametrize("edition", ["zh-TW", "en"])
def test_a_place_that_cannot_be_written_is_told_with_the_mend(
    edition, kit, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    for folder in (blocked, blocked / "below"):
        words = ("--edition", edition, "--folder", folder)
        assert run(*words, cwd=tmp_path, monkeypatch=monkeypatch) == 2
        said = capsys.readouterr().out
        assert str(folder) in said
        assert "--folder" in said
    assert blocked.read_text(encoding="utf-8") == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows' folders ignore the read-only flag")
def test_a_read_only_folder_is_told(kit, tmp_path, monkeypatch, capsys):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    assert run("--folder", locked / "mine", cwd=tmp_path, monkeypatch=monkeypatch) == 2
    assert str(locked) in capsys.readouterr().out


def test_a_refused_write_is_told(kit, tmp_path, monkeypatch, capsys):
    # As in a read-only folder; here also where the tests run as root.
    def refuse(self, *words, **options):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(lab, "checkout", lambda: kit)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert run("--folder", tmp_path / "mine", cwd=tmp_path, monkeypatch=monkeypatch) == 2
    assert "Permission denied" in capsys.readouterr().out


def test_a_package_without_notebooks_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(lab, "checkout", lambda: None)
    monkeypatch.setattr(lay_out, "_PACKAGE", tmp_path)
    assert run(cwd=tmp_path, monkeypatch=monkeypatch) == 2
    assert "wheel" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_jupyterlab_opens_in_the_folder_laid_out(kit, tmp_path, monkeypatch):
    asked = []

    class Jupyter:
        def __init__(self, command, cwd):
            asked.append((command, cwd))

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def wait(self):
            return 0

    (kit / "notebooks/en").mkdir()
    (kit / "notebooks/en/00_start.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    monkeypatch.setattr(lab.subprocess, "Popen", Jupyter)
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: object())
    folder = tmp_path / CASE_FOLDER
    args = argparse.Namespace(
        edition="en", folder=folder, lay_out_only=False, no_browser=True, port=None
    )
    assert lab.run(args) == 0
    ((command, cwd),) = asked
    assert cwd == folder
    assert f"--ServerApp.root_dir={folder}" in command
    # In the kit's own folder nothing is laid out: the kit itself is opened.
    args.folder = None
    assert lab.run(args) == 0
    assert asked[1][1] == kit


def test_the_longest_file_fits_where_the_doctor_says_a_path_is_short_enough():
    # Windows' limit is 260; Jupyter writes .ipynb_checkpoints/NAME-checkpoint.ipynb beside each.
    checkpoint = len(".ipynb_checkpoints/-checkpoint") + len(".part.")
    assert LONGEST_FOLDER + 1 + max(map(len, FILES)) + checkpoint < 260


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit the path, not the name")
def test_a_very_long_path_works_where_the_system_allows_it(kit, tmp_path):
    deep = tmp_path.joinpath(*["客戶分級教材" * 6] * 6)
    assert len(os.fsencode(deep)) > 600
    assert len(lay_out.lay_out(shipped_files(kit), deep).written) == 3


def test_a_checkout_with_windows_line_ends_lays_out_what_it_has(kit, tmp_path):
    # git on Windows may write CRLF; the notebooks stay as they are, and count as unchanged.
    for path in kit.rglob("*.ipynb"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    mine = tmp_path / "mine"
    lay_out.lay_out(shipped_files(kit), mine)
    assert (mine / LESSON).read_bytes().endswith(b"\r\n")
    assert lay_out.lay_out(shipped_files(kit), mine).kept == []


def test_the_lesson_finds_its_books_in_the_folder_laid_out(tmp_path, run_python):
    lay_out.lay_out(FILES, tmp_path / CASE_FOLDER)
    where = tmp_path / CASE_FOLDER / "notebooks" / "en"
    program = (
        "import os, sys; os.chdir(sys.argv[1]); import rfmkit as rk;"
        "print(len(rk.load_transactions(rk.data_file())), rk.data_file().resolve().as_posix())"
    )
    done = run_python("-c", program, str(where), PYTHONUTF8="1")
    assert done.returncode == 0, done.stderr.decode()
    rows, path = done.stdout.decode().split(maxsplit=1)
    assert int(rows) > 300
    assert Path(path.strip()) == (tmp_path / CASE_FOLDER / "data/交易記錄.xlsx").resolve()
    shutil.rmtree(tmp_path / CASE_FOLDER)
