"""Keep the books in data/ what their seeds make of them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from rfmkit.cases import LESSON_SEED, PRACTICE_SEED, make_case

SHIPPED = {"data": LESSON_SEED, "data/practice": PRACTICE_SEED}


def make_books(root: Path) -> list[str]:
    """Write each shipped file that is missing or stale, and name those written.

    Parameters
    ----------
    root
        The root of the repository.
    """
    written = []
    for shipped, fresh in _differing(root):
        shipped.parent.mkdir(parents=True, exist_ok=True)
        shipped.write_bytes(fresh)
        written.append(shipped.relative_to(root).as_posix())
    return written


def stale_books(root: Path) -> list[str]:
    """Name each shipped file that is missing or stale; write nothing.

    Parameters
    ----------
    root
        The root of the repository.
    """
    return [shipped.relative_to(root).as_posix() for shipped, _ in _differing(root)]


def _differing(root: Path) -> Iterator[tuple[Path, bytes]]:
    for folder, seed in SHIPPED.items():
        with tempfile.TemporaryDirectory() as made:
            for file in sorted(make_case(seed, made).iterdir()):
                shipped = root / folder / file.name
                # A checkout on Windows may have turned the line ends of a text file.
                held = shipped.read_bytes() if shipped.is_file() else b""
                text = file.suffix in (".md", ".json")
                same = held.replace(b"\r\n", b"\n") if text else held
                if same != file.read_bytes():
                    yield shipped, file.read_bytes()
