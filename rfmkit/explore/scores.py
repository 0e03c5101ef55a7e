"""Move weights, retention and discount by sliders; tiers and picture move together."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rfmkit.clv import retention_clv
from rfmkit.explore.board import board, slider
from rfmkit.labels import label, language
from rfmkit.names import column_name
from rfmkit.plots import plot_clv_cs, plot_scores
from rfmkit.schema import DataError, require_columns
from rfmkit.value import composite_score
from rfmkit.value.tiers import value_tier


def explore_weights(
    points: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    cuts: Sequence[float] = (60, 80),
    missing: str = "error",
    lang: str | None = None,
) -> object:
    """Move the weights of the indicators; scores, tiers and their figure follow.

    Parameters
    ----------
    points
        Points from 0 to 100, one column an indicator, from `to_points`.
    weights
        The weight of each indicator to begin with. What the sliders show is divided by their
        sum, so that the weights always add up to 1; the line above the figure says them.
    cuts
        Scores where a tier starts.
    missing
        What to do about blanks, as for `composite_score`.
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
        As `composite_score`.

    Notes
    -----
    Source: the Q&A on tier criteria and the value-pyramid chapter, indicators times weights.

    Examples
    --------
    >>> points = pd.DataFrame({"credit": [90.0, 40.0], "profit": [80.0, 10.0]})
    >>> page = explore_weights(points, weights={"credit": 0.4, "profit": 0.6}, lang="en")
    >>> page.children[-1].value.partition("<img")[0]
    '<p>Weights, scaled to add up to 1: credit 40%, Profit 60%</p>'
    """
    lang = language(lang)
    require_columns(points, list(weights), name="points")
    composite_score(points, weights, missing=missing)
    sliders = {
        name: slider(str(column_name(name, lang)), float(weight) * 100, 0.0, 100.0, 1.0)
        for name, weight in weights.items()
    }

    def draw(shares: dict[str, float]) -> object:
        total = sum(shares.values())
        if total == 0:
            raise DataError(label("explore.no_weight", lang))
        scaled = {name: share / total for name, share in shares.items()}
        score = composite_score(points, scaled, missing=missing)
        tiers = value_tier(score, cuts=cuts)
        return plot_scores(score, tiers=tiers, cuts=tuple(cuts), lang=lang)

    def now(shares: dict[str, float]) -> str:
        total = sum(shares.values()) or 1
        parts = [f"{column_name(name, lang)} {share / total:.0%}" for name, share in shares.items()]
        return label("explore.weights", lang, weights=label("plot.and", lang).join(parts))

    return board(sliders, draw, lang, now)


def explore_retention(
    margin: pd.Series,
    cs: pd.Series,
    *,
    clv_cuts: float | Sequence[float],
    cs_cuts: float | Sequence[float],
    start: tuple[float, float] = (0.8, 0.1),
    lang: str | None = None,
) -> object:
    """Move retention and discount; lifetime values, boxes and the CLV-CS grid follow.

    Parameters
    ----------
    margin
        Profit of one year of each customer (money).
    cs
        Satisfaction of the same customers.
    clv_cuts, cs_cuts
        Cuts of lifetime value (money) and satisfaction, as for `clv_cs_class`.
    start
        Retention and discount to begin with.
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
        As `retention_clv` and `clv_cs_class`.

    Notes
    -----
    Source: textbook section 5.2.2: both measures of the grid are uncertain.

    Examples
    --------
    >>> page = explore_retention(pd.Series([9.0]), pd.Series([5]), clv_cuts=20, cs_cuts=(3, 4))
    >>> [handle.value for handle in page.children[1:3]]
    [0.8, 0.1]
    """
    lang = language(lang)
    sliders = {
        "retention": slider(label("explore.retention", lang), start[0], 0.0, 0.99, 0.01),
        "discount": slider(label("explore.discount", lang), start[1], 0.0, 0.5, 0.01),
    }

    def draw(rates: dict[str, float]) -> object:
        clv = retention_clv(margin, rates["retention"], rates["discount"])
        return plot_clv_cs(clv, cs, clv_cuts=clv_cuts, cs_cuts=cs_cuts, lang=lang)

    return board(sliders, draw, lang)
