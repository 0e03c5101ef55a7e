"""The model solution on any case: what it leaves behind goes to the relay, and nothing else."""

import ast
import os
import pickle

import pytest
from notebooks_made import CHAPTERS

from rfmgrade.marking import notebook as exercise
from rfmgrade.marking.notebook import exercise_template, model_cells
from rfmgrade.marking.results import all_items
from rfmgrade.marking.runs import CaseCache
from rfmkit.labels import language
from rfmkit.schema import DataError


@pytest.fixture(scope="module")
def cases():
    with CaseCache(most=2) as made:
        yield made


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_model_runs_on_a_case_it_never_saw(cases, chapter):
    here, lang = os.getcwd(), language()  # noqa: PTH109
    made = cases.get(987).overlays(chapter)
    assert (os.getcwd(), language()) == (here, lang)  # noqa: PTH109
    kit = exercise_template(chapter)
    assert set(made) == set(kit.questions)
    for number, overlay in made.items():
        data = pickle.loads(overlay.data)
        assert overlay.names <= kit.names[number]
        assert set(data) <= overlay.names
        ast.parse(overlay.code)
        assert len(overlay.data) < 4_000_000


def test_what_is_left_is_the_answer_and_the_names_of_the_exercise(cases):
    made = cases.get(987).overlays("06")
    assert made["6.1"].names == {"clean", "rejected", "march_revenue"}
    assert made["6.7"].names == {"call_list"}  # the model's own helper stays out
    assert made["6.5"].code.startswith("def summarise")
    assert "summarise" not in pickle.loads(made["6.5"].data)


def test_the_shelf_keeps_a_few_and_leaves_nothing_behind():
    with CaseCache(most=2) as cases:
        one = cases.get(1)
        assert cases.get(1) is one
        cases.get(2), cases.get(3)
        assert not one.folder.exists()
        root = cases.get(3).folder.parent
        assert b'"seed"' not in cases.get(3).files["case/MANIFEST.json"]
    assert not root.exists()


def test_without_the_kits_folder_the_error_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("rfmgrade.marking.notebook.exercise_files", dict)
    exercise_template.cache_clear()
    try:
        with pytest.raises(DataError, match="kit's folder"):
            exercise_template("06")
    finally:
        exercise_template.cache_clear()


def test_without_the_solution_too(monkeypatch, tmp_path):
    exercise_template("06")  # the exercise is there and read; its solution is not
    path = tmp_path / "exercises" / "en" / "06_practicum.ipynb"
    monkeypatch.setattr(exercise, "exercise_files", lambda: {"en": {"06": path}})
    model_cells.cache_clear()
    try:
        with pytest.raises(DataError, match="solutions/en/06_practicum"):
            model_cells("06")
    finally:
        model_cells.cache_clear()


def test_a_written_part_takes_its_points_from_its_question():
    written = {one.number.removesuffix("w"): one for one in all_items().values() if one.is_text}
    assert written
    for number, text in written.items():
        template = exercise_template(number.partition(".")[0].zfill(2))
        assert all_items()[number].points + text.points == text.texts["points"]
        assert number in template.written.values()


def test_the_cells_of_every_exercise_are_known_in_both_languages():
    for chapter in CHAPTERS:
        kit = exercise_template(chapter)
        for number in kit.questions:
            name = number.replace(".", "_")
            assert kit.by_name[f"q{name}"].answers
            assert kit.by_name[f"check_{name}"].checks
            assert kit.by_name[f"check_{name}"].question == number
        assert len(kit.by_id) == 2 * len(kit.by_name)
        assert len(kit.variables) == len(kit.questions)  # a name answers one question
