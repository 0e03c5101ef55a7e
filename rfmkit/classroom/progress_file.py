"""Save what a student has solved and tried in a small file beside the notebook."""

import hashlib
import json
import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rfmkit.cases import LEDGER
from rfmkit.classroom.card import Card
from rfmkit.classroom.question import Question
from rfmkit.data_files import data_file
from rfmkit.labels import label

FILE = ".rfmkit_progress.json"
STATES = ("tried", "written", "solved")
_states = {"right": "solved", "open": "written", "known_mistake": "tried", "wrong": "tried"}
_notes_given: set[str] = set()

SavedProgress = dict[str, dict[str, dict]]  # case -> question -> state and number of tries


def record(question: Question, card: Card) -> Card:
    """Save a verdict; return the card, with a note the first time that saving fails."""
    state = _states.get(card.status)
    if state is None or not _is_enabled():
        return card
    try:
        note = _save(question, state)
    except Exception as error:  # saving progress must never stop a verdict
        note = _unwritable(error)
    if not note or note in _notes_given:
        return card
    _notes_given.add(note)
    return replace(card, note=note)


def read_progress(folder: Path | None = None) -> tuple[SavedProgress, bool]:
    """Read the file; return what it holds and whether it is damaged."""
    path = (folder or Path.cwd()) / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, False
    except (OSError, ValueError):
        return {}, True
    cases = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(cases, dict) or not all(map(_is_whole, cases.values())):
        return {}, True
    return cases, False


def write_progress(cases: SavedProgress, folder: Path | None = None) -> None:
    """Write the file completely or not at all."""
    path = (folder or Path.cwd()) / FILE
    text = json.dumps({"version": 1, "cases": cases}, ensure_ascii=False, indent=1, sort_keys=True)
    part = path.with_name(f"{FILE}.{os.getpid()}.part")
    try:
        part.write_text(text + "\n", encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


def why_not_saved(folder: Path | None = None) -> str:
    """Return why progress is not saved here; "" where it is, or is switched off."""
    if os.environ.get("RFMKIT_PROGRESS", "") == "off":
        return ""
    if not _is_enabled():
        return label("progress.no_notebook")
    try:
        with tempfile.TemporaryFile(dir=folder or Path.cwd()):
            return ""
    except OSError as error:
        return _unwritable(error)


def _unwritable(error: Exception) -> str:
    return label("progress.unwritable", file=FILE, error=type(error).__name__)


def case_name(books: str) -> str:
    """Return a short digest of the data files in use, so that a new case starts empty."""
    path = data_file(LEDGER, books=books)
    return _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _digest(path: Path, _changed: int) -> str:
    manifest = path.parent / "MANIFEST.json"
    if manifest.is_file():
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        content = json.dumps(files, sort_keys=True).encode()
    else:
        content = path.read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _save(question: Question, state: str) -> str:
    cases, broken = read_progress()
    if broken:
        _set_aside()
    questions = cases.setdefault(case_name(question.books), {})
    before = questions.get(question.number, {"state": "tried", "tries": 0})
    if before["state"] == "solved":
        return ""  # a solved question stays solved
    best = max(before["state"], state, key=STATES.index)
    questions[question.number] = {"state": best, "tries": before["tries"] + 1}
    write_progress(cases)
    return label("progress.broken", file=FILE) if broken else ""


def _set_aside() -> None:
    path = Path.cwd() / FILE
    path.replace(path.with_name(FILE.replace(".json", ".broken.json")))


def _is_whole(questions: object) -> bool:
    return isinstance(questions, dict) and all(
        isinstance(one, dict) and one.get("state") in STATES and isinstance(one.get("tries"), int)
        for one in questions.values()
    )


def _is_enabled() -> bool:
    # Only where somebody works in a notebook; the builder and the tests say off.
    setting = os.environ.get("RFMKIT_PROGRESS", "")
    return setting == "on" or (setting != "off" and "IPython" in sys.modules)
