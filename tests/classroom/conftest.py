"""Some tests need a question of every form."""

import matplotlib as mpl
import pytest
from sample_questions import SAMPLES

from rfmkit.classroom import verdicts
from rfmkit.classroom.question import find_question


@pytest.fixture(autouse=True)
def no_style_left_behind():
    """Notebooks that tests run choose the kit's style; the next test begins without it."""
    with mpl.rc_context():
        yield


@pytest.fixture
def samples(monkeypatch):
    """Let `check` know a question of every form besides the chapters' own."""

    def find(number):
        return SAMPLES[number] if number in SAMPLES else find_question(number)

    monkeypatch.setattr(verdicts, "find_question", find)
    return SAMPLES
