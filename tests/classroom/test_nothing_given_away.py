"""No list of customers is found by following what the cards name, in either language.

A student who begins with everybody and takes out whom a card names learns nothing in fifty checks.
"""

import re

import pytest

import rfmkit as rk
from rfmkit.classroom import check
from rfmkit.classroom.answer_types import Customers
from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import all_questions
from rfmkit.labels import LANGUAGES

LISTS = {n: one for n, one in all_questions().items() if isinstance(one.answer_type, Customers)}
CHECKS = 50


def named_in(card, known):
    """Return the customers of the case that a card names anywhere."""
    words = re.findall(r"\w+", " ".join([card.heading, card.text, *card.items, card.note]))
    return set(words) & known


def right(number):
    one = LISTS[number]
    answer = one.reference(open_case(one.books))
    return {answer} if isinstance(answer, str) else set(answer)


def beginnings(number):
    """Return the tables of customers that a student may begin with, by name: all who are in one."""
    case = open_case(LISTS[number].books)
    tables = {"all": case.customers, "March": case.rfm, "survey": case.survey}
    lists = {name: [str(one) for one in table.index] for name, table in tables.items()}
    return {name: people for name, people in lists.items() if right(number) < set(people)}


def follow(number, answer, change):
    """Check, change the list by whom the card names, and so on; return how many checks it took."""
    case = open_case(LISTS[number].books)
    known = {str(customer) for customer in case.customers.index}
    for checks in range(1, CHECKS + 1):
        rk.use_language(LANGUAGES[checks % 2])  # by turns: whom a card names is no matter of words
        card = check(number, answer, case=case)
        assert card.status != "right", f"{number} was found in {checks} checks"
        assert set(answer) != right(number), f"{number} was found in {checks} checks, but its order"
        if not (named := named_in(card, known)):
            return checks
        answer = change(answer, named)
    return CHECKS


@pytest.mark.parametrize(("number", "start"), [(n, name) for n in LISTS for name in beginnings(n)])
def test_dropping_whom_the_cards_name_does_not_find_the_list(number, start):
    everybody = beginnings(number)[start]
    assert follow(number, everybody, lambda answer, named: [c for c in answer if c not in named])


@pytest.mark.parametrize("number", LISTS)
def test_adding_whom_the_cards_name_does_not_find_the_list(number):
    assert follow(number, [], lambda answer, named: [*answer, *sorted(named - set(answer))])


@pytest.mark.parametrize("number", LISTS)
def test_a_card_names_the_same_customers_in_both_languages(number):
    # A list of prospects is of no customers: it begins from its own.
    everybody = beginnings(number).get("all", sorted(right(number)))
    named = []
    for lang in LANGUAGES:
        rk.use_language(lang)
        card = check(number, everybody, case=open_case(LISTS[number].books))
        named.append(named_in(card, set(everybody)))
    assert named[0] == named[1]


def test_the_lists_are_those_of_all_chapters_and_a_card_that_names_is_read():
    assert {number.partition(".")[0] for number in LISTS} >= set("123456789")
    assert {"all", "March"} <= set(beginnings("6.6"))
    known = {"C001", "C002"}
    card = check("6.7", ["C001"])
    assert named_in(card, set()) == set()
    assert named_in(type(card)("wrong", "6.7", "C001、C002 和 C003"), known) == known
