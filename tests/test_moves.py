"""Migration between tiers: by hand, as properties, and counted again in SQL."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk
from rfmkit.relationship.moves import migration, migration_shares
from rfmkit.schema import CLASSES, DataError
from rfmkit.strategies import SCHEMES

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
A, B, C = SCHEMES["abc3"]


def test_a_matrix_by_hand():
    before = pd.Series({"Ann": A, "Bob": A, "Cid": B, "Dee": C, "Eve": C})
    after = pd.Series({"Eve": A, "Dee": C, "Ann": B, "Bob": A, "Fay": C, "Gus": C})
    matrix = migration(before, after)
    expected = pd.DataFrame(
        [[1, 1, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0], [0, 0, 2, 0]],
        index=pd.Index([A, B, C, "new"], name="before"),
        columns=pd.Index([A, B, C, "lost"], name="after"),
    )
    pd.testing.assert_frame_equal(matrix, expected, check_index_type=False, check_column_type=False)
    shares = migration_shares(matrix)
    assert shares.loc[A].tolist() == [2, 0, 1, 1, 0, 0, 0.5, 0.5, 0]
    assert shares.loc[B].tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 1]
    assert shares.loc[C].tolist() == [2, 1, 1, 0, 0, 0.5, 0.5, 0, 0]
    assert shares.loc["all"].tolist() == [5, 1, 2, 1, 1, 0.2, 0.4, 0.2, 0.2]


customers = st.dictionaries(st.integers(0, 25), st.sampled_from([A, B, C]), max_size=25)


@settings(max_examples=40)
@given(customers, customers)
def test_nobody_is_lost_from_the_count(before, after):
    if not before and not after:
        return
    was, now = pd.Series(before, dtype=object), pd.Series(after, dtype=object)
    matrix = migration(was, now)
    assert matrix.to_numpy().sum() == len(before | after)
    assert matrix.loc["new", "lost"] == 0
    for code in (A, B, C):
        assert matrix.loc[code].sum() == (was == code).sum()
        assert matrix[code].sum() == (now == code).sum()
    assert matrix.loc["new"].sum() == len(after.keys() - before.keys())
    assert matrix["lost"].sum() == len(before.keys() - after.keys())
    # Looking back in time is the same table turned over.
    back = migration(now, was)
    assert (back.to_numpy() == matrix.to_numpy().T).all()
    shares = migration_shares(matrix)
    moved = shares[["promoted", "stayed", "demoted", "lost"]].sum(axis="columns")
    assert moved.equals(shares["customers"].rename(None))
    known = shares[shares["customers"] > 0]
    together = known[["promoted_share", "stayed_share", "demoted_share", "lost_share"]]
    assert together.sum(axis="columns").to_numpy() == pytest.approx(1)
    assert shares.loc[shares["customers"] == 0, "stayed_share"].isna().all()


def test_the_order_of_tiers_comes_from_the_categories_or_the_scheme():
    own = pd.CategoricalDtype(["gold", "silver"], ordered=True)
    matrix = migration(pd.Series(["silver"], dtype=own), pd.Series(["gold"], dtype=own))
    assert matrix.index.tolist() == ["gold", "silver", "new"]
    assert migration_shares(matrix).loc["all", "promoted"] == 1
    codes = pd.Series(["general_keep"])
    assert migration(codes, codes).columns.tolist() == [*CLASSES, "lost"]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (pd.Series([A, B], index=["x", "x"]), pd.Series([A]), "'x'"),
        (pd.Series([A, None]), pd.Series([A]), "1 of 2 customers have no tier in before"),
        (pd.Series([A]), pd.Series([float("nan")]), "no tier in after"),
        (pd.Series([A]), pd.Series(["abc4:small"]), "different schemes"),
        (pd.Series([A, "abc4:small"]), pd.Series([A]), "mixes"),
        (pd.Series([A]), pd.Series(["gold"]), "'gold', which is no tier"),
        (pd.Series([1, 2]), pd.Series([1, 2]), "no tier of the kit"),
        ([A], pd.Series([A]), "Series"),
        (pd.Series([], dtype=object), pd.Series([], dtype=object), "both empty"),
        (pd.Series(["new"], dtype="category"), pd.Series(["new"], dtype="category"), "both words"),
    ],
)
def test_tiers_that_cannot_be_followed(before, after, says):
    with pytest.raises(DataError, match=says):
        migration(before, after)


@pytest.mark.parametrize("bad", [None, pd.DataFrame(), pd.DataFrame([[1]], index=[A], columns=[A])])
def test_shares_need_a_matrix(bad):
    with pytest.raises(DataError, match="migration"):
        migration_shares(bad)


def classes_of(clean, today):
    rfm = rk.rfm_table(clean, today=today)
    return rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))


SQL = """
with tiers as (
    select part, customer, (r <= avg(r) over w)::int || ((f >= avg(f) over w)::int)
        || ((m >= avg(m) over w)::int) as triple
    from (
        select part, customer, count(*) filter (amount > 0) as f, sum(amount) as m,
            date_diff('day', max(date::date) filter (amount > 0), any_value(today)) as r
        from (select *, date '{middle}' as today, 'before' as part from tx where date < '{middle}'
              union all select *, date '{end}', 'after' from tx where date >= '{middle}')
        group by part, customer
        having count(*) filter (amount > 0) > 0
    )
    window w as (partition by part)
)
select coalesce(b.triple, 'new'), coalesce(a.triple, 'lost'), count(*)
from (select * from tiers where part = 'before') b
full join (select * from tiers where part = 'after') a using (customer)
group by 1, 2
"""


def halves_agree_with_sql(clean, middle, end):
    duckdb = pytest.importorskip("duckdb")
    parts = []
    for rows, today in [
        (clean[clean["date"] < middle], middle),
        (clean[clean["date"] >= middle], end),
    ]:
        buyers = rows.loc[rows["amount"] > 0, "customer"]
        parts.append(classes_of(rows[rows["customer"].isin(buyers)], today))
    matrix = migration(*parts)
    tx = clean[["customer", "date", "amount"]].astype({"customer": object})
    with duckdb.connect() as connection:
        connection.register("tx", tx)
        counted = connection.execute(SQL.format(middle=middle, end=end)).fetchall()
    triples = rk.class_summary(pd.DataFrame({"monetary": []}), parts[0].iloc[:0])["triple"]
    code_of = {**{triple: code for code, triple in triples.items()}, "new": "new", "lost": "lost"}
    expected = {(code_of[was], code_of[now]): number for was, now, number in counted}
    found = {pair: number for pair, number in matrix.stack().items() if number}
    assert found == expected
    assert len(found) > 8


def test_the_canonical_case_against_sql():
    clean, _ = rk.clean_transactions(
        rk.load_transactions(rk.data_file("交易記錄.xlsx")), start="2021-03-01", end="2021-03-31"
    )
    halves_agree_with_sql(clean, "2021-03-16", "2021-04-01")


@pytest.mark.real_ledgers
@pytest.mark.filterwarnings("ignore:.*repeated_row:rfmkit.schema.DataWarning")
def test_a_real_ledger_against_sql():
    clean, _ = rk.clean_transactions(rk.load_transactions(DATA / "CDNOW_master.txt"))
    halves_agree_with_sql(clean, "1997-07-01", "1998-07-01")
