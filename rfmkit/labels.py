"""Look up the kit's texts in zh-TW and English, and choose the reader's language."""

import csv
import errno
import io
import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TextIO

LANGUAGES = ("zh-TW", "en")
_current = "zh-TW"
# Errors with the same cause, and so the same remedy, as another.
_SAME = {"EPERM": "EACCES", "ETXTBSY": "EBUSY", "EDQUOT": "ENOSPC", "EFBIG": "ENOSPC"}
_packages = ["rfmkit"]  # whose folder `texts` is read


def use_language(lang: str) -> None:
    """Choose the language of tables, figures and feedback from here on.

    Parameters
    ----------
    lang
        "zh-TW" or "en".

    Raises
    ------
    ValueError
        For any other language.

    Examples
    --------
    >>> use_language("en")
    >>> language()
    'en'
    >>> use_language("zh-TW")
    """
    global _current
    _current = _known(lang)


def language(lang: str | None = None) -> str:
    """Return the language in use, or the one given if it is known.

    Parameters
    ----------
    lang
        "zh-TW", "en", or None for the language chosen with `use_language`.

    Examples
    --------
    >>> language("en")
    'en'
    """
    return _current if lang is None else _known(lang)


def label(key: str, lang: str | None = None, **values: object) -> str:
    """Return the text of a key, with the values filled in.

    Parameters
    ----------
    key
        A key of the tables in `rfmkit/texts`, or of a package named by `add_texts`.
    lang
        "zh-TW", "en", or None for the language in use.
    **values
        What stands in the text's braces.

    Raises
    ------
    KeyError
        If no table has the key.

    Examples
    --------
    >>> label("column.recency_days", "en")
    'Recency (days)'
    """
    text = texts()[key][language(lang)]
    return text.format(**values) if values else text


def join_names(names: Iterable[str], lang: str | None = None) -> str:
    """Join names with the language's comma."""
    return label("list.comma", lang).join(names)


def reader_language(chosen: str | None = None, *, environ: Mapping[str, str] | None = None) -> str:
    """Choose the language of a reader who uses the command line.

    An option comes first, then the environment variable EDITION, then the locale
    (LC_ALL, LC_MESSAGES, LANG; without them the language of Windows or macOS). Any Chinese is
    zh-TW and any other language en; where no language is named it is zh-TW.

    Parameters
    ----------
    chosen
        The value of an option such as --lang or --edition; None if it was not given.
    environ
        The environment variables; None for those of this process.

    Examples
    --------
    >>> reader_language(environ={"EDITION": "en", "LANG": "zh_TW.UTF-8"})
    'en'
    >>> reader_language(environ={"LANG": "de_DE.UTF-8"})
    'en'
    >>> reader_language(environ={"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"})
    'zh-TW'
    """
    environ = os.environ if environ is None else environ
    edition = _language_of(environ.get("EDITION", ""))
    if found := chosen or edition:
        return found
    locale = next(
        (environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), ""
    )
    return _language_of(locale) or _language_of(_system_locale()) or LANGUAGES[0]


def terminal_language(
    lang: str | None = None, stream: TextIO | None = None, *, edition: str | None = None
) -> str:
    """Choose the terminal's language: the reader's, or English if it lacks Chinese.

    Parameters
    ----------
    lang
        "zh-TW" or "en" if the option --lang asked for it, whatever the terminal can show; None
        for the reader's language, see `reader_language`.
    stream
        Where the words go; None for standard output.
    edition
        The edition of the lessons that was asked for, or None.

    Examples
    --------
    >>> import io
    >>> terminal_language(None, io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    'en'
    >>> terminal_language("zh-TW", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    'zh-TW'
    """
    if lang is not None:
        return lang
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    try:
        "中文".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "en"
    return reader_language(edition)


def language_option(text: str) -> str:
    """Normalise the language of an option: zh, zh_TW or en-GB; others stay as typed.

    Examples
    --------
    >>> language_option("zh"), language_option("en-GB"), language_option("fr")
    ('zh-TW', 'en', 'fr')
    """
    known = {"zh": "zh-TW", "en": "en"}
    return known.get(re.split(r"[^a-z]", text.strip().lower())[0], text)


def install_command(*libraries: str) -> str:
    """Return the command that installs libraries into the Python that runs.

    Parameters
    ----------
    *libraries
        What pip calls them.

    Examples
    --------
    >>> install_command("scikit-learn").endswith(" -m pip install scikit-learn")
    True
    """
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {' '.join(libraries)}"


def explain_os_error(error: OSError, lang: str | None = None) -> str:
    """Explain what the operating system refused, and how to fix it.

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


def _language_of(name: str) -> str | None:
    """Parse a locale's name, such as zh_Hant_TW.UTF-8, en-GB or C; None if it is no language."""
    language = re.split(r"[^a-z]", name.strip().lower())[0]
    if language in ("", "c", "posix"):
        return None
    return "zh-TW" if language in ("zh", "chinese") else "en"


def _system_locale() -> str:
    """Return the language of the menus of Windows or macOS; "" on other systems."""
    if sys.platform == "win32":
        import ctypes
        import locale

        code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(code, "")
    if sys.platform == "darwin":
        import subprocess

        try:
            chosen = subprocess.run(
                ["/usr/bin/defaults", "read", "-g", "AppleLanguages"],
                capture_output=True,
                encoding="utf-8",
                timeout=5,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        # A list such as ("zh-Hant-TW", "en-TW"), the preferred language first.
        first = re.search(r"[A-Za-z]{2}[\w-]*", chosen.stdout)
        return first[0] if first else ""
    return ""


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r} is not one the kit speaks; it speaks {LANGUAGES}.")
    return lang


def add_texts(package: str) -> None:
    """Read the tables in another package's folder `texts` too.

    Parameters
    ----------
    package
        Its name, such as "rfmgrade".
    """
    if package not in _packages:
        _packages.append(package)
        texts.cache_clear()


@cache
def texts() -> dict[str, dict[str, str]]:
    """Read every text of the kit: the text in each language, by its key."""
    known: dict[str, dict[str, str]] = {}
    folders = [resources.files(package).joinpath("texts") for package in _packages]
    files = [file for folder in folders for file in folder.iterdir()]
    for file in sorted(files, key=lambda f: f.name):
        if not file.name.endswith(".csv"):
            continue
        for row in csv_rows(file):
            if row["key"] in known:
                raise ValueError(f"{file.name} repeats the key {row['key']!r}.")
            known[row["key"]] = {lang: row[lang] for lang in LANGUAGES}
    # Names of tiers stand beside their strategies, in one table.
    for row in csv_rows(resources.files("rfmkit").joinpath("strategies.csv")):
        known[f"class.{row['code']}"] = {lang: row[f"name_{lang}"] for lang in LANGUAGES}
    return known


def csv_rows(file: Traversable) -> list[dict[str, str]]:
    """Read the rows of a CSV of the package."""
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
