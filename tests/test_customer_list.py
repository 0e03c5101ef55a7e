"""The list of customers that `rfmkit tier` writes: CSV, JSON and Parquet, whole or by class."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.cli import main
from rfmkit.labels import LANGUAGES
from rfmkit.schema import CLASSES

# By hand (today 2021-04-01): A 2/3/600, B 4/1/400, C 25/3/150, D 29/1/400, E 1/1/40.
LEDGER = """\
訂單編號,日期,客戶編號,姓名,電子郵件,手機,金額
o1,2021-03-10,A,王小明,old@example.com,+886912345678,200
o2,2021-03-20,A,王小明,a@example.com,+886912345678,300
o3,2021-03-30,A,王小明,,+886912345678,100
o4,2021-03-28,B,"=HYPERLINK(""http://x"",""y"")",@b,0912000111,400
o5,2021-03-05,C,-1+1,c@example.com,,50
o6,2021-03-06,C,-1+1,c@example.com,,50
o7,2021-03-07,C,-1+1,c@example.com,,50
o8,2021-03-03,D,D先生,d@example.com,＋886 2 2345,400
o9,2021-03-31,E,,e@example.com,02-1234,40
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "交易.csv"
    path.write_text(LEDGER, encoding="utf-8-sig")
    return path


def tier(ledger: Path, *words: object, lang: str = "en") -> int:
    words = ("--today", "2021-04-01", "--lang", lang, *words)
    return main(["tier", str(ledger), *map(str, words)])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_json_holds_every_value_as_it_is(ledger, tmp_path, capsys):
    path = tmp_path / "customers.json"
    assert tier(ledger, "-o", path) == 0
    rows = {row["customer"]: row for row in json.loads(path.read_text(encoding="utf-8"))}
    assert rows["A"] == {
        "customer": "A",
        "name": "王小明",
        "email": "a@example.com",  # the latest row has none
        "phone": "+886912345678",
        "class": "important_value",
        "class_name": "Important: value",
        "recency_days": 2,
        "frequency": 3,
        "monetary": 600,
        "R_score": 4,
        "F_score": 4,
        "M_score": 5,
        "segment": "champions",
        "segment_name": "Champions",
        "first_purchase": "2021-03-10",
        "last_purchase": "2021-03-30",
        "mean_order": 200,
    }
    assert rows["B"]["phone"] == "0912000111"
    assert rows["C"]["phone"] is None
    assert rows["E"]["name"] is None
    said = capsys.readouterr().out
    assert "Name = 姓名; E-mail = 電子郵件; Phone = 手機" in said
    assert str(path) in said


def test_a_csv_runs_nothing_and_loses_no_plus(ledger, tmp_path):
    path = tmp_path / "customers.csv"
    assert tier(ledger, "-o", path) == 0
    rows = {row["Customer"]: row for row in rows_of(path)}
    assert rows["A"]["Phone"] == "'+886912345678"
    assert rows["D"]["Phone"] == "'＋886 2 2345"
    assert rows["B"]["Name"] == '\'=HYPERLINK("http://x","y")'
    assert rows["B"]["E-mail"] == "'@b"
    assert rows["C"]["Name"] == "'-1+1"
    for row in rows.values():
        assert not any(cell.strip().startswith(tuple("=+-@＝＋－＠")) for cell in row.values())


def test_csv_json_and_parquet_hold_the_same_customers(ledger, tmp_path):
    pytest.importorskip("pyarrow")
    for ending in ("csv", "json", "parquet"):
        assert tier(ledger, "-o", tmp_path / f"list.{ending}", lang="zh-TW") == 0
    parquet = pd.read_parquet(tmp_path / "list.parquet")
    rows = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert [row["customer"] for row in rows] == parquet["customer"].tolist()
    assert [row["客戶編號"] for row in rows_of(tmp_path / "list.csv")] == [*parquet["customer"]]
    assert [row["segment_name"] for row in rows] == parquet["segment_name"].tolist()
    assert list(rows[0]) == parquet.columns.tolist()
    assert pd.api.types.is_datetime64_any_dtype(parquet["first_purchase"])
    assert parquet.set_index("customer")["phone"]["A"] == "+886912345678"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_class_has_its_file_and_none_of_an_earlier_run_stays(ledger, tmp_path, lang):
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "general_keep.csv").write_text("客戶編號\nstale\n", encoding="utf-8")
    (folder / "general_value.csv").write_text("客戶編號\nstale\n", encoding="utf-8")
    assert tier(ledger, "--per-class", folder, lang=lang) == 0
    assert {path.name for path in folder.iterdir()} == {f"{code}.csv" for code in CLASSES}
    heading = "Customer" if lang == "en" else "客戶編號"
    inside = {code: [row[heading] for row in rows_of(folder / f"{code}.csv")] for code in CLASSES}
    assert {code: names for code, names in inside.items() if names} == {
        "important_value": ["A"],
        "important_develop": ["B"],
        "important_win_back": ["D"],
        "general_keep": ["C"],
        "general_develop": ["E"],
    }


def test_the_lists_of_the_classes_have_the_ending_of_the_whole_list(ledger, tmp_path):
    folder = tmp_path / "mail"
    assert tier(ledger, "-o", tmp_path / "all.json", "--per-class", folder) == 0
    assert {path.suffix for path in folder.iterdir()} == {".json"}
    assert json.loads((folder / "general_value.json").read_text(encoding="utf-8")) == []


def test_the_report_and_the_lists_of_the_classes_come_together(ledger, tmp_path):
    assert tier(ledger, "-o", tmp_path / "report.xlsx", "--per-class", tmp_path / "mail") == 0
    assert (tmp_path / "report.xlsx").is_file()
    assert len(list((tmp_path / "mail").glob("*.csv"))) == 8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ledger_without_contacts_is_told(tmp_path, capsys, lang):
    path = tmp_path / "plain.csv"
    path.write_text("customer,date,amount\nA,2021-03-01,5\nB,2021-03-02,9\n", encoding="utf-8")
    assert tier(path, "-o", tmp_path / "list.csv", lang=lang) == 0
    out = capsys.readouterr().out
    assert rk.label("customer_list.no_contacts", lang) in out
    assert list(rows_of(tmp_path / "list.csv")[0]).count("Phone") == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_written_is_told_before_the_work(ledger, tmp_path, capsys, lang):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for words in (
        ("-o", tmp_path / "none" / "list.csv"),
        ("-o", tmp_path / "list.pdf"),
        ("-o", ledger),
        ("--per-class", tmp_path / "file"),
    ):
        assert tier(ledger, *words, lang=lang) != 0, words
        told = capsys.readouterr()
        assert told.out == ""
        assert str(words[1]) in told.err
    assert ledger.read_text(encoding="utf-8-sig") == LEDGER


def test_an_ending_that_is_not_known_is_answered_with_those_that_are(ledger, tmp_path, capsys):
    assert tier(ledger, "-o", tmp_path / "list.pdf") != 0
    told = capsys.readouterr().err
    assert all(ending in told for ending in (".xlsx", ".csv", ".json", ".parquet"))


def test_a_ledger_in_parts_gives_the_list_without_contacts(tmp_path, ledger, monkeypatch, capsys):
    pytest.importorskip("duckdb")
    monkeypatch.setattr("rfmkit.transactions.parts.is_large_text", lambda path: True)
    path = tmp_path / "list.json"
    assert tier(ledger, "-o", path) == 0
    rows = {row["customer"]: row for row in json.loads(path.read_text(encoding="utf-8"))}
    assert rows["A"]["last_purchase"] == "2021-03-30"
    assert (rows["A"]["R_score"], rows["A"]["segment"]) == (4, "champions")
    assert "first_purchase" not in rows["A"]
    assert rk.label("customer_list.in_parts", "en") in capsys.readouterr().out


def test_the_parquet_files_of_the_classes_have_the_same_types(ledger, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "mail"
    assert tier(ledger, "-o", tmp_path / "all.parquet", "--per-class", folder) == 0
    whole = parquet.read_schema(tmp_path / "all.parquet")
    for path in folder.iterdir():
        assert parquet.read_schema(path).equals(whole), path.name


def test_a_phone_that_excel_keeps_as_a_number_is_whole(tmp_path):
    path = tmp_path / "ledger.xlsx"
    pd.DataFrame(
        {
            "客戶編號": ["A", "B"],
            "手機": [912345678, None],
            "日期": ["2021-03-01"] * 2,
            "金額": [5, 6],
        }
    ).to_excel(path, index=False)
    assert tier(path, "-o", tmp_path / "list.json") == 0
    rows = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert {row["customer"]: row["phone"] for row in rows} == {"A": "912345678", "B": None}
