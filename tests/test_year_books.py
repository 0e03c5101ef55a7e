"""The books of the year: they agree with March and with each other, and hold their traps."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit import cases
from rfmkit.cases.year_tables import CONTACTS, CUSTOMERS, PAYMENTS, SURVEY, YEAR_BOOKS, YEAR_LEDGER
from rfmkit.classroom.case import Case, open_case

HERE = Path(__file__).parent
MARCH = {"start": "2021-03-01", "end": "2021-03-31", "today": "2021-04-01"}
SEEDS = [2021, 403, 0, 7, 19]
TODAY = pd.Timestamp("2021-04-01")


def plain(book):
    """Write every blank the same way: pandas 2 and 3 have several."""
    return book.astype(object).where(book.notna(), "")


@pytest.fixture(scope="module", params=SEEDS)
def case(request):
    return Case.of_seed(request.param)


def test_the_year_of_a_seed_never_changes():
    # Personal cases that were handed out must come out the same from every later version.
    books = cases.draw_year_books(2021)
    rows = "".join(book.to_csv(index=False, lineterminator="\n") for book in books.values())
    digest = hashlib.sha256(rows.encode()).hexdigest()
    assert digest == (HERE / "year_2021.sha256").read_text("utf-8").strip()


def test_the_order_of_sets_does_not_reach_the_books():
    told = "from rfmkit.cases import draw_year_books as d; import hashlib; "
    told += "print(hashlib.sha256(''.join(b.to_csv() for b in d(4).values()).encode()).hexdigest())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", told],
            capture_output=True,
            text=True,
            check=True,
            cwd=HERE.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_march_of_the_year_is_the_ledger_of_march_after_cleaning(case):
    march = case.year[case.year["date"] >= "2021-03-01"].sort_values(["order", "line"])
    clean = case.clean().sort_values(["order", "line"])
    for name in ("order", "line", "customer", "amount", "product"):
        assert (
            march[name].astype(str).tolist()
            == (clean[name].astype("int64") if name == "amount" else clean[name])
            .astype(str)
            .tolist()
        )
    assert march["date"].tolist() == clean["date"].dt.normalize().tolist()


def test_the_year_ledger_is_clean(case):
    clean, rejected = rk.clean_transactions(case.year, end="2021-03-31", today=TODAY)
    assert len(rejected) == 0
    assert clean["date"].between("2020-04-01", "2021-03-31").all()
    assert (case.year["amount"] == case.year["quantity"] * case.year["unit_price"]).all()
    assert not case.year.duplicated(["order", "line"]).any()
    assert case.year.groupby("order")["customer"].nunique().eq(1).all()
    assert ((case.year["amount"] < 0) == (case.year["status"] == "退貨")).all()
    assert case.year["date"].is_monotonic_increasing


def test_the_customers_figures_are_the_ledgers(case):
    rfm, customers = case.year_rfm, case.customers
    assert customers.index.is_unique
    assert customers.index.is_monotonic_increasing
    assert rfm.index.tolist() == customers.index.tolist()
    assert (rfm["monetary"] == customers["revenue"]).all()
    assert (rfm["frequency"] == customers["order_count"]).all()
    costs = customers["cost_of_goods"] + customers["service_cost"]
    assert (customers["profit"] == customers["revenue"] - costs).all()
    first = case.year.groupby("customer")["date"].min()
    assert (customers["opened"] <= first).all()
    new = customers["profit_last_year"].isna()
    assert (customers.loc[new, "opened"] == first[new]).all()
    assert (new == (customers["opened"] >= "2020-04-01")).all()
    assert new.sum() >= 5
    assert (customers["yearly_need"] >= customers["revenue"] * 0.99).all()


def test_every_year_holds_its_traps(case):
    profit = case.customers["profit"]
    assert len(profit) == 320
    assert 0.03 <= (profit < 0).mean() <= 0.14
    assert 1.5 <= np.log(profit[profit > 0]).std(ddof=0) <= 1.8
    ranked = profit.sort_values(ascending=False)
    assert ranked.iloc[63] == ranked.iloc[64]  # a tie at the edge of the top 20%
    agreement = rk.abc_agreement(profit)
    assert 0.5 < rk.agreement_share(agreement) < 1
    unmatched = set(case.customers.index) - set(case.survey.index)
    assert 60 <= len(unmatched) <= 150
    assert set(case.contacts["kind"]) == {"task", "compliment", "complaint", "suggestion"}
    assert len(set(case.customers.index) - set(case.contacts["customer"])) >= 5


def test_payments_fit_the_orders(case):
    sales = case.year[case.year["amount"] > 0].groupby("order")
    bills = case.payments.set_index("order")
    assert bills.index.is_unique
    assert (bills["invoice_amount"] == sales["amount"].sum()[bills.index]).all()
    assert set(bills.index) == set(sales.groups)
    ordered = sales["date"].min()[bills.index]
    assert (bills["due_date"] > ordered).all()
    assert (bills["paid_date"].dropna() >= ordered[bills["paid_date"].notna()]).all()
    assert (bills["paid_date"].dropna() < TODAY).all()
    late = bills["paid_date"].fillna(TODAY) > bills["due_date"]
    assert (late == bills["late_reason"].notna()).all()
    assert bills["late_reason"].nunique() == 4


def test_the_survey_keeps_to_its_scales(case):
    for name, low, high in (
        ("csat", 1, 5),
        ("recommend", 0, 10),
        ("overall", 1, 10),
        ("against_expected", 1, 10),
        ("against_ideal", 1, 10),
    ):
        assert case.survey[name].between(low, high).all()
    assert case.survey.index.isin(case.customers.index).all()


def test_a_drawn_case_is_the_case_read_from_its_files(tmp_path, monkeypatch):
    cases.make_case(11, tmp_path / "case")
    monkeypatch.chdir(tmp_path)
    read, drawn = open_case("practice"), Case.of_seed(11)
    for book in ("customers", "year", "payments", "contacts", "survey"):
        pd.testing.assert_frame_equal(plain(getattr(read, book)), plain(getattr(drawn, book)))


def test_the_files_are_plain_chinese_tables(tmp_path):
    folder = cases.make_case(11, tmp_path)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name in YEAR_BOOKS:
        data = (folder / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")  # or Excel takes it for Big5
        assert b"\r" not in data
        header = data.decode("utf-8-sig").splitlines()[0].split(",")
        told = readme.split(f"### {name}")[1].split("###")[0]
        assert f"{len(data.decode().splitlines()) - 1} 列" in told
        if name != YEAR_LEDGER:
            assert [
                line.split("|")[1].strip() for line in told.splitlines() if line.startswith("| ")
            ][1:] == header


# load_table


def test_load_table_names_columns_and_values_in_both_languages(tmp_path):
    chinese, english = tmp_path / "一.csv", tmp_path / "two.csv"
    chinese.write_text("客戶編號,區域,自訂\nC001,北區,x\n", encoding="utf-8")
    english.write_text("Customer,Region,自訂\nC001, North ,x\n", encoding="utf-8-sig")
    for file in (chinese, english):
        table = rk.load_table(file, index="customer")
        assert table.to_dict("index") == {"C001": {"region": "north", "自訂": "x"}}


def test_load_table_reads_a_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    pd.DataFrame({"客戶編號": ["C1"], "日期": ["2021-02-03"]}).to_excel(path, index=False)
    table = rk.load_table(path)
    assert table["date"].iloc[0] == pd.Timestamp("2021-02-03")


@pytest.mark.parametrize(
    "written",
    ["2021-02-03", "110/02/03", "民國110年2月3日", "20210203", "Feb 3 2021", "2021/2/3 下午2:30"],
)
def test_load_table_reads_dates_as_the_rest_of_the_kit_does(tmp_path, written):
    path = tmp_path / "t.csv"
    path.write_text(f"客戶編號,日期\nC1,{written}\nC2,\n", encoding="utf-8")
    dates = rk.load_table(path)["date"]
    assert dates.dt.normalize().iloc[0] == pd.Timestamp("2021-02-03")
    assert dates.isna().tolist() == [False, True]
    assert dates.dtype == "datetime64[us]"


@pytest.mark.parametrize(
    ("text", "index", "told"),
    [
        ("客戶編號,日期\nC1,某天\n", None, "1 cells that are no date, such as '某天'"),
        ("客戶編號,日期\nC1,01/04/2021\n", None, "1 cells that are no date, such as '01/04/2021'"),
        ("客戶編號,區域\nC1,北區\nC1,南區\n", "customer", "several rows for customer 'C1'"),
        ("客戶編號,區域\n,北區\n", "customer", "1 rows have no customer"),
        ("編號,區域\nC1,北區\n", "customer", "lacks column 'customer'; it has"),
        ("", None, "cannot read t.csv as a table"),
    ],
)
def test_load_table_says_what_is_wrong(tmp_path, text, index, told):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(rk.DataError, match=told):
        rk.load_table(path, index=index)


def test_load_table_says_that_there_is_no_file(tmp_path):
    with pytest.raises(rk.DataError, match=r"cannot find the file none\.csv"):
        rk.load_table(tmp_path / "none.csv")
    (tmp_path / "big5.csv").write_bytes("客戶編號,區域\nC1,北區\n".encode("big5"))
    with pytest.raises(rk.DataError, match="UTF-8"):
        rk.load_table(tmp_path / "big5.csv")


def test_names_go_there_and_back():
    books = cases.draw_year_books(2021)
    from rfmkit.names import plain_codes

    for name in (CUSTOMERS, PAYMENTS, CONTACTS, SURVEY):
        for lang in ("zh-TW", "en"):
            back = plain_codes(rk.localize(books[name], lang))
            pd.testing.assert_frame_equal(plain(back), plain(books[name]))
