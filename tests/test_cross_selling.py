"""What a tier buys together: by hand, as properties, and counted again in SQL."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk
from rfmkit.relationship.cross_selling import co_purchase_lift
from rfmkit.schema import DataError

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def ledger(rows):
    return pd.DataFrame(rows, columns=["customer", "order", "product", "amount"])


# Four customers of A buy tea and pot: 2 both, 1 tea, 1 cup. B's and the return do not count.
TX = ledger(
    [
        ("a", 1, "tea", 5.0), ("a", 2, "pot", 5.0), ("a", 2, "tea", 5.0), ("b", 3, "pot", 5.0),
        ("b", 3, "tea", 5.0), ("c", 4, "tea", 5.0), ("c", 4, "cup", -5.0), ("d", 5, "cup", 5.0),
        ("e", 6, "tea", 5.0), ("e", 6, "cup", 5.0), ("z", 7, "tea", 5.0), ("z", 7, "pot", 5.0),
    ]
)  # fmt: skip
TIERS = pd.Series({"a": "A", "b": "A", "c": "A", "d": "A", "e": "B", "f": "A"})


def test_pairs_of_customers_by_hand():
    pairs = co_purchase_lift(TX, TIERS, "A", min_baskets=1)
    (row,) = pairs.itertuples(index=False)
    assert (row.product_a, row.product_b, row.baskets) == ("pot", "tea", 2)
    assert pairs.attrs["baskets"] == 4  # f bought nothing
    assert row.support == 0.5
    assert row.confidence_ab == 1
    assert row.confidence_ba == pytest.approx(2 / 3)
    assert row.lift == pytest.approx(0.5 / (0.5 * 0.75))


def test_pairs_of_orders_by_hand():
    # Orders 1 tea, 2 pot tea, 3 pot tea, 4 tea, 5 cup: lift 0.4 / (0.4 x 0.8).
    pairs = co_purchase_lift(TX, TIERS, "A", basket="order", min_baskets=2)
    assert pairs.attrs["baskets"] == 5
    assert pairs["lift"].tolist() == [pytest.approx(1.25)]


def test_the_minimum_holds_and_nothing_found_is_an_empty_table():
    assert len(co_purchase_lift(TX, TIERS, "A", min_baskets=2)) == 1
    for least in (3, 5):
        none = co_purchase_lift(TX, TIERS, "A", min_baskets=least)
        assert len(none) == 0
        assert list(none)[-1] == "lift"
    assert co_purchase_lift(TX, TIERS, "B", min_baskets=1)["lift"].tolist() == [1.0]


baskets = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.just(0), st.sampled_from("pqrst"), st.just(1.0)),
    min_size=1,
    max_size=60,
)


@settings(max_examples=40)
@given(baskets, st.integers(1, 3))
def test_each_pair_is_counted_as_sets_would(rows, least):
    tiers = pd.Series("A", index=list("abcdefgh"))
    tx = ledger(rows)
    pairs = co_purchase_lift(tx, tiers, "A", min_baskets=least)
    owners = {product: {row[0] for row in rows if row[2] == product} for product in "pqrst"}
    everyone = {row[0] for row in rows}
    expected = {
        (one, other): len(owners[one] & owners[other])
        for one in "pqrst"
        for other in "pqrst"
        if one < other and len(owners[one] & owners[other]) >= least
    }
    assert {(row.product_a, row.product_b): row.baskets for row in pairs.itertuples()} == expected
    for row in pairs.itertuples():
        chance = len(owners[row.product_a]) * len(owners[row.product_b]) / len(everyone) ** 2
        assert row.lift == pytest.approx(row.support / chance)
    assert pairs["lift"].is_monotonic_decreasing
    again = co_purchase_lift(tx.iloc[::-1], tiers.iloc[::-1], "A", min_baskets=least)
    pd.testing.assert_frame_equal(again, pairs)


@pytest.mark.parametrize(
    ("tx", "tiers", "options", "says"),
    [
        (TX.drop(columns="product"), TIERS, {}, "lacks column 'product'"),
        (TX.drop(columns="order"), TIERS, {"basket": "order"}, "lacks column 'order'"),
        (TX.assign(product=None), TIERS, {}, "have no 'product'"),
        (TX.assign(order=float("nan")), TIERS, {"basket": "order"}, "have no 'order'"),
        (TX.assign(amount=float("nan")), TIERS, {}, "blank"),
        (TX.assign(amount=float("inf")), TIERS, {}, "infinite"),
        (TX.assign(amount="5"), TIERS, {}, "not numbers"),
        (TX.assign(amount=-5.0), TIERS, {}, "no purchase"),
        (TX.iloc[:0], TIERS, {}, "no purchase"),
        (TX.assign(customer=1), TIERS, {}, "written alike"),
        (TX, pd.concat([TIERS, TIERS[:1]]), {}, "'a'"),
        (
            TX,
            TIERS.replace("A", "C"),
            {},
            r"no customer is in tier 'A'; the tiers are \['C', 'B'\]",
        ),
        (TX, TIERS.to_dict(), {}, "Series"),
        (TX, TIERS, {"min_baskets": 0}, "min_baskets"),
        (TX, TIERS, {"min_baskets": 0.05}, "min_baskets"),
    ],
)
def test_what_cannot_be_counted(tx, tiers, options, says):
    with pytest.raises(DataError, match=says):
        co_purchase_lift(tx, tiers, "A", **options)


SQL = """
with bought as (
    select distinct "{basket}" as basket, product
    from tx join tiers using (customer) where amount > 0 and tier = ?
),
n as (select count(distinct basket) as n from bought),
each as (select product, count(*) as c from bought group by 1)
select a.product, b.product, count(*) as baskets, count(*) / any_value(n),
    count(*) / any_value(x.c), count(*) / any_value(y.c),
    count(*) * any_value(n) / (any_value(x.c) * any_value(y.c))
from n, bought a join bought b on a.basket = b.basket and a.product < b.product
join each x on x.product = a.product join each y on y.product = b.product
group by 1, 2 having count(*) >= ? order by 7 desc, 3 desc, 1, 2
"""


def agrees_with_sql(clean, tier_of, tier, basket, least):
    duckdb = pytest.importorskip("duckdb")
    pairs = co_purchase_lift(clean, tier_of, tier, basket=basket, min_baskets=least)
    plain = clean[["customer", "order", "product", "amount"]].astype(
        {"customer": object, "order": object, "product": object}
    )
    with duckdb.connect() as connection:
        connection.register("tx", plain)
        frame = pd.DataFrame({"customer": tier_of.index, "tier": tier_of.astype(object)})
        connection.register("tiers", frame.astype(object))
        counted = connection.execute(SQL.format(basket=basket), [tier, least]).fetchall()
    assert len(pairs) == len(counted) > 0
    found = {(row[0], row[1]): row[2:] for row in pairs.itertuples(index=False, name=None)}
    for one, other, *numbers in counted:
        assert found[one, other] == pytest.approx(numbers)


def by_class(clean, today):
    rfm = rk.rfm_table(clean, today=today)
    return rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))


@pytest.mark.parametrize("basket", ["customer", "order"])
def test_the_canonical_case_against_sql(basket):
    clean, _ = rk.clean_transactions(
        rk.load_transactions(rk.data_file("交易記錄.xlsx")), start="2021-03-01", end="2021-03-31"
    )
    agrees_with_sql(clean, by_class(clean, "2021-04-01"), "important_value", basket, 2)


@pytest.mark.real_ledgers
def test_a_real_ledger_against_sql():
    clean, _ = rk.clean_transactions(rk.load_transactions(DATA / "online_retail.csv.gz"))
    agrees_with_sql(clean, by_class(clean, "2011-12-10"), "general_value", "customer", 20)
