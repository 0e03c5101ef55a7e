"""Write requirements.lock and tests/requirements-floor.txt from pyproject.toml.

Run from the repository's root, with `uv` at hand:

    python tools/make_lock.py            # keep the versions that still fit
    python tools/make_lock.py --upgrade  # take the newest of everything

requirements.lock is one file for Python 3.11 to 3.13 on Windows, macOS and Linux.
The floor file holds the oldest libraries that pyproject.toml allows, for `make test-floor`.
"""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
FLOOR = ROOT / "tests" / "requirements-floor.txt"
# What the package's own tests need; the floor is about the libraries, not about these.
FLOOR_TOOLS = ("hypothesis", "pytest", "pytest-xdist")
# From here on pyparsing warns of names that the oldest matplotlib uses; tests make that an error.
FLOOR_LIMITS = ("pyparsing<3.3",)
# Extras that are no part of `make lab`: they have an environment, or a day, of their own.
NOT_LOCKED = ("browser", "dask", "docs", "excel", "grade", "polars", "site", "spark")
COMPILE = (
    "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
)  # fmt: skip


def compile_to(output: Path, source: Path, *options: str) -> None:
    subprocess.run([*COMPILE, *options, str(source), "--output-file", str(output)], check=True)
    lines = output.read_text(encoding="utf-8")
    if "://" in lines or "--" in lines:
        sys.exit(f"{output.name} holds an address or an option; see how uv is set up here.")


def lowest(requirement: str) -> str:
    """Pin a requirement at its lower bound."""
    wanted = Requirement(requirement)
    (bound,) = (part.version for part in wanted.specifier if part.operator == ">=")
    return f"{wanted.name}=={bound}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    locked = [f"--extra={name}" for name in extras if name not in NOT_LOCKED]
    compile_to(LOCK, ROOT / "pyproject.toml", *locked, *upgrade)

    pins = [lowest(line) for line in [*project["dependencies"], *extras["parquet"]]]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "floor.in")
        wanted.write_text("\n".join([*pins, *FLOOR_TOOLS, *FLOOR_LIMITS]) + "\n", encoding="utf-8")
        # The tools at the lock's versions, the libraries at their oldest.
        tools = [
            line
            for line in LOCK.read_text(encoding="utf-8").splitlines()
            if line.partition("=")[0] in FLOOR_TOOLS
        ]
        held = Path(folder, "tools.txt")
        held.write_text("\n".join(tools) + "\n", encoding="utf-8")
        compile_to(FLOOR, wanted, "--constraint", str(held), *upgrade)
    print(f"Wrote {LOCK.name} and {FLOOR.relative_to(ROOT).as_posix()}.")


if __name__ == "__main__":
    main()
