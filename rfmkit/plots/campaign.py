"""Draw a campaign beside its control group, and the difference with its interval."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rfmkit.campaign import uplift
from rfmkit.formats import number, percent
from rfmkit.labels import label, language
from rfmkit.plots.describe import remember
from rfmkit.plots.marks import whisker_ends
from rfmkit.plots.style import (
    FAINT,
    FILL,
    GREY,
    INK,
    RULE,
    STRONG,
    axes_for,
    headline,
    house_style,
    keep_style,
)
from rfmkit.plots.words import counted
from rfmkit.uncertainty import wilson_interval
from rfmkit.validation import two_sided_z


@house_style()
def plot_uplift(
    treated: pd.Series,
    converted: pd.Series,
    *,
    confidence: float = 0.95,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    r"""Draw the share who came back in the campaign, in the control group, and the difference.

    Parameters
    ----------
    treated, converted, confidence
        As for `uplift`.
    ax
        Axes to draw on; None makes a figure.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    matplotlib.axes.Axes
        `figure_table` of it gives the rows `treated`, `control` and `uplift`, with `customers`,
        `share`, `lower` and `upper` (0 to 1; of the difference, -1 to 1).

    Raises
    ------
    DataError
        As `uplift`.

    Notes
    -----
    Source: Wilson 1927 for the shares, Newcombe 1998 for the difference.

    Examples
    --------
    >>> treated = pd.Series([True] * 70 + [False] * 80)
    >>> converted = pd.Series([True] * 56 + [False] * 14 + [True] * 48 + [False] * 32)
    >>> plot_uplift(treated, converted, lang="en").get_title(loc="left").replace("\n", " ")
    'With the campaign 20 points more came back (between 5.2 and 33.4)'
    """
    lang = language(lang)
    found = uplift(treated, converted, confidence=confidence)
    table = _table(found, confidence)
    ax = axes_for(ax, (7.6, 4.2))
    positions = {"treated": 2, "control": 1, "uplift": 0}
    for name, row in table.iterrows():
        place = positions[name]
        color = {"treated": STRONG, "control": FILL, "uplift": "white"}[name]
        ax.barh(
            place,
            row["share"],
            0.5,
            color=color,
            edgecolor=STRONG,
            linewidth=1.2,
            gid=name,
            hatch="///" if name == "uplift" else None,
        )
        whisker_ends(ax, row["lower"], row["upper"], place)
        written = _points(row["share"], lang) if name == "uplift" else percent(row["share"])
        ax.annotate(written, (row["upper"], place), (8, 0), textcoords="offset points", va="center")
    ax.axvline(0, color=RULE, linewidth=1.2)
    ax.set_yticks(
        [2, 1, 0],
        [
            f"{label('plot.uplift.treated', lang)}\nn={int(found['treated_customers']):,}",
            f"{label('plot.uplift.control', lang)}\nn={int(found['control_customers']):,}",
            label("plot.uplift.difference", lang),
        ],
    )
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(-0.6, 2.6)
    low, high = min(0.0, table["lower"].min()), max(table["upper"].max(), 0.02)
    ax.set_xlim(low - (0.03 * (high - low) if low < 0 else 0), high + 0.24 * (high - low))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    ax.grid(axis="x", color=FAINT)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(label("plot.uplift.share", lang), color=GREY)
    about = label("plot.uplift.about", lang, confidence=percent(confidence))
    headline(ax, _title(found, lang), about)
    keep_style(ax)
    remember(ax, table, lambda lang: _words(found, lang), lang)
    return ax


def _table(found: pd.Series, confidence: float) -> pd.DataFrame:
    z, rows = two_sided_z(confidence), {}
    for name in ("treated", "control"):
        n, share = found[f"{name}_customers"], found[f"{name}_share"]
        lower, upper = wilson_interval(share * n, n, z)
        rows[name] = (int(n), share, float(lower), float(upper))
    everyone = int(found["treated_customers"] + found["control_customers"])
    rows["uplift"] = (everyone, found["uplift"], found["lower"], found["upper"])
    columns = ["customers", "share", "lower", "upper"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _points(share: float, lang: str) -> str:
    # The number as shown decides: "1 point", "1.2 points".
    return counted("plot.uplift.points", round(100 * share, 1), lang)


def _title(found: pd.Series, lang: str) -> str:
    kind = "more" if found["lower"] > 0 else "fewer" if found["upper"] < 0 else "unsure"
    ends = sorted(abs(found[["lower", "upper"]])) if kind == "fewer" else found[["lower", "upper"]]
    lower, upper = (number(round(100 * end, 1)) for end in ends)
    change = _points(found["uplift"] if kind == "unsure" else abs(found["uplift"]), lang)
    return label(f"plot.uplift.title_{kind}", lang, change=change, lower=lower, upper=upper)


def _words(found: pd.Series, lang: str) -> str:
    return label(
        "plot.uplift.alt",
        lang,
        title=_title(found, lang),
        treated=percent(found["treated_share"]),
        control=percent(found["control_share"]),
        n=number(found["treated_customers"]),
        m=number(found["control_customers"]),
    )
