"""Prove which sandbox modes work on this machine, and choose the safest."""

import importlib.util
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import rfmkit
from rfmgrade.config import InputError
from rfmgrade.sandbox import Limits, Sandbox
from rfmgrade.sandbox.hosts import Ended
from rfmkit.labels import label
from rfmkit.schema import DataError

# Run as a student's cell; each attempt that succeeds is reported.
_CELL = """
import os, socket, sys
outside, port, key, package = {outside!r}, {port!r}, {key!r}, {package!r}
def read(): open(outside, encoding="utf-8").read()
def write(): open(outside, "a", encoding="utf-8").write("got out")
def create(): open(outside + ".new", "w", encoding="utf-8").close()
def network(): socket.create_connection(("127.0.0.1", port), timeout=1)
def fork():
    if os.fork() == 0: os._exit(0)
def program(): os.posix_spawn(sys.executable, [sys.executable, "-c", ""], dict())
def signal(): os.kill(os.getppid(), 0)
def keys(): open(key, encoding="utf-8").read()
def questions(): import rfmkit.classroom.questions
def folder():
    if not os.listdir(package): raise OSError("nothing is there")
open("own.txt", "w", encoding="utf-8").write("own")
got = []
for attempt in (read, write, create, network, fork, program, signal, keys, questions, folder):
    try: attempt()
    except (OSError, ImportError): continue
    got.append(attempt.__name__)
assert not got, " ".join(got)
assert open("own.txt", encoding="utf-8").read() == "own"
"""
LOCKED = ("bubblewrap", "landlock")  # the safer first
_NEEDED = {"bubblewrap": ("IPython", "pyseccomp"), "landlock": ("IPython", "pyseccomp", "landlock")}


def leaks(mode: str) -> str:
    """Run hostile code that tries to read, write, connect, fork, signal and find the keys."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as server:
        outside = Path(folder, "outside.txt")
        outside.write_text("untouched", encoding="utf-8")
        server.bind(("127.0.0.1", 0))
        server.listen()  # the system takes calls from here on; who called is looked at later
        port = server.getsockname()[1]
        package = Path(rfmkit.__file__).parent
        key = package / "classroom" / "questions" / "ch06.toml"
        code = _CELL.format(outside=str(outside), port=port, key=str(key), package=str(package))
        try:
            with (
                Sandbox(mode=mode, limits=Limits(seconds=5), libraries=("IPython",)) as sandbox,
                sandbox.session({}) as session,
            ):
                outcome = session.run(code)
        except (DataError, Ended) as error:
            return str(error).splitlines()[0]
        untouched = outside.read_text(encoding="utf-8") == "untouched"
        if not untouched or [*Path(folder).iterdir()] != [outside] or _was_called(server):
            return "outside"
    return "" if outcome.status == "ok" else outcome.error


def _was_called(server: socket.socket) -> bool:
    server.setblocking(False)
    try:
        caller, _ = server.accept()
    except BlockingIOError:
        return False
    caller.close()
    return True


class Proof(NamedTuple):
    """Whether a mode works."""

    mode: str  # "bubblewrap" or "landlock"
    holds: bool  # whether a hostile probe was refused everything
    why: str = ""  # if not: what it got, or why the mode does not work here. Technical, in English.


def prove(mode: str) -> Proof:
    """Try a mode with a hostile probe; takes a second or two.

    Examples
    --------
    >>> prove("landlock").mode
    'landlock'
    """
    why = _lacks(mode)
    if not why:
        why = leaks(mode)
    return Proof(mode, not why, why)


def _lacks(mode: str) -> str:
    if sys.platform != "linux":
        return f"not on {sys.platform}"
    if mode == "bubblewrap" and shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    absent = [name for name in _NEEDED[mode] if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def holding() -> tuple[Proof, ...]:
    """Try every locked mode, the safer first."""
    return tuple(map(prove, LOCKED))


def choose(*, trust: bool = False) -> str:
    """Choose the safest mode that works here.

    Returns
    -------
    str
        "bubblewrap", "landlock", or, only if `trust`, "trusted".

    Raises
    ------
    DataError
        If no mode holds and `trust` is false; it says why, and what to do.
    """
    failed = []
    for mode in LOCKED:
        proof = prove(mode)
        if proof.holds:
            return mode
        failed.append(f"{mode}: {proof.why}")
    if trust:
        return "trusted"
    raise InputError("grading.no_mode", why="; ".join(failed))


def unprotected() -> str:
    """Return the warning of what "trusted" does not protect.

    Examples
    --------
    >>> unprotected()[:4]
    '未受保護'
    """
    return label("grading.trusted")
