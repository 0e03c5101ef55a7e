"""The same ledger in every engine gives the same table, to the cent; faults are told in all."""

import shutil
import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit import engines

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TODAY = "2021-04-01"
# Returns, an order of many lines, a row without a number, ties, times of day, Chinese ids.
LEDGER = pd.DataFrame(
    [
        ("S1", "2021-03-02 09:00", "A", 100.1),
        ("S1", "2021-03-02 09:00", "A", 50.2),
        ("S5", "2021-02-20 18:30", "A", 300.0),
        ("R1", "2021-03-25 10:00", "A", -120.05),
        ("S2", "2021-03-31 23:59", "王", 80.0),
        ("S3", "2021-03-11 08:00", "C", 0.1),
        (None, "2021-03-11 17:00", "C", 0.2),
        (None, "2021-01-11 17:00", "C", 60.0),
        ("S6", "2021-03-01 00:01", "a", 900.0),
        ("S7", "2021-03-05 12:00", "E", 500.0),
        ("R2", "2021-03-30 12:00", "E", -500.0),
    ],
    columns=["order", "date", "customer", "amount"],
).astype({"date": "datetime64[us]"})


def polars(frame):
    pytest.importorskip("pyarrow")
    return pytest.importorskip("polars").from_pandas(frame)


def polars_lazy(frame):
    return polars(frame).lazy()


def duck(frame):
    # A relation keeps its connection, and this one the frame.
    connection = pytest.importorskip("duckdb").connect()
    connection.register("ledger", frame)
    return connection.table("ledger")


def arrow(frame):
    return pytest.importorskip("pyarrow").Table.from_pandas(frame, preserve_index=False)


def dask(frame):
    return pytest.importorskip("dask.dataframe").from_pandas(frame, npartitions=2)


@pytest.fixture(scope="session")
def spark_session(tmp_path_factory):
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    folder = str(tmp_path_factory.mktemp("spark"))
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2")
    builder = builder.config("spark.sql.warehouse.dir", folder)
    builder = builder.config("spark.sql.session.timeZone", "Asia/Taipei")
    # Larger results are fetched from the driver's host, which must be this machine.
    builder = builder.config("spark.driver.host", "127.0.0.1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


MAKERS = {maker.__name__: maker for maker in (polars, polars_lazy, duck, arrow, dask)}


@pytest.fixture(params=[*MAKERS, "spark"])
def made(request, tmp_path):
    """Hand over a function that puts a pandas frame into the engine."""
    if request.param != "spark":
        return MAKERS[request.param]
    return request.getfixturevalue("to_spark")


@pytest.fixture
def to_spark(spark_session, tmp_path):
    pytest.importorskip("pyarrow")

    def spark(frame, kind="timestamp_ntz"):
        frame.to_parquet(tmp_path / "ledger.parquet", index=False)
        ledger = spark_session.read.parquet(str(tmp_path / "ledger.parquet"))
        if "date" in frame and frame["date"].dtype.kind == "M":
            ledger = ledger.withColumn("date", ledger["date"].cast(kind))
        return ledger

    return spark


def test_sparks_moments_are_refused_and_the_mend_works(to_spark):
    moments = to_spark(LEDGER, "timestamp")
    with pytest.raises(rk.DataError, match="session's time zone"):
        rk.rfm_table(moments, today=TODAY)
    mended = moments.withColumn("date", moments["date"].cast("timestamp_ntz"))
    same(rk.rfm_table(mended, today=TODAY), rk.rfm_table(LEDGER, today=TODAY))


@pytest.mark.parametrize("session", ["UTC", "Asia/Taipei", "America/New_York"])
def test_duckdbs_moments_are_refused_whatever_the_session_and_the_mend_works(session):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    with duckdb.connect() as con:
        con.execute(f"set timezone = '{session}'")
        moments = con.sql(
            "select 'A' as customer, timestamptz '2021-03-30 23:00:00+00' as date, 5.0 as amount"
        )
        for call in (
            lambda: rk.rfm_table(moments, today=TODAY),
            lambda: rk.monthly_spend(moments),
            lambda: rk.cohort_retention(moments),
            lambda: rk.bg_nbd_table(moments, end=TODAY),
        ):
            with pytest.raises(rk.DataError, match="at time zone 'Asia/Taipei'"):
                call()
        mended = con.sql("select * replace (date at time zone 'Asia/Taipei' as date) from moments")
        assert rk.rfm_table(mended, today="2021-04-01")["recency_days"].tolist() == [1]
        mended = con.sql("select * replace (date at time zone 'UTC' as date) from moments")
        assert rk.rfm_table(mended, today="2021-04-01")["recency_days"].tolist() == [2]


def in_zone(frame):
    return frame.assign(date=frame["date"].dt.tz_localize("Asia/Taipei"))


@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")  # A and a are two customers
@pytest.mark.parametrize("maker", ["pandas", "polars", "polars_lazy", "arrow", "dask"])
def test_a_zone_kept_with_the_column_is_read_by_its_clock(maker):
    frame = in_zone(LEDGER)
    ledger = frame if maker == "pandas" else MAKERS[maker](frame)
    same(rk.rfm_table(ledger, today=TODAY), rk.rfm_table(LEDGER, today=TODAY))


@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")
def test_the_readers_keep_the_clock_of_a_zone(tmp_path):
    pytest.importorskip("pyarrow")
    in_zone(LEDGER).to_parquet(tmp_path / "ledger.parquet", index=False)
    written = in_zone(LEDGER).assign(date=in_zone(LEDGER)["date"].map(pd.Timestamp.isoformat))
    assert written["date"].iloc[0] == "2021-03-02T09:00:00+08:00"
    written.to_csv(tmp_path / "ledger.csv", index=False, encoding="utf-8")
    expected = rk.clean_transactions(LEDGER, today=TODAY)[0]["date"].tolist()
    for file in ("ledger.parquet", "ledger.csv"):
        tx = rk.load_transactions(tmp_path / file)
        assert rk.clean_transactions(tx, today=TODAY)[0]["date"].tolist() == expected


BLANK_ORDERS = LEDGER.assign(
    order=["", " ", "S5", "R1", "\u3000", "S3", "\t", None, "S6", "S7", " \u00a0"]
)
NO_ORDERS = LEDGER.assign(order=[None, None, "S5", "R1", None, "S3", None, None, "S6", "S7", None])


@pytest.mark.parametrize("kind", [object, "str", "string", "category"])
def test_blank_order_numbers_are_none_in_pandas(kind, monkeypatch):
    blank = BLANK_ORDERS.astype({"order": kind})
    expected = rk.rfm_table(NO_ORDERS, today=TODAY, order="order")
    assert expected.loc["A", "frequency"] == 3
    assert expected.loc["C", "frequency"] == 3
    same(rk.rfm_table(blank, today=TODAY, order="order"), expected)
    if kind == "str" and find_spec("duckdb") and find_spec("pyarrow"):
        monkeypatch.setattr(engines, "LARGE", 1)
        same(rk.rfm_table(blank, today=TODAY, order="order"), expected)


def test_kept_orders_are_text_where_the_ledger_has_categories():
    ledgers = (BLANK_ORDERS.astype({"order": kind}) for kind in ("category", object))
    found, expected = (rk.customer_totals(tx, order="order", keep_orders=True) for tx in ledgers)
    assert not isinstance(found.index.get_level_values("order").dtype, pd.CategoricalDtype)
    pd.testing.assert_frame_equal(found, expected, check_index_type=False)


def test_blank_order_numbers_are_none(made):
    blank, none = made(BLANK_ORDERS), rk.rfm_table(NO_ORDERS, today=TODAY, order="order")
    same(rk.rfm_table(blank, today=TODAY, order="order"), none)
    kept = rk.customer_totals(blank, order="order", keep_orders=True)
    bare = rk.customer_totals(NO_ORDERS, order="order", keep_orders=True)
    assert len(kept) == len(bare)
    same(rk.rfm_at(rk.merge_rfm(kept), today=TODAY), none)


def same(one, other):
    pd.testing.assert_frame_equal(
        one, other, check_index_type=False, check_column_type=False, rtol=0, atol=1e-6
    )


def test_the_tables_are_equal(made):
    frame = made(LEDGER)
    for order in ("order", None):
        expected = rk.rfm_table(LEDGER, today=TODAY, order=order)
        found = rk.rfm_table(frame, today=TODAY, order=order)
        assert found.dtypes.equals(expected.dtypes)
        same(found, expected)
    totals = {"order": "order", "keep_orders": True}
    same(
        rk.rfm_at(rk.customer_totals(frame, **totals), today=TODAY),
        rk.rfm_table(LEDGER, today=TODAY, order="order"),
    )
    same(rk.monthly_spend(frame), rk.monthly_spend(LEDGER))
    for period in ("M", "W"):
        same(rk.cohort_retention(frame, period=period), rk.cohort_retention(LEDGER, period=period))
    same(rk.bg_nbd_table(frame, end=TODAY), rk.bg_nbd_table(LEDGER, end=TODAY))


def test_own_names(made):
    own = LEDGER.rename(columns={"customer": "會員", "date": "amount", "amount": "date"})
    found = rk.rfm_table(made(own), today=TODAY, customer="會員", date="amount", amount="date")
    same(found, rk.rfm_table(LEDGER, today=TODAY))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.drop(columns="amount"), "lacks column 'amount'"),
        (lambda t: t.assign(date=t["date"].astype(str)), "not dates"),
        (lambda t: t.assign(amount=t["amount"].astype(str)), "not numbers"),
        (lambda t: t.assign(amount=t["amount"].where(t.index > 0, np.inf)), "'A' have no amount"),
        (lambda t: t.assign(amount=t["amount"].where(t.index != 9)), "'E' have no amount"),
        (lambda t: t.assign(date=t["date"].where(t.index != 9)), "'E' have no date"),
        (lambda t: t.assign(customer=t["customer"].where(t.index > 0)), "without a customer"),
        (lambda t: t.assign(customer=t["customer"].replace("C", " ")), "without a customer"),
        (lambda t: t.tail(1), "'E' bought nothing"),
        (lambda t: t.assign(date=t["date"] + pd.Timedelta(hours=25)), "'王' are dated after today"),
    ],
)
def test_faults_are_told(made, change, says):
    with pytest.raises(rk.DataError, match=says):
        rk.rfm_table(made(change(LEDGER)), today=TODAY)


def test_an_empty_ledger(made):
    empty = made(LEDGER.iloc[:0])
    with pytest.raises(rk.DataError, match="transactions is empty"):
        rk.rfm_table(empty, today=TODAY)
    assert len(rk.customer_totals(empty)) == 0


def test_days_without_a_time_and_whole_amounts():
    pl = pytest.importorskip("polars")
    frame = polars(LEDGER.assign(amount=LEDGER["amount"].round().astype("int64")))
    found = rk.rfm_table(frame.with_columns(pl.col("date").cast(pl.Date)), today=TODAY)
    expected = LEDGER.assign(amount=LEDGER["amount"].round())
    same(found, rk.rfm_table(expected, today=TODAY))


def test_days_of_another_time_zone_are_those_of_its_clock():
    pl = pytest.importorskip("polars")
    frame = polars(LEDGER).with_columns(pl.col("date").dt.replace_time_zone("Asia/Taipei"))
    same(rk.rfm_table(frame, today=TODAY), rk.rfm_table(LEDGER, today=TODAY))


KINDS = {
    "text": lambda t: t,
    "numbers": lambda t: t.assign(customer=t["customer"].map(ord)),
    "categories": lambda t: t.assign(
        customer=pd.Categorical(t["customer"], categories=["王", "C", "a", "A", "E", "nobody"])
    ),
    "objects": lambda t: t.assign(customer=t["customer"].astype(object)),
    "whole amounts": lambda t: t.assign(amount=t["amount"].astype("int64")),
    "nullable": lambda t: t.assign(
        customer=t["customer"].map(ord).astype("Int64"), amount=t["amount"].astype("Float64")
    ),
    "Taipei": lambda t: t.assign(date=t["date"].dt.tz_localize("Asia/Taipei")),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", ["order", None])
def test_a_large_frame_handed_over_gives_the_same(monkeypatch, kind, order):
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    ledger = KINDS[kind](LEDGER)
    plain = rk.rfm_table(ledger, today=TODAY, order=order)
    monkeypatch.setattr(engines, "LARGE", 1)
    handed = rk.rfm_table(ledger, today=TODAY, order=order)
    pd.testing.assert_frame_equal(handed, plain, rtol=0, atol=1e-6)


def test_without_duckdb_a_large_frame_stays_in_pandas(monkeypatch):
    monkeypatch.setattr(engines, "LARGE", 1)
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    frame = engines.ledger_lines(LEDGER)
    assert frame.implementation.is_pandas()


def test_duckdb_without_pyarrow_gives_the_same(monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as con:
        books = con.from_df(LEDGER)
        with_arrow = rk.rfm_table(books, today=TODAY, order="order")
        monkeypatch.setattr(engines, "find_spec", lambda name: None)
        without = rk.rfm_table(books, today=TODAY, order="order")
    pd.testing.assert_frame_equal(without, with_arrow, check_index_type=False)
    assert with_arrow.index.tolist() == without.index.tolist()


def test_the_order_of_mixed_names_is_that_of_pandas():
    mixed = LEDGER.assign(customer=[7, 7, "x", "x", "b", 3, 3, 3, "x", "b", "b"])
    bought = mixed[mixed["amount"] > 0]
    expected = bought.groupby("customer").size().index.tolist()
    assert rk.rfm_table(mixed, today=TODAY).index.tolist() == expected


def test_what_is_no_frame_is_told():
    for nothing in (None, 5, {"customer": ["A"]}, "ledger.parquet"):
        with pytest.raises(rk.DataError, match="must be a pandas DataFrame"):
            rk.rfm_table(nothing, today=TODAY)


@pytest.mark.real_ledgers
@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")
@pytest.mark.parametrize(
    ("file", "today", "order"),
    [("online_retail.csv.gz", "2011-12-10", "order"), ("CDNOW_master.txt", "1998-07-01", None)],
)
def test_real_ledgers(file, today, order, to_spark):
    clean, _ = rk.clean_transactions(rk.load_transactions(DATA / file), today=today)
    clean = clean[["customer", "date", "amount", *([order] if order else [])]]
    expected = rk.rfm_table(clean.astype({"customer": object}), today=today, order=order)
    same(rk.rfm_table(clean, today=today, order=order), expected)
    for make in (*MAKERS.values(), to_spark):
        same(rk.rfm_table(make(clean), today=today, order=order), expected)
