"""Teach and practise customer tiering: from a ledger to tiers, pictures and a workbook."""

import importlib

__version__ = "0.1.0"

# Each public name and its module. A module is imported when one of its names is
# first used, so `import rfmkit` stays as light as `import pandas`.
_names_by_module = {
    "abc_tiers": (
        "ABC3",
        "ABC4_CUSTOMERS",
        "ABC4_VALUE",
        "PARETO2",
        "abc_agreement",
        "abc_tier",
        "agreement_share",
        "gini",
        "pareto_curve",
        "value_share",
    ),
    "data_files": ("data_file", "load_table", "save_table"),
    "campaign": ("sample_size", "simulate_campaign", "uplift"),
    "cases": ("make_case",),
    "clusters.words": ("cluster_agreement", "cluster_summary"),
    "clusters": ("rfm_clusters", "silhouettes"),
    "clusters.numbers": ("cluster_numbers", "cluster_stability", "gap_statistic"),
    "clv": ("expected_life", "retention_clv", "simple_clv"),
    "clv.cohorts": ("churn_rate", "cohort_retention"),
    "clv_cs": ("acsi", "class_changes", "clv_cs_class", "clv_cs_sensitivity", "csat", "nps"),
    "clv.repeats": ("bg_nbd_table",),
    "clv.survival": ("customer_lives", "kaplan_meier", "survival_at"),
    "relationship.credit": ("credit_grade", "credit_limit"),
    "relationship.cross_selling": ("co_purchase_lift",),
    "explore": ("explore_abc", "explore_retention", "explore_rfm", "explore_weights"),
    "labels": ("label", "language", "use_language"),
    "lift": ("holdout", "holdout_tiers", "lift_table", "rfm_score"),
    "names": ("localize",),
    "relationship.lifecycle": ("lifecycle_phase", "monthly_spend", "phase_name"),
    "relationship.master_file": ("write_back",),
    "relationship.moves": ("migration", "migration_shares"),
    "plots": (
        "alt_text",
        "figure_table",
        "plot_alluvial",
        "plot_class_shift",
        "plot_cluster_numbers",
        "plot_clv_cs",
        "plot_composition",
        "plot_customer_value_pyramids",
        "plot_distribution",
        "plot_forecast",
        "plot_intervals",
        "plot_left_out",
        "plot_lifecycle",
        "plot_lift",
        "plot_lorenz",
        "plot_migration",
        "plot_pareto",
        "plot_pyramid",
        "plot_quadrants",
        "plot_rfm_classes",
        "plot_rfm_heatmap",
        "plot_rfm_histograms",
        "plot_rfm_scatter",
        "plot_scores",
        "plot_sensitivity",
        "plot_stability",
        "plot_survival",
        "plot_uplift",
        "plot_weights",
        "show",
        "use_style",
    ),
    "relationship.quadrants": (
        "loyalty_credit",
        "loyalty_size",
        "quadrant",
        "three_way",
        "wallet_strategy",
    ),
    "relationship": (
        "buying_unit",
        "customer_size",
        "growth_direction",
        "prospect_grade",
        "reaction_type",
    ),
    "report": ("write_report",),
    "rfm": ("class_summary", "high_low", "rfm_class", "rfm_cuts", "rfm_table", "score"),
    "schema": ("DataError", "DataWarning"),
    "segments": ("segment", "segment_table"),
    "engines": ("customer_totals", "merge_rfm", "rfm_at"),
    "relationship.service": ("loyalty_points", "staffing", "staffing_fit"),
    "relationship.sheets": ("EVALUATION", "evaluation_sheet", "five_c_score", "scoring_sheet"),
    "stability": ("tier_stability",),
    "strategies": ("class_name", "scheme_table", "strategy"),
    "tables": ("pretty",),
    "transactions": ("clean_transactions", "load_transactions"),
    "uncertainty": (
        "Interval",
        "bootstrap_interval",
        "csat_interval",
        "describe_interval",
        "interval_caution",
        "nps_interval",
        "part_interval",
        "share_interval",
    ),
    "validation": ("require_columns",),
    "value": ("CREDIT_ORDER_PROFIT", "INDICATORS", "composite_score", "to_points"),
    "value.profile": ("tier_profile", "tier_summary"),
    "value.weights": ("ahp_weights", "entropy_weights", "equal_weights", "weight_changes"),
    "value.tiers": ("peppers_tier", "pyramid_tier", "relative_tier", "value_tier"),
}
_module_of = {name: module for module, names in _names_by_module.items() for name in names}

__all__ = ["__version__", *sorted(_module_of)]


def __getattr__(name: str) -> object:
    if name in _module_of:
        value = getattr(importlib.import_module(f"rfmkit.{_module_of[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"rfmkit has no {name!r}; its public names are {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return sorted([*globals(), *_module_of])
