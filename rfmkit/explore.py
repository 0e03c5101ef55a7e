"""Explore thresholds and shares with sliders; tiers and figure follow."""

import base64
import html
import itertools
from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import pandas as pd

from rfmkit.abc_tiers import ABC3, abc_tier
from rfmkit.clv import retention_clv
from rfmkit.labels import install_command, label, language
from rfmkit.names import column_name
from rfmkit.plots import plot_clv_cs, plot_pareto, plot_rfm_classes, plot_scores
from rfmkit.plots.describe import alt_text, as_png
from rfmkit.rfm import high_low, rfm_class, rfm_cuts
from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.validation import require_columns
from rfmkit.value import composite_score
from rfmkit.value.tiers import value_tier

__all__ = ["explore_abc", "explore_retention", "explore_rfm", "explore_weights"]


def explore_rfm(rfm: pd.DataFrame, *, lang: str | None = None) -> object:
    """Show sliders for the cuts of R, F and M; the eight classes and their figure follow.

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
            label(f"column.{name}", lang),
            float(start[name]),
            float(rfm[name].min()),
            float(rfm[name].max()),
            0.1 if name != MONETARY else 1.0,
        )
        for name in (RECENCY, FREQUENCY, MONETARY)
    }
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
    """Show sliders for the shares where ABC tiers end; tiers and Pareto curve follow.

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
    ['Share up to tier 1', 'Share up to tier 2']
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


def explore_weights(
    points: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    cuts: Sequence[float] = (60, 80),
    missing: str = "error",
    lang: str | None = None,
) -> object:
    """Show sliders for the weights of indicators; scores, tiers and their figure follow.

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
    '<p>Weights, scaled to add up to 1: Credit 40%, Profit 60%</p>'
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
        return label("explore.weights", lang, weights=label("list.comma", lang).join(parts))

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
    """Show sliders for retention and discount; lifetime values and the CLV-CS grid follow.

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


def load_widgets() -> object:
    """Import ipywidgets, or say how to get it."""
    try:
        import ipywidgets
    except ImportError as error:
        raise ImportError(
            label("library.sliders", install=install_command("ipywidgets"))
        ) from error
    return ipywidgets


def slider(text: str, start: float, low: float, high: float, step: float) -> object:
    """Build one labelled slider that the keyboard moves as well as the mouse."""
    # The figure is drawn when the slider comes to rest: drawing at every pixel would lag behind.
    return load_widgets().FloatSlider(
        value=min(max(start, low), high),
        min=low,
        max=max(high, low + step),
        step=step,
        description=text,
        continuous_update=False,
        readout_format=".2f" if high <= 1 else ",.1f",
        style={"description_width": "14em"},
        layout={"width": "36em"},
    )


def board(
    sliders: dict,
    draw: Callable[[dict], object],
    lang: str,
    now: Callable[[dict], str] | None = None,
) -> object:
    """Build sliders above a figure that is redrawn whenever one of them changes."""
    widgets = load_widgets()
    picture = widgets.HTML()

    def move(_change: object = None) -> None:
        values = {name: handle.value for name, handle in sliders.items()}
        try:
            with plt.ioff():  # the figure goes into the page below, not onto the screen as well
                ax = draw(values)
        except DataError as error:
            picture.value = f'<p role="alert">{html.escape(str(error))}</p>'
            return
        words = html.escape(alt_text(ax), quote=True)
        png = base64.b64encode(as_png(ax)).decode("ascii")
        plt.close(ax.figure)
        line = f"<p>{html.escape(now(values))}</p>" if now else ""
        picture.value = (
            f'{line}<img alt="{words}" style="max-width:100%" src="data:image/png;base64,{png}">'
            f'<p role="status">{words}</p>'
        )

    for handle in sliders.values():
        handle.observe(move, names="value")
    move()
    hint = widgets.HTML(f"<p>{html.escape(label('explore.keys', lang))}</p>")
    return widgets.VBox([hint, *sliders.values(), picture])
