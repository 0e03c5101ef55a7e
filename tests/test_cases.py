"""The firm's books: same seed same bytes, every trap in every case, and the shipped copy fresh."""

import hashlib
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import rfmkit as rk
from authoring.data import stale_data, write_data
from rfmkit import cases

ROOT = Path(__file__).resolve().parent.parent
MARCH = {"start": "2021-03-01", "end": "2021-03-31", "today": "2021-04-01"}


def test_same_seed_same_bytes(tmp_path):
    one, other = cases.make_case(5, tmp_path / "一"), cases.make_case(5, tmp_path / "two words")
    for file in sorted(one.iterdir()):
        assert file.read_bytes() == (other / file.name).read_bytes(), file.name
    another = cases.make_case(6, tmp_path / "three")
    assert (one / cases.LEDGER).read_bytes() != (another / cases.LEDGER).read_bytes()


def test_the_first_rows_of_a_seed_never_change():
    # Personal cases that were handed out must come out the same from every later version.
    rows = json.dumps(cases.draw_ledger(2021).to_numpy().tolist(), default=str)
    digest = hashlib.sha256(rows.encode()).hexdigest()
    assert digest == (Path(__file__).parent / "ledger_2021.sha256").read_text("utf-8").strip()


def test_manifest_tells_each_file_and_hides_the_seed_on_request(tmp_path):
    folder = cases.make_case(5, tmp_path / "told")
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    assert manifest["seed"] == 5
    for name, told in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told
    hidden = cases.make_case(5, tmp_path / "hidden", include_seed=False)
    assert "seed" not in (hidden / "MANIFEST.json").read_text(encoding="utf-8")


def test_the_shipped_books_are_fresh():
    assert stale_data(ROOT) == [], "run: rfmkit build"


def test_stale_and_missing_books_are_found_and_mended(tmp_path):
    made = write_data(tmp_path)
    assert len(made) == 16
    assert stale_data(tmp_path) == []
    ledger = tmp_path / "data" / cases.LEDGER
    ledger.write_bytes(ledger.read_bytes() + b" ")
    (tmp_path / "data/practice/README.md").unlink()
    readme = tmp_path / "data" / "README.md"
    readme.write_bytes(readme.read_bytes().replace(b"\n", b"\r\n"))
    assert stale_data(tmp_path) == [f"data/{cases.LEDGER}", "data/practice/README.md"]
    assert write_data(tmp_path) == [f"data/{cases.LEDGER}", "data/practice/README.md"]


def test_the_workbook_holds_what_was_drawn(tmp_path):
    folder = cases.make_case(5, tmp_path)
    sheet = openpyxl.load_workbook(folder / cases.LEDGER).active
    drawn = cases.draw_ledger(5)
    assert [cell.value for cell in sheet[1]] == list(cases.HEADERS)
    written = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert written == drawn.to_numpy().tolist()


@pytest.mark.parametrize("seed", [2021, 403, *range(20)])
def test_every_case_holds_every_trap(seed):
    raw = cases.draw_ledger(seed)
    assert 340 <= len(raw) <= 440
    tx = raw.set_axis(
        [
            "order",
            "line",
            "date",
            "customer",
            "product",
            "quantity",
            "unit_price",
            "amount",
            "status",
        ],
        axis=1,
    )
    clean, rejected = rk.clean_transactions(tx, **MARCH)
    assert rejected["reason"].value_counts().to_dict() == {
        "repeated_row": 4,
        "outside_period": 3,
        "blank_customer": 2,
        "cancelled_order": 2,
        "future_date": 1,
        "unreadable_date": 1,
        "test_order": 1,
        "unreadable_amount": 1,
        "zero_amount": 1,
    }
    assert (clean["amount"] < 0).sum() == 5
    rfm = rk.rfm_table(clean, today="2021-04-01", order="order")
    assert len(rfm) == 60
    means = rfm.mean()
    assert (means["recency_days"], means["frequency"]) == (13, 3)
    assert (rfm["recency_days"] == 13).sum() >= 2
    assert (rfm["frequency"] == 3).sum() >= 4
    assert rfm["monetary"].is_unique
    classes = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
    assert classes.value_counts().min() >= 2
    gross = clean[clean["amount"] > 0].groupby("customer")["amount"].sum()
    flipped = (gross >= gross.mean()) != (rfm["monetary"] >= rfm["monetary"].mean())
    assert flipped.any()


def test_cells_are_typed_the_way_people_type_them():
    raw = cases.draw_ledger(2021)
    texts = raw["日期"][raw["日期"].map(lambda cell: isinstance(cell, str))]
    assert texts.str.contains("年").any()
    assert texts.str.contains("２").any()
    assert raw["客戶編號"].dropna().str.startswith(" ").any()
    assert raw["客戶編號"].dropna().str.contains("Ｃ").any()
    assert raw["金額"].map(str).str.contains("NT").any()


def test_the_readme_tells_every_column(tmp_path):
    text = (cases.make_case(5, tmp_path) / "README.md").read_text(encoding="utf-8")
    for header in cases.HEADERS:
        assert f"| {header} |" in text
    assert f"{len(cases.draw_ledger(5))} 列" in text


def test_books_are_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT / "tests")
    assert rk.data_file() == ROOT / "data" / cases.LEDGER
    assert rk.data_file(books="practice") == ROOT / "data" / "practice" / cases.LEDGER
    deep = tmp_path / "exercises" / "zh-TW"
    deep.mkdir(parents=True)
    cases.make_case(7, tmp_path / "exercises" / "case")
    monkeypatch.chdir(deep)
    assert rk.data_file(books="practice") == tmp_path / "exercises" / "case" / cases.LEDGER
    with pytest.raises(FileNotFoundError, match="rfmkit case --seed"):
        rk.data_file("nothing.xlsx")
    with pytest.raises(ValueError, match="practice"):
        rk.data_file(books="exam")


def test_draw_ledger_has_no_hidden_state():
    first = cases.draw_ledger(9)
    cases.draw_ledger(10)
    pd.testing.assert_frame_equal(first, cases.draw_ledger(9))
