"""The readings that drawn books must tell apart: each is found alike where books are made so."""

import pandas as pd
import pytest

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.cases import PRACTICE_SEED, draw_year_books, readings
from rfmkit.cases.year_tables import CUSTOMERS, SURVEY, YEAR_LEDGER

BOOKS = draw_year_books(PRACTICE_SEED)
ROWS, LINES = BOOKS[CUSTOMERS], BOOKS[YEAR_LEDGER]
PURCHASES = LINES[LINES["amount"] > 0]


def customers(**columns):
    return {CUSTOMERS: ROWS.assign(**columns)}


def a_tenth_earns_three_quarters():
    return customers(profit=[27] * 32 + [1] * 288)


def one_of_a_and_one_of_b():
    """Keep of the lines since New Year those of one customer of class A and one of class B."""
    tier = abc_tier(ROWS.set_index("customer")["profit"], cuts=ABC3)
    since = PURCHASES[PURCHASES["date"] >= readings.NEW_YEAR]
    here = tier[tier.index.isin(since["customer"])]
    two = [here.index[here == name][0] for name in ("abc3:a", "abc3:b")]
    return {YEAR_LEDGER: pd.concat([LINES[LINES["date"] < readings.NEW_YEAR],
                                    since[since["customer"].isin(two)]])}  # fmt: skip


def one_line_an_order():
    return {YEAR_LEDGER: PURCHASES.drop_duplicates("order")}


def five_without_equals():
    """Write lines of five customers who differ in days, in orders and in money."""
    rows = [
        (f"{customer}-{order}", f"C{customer}", f"2021-03-{10 + customer:02d}", 100 * customer)
        for customer in range(1, 6)
        for order in range(customer)
    ]
    columns = ["order", "customer", "date", "amount"]
    return {YEAR_LEDGER: pd.DataFrame(rows, columns=columns)}


def all_are_content():
    answers = dict.fromkeys(("overall", "against_expected", "against_ideal"), 10)
    return {SURVEY: BOOKS[SURVEY].assign(**answers)}


# For each reading, books on which the two readings agree.
ALIKE = {
    "_orders_are_not_profit": lambda: customers(profit=ROWS["order_count"]),
    "_a_tenth_is_not_three_quarters": a_tenth_earns_three_quarters,
    "_a_and_b_are_not_as_many": one_of_a_and_one_of_b,
    "_some_are_poor_and_slow": lambda: customers(profit=9_000),
    "_other_figures_lead_to_others": lambda: customers(profit_last_year=ROWS["profit"]),
    "_points_and_ranks_move_others": lambda: customers(forecast_amount=ROWS["profit"]),
    "_measures_save_others": lambda: customers(profit=ROWS["profit"].abs()),
    "_other_rules_move_others": one_line_an_order,
    "_gains_are_not_alike": all_are_content,
    "_returns_are_no_visits": lambda: {YEAR_LEDGER: PURCHASES},
    "_equals_are_on_the_line": five_without_equals,
    "_the_best_may_cost_money": lambda: customers(profit=ROWS["profit"].abs()),
    "_silence_hangs_on_a_day": lambda: {YEAR_LEDGER: PURCHASES.drop_duplicates("customer")},
    "_ranks_are_not_money": lambda: {YEAR_LEDGER: PURCHASES[:1]},
    "_other_lists_lead_elsewhere": all_are_content,
}


def test_every_reading_is_tried():
    assert set(ALIKE) == {one.__name__ for one in readings._READINGS}


@pytest.mark.parametrize("name", ALIKE)
def test_books_on_which_two_readings_agree_are_found(name):
    differ = getattr(readings, name)
    assert differ(readings._Books(BOOKS))
    assert not differ(readings._Books({**BOOKS, **ALIKE[name]()}))


def test_one_reading_that_agrees_is_enough_to_draw_anew():
    assert readings.readings_differ(BOOKS)
    assert not readings.readings_differ({**BOOKS, **all_are_content()})
