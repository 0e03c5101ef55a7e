"""`rfmkit tier`: from a ledger file to a summary and a workbook, and a plain word for bad input."""

import re
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from rfmkit.cli import main
from rfmkit.commands.tier_text import aligned
from rfmkit.formats import display_width

REAL = Path(__file__).parents[2] / "shared" / "data"
real_data = pytest.mark.real_ledgers

# By hand (today 2021-04-01): A 2/3/600, B 4/1/400, C 25/3/150, D 29/1/400, E 1/1/40.
LEDGER = """\
訂單編號,項次,日期,客戶編號,品名,數量,單價,金額
o1,1,2021/3/10,A,茶,1,200,200
o2,1,2021/3/20,A,茶,1,300,300
o3,1,2021/3/30,A,茶,1,100,100
o4,1,2021-03-28,B,茶,1,250,250
o4,2,2021-03-28,B,餅,1,150,150
o5,1,2021/3/5,C,茶,1,50,50
o6,1,2021/3/6,C,茶,1,50,50
o7,1,2021/3/7,C,茶,1,50,50
o8,1,2021/3/3,D,茶,1,500,500
o9,1,2021/3/15,D,茶,-1,100,-100
o10,1,2021/3/31,E,茶,1,40,40
o11,1,2021/3/31,,茶,1,40,40
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "交易.csv"
    path.write_text(LEDGER, encoding="utf-8-sig")
    return path


def tier(*words: object) -> int:
    return main(["tier", *map(str, words)])


def test_a_csv_gives_a_summary_and_a_workbook(ledger, tmp_path, capsys):
    report = tmp_path / "report.xlsx"
    assert tier(ledger, "--today", "2021-04-01", "-o", report, "--lang", "zh-TW") == 0
    out = capsys.readouterr().out
    for told in (
        "讀到的總列數",
        "未採用：沒有客戶編號",
        "門檻採全體客戶的平均數",
        "最近一次購買距今 12.20 天以內（含）：R 高",
        "「重要價值客戶」占全體客戶的 20%，帶來 38% 的消費",
        f"報告已寫到 {report}",
    ):
        assert told in out
    book = openpyxl.load_workbook(report)
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=4)]
    assert rows == [
        ["A", 2, 3, 600], ["B", 4, 1, 400], ["D", 29, 1, 400], ["C", 25, 3, 150], ["E", 1, 1, 40]
    ]  # fmt: skip


def test_the_table_of_classes_is_aligned_in_both_languages(ledger, capsys):
    for lang in ("zh-TW", "en"):
        assert tier(ledger, "--today", "2021-04-01", "--lang", lang) == 0
        lines = capsys.readouterr().out.splitlines()
        first, last = (at for at, line in enumerate(lines) if line.startswith("---"))
        assert last - first == 9
        ends = set()
        for line in (lines[first - 1], *lines[first + 1 : last]):
            # The share of spend ends where the strategy begins, two columns later.
            before, _, _ = line.rpartition("  ")
            ends.add(display_width(before))
        assert len(ends) == 1, (lang, ends)


def test_an_xlsx_with_a_named_sheet_and_headers(tmp_path, capsys):
    frame = pd.DataFrame(
        {
            "買家": ["A", "A", "B"],
            "哪天": pd.to_datetime(["2021-03-01", "2021-03-02", "2021-03-03"]),
            "條碼": ["x", "x", "y"],
            "幾個": [1, 2, 3],
            "每個": [10.0, 5.0, 7.0],
        }
    )
    path = tmp_path / "own.xlsx"
    with pd.ExcelWriter(path) as writer:
        pd.DataFrame({"a": [1]}).to_excel(writer, sheet_name="other", index=False)
        frame.to_excel(writer, sheet_name="書", index=False)
    words = ["--sheet", "書", "--customer", "買家", "--date", "哪天", "--order", "條碼"]
    words += ["--quantity", "幾個", "--unit-price", "每個"]
    assert tier(path, "--today", "2021-04-01", *words, "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "own.xlsx (sheet: 書)" in out
    assert "Total spend less returns  41\n" in out
    # Two rows of one order count once.
    assert "Purchases at or above 1: F is high" in out


def test_own_cuts_median_returns_and_period(ledger, capsys):
    words = [ledger, "--today", "2021-04-01", "--lang", "en"]
    assert tier(*words, "--cuts", "4,3,400") == 0
    out = capsys.readouterr().out
    assert "The thresholds were set by the user" in out
    assert "Days since the last purchase at or below 4: R is high" in out
    assert tier(*words, "--cuts", "Median") == 0
    assert "The thresholds are the medians over all customers" in capsys.readouterr().out
    assert tier(*words, "--returns", "drop") == 0
    out = capsys.readouterr().out
    assert "Left out: Return " in out
    assert "Total spend, returns not taken off  1,690" in out
    assert "less returns" not in out
    assert tier(*words, "--start", "2021-03-06", "--end", "2021/3/30") == 0
    out = capsys.readouterr().out
    assert "Left out: Outside the period" in out
    assert "2021-03-06 to 2021-03-30" in out


@pytest.mark.filterwarnings("always::rfmkit.schema.DataWarning")
def test_repeats_can_be_kept(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("customer,date,amount\nA,2021-03-01,5\nA,2021-03-01,5\n", encoding="utf-8")
    assert tier(path, "--today", "2021-04-01", "--lang", "en") == 0
    out, err = capsys.readouterr()
    assert "Left out: Repeated row" in out
    assert "note: 1 row equals an earlier one" in err
    assert tier(path, "--today", "2021-04-01", "--lang", "en", "--repeats", "keep") == 0
    assert "Repeated" not in capsys.readouterr().out


def test_the_same_ledger_gives_the_same_report(ledger, tmp_path):
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    assert tier(ledger, "--today", "2021-04-01", "-o", one) == 0
    assert tier(ledger, "--today", "2021-04-01", "-o", two) == 0
    assert one.read_bytes() == two.read_bytes()


def many(tmp_path: Path, *, late: int) -> Path:
    """A hundred rows, so many of them in May."""
    days = ["2021-03-05"] * (100 - late) + ["2021-05-07"] * late
    rows = [f"C{n},{day},{n + 1}" for n, day in enumerate(days)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["customer,date,amount", *rows]), encoding="utf-8")
    return path


def test_a_few_rows_after_today_are_left_out_loudly(tmp_path, capsys):
    assert tier(many(tmp_path, late=5), "--today", "2021-04-01", "--lang", "en") == 0
    out, err = capsys.readouterr()
    assert "rows dated after 2021-04-01: 5, the last on 2021-05-07 (row 101). They were" in err
    assert "Left out: Date after today 5 5.0%" in " ".join(out.split())


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("late", [6, 100])
def test_many_rows_after_today_stop(tmp_path, capsys, late):
    path = many(tmp_path, late=late)
    assert tier(path, "--today", "2021-04-01") == 2
    err = capsys.readouterr().err
    assert f"{late} of 100 rows ({late / 100:.1%}) are dated after --today 2021-04-01" in err
    assert "Give --today 2021-05-07 or later" in err
    assert tier(path, "--today", "2021-05-07") == 0


def test_an_earlier_period_can_be_asked_for_on_purpose(tmp_path, capsys):
    words = [many(tmp_path, late=50), "--today", "2021-04-01", "--end", "2021-03-31"]
    assert tier(*words, "--lang", "en") == 0
    assert "rows dated after 2021-04-01: 50" in capsys.readouterr().err


@pytest.mark.usefixtures("english")
def test_an_end_after_today_does_not_excuse_late_rows(tmp_path, capsys):
    path = many(tmp_path, late=50)
    assert tier(path, "--today", "2021-04-01", "--end", "2021-12-31") == 2
    assert "50 of 100 rows (50.0%) are dated after --today" in capsys.readouterr().err
    # The end leaves the late rows out by itself: they lie after both.
    assert tier(path, "--today", "2021-04-01", "--end", "2021-04-30") == 0


@pytest.mark.usefixtures("english")
def test_one_absurd_date_is_named_and_not_taken_for_today(tmp_path, capsys):
    path = tmp_path / "a.csv"
    good = ["A,2021-03-01,5", "B,2021-03-02,6"]
    path.write_text("\n".join(["customer,date,amount", *good, "C,9999-12-31,7"]), encoding="utf-8")
    assert tier(path, "--today", "2021-04-01", "--lang", "en") == 0
    assert "the last on 9999-12-31 (row 4)" in capsys.readouterr().err
    assert tier(path, "--today", "2021-02-01") == 2
    err = capsys.readouterr().err
    assert "2 of 3 rows (66.7%)" in err
    assert "(row 4 is even dated 9999-12-31)" in err
    assert "Give --today 2021-03-02 or later" in err
    # One late row that is near is no slip of the pen: today is wrong.
    path.write_text("\n".join(["customer,date,amount", *good]), encoding="utf-8")
    assert tier(path, "--today", "2021-03-01") == 2


def test_the_net_of_zero_is_on_a_threshold_of_zero(tmp_path, capsys):
    path = tmp_path / "a.csv"
    rows = ["A,2021-03-05,0.3,1", "A,2021-03-06,-0.1,2", "A,2021-03-07,-0.2,3", "B,2021-03-05,5,4"]
    path.write_text("\n".join(["customer,date,amount,order", *rows]), encoding="utf-8")
    assert tier(path, "--today", "2021-04-01", "--cuts", "40,1,0", "--lang", "en") == 0
    out = capsys.readouterr().out
    assert re.search(r"Important: value +1 1 1 +2 ", out)
    assert not re.search(r"[ (]-0", out)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("output", ["", ".", "/", "..", f"{'x' * 300}.xlsx"])
def test_an_output_that_is_no_file_name_is_told(ledger, capsys, output):
    assert tier(ledger, "--today", "2021-04-01", "-o", output) == 2
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--today is missing"),
        (["--today", "1/4/2021"], "--today '1/4/2021' is not a day"),
        (["--today", "2021-02-30"], "is not a day"),
        (["--today", "2021"], "is not a day"),
        (["--today", "2021-04-01", "--start", "x"], "--start 'x' is not a day"),
        (["--today", "2021-04-01", "--start", "2021-03-09", "--end", "2021-03-01"], "Exchange"),
        (["--today", "2021-02-01", "--start", "2021-03-09"], "before --start"),
        (["--today", "2021-04-01", "--cuts", "12,3"], "three numbers"),
        (["--today", "2021-04-01", "--cuts", "12,3,5,000"], "three numbers"),
        (["--today", "2021-04-01", "--cuts", "mode"], "mean, median, or three numbers"),
        (["--today", "2021-04-01", "--cuts", "1,2,inf"], "three numbers"),
        (["--today", "2021-04-01", "--cuts=-1,2,3"], "cannot be below 0"),
        (["--today", "2021-04-01", "--customer", "買家"], "買家"),
        (["--today", "2021-04-01", "-o", "report.xls"], "must end in .xlsx"),
        (["--today", "2021-04-01", "-o", "nowhere/report.xlsx"], "there is no folder"),
    ],
)
def test_bad_input_ends_with_2_and_a_plain_word(ledger, monkeypatch, capsys, words, told):
    monkeypatch.chdir(ledger.parent)
    assert tier(ledger, *words) == 2
    out, err = capsys.readouterr()
    assert told in err
    assert "Traceback" not in err
    assert out == ""
    assert [file.name for file in ledger.parent.iterdir()] == [ledger.name]


def test_no_file(tmp_path, capsys):
    assert tier(tmp_path / "none.csv", "--today", "2021-04-01") == 2
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("english")
def test_no_row_that_can_be_used(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("customer,date,amount\n,2021-03-01,5\nA,someday,5\n", encoding="utf-8")
    assert tier(path, "--today", "2021-04-01") == 2
    assert "no row" in capsys.readouterr().err


@pytest.mark.usefixtures("english")
def test_the_ledger_is_never_written_over(tmp_path, capsys):
    path = tmp_path / "ledger.xlsx"
    pd.DataFrame({"customer": ["A"], "date": ["2021-03-01"], "amount": [5]}).to_excel(path)
    before = path.read_bytes()
    assert tier(path, "--today", "2021-04-01", "-o", path) == 2
    assert "is the ledger itself" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.usefixtures("english")
@pytest.mark.filterwarnings("default")
def test_lookalike_customers_are_told_without_a_traceback(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("customer,date,amount\n7,2021-03-01,5\n007,2021-03-02,6\n", encoding="utf-8")
    assert tier(path, "--today", "2021-04-01") == 0
    err = capsys.readouterr().err
    assert "rfmkit: note: customers that look alike are counted apart: '7' / '007'" in err
    assert "Warning" not in err


def test_aligned_counts_chinese_as_two():
    lines = aligned([("名稱", "1"), ("ab", "100"), ("合計", "101")], "<>", ruled=True)
    assert lines == ["名稱    1", "---------", "ab    100", "---------", "合計  101"]


def tiers_in_plain_pandas(rows: pd.DataFrame, today: str) -> pd.DataFrame:
    """Compute customers and spend of each triple with nothing of the kit."""
    bought = rows[rows["amount"] > 0]
    last = bought.groupby("customer")["date"].max().dt.normalize()
    table = pd.DataFrame(
        {
            "r": (pd.Timestamp(today) - last).dt.days,
            "f": bought.groupby("customer")["order"].nunique(),
            "m": rows.groupby("customer")["amount"].sum(),
        }
    ).dropna()
    mean = table.mean()
    high = pd.DataFrame(
        {"r": table["r"] <= mean["r"], "f": table["f"] >= mean["f"], "m": table["m"] >= mean["m"]}
    )
    triple = high.astype(int).astype(str).agg(" ".join, axis="columns")
    return table.groupby(triple)["m"].agg(["size", "sum"])


def tiers_as_printed(out: str) -> pd.DataFrame:
    found = re.findall(r"([01] [01] [01]) +([\d,]+) +[\d.]+% +(-?[\d,.]+) ", out)
    assert len(found) == 8
    rows = {
        triple: {"size": int(size.replace(",", "")), "sum": float(total.replace(",", ""))}
        for triple, size, total in found
    }
    return pd.DataFrame(rows).T.sort_index()


@real_data
def test_online_retail(capsys):
    path = REAL / "online_retail.csv.gz"
    assert tier(path, "--today", "2011-12-10", "--lang", "en") == 0
    out = capsys.readouterr().out
    told = [" ".join(line.split()) for line in out.splitlines()]
    assert "Rows read 541,909" in told
    assert "Left out: No customer 135,080 24.9%" in told
    raw = pd.read_csv(path, dtype=str)
    rows = raw[raw["CustomerID"].notna()].drop_duplicates()
    rows = pd.DataFrame(
        {
            "customer": rows["CustomerID"],
            "date": pd.to_datetime(rows["InvoiceDate"]),
            "order": rows["InvoiceNo"],
            "amount": rows["Quantity"].astype(float) * rows["UnitPrice"].astype(float),
        }
    )
    rows = rows[rows["amount"] != 0]
    rows = rows[rows["customer"].isin(rows.loc[rows["amount"] > 0, "customer"])]
    assert f"Kept {len(rows):,} 74.1%" in told
    expected = tiers_in_plain_pandas(rows, "2011-12-10")
    got = tiers_as_printed(out)
    assert got["size"].tolist() == expected["size"].tolist()
    np.testing.assert_allclose(got["sum"], expected["sum"], atol=0.0051)


@real_data
@pytest.mark.filterwarnings("always::rfmkit.schema.DataWarning")
def test_cdnow(capsys):
    path = REAL / "CDNOW_master.txt"
    assert tier(path, "--today", "1998-07-01", "--lang", "en") == 0
    out = capsys.readouterr().out
    told = [" ".join(line.split()) for line in out.splitlines()]
    assert {
        "Rows read 69,659",
        "Kept 69,324 99.5%",
        "Customers 23,502",
        "Customers left out altogether 68",
        "Left out: Repeated row 255 0.4%",
        "Left out: Zero amount 80 0.1%",
    } <= {*told}
    raw = pd.read_csv(
        path, sep=r"\s+", names=["customer", "date", "cds", "amount"], skiprows=1, dtype=str
    )
    rows = raw.drop_duplicates()
    rows = rows.assign(
        date=pd.to_datetime(rows["date"]),
        order=range(len(rows)),
        amount=rows["amount"].astype(float),
    )
    expected = tiers_in_plain_pandas(rows[rows["amount"] > 0], "1998-07-01")
    got = tiers_as_printed(out)
    assert got["size"].tolist() == expected["size"].tolist()
    np.testing.assert_allclose(got["sum"], expected["sum"], atol=0.0051)
