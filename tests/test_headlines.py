"""Headlines: every one of the kit's has its interval, or a reason to have none.

A count of a whole ledger is exact; a share, a mean, an index would differ with other customers.
"""

import re
import time

import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit import headlines, plots
from rfmkit.labels import LANGUAGES
from rfmkit.report.facts import gather

draw = np.random.default_rng(11)
N = 240
INDEX = pd.Index([f"C{n:03}" for n in range(N)], name="customer")
RFM = pd.DataFrame(
    {
        "recency_days": draw.integers(1, 90, N),
        "frequency": draw.integers(1, 9, N),
        "monetary": draw.lognormal(7, 0.8, N).round(),
    },
    index=INDEX,
)
SPEND = RFM["monetary"]
PROFIT = (SPEND - 600).rename("profit")
CUTS = rk.rfm_cuts(RFM)
CLASSES = rk.rfm_class(rk.high_low(RFM, cuts=CUTS))
TIERS = rk.abc_tier(SPEND)
SCORES = pd.DataFrame({"R": draw.integers(1, 3, N), "F": draw.integers(1, 3, N)}, index=INDEX)
LATER = rk.abc_tier(SPEND * draw.lognormal(0, 0.5, N))
REGION = pd.Series(draw.choice(["north", "south"], N), index=INDEX, name="region")
PHASES = pd.Series(draw.choice(["build", "grow", "hold", "decline"], N), index=INDEX).radd(
    "lifecycle:"
)
HELD = RFM.assign(
    clv=SPEND, rfm_score=draw.integers(3, 16, N), later_spend=SPEND * 0.5, back=SPEND > 700
)
LIFT = rk.lift_table(HELD, TIERS, resamples=200)

# A headline that estimates something, drawn or printed, and its interval in the reader's words.
INTERVALS = {
    "plot_distribution": lambda lang: plots.plot_distribution(SPEND, lang=lang),
    "plot_rfm_classes": lambda lang: plots.plot_rfm_classes(RFM, CLASSES, lang=lang),
    "plot_rfm_scatter": lambda lang: plots.plot_rfm_scatter(RFM, cuts=CUTS, lang=lang),
    "plot_rfm_heatmap": lambda lang: plots.plot_rfm_heatmap(RFM, SCORES, lang=lang),
    "plot_pareto": lambda lang: plots.plot_pareto(SPEND, lang=lang),
    "plot_pareto, tiers": lambda lang: plots.plot_pareto(SPEND, tiers=TIERS, lang=lang),
    "plot_pareto, losses": lambda lang: plots.plot_pareto(PROFIT, lang=lang),
    "plot_lorenz": lambda lang: plots.plot_lorenz(SPEND, lang=lang),
    "plot_pyramid": lambda lang: plots.plot_pyramid(SPEND, TIERS, lang=lang),
    "plot_customer_value_pyramids": lambda lang: plots.plot_customer_value_pyramids(
        SPEND, TIERS, lang=lang
    ),
    "plot_composition": lambda lang: plots.plot_composition(
        REGION, REGION.where(SPEND < 900, "large"), lang=lang
    ),
    "plot_scores": lambda lang: plots.plot_scores(SPEND.rename("score"), lang=lang),
    "plot_clv_cs": lambda lang: plots.plot_clv_cs(
        SPEND, RFM["frequency"], clv_cuts=900, cs_cuts=(3, 6), lang=lang
    ),
    "plot_lifecycle": lambda lang: plots.plot_lifecycle(SPEND, PHASES, lang=lang),
    "plot_migration": lambda lang: plots.plot_migration(TIERS, LATER, lang=lang),
    "plot_alluvial": lambda lang: plots.plot_alluvial(TIERS, LATER, lang=lang),
    "plot_intervals": lambda lang: plots.plot_intervals(
        {"all": rk.share_interval(90, N)}, lang=lang
    ),
    "plot_lift": lambda lang: plots.plot_lift(LIFT, lang=lang),
    "plot_lift, back": lambda lang: plots.plot_lift(LIFT, measure="back", lang=lang),
    "plot_survival": lambda lang: plots.plot_survival(
        rk.kaplan_meier(RFM["recency_days"], SPEND > 900), time=60, lang=lang
    ),
    "plot_uplift": lambda lang: plots.plot_uplift(SPEND > 900, RFM["frequency"] > 4, lang=lang),
    "plot_forecast": lambda lang: plots.plot_forecast(
        pd.DataFrame({"clv": SPEND, "lower": 0.5 * SPEND, "upper": 2 * SPEND}), lang=lang
    ),
    "plot_cluster_numbers": lambda lang: plots.plot_cluster_numbers(
        pd.DataFrame(
            {"silhouette": [0.4], "stability": [0.9], "lower": [0.7], "upper": [1.0]}, index=[2]
        ),
        lang=lang,
    ),
}
# A headline without: what it counts is there, whoever else might have been a customer.
COUNTS = {
    "plot_left_out": "rows of the ledger",
    "plot_class_shift": "customers whose class another cut changes: the same ledger, counted again",
    "plot_sensitivity": "the same",
    "plot_weights": "customers whose tier other weights change: the same ledger, counted again",
    "plot_quadrants": "customers in a quadrant",
    "plot_stability": "customers near a cut: how sure their tiers are is what it measures",
    "plot_rfm_histograms": "three figures of plot_distribution",
}


def title_of(ax) -> str:
    return ax.get_title(loc="left").replace("\n", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("headline", INTERVALS)
def test_a_headline_that_estimates_has_its_interval_in_words(headline, lang):
    ax = INTERVALS[headline](lang)
    title = title_of(ax).replace(" ", "")
    ends = {
        "en": r"between−?[\d.,]+%?and−?[\d.,]+|from",
        "zh-TW": r"[\d.,]+%?到[\d.,]+%?.*(之間|跨過)",
    }
    currency = title.replace("NT$", "")
    assert re.search(ends[lang], currency), title
    # Whoever listens to the figure hears it too.
    assert title in plots.alt_text(ax).replace(" ", "") or "plot_rfm_classes" in headline


def test_every_figure_of_the_kit_is_here():
    named = {headline.partition(",")[0] for headline in INTERVALS}
    figures = {name for name in plots.__all__ if name.startswith("plot_")}
    assert figures == named | set(COUNTS)
    assert not named & set(COUNTS)
    assert all(COUNTS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_and_the_command_say_how_sure_they_are(lang):
    facts = gather(RFM, cuts=CUTS, day=pd.Timestamp("2021-04-01"), lang=lang)
    code = facts.summary["revenue"].idxmax()
    interval = headlines.part_of(SPEND, code == CLASSES)
    low, high = (f"{100 * end:.0f}" for end in (interval.low, interval.high))
    ends = {"en": f" (between {low}% and {high}%", "zh-TW": f"（{low}% 到 {high}% 之間"}[lang]
    assert ends in facts.headline()


def test_the_title_has_the_ends_that_one_computes_with_the_public_functions():
    code = SPEND.groupby(CLASSES.astype(object)).sum().idxmax()
    interval = rk.part_interval(SPEND, code == CLASSES, resamples=4000)
    title = title_of(plots.plot_rfm_classes(RFM, CLASSES, lang="en"))
    found = re.search(r"between (\d+)% and (\d+)%", title)
    ends = [int(end) / 100 for end in found.groups()]
    assert ends == pytest.approx([interval.low, interval.high], abs=0.021)
    mean = rk.bootstrap_interval(SPEND[PHASES == "lifecycle:hold"], np.mean, resamples=4000)
    own = headlines.mean_of(SPEND[PHASES == "lifecycle:hold"])
    assert (own.low, own.high) == pytest.approx((mean.low, mean.high), rel=0.05)
    gini = rk.bootstrap_interval(SPEND, rk.gini, resamples=4000)
    own = headlines.gini_of(SPEND)
    assert (own.low, own.high) == pytest.approx((gini.low, gini.high), abs=0.01)
    share = rk.bootstrap_interval(SPEND, rk.value_share, resamples=4000)
    own = headlines.top_of(SPEND, 0.2)
    assert (own.low, own.high) == pytest.approx((share.low, share.high), abs=0.01)
    half = headlines.lower_half_of(SPEND)
    assert half.estimate == pytest.approx(np.sort(SPEND)[: N // 2].sum() / SPEND.sum())
    assert half.low < half.estimate < half.high


@pytest.mark.parametrize(
    "headline",
    [
        "plot_rfm_classes",
        "plot_pareto",
        "plot_lorenz",
        "plot_pyramid",
        "plot_lifecycle",
        "plot_uplift",
    ],
)
def test_where_bars_and_marks_are_drawn_so_is_the_interval(headline):
    ax = INTERVALS[headline]("en")
    drawn = [line for line in ax.lines if line.get_gid() == "interval"]
    if headline != "plot_uplift":  # which names its lines in words of its own
        notes = [text.get_text() for text in ax.texts if text.get_gid() == "subtitle"]
        assert "whisker = 95% interval" in " ".join(notes).replace("\n", " ")
    assert len(drawn) >= (3 if headline not in ("plot_pareto", "plot_lorenz") else 1)
    for line in drawn:  # inside the axes, and seen on white and on dark bars
        along = line.get_ydata() if line.get_marker() == "_" else line.get_xdata()
        low, high = ax.get_ylim() if line.get_marker() == "_" else ax.get_xlim()
        assert min(low, high) <= min(along) <= max(along) <= max(low, high)
        below = [other for other in ax.lines if other.get_color() == "white"]
        assert any(np.array_equal(other.get_xydata(), line.get_xydata()) for other in below)


def test_of_few_or_equal_customers_nothing_is_said():
    few = SPEND.iloc[:9]
    assert headlines.gini_of(few) is headlines.mean_of(few) is headlines.top_of(few, 0.2) is None
    assert headlines.lower_half_of(few) is headlines.share_of(3, 9) is None
    equal = pd.Series(5.0, index=INDEX)
    assert headlines.gini_of(equal) is headlines.mean_of(equal) is None
    assert headlines.top_of(equal, 0.2) is headlines.top_of(SPEND, 1.0) is None
    everyone = pd.Series(True, index=INDEX)
    assert headlines.part_of(SPEND, everyone) is headlines.part_of(SPEND, ~everyone) is None
    losses = pd.Series(np.where(np.arange(N) % 2, 1.02, -1.0), index=INDEX)
    assert headlines.part_of(losses, losses > 0) is None
    assert headlines.between(None, "en") == ""


def test_a_giant_is_told_in_the_title():
    giant = SPEND.where(INDEX != "C007", 400_000.0)
    assert "perhaps wider" in title_of(plots.plot_pareto(giant, lang="en"))
    assert "可能更寬" in title_of(plots.plot_pareto(giant, lang="zh-TW"))


def test_many_customers_take_the_normal_interval_which_agrees():
    many = pd.Series(draw.gamma(2, 900, 20_000))
    for own, statistic in ((headlines.gini_of, rk.gini), (headlines.mean_of, np.mean)):
        quick, slow = own(many), rk.bootstrap_interval(many, statistic, resamples=200)
        assert quick.method == "normal"
        assert (quick.low, quick.high) == pytest.approx((slow.low, slow.high), rel=0.01)


@pytest.mark.parametrize("customers", [320, 750, 100_000])
def test_the_intervals_of_a_figure_cost_less_than_150_milliseconds(customers):
    many = pd.Series(draw.gamma(2, 900, customers))
    for compute in (
        lambda: headlines.parts_of(many, many // 600, range(8)),
        lambda: (headlines.gini_of(many), headlines.lower_half_of(many)),
        lambda: headlines.top_of(many, 0.2),
        lambda: headlines.mean_of(many),
    ):
        compute()
        start = time.process_time()
        compute()
        assert time.process_time() - start < 0.15
