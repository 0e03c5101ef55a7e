"""Describe a figure in words and numbers: alt text and the table behind it."""

import base64
import io
import re
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer

from rfmkit.formats import number
from rfmkit.labels import label, language
from rfmkit.schema import DataError

DPI = 110  # sharp enough on a screen, small enough to store in a notebook


class _Memory(NamedTuple):
    table: pd.DataFrame
    sentence: Callable[[str], str]
    lang: str


_known: WeakKeyDictionary[Axes, _Memory] = WeakKeyDictionary()


def remember(ax: Axes, table: pd.DataFrame, sentence: Callable[[str], str], lang: str) -> None:
    """Store the numbers that a plot function drew, and how to describe them."""
    _known[ax] = _Memory(table, sentence, lang)


def alt_text(ax: Axes, lang: str | None = None) -> str:
    """Describe a figure of the kit in a sentence or two, computed from its data.

    Parameters
    ----------
    ax
        The axes a plot function of the kit returned.
    lang
        "zh-TW", "en", or None for the language the figure was drawn in.

    Returns
    -------
    str
        Plain text, fit for a screen reader.

    Raises
    ------
    DataError
        If the axes were not drawn by the kit.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfmkit.plots import plot_left_out
    >>> rejected = pd.DataFrame({"reason": ["unreadable_date"]})
    >>> alt_text(plot_left_out(rejected, kept=9, lang="en"))[:35]
    'Bar chart of 1 row left out of 10. '
    """
    memory = _recall(ax)
    return memory.sentence(memory.lang if lang is None else language(lang))


def figure_table(ax: Axes) -> pd.DataFrame:
    """Return the numbers behind a figure of the kit.

    Parameters
    ----------
    ax
        The axes a plot function of the kit returned.

    Returns
    -------
    pandas.DataFrame
        One row a bar, bin or mark; the plot function's docstring names the columns.

    Raises
    ------
    DataError
        If the axes were not drawn by the kit.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfmkit.plots import plot_left_out
    >>> rejected = pd.DataFrame({"reason": ["unreadable_date"]})
    >>> figure_table(plot_left_out(rejected, kept=9)).loc["unreadable_date", "rows"]
    np.int64(1)
    """
    return _recall(ax).table.copy()


def show(ax: Axes, *, words: Mapping[str, str] | None = None) -> None:
    """Show a figure with its description, so that nobody needs to see it to read it.

    In a notebook the picture comes first (the description is its alt text), then the description
    as a line of text, for readers of paper and screen readers; the figure is then closed, so that
    it does not come twice. Elsewhere the description is printed.

    Parameters
    ----------
    ax
        The axes a plot function of the kit returned. With several panels in its figure, all of
        them are described.
    words
        For axes of your own drawing: what the figure shows, in each language, such as
        ``{"zh-TW": "…", "en": "…"}``. Without it, bars, points and lines of your own are counted
        and their highest and lowest value named.

    Raises
    ------
    DataError
        If the axes were not drawn by the kit, hold no bars, points or lines, and there are no
        `words`.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfmkit.plots import plot_left_out
    >>> show(plot_left_out(pd.DataFrame({"reason": []}), kept=9, lang="en"))
    Bar chart of rows left out: none. All 9 rows read were kept.
    """
    if words is not None:
        remember(ax, pd.DataFrame(), words.__getitem__, language())
    elif isinstance(ax, Axes) and ax not in _known and (marks := _own_marks(ax)):
        title = ax.get_title() or ax.get_title(loc="left")
        axes = {"x": ax.get_xlabel(), "y": ax.get_ylabel()}
        remember(
            ax, pd.DataFrame(), lambda lang: _describe_own(marks, title, axes, lang), language()
        )
    memory = _recall(ax)
    figure = ax.figure.figure  # the whole one, should the axes sit in a part of it
    words = " ".join(alt_text(panel) for panel in figure.axes if panel in _known)
    if not _in_ipython():
        print(words)
        return
    from IPython.display import Markdown, display

    png = base64.b64encode(as_png(ax)).decode("ascii")
    display(
        {"image/png": png, "text/plain": words}, raw=True, metadata={"image/png": {"alt": words}}
    )
    display(Markdown(label("plot.in_words", memory.lang, text=_as_markdown(words))))
    plt.close(figure)


def _own_marks(ax: Axes) -> dict[str, list[tuple[str, float]]]:
    """List the name and value of each bar, and the height of each point and line, by kind."""
    marks: dict[str, list[tuple[str, float]]] = {}
    for group in (one for one in ax.containers if isinstance(one, BarContainer)):
        across = group.orientation == "horizontal"
        axis = ax.yaxis if across else ax.xaxis
        names = {
            position: text.get_text()
            for position, text in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
        }
        for bar in group:
            centre = bar.get_y() + bar.get_height() / 2 if across else bar.get_center()[0]
            named = [text for position, text in names.items() if abs(position - centre) < 0.01]
            value = bar.get_width() if across else bar.get_height()
            kind = "bars_across" if across else "bars"
            marks.setdefault(kind, []).append((named[0] if named else "", float(value)))
    for points in (one for one in ax.collections if isinstance(one, PathCollection)):
        heights = [("", float(y)) for _, y in points.get_offsets()]
        marks.setdefault("points", []).extend(heights)
    for line in (one for one in ax.lines if one.get_transform() == ax.transData):
        marks.setdefault("line", []).extend(("", float(y)) for y in line.get_ydata(orig=False))
    return {kind: values for kind, values in marks.items() if values}


def _describe_own(
    marks: dict[str, list[tuple[str, float]]], title: str, axes: dict[str, str], lang: str
) -> str:
    """Describe bars, points or lines that the kit did not draw."""
    kind, values = next(iter(marks.items()))
    ends = {"highest": max(values, key=lambda mark: mark[1])}
    ends["lowest"] = min(values, key=lambda mark: mark[1])
    text = label(
        f"plot.own.{kind}",
        lang,
        title=label("plot.own.title", lang, title=title) if title else "",
        n=number(len(values)),
        **{
            end: label("plot.own.named", lang, name=name, value=number(value))
            if name
            else number(value)
            for end, (name, value) in ends.items()
        },
    )
    named = {side: name for side, name in axes.items() if name}
    return text + "".join(label(f"plot.own.{side}", lang, name=named[side]) for side in named)


def as_png(ax: Axes) -> bytes:
    """Draw the whole figure of the axes into the bytes of a PNG file."""
    file = io.BytesIO()
    # No "Software" entry: it holds matplotlib's version and would change stored notebooks.
    ax.figure.figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    return file.getvalue()


def _in_ipython() -> bool:
    # IPython is running only if somebody has imported it already.
    return "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None


def _as_markdown(text: str) -> str:
    plain = re.sub(r"([\\`*_$<>|~\[\]])", r"\\\1", text)
    # Jupyter sets what is between two $ as a formula, but not across an element.
    return plain.replace(r"\$", r"<span>\$</span>")


def _recall(ax: Axes) -> _Memory:
    if not isinstance(ax, Axes):
        raise DataError(
            f"this is a {type(ax).__name__}, not the axes of a figure.\n"
            "Give what a plot function returns: ax = plot_rfm_classes(rfm, classes); show(ax)."
        )
    if ax not in _known:
        raise DataError(
            "these axes were not drawn by a plot function of the kit: it has no words for them.\n"
            "Give what a plot function returns: ax = plot_rfm_classes(rfm, classes); show(ax)."
        )
    return _known[ax]
