"""The kit on machines whose own encoding is Big5 or ASCII, as Windows' consoles often are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# An editable install notes the checkout's path in UTF-8, and those read it in their own encoding.
pytestmark = pytest.mark.skipif(
    not str(ROOT).isascii() and sys.version_info < (3, 13),
    reason="Python 3.11 and 3.12 cannot start in a narrow encoding where this path is not ASCII",
)
OWN_ENCODING = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
# One Python for all: what each command prints stands after a line with its name.
PROGRAM = """
import locale, sys
from rfmkit.cli import main

def heading(name):
    for stream in (sys.stdout, sys.stderr):
        print("@@", name, file=stream, flush=True)

heading("encodings")
print(sys.stdout.encoding, locale.getencoding())
heading("imports")
import rfmkit as rk, rfmkit.classroom
assert all(getattr(rk, name) for name in rk.__all__)
rk.label("column.customer"), rk.strategy("general_keep")
for name, words in COMMANDS.items():
    heading(name)
    print(main(words))
"""
DOCTOR = {
    "doctor": ["doctor"],
    "doctor zh-TW": ["doctor", "--lang", "zh-TW"],
    "doctor en": ["doctor", "--lang", "en"],
}
TIER = ["tier", "books/交易記錄.xlsx", "--today", "2021-04-01"]
# Not in ASCII: there not even the ledger's name can be written.
LEDGER = {
    "case": ["case", "--seed", "2", "-o", "books"],
    "tier": [*TIER, "-o", "report.xlsx"],
    "wrong column": [*TIER, "--customer", "Buyer"],
}


def talk(folder, commands, *options, **environ):
    """Run the commands and give {name: (standard output, standard error)} as bytes."""
    done = subprocess.run(
        [sys.executable, *options, "-c", f"COMMANDS = {commands!a}\n{PROGRAM}"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("ascii", errors="replace")
    out, err = (
        dict(part.split(os.linesep.encode(), 1) for part in stream.split(b"@@ ")[1:])
        for stream in (done.stdout, done.stderr)
    )
    return {name: (out[name.encode()], err[name.encode()]) for name in ["encodings", *commands]}


@pytest.fixture(scope="module")
def in_big5(tmp_path_factory):
    """Make Taiwan's Big5 locale, and talk in it."""
    if shutil.which("localedef") is None:
        pytest.skip("localedef is not on this system")
    folder = tmp_path_factory.mktemp("locale")
    made = subprocess.run(
        ["localedef", "-i", "zh_TW", "-f", "BIG5", str(folder / "zh_TW.BIG5")],
        capture_output=True,
        check=False,
    )
    if not (folder / "zh_TW.BIG5").exists():
        pytest.skip(f"no Big5 locale can be made here: {made.stderr.decode(errors='replace')}")
    environ = {"LOCPATH": str(folder), "LC_ALL": "zh_TW.BIG5", **OWN_ENCODING}
    return talk(folder, {**DOCTOR, **LEDGER}, **environ)


@pytest.fixture(scope="module")
def in_ascii(tmp_path_factory):
    return talk(tmp_path_factory.mktemp("ascii"), DOCTOR, LC_ALL="C", **OWN_ENCODING)


def test_the_encodings_are_really_the_narrow_ones(in_big5, in_ascii):
    assert in_big5["encodings"][0].lower().split() == [b"big5", b"big5"]
    shown, files = in_ascii["encodings"][0].lower().split()
    assert shown in (b"ascii", b"us-ascii", b"ansi_x3.4-1968")
    assert files in (b"ascii", b"us-ascii", b"ansi_x3.4-1968")


def test_the_doctor_speaks_chinese_in_big5(in_big5):
    for name in ("doctor", "doctor zh-TW"):
        said, complaint = in_big5[name]
        assert "中文字型" in said.decode("big5")
        assert complaint == b""
    assert b"Font: " in in_big5["doctor en"][0]


def test_the_doctor_speaks_english_in_ascii_and_question_marks_if_told_to(in_ascii):
    for name in ("doctor", "doctor en"):
        assert b"Font: " in in_ascii[name][0]
    said, complaint = in_ascii["doctor zh-TW"]
    assert b"????" in said
    assert b"RFMKitSansTC" in said
    assert complaint == b""


def test_from_case_to_report_in_big5(in_big5):
    assert "交易記錄.xlsx" in in_big5["case"][0].decode("big5")
    said, complaint = in_big5["tier"]
    assert "重要價值" in said.decode("big5")
    assert said.split()[-1] == b"0"
    assert b"Traceback" not in complaint


def test_a_wrong_column_is_told_in_big5(in_big5):
    said, complaint = in_big5["wrong column"]
    assert said.split() == [b"2"]
    assert b"Buyer" in complaint
    assert b"Traceback" not in complaint


def test_every_file_is_opened_in_a_stated_encoding(tmp_path):
    # Of our own modules: matplotlib writes its list of fonts without stating one.
    told = talk(
        tmp_path,
        {**DOCTOR, **LEDGER},
        "-X",
        "warn_default_encoding",
        "-W",
        "always::EncodingWarning",
        PYTHONWARNINGS="",
    )
    ours = [
        line
        for _, complaint in told.values()
        for line in complaint.decode().splitlines()
        if "EncodingWarning" in line and f"{os.sep}rfmkit{os.sep}" in line
    ]
    assert ours == []


def test_a_file_opened_without_one_would_be_seen(tmp_path):
    loose = tmp_path / "rfmkit"
    loose.mkdir()
    (loose / "loose.py").write_text("open(__file__).close()\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", loose / "loose.py"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "EncodingWarning" in done.stderr
    assert f"{os.sep}rfmkit{os.sep}" in done.stderr
