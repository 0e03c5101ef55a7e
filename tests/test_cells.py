import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmkit.transactions.cells import tidy_text, to_date, to_number


def cells(*values):
    return pd.Series(list(values), dtype=object)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Ｃ００１", "C001"),
        ("\u3000C01\u00a0", "C01"),
        ("\ufeffC\u200b01", "C01"),
        ("\t C 01\n", "C 01"),
        ("007", "007"),
        (7, "7"),
        (np.int64(7), "7"),
        (17850.0, "17850"),
        (True, "True"),
        ("旭東（股）", "旭東(股)"),
    ],
)
def test_text_is_tidied(cell, text):
    assert tidy_text(cells(cell)).tolist() == [text]


@pytest.mark.parametrize(
    "cell", ["", "  ", "\u3000", "\u200b", None, np.nan, pd.NaT, pd.NA, "#N/A"]
)
def test_blank_cells_and_excel_errors_are_missing(cell):
    assert tidy_text(cells("a", cell)).isna().tolist() == [False, True]


def test_a_customer_called_na_stays():
    assert tidy_text(cells("NA", "null")).tolist() == ["NA", "null"]


def test_decimals_of_a_whole_column_lose_their_point_zero():
    assert tidy_text(pd.Series([17850.0, np.nan])).tolist()[0] == "17850"
    assert tidy_text(pd.Series(["17850.0", "12.0", None])).tolist()[:2] == ["17850", "12"]
    assert tidy_text(pd.Series(["17850.0", "A1"])).tolist() == ["17850.0", "A1"]
    assert tidy_text(pd.Series([7.0, 7.5])).tolist() == ["7.0", "7.5"]


def test_one_and_true_and_text_one_are_told_apart():
    assert tidy_text(cells(1, True, "1")).tolist() == ["1", "True", "1"]
    assert to_number(cells(1, True)).tolist()[0] == 1
    assert np.isnan(to_number(cells(1, True))[1])


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,200", 1200),
        ("1,234,567.5", 1234567.5),
        ("１，２００", 1200),
        ("NT$1,200", 1200),
        ("NT$ 300", 300),
        ("＄300", 300),
        ("¥300", 300),
        ("￥300", 300),
        ("£2.55", 2.55),
        ("€ 5", 5),
        ("300元", 300),
        ("1,200 元整", 1200),
        ("新台幣300元", 300),
        ("TWD 300", 300),
        ("(1,200)", -1200),
        ("（1,200）", -1200),
        ("($5)", -5),
        ("$(5)", -5),
        ("−300", -300),
        ("300-", -300),
        ("－300", -300),
        ("-NT$5", -5),
        ("NT$-5", -5),
        ("+5", 5),
        (".5", 0.5),
        ("1.5E+03", 1500),
        ("  12 ", 12),
        (12, 12),
        (1.5, 1.5),
        (decimal.Decimal("1.5"), 1.5),
        ("inf", np.inf),
        ("-inf", -np.inf),
        (np.inf, np.inf),
    ],
)
def test_numbers_are_read(cell, number):
    assert to_number(cells(cell)).tolist() == [number]


@pytest.mark.parametrize(
    "cell",
    [
        "1,5",
        "1,20",
        "0,123",
        "1,2345",
        "12a",
        "--5",
        "(5",
        "5)",
        "-(5)",
        "-5-",
        "#N/A",
        "五百",
        "10%",
        "",
        None,
        "nan",
        dt.datetime(2021, 3, 1),
        True,
        "1.2.3",
        "$",
        "3/5",
    ],
)
def test_what_cannot_be_read_for_certain_is_nan(cell):
    assert to_number(cells(cell)).isna().all()


def test_numeric_columns_stay_as_they_are():
    assert to_number(pd.Series([1, 2], dtype="Int64")).tolist() == [1.0, 2.0]
    assert to_number(pd.Series([1, None], dtype="Int64")).isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "cell",
    [
        "2021-03-05",
        "2021/3/5",
        "2021.3.5",
        "20210305",
        20210305,
        20210305.0,
        "2021年3月5日",
        "2021 年 3 月 5 日",
        "110/03/05",
        "110.3.5",
        "110年3月5日",
        "民國110年3月5日",
        "中華民國110年03月05日",
        "民国110/3/5",
        "２０２１／０３／０５",
        "\u30002021-03-05 ",
        dt.datetime(2021, 3, 5),
        dt.date(2021, 3, 5),
        pd.Timestamp("2021-03-05"),
    ],
)
def test_days_are_read(cell):
    dates, ambiguous = to_date(cells(cell))
    assert dates.tolist() == [pd.Timestamp("2021-03-05")]
    assert not ambiguous.any()


@pytest.mark.parametrize(
    "cell",
    [
        "2021-03-05 14:30",
        "2021-03-05T14:30:00Z",
        "2021/3/5 下午 02:30:00",
        "2021/3/5 2:30 PM",
        "2021/3/5 2:30 Pm",
        "20210305 14:30",
        "110/3/5 14:30:00.000",
        "2021年3月5日 14:30",
        "2021-03-05 14:30:00+08:00",
        dt.datetime(2021, 3, 5, 14, 30),
    ],
)
def test_the_time_of_day_is_kept(cell):
    assert to_date(cells(cell))[0].tolist() == [pd.Timestamp("2021-03-05 14:30")]


def test_twelve_at_night_and_at_noon():
    dates, _ = to_date(cells("2021-03-05 上午 12:10", "2021-03-05 12:10 PM"))
    assert dates.dt.hour.tolist() == [0, 12]


@pytest.mark.parametrize(
    "cell",
    [
        "2021-02-30",
        "2021-13-01",
        "2021-00-10",
        "2021-03-05 25:00",
        "2021-03-05 10:61",
        "44256",
        44256,
        44256.5,
        "1899-01-01",
        "21-03-05",
        "99/03/05",
        "民國2021年3月5日",
        "2021-3/5",
        "昨天",
        "March",
        "5",
        "",
        None,
        "2021-03",
        dt.time(14, 30),
        "31/02/2021",
        "2021-03-05 下午 14:30",
    ],
)
def test_what_is_no_certain_date_is_not_guessed(cell):
    dates, ambiguous = to_date(cells(cell))
    assert dates.isna().all()
    assert not ambiguous.any()


def test_the_column_tells_day_first_from_month_first():
    assert to_date(cells("05/03/2021", "13/03/2021"))[0].dt.strftime("%m%d").tolist() == [
        "0305",
        "0313",
    ]
    assert to_date(cells("05/03/2021", "03/13/2021"))[0].dt.strftime("%m%d").tolist() == [
        "0503",
        "0313",
    ]


def test_a_column_that_does_not_tell_leaves_its_dates_ambiguous():
    dates, ambiguous = to_date(cells("05/03/2021", "04/04/2021", "2021-03-09", None))
    assert ambiguous.tolist() == [True, False, False, False]
    assert dates.isna().tolist() == [True, False, False, True]


def test_witnesses_that_contradict_each_other_decide_nothing():
    dates, ambiguous = to_date(cells("05/03/2021", "13/03/2021", "03/14/2021"))
    assert ambiguous.tolist() == [True, False, False]
    assert dates.dt.strftime("%m%d").tolist()[1:] == ["0313", "0314"]


def test_real_dates_keep_their_clock_time_and_lose_their_zone():
    aware = pd.Series(pd.to_datetime(["2021-03-05 23:30"])).dt.tz_localize("Asia/Taipei")
    for column in (aware, aware.astype(object)):
        assert to_date(column)[0].tolist() == [pd.Timestamp("2021-03-05 23:30")]


def test_a_far_year_does_not_overflow():
    assert to_date(cells("9999-12-31", dt.datetime(9999, 12, 31)))[0].dt.year.tolist() == [
        9999,
        9999,
    ]


def test_index_and_input_are_kept():
    column = pd.Series(["１", None], index=["x", "x"], name="n")
    before = column.copy()
    for answer in (tidy_text(column), to_number(column), *to_date(column)):
        assert answer.index.tolist() == ["x", "x"]
        assert answer.name in ("n",)
    pd.testing.assert_series_equal(column, before)


def test_empty_columns_are_read():
    for column in (cells(), cells(None), pd.Series([], dtype="float64")):
        assert len(tidy_text(column)) == len(to_number(column)) == len(to_date(column)[0])


@given(st.dates(dt.date(1912, 1, 1), dt.date(2110, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day):
    year = day.year - 1911
    ways = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"民國{year}年{day.month}月{day.day}日",
        f"{year:03d}/{day.month:02d}/{day.day:02d}",
        day,
    ]
    assert set(to_date(cells(*ways))[0]) == {pd.Timestamp(day)}


@given(st.integers(-(10**9), 10**9))
def test_every_way_of_writing_an_amount_gives_that_amount(amount):
    size = abs(amount)
    ways = [amount, str(amount), f"{amount:,}", f"NT${amount:,}", f"{amount:,}元"]
    ways += [f"({size:,})", f"−{size}", f"{size}-"] if amount < 0 else [f"+{size}"]
    assert set(to_number(cells(*ways))) == {float(amount)}


@pytest.mark.parametrize("witness", ["1.200,50", "NT$1.200,5", "1.200.000"])
def test_a_dot_parts_thousands_or_decimals_never_both(witness):
    numbers = to_number(cells("1.200", "350", "1.25", witness, 7.125, "NT$2.500"))
    assert numbers.isna().tolist() == [True, False, False, True, False, True]
    assert to_number(cells("1.200", "350", "2.500")).tolist() == [1.2, 350, 2.5]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2021年3月5日下午2:30", "2021-03-05 14:30"),
        ("2021/3/5(五)", "2021-03-05"),
        ("2021/3/5（週五） 14:30", "2021-03-05 14:30"),
        ("2021年3月5日 星期五", "2021-03-05"),
        ("2021-03-05 周五", "2021-03-05"),
        ("5-Mar-2021", "2021-03-05"),
        ("5 March 2021 14:30", "2021-03-05 14:30"),
        ("Mar 5, 2021", "2021-03-05"),
        ("March 5th, 2021", "2021-03-05"),
        ("20210305143000", "2021-03-05 14:30"),
        (20210305143000, "2021-03-05 14:30"),
        ("2021/3/5 24:00", "2021-03-05 23:59:59.999999"),
        ("1100305", "2021-03-05"),
        (990305, None),
        ("5-Mar-21", None),
        ("31-Feb-2021", None),
        ("2021/3/5 24:01", None),
        ("2021/3/5 五", None),
        ("Marble 5 2021", None),
    ],
)
def test_more_ways_to_write_a_date(cell, moment):
    dates, ambiguous = to_date(cells(cell))
    assert [None if pd.isna(day) else day for day in dates] == [moment and pd.Timestamp(moment)]
    assert not ambiguous.any()


def test_seven_figures_are_roc_dates_only_if_every_bare_number_is_a_date():
    assert to_date(cells(1100305, "1100306", "2021-03-07", "20210308"))[0].dt.day.tolist() == [
        5,
        6,
        7,
        8,
    ]
    for other in (44256, 1101399, "1100231"):
        dates, _ = to_date(cells(1100305, other))
        assert dates.isna().all()
