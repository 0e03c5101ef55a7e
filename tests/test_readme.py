"""Do what the READMEs say: every command shown there is run, on a copy of the books."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from readmes import READMES, ROOT, shown

COMMANDS = sorted({line for document in READMES for line in shown(document)})
KIT = [line for line in COMMANDS if re.match(r"(\S*[\\/])?rfmkit ", line)]
MAKE = [line for line in COMMANDS if line.startswith("make ")]
# Seconds after which something hangs, on however busy a machine.
PATIENCE = 600
# Done by whoever makes the environment, CI among them; each is held in test_house by its words.
SET_UP = (
    r"py -3 tools\\environments\.py student",
    r"python -m pip install \"rfmkit-[\d.]+-py3-none-any\.whl\[[a-z,]+\]\"",
    r"conda env create -f environment\.yml",
    r"conda activate rfmkit",
)


def kit_words(line: str) -> list[str]:
    return shlex.split(line.replace("\\", "/"))[1:]


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rfmkit", *words],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
        timeout=PATIENCE,
    )


def write_ledger(words: list[str], folder: Path) -> None:
    """Write the ledger of another firm, with the headers that the command names."""
    given = {word: words[place + 1] for place, word in enumerate(words) if word.startswith("--")}
    names = ("customer", "date", "order", "quantity", "price")
    rows = [
        ["A", "2024-12-01", 1, 2, 5.5],
        ["B", "2024-12-20", 2, 1, 90.0],
        ["A", "2024-12-24", 3, 1, 5.5],
    ]
    sales = pd.DataFrame(rows, columns=[given[f"--{name}"] for name in names])
    sales.to_csv(folder / words[1], index=False, encoding="utf-8")


@pytest.mark.parametrize("line", [line for line in KIT if kit_words(line)[0] != "lab"])
def test_a_command_of_the_kit_does_what_it_says(line, tmp_path):
    words = kit_words(line)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    if words[0] == "tier" and not (tmp_path / words[1]).exists():
        write_ledger(words, tmp_path)
    done = run(*words, cwd=tmp_path)
    if words[0] == "doctor":
        assert done.returncode in (0, 1)  # what is broken here is not the README's fault
        assert done.stdout.strip()
        return
    assert done.returncode == 0, done.stdout + done.stderr
    target = tmp_path / words[words.index("-o") + 1]
    assert target.exists()
    if words[0] == "case":
        assert (target / "MANIFEST.json").is_file()


@pytest.mark.parametrize("edition", ["zh-TW", "en"])
def test_lab_serves_the_start_notebook(edition):
    pytest.importorskip("jupyterlab")
    assert any(kit_words(line)[0] == "lab" for line in KIT)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["lab", "--edition", edition, "--no-browser", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "rfmkit", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    try:
        address = f"http://127.0.0.1:{port}/lab"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(address, timeout=60) as page:
                    assert page.status == 200
                    break
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, server.stdout.read().decode("utf-8", "replace")
                assert time.monotonic() < deadline
                time.sleep(0.3)
    finally:
        if os.name == "posix":
            os.killpg(server.pid, 15)
        else:
            server.terminate()
        server.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("line", MAKE)
def test_a_make_target_can_be_made(line):
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    done = subprocess.run(
        shlex.split(line.replace("make ", "make -n ", 1)),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr


def test_no_command_is_left_out():
    for line in COMMANDS:
        known = line in KIT or line in MAKE or any(re.fullmatch(one, line) for one in SET_UP)
        assert known or not line, f"the README shows {line!r}; give it a test here"
