import hashlib
import io
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

from rfmkit import book_names, cli
from rfmkit.commands import checkup, doctor
from rfmkit.commands.checkup import Finding


def seen(findings):
    """List (level, topic), having told each in both languages: a text that lacks a value fails."""
    findings = list(findings)
    for lang in ("zh-TW", "en"):
        lines = list(doctor.report_lines(findings, lang))
        assert len(lines) == 1 + sum(1 if found.level == "ok" else 2 for found in findings)
        assert not any(re.search(r"\{[a-z]", line) for line in lines)
    return [(found.level, found.topic) for found in findings]


def python_allowed(monkeypatch, versions):
    monkeypatch.setattr(checkup.metadata, "metadata", lambda name: {"Requires-Python": versions})


def test_python_within_and_out_of_bounds(monkeypatch):
    python_allowed(monkeypatch, ">=3.11")
    assert seen(checkup.check_python()) == [("ok", "python")]
    python_allowed(monkeypatch, "<3")
    assert seen(checkup.check_python()) == [("broken", "python")]


def test_a_kit_that_is_not_installed(monkeypatch):
    def missing(name):
        raise checkup.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(checkup.metadata, "metadata", missing)
    monkeypatch.setattr(checkup.metadata, "requires", missing)
    assert seen(checkup.check_python()) == [("look", "install")]
    assert seen(checkup.check_packages()) == []


@pytest.mark.parametrize(
    ("requirement", "verdict"),
    [
        ("pandas>=2.2", ("ok", "packages")),
        ("pandas>=99", ("broken", "version")),
        ("pandas<1", ("broken", "version")),
        ("no-such-library>=1", ("broken", "missing")),
        ("no-such-library>=1; extra == 'lab'", ("look", "missing")),
        ("pandas<1; extra == 'lab'", ("look", "version")),
    ],
)
def test_libraries_against_their_bounds(requirement, verdict):
    assert seen(checkup.check_packages([requirement])) == [verdict]


def test_extras_for_authors_are_nobody_elses_fault():
    assert seen(checkup.check_packages(["no-such-library>=1; extra == 'author'"])) == []


def test_a_faulty_library_does_not_hide_the_others():
    asked = ["pandas>=99", "numpy>=1", "no-such-library"]
    assert seen(checkup.check_packages(asked)) == [
        ("broken", "version"),
        ("broken", "missing"),
        ("ok", "packages"),
    ]


def test_the_kits_font_draws_chinese():
    assert seen(checkup.check_font()) == [("ok", "font")]


def test_a_font_without_chinese_and_a_lost_font_are_broken(tmp_path):
    latin = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    assert seen(checkup.check_font(latin)) == [("broken", "font")]
    assert seen(checkup.check_font(tmp_path / "lost.otf")) == [("broken", "font")]


@pytest.mark.parametrize(
    ("encoding", "level"),
    [("utf-8", "ok"), ("cp950", "ok"), ("big5", "ok"), ("ascii", "look"), ("cp1252", "look")],
)
def test_what_the_terminal_can_show(encoding, level):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert seen(checkup.check_encoding(stream)) == [(level, "encoding")]


@pytest.mark.parametrize(("files", "seen_as"), [("utf-8", []), ("big5", [("look", "locale")])])
def test_a_locale_that_cannot_spell_chinese_names_is_told(files, seen_as, monkeypatch):
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: files)
    assert seen(checkup.check_locale()) == seen_as


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are Unicode")
def test_under_a_posix_locale_the_locale_is_told_once_and_the_books_are_found(run_python):
    plain = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    said = run_python("-X", "utf8=0", "-m", "rfmkit", "doctor", "--lang", "en", **plain)
    lines = said.stdout.decode("ascii").splitlines()
    assert sum("Locale: " in line for line in lines) == 1
    assert any("PYTHONUTF8=1" in line for line in lines)
    assert sum(line.startswith("ok      Data: ") for line in lines) == 2
    assert not any("missing or was changed" in line for line in lines)
    program = (
        "import os, rfmkit as rk; os.chdir(os.path.dirname(os.path.dirname(rk.__file__)));"
        "print(len(rk.load_transactions(rk.data_file())))"
    )
    read = run_python("-X", "utf8=0", "-c", program, **plain)
    assert read.stdout == b"415\n", read.stderr


def test_no_folder_for_temporary_files_is_told_once_and_stops_no_other_check(monkeypatch):
    def nowhere(*_, **__):
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(checkup.tempfile, "gettempdir", nowhere)
    assert seen(checkup.check_writing()) == [("broken", "temporary")]
    monkeypatch.setattr("matplotlib.figure.Figure", nowhere)
    assert seen(checkup.check_font()) == []
    pytest.importorskip("jupyter_client")
    monkeypatch.setattr("jupyter_client.kernelspec.KernelSpecManager", nowhere)
    assert seen(checkup.check_kernel()) == []


def test_a_home_that_cannot_be_written_to_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "lost"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "lost"))
    assert seen(checkup.check_writing()) == [("broken", "home")]


def test_a_lost_library_that_the_doctor_uses_is_told_as_any_other(monkeypatch):
    for name in ("requirements", "specifiers"):
        monkeypatch.setitem(sys.modules, f"packaging.{name}", None)
    assert seen(checkup.check_packages(["pandas>=1"])) == [("broken", "missing")]
    python_allowed(monkeypatch, "<3")
    assert seen(checkup.check_python()) == [("ok", "python")]


@pytest.fixture
def kit(tmp_path):
    (tmp_path / "data" / "practice").mkdir(parents=True)
    for folder in (tmp_path / "data", tmp_path / "data" / "practice"):
        (folder / "帳.txt").write_bytes(b"books")
        files = {"帳.txt": hashlib.sha256(b"books").hexdigest()}
        (folder / "MANIFEST.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    return tmp_path


def test_books_as_listed(kit):
    assert seen(checkup.check_data(kit)) == [("ok", "data"), ("ok", "data")]


def test_books_changed_and_books_lost_are_told_apart_from_the_rest(kit):
    changed = kit / "data" / "practice" / "帳.txt"
    changed.write_bytes(b"books!")
    findings = list(checkup.check_data(kit))
    assert seen(findings) == [("ok", "data"), ("broken", "data")]
    assert findings[1].values["file"] == changed
    (kit / "data" / "帳.txt").unlink()
    assert seen(checkup.check_data(kit)) == [("broken", "data"), ("broken", "data")]


def test_no_books_at_all(tmp_path):
    assert seen(checkup.check_data(tmp_path)) == [("broken", "no_data")]


def test_the_wheel_packs_every_book_under_the_name_that_the_package_looks_for():
    root = Path(__file__).parent.parent
    # The names are UTF-8 on the disk, whatever the locale makes of them.
    files = [path for path in (root / "data").iterdir() if path.is_file()]
    there = {os.fsencode(path.name).decode("utf-8") for path in files}
    also = {"MANIFEST.json", "README.md"}
    assert set(book_names.PACKED_NAMES) == there - also
    assert all(name.isascii() for name in book_names.PACKED_NAMES.values())
    alone = [sys.executable, "-I", "-S", book_names.__file__]  # without installed libraries
    assert subprocess.run(alone, check=False).returncode == 0
    pytest.importorskip("hatchling")
    build = runpy.run_path(str(root / "hatch_build.py"))
    assert build["NAMES"] == {**book_names.PACKED_NAMES, **{name: name for name in also}}


@pytest.mark.parametrize(
    ("program", "level"),
    [("python", "ok"), (sys.executable, "ok"), ("python2", "broken"), ("/lost/python", "broken")],
)
def test_the_kernel_is_this_python(program, level, tmp_path, monkeypatch):
    pytest.importorskip("jupyter_client")
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": [program, "-m", "ipykernel"], "display_name": "x", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert seen(checkup.check_kernel()) == [(level, "kernel")]


def test_a_kernel_of_another_python_is_broken(tmp_path, monkeypatch):
    pytest.importorskip("jupyter_client")
    monkeypatch.setattr(checkup, "_prefix_of", lambda program: str(tmp_path))
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": [sys.executable], "display_name": "x", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert seen(checkup.check_kernel()) == [("broken", "kernel")]


def test_a_python_tells_its_own_environment():
    assert checkup._prefix_of(sys.executable) == sys.prefix
    assert checkup._prefix_of("/lost/python") is None


def test_without_jupyter_only_the_lessons_are_out_of_reach(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyter_client.kernelspec", None)
    assert seen(checkup.check_kernel()) == [("look", "no_jupyter")]


def test_a_folder_to_write_in(tmp_path):
    assert seen(checkup.check_folder(tmp_path)) == [("ok", "folder")]
    assert list(tmp_path.iterdir()) == []
    assert seen(checkup.check_folder(tmp_path / "lost")) == [("broken", "folder")]


def test_a_long_path_matters_on_windows_only(tmp_path):
    deep = tmp_path / ("d" * 80) / ("e" * 80)
    deep.mkdir(parents=True)
    assert seen(checkup.check_folder(deep, windows=True)) == [("look", "long_path")]
    assert seen(checkup.check_folder(deep, windows=False)) == [("ok", "folder")]


@pytest.mark.parametrize(("level", "code"), [("ok", 0), ("look", 0), ("broken", 1)])
def test_only_what_is_broken_ends_with_1(level, code, monkeypatch, capsys):
    finding = Finding(level, "font", {"font": "x.otf", "error": "lost"})
    monkeypatch.setattr(doctor, "run_checks", lambda kit: [finding])
    assert cli.main(["doctor", "--lang", "en"]) == code
    assert capsys.readouterr().out.startswith(level)


def test_columns_line_up_in_both_languages():
    bad = Finding("look", "no_jupyter", {"python": "python"})
    findings = [Finding("ok", "font", {"font": "F"}), bad]
    english = list(doctor.report_lines(findings, "en"))
    assert [line[:8] for line in english[:3]] == ["ok      ", "look    ", "        "]
    chinese = list(doctor.report_lines(findings, "zh-TW"))
    assert [line[:6] for line in chinese[:3]] == ["正常    ", "留意    ", "      "]


def test_without_pandas_it_still_says_what_to_do(run_python):
    program = (
        "import sys; sys.modules['pandas'] = None;"
        "from rfmkit.cli import main; sys.exit(main(['doctor', '--lang', 'en']))"
    )
    # Under a locale of its own a finding may name a file in Chinese.
    done = run_python("-c", program, PYTHONIOENCODING="utf-8")
    said = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert "broken  pandas is installed but does not load" in said
    assert "pip install" in said
    assert done.stderr == b""


def test_here_nothing_is_broken_but_what_is_told(capsys):
    code = cli.main(["doctor", "--lang", "en"])
    lines = capsys.readouterr().out.splitlines()
    assert code == int(any(line.startswith("broken  ") for line in lines))
    for topic in ("Font: ", "Jupyter", "Folder: "):
        assert any(topic in line for line in lines)
