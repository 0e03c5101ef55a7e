"""Configure a command: the course's secret, its chapters, the options."""

import hashlib
import hmac
import re
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rfmgrade.assign.roster import Student, folded_id
from rfmgrade.errors import InputError
from rfmkit.labels import label

MIN_BYTES = 16
MAX_BYTES = 65_536  # more is some other file, given by mistake
MIN_DIFFERENT_BYTES = 6
SECOND_CASES = 6  # tried, until one has other answers than the student's own


@dataclass(frozen=True)
class GradingConfig:
    """The settings of handing out and grading; they never change."""

    students: tuple[Student, ...]  # the class
    secret: bytes = field(repr=False)  # the course's secret, from which the cases are made
    # The chapters to hand out or to grade, such as "06"; () for every chapter handed in.
    chapters: tuple[str, ...] = ()
    due: str = ""  # when the assignment was due, such as "2021-04-08T23:59:00"; "" for no date
    # Files of the grading itself, which are no submissions wherever they are.
    own_files: tuple[Path, ...] = ()
    output: Path = Path()  # the gradebook, or the folder of hand-outs
    results: Path = Path()  # the folder in which each result is kept
    marks: Path | None = None  # a gradebook with marks by hand; None for none
    force: bool = False  # whether to write over what is there
    jobs: int = 1  # how many processes work at a time
    mode: str = "bubblewrap"  # the sandbox's mode
    lang: str = "zh-TW"  # the instructor's language

    def seed_of(self, student_id: str) -> int:
        """Return the seed of one student's case."""
        return personal_seed(self.secret, student_id)

    @cached_property
    def second_seeds(self) -> tuple[int, ...]:
        """Seeds of the cases on which every notebook is run again."""
        return tuple(second_seed(self.secret, attempt) for attempt in range(SECOND_CASES))


class SecretError(InputError):
    """A secret that cannot be used; the message says how to make one."""

    def __str__(self) -> str:
        return f"{super().__str__()}\n{label('grading.secret.make')}"


def read_secret(path: str | Path) -> bytes:
    """Read the course's secret from its file.

    Parameters
    ----------
    path
        A file of at least 16 bytes that nobody can guess. White space at its ends does not count,
        since editors add some.

    Returns
    -------
    bytes
        The secret. It is never printed.

    Raises
    ------
    SecretError
        If there is no such file, or it is too short, too long or too plain; the message says how
        to make one.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SecretError("grading.secret.missing", path=path) from None
    except OSError as error:
        raise InputError(
            "grading.secret.unreadable", path=path, error=error.strerror or error
        ) from None
    if len(data) > MAX_BYTES:
        raise SecretError("grading.secret.long", path=path)
    secret = data.removeprefix(b"\xef\xbb\xbf").strip()
    if len(secret) < MIN_BYTES:
        raise SecretError("grading.secret.short", path=path, least=MIN_BYTES, bytes=len(secret))
    if len(set(secret)) < MIN_DIFFERENT_BYTES:
        raise SecretError("grading.secret.plain", path=path)
    return secret


def personal_seed(secret: bytes, student_id: str) -> int:
    """Compute the seed of one student's case.

    Case, full width and stray spaces of the id make no difference, so that a roster exported anew
    finds the same case.

    Examples
    --------
    >>> secret = b"not a secret, for it stands here"
    >>> personal_seed(secret, "B1090001") == personal_seed(secret, " b109０001")
    True
    >>> personal_seed(secret, "B1090001") == personal_seed(secret, "B1090002")
    False
    """
    return _seed(secret, f"rfmkit case\n{folded_id(student_id)}")


def second_seed(secret: bytes, attempt: int = 0) -> int:
    """Compute the seed of a second case; another attempt gives another case.

    Examples
    --------
    >>> second_seed(b"not a secret, for it stands here") != second_seed(b"another one of the kind")
    True
    """
    return _seed(secret, f"rfmkit second case\n{attempt}")


def _seed(secret: bytes, message: str) -> int:
    made = hmac.new(secret, message.encode("utf-8"), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big")


def parse_chapters(typed: Sequence[str], there: Sequence[str]) -> list[str]:
    """Choose chapters, in order and each once; none typed means all. Raise InputError for others.

    Examples
    --------
    >>> parse_chapters(["6", "05,06"], ["04", "05", "06"]), parse_chapters([], ["04"])
    (['05', '06'], ['04'])
    """
    words = [word for text in typed for word in re.split(r"[,，、\s]+", text) if word]
    numbers = [word.zfill(2) for word in words]
    for number in numbers:
        if number not in there:
            raise InputError("assign.no_chapter", chapter=number, there=" ".join(there))
    return [number for number in there if number in numbers] or list(there)


def ignore_interrupts() -> None:
    """Ignore Ctrl+C in a worker: it finishes what it is doing, and the parent stops."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
