"""Find the solution of a question among the notebooks beside the exercise."""

import json
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from rfmkit.classroom.question import Question
from rfmkit.labels import language


def solution_of(question: Question) -> str:
    """Return where a question's solution is, seen from the exercise's folder; "" if nowhere.

    Many copies have no solutions: the wheel lays none out, and a teacher may keep them back. A
    try-it of a lesson has none anywhere.
    """
    here = Path.cwd()
    if question.books != "practice" or here.parent.name != "exercises":
        return ""
    chapter = question.number.partition(".")[0].zfill(2)
    folder = here.parents[1] / "solutions" / language()
    with suppress(OSError):
        for file in sorted(folder.glob(f"{chapter}_*.ipynb")):
            cell = _headings(file, file.stat().st_mtime_ns).get(question.number, "")
            # JupyterLab scrolls to a cell by its id; others open the notebook at its top.
            place = f"#cell-id={cell}" if cell else ""
            return f"../../solutions/{language()}/{quote(file.name)}{place}"
    return ""


@lru_cache(maxsize=4)
def _headings(file: Path, _changed: int) -> dict[str, str]:
    """Return the id of the cell with each question's heading."""
    ids: dict[str, str] = {}
    with suppress(OSError, ValueError, LookupError, TypeError):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "markdown":
                continue
            for number in re.findall(r"^## (\d+\.\d+)\b", "".join(cell["source"]), re.MULTILINE):
                ids[number] = cell.get("id", "")
    return ids
