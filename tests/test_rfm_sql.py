"""R, F, M and the eight classes against plain SQL, on the firm's books and on a real ledger."""

from pathlib import Path

import pytest

import rfmkit as rk
from rfmkit.schema import CLASSES

duckdb = pytest.importorskip("duckdb")

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SQL = """
with customers as (
    select customer,
           date_diff('day', max(date) filter (amount > 0)::date, date '{today}') as recency_days,
           count(distinct "order") filter (amount > 0) as frequency,
           sum(amount) as monetary
    from clean group by customer
), cuts as (
    select avg(recency_days) as r, avg(frequency) as f, avg(monetary) as m from customers
)
select customers.*,
       case when monetary >= m then 'important_' else 'general_' end ||
       case when recency_days <= r and frequency >= f then 'value'
            when recency_days <= r then 'develop'
            when frequency >= f then 'keep'
            else 'win_back' end as class
from customers, cuts order by customer
"""


def agrees_with_sql(clean, today):
    rfm = rk.rfm_table(clean, today=today, order="order")
    classes = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
    con = duckdb.connect()
    con.register("clean", clean)
    found = con.sql(SQL.format(today=today)).df().set_index("customer")
    assert list(found.index) == list(rfm.index)
    assert (found["recency_days"] == rfm["recency_days"]).all()
    assert (found["frequency"] == rfm["frequency"]).all()
    assert (found["monetary"] - rfm["monetary"]).abs().max() < 0.005
    assert (found["class"] == classes.astype(str)).all()
    assert set(found["class"]) == set(CLASSES)


@pytest.mark.parametrize("books", ["lesson", "practice"])
def test_the_firms_books(books):
    ledger = rk.load_transactions(rk.data_file("交易記錄.xlsx", books=books))
    clean, _ = rk.clean_transactions(
        ledger, start="2021-03-01", end="2021-03-31", today="2021-04-01"
    )
    agrees_with_sql(clean, "2021-04-01")


@pytest.mark.real_ledgers
def test_a_real_ledger():
    ledger = rk.load_transactions(DATA / "online_retail.csv.gz")
    clean, rejected = rk.clean_transactions(ledger, today="2011-12-10")
    assert len(clean) + len(rejected) == 541_909
    agrees_with_sql(clean, "2011-12-10")
