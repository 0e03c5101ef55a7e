"""Make notebooks as students hand them in: from the exercise, with answers, slips and tricks."""

import copy
import json

from rfmgrade.config import exercise_files, personal_seed, second_seed
from rfmgrade.intake import Submission
from rfmgrade.marking.grader import SubmissionGrader
from rfmgrade.marking.results import GradingJob

SECRET = b"a secret for the tests alone"
CHAPTERS = sorted(exercise_files()["en"])


def exercise(chapter, lang="en"):
    return json.loads(exercise_files()[lang][chapter].read_text(encoding="utf-8"))


def solution(chapter, lang="en"):
    path = exercise_files()[lang][chapter]
    path = path.parents[2] / "solutions" / lang / path.name
    return json.loads(path.read_text(encoding="utf-8"))


def name_of(cell):
    return cell["metadata"].get("rfmkit", {}).get("name", "")


def answered(chapter, changes=None, *, lang="en", only=None):
    """The exercise with the model's answers; `changes` sets the source of named cells."""
    book, model = exercise(chapter, lang), solution(chapter, lang)
    known = {name_of(cell) for cell in book["cells"]}
    imports = [cell for cell in model["cells"] if name_of(cell).startswith("imports_")]
    told = {name_of(cell): cell["source"] for cell in model["cells"] if name_of(cell) in known}
    for cell in book["cells"]:
        name = name_of(cell)
        if name.startswith("q") and name in told and (only is None or name in only):
            cell["source"] = told[name]
            if imports and "plt" in "".join(told[name]):
                cell["source"] = ["import matplotlib.pyplot as plt\n", *cell["source"]]
        if changes and name in changes:
            cell["source"] = changes[name]
    return book


def stripped(book):
    """As another tool leaves it: no ids, no metadata."""
    book = copy.deepcopy(book)
    book["metadata"] = {}
    for cell in book["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    return book


def code_cell(source, **more):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], **more}


def index_of(book, name):
    return next(at for at, cell in enumerate(book["cells"]) if name_of(cell) == name)


def content(book):
    return book if isinstance(book, bytes) else json.dumps(book).encode()


def submission(book, student="S1", chapter="06", **more):
    return Submission(student, chapter, f"{student}.ipynb", content(book), **more)


def job(book, student="S1", chapter="06", lang="en", mode="trusted"):
    seconds = tuple(second_seed(SECRET, attempt) for attempt in range(6))
    seed = personal_seed(SECRET, student)
    handed = Submission(student, chapter, "a.ipynb", content(book))
    return GradingJob(0, handed, lang, seed, seconds, mode, "key")


def statuses(result):
    return {mark.number: mark.status for mark in result.marks}


def graded(book, worker: SubmissionGrader, **about):
    made = worker.grade(job(book, **about))
    assert not made.fault, made.fault
    return made.result
