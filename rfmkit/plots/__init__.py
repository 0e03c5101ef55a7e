"""Draw what the tiers say: every function takes data first and returns matplotlib Axes."""

from rfmkit.plots.campaign import plot_uplift
from rfmkit.plots.class_shift import plot_class_shift
from rfmkit.plots.clusters import plot_cluster_numbers
from rfmkit.plots.composition import plot_composition
from rfmkit.plots.describe import alt_text, figure_table, show
from rfmkit.plots.distribution import plot_distribution, plot_rfm_histograms
from rfmkit.plots.forecast import plot_forecast
from rfmkit.plots.grid import plot_clv_cs
from rfmkit.plots.heatmap import plot_rfm_heatmap
from rfmkit.plots.ledger import plot_left_out
from rfmkit.plots.lifecycle import plot_lifecycle
from rfmkit.plots.migration import plot_alluvial, plot_migration
from rfmkit.plots.pareto import plot_lorenz, plot_pareto
from rfmkit.plots.pyramid import plot_customer_value_pyramids, plot_pyramid
from rfmkit.plots.rfm import plot_rfm_classes
from rfmkit.plots.scatter import plot_quadrants, plot_rfm_scatter
from rfmkit.plots.scores import plot_scores
from rfmkit.plots.sensitivity import plot_sensitivity
from rfmkit.plots.style import use_style
from rfmkit.plots.survival import plot_survival
from rfmkit.plots.uncertainty import plot_intervals, plot_lift, plot_stability
from rfmkit.plots.weights import plot_weights

__all__ = [
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
]
