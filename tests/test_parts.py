"""A text ledger read in parts gives what it gives as a whole, and holds little in memory."""

import gzip
import sys

import pandas as pd
import pytest

from rfmkit.cli import main
from rfmkit.engines import rfm_at
from rfmkit.rfm import rfm_table
from rfmkit.schema import DataError
from rfmkit.transactions import clean_transactions, load_transactions, parts
from rfmkit.transactions.ambiguity import LedgerQuestion
from rfmkit.transactions.mapping import LedgerMapping

pytestmark = pytest.mark.usefixtures("english")
TODAY = pd.Timestamp("2021-07-01")


def shop(rows=97, *, lines=3):
    """Write a shop's export: each order's total on each of its lines, some cancelled."""
    text = ["order_id,customer_id,order_date,product,quantity,unit_price,total,status"]
    for number in range(rows):
        status = "cancelled" if number % 7 == 0 else "paid"
        for line in range(1 + number % lines):
            day = 1 + number % 28
            text.append(
                f"o{number},c{number % 11},2021-06-{day:02},p{line},1,{10 + line},"
                f"{sum(10 + one for one in range(1 + number % lines))},{status}"
            )
    return "\n".join(text) + "\n"


def small_parts(monkeypatch, rows=10):
    monkeypatch.setattr(parts, "ROWS", rows)


def whole(path, **options):
    clean, rejected = clean_transactions(
        load_transactions(path, **options), today=TODAY, repeats="keep"
    )
    return rfm_table(clean, today=TODAY, order="order"), rejected["reason"].value_counts().to_dict()


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@pytest.mark.parametrize("ending", ["csv", "csv.gz"])
def test_parts_give_what_the_whole_gives(tmp_path, monkeypatch, engine, ending):
    path = tmp_path / f"shop.{ending}"
    data = shop().encode()
    path.write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    if engine == "pandas":
        monkeypatch.setitem(sys.modules, "duckdb", None)
    else:
        pytest.importorskip("duckdb")
    small_parts(monkeypatch)
    rfm, left_out = whole(path)
    tally = parts.tally_parts(path, mapping=LedgerMapping(), today=TODAY)
    assert tally.left_out.to_dict() == left_out
    assert left_out["order_line"] > 50
    pd.testing.assert_frame_equal(
        rfm_at(tally.totals, today=TODAY), rfm, check_index_type=False, check_names=False
    )
    table = tally.source["reading"]["statuses"]
    assert {row[1]: row[2] for row in table} == {
        "cancelled": shop().count("cancelled"),
        "paid": shop().count("paid"),
    }


def test_the_command_gives_the_same_summary(tmp_path, monkeypatch, capsys):
    path = tmp_path / "shop.csv"
    path.write_text(shop(), encoding="utf-8")
    words = ["tier", str(path), "--today", "2021-07-01", "--lang", "en"]
    assert main([*words, "--repeats", "keep"]) == 0
    expected = capsys.readouterr().out.partition("Rows read")[2]
    small_parts(monkeypatch)
    monkeypatch.setattr(parts, "LARGE_TEXT", 1000)
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert out.partition("Rows read")[2] == expected
    assert "read in parts" in err
    assert out.startswith("How this file was read")


def test_what_is_ambiguous_is_asked_about(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    rows = "".join(f"c{row},0{1 + row % 9}/05/2021,{row},5\n" for row in range(40))
    path.write_text("customer,date,order,amount\n" + rows, encoding="utf-8")
    small_parts(monkeypatch)
    with pytest.raises(LedgerQuestion, match="--day-first"):
        parts.tally_parts(path, mapping=LedgerMapping(), today=TODAY)
    mapping = LedgerMapping(date_order="dmy")
    assert parts.tally_parts(path, mapping=mapping, today=TODAY).last == pd.Timestamp("2021-05-09")


def test_a_second_currency_far_down_is_found(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    rows = "".join(
        f"c{row % 5},2021-06-01,{row},5,{'USD' if row < 30 else 'TWD'}\n" for row in range(40)
    )
    path.write_text("customer,date,order,amount,currency\n" + rows, encoding="utf-8")
    small_parts(monkeypatch)
    with pytest.raises(LedgerQuestion, match=r"TWD: 50.00 \(10\)"):
        parts.tally_parts(path, mapping=LedgerMapping(), today=TODAY)


def test_letters_of_another_encoding_far_down_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    rows = "".join(f"c{row},2021-06-01,{row},5\n" for row in range(40))
    data = f"customer,date,order,amount\n{rows}".encode() + "王,2021-06-01,x,5\n".encode("cp950")
    path.write_bytes(data)
    small_parts(monkeypatch)
    monkeypatch.setattr(parts, "_SAMPLE", 200)
    with pytest.raises(DataError, match="is not in utf-8"):
        parts.tally_parts(path, mapping=LedgerMapping(), today=TODAY)


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path, capsys):
    path = tmp_path / "bomb.csv.gz"
    line = b"c1,2021-06-01,1,5\n"
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(b"customer,date,order,amount\n")
        for _ in range(80):
            file.write(line * 65_536)
    assert path.stat().st_size * 200 < 80 * 65_536 * len(line)
    assert main(["tier", str(path), "--today", "2021-07-01", "--lang", "en"]) == 2
    assert "would unpack to" in capsys.readouterr().err
    with pytest.raises(DataError, match="would unpack to"):
        load_transactions(path)


def test_a_large_parquet_ledger_with_an_exports_columns_goes_by_its_rules(
    tmp_path, monkeypatch, capsys
):
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    frame = pd.DataFrame(
        {
            "customer": ["A", "A", "B", "B"],
            "date": pd.to_datetime(["2021-06-01", "2021-06-02", "2021-06-03", "2021-06-04"]),
            "order": ["1", "2", "3", "4"],
            "amount": [100.0, 80.0, 60.0, 40.0],
            "payment status": ["paid", "unpaid", "paid", "paid"],
            "refund amount": [0.0, 0.0, 60.0, 10.0],
        }
    )
    folder = tmp_path / "ledger"
    folder.mkdir()
    frame.iloc[:2].to_parquet(folder / "a.parquet", index=False)
    frame.iloc[2:].to_parquet(folder / "b.parquet", index=False)
    small_parts(monkeypatch, rows=1)
    assert main(["tier", str(folder), "--today", "2021-07-01", "--lang", "en"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Total spend less returns 130" in out
    assert "Left out: Order not paid 1" in out
    assert "Left out: Order returned in full 1" in out
    assert "column 'refund amount': 10.00 in 1 rows" in out
