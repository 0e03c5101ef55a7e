"""Know which notebook comes from which source, whether it is fresh, and how it is written."""

import copy
import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

import nbformat

from rfmkit.classroom.notebook_inputs import file_digest, inputs_digest
from rfmkit.classroom.notebook_source import hidden_lines, make_edition, read_source
from rfmkit.classroom.source_rules import EDITIONS, BuildError, SourceCell

# Folder of sources -> folders of what is made from them.
MADE = {"source/lessons": ("notebooks",), "source/exercises": ("exercises", "solutions")}


@dataclass(frozen=True)
class Target:
    """One notebook to be made: both paths are from the root, with forward slashes."""

    source: str
    edition: str
    path: str

    @property
    def stem(self) -> str:
        """Name the notebook without folder and ending: 06_practicum."""
        return Path(self.path).stem

    @property
    def runs(self) -> bool:
        """Tell whether its outputs are stored."""
        return not self.path.startswith("exercises/")


def find_root(start: Path) -> Path:
    """Find the repository upward from a folder: the one with source/ and pyproject.toml."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "source").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise BuildError(
        f"no folder above {start} has source/ and pyproject.toml.\n"
        "  Mend: cd to your clone of the repository, then rfmkit build."
    )


def plan(root: Path) -> list[Target]:
    """List every notebook that the sources make, in the order of their names."""
    sources = [(folder, file) for folder in MADE for file in sorted((root / folder).glob("*.py"))]
    for folder, file in sources:
        if not re.fullmatch(r"\d\d_[a-z0-9_]+", file.stem):
            raise BuildError(
                f"{folder}/{file.name}: not a name such as 06_practicum.py.\n"
                "  Mend: rename it, chapter number first, in small ASCII letters."
            )
    return [
        Target(f"{folder}/{file.name}", edition, f"{made}/{edition}/{file.stem}.ipynb")
        for folder, file in sources
        for made in MADE[folder]
        for edition in EDITIONS
    ]


def write(nb: nbformat.NotebookNode, file: Path) -> None:
    """Write a notebook whole or not at all, the same bytes on every system."""
    part = file.with_name(f".{file.name}.part")
    part.write_text(_as_text(nb), encoding="utf-8", newline="\n")
    part.replace(file)


def without_outputs(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Copy a notebook as it was before it ran."""
    bare = copy.deepcopy(nb)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return bare


class Workshop:
    """The repository as the builder sees it at one moment; each file is read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.targets = plan(root)
        self.planned = {target.path for target in self.targets}
        self._cells: dict[str, list[SourceCell]] = {}
        self._hashed: dict[str, bytes] = {}

    def target(self, path: str) -> Target:
        """Find the target of a path."""
        return next(target for target in self.targets if target.path == path)

    def form(self, target: Target) -> nbformat.NotebookNode:
        """Make the notebook as its source says, not executed."""
        return make_edition(
            self._source(target),
            edition=target.edition,
            path=target.path,
            digest=self._digest(target),
        )

    def hidden(self, target: Target) -> list[str]:
        """List the lines of code that the target's blank must not show."""
        return hidden_lines(self._source(target))

    def stored(self, target: Target) -> nbformat.NotebookNode:
        """Read the notebook as it stands in the repository."""
        return nbformat.reads(self._text(target), as_version=4)

    def staleness(self, target: Target) -> str | None:
        """Say why a stored notebook must be built anew, or None if it is fresh."""
        form = self.form(target)
        if not (self.root / target.path).is_file():
            return "missing."
        try:
            stored = self.stored(target)
        except (ValueError, nbformat.ValidationError) as error:
            return f"not a notebook ({str(error).splitlines()[0][:80]})."
        pairs = zip_longest(without_outputs(stored).cells, form.cells)
        for number, (have, want) in enumerate(pairs, 1):
            if have != want:
                words = " ".join((have or want).source.split())[:40]
                return f'stale: cell {number} ("{words}") is not what {target.source} says.'
        if stored.metadata.get("rfmkit", {}).get("digest") != form.metadata.rfmkit.digest:
            return f"stale: {target.source}, rfmkit or data changed since it was built."
        if stored.metadata != form.metadata or _as_text(stored) != self._text(target):
            return "stale: something else than the builder saved it."
        counts = [
            cell.execution_count
            for cell in stored.cells
            if cell.cell_type == "code"
            and cell.source.strip()
            and "skip-execution" not in cell.metadata.get("tags", [])
        ]
        wanted = list(range(1, len(counts) + 1)) if target.runs else [None] * len(counts)
        if counts != wanted or (not target.runs and without_outputs(stored) != stored):
            fault = "not run from top to bottom" if target.runs else "it holds outputs"
            return f"stale: {fault}."
        return None

    def orphans(self) -> list[str]:
        """List the notebooks that no source makes."""
        built = (
            file
            for places in MADE.values()
            for made in places
            for file in sorted((self.root / made).rglob("*.ipynb"))
        )
        paths = (file.relative_to(self.root) for file in built)
        return [
            path.as_posix()
            for path in paths
            if path.as_posix() not in self.planned
            and not any(part.startswith(".") for part in path.parts)
        ]

    def _text(self, target: Target) -> str:
        return (self.root / target.path).read_text(encoding="utf-8")

    def _source(self, target: Target) -> list[SourceCell]:
        if target.source not in self._cells:
            text = (self.root / target.source).read_text(encoding="utf-8-sig")
            exercise = target.source.startswith("source/exercises/")
            self._cells[target.source] = read_source(text, file=target.source, exercise=exercise)
        return self._cells[target.source]

    def _inputs(self, chapter: str) -> bytes:
        if chapter not in self._hashed:
            self._hashed[chapter] = inputs_digest(self.root, chapter)
        return self._hashed[chapter]

    def _digest(self, target: Target) -> str:
        own = file_digest(Path(target.source), self.root)
        return sha256(own + self._inputs(target.stem[:2])).hexdigest()


def _as_text(nb: nbformat.NotebookNode) -> str:
    return nbformat.writes(nb, version=4).rstrip("\n") + "\n"
