"""What a release hands out: right names, the same bytes, and no solutions for students."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import rfmkit
from rfmkit.commands import lay_out

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("make_release", ROOT / "tools/make_release.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def kit(tool):
    return tool.kit_files(ROOT)


@pytest.fixture(scope="module")
def student(tool, tmp_path_factory):
    wheel = tmp_path_factory.mktemp("wheel") / f"rfmkit-{rfmkit.__version__}-py3-none-any.whl"
    wheel.write_bytes(b"\0the wheel; test_wheel.py looks into a real one")
    return tool.student_files(ROOT, wheel)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_is_of_this_version_and_licence():
    cited = text("CITATION.cff")
    assert cited.isascii()
    assert cited.startswith("cff-version: 1.2.0\n")
    assert f"\nversion: {rfmkit.__version__}\n" in cited
    for key in ("message", "type", "title", "abstract", "license", "authors", "keywords"):
        assert len(re.findall(rf"^{key}:", cited, re.MULTILINE)) == 1
    for licence in ("MIT", "CC-BY-4.0", "OFL-1.1"):
        assert f"  - {licence}\n" in cited
    assert "date-released" not in cited or "unreleased" not in text("CHANGELOG.md")


def test_the_changelog_is_kept_in_the_form_it_names():
    log = text("CHANGELOG.md")
    heads = re.findall(r"^## (.+)$", log, re.MULTILINE)
    assert heads
    for head in heads:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d|unreleased)", head), head
    assert not [head for head in heads[1:] if "unreleased" in head]
    kinds = set(re.findall(r"^### (.+)$", log, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    versions = [tuple(map(int, re.findall(r"\d+", head)[:3])) for head in heads]
    assert versions == sorted(versions, reverse=True)


def test_what_is_to_mend_before_a_release_is_told(tool, tmp_path):
    (tmp_path / "CITATION.cff").write_text("version: 9.9.9\n", encoding="utf-8")
    log = f"## [{rfmkit.__version__}] - unreleased\n"
    (tmp_path / "CHANGELOG.md").write_text(log, encoding="utf-8")
    cited, dated = tool.faults(tmp_path)
    assert rfmkit.__version__ in cited
    assert "unreleased" in dated
    (tmp_path / "CITATION.cff").write_text(f"version: {rfmkit.__version__}\n", encoding="utf-8")
    log = f"## [{rfmkit.__version__}] - 2026-11-22\n"
    (tmp_path / "CHANGELOG.md").write_text(log, encoding="utf-8")
    assert tool.faults(tmp_path) == []


def test_the_kits_archive_holds_the_kit_and_nothing_left_lying_about(kit):
    wanted = {
        *("README.md", "README.zh-TW.md", "Makefile", "pyproject.toml", "requirements.lock"),
        *("CITATION.cff", ".ci/run", ".gitattributes", "rfmkit/__init__.py", "tests/conftest.py"),
        *("data/交易記錄.xlsx", "data/practice/交易記錄.xlsx", "solutions/en/05_rfm.ipynb"),
        *("source/lessons/05_rfm.py", "notebooks/zh-TW/05_rfm.ipynb", "rfmkit/rfm.py"),
    }
    assert wanted <= set(kit)
    odd = (".venv", "dist/", "__pycache__", ".ipynb_checkpoints", "practicum_report.xlsx", ".part")
    assert not [name for name in kit if any(part in name for part in odd)]
    assert not [name for name in kit if name.startswith((".git/", "build/", "exercises/case/"))]


def test_without_git_the_archive_is_the_same(tool, kit, tmp_path):
    # Copied without .git, with things left lying about.
    keep = {name for name in kit if name.startswith(("rfmkit/", "data/", ".ci/", ".github/"))}
    for name in keep:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(kit[name])
    for name in (
        ".venv/x.py",
        "dist/x.whl",
        "exercises/case/MANIFEST.json",
        "data/~$x.xlsx",
        "rfmkit/__pycache__/x.pyc",
        "notebooks/en/practicum_report.xlsx",
        "notebooks/en/.rfmkit_progress.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert set(tool.kit_files(tmp_path)) == keep


def test_students_get_lessons_exercises_books_and_the_wheel(student):
    for edition in ("zh-TW", "en"):
        for part in ("notebooks", "exercises"):
            for path in (ROOT / part / edition).glob("[0-9]*.ipynb"):
                assert f"{part}/{edition}/{path.name}" in student
        assert f"docs/glossary.{edition}.md" in student
    assert {"data/交易記錄.xlsx", "data/README.md", "LICENSE", "LICENSE-TEXT"} <= set(student)
    (wheel,) = (name for name in student if name.endswith(".whl"))
    assert student["README.md"].decode().count(f'"{wheel}[') == 4


def test_students_get_no_solution(student):
    from authoring.context import BuildContext

    names = " ".join(student)
    for word in ("solution", "source/", "tests/", "instructor", "mistakes", "questions", "rfmkit/"):
        assert word not in names
    context = BuildContext(ROOT)
    # One that is not built yet is the business of rfmkit build --check.
    exercises = [
        target
        for target in context.targets
        if target.path.startswith("exercises/") and target.path in student
    ]
    blanks = 0
    for target in exercises:
        told = student[target.path].decode()
        shown = " ".join("".join(cell["source"]) for cell in json.loads(told)["cells"]).split()
        for line in context.hidden_lines(target):
            code = line.split()
            if len("".join(code)) < 12 or code[0] in ("#", "import", "from"):
                continue
            blanks += 1
            assert " ".join(code) not in " ".join(shown), f"{target.path} shows {line!r}"
    assert blanks > 100


def test_the_students_links_lead_somewhere(student):
    for name, content in student.items():
        if name.endswith(".md"):
            prose = [content.decode()]
        elif name.endswith(".ipynb"):
            cells = json.loads(content)["cells"]
            prose = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
        else:
            continue
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", "\n".join(prose)):
            parts = [*name.split("/")[:-1], *target.split("/")]
            while ".." in parts:
                place = parts.index("..")
                del parts[place - 1 : place + 1]
            assert "/".join(parts) in student, f"{name} links to {target}"


def test_the_students_folder_counts_as_laid_out(student, tmp_path):
    for name, content in student.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert lay_out.is_laid_out(tmp_path)
    done = lay_out.lay_out(lay_out.shipped_files(ROOT), tmp_path)
    assert (done.written, done.renewed, done.kept) == ([], [], [])


def test_chinese_names_are_marked_as_utf8_and_the_bytes_are_the_same_twice(tool, student, tmp_path):
    few = {name: student[name] for name in student if name.startswith(("data/", "docs/gl"))}
    for archive in ("one.zip", "two.zip"):
        tool.write_zip(tmp_path / archive, "top", dict(reversed(few.items())))
        few = dict(sorted(few.items()))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    packed = zipfile.ZipFile(tmp_path / "one.zip")
    assert packed.testzip() is None
    assert {entry.filename for entry in packed.infolist()} == {f"top/{name}" for name in few}
    for entry in packed.infolist():
        assert entry.filename.isascii() or entry.flag_bits & 0x800
        assert entry.date_time == tool.DATE
    packed.extractall(tmp_path / "解壓縮 之後")
    laid = tmp_path / "解壓縮 之後/top/data/交易記錄.xlsx"
    assert laid.read_bytes() == (ROOT / "data/交易記錄.xlsx").read_bytes()


@pytest.mark.skipif(shutil.which("unzip") is None, reason="no unzip on this machine")
def test_other_programs_read_the_names_too(tool, tmp_path):
    few = {"data/交易記錄.xlsx": b"x", ".ci/run": b"#!/bin/sh"}
    tool.write_zip(tmp_path / "kit.zip", "top", few)
    done = subprocess.run(
        ["unzip", "-q", "kit.zip"],
        cwd=tmp_path,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0
    assert (tmp_path / "top/data/交易記錄.xlsx").is_file()
    assert (tmp_path / "top/.ci/run").stat().st_mode & 0o111


def test_a_checkout_with_windows_line_ends_gives_the_same_archive(tool, tmp_path):
    plain, windows = tmp_path / "plain", tmp_path / "windows"
    for folder, end in ((plain, b"\n"), (windows, b"\r\n")):
        folder.mkdir()
        (folder / "README.md").write_bytes(b"one" + end + b"two" + end)
        (folder / "picture.png").write_bytes(b"\0\r\n\n")
        tool.write_zip(tmp_path / f"{folder.name}.zip", "top", tool.kit_files(folder))
    assert (tmp_path / "plain.zip").read_bytes() == (tmp_path / "windows.zip").read_bytes()


def test_the_release_is_checked_before_anything_is_built(tool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "faults", lambda root: ["something is to mend."])
    monkeypatch.setattr(tool.subprocess, "run", lambda *words, **options: sys.exit("built"))
    assert tool.main(["--final", "-o", str(tmp_path)]) == 1
    assert "something is to mend." in capsys.readouterr().err


@pytest.mark.parametrize("document", ["README.md", "README.zh-TW.md"])
def test_the_readme_names_the_files_of_this_version(document):
    named = re.findall(r"rfmkit-(?:student-)?(\d[\d.]*\d)", text(document))
    assert len(named) >= 2
    assert set(named) == {rfmkit.__version__}
