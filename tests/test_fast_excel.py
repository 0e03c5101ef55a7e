"""The fast reader of workbooks gives the cells that openpyxl gives, or leaves the file to it."""

import contextlib
import datetime as dt
import gc
import zipfile

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import rfmkit as rk
from rfmkit.transactions import excel
from rfmkit.transactions.excel import read_with_calamine

pytest.importorskip("python_calamine")
HEADER = ["客戶", "日期", "金額", "備註", "旗標"]


def book(path, *, rows, epoch=None, more=lambda wb: None):
    wb = Workbook()
    if epoch:
        wb.epoch = epoch
    ws = wb.active
    ws.title = "帳"
    for row in (HEADER, *rows):
        ws.append(row)
    more(wb)
    wb.save(path)
    return path


NASTY = [
    ["C01", dt.datetime(2021, 3, 5), 100, "茶", True],
    ["007", dt.datetime(2021, 3, 5, 14, 30, 15), 12.5, "  兩端有空白 ", False],
    [7, dt.date(2021, 3, 5), 123456789, dt.time(14, 30), None],
    [7.5, dt.datetime(2021, 3, 5, 23, 59, 59, 999000), -3, dt.timedelta(hours=30, minutes=5), "x"],
    [None, None, None, None, None],
    ["王小明", dt.datetime(1999, 12, 31), "1,200", "a\nb", "<&>\"'"],
    ["C02", 44256, 0.1 + 0.2, "'=1+1", 1e-7],
    ["C03", "2021/3/5", -0.005, "=1+1", "Ａ１🍵"],
]


def dressed(wb):
    ws = wb.active
    ws["C2"].number_format = "[Red]0.00;[Blue]-0.00"
    ws["C3"].number_format = '#,##0.00"元"'
    ws["C4"].number_format = '"d"0'
    ws["B5"].number_format = '[$-404]e"年"m"月"d"日" hh:mm'
    ws["A12"] = "merged"
    ws.merge_cells("A12:A14")
    ws["B12"], ws["B13"] = dt.datetime(2021, 3, 7), dt.datetime(2021, 3, 8)
    ws["C12"] = "=SUM(C2:C4)"
    ws["H20"] = "far"
    ws["E15"], ws["E15"].number_format = 0.25, "hh:mm"
    ws["E16"], ws["E16"].number_format = 1.25, "[h]:mm:ss"
    ws["A30"].number_format = "0.00"  # an empty cell with a format
    wb.create_sheet("藏起來")["A1"] = "secret"
    wb["藏起來"].sheet_state = "hidden"
    wb.create_sheet("empty")


def both(path, sheet=None):
    fast, slow = read_with_calamine(path, sheet, {}), excel._read_with_openpyxl(path, sheet, {})
    assert fast is not None
    assert fast[:3] == (slow[0], slow[1], slow[2].lstrip("/"))
    one, other = (
        table.dropna(how="all").dropna(how="all", axis="columns") for table in (fast[3], slow[3])
    )
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    for column in one:
        assert list(map(type, one[column])) == list(map(type, other[column])), column
    return one


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_nasty_workbook(tmp_path, epoch):
    cells = both(book(tmp_path / "a.xlsx", rows=NASTY, epoch=epoch, more=dressed))
    assert cells.loc[1, 1] == dt.datetime(2021, 3, 5)
    assert cells.loc[3, 0] == 7


def test_a_sheet_by_its_title(tmp_path):
    path = book(tmp_path / "a.xlsx", rows=NASTY, more=dressed)
    assert both(path, "藏起來").to_numpy().tolist() == [["secret"]]


def errors(wb):
    for place, text in (("D2", "#N/A"), ("D3", "#REF!")):
        wb.active[place] = text
        wb.active[place].data_type = "e"


@pytest.mark.parametrize(
    "change",
    [
        lambda wb: errors(wb),
        lambda wb: wb.active.append(["C09", dt.datetime(1900, 1, 15), 1]),
        lambda wb: wb.active.append(["C09", None, 12345678901234567890]),
        lambda wb: wb.active.append(["C09", None, 1e300]),
        lambda wb: wb.active.append(["C_x000D_09", None, 1]),
        lambda wb: wb.active.cell(5, 1000, "far"),
        lambda wb: wb.active.cell(1_048_576, 30, "far"),
    ],
)
def test_what_the_readers_see_differently_is_left_to_openpyxl(tmp_path, change):
    path = book(tmp_path / "a.xlsx", rows=NASTY, more=change)
    assert read_with_calamine(path, None, {}) is None


def test_a_sheet_that_would_fill_the_memory_is_not_laid_out(tmp_path, monkeypatch):
    import python_calamine

    opened = []
    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_path", opened.append, raising=False)
    path = book(tmp_path / "a.xlsx", rows=NASTY, more=lambda wb: wb.active.cell(9**6, 5000, "far"))
    assert read_with_calamine(path, None, {}) is None
    assert opened == []


@pytest.mark.parametrize("works", [True, False])
def test_the_collector_is_left_as_it_was(tmp_path, works):
    path = book(tmp_path / "a.xlsx", rows=NASTY)
    try:
        if not works:
            gc.disable()
        for title in (None, "帳", "無此表"):
            with contextlib.suppress(rk.DataError):
                read_with_calamine(path, title, {})
            assert gc.isenabled() == works
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2"><v>5.0</v></c>',
        '<c r="C2"><v>1E5</v></c>',
        '<c r="C2" t="d"><v>2021-03-05</v></c>',
        '<c r="C2" t="inlineStr"><is><t></t></is></c>',
        '<c r="C2" t="str"><v></v></c>',
        '<c r="C2" t="inlineStr"><is><t>5</t></is></c>',
        '<c r="C2" t="str"><f>A1</f><v>five</v></c>',
        '<c r="C2"><f>1+1</f><v>2</v></c>',
        '<c r="C2"><f>1+1</f></c>',
        '<c r="C2" t="b"><v>1</v></c>',
    ],
)
def test_cells_of_other_writers(tmp_path, cell):
    plain = book(tmp_path / "plain.xlsx", rows=[["C01", None, 77]])
    path = tmp_path / "own.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            xml = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                there = b'<c r="C2" t="n"><v>77</v></c>'
                assert there in xml
                xml = xml.replace(there, cell.encode())
            new.writestr(part, xml)
    if read_with_calamine(path, None, {}) is not None:
        both(path)


def calculated(wb):
    dressed(wb)
    wb.active["C12"] = 3


@pytest.mark.usefixtures("english")
def test_loading_is_the_same_with_and_without(tmp_path, monkeypatch):
    rows = [["C01", dt.datetime(2021, 3, day), day * 1.5, "茶", None] for day in range(1, 29)]
    path = book(tmp_path / "a.xlsx", rows=rows, more=calculated)
    with pytest.warns(rk.DataWarning, match="merged cells"):
        fast = rk.load_transactions(path)
    monkeypatch.setattr(excel, "read_with_calamine", lambda *words: None)
    with pytest.warns(rk.DataWarning, match="merged cells"):
        slow = rk.load_transactions(path)
    pd.testing.assert_frame_equal(fast, slow)
    assert fast.attrs == slow.attrs


@pytest.mark.usefixtures("english")
def test_a_broken_workbook_is_told_in_the_same_words(tmp_path):
    path = book(tmp_path / "a.xlsx", rows=NASTY)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(rk.DataError, match="broken or cut short"):
        rk.load_transactions(path)
