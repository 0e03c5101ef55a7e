"""Keep each result in a file of its own, so that a stopped run goes on where it stopped."""

import hashlib
import json
import os
from functools import cache
from importlib import resources
from pathlib import Path

import rfmkit
from rfmkit.classroom.grading.results import Result

FORM = 1  # of the files


class Store:
    """A folder of results, one file a submission.

    Parameters
    ----------
    folder
        Where they are; it is made when the first is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> tuple[Result, dict[str, str]] | None:
        """Read a result and the hashes of its keys; None if it is not there, or damaged.

        Parameters
        ----------
        key
            What `key_of` gave.
        """
        try:
            told = json.loads(self._file(key).read_text(encoding="utf-8"))
            body = told["body"]
            if told["form"] != FORM or told["sum"] != _sum(body) or body["key"] != key:
                return None
            return Result.from_json(body["result"]), dict(body["keys"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, key: str, result: Result, keys: dict[str, str]) -> None:
        """Write a result whole or not at all.

        Parameters
        ----------
        key
            What `key_of` gave.
        result
            The result, with the flags that the notebook shows by itself.
        keys
            For each question the hash of the right answer.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        body = {"key": key, "result": result.to_json(), "keys": keys}
        file = self._file(key)
        part = file.with_suffix(f".{os.getpid()}.part")
        text = json.dumps({"form": FORM, "sum": _sum(body), "body": body})
        part.write_text(text + "\n", encoding="utf-8", newline="\n")
        part.replace(file)

    def log(self, name: str, text: str) -> None:
        """Add to the log of our own faults, which is the instructor's.

        Parameters
        ----------
        name
            Which notebook.
        text
            What happened.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "faults.log").open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{name}\n{text}\n\n")

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def key_of(content: bytes, *about: object) -> str:
    """Hash all that decides a result.

    Parameters
    ----------
    content
        The notebook.
    *about
        Whose it is, the chapter, the seeds, the language, when it was handed in.

    Examples
    --------
    >>> key_of(b"{}", "S1", 3) == key_of(b"{}", "S1", 3) != key_of(b"{}", "S1", 4)
    True
    """
    told = json.dumps([FORM, *map(str, about), rfmkit.__version__, sources_digest()])
    return hashlib.sha256(hashlib.sha256(content).digest() + told.encode()).hexdigest()[:40]


@cache
def sources_digest() -> str:
    """Hash the sources that judge: when one changes, all is graded anew."""
    found = hashlib.sha256()
    todo = [resources.files("rfmkit")]
    while todo:
        for one in sorted(todo.pop().iterdir(), key=lambda one: one.name):
            if one.is_dir():
                todo += [] if one.name in ("__pycache__", "_data", "fonts") else [one]
            elif one.name.endswith((".py", ".toml", ".csv")):
                found.update(one.name.encode() + b"\0" + one.read_bytes() + b"\0")
    return found.hexdigest()


def _sum(body: dict) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
