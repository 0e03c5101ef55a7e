"""`rfmkit lab` as a process: how it is ended, and on machines where little can be written."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from rfmkit.commands import jupyter, lay_out

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "of-these-tests"
# A kernel's answer to a question about itself, written beside its notebook.
ASKED = """
import json, locale, os, sys, tempfile
import matplotlib
told = {"utf8": sys.flags.utf8_mode, "temporary": tempfile.gettempdir(), "pid": os.getpid(),
        "matplotlib": [matplotlib.get_cachedir(), matplotlib.get_configdir()]}
open("told.json.part", "w").write(json.dumps(told))
os.rename("told.json.part", "told.json")
"""


class Server:
    """A JupyterLab that `rfmkit lab` started, with a process group of its own."""

    def __init__(self, folder: Path, *, program: str | None = None, **environ: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        self.log = folder.parent / "log.txt"
        words = (
            "lab",
            "--edition",
            "en",
            "--no-browser",
            "--port",
            str(self.port),
            "--folder",
            str(folder),
        )
        start = ("-m", "rfmkit") if program is None else ("-c", program)
        home = folder.parent / "home"
        home.mkdir(exist_ok=True)
        env = {
            "HOME": str(home),
            "USERPROFILE": str(home),
            "JUPYTER_TOKEN": TOKEN,
            "PYTHONPATH": str(ROOT),
            **environ,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *start, *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **env},
                cwd=folder.parent,
                start_new_session=True,
            )

    def __enter__(self) -> "Server":
        self.wait_for(lambda: self.ask("/api/status"), "the server does not answer")
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None and os.name == "nt":  # where no signal reaches it
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(self.process.pid)],
                capture_output=True,
                check=False,
            )
        elif self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def said(self, encoding: str = "utf-8") -> str:
        return self.log.read_bytes().decode(encoding, errors="replace")

    def ask(self, path: str, sent: dict | None = None) -> object:
        """Ask the server; None while it does not answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if sent is None else json.dumps(sent).encode(),
            headers={"Authorization": f"token {TOKEN}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def wait_for(self, condition, what: str, seconds: float = 90) -> object:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.said()
            if found := condition():
                return found
            time.sleep(0.2)
        raise AssertionError(f"{what}:\n{self.said()}")

    def ask_kernel(self) -> dict:
        """Start a kernel of a notebook and have it tell about itself."""
        client = pytest.importorskip("websocket", reason="websocket-client is not installed")
        told = self.folder / "notebooks/en/told.json"
        session = self.ask(
            "/api/sessions",
            {
                "kernel": {"name": "python3"},
                "name": "start",
                "type": "notebook",
                "path": "notebooks/en/00_start.ipynb",
            },
        )
        address = f"ws://127.0.0.1:{self.port}/api/kernels/{session['kernel']['id']}/channels"
        line = client.create_connection(f"{address}?token={TOKEN}", timeout=60)
        header = {
            "msg_id": "1",
            "username": "",
            "session": "s",
            "msg_type": "execute_request",
            "version": "5.3",
        }
        content = {
            "code": ASKED,
            "silent": False,
            "store_history": False,
            "allow_stdin": False,
            "user_expressions": {},
        }
        line.send(
            json.dumps(
                {
                    "header": header,
                    "parent_header": {},
                    "metadata": {},
                    "content": content,
                    "channel": "shell",
                }
            )
        )
        try:
            self.wait_for(told.is_file, "the kernel does not answer")
        finally:
            line.close()
        return json.loads(told.read_text(encoding="utf-8"))


def is_gone(pid: int, seconds: float = 20) -> bool:
    """Wait for a process to end; one that nobody has waited for counts as ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            status = Path(f"/proc/{pid}/stat")
            if status.is_file() and status.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (OSError, IndexError):
            return True
        time.sleep(0.2)
    return False


def is_free(port: int) -> bool:
    with socket.socket() as knock:
        knock.settimeout(2)
        return knock.connect_ex(("127.0.0.1", port)) != 0


posix = pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a signal")


@pytest.fixture
def closed_by_the_terminal():
    """A server must stay when nohup started it; here it starts as in a terminal."""
    former = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, former)


@posix
@pytest.mark.usefixtures("closed_by_the_terminal")
@pytest.mark.parametrize(
    ("name", "to_all"), [("SIGTERM", False), ("SIGHUP", False), ("SIGHUP", True)]
)
def test_a_signal_ends_the_server_and_its_kernels(name, to_all, tmp_path):
    with Server(tmp_path / "mine") as server:
        kernel = server.ask_kernel()["pid"]
        number = getattr(signal, name)
        # A terminal that closes tells everybody in it, the server too.
        (os.killpg if to_all else os.kill)(server.process.pid, number)
        assert server.process.wait(40) == 128 + number
        assert is_gone(kernel)
        assert is_free(server.port)


STUBBORN = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path(sys.argv[1]).touch()
time.sleep(60)
"""
OUTER = """
import os, sys
from pathlib import Path
from rfmkit.commands import jupyter
jupyter.SECONDS_TO_END = 1
sys.exit(jupyter.run_to_the_end([sys.executable, *sys.argv[1:]], cwd=Path.cwd(), env=os.environ))
"""


@posix
def test_a_server_that_does_not_listen_is_killed(tmp_path):
    ready = tmp_path / "ready"
    outer = subprocess.Popen(
        [sys.executable, "-c", OUTER, "-c", STUBBORN, str(ready)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    end = time.monotonic() + 30
    while not ready.exists() and time.monotonic() < end:
        time.sleep(0.1)
    outer.send_signal(signal.SIGTERM)
    assert outer.wait(30) == 128 + signal.SIGTERM


@posix
def test_the_handlers_of_signals_are_put_back_and_what_is_ignored_stays_so(monkeypatch):
    before = signal.getsignal(signal.SIGTERM)
    hangup = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    seen = []

    class Program:
        def __init__(self, command, cwd, env):
            seen.append((signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)))

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def wait(self):
            if len(seen) == 1:
                seen.append(None)
                raise KeyboardInterrupt  # Jupyter asks whether to stop; it is waited for
            return 3

    monkeypatch.setattr(jupyter.subprocess, "Popen", Program)
    try:
        assert jupyter.run_to_the_end(["a program"], cwd=ROOT, env={}) == 3
        assert seen[0][0] is not before
        assert seen[0][1] is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is before
    finally:
        signal.signal(signal.SIGHUP, hangup)


NO_TEMPORARY_FOLDER = """
import sys, tempfile
from rfmkit.cli import main
def gettempdir():
    raise FileNotFoundError(2, "No usable temporary directory found")
tempfile.gettempdir = gettempdir
sys.exit(main(sys.argv[1:]))
"""


def test_a_home_and_a_temporary_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "a file").touch()
    nowhere = str(tmp_path / "a file" / "home")  # not even root can write there
    given = {
        name: nowhere
        for name in (
            "HOME",
            "USERPROFILE",
            "XDG_CACHE_HOME",
            "APPDATA",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "PROGRAMDATA",
        )
    }
    with Server(tmp_path / "mine", program=NO_TEMPORARY_FOLDER, **given) as server:
        told = server.ask_kernel()
        said = server.said()
    hidden = tmp_path / "mine" / jupyter.HIDDEN
    assert (
        f"Your home folder cannot be written to, so Jupyter keeps its settings in {hidden}" in said
    )
    assert f"so {hidden / 'tmp'} is used instead" in said
    assert "Traceback" not in said
    assert Path(told["temporary"]) == hidden / "tmp"
    assert {Path(one).is_relative_to(hidden) for one in told["matplotlib"]} == {True}
    if os.name != "nt":
        assert hidden.stat().st_mode & 0o077 == 0


def test_on_a_usual_machine_nothing_is_moved_or_told(tmp_path, monkeypatch):
    for name in jupyter._config_folders():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/their/own")
    env, remarks = jupyter.environment(tmp_path / "mine")
    assert remarks == {}
    assert not set(jupyter._config_folders()) & set(env)
    assert not (tmp_path / "mine").exists()
    assert env["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(jupyter.CONFIG), "/their/own"]
    assert env["PYTHONUTF8"] == "1"
    assert shutil.which("rfmkit", path=env["PATH"]) or not shutil.which("rfmkit")
    assert env["PATH"].startswith(sysconfig.get_path("scripts") + os.pathsep)


def test_a_config_that_can_be_read_but_not_written_goes_on_counting(tmp_path, monkeypatch):
    config = tmp_path / "config"
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(config))
    monkeypatch.setattr(jupyter, "can_write", lambda folder: folder != config)
    (tmp_path / "mine").mkdir()
    env, remarks = jupyter.environment(tmp_path / "mine")
    assert list(remarks) == ["lab.no_home"]
    assert Path(env["JUPYTER_CONFIG_DIR"]).is_relative_to(tmp_path / "mine")
    assert str(config) in env["JUPYTER_CONFIG_PATH"].split(os.pathsep)


def test_pythons_last_resort_is_no_temporary_folder(tmp_path, monkeypatch):
    # Where nothing else can be written, Python takes the working folder: the learner's own.
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert not jupyter._has_temporary_folder()
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # there on purpose
    assert jupyter._has_temporary_folder()


def test_what_can_be_written_is_told_by_writing(tmp_path):
    (tmp_path / "a file").touch()
    assert lay_out.can_write(tmp_path)
    assert lay_out.can_write(tmp_path / "not" / "yet" / "there")
    assert not lay_out.can_write(tmp_path / "a file")
    assert not lay_out.can_write(tmp_path / "a file" / "below")
    assert [path.name for path in tmp_path.iterdir()] == ["a file"]


NARROW = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


@pytest.fixture
def big5(tmp_path):
    if shutil.which("localedef") is None:
        pytest.skip("localedef is not on this system")
    made = tmp_path / "locale" / "zh_TW.BIG5"
    made.parent.mkdir()
    subprocess.run(
        ["localedef", "-i", "zh_TW", "-f", "BIG5", str(made)], capture_output=True, check=False
    )
    if not made.exists():
        pytest.skip("no Big5 locale can be made here")
    return {"LOCPATH": str(made.parent), "LC_ALL": "zh_TW.BIG5", **NARROW}


@posix
def test_under_big5_the_copy_and_its_kernels_are_utf8(big5, tmp_path):
    with Server(tmp_path / "mine", **big5) as server:
        told = server.ask_kernel()
        said = server.said("big5")
    assert told["utf8"] == 1
    assert "Your copy of the course" in said
    assert (tmp_path / "mine/data/交易記錄.xlsx").is_file()  # as UTF-8 spells it


@posix
@pytest.mark.parametrize("edition", ["zh-TW", "en"])
def test_under_big5_the_words_are_the_terminals(edition, big5, tmp_path):
    words = ("lab", "--edition", edition, "--lay-out-only", "--folder", str(tmp_path / "mine"))
    for lang, env in ((edition, big5), ("en", {**NARROW, "LC_ALL": "C"})):
        done = subprocess.run(
            [sys.executable, "-m", "rfmkit", *words],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **env, "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        word = {"zh-TW": "你的教材資料夾", "en": "Your copy of the course"}[lang]
        assert word in done.stdout.decode("big5")
        assert (tmp_path / "mine/data/交易記錄.xlsx").is_file()
        shutil.rmtree(tmp_path / "mine")
