"""How much a session may use, how a cell went, and which files it may be given."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from rfmkit.schema import DataError

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How much a session may use.

    Parameters
    ----------
    seconds
        For one cell or one answer.
    total
        Seconds for the whole session.
    grace
        Seconds after which a cell that ignored the end of its time is killed.
    memory
        Bytes beyond what the libraries use.
    file, disk, files
        Bytes of one file, bytes of all, number of files.
    answer
        Bytes of one answer.
    """

    seconds: float = 10
    total: float = 90
    grace: float = 1
    memory: int = 2048 * MEGABYTE
    file: int = 64 * MEGABYTE
    disk: int = 128 * MEGABYTE
    files: int = 2000
    answer: int = 4 * MEGABYTE


@dataclass(frozen=True)
class Outcome:
    """How a cell went.

    Parameters
    ----------
    status
        "ok", "error" or "timeout".
    error
        What was raised, in one plain line of at most 300 characters.
    """

    status: str
    error: str = ""


def hold_inside(path: str) -> None:
    """Refuse a path that leads out of a session's folder.

    Parameters
    ----------
    path
        With slashes, relative.

    Raises
    ------
    DataError
        If it is absolute, has `..` or an empty part, a backslash, a colon or a control character.

    Examples
    --------
    >>> hold_inside("case/交易記錄.xlsx")
    >>> hold_inside("case/../../x")
    Traceback (most recent call last):
        ...
    rfmkit.schema.DataError: 'case/../../x' is no path inside a session's folder.
    Give it relative, with slashes and without `..`.
    """
    sound = path and path.isprintable() and not set("\\:") & set(path)
    if not sound or path != PurePosixPath(path).as_posix() or path.startswith("/") or (
        {"..", "."} & set(path.split("/"))):  # fmt: skip
        raise DataError(
            f"{path!r} is no path inside a session's folder.\n"
            "Give it relative, with slashes and without `..`."
        )
