"""Figures of intervals, lift and stability: whole, legible, described, true to their table."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

import rfmkit as rk
from rfmkit import plots
from rfmkit.labels import LANGUAGES
from rfmkit.lift import TENTHS
from rfmkit.plots.describe import alt_text, figure_table
from rfmkit.plots.tiers import luminance
from rfmkit.schema import DataError

draw = np.random.default_rng(7)
N = 60
INDEX = pd.Index([f"C{n:03}" for n in range(N)], name="customer")
HELD = pd.DataFrame(
    {
        "later_spend": draw.gamma(1, 900, N).round(),
        "back": draw.random(N) < 0.7,
        "recency_days": draw.integers(1, 90, N),
        "frequency": draw.integers(1, 9, N),
        "monetary": draw.lognormal(7, 1, N).round(),
        "clv": draw.lognormal(8, 1, N),
        "rfm_score": draw.integers(3, 16, N),
    },
    index=INDEX,
)
TIERS = rk.holdout_tiers(HELD)
TABLE = rk.lift_table(HELD, TIERS, resamples=200)
TENTH_TABLE = rk.lift_table(HELD, rk.holdout_tiers(HELD, tenths=True)["clv"], resamples=200)
SHARES = {"north": rk.share_interval(90, 100), "south": rk.share_interval(40, 100)}
POINTS = {
    "2020": rk.nps_interval(pd.Series([10, 9, 3, 8] * 9)),
    "2021": rk.nps_interval(pd.Series([10, 9, 9, 8] * 9)),
}
STABILITY = rk.tier_stability(HELD["monetary"], rk.abc_tier, resamples=100)
STEADY = rk.tier_stability(HELD["monetary"], rk.value_tier, resamples=100)

FIGURES = {
    "shares": lambda **how: plots.plot_intervals(SHARES, **how),
    "points": lambda **how: plots.plot_intervals(POINTS, **how),
    "one": lambda **how: plots.plot_intervals({"NPS": POINTS["2020"]}, **how),
    "percent": lambda **how: plots.plot_intervals(
        {"CSAT": rk.csat_interval(pd.Series([5, 3, 4] * 9))}, **how
    ),
    "money": lambda **how: plots.plot_intervals(
        {"all": rk.bootstrap_interval(HELD["monetary"], np.mean)}, unit="money", **how
    ),
    "many": lambda **how: plots.plot_lift(TABLE, **how),
    "many back": lambda **how: plots.plot_lift(TABLE, measure="back", **how),
    "classes": lambda **how: plots.plot_lift(TABLE.loc["rfm"], **how),
    "tenths": lambda **how: plots.plot_lift(TENTH_TABLE, measure="back", **how),
    "stability": lambda **how: plots.plot_stability(STABILITY, **how),
    "steady": lambda **how: plots.plot_stability(STEADY, **how),
}


def title_of(ax) -> str:
    return ax.get_title(loc="left").replace("\n", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_whole_legible_and_says_something(figure, lang):
    ax = FIGURES[figure](lang=lang)
    ax.figure.canvas.draw()  # a missing glyph warns here, and warnings are errors
    page, ticks = ax.figure.bbox, [*ax.get_xticklabels(), *ax.get_yticklabels()]
    for text in ax.findobj(Text):
        if not text.get_visible() or not text.get_text().strip():
            continue
        assert text.get_fontsize() >= 11, text
        assert (luminance(text.get_color()) + 0.05) * 4.5 <= 1.05, text
        box = text.get_window_extent()
        inside = box.x0 >= -2 and box.y0 >= -2 and box.x1 <= page.x1 + 2 and box.y1 <= page.y1 + 2
        assert inside or text in ticks, f"{text} is cut off"
    words = alt_text(ax, "en")
    assert "{" not in words + title_of(ax)
    assert "nan" not in words.lower()
    assert title_of(ax).replace(" ", "") in alt_text(ax).replace(" ", "")
    assert alt_text(ax, "zh-TW") != words
    assert len(figure_table(ax)) > 0


def test_intervals_by_hand():
    ax = plots.plot_intervals(SHARES, lang="en")
    assert title_of(ax) == "“north” and “south” differ by more than chance: 90% against 40%"
    assert figure_table(ax).loc["north"].tolist() == [
        0.9,
        SHARES["north"].low,
        SHARES["north"].high,
        100,
    ]
    lines = [line for line in ax.lines if line.get_gid() == "whisker"]
    ends = [tuple(line.get_xdata()) for line in lines]
    assert ends == [(one.low, one.high) for one in SHARES.values()]
    assert "90%, between 83 and 94" in [text.get_text() for text in ax.texts]
    near = {"a": rk.share_interval(9, 20), "b": rk.share_interval(11, 20)}
    title = title_of(plots.plot_intervals(near, lang="en"))
    assert title == "“b” 55%, “a” 45%: the intervals overlap, so it may be chance"


@pytest.mark.parametrize(
    ("intervals", "how", "match"),
    [
        ({}, {}, "at least one"),
        ([SHARES["north"]], {}, "dictionary"),
        ({"a": 0.3}, {}, "dictionary"),
        ({**SHARES, **POINTS}, {}, "units"),
        ({"a": rk.share_interval(1, 2), "b": rk.share_interval(1, 2, confidence=0.9)}, {}, "0.9"),
        (SHARES, {"unit": "euro"}, "unit 'euro'"),
    ],
)
def test_intervals_that_fit_on_no_axis(intervals, how, match):
    with pytest.raises(DataError, match=match):
        plots.plot_intervals(intervals, **how)


def test_lift_is_hollow_where_the_interval_holds_all_customers():
    ax = plots.plot_lift(TABLE.loc["rfm"], lang="en")
    rows = figure_table(ax)
    assert (rows["customers"] > 0).all()
    dots = [line for line in ax.lines if line.get_gid() == "estimate"]
    assert len(dots) == len(rows)
    for dot, (_, row) in zip(dots, rows.iterrows(), strict=True):
        hollow = to_hex(dot.get_markerfacecolor()) == "#ffffff"
        assert hollow == (row["lift_low"] <= 1 <= row["lift_high"])
        assert dot.get_xdata() == [row["lift"]]
    (line,) = [line for line in ax.lines if line.get_gid() == "everyone"]
    assert line.get_xdata()[0] == 1
    ax = plots.plot_lift(TABLE, measure="back")
    (line,) = [line for line in ax.lines if line.get_gid() == "everyone"]
    assert line.get_xdata()[0] == pytest.approx(HELD["back"].mean())


def test_lift_refuses_other_tables():
    with pytest.raises(DataError, match="'lift' or 'back'"):
        plots.plot_lift(TABLE, measure="spend")
    with pytest.raises(DataError, match="lacks columns"):
        plots.plot_lift(HELD)
    nothing = rk.lift_table(HELD.assign(later_spend=0.0, back=False), TIERS["abc"])
    with pytest.raises(DataError, match="spent anything"):
        plots.plot_lift(nothing)
    plots.plot_lift(nothing, measure="back")
    with pytest.raises(DataError, match="holds no customer"):
        plots.plot_lift(TABLE.iloc[:0])


def test_stability_counts_and_names_the_least_sure():
    ax = plots.plot_stability(STABILITY, lang="en")
    table = figure_table(ax)
    assert table["customers"].sum() == N
    near = STABILITY[STABILITY["near_cut"]]
    assert table["near_cut"].to_dict() == near["tier"].value_counts().to_dict()
    words = " ".join(text.get_text() for text in ax.texts)
    least = near["kept_share"].groupby(near["tier"], observed=True).idxmin()
    assert all(name in words for name in least)
    bars = [bar for bar in ax.patches if bar.get_gid() == "near"]
    widths = [bar.get_width() for bar in bars]
    assert widths == pytest.approx(table["near_share"].fillna(0).tolist())
    assert title_of(plots.plot_stability(STEADY, lang="en")) == (
        f"All {N} customers keep their tiers when customers are drawn anew"
    )
    with pytest.raises(DataError, match="lacks columns"):
        plots.plot_stability(HELD)
    with pytest.raises(DataError, match="empty"):
        plots.plot_stability(STABILITY.iloc[:0])


def test_names_of_tenths_and_of_clv_are_there_in_both_languages():
    from rfmkit.plots.tiers import tier_name

    for lang in LANGUAGES:
        names = [tier_name(code, lang) for code in (*TENTHS, "clv2:high", "clv2:low")]
        assert len(set(names)) == 12
        assert not any(":" in name for name in names)
    shown = rk.localize(TABLE, "zh-TW")
    assert shown.index.names == ["方法", "等級"]
