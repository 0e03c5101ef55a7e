"""Know where a command runs: the checkout it belongs to, the language its terminal can show."""

import errno
import tomllib
from pathlib import Path

from rfmkit.labels import label, terminal_language, texts

__all__ = ["checkout", "explain_os_error", "terminal_language"]
# Errors with the same cause, and so the same mend, as another.
_SAME = {"EPERM": "EACCES", "ETXTBSY": "EBUSY", "EDQUOT": "ENOSPC", "EFBIG": "ENOSPC"}


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


def explain_os_error(error: OSError, lang: str | None = None) -> str:
    """Say what the operating system refused, and how to mend it.

    Parameters
    ----------
    error
        The error.
    lang
        "zh-TW", "en", or None for the language in use.

    Examples
    --------
    >>> explain_os_error(FileNotFoundError(2, "No such file or directory", "a.xlsx"), "en")
    'cannot find a.xlsx. Check the name and the folder.'
    """
    if error.errno is None:
        return str(error)
    code = errno.errorcode.get(error.errno, str(error.errno))
    key = f"os.{_SAME.get(code, code)}"
    path = label("os.unnamed", lang) if error.filename is None else error.filename
    if key in texts():
        return label(key, lang, path=path)
    return label("os.other", lang, path=path, code=code)


def _is_kit(folder: Path) -> bool:
    project = folder / "pyproject.toml"
    if not (folder / "rfmkit" / "cli.py").is_file() or not project.is_file():
        return False
    return tomllib.loads(project.read_text(encoding="utf-8"))["project"]["name"] == "rfmkit"
