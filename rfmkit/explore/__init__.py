"""Move a threshold or a share by a slider, and watch tiers and picture move together."""

import itertools
from collections.abc import Sequence

import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.explore.board import board, slider
from rfmkit.explore.scores import explore_retention, explore_weights
from rfmkit.labels import label, language
from rfmkit.plots import plot_pareto, plot_rfm_classes
from rfmkit.rfm import high_low, rfm_class, rfm_cuts
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError

__all__ = ["explore_abc", "explore_retention", "explore_rfm", "explore_weights"]


def explore_rfm(rfm: pd.DataFrame, *, lang: str | None = None) -> object:
    """Move the cuts of R, F and M; the eight classes and their figure follow.

    Parameters
    ----------
    rfm
        A customer table with `recency_days`, `frequency` and `monetary`.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    ipywidgets.VBox
        The sliders, at the means to begin with, and the figure with its description below.

    Raises
    ------
    ImportError
        If ipywidgets is not installed; the message says how to get it.
    DataError
        If the table is empty, or a column is missing or blank.

    Notes
    -----
    Source: textbook section 5.2.3 leaves the cuts open.

    Examples
    --------
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]})
    >>> [handle.description for handle in explore_rfm(rfm, lang="en").children[1:4]]
    ['Recency (days)', 'Frequency (orders)', 'Monetary (total)']
    """
    lang = language(lang)
    start = rfm_cuts(rfm)
    sliders = {
        name: slider(
            label(f"column.{name}", lang), float(start[name]), float(rfm[name].min()),
            float(rfm[name].max()), 0.1 if name != MONETARY else 1.0,
        )
        for name in (RECENCY, FREQUENCY, MONETARY)
    }  # fmt: skip
    return board(
        sliders,
        lambda cuts: plot_rfm_classes(rfm, rfm_class(high_low(rfm, cuts=cuts)), lang=lang),
        lang,
    )


def explore_abc(
    values: pd.Series,
    *,
    cuts: Sequence[float] = ABC3,
    by: str = "customers",
    lang: str | None = None,
) -> object:
    """Move the cumulative shares where the ABC tiers end; tiers and Pareto curve follow.

    Parameters
    ----------
    values
        What each customer brings, such as profit (money).
    cuts
        Rising cumulative shares to begin with, as for `abc_tier`.
    by
        "customers" or "value": what the shares are shares of.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    ipywidgets.VBox
        The sliders and the figure with its description below.

    Raises
    ------
    ImportError
        If ipywidgets is not installed; the message says how to get it.
    DataError
        As `abc_tier`.

    Notes
    -----
    Source: textbook section 5.2.1: the shares need not be kept to rigidly.

    Examples
    --------
    >>> page = explore_abc(pd.Series([85.0, 8.0, 4.0, 2.0, 1.0]), cuts=(0.2, 0.5), lang="en")
    >>> [handle.description for handle in page.children[1:3]]
    ['Cumulative share up to tier 1', 'Cumulative share up to tier 2']
    """
    lang = language(lang)
    abc_tier(values, cuts=cuts, by=by)
    sliders = {
        place: slider(label("explore.share", lang, n=place + 1), float(cut), 0.01, 0.99, 0.01)
        for place, cut in enumerate(cuts)
    }

    def draw(shares: dict[int, float]) -> object:
        ends = list(shares.values())
        if any(first >= second for first, second in itertools.pairwise(ends)):
            raise DataError(label("explore.rise", lang))
        tiers = abc_tier(values, cuts=[round(share, 6) for share in ends], by=by)
        return plot_pareto(values, tiers=tiers, lang=lang)

    return board(sliders, draw, lang)
