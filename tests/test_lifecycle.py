"""Monthly history and the phase it shows."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.relationship.lifecycle import lifecycle_phase, monthly_spend, phase_name
from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES

MONTHS = [f"2021-0{month}" for month in range(1, 7)]


def phase(*spend):
    months = [f"{2020 + n // 12}-{n % 12 + 1:02}" for n in range(len(spend))]
    (code,) = lifecycle_phase(pd.DataFrame([spend], columns=months))
    return code if pd.isna(code) else code.removeprefix("lifecycle:")


@pytest.mark.parametrize(
    ("spend", "expected"),
    [
        ((0, 0, 0, 0, 0, 5), "build"),
        ((0, 0, 0, 9, 5, 1), "build"),  # falling, but new
        ((0, 0, 1, 9, 9, 9), "grow"),  # first purchase before the last three months
        ((10, 10, 10, 12, 12, 12), "grow"),  # exactly 20 % more counts
        ((10, 10, 10, 12, 12, 11.9), "hold"),
        ((10, 10, 10, 10, 10, 10), "hold"),
        ((10, 10, 10, 8, 8, 8.1), "hold"),
        ((10, 10, 10, 8, 8, 8), "decline"),  # exactly 20 % less counts
        ((10, 10, 10, 0, 0, 0), "decline"),
        ((10, 10, 10, 0, 0, 0, 0, 0, 0), "decline"),  # 0 after 0 is not stable
        ((10, 10, 10, 2, 2, 2, 4, 4, 4), "decline"),  # recovering, yet under half of the best
        ((10, 10, 10, 2, 2, 2, 6, 6, 6), "grow"),  # back over half
        ((10, 10, 10, 5, 5, 5, 5, 5, 5), "decline"),  # exactly half
        ((0.1, 0.1, 0.1, 0.12, 0.12, 0.12), "grow"),  # the same in other money
    ],
)
def test_phases_by_hand(spend, expected):
    assert phase(*spend) == expected


def test_who_never_bought_has_no_phase_and_stays_in_the_table():
    history = pd.DataFrame([[0] * 6, [0, 0, 0, -5, 0, 0], [1] * 6], columns=MONTHS)
    phases = lifecycle_phase(history)
    assert phases.isna().tolist() == [True, True, False]
    assert tuple(phases.cat.categories) == SCHEMES["lifecycle"]


@given(st.lists(st.lists(st.integers(0, 50), min_size=6, max_size=6), min_size=1, max_size=12))
def test_each_customer_is_judged_alone_and_money_has_no_unit(rows):
    history = pd.DataFrame(rows, columns=MONTHS)
    phases = lifecycle_phase(history)
    assert phases.isna().tolist() == [not any(row) for row in rows]
    backwards = lifecycle_phase(history.iloc[::-1])
    assert backwards.sort_index().astype(object).equals(phases.astype(object))
    assert lifecycle_phase(history * 1000).astype(object).equals(phases.astype(object))


def test_names_are_the_usual_and_those_of_001():
    codes = list(SCHEMES["lifecycle"])
    assert [phase_name(code, lang="zh-TW") for code in codes] == [
        "考察期",
        "形成期",
        "穩定期",
        "退化期",
    ]
    assert [phase_name(code, naming="slides", lang="zh-TW") for code in codes] == [
        "建立期",
        "發展期",
        "維持期",
        "恢復期",
    ]
    series = pd.Series(["lifecycle:grow", None], index=["A", "B"])
    named = phase_name(series, naming="slides", lang="en")
    assert named["A"] == "Development"
    assert pd.isna(named["B"])
    assert phase_name(series, lang="en")["A"] == "Formation"
    with pytest.raises(DataError, match="is no phase"):
        phase_name("abc3:a")
    with pytest.raises(DataError, match="naming"):
        phase_name("lifecycle:grow", naming="002")


def test_monthly_spend_by_hand():
    tx = pd.DataFrame(
        {
            "customer": ["B", "A", "A", "A"],
            "date": pd.to_datetime(
                ["2020-12-31 23:59", "2021-02-01 00:00", "2021-02-28 09:00", "2021-02-03 08:00"]
            ),
            "amount": [5, 10, 20, -4],
        }
    )
    table = monthly_spend(tx)
    assert table.columns.tolist() == ["2020-12", "2021-01", "2021-02"]
    assert table.loc["A"].tolist() == [0, 0, 26]
    assert table.loc["B"].tolist() == [5, 0, 0]
    for bad, says in [
        (tx.iloc[:0], "empty"),
        (tx.rename(columns={"amount": "金額"}), "lacks column 'amount'"),
        (tx.assign(date="2021-01-01"), "not dates"),
        (tx.assign(customer=None), "without a customer"),
        (tx.assign(amount=float("inf")), "infinite"),
        (tx.assign(amount="5"), "not numbers"),
    ]:
        with pytest.raises(DataError, match=says):
            monthly_spend(bad)


@pytest.mark.parametrize(
    ("history", "options", "says"),
    [
        (pd.DataFrame([[1] * 5], columns=MONTHS[:5]), {}, "needs 6"),
        (pd.DataFrame([[1] * 6], columns=MONTHS[::-1]), {}, "order of time"),
        (pd.DataFrame([[1] * 6], columns=MONTHS[:1] * 6), {}, "order of time"),
        (pd.DataFrame([[1] * 6] * 2, columns=MONTHS, index=["A", "A"]), {}, "'A'"),
        (pd.DataFrame([[1.0] * 5 + [float("nan")]], columns=MONTHS), {}, "blank"),
        (pd.DataFrame([[1] * 5 + ["x"]], columns=MONTHS), {}, "not numbers"),
        (pd.DataFrame(columns=MONTHS), {}, "empty"),
        (pd.DataFrame([[1] * 6], columns=MONTHS), {"window": 0}, "window"),
        (pd.DataFrame([[1] * 6], columns=MONTHS), {"window": 1.5}, "window"),
        (pd.DataFrame([[1] * 6], columns=MONTHS), {"change": 20}, "change"),
        (pd.DataFrame([[1] * 6], columns=MONTHS), {"low": 0}, "low"),
        (pd.Series([1, 2]), {}, "DataFrame"),
    ],
)
def test_unfit_histories(history, options, says):
    with pytest.raises(DataError, match=says):
        lifecycle_phase(history, **options)
