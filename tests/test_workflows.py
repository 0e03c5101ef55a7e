"""The workflow files call what the documents tell people to call, and name no host."""

import re
from pathlib import Path

import pytest
from readmes import ROOT, make_targets, shown

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TESTS = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """List the commands of a workflow: one-line and block runs."""
    blocks = re.findall(r"^( *)run: \|\n((?:\1 +.*\n)+)", text, re.MULTILINE)
    lines = [line.strip() for _, block in blocks for line in block.splitlines()]
    return lines + [line for line in re.findall(r"run: ([^|\n].*)$", text, re.MULTILINE)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_well_formed_and_names_no_host(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert "\t" not in text
    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)
    yaml = pytest.importorskip("yaml")
    jobs = yaml.safe_load(text)["jobs"]
    assert all("timeout-minutes" in job or "needs" in job for job in jobs.values())
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"actions/[\w-]+@v\d+", used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_make_target_called_is_in_the_makefile(path):
    called = [line.split("make ", 1)[1].split()[0] for line in commands(path.read_text("utf-8"))
              if "make " in line]  # fmt: skip
    assert set(called) <= make_targets()
    assert called


def test_the_tests_run_on_three_systems_and_every_python():
    for system in ("ubuntu-latest", "macos-latest", "windows-latest"):
        assert system in TESTS
    assert TESTS.count('python: ["3.11", "3.12", "3.13"]') == 2
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11,<3.14"' in project
    assert ".ci/run" in commands(TESTS)


def test_windows_is_set_up_the_way_the_readme_says():
    called = [line.replace("${{ matrix.python }}", "3") for line in commands(TESTS)]
    told = [line for line in shown("README.md") if line.startswith("py -3 ")]
    assert told
    assert set(told) <= set(called)
    assert any(line.startswith(".venv\\Scripts\\rfmkit lab") for line in called)


def test_files_called_are_there():
    for name in re.findall(r"tests/[\w/.]+", TESTS):
        assert Path(ROOT, name).exists()
