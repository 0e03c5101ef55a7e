"""Arrow's and pandas' nullable types give what numpy's give, in every public function."""

from importlib.util import find_spec

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import rfmkit as rk
from rfmkit.relationship.sheets import EVALUATION, FIVE_C

pa = pytest.importorskip("pyarrow")

TODAY = "2021-04-01"
LEDGER = pd.DataFrame(
    {
        "customer": ["A", "A", "B"],
        "date": pd.to_datetime(["2021-03-02", "2021-03-30", "2021-03-11"]),
        "amount": [100.0, 250.0, 80.0],
        "order": ["1", "2", "3"],
        "product": ["tea", "pot", "cup"],
    }
)
TEXT = {
    "string": "string",
    "string[pyarrow]": "string[pyarrow]",
    "Arrow string": pd.ArrowDtype(pa.string()),
    "Arrow large_string": pd.ArrowDtype(pa.large_string()),
    "Arrow dictionary": pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string())),
    "category": "category",
    "object": object,
}
LEDGERS = {
    "date32[pyarrow]": {"date": "date32[pyarrow]"},
    "date64[pyarrow]": {"date": pd.ArrowDtype(pa.date64())},
    "timestamp[pyarrow]": {"date": pd.ArrowDtype(pa.timestamp("us"))},
    "timestamp[pyarrow] of a zone": {"date": pd.ArrowDtype(pa.timestamp("us", "Asia/Taipei"))},
    "datetime64[s]": {"date": "datetime64[s]"},
    "float64[pyarrow]": {"amount": "float64[pyarrow]"},
    "int64[pyarrow]": {"amount": "int64[pyarrow]"},
    "decimal[pyarrow]": {"amount": pd.ArrowDtype(pa.decimal128(25, 2))},
    "Float64": {"amount": "Float64"},
    "Int64": {"amount": "Int64"},
    **{
        name: {part: kind for part in ("customer", "order", "product")}
        for name, kind in TEXT.items()
    },
}


def lifts(held):
    return rk.lift_table(held, pd.Series(["a", "b"], index=held.index), resamples=100)


OF_LEDGERS = {
    "rfm_table": lambda tx: rk.rfm_table(tx, today=TODAY),
    "rfm_table with orders": lambda tx: rk.rfm_table(tx, today=TODAY, order="order"),
    "customer_totals": lambda tx: rk.customer_totals(tx, order="order", keep_orders=True),
    "monthly_spend": rk.monthly_spend,
    "cohort_retention": rk.cohort_retention,
    "cohort_retention by week": lambda tx: rk.cohort_retention(tx, period="W"),
    "churn_rate": rk.churn_rate,
    "bg_nbd_table": lambda tx: rk.bg_nbd_table(tx, end=TODAY),
    "customer_lives": lambda tx: rk.customer_lives(tx, end=TODAY, silence=10),
    "holdout": lambda tx: rk.holdout(tx, split="2021-03-20"),
    "holdout with orders": lambda tx: rk.holdout(tx, split="2021-03-20", order="order"),
    "lift_table": lambda tx: lifts(rk.holdout(tx, split="2021-03-20")),
    "clean_transactions": lambda tx: rk.clean_transactions(tx, today=TODAY)[0][["amount"]],
    "co_purchase_lift": lambda tx: rk.co_purchase_lift(
        tx, pd.Series("a", index=["A", "B"]), "a", min_baskets=1
    )[["baskets", "support", "lift"]],
}


def as_kinds(frame, kinds):
    for column, kind in kinds.items():
        if "Asia/Taipei" in str(kind):
            frame = frame.assign(date=frame["date"].dt.tz_localize("Asia/Taipei"))
        if "date" in str(kind) and "[pyarrow]" in str(kind):
            frame = frame.assign(date=frame["date"].dt.date)
        frame = frame.astype({column: kind})
    return frame


@pytest.mark.parametrize("kinds", LEDGERS)
@pytest.mark.parametrize("name", OF_LEDGERS)
def test_ledgers_of_any_type_give_the_same(name, kinds):
    call = OF_LEDGERS[name]
    expected, found = call(LEDGER), call(as_kinds(LEDGER, LEDGERS[kinds]))
    assert found.index.tolist() == expected.index.tolist()
    for column in expected.columns:
        pd.testing.assert_series_equal(
            found[column].reset_index(drop=True),
            expected[column].reset_index(drop=True),
            check_dtype=False,
        )


VALUES = pd.Series([1, 2, 4, 5, 5], index=list("ABCDE"))
FLAGS = pd.Series([True, False, True, True, False], index=VALUES.index)
TIERS = pd.Series(list("aabbb"), index=VALUES.index)
KINDS = {
    "int64[pyarrow]": "int64[pyarrow]",
    "float64[pyarrow]": "float64[pyarrow]",
    "decimal[pyarrow]": pd.ArrowDtype(pa.decimal128(25, 2)),
    "Int64": "Int64",
    "Float64": "Float64",
    "Int8": "Int8",
    "uint8": "uint8",
    "float32": "float32",
}


def rfm(values):
    return pd.DataFrame({"recency_days": values, "frequency": values, "monetary": values})


def ends(interval):
    return pd.Series([interval.estimate, interval.low, interval.high])


def counts(values):
    """Make a table of repeat purchases, of the values' type."""
    table = {"repeat_purchases": values, "first_to_last_weeks": values, "observed_weeks": values}
    return pd.DataFrame(table | {"repeat_mean": values})


def classes(kind="bool"):
    return rk.rfm_class(pd.DataFrame({name: FLAGS.astype(kind) for name in "RFM"}))


OF_VALUES = {
    "csat": rk.csat,
    "nps": rk.nps,
    "acsi": lambda v: rk.acsi(pd.DataFrame({"q": v})),
    "acsi of one": rk.acsi,
    "score": rk.score,
    "to_points by rank": rk.to_points,
    "to_points by minmax": lambda v: rk.to_points(v, method="minmax"),
    "composite_score": lambda v: rk.composite_score(pd.DataFrame({"q": v}), {"q": 1.0}),
    "abc_tier": rk.abc_tier,
    "abc_tier by value": lambda v: rk.abc_tier(v, by="value"),
    "abc_agreement": rk.abc_agreement,
    "pareto_curve": rk.pareto_curve,
    "value_share": rk.value_share,
    "gini": rk.gini,
    "value_tier": lambda v: rk.value_tier(v, cuts=(2, 4)),
    "relative_tier": rk.relative_tier,
    "pyramid_tier": rk.pyramid_tier,
    "peppers_tier": lambda v: rk.peppers_tier(v, v, profit_cut=2, growth_cut=2),
    "tier_summary": lambda v: rk.tier_summary(v, TIERS),
    "tier_profile": lambda v: rk.tier_profile(pd.DataFrame({"q": v}), TIERS).distribution,
    "clv_cs_class": lambda v: rk.clv_cs_class(v, v, clv_cuts=2, cs_cuts=(2, 4)),
    "simple_clv": lambda v: rk.simple_clv(v, v, v),
    "retention_clv": lambda v: rk.retention_clv(v, 0.8, 0.1),
    "customer_size": lambda v: rk.customer_size(v, cuts=(1, 2, 3)),
    "reaction_type": lambda v: rk.reaction_type(v, cuts=(1, 2, 3)),
    "loyalty_points": lambda v: rk.loyalty_points(v, used_up=True),
    "credit_grade": rk.credit_grade,
    "credit_limit": lambda v: rk.credit_limit(
        v, pd.Series("credit:a", index=v.index), term_months=2
    ),
    "loyalty_size": lambda v: rk.loyalty_size(v, v, cuts=(2, 3)),
    "loyalty_credit": lambda v: rk.loyalty_credit(v, v, cuts=(2, 3)),
    "three_way": lambda v: rk.three_way(v, v, v, cuts=(2, 3, 4)),
    "lifecycle_phase": lambda v: rk.lifecycle_phase(
        pd.DataFrame({f"2021-0{month}": v for month in range(1, 7)})
    ),
    "rfm_cuts": lambda v: rk.rfm_cuts(rfm(v)),
    "high_low": lambda v: rk.high_low(rfm(v), cuts=rk.rfm_cuts(rfm(v))),
    "rfm_class of scores": lambda v: rk.rfm_class(
        pd.DataFrame({name: rk.score(v) >= 3 for name in "RFM"})
    ),
    "class_summary": lambda v: rk.class_summary(rfm(v), classes()),
    "five_c_score": lambda v: rk.five_c_score(pd.DataFrame({head: v for head in FIVE_C})),
    "scoring_sheet": lambda v: rk.scoring_sheet(
        pd.DataFrame({head: v for head in ("output", "payment", "price", "overall")}), months=v
    ),
    "evaluation_sheet": lambda v: rk.evaluation_sheet(
        pd.DataFrame({item: v for items in EVALUATION.values() for item in items})
    ),
    "staffing": lambda v: rk.staffing(v, {1: 1, 2: 2, 4: 2, 5: 3}),
    "class_changes": lambda v: rk.class_changes(v, {"other": v}),
    "bootstrap_interval": lambda v: ends(rk.bootstrap_interval(v, np.mean, resamples=100)),
    "bootstrap_interval of gini": lambda v: ends(rk.bootstrap_interval(v, rk.gini, resamples=100)),
    "csat_interval": lambda v: ends(rk.csat_interval(v)),
    "nps_interval": lambda v: ends(rk.nps_interval(v)),
    "tier_stability": lambda v: rk.tier_stability(v, rk.abc_tier, resamples=100),
    "kaplan_meier": lambda v: rk.kaplan_meier(v, FLAGS),
    "entropy_weights": lambda v: rk.entropy_weights(pd.DataFrame({"q": v, "p": v[::-1].array})),
    "weight_changes": lambda v: rk.weight_changes(
        pd.DataFrame({"q": v, "p": v[::-1].array}),
        {"one": {"q": 0.5, "p": 0.5}, "other": {"q": 0.9, "p": 0.1}},
        cuts=(2, 4),
    ),
}
if find_spec("scipy"):
    from rfmkit.clv.bg_nbd import BgNbd, expected_purchases
    from rfmkit.clv.forecast import customer_lifetime_value
    from rfmkit.clv.gamma_gamma import GammaGamma
    from rfmkit.clv.mbg_nbd import MbgNbd

    BG = BgNbd(0.243, 4.414, 0.793, 2.426, log_likelihood=-9582.4)
    MBG = MbgNbd(0.525, 6.183, 0.891, 1.614, log_likelihood=-9582.1)
    SPEND = GammaGamma(6.25, 3.74, 15.44, log_likelihood=-4055.9)
    OF_VALUES |= {
        "expected_purchases": lambda v: expected_purchases(counts(v), BG, weeks=52),
        "expected_purchases of MBG": lambda v: expected_purchases(counts(v), MBG, weeks=52),
        "customer_lifetime_value": lambda v: customer_lifetime_value(
            counts(v), BG, SPEND, weeks=52, margin=0.3, yearly_discount=0.1
        ),
    }


def same(found, expected):
    if isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-6)
    elif isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(
            found, expected, check_dtype=False, check_index_type=False, rtol=1e-6
        )
    elif isinstance(expected.dtype, pd.CategoricalDtype):
        assert found.tolist() == expected.tolist()
    else:
        assert found.to_numpy(dtype="float64") == pytest.approx(
            expected.to_numpy(dtype="float64"), rel=1e-6
        )


@pytest.mark.filterwarnings("ignore:this table does not determine")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", OF_VALUES)
def test_values_of_any_type_give_the_same(name, kind):
    call = OF_VALUES[name]
    same(call(VALUES.astype(KINDS[kind])), call(VALUES))


SHARES = pd.Series([0.1, 0.2, 0.4, 0.5, 0.5], index=VALUES.index)
OF_SHARES = {
    "retention_clv": lambda s: rk.retention_clv(10.0, s, 0.1),
    "retention_clv by discount": lambda s: rk.retention_clv(10.0, 0.5, s),
    "expected_life": rk.expected_life,
    "prospect_grade": rk.prospect_grade,
    "wallet_strategy": lambda s: rk.wallet_strategy(s, s, cuts=(0.3, 0.3)),
    "simulate_campaign": lambda s: rk.simulate_campaign(s, 0.1, seed=1),
}


@pytest.mark.parametrize("kind", ["Float64", "float64[pyarrow]", "float32"])
@pytest.mark.parametrize("name", OF_SHARES)
def test_shares_of_any_type_give_the_same(name, kind):
    same(OF_SHARES[name](SHARES.astype(kind)), OF_SHARES[name](SHARES))


BLANKS_ALLOWED = {
    *("staffing", "tier_profile", "class_changes", "class_summary", "entropy_weights"),
}


@pytest.mark.parametrize("kind", ["Int64", "Float64", "float64[pyarrow]", "int64[pyarrow]"])
@pytest.mark.parametrize(
    "name",
    sorted(OF_VALUES.keys() - BLANKS_ALLOWED),
)
def test_a_blank_of_any_type_is_told(name, kind):
    blank = VALUES.astype(kind)
    blank.iloc[2] = pd.NA
    with pytest.raises(rk.DataError, match=r"blank|no tier"):
        OF_VALUES[name](blank)


@pytest.mark.parametrize("kind", ["boolean", "bool[pyarrow]"])
def test_flags_of_any_type_give_the_same(kind):
    assert classes(kind).tolist() == classes().tolist()
    flags = FLAGS.astype(kind)
    assert (
        rk.growth_direction(flags, ~flags).tolist() == rk.growth_direction(FLAGS, ~FLAGS).tolist()
    )
    same(rk.uplift(flags, ~flags), rk.uplift(FLAGS, ~FLAGS))
    same(rk.kaplan_meier(VALUES, flags), rk.kaplan_meier(VALUES, FLAGS))
    flags.iloc[0] = pd.NA
    with pytest.raises(rk.DataError, match="True and False only"):
        rk.rfm_class(pd.DataFrame({name: flags for name in "RFM"}))
    with pytest.raises(rk.DataError, match="blank"):
        rk.uplift(flags, FLAGS)
    with pytest.raises(rk.DataError, match="blank"):
        rk.kaplan_meier(VALUES, flags)


@pytest.mark.parametrize("kind", TEXT)
def test_codes_of_any_text_type_are_looked_up(kind):
    codes = pd.Series(["credit:a", "credit:avoid"]).astype(TEXT[kind])
    limit = rk.credit_limit(pd.Series([10.0, 10.0]), codes, term_months=1)
    assert limit.tolist() == [8.0, 0.0]
    assert rk.class_name(codes, lang="en").tolist() == [
        rk.class_name(code, lang="en") for code in ("credit:a", "credit:avoid")
    ]


@pytest.mark.parametrize("kind", ["Int64", "int64[pyarrow]", "Float64"])
def test_clusters_of_any_type_give_the_same(kind):
    pytest.importorskip("sklearn")
    found = rk.rfm_clusters(rfm(VALUES.astype(kind)), n_clusters=2)
    assert found.tolist() == rk.rfm_clusters(rfm(VALUES), n_clusters=2).tolist()
    table = rk.cluster_summary(rfm(VALUES.astype(kind)), found)
    expected = rk.cluster_summary(rfm(VALUES), found)
    assert np.asarray(table["revenue_share"], dtype="float64").tolist() == pytest.approx(
        expected["revenue_share"].tolist()
    )


PICTURES = {
    "plot_pareto": rk.plot_pareto,
    "plot_lorenz": rk.plot_lorenz,
    "plot_pyramid": lambda v: rk.plot_pyramid(v, "abc3:" + TIERS),
    "plot_scores": lambda v: rk.plot_scores(v, cuts=(2, 4)),
    "plot_sensitivity": lambda v: rk.plot_sensitivity(v, cut=4),
    "plot_distribution": rk.plot_distribution,
    "plot_clv_cs": lambda v: rk.plot_clv_cs(v, v, clv_cuts=2, cs_cuts=(2, 4)),
    "plot_rfm_scatter": lambda v: rk.plot_rfm_scatter(rfm(v), cuts=rk.rfm_cuts(rfm(v))),
    "plot_rfm_classes": lambda v: rk.plot_rfm_classes(rfm(v), classes()),
}


@pytest.mark.parametrize("kind", ["Int64", "Float64", "int64[pyarrow]", "float64[pyarrow]"])
@pytest.mark.parametrize("name", PICTURES)
def test_pictures_of_any_type_say_the_same(name, kind):
    drawn = [PICTURES[name](values) for values in (VALUES.astype(kind), VALUES)]
    found, expected = (np.ravel(axes)[0].get_title(loc="left") for axes in drawn)
    assert found == expected
    for axes in drawn:
        plt.close(np.ravel(axes)[0].figure)
