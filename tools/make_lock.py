"""Write requirements.lock and tests/requirements-floor.txt from pyproject.toml.

Run from the repository's root, with `uv` at hand:

    python tools/make_lock.py            # keep the versions that still fit
    python tools/make_lock.py --upgrade  # take the newest of everything

requirements.lock is one file for Python 3.11 to 3.15 on Windows, macOS and Linux. It holds one
version of every library of every extra, and serves as constraints:

    python -m pip install -c requirements.lock -e ".[lab,test]"

A pin that has no wheel for one of these Pythons and systems is refused. The floor file holds the
oldest libraries that pyproject.toml allows, for `make test-floor`.
"""

import argparse
import itertools
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
FLOOR = ROOT / "tests" / "requirements-floor.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
SYSTEMS = ("linux", "macos", "windows")
# Published as sources only; pure Python, so it is installed from these everywhere.
NO_WHEEL = ("pyspark",)
# What the package's own tests need; the floor is about the libraries, not about these.
FLOOR_TOOLS = ("hypothesis", "pytest", "pytest-xdist")
# From here on pyparsing warns of names that the oldest matplotlib uses; tests make that an error.
FLOOR_LIMITS = ("pyparsing<3.3",)
COMPILE = ("uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate")
UNIVERSAL = (
    "--universal",
    "--python-version",
    PYTHONS[0],
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def compile_to(output: Path, source: Path, *options: str) -> None:
    """Pin what `source` asks for, and see that each pin can be installed everywhere."""
    words = [*COMPILE, *UNIVERSAL, *options, str(source), "--output-file", str(output)]
    subprocess.run(words, check=True)
    lines = output.read_text(encoding="utf-8")
    if "://" in lines or "--" in lines:
        sys.exit(f"{output.name} holds an address or an option; see how uv is set up here.")
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder, "pins.txt")
        kept = [pin for pin in lines.splitlines() if pin.partition("=")[0] not in NO_WHEEL]
        pins.write_text("\n".join(kept) + "\n", encoding="utf-8")
        for python, system in itertools.product(PYTHONS, SYSTEMS):
            need_wheels(pins, python, system)


def need_wheels(pins: Path, python: str, system: str) -> None:
    words = [
        *COMPILE,
        "--no-deps",
        "--only-binary",
        ":all:",
        "--python-version",
        python,
        "--python-platform",
        system,
        str(pins),
    ]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(
            f"Without a wheel for Python {python} on {system}:\n{done.stderr}"
            "Take a newer one with --upgrade-package NAME, or raise the bound in pyproject.toml."
        )


def lowest(requirements: list[str]) -> list[str]:
    """Pin each library at its lower bound, for each Python at the highest one that applies."""
    bounds: dict[str, list[tuple[Requirement, Version]]] = {}
    for wanted in map(Requirement, requirements):
        (low,) = (Version(part.version) for part in wanted.specifier if part.operator == ">=")
        bounds.setdefault(wanted.name, []).append((wanted, low))
    pins = []
    for name, lines in bounds.items():
        lows = {}
        for python in PYTHONS:
            now = {"python_version": python, "python_full_version": f"{python}.0"}
            lows[python] = max(
                low for wanted, low in lines if wanted.marker is None or wanted.marker.evaluate(now)
            )
        # From which Python on each version is the lowest, and where the next one takes over.
        steps = [
            python
            for python, before in zip(PYTHONS, (None, *PYTHONS), strict=False)
            if before is None or lows[python] != lows[before]
        ]
        for first, following in itertools.zip_longest(steps, steps[1:]):
            until = f" and python_version < '{following}'" if following else ""
            pins.append(f"{name}=={lows[first]} ; python_version >= '{first}'{until}")
    return pins


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    parser.add_argument(
        "--upgrade-package",
        action="append",
        default=[],
        metavar="NAME",
        help="take the newest of this one",
    )
    args = parser.parse_args()
    upgrade = ["--upgrade"] if args.upgrade else []
    upgrade += [f"--upgrade-package={name}" for name in args.upgrade_package]

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    compile_to(LOCK, ROOT / "pyproject.toml", "--all-extras", *upgrade)

    pins = lowest([*project["dependencies"], *project["optional-dependencies"]["parquet"]])
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "floor.in")
        wanted.write_text("\n".join([*pins, *FLOOR_TOOLS, *FLOOR_LIMITS]) + "\n", encoding="utf-8")
        # The tools at the lock's versions, the libraries at their oldest.
        tools = [
            line
            for line in LOCK.read_text(encoding="utf-8").splitlines()
            if line.partition("=")[0] in FLOOR_TOOLS
        ]
        pinned = Path(folder, "tools.txt")
        pinned.write_text("\n".join(tools) + "\n", encoding="utf-8")
        compile_to(FLOOR, wanted, "--constraint", str(pinned), *upgrade)
    print(f"Wrote {LOCK.name} and {FLOOR.relative_to(ROOT).as_posix()}.")


if __name__ == "__main__":
    main()
