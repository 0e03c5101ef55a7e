"""Of two slips at once, the pairs that are tried are few, and the one that was made is among them.

The pairs are drawn from all questions. Where two slips disturb each other (a list that is cut to
five after a filter that was dropped), a pair may be ranked too low; then the answer has no name.
"""

import random
import warnings

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types import Choice, Choices, Open
from rfmkit.classroom.case import open_case
from rfmkit.classroom.keys import keys_of
from rfmkit.classroom.pairs import likeliest_pairs
from rfmkit.classroom.question import all_questions, find_question

DRAWN, FOUND, AT_MOST = 3, 0.92, 40


def drawn_pairs():
    """Draw some pairs of each question whose answer no single slip gives."""
    draw = random.Random(7)
    for question in all_questions().values():
        if isinstance(question.answer_type, Open | Choice | Choices):
            continue
        keys = keys_of(question, open_case(question.books))
        pairs = list(keys.pairs())
        variants = map(keys.variant, keys.slips)
        singles = [keys.right, *(one for one in variants if one is not None)]
        for pair in draw.sample(pairs, min(DRAWN, len(pairs))):
            both = keys.variant(*pair)
            if both is not None and not any(keys.answer_type.same(both, one) for one in singles):
                yield keys, pair, both


def test_the_pair_that_was_made_is_among_the_few_that_are_tried():
    found = []
    for keys, pair, both in drawn_pairs():
        tried = likeliest_pairs(keys, both)
        assert len(tried) <= AT_MOST
        # Another pair may give the very same answer, and then explains it as well.
        found.append(
            pair in tried
            or any(
                (other := keys.variant(*one)) is not None and keys.answer_type.same(other, both)
                for one in tried
            )
        )
    assert len(found) > 150
    assert sum(found) >= FOUND * len(found), (sum(found), len(found))


def test_blanks_and_other_rows_in_an_answer_are_ranked_without_a_warning():
    keys = keys_of(find_question("6.2"), open_case())
    odd = pd.concat([keys.right.replace(keys.right.iloc[0, 0], np.nan), keys.right[:1]])
    odd.index = [*keys.right.index[:-1], "C999", "C998"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0 < len(likeliest_pairs(keys, odd)) <= AT_MOST
