"""Draw R, F and M of all customers side by side, each with its cuts."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from rfmkit.plots.distribution import plot_distribution
from rfmkit.plots.style import house_style
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.validation import check_rfm


@house_style()
def plot_rfm_histograms(
    rfm: pd.DataFrame,
    *,
    cuts: Mapping[str, float] | pd.Series | None = None,
    money: str | None = None,
    ax: Sequence[Axes] | None = None,
    lang: str | None = None,
) -> tuple[Axes, Axes, Axes]:
    """Draw the histograms of R, F and M below each other, with labelled cut lines.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money).
    cuts
        A threshold for each of the three, from `rfm_cuts`; None draws mean and median.
    money
        The unit of `monetary`; None writes 元 or NT$.
    ax
        Three axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    tuple of matplotlib.axes.Axes
        Three axes, R, F, M: each as `plot_distribution` returns it. `show` of the first shows
        the figure and describes all three.

    Raises
    ------
    DataError
        If the table is empty, a column or cut is missing or blank, or `ax` is not three axes.

    Notes
    -----
    Source: textbook section 5.2.3.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> panels = plot_rfm_histograms(rfm, lang="en")
    >>> [panel.get_xlabel()[0] for panel in panels]
    ['R', 'F', 'M']
    """
    check_rfm(rfm)
    names = (RECENCY, FREQUENCY, MONETARY)
    missing = [] if cuts is None else [name for name in names if name not in cuts]
    if missing:
        raise DataError(f"cuts lacks {missing[0]!r}; compute all three with rfm_cuts(rfm).")
    if ax is None:
        ax = plt.subplots(3, 1, figsize=(7.6, 11.4), layout="constrained")[1]
    panels = list(getattr(ax, "flat", ax if isinstance(ax, (list, tuple)) else [ax]))
    if len(panels) != 3:
        raise DataError(f"ax must be three axes, for R, F and M, not {len(panels)}.")
    for name, panel in zip(names, panels, strict=True):
        lines = None if cuts is None else {"cut": float(cuts[name])}
        plot_distribution(rfm[name], cuts=lines, money=money, ax=panel, lang=lang)
    return tuple(panels)
