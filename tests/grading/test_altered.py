"""A right answer keeps its marks: a hundred notebooks that honest students altered around it."""

import copy
import json
from dataclasses import replace

import pytest
from notebooks_made import SECRET, answered, code_cell, exercise, index_of, job, name_of, stripped

from rfmgrade.config import Student
from rfmgrade.gradebook.gradebook import Gradebook
from rfmgrade.gradebook.outputs import feedback_page
from rfmgrade.gradebook.sheets import flag_text
from rfmgrade.marking.grader import SubmissionGrader
from rfmgrade.marking.notebook import exercise_template
from rfmgrade.marking.results import chapter_items
from rfmgrade.sandbox import modes
from rfmkit.classroom.answer_types import Open

CHAPTERS = ("02", "05", "06", "08")
PROSE = "Call the five first. The mean is the cut; the median would move 40 customers."


@pytest.fixture(scope="module")
def worker():
    # A locked mode copies a process that is there, where "trusted" starts one for every run.
    with SubmissionGrader(modes.choose(trust=True)) as made:
        yield made


def right(chapter):
    """A notebook with everything right, and with every text written."""
    texts = {
        f"q{number.replace('.', '_')}": f"{one.variable} = {PROSE!r}"
        for number, one in exercise_template(chapter).questions.items()
        if isinstance(one.answer_type, Open)
    }
    book = answered(chapter, texts)
    for cell in book["cells"]:
        own = cell["metadata"].get("rfmkit", {})
        if cell["cell_type"] == "markdown" and own.get("question"):
            cell["source"] = PROSE
    return book


def points(worker, book, chapter):
    made = worker.grade(job(book, chapter=chapter, mode=worker.mode))
    assert not made.fault, made.fault
    earned = {mark.number: mark.points for mark in made.result.marks if mark.status != "open"}
    written = {mark.number for mark in made.result.marks if mark.status == "open"}
    return earned, written, made.result


@pytest.fixture(scope="module")
def untouched(worker):
    found = {chapter: points(worker, right(chapter), chapter)[:2] for chapter in CHAPTERS}
    for chapter, (earned, written) in found.items():
        wanted = {one.number: one.points for one in chapter_items(chapter)}
        assert earned == {number: wanted[number] for number in wanted.keys() - written}
        assert written
    return found


def answers(book):
    """Names of the cells to answer in that hold code."""
    return [name_of(cell) for cell in book["cells"] if name_of(cell).startswith("q")]


def change_setup(book, make):
    cell = book["cells"][index_of(book, "setup")]
    cell["source"] = make("".join(cell["source"]))


def before_setup(line):
    def alter(book):
        change_setup(book, lambda code: f"{line}\n{code}")

    return alter


def in_answers(line, *, below=False):
    def alter(book):
        for name in answers(book):
            cell = book["cells"][index_of(book, name)]
            code = "".join(cell["source"])
            cell["source"] = f"{code}\n{line}" if below else f"{line}\n{code}"

    return alter


def blanks(place):
    def alter(book):
        for name in answers(book):
            blank_book = exercise(book["chapter"])
            blank = copy.deepcopy(blank_book["cells"][index_of(blank_book, name)])
            if place == "pasted":
                blank = code_cell("".join(blank["source"]))
            at = index_of(book, name)
            if place == "below check":
                at = index_of(book, name.replace("q", "check_", 1))
            book["cells"].insert(at + (place != "above"), blank)

    return alter


def drop(*prefixes):
    def alter(book):
        book["cells"] = [one for one in book["cells"] if not name_of(one).startswith(prefixes)]

    return alter


def turn_into(kind, names):
    def alter(book):
        for cell in book["cells"]:
            if name_of(cell).startswith(names):
                cell["cell_type"] = kind
                cell.pop("outputs", None)
                cell.pop("execution_count", None)

    return alter


def wrong_path(book):
    def make(code):
        return code.replace("rk.data_file(", 'rk.data_file("C:/Users/Ann/Downloads/" + ')

    change_setup(book, make)


def setup_raises_halfway(book):
    def make(code):
        head, _, tail = code.partition("\nTODAY")
        return f"{head}\nraise OSError('no such drive')\nTODAY{tail}" if tail else f"1 / 0\n{code}"

    change_setup(book, make)


def setup_last(book):
    book["cells"].append(book["cells"].pop(index_of(book, "setup")))


def setup_twice(book):
    at = index_of(book, "setup")
    book["cells"].insert(at, copy.deepcopy(book["cells"][at]))


def setup_typed_anew(book):
    at = index_of(book, "setup")
    book["cells"][at] = code_cell("import os\nos.chdir('/content/drive/MyDrive')\nimport pandas")


def colab(book):
    book["cells"].insert(
        0,
        code_cell(
            "!pip install -q rfmkit\nfrom google.colab import drive\n"
            "drive.mount('/content/drive')\n%cd /content/drive/MyDrive/rfm"
        ),
    )
    for number, cell in enumerate(book["cells"]):
        cell.pop("id", None)
        cell["metadata"]["id"] = f"c{number}"


def vscode(book):
    for cell in book["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
        if cell["cell_type"] == "code":
            cell["source"] = "# %%\n" + "".join(cell["source"])


def copied(book):
    for name in answers(book):
        at = index_of(book, name)
        book["cells"].insert(at + 1, copy.deepcopy(book["cells"][at]))


def copied_below_check(book):
    for name in answers(book):
        at, cell = index_of(book, name.replace("q", "check_", 1)), book["cells"]
        cell.insert(at + 1, copy.deepcopy(cell[index_of(book, name)]))


def split(book):
    for name in answers(book):
        at = index_of(book, name)
        cell = book["cells"][at]
        statements = json.loads(json.dumps("".join(cell["source"]).rstrip())).split("\n")
        cut = [i for i, line in enumerate(statements) if i and line and line[0] not in " )]}#"]
        if cut:
            head, tail = statements[: cut[-1]], statements[cut[-1] :]
            parts = [dict(cell, source="\n".join(head)), code_cell("\n".join(tail))]
            book["cells"][at : at + 1] = parts


def merged(book):
    """Each answer with its check and its hint."""
    for name in answers(book):
        at = index_of(book, name)
        check = index_of(book, name.replace("q", "check_", 1))
        code = "".join(book["cells"][at]["source"])
        book["cells"][at]["source"] = f"{code}\n" + "".join(book["cells"][check]["source"])
        del book["cells"][check]


def merged_with_the_next(book):
    names = answers(book)
    for one, other in zip(names[::2], names[1::2], strict=False):
        first, second = index_of(book, one), index_of(book, other)
        code = "".join(book["cells"][first]["source"]) + "\n"
        book["cells"][second]["source"] = code + "".join(book["cells"][second]["source"])
        del book["cells"][first]


def all_in_one(book):
    code = [one for one in book["cells"] if one["cell_type"] == "code"]
    kept = [one for one in code if not name_of(one).startswith(("check_", "hint_", "ask_"))]
    text = "\n".join("".join(one["source"]) for one in kept)
    prose = [one for one in book["cells"] if one["cell_type"] == "markdown"]
    book["cells"] = [code_cell(text), *prose]


def answers_below_checks(book):
    for name in answers(book):
        cell = book["cells"].pop(index_of(book, name))
        book["cells"].insert(index_of(book, name.replace("q", "check_", 1)) + 1, cell)


def answers_at_the_end(book):
    cells = [book["cells"].pop(index_of(book, name)) for name in answers(book)]
    book["cells"] += cells


def first_answer_last(book):
    book["cells"].append(book["cells"].pop(index_of(book, answers(book)[0])))


def retyped(book):
    """Code of one's own, in cells of one's own; the kit's cells stay blank."""
    for name in answers(book):
        at = index_of(book, name)
        blank_book = exercise(book["chapter"])
        mine = code_cell("# my answer\n" + "".join(book["cells"][at]["source"]))
        book["cells"][at]["source"] = blank_book["cells"][index_of(blank_book, name)]["source"]
        book["cells"].insert(at + 1, mine)


def retyped_above(book):
    retyped(book)
    for name in answers(book):
        at = index_of(book, name)
        cells = book["cells"]
        cells[at], cells[at + 1] = cells[at + 1], cells[at]


def no_marks_of_the_kit(book):
    made = stripped(book)
    book["cells"], book["metadata"] = made["cells"], made["metadata"]


def no_marks_but_ids(book):
    for cell in book["cells"]:
        cell["metadata"] = {}


def ids_made_anew(book):
    for number, cell in enumerate(book["cells"]):
        cell["id"] = f"new-{number}"


def scratch_between(book):
    for name in answers(book):
        at = index_of(book, name)
        book["cells"].insert(at, code_cell("import numpy as np\nnp.arange(3)"))
        book["cells"].insert(at + 2, code_cell("print('looks good')\n_"))


def scratch_that_fails(book):
    for name in answers(book):
        at = index_of(book, name)
        book["cells"].insert(at + 1, code_cell("print(undefined_name)"))


def notes_in_markdown(book):
    for name in answers(book):
        at = index_of(book, name)
        note = {"cell_type": "markdown", "metadata": {}, "source": "My note: `x = 1`?"}
        book["cells"].insert(at, note)


def lines_of_windows(book):
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")


def chinese_edition(book):
    chinese = {name_of(one): one for one in answered(book["chapter"], lang="zh-TW")["cells"]}
    for cell in book["cells"]:
        if name_of(cell) in chinese and not name_of(cell).startswith("q"):
            cell["source"] = chinese[name_of(cell)]["source"]


def output_of_checks(book):
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 2000}]
            cell["execution_count"] = 9


ALTERED = {
    "pip in the set-up": before_setup("!pip install pandas"),
    "percent pip in the set-up": before_setup("%pip install -q pandas"),
    "ls in the set-up": before_setup("!ls"),
    "cd in the set-up": before_setup("%cd /content/drive/MyDrive"),
    "chdir in the set-up": before_setup("import os\nos.chdir('/content/drive/MyDrive')"),
    "chdir up in the set-up": before_setup("import os\nos.chdir('..')"),
    "colab in the set-up": before_setup("import google.colab"),
    "colab's drive in the set-up": before_setup(
        "from google.colab import drive\ndrive.mount('/content/drive')"
    ),
    "a library that is not here": before_setup("import lifelines_of_my_own"),
    "an extension that is not here": before_setup("%load_ext google.colab.data_table"),
    "inline pictures": before_setup("%matplotlib inline\n%config InlineBackend.dpi = 150"),
    "a wrong path": wrong_path,
    "an error halfway": setup_raises_halfway,
    "no set-up": drop("setup"),
    "set-up in Markdown": turn_into("markdown", ("setup",)),
    "set-up raw": turn_into("raw", ("setup",)),
    "set-up last": setup_last,
    "set-up twice": setup_twice,
    "set-up typed anew": setup_typed_anew,
    "ls in the answers": in_answers("!ls"),
    "a shell line assigned": in_answers("files = !ls case"),
    "cd in the answers": in_answers("%cd .."),
    "chdir below the answers": in_answers("import os; os.chdir('/')", below=True),
    "pip below the answers": in_answers("!pip list", below=True),
    "time": in_answers("%matplotlib inline"),
    "a cell's time": in_answers("%%time"),
    "capture": in_answers("%%capture"),
    "help": in_answers("pd.DataFrame?"),
    "blank above": blanks("above"),
    "blank below": blanks("below"),
    "blank below the check": blanks("below check"),
    "blank pasted below": blanks("pasted"),
    "copied": copied,
    "copied below the check": copied_below_check,
    "split": split,
    "merged with the check": merged,
    "merged with the next": merged_with_the_next,
    "all in one cell": all_in_one,
    "answers below the checks": answers_below_checks,
    "answers at the end": answers_at_the_end,
    "the first answer last": first_answer_last,
    "retyped below": retyped,
    "retyped above": retyped_above,
    "answers in Markdown": turn_into("markdown", ("q",)),
    "answers raw": turn_into("raw", ("q",)),
    "checks in Markdown": turn_into("markdown", ("check_", "hint_")),
    "no checks": drop("check_", "hint_", "ask_", "progress"),
    "no marks of the kit": no_marks_of_the_kit,
    "no metadata": no_marks_but_ids,
    "other ids": ids_made_anew,
    "scratch cells": scratch_between,
    "scratch that fails": scratch_that_fails,
    "notes": notes_in_markdown,
    "lines of Windows": lines_of_windows,
    "the other edition": chinese_edition,
    "outputs": output_of_checks,
    "Colab": colab,
    "VS Code": vscode,
}
# Every way in two chapters: they differ in the set-up and in how questions hang together.
CASES = [
    (name, CHAPTERS[(place + more) % len(CHAPTERS)])
    for more in (0, 1)
    for place, name in enumerate(ALTERED)
]


def test_there_are_a_hundred():
    assert len(CASES) >= 100
    assert len(SECRET) >= 16


@pytest.mark.parametrize(("name", "chapter"), CASES)
def test_no_point_is_lost_by_what_stands_around_it(worker, untouched, name, chapter):
    book = right(chapter)
    book["chapter"] = chapter
    ALTERED[name](book)
    del book["chapter"]
    earned, written, result = points(worker, book, chapter)
    assert earned == untouched[chapter][0], (result.flags, result.marks)
    assert written == untouched[chapter][1]


@pytest.mark.parametrize("name", ["an error halfway", "no set-up", "ls in the answers"])
def test_what_was_done_in_place_of_the_students_own_is_told(worker, name):
    book = right("05")
    ALTERED[name](book)
    _, _, result = points(worker, book, "05")
    kind = {"an error halfway": "setup_failed", "no set-up": "setup_missing"}.get(name)
    flags = [flag for flag in result.flags if flag.kind == (kind or "tried_shell")]
    assert len(flags) == 1
    assert flag_text(flags[0], "en") != flag_text(flags[0], "zh-TW")
    student = Student("S1", lang="en")
    gradebook = Gradebook((student,), ("05",), {("S1", "05"): result})
    page = feedback_page(gradebook, student)
    told = {"setup_failed": "no such drive", "setup_missing": "lacks the cell"}
    assert told.get(kind, "were skipped") in page
    untold = feedback_page(
        replace(gradebook, results={("S1", "05"): replace(result, flags=())}), student
    )
    assert told.get(kind, "were skipped") not in untold
