"""Start and end JupyterLab for `rfmkit lab`: its command and its environment."""

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rfmkit.commands.lay_out import can_write

# Defaults that JupyterLab adds to its own. Settings that a user made stay above them.
CONFIG = Path(__file__).parent / "jupyter_config"
# In the learner's folder: what Jupyter and matplotlib keep where the home folder cannot be written.
HIDDEN = ".jupyter"
SECONDS_TO_END = 15  # a server that is told to stop ends its kernels first


def lab_command(folder: Path, start: str, *, port: int | None, browser: bool) -> list[str]:
    """Return the command that starts JupyterLab.

    Examples
    --------
    >>> lab_command(Path("kit"), "00.ipynb", port=None, browser=True)[1:4]
    ['-m', 'jupyterlab', '--ServerApp.root_dir=kit']
    """
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        # Also what the printed address leads to; a file named on the command line is not.
        f"--LabApp.default_url=/lab/tree/{start}",
        "--ServerApp.ip=127.0.0.1",
        # No requests to the network. CONFIG switches off the question about news.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if port is not None:
        command.append(f"--ServerApp.port={port}")
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # A container's only user is often root, for whom Jupyter needs this option.
        command.append("--allow-root")
    return command


def environment(folder: Path) -> tuple[dict[str, str], dict[str, Path]]:
    """Return the environment variables of the server and its kernels.

    Every file is UTF-8 in it, whatever the locale. Where the home folder or every temporary folder
    cannot be written, what belongs there goes into the learner's folder.

    Returns
    -------
    tuple of dict
        The environment, and what to tell: the key of a text, and the folder it names.
    """
    remarks: dict[str, Path] = {}
    env = {**os.environ, "PYTHONUTF8": "1"}
    env.pop("PYTHONIOENCODING", None)  # the terminal's, not the notebooks'
    # So that `rfmkit case` works in a notebook and in JupyterLab's terminal.
    env["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), env.get("PATH", os.defpath)])
    added = [str(CONFIG)]
    hidden = folder / HIDDEN
    blocked = {name: place for name, place in _config_folders().items() if not can_write(place)}
    if blocked:
        remarks["lab.no_home"] = hidden
        hidden.mkdir(mode=0o700, exist_ok=True)  # the server's token is kept there
        env |= {name: str(hidden / name.lower()) for name in blocked}
        if "JUPYTER_CONFIG_DIR" in blocked:  # it may well be read
            added.append(str(blocked["JUPYTER_CONFIG_DIR"]))
    if not _has_temporary_folder():
        remarks["lab.no_temporary_folder"] = hidden / "tmp"
        env |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(hidden / "tmp"))
        (hidden / "tmp").mkdir(parents=True, exist_ok=True)
    named = env.get("JUPYTER_CONFIG_PATH")
    env["JUPYTER_CONFIG_PATH"] = os.pathsep.join([*added, *([named] if named else [])])
    return env, remarks


def _config_folders() -> dict[str, Path]:
    """List the folders that Jupyter, IPython and matplotlib write to, each by its variable."""
    from jupyter_core import paths

    home = Path("~").expanduser()
    linux = sys.platform.startswith("linux")
    cache = os.environ.get("XDG_CACHE_HOME") or home / ".cache"
    return {
        "JUPYTER_CONFIG_DIR": Path(paths.jupyter_config_dir()),
        "JUPYTER_DATA_DIR": Path(paths.jupyter_data_dir()),
        "JUPYTER_RUNTIME_DIR": Path(paths.jupyter_runtime_dir()),
        "IPYTHONDIR": Path(os.environ.get("IPYTHONDIR") or home / ".ipython"),
        "MPLCONFIGDIR": Path(os.environ.get("MPLCONFIGDIR") or (cache if linux else home)),
    }


def _has_temporary_folder() -> bool:
    try:
        found = tempfile.gettempdir()
    except OSError:
        return False
    # As a last resort Python takes the working folder, and would leave its files there.
    named = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    usual = {Path(one).resolve() for one in (*named, "/tmp", "/var/tmp", "/usr/tmp") if one}
    return Path(found).resolve() != Path.cwd() or Path.cwd() in usual


def run_to_the_end(command: list[str], *, cwd: Path, env: dict[str, str]) -> int:
    """Run a program until it ends; when a signal ends this one, end the program too.

    Returns
    -------
    int
        The program's exit code; 128 and the signal's number if a signal ended this one.
    """
    stopped: list[int] = []
    running: list[subprocess.Popen] = []

    def stop(number: int, _frame: object) -> None:
        stopped.append(number)
        for program in running:
            program.terminate()
            if len(stopped) == 1:
                patience = threading.Timer(SECONDS_TO_END, program.kill)
                patience.daemon = True
                patience.start()

    with _handled(stop), subprocess.Popen(command, cwd=cwd, env=env) as program:
        running.append(program)
        if stopped:  # while it was started
            program.terminate()
        while True:
            try:
                code = program.wait()
            except KeyboardInterrupt:
                # Jupyter had the same Ctrl+C: it asks whether to stop, and stops its kernels.
                continue
            return 128 + stopped[0] if stopped else code


@contextmanager
def _handled(stop: Callable[[int, object], None]) -> Iterator[None]:
    """Handle the signals that end a program with `stop`, where the system has them."""
    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    # A signal that nohup ignores stays ignored.
    numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def has_screen() -> bool:
    """Return whether a browser can be opened here.

    Examples
    --------
    >>> isinstance(has_screen(), bool)
    True
    """
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
