"""Know where a command runs: the checkout it belongs to, the language its terminal can show."""

import sys
import tomllib
from pathlib import Path
from typing import TextIO


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


def _is_kit(folder: Path) -> bool:
    project = folder / "pyproject.toml"
    if not (folder / "rfmkit" / "cli.py").is_file() or not project.is_file():
        return False
    return tomllib.loads(project.read_text(encoding="utf-8"))["project"]["name"] == "rfmkit"


def terminal_language(lang: str | None, stream: TextIO | None = None) -> str:
    """Choose the language to speak: the one asked for, else Chinese if the terminal can show it.

    Parameters
    ----------
    lang
        "zh-TW", "en", or None for the best this terminal can do.
    stream
        Where the words go; None for standard output.

    Examples
    --------
    >>> import io
    >>> terminal_language(None, io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    'en'
    >>> terminal_language(None, io.TextIOWrapper(io.BytesIO(), encoding="cp950"))
    'zh-TW'
    """
    if lang is not None:
        return lang
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    try:
        "中文".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "en"
    return "zh-TW"
