"""A day may be written the same ways in a ledger, in Python and on the command line."""

import datetime as dt

import pandas as pd
import pytest

import rfmkit as rk
from rfmgrade.grade import parse_due
from rfmkit.cli import main
from rfmkit.dates import as_day, parse_date
from rfmkit.transactions.cells import to_date

FIRST_OF_APRIL = [
    "2021-04-01", "2021/4/1", "2021.4.1", "20210401", "2021年4月1日", "2021 年 4 月 1 日",
    "２０２１／０４／０１", " 2021-4-1 ", "110/04/01", "110.4.1", "110年4月1日", "民國110年4月1日",
    "民國 110/4/1", "2021-04-01(四)", "2021/4/1 星期四", "1-Apr-2021", "Apr 1, 2021",
    "1 April 2021",
]  # fmt: skip
WITH_A_TIME = ["2021-04-01T18:00", "2021/4/1 下午6:00", "110/4/1 6:00 PM", "20210401180000"]
NO_DAY = [
    "1/4/2021", "01/04/2021", "4月1日", "2021-02-30", "2021-13-01", "110/02/30", "2021", "44256",
    "1100401", "21-04-01", "99/04/01", "1899-12-31", "2021-04/01", "today", "今天", "soon",
    "2021-04", "April 2021", "2021-04-01 25:00", "2021-04-01T18:00Z", "2021-04-01T18:00+08:00",
]  # fmt: skip


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text("customer,date,amount\nA,2021-03-05,5\nB,2021-03-31,9\n", encoding="utf-8")
    return path


def tier(ledger, *words):
    return main(["tier", str(ledger), *words, "--lang", "en"])


@pytest.mark.parametrize("text", [*FIRST_OF_APRIL, *WITH_A_TIME])
def test_a_day_is_the_same_wherever_it_is_written(text, ledger, capsys):
    day = pd.Timestamp("2021-04-01")
    assert as_day(text, name="today") == day
    dates, ambiguous = to_date(pd.Series([text]))
    assert dates.dt.normalize().tolist() == [day]
    assert not ambiguous.any()
    rfm = rk.rfm_table(rk.clean_transactions(rk.load_transactions(ledger))[0], today=text)
    assert rfm["recency_days"].tolist() == [27, 1]
    assert tier(ledger, "--today", text, "--start", "110/3/1", "--end", text) == 0
    assert "2021-04-01" in capsys.readouterr().out
    assert parse_due(text).startswith("2021-04-01T")


@pytest.mark.parametrize("text", NO_DAY)
def test_what_is_no_certain_day_is_refused_by_all(text, ledger, capsys):
    assert parse_date(text) is None
    with pytest.raises(rk.DataError, match="is not a day"):
        as_day(text, name="today")
    for words in (
        ("--today", text),
        ("--today", "2021-04-01", "--start", text),
        ("--today", "2021-04-01", "--end", text),
    ):
        assert tier(ledger, *words) == 2
        assert f"{words[-2]} {text!r} is not a day" in capsys.readouterr().err
    with pytest.raises(rk.DataError, match="--due"):
        parse_due(text)


@pytest.mark.parametrize("text", WITH_A_TIME)
def test_a_due_time_is_kept(text):
    assert parse_due(text) == "2021-04-01T18:00:00"


def test_a_due_day_ends_with_its_last_second():
    assert {parse_due(text) for text in FIRST_OF_APRIL} == {"2021-04-01T23:59:59"}
    assert parse_due("2021-04-01 24:00") == "2021-04-01T23:59:59"


def test_a_time_is_parsed_to_the_microsecond():
    assert parse_date("2021-04-01 18:00:00.25")[1] == dt.time(18, 0, 0, 250_000)
