"""Keep the books of a case at hand: its files for the sandbox, its keys, the model's values."""

import shutil
import tempfile
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from rfmkit.cases import make_case
from rfmkit.classroom.case import Case
from rfmkit.classroom.grading.solution import Overlay, run_model


@dataclass
class Books:
    """One case: what the judge knows of it, and what the sandbox gets.

    Parameters
    ----------
    seed
        The case's seed.
    folder
        A folder of ours that holds `case/`.
    case
        The books as the questions know them.
    files
        The files of a session, "case/…" and what is in them.
    """

    seed: int
    folder: Path
    case: Case
    files: dict[str, bytes]
    _overlays: dict[str, dict[str, Overlay]] = field(default_factory=dict)

    def overlays(self, chapter: str) -> dict[str, Overlay]:
        """Give what the model solution leaves behind after each question; worked out once."""
        if chapter not in self._overlays:
            self._overlays[chapter] = run_model(chapter, self.folder)
        return self._overlays[chapter]


class Shelf:
    """The cases in use, a few at a time. A context manager: the folders go when it is left.

    Parameters
    ----------
    most
        How many cases are kept.

    Examples
    --------
    >>> with Shelf() as shelf:
    ...     sorted(shelf.books(7).files)[0]
    'case/MANIFEST.json'
    """

    def __init__(self, most: int = 12) -> None:
        self._most = most
        self._kept: OrderedDict[int, Books] = OrderedDict()
        self._root: Path | None = None

    def books(self, seed: int) -> Books:
        """Make the books of a seed, or take them from the shelf.

        Parameters
        ----------
        seed
            The case's seed. The books never tell it.
        """
        if seed in self._kept:
            self._kept.move_to_end(seed)
            return self._kept[seed]
        if self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix="rfmkit-cases-"))
        folder = self._root / str(seed)
        made = make_case(seed, folder / "case", tell_seed=False)
        files = {f"case/{path.name}": path.read_bytes() for path in sorted(made.iterdir())}
        self._kept[seed] = Books(seed, folder, Case.of_seed(seed), files)
        while len(self._kept) > self._most:
            _, old = self._kept.popitem(last=False)
            shutil.rmtree(old.folder, ignore_errors=True)
        return self._kept[seed]

    def close(self) -> None:
        """Take the folders away."""
        self._kept.clear()
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        self.close()
