"""Read the answers that new students wrote, and run each in its exercise's or lesson's own names.

`strangers/chNN.py` holds them as cells: `# %% 5.2 wrong`, then what was done in both languages,
then the code. They were written from the exercises and lessons alone, before the slips were.
"""

import contextlib
import csv
import io
import re
import sys
import warnings
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import find_question
from rfmkit.classroom.verdicts import verdict

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "source"
VERDICTS = HERE / "strangers/verdicts.csv"
CHAPTERS = tuple(sorted(file.stem for file in (HERE / "strangers").glob("ch*.py")))
_cell = re.compile(r"^# %% ?(.*)$", re.MULTILINE)
_call = re.compile(r"^\s*(check|ask|hint|progress)\(.*\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Stranger:
    """One answer: its place in the list, what was done, and the code."""

    name: str  # such as "5.2 wrong 3": the third wrong one of that question
    number: str
    wrong: bool
    did: dict[str, str]
    code: str
    same_on_the_books: bool = False


@cache
def strangers_of(chapter: str) -> tuple[Stranger, ...]:
    """Read the answers to a chapter, such as "ch05"."""
    found, counts = [], {}
    text = (HERE / f"strangers/{chapter}.py").read_text(encoding="utf-8")
    for head, body in _cells(text):
        number, verdict = head.split()
        counts[head] = counts.get(head, 0) + 1
        did = {
            lang: re.search(rf"^# did-{short}: (.*)$", body, re.MULTILINE)[1]
            for lang, short in (("zh-TW", "zh"), ("en", "en"))
        }
        same = "# same-on-the-books: yes" in body
        name = f"{head} {counts[head]}"
        found.append(Stranger(name, number, verdict == "wrong", did, body, same))
    return tuple(found)


@cache
def answers_of(chapter: str) -> dict[str, object]:
    """Run every answer of a chapter; return what each leaves in its question's variable."""
    spaces = _namespaces(chapter)
    answers = {}
    for one in strangers_of(chapter):
        space = {name: _own(value) for name, value in spaces[one.number].items()}
        plt.close("all")
        _run(one.code, space, one.name)
        answers[one.name] = space[find_question(one.number).variable]
    return answers


@cache  # and so kept: a lesson's open files and folders are its own to close
def _namespaces(chapter: str) -> dict[str, dict]:
    """Return the names that there are when each question of a chapter is asked."""
    spaces: dict[str, dict] = {}
    for kind in ("exercises", "lessons"):
        files = (SOURCE / kind).glob(f"{chapter.removeprefix('ch')}_*.py")
        (file,) = (file for file in files if not file.stem.endswith("_quiz"))
        asked = {one.number for one in strangers_of(chapter)}
        space: dict = {"__name__": "__main__"}
        for head, body in _cells(file.read_text(encoding="utf-8")):
            if "[markdown]" in head:
                continue
            tried = re.search(r'check\("([\d.a-z]+)"', body) if kind == "lessons" else None
            question = re.search(r'question="([\d.a-z]+)"', head)
            number = tried[1] if tried else question[1] if question else None
            if number and number not in spaces:
                spaces[number] = dict(space)
            if tried:
                asked -= {number}
                if not any(re.fullmatch(r"\d\.[a-z]", one) for one in asked):
                    break
                continue
            _run(_call.sub("", body), space, f"{file.name}, {head}")
            plt.close("all")
    return spaces


def _run(code: str, space: dict, name: str) -> None:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        exec(compile(code, name, "exec"), space)  # the lists are the kit's own


def _own(value: object) -> object:
    """Copy what a student's code might change for the next one."""
    return copy(value) if isinstance(value, pd.DataFrame | pd.Series | dict | list | set) else value


def _cells(text: str) -> list[tuple[str, str]]:
    heads = list(_cell.finditer(text))
    ends = [one.start() for one in heads[1:]] + [len(text)]
    return [(one[1].strip(), text[one.end() : end]) for one, end in zip(heads, ends, strict=True)]


def changed_verdicts() -> list[dict[str, str]]:
    """Return every wrong answer with its name; `read` is empty where the name is another now."""
    known = {}
    if VERDICTS.exists():
        with VERDICTS.open(encoding="utf-8", newline="") as file:
            known = {row["answer"]: row for row in csv.DictReader(file)}
    rows = []
    for chapter in CHAPTERS:
        answers = answers_of(chapter)
        for one in strangers_of(chapter):
            if not one.wrong:
                continue
            question = find_question(one.number)
            card = verdict(question, answers[one.name], open_case(question.books), "en")
            mistake = "right" if card.status == "right" else card.mistake or ""
            former = known.get(one.name, {})
            read = former.get("read", "") if former.get("mistake") == mistake else ""
            rows.append({"answer": one.name, "mistake": mistake, "read": read})
            if not read:
                print(f"{one.name} [{mistake}]\n  {one.did['en']}\n  {card.text}\n")
    return rows


if __name__ == "__main__":
    # Print each answer whose name is new, to be read; `--write` puts the names into the file.
    found = changed_verdicts()
    if "--write" in sys.argv:
        with VERDICTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ("answer", "mistake", "read"), lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
