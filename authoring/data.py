"""Make the workbooks and tables of data/ from their seeds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from rfmkit.cases import LESSON_SEED, PRACTICE_SEED, make_case

SEEDS = {"data": LESSON_SEED, "data/practice": PRACTICE_SEED}


def write_data(root: Path) -> list[str]:
    """Write each file of data/ that is missing or stale, and return the paths written."""
    written = []
    for stored, made in _stale_files(root):
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(made)
        written.append(stored.relative_to(root).as_posix())
    return written


def stale_data(root: Path) -> list[str]:
    """Return the path of each file of data/ that is missing or stale; write nothing."""
    return [stored.relative_to(root).as_posix() for stored, _ in _stale_files(root)]


def _stale_files(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each stale file with the bytes that its seed makes."""
    for folder, seed in SEEDS.items():
        with tempfile.TemporaryDirectory() as made:
            for file in sorted(make_case(seed, made).iterdir()):
                stored = root / folder / file.name
                # A checkout on Windows may have turned the line ends of a text file.
                content = stored.read_bytes() if stored.is_file() else b""
                if file.suffix in (".md", ".json"):
                    content = content.replace(b"\r\n", b"\n")
                if content != file.read_bytes():
                    yield stored, file.read_bytes()
