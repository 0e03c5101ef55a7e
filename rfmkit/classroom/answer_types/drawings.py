"""Describe matplotlib plots as plain data, without importing matplotlib."""

import re
import sys

import numpy as np

from rfmkit.classroom.answer_types.base import InvalidAnswer

KINDS = ("bar", "barh", "hist", "line", "scatter")
MAX_MARKS = 20_000
# What the label of an axis says about the unit, and the factor from dollars or per cent to it.
UNITS = {"dollars": 1, "thousands": 1e-3, "tens": 1e-4, "millions": 1e-6, "per_cent": 1}
_WORDS_OF_UNITS = (
    ("per_cent", r"%|％|百分"),
    ("millions", r"百萬|million"),
    ("thousands", r"千|thousand|1,?000|\bk\b|\bK\b"),
    ("tens", r"萬|10,?000"),
    ("dollars", r"元|NT\$|dollar|NTD|TWD"),
)


def read_drawing(answer: object, preferred: str) -> dict | None:
    """Describe the plot in an answer as `drawn` does; None if it is no picture.

    Parameters
    ----------
    answer
        Axes, Figure, a seaborn grid, or what a drawing function of matplotlib returned.
    preferred
        The kind of mark to prefer where a plot has several.
    """
    figures, axes_module = sys.modules.get("matplotlib.figure"), sys.modules.get("matplotlib.axes")
    if figures is None or axes_module is None:
        return None
    axes = _axes_of(answer, figures, axes_module)
    if axes is None:
        return None
    plots = {index: marks for index, one in enumerate(axes) if (marks := _marks(one))}
    if not plots:
        pie = any(type(patch).__name__ == "Wedge" for one in axes for patch in one.patches)
        bars = preferred in ("bar", "barh")
        raise InvalidAnswer("check.figure_pie" if pie and bars else "check.nothing_drawn")
    chosen = [index for index, marks in plots.items() if preferred in marks] or list(plots)
    if len(chosen) > 1:
        raise InvalidAnswer("check.several_plots", count=len(chosen))
    (index,) = chosen
    one, marks = axes[index], plots[index]
    kind = preferred if preferred in marks else next(iter(marks))
    values, labels = marks[kind]
    figure = one.get_figure()
    titles = [one.get_title(loc=place) for place in ("left", "center", "right")]
    titles.append(_figure_text(figure, "_suptitle"))
    xlabel = (one.get_xlabel() or _figure_text(figure, "_supxlabel")).strip()
    ylabel = (one.get_ylabel() or _figure_text(figure, "_supylabel")).strip()
    return {
        "kind": kind,
        "values": values,
        "labels": labels,
        "title": any(title.strip() for title in titles),
        "xlabel": bool(xlabel),
        "ylabel": bool(ylabel),
        "xunit": _unit(xlabel),
        "yunit": _unit(ylabel),
        "read_as_per_cent": _read_as_per_cent(one.xaxis if kind == "barh" else one.yaxis),
    }


def _read_as_per_cent(axis: object) -> bool:
    """Return whether an axis writes 1 as 100 %."""
    write = axis.get_major_formatter()
    if type(write).__name__ not in ("PercentFormatter", "FuncFormatter", "StrMethodFormatter"):
        return False
    return bool(re.fullmatch(r"100(\.0+)?\s*[%％]", str(write(1, 0)).strip()))


def _unit(text: str) -> str:
    text = text[:200]
    return next((unit for unit, words in _WORDS_OF_UNITS if re.search(words, text)), "")


def _axes_of(answer: object, figures: object, axes_module: object) -> list | None:
    if isinstance(answer, np.ndarray | list | tuple) and 0 < len(answer) < 100:
        items = answer.ravel().tolist() if isinstance(answer, np.ndarray) else list(answer)
        if all(isinstance(item, axes_module.Axes) for item in items):
            return items
        answer = items[0]
    if hasattr(type(answer), "figure") and type(answer).__module__.startswith("seaborn."):
        answer = answer.figure
    if isinstance(answer, axes_module.Axes):
        return [answer]
    if isinstance(answer, figures.FigureBase):
        # Leave out colour bars, which are no plots.
        return [one for one in answer.axes if getattr(one, "_colorbar", None) is None]
    artist = sys.modules["matplotlib.artist"].Artist
    if isinstance(answer, artist) and isinstance(answer.axes, axes_module.Axes):
        return [answer.axes]
    return None


def _marks(axes: object) -> dict[str, tuple[list, list]]:
    """List what a plot holds, kind by kind: its values and the names beside its bars."""
    marks = _bars(axes)
    # Leave out lines that mark a level: their coordinates are not those of the data.
    lines = [line for line in axes.lines if line.get_transform() == axes.transData]
    curves = [_plain(line.get_ydata(orig=False)) for line in lines]
    if curves := [values for values in curves if len(values) > 1]:
        marks["line"] = (curves, [])
    points = [
        np.ma.getdata(group.get_offsets())
        for group in axes.collections
        if type(group).__name__ == "PathCollection" and len(group.get_offsets())
    ]
    if points:
        pairs = sorted(tuple(map(float, pair)) for pair in np.vstack(points)[:MAX_MARKS])
        marks["scatter"] = ([[cell for pair in pairs for cell in pair]], [])
    return marks


def _bars(axes: object) -> dict[str, tuple[list, list]]:
    groups = [
        [patch for patch in group if type(patch).__name__ == "Rectangle"]
        for group in axes.containers
        if type(group).__name__ == "BarContainer"
    ]
    groups = [group for group in groups if group]
    if not groups:
        return {}
    flat = sum(
        getattr(group, "orientation", "vertical") == "horizontal"
        for group in axes.containers
        if type(group).__name__ == "BarContainer"
    )
    axis = axes.yaxis if flat else axes.xaxis
    start, size, height = (
        ("get_y", "get_height", "get_width") if flat else ("get_x", "get_width", "get_height")
    )

    def centre(bar: object) -> float:
        return getattr(bar, start)() + getattr(bar, size)() / 2

    # Sort bars as a reader sees them: from left to right, or from the top down.
    backwards = bool(flat) != bool(axis.get_inverted())
    groups = [sorted(group, key=centre, reverse=backwards) for group in groups]
    if len(groups) > 1 and all(len(group) == 1 for group in groups):
        # seaborn draws one group for each hue; groups of one bar each are one series.
        groups = [sorted((bar for group in groups for bar in group), key=centre, reverse=backwards)]
    values = [_plain(getattr(bar, height)() for bar in group) for group in groups]
    # Bars that stand side by side share a name: the first is as far from it as all are wide.
    texts = [text.get_text() for text in axis.get_ticklabels()]
    ticks = list(zip(axis.get_majorticklocs(), texts, strict=False))
    width = len(groups)
    names = [
        _tick_name(axis, ticks, centre(bar), width * getattr(bar, size)()) for bar in groups[0]
    ]
    sizes = [abs(getattr(bar, size)()) for bar in groups[0]]
    gaps = (
        np.abs(np.diff([centre(bar) for bar in groups[0]])) - np.convolve(sizes, [0.5, 0.5])[1:-1]
    )
    touching = len(sizes) > 1 and bool((np.abs(gaps) < 1e-6 * np.max(sizes)).all())
    if touching and not _named(axis):
        return {"hist": (values, [])}
    return {"barh" if flat else "bar": (values, names)}


def _named(axis: object) -> bool:
    # Return whether somebody wrote the tick labels, rather than matplotlib.
    kind = type(axis.get_major_formatter()).__name__
    return kind in ("FixedFormatter", "StrCategoryFormatter", "FuncFormatter")


def _tick_name(axis: object, ticks: list[tuple], centre: float, size: float) -> str:
    formatter = axis.get_major_formatter()
    if type(formatter).__name__ == "TimeSeries_DateFormatter":  # pandas places periods by number
        return str(sys.modules["pandas"].Period(ordinal=round(centre), freq=formatter.freq))
    near = ((abs(place - centre), text) for place, text in ticks)
    distance, name = min(near, default=(np.inf, ""))
    return name if distance <= abs(size) else ""


def _plain(values: object) -> list[float]:
    return [float(value) for value in list(values)[:MAX_MARKS]]


def _figure_text(figure: object, name: str) -> str:
    text = getattr(figure, name, None)
    return text.get_text() if text is not None else ""
