"""`rfmkit lab` in a folder of the learner's: what it writes, renews, keeps and refuses."""

import argparse
import copy
import hashlib
import json
import os
import re
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from rfmkit import cli
from rfmkit.cases import make_case
from rfmkit.commands import lab, lay_out
from rfmkit.commands.checkup import LONGEST_FOLDER
from rfmkit.commands.lay_out import CannotWriteError, fingerprint, is_laid_out, shipped_files

ROOT = Path(__file__).resolve().parent.parent
FILES = shipped_files(ROOT)
LESSON = "notebooks/zh-TW/06_practicum.ipynb"
EXERCISE = "exercises/en/05_rfm.ipynb"
BOOK = "data/README.md"
CASE_FOLDER = "王小明 的 第 1 次作業（RFM）"


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def cells_of(content: bytes) -> list[dict]:
    return json.loads(content)["cells"]


def test_lessons_exercises_and_books_are_laid_out_and_no_solution():
    notebooks = [name for name in FILES if name.endswith(".ipynb")]
    for part in ("notebooks", "exercises"):
        for edition in ("zh-TW", "en"):
            there = {path.name for path in (ROOT / part / edition).glob("*.ipynb")}
            laid = {
                name.rpartition("/")[2]
                for name in notebooks
                if name.startswith(f"{part}/{edition}/")
            }
            assert laid == there
    books = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "data").rglob("*.*")
        if path.is_file() and not path.name.startswith((".", "~$"))
    }
    assert {name for name in FILES if name.startswith("data/")} == books
    assert not [name for name in FILES if "solution" in name]


def test_solutions_come_from_a_checkout_when_asked_for_with_their_outputs(tmp_path):
    files = shipped_files(ROOT, solutions=True)
    solutions = {name for name in files if name.startswith("solutions/")}
    assert set(files) - set(FILES) == solutions
    assert len(solutions) == len([name for name in FILES if name.startswith("exercises/")])
    name = "solutions/en/05_rfm.ipynb"
    lay_out.lay_out({name: files[name]}, tmp_path)
    assert (tmp_path / name).read_bytes() == files[name].read_bytes()


def test_a_path_with_chinese_and_spaces(tmp_path):
    folder = tmp_path / CASE_FOLDER
    done = lay_out.lay_out(FILES, folder)
    assert sorted(done.written) == sorted(FILES)
    assert not is_laid_out(tmp_path)
    assert is_laid_out(folder)
    laid = read(folder)
    assert set(laid) == {*FILES, lay_out.RECORD}
    assert all(
        laid[name] == source.read_bytes()
        for name, source in FILES.items()
        if name.startswith("data/")
    )


def test_outputs_are_empty_and_all_else_is_as_in_the_kit(tmp_path):
    lay_out.lay_out(FILES, tmp_path)
    emptied = 0
    for name, source in FILES.items():
        if not name.endswith(".ipynb"):
            continue
        laid = (tmp_path / name).read_text(encoding="utf-8")
        mine, kits = (
            nbformat.reads(text, as_version=nbformat.NO_CONVERT)
            for text in (laid, source.read_text(encoding="utf-8"))
        )
        nbformat.validate(mine)
        assert laid == nbformat.writes(mine).rstrip("\n") + "\n"
        for cell in kits.cells:
            if cell.cell_type == "code":
                emptied += bool(cell.outputs)
                cell.outputs, cell.execution_count = [], None
        assert mine == kits, name
    assert emptied > 200


def test_links_between_the_files_lead_somewhere(tmp_path):
    lay_out.lay_out(FILES, tmp_path)
    followed = 0
    for name in FILES:
        if not name.endswith((".ipynb", ".md")):
            continue
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        if name.endswith(".ipynb"):
            prose = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
            text = "\n".join("".join(cell["source"]) for cell in prose)
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            assert (path.parent / target).exists(), f"{name} links to {target}"
            followed += 1
    assert followed > 200


def test_a_second_run_writes_nothing(tmp_path):
    lay_out.lay_out(FILES, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    done = lay_out.lay_out(FILES, tmp_path)
    assert (done.written, done.renewed, done.kept) == ([], [], [])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def notebook(version: str) -> nbformat.NotebookNode:
    """Make a notebook of the kit, executed."""
    cells = [
        v4.new_markdown_cell(f"# {version}\n\nRead, then try.", id="title"),
        v4.new_code_cell(
            "1 + 1",
            id="sum",
            execution_count=1,
            outputs=[v4.new_output("execute_result", {"text/plain": "2"})],
        ),
        v4.new_code_cell("x = ...\nx", id="blank"),
    ]
    metadata = {"language_info": {"name": "python"}, "rfmkit": {"digest": version}}
    return v4.new_notebook(cells=cells, metadata=metadata)


def publish(kit: Path, version: str) -> None:
    """Have the kit hold a version of a lesson, an exercise and a book."""
    for name in (LESSON, EXERCISE):
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        text = nbformat.writes(notebook(version))
        (kit / name).write_text(f"{text}\n", encoding="utf-8", newline="\n")
    (kit / BOOK).parent.mkdir(exist_ok=True)
    (kit / BOOK).write_text(f"{version}\n", encoding="utf-8", newline="\n")


@pytest.fixture
def kit(tmp_path):
    """Make a small kit with one lesson, one exercise and a book."""
    publish(tmp_path / "kit", "first")
    return tmp_path / "kit"


@pytest.fixture
def mine(kit, tmp_path):
    """Lay that kit out."""
    lay_out.lay_out(shipped_files(kit), tmp_path / "mine")
    return tmp_path / "mine"


def save(path: Path, change) -> None:
    """Change a notebook and save it as Jupyter does."""
    nb = nbformat.read(path, as_version=4)
    change(nb)
    nbformat.write(nb, path)


def opened(nb):
    # What JupyterLab 4.6 writes when a lesson was merely opened and saved itself.
    nb.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nb.metadata.language_info = {"name": "python", "version": "3.11.2", "file_extension": ".py"}
    nb.metadata.widgets = {}
    del nb.metadata["rfmkit"]
    for number, cell in enumerate(nb.cells):
        cell.id = f"other-{number}"
        cell.metadata.trusted = True


def ran(nb):
    opened(nb)
    for number, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [v4.new_output("stream", text="hello")]
    # Shift and Enter in the last cell adds an empty one.
    nb.cells.append(v4.new_code_cell(""))


def answered(nb):
    nb.cells[2].source = "x = 5\nx"


def added(nb):
    nb.cells.append(v4.new_markdown_cell("my notes"))


def removed(nb):
    del nb.cells[1]


def reordered(nb):
    nb.cells.append(nb.cells.pop(1))


def turned_into_prose(nb):
    nb.cells[1] = v4.new_markdown_cell(nb.cells[1].source)


UNCHANGED = (opened, ran)
CHANGED = (answered, added, removed, reordered, turned_into_prose)


@pytest.mark.parametrize("change", UNCHANGED)
def test_a_notebook_opened_saved_or_run_is_renewed(change, kit, mine):
    before = (mine / LESSON).read_bytes()
    save(mine / LESSON, change)
    assert (mine / LESSON).read_bytes() != before
    # Without an update, it stays as it is, its outputs too.
    as_left = (mine / LESSON).read_bytes()
    assert lay_out.lay_out(shipped_files(kit), mine) == lay_out.LaidOut()
    assert (mine / LESSON).read_bytes() == as_left
    publish(kit, "second")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert (sorted(done.renewed), done.kept) == (sorted([LESSON, EXERCISE, BOOK]), [])
    cells = cells_of((mine / LESSON).read_bytes())
    assert "".join(cells[0]["source"]).startswith("# second")
    assert [cell.get("outputs", []) for cell in cells] == [[], [], []]
    assert lay_out.lay_out(shipped_files(kit), mine) == lay_out.LaidOut()


@pytest.mark.parametrize("change", CHANGED)
def test_a_notebook_with_other_cells_is_kept_and_told(change, kit, mine):
    save(mine / LESSON, change)
    own = (mine / LESSON).read_bytes()
    # There is nothing to tell before a new version comes.
    assert lay_out.lay_out(shipped_files(kit), mine) == lay_out.LaidOut()
    publish(kit, "second")
    for _ in range(2):
        done = lay_out.lay_out(shipped_files(kit), mine)
        assert done.kept == [LESSON]
        assert (mine / LESSON).read_bytes() == own
    assert not done.renewed
    # Renamed, it is out of the way, and a fresh one comes.
    (mine / LESSON).rename(mine / "notebooks/zh-TW/mine.ipynb")
    assert lay_out.lay_out(shipped_files(kit), mine).written == [LESSON]
    assert (mine / "notebooks/zh-TW/mine.ipynb").read_bytes() == own
    # And it is the learner's again only when changed again.
    publish(kit, "third")
    assert LESSON in lay_out.lay_out(shipped_files(kit), mine).renewed


def test_a_source_written_as_lines_or_as_one_text_is_the_same():
    whole = {"cells": [{"cell_type": "code", "source": "a = 1\nb = 2"}]}
    lines = copy.deepcopy(whole)
    lines["cells"][0]["source"] = ["a = 1\n", "b = 2"]
    other = copy.deepcopy(whole)
    other["cells"][0]["source"] = ["a = 1\n", "b = 3"]
    first, second, third = (
        fingerprint(LESSON, json.dumps(nb).encode()) for nb in (whole, lines, other)
    )
    assert first == second != third


def test_a_book_is_judged_by_its_bytes(kit, mine):
    (mine / BOOK).write_text("first\n\n", encoding="utf-8", newline="\n")
    publish(kit, "second")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert done.kept == [BOOK]
    assert sorted(done.renewed) == sorted([LESSON, EXERCISE])


def test_the_learners_own_files_are_never_touched(kit, mine):
    own = {
        "exercises/case/MANIFEST.json": "{}",
        "exercises/case/交易記錄.xlsx": "my firm",
        "exercises/en/.rfmkit_progress.json": "{}",
        "notebooks/zh-TW/my own.ipynb": "not a notebook",
    }
    for name, text in own.items():
        (mine / name).parent.mkdir(parents=True, exist_ok=True)
        (mine / name).write_text(text, encoding="utf-8")
    times = {name: (mine / name).stat().st_mtime_ns for name in own}
    publish(kit, "second")
    lay_out.lay_out(shipped_files(kit), mine)
    assert {name: (mine / name).read_text(encoding="utf-8") for name in own} == own
    assert {name: (mine / name).stat().st_mtime_ns for name in own} == times


def lay_out_as_before(kit: Path, folder: Path) -> None:
    """Lay a kit out as older versions did: outputs in the lessons, a record of bytes."""
    record = {}
    for name, source in shipped_files(kit).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
        record[name] = hashlib.sha256(source.read_bytes()).hexdigest()
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / lay_out.RECORD).write_text(text, encoding="utf-8")


def test_an_older_record_goes_on_working(kit, tmp_path):
    mine = tmp_path / "mine"
    lay_out_as_before(kit, mine)
    save(mine / EXERCISE, answered)
    own = (mine / EXERCISE).read_bytes()
    done = lay_out.lay_out(shipped_files(kit), mine)
    # The untouched lesson loses its outputs; of the answered exercise there is no new version.
    assert (done.written, done.renewed, done.kept) == ([], [LESSON], [])
    assert not cells_of((mine / LESSON).read_bytes())[1]["outputs"]
    publish(kit, "second")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert (sorted(done.renewed), done.kept) == (sorted([LESSON, BOOK]), [EXERCISE])
    assert (mine / EXERCISE).read_bytes() == own


def test_an_older_record_and_a_new_version_at_once(kit, tmp_path):
    mine = tmp_path / "mine"
    lay_out_as_before(kit, mine)
    save(mine / EXERCISE, answered)
    own = (mine / EXERCISE).read_bytes()
    publish(kit, "second")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert (sorted(done.renewed), done.kept) == (sorted([LESSON, BOOK]), [EXERCISE])
    assert (mine / EXERCISE).read_bytes() == own


def test_an_older_record_and_a_lesson_merely_opened(kit, tmp_path):
    mine = tmp_path / "mine"
    lay_out_as_before(kit, mine)
    save(mine / LESSON, opened)
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert (done.renewed, done.kept) == ([EXERCISE], [])
    publish(kit, "second")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert (sorted(done.renewed), done.kept) == (sorted([LESSON, EXERCISE, BOOK]), [])


@pytest.mark.parametrize("record", [None, "", "[1]", '{"a": '])
def test_without_a_good_record_everything_different_is_the_learners(kit, tmp_path, record):
    mine = tmp_path / "mine"
    (mine / LESSON).parent.mkdir(parents=True)
    (mine / LESSON).write_text("my answer", encoding="utf-8")
    if record is not None:
        (mine / lay_out.RECORD).write_text(record, encoding="utf-8")
    done = lay_out.lay_out(shipped_files(kit), mine)
    assert done.kept == [LESSON]
    assert (mine / LESSON).read_text(encoding="utf-8") == "my answer"
    assert LESSON not in json.loads((mine / lay_out.RECORD).read_text(encoding="utf-8"))


def test_a_failing_disk_leaves_the_old_file_whole(kit, mine, monkeypatch):
    before = (mine / LESSON).read_bytes()
    publish(kit, "second")

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotWriteError, match="No space left"):
        lay_out.lay_out(shipped_files(kit), mine)
    assert (mine / LESSON).read_bytes() == before
    assert not [path for path in mine.rglob("*.part")]


def run(*words, cwd, monkeypatch):
    monkeypatch.chdir(cwd)
    return cli.main(["lab", "--lay-out-only", *map(str, words)])


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        ("zh-TW", ("放入", "檔案都在", "保留你的", "更新了 2 個", "改名或刪除")),
        ("en", ("Laid out", "is there", "was kept", "Renewed 2 files", "rename or delete")),
    ],
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
    save(folder / LESSON, answered)
    publish(kit, "second")
    assert run(*asked, cwd=tmp_path, monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert f"\n  {LESSON}\n" in said
    assert EXERCISE not in said
    assert [word for word in words[2:] if word not in said] == []


def test_where_it_lays_out_when_no_folder_is_named(kit, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    copied = kit / lab.FOLDER
    for cwd in (tmp_path, kit, kit / "data"):
        assert run(cwd=cwd, monkeypatch=monkeypatch) == 0
        assert is_laid_out(copied)
        assert not (cwd / lab.FOLDER / lab.FOLDER).exists()
    assert not (tmp_path / lab.FOLDER).exists()
    # Run again inside that folder, it is that folder, not one in it.
    for cwd in (copied, copied / "notebooks/zh-TW"):
        (copied / BOOK).unlink()
        assert run(cwd=cwd, monkeypatch=monkeypatch) == 0
        assert (copied / BOOK).is_file()
    assert not list(copied.rglob(lab.FOLDER))


def test_the_wheel_alone_lays_out_in_the_working_folder(kit, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "checkout", lambda: None)
    monkeypatch.setattr(lab, "shipped_files", lambda _, solutions: shipped_files(kit))
    assert run(cwd=tmp_path, monkeypatch=monkeypatch) == 0
    assert is_laid_out(tmp_path / lab.FOLDER)
    assert run(cwd=tmp_path / lab.FOLDER / "data", monkeypatch=monkeypatch) == 0
    assert not list((tmp_path / lab.FOLDER).rglob(lab.FOLDER))


def test_git_ignores_the_copy_and_the_release_leaves_it_behind():
    assert f"{lab.FOLDER}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    release = (ROOT / "tools/make_release.py").read_text(encoding="utf-8")
    assert f'"{lab.FOLDER}"' in release


@pytest.mark.parametrize(("edition", "words"), [("zh-TW", "無法寫入"), ("en", "cannot be written")])
def test_where_the_kit_cannot_be_written_the_copy_goes_home(
    edition, words, kit, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    (kit / lab.FOLDER).write_text("a file in the way", encoding="utf-8")
    for _ in range(2):
        assert run("--edition", edition, cwd=kit, monkeypatch=monkeypatch) == 0
        said = capsys.readouterr().out
        assert words in said
        assert str(tmp_path / "home" / lab.FOLDER) in said
    assert is_laid_out(tmp_path / "home" / lab.FOLDER)
    # Nor at home: then the learner must name a place.
    monkeypatch.setattr(Path, "home", lambda: kit / LESSON)
    assert run("--edition", edition, cwd=kit, monkeypatch=monkeypatch) == 2
    assert "--folder" in capsys.readouterr().out


@pytest.mark.parametrize("edition", ["zh-TW", "en"])
def test_a_place_that_cannot_be_written_is_told_with_the_mend(
    edition, kit, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    for folder in (blocked, blocked / "below", blocked / "far" / "below"):
        words = ("--edition", edition, "--folder", folder)
        assert run(*words, cwd=tmp_path, monkeypatch=monkeypatch) == 2
        said = capsys.readouterr().out
        assert str(folder) in said
        assert "--folder" in said
    assert blocked.read_text(encoding="utf-8") == ""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_a_path_that_is_not_utf8_is_refused_in_one_sentence(kit, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    folder = tmp_path / os.fsdecode("作業".encode("big5"))
    words = ("--edition", "en", "--folder", folder)
    assert run(*words, cwd=tmp_path, monkeypatch=monkeypatch) == 2
    assert "not UTF-8" in capsys.readouterr().out
    assert not folder.exists()


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
    words = ("--edition", "zh-TW", "--folder", tmp_path / "mine")
    assert run(*words, cwd=tmp_path, monkeypatch=monkeypatch) == 2
    assert "沒有寫入的權限" in capsys.readouterr().out


def test_a_package_without_notebooks_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(lab, "checkout", lambda: None)
    monkeypatch.setattr(lay_out, "_PACKAGE", tmp_path)
    assert run(cwd=tmp_path, monkeypatch=monkeypatch) == 2
    assert "wheel" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_jupyterlab_opens_in_the_folder_laid_out(kit, tmp_path, monkeypatch):
    asked = []

    def start(command, *, cwd, env):
        asked.append((command, cwd))
        return 0

    start_notebook = kit / "notebooks/en/00_start.ipynb"
    start_notebook.parent.mkdir()
    start_notebook.write_text('{"cells": []}', encoding="utf-8")
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    monkeypatch.setattr(lab, "run_to_the_end", start)
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: object())
    folder = tmp_path / CASE_FOLDER
    args = argparse.Namespace(
        edition="en", folder=folder, lay_out_only=False, no_browser=True, port=None
    )
    assert lab.run(args) == 0
    ((command, cwd),) = asked
    assert cwd == folder
    assert f"--ServerApp.root_dir={folder}" in command
    # In the kit's own folder too it is a copy that is opened.
    args.folder = None
    monkeypatch.chdir(kit)
    assert lab.run(args) == 0
    assert asked[1][1] == kit / lab.FOLDER


def test_the_longest_file_fits_where_the_doctor_says_a_path_is_short_enough():
    # Windows' limit is 260; Jupyter writes .ipynb_checkpoints/NAME-checkpoint.ipynb beside each.
    checkpoint = len(".ipynb_checkpoints/-checkpoint") + len(".part.")
    assert LONGEST_FOLDER + 1 + max(map(len, FILES)) + checkpoint < 260


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit the path, not the name")
def test_a_very_long_path_works_where_the_system_allows_it(kit, tmp_path):
    deep = tmp_path.joinpath(*["客戶分級教材" * 6] * 6)
    assert len(os.fsencode(deep)) > 600
    assert len(lay_out.lay_out(shipped_files(kit), deep).written) == 3


def test_a_checkout_with_windows_line_ends_is_the_same_kit(kit, mine):
    # git on Windows may write CRLF; cells have no line ends of the file.
    for path in kit.rglob("*.ipynb"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert lay_out.lay_out(shipped_files(kit), mine) == lay_out.LaidOut()


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
    # A firm of one's own, where the README has it made.
    case = tmp_path / CASE_FOLDER / "exercises/case"
    make_case(7, case)
    program = (
        "import os, sys; os.chdir(sys.argv[1]); import rfmkit as rk;"
        "print(rk.data_file(books='practice').resolve().as_posix())"
    )
    where = tmp_path / CASE_FOLDER / "exercises/zh-TW"
    done = run_python("-c", program, str(where), PYTHONUTF8="1")
    assert Path(done.stdout.decode().strip()) == (case / "交易記錄.xlsx").resolve()
    shutil.rmtree(tmp_path / CASE_FOLDER)
