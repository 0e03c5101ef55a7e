"""Map sources to notebooks, and tell fresh notebooks from stale ones."""

import copy
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from authoring.lessons import (
    SECTIONS_FILE,
    fill_references,
    minutes_of,
    number_sections,
    sections_table,
)
from authoring.source import (
    EDITIONS,
    BuildError,
    SourceCell,
    hidden_lines,
    make_edition,
    read_source,
)

# Folder of sources -> folders of what is made from them.
MADE = {"source/lessons": ("notebooks",), "source/exercises": ("exercises", "solutions")}
# What outputs depend on besides the source: folder, and the endings of the names that count. A
# notebook's cells are compared with what the builder makes; only running them can go unnoticed.
INPUTS = (
    ("rfmkit", (".py", ".csv", ".toml")),
    ("data", ("",)),
    ("authoring", ("execute.py",)),
)
# No notebook imports the command line or the grading of a class; a test holds this list to what
# the sources import.
NOT_IMPORTED = (
    *("rfmkit/commands/", "rfmkit/cli.py", "rfmkit/__main__.py", "rfmkit/texts/lay_out"),
)
# No notebook asks another chapter's questions; a quiz asks those of `recall`.
QUESTIONS = "rfmkit/classroom/questions/ch"


@dataclass(frozen=True)
class Target:
    """One notebook to be made; both paths are from the root, with forward slashes."""

    source: str
    edition: str
    path: str

    @property
    def stem(self) -> str:
        """The notebook's name without folder and ending: 06_practicum."""
        return Path(self.path).stem

    @property
    def runs(self) -> bool:
        """Whether its outputs are stored."""
        return not self.path.startswith("exercises/")


def find_root(start: Path) -> Path:
    """Return the repository that holds `start`: the folder with source/ and pyproject.toml."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "source").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise BuildError(
        f"no folder above {start} has source/ and pyproject.toml.\n"
        "  Mend: cd to your clone of the repository, then rfmkit build."
    )


def list_targets(root: Path) -> list[Target]:
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


def write_notebook(nb: NotebookNode, file: Path) -> None:
    """Write a notebook whole or not at all, the same bytes on every system."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_text(_as_text(nb), encoding="utf-8", newline="\n")
    part.replace(file)


class BuildContext:
    """The repository at one moment; each source is read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.targets = list_targets(root)
        self.planned = {target.path for target in self.targets}
        self.cells = cache(self._read_cells)
        self.inputs_digest = cache(lambda chapter: inputs_digest(root, chapter))

    def target(self, path: str) -> Target:
        """Return the target of a path."""
        return next(target for target in self.targets if target.path == path)

    def unexecuted(self, target: Target, *, claims: bool = False) -> NotebookNode:
        """Return the notebook as its source makes it, not executed, with its claims on request."""
        own = file_digest(Path(target.source), self.root)
        cells, chapter = self.cells(target.source), target.stem[:2]
        minutes = minutes_of(cells, target.edition)
        return make_edition(
            cells,
            edition=target.edition,
            path=target.path,
            digest=sha256(own + self.inputs_digest(chapter)).hexdigest(),
            claims=claims,
            fill=lambda cell, text: fill_references(
                cell, text, chapter=chapter, numbers=self.section_numbers, minutes=minutes
            ),
        )

    @cached_property
    def section_numbers(self) -> dict[str, dict[str, str]]:
        """The numbers of every lesson's sections, by chapter and name."""
        sources = sorted({target.source for target in self.targets})
        lessons = [source for source in sources if source.startswith("source/lessons/")]
        return number_sections({Path(source).stem: self.cells(source) for source in lessons})

    def stale_sections(self) -> bytes | None:
        """Return what the file of section numbers should hold, if it holds something else."""
        if not any(self.section_numbers.values()):
            return None
        made = sections_table(self.section_numbers).encode()
        stored = self.root / SECTIONS_FILE
        there = stored.read_bytes().replace(b"\r\n", b"\n") if stored.is_file() else b""
        return None if there == made else made

    def hidden_lines(self, target: Target) -> list[str]:
        """Return the lines of code that the target's blank must not show."""
        return hidden_lines(self.cells(target.source))

    def stored(self, target: Target) -> NotebookNode:
        """Read the notebook that is in the repository."""
        return nbformat.reads(self._text(target), as_version=4)

    def stale_reason(self, target: Target) -> str | None:
        """Return why a stored notebook must be built anew, or None if it is fresh."""
        made = self.unexecuted(target)
        if not (self.root / target.path).is_file():
            return "missing."
        try:
            stored = self.stored(target)
        except (ValueError, nbformat.ValidationError) as error:
            return f"not a notebook ({str(error).splitlines()[0][:80]})."
        pairs = zip_longest(_without_outputs(stored).cells, made.cells)
        for number, (have, want) in enumerate(pairs, 1):
            if have != want:
                words = " ".join((have or want).source.split())[:40]
                return f'stale: cell {number} ("{words}") is not what {target.source} says.'
        if stored.metadata.get("rfmkit", {}).get("digest") != made.metadata.rfmkit.digest:
            return f"stale: {target.source}, rfmkit or data changed since it was built."
        if stored.metadata != made.metadata or _as_text(stored) != self._text(target):
            return "stale: something else than the builder saved it."
        counts = [
            cell.execution_count
            for cell in stored.cells
            if cell.cell_type == "code"
            and cell.source.strip()
            and "skip-execution" not in cell.metadata.get("tags", [])
        ]
        wanted = list(range(1, len(counts) + 1)) if target.runs else [None] * len(counts)
        if counts != wanted or (not target.runs and _without_outputs(stored) != stored):
            fault = "not run from top to bottom" if target.runs else "it holds outputs"
            return f"stale: {fault}."
        return None

    def orphans(self) -> list[str]:
        """List the notebooks that no source makes."""
        folders = [self.root / made for several in MADE.values() for made in several]
        files = [file for folder in folders for file in sorted(folder.rglob("*.ipynb"))]
        paths = [file.relative_to(self.root) for file in files]
        return [
            path.as_posix()
            for path in paths
            if path.as_posix() not in self.planned
            and not any(part.startswith(".") for part in path.parts)
        ]

    def _text(self, target: Target) -> str:
        return (self.root / target.path).read_text(encoding="utf-8")

    def _read_cells(self, source: str) -> list[SourceCell]:
        text = (self.root / source).read_text(encoding="utf-8-sig")
        return read_source(text, file=source, exercise=source.startswith("source/exercises/"))


def inputs_digest(root: Path, chapter: str) -> bytes:
    """Hash the kit's code and texts, and the books, as far as a chapter depends on them.

    `chapter` is the two digits that begin the notebook's name.
    """
    files = [
        file.relative_to(root)
        for folder, endings in INPUTS
        for file in (root / folder).rglob("*")
        if file.is_file() and file.name.endswith(endings)
    ]
    counted = [file for file in files if is_input(file, chapter)]
    return sha256(b"".join(file_digest(file, root) for file in sorted(counted, key=_name))).digest()


def is_input(file: Path, chapter: str) -> bool:
    """Return whether a chapter's outputs may depend on a file of the folders in INPUTS."""
    # Neither hidden files nor the lock files that Excel leaves while a workbook is open count.
    if any(part.startswith((".", "~$")) for part in file.parts):
        return False
    name = file.as_posix()
    if name.startswith(QUESTIONS):
        return name.startswith(QUESTIONS + chapter)
    return not name.startswith(NOT_IMPORTED)


def file_digest(file: Path, root: Path) -> bytes:
    """Hash one file: its name from the root and its content, whatever its line ends."""
    content = (root / file).read_bytes()
    if b"\0" not in content:  # a text, whose line ends are git's to choose
        content = content.replace(b"\r\n", b"\n")
    return sha256(_name(file) + b"\0" + content).digest()


def _name(file: Path) -> bytes:
    # A Chinese name is the same bytes on every system: macOS may give it decomposed, and a Linux
    # that is set to Big5 gives the bytes of UTF-8 undecoded.
    text = os.fsencode(file.as_posix()).decode("utf-8", "surrogateescape")
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogateescape")


def _without_outputs(nb: NotebookNode) -> NotebookNode:
    plain = copy.deepcopy(nb)
    for cell in plain.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return plain


def _as_text(nb: NotebookNode) -> str:
    return nbformat.writes(nb, version=4).rstrip("\n") + "\n"
