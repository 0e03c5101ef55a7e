"""Draw the rows of figures with one row a class: labels and columns of numbers."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from rfmkit.labels import label
from rfmkit.plots.style import BASE, INK, text_width
from rfmkit.plots.words import class_with_triple
from rfmkit.schema import CLASSES, DataError


def check_classes(classes: pd.Series, *, name: str = "classes") -> None:
    """Raise a DataError for classes that are no Series, empty, blank or not of table 5-2."""
    if not isinstance(classes, pd.Series):
        raise DataError(
            f"{name} must be a pandas Series, but it is a {type(classes).__name__}.\n"
            "Compute it with rfm_class(high_low(rfm, cuts=...))."
        )
    if len(classes) == 0:
        raise DataError(f"{name} is empty: there is no customer to draw.")
    if classes.isna().any():
        raise DataError(
            f"{classes.isna().sum()} of {len(classes)} customers have no class in {name}; "
            f"the first is {classes.index[classes.isna()][0]!r}.\n"
            "Compute the classes from the whole table: rfm_class(high_low(rfm, cuts=...))."
        )
    unknown = [code for code in classes.unique() if code not in CLASSES]
    if unknown:
        raise DataError(
            f"{name} holds {unknown[0]!r}, which is no class; the classes are {list(CLASSES)}.\n"
            "Give the codes, not their translated names: localize() is for the last step."
        )


def rule_name(name: str, lang: str, *, quoted: bool = False) -> str:
    """Translate "mean", "median" and "cut"; keep any other name."""
    if name in ("mean", "median", "cut"):
        return label(f"plot.cut.{name}", lang)
    return label("plot.cut.own", lang, name=name) if quoted else str(name)


def class_rows(ax: Axes, codes: Sequence[str], lang: str) -> None:
    """Label one row a class from the top down."""
    ax.set_yticks(range(len(codes)), [class_with_triple(code, lang) for code in codes])
    ax.tick_params(axis="y", labelcolor=INK, pad=6)
    ax.set_ylim(len(codes) - 0.5, -0.55)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set(position=("data", 0), zorder=1)


def number_columns(ax: Axes, columns: dict[str, pd.Series], inks: list[str]) -> None:
    """Print columns of numbers to the right of the rows, each under its head."""
    # Numbers in columns to the right read like a table and never collide with the marks.
    edge = 14.0
    for (head, texts), ink in zip(columns.items(), inks, strict=True):
        edge += max(text_width(text, BASE) for text in [head, *texts])
        place = {
            "textcoords": "offset points",
            "ha": "right",
            "color": ink,
            "annotation_clip": False,
        }
        ax.annotate(head, (1, 1), (edge, 5), xycoords="axes fraction", va="bottom", **place)
        for row, text in enumerate(texts):
            ax.annotate(
                text,
                (1, row),
                (edge, 0),
                xycoords=("axes fraction", "data"),
                va="center_baseline",
                **place,
            )
        edge += 16
