"""Real ledgers, counted a second time in plain pandas."""

from pathlib import Path

import pandas as pd
import pytest

from rfmkit.schema import DataWarning
from rfmkit.transactions import clean_transactions, load_transactions

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
pytestmark = pytest.mark.real_ledgers


def test_online_retail():
    plain = pd.read_csv(DATA / "online_retail.csv.gz", dtype={"InvoiceNo": str, "StockCode": str})
    plain["amount"] = plain["Quantity"] * plain["UnitPrice"]
    known = plain[plain["CustomerID"].notna()]
    paid = known[known["amount"] != 0]
    once = paid.drop_duplicates()
    buyers = once.loc[once["amount"] > 0, "CustomerID"].unique()
    kept = once[once["CustomerID"].isin(buyers)]

    tx = load_transactions(DATA / "online_retail.csv.gz")
    assert len(tx) == 541_909
    assert tx["customer"].isna().sum() == 135_080
    clean, rejected = clean_transactions(tx, today="2011-12-10")
    assert len(clean) + len(rejected) == 541_909
    assert (len(clean), clean["customer"].nunique()) == (401_476, 4_338)
    assert rejected["reason"].value_counts().to_dict() == {
        "blank_customer": 135_080,
        "zero_amount": len(known) - len(paid),
        "repeated_row": len(paid) - len(once),
        "return_without_purchase": len(once) - len(kept),
    }
    assert (clean.index - 2).tolist() == kept.index.tolist()
    spent = clean.groupby("customer")["amount"].sum().round(2)
    expected = kept.groupby(kept["CustomerID"].astype(int).astype(str))["amount"].sum().round(2)
    pd.testing.assert_series_equal(spent, expected, check_names=False, check_index_type=False)
    assert clean["date"].max() == pd.Timestamp("2011-12-09 12:50")


@pytest.mark.usefixtures("english")
def test_cdnow():
    names = ["customer", "date", "cds", "amount"]
    plain = pd.read_csv(
        DATA / "CDNOW_master.txt",
        sep=r"\s+",
        skiprows=1,
        names=names,
        dtype={"customer": str, "date": str},
    )
    paid = plain[plain["amount"] != 0]
    once = paid.drop_duplicates()

    tx = load_transactions(DATA / "CDNOW_master.txt")
    assert len(tx) == 69_659
    with pytest.warns(DataWarning, match="255 rows equal an earlier one"):
        clean, rejected = clean_transactions(tx)
    assert (len(clean), clean["customer"].nunique()) == (69_324, 23_502)
    assert rejected["reason"].value_counts().to_dict() == {
        "zero_amount": len(plain) - len(paid),
        "repeated_row": len(paid) - len(once),
    }
    assert (clean.index - 2).tolist() == once.index.tolist()
    assert clean["customer"].tolist() == once["customer"].tolist()
    assert clean["customer"].iloc[0] == "00001"
    assert clean["amount"].sum() == pytest.approx(once["amount"].sum())
    assert clean["date"].dt.strftime("%Y%m%d").tolist() == once["date"].tolist()
