"""R, F, M, high or low: a case worked by hand, properties, and the wrong answers to tell apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk

TODAY = "2021-04-01"

# Five customers on paper. A: two orders (one of two lines) and a return. B: one order on the last
# day. C: two orders on one day. D: bought on the first of March, with a time of day. E: returned
# after the last purchase.
LEDGER = pd.DataFrame(
    [
        ("S1", "2021-03-02 09:00", "A", 100),
        ("S1", "2021-03-02 09:00", "A", 50),
        ("S5", "2021-03-20 18:30", "A", 300),
        ("R1", "2021-03-25 10:00", "A", -120),
        ("S2", "2021-03-31 23:59", "B", 80),
        ("S3", "2021-03-11 08:00", "C", 40),
        ("S4", "2021-03-11 17:00", "C", 60),
        ("S6", "2021-03-01 00:01", "D", 900),
        ("S7", "2021-03-05 12:00", "E", 500),
        ("R2", "2021-03-30 12:00", "E", -500),
    ],
    columns=["order", "date", "customer", "amount"],
).astype({"date": "datetime64[ns]"})

BY_HAND = pd.DataFrame(
    {
        "recency_days": [12, 1, 21, 31, 27],
        "frequency": [2, 1, 2, 1, 1],
        "monetary": [330.0, 80.0, 100.0, 900.0, 0.0],
    },
    index=pd.Index(list("ABCDE"), name="customer"),
)


def plain(rfm):
    """Compare without minding how pandas stores text."""
    return rfm.rename(index=str)


def test_five_customers_by_hand():
    rfm = rk.rfm_table(LEDGER, today=TODAY, order="order")
    pd.testing.assert_frame_equal(plain(rfm), plain(BY_HAND), check_index_type=False)
    assert rfm.dtypes.astype(str).tolist() == ["int64", "int64", "float64"]


def test_without_order_every_line_counts():
    rfm = rk.rfm_table(LEDGER, today=TODAY)
    assert rfm["frequency"].tolist() == [3, 1, 2, 1, 1]


def test_a_row_without_an_order_number_is_a_purchase_of_its_own():
    orders = LEDGER["order"].mask(LEDGER["order"].isin(["S2", "S3", "S4"]))
    rfm = rk.rfm_table(LEDGER.assign(order=orders), today=TODAY, order="order")
    assert rfm["frequency"].tolist() == [2, 1, 2, 1, 1]


@pytest.mark.parametrize(
    ("slip", "wrong"),
    [
        ("return as visit", {"E": 2}),
        ("gross", {"E": 500.0, "A": 450.0}),
        ("first purchase", {"A": 30}),
        ("day before", {"A": 11}),
    ],
)
def test_tells_the_wrong_answers_apart(slip, wrong):
    rfm = rk.rfm_table(LEDGER, today=TODAY, order="order")
    column = {"return as visit": "recency_days", "gross": "monetary"}.get(slip, "recency_days")
    assert all(rfm.at[customer, column] != value for customer, value in wrong.items())


def test_nothing_is_changed():
    before = LEDGER.copy(deep=True)
    rk.rfm_table(LEDGER, today=TODAY, order="order")
    pd.testing.assert_frame_equal(LEDGER, before)


def test_own_column_names():
    own = LEDGER.rename(columns={"customer": "會員", "date": "日", "amount": "元", "order": "單"})
    rfm = rk.rfm_table(own, today=TODAY, customer="會員", date="日", amount="元", order="單")
    pd.testing.assert_frame_equal(plain(rfm), plain(BY_HAND), check_index_type=False)
    assert rfm.index.name == "customer"


ledgers = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.integers(1, 31),
        st.integers(1, 10_000),
        st.integers(1, 8),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(ledgers, st.randoms(use_true_random=False))
def test_rows_in_any_order_give_the_same_table(rows, chance):
    def table(lines):
        return rk.rfm_table(
            pd.DataFrame(
                {
                    "customer": [customer for customer, *_ in lines],
                    "date": pd.to_datetime([f"2021-03-{day:02d}" for _, day, *_ in lines]),
                    "amount": [amount / 100 for *_, amount, _ in lines],
                    "order": [f"{customer}{order}" for customer, *_, order in lines],
                }
            ),
            today=TODAY,
            order="order",
        )

    rfm = table(rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(rfm, table(shuffled))
    # The same by plain loops.
    for customer in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == customer]
        assert rfm.at[customer, "recency_days"] == 32 - max(row[1] for row in own)
        assert rfm.at[customer, "frequency"] == len({row[3] for row in own})
        assert rfm.at[customer, "monetary"] == pytest.approx(sum(row[2] for row in own) / 100)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.drop(columns="amount"), "lacks column 'amount'"),
        (lambda t: t.assign(date=t["date"].astype(str)), "not dates"),
        (lambda t: t.assign(amount=t["amount"].astype(str)), "not numbers"),
        (lambda t: t.assign(amount=np.inf), "infinite"),
        (lambda t: t.assign(amount=np.nan), "blank or infinite"),
        (lambda t: t.assign(customer=None), "have no 'customer'"),
        (lambda t: t.iloc[:0], "empty"),
        (lambda t: t[t["customer"] == "E"].tail(1), "bought nothing"),
        (lambda t: list(t["amount"]), "must be a pandas DataFrame"),
    ],
)
def test_bad_ledgers_are_explained(change, says):
    with pytest.raises(rk.DataError, match=says):
        rk.rfm_table(change(LEDGER), today=TODAY)


def test_rows_after_today_are_refused_with_their_number_and_date():
    with pytest.raises(rk.DataError, match=r"3 rows are dated after today.*2021-03-31"):
        rk.rfm_table(LEDGER, today="2021-03-24")


@pytest.mark.parametrize(
    "today",
    [
        "soon",
        None,
        20210401,
        "2021-02-30",
        "today",
        "now",
        "01/04/2021",
        np.int64(20210401),
        1.5,
        True,
        pd.NaT,
        "2021",
        "44256",
        "20210431",
    ],
)
def test_today_must_be_a_day(today):
    with pytest.raises(rk.DataError, match="today must be a day"):
        rk.rfm_table(LEDGER, today=today)


@pytest.mark.parametrize(
    "today",
    [
        "2021-04-01",
        "2021/4/1",
        "20210401",
        "2021年4月1日",
        "110/04/01",
        "２０２１-4-1",
        " 2021.4.1 ",
        "2021-04-01 18:00",
        np.datetime64("2021-04-01"),
        pd.Timestamp("2021-04-01 18:00", tz="Asia/Taipei"),
    ],
)
def test_a_day_may_be_written_in_these_ways(today):
    pd.testing.assert_frame_equal(
        rk.rfm_table(LEDGER, today=today), rk.rfm_table(LEDGER, today=TODAY)
    )


def test_noise_of_adding_cents_does_not_move_a_customer_off_a_threshold():
    tx = pd.DataFrame(
        {
            "customer": list("AAABC"),
            "date": pd.Timestamp("2021-03-05"),
            "amount": [0.3, -0.1, -0.2, 0.3, 5.0],
        }
    )
    rfm = rk.rfm_table(tx, today=TODAY)
    assert [repr(value) for value in rfm["monetary"].tolist()] == ["0.0", "0.3", "5.0"]
    cuts = {"recency_days": 40, "frequency": 1, "monetary": 0}
    assert rk.high_low(rfm, cuts=cuts)["M"].all()
    noisy = rfm.assign(monetary=[0.3 - 0.1 - 0.2, -1e-6, 5.0])
    assert rk.high_low(noisy, cuts=cuts)["M"].tolist() == [True, False, True]


def test_one_column_for_two_parts_is_refused():
    for parts in ({"order": "customer"}, {"order": "date"}, {"amount": "customer"}):
        with pytest.raises(rk.DataError, match="one column is given two parts"):
            rk.rfm_table(LEDGER, today=TODAY, **parts)


def test_cells_that_are_lists_are_refused():
    lists = pd.Series([[1]] * len(LEDGER), index=LEDGER.index)
    for change in ({"order": lists}, {"customer": lists}):
        with pytest.raises(rk.DataError, match="holds list"):
            rk.rfm_table(LEDGER.assign(**change), today=TODAY, order="order")


def test_a_customer_of_spaces_is_no_customer():
    for blank in ("", "  ", "\u3000"):
        with pytest.raises(rk.DataError, match=f"{len(LEDGER)} of {len(LEDGER)} rows have no"):
            rk.rfm_table(LEDGER.assign(customer=blank), today=TODAY)


def test_a_customer_with_zeros_only_is_not_said_to_have_returned_goods():
    with pytest.raises(rk.DataError, match="bought nothing") as caught:
        rk.rfm_table(LEDGER.assign(amount=0), today=TODAY)
    assert "returned goods" not in str(caught.value)


def test_cuts_remember_their_method():
    rfm = rk.rfm_table(LEDGER, today=TODAY)
    for method in ("mean", "median"):
        assert rk.rfm_cuts(rfm, method=method).attrs["method"] == method


def test_today_may_be_the_day_of_the_last_purchase():
    assert rk.rfm_table(LEDGER, today="2021-03-31")["recency_days"].min() == 0


def test_customers_written_as_text_and_number_stay_apart():
    tx = LEDGER.head(2).assign(customer=["007", "7"])
    assert rk.rfm_table(tx, today=TODAY).index.tolist() == ["007", "7"]


def test_cuts_by_hand():
    assert rk.rfm_cuts(BY_HAND).tolist() == [18.4, 1.4, 282.0]
    assert rk.rfm_cuts(BY_HAND, method="median").tolist() == [21, 1, 100]
    with pytest.raises(rk.DataError, match="use 'mean' or 'median'"):
        rk.rfm_cuts(BY_HAND, method="average")
    with pytest.raises(rk.DataError, match="empty"):
        rk.rfm_cuts(BY_HAND.iloc[:0])


def test_who_sits_on_the_cut_is_high():
    cuts = {"recency_days": 12, "frequency": 2, "monetary": 330}
    levels = rk.high_low(BY_HAND, cuts=cuts)
    assert levels.loc["A"].tolist() == [True, True, True]
    assert levels.loc["C"].tolist() == [False, True, False]


def test_equal_customers_are_all_high_by_either_cut():
    same = pd.DataFrame(
        {"recency_days": [3] * 7, "frequency": [2] * 7, "monetary": [0.1 + 0.2] * 7}
    )
    for method in ("mean", "median"):
        assert rk.high_low(same, cuts=rk.rfm_cuts(same, method=method)).all(axis=None)


@pytest.mark.parametrize(
    ("cuts", "says"),
    [
        ({"recency_days": 3}, "lacks"),
        ("mean", "three numbers"),
        (None, "three numbers"),
        ({"recency_days": 3, "frequency": "many", "monetary": 1}, "plain numbers"),
        ({"recency_days": np.nan, "frequency": 1, "monetary": 1}, "plain numbers"),
    ],
)
def test_bad_cuts_are_explained(cuts, says):
    with pytest.raises(rk.DataError, match=says):
        rk.high_low(BY_HAND, cuts=cuts)
