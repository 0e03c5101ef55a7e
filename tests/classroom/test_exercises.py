"""All exercises alike: headings from the TOML, the same steps, hints, progress, solutions."""

import re
import shutil

import nbformat
import pytest
from notebook_code import EXERCISES, SOURCE, blank_cells, run_cells

import rfmkit as rk
from rfmkit.classroom import check, hint
from rfmkit.classroom.answer_types import Choice, Choices, Open
from rfmkit.classroom.case import open_case
from rfmkit.classroom.progress_file import read_progress
from rfmkit.classroom.question import all_questions

QUESTIONS = all_questions()
LANGS = ("zh-TW", "en")
LEAVE = {"zh-TW": "**把答案留在** `{}`", "en": "**Leave the answer in** `{}`"}
HOW = {"zh-TW": "**怎麼作答**", "en": "**How to answer.**"}
EVERY = pytest.mark.parametrize("stem", EXERCISES)
EDITIONS = pytest.mark.parametrize("lang", LANGS)


def questions_of(stem):
    chapter = str(int(stem[:2]))
    return {n: one for n, one in QUESTIONS.items() if re.fullmatch(rf"{chapter}\.\d+", n)}


def heading(one, lang):
    texts, number = one.texts, one.number
    stars, minutes, points = "★" * texts["stars"], texts["minutes"], texts["points"]
    title = texts["title"][lang]
    if lang == "zh-TW":
        return f"## {number}　{title}（{stars}　{minutes} 分鐘　{points} 分）"
    plural = "" if points == 1 else "s"
    return f"## {number} {title} ({stars} {minutes} min, {points} point{plural})"


def steps_of(cells, number):
    """Return what the cells of one question do, and their code, in order."""
    tail = number.replace(".", "_")
    steps = {
        f"ask_{tail}": "ask",
        f"q{tail}": "q",
        f"check_{tail}": "check",
        f"hint_{tail}": "hint",
    }
    named = [(cell.metadata.get("rfmkit", {}).get("name", ""), cell.source) for cell in cells]
    return [(steps[name], code) for name, code in named if name in steps]


@EVERY
@EDITIONS
def test_headings_are_those_of_the_toml_and_in_its_order(stem, lang):
    prose = "\n".join(c.source for c in blank_cells(stem, lang) if c.cell_type == "markdown")
    headings = [line for line in prose.splitlines() if re.match(r"## \d", line)]
    assert headings == [heading(one, lang) for one in questions_of(stem).values()]


@EVERY
def test_no_source_repeats_what_the_toml_says(stem):
    source = (SOURCE / f"exercises/{stem}.py").read_text(encoding="utf-8")
    for repeated in ("★", r"## \d", r"\d min\b", r"worth \d+ point", r"共 \d+ 分"):
        assert not re.search(rf"^# .*{repeated}", source, re.MULTILINE), repeated


@EVERY
@EDITIONS
def test_the_opening_is_the_same_and_its_totals_are_the_tomls(stem, lang):
    first = blank_cells(stem, lang)[0].source
    told = [one.texts for one in questions_of(stem).values()]
    minutes, points = (sum(texts[key] for texts in told) for key in ("minutes", "points"))
    totals = {
        "zh-TW": f"{len(told)} 題，約 {minutes} 分鐘，共 {points} 分",
        "en": f"{len(told)} questions, about {minutes} minutes, {points} points",
    }
    assert totals[lang] in first
    assert points == 20
    how = first[first.index(HOW[lang]) :]
    assert (
        how
        == blank_cells(EXERCISES[0], lang)[0].source.partition(HOW[lang])[1]
        + (blank_cells(EXERCISES[0], lang)[0].source.partition(HOW[lang])[2])
    )
    for word in ("check", "hint", "NameError", "Run All Above Selected Cell"):
        assert word in how


@EVERY
@EDITIONS
def test_each_question_takes_the_same_steps(stem, lang):
    cells = blank_cells(stem, lang)
    for number, one in questions_of(stem).items():
        steps = steps_of(cells, number)
        shown = isinstance(one.answer_type, Choice | Choices | Open)
        wanted = [*(["ask"] if shown else []), "q", "check", "hint"]
        assert [step for step, _ in steps] == wanted, number
        assert dict(steps)["check"] == f'check("{number}", {one.variable})'
        assert dict(steps)["hint"] == f'# hint("{number}")'
        prose = [cell.source for cell in between(cells, number) if cell.cell_type == "markdown"]
        assert LEAVE[lang].format(one.variable) in "\n".join(prose), number


def between(cells, number):
    """Return the cells from a question's heading to the cell that it is answered in."""
    start = next(i for i, c in enumerate(cells) if re.search(rf"^## {number}\b", c.source, re.M))
    return cells[start : next(i for i, c in enumerate(cells) if is_answer(c, number)) + 1]


def is_answer(cell, number):
    return cell.cell_type == "code" and cell.metadata.get("rfmkit", {}).get("question") == number


@EVERY
@EDITIONS
def test_it_ends_with_the_progress_of_its_chapter(stem, lang):
    *before, text, progress, _ = blank_cells(stem, lang)
    assert progress.source == f'progress("{int(stem[:2])}")'
    assert text.source == blank_cells(EXERCISES[0], lang)[-3].source
    imports = "from rfmkit.classroom import ask, check, hint, progress"
    assert any(imports in cell.source for cell in before)


@EVERY
def test_run_all_on_a_blank_exercise_marks_nothing_as_tried(stem, tmp_path, monkeypatch):
    shutil.copytree(SOURCE.parent / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RFMKIT_PROGRESS", "on")
    run_cells(blank_cells(stem))
    assert read_progress() == ({}, False)
    answered = next(iter(questions_of(stem)))
    check(answered, 7)
    assert read_progress()[0], "and what is answered is marked"


# The solution of a question.


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """Work in a copy's folder of exercises; return the folder of solutions, which is empty."""
    solutions = tmp_path / "solutions" / "en"
    exercises = tmp_path / "exercises" / "en"
    for folder in (solutions, exercises):
        folder.mkdir(parents=True)
    shutil.copytree(SOURCE.parent / "data", tmp_path / "data")
    monkeypatch.chdir(exercises)
    rk.use_language("en")
    return solutions


def right(number):
    return QUESTIONS[number].reference(open_case())


def test_the_last_hint_and_a_right_answer_lead_to_the_solution_of_the_question(copy):
    assert hint("5.1", 3).link == ("", "")  # a copy without solutions
    root = SOURCE.parent / "solutions/en/05_rfm.ipynb"
    (copy / root.name).write_bytes(root.read_bytes())
    ids = {
        number: cell.id
        for cell in solved_cells("05_rfm")
        for number in re.findall(r"^## (5\.\d)", cell.source, re.MULTILINE)
    }
    for number in ("5.1", "5.2"):
        target = f"../../solutions/en/05_rfm.ipynb#cell-id={ids[number]}"
        for card in (hint(number, 3), check(number, right(number))):
            assert card.link[0] == target
            assert f'<a href="{target}">' in card._repr_html_()
            assert "solutions/en/05_rfm.ipynb" in repr(card)
    for card in (hint("5.1", 2), check("5.1", "a"), check("5.1", ...), hint("5.a", 3)):
        assert card.link == ("", "")


def solved_cells(stem):
    return nbformat.read(SOURCE.parent / f"solutions/en/{stem}.ipynb", as_version=4).cells


def test_a_solution_that_cannot_be_read_is_still_opened_at_its_top(copy):
    (copy / "05_rfm.ipynb").write_text("no notebook", encoding="utf-8")
    assert hint("5.1", 3).link[0] == "../../solutions/en/05_rfm.ipynb"
