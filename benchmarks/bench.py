"""Time rfmkit beside its peers in one run, and write the ratios into benchmarks/RESULTS.md.

python benchmarks/bench.py [--rows 1_000_000] [--excel 100_000] [--peers PYTHON]

Each subject runs in a process of its own, so that none warms the memory of another; the best of
some repeats counts. lifetimes and pymc-marketing may live in another environment: --peers (or
RFMKIT_PEERS) names its Python. What is not installed is named as not tried.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from subjects import SUBJECTS

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
SHOWN = (
    "pandas",
    "numpy",
    "narwhals",
    "duckdb",
    "polars",
    "pyarrow",
    "openpyxl",
    "python-calamine",
    "fastexcel",
    "lifetimes",
    "pymc-marketing",
)
GOALS = """
- Aggregation, text ids, pandas frame: at least 8 × as fast as pymc-marketing, 15 × as lifetimes, no slower than the fastest of pandas' named aggregation, Polars and DuckDB on the same frame, each with its table sorted by customer.
- Polars and DuckDB frames: within 1.1 of the hand-written query.
- Excel: at least 15 × as fast as pandas' default reader, with the same cells.
- 5 million customers: `score` at least 2 × as fast as `pd.qcut`; `rfm_class` and `abc_tier` under a second.
- `import rfmkit` at most 1.15 × `import pandas`.
- `rfmkit tier` of 100 million rows of parquet (`--parquet 100_000_000`): at most 4 GiB.
"""  # noqa: E501


def main() -> None:
    """Run every subject, print the table as it grows, and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--excel", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--parquet", type=int, nargs="*", default=[10_000_000])
    parser.add_argument("--customers", type=int, default=5_000_000)
    parser.add_argument("--peers", default=os.environ.get("RFMKIT_PEERS", sys.executable))
    parser.add_argument("--only", help="groups to run, parted by commas")
    args = parser.parse_args()
    sizes = {
        "text ids": args.rows,
        "dictionary ids": args.rows,
        "Polars frame": args.rows,
        "DuckDB frame": args.rows,
        "Excel": args.excel,
        "rfmkit tier, a folder of parquet": args.parquet,
        "5 million customers": [args.customers],
    }
    sections = []
    with tempfile.TemporaryDirectory(prefix="rfmkit-bench-") as folder:
        for group, subjects in SUBJECTS.items():
            if args.only and group not in args.only.split(","):
                continue
            for size in sizes.get(group, [0]):
                taken = {
                    name: run(group, name, size, folder, peers(args, name)) for name in subjects
                }
                sections.append(section(group, size, taken))
                print(sections[-1], flush=True)
    RESULTS.write_text(page(sections, args), encoding="utf-8")
    print(f"written: {RESULTS}")


def peers(args: argparse.Namespace, name: str) -> str:
    """Name the Python that a subject runs in."""
    return args.peers if name.startswith(("lifetimes", "pymc-marketing")) else sys.executable


def run(group: str, name: str, size: int, folder: str, python: str) -> dict:
    """Run one subject in a new process; {"seconds": ..., "megabytes": ...} or {"why": ...}."""
    words = [python, "-W", "ignore", str(ROOT / "benchmarks" / "subjects.py")]
    words += [group, name, str(size), folder]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path, "RFMKIT_PROGRESS": "off"}
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        return {"why": (done.stderr.strip().splitlines() or ["failed"])[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def section(group: str, size: int, taken: dict[str, dict]) -> str:
    """Write one table: seconds, and how many times as long as rfmkit (the first) each took."""
    own = next(iter(taken.values()))
    title = f"## {group}" + (f", {size:,}" if size else "")
    head = "| subject | seconds | × the first | CPU seconds | × the first | peak MB |"
    lines = [title, "", head, "|---|---:|---:|---:|---:|---:|"]
    for name, one in taken.items():
        if "why" in one:
            lines.append(f"| {name} | not tried: {one['why'][:90]} | | | | |")
        else:
            cells = []
            for unit in ("seconds", "cpu"):
                ratio = f"{one[unit] / own[unit]:.2f}" if own.get(unit) else ""
                cells += [f"{one[unit]:.3f}", ratio]
            lines.append(f"| {name} | {' | '.join(cells)} | {one['megabytes']:,.0f} |")
    return "\n".join([*lines, ""])


def page(sections: list[str], args: argparse.Namespace) -> str:
    """Write the page: machine and versions, goals, tables."""
    versions = []
    for name in SHOWN:
        python = peers(args, name)
        asked = f"import importlib.metadata as m; print(m.version({name!r}))"
        if python == sys.executable:
            try:
                found = version(name)
            except PackageNotFoundError:
                found = "not installed"
        else:
            done = subprocess.run(
                [python, "-c", asked], capture_output=True, text=True, check=False
            )
            found = done.stdout.strip() or "not installed"
        versions.append(f"{name} {found}")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    head = (
        "# Results\n\nMade by `make bench`. Seconds are the best of a few repeats, each subject in "
        "a process of its own; the peak is that process's memory with its data. Compare the "
        "ratios, not the seconds.\n\n"
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"load at the end {load:.1f}.\n{', '.join(versions)}.\n\nGoals:\n{GOALS}"
    )
    return head + "\n" + "\n".join(sections)


if __name__ == "__main__":
    main()
