"""Who may know whom: a module imports from its own floor or from those below, never from above.

Three packages: `rfmkit`, which students import; `rfmgrade`, the instructor's side; `authoring`,
which makes the notebooks. The other two import rfmkit; it imports neither.
"""

import ast
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the ground up. `classroom` and the commands stand beside each other, on top of all.
FLOORS = {
    "rfmkit": (
        ("schema", "book_names", "formats"),
        ("labels", "validation", "dates"),
        ("names",),
        ("data_files",),
        ("strategies", "palette"),
        # The methods: a module or a folder for each.
        (
            *("transactions", "transactions.*", "rfm", "tables", "engines"),
            *("abc_tiers", "campaign", "thresholds", "uncertainty", "lift", "stability"),
            "headlines",
            "segments",
            *("value", "value.*", "clv", "clv.*", "clv_cs"),
            *("relationship", "relationship.*", "clusters", "clusters.*"),
        ),
        ("workbook",),
        ("cases", "cases.*"),
        ("plots", "plots.*"),
        ("report", "report.*", "explore"),
        ("commands", "commands.*", "cli", "__main__", "classroom", "classroom.*"),
    ),
    # The stages of grading. What runs in the sandbox knows nothing but itself and the kit.
    "rfmgrade": (
        ("config", "workers", "sandbox.runtime", "sandbox.runtime.*"),
        ("assign", "intake", "sandbox", "sandbox.*"),
        ("marking", "marking.*"),
        ("gradebook", "gradebook.*"),
        ("grade",),
    ),
    "authoring": (("*",),),
}
SOURCES = sorted(path for package in FLOORS for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    """Name a module by its package and its parts, and a package as its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def floor(module: str) -> int:
    package, _, name = module.partition(".")
    for number, patterns in enumerate(FLOORS[package]):
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return number
    raise AssertionError(f"{module} is on no floor; give it one in tests/test_layers.py.")


def imports(source: str, modules: set[str]) -> set[str]:
    """List the house's modules that a source imports, at any depth of its code."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "import by the full name: from rfmkit.schema import ..."
            # `from rfmkit.plots import style` may name a module or a thing in one.
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found & modules


MODULES = {name_of(path): path for path in SOURCES}
KNOWN = {
    module: imports(path.read_text(encoding="utf-8"), set(MODULES) - {module, *FLOORS})
    for module, path in MODULES.items()
}
PACKAGES = {module for module in MODULES if MODULES[module].name == "__init__.py"}


def package_of(module: str) -> str:
    return module.partition(".")[0]


def test_an_import_is_seen_wherever_it_stands():
    source = (
        "import rfmkit.a\n"
        "from rfmkit.b import thing\n"
        "def f():\n    from rfmkit import c\n    from rfmgrade.d import e\n"
        "import pandas.a\n"
    )
    there = {"rfmkit.a", "rfmkit.b", "rfmkit.c", "rfmgrade.d", "rfmgrade.d.e", "rfmkit.f"}
    assert imports(source, there) == there - {"rfmkit.f"}


@pytest.mark.parametrize("module", sorted(set(MODULES) - set(FLOORS)))
def test_a_module_knows_only_what_is_below_it(module):
    ours = {known for known in KNOWN[module] if package_of(known) == package_of(module)}
    above = {known for known in ours if floor(known) > floor(module)}
    assert not above, f"{module} may not know {above}"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_only_the_kit_is_known_by_another_package(module):
    source = MODULES[module].read_text(encoding="utf-8")
    named = imports(source, {*MODULES, *FLOORS})
    packages = {package_of(known) for known in named}
    assert packages <= {"rfmkit", package_of(module)}, f"{module} may not know {packages}"


def test_the_package_itself_knows_nobody():
    assert KNOWN["rfmkit"] == set()


def test_only_the_command_line_and_the_other_packages_know_the_classroom():
    for module in MODULES:
        if any(known.startswith("rfmkit.classroom") for known in KNOWN[module]):
            allowed = ("rfmkit.classroom", "rfmkit.commands", "rfmkit.cli", "rfmgrade", "authoring")
            assert module.startswith(allowed), module


def test_the_classroom_does_not_know_the_command_line():
    for module in MODULES:
        if module.startswith("rfmkit.classroom"):
            known = {name.split(".")[1] for name in KNOWN[module]}
            assert not known & {"commands", "cli"}, module


def test_modules_do_not_know_each_other_in_a_circle():
    # A package's own __init__ gathers its modules; they name each other, not the package.
    order = TopologicalSorter(
        {module: known - PACKAGES for module, known in KNOWN.items() if module not in PACKAGES}
    )
    order.prepare()
