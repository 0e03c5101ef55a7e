"""Hold the figures of the methods: true words, both languages, legible, whole, taught errors."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Polygon
from matplotlib.text import Text

from rfmkit import plots
from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.plots import alt_text, figure_table, style
from rfmkit.plots.tiers import luminance, tier_codes, tier_name
from rfmkit.rfm import high_low, rfm_class, rfm_cuts, score
from rfmkit.schema import DataError
from rfmkit.strategies import SCHEMES

LANGUAGES = ["zh-TW", "en"]
N = 80
_random = np.random.default_rng(3)
INDEX = pd.Index([f"C{n:03}" for n in range(N)], name="customer")
RFM = pd.DataFrame(
    {
        "recency_days": _random.integers(1, 32, N),
        "frequency": _random.geometric(0.4, N),
        "monetary": np.round(np.exp(_random.normal(6, 1.2, N))),
    },
    index=INDEX,
)
CUTS = rfm_cuts(RFM)
RAW = pd.Series(np.exp(_random.normal(7, 1.65, N)).round(), INDEX, name="profit")
LOSING = RAW.where(np.arange(N) % 8 > 0, -3000.0)
CS = pd.Series(_random.uniform(1, 5, N).round(1), INDEX, name="satisfaction")
PHASES = pd.Series(_random.choice(SCHEMES["lifecycle"], N), INDEX)
INDUSTRY = pd.Series(_random.choice(["製造", "零售", "餐飲"], N), INDEX, name="產業")
VALUES = {
    "usual": RAW,
    "losses": LOSING,
    "all lost": -RAW,
    "one": RAW.iloc[:1],
    "equal": RAW.clip(5.0, 5.0),
    "zero": RAW * 0,
}


def scores_of(rfm):
    return pd.DataFrame(
        {
            "R": score(rfm["recency_days"], smaller_is_better=True),
            "F": score(rfm["frequency"]),
            "M": score(rfm["monetary"]),
        }
    )


def quadrants(values, **how):
    return plots.plot_quadrants(
        values, CS[values.index], cuts=(900, 3), names=SCHEMES["wallet"], **how
    )


FIGURES = {
    "pareto": lambda v, **how: plots.plot_pareto(v, **how),
    "pareto tiers": lambda v, **how: plots.plot_pareto(v, tiers=abc_tier(v), **how),
    "pyramid": lambda v, **how: plots.plot_pyramid(v, abc_tier(v), **how),
    "pyramids": lambda v, **how: plots.plot_customer_value_pyramids(v, abc_tier(v), **how),
    "heatmap": lambda v, **how: plots.plot_rfm_heatmap(
        RFM.loc[v.index].assign(monetary=v), scores_of(RFM.loc[v.index]), **how
    ),
    "scores": lambda v, **how: plots.plot_scores(v, tiers=abc_tier(v), cuts=(800,), **how),
    "clv_cs": lambda v, **how: plots.plot_clv_cs(
        v, CS[v.index], clv_cuts=900, cs_cuts=(3, 4), **how
    ),
    "quadrants": quadrants,
    "matrix": lambda v, **how: plots.plot_migration(
        abc_tier(v), abc_tier(RAW[v.index]).iloc[len(v) // 9 :], **how
    ),
    "alluvial": lambda v, **how: plots.plot_alluvial(
        abc_tier(v), abc_tier(RAW[v.index]).iloc[len(v) // 9 :], **how
    ),
    "composition": lambda v, **how: plots.plot_composition(INDUSTRY[v.index], abc_tier(v), **how),
    "lifecycle": lambda v, **how: plots.plot_lifecycle(v, PHASES[v.index], **how),
    "sensitivity": lambda v, **how: plots.plot_sensitivity(v, cut=900, **how),
    "changes": lambda v, **how: plots.plot_sensitivity(
        RFM["monetary"],
        cut=CUTS["monetary"],
        classify=lambda cut: rfm_class(high_low(RFM, cuts={**CUTS, "monetary": cut})),
        **how,
    ),
    "lorenz": lambda v, **how: plots.plot_lorenz(v, **how),
}
CASES = [
    *((figure, "usual", lang) for figure in FIGURES for lang in LANGUAGES),
    *(
        (figure, values, "en")
        for figure in FIGURES
        for values in VALUES
        if values != "usual"
        and figure != "changes"
        and not (figure == "lorenz" and values in ("all lost", "zero"))
    ),
]


def title_of(ax) -> str:
    return ax.get_title(loc="left").replace("\n", " ")


def texts_of(ax) -> list[Text]:
    return [text for text in ax.findobj(Text) if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize(("figure", "values", "lang"), CASES)
def test_every_figure_is_whole_legible_and_says_something(figure, values, lang):
    ax = FIGURES[figure](VALUES[values], lang=lang)
    ax.figure.canvas.draw()  # a missing glyph warns here, and warnings are errors
    page = ax.figure.bbox
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()]
    for text in texts_of(ax):
        assert text.get_fontsize() >= 11, text
        # Ink on a fill is chosen against that fill; all the other ink stands on white.
        on_fill = text.get_gid() == "fill"
        assert on_fill or (luminance(text.get_color()) + 0.05) * 4.5 <= 1.05, text
        box = text.get_window_extent()
        inside = box.x0 >= -2 and box.y0 >= -2 and box.x1 <= page.x1 + 2 and box.y1 <= page.y1 + 2
        inner = any(text in side.findobj(Text) for side in ax.child_axes)
        assert inside or inner or text in ticks, f"{text} is cut off"
    words = alt_text(ax, "en")
    assert "{" not in words + title_of(ax)
    assert "nan" not in words.lower()
    assert title_of(ax) in alt_text(ax) or title_of(ax).replace(" ", "") in alt_text(ax).replace(
        " ", ""
    )
    assert alt_text(ax, "zh-TW") != words
    assert len(figure_table(ax)) > 0


@pytest.mark.parametrize("figure", FIGURES)
def test_given_axes_are_used_and_data_stay(figure):
    before = RAW.copy(), RFM.copy()
    own, (left, right) = plt.subplots(1, 2, figsize=(18, 6), layout="constrained")
    assert FIGURES[figure](RAW, ax=right, lang="en") is right
    assert plt.get_fignums() == [own.number]
    assert not left.has_data()
    pd.testing.assert_series_equal(RAW, before[0])
    pd.testing.assert_frame_equal(RFM, before[1])


@pytest.mark.parametrize("figure", [name for name in FIGURES if name != "changes"])
def test_blank_values_are_told(figure):
    with pytest.raises(DataError, match=r"blank|no customer"):
        FIGURES[figure](RAW.where(np.arange(N) > 0))


def test_fills_of_four_tiers_are_the_standards_and_differ_in_grey():
    from rfmkit.plots.tiers import TIER_FILLS, ink_on

    assert TIER_FILLS[4] == ["#1B3A5C", "#B57A00", "#566070", "#8B94A1"]
    for fills in TIER_FILLS.values():
        for first, second in itertools.pairwise(fills):
            assert abs(luminance(first) - luminance(second)) > 0.02
        for fill in fills:
            lights = sorted([luminance(fill) + 0.05, luminance(ink_on(fill)) + 0.05])
            assert lights[1] / lights[0] >= 4.5


def test_names_are_short_and_unknown_codes_stay():
    assert tier_name("abc4:premium", "zh-TW") == "高端"
    assert tier_name("abc4:small", "zh-TW") == "小客戶"
    assert tier_name("my tier", "en") == "my tier"
    assert tier_codes(pd.Series(["b", "a"])) == ["a", "b"]


def test_pareto_by_hand():
    profit = pd.Series([60.0, 25.0, 8.0, 4.0, 3.0], name="profit")
    ax = plots.plot_pareto(profit, tiers=abc_tier(profit, cuts=ABC3), lang="en")
    assert title_of(ax) == "“Class A”: 20% of customers bring 60% of profit"
    assert figure_table(ax)["value_share"].round(2).tolist() == [0.6, 0.85, 0.93, 0.97, 1.0]
    labels = [text.get_text() for text in ax.texts]
    assert "Class A  20% → 60%" in labels
    whale = plots.plot_pareto(pd.Series([80.0, 40.0, -20.0], name="profit"), lang="en")
    assert title_of(whale) == ("67% of customers bring 120% of profit; the other 33% eat up 20%")
    assert plots.plot_pareto(pd.Series([-5.0, 2.0]), lang="zh-TW").get_ylim()[0] < -3
    with pytest.raises(DataError, match="do not follow"):
        plots.plot_pareto(pd.Series([1.0, 2.0]), tiers=pd.Series(["a", "b"]))


def test_lorenz_needs_a_total():
    with pytest.raises(DataError, match="nobody has a share"):
        plots.plot_lorenz(pd.Series([5.0, -5.0]))
    ax = plots.plot_lorenz(pd.Series([0.0, 0.0, 0.0, 8.0], name="monetary"), lang="zh-TW")
    assert "Gini 0.75" in title_of(ax)


def test_a_layer_of_the_pyramid_is_as_wide_as_its_customers():
    tiers = pd.Series(["gold"] + 6 * ["iron"] + 3 * ["lead"])
    ax = plots.plot_pyramid(pd.Series(10 * [5.0], name="profit"), tiers, lang="en")
    layers = [patch for patch in ax.patches if isinstance(patch, Polygon)]
    widths = [np.ptp(patch.get_xy()[:, 0]) for patch in layers]
    assert widths == pytest.approx([widths[1] / 6, widths[1], widths[1] / 2])


def test_pyramid_tells_the_layer_that_costs_money():
    tiers = pd.Series(pd.Categorical(["g", "g", "l"], categories=["g", "e", "l"], ordered=True))
    ax = plots.plot_pyramid(pd.Series([60.0, 50.0, -10.0], name="profit"), tiers, lang="en")
    assert title_of(ax) == "“g”: 67% of customers, 110% of profit; “l” loses 10%"
    assert figure_table(ax).loc["e", "customers"] == 0
    assert figure_table(ax)["value_share"].tolist() == [1.1, 0.0, -0.1]


def test_heatmap_counts_every_customer_once_and_tells_empty_cells():
    ax = plots.plot_rfm_heatmap(RFM, scores_of(RFM), lang="en")
    table = figure_table(ax)
    assert table["customers"].sum() == N
    empty = int((table["customers"] == 0).sum())
    assert table["mean"].isna().sum() == empty
    assert empty == 0 or f"{empty} of {len(table)} cells hold" in title_of(ax)
    r, f = scores_of(RFM)["R"], scores_of(RFM)["F"]
    cell = table[(table["R"] == 5) & (table["F"] == 3)].iloc[0]
    assert cell["mean"] == pytest.approx(RFM["monetary"][(r == 5) & (f == 3)].mean(), nan_ok=True)
    with pytest.raises(DataError, match="whole numbers"):
        plots.plot_rfm_heatmap(RFM, scores_of(RFM).assign(R=0.5))
    with pytest.raises(DataError, match="same customers"):
        plots.plot_rfm_heatmap(RFM, scores_of(RFM).iloc[::-1])


def test_histograms_are_three_panels():
    panels = plots.plot_rfm_histograms(RFM, cuts=CUTS, lang="en")
    shown = [panel.get_xlabel()[0] for panel in panels]
    assert shown == ["R", "F", "M"]
    with pytest.raises(DataError, match="three axes"):
        plots.plot_rfm_histograms(RFM, ax=panels[0])
    with pytest.raises(DataError, match="frequency"):
        plots.plot_rfm_histograms(RFM, cuts=CUTS.drop("frequency"))


def test_scores_stack_parts_and_keep_all_customers_in_the_table():
    ax = plots.plot_scores(scores_of(RFM), lang="en")
    table = figure_table(ax)
    assert len(table) == N
    assert table["score"].is_monotonic_decreasing
    assert (table[["R", "F", "M"]].sum(axis=1) == table["score"]).all()
    assert "only the first 25 of 80" in " ".join(text.get_text() for text in ax.texts)
    with pytest.raises(DataError, match="negative part"):
        plots.plot_scores(pd.DataFrame({"a": [-1.0]}))


@pytest.mark.parametrize(("clv_cuts", "cs_cuts"), [(900, (3, 4)), ((500, 2000), 3)])
def test_clv_cs_boxes_agree_with_the_classes(clv_cuts, cs_cuts):
    from rfmkit.clv_cs import clv_cs_class

    ax = plots.plot_clv_cs(RAW, CS, clv_cuts=clv_cuts, cs_cuts=cs_cuts)
    counts = clv_cs_class(RAW, CS, clv_cuts=clv_cuts, cs_cuts=cs_cuts).value_counts(sort=False)
    table = figure_table(ax).set_index("tier")["customers"]
    assert table.to_dict() == counts.to_dict()
    assert len(table) == 6


def test_migration_counts_and_kinds_without_ranks():
    before = pd.Series(["abc3:a", "abc3:b", "abc3:b", "abc3:c"], index=list("ABCD"))
    after = pd.Series(["abc3:b", "abc3:a", "abc3:b", "abc3:c"], index=list("ABCE"))
    ax = plots.plot_migration(before, after, lang="en")
    assert title_of(ax) == (
        "1 of 4 customers stays in the same tier; 1 moves up, 1 moves down, 1 is lost, 1 is new"
    )
    classes = rfm_class(high_low(RFM, cuts=CUTS))
    kinds = plots.plot_alluvial(classes, classes.iloc[::-1].set_axis(INDEX), lang="en")
    assert "up" not in title_of(kinds)
    streams = [art for art in kinds.collections if art.get_gid() == "stream"]
    assert len(streams) == (figure_table(kinds) > 0).to_numpy().sum()
    with pytest.raises(DataError, match="two names"):
        plots.plot_migration(before, after, names="ab")


def test_composition_compares_the_first_tier_with_all():
    region = pd.Series(["n", "n", "s", "s"])
    tiers = pd.Series(["a", "a", "a", "b"])
    ax = plots.plot_composition(region, tiers, lang="en")
    assert title_of(ax) == "a: 67% n, against 50% of all customers"
    assert figure_table(ax).loc["all"].tolist() == [2, 2]
    with pytest.raises(DataError, match="same customers"):
        plots.plot_composition(region, tiers.iloc[::-1])


def test_lifecycle_leaves_out_who_has_no_phase_and_says_so():
    values = pd.Series([10.0, 30.0, 90.0], name="profit")
    phases = pd.Series(["lifecycle:build", None, "lifecycle:hold"])
    ax = plots.plot_lifecycle(values, phases, lang="en")
    assert alt_text(ax).endswith("1 customer has no phase.")
    assert figure_table(ax)["customers"].tolist() == [1, 0, 1, 0]
    with pytest.raises(DataError, match="no phase; the phases are"):
        plots.plot_lifecycle(values, pd.Series(["a", "b", "c"]))


def test_sensitivity_counts_who_changes():
    spend = pd.Series([80.0, 95.0, 105.0, 300.0], name="monetary")
    table = figure_table(plots.plot_sensitivity(spend, cut=100)).set_index("cut")
    assert table.loc[[90.0, 100.0, 110.0], "changed"].tolist() == [1, 0, 1]
    assert table.loc[100.0, "high"] == 2
    days = pd.Series([1, 5, 9], name="recency_days")
    table = figure_table(plots.plot_sensitivity(days, cut=5)).set_index("cut")
    assert table.loc[5.0, "high_share"] == pytest.approx(2 / 3)
    with pytest.raises(DataError, match="plain number"):
        plots.plot_sensitivity(days, cut=float("nan"))


def test_long_words_never_hold_up_the_line_breaks():
    assert style.wrap("General: develop", 5, 12) == ["General:", "develop"]


def test_a_highlighted_box_is_large_dark_and_in_the_title():
    size, margin = pd.Series([9, 2, 1, 1], name="size"), pd.Series([10, 30, 30, 5], name="margin")
    names = ["star", "big", "fine", "small"]
    ways = {"cuts": (5, 20), "names": names, "lang": "en"}
    ax = plots.plot_quadrants(size, margin, highlight="fine", **ways)
    assert ax.get_title(loc="left") == "2 of 4 customers are “fine”"
    area = [float(marks.get_sizes()[0]) for marks in ax.collections]
    assert [one == max(area) for one in area] == [False, False, True, False]
    dark = [
        marks.get_facecolor()[0][:3].sum() for marks in ax.collections if len(marks.get_offsets())
    ]
    assert min(dark) == ax.collections[2].get_facecolor()[0][:3].sum()
    with pytest.raises(DataError, match="highlight must be one of the names"):
        plots.plot_quadrants(size, margin, highlight="other", **ways)


def test_the_life_cycle_says_its_unit():
    phases = pd.Series(["lifecycle:build", "lifecycle:hold"])
    for name, in_money in (("profit", True), ("pieces", False)):
        ax = plots.plot_lifecycle(pd.Series([1.0, 2.0], name=name), phases, lang="en")
        assert ("NT$" in ax.get_ylabel()) == in_money
