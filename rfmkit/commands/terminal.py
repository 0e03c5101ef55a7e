"""Find the checkout that a command runs in."""

import tomllib
from pathlib import Path

from rfmkit.labels import terminal_language

__all__ = ["checkout", "terminal_language"]


def checkout(start: Path | None = None) -> Path | None:
    """Find the kit's folder: above the working folder, else the one this package is in.

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
