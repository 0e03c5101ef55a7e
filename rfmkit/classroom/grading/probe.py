"""Try to get out of a sandbox: what `rfmkit doctor` proves a mode by."""

import socket
import tempfile
from pathlib import Path

import rfmkit
from rfmkit.classroom.grading.channel import Ended
from rfmkit.classroom.grading.sandbox import Limits, Sandbox
from rfmkit.schema import DataError

# Each attempt that succeeds is told; run as a student's cell.
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


def leaks(mode: str) -> str:
    """Let hostile code try to read, write, connect, fork, start, signal and find the keys.

    Parameters
    ----------
    mode
        "room" or "locks".

    Returns
    -------
    str
        "" if all was refused, seen from inside and from outside; else what was not, or why the
        mode does not work here.
    """
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
