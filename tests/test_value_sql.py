"""Tiers, Pareto shares and cohorts a second time, in plain SQL that knows nothing of the kit."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.abc_tiers import abc_tier, value_share
from rfmkit.clv.cohorts import churn_rate, cohort_retention

duckdb = pytest.importorskip("duckdb")

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
real = pytest.mark.real_ledgers


@cache
def ledger(name):
    """Read and clean a real ledger once for all tests here."""
    today = "2011-12-10" if name.startswith("online") else None
    clean, _ = rk.clean_transactions(rk.load_transactions(DATA / name), today=today)
    return clean


# Money is counted in exact decimals here.
TIERS_SQL = """
with spent as ({spent}),
ahead as (
    select customer, net,
        rank() over (order by net desc) - 1 as better,
        count(*) over () as customers,
        coalesce(sum(net) over (
            order by net desc groups between unbounded preceding and 1 preceding), 0) as net_ahead,
        sum(net) over () as total
    from spent
)
select customer, net,
    case when better < 0.05 * customers then 'premium' when better < 0.20 * customers
    then 'important' when better < 0.50 * customers then 'ordinary' else 'small' end as by_rank,
    case when net_ahead < 0.50 * total then 'premium' when net_ahead < 0.80 * total
    then 'important' when net_ahead < 0.95 * total then 'ordinary' else 'small' end as by_value,
    sum(net) filter (better < 0.20 * customers) over () / total as top_share
from ahead order by customer
"""


def compare_tiers(monetary, spent, **frames):
    with duckdb.connect() as base:
        for name, frame in frames.items():
            base.register(name, frame)
        rows = base.execute(TIERS_SQL.format(spent=spent)).fetchall()
    by_customer = {row[0]: row for row in rows}
    assert sorted(monetary.index) == sorted(by_customer)
    by_rank, by_value = abc_tier(monetary), abc_tier(monetary, by="value")
    tiers = pd.DataFrame({"net": monetary.round(2), "rank": by_rank, "value": by_value})
    for customer, net, rank, value in tiers.itertuples():
        _, sql_net, sql_rank, sql_value, sql_share = by_customer[customer]
        assert net == pytest.approx(float(sql_net), abs=0.006)
        assert rank == f"abc4:{sql_rank}", customer
        assert value == f"abc4:{sql_value}", customer
    assert value_share(monetary) == pytest.approx(float(sql_share))


def test_tiers_of_canonical_case():
    clean, _ = rk.clean_transactions(
        rk.load_transactions(rk.data_file()), start="2021-03-01", end="2021-03-31"
    )
    monetary = rk.rfm_table(clean, today="2021-04-01", order="order")["monetary"]
    lines = pd.DataFrame(
        {"customer": clean["customer"].astype(object), "amount": clean["amount"].astype("int64")}
    )
    compare_tiers(
        monetary,
        "select customer, sum(amount)::decimal(18, 2) as net from lines group by customer",
        lines=lines,
    )


@real
@pytest.mark.filterwarnings("ignore:.*repeated_row:rfmkit.schema.DataWarning")
def test_tiers_of_cdnow():
    clean = ledger("CDNOW_master.txt")
    monetary = clean.groupby("customer")["amount"].sum().round(2)
    compare_tiers(
        monetary,
        f"""
        select customer, sum(amount) as net from (
            select distinct line[1:5] as customer, line from (
                select trim(line) as line from read_csv('{DATA / "CDNOW_master.txt"}',
                    header = false, skip = 1, columns = {{'line': 'varchar'}}, delim = '\\x01')))
        as once, lateral (select
            string_split_regex(once.line, ' +')[4]::decimal(18, 2) as amount)
        where amount <> 0 group by customer
        """,
    )


@real
def test_tiers_of_online_retail():
    clean = ledger("online_retail.csv.gz")
    monetary = clean.groupby("customer")["amount"].sum().round(3)
    assert (monetary <= 0).any()
    compare_tiers(
        monetary,
        f"""
        select CustomerID as customer, sum(amount) as net from (
            select distinct *, (Quantity::decimal(12, 0) * UnitPrice::decimal(12, 3))
                ::decimal(18, 3) as amount
            from read_csv('{DATA / "online_retail.csv.gz"}', all_varchar = true)
            where CustomerID <> '')
        where amount <> 0 group by CustomerID having max(amount) > 0
        """,
    )


COHORT_SQL = """
with active as (select distinct customer, year(day) * 12 + month(day) as month from lines
                where amount > 0),
first as (select customer, min(month) as cohort from active group by customer)
select cohort, month - cohort as age, count(*) as came,
    (select count(*) from first f where f.cohort = g.cohort) as members
from active join first g using (customer) group by cohort, age
"""
CHURN_SQL = """
with active as (select distinct customer, year(day) * 12 + month(day) as month from lines
                where amount > 0)
select month, count(*), count(*) filter (exists (select 1 from active n
    where n.customer = a.customer and n.month = a.month + 1)) from active a group by month
"""


def compare_cohorts(clean, source, **frames):
    with duckdb.connect() as base:
        for name, frame in frames.items():
            base.register(name, frame)
        base.execute(f"create table lines as {source}")
        cohorts = base.execute(COHORT_SQL).fetchall()
        months = base.execute(CHURN_SQL).fetchall()
    table = cohort_retention(clean).rename(index=lambda cohort: cohort.year * 12 + cohort.month)
    assert {cohort for cohort, *_ in cohorts} == set(table.index)
    for cohort, age, came, members in cohorts:
        assert table.at[cohort, "cohort_size"] == members
        assert table.at[cohort, age] == pytest.approx(came / members)
    assert (table.drop(columns="cohort_size") > 0).sum().sum() == len(cohorts)
    churn = churn_rate(clean).rename(index=lambda month: month.year * 12 + month.month)
    for month, customers, stayed in sorted(months)[:-1]:
        assert churn.loc[month, ["customers", "returned"]].tolist() == [customers, stayed]


def test_cohorts_of_canonical_case():
    clean, _ = rk.clean_transactions(rk.load_transactions(rk.data_file()))
    lines = pd.DataFrame(
        {
            "customer": clean["customer"].astype(object),
            "day": clean["date"].dt.strftime("%Y-%m-%d").astype(object),
            "amount": clean["amount"].astype("float64"),
        }
    )
    compare_cohorts(clean, "select customer, day::date as day, amount from frame", frame=lines)


@real
@pytest.mark.filterwarnings("ignore:.*repeated_row:rfmkit.schema.DataWarning")
def test_cohorts_of_cdnow():
    clean = ledger("CDNOW_master.txt")
    compare_cohorts(
        clean,
        f"""
        select part[1] as customer, strptime(part[2], '%Y%m%d') as day, part[4]::double as amount
        from (select string_split_regex(trim(line), ' +') as part
              from read_csv('{DATA / "CDNOW_master.txt"}', header = false, skip = 1,
                            columns = {{'line': 'varchar'}}, delim = '\\x01'))
        """,
    )


@real
def test_cohorts_of_online_retail():
    clean = ledger("online_retail.csv.gz")
    compare_cohorts(
        clean,
        f"""
        select CustomerID as customer, InvoiceDate::timestamp as day,
            Quantity::double * UnitPrice::double as amount
        from read_csv('{DATA / "online_retail.csv.gz"}', all_varchar = true)
        where CustomerID <> ''
        """,
    )
