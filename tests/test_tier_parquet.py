"""`rfmkit tier` on parquet: DuckDB's way leaves out the same rows and gives the same table."""

import time

import openpyxl
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.cli import main
from rfmkit.transactions import parquet
from rfmkit.transactions.parquet import tally_parquet

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
TODAY = "2021-04-01"
ROWS = [
    # customer, day, order, amount, status
    ("A", "2021-03-02 09:00", "S1", 100.0, "已出貨"),
    ("A", "2021-03-02 09:00", "S1", 50.0, "已出貨"),
    (" Ａ ", "2021-03-20", "S2", 30.5, None),  # the same customer, typed otherwise
    ("A", "2021-03-25", "R1", -20.0, None),
    ("B", "2021-03-31 23:59", "S3", 80.0, None),
    ("B", "2021-03-30", None, 10.0, None),
    ("B", "2021-03-30", "N/A", 11.0, None),
    ("C", "2021-02-01", "S4", 5.0, None),
    ("C", None, "S5", 5.0, None),
    ("C", "2021-03-05", "S6", None, None),
    ("C", "2021-03-05", "S7", float("inf"), None),
    ("C", "2021-03-05", "S8", 0.0, None),
    ("C", "2021-04-02", "S9", 7.0, None),
    ("C", "2021-03-06", "TEST-001", 7.0, None),
    ("C", "2021-03-07", "S10", 7.0, "已取消"),
    ("C", "2021-03-08", "S11", 7.0, "退貨"),
    ("C", "2021-03-09", "S12", 7.5, "it's paid"),
    ("D", "2021-03-09", "R2", -7.5, None),
    (None, "2021-03-09", "S13", 1.0, None),
    ("NULL", "2021-03-09", "S14", 1.0, None),
    ("測試客戶", "2021-03-09", "S15", 1.0, None),
    ("王", "2021-03-09", "S16", 900.0, None),
]


@pytest.fixture
def ledger():
    frame = pd.DataFrame(ROWS, columns=["客戶編號", "日期", "訂單編號", "金額", "狀態"])
    return frame.assign(日期=pd.to_datetime(frame["日期"], format="ISO8601"))


@pytest.fixture
def folder(ledger, tmp_path):
    for at, part in enumerate((ledger.iloc[:9], ledger.iloc[9:])):
        place = tmp_path / "帳" / f"part={at}"
        place.mkdir(parents=True)
        part.to_parquet(place / "a.parquet", index=False)
    return tmp_path / "帳"


@pytest.mark.parametrize("returns", ["net", "drop"])
@pytest.mark.parametrize("start", [None, "2021-03-01"])
def test_the_same_rows_are_left_out_for_the_same_reasons(folder, ledger, tmp_path, returns, start):
    ledger.to_parquet(tmp_path / "a.parquet", index=False)
    clean, rejected = rk.clean_transactions(
        rk.load_transactions(tmp_path / "a.parquet"),
        today=TODAY,
        start=start,
        returns=returns,
        repeats="keep",
    )
    day, first = pd.Timestamp(TODAY), start and pd.Timestamp(start)
    tally = tally_parquet(folder, today=day, start=first, returns=returns)
    assert tally.rows_read == len(ledger)
    assert tally.left_out.to_dict() == rejected["reason"].value_counts().to_dict()
    expected = rk.rfm_table(clean, today=TODAY, order="order")
    pd.testing.assert_frame_equal(
        rk.rfm_at(tally.totals, today=TODAY), expected, check_index_type=False
    )
    assert (tally.first, tally.last) == (clean["date"].min(), clean["date"].max())
    assert tally.returned == (clean["amount"] < 0).sum()
    assert tally.lost_customers == 1


def told(capsys):
    """What was printed, but for the name of the file."""
    out = capsys.readouterr().out.splitlines()
    return [line for line in out if ".parquet" not in line and "帳" not in line]


def test_the_summary_is_that_of_a_small_ledger(folder, ledger, tmp_path, capsys, monkeypatch):
    small = tmp_path / "a.parquet"
    ledger.to_parquet(small, index=False)
    for lang in ("zh-TW", "en"):
        words = ["--today", TODAY, "--lang", lang, "--start", "2021-03-01"]
        assert main(["tier", str(small), *words]) == 0
        expected = told(capsys)
        assert main(["tier", str(folder), *words]) == 0
        assert told(capsys) == expected
        with monkeypatch.context() as patch:
            patch.setattr(parquet, "LARGE_FILE", 10)
            assert main(["tier", str(small), *words]) == 0
        assert told(capsys) == expected


def test_the_report(folder, tmp_path, capsys):
    report = tmp_path / "report.xlsx"
    words = ["--today", TODAY, "-o", str(report), "--lang", "en", "--cuts", "10,2,100"]
    assert main(["tier", str(folder), *words]) == 0
    assert "not looked for" in capsys.readouterr().err
    book = openpyxl.load_workbook(report)
    assert len(book.sheetnames) == 6
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=4)]
    assert rows == [["王", 23, 1, 900], ["A", 12, 2, 160.5], ["B", 1, 3, 101], ["C", 23, 2, 12.5]]


def test_quantity_and_price_own_headers_and_dates(tmp_path, capsys):
    frame = pd.DataFrame(
        {
            "買家": [7, 7, 8],
            "哪天": pd.to_datetime(["2021-03-01"] * 3).date,
            "幾個": [1, 2, 3],
            "每個": [10.0, 0.1, 7.0],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet", index=False)
    columns = {"customer": "買家", "date": "哪天", "quantity": "幾個", "unit_price": "每個"}
    tally = tally_parquet(tmp_path, today=pd.Timestamp(TODAY), columns=columns)
    assert tally.totals["monetary"].to_dict() == {"7": 10.2, "8": 21.0}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.assign(日期=t["日期"].astype(str)), "holds VARCHAR, not days"),
        (lambda t: t.assign(金額="5"), "holds VARCHAR, not numbers"),
        (lambda t: t.assign(日期=t["日期"].dt.tz_localize("UTC")), "WITH TIME ZONE, not days"),
        (lambda t: t.drop(columns="客戶編號"), "not found: customer"),
        (lambda t: t.tail(3).head(2), "no row of the ledger can be used"),
        (
            lambda t: t.assign(日期=t["日期"].where(t.index < 9, pd.Timestamp("2022-01-01"))),
            "are dated after --today",
        ),
    ],
)
def test_what_cannot_be_used_is_told(ledger, tmp_path, capsys, change, says):
    place = tmp_path / "books"
    place.mkdir()
    change(ledger).to_parquet(place / "a.parquet", index=False)
    assert main(["tier", str(place), "--today", TODAY, "--lang", "en"]) != 0
    assert says in capsys.readouterr().err


@pytest.mark.usefixtures("english")
def test_a_folder_without_parquet_and_a_broken_file(tmp_path, capsys):
    assert main(["tier", str(tmp_path), "--today", TODAY]) != 0
    assert "holds no .parquet file" in capsys.readouterr().err
    (tmp_path / "a.parquet").write_bytes(b"nothing")
    assert main(["tier", str(tmp_path), "--today", TODAY]) != 0
    assert "cannot be read as parquet" in capsys.readouterr().err


def test_a_duckdb_that_cannot_tell_its_progress_works_all_the_same():
    assert parquet._run_with_progress(object(), lambda: time.sleep(0.6) or 7, "ledger") == 7
