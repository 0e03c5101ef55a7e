"""Serve one session: run cells, hand out answers, on request, until the pipe ends."""

import json
import os
import pickle
import random
import shutil
import sys
import threading
import time
from pathlib import Path

from rfmgrade.sandbox.runtime import wire
from rfmgrade.sandbox.runtime.shell import OutOfTime, clock

# Kept by name here: a student's code may put something else in their place.
_loads, _dumps, _unpickle, _chdir = json.loads, json.dumps, pickle.loads, os.chdir
MAX_FRAME = 1 << 28  # what the supervisor sends is ours


def serve(shell: object, source: int, sink: int, answer_bytes: int) -> None:
    """Serve requests until the other side closes the pipe."""
    from rfmgrade.sandbox.runtime.attempts import note_attempts
    from rfmgrade.sandbox.runtime.shell import prepare_for_cells, run_cell

    tried: set[str] = set()
    note_attempts(tried)
    shell.attempts = tried
    prepare_for_cells(shell, os.getcwd())  # noqa: PTH109
    random.seed(0)  # code that draws without a seed draws the same each time
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    while (request := wire.receive(source, MAX_FRAME)) is not None:
        request = _loads(request)
        seconds = request["seconds"]
        if request["op"] == "run":
            tried.clear()
            reply = run_cell(shell, request["code"], seconds)
            reply["tried"] = sorted(tried)
        elif request["op"] == "put":
            reply = _put(shell, wire.receive(source, MAX_FRAME), request["code"], seconds)
        else:
            from rfmgrade.sandbox.runtime import export  # with pandas, unless that is there

            want = request["want"]
            reply = export.take(shell.user_ns, request["variable"], want, seconds)
        body = _dumps({"n": request["n"], "reply": reply}).encode()
        if len(body) > answer_bytes:
            reply = {"there": True, "answer": {"too_large": [len(body), 1]}}
            body = _dumps({"n": request["n"], "reply": reply}).encode()
        wire.send(sink, body)


def _put(shell: object, data: bytes, code: str, seconds: float) -> dict:
    from rfmgrade.sandbox.runtime.shell import error_text, run_cell

    try:
        with clock(seconds):
            shell.user_ns.update(_unpickle(data))  # ours, sent by the supervisor
    except (Exception, OutOfTime) as error:  # the student's code may have broken what it needs
        return {"status": "error", "error": error_text(error)}
    return run_cell(shell, code, seconds)


def set_folders(folder: str, work: str) -> None:
    """Set the folders that libraries use, before any is loaded."""
    for name in ("config", "ipython"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)  # noqa: PTH103, PTH118
    os.environ["MPLCONFIGDIR"] = os.path.join(folder, "config")  # noqa: PTH118
    os.environ["IPYTHONDIR"] = os.path.join(folder, "ipython")  # noqa: PTH118
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE"):
        os.environ[name] = work


def load(libraries: list[str]) -> None:
    """Import what notebooks use."""
    import importlib
    import mimetypes
    import site

    mimetypes.init([])  # not from /etc, which may be there and still not be read
    site.sethelper()  # -S left out what notebooks may call
    for name in libraries:
        importlib.import_module(name)


def write_files(work: str, names: list[str], source: int) -> None:
    """Write a session's files, which follow in frames."""
    for name in names:
        path = Path(work, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wire.receive(source, MAX_FRAME) or b"")


def main(settings: dict) -> None:
    """Serve a session of the mode "trusted": no locks, a process of its own."""
    from rfmgrade.sandbox.runtime.shell import make_shell

    folder = settings["folder"]
    work = os.path.join(folder, "work")  # noqa: PTH118
    os.makedirs(work)  # noqa: PTH103
    source, sink = _moved(0), _moved(1)
    threading.Thread(target=_exit_with_parent, args=(folder, os.getppid()), daemon=True).start()
    set_folders(folder, work)
    load(settings["libraries"])
    shell = make_shell(folder)
    start = json.loads(wire.receive(source, MAX_FRAME))
    write_files(work, start["files"], source)
    os.chdir(work)
    wire.send(sink, b'{"hello": 1}')
    try:
        serve(shell, source, sink, start["answer_bytes"])
    finally:
        _leave(folder)


def _exit_with_parent(folder: str, parent: int) -> None:
    """Exit with the parent, even in the middle of a cell."""
    while os.getppid() == parent:
        time.sleep(0.5)
    _leave(folder)


def _leave(folder: str) -> None:
    # Where the supervisor was killed, nobody else empties the folder.
    _chdir(os.path.dirname(folder))  # noqa: PTH120
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _moved(file: int) -> int:
    """Move a channel away from where `print` and `input` would reach it."""
    moved = os.dup(file)
    if os.name == "nt":
        import msvcrt

        msvcrt.setmode(moved, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, file)
    os.close(nothing)
    return moved
