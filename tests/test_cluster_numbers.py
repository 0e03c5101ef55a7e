"""Numbers of clusters: stability, gap and silhouette, against loops and planted groups."""

import itertools
import math
import time

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import rfmkit as rk
from rfmkit import plots
from rfmkit.clusters import scaled_rfm
from rfmkit.labels import LANGUAGES
from rfmkit.plots.describe import alt_text, figure_table
from rfmkit.schema import DataError

pytest.importorskip("sklearn")

NAMES = ["recency_days", "frequency", "monetary"]


def groups(centres, each: int, seed: int = 1) -> pd.DataFrame:
    """Plant groups of customers around these logs of R, F, M."""
    draw = np.random.default_rng(seed)
    logs = [np.array(centre) + draw.normal(0, [0.15, 0.15, 0.2], (each, 3)) for centre in centres]
    return pd.DataFrame(np.expm1(np.clip(np.vstack(logs), 0, None)), columns=NAMES)


def even(customers: int, seed: int = 4) -> pd.DataFrame:
    """Spread customers evenly over the logs of R, F and M."""
    draw = np.random.default_rng(seed)
    logs = draw.uniform([0, 0, 3], [5, 3, 10], (customers, 3))
    return pd.DataFrame(np.expm1(logs), columns=NAMES)


THREE = groups([(1, 3, 9), (3.4, 1.6, 6.8), (5.7, 0.5, 4.4)], 107)
FOUR = groups([(1, 3, 9), (3.4, 1.6, 6.8), (5.7, 0.5, 4.4), (5.7, 2.6, 9)], 80)
SMALL = groups([(1, 3, 9), (3.4, 1.6, 6.8), (5.7, 0.5, 4.4)], 8)
TABLE = rk.cluster_numbers(SMALL, most=4, resamples=10, references=10)


@pytest.mark.parametrize(("rfm", "count"), [(THREE, 3), (FOUR, 4)], ids=["three", "four"])
def test_planted_groups_are_found(rfm, count):
    table = rk.cluster_numbers(rfm, most=6, resamples=20, references=10)
    assert table["silhouette"].idxmax() == table["gap"].idxmax() == count
    assert table.loc[count, ["stability", "lower"]].tolist() == pytest.approx([1, 1])
    if count == 3:  # the gap of four falls before it rises, as its notes say
        assert table.index[table["chosen"]].tolist() == [3]


def test_customers_without_groups_are_one_crowd():
    assert rk.gap_statistic(even(320), most=4)["chosen"].idxmax() == 1
    # A longish crowd, of which the silhouette and k-means would make groups.
    draw = np.random.default_rng(2)
    shared = draw.normal(0, 1, (320, 1))
    logs = np.clip(np.array([3, 2, 6]) + shared + 0.5 * draw.normal(0, 1, (320, 3)), 0, None)
    crowd = pd.DataFrame(np.expm1(logs), columns=NAMES)
    assert rk.gap_statistic(crowd, most=4)["chosen"].idxmax() == 1


def pair_index(ours, theirs) -> float:
    """Count pairs of customers: together in both, in one, in none (Hubert and Arabie 1985)."""
    both = first = second = every = 0
    for one, other in itertools.combinations(range(len(ours)), 2):
        every += 1
        first += ours[one] == ours[other]
        second += theirs[one] == theirs[other]
        both += ours[one] == ours[other] and theirs[one] == theirs[other]
    chance = first * second / every
    return (both - chance) / ((first + second) / 2 - chance)


def test_stability_is_that_of_counted_pairs():
    from sklearn.cluster import KMeans

    rfm = even(30)
    customers = scaled_rfm(rfm).to_numpy()
    ours = KMeans(3, n_init=10, random_state=5).fit_predict(customers)
    random = np.random.default_rng(5)
    alike = []
    for drawn in random.integers(0, 30, (12, 30)):
        fitted = KMeans(3, n_init=3, random_state=5).fit(customers[drawn])
        alike.append(pair_index(ours, fitted.predict(customers)))
    table = rk.cluster_stability(rfm, numbers=[3], resamples=12, seed=5, confidence=0.8)
    wanted = (np.mean(alike), *np.quantile(alike, [0.1, 0.9]))
    assert tuple(table.loc[3]) == pytest.approx(wanted)
    assert table.attrs == {"confidence": 0.8}


def test_the_gap_is_that_of_the_papers_sums_of_pairs():
    from sklearn.cluster import KMeans

    def log_within(customers, labels) -> float:
        """Add up half the mean squared distance of all pairs in a cluster, as the paper does."""
        total = 0.0
        for cluster in set(labels):
            own = [row for row, mark in zip(customers, labels, strict=True) if mark == cluster]
            pairs = sum(sum((a - b) ** 2) for a in own for b in own)
            total += pairs / (2 * len(own))
        return math.log(total)

    customers = scaled_rfm(SMALL).to_numpy()
    # The principal components, from the covariance; their signs do not change the box.
    _, components = np.linalg.eigh(np.cov(customers, rowvar=False))
    turned = customers @ components[:, ::-1]
    table = rk.gap_statistic(SMALL, most=3, references=10, seed=3)
    for count in (1, 2, 3):
        labels = KMeans(count, n_init=10, random_state=3).fit_predict(customers)
        logs, random = [], np.random.default_rng(3)
        for _ in range(60):
            evenly = random.uniform(turned.min(axis=0), turned.max(axis=0), turned.shape)
            marks = KMeans(count, n_init=3, random_state=3).fit_predict(evenly)
            logs.append(log_within(evenly, marks) if count == 1 else np.nan)
            if count > 1:
                centres = np.array([evenly[marks == mark].mean(axis=0) for mark in range(count)])
                logs[-1] = math.log(((evenly - centres[marks]) ** 2).sum())
        spread = np.std(logs) * math.sqrt(1.1)
        wanted = np.mean(logs) - log_within(customers, labels)
        # Ten tables against sixty others: equal up to the error of ten.
        assert table.loc[count, "gap"] == pytest.approx(wanted, abs=4 * spread / math.sqrt(10))
        assert table.loc[count, "error"] == pytest.approx(spread, rel=0.8)
    first = table["gap"].to_numpy()
    enough = [first[k] >= first[k + 1] - table["error"].to_numpy()[k + 1] for k in range(2)]
    wanted = next((k + 1 for k, holds in enumerate(enough) if holds), None)
    assert table.index[table["chosen"]].tolist() == ([] if wanted is None else [wanted])


def test_the_measures_stand_beside_each_other():
    assert TABLE.index.tolist() == [1, 2, 3, 4]
    blank = TABLE.loc[1, ["silhouette", "stability", "lower", "upper"]]
    assert blank.isna().all()
    silhouette = rk.silhouettes(SMALL, numbers=[2, 3, 4])
    assert TABLE["silhouette"].dropna().tolist() == silhouette.tolist()
    gap = rk.gap_statistic(SMALL, most=4, references=10)
    pd.testing.assert_frame_equal(TABLE[["gap", "error", "chosen"]], gap)


def test_seed_and_order_of_rows():
    shuffled = SMALL.sample(frac=1, random_state=1)
    again = rk.cluster_numbers(shuffled, most=4, resamples=10, references=10)
    pd.testing.assert_frame_equal(again, TABLE)
    other = rk.cluster_stability(even(40), numbers=[3], resamples=10, seed=1)
    assert not other.equals(rk.cluster_stability(even(40), numbers=[3], resamples=10, seed=2))


def test_320_customers_take_less_than_three_seconds():
    start = time.process_time()
    rk.cluster_numbers(even(320))
    assert time.process_time() - start < 3


def test_a_large_table_is_judged_by_a_seeded_sample(monkeypatch):
    monkeypatch.setattr("rfmkit.clusters.numbers.SAMPLE", 12)
    one, same = (rk.gap_statistic(THREE, most=2, references=10, seed=1) for _ in range(2))
    assert one.equals(same)
    monkeypatch.undo()
    assert not one.equals(rk.gap_statistic(THREE, most=2, references=10, seed=1))


ALIKE = pd.DataFrame({"recency_days": [5] * 6, "frequency": 2, "monetary": 9.0})
TWO = ALIKE.assign(monetary=[9.0, 9, 9, 9, 9, 900])


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: rk.cluster_stability(SMALL, numbers=[1]), "from 2 to"),
        (lambda: rk.cluster_stability(SMALL, numbers=[2.5]), "whole number"),
        (lambda: rk.cluster_stability(SMALL, numbers=[99]), "so many can be told apart"),
        (lambda: rk.cluster_stability(SMALL, resamples=9), "resamples must be .* 10 or more"),
        (lambda: rk.cluster_stability(SMALL, confidence=95), "0.95 for 95 %"),
        (lambda: rk.cluster_stability(SMALL, seed=-1), "seed"),
        (lambda: rk.cluster_stability(ALIKE), "form no two clusters"),
        (lambda: rk.cluster_stability(SMALL.iloc[:4], numbers=[4]), "most resamples hold fewer"),
        (lambda: rk.gap_statistic(ALIKE), "1 different R, F, M"),
        (lambda: rk.gap_statistic(TWO), "2 different R, F, M"),
        (lambda: rk.gap_statistic(SMALL, most=1), "from 2 to"),
        (lambda: rk.gap_statistic(SMALL, references=True), "references must be"),
        (lambda: rk.cluster_numbers(SMALL.drop(columns="monetary")), "monetary"),
        (lambda: plots.plot_cluster_numbers(TABLE, measure="money"), "'stability' or 'gap'"),
        (lambda: plots.plot_cluster_numbers(TABLE.drop(columns="gap"), measure="gap"), "gap"),
        (lambda: plots.plot_cluster_numbers(TABLE.loc[[1]]), "no number of clusters"),
    ],
)
def test_what_cannot_be_answered_is_refused(call, match):
    with pytest.raises(DataError, match=match):
        call()


def title_of(ax) -> str:
    return ax.get_title(loc="left").replace("\n", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", ["stability", "gap"])
def test_the_figure_is_whole_and_described(measure, lang):
    ax = plots.plot_cluster_numbers(TABLE, measure=measure, lang=lang)
    ax.figure.canvas.draw()  # a missing glyph warns here, and warnings are errors
    page, ticks = ax.figure.bbox, ax.get_xticklabels()
    for text in ax.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in ticks:
            box = text.get_window_extent()
            assert box.x0 >= -2, text
            assert box.x1 <= page.x1 + 2, text
    rows = figure_table(ax)
    assert rows.index.tolist() == ([2, 3, 4] if measure == "stability" else [1, 2, 3, 4])
    words = alt_text(ax)
    assert "{" not in words
    assert title_of(ax).replace(" ", "") in words.replace(" ", "")
    whiskers = [tuple(line.get_xdata()) for line in ax.lines if line.get_gid() == "whisker"]
    low, high = ("lower", "upper")
    ends = rows[[low, high]].to_numpy()
    if measure == "gap":
        ends = np.column_stack([rows["gap"] - rows["error"], rows["gap"] + rows["error"]])
    assert whiskers == [tuple(pair) for pair in ends]


def test_the_figure_says_what_the_statistic_says():
    for chosen, wanted in ((1, "finds no groups"), (3, "points to 3 clusters"), (0, "no number")):
        table = TABLE.assign(chosen=TABLE.index == chosen)
        assert wanted in title_of(plots.plot_cluster_numbers(table, measure="gap", lang="en"))
