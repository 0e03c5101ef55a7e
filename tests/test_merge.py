"""Totals of parts merge to the totals of the whole, however the ledger is parted."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk

TODAY = "2021-04-01"
ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.integers(1, 31),
        st.integers(-5_000, 10_000),
        st.one_of(st.none(), st.integers(1, 4)),
        st.integers(0, 2),
    ),
    max_size=30,
)


def ledger(rows):
    return pd.DataFrame(
        {
            "customer": pd.Series([customer for customer, *_ in rows], dtype=object),
            "date": pd.to_datetime([f"2021-03-{day:02d}" for _, day, *_ in rows]),
            "amount": pd.Series([cents / 100 for _, _, cents, *_ in rows], dtype="float64"),
            # An order belongs to one customer.
            "order": pd.Series(
                [order and f"{customer}{order}" for customer, *_, order, _ in rows], dtype=object
            ),
        }
    )


def same(one, other):
    pd.testing.assert_frame_equal(
        one, other, check_index_type=False, check_dtype=True, rtol=0, atol=1e-6
    )


@settings(max_examples=25)
@given(ROWS)
def test_the_parts_give_the_whole(rows):
    parts = [[row for row in rows if row[-1] == part] for part in range(3)]
    # Rows without numbers count one by one, so they may be parted anyhow.
    plain = [rk.customer_totals(ledger(part)) for part in parts]
    same(rk.merge_rfm(*plain), rk.customer_totals(ledger(rows)))
    # Orders go on in another part: kept apart, each counts once.
    kept = [rk.customer_totals(ledger(part), order="order", keep_orders=True) for part in parts]
    whole = rk.customer_totals(ledger(rows), order="order", keep_orders=True)
    same(rk.merge_rfm(*kept), whole)
    a, b, c = kept
    same(rk.merge_rfm(rk.merge_rfm(a, b), c), rk.merge_rfm(c, rk.merge_rfm(b, a)))
    buyers = {row[0] for row in rows if row[2] > 0}
    bought = ledger([row for row in rows if row[0] in buyers])
    if buyers:
        left_out = [name for name in {row[0] for row in rows} if name not in buyers]
        found = rk.rfm_at(whole.drop(index=left_out, level="customer"), today=TODAY)
        same(found, rk.rfm_table(bought, today=TODAY, order="order"))


@settings(max_examples=25)
@given(ROWS)
def test_nothing_merged_in_changes_nothing(rows):
    empty = rk.customer_totals(ledger([]))
    totals = rk.customer_totals(ledger(rows))
    for merged in (rk.merge_rfm(totals), rk.merge_rfm(empty, totals), rk.merge_rfm(totals, empty)):
        same(merged, totals)


def day(text, *rows):
    frame = pd.DataFrame(rows, columns=["customer", "order", "amount"])
    return frame.assign(date=pd.Timestamp(text))


FIRST = day("2021-03-30", ("A", "o1", 100.0), ("A", "o1", 50.0), ("B", "o2", 70.0))
SECOND = day("2021-03-31", ("B", "o3", 30.0), ("C", "o4", 5.0), ("A", "o1", -50.0))


def test_a_late_row_is_one_more_ledger():
    late = day("2021-03-29", ("C", "o0", 9.0), ("B", "o2", 1.0))
    whole = rk.rfm_table(pd.concat([FIRST, SECOND, late]), today=TODAY, order="order")
    kept = [
        rk.customer_totals(part, order="order", keep_orders=True) for part in (FIRST, SECOND, late)
    ]
    same(rk.rfm_at(rk.merge_rfm(*kept), today=TODAY), whole)
    # Without the orders, the late line of o2 counts as an order of its own.
    bare = [rk.customer_totals(part, order="order") for part in (FIRST, SECOND, late)]
    found = rk.rfm_at(rk.merge_rfm(*bare), today=TODAY)
    assert (found["frequency"] - whole["frequency"]).to_dict() == {"A": 0, "B": 1, "C": 0}


def test_a_corrected_day_is_merged_anew():
    days = {"30": rk.customer_totals(FIRST), "31": rk.customer_totals(SECOND)}
    wrong = rk.rfm_at(rk.merge_rfm(*days.values()), today=TODAY)
    assert wrong.loc["B"].tolist() == [1, 2, 100.0]
    # B did not buy on the last day after all: no merging takes a last day back.
    corrected = SECOND[SECOND["customer"] != "B"]
    days["31"] = rk.customer_totals(corrected)
    found = rk.rfm_at(rk.merge_rfm(*days.values()), today=TODAY)
    same(found, rk.rfm_table(pd.concat([FIRST, corrected]), today=TODAY))
    assert found.loc["B"].tolist() == [2, 1, 70.0]


def test_a_correction_of_money_alone_is_a_row_with_the_difference():
    difference = day("2021-03-31", ("A", "o9", -25.0))
    parts = [rk.customer_totals(part) for part in (FIRST, SECOND, difference)]
    assert rk.rfm_at(rk.merge_rfm(*parts), today=TODAY).loc["A"].tolist() == [2, 2, 75.0]


def test_nothing_is_changed():
    totals = rk.customer_totals(FIRST)
    before = totals.copy(deep=True)
    rk.merge_rfm(totals, totals)
    pd.testing.assert_frame_equal(totals, before)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda t: rk.merge_rfm(), "one table"),
        (lambda t: rk.merge_rfm(t, t.drop(columns="monetary")), "lacks column 'monetary'"),
        (lambda t: rk.merge_rfm(t, t.reset_index(drop=True)), "all must be those"),
        (
            lambda t: rk.merge_rfm(t, rk.customer_totals(FIRST, order="order", keep_orders=True)),
            "keep_orders alike",
        ),
        (lambda t: rk.customer_totals(FIRST, keep_orders=True), "needs the order numbers"),
        (lambda t: rk.rfm_at(t, today="2021-03-29"), "'A', 'B' bought after today"),
        (lambda t: rk.rfm_at(t.iloc[:0], today=TODAY), "totals is empty"),
        (lambda t: rk.rfm_at(rk.customer_totals(SECOND), today=TODAY), "'A' bought nothing"),
        (lambda t: rk.rfm_at(t, today=None), "must be a day"),
    ],
)
def test_bad_totals_are_explained(call, says):
    with pytest.raises(rk.DataError, match=says):
        call(rk.customer_totals(FIRST))
