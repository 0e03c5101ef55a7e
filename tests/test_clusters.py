"""Clusters of R, F, M, their words, and how far they agree with the eight classes."""

import builtins
import itertools
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rfmkit as rk
from rfmkit.clusters import rfm_clusters, scaled_rfm, silhouettes
from rfmkit.clusters.words import cluster_agreement, cluster_summary
from rfmkit.schema import CLASSES, DataError

NAMES = ["recency_days", "frequency", "monetary"]


@pytest.fixture
def blobs():
    """Three groups that anybody would see: best, middling, gone."""
    pytest.importorskip("sklearn")
    random = np.random.default_rng(5)
    rows = [
        (abs(random.normal(days, 1)), random.integers(low, low + 2), random.normal(money, 20))
        for days, low, money in [(3, 20, 9000), (30, 5, 900), (300, 1, 80)]
        for _ in range(20)
    ]
    index = [f"C{number:03}" for number in range(60)]
    return pd.DataFrame(rows, columns=NAMES, index=index)


def test_three_groups_are_found_and_numbered_by_money(blobs):
    clusters = rfm_clusters(blobs)
    assert clusters.tolist() == [1] * 20 + [2] * 20 + [3] * 20
    assert clusters.name == "cluster"
    scores = silhouettes(blobs)
    assert scores.index.tolist() == list(range(2, 9))
    assert scores.idxmax() == 3
    assert scores.between(-1, 1).all()


def test_the_order_of_rows_does_not_matter(blobs):
    for number in (None, 4, 7):
        clusters = rfm_clusters(blobs, n_clusters=number, seed=3)
        shuffled = blobs.sample(frac=1, random_state=1)
        assert rfm_clusters(shuffled, n_clusters=number, seed=3).sort_index().equals(clusters)
        assert rfm_clusters(blobs, n_clusters=number, seed=3).equals(clusters)
        assert sorted(clusters.unique()) == list(range(1, len(clusters.unique()) + 1))


def test_silhouettes_by_hand():
    pytest.importorskip("sklearn")
    # Only money differs: scaled log(1 + m) is -1, -1, 1, 1, so gaps are 0 within, 2 between.
    rfm = pd.DataFrame({"recency_days": 5, "frequency": 2, "monetary": [9.0, 9.0, 99.0, 99.0]})
    assert scaled_rfm(rfm)["monetary"].tolist() == pytest.approx([-1, -1, 1, 1])
    assert scaled_rfm(rfm)["recency_days"].tolist() == [0, 0, 0, 0]
    assert silhouettes(rfm).to_dict() == {2: 1.0}
    assert rfm_clusters(rfm).tolist() == [2, 2, 1, 1]


def test_a_negative_sum_counts_as_nothing_spent():
    rfm = pd.DataFrame({"recency_days": [1, 2, 3], "frequency": 1, "monetary": [-900.0, 0.0, 50.0]})
    scaled = scaled_rfm(rfm)["monetary"]
    assert scaled.iloc[0] == scaled.iloc[1]
    assert rfm["monetary"].tolist() == [-900.0, 0.0, 50.0]


def test_the_numbers_tried_can_be_chosen(blobs):
    assert silhouettes(blobs, numbers=[5, 2, 5]).index.tolist() == [2, 5]
    assert rfm_clusters(blobs, numbers=[2]).nunique() == 2
    assert rfm_clusters(blobs, n_clusters=1).unique().tolist() == [1]


def test_a_large_table_is_judged_by_a_seeded_sample(monkeypatch, blobs):
    monkeypatch.setattr("rfmkit.clusters.SAMPLE", 40)
    one, same, other = (silhouettes(blobs, seed=seed, numbers=[2, 3]) for seed in (1, 1, 2))
    assert one.equals(same)
    assert not one.equals(other)


tables = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 4), st.integers(-5, 50)), min_size=4, max_size=20
).filter(lambda rows: len({(r, f, max(m, 0)) for r, f, m in rows}) >= 3)


@settings(max_examples=15)
@given(tables, st.randoms(use_true_random=False))
def test_any_table_is_divided_into_the_clusters_asked_for(rows, random):
    pytest.importorskip("sklearn")
    rfm = pd.DataFrame(rows, columns=NAMES)
    clusters = rfm_clusters(rfm, n_clusters=3)
    assert sorted(clusters.unique()) == [1, 2, 3]
    money = np.log1p(rfm["monetary"].clip(lower=0)).groupby(clusters).mean()
    assert all(a >= b - 1e-9 for a, b in itertools.pairwise(money))
    order = list(rfm.index)
    random.shuffle(order)
    assert rfm_clusters(rfm.loc[order], n_clusters=3).sort_index().equals(clusters)


def test_a_missing_library_is_answered_with_how_to_get_it(monkeypatch, blobs):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    for name in [name for name in sys.modules if name.split(".")[0] == "sklearn"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        rfm_clusters(blobs, n_clusters=2)


RFM = pd.DataFrame({"recency_days": [1, 5, 9], "frequency": [3, 2, 1], "monetary": [9.0, 5.0, 1.0]})


@pytest.mark.parametrize(
    ("rfm", "options", "says"),
    [
        (RFM.iloc[:0], {}, "empty"),
        (RFM.iloc[:1], {}, "cannot be compared"),
        (RFM.iloc[:2], {}, "cannot be compared"),
        (RFM.iloc[[0, 0, 0]].reset_index(drop=True), {}, "1 different"),
        (RFM.iloc[[0, 0]], {}, "2 rows of customer"),
        (RFM.assign(monetary=float("nan")), {}, "blank"),
        (RFM.assign(monetary=float("inf")), {}, "infinite"),
        (RFM.assign(monetary="5"), {}, "not numbers"),
        (RFM.assign(recency_days=-1), {}, "0 or more"),
        (RFM.rename(columns={"monetary": "monetry"}), {}, "lacks column 'monetary'.*'monetry'"),
        (RFM, {"n_clusters": 4}, "from 1 to 3, not 4"),
        (RFM, {"n_clusters": 0}, "from 1 to 3"),
        (RFM, {"n_clusters": 2.5}, "whole number"),
        (RFM, {"numbers": [1, 2]}, "from 2 to 2"),
        (RFM, {"numbers": [9]}, "from 2 to 2"),
        (RFM, {"seed": None}, "seed"),
    ],
)
def test_what_cannot_be_divided(rfm, options, says):
    pytest.importorskip("sklearn")
    with pytest.raises(DataError, match=f"(?s){says}"):
        rfm_clusters(rfm, **options)


def test_a_summary_by_hand():
    rfm = pd.DataFrame(
        {
            "recency_days": [1, 3, 100, 200, 20],
            "frequency": [9, 9, 1, 1, 3],
            "monetary": [800.0, 1000.0, 10.0, -10.0, 200.0],
        },
        index=list("abcde"),
    )
    summary = cluster_summary(rfm, pd.Series([1, 1, 3, 3, 2], index=list("abcde")), lang="en")
    assert summary.index.tolist() == [1, 2, 3]
    assert summary["customers"].tolist() == [2, 1, 2]
    assert summary["customer_share"].tolist() == [0.4, 0.2, 0.4]
    assert summary.loc[1, NAMES].tolist() == [2, 9, 900]
    assert summary["revenue"].tolist() == [1800, 200, 0]
    assert summary["revenue_share"].tolist() == [0.9, 0.1, 0]
    assert summary["words"].tolist() == [
        "bought lately, buys often, spends a lot",
        "bought a while ago, buys now and then, spends moderately",
        "has not bought for long, buys seldom, spends little",
    ]
    chinese = cluster_summary(rfm, pd.Series(1, index=list("abcde")), lang="zh-TW")
    assert chinese["words"].tolist() == ["近況居中、次數中等、金額中等"]


def test_agreement_by_hand():
    classes = pd.Series(["general_keep"] * 2 + ["important_value"] * 2)
    table = cluster_agreement(pd.Series([2, 2, 1, 1]), classes)
    assert table.columns.tolist() == list(CLASSES)
    assert table["general_keep"].tolist() == [0, 2]
    assert table.attrs["agreement"] == 1
    # Each cluster half and half: of 6 pairs none is together in both; (0 - 2/3) / (2 - 2/3).
    crossed = cluster_agreement(pd.Series([1, 2, 1, 2]), classes)
    assert crossed.attrs["agreement"] == pytest.approx(-0.5)
    alone = cluster_agreement(pd.Series([1, 1, 1, 1]), classes)
    assert np.isnan(alone.attrs["agreement"])


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(CLASSES)), min_size=1, max_size=40))
def test_agreement_is_the_adjusted_rand_index(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    clusters, classes = (pd.Series(values) for values in zip(*pairs, strict=True))
    table = cluster_agreement(clusters, classes)
    assert table.to_numpy().sum() == len(pairs)
    if clusters.nunique() > 1 and classes.nunique() > 1:
        expected = metrics.adjusted_rand_score(classes, clusters)
        assert table.attrs["agreement"] == pytest.approx(expected)


def test_other_schemes_and_unfit_pairs():
    tiers = pd.Series(pd.Categorical(["x", "y"], categories=["y", "x", "z"], ordered=True))
    assert cluster_agreement(pd.Series([1, 2]), tiers).columns.tolist() == ["y", "x", "z"]
    one = pd.Series([1])
    for clusters, classes, says in [
        (one, pd.Series(["gold"]), "none of the eight"),
        (one, pd.Series([None]), "no class"),
        (pd.Series([None]), pd.Series(["general_keep"]), "no cluster"),
        (one, pd.Series(["general_keep"] * 2), "same customers"),
        (one.iloc[:0], pd.Series([], dtype=object), "empty"),
        (one, ["general_keep"], "Series"),
        ([1], pd.Series(["general_keep"]), "same customers"),
    ]:
        with pytest.raises(DataError, match=says):
            cluster_agreement(clusters, classes)
    with pytest.raises(DataError, match="same customers"):
        cluster_summary(RFM, one)


def test_the_canonical_case_can_be_clustered():
    pytest.importorskip("sklearn")
    clean, _ = rk.clean_transactions(
        rk.load_transactions(rk.data_file("交易記錄.xlsx")), start="2021-03-01", end="2021-03-31"
    )
    rfm = rk.rfm_table(clean, today="2021-04-01", order="order")
    clusters = rfm_clusters(rfm)
    summary = cluster_summary(rfm, clusters, lang="zh-TW")
    assert summary["customers"].sum() == len(rfm)
    assert summary["revenue"].sum() == pytest.approx(rfm["monetary"].sum())
    classes = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
    table = cluster_agreement(clusters, classes)
    assert table.sum(axis="columns").tolist() == summary["customers"].tolist()
    assert 0 < table.attrs["agreement"] < 1
