"""The workflow files call what the documents tell people to call, and name no host."""

import re
import tomllib
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
    called = [
        line.split("make ", 1)[1].split()[0]
        for line in commands(path.read_text("utf-8"))
        if "make " in line
    ]
    assert set(called) <= make_targets()
    assert called


def test_the_tests_run_on_three_systems_and_every_python():
    for system in ("ubuntu-latest", "macos-latest", "windows-latest"):
        assert system in TESTS
    # 3.12 is tried where browser tests and handouts are made; the ends of the range everywhere.
    assert TESTS.count('python: ["3.11", "3.13", "3.14", "3.15"]') == 2
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = {name.rpartition(" ")[2] for name in project["classifiers"] if "Python :: 3." in name}
    assert told == set(re.findall(r'"(3\.\d+)"', TESTS))
    assert ".ci/run" in commands(TESTS)


def test_what_is_left_out_of_the_matrix_is_run_by_the_job_of_everything():
    jobs = pytest.importorskip("yaml").safe_load(TESTS)["jobs"]
    (left_out,) = jobs["unix"]["strategy"]["matrix"]["exclude"]
    everything = jobs["everything"]
    (python,) = (
        step["with"]["python-version"]
        for step in everything["steps"]
        if "setup-python" in step.get("uses", "")
    )
    assert left_out == {"os": everything["runs-on"], "python": python}


def test_notebooks_run_on_the_newest_python_and_a_job_of_its_own_has_a_browser():
    jobs = pytest.importorskip("yaml").safe_load(TESTS)["jobs"]
    matrix = jobs["unix"]["strategy"]["matrix"]
    (nbval,) = (step for step in jobs["unix"]["steps"] if "make nbval" in step.get("run", ""))
    newest = matrix["python"][-1]
    assert nbval["if"] == f"matrix.os == 'ubuntu-latest' && matrix.python == '{newest}'"
    assert {"os": "ubuntu-latest", "python": newest} not in matrix["exclude"]
    assert "make test-browser" in [step.get("run") for step in jobs["browser"]["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_downloads_are_kept_until_the_lock_changes(path):
    jobs = pytest.importorskip("yaml").safe_load(path.read_text(encoding="utf-8"))["jobs"]
    found = 0
    for job in jobs.values():
        # What lies beside the checkout is named from where the checkout lies.
        places = [
            step.get("with", {}).get("path")
            for step in job["steps"]
            if "checkout" in step.get("uses", "")
        ]
        for step in job["steps"]:
            if "setup-python" in step.get("uses", ""):
                lock = "/".join([*filter(None, places), "requirements.lock"])
                assert step["with"]["cache"] == "pip"
                assert step["with"]["cache-dependency-path"] == lock
                found += 1
    assert found


def test_windows_is_set_up_the_way_the_readme_says():
    called = [line.replace("${{ matrix.python }}", "3") for line in commands(TESTS)]
    told = [line for line in shown("README.md") if line.startswith("py -3 ")]
    assert told
    assert set(told) <= set(called)
    assert any(line.startswith(".venv\\Scripts\\rfmkit lab") for line in called)


def test_files_called_are_there():
    for name in re.findall(r"tests/[\w/.]+", TESTS):
        assert Path(ROOT, name).exists()
