"""Keep account of the files that a class handed in: what may be read, what is left out."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_BYTES = 20_000_000  # a notebook with pictures in it takes a few
MOST_ZIP = 100_000_000  # a student's zip; the class's own may be larger
# Files of any kind that are looked at: of one student, and of whom nobody knows whose.
MOST_FILES, MOST_STRAYS = 2_000, 200_000
# Notebooks and their bytes: of one student, and of whom nobody knows whose.
MOST_OF_ONE = (100, 60_000_000)
MOST_OF_NOBODY = (3_000, 300_000_000)
DEEPEST = 12
_ours = {"readme.txt", "manifest.csv", "manifest.json"}
_junk = {".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Found:
    """A notebook: where it was, its bytes, and when it was written ("" if nobody can tell)."""

    parts: tuple[str, ...]
    content: bytes
    when: str


@dataclass(frozen=True)
class LeftOut:
    """A file that was not graded, and why: the end of a key `intake.left.…` of the texts."""

    file: str
    reason: str
    detail: str = ""
    student: str = ""


@dataclass
class Search:
    """What a search has found so far, and how much of its bounds is used up."""

    owner_of: Callable[[tuple[str, ...]], object] = tuple
    found: list[Found] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    files: Counter = field(default_factory=Counter)
    notebooks: Counter = field(default_factory=Counter)
    bytes: Counter = field(default_factory=Counter)

    def leave(self, parts: tuple[str, ...], reason: str, detail: str = "") -> None:
        """Note a file that is left out."""
        self.left_out.append(LeftOut("/".join(parts), reason, detail))

    def see(self, parts: tuple[str, ...]) -> bool:
        """Say whether a file may still be looked at; the first one too many is noted."""
        owner = self.owner_of(parts)
        most = MOST_STRAYS if owner is None else MOST_FILES
        self.files[owner] += 1
        if self.files[owner] == most + 1:
            self.leave(parts, "too_many", str(most))
        return self.files[owner] <= most

    def enter(self, parts: tuple[str, ...], size: int) -> bool:
        """Say whether a notebook of this size may still be read; note it if not."""
        owner = self.owner_of(parts)
        files, total = MOST_OF_NOBODY if owner is None else MOST_OF_ONE
        if size > MOST_BYTES:
            self.leave(parts, "large", f"{size // 1_000_000} MB")
        elif self.notebooks[owner] >= files or self.bytes[owner] + size > total:
            self.leave(parts, "many")
        else:
            self.notebooks[owner] += 1
            self.bytes[owner] += size
            return True
        return False


def shown(name: str) -> str:
    r"""Write a file's name so that it can be shown: composed, and without control characters.

    Examples
    --------
    >>> shown("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    name = unicodedata.normalize("NFC", name)
    odd = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    clean = "".join("�" if unicodedata.category(one) in odd else one for one in name)
    return clean if len(clean) <= 200 else f"{clean[:120]}…{clean[-79:]}"


def is_ours(parts: tuple[str, ...]) -> bool:
    """Tell what came with the hand-out or from a system, and nobody would miss."""
    low = [part.lower() for part in parts]
    return (
        low[-1] in _ours | _junk
        or low[-1].startswith((".rfmkit", "._"))
        or "__macosx" in low
        or (bool({"case", ".ipynb_checkpoints"} & set(low[1:-1])) and not low[-1].endswith("nb"))
    )
