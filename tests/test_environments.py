"""Environments are made beside the one in use, whatever stops the making. No network is asked.

The kit here is a tiny one. Its one library lies in a folder of wheels, so pip itself is run where
pip matters; elsewhere the wheels are unpacked by hand, which is faster.
"""

import ast
import csv
import json
import os
import re
import runpy
import shutil
import signal
import string
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools/environments.py"
BIN = "Scripts" if os.name == "nt" else "bin"
PYPROJECT = """
[project]
name = "rfmkit"
requires-python = ">=3.11"
dependencies = ["tiny>=1"]
[project.optional-dependencies]
test = ["absent>=1; sys_platform == 'linux'"]
[project.scripts]
rfmkit = "rfmkit.cli:main"
"""
# Runs the tool on the tiny kit; words of the first argument say how: "venv" with all of venv and
# pip, "pip" with pip from outside, else with wheels unpacked by hand.
DRIVER = """
import os, signal, sys, time, zipfile
from pathlib import Path
sys.path.insert(0, "tools")
import environments as e

def die():
    os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)

def unpack(environment, folder, lock, words):
    (home,) = folder.glob("**/site-packages")
    pins = dict(line.split("==") for line in Path("requirements.lock").read_text().split())
    wheels = [f"wheels/tiny-{pins['tiny']}-py3-none-any.whl"] * ("-r" in words)
    for wheel in wheels + [word for word in words if word.endswith(".whl")]:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(home)
    script = folder / e.BIN / "rfmkit"
    script.write_text(f"#!{environment.python(folder)}", encoding="utf-8")

def sleep(*_):
    Path("begun").touch()
    while not Path("go").exists():
        time.sleep(0.05)

def at(name, act, before):
    real = getattr(e, name)
    def changed(*words, **options):
        if before:
            act(*words)
        done = real(*words, **options)
        if not before:
            act(*words)
        return done
    setattr(e, name, changed)

what = sys.argv[1].split(",")
student = e.Environment("student", 1, 1, 1, kit=True, lean=True, tries=("tiny",))
e.ENVIRONMENTS = {"student": student}
run = e.run

def run_quickly(words, *more):
    # The environment gets no pip; the pip of this Python works in it instead, which is faster.
    if "venv" in words:
        words = [*words, "--without-pip"]
    if "pip" in words:
        words = [sys.executable, "-m", "pip", "--python", words[0], *words[3:]]
    return run(words, *more)

if "venv" not in what:
    e.run = run_quickly
    if "pip" not in what:
        e.run_pip = unpack
for word in what:
    act, _, name = word.partition("-")
    if act == "before" or act == "after":
        at(name, lambda *_: die(), act == "before")
if "between" in what:
    rename = e.rename
    def once(path, target):
        rename(path, target)
        die()
    e.rename = once
if "wait" in what:
    at("run_pip", sleep, True)
if "child" in what:
    code = "from pathlib import Path; import time; Path('begun').touch(); time.sleep(60)"
    e.run_pip = lambda environment, folder, lock, words: run(
        [sys.executable, "-c", code], environment, lock)
if "new" in what:
    e.NEWEST_TESTED = (3, 10)
sys.exit(e.main(["student", *sys.argv[2:], "--wanted", "any"]))
"""


def texts():
    with TOOL.with_suffix(".csv").open(encoding="utf-8", newline="") as table:
        return {row["key"]: row for row in csv.DictReader(table)}


TEXTS = texts()


def told(key, lang="en"):
    """Return a pattern of a text: whatever stands for its values."""
    parts = re.split(r"\{\w+\}", TEXTS[key][lang])
    return re.compile(".*".join(map(re.escape, parts)))


def write_wheel(folder, version):
    """Write a wheel of a library that carries its tests along."""
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny/__init__.py": f"version = {version!r}\n",
        "tiny/tests/__init__.py": "",
        "tiny/tests/test_it.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"tiny-{version}-py3-none-any.whl", "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)


def restore_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Kit:
    """A tiny kit in a folder with a Chinese name and a space, and what is done to it."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "tools").mkdir(parents=True)
        (folder / "rfmkit").mkdir()
        (folder / "wheels").mkdir()
        for name in ("environments.py", "environments.csv", "doctor.py"):
            shutil.copy(ROOT / "tools" / name, folder / "tools" / name)
        self.write("driver.py", DRIVER)
        self.write("pyproject.toml", PYPROJECT)
        self.write("requirements.lock", "tiny==1.0\nabsent==1.0\n")
        self.write("rfmkit/__init__.py", '__version__ = "0.1"\n')
        self.write("rfmkit/__main__.py", "print('the full doctor')\n")
        self.write("rfmkit/cli.py", "import tiny\ndef main(): print('tiny', tiny.version)\n")
        write_wheel(folder / "wheels", "1.0")
        write_wheel(folder / "wheels", "1.1")

    def write(self, name, content):
        (self.folder / name).write_text(content, encoding="utf-8")

    def change(self, name, old, new):
        path = self.folder / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new), encoding="utf-8")

    def environ(self, **more):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "LC_", "LANG", "PYTHONPATH"))
        }
        return {
            **kept,
            "EDITION": "en",
            "PYTHONUTF8": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": "wheels",
            **more,
        }

    def start(self, what="", *words, **environ):
        return subprocess.Popen(
            [sys.executable, "driver.py", what, *words],
            cwd=self.folder,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environ(**environ),
            # A shell's background job has interrupts ignored, and hands that on.
            preexec_fn=None if os.name == "nt" else restore_interrupts,
        )

    def make(self, what="", *words, **environ):
        """Run the tool; what it said. Its exit code is kept in `code`."""
        process = self.start(what, *words, **environ)
        said, _ = process.communicate(timeout=120)
        self.code = process.returncode
        assert "Traceback" not in said, said
        return said

    def version(self):
        """Ask the environment which library it has, from a folder elsewhere."""
        python = self.folder / ".venv" / BIN / "python"
        done = subprocess.run(
            [python, "-c", "import rfmkit.cli as cli; cli.main()"],
            check=True,
            cwd=self.folder.anchor,
            capture_output=True,
            encoding="utf-8",
            env=self.environ(),
        )
        return done.stdout.split()[1]

    def leftovers(self):
        """List the folders beside the environment in use."""
        return sorted(path.name for path in self.folder.glob(".v*/") if path.name != ".venv")

    def folder_of_scripts(self):
        script = (self.folder / ".venv" / BIN / "rfmkit").read_text(encoding="utf-8")
        return ".vnew" not in script and f"{self.folder / '.venv'}" in script


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path / "客戶 kit")


@pytest.fixture
def made(kit):
    kit.make()
    assert kit.code == 0
    return kit


def is_made(kit, version="1.0"):
    return kit.version() == version and kit.leftovers() == [] and kit.folder_of_scripts()


# --- with pip itself --------------------------------------------------------------------------


def test_pip_installs_the_locked_library_and_the_kit_and_a_pin_changed_renews_them(kit):
    said = kit.make("venv")
    assert kit.code == 0, said
    for key in ("begin.missing", "begin.cost", "step.install", "ready"):
        assert told(key).search(said)
    command = kit.folder / ".venv" / BIN / ("rfmkit.exe" if os.name == "nt" else "rfmkit")
    shown = subprocess.run(
        [command],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=kit.folder.anchor,
        env=kit.environ(),
    )
    assert shown.stdout == "tiny 1.0\n"
    assert kit.leftovers() == []
    for path in (kit.folder / ".venv" / BIN).iterdir():
        assert path.is_symlink() or not path.is_file() or b".vnew" not in path.read_bytes()
    assert ".vnew" not in (kit.folder / ".venv/pyvenv.cfg").read_text(encoding="utf-8")
    assert not list((kit.folder / ".venv").glob("**/tiny/tests"))
    (record,) = (kit.folder / ".venv").glob("**/tiny-1.0.dist-info/RECORD")
    assert "tests" not in record.read_text(encoding="utf-8")
    kit.change("requirements.lock", "tiny==1.0", "tiny==1.1")
    assert told("begin.changed").search(kit.make("pip"))
    assert kit.version() == "1.1"


def test_without_a_network_one_sentence_and_what_is_there_is_used(made):
    nowhere = {
        "PIP_NO_INDEX": "0",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "0",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    }
    made.change("requirements.lock", "tiny==1.0", "tiny==1.1")
    said = made.make("pip", **nowhere)
    assert made.code == 0
    assert told("fault.network").search(said)
    assert told("kept").search(said)
    assert "ERROR" not in said
    assert is_made(made, "1.0")
    shutil.rmtree(made.folder / ".venv")
    said = made.make("pip", **nowhere)
    assert made.code == 2
    assert told("fault.network").search(said)
    assert told("nothing").search(said)
    assert not (made.folder / ".venv").exists()
    assert made.leftovers() == []


# --- when nothing, or something else, has changed ---------------------------------------------


def test_a_change_that_is_nothing_to_the_environment_leaves_it_alone(made):
    stamp = made.folder / ".venv/rfmkit-environment.json"
    before = stamp.read_bytes()
    assert made.make() == ""
    made.change("requirements.lock", "absent==1.0", "absent==2.0")
    made.write("README.md", "new")
    assert made.make() == ""
    assert stamp.read_bytes() == before


def test_a_new_version_of_the_kit_renews_its_own_entry_and_no_library(made):
    library = next((made.folder / ".venv").glob("**/tiny/__init__.py"))
    library.write_text("version = 'untouched'\n", encoding="utf-8")
    made.change("rfmkit/__init__.py", "0.1", "0.2")
    made.change("pyproject.toml", "absent>=1;", "absent>=2;")
    assert told("kit").search(made.make())
    assert made.version() == "untouched"
    assert made.make() == ""


def test_a_folder_that_was_moved_is_noticed_and_its_environment_made_anew(made):
    target = made.folder.with_name("elsewhere")
    made.folder.rename(target)
    made.folder = target
    assert told("begin.moved").search(made.make())
    assert is_made(made)


def test_a_python_that_was_removed_is_noticed(made):
    for path in (made.folder / ".venv" / BIN).glob("python*"):
        path.unlink()
    assert told("begin.moved").search(made.make())
    assert is_made(made)


def test_an_environment_of_an_earlier_edition_is_used_until_its_successor_is_complete(made):
    (made.folder / ".venv/rfmkit-environment.json").unlink()
    said = made.make("pip", PIP_FIND_LINKS="nowhere")
    assert told("fault.other").search(said)
    assert told("kept").search(said)
    assert (made.folder / ".venv.log").is_file()
    assert told("begin.changed").search(made.make())
    assert is_made(made)


def test_it_can_be_made_anew_though_nothing_changed(made):
    assert told("begin.asked").search(made.make("", "--anew"))
    assert is_made(made)


# --- interrupted ------------------------------------------------------------------------------

MOMENTS = {
    "before-run_pip": None,
    "after-run_pip": None,
    "after-make_lean": None,
    "before-write_stamp": None,
    "after-write_stamp": "resumed",
    "before-swap": "resumed",
    "between": "resumed",
    "after-swap": None,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_renewing_the_next_call_goes_on_or_goes_back(made, moment):
    made.change("requirements.lock", "tiny==1.0", "tiny==1.1")
    made.make(moment)
    assert made.code not in (0, 2)  # killed
    if moment != "between":
        assert made.version() == ("1.1" if moment == "after-swap" else "1.0")
    said = made.make()
    assert made.code == 0
    resumed = MOMENTS[moment]
    assert (resumed is not None) == bool(told("resumed").search(said))
    assert is_made(made, "1.1")
    assert made.make() == ""


@pytest.mark.parametrize("moment", ["before-run_pip", "after-write_stamp", "between"])
def test_killed_at_the_first_installation(kit, moment):
    kit.make(moment)
    assert kit.code not in (0, 2)
    kit.make()
    assert kit.code == 0
    assert is_made(kit)


def test_without_a_network_a_call_killed_between_the_renames_is_undone(made):
    """The new folder was lost too, say to a hasty hand: the old one comes back."""
    (made.folder / ".venv").rename(made.folder / ".vold")
    assert told("restored").search(made.make())
    assert is_made(made)


def test_a_removal_of_the_old_environment_that_was_killed_is_finished(made):
    shutil.copytree(made.folder / ".venv", made.folder / ".vold", symlinks=True)
    (made.folder / ".vold/pyvenv.cfg").unlink()
    made.change("requirements.lock", "tiny==1.0", "tiny==1.1")
    made.make()
    assert is_made(made, "1.1")


def wait_for(path, process):
    deadline = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_call_that_is_told_to_stop_takes_its_child_along_and_breaks_nothing(made, number, code):
    made.change("requirements.lock", "tiny==1.0", "tiny==1.1")
    process = made.start("child")
    wait_for(made.folder / "begun", process)
    process.send_signal(number)
    # Ends at once: the child, which would sleep a minute and hold the pipe open, is gone.
    said, _ = process.communicate(timeout=30)
    assert process.returncode == code
    assert told("stopped").search(said)
    assert is_made(made, "1.0")


def test_a_second_call_says_that_another_installs_and_waits_for_it(kit):
    first = kit.start("wait")
    wait_for(kit.folder / "begun", first)
    second = kit.start()
    assert told("waiting").search(second.stdout.readline())
    assert second.poll() is None
    (kit.folder / "go").touch()
    assert first.communicate(timeout=60)[0]
    assert second.communicate(timeout=60)[0] == ""
    assert (first.returncode, second.returncode) == (0, 0)
    assert is_made(kit)


# --- a Python to build with -------------------------------------------------------------------


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.setenv("EDITION", "en")
    return runpy.run_path(str(TOOL))


def find_among(tool, answers, named=None):
    def answer(name):
        return answers.get("this" if name == sys.executable else name)

    tool["find_python"].__globals__["ask_python"] = answer
    return tool["find_python"](named)


def test_this_python_is_taken_if_it_fits_and_else_the_newest_that_fits(tool):
    this, old = ((3, 12), "/this", True), ((3, 9), "/old", True)
    newer, newest = ((3, 13), "/b", True), ((3, 14), "/c", True)
    assert find_among(tool, {"this": this, "python3.14": newest}) == ((3, 12), "/this")
    others = {"this": old, "python3.13": newer, "python3.14": newest, "python3": old}
    assert find_among(tool, others) == ((3, 14), "/c")
    assert find_among(tool, others, named="python3.13") == ((3, 13), "/b")
    assert find_among(tool, {"python": ((3, 16), "/d", True)}) == ((3, 16), "/d")


@pytest.mark.parametrize(
    ("answers", "named", "key"),
    [
        ({}, None, "python.none"),
        ({"this": ((3, 10), "/old", True)}, None, "python.none"),
        ({"this": ((3, 12), "/this", False)}, None, "python.no_venv"),
        ({"this": ((3, 12), "/this", True)}, "/lost/python", "python.named"),
    ],
)
def test_where_no_python_fits_it_says_what_to_do(tool, answers, named, key):
    with pytest.raises(tool["CannotMakeError"]) as caught:
        find_among(tool, answers, named)
    assert caught.value.key == key
    assert "{" not in tool["text"](key, **caught.value.values)


def test_a_python_is_asked_and_a_broken_one_is_none(tool, tmp_path):
    version, path, venv = tool["ask_python"](sys.executable)
    assert version == sys.version_info[:2]
    assert Path(path).exists()
    assert venv
    assert tool["ask_python"](str(tmp_path / "lost")) is None
    if os.name != "nt":
        shim = tmp_path / "python3"
        shim.write_text("#!/bin/sh\necho no version is set; exit 127\n", encoding="utf-8")
        shim.chmod(0o755)
        assert tool["ask_python"](str(shim)) is None


def test_a_python_newer_than_those_tried_is_taken_with_a_word(kit):
    assert told("python.newer").search(kit.make("new"))
    assert is_made(kit)


@pytest.mark.parametrize("name", ["environments.py", "doctor.py"])
def test_an_old_python_can_load_it_far_enough_to_say_what_it_needs(name):
    source = (TOOL.parent / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    loaded = {
        alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names
    }
    assert loaded <= set(sys.stdlib_module_names) - {"tomllib"}


# --- what it says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "zh-TW"),
        ({"LANG": "C.UTF-8"}, "zh-TW"),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_CN.GB18030"}, "zh-TW"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"EDITION": "en", "LANG": "zh_TW.UTF-8"}, "en"),
        ({"EDITION": "zh-TW", "LANG": "en_US.UTF-8"}, "zh-TW"),
    ],
)
def test_it_speaks_the_readers_language(tool, environ, lang, monkeypatch):
    function = tool["reader_language"]
    monkeypatch.setitem(function.__globals__, "system_locale", lambda: "")
    assert function(environ) == lang


def test_every_text_is_in_both_languages_and_asks_for_the_same_values():
    for key, row in TEXTS.items():
        values = [
            {name for _, name, _, _ in string.Formatter().parse(row[lang]) if name}
            for lang in ("zh-TW", "en")
        ]
        assert values[0] == values[1], key
        assert re.search("[\u4e00-\u9fff]", row["zh-TW"]), key
        assert row["en"].isascii(), key


def test_every_text_is_used_and_every_text_used_is_there():
    source = "".join(
        (TOOL.parent / name).read_text("utf-8") for name in ("environments.py", "doctor.py")
    )
    named = set(re.findall(r'"((?:python|begin|step|fault|doctor)\.(?!exe)\w+)"', source))
    named |= set(re.findall(r'(?:say|text)\("(\w+)"', source))
    reasons = {f"begin.{why}" for why in ("missing", "changed", "moved", "asked")}
    names = set(runpy.run_path(str(TOOL))["ENVIRONMENTS"])
    assert named | reasons | names == set(TEXTS)


def test_it_says_so_in_chinese_too(kit):
    said = kit.make("", EDITION="zh-TW")
    for key in ("begin.missing", "begin.cost", "step.try", "ready"):
        assert told(key, "zh-TW").search(said)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "fault.disk"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "fault.network"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "fault.certificate"),
        ("ERROR: something else", "fault.other"),
    ],
)
def test_what_pip_says_is_put_into_a_sentence(tool, line, key):
    student = tool["ENVIRONMENTS"]["student"]
    error = tool["reason_of"](f"{line}\n", student, Path("x.log"))
    assert error.key == key
    assert "{" not in tool["text"](key, **error.values)


# --- the doctor -------------------------------------------------------------------------------


def doctor(kit):
    done = subprocess.run(
        [sys.executable, "tools/doctor.py"],
        cwd=kit.folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=kit.environ(),
    )
    assert "Traceback" not in done.stdout
    return done.returncode, done.stdout


def test_the_doctor_says_that_the_environment_is_missing_and_the_mend(kit):
    code, said = doctor(kit)
    assert code == 1
    for key in ("doctor.missing", "doctor.mend", "doctor.python", "doctor.folder", "doctor.space"):
        assert told(key).search(said), key
    assert kit.leftovers() == []


def test_the_doctor_hands_over_to_the_full_one_and_notices_damage(made):
    assert doctor(made) == (0, "the full doctor\n")
    made.write("rfmkit/__main__.py", "raise SystemExit(3)\n")
    code, said = doctor(made)
    assert code == 1
    assert told("doctor.damaged").search(said)


def test_the_doctor_notices_an_environment_that_was_moved(made):
    stamp = made.folder / ".venv/rfmkit-environment.json"
    content = json.loads(stamp.read_text(encoding="utf-8"))
    stamp.write_text(json.dumps({**content, "folder": "/elsewhere"}), encoding="utf-8")
    code, said = doctor(made)
    assert code == 1
    assert told("doctor.moved").search(said)
