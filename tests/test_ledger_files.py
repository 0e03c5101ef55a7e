import datetime as dt
import gzip
import re
import sys
import warnings
import zipfile

import openpyxl
import pandas as pd
import pytest

from rfmkit.schema import DataError, DataWarning
from rfmkit.transactions import excel
from rfmkit.transactions.files import read_ledger

# The wording of errors is held in English; tests/test_languages.py looks at the Chinese.
pytestmark = pytest.mark.usefixtures("english")

HEADER = ["客戶編號", "日期", "訂單編號", "品名", "金額"]
ROWS = [
    ["007", "2021-03-05", "A1", "碎紙機", "1,200"],
    ["C02", "2021/3/6", "A2", "文件櫃，大", "-300"],
    ["旭東", "110/03/07", "A3", "印表機", "５０"],
]


def text_of(rows, separator=","):
    cells = [
        '"' + str(cell) + '"' if separator in str(cell) else str(cell)
        for row in rows
        for cell in row
    ]
    width = len(rows[0])
    return "\n".join(separator.join(cells[at : at + width]) for at in range(0, len(cells), width))


def write_book(path, sheets, hidden=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
        if title in hidden:
            page.sheet_state = "hidden"
    book.save(path)
    return path


def write_csv(folder, text, name="ledger.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def message(path, **options):
    with pytest.raises(DataError) as caught:
        read_ledger(path, **options)
    return str(caught.value)


WRITERS = {
    "utf-8": lambda folder: write_csv(folder, text_of([HEADER, *ROWS])),
    "utf-8-sig": lambda folder: write_csv(folder, text_of([HEADER, *ROWS]), encoding="utf-8-sig"),
    "big5": lambda folder: write_csv(folder, text_of([HEADER, *ROWS]), encoding="big5"),
    "gb18030": lambda folder: write_csv(folder, text_of([HEADER, *ROWS]), encoding="gb18030"),
    "utf-16": lambda folder: write_csv(folder, text_of([HEADER, *ROWS]), encoding="utf-16"),
    "tab": lambda folder: write_csv(folder, text_of([HEADER, *ROWS], "\t"), "ledger.tsv"),
    "semicolon": lambda folder: write_csv(folder, text_of([HEADER, *ROWS], ";"), "ledger.txt"),
    "spaces": lambda folder: write_csv(folder, " " + text_of([HEADER, *ROWS], "  "), "ledger.txt"),
    "crlf": lambda folder: write_csv(folder, text_of([HEADER, *ROWS]).replace("\n", "\r\n")),
    "xlsx": lambda folder: write_book(folder / "ledger.XLSX", {"三月": [HEADER, *ROWS]}),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_gives_the_same_table(tmp_path, kind):
    tx = read_ledger(WRITERS[kind](tmp_path))
    assert tx.columns.tolist() == ["customer", "date", "order", "product", "amount"]
    assert tx.to_numpy().tolist() == ROWS
    assert (tx.index.name, tx.index.tolist()) == ("row", [2, 3, 4])
    source = tx.attrs["source"]
    assert source["rows_read"] == 3
    assert source["sheet"] == ("三月" if kind == "xlsx" else None)
    assert source["columns"] == dict(zip(HEADER, tx.columns, strict=True))


def test_gz_and_parquet_give_the_same_table(tmp_path):
    (tmp_path / "ledger.csv.gz").write_bytes(gzip.compress(text_of([HEADER, *ROWS]).encode("big5")))
    pd.DataFrame(ROWS, columns=HEADER).to_parquet(tmp_path / "ledger.parquet")
    for name in ("ledger.csv.gz", "ledger.parquet"):
        tx = read_ledger(str(tmp_path / name))
        assert tx.to_numpy().tolist() == ROWS
        assert tx.index.tolist() == [2, 3, 4]


def test_parquet_keeps_a_named_index_and_whole_numbers(tmp_path):
    frame = pd.DataFrame(
        {"date": ["20210301"] * 2, "amount": [1, 2]}, index=pd.Index([7, 8], name="customer")
    )
    frame.to_parquet(tmp_path / "a.parquet")
    tx = read_ledger(tmp_path / "a.parquet")
    assert tx["customer"].tolist() == [7, 8]
    assert tx.attrs["source"]["columns"]["customer"] == "customer"


def test_big5_with_english_headers_is_told_by_its_everyday_characters(tmp_path):
    text = "CustomerID,date,amount,name\n1,2021-03-01,5,王小明的文具店在台北市中山區\n"
    assert read_ledger(write_csv(tmp_path, text, encoding="big5"))["name"].tolist() == [
        "王小明的文具店在台北市中山區"
    ]
    text = "CustomerID,date,amount,name\n1,2021-03-01,5,北京市朝阳区的办公用品店\n"
    assert read_ledger(write_csv(tmp_path, text, encoding="gbk"))["name"].tolist() == [
        "北京市朝阳区的办公用品店"
    ]


@pytest.mark.parametrize(
    "header",
    [
        ["客戶編號", "交易日期", "消費金額"],
        ["客戶代號", "訂單日期", "總金額"],
        ["會員編號", "消費日期", "金額"],
        ["客戶", "日期", "金額（元）"],
        ["顧客編號", "下單日期", "交易金額"],
        ["客户编号", "购买日期", "订单金额"],
        ["客户ID", "日期", "销售额"],
        ["顾客", "交易时间", "总额"],
        ["CustomerID", "InvoiceDate", "Amount"],
        ["customer id", "order date", "total"],
        ["CUSTOMER_ID", "PURCHASE DATE", "Sales"],
        ["customer", "date", "amount"],
        ["Client", "Date", "Revenue"],
        ["customerId", "orderDate", "dollar_value"],
        ["ＣｕｓｔｏｍｅｒＩＤ", "Ｄａｔｅ", "Ａｍｏｕｎｔ（NT$）"],
        [" 客戶 編號 ", "日期\n", "\ufeff金額"],
    ],
)
def test_headers_of_three_scripts_are_known(tmp_path, header):
    path = write_book(tmp_path / "a.xlsx", {"s": [header, ["1", "2021-03-01", 5]]})
    assert read_ledger(path).columns.tolist() == ["customer", "date", "amount"]


def test_the_other_columns_are_known_too(tmp_path):
    header = [
        "InvoiceNo",
        "項次",
        "Description",
        "Quantity",
        "单价",
        "订单状态",
        "客户",
        "Date",
        "備註",
        "備註",
    ]
    tx = read_ledger(
        write_book(tmp_path / "a.xlsx", {"s": [header, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]})
    )
    assert tx.columns.tolist() == [
        "order",
        "line",
        "product",
        "quantity",
        "unit_price",
        "status",
        "customer",
        "date",
        "備註",
        "備註_2",
    ]


def test_the_most_specific_header_wins(tmp_path):
    text = "客戶,客戶編號,日期,訂單日期,金額,合計\n旭東,C1,d,2021-03-01,5,9\n"
    tx = read_ledger(write_csv(tmp_path, text))
    assert tx.loc[2, ["customer", "date", "amount"]].tolist() == ["C1", "2021-03-01", "5"]
    assert tx.loc[2, ["客戶", "日期", "合計"]].tolist() == ["旭東", "d", "9"]


def test_two_headers_for_one_name_must_be_chosen_from(tmp_path):
    path = write_csv(tmp_path, "客戶,日期,消費金額,交易金額\n1,2021-03-01,5,6\n")
    told = message(path)
    assert "['消費金額', '交易金額']" in told
    assert 'columns={"amount": "消費金額"}' in told
    assert "--amount" in told
    assert read_ledger(path, columns={"amount": "交易金額"})["amount"].tolist() == ["6"]


def test_columns_names_odd_headers(tmp_path):
    path = write_csv(tmp_path, "買家,何時,實付,amount\n1,2021-03-01,5,6\n")
    tx = read_ledger(path, columns={"customer": "買家", "date": "何時", "amount": "實付"})
    assert tx["amount"].tolist() == ["5"]
    assert tx["amount_2"].tolist() == ["6"]


def test_a_header_called_reason_does_not_take_the_place_of_the_kits_own(tmp_path):
    tx = read_ledger(write_csv(tmp_path, "customer,date,amount,reason\n1,2021-03-01,5,gift\n"))
    assert tx.columns.tolist() == ["customer", "date", "amount", "reason_2"]


def test_quantity_and_price_that_were_asked_for_beat_an_amount_column(tmp_path):
    path = write_csv(tmp_path, "客戶,日期,件,價,金額\n1,2021-03-01,5,6,0\n")
    tx = read_ledger(path, columns={"quantity": "件", "unit_price": "價"})
    assert tx.columns.tolist() == ["customer", "date", "quantity", "unit_price", "金額"]


def test_a_wrong_name_in_columns_is_answered_with_the_nearest(tmp_path):
    told = message(
        write_csv(tmp_path, "客戶,日期,實付金額\n1,2021-03-01,5\n"), columns={"amount": "實收金額"}
    )
    assert "'實收金額' for amount, which is not there; did you mean '實付金額'?" in told
    assert "['客戶', '日期', '實付金額']" in told
    assert "knows ['customer', 'date'" in message(
        tmp_path / "ledger.csv", columns={"money": "金額"}
    )


def test_no_header_says_what_is_there_and_how_to_name_it(tmp_path):
    told = message(write_csv(tmp_path, "客戶,何時,金額\n1,2021-03-01,5\n"))
    assert "ledger.csv: no header row" in told
    assert "Row 1 holds ['客戶', '何時', '金額']; not found: date." in told
    assert "columns={" in told
    assert '--customer "…"' in told


def test_a_title_above_the_header_is_passed_over(tmp_path):
    for path in (
        write_csv(
            tmp_path, "旭東公司 2021年3月\n\n客戶,日期,金額\n1,2021-03-01,5\n,,\n2,2021-03-02,6\n"
        ),
        write_book(
            tmp_path / "a.xlsx",
            {
                "s": [
                    ["旭東公司 2021年3月"],
                    [],
                    ["客戶", "日期", "金額"],
                    ["1", "2021-03-01", "5"],
                    [],
                    ["2", "2021-03-02", "6"],
                ]
            },
        ),
    ):
        tx = read_ledger(path)
        assert tx.index.tolist() == [4, 6]
        assert tx["amount"].tolist() == ["5", "6"]


def test_two_header_rows_are_explained(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx",
        {"s": [["客戶", "交易", None], ["編號", "日期", "金額"], ["1", "x", 5]]},
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B1:C1")
    book.save(path)
    told = message(path)
    assert "two rows (1 and 2)" in told
    assert "merged cells" in told
    assert "one row" in told


def test_merged_headers_with_data_below_keep_every_column(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx", {"s": [["客戶", "日期", "金額", None], ["1", "2021-03-01", 5, "note"]]}
    )
    assert read_ledger(path).columns.tolist() == ["customer", "date", "amount", "column_4"]


def test_cells_stay_as_they_are(tmp_path):
    rows = [
        ["客戶", "日期", "金額"],
        ["007", dt.datetime(2021, 3, 1, 14), " 5 "],
        [7, "2021-03-02", 1.5],
        [None, 44256, None],
    ]
    tx = read_ledger(write_book(tmp_path / "a.xlsx", {"s": rows}))
    assert tx["customer"].tolist()[:2] == ["007", 7]
    assert tx["date"].tolist() == [dt.datetime(2021, 3, 1, 14), "2021-03-02", 44256]
    assert tx["amount"].tolist()[:2] == [" 5 ", 1.5]


def test_whole_numbers_beside_gaps_do_not_become_decimals(tmp_path):
    rows = [["客戶", "日期", "金額"], [7, "2021-03-01", 5], [None, "2021-03-02", 6]]
    assert (
        repr(read_ledger(write_book(tmp_path / "a.xlsx", {"s": rows}))["customer"].iloc[0]) == "7"
    )
    path = write_csv(tmp_path, "customer,date,amount\n007,20210301,5\n,20210302,NA\n")
    assert read_ledger(path)["customer"].tolist()[0] == "007"
    assert read_ledger(path)["amount"].tolist() == ["5", "NA"]


def test_missing_file_and_folder(tmp_path):
    write_csv(tmp_path, "x", "交易記錄.csv")
    told = message(tmp_path / "交易紀錄.csv")
    assert "cannot find the file" in told
    assert "did you mean 交易記錄.csv?" in told
    assert "nothing there" in message(tmp_path / "no" / "file.csv")
    assert "is a folder" in message(tmp_path)


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.pdf", "a", "a.csv.zip"])
def test_other_kinds_of_file_are_told_how_to_be_saved(tmp_path, name):
    told = message(write_csv(tmp_path, "x", name))
    assert "does not read this kind of file" in told
    assert "Save As > Excel Workbook (.xlsx)" in told


def test_sheets(tmp_path):
    ledger = [["客戶", "日期", "金額"], ["1", "2021-03-01", 5]]
    path = write_book(tmp_path / "a.xlsx", {"說明": [["讀我"]], "3月": ledger, "空": []})
    assert read_ledger(path).attrs["source"]["sheet"] == "3月"
    told = message(path, sheet="三月")
    assert "no sheet '三月'" in told
    assert "['說明', '3月', '空']" in told
    assert "'空' is empty" in message(path, sheet="空")
    assert "no header row" in message(path, sheet="說明")
    assert "has no sheet" in message(write_csv(tmp_path, "x"), sheet="3月")
    assert "is empty" in message(write_book(tmp_path / "b.xlsx", {"空": []}))
    assert "no rows below it" in message(write_book(tmp_path / "c.xlsx", {"s": ledger[:1]}))


def test_several_ledgers_are_named_and_hidden_ones_passed_over(tmp_path):
    ledger = [["客戶", "日期", "金額"], ["1", "2021-03-01", 5]]
    sheets = {"舊": ledger, "3月": ledger, "4月": ledger}
    path = write_book(tmp_path / "a.xlsx", sheets, hidden=["舊"])
    assert "the sheets ['3月', '4月'] all look like ledgers" in message(path)
    assert read_ledger(path, sheet="3月").attrs["source"]["sheet"] == "3月"
    tx = read_ledger(path, sheet="all")
    assert tx.index.tolist() == [2, 2]
    assert tx["source_sheet"].tolist() == ["3月", "4月"]
    assert tx.attrs["source"]["rows_read"] == 2
    path = write_book(tmp_path / "b.xlsx", {"說明": [["讀我"]], "舊": ledger}, hidden=["舊"])
    told = message(path)
    assert "only hidden sheets" in told
    assert "sheet='舊'" in told
    assert len(read_ledger(path, sheet="舊")) == 1


def test_workbooks_that_are_none(tmp_path):
    def write(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    locked = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
    assert "password" in message(write("locked.xlsx", locked))
    assert "password" in message(write("locked.csv", locked))
    assert "looks like text (csv)" in message(write("a.xlsx", "客戶,日期".encode()))
    assert "web page (HTML)" in message(write("b.xlsx", b"\n<html><table>"))
    assert "has no bytes" in message(write("c.xlsx", b""))
    assert "has no bytes" in message(write("c.csv", b""))
    whole = write_book(tmp_path / "whole.xlsx", {"s": [HEADER, *ROWS]}).read_bytes()
    for size in (100, len(whole) // 2, len(whole) - 30):
        assert "broken or cut short" in message(write("cut.xlsx", whole[:size]))
    assert ".xlsx" in message(write("book.csv", whole))
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as parts:
        parts.writestr("hello.txt", "x")
    assert "broken" in message(tmp_path / "zip.xlsx")
    assert "cannot be read as parquet" in message(write("a.parquet", b"PAR1 not"))
    assert "is damaged" in message(
        write("a.csv.gz", gzip.compress(b"customer,date,amount\n" * 99)[:-20])
    )
    assert "is damaged" in message(write("b.csv.gz", b"customer,date,amount\n"))
    assert "encoding" in message(write("d.csv", "客戶,日期\n".encode("utf-16-le")))
    assert "encoding" in message(write("e.csv", b"caf\xe9 \xff\xff,date"))


def test_rows_that_do_not_fit_the_header_are_refused_not_shifted(tmp_path):
    told = message(write_csv(tmp_path, "customer,date,amount\n1,2021-03-01,1,200\n"))
    assert "row 2 has more cells than the header" in told
    assert "quotation marks" in told
    rows = "1,2021-03-01,5\n" * 20
    told = message(write_csv(tmp_path, f"customer,date,amount\n{rows}1,2021-03-01,1,200\n"))
    assert "line 22" in told
    told = message(write_csv(tmp_path, f'customer,date,amount\n{rows}"1,2021-03-01,5\n{rows}'))
    assert "quotation marks" in told
    path = write_csv(tmp_path, f"customer,date,amount,\n{rows.replace('5', '5,')}1\n")
    assert read_ledger(path).columns.tolist() == ["customer", "date", "amount"]
    assert read_ledger(path).index.tolist()[-1] == 22


def rewrite(path, part, change):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_declared_size_is_not_believed(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"s": [HEADER, *ROWS]})
    rewrite(
        path,
        SHEET,
        lambda xml: re.sub(r'<dimension ref="[^"]+"', '<dimension ref="A1:XFD1048576"', xml),
    )
    assert read_ledger(path).shape == (3, 5)


def test_a_cell_far_to_the_right_or_below_is_refused(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx", {"s": [["客戶", "日期", "金額"], ["1", "2021-03-01", 5]]}
    )
    book = openpyxl.load_workbook(path)
    book.active["XFD2"] = 1
    book.save(path)
    assert "column 16384" in message(path)
    path = write_book(tmp_path / "b.xlsx", {"s": [HEADER, *ROWS]})
    rewrite(path, SHEET, lambda xml: xml.replace('<row r="4"', '<row r="99999999999"'))
    assert "larger than Excel allows" in message(path)


def test_formulas_are_not_run(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx",
        {"s": [["客戶", "日期", "金額"], ["1", "2021-03-01", "=1+1"], ["2", "2021-03-01", 3]]},
    )
    told = message(path)  # never calculated: there is no value to read
    assert "column '金額' holds formulas that were never calculated (first in C2)" in told
    assert "Open the file in Excel, save it" in told
    # A formula in a column that does not count, or one that gave an empty text, is no fault.
    other = write_book(
        tmp_path / "b.xlsx",
        {
            "s": [
                ["客戶", "日期", "金額", "備註"],
                ["1", "2021-03-01", 5, "=1+1"],
                ["1", "2021-03-01", None, "x"],
            ]
        },
    )
    assert read_ledger(other)["amount"].tolist()[0] == 5
    empty = write_book(
        tmp_path / "c.xlsx", {"s": [["客戶", "日期", "金額"], ["1", "2021-03-01", "=1+1"]]}
    )
    rewrite(empty, SHEET, lambda xml: xml.replace('<c r="C2">', '<c r="C2" t="str">'))
    assert len(read_ledger(empty)) == 1
    rewrite(
        path,
        SHEET,
        lambda xml: re.sub(r"(<f>1\+1</f>)<v ?/>|(<f>1\+1</f>)<v></v>", r"<f>1+1</f><v>2</v>", xml),
    )
    assert read_ledger(path)["amount"].tolist() == [2, 3]


def test_bombs_and_entities_are_refused(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"s": [HEADER, *ROWS]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/zeros.bin", b"\0" * 70_000_000)
    assert "would unpack to" in message(path)
    path = write_book(tmp_path / "b.xlsx", {"s": [HEADER, *ROWS]})
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    rewrite(path, SHEET, lambda xml: bomb + xml)
    assert "XML entities" in message(path)


def test_what_openpyxl_grumbles_about_is_not_the_readers_business(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"s": [HEADER, *ROWS]})
    rewrite(path, "xl/styles.xml", lambda xml: re.sub(r"<cellStyleXfs.*</cellStyles>", "", xml))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_ledger(path).to_numpy().tolist() == ROWS


def test_merged_cells_in_the_body_are_told_with_their_place(tmp_path):
    rows = [
        ["客戶", "日期", "金額", "備註"],
        ["C1", "2021-03-01", 5, "x"],
        [None, "2021-03-02", 6, None],
        ["C2", "2021-03-03", 7, None],
    ]
    path = write_book(tmp_path / "a.xlsx", {"s": rows})
    book = openpyxl.load_workbook(path)
    book["s"].merge_cells("A2:A3")
    book["s"].merge_cells("D2:D3")
    book.save(path)
    with pytest.warns(DataWarning, match=r"A2:A3 \(客戶\)\.") as told:
        assert read_ledger(path)["customer"].isna().tolist() == [False, True, False]
    assert "Unmerge" in str(told[0].message)
    assert "D2" not in str(told[0].message)


def test_a_hong_kong_file_with_english_headers_is_read(tmp_path):
    names = ["王大堃", "李喆", "陳峯", "林志明"]
    text = "customer,date,amount\n" + "\n".join(f"{name},2021-03-05,100" for name in names)
    path = write_csv(tmp_path, text, encoding="big5hkscs")
    assert read_ledger(path)["customer"].tolist() == names


def test_a_reading_full_of_private_characters_is_refused(tmp_path):
    # Bytes of GB 18030's private zone alone: no code gives a customer's name.
    text = "customer,date,amount\n\ue30c\ue30c,2021-03-05,100\n"
    path = write_csv(tmp_path, text, encoding="gb18030")
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode("cp950")
    assert "more than one encoding fits" in message(path)
    # In UTF-8 nothing is guessed: a character that the firm made itself stays.
    path = write_csv(tmp_path, text)
    assert read_ledger(path)["customer"].tolist() == ["\ue30c\ue30c"]


def test_a_first_chinese_letter_far_down_is_no_crash(tmp_path):
    rows = [f"C{row % 7},2021-03-01,{row + 100}" for row in range(6_000)]
    text = "\n".join(["customer,date,amount", *rows, "王小明,2021-03-05,10"])
    assert text.index("王") > 100_000
    path = write_csv(tmp_path, text, encoding="big5")
    assert read_ledger(path)["customer"].iloc[-1] == "王小明"


@pytest.mark.parametrize("ending", ["tsv.gz", "txt.gz", "csv.gz"])
def test_every_packed_text_is_read(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(gzip.compress(text_of([HEADER, *ROWS], "\t").encode()))
    assert read_ledger(path).to_numpy().tolist() == ROWS


def test_a_header_called_row_does_not_take_the_place_of_the_kits_own(tmp_path):
    path = write_csv(tmp_path, "客戶,日期,金額,row\n1,2021-03-01,5,9\n")
    assert read_ledger(path).columns.tolist() == ["customer", "date", "amount", "row_2"]


def test_one_header_for_two_parts_is_refused(tmp_path):
    path = write_csv(tmp_path, "客戶,日期,數量,單價\n1,2021-03-01,5,9\n")
    told = message(path, columns={"quantity": "單價", "unit_price": "單價"})
    assert "'單價' is named for two parts, quantity and unit_price" in told
    assert "--quantity, --price" in told
    assert "two parts" in message(path, columns={"customer": "客戶", "order": " 客戶 "})


def test_two_columns_with_one_header_must_be_renamed(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx", {"s": [["客戶", "日期", "金額", "金額"], ["1", "2021-03-01", 5, 6]]}
    )
    for options in ({}, {"columns": {"amount": "金額"}}):
        told = message(path, **options)
        assert "Rename one of the columns C and D in the file" in told
        assert "Choose one" not in told


def test_headers_of_taiwanese_sales_programs_are_known(tmp_path):
    header = ["客戶名稱", "銷貨日期", "銷貨單號", "銷貨金額"]
    row = ["甲", "2021-03-05", "S1", "5"]
    simplified = ["客户名称", "销货日期", "销货单号", "销货金额"]
    for number, names in enumerate([header, simplified]):
        path = write_csv(tmp_path, text_of([names, row]), f"{number}.csv")
        assert read_ledger(path).columns.tolist() == ["customer", "date", "order", "amount"]
    both = [["客戶名稱", "客戶代號", "單據日期", "含稅金額"], ["甲", "C1", "2021-03-05", "5"]]
    tx = read_ledger(write_csv(tmp_path, text_of(both)))
    assert tx.columns.tolist() == ["客戶名稱", "customer", "date", "amount"]
    dates = [["客戶", "時間", "出貨日期", "金額"], ["甲", "14:30", "2021-03-05", "5"]]
    assert read_ledger(write_csv(tmp_path, text_of(dates)))["date"].tolist() == ["2021-03-05"]
    two = [["客戶", "日期", "實收金額", "應收金額"], ["甲", "2021-03-05", "5", "6"]]
    assert "could each be the amount" in message(write_csv(tmp_path, text_of(two)))


def test_a_sheet_is_asked_for_by_name_and_a_chart_sheet_passed_over(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"三月": [HEADER, *ROWS]})
    assert "the sheets are ['三月']" in message(path, sheet=0)
    book = openpyxl.load_workbook(path)
    book.create_chartsheet("圖")
    book.save(path)
    assert len(read_ledger(path)) == 3
    assert "has no sheet '圖'" in message(path, sheet="圖")


def test_what_is_no_path_and_no_mapping_is_told(tmp_path):
    assert "by its path" in message(None)
    path = write_csv(tmp_path, text_of([HEADER, *ROWS]))
    assert 'columns={"customer"' in message(path, columns=["客戶編號"])


def test_a_row_that_is_too_long_or_unclosed_is_told_by_its_line(tmp_path):
    rows = ["客戶,日期,金額", *["A,2021-03-01,5"] * 20]
    path = write_csv(tmp_path, "\n".join([*rows, "A,2021-03-01,1,200", "B,2021-03-01,5"]))
    assert "line 22 has 4 cells, the header has 3" in message(path)
    path = write_csv(tmp_path, "\n".join([*rows, 'A,2021-03-01,"5', "B,2021-03-01,5"]))
    assert "a quotation mark opens in line 22" in message(path)


def test_the_note_on_two_ledgers_serves_the_command_line_too(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"3月": [HEADER, *ROWS], "4月": [HEADER, *ROWS]})
    assert '--sheet all  (sheet="all")' in message(path)
    assert '--sheet 3月  (sheet="3月")' in message(path)


def test_a_million_formatted_rows_below_the_data_are_passed_over(tmp_path, monkeypatch):
    path = write_book(tmp_path / "a.xlsx", {"s": [HEADER, *ROWS]})
    blank = "".join(f'<row r="{row}" ht="15"><c r="A{row}"/></row>' for row in range(5, 20_000))
    rewrite(path, SHEET, lambda xml: xml.replace("</sheetData>", f"{blank}</sheetData>"))
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    asked = []
    sheet_rows = excel._sheet_rows
    monkeypatch.setattr(
        excel, "_sheet_rows", lambda page, most=30: asked.append(most) or sheet_rows(page, most)
    )
    assert read_ledger(path).to_numpy().tolist() == ROWS
    assert max(asked) == 30  # the header is looked for in so many; the data end in row 4


def test_zeros_that_a_cell_format_shows_are_part_of_a_number(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.append(["客戶編號", "日期", "訂單編號", "金額"])
    page.append([20, "2021-03-01", 7, 5])
    page.append([21, "2021-03-02", 8, 6])
    for row in (2, 3):
        page.cell(row, 1).number_format = "0000000"
    page.cell(2, 3).number_format = "000"
    book.save(path)
    tx = read_ledger(path)
    assert tx["customer"].tolist() == ["0000020", "0000021"]
    assert tx["order"].tolist() == ["007", 8]
    assert tx["amount"].tolist() == [5, 6]


def test_a_garbled_header_is_told_of_encodings(tmp_path):
    path = tmp_path / "a.csv"
    garbled = "客戶編號,日期,金額".encode().decode("latin-1")
    path.write_text(f"{garbled}\nC1,2021-03-01,5\n", encoding="utf-8")
    assert "--encoding" in message(path)
