"""Draw what the tiers say: every function takes data first and returns matplotlib Axes."""

from rfmkit.plots.class_shift import plot_class_shift
from rfmkit.plots.describe import alt_text, figure_table, show
from rfmkit.plots.distribution import plot_distribution
from rfmkit.plots.ledger import plot_left_out
from rfmkit.plots.rfm import plot_rfm_classes
from rfmkit.plots.scatter import plot_rfm_scatter
from rfmkit.plots.style import use_style

__all__ = [
    "alt_text",
    "figure_table",
    "plot_class_shift",
    "plot_distribution",
    "plot_left_out",
    "plot_rfm_classes",
    "plot_rfm_scatter",
    "show",
    "use_style",
]
