"""Any correct form passes, on every question there is."""

import pytest
from sample_questions import SAMPLES

from authoring.equal_answers import equal_answers
from rfmkit.classroom import check
from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import all_questions

QUESTIONS = {**all_questions(), **SAMPLES}


@pytest.mark.parametrize("number", QUESTIONS)
def test_every_equal_form_of_the_right_answer_passes(number, samples):
    one = QUESTIONS[number]
    case = open_case(one.books)
    answer = "words " * 9 if isinstance(one.answer_type, Open) else one.reference(case)
    wanted = "open" if isinstance(one.answer_type, Open) else "right"
    forms = equal_answers(one.answer_type.bind(case), answer)
    assert len(forms) >= 2
    for name, answer_type in forms.items():
        card = check(number, answer_type, case=case)
        assert card.status == wanted, f"{name}: {card.text}"


@pytest.mark.parametrize("number", SAMPLES)
def test_every_named_mistake_of_the_samples_is_known(number, samples):
    one = SAMPLES[number]
    case = open_case(one.books)
    for name in one.slips:
        card = check(number, one.answer_with(case, name))
        assert (card.status, card.mistake) == ("known_mistake", name)
