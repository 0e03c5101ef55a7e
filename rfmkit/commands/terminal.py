"""Know where a command runs: the checkout it belongs to, the language its terminal can show."""

import os
import sys
import tomllib
from pathlib import Path

from rfmkit.labels import terminal_language

__all__ = ["checkout", "default_edition", "shown_language", "terminal_language"]


def checkout(start: Path | None = None) -> Path | None:
    """Find the kit's folder: upward from here, else the one this package stands in.

    Parameters
    ----------
    start
        Where to begin; None for the working folder.

    Returns
    -------
    pathlib.Path or None
        The folder that holds the kit's pyproject.toml; None where only the package is installed.

    Examples
    --------
    >>> checkout(Path("/no/such/folder")) == checkout(Path(__file__))
    True
    """
    begin = Path.cwd() if start is None else start.absolute()
    here = Path(__file__).resolve()
    folders = [begin, *begin.parents, *here.parents]
    return next((folder for folder in folders if _is_kit(folder)), None)


def default_edition() -> str:
    """Choose the edition where none was named: EDITION, else the locale's language, else zh-TW.

    Examples
    --------
    >>> default_edition() in ("zh-TW", "en")
    True
    """
    for name in ("EDITION", "LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(name, "").partition(".")[0].lower()
        if language:
            break
    return "zh-TW" if language in ("", "c", "posix") or language.startswith("zh") else "en"


def shown_language(edition: str) -> str:
    """Choose the language to speak beside an edition: English where Chinese cannot be shown.

    Parameters
    ----------
    edition
        "zh-TW" or "en".
    """
    try:
        "中文".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return "en"
    return edition


def _is_kit(folder: Path) -> bool:
    project = folder / "pyproject.toml"
    if not (folder / "rfmkit" / "cli.py").is_file() or not project.is_file():
        return False
    return tomllib.loads(project.read_text(encoding="utf-8"))["project"]["name"] == "rfmkit"
