"""The house agrees with itself: bounds, lock, conda, floor, documents and commands."""

import ast
import re
import runpy
import shlex
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from readmes import READMES, ROOT, make_targets, shown

import rfmkit
from rfmkit import cli

# What conda calls differently.
CONDA_NAMES = {"python-duckdb": "duckdb"}
# The extras that a reader of the lessons needs.
CONDA_EXTRAS = ("parquet", "clusters", "clv", "lab")
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PYPROJECT = tomllib.loads(text("pyproject.toml"))
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = [
    Requirement(line) for part in (PROJECT["dependencies"], *EXTRAS.values()) for line in part
]


def bounds(lines: list[str]) -> dict[str, set[tuple[str, str]]]:
    """Gather the bounds of each library: one, and further ones for newer Pythons."""
    found: dict[str, set[tuple[str, str]]] = {}
    for wanted in map(Requirement, lines):
        found.setdefault(wanted.name, set()).add((str(wanted.marker), str(wanted.specifier)))
    return found


def lower(wanted: Requirement) -> Version:
    (low,) = (bound.version for bound in wanted.specifier if bound.operator == ">=")
    return Version(low)


def systems():
    """Describe the machines the lock is for, as requirement markers see them."""
    for python in ("3.11.2", "3.11.9", "3.12.3", "3.13.1", "3.14.8", "3.15.0"):
        for os_name, sys_platform in (("posix", "linux"), ("posix", "darwin"), ("nt", "win32")):
            yield {
                "python_version": python.rpartition(".")[0],
                "python_full_version": python,
                "os_name": os_name,
                "sys_platform": sys_platform,
                "platform_system": {"win32": "Windows", "darwin": "Darwin"}.get(
                    sys_platform, "Linux"
                ),
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
            }


def pins(name: str, system: dict[str, str]) -> dict[str, Version]:
    """Read a file of pins as one system reads it; a name pinned twice there is a fault."""
    chosen = {}
    for line in text(name).splitlines():
        pinned = Requirement(line)
        if pinned.marker is None or pinned.marker.evaluate(system):
            (exact,) = pinned.specifier
            assert exact.operator == "=="
            assert pinned.name not in chosen
            chosen[pinned.name] = Version(exact.version)
    return chosen


@pytest.mark.parametrize(
    "system", list(systems()), ids=lambda s: f"{s['python_full_version']}-{s['sys_platform']}"
)
def test_the_lock_holds_every_library_within_its_bounds(system):
    locked = pins("requirements.lock", system)
    asked = [one for one in WANTED if one.marker is None or one.marker.evaluate(system)]
    assert {one.name for one in asked} >= {"pyspark", "sphinx", "playwright", "jupyterlite-core"}
    for wanted in asked:
        assert wanted.specifier.contains(locked[wanted.name]), wanted


def test_every_python_of_the_range_is_named_alike():
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"
    told = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if ":: Python :: 3." in one]
    assert told == list(PYTHONS)
    assert f"PYTHONS = {PYTHONS}".replace("'", '"') in text("tools/make_lock.py")


@pytest.mark.parametrize("name", ["requirements.lock", "tests/requirements-floor.txt"])
def test_pins_hold_no_address_no_hash_and_no_option(name):
    for line in text(name).splitlines():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line), line
        assert "://" not in line


def test_the_floor_is_the_lower_bound_of_each_library_of_the_package():
    oldest = [*PROJECT["dependencies"], *EXTRAS["parquet"]]
    for system in systems():
        floor = pins("tests/requirements-floor.txt", system)
        asked = [Requirement(line) for line in oldest]
        asked = [one for one in asked if one.marker is None or one.marker.evaluate(system)]
        for name in {wanted.name for wanted in asked}:
            assert floor[name] == max(lower(one) for one in asked if one.name == name)


def test_colab_keeps_its_own_libraries():
    colab = {"numpy": "2.0.2", "pandas": "2.2.2", "matplotlib": "3.10.0"}
    there = {"python_version": "3.12", "python_full_version": "3.12.12"}
    for wanted in map(Requirement, PROJECT["dependencies"]):
        if wanted.name in colab and (wanted.marker is None or wanted.marker.evaluate(there)):
            assert wanted.specifier.contains(colab.pop(wanted.name)), wanted
    assert not colab


def test_every_bound_has_a_floor_and_extras_repeat_the_same_bound():
    parts = [bounds(part) for part in (PROJECT["dependencies"], *EXTRAS.values())]
    parts.append(bounds(PYPROJECT["build-system"]["requires"]))
    everywhere = {name: lines for part in parts for name, lines in part.items()}
    for part in parts:
        for name, lines in part.items():
            assert lines == everywhere[name], name
    for name in everywhere:
        lines = [wanted for wanted in WANTED if wanted.name == name]
        systems = [str(wanted.marker) for wanted in lines if "python" not in str(wanted.marker)]
        assert len(set(systems)) == 1, f"{name}: one bound for every Python, more for newer ones"
        # A newer Python never takes an older library.
        steps = sorted(
            {
                (str(wanted.marker), lower(wanted))
                for wanted in lines
                if "python" in str(wanted.marker)
            }
        )
        assert all(re.fullmatch(r'python_version >= "3\.1[2-5]"', marker) for marker, _ in steps)
        assert [low for _, low in steps] == sorted(low for _, low in steps), name


def test_conda_gets_the_same_names_and_bounds():
    assert text("environment.yml").isascii()
    lines = [line.split("#")[0].rstrip() for line in text("environment.yml").splitlines()]
    lines = [line for line in lines if line]
    head = ["name: rfmkit", "channels:", "  - conda-forge", "  - nodefaults", "dependencies:"]
    assert lines[:5] == head
    assert lines[-2:] == ["  - pip:", "      - -e ."]
    listed = [Requirement(line.removeprefix("  - ")) for line in lines[5:-2]]
    conda = {CONDA_NAMES.get(wanted.name, wanted.name): wanted.specifier for wanted in listed}
    assert len(conda) == len(listed)
    assert str(conda.pop("pip")) == ""
    assert conda.pop("python") == Requirement(f"python{PROJECT['requires-python']}").specifier
    lines = [*PROJECT["dependencies"], *(line for name in CONDA_EXTRAS for line in EXTRAS[name])]
    # conda looks for what was built for its Python by itself: the bound of every Python will do.
    plain = [wanted for wanted in map(Requirement, lines) if wanted.marker is None]
    assert conda == {wanted.name: wanted.specifier for wanted in plain}


def test_environments_are_made_of_the_pythons_and_the_extras_of_the_project():
    tool = runpy.run_path(str(ROOT / "tools/environments.py"))
    oldest, newest = tool["OLDEST"], tool["NEWEST_TESTED"]
    allowed = Requirement(f"python{PROJECT['requires-python']}").specifier
    assert allowed.contains(".".join(map(str, oldest)))
    assert not allowed.contains(f"{oldest[0]}.{oldest[1] - 1}")
    tried = {name.rpartition(" ")[2] for name in PROJECT["classifiers"] if "Python :: 3." in name}
    assert {f"3.{minor}" for minor in range(oldest[1], newest[1] + 1)} >= tried
    for environment in tool["ENVIRONMENTS"].values():
        assert set(environment.extras) <= set(EXTRAS), environment.name
        assert environment.pins is None or (ROOT / environment.pins).is_file()
    # A student gets no library for authors, tests, browsers or grading.
    student = set(tool["requirements"](tool["ENVIRONMENTS"]["student"]))
    for extra in ("author", "test", "grade", "browser", "paper", "site", "docs"):
        assert not {Requirement(line).name for line in EXTRAS[extra] if line not in student} & {
            Requirement(line).name for line in student
        }, extra


def test_a_student_has_every_library_that_lessons_and_exercises_import():
    tool = runpy.run_path(str(ROOT / "tools/environments.py"))
    wanted = tool["requirements"](tool["ENVIRONMENTS"]["student"])
    libraries = {Requirement(line).name.replace("scikit-learn", "sklearn") for line in wanted}
    imported = set()
    for path in (ROOT / "source").glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module.partition(".")[0])
    assert {"pandas", "duckdb", "rfmkit"} <= imported
    assert imported <= libraries | {"rfmkit"} | set(sys.stdlib_module_names)


def test_every_environment_is_made_by_a_target_and_ignored_by_git():
    named = set(re.findall(r"env-([a-z]+)", text("Makefile")))
    tool = runpy.run_path(str(ROOT / "tools/environments.py"))
    assert named == set(tool["ENVIRONMENTS"])
    assert {".venv*", ".vnew*", ".vold*"} <= set(text(".gitignore").splitlines())


def test_the_version_has_its_place_in_the_changelog():
    latest = re.search(r"^## \[(.+?)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert latest[1] == rfmkit.__version__


def kit_commands(document: str) -> list[list[str]]:
    """List the uses of rfmkit in a document, in blocks and in running text."""
    lines = [*shown(document), *re.findall(r"`([^`\n]+)`", text(document))]
    lines = [line.replace("\\", "/") for line in lines]
    words = [shlex.split(line) for line in lines if re.match(r"(\S*/)?rfmkit( |$)", line)]
    return [line[1:] for line in words if len(line) > 1]


@pytest.mark.parametrize("document", READMES)
def test_every_command_shown_is_one_the_kit_understands(document):
    commands = kit_commands(document)
    assert commands
    for words in commands:
        args = cli.build_parser(words[0]).parse_args(words)
        assert args.command == words[0]


@pytest.mark.parametrize("document", READMES)
def test_every_command_is_shown(document):
    assert {words[0] for words in kit_commands(document)} == set(cli.COMMANDS)


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md"])
def test_every_make_target_shown_is_in_the_makefile(document):
    lines = [*shown(document), *re.findall(r"`(make .+?)`", text(document))]
    told = {line.split()[1] for line in lines if line.startswith("make ")}
    assert told
    assert told <= make_targets()


def test_both_readmes_show_the_same_commands_but_for_the_language():
    def bare(document):
        # What names a language or a reader's own columns differs.
        language = r" --(edition|lang) \S+| EDITION=en"
        columns = r" --(customer|date|order|quantity|price) (\"[^\"]+\"|\S+)"
        return [re.sub(f"{language}|{columns}", "", line) for line in shown(document)]

    assert bare("README.md") == bare("README.zh-TW.md")


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_and_folders_named_are_there(document):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", text(document)):
        assert (ROOT / target).exists(), target
    for folder in re.findall(r"`([\w./-]+/)`", text(document)):
        assert (ROOT / folder).is_dir(), folder
    for name in re.findall(r"`([\w.-]+/[\w./-]+\.(?:py|csv|toml|md|yml))`", text(document)):
        assert (ROOT / name).is_file() or "NN" in name, name


def test_binary_files_are_kept_from_line_end_conversion():
    rules = dict(line.split(maxsplit=1) for line in text(".gitattributes").splitlines())
    assert rules["*"] == "text=auto eol=lf"
    folders = (ROOT / name for name in ("rfmkit", "rfmgrade", "data"))
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and path.suffix in {".xlsx", ".otf", ".png", ".gz", ".parquet"}:
            assert rules[f"*{path.suffix}"] == "binary"
