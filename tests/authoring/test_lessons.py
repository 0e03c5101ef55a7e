"""The lessons as wholes: sittings of at most 45 minutes, a figure that the student draws."""

import re
from pathlib import Path

import pytest

from authoring.lessons import minutes_of, read_lessons, sections_of

ROOT = Path(__file__).resolve().parents[2]
LESSONS = {
    name: cells
    for name, cells in read_lessons(ROOT).items()
    if not name.endswith(("_quiz", "_capstone"))
}


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("name", LESSONS)
def test_no_sitting_is_longer_than_a_class_hour(name, lang):
    minutes = minutes_of(LESSONS[name], lang)
    sittings = [minutes[part] for part in ("1", "2") if part in minutes] or [minutes[""]]
    assert max(sittings) <= 45, minutes


@pytest.mark.parametrize(
    "name", [name for name in LESSONS if name[:2] in "01 02 03 04 05 06 07 08"]
)
def test_a_lesson_states_computed_minutes_and_marks_where_to_stop(name):
    cells = LESSONS[name]
    openings = [cell.text for cell in cells[:2]]
    assert all("{minutes}" in text or "{minutes 1}" in text for text in openings), openings
    assert sum(bool(cell.meta.get("stop")) for cell in cells) == 2  # one pair
    assert {"reference", "tell_manager"} & set(sections_of(cells))


@pytest.mark.parametrize(
    "name", [name for name in LESSONS if name[:2] in "01 02 03 04 05 06 07 08"]
)
def test_a_figure_is_drawn_by_the_student(name):
    code = "\n".join(
        cell.text for cell in LESSONS[name] if cell.kind == "code" and not cell.meta.get("claims")
    )
    marks = "bar|barh|plot|hist|scatter|histplot|barplot|boxplot|errorbar"
    own = rf"\b(ax|plt|sns)\.({marks})\(|\.plot(\.\w+)?\("
    assert re.search(own, code)
