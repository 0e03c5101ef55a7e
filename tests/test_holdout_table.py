"""The printed holdout tables: the shipped books and CDNOW, a few rows counted a second time."""

import re
import runpy
from pathlib import Path

import pandas as pd
import pytest

import rfmkit as rk

ROOT = Path(__file__).resolve().parent.parent
LEDGERS = ROOT.parent / "shared" / "data"
TOOL = runpy.run_path(str(ROOT / "tools" / "holdout_table.py"))


def printed(capsys, *argv: str) -> dict[tuple[str, str], list[str]]:
    """Run the tool; return the cells of each row by method and tier."""
    TOOL["main"]([*argv, "--resamples", "100"])
    rows, method = {}, ""
    for line in capsys.readouterr().out.splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) == 2 and cells[1].startswith("n = "):
            method = cells[0]
        elif len(cells) == 6:
            rows[method, cells[0]] = cells[1:]
    return rows


def counted(path: Path, split: str, tier_of) -> dict[str, tuple[int, str]]:
    """Count customers and later spend of each tier by loops over the rows."""
    clean, _ = rk.clean_transactions(rk.load_transactions(path))
    spent, later = {}, {}
    for row in clean.itertuples():
        half = spent if row.date < pd.Timestamp(split) else later
        half[row.customer] = half.get(row.customer, 0) + row.amount
    tiers = tier_of(spent)
    total = sum(later.get(name, 0) for name in spent)
    found = {}
    for tier in set(tiers.values()):
        own = [name for name in spent if tiers[name] == tier]
        share = sum(later.get(name, 0) for name in own) / total
        found[tier] = (len(own), f"{share:.0%}")
    return found


def pyramid_by_hand(spent: dict) -> dict:
    """Put the best 5 % into Platinum, the next 15 % into Gold, and the others into Iron."""
    order = sorted(spent, key=spent.get, reverse=True)
    place = {name: (number + 1) / len(order) for number, name in enumerate(order)}
    edge = 1 / len(order)  # a customer who begins before the cut is in the tier
    return {
        name: "Platinum" if at - edge < 0.05 else "Gold" if at - edge < 0.20 else "Iron"
        for name, at in place.items()
    }


def test_the_shipped_books(capsys):
    rows = printed(capsys)
    assert {method for method, _ in rows} == {"RFM", "ABC", "Pyramid", "CLV"}
    wanted = counted(rk.data_file("年度交易.csv"), TOOL["SPLIT"], pyramid_by_hand)
    for tier, (customers, share) in wanted.items():
        cells = rows["Pyramid", tier]
        assert (cells[0], cells[3]) == (str(customers), share)
    # 35 of 39, and their Wilson interval by hand: (35 + 1.92) / 42.84 -/+ 1.96 * 2.13 / 42.84
    assert rows["RFM", "Important: value"][:4] == ["39", "13%", "90%, between 76 and 96", "56%"]
    assert all("between" in cells[2] and "between" in cells[4] for cells in rows.values())


def test_in_chinese_too(capsys):
    rows = printed(capsys, "--lang", "zh-TW", "--tenths")
    assert all("介於" in cells[2] for cells in rows.values())


@pytest.mark.real_ledgers
@pytest.mark.filterwarnings("ignore::rfmkit.schema.DataWarning")
def test_cdnow(capsys):
    path = LEDGERS / "CDNOW_master.txt"
    rows = printed(capsys, str(path), "--split", "1997-10-01")
    for tier, (customers, share) in counted(path, "1997-10-01", pyramid_by_hand).items():
        cells = rows["Pyramid", tier]
        assert abs(int(cells[0]) - customers) <= 1  # equal spend on the cut
        assert cells[3] == share
    assert rows["RFM", "Important: value"][2] == "71.6%, between 70.1 and 73.0"
