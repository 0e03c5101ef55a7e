"""Draw a firm's tables of the year for one seed, under the kit's own names and codes."""

import random

import pandas as pd

from rfmkit.book_names import CONTACTS, CUSTOMERS, PAYMENTS, SURVEY, YEAR_LEDGER
from rfmkit.cases.accounts import (
    draw_accounts,
    draw_contacts,
    draw_payments,
    draw_satisfaction,
    draw_survey,
    has_needed_cases,
)
from rfmkit.cases.edges import Drawn, meet_thresholds
from rfmkit.cases.readings import readings_differ
from rfmkit.cases.year import draw_year

LESSON_SEED, PRACTICE_SEED = 2021, 403

# The columns of a line of a ledger, in the order of the workbook's headers.
LINE_CODES = (
    "order",
    "line",
    "date",
    "customer",
    "product",
    "quantity",
    "unit_price",
    "amount",
    "status",
)
YEAR_BOOKS = (CUSTOMERS, YEAR_LEDGER, PAYMENTS, CONTACTS, SURVEY)


def draw_books(seed: int, march: list[tuple]) -> dict[str, pd.DataFrame]:
    """Draw the books of the year that ends in the given March.

    Returns
    -------
    dict of pandas.DataFrame
        One table a file, by its name, with the kit's column names and codes.
    """
    for attempt in range(1000):
        # A separate random stream, so that the ledger of March does not change.
        rng = random.Random(f"rfmkit year {seed} {attempt}")
        year = draw_year(march, rng)
        accounts = draw_accounts(year, rng)
        if not has_needed_cases(accounts):
            continue
        satisfaction = draw_satisfaction(year, rng)
        payments = draw_payments(year, rng)
        contacts = draw_contacts(year, satisfaction, rng)
        survey = draw_survey(year, satisfaction, rng)
        # The figures of the lessons stand in their texts; their books stay as they were.
        drawn = Drawn(year["course"], year["orders"], accounts, payments, survey)
        for again in range(1 if seed == LESSON_SEED else 20):
            edges = random.Random(f"rfmkit edges {seed} {attempt} {again}")
            changed = drawn if seed == LESSON_SEED else meet_thresholds(drawn, edges)
            if changed is None or not has_needed_cases(changed.accounts):
                continue
            books = {
                CUSTOMERS: pd.DataFrame(changed.accounts),
                YEAR_LEDGER: _lines(changed.orders),
                PAYMENTS: pd.DataFrame(changed.payments),
                CONTACTS: pd.DataFrame(contacts),
                SURVEY: pd.DataFrame(changed.survey),
            }
            if seed == LESSON_SEED or readings_differ(books):
                return books
            break  # other changes of the same year would hardly tell more apart
    raise RuntimeError(f"seed {seed} gave no year with every trap; this is a fault of the kit.")


def _lines(orders: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (number, place, day, customer, product, quantity, price, quantity * price, status)
            for number, day, customer, lines, status in orders
            for place, (product, quantity, price) in enumerate(lines, start=1)
        ],
        columns=list(LINE_CODES),
    )
