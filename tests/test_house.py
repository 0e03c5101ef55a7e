"""The house agrees with itself: bounds, lock, conda, floor, documents and commands."""

import re
import shlex
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from readmes import READMES, ROOT, shown

import rfmkit
from rfmkit import cli

# What conda calls differently.
CONDA_NAMES = {"python-build": "build", "python-duckdb": "duckdb"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PYPROJECT = tomllib.loads(text("pyproject.toml"))
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = [
    Requirement(line) for part in (PROJECT["dependencies"], *EXTRAS.values()) for line in part
]
BOUNDS = {wanted.name: wanted.specifier for wanted in WANTED}
# What `make lab` and conda install: all but the extras that tools/make_lock.py leaves out.
NOT_LOCKED = ("browser", "dask", "docs", "excel", "grade", "polars", "site", "spark")
LOCKED = {
    wanted.name: wanted.specifier
    for name, part in {"": PROJECT["dependencies"], **EXTRAS}.items() if name not in NOT_LOCKED
    for wanted in map(Requirement, part)
}  # fmt: skip


def systems():
    """Describe the machines the lock is for, as requirement markers see them."""
    for python in ("3.11.2", "3.11.9", "3.12.3", "3.13.1"):
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
    for name, bounds in LOCKED.items():
        assert bounds.contains(locked[name]), name


def test_the_extras_that_are_not_locked_are_those_that_the_lock_leaves_out():
    assert f"NOT_LOCKED = {NOT_LOCKED}".replace("'", '"') in text("tools/make_lock.py")


@pytest.mark.parametrize("name", ["requirements.lock", "tests/requirements-floor.txt"])
def test_pins_hold_no_address_no_hash_and_no_option(name):
    for line in text(name).splitlines():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line), line
        assert "://" not in line


def test_the_floor_is_the_lower_bound_of_each_library_of_the_package():
    oldest = [*PROJECT["dependencies"], *EXTRAS["parquet"]]
    for system in systems():
        floor = pins("tests/requirements-floor.txt", system)
        for wanted in map(Requirement, oldest):
            (low,) = (bound.version for bound in wanted.specifier if bound.operator == ">=")
            assert floor[wanted.name] == Version(low)


def test_every_bound_has_a_floor_and_extras_repeat_the_same_bound():
    for wanted in WANTED:
        assert any(bound.operator == ">=" for bound in wanted.specifier), wanted
        assert wanted.specifier == BOUNDS[wanted.name], wanted
    (backend,) = map(Requirement, PYPROJECT["build-system"]["requires"])
    assert backend.specifier == BOUNDS[backend.name]


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
    assert conda == LOCKED


def test_the_makefile_looks_for_the_pythons_the_project_allows():
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert "python3.13 python3.12 python3.11 python3 python" in text("Makefile")
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in text("Makefile")


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
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    lines = [*shown(document), *re.findall(r"`(make .+?)`", text(document))]
    told = {line.split()[1] for line in lines if line.startswith("make ")}
    assert told
    assert told <= targets


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


def test_binary_files_are_kept_from_line_end_conversion():
    rules = dict(line.split(maxsplit=1) for line in text(".gitattributes").splitlines())
    assert rules["*"] == "text=auto eol=lf"
    folders = (ROOT / name for name in ("rfmkit", "rfmgrade", "data"))
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and path.suffix in {".xlsx", ".otf", ".png", ".gz", ".parquet"}:
            assert rules[f"*{path.suffix}"] == "binary"
