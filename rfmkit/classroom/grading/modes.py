"""Tell which ways of grading hold on this machine, and choose the safest."""

import importlib.util
import shutil
import sys
from typing import NamedTuple

from rfmkit.labels import label
from rfmkit.schema import DataError

LOCKED = ("room", "locks")  # the safer first
_NEEDED = {"room": ("IPython", "pyseccomp"), "locks": ("IPython", "pyseccomp", "landlock")}


class Proof(NamedTuple):
    """Whether a mode holds.

    Parameters
    ----------
    mode
        "room" or "locks".
    holds
        Whether a hostile probe was refused everything.
    why
        If not: what it got, or why the mode does not work here. Technical, in English.
    """

    mode: str
    holds: bool
    why: str = ""


def prove(mode: str) -> Proof:
    """Try a mode with a hostile probe; takes a second or two.

    Parameters
    ----------
    mode
        "room" or "locks".

    Examples
    --------
    >>> prove("locks").mode
    'locks'
    """
    why = _lacks(mode)
    if not why:
        from rfmkit.classroom.grading.probe import leaks

        why = leaks(mode)
    return Proof(mode, not why, why)


def _lacks(mode: str) -> str:
    if sys.platform != "linux":
        return f"not on {sys.platform}"
    if mode == "room" and shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    absent = [name for name in _NEEDED[mode] if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def holding() -> tuple[Proof, ...]:
    """Prove every locked mode, the safer first."""
    return tuple(map(prove, LOCKED))


def choose(*, trust: bool = False, lang: str | None = None) -> str:
    """Choose the safest mode that holds here.

    Parameters
    ----------
    trust
        Whether submissions may be run without any lock where no mode holds.
    lang
        The language of the error; None for the one in use.

    Returns
    -------
    str
        "room", "locks", or, only if `trust`, "trusted".

    Raises
    ------
    DataError
        If no mode holds and `trust` is false; it says why, and what to do.
    """
    failed = []
    for mode in LOCKED:
        proof = prove(mode)
        if proof.holds:
            return mode
        failed.append(f"{mode}: {proof.why}")
    if trust:
        return "trusted"
    raise DataError(label("grading.no_mode", lang, why="; ".join(failed)))


def unprotected(lang: str | None = None) -> str:
    """Say what "trusted" does not protect.

    Parameters
    ----------
    lang
        "zh-TW", "en", or None for the language in use.

    Examples
    --------
    >>> unprotected("en")[:18]
    'NOT PROTECTED: sub'
    """
    return label("grading.trusted", lang)
