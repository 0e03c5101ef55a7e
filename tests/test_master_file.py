"""Tiers written back into a customer master file, and what changed since."""

import pandas as pd
import pytest

import rfmkit as rk

RULE = "20 : 30 : 50 of customers, by profit"


@pytest.fixture
def master():
    return pd.DataFrame(
        {"name": ["Ann", "Bob", "Cid", "Dee"], "phone": ["01", "02", "03", "04"]},
        index=pd.Index(["007", "008", "009", "010"], name="customer"),
    )


MARCH = pd.Series({"009": "abc3:c", "007": "abc3:a", "008": "abc3:b"})
APRIL = pd.Series({"007": "abc3:b", "008": "abc3:b", "010": "abc3:a", "099": "abc3:c"})


def test_two_months_worked_by_hand(master):
    before = master.copy()
    march, changes = rk.write_back(master, MARCH, date="2021-03-01", cut=RULE)
    assert changes["change"].to_dict() == {
        "007": "new",
        "008": "new",
        "009": "new",
        "010": "no_tier",
    }
    pd.testing.assert_frame_equal(master, before)  # the caller's file is as it was
    april, changes = rk.write_back(march, APRIL, date="2021-04-01", cut=RULE)
    assert changes["change"].to_dict() == {
        "007": "down",
        "008": "stayed",
        "009": "lost",
        "010": "new",
        "099": "not_in_master",
    }
    assert changes.loc["007", ["before", "after"]].tolist() == ["abc3:a", "abc3:b"]
    assert april.index.tolist() == master.index.tolist()
    assert april[["name", "phone"]].equals(master)
    assert april["tier"].tolist() == ["abc3:b", "abc3:b", "abc3:c", "abc3:a"]
    assert april["tier_before"].tolist()[:2] == ["abc3:a", "abc3:b"]
    days = [f"{day:%m-%d}" for day in april["tier_since"]]
    assert days == ["04-01", "03-01", "03-01", "04-01"]
    # Who is lost keeps the tier of the last time, and its date says so.
    assert [f"{day:%m-%d}" for day in april["tier_date"]] == ["04-01", "04-01", "03-01", "04-01"]


def test_the_order_of_the_tiers_does_not_matter(master):
    one, first = rk.write_back(master, MARCH, date="2021-03-01", cut=RULE)
    two, second = rk.write_back(master, MARCH[::-1], date="2021-03-01", cut=RULE)
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_frame_equal(first, second)


def test_another_scheme_is_no_move(master):
    march, _ = rk.write_back(master, MARCH, date="2021-03-01", cut=RULE)
    classes = pd.Series({"007": "important_keep", "008": "general_value"})
    april, changes = rk.write_back(march, classes, date="2021-04-01", cut="mean of R, F, M")
    assert changes.loc[["007", "008"], "change"].tolist() == ["other_scheme"] * 2
    assert april.loc["007", "tier_before"] is None or pd.isna(april.loc["007", "tier_before"])
    assert april["tier_scheme"].tolist()[:3] == ["rfm8", "rfm8", "abc3"]
    again = pd.Series({"007": "general_keep", "008": "general_value"})
    _, changes = rk.write_back(april, again, date="2021-05-01", cut="mean of R, F, M")
    assert changes.loc[["007", "008"], "change"].tolist() == ["moved", "stayed"]


def test_moves_agree_with_the_migration_table(master):
    customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
    last_year = rk.abc_tier(customers["profit_last_year"].dropna(), cuts=rk.ABC3)
    now = rk.abc_tier(customers["profit"], cuts=rk.ABC3)
    file, _ = rk.write_back(customers, last_year, date="2020-04-01", cut=RULE)
    file, changes = rk.write_back(file, now, date="2021-04-01", cut=RULE)
    shares = rk.migration_shares(rk.migration(last_year, now)).loc["all"]
    counts = changes["change"].value_counts()
    assert counts["down"] == shares["demoted"]
    assert counts["up"] == shares["promoted"]
    assert counts["stayed"] == shares["stayed"]
    assert counts.sum() == len(customers)
    assert (file["tier"] == now.astype(object)).all()


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_it_goes_into_a_file_and_comes_back_in_either_language(master, tmp_path, lang):
    march, _ = rk.write_back(master, MARCH, date="2021-03-01", cut=RULE)
    file = tmp_path / "master.csv"
    rk.save_table(march, file, lang=lang)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # for Excel
    back = rk.load_table(file, index="customer")
    assert back.index.tolist() == master.index.tolist()  # 007 keeps its zeros
    april, changes = rk.write_back(back, APRIL, date="2021-04-01", cut=RULE)
    straight, expected = rk.write_back(march, APRIL, date="2021-04-01", cut=RULE)
    assert changes["change"].equals(expected["change"])
    assert april["tier_since"].equals(straight["tier_since"])


def test_a_saved_table_cannot_run_a_formula(tmp_path):
    file = tmp_path / "list.csv"
    names = ["=1+1", "+886", "-5", "@x", "\tx", "plain"]
    rk.save_table(pd.DataFrame({"name": names, "profit": [-1.5] * 6}), file, lang="en")
    text = file.read_text(encoding="utf-8-sig").splitlines()
    assert text[1].startswith("'=1+1,-1.5")
    assert text[6].startswith("plain,-1.5")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tier": pd.Series({"007": "vip"})}, "no tier code"),
        ({"tier": pd.Series({"007": "abc3:a", "008": "abc4:small"})}, "several schemes"),
        ({"tier": pd.Series({"007": "abc3:a", "008": None})}, "have no tier"),
        ({"tier": pd.Series([], dtype=object)}, "one tier a customer"),
        ({"tier": pd.Series(["abc3:a"] * 2, index=["007", "007"])}, "tier has 2 rows"),
        ({"date": "soon"}, "must be a day"),
        ({"date": "2021-02-01"}, "later than 2021-02-01"),
        ({"cut": " "}, "in words"),
        ({"master": None}, "master must be a table"),
    ],
)
def test_what_cannot_be_written_back_is_told(master, change, told):
    march, _ = rk.write_back(master, MARCH, date="2021-03-01", cut=RULE)
    given = {"master": march, "tier": MARCH, "date": "2021-04-01", "cut": RULE} | change
    with pytest.raises(rk.DataError, match=told):
        rk.write_back(given.pop("master"), given.pop("tier"), **given)
