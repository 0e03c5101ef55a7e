import importlib
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from rfmkit import cli
from rfmkit.commands import jupyter, lab
from rfmkit.commands.terminal import checkout, terminal_language
from rfmkit.labels import label
from rfmkit.schema import DataError, DataWarning

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def case_raises(monkeypatch):
    """Let `rfmkit case` end in the error given."""

    def arm(error):
        def run(args):
            raise error

        monkeypatch.setattr("rfmkit.commands.case.run", run)
        return ["case", "--seed", "1", "-o", "books"]

    return arm


def test_alone_it_prints_help_with_every_command(capsys):
    assert cli.main([]) == 0
    out = capsys.readouterr().out
    for name in cli.COMMANDS:
        assert name in out
        assert label(f"command.{name}") in out.replace("\n", "").replace(" " * 14, "")


@pytest.fixture(params=cli.COMMANDS)
def name(request):
    """Give the name of a command that can be tried here."""
    if request.param == "build":
        pytest.importorskip("nbformat", reason="only authors have it")
    return request.param


def test_a_command_has_the_help_that_the_list_tells(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert f"用法： rfmkit {name}" in capsys.readouterr().out
    # The stand-in of the list and the command's own parser say the same.
    assert cli.build_parser(name).format_help() == cli.build_parser().format_help()


def test_a_command_has_a_run(name):
    assert callable(importlib.import_module(cli.COMMANDS[name]).run)


def test_an_unknown_command_names_those_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["teir"])
    assert ended.value.code == 2
    assert "tier" in capsys.readouterr().err


def test_bad_input_is_told_without_a_traceback(case_raises, capsys):
    assert cli.main(case_raises(DataError("the ledger 帳 is empty.\nAdd a row."))) == 2
    said = capsys.readouterr()
    assert said.err == "rfmkit: the ledger 帳 is empty.\nAdd a row.\n"
    assert said.out == ""


def test_a_fault_of_ours_is_not_passed_off_as_bad_input(case_raises):
    with pytest.raises(ValueError, match="ours"):
        cli.main(case_raises(ValueError("ours")))
    with pytest.raises(ModuleNotFoundError):
        cli.main(case_raises(ModuleNotFoundError("No module", name="rfmkit.rmf")))
    with pytest.raises(ModuleNotFoundError):
        cli.main(case_raises(ModuleNotFoundError("No module", name="authoring.biuld")))


@pytest.mark.usefixtures("english")
def test_an_interruption_is_one_line(case_raises, capsys):
    assert cli.main(case_raises(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "rfmkit: stopped.\n"


@pytest.mark.usefixtures("english")
def test_a_locked_file_is_named_with_the_usual_cause(case_raises, capsys):
    error = PermissionError(13, "Permission denied", "report.xlsx")
    assert cli.main(case_raises(error)) == 2
    said = capsys.readouterr().err
    assert said.startswith("rfmkit: no permission to use report.xlsx.")
    assert "Excel" in said


@pytest.mark.usefixtures("english")
def test_a_missing_library_is_named_with_the_command_to_install_it(case_raises, capsys):
    error = ModuleNotFoundError("No module named 'pyarrow.lib'", name="pyarrow.lib")
    assert cli.main(case_raises(error)) == 2
    said = capsys.readouterr().err
    assert "pyarrow is missing" in said
    assert f"{sys.executable} -m pip install pyarrow\n" in said


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("words", [["build"], ["build", "--check"], ["build", "--help"]])
def test_without_a_clone_one_sentence_says_that_building_needs_it(words, monkeypatch, capsys):
    # As where the wheel alone is installed.
    away = [folder for folder in sys.path if not (Path(folder) / "authoring").is_dir()]
    monkeypatch.setattr(sys, "path", away)
    for name in [name for name in sys.modules if name.split(".")[0] == "authoring"]:
        monkeypatch.delitem(sys.modules, name)
    assert cli.main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("rfmkit: building needs the project's repository")
    assert said.err.count("\n") == 1


@pytest.mark.usefixtures("english")
def test_a_warning_is_told_as_its_sentence(monkeypatch, capsys):
    def run(args):
        warnings.warn("three rows look odd.", DataWarning, stacklevel=1)
        return 0

    monkeypatch.setattr("rfmkit.commands.case.run", run)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        assert cli.main(["case", "--seed", "1", "-o", "books"]) == 0
    assert capsys.readouterr().err == "rfmkit: note: three rows look odd.\n"


def test_help_and_doctor_start_without_pandas(run_python):
    program = (
        "import sys; from rfmkit.cli import build_parser, main; main([]);"
        "build_parser('doctor'); build_parser('lab'); build_parser('case');"
        "sys.exit('pandas' in sys.modules)"
    )
    done = run_python("-c", program)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE to speak of")
def test_a_reader_that_goes_away_is_no_fault():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "rfmkit"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_case_writes_the_same_books_twice_and_lists_them(tmp_path, capsys):
    for name in ("one", "two"):
        assert cli.main(["case", "--seed", "5", "-o", str(tmp_path / name)]) == 0
    said = capsys.readouterr().out
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert "交易記錄.xlsx" in files
    assert all(f"  {name}\n" in said for name in files)


def test_case_does_not_write_over_what_is_there(tmp_path, capsys):
    mine = tmp_path / "交易記錄.xlsx"
    mine.write_text("mine", encoding="utf-8")
    assert cli.main(["case", "--seed", "5", "-o", str(tmp_path)]) == 2
    assert mine.read_text(encoding="utf-8") == "mine"
    assert "--force" in capsys.readouterr().err
    assert cli.main(["case", "--seed", "5", "-o", str(tmp_path), "--force"]) == 0
    assert mine.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("english")
def test_case_refuses_a_file_and_a_negative_seed(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli.main(["case", "--seed", "5", "-o", str(tmp_path / "file")]) == 2
    assert "not a folder" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["case", "--seed", "-1", "-o", str(tmp_path / "new")])
    assert not (tmp_path / "new").exists()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A checkout with start notebooks, and a JupyterLab that only notes how it was started."""
    kit = tmp_path / "課程 kit"
    for edition in ("zh-TW", "en"):
        (kit / "notebooks" / edition).mkdir(parents=True)
        (kit / "notebooks" / edition / "00_start.ipynb").write_text('{"cells": []}', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lab, "checkout", lambda: kit)
    started = []

    def start(command, *, cwd, env):
        started.append((command, cwd))
        return 0

    monkeypatch.setattr(lab, "environment", lambda folder: ({}, {}))
    # Under another locale the command runs itself anew, see tests/test_lab_server.py.
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "utf-8")
    monkeypatch.setattr(lab, "run_to_the_end", start)
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: True)
    return kit, started


def test_lab_opens_the_edition_in_a_copy_on_this_machine_only(desk, monkeypatch, capsys):
    kit, started = desk
    monkeypatch.setattr(lab, "has_screen", lambda: True)
    assert cli.main(["lab", "--edition", "en", "--port", "9999"]) == 0
    ((command, cwd),) = started
    assert cwd == kit / lab.FOLDER
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert {
        f"--ServerApp.root_dir={kit / lab.FOLDER}",
        "--LabApp.default_url=/lab/tree/notebooks/en/00_start.ipynb",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=9999",
    } <= set(command)
    assert "--no-browser" not in command
    assert f"Your copy of the course: {kit / lab.FOLDER}" in capsys.readouterr().out


def test_lab_without_a_screen_says_so_and_prints_the_address(desk, monkeypatch, capsys):
    _, started = desk
    monkeypatch.setattr(lab, "has_screen", lambda: False)
    assert cli.main(["lab", "--edition", "zh-TW"]) == 0
    assert "--no-browser" in started[0][0]
    assert "沒有螢幕" in capsys.readouterr().out


def test_lab_asked_for_no_browser_does_not_complain_about_screens(desk, monkeypatch, capsys):
    _, started = desk
    monkeypatch.setattr(lab, "has_screen", lambda: True)
    assert cli.main(["lab", "--edition", "zh-TW", "--no-browser"]) == 0
    assert "--no-browser" in started[0][0]
    said = capsys.readouterr().out
    assert "網址" in said
    assert "螢幕" not in said


@pytest.mark.parametrize(
    ("named", "opened"),
    [
        ({"EDITION": "en", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"EDITION": "zh-TW", "LANG": "en_GB.UTF-8"}, "zh-TW"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-TW"),
        ({"LANG": "C.UTF-8"}, "zh-TW"),
        ({}, "zh-TW"),
    ],
)
def test_lab_opens_the_readers_edition(named, opened, desk, monkeypatch):
    _, started = desk
    for name in ("EDITION", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["lab", "--no-browser"]) == 0
    assert f"--LabApp.default_url=/lab/tree/notebooks/{opened}/00_start.ipynb" in started[0][0]


def test_lab_says_what_is_missing(desk, monkeypatch, capsys):
    kit, started = desk
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: None)
    assert cli.main(["lab", "--edition", "en"]) == 2
    assert "Run make lab" in capsys.readouterr().out
    (kit / "notebooks/en/00_start.ipynb").unlink()
    (kit / lab.FOLDER / "notebooks/en/00_start.ipynb").unlink()
    assert cli.main(["lab", "--edition", "en"]) == 2
    assert "rfmkit build" in capsys.readouterr().out
    monkeypatch.setattr(lab, "checkout", lambda: None)
    assert cli.main(["lab", "--edition", "en"]) == 2
    assert "folder" in capsys.readouterr().out
    assert started == []


def test_lab_lets_root_in_only_where_root_asks():
    command = jupyter.lab_command(ROOT, "a.ipynb", port=None, browser=False)
    assert ("--allow-root" in command) == (hasattr(os, "geteuid") and os.geteuid() == 0)


@pytest.mark.skipif(sys.platform != "linux", reason="displays are told by these names on Linux")
def test_a_linux_machine_without_a_display_has_no_screen(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not lab.has_screen()


def test_the_checkout_is_found_upward_and_from_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT / "rfmkit" / "texts")
    assert checkout() == ROOT
    other = tmp_path / "other"
    (other / "rfmkit").mkdir(parents=True)
    (other / "rfmkit" / "cli.py").touch()
    (other / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    monkeypatch.chdir(other)
    assert checkout() == ROOT
    (other / "pyproject.toml").write_text('[project]\nname = "rfmkit"\n', encoding="utf-8")
    assert checkout() == other


def test_the_language_asked_for_wins_over_the_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert terminal_language("en") == "en"
    assert terminal_language("zh-TW") == "zh-TW"
