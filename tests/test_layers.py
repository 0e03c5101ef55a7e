"""Who may know whom: a module imports from its own floor or from those below, never from above."""

import ast
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the ground up. `classroom` and the commands stand beside each other, on top of all.
FLOORS = (
    ("schema",),
    ("labels", "checks"),
    ("names",),
    ("books",),
    ("strategies", "classes"),
    # The methods: a module or a folder for each.
    (
        *("transactions", "transactions.*", "rfm", "tables"),
        *("engines", "pandas_ledger", "ledger_months", "totals", "merging"),
        *("abc_*", "bands", "schemes", "tier_tools"),
        *("value", "value.*", "clv", "clv.*", "clv_cs", "clv_cs.*"),
        *("relationship", "relationship.*", "clusters", "clusters.*"),
    ),
    ("workbook", "workbook.*"),
    ("cases", "cases.*"),
    ("plots", "plots.*"),
    ("report", "report.*", "explore", "explore.*"),
    ("commands", "commands.*", "cli", "__main__", "classroom", "classroom.*"),
)
SOURCES = sorted((ROOT / "rfmkit").rglob("*.py"))


def name_of(path: Path) -> str:
    """Name a module as the floors do: without the package, and a package as its folder."""
    parts = path.relative_to(ROOT / "rfmkit").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def floor(module: str) -> int:
    for number, patterns in enumerate(FLOORS):
        if any(fnmatchcase(module, pattern) for pattern in patterns):
            return number
    raise AssertionError(f"rfmkit/{module} is on no floor; give it one in tests/test_layers.py.")


def imports(source: str, modules: set[str]) -> set[str]:
    """List the kit's modules that a source imports, at any depth of its code."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "import by the full name: from rfmkit.schema import ..."
            # `from rfmkit.plots import style` may name a module or a thing in one.
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    names = {name.removeprefix("rfmkit.") for name in found if name.startswith("rfmkit.")}
    return names & modules


MODULES = {name_of(path): path for path in SOURCES}
KNOWN = {
    module: imports(path.read_text(encoding="utf-8"), set(MODULES) - {module, ""})
    for module, path in MODULES.items()
}


def test_an_import_is_seen_wherever_it_stands():
    source = (
        "import rfmkit.a\n"
        "from rfmkit.b import thing\n"
        "def f():\n    from rfmkit import c\n    from rfmkit.d import e\n"
        "import pandas.a\n"
    )
    assert imports(source, {"a", "b", "c", "d", "d.e", "f"}) == {"a", "b", "c", "d", "d.e"}


@pytest.mark.parametrize("module", sorted(set(MODULES) - {""}))
def test_a_module_knows_only_what_is_below_it(module):
    above = {known for known in KNOWN[module] if floor(known) > floor(module)}
    assert not above, f"rfmkit.{module} may not know {above}"


def test_the_package_itself_knows_nobody():
    assert KNOWN[""] == set()


def test_only_the_command_line_knows_the_classroom():
    knowers = {module for module in MODULES
               if any(known.split(".")[0] == "classroom" for known in KNOWN[module])}  # fmt: skip
    assert {knower.split(".")[0] for knower in knowers} <= {"classroom", "commands", "cli"}


def test_the_classroom_does_not_know_the_command_line():
    for module in MODULES:
        if module.startswith("classroom"):
            known = {name.split(".")[0] for name in KNOWN[module]}
            assert not known & {"commands", "cli"}, module


def test_modules_do_not_know_each_other_in_a_circle():
    packages = {module for module in MODULES if MODULES[module].name == "__init__.py"}
    # A package's own __init__ gathers its modules; they name each other, not the package.
    order = TopologicalSorter(
        {module: known - packages for module, known in KNOWN.items() if module not in packages}
    )
    order.prepare()
