"""The manager's workbook: every number against a case worked by hand."""

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from rfmkit.formats import display_width, plain_number, row_share
from rfmkit.report import sheets as report_sheets
from rfmkit.report import write_report
from rfmkit.report.facts import gather
from rfmkit.rfm import rfm_cuts, rfm_table
from rfmkit.schema import DataError

TODAY = "2021-04-01"
SHEETS = {
    "zh-TW": ["摘要", "表5-3 客戶RFM", "高低門檻", "客戶分類", "八類彙總", "未採用的資料"],
    "en": [
        "Cover",
        "Table 5-3 RFM",
        "Thresholds",
        "Customer classes",
        "Class summary",
        "Rows left out",
    ],
}


def ledger() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Five customers: by hand A 2/3/600, B 4/1/400, C 25/3/150, D 29/1/400, E 1/1/40."""
    rows = [
        ("A", "2021-03-10", "o1", 200), ("A", "2021-03-20", "o2", 300),
        ("A", "2021-03-30", "o3", 100),
        ("B", "2021-03-28", "o4", 250), ("B", "2021-03-28", "o4", 150),
        ("C", "2021-03-05", "o5", 50), ("C", "2021-03-06", "o6", 50), ("C", "2021-03-07", "o7", 50),
        ("D", "2021-03-03", "o8", 500), ("D", "2021-03-15", "o9", -100),
        ("E", "2021-03-31", "o10", 40),
    ]  # fmt: skip
    clean = pd.DataFrame(rows, columns=["customer", "date", "order", "amount"])
    clean["date"] = pd.to_datetime(clean["date"])
    clean["amount"] = clean["amount"].astype("float64")
    clean.index = pd.RangeIndex(2, 13, name="row")
    clean.attrs["source"] = {
        "file": "交易記錄.xlsx",
        "sheet": "2021年3月",
        "rows_read": 14,
        "columns": {},
    }
    rejected = pd.DataFrame(
        {
            "customer": [None, "A", "=cmd()"],
            "date": ["2021/3/9", "三月三日", pd.Timestamp("2021-04-02")],
            "order": ["o11", "o12", "o13"],
            "amount": ["1,200", 30, -5.5],
            "備註": ["急", None, "+1"],
            "reason": ["blank_customer", "unreadable_date", "future_date"],
        },
        index=pd.Index([13, 14, 15], name="row"),
    )
    return clean, rejected


def customers(clean: pd.DataFrame) -> pd.DataFrame:
    return rfm_table(clean, today=TODAY, order="order")


def write(tmp_path: Path, *, lang: str = "en", name: str = "report.xlsx", **options) -> Path:
    clean, rejected = ledger()
    rfm = options.pop("rfm", None)
    rfm = customers(clean) if rfm is None else rfm
    options = {
        "cuts": rfm_cuts(rfm),
        "today": TODAY,
        "clean": clean,
        "rejected": rejected,
    } | options
    return write_report(rfm, tmp_path / name, lang=lang, **options)


def values(ws) -> list[list]:
    return [list(row) for row in ws.iter_rows(values_only=True)]


def cover(path: Path) -> dict:
    """Cover: name -> the value beside it."""
    ws = openpyxl.load_workbook(path).worksheets[0]
    return {row[1]: row[2] for row in ws.iter_rows(values_only=True) if row[1] is not None}


def every_text(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for ws in book for row in values(ws) for cell in row if cell)


def bare_rfm(rows: dict) -> pd.DataFrame:
    columns = ["recency_days", "frequency", "monetary"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(
        {"monetary": "float64"}
    )


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_sheets_are_named_and_the_first_is_open(tmp_path, lang):
    book = openpyxl.load_workbook(write(tmp_path, lang=lang))
    assert book.sheetnames == SHEETS[lang]
    assert book.active.title == SHEETS[lang][0]
    assert (
        book.properties.title
        == {"zh-TW": "客戶分級報告（RFM）", "en": "Customer tiers (RFM)"}[lang]
    )


def test_table_53_holds_the_numbers_worked_by_hand(tmp_path):
    rows = values(openpyxl.load_workbook(write(tmp_path)).worksheets[1])
    assert rows[2:] == [
        ["Customer", "Recency (days)", "Frequency (orders)", "Monetary (total)"],
        ["A", 2, 3, 600], ["B", 4, 1, 400], ["D", 29, 1, 400], ["C", 25, 3, 150], ["E", 1, 1, 40],
    ]  # fmt: skip


def test_thresholds_hold_the_means_and_part_the_customers(tmp_path):
    rows = values(openpyxl.load_workbook(write(tmp_path)).worksheets[2])
    assert rows[1][0] == "The thresholds are the means over all customers"
    assert [row[1:] for row in rows[3:6]] == [
        [12.2, "Days since the last purchase at or below 12.20: R is high", 3, 2, 0],
        [1.8, "Purchases at or above 1.80: F is high", 2, 3, 0],
        [318, "Total spend at or above 318: M is high", 3, 2, 0],
    ]


def test_a_customer_on_a_threshold_is_counted_and_is_high(tmp_path):
    cuts = {"recency_days": 4, "frequency": 3, "monetary": 400}
    rows = values(openpyxl.load_workbook(write(tmp_path, cuts=cuts)).worksheets[2])
    assert rows[1][0] == "The thresholds were set by the user"
    assert [row[3:] for row in rows[3:6]] == [[3, 2, 1], [2, 3, 2], [3, 2, 2]]


def test_classes_hold_triple_class_and_strategy_in_the_order_of_table_52(tmp_path):
    rows = values(openpyxl.load_workbook(write(tmp_path, lang="zh-TW")).worksheets[3])
    assert rows[3:] == [
        ["A", 2, 3, 600, "1 1 1", "重要價值客戶", "給予 VIP 待遇與專屬服務"],
        ["B", 4, 1, 400, "1 0 1", "重要發展客戶", "以行銷與促銷吸引他們常來"],
        ["D", 29, 1, 400, "0 0 1", "重要挽留客戶", "積極挽留，請他們說出想法與建議"],
        ["E", 1, 1, 40, "1 0 0", "一般發展客戶", "提高活躍度，進行交叉銷售"],
        ["C", 25, 3, 150, "0 1 0", "一般保持客戶", "提供近期活動的消息"],
    ]


def test_the_summary_has_all_eight_classes_and_adds_up(tmp_path):
    rows = values(openpyxl.load_workbook(write(tmp_path)).worksheets[4])
    table = [row[:7] for row in rows[3:12]]
    assert [row[1] for row in table[:8]] == [
        "1 1 1", "1 0 1", "0 1 1", "0 0 1", "1 1 0", "1 0 0", "0 1 0", "0 0 0"
    ]  # fmt: skip
    assert table[0] == ["Important: value", "1 1 1", 1, 0.2, 600, pytest.approx(600 / 1590), 600]
    assert table[2] == ["Important: keep", "0 1 1", 0, 0, 0, 0, None]
    assert table[8] == ["Total", None, 5, pytest.approx(1), 1590, pytest.approx(1), 318]
    for column in (2, 3, 4, 5):
        assert sum(row[column] for row in table[:8]) == pytest.approx(table[8][column])


def test_the_cover_accounts_for_every_row(tmp_path):
    facts = cover(write(tmp_path))
    assert facts["Ledger"] == "交易記錄.xlsx (sheet: 2021年3月)"
    assert facts["Today"] == pd.Timestamp(TODAY).to_pydatetime()
    assert facts["Period of the rows kept"] == "2021-03-03 to 2021-03-31 (calendar days: 29)"
    assert (facts["Customers"], facts["Total spend less returns"]) == (5, 1590)
    assert facts["Returns"] == (
        "Returns (negative rows: 1) lower total spend; they change neither R nor F"
    )
    left_out = {name: count for name, count in facts.items() if name.startswith("Left out: ")}
    assert left_out == {
        "Left out: No customer": 1,
        "Left out: Unreadable date": 1,
        "Left out: Date after today": 1,
    }
    assert facts["Kept"] + sum(left_out.values()) == facts["Rows read"] == 14


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "“Important: value”: 20% of customers bring 38% of spend"),
        ("zh-TW", "「重要價值客戶」占全體客戶的 20%，帶來 38% 的消費"),
    ],
)
def test_cover_and_chart_tell_the_finding(tmp_path, lang, told):
    path = write(tmp_path, lang=lang)
    assert told in cover(path)
    ws = openpyxl.load_workbook(path).worksheets[4]
    (chart,) = ws._charts
    assert chart.title.tx.rich.p[0].r[0].t == told
    cells = [series.val.numRef.f.split("!")[1] for series in chart.series]
    assert cells == ["$D$4:$D$11", "$F$4:$F$11"]
    names = [ws.cell(row, 10).value for row in range(4, 12)]
    assert names[0].endswith(" 111")
    assert names[7].endswith(" 000")
    light, dark = (series.graphicalProperties.solidFill.srgbClr for series in chart.series)
    assert grey(light) - grey(dark) > 80


def grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_rows_left_out_are_told_raw_with_their_place_and_reason(tmp_path):
    ws = openpyxl.load_workbook(write(tmp_path, lang="zh-TW")).worksheets[5]
    assert values(ws)[2:] == [
        ["列號", "未採用原因", "客戶編號", "日期", "訂單編號", "金額", "備註"],
        [13, "沒有客戶編號", None, "2021/3/9", "o11", "1,200", "急"],
        [14, "日期無法辨識", "A", "三月三日", "o12", 30, None],
        [15, "日期晚於基準日", "=cmd()", pd.Timestamp("2021-04-02"), "o13", -5.5, "+1"],
    ]
    assert ws["C6"].data_type == ws["G6"].data_type == "s"
    assert ws["C6"].quotePrefix


def test_injections_stay_text_on_every_sheet(tmp_path):
    names = ['=HYPERLINK("http://x")', "+1", "-cmd", "@SUM(A1)", "a\x07b"]
    clean, rejected = ledger()
    clean["customer"] = clean["customer"].map(dict(zip("ABCDE", names, strict=True)))
    clean.attrs["source"] = {"file": "=1.xlsx", "sheet": "+2", "rows_read": 14}
    rejected = rejected.rename(columns={"備註": "=header"})
    rejected["reason"] = "=reason"
    path = write(tmp_path, rfm=customers(clean), clean=clean, rejected=rejected)
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 6
    assert not any(b"<f>" in sheet for sheet in sheets)
    told = every_text(path)
    assert all(name in told for name in [*names[:4], "a\ufffdb", "=header", "=reason", "=1.xlsx"])


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_same_input_gives_the_same_bytes(tmp_path, lang, monkeypatch):
    one = write(tmp_path, lang=lang, name="one.xlsx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert write(tmp_path, lang=lang, name="two.xlsx").read_bytes() == one


def test_input_is_left_as_it_was(tmp_path):
    clean, rejected = ledger()
    rfm = customers(clean)
    cuts = rfm_cuts(rfm)
    copies = [part.copy() for part in (rfm, cuts, clean, rejected)]
    write(tmp_path, rfm=rfm, cuts=cuts, clean=clean, rejected=rejected)
    for part, copy in zip((rfm, cuts, clean, rejected), copies, strict=True):
        assert part.equals(copy)


def test_nothing_left_out_is_said(tmp_path):
    clean, rejected = ledger()
    clean.attrs["source"]["rows_read"] = 11
    path = write(tmp_path, clean=clean, rejected=rejected.head(0))
    ws = openpyxl.load_workbook(path)["Rows left out"]
    assert ws["A2"].value == "Every row that was read was kept."
    facts = cover(path)
    assert facts["Kept"] == facts["Rows read"] == 11


def test_rows_that_vanished_in_between_are_told(tmp_path):
    clean, _ = ledger()
    facts = cover(write(tmp_path, clean=clean.head(9)))
    assert facts["Taken away after reading, no reason given"] == 2
    assert (facts["Kept"], facts["Rows read"]) == (9, 14)
    facts = cover(write(tmp_path, rejected=None))
    assert facts["Taken away after reading, no reason given"] == 3
    assert (facts["Kept"], facts["Rows read"]) == (11, 14)


def test_without_the_ledger_there_is_no_account_and_no_sheet_of_rows(tmp_path):
    path = write(tmp_path, clean=None, rejected=None)
    assert openpyxl.load_workbook(path).sheetnames == SHEETS["en"][:5]
    assert "Rows read" not in cover(path)


def test_returns_that_were_dropped_are_told(tmp_path):
    clean, rejected = ledger()
    rejected["reason"] = "return"
    clean = clean[clean["amount"] > 0]
    facts = cover(write(tmp_path, clean=clean, rejected=rejected))
    assert (
        facts["Returns"] == "Returns (rows: 3) were left out, so total spend is not reduced by them"
    )
    facts = cover(write(tmp_path, clean=clean, rejected=rejected.head(0)))
    assert facts["Returns"] == "The rows kept hold no returns"


def test_decimals_only_where_the_data_have_cents(tmp_path):
    book = openpyxl.load_workbook(write(tmp_path))
    assert book["Table 5-3 RFM"]["D4"].number_format == "#,##0"
    clean, _ = ledger()
    clean.loc[2, "amount"] = 200.25
    book = openpyxl.load_workbook(write(tmp_path, rfm=customers(clean), clean=clean))
    assert book["Table 5-3 RFM"]["D4"].number_format == "#,##0.00"
    assert book["Table 5-3 RFM"]["D4"].value == 600.25


def test_one_customer(tmp_path):
    rfm = bare_rfm({"A": [2, 3, 600]})
    path = write(tmp_path, rfm=rfm, clean=None, rejected=None)
    told = "Only one customer, so there is nothing to compare; by the rule: Important: value 111"
    assert told in cover(path)


def test_all_customers_equal(tmp_path):
    rfm = bare_rfm({name: [2, 3, 600] for name in "ABC"})
    path = write(tmp_path, rfm=rfm, clean=None, rejected=None)
    (told,) = [name for name in cover(path) if str(name).startswith("All customers fall")]
    assert told.startswith("All customers fall into one class (Important: value 111)")
    assert [row[5] for row in values(openpyxl.load_workbook(path).worksheets[2])[3:6]] == [3, 3, 3]


def test_spend_below_zero_has_no_shares(tmp_path):
    rfm = bare_rfm({"A": [2, 3, 100], "B": [9, 1, -300]})
    path = write(tmp_path, rfm=rfm, clean=None, rejected=None)
    ws = openpyxl.load_workbook(path).worksheets[4]
    table = values(ws)[3:12]
    assert [row[5] for row in table] == [None] * 9
    assert table[8][4] == -200
    assert len(ws._charts[0].series) == 1
    assert "Total spend less returns is not above zero, so shares of spend mean nothing" in cover(
        path
    )


def test_one_customer_below_zero_keeps_the_total_right(tmp_path):
    rfm = bare_rfm({"A": [2, 3, 500], "B": [9, 1, -100]})
    table = values(openpyxl.load_workbook(write(tmp_path, rfm=rfm)).worksheets[4])[3:12]
    assert table[0][5] == 1.25
    assert table[7][5] == -0.25
    assert table[8][5] == pytest.approx(1)


def test_many_rows_left_out_run_on_to_further_sheets(tmp_path, monkeypatch):
    monkeypatch.setattr(report_sheets, "SHEET_ROWS", 2)
    book = openpyxl.load_workbook(write(tmp_path))
    assert book.sheetnames[5:] == ["Rows left out", "Rows left out 2"]
    rows = [row[0] for ws in book.worksheets[5:] for row in values(ws)[3:]]
    assert rows == [13, 14, 15]


def test_sheets_are_set_up_for_people(tmp_path):
    book = openpyxl.load_workbook(write(tmp_path, lang="zh-TW"))
    for ws in (book.worksheets[1], book.worksheets[3], book.worksheets[5]):
        assert ws.freeze_panes == "A4"
        assert ws.auto_filter.ref.startswith("A3:")
        assert int(ws.auto_filter.ref.split(":")[1][1:]) == ws.max_row
        assert ws.print_title_rows == "$3:$3"
        assert ws.sheet_view.selection[-1].activeCell == "A4"
    for ws in book.worksheets:
        assert (ws.page_setup.fitToWidth, ws.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    assert not book.worksheets[0].sheet_view.showGridLines


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_no_cell_is_wider_than_its_column(tmp_path, lang):
    clean, _ = ledger()
    clean["amount"] *= 1_000_000
    book = openpyxl.load_workbook(write(tmp_path, lang=lang, rfm=customers(clean)))
    for ws in book.worksheets[1:]:
        for row in ws.iter_rows(min_row=3, max_row=3 + 9, max_col=8):
            for cell in row:
                if cell.value is None or (ws is book.worksheets[2] and cell.row > 6):
                    continue
                shown = f"{cell.value:,.2f}" if isinstance(cell.value, float) else str(cell.value)
                shown = f"{cell.value:%Y-%m-%d}" if cell.is_date else shown
                width = ws.column_dimensions[cell.column_letter].width
                assert display_width(shown) < width, (ws.title, cell.coordinate)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_no_reason_is_cut_off_on_the_cover(tmp_path, lang):
    _, rejected = ledger()
    rejected["reason"] = "return_without_purchase"
    ws = openpyxl.load_workbook(write(tmp_path, lang=lang, rejected=rejected)).worksheets[0]
    names = [ws.cell(row, 2).value for row in range(6, 24) if ws.cell(row, 4).value is not None]
    assert len(names) == 4
    assert max(map(display_width, names)) < ws.column_dimensions["B"].width


@pytest.mark.usefixtures("english")
def test_bad_input_is_explained(tmp_path):
    clean, rejected = ledger()
    rfm = customers(clean)
    with pytest.raises(DataError, match="cuts lacks"):
        write(tmp_path, cuts={"frequency": 1})
    with pytest.raises(DataError, match="today must be a day"):
        write(tmp_path, today="soon")
    with pytest.raises(DataError, match="without `clean`"):
        write(tmp_path, clean=None)
    with pytest.raises(DataError, match="rejected lacks column 'reason'"):
        write(tmp_path, rejected=rejected.drop(columns="reason"))
    with pytest.raises(DataError, match="empty"):
        write(tmp_path, rfm=rfm.head(0), cuts=rfm_cuts(rfm))
    with pytest.raises(DataError, match=r"must end in \.xlsx"):
        write(tmp_path, name="report.csv")
    assert list(tmp_path.iterdir()) == []


def test_the_method_of_the_thresholds_is_told_not_guessed(tmp_path):
    # Two customers: mean and median are equal, and so may be numbers of one's own.
    rfm = bare_rfm({"A": (2, 2, 300.0), "B": (10, 4, 100.0)})
    for method, told in (("mean", "means"), ("median", "medians")):
        facts = gather(rfm, cuts=rfm_cuts(rfm, method=method), day=TODAY, lang="en")
        assert told in facts.cut_source()
    own = gather(rfm, cuts=rfm_cuts(rfm).to_dict(), day=TODAY, lang="en")
    assert "set by the user" in own.cut_source()
    changed = rfm_cuts(rfm)
    changed["monetary"] = 5000
    assert "set by the user" in gather(rfm, cuts=changed, day=TODAY, lang="en").cut_source()


def test_a_threshold_of_zero_and_noise(tmp_path):
    rfm = bare_rfm({"A": (2, 2, 0.3 - 0.1 - 0.2), "B": (10, 4, -0.004)})
    cuts = {"recency_days": 4, "frequency": 3, "monetary": 0}
    facts = gather(rfm, cuts=cuts, day=TODAY, lang="en")
    assert facts.thresholds().loc["M", ["high", "low", "on_cut"]].tolist() == [1, 1, 1]
    assert plain_number(-0.004) == "0"


def test_spend_with_returns_left_out_is_not_called_net(tmp_path):
    clean, rejected = ledger()
    kept = clean[clean["amount"] > 0]
    kept.attrs = clean.attrs
    rejected = pd.concat([rejected, clean[clean["amount"] < 0].assign(reason="return")])
    told = cover(write(tmp_path, clean=kept, rejected=rejected, rfm=customers(kept)))
    assert told["Total spend, returns not taken off"] == 1690
    assert "Total spend less returns" not in told


def test_a_column_called_row_or_class_breaks_nothing(tmp_path):
    rejected = ledger()[1].assign(row=7)
    rows = values(openpyxl.load_workbook(write(tmp_path, rejected=rejected)).worksheets[5])
    assert rows[2][0] == rows[2][-1] == "Row"
    assert (rows[3][0], rows[3][-1]) == (13, 7)


def test_customers_left_out_altogether_are_counted(tmp_path):
    # Of the rows left out, one has no customer, one is A's, who has others: =cmd() is lost.
    assert cover(write(tmp_path))["Customers left out altogether"] == 1


def test_the_cover_tells_which_columns_were_used(tmp_path):
    clean, _ = ledger()
    columns = {"買家": "customer", "付款日": "date", "數量": "quantity", "單價": "unit_price"}
    clean.attrs["source"] = {**clean.attrs["source"], "columns": columns}
    told = cover(write(tmp_path, clean=clean))
    assert told["Columns used"] == "Customer = 買家; Date = 付款日; Amount = 數量 × 單價"
    clean.attrs["source"] = {**clean.attrs["source"], "columns": {**columns, "實付": "amount"}}
    assert cover(write(tmp_path, clean=clean))["Columns used"].endswith("; Amount = 實付")


def test_a_hundred_per_cent_is_all(tmp_path):
    assert row_share(99_999, 100_000) == "99.9%+"
    assert row_share(99_949, 100_000) == "99.9%"
    assert row_share(7, 7) == "100.0%"
    clean, rejected = ledger()
    rejected = rejected.iloc[:1]
    many = pd.concat([clean] * 300, ignore_index=True)
    many.attrs = {}
    path = write(tmp_path, clean=many, rejected=rejected, rfm=customers(clean))
    ws = openpyxl.load_workbook(path).worksheets[0]
    formats = {row[1].value: row[3].number_format for row in ws.iter_rows() if row[1].value}
    assert formats["Kept"] == '"99.9%+"'
    assert formats["Rows read"] == "0.0%"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda clean: {"clean": clean.assign(date=clean["date"].astype(str))}, "not dates"),
        (lambda clean: {"clean": clean.assign(amount="5")}, "not numbers"),
        (lambda clean: {"lang": "zh"}, "not a language"),
        (lambda clean: {"today": "2021-04-02"}, "recency_days .* was counted from 2021-04-01"),
        (lambda clean: {"rfm": pd.concat([customers(clean)] * 2)}, "'A', 'B', 'C' and 2 more more"),
        (lambda clean: {"name": ""}, "it is a folder"),
    ],
)
def test_more_bad_input_is_explained(tmp_path, change, told):
    with pytest.raises(DataError, match=told):
        write(tmp_path, **change(ledger()[0]))


def test_the_workbook_and_the_figures_give_a_class_the_same_colour():
    # Written twice, so that a report needs no matplotlib; here the two are held together.
    from rfmkit.palette import CLASS_FILLS
    from rfmkit.report.style import CLASS_COLOURS

    assert {code: f"#{colour}" for code, colour in CLASS_COLOURS.items()} == CLASS_FILLS
