"""Grading that is stopped: soon, with nothing left behind, and a second run goes on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from notebooks_made import answered, code_cell, content
from readmes import ROOT
from sandboxes import need

from rfmgrade.sandbox import MODES

SECRET = "not a secret, for it stands here"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, and /proc to look at")


def class_folder(folder, students=4):
    (folder / "in").mkdir()
    book = answered("06")
    slow = {**book, "cells": [*book["cells"], code_cell("import time\ntime.sleep(8)")]}
    for number in range(students):
        (folder / "in" / f"S{number}.ipynb").write_bytes(content(slow if number else b"{"))
    ids = "".join(f"S{number}\n" for number in range(students))
    (folder / "roster.csv").write_text(f"id\n{ids}", encoding="utf-8")
    (folder / "secret").write_text(SECRET, encoding="utf-8")
    (folder / "tmp").mkdir()


def start(folder, mode):
    """Grade with two workers in one mode of the sandbox, whatever else would hold here."""
    words = ["grade", "in", "--roster", "roster.csv", "--secret-file", "secret", "-o", "g.xlsx"]
    words += ["--chapter", "06", "--lang", "en", "--jobs", "2"]
    program = (
        "import sys\nfrom rfmgrade.sandbox import modes\nfrom rfmkit.cli import main\n"
        f"modes.choose = lambda **_: {mode!r}\nsys.exit(main({words!r}))"
    )
    environ = {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def family(pid):
    """List a process and all that descend from it, each with the time of its start."""
    children, starts = {}, {}
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if entry.name.isdigit():
            facts = words.rpartition(")")[2].split()
            children.setdefault(int(facts[1]), []).append(int(entry.name))
            starts[int(entry.name)] = facts[19]
    found, todo = set(), [pid]
    while todo:
        one = todo.pop()
        found.add((one, starts.get(one, "")))
        todo += children.get(one, [])
    return found


def is_there(pid, begun):
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    facts = words.rpartition(")")[2].split()
    return facts[19] == begun and facts[0] != "Z"


def wait_for(what, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.1)
    return False


def a_session_runs(folder):
    """Whether a first notebook is done, and the sandbox works on another."""
    return any((folder / "g_results").glob("faults.log")) or any(
        (folder / "g_results").glob("*.json")
    )


@pytest.mark.parametrize(
    ("name", "mode", "seconds"),
    [
        ("SIGINT", "bubblewrap", 2.0),
        ("SIGINT", "landlock", 2.0),
        ("SIGTERM", "trusted", 3.0),
        ("SIGHUP", "bubblewrap", 3.0),
        *(("SIGKILL", mode, 0) for mode in MODES),
    ],
)
def test_an_end_by_a_signal_leaves_nothing_behind_but_what_is_done(tmp_path, name, mode, seconds):
    if mode != "trusted":
        need(mode)
    class_folder(tmp_path)
    process = start(tmp_path, mode)
    all_of_them = set()
    try:
        assert wait_for(lambda: any((tmp_path / "g_results").glob("*.json")))
        assert wait_for(lambda: len(family(process.pid)) >= 5), process.communicate(timeout=5)
        time.sleep(2)  # into the long cell
        all_of_them = family(process.pid)
        assert any((tmp_path / "tmp").iterdir())
        begun = time.monotonic()
        process.send_signal(getattr(signal, name))
        _, errors = process.communicate(timeout=30)
        if seconds:
            assert time.monotonic() - begun < seconds
            assert process.returncode == 130
            assert b"run the same command again" in errors
        assert SECRET.encode() not in errors

        def nothing():
            return not any((tmp_path / "tmp").iterdir()) and not any(
                is_there(*one) for one in all_of_them
            )

        assert wait_for(nothing, 15), list((tmp_path / "tmp").iterdir())
        assert any((tmp_path / "g_results").glob("*.json"))
    finally:
        process.kill()
        process.wait()
