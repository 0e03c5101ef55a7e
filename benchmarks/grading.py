"""Measure what grading costs: CPU seconds a submission, with the sandbox, everything included.

python benchmarks/grading.py            # 20 model solutions of chapter 06
python benchmarks/grading.py 100 05     # so many, of another chapter
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_class(folder: Path, count: int, chapter: str) -> None:
    """Write a roster, a secret and as many copies of the model solution, each another file."""
    (path,) = (ROOT / "solutions" / "en").glob(f"{chapter}_*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (folder / "in").mkdir()
    for number in range(count):
        notebook["metadata"]["number"] = number
        text = json.dumps(notebook)
        (folder / "in" / f"S{number}.ipynb").write_text(text, encoding="utf-8")
    ids = "".join(f"S{number}\n" for number in range(count))
    (folder / "roster.csv").write_text(f"id\n{ids}", encoding="utf-8")
    (folder / "secret").write_text("not a secret, for it stands here", encoding="utf-8")


def measure(count: int, chapter: str) -> tuple[float, float, float]:
    """Grade a class; return CPU and wall-clock seconds a submission, and megabytes at the most."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_class(folder, count, chapter)
        words = ["grade", "in", "--roster", "roster.csv", "--secret-file", "secret"]
        words += ["-o", "g.xlsx", "--chapter", chapter, "--jobs", "1"]
        begun = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "rfmkit", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        wall = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    return cpu / count, wall / count, used.ru_maxrss / 1024


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    cpu, wall, most = measure(number, sys.argv[2] if len(sys.argv) > 2 else "06")
    print(f"{number} submissions: {cpu:.2f} CPU s and {wall:.2f} s each, {most:.0f} MB at the most")
