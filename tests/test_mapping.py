"""Choices are kept in a file and used again; shops are recognised by their headers."""

import io
import sys

import pytest

from rfmkit.cli import main
from rfmkit.schema import DataError
from rfmkit.transactions import load_transactions
from rfmkit.transactions.headers import MARKS, RANKS
from rfmkit.transactions.mapping import (
    LedgerMapping,
    find_preset,
    load_mapping,
    presets,
    save_mapping,
)

pytestmark = pytest.mark.usefixtures("english")
AMBIGUOUS = 'customer,date,order,amount\nA,05/03/2021,1,"1.200"\nB,07/03/2021,2,"3.400"\n'
WORDS = ["--today", "2021-07-01", "--lang", "en"]


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "shop.csv"
    path.write_text(AMBIGUOUS, encoding="utf-8")
    return path


def test_a_mapping_comes_back_as_it_was_kept(tmp_path):
    mapping = LedgerMapping(
        columns={"customer": '買家 "A"', "amount": "實付"},
        sheet="all",
        header_row=13,
        decimal=",",
        date_order="dmy",
        count=("已成立", 'a "b"'),
        leave_out=("x",),
        fill_down=False,
    )
    back = load_mapping(save_mapping(mapping, tmp_path / "shop.toml"))
    assert back.with_options(count=tuple(back.count), leave_out=tuple(back.leave_out)) == mapping


def test_choices_are_saved_and_used_again(ledger, tmp_path, capsys):
    kept = tmp_path / "shop.toml"
    assert main(["tier", str(ledger), *WORDS]) == 2
    assert "--decimal ," in capsys.readouterr().err
    words = [*WORDS, "--decimal", ",", "--day-first", "--save-mapping", str(kept)]
    assert main(["tier", str(ledger), *words]) == 0
    expected = capsys.readouterr().out
    assert main(["tier", str(ledger), *WORDS, "--mapping", str(kept)]) == 0
    assert capsys.readouterr().out == expected
    assert "4,600" in expected
    tx = load_transactions(ledger, mapping=kept)
    assert tx["amount"].tolist() == [1200, 3400]
    assert (
        load_transactions(ledger, decimal=",", day_first=True)["date"].tolist()
        == tx["date"].tolist()
    )


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_question_is_asked_at_a_terminal(ledger, tmp_path, capsys, monkeypatch):
    kept = tmp_path / "shop.toml"
    monkeypatch.setattr(sys, "stdin", Terminal("x\n1\n9\n1\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["tier", str(ledger), *WORDS, "--save-mapping", str(kept)]) == 0
    out, err = capsys.readouterr()
    assert err.count("Type a number from 1 to 2") == 4
    assert "separate thousands or decimals?" in err
    assert "2021-03-05" in err
    assert "4,600" in out
    assert load_mapping(kept) == LedgerMapping(decimal=",", date_order="dmy")


def test_an_answer_that_does_not_come_is_a_refusal(ledger, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["tier", str(ledger), *WORDS]) == 2
    assert "--decimal ," in capsys.readouterr().err


def test_a_dry_run_computes_nothing(ledger, tmp_path, capsys):
    report = tmp_path / "report.xlsx"
    words = [*WORDS, "--decimal", ",", "--day-first", "--dry-run", "-o", str(report)]
    assert main(["tier", str(ledger), *words]) == 0
    out = capsys.readouterr().out
    assert "How this file was read" in out
    assert "Rows read" not in out
    assert not report.exists()


def test_an_unwritable_report_is_found_before_the_work(ledger, tmp_path, capsys, monkeypatch):
    report = tmp_path / "report.xlsx"
    report.write_bytes(b"x")
    monkeypatch.setattr("pathlib.Path.open", _refuse_to_write(report))
    assert main(["tier", str(tmp_path / "none.csv"), *WORDS, "-o", str(report)]) == 2
    err = capsys.readouterr().err
    assert "cannot write" in err
    assert "cannot find" not in err  # the ledger was not looked for


def _refuse_to_write(target):
    from pathlib import Path

    opened = Path.open

    def open_(self, mode="r", *args, **options):
        if self == target and mode != "rb":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, *args, **options)

    return open_


def test_several_files_are_read_as_one(tmp_path, capsys):
    paths = []
    for month, name in ((5, "may"), (6, "june")):
        path = tmp_path / f"{name}.csv"
        path.write_text(
            f"customer,date,order,amount\nA,2021-0{month}-01,{name},100\n", encoding="utf-8"
        )
        paths.append(path)
    tx = load_transactions(paths)
    assert tx["source_file"].tolist() == ["may.csv", "june.csv"]
    assert main(["tier", *map(str, paths), *WORDS]) == 0
    assert "may.csv, june.csv" in capsys.readouterr().out


def test_overlapping_files_count_an_order_once(tmp_path):
    from rfmkit.transactions import clean_transactions

    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(
            "customer,date,order,amount\nA,2021-06-01,1,100\n", encoding="utf-8"
        )
    tx = load_transactions([tmp_path / "a.csv", tmp_path / "b.csv"])
    clean, rejected = clean_transactions(tx)
    assert len(clean) == 1
    assert rejected["reason"].tolist() == ["repeated_row"]


@pytest.mark.parametrize("options", [{"decimal": ";"}, {"header_row": 0}, {"visits": "week"}])
def test_a_setting_that_is_none_is_refused(ledger, options):
    with pytest.raises(DataError):
        load_transactions(ledger, **options)


def test_an_unknown_option_and_preset_are_told(ledger, tmp_path):
    with pytest.raises(DataError, match="does not know"):
        load_transactions(ledger, decimals=",")
    with pytest.raises(DataError, match="there is no preset 'ebay'"):
        load_transactions(ledger, preset="ebay")
    (tmp_path / "bad.toml").write_text("decimals = 1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.toml has settings that are not known"):
        load_mapping(tmp_path / "bad.toml")
    (tmp_path / "bad.toml").write_text("decimal = \n", encoding="utf-8")
    with pytest.raises(DataError, match=r"cannot read the mapping bad\.toml"):
        load_mapping(tmp_path / "bad.toml")


def test_a_header_row_can_be_named(tmp_path):
    path = tmp_path / "a.csv"
    rows = "customer,date,amount\nx,2021-01-01,9\n"
    path.write_text(rows + "customer,date,amount\nA,2021-06-01,100\n", encoding="utf-8")
    assert load_transactions(path, header_row=3)["amount"].tolist() == ["100"]
    with pytest.raises(DataError, match="no header row"):
        load_transactions(path, header_row=2)


@pytest.mark.parametrize("key", presets())
def test_a_preset_is_complete_and_found_by_its_headers(key):
    preset = presets()[key]
    assert preset.source
    assert set(preset.notes) == {"zh-TW", "en"}
    assert set(preset.mapping.columns) <= {*RANKS, *MARKS}
    assert {"customer", "date", "amount"} <= set(preset.mapping.columns)
    assert find_preset(sorted(preset.headers)) is preset


def test_no_preset_takes_the_headers_as_they_are(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Date,Gross Sales,Net Sales,Total Collected,Transaction ID,Event Type,Customer ID\n"
        "2021-06-01,9,8,10,1,Payment,K1\n",
        encoding="utf-8",
    )
    assert load_transactions(path)["amount"].tolist() == ["8"]
    with pytest.raises(DataError, match="could each be the amount"):
        load_transactions(path, preset="none")


def test_a_dry_run_needs_no_today(ledger, capsys):
    words = ["--lang", "en", "--decimal", ",", "--day-first", "--dry-run"]
    assert main(["tier", str(ledger), *words]) == 0
    assert "day, month, year" in capsys.readouterr().out


def test_lines_are_filled_down_unless_it_is_declined(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(
        "customer,date,product,amount\nA,2021-06-01,tea,10\n,,cup,20\n", encoding="utf-8"
    )
    assert main(["tier", str(path), *WORDS]) == 0
    assert "filled down from the line above: 1" in capsys.readouterr().out
    assert main(["tier", str(path), *WORDS, "--no-fill-down"]) == 0
    assert "Left out: No customer" in capsys.readouterr().out


def test_the_report_says_how_the_file_was_read(ledger, tmp_path, capsys):
    import openpyxl

    report = tmp_path / "report.xlsx"
    words = [*WORDS, "--decimal", ",", "--day-first", "-o", str(report)]
    assert main(["tier", str(ledger), *words]) == 0
    page = openpyxl.load_workbook(report)["How it was read"]
    lines = {row[0]: row[1] for row in page.iter_rows(min_row=4, values_only=True)}
    assert lines["Amounts"] == "decimals behind a comma, as in 1.200,50"
    assert lines["Dates"] == "day, month, year"
    assert lines["File"] == "shop.csv"
    printed = capsys.readouterr().out
    assert all(str(text) in printed for text in lines.values())
