import csv
import datetime as dt
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.schema import DataError, DataWarning
from rfmkit.transactions import clean_transactions, load_transactions

# The wording of errors is held in English; tests/test_languages.py looks at the Chinese.
pytestmark = pytest.mark.usefixtures("english")

REASONS = [
    "blank_customer",
    "test_order",
    "cancelled_order",
    "returned_order",
    "unreadable_date",
    "ambiguous_date",
    "future_date",
    "outside_period",
    "unreadable_amount",
    "infinite_amount",
    "zero_amount",
    "repeated_row",
    "return",
    "return_without_purchase",
    "unpaid_order",
    "not_an_order",
    "not_a_sale",
    "payment_line",
    "order_line",
    "subtotal_row",
    "guest_customer",
    "other_currency",
]


def ledger(*rows, columns=("customer", "date", "amount")):
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)


GOOD = ("good", "2021-03-31", 1)


def reasons(*rows, columns=("customer", "date", "amount"), **options):
    """Tell the reason of each row, None for a kept one; a good row keeps the ledger usable."""
    good = dict.fromkeys(columns) | dict(zip(("customer", "date", "amount"), GOOD, strict=True))
    tx = pd.concat([ledger(*rows, columns=columns), ledger(tuple(good.values()), columns=good)])
    clean, rejected = clean_transactions(tx.reset_index(drop=True), **options)
    assert len(clean) + len(rejected) == len(tx)
    return [rejected["reason"].get(row) for row in range(len(rows))]


def test_a_hand_worked_ledger():
    columns = ("order", "customer", "date", "amount", "status")
    tx = ledger(
        ("A1", "Ｃ０１ ", "2021/3/1", "NT$1,200", "完成"),
        ("A1", "Ｃ０１ ", "2021/3/1", "NT$1,200", "完成"),
        ("A2", "C01", dt.datetime(2021, 3, 31, 14), -200, "退貨"),
        ("A3", None, "2021-03-02", 5, "完成"),
        ("A4", "測試客戶", "2021-03-02", 5, "完成"),
        ("A5", "C02", "2021-03-02", 5, "已取消"),
        ("A6", "C02", "昨天", 5, "完成"),
        ("A7", "C02", "2021-04-02", 5, "完成"),
        ("A8", "C02", "2021-02-28", 5, "完成"),
        ("A9", "C02", "2021-03-02", "五百", "完成"),
        ("A10", "C02", "2021-03-02", np.inf, "完成"),
        ("A11", "C02", "2021-03-02", 0, "完成"),
        ("A12", "C03", "2021-03-02", -5, "退貨"),
        columns=columns,
    )
    tx.index = pd.RangeIndex(2, 15, name="row")
    tx.attrs["source"] = {"file": "x.csv"}
    before = tx.copy(deep=True)
    clean, rejected = clean_transactions(
        tx, start="2021-03-01", end="2021-03-31", today="2021-04-01"
    )
    pd.testing.assert_frame_equal(tx, before)
    assert clean.columns.tolist() == list(columns)
    assert clean.index.tolist() == [2, 4]
    assert clean.index.name == rejected.index.name == "row"
    assert clean["customer"].tolist() == ["C01", "C01"]
    assert clean["amount"].tolist() == [1200.0, -200.0]
    assert clean["amount"].dtype == "float64"
    assert clean["date"].tolist() == [pd.Timestamp("2021-03-01"), pd.Timestamp("2021-03-31 14:00")]
    assert rejected["reason"].tolist() == [
        "repeated_row",
        "blank_customer",
        "test_order",
        "cancelled_order",
        "unreadable_date",
        "future_date",
        "outside_period",
        "unreadable_amount",
        "infinite_amount",
        "zero_amount",
        "return_without_purchase",
    ]
    pd.testing.assert_frame_equal(rejected.drop(columns="reason"), tx.loc[rejected.index])
    assert clean.attrs == rejected.attrs == {"source": {"file": "x.csv"}}


def test_every_reason_has_a_text():
    with resources.files("rfmkit").joinpath("texts/reasons.csv").open(encoding="utf-8") as lines:
        texts = list(csv.DictReader(lines))
    assert [text["key"] for text in texts] == [f"reason.{code}" for code in REASONS]
    assert all(text["zh-TW"] and text["en"] for text in texts)


@pytest.mark.parametrize(
    "marker",
    [
        "test",
        "TEST",
        "Test-001",
        "test 3",
        "TEST_ORDER",
        "測試",
        "測試訂單",
        "测试客户",
        "ＴＥＳＴ",
        "測試 12",
    ],
)
def test_test_orders_are_found_by_customer_or_order(marker):
    columns = ("customer", "date", "amount", "order")
    assert (
        reasons((marker, "2021-03-01", 5, "A1"), ("C1", "2021-03-01", 5, marker), columns=columns)
        == ["test_order"] * 2
    )


@pytest.mark.parametrize(
    "name",
    [
        "Contest Ltd",
        "Test Valley Council",
        "Test Rite",
        "Latest",
        "Testa",
        "TST",
        "測試儀器行",
        "C-TEST-1",
    ],
)
def test_honest_names_with_test_in_them_stay(name):
    assert reasons((name, "2021-03-01", 5)) == [None]


@pytest.mark.parametrize(
    "status",
    [
        "取消",
        "已取消",
        "作廢",
        "已作廢",
        "取消订单",
        "訂單取消",
        "作废",
        "Cancelled",
        "canceled",
        "VOID",
        " 已取消 ",
    ],
)
def test_cancelled_status(status):
    assert reasons(
        ("C1", "2021-03-01", 5, status), columns=("customer", "date", "amount", "status")
    ) == ["cancelled_order"]


@pytest.mark.parametrize("status", ["完成", "avoid", "進貨", "Complete", None])
def test_other_statuses_stay(status):
    assert reasons(
        ("C1", "2021-03-01", 5, status), columns=("customer", "date", "amount", "status")
    ) == [None]


@pytest.mark.parametrize(
    "status",
    [
        "未付款取消",
        "取消交易申請",
        "交易取消 ",
        "取消並退款",
        "Cancelled by customer",
        "order cancelled",
    ],
)
def test_a_status_that_begins_or_ends_with_cancelling(status):
    columns = ("customer", "date", "amount", "status")
    if "並" in status:
        assert reasons(("C1", "2021-03-01", -5, status), columns=columns) == ["cancelled_order"]
    assert reasons(("C1", "2021-03-01", 5, status), columns=columns) == ["cancelled_order"]


@pytest.mark.parametrize(
    "status",
    ["退貨", "已退貨", "退款", "已退款", "退货", "已退貨退款", "Returned", "refunded", " 已退款 "],
)
@pytest.mark.parametrize("returns", ["net", "drop"])
def test_a_returned_order_is_no_purchase_but_a_minus_is_netted(status, returns):
    rows = [
        ("C1", "2021-03-01", 9, "完成"),
        ("C1", "2021-03-02", 5, status),
        ("C1", "2021-03-03", 0, status),
        ("C1", "2021-03-03", -5, status),
        ("C1", "2021-03-03", "x", status),
    ]
    assert reasons(*rows, columns=("customer", "date", "amount", "status"), returns=returns) == [
        None,
        "returned_order",
        "returned_order",
        None if returns == "net" else "return",
        "unreadable_amount",
    ]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "status",
    [
        "未取消",
        "不可取消",
        "Not cancelled",
        "取消失敗",
        "取消退貨",
        "退貨取消",
        "部分退貨",
        "退貨申請中",
        "return requested",
        "refund pending",
    ],
)
def test_a_status_that_may_undo_an_order_is_named_and_its_row_kept(status):
    with pytest.warns(DataWarning, match="counted all the same") as told:
        assert reasons(
            ("C1", "2021-03-01", 5, status), columns=("customer", "date", "amount", "status")
        ) == [None]
    assert repr(status) in str(told[0].message)


@pytest.mark.parametrize(
    "name",
    [
        "NULL",
        "null",
        "None",
        "nan",
        "NaN",
        "N/A",
        "n/a",
        "-",
        "--",
        "—",
        "無",
        "空白",
        "（空白）",
        "(blank)",
        " - ",
    ],
)
def test_a_placeholder_is_no_customer(name):
    assert reasons((name, "2021-03-01", 5)) == ["blank_customer"]


@pytest.mark.parametrize(
    "name",
    [
        "Nullmeyer",
        "NA",
        "無印良品",
        "C-1",
        "None Such Ltd",
    ],
)
def test_a_name_that_holds_a_placeholder_is_a_customer(name):
    assert reasons((name, "2021-03-01", 5)) == [None]


def test_a_placeholder_is_no_order_number():
    tx = ledger(
        ("C1", "2021-03-01", 5, "-"),
        ("C1", "2021-03-02", 6, "-"),
        columns=("customer", "date", "amount", "order"),
    )
    assert clean_transactions(tx)[0]["order"].isna().all()


def test_an_order_named_c_and_a_number_is_undone_only_by_the_same_customer_and_total():
    columns = ("customer", "date", "amount", "order")
    apart = [("A", "2021-03-01", 100, "C100"), ("B", "2021-03-01", 200, "100")]
    assert reasons(*apart, columns=columns) == [None, None]
    other_customer = [("A", "2021-03-01", 100, "C100"), ("B", "2021-03-01", 100, "100")]
    assert reasons(*other_customer, columns=columns) == [None, None]
    other_total = [("A", "2021-03-01", 100, "C100"), ("A", "2021-03-01", 99, "100")]
    assert reasons(*other_total, columns=columns) == [None, None]
    # By its total: two lines of 50 and 30 are cancelled by one of 80; B's order 100 stays.
    undone = [
        ("A", "2021-03-01", 50, "100"),
        ("A", "2021-03-01", 30, "100"),
        ("A", "2021-03-02", 80, "C100"),
        ("B", "2021-03-01", 80, "100"),
    ]
    assert reasons(*undone, columns=columns) == [*["cancelled_order"] * 3, None]


def test_amounts_that_no_firm_has_are_left_out():
    rows = [("A", "2021-03-01", amount) for amount in (1e308, -1e16, 1e15)]
    assert reasons(*rows) == ["infinite_amount", "infinite_amount", None]


def test_a_dot_that_may_part_thousands_is_not_guessed():
    rows = [("A", "2021-03-01", amount) for amount in ("1.200", "1.200,50", "350")]
    assert reasons(*rows) == ["unreadable_amount", "unreadable_amount", None]


def test_days_are_read_as_strictly_as_rfm_table_reads_them():
    for day in ("today", "now", "01/04/2021", np.int64(20210401), "2021", "April 2021", True, 1.5):
        with pytest.raises(DataError, match="is not a day"):
            clean_transactions(ledger(GOOD), end=day)
    clean, _ = clean_transactions(ledger(GOOD), end=np.datetime64("2021-03-31"))
    assert len(clean) == 1


def test_a_cancelling_order_number():
    columns = ("customer", "date", "amount", "order")
    assert reasons(
        ("C1", "2021-03-01", 5, 536379),
        ("C1", "2021-03-01", 5, "C536379"),  # cancels the order above without a minus: both go
        ("C1", "2021-03-01", -5, "C536379"),  # a return: netted
        ("C1", "2021-03-01", 5, "C999"),  # nothing to cancel: an order like others
        columns=columns,
    ) == ["cancelled_order", "cancelled_order", "cancelled_order", None]


def test_start_and_end_are_whole_days():
    rows = [
        ("C1", "2021-02-28 23:59:59", 1),
        ("C1", "2021-03-01", 2),
        ("C1", "2021-03-31 14:00", 3),
        ("C1", "2021-03-31 23:59:59.9", 4),
        ("C1", "2021-04-01", 5),
    ]
    out = "outside_period"
    for end in (
        "2021-03-31",
        "2021/3/31",
        "110/03/31",
        dt.date(2021, 3, 31),
        pd.Timestamp("2021-03-31 09:00"),
    ):
        assert reasons(*rows, start="2021-03-01", end=end) == [out, None, None, None, out]


def test_a_row_of_today_is_no_future():
    rows = [("C1", "2021-04-01 18:00", 1), ("C1", "2021-04-02", 2)]
    assert reasons(*rows, today=dt.date(2021, 4, 1)) == [None, "future_date"]
    assert reasons(*rows) == [None, None]


@pytest.mark.parametrize(
    "option",
    [
        {"start": "March"},
        {"end": "2021-02-30"},
        {"today": 44256},
        {"today": pd.NaT},
        {"end": "01/02/2021"},
    ],
)
def test_a_bad_day_is_refused(option):
    with pytest.raises(
        DataError, match=r'is not a day. Write it as year-month-day, like "2021-12-31"'
    ):
        clean_transactions(ledger(GOOD), **option)


def test_other_bad_options_are_refused():
    with pytest.raises(DataError, match="start 2021-03-02 lies after end 2021-03-01"):
        clean_transactions(ledger(GOOD), start="2021-03-02", end="2021-03-01")
    with pytest.raises(
        DataError, match=r"returns='keep' is not understood. Choose one of \('net', 'drop'\)"
    ):
        clean_transactions(ledger(GOOD), returns="keep")
    with pytest.raises(DataError, match="repeats=True"):
        clean_transactions(ledger(GOOD), repeats=True)
    with pytest.raises(DataError, match="lacks column 'amount'"):
        clean_transactions(ledger(GOOD).drop(columns="amount"))
    with pytest.raises(DataError, match="'reason' not at all"):
        clean_transactions(ledger(GOOD).assign(reason="x"))
    with pytest.raises(DataError, match="may stand there once"):
        clean_transactions(pd.concat([ledger(GOOD), ledger(GOOD)], axis="columns"))
    with pytest.raises(DataError, match="no rows"):
        clean_transactions(ledger())


def test_returns():
    rows = [
        ("C1", "2021-03-01", 100),
        ("C1", "2021-03-02", -30),
        ("C2", "2021-03-02", -5),
        ("C3", "2021-03-02", -5),
        ("C3", "2021-05-02", 5),
    ]
    alone = "return_without_purchase"
    assert reasons(*rows, end="2021-03-31") == [None, None, alone, alone, "outside_period"]
    assert reasons(*rows, returns="drop") == [None, "return", "return", "return", None]


def test_repeats():
    rows = [
        ("C1", "2021-03-01", "100", 1),
        ("Ｃ1", "2021/3/1", 100.0, 1),
        ("C1", "2021-03-01", 100, 2),
    ]
    columns = ("customer", "date", "amount", "line")
    assert reasons(*rows, columns=columns) == [None, "repeated_row", None]
    assert reasons(*rows, columns=columns, repeats="keep") == [None, None, None]
    unnumbered = ledger(*rows, columns=columns).drop(columns="line")
    with pytest.warns(DataWarning, match="2 rows equal an earlier one") as told:
        clean_transactions(unnumbered)
    assert "--repeats keep" in str(told[0].message)
    clean_transactions(unnumbered, repeats="keep")
    gaps = [("C1", "2021-03-01", 100, None), ("C1", "2021-03-01", 100, " ")]
    assert reasons(*gaps, columns=columns) == [None, "repeated_row"]


def test_first_reason_wins():
    assert reasons((None, "x", "y")) == ["blank_customer"]
    assert reasons(("test", "x", "y")) == ["test_order"]
    assert reasons(("C1", "x", "y")) == ["unreadable_date"]
    assert reasons(("C1", "2021-05-01", "y"), end="2021-04-01") == ["outside_period"]


def test_ambiguous_dates():
    assert reasons(("C1", "05/03/2021", 1), ("C1", "05/05/2021", 1)) == ["ambiguous_date", None]
    assert reasons(("C1", "05/03/2021", 1), ("C1", "25/03/2021", 1)) == [None, None]


def test_nothing_left_counts_the_reasons_with_an_example_each():
    with pytest.raises(DataError) as caught:
        clean_transactions(
            ledger((None, "2021-03-01", 5), (" ", "2021-03-01", 6), ("C1", "2021-03-01", "x"))
        )
    told = str(caught.value)
    assert "3 rows were read" in told
    assert "- No customer (blank_customer): 2, for instance row 0: customer (blank)" in told
    assert (
        "- Unreadable amount (unreadable_amount): 1, for instance row 2: "
        "customer 'C1', date '2021-03-01', amount 'x'" in told
    )


def test_nothing_left_shows_cells_as_people_write_them():
    days = [pd.Timestamp("2021-01-05"), pd.Timestamp("2021-02-06 14:30")]
    tx = pd.DataFrame({"customer": ["A", "A"], "amount": [0, -100], "date": days})
    with pytest.raises(DataError) as caught:
        clean_transactions(tx)
    told = str(caught.value)
    assert "row 1: customer 'A', date 2021-02-06 14:30, amount -100" in told
    assert "date 2021-01-05, amount 0" in told
    assert "--amount" in told
    assert "np." not in told
    assert "Timestamp" not in told
    with pytest.raises(DataError, match="run from 2021-01-05 to 2021-02-06"):
        clean_transactions(tx.assign(amount=5), start="2021-03-01")


@pytest.mark.parametrize("cell", [44256, "44256", 44256.0])
def test_excel_day_numbers_are_explained(cell):
    assert reasons(("C1", cell, 5)) == ["unreadable_date"]
    with pytest.raises(
        DataError, match="44256 would be 2021-03-01 as an Excel day number"
    ) as caught:
        clean_transactions(ledger(("C1", cell, 5)))
    assert "format the column as a date" in str(caught.value)
    tx = ledger(("C1", cell, 5))
    mended = pd.to_datetime(tx["date"].astype(float), unit="D", origin="1899-12-30")
    assert clean_transactions(tx.assign(date=mended))[0]["date"].tolist() == [
        pd.Timestamp("2021-03-01")
    ]


def test_lookalikes_stay_apart_and_are_named():
    tx = ledger(*[(name, "2021-03-01", 5) for name in (7, "007", "c01", "C01", "A 1", "A1", "B")])
    with pytest.warns(DataWarning, match="look alike") as told:
        clean, _ = clean_transactions(tx)
    assert clean["customer"].tolist() == ["7", "007", "c01", "C01", "A 1", "A1", "B"]
    for pair in ("'7' / '007'", "'c01' / 'C01'", "'A 1' / 'A1'"):
        assert pair in str(told[0].message)
    assert "'B'" not in str(told[0].message)


def test_a_point_zero_makes_a_lookalike():
    tx = ledger(("17850.0", "2021-03-01", 5), ("17850", "2021-03-01", 5), ("1.5", "2021-03-01", 5))
    with pytest.warns(DataWarning, match=r"'17850.0' / '17850'\."):
        clean_transactions(tx)


def test_a_repeated_index_breaks_nothing():
    tx = ledger(GOOD, (None, "2021-03-01", 5), ("C1", "2021-03-01", 6))
    tx.index = [4, 4, 4]
    clean, rejected = clean_transactions(tx)
    assert clean.index.tolist() == [4, 4]
    assert clean["amount"].tolist() == [1, 6]
    assert rejected["reason"].tolist() == ["blank_customer"]


def test_a_shuffled_ledger_gives_the_same_totals():
    rows = [(f"C{row % 7}", f"2021-03-{row % 28 + 1:02d}", row * (-1) ** row) for row in range(60)]
    tx = ledger(*rows, *rows[:5])
    tx["order"] = tx["amount"]
    totals = [
        clean_transactions(tx.sample(frac=1, random_state=seed))[0]
        .groupby("customer")["amount"]
        .sum()
        for seed in (1, 2)
    ]
    pd.testing.assert_series_equal(*totals)


cell = st.one_of(
    st.sampled_from(
        [
            None,
            "",
            "C1",
            " Ｃ1",
            "test",
            "2021-03-01",
            "05/03/2021",
            "110/3/5",
            44256,
            "-5",
            "(5)",
            0,
            7,
            "007",
            1.5,
            np.inf,
            "#N/A",
            "已取消",
            True,
            dt.datetime(2021, 3, 1),
        ]
    ),
    st.integers(-99, 99),
    st.text(max_size=4),
)


@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")
@given(
    st.lists(st.tuples(cell, cell, cell, cell, cell), max_size=12),
    st.sampled_from(["net", "drop"]),
    st.sampled_from(["keep", "drop"]),
)
def test_kept_and_rejected_are_what_was_read(rows, returns, repeats):
    columns = ("customer", "date", "amount", "order", "status")
    tx = ledger(*rows, (*GOOD, "A1", None), columns=columns)
    before = tx.copy(deep=True)
    clean, rejected = clean_transactions(tx, today="2021-04-01", returns=returns, repeats=repeats)
    pd.testing.assert_frame_equal(tx, before)
    assert sorted([*clean.index, *rejected.index]) == tx.index.tolist()
    assert clean.index.is_monotonic_increasing
    assert rejected.index.is_monotonic_increasing
    pd.testing.assert_frame_equal(rejected.drop(columns="reason"), tx.loc[rejected.index])
    assert set(rejected["reason"]) <= set(REASONS)
    assert clean[["customer", "date", "amount"]].notna().all(axis=None)
    pd.testing.assert_series_equal(clean["status"], tx.loc[clean.index, "status"])


def test_a_computed_amount_has_no_noise(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("客戶,日期,數量,單價\nA,x,3,3.3\nA,2021-03-01,0,-5\n", encoding="utf-8")
    tx = load_transactions(path)
    assert tx["amount"].map(repr).tolist() == ["9.9", "0.0"]


def test_loading_puts_the_needed_columns_first_and_computes_the_amount(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        '品名,數量,單價,日期,客戶\n紙,3,"1,000",2021-03-01,1\n筆,x,5,2021-03-01,1\n',
        encoding="utf-8",
    )
    tx = load_transactions(path)
    assert tx.columns.tolist() == [
        "customer",
        "date",
        "amount",
        "product",
        "quantity",
        "unit_price",
    ]
    assert tx["amount"].tolist()[0] == 3000
    assert tx.attrs["source"]["columns"]["數量"] == "quantity"
    clean, rejected = clean_transactions(tx)
    assert clean.attrs["source"]["rows_read"] == 2
    assert rejected["reason"].tolist() == ["unreadable_amount"]
    assert rejected["quantity"].tolist() == ["x"]
