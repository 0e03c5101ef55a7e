"""The parts of the sandbox one by one: frames, the kit's copy, what may be read, folders, modes."""

import io
import json
import os
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

import rfmgrade
import rfmkit
from rfmgrade.sandbox import confine, hosts, modes
from rfmgrade.sandbox.hosts import Channel, Ended
from rfmgrade.sandbox.runtime import fork_server, locks, stubs, wire
from rfmkit.commands import checkup_grading, doctor
from rfmkit.labels import texts, use_language
from rfmkit.schema import DataError

linux = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")


def test_the_kits_copy_holds_lessons_and_no_keys():
    names = zipfile.ZipFile(io.BytesIO(confine.bundle())).namelist()
    assert len(names) == len(set(names))
    for name in (
        "rfmkit/data_files.py",
        "rfmkit/texts/plots.csv",
        "rfmkit/classroom/__init__.py",
        "rfmgrade/sandbox/runtime/plain.py",
        "rfmkit/classroom/answer_types/drawings.py",
        "rfmkit/_data/ledger.xlsx",
        "rfmkit/fonts/RFMKitSansTC-Regular.otf",
    ):
        assert name in names
    classroom = {name for name in names if name.startswith("rfmkit/classroom/")}
    for name in classroom:
        assert name.removeprefix("rfmkit/classroom/").startswith(
            ("__init__.py", "answer_types/")
        ), name
    ours = {name for name in names if name.startswith("rfmgrade/")}
    allowed = ("__init__.py", "sandbox/__init__.py", "sandbox/runtime/")
    for name in ours:
        assert name.removeprefix("rfmgrade/").startswith(allowed), name
    packed = zipfile.ZipFile(io.BytesIO(confine.bundle()))
    assert packed.read("rfmgrade/__init__.py") == packed.read("rfmgrade/sandbox/__init__.py") == b""
    assert not [name for name in names if "answers" in name or "solution" in name]
    assert not [name for name in names if "__pycache__" in name or "/commands/" in name]


def test_the_copy_is_the_same_each_time():
    first = confine.bundle()
    confine.bundle.cache_clear()
    assert confine.bundle() == first


def test_what_runs_inside_imports_only_what_goes_in():
    import ast

    there = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in zipfile.ZipFile(io.BytesIO(confine.bundle())).namelist()
    }
    runtime = Path(modes.__file__).parent / "runtime"
    for path in runtime.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module.startswith(("rfmkit", "rfmgrade")):
                inside = {f"{node.module}.{one.name}" for one in node.names} | {node.module}
                assert inside & there, (path.name, node.module)


def test_the_stubs_take_everything_and_say_nothing():
    card = stubs.check("6.1", 5, case=None)
    assert not card
    assert repr(card) == ""
    assert not card.status.anything(1)
    assert not hasattr(card, "_repr_html_")
    invalid = stubs.InvalidAnswer("check.several_plots", count=2)
    assert (invalid.key, invalid.values) == ("check.several_plots", {"count": 2})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"\xff",
        b"[" * 10**6,
        b'{"a":',
        b"[" * 99 + b"]" * 99,
        b"1" * 5000,
        b'"\xed\xa0\x80"',
    ],
)
def test_what_is_no_json_is_forged(body):
    with pytest.raises(Ended) as ended:
        hosts.parse(body)
    assert ended.value.why == "forged"


@pytest.mark.parametrize("reply", [5, [], {"n": "0", "reply": 1}, {"reply": 1}, None])
def test_a_reply_to_no_request_is_forged(reply):
    (source, their_sink), (their_source, sink) = os.pipe(), os.pipe()
    wire.send(their_sink, json.dumps(reply).encode())
    asked = Channel(source, sink, 1000)
    with pytest.raises(Ended, match="forged"):
        asked.ask({"op": "run"}, seconds=60)
    assert asked.join()
    for file in (source, their_sink, their_source, sink):
        os.close(file)


def test_a_channel_knows_silence_death_and_floods():
    (source, their_sink), (their_source, sink) = os.pipe(), os.pipe()
    asked = Channel(source, sink, 10)
    with pytest.raises(Ended, match="hung"):
        asked.ask({"op": "run"}, seconds=0.05)
    wire.send(their_sink, b"late")
    assert asked.join()
    wire.send(their_sink, b"x" * 11)
    os.close(their_sink)
    with pytest.raises(Ended, match="flooded"):
        Channel(source, sink, 10).ask({"op": "run"}, seconds=60)
    os.read(source, 99)
    with pytest.raises(Ended, match="died"):
        Channel(source, sink, 10).ask({"op": "run"}, seconds=60)
    for file in (source, their_source, sink):
        os.close(file)


@linux
def test_no_copy_of_the_kit_may_be_read():
    inside = confine.trees()
    hidden = confine.hidden(inside)
    names, listed = confine.readable(inside, hidden)
    for package in (Path(one.__file__).resolve().parent for one in (rfmkit, rfmgrade)):
        for path in (*names, *inside):
            covered = package.is_relative_to(Path(path).resolve())
            assert not covered or str(package) in hidden
    assert not [path for path in names if Path(path).name in ("rfmkit", "rfmgrade")]
    python = Path(confine.python())
    assert str(python) in names or any(python.is_relative_to(name) for name in names)
    assert all(Path(path).is_dir() for path in listed)


@linux
def test_a_copy_among_the_libraries_is_hidden(tmp_path, monkeypatch):
    site = tmp_path / "site-packages"
    (site / "rfmkit" / "classroom").mkdir(parents=True)
    (site / "rfmgrade" / "_solutions").mkdir(parents=True)
    (site / "other").mkdir()
    monkeypatch.setattr(confine, "site_folders", lambda: [str(site)])
    inside = confine.trees()
    assert str(site) in inside
    assert {str(site / "rfmkit"), str(site / "rfmgrade")} <= {*confine.hidden(inside)}
    names, listed = confine.readable(inside, confine.hidden(inside))
    assert str(site / "other") in names
    assert str(site) in listed
    assert not {str(site), str(site / "rfmkit"), str(site / "rfmgrade")} & set(names)


@linux
def test_the_sandboxes_own_folders_cover_nothing_that_it_needs(monkeypatch):
    # A kit may be kept anywhere, in /work or /grading too.
    inside = [f"/{name}/kit/.venv/lib" for name in ("work", "grading", "home", "srv", "opt")]
    monkeypatch.setattr(confine, "trees", lambda: inside)
    monkeypatch.setattr(confine, "hidden", lambda trees: [])
    command = confine.bubblewrap_command(3, 1 << 20)
    covered = [after for word, after in pairwise(command) if word == "--tmpfs"]
    assert len(covered) == 2
    assert not [path for path in inside for folder in covered if Path(path).is_relative_to(folder)]


def test_a_folder_of_anything_is_emptied(tmp_path):
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "0.moved").mkdir()
    (tmp_path / "1.moved").write_bytes(b"x")
    (tmp_path / "a" / "b" / "link").symlink_to("/etc")
    (tmp_path / "closed").mkdir(mode=0)
    os.mkfifo(tmp_path / "a" / "fifo")
    here = Path.cwd()
    os.chdir(tmp_path)
    for _ in range(1500):  # deeper than a path may be long
        os.mkdir("deep")  # noqa: PTH102
        os.chdir("deep")
    os.chdir(here)
    assert fork_server.used(str(tmp_path), 10_000, mount=False)[1] > 100
    assert fork_server.used(str(tmp_path), 5, mount=False)[1] == 6
    assert fork_server.empty(str(tmp_path))
    assert [*tmp_path.iterdir()] == []
    assert Path("/etc").is_dir()
    fork_server.remove(str(tmp_path / "never"))


@linux
def test_another_machine_fails_closed(monkeypatch):
    pytest.importorskip("pyseccomp", exc_type=(ImportError, RuntimeError))

    monkeypatch.setattr(locks, "MACHINES", ("vax",))
    with pytest.raises(OSError, match="vax"):
        locks.make_filter()
    monkeypatch.undo()
    monkeypatch.setattr(locks, "MIN_LANDLOCK", 999)
    with pytest.raises(OSError, match="older than 999"):
        locks.Locks("/tmp", [], [], need_landlock=True)
    assert not locks.Locks("/tmp", [], [], need_landlock=False).landlock


def test_a_mode_that_lacks_something_does_not_hold(monkeypatch):
    monkeypatch.setattr(modes.sys, "platform", "darwin")
    assert [proof.holds for proof in modes.holding()] == [False, False]
    assert modes.choose(trust=True) == "trusted"
    use_language("en")
    with pytest.raises(DataError, match=r"WSL2.*\n.*--trust-submissions"):
        modes.choose()
    assert "secret" in modes.unprotected()
    use_language("zh-TW")
    with pytest.raises(DataError, match="WSL2"):
        modes.choose()
    assert "密鑰" in modes.unprotected()


@linux
def test_a_mode_without_its_program_or_library_does_not_hold(monkeypatch):
    monkeypatch.setattr(modes.shutil, "which", lambda name: None)
    assert modes.prove("bubblewrap").why == "bubblewrap (bwrap) is not installed"
    monkeypatch.setattr(modes.importlib.util, "find_spec", lambda name: None)
    assert modes.prove("landlock").why == "not installed: IPython, pyseccomp, landlock"


def test_the_safer_mode_is_chosen(monkeypatch):
    held = {"bubblewrap": True, "landlock": True}
    monkeypatch.setattr(modes, "prove", lambda mode: modes.Proof(mode, held[mode], "because"))
    assert modes.choose() == "bubblewrap"
    held["bubblewrap"] = False
    assert modes.choose(trust=True) == "landlock"
    held["landlock"] = False
    assert modes.choose(trust=True) == "trusted"


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_the_probe_sees_that_nothing_holds_a_trusted_process():
    assert modes.leaks("trusted") == "outside"


def finding(monkeypatch, **proofs):
    monkeypatch.setattr(checkup_grading.sys, "platform", "linux")
    monkeypatch.setattr(checkup_grading.importlib.util, "find_spec", lambda name: True)
    monkeypatch.setattr(
        modes,
        "holding",
        lambda: tuple(modes.Proof(mode, not why, why) for mode, why in proofs.items()),
    )
    (found,) = checkup_grading.check_grading()
    return found


def test_the_doctor_tells_what_holds(monkeypatch):
    found = finding(monkeypatch, bubblewrap="", landlock="")
    assert (found.level, found.values) == ("ok", {"modes": "bubblewrap; landlock"})
    found = finding(monkeypatch, bubblewrap="no bwrap", landlock="")
    assert (found.level, found.values) == ("ok", {"modes": "bubblewrap: no bwrap; landlock"})
    found = finding(monkeypatch, bubblewrap="no bwrap", landlock="no Landlock")
    assert (found.level, found.topic) == ("look", "grading")
    for lang in ("zh-TW", "en"):
        lines = [*doctor.report_lines([found], lang)]
        assert "no bwrap; landlock: no Landlock" in lines[0]
        assert "WSL2" in lines[1]


def test_the_doctor_does_not_trouble_those_who_do_not_grade(monkeypatch):
    monkeypatch.setattr(checkup_grading.sys, "platform", "linux")
    monkeypatch.setattr(checkup_grading.importlib.util, "find_spec", lambda name: None)
    (found,) = checkup_grading.check_grading()
    assert (found.level, found.topic) == ("ok", "grading_extra")
    monkeypatch.setattr(checkup_grading.sys, "platform", "darwin")
    (found,) = checkup_grading.check_grading()
    assert found.level == "look"
    assert {"doctor.grading.ok", "doctor.grading_extra.ok"} <= set(texts())


def test_the_doctor_goes_on_where_the_probe_breaks(monkeypatch):
    def broken():
        raise OSError("no idea")

    monkeypatch.setattr(checkup_grading.sys, "platform", "linux")
    monkeypatch.setattr(checkup_grading.importlib.util, "find_spec", lambda name: True)
    monkeypatch.setattr(modes, "holding", broken)
    (found,) = checkup_grading.check_grading()
    assert found.level == "look"
