"""Each question serves an objective of its lesson's box, and each objective has a question."""

import re
from pathlib import Path

import pytest

from rfmkit.classroom.question import all_questions
from rfmkit.labels import LANGUAGES

pytest.importorskip("jupytext")
from authoring.source import read_source

LESSONS = sorted(
    path
    for path in (Path(__file__).resolve().parent.parent / "source/lessons").glob("*.py")
    if not path.name.startswith("00") and not path.stem.endswith(("_quiz", "_capstone"))
)


def objectives(path: Path, lang: str) -> list[str]:
    """Read the numbered objectives of the box at the top."""
    cells = read_source(path.read_text(encoding="utf-8"), file=path.name, exercise=False)
    box = next(cell.text for cell in cells if cell.meta.get("lang") == lang)
    lines = [line.removeprefix(">").strip() for line in box.splitlines() if line.startswith(">")]
    found: list[str] = []
    for line in lines:
        if start := re.match(r"\d\.\s*(.+)", line):
            found.append(start[1])
        elif found and line and not line.startswith("**") and not _ends(found, lines, line):
            found[-1] += line if lang == "zh-TW" else f" {line}"
    return found


def _ends(found: list[str], lines: list[str], line: str) -> bool:
    """Say whether a blank line stands between the objectives and this line."""
    blank = [place for place, text in enumerate(lines) if not text]
    return any(place < lines.index(line) for place in blank)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_questions_and_objectives_fit(path, lang):
    stated = objectives(path, lang)
    assert 2 <= len(stated) <= 6
    chapter = str(int(path.stem[:2]))
    served = {
        one.texts["objective"][lang]
        for number, one in all_questions().items()
        if number.split(".")[0] == chapter and not re.search(r"\.[qrs]$", number)  # the quizzes
    }
    lower = {text[0].lower() + text[1:] for text in stated}
    assert {text[0].lower() + text[1:] for text in served} <= lower, "not in the lesson's box"
    assert lower <= {text[0].lower() + text[1:] for text in served}, "no question serves it"
