"""Small ledgers built like public exports, which lie beside the repository: right, or asked about.

Right values are those of their README, as {customer: (days, purchases, money)} on 2021-07-01.
"""

import warnings
from pathlib import Path

import pytest

from rfmkit.rfm import rfm_table
from rfmkit.schema import DataError
from rfmkit.transactions import clean_transactions, load_transactions
from rfmkit.transactions.ambiguity import LedgerQuestion

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "ledgers"
# Skipped aloud, with the other ledgers that lie there, where ../shared is missing.
pytestmark = [pytest.mark.real_ledgers, pytest.mark.usefixtures("english")]

RIGHT = {
    "shopify.csv": ({}, {"ana@shop.test": (11, 2, 550), "ben@shop.test": (6, 1, 80)}),
    "shopee.xlsx": ({}, {"mimi_tw": (30, 1, 360), "dodo88": (11, 1, 120)}),
    "square.csv": ({}, {"K1": (28, 1, 1200), "K2": (16, 1, 60)}),
    "olist.csv": ({}, {"U1": (30, 2, 150), "U2": (20, 1, 80)}),
    "retail2.xlsx": ({"sheet": "all"}, {"13085": (30, 2, 89), "13099": (20, 1, 19.5)}),
    "odoo.xlsx": ({}, {"Pine Ltd": (30, 1, 700), "Oak Ltd": (20, 1, 500)}),
    "amount_is_qty.xlsx": (
        {"columns": {"amount": "total"}},
        {
            "C01": (93, 2, 1500),
            "C02": (112, 1, 80),
            "C03": (118, 2, 750.5),
            "C04": (103, 1, 4000),
            "C05": (95, 1, 60),
        },
    ),
    "dot_thousands.csv": (
        {"decimal": ","},
        {"An": (21, 2, 2150), "Binh": (20, 1, 12500), "Cuc": (19, 1, 120000)},
    ),
    "semicolon_comma.csv": (
        {},
        {
            "C01": (93, 2, 1500),
            "C02": (112, 1, 80),
            "C03": (118, 2, 750.5),
            "C04": (103, 1, 4000),
            "C05": (95, 1, 60),
        },
    ),
    "no_order_lines.csv": ({"visits": "day"}, {"A": (30, 1, 60), "B": (30, 2, 20)}),
    "dmy_small.csv": ({"day_first": True}, {"A": (112, 2, 40), "B": (116, 1, 20)}),
    "sci_orders.csv": ({"visits": "day"}, {"M01": (16, 2, 440), "M02": (11, 1, 80)}),
    "currencies.csv": ({"currency": "TWD"}, {"A": (29, 1, 3000), "B": (28, 1, 5000)}),
}
# What the question names: the option, or the place.
ASKED = {
    "retail2.xlsx": "--sheet all",
    "amount_is_qty.xlsx": '--amount "total"',
    "currencies.csv": "- TWD: 8,000.00 (2): --currency TWD",
    "dot_thousands.csv": "--decimal ,",
    "latin1_one.csv": "- Peña: --encoding cp1252",
    "sci_orders.csv": "--visits day",
    "customer_level.csv": "one row a customer",
    "dmy_small.csv": "--day-first",
    "nul.csv": "character 2 of line 2 is a NUL",
}


@pytest.mark.parametrize("name", RIGHT)
def test_it_is_read_right(name):
    options, expected = RIGHT[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tx = load_transactions(CASES / name, **options)
    clean, rejected = clean_transactions(tx, today="2021-07-01")
    assert len(clean) + len(rejected) == tx.attrs["source"]["rows_read"]
    rfm = rfm_table(clean, today="2021-07-01", order="order" if "order" in clean else None)
    found = {
        one: (int(row.recency_days), int(row.frequency), round(float(row.monetary), 2))
        for one, row in rfm.iterrows()
    }
    assert found == expected


@pytest.mark.parametrize("name", ASKED)
def test_it_is_asked_about(name):
    with pytest.raises(DataError) as caught:
        load_transactions(CASES / name)
    assert ASKED[name] in str(caught.value)
    if "--" in ASKED[name]:
        assert isinstance(caught.value, LedgerQuestion)
        assert caught.value.answers


def test_a_name_in_a_western_code_page_stays_as_it_is_written():
    tx = load_transactions(CASES / "latin1_one.csv", encoding="cp1252")
    assert tx["customer"].iloc[-1] == "Peña"


def test_rows_of_one_visit_without_an_order_number_are_noted():
    tx = load_transactions(CASES / "no_order_lines.csv")
    assert "--visits day" in "\n".join(tx.attrs["source"]["reading"]["notes"])


def test_every_case_is_tried():
    assert {path.name for path in CASES.iterdir()} - {"README.md"} == {*RIGHT, *ASKED}
