"""Workbooks: safe cells, the same bytes, an honest end when a file cannot be written."""

import datetime as dt
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import canonicalize

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference

from rfmkit.formats import is_formula_like
from rfmkit.schema import DataError
from rfmkit.workbook import (
    Style,
    check_target,
    put,
    safe_cell,
    save_workbook,
    style_ids,
    table_rows,
)

FORMULAS = [
    '=HYPERLINK("http://x","pay")',
    "+1",
    "-cmd",
    "@SUM(A1)",
    "\t=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
]


def book_of(values: list) -> openpyxl.Workbook:
    wb = openpyxl.Workbook()
    for row, value in enumerate(values, start=1):
        put(wb.active.cell(row, 1), value)
    return wb


def long_book(values: list) -> tuple[openpyxl.Workbook, dict]:
    wb = openpyxl.Workbook()
    style = style_ids(wb.active)
    return wb, {wb.active.title: table_rows([(v,) for v in values], first=1, styles=[style])}


def column(path: Path) -> list:
    return [row[0] for row in openpyxl.load_workbook(path).active.iter_rows()]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("long", [False, True])
def test_text_that_looks_like_a_formula_stays_text(tmp_path, long):
    if long:
        wb, rows = long_book(FORMULAS)
    else:
        wb, rows = book_of(FORMULAS), None
    path = save_workbook(wb, tmp_path / "a.xlsx", rows=rows)
    cells = column(path)
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert b"<f>" not in parts(path)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("long", [False, True])
def test_harmless_text_has_no_prefix_and_errors_stay_text(tmp_path, long):
    texts = ["C-001", "#N/A", "a=b", "007", " spaced ", "q&<>\"'"]
    wb, rows = long_book(texts) if long else (book_of(texts), None)
    cells = column(save_workbook(wb, tmp_path / "a.xlsx", rows=rows))
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        (np.int64(5), 5),
        (np.float64(2.5), 2.5),
        (np.bool_(True), True),
        (np.str_("x"), "x"),
        (float("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.datetime64("NaT", "s"), None),
        (np.timedelta64("NaT", "s"), None),
        (None, None),
        (float("inf"), "inf"),
        (np.float64("-inf"), "-inf"),
        (10**15, "1000000000000000"),
        (999_999_999_999_999, 999_999_999_999_999),
        (np.datetime64("2021-03-01"), dt.datetime(2021, 3, 1)),
        (pd.Timestamp("2021-03-01 10:11"), dt.datetime(2021, 3, 1, 10, 11)),
        (pd.Timestamp("2021-03-01", tz="Asia/Taipei"), "2021-03-01T00:00:00+08:00"),
        (dt.date(1850, 1, 2), "1850-01-02"),
        (pd.Timedelta(hours=2), dt.timedelta(hours=2)),
        (b"x", "b'x'"),
        ("a\x00b\x1f", "a\ufffdb\ufffd"),
        ("\ud800\uffff", "\ufffd\ufffd"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_safe_cell(value, safe):
    got = safe_cell(value)
    assert got == safe
    assert type(got) is type(safe)


def test_long_text_is_cut_where_excel_would_refuse_it():
    assert safe_cell("y" * 32_767) == "y" * 32_767
    assert safe_cell("y" * 32_768) == "y" * 32_766 + "…"
    # An emoji takes two places in Excel; half a one must not remain.
    cut = safe_cell("a" + "😀" * 20_000)
    assert cut.endswith("😀…")
    assert len(cut.encode("utf-16-le")) <= 2 * 32_767


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=[]), min_size=1), min_size=1, max_size=8))
def test_any_text_can_be_written_and_read_again(texts):
    wb, rows = long_book(texts)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        for cells in (
            column(save_workbook(wb, path, rows=rows)),
            column(save_workbook(book_of(texts), path)),
        ):
            assert [cell.value for cell in cells] == [safe_cell(text) for text in texts]
            assert {cell.data_type for cell in cells} == {"s"}


def test_long_rows_hold_what_single_cells_hold(tmp_path):
    values = [
        "=1",
        "x\ny",
        3,
        2.5,
        True,
        None,
        "",
        dt.datetime(2021, 3, 1, 10, 30),
        dt.date(2021, 3, 2),
        float("inf"),
        "客戶",
    ]
    wb, rows = long_book(values)
    long = column(save_workbook(wb, tmp_path / "long.xlsx", rows=rows))
    short = column(save_workbook(book_of(values), tmp_path / "short.xlsx"))
    assert [cell.value for cell in long] == [cell.value for cell in short]
    assert [cell.data_type for cell in long] == [cell.data_type for cell in short]


def test_times_of_day_in_long_rows_are_text(tmp_path):
    wb, rows = long_book([dt.time(9, 30), dt.timedelta(hours=2)])
    cells = column(save_workbook(wb, tmp_path / "a.xlsx", rows=rows))
    assert [cell.value for cell in cells] == ["09:30:00", "2:00:00"]


def test_a_day_and_a_moment_get_their_own_format(tmp_path):
    wb, rows = long_book([dt.datetime(2021, 3, 1), dt.datetime(2021, 3, 1, 10, 30)])
    cells = column(save_workbook(wb, tmp_path / "a.xlsx", rows=rows))
    assert [cell.number_format for cell in cells] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_rows_must_be_as_wide_as_the_styles():
    with pytest.raises(ValueError, match="zip"):
        list(table_rows([(1, 2)], first=1, styles=[Style(0, 0, 0, 0)]))


def full_book() -> tuple[openpyxl.Workbook, dict]:
    wb = book_of(["客戶", 1, 2.5, "=1"])
    wb.active.title = "帳"
    chart = BarChart()
    chart.add_data(Reference(wb.active, min_col=1, min_row=2, max_row=3))
    wb.active.add_chart(chart, "C3")
    ws = wb.create_sheet("長")
    style = style_ids(ws, number_format="#,##0")
    return wb, {"長": table_rows([("<&>", 1), (" x", None)], first=1, styles=[style, style])}


def test_the_bytes_depend_on_the_contents_only(tmp_path, monkeypatch):
    first, rows = full_book()
    one = save_workbook(first, tmp_path / "one.xlsx", rows=rows).read_bytes()
    monkeypatch.setattr("time.time", lambda: 2e9)
    second, rows = full_book()
    second.properties.created = second.properties.modified = dt.datetime(1999, 1, 1)
    two = save_workbook(second, tmp_path / "two.xlsx", rows=rows).read_bytes()
    assert one == two
    third, rows = full_book()
    third["帳"]["A2"] = 7
    assert save_workbook(third, tmp_path / "three.xlsx", rows=rows).read_bytes() != one


def test_every_part_is_canonical_stored_and_undated(tmp_path):
    # Canonical form is what makes lxml, another Python and another system give the same bytes.
    wb, rows = full_book()
    path = save_workbook(wb, tmp_path / "a.xlsx", rows=rows, quiet_text=True)
    for name, data in parts(path).items():
        declaration, _, body = data.decode().partition("\n")
        assert declaration.startswith("<?xml version=")
        assert canonicalize(body) == body, name
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.compress_type) == (3, zipfile.ZIP_STORED)
    assert openpyxl.__version__ not in parts(path)["docProps/app.xml"].decode()


def test_the_stamp_is_told_and_the_workbook_is_left_as_it_was(tmp_path):
    wb = book_of([1])
    wb.properties.modified = dt.datetime(2001, 2, 3)
    path = save_workbook(wb, tmp_path / "a.xlsx", stamp=dt.date(2021, 4, 1))
    told = openpyxl.load_workbook(path).properties
    assert told.created == told.modified == dt.datetime(2021, 4, 1)
    assert told.creator == "rfmkit"
    assert wb.properties.modified == dt.datetime(2001, 2, 3)


def test_compressed_is_smaller_and_the_same_inside(tmp_path):
    wb, rows = full_book()
    plain = save_workbook(wb, tmp_path / "plain.xlsx", rows=rows)
    wb, rows = full_book()
    small = save_workbook(wb, tmp_path / "small.xlsx", rows=rows, compress=True)
    assert small.stat().st_size < plain.stat().st_size / 2
    assert parts(small) == parts(plain)


def test_quiet_text_stands_where_the_schema_wants_it(tmp_path):
    wb, rows = full_book()
    path = save_workbook(wb, tmp_path / "a.xlsx", rows=rows, quiet_text=True)
    with_chart = parts(path)["xl/worksheets/sheet1.xml"]
    assert with_chart.index(b"<pageMargins") < with_chart.index(b"<ignoredErrors>")
    assert with_chart.index(b"</ignoredErrors>") < with_chart.index(b"<drawing")
    assert parts(path)["xl/worksheets/sheet2.xml"].endswith(b"</ignoredErrors></worksheet>")


def test_rows_for_a_sheet_that_is_not_there_are_not_lost_silently(tmp_path):
    with pytest.raises(ValueError, match="Nowhere"):
        save_workbook(book_of([1]), tmp_path / "a.xlsx", rows={"Nowhere": ["<row/>"]})


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("path", ["", ".", "/", Path()])
def test_an_empty_path_is_explained(path):
    with pytest.raises(DataError, match="it is a folder"):
        save_workbook(book_of([1]), path)


def test_what_is_no_path_is_explained():
    with pytest.raises(DataError, match="must be text"):
        save_workbook(book_of([1]), None)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.xls", "must end in .xlsx"),
        ("report", "must end in .xlsx"),
        ("nowhere/a.xlsx", "there is no folder"),
        ("folder.xlsx", "it is a folder"),
        (".", "it is a folder"),
        ("..", "it is a folder"),
        (f"{'長' * 300}.xlsx", "shorter"),
        ("a\0b.xlsx", "plain name"),
    ],
)
def test_a_path_that_cannot_work_is_explained(tmp_path, name, told):
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(DataError, match=told):
        save_workbook(book_of([1]), tmp_path / name)
    with pytest.raises(DataError, match=told):
        check_target(tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.xlsx"]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "denied"), "open in another program, such as Excel"),
        (OSError(28, "No space left on device"), "the disk is full"),
        (OSError(28, "No space left on device", ".rfmkit-1.tmp"), r"so \S+a\.xlsx cannot"),
    ],
)
def test_a_file_that_cannot_be_replaced_stays_and_leaves_no_litter(
    tmp_path, monkeypatch, error, told
):
    path = save_workbook(book_of(["old"]), tmp_path / "a.xlsx")
    before = path.read_bytes()

    def refuse(self, target):
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DataError, match=told):
        save_workbook(book_of(["new"]), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_survives_an_error_half_way(tmp_path):
    path = save_workbook(book_of(["old"]), tmp_path / "a.xlsx")
    before = path.read_bytes()

    def rows():
        yield '<row r="2"></row>'
        raise DataError("half way")

    wb = book_of(["new"])
    with pytest.raises(DataError, match="half way"):
        save_workbook(wb, path, rows={wb.active.title: rows()})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "＝1", "\ta"])
def test_formula_like(text):
    assert is_formula_like(text)
    assert not is_formula_like("a" + text)
    assert not is_formula_like(-1)
