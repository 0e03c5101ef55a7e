"""Set the style of all figures: fonts with Chinese glyphs, colours, sizes, headline."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import resources

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from rfmkit.palette import DARK, PATTERN
from rfmkit.schema import CLASSES

BASE, SMALL, TITLE = 12, 11, 15  # points

FAMILY = ["RFMKit Sans TC", "DejaVu Sans"]
INK, GREY, RULE, FAINT = "#1F2937", "#566070", "#8B94A1", "#E3E6EA"
CUT = ("#1B3A5C", "#9A5B00", "#566070")  # cut lines; each also has a dash of its own
CUT_DASHES = ("solid", (0, (5, 2)), (0, (1.5, 1.5)))
FILL, STRONG = "#A9C4DD", "#1B3A5C"  # bars that are no class

_shapes = {"value": "o", "develop": "^", "keep": "s", "win_back": "D"}
CLASS_MARKERS = {code: _shapes[PATTERN[code]] for code in CLASSES}
# The two classes of one pattern stand together, so that dark and light compare.
CLASSES_BY_PATTERN = tuple(
    f"{weight}_{pattern}" for pattern in DARK for weight in ("important", "general")
)

_rc = {
    "font.family": FAMILY,
    "font.size": BASE,
    "axes.unicode_minus": False,
    "axes.titlesize": TITLE,
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.titleweight": "normal",
    "axes.labelsize": BASE,
    "axes.labelcolor": GREY,
    "axes.edgecolor": RULE,
    "axes.facecolor": "white",
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    # Light and dark alternate, so that neighbours differ in grey print too.
    "axes.prop_cycle": mpl.cycler(
        color=["#0269B3", "#DF9447", "#2E4D30", "#8B94A1", "#BC416A", "#54A5FB"]
    ),
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.labelsize": BASE,
    "ytick.labelsize": BASE,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": GREY,
    "ytick.labelcolor": GREY,
    "text.color": INK,
    "legend.fontsize": BASE,
    "legend.title_fontsize": BASE,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "figure.dpi": 110,
    "savefig.dpi": "figure",
}


def use_style() -> None:
    """Apply the kit's font, sizes and colours to figures drawn after this call.

    The kit's plot functions do not need it. It sets matplotlib's `rcParams` on purpose;
    `matplotlib.rcdefaults()` takes it back.

    Examples
    --------
    >>> import matplotlib
    >>> with matplotlib.rc_context():
    ...     use_style()
    ...     matplotlib.rcParams["font.family"][0]
    'RFMKit Sans TC'
    """
    register_font()
    mpl.rcParams.update(_rc)
    mpl.rcParams.update({"axes.grid": True, "figure.constrained_layout.use": True})


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the kit's settings only while a plot function draws."""
    register_font()
    # Names of cuts and reasons are shown as they are: "$" in them is no formula.
    settings = {**_rc, "text.parse_math": False}
    before = {key: mpl.rcParams[key] for key in settings}
    mpl.rcParams.update(settings)
    try:
        yield
    finally:
        # Not rc_context, which restores everything: a notebook turns interactive mode on with its
        # first figure, and would never show another one of the student's if that were undone.
        mpl.rcParams.update(before)


def axes_for(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes given, without top and right frame, or new ones of `size` inches."""
    if ax is None:
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(RULE)
    ax.tick_params(length=0, labelsize=BASE, labelcolor=GREY, labelfontfamily=FAMILY)
    ax.set_axisbelow(True)
    return ax


def headline(ax: Axes, title: str, subtitle: str, *, lift: float = 0) -> None:
    """Set the finding and a smaller line below it, both from the left edge of the axes.

    `lift` points of room are left between the axes and the smaller line.
    """
    width = _width_in_points(ax)
    below = wrap(subtitle, width, SMALL)
    height = SMALL * 1.35 * len(below)
    ax.annotate(
        "\n".join(below),
        (0, 1),
        (0, 8 + lift),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL,
        color=GREY,
        va="bottom",
        gid="subtitle",
    )
    ax.set_title(
        "\n".join(wrap(title, width, TITLE)),
        loc="left",
        pad=14 + lift + height,
        fontsize=TITLE,
        color=INK,
        linespacing=1.3,
    )


def _width_in_points(ax: Axes) -> float:
    # Points from the left edge of the axes to the right edge of what it may use.
    figure = ax.figure.figure  # the whole one, should the axes sit in a part of it
    if len(figure.axes) > 1:
        return ax.bbox.width * 72 / figure.dpi
    sides = "\n".join(tick.get_text() for tick in ax.get_yticklabels()).split("\n")
    left = max(text_width(side, BASE) for side in sides)
    return figure.get_figwidth() * 72 - left - (45 if ax.get_ylabel() else 25)


def keep_style(ax: Axes) -> None:
    """Fix font and sizes of the axes' texts, which are drawn after the settings end.

    Axes of one's own brought their axis labels along, made under other settings.
    """
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set(size=BASE, color=GREY)
    for text in ax.findobj(Text):
        text.set_fontfamily(FAMILY)


# DejaVu Sans comes with matplotlib and lends the few glyphs the kit's font lacks.


@cache
def register_font() -> None:
    """Register the kit's font with matplotlib, once, when a figure first needs it."""
    font = resources.files("rfmkit").joinpath("fonts", "RFMKitSansTC-Regular.otf")
    with resources.as_file(font) as path:
        font_manager.fontManager.addfont(path)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into even lines of at most `room` points; Chinese breaks anywhere."""
    lines = _fill(text, width, size)
    for tightness in range(99, 50, -2):  # words wider than the line never fit
        tighter = _fill(text, width * tightness / 100, size)
        if len(tighter) > len(lines):
            break
        lines = tighter
    pauses = [found.end() for found in re.finditer("[，；、：]|[,;:] ", text)]
    halves = [[text[:at].rstrip(), text[at:]] for at in pauses if at < len(text)]
    for two in sorted(halves, key=lambda two: _widths(two, size)[1]) if len(lines) == 2 else []:
        short, long = _widths(two, size)
        if long <= width and short > 0.4 * long:  # two lines are best divided at a punctuation mark
            return two
    return lines


def _widths(lines: list[str], size: float) -> list[float]:
    return sorted(text_width(line, size) for line in lines)


def _fill(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    # A closing mark never starts a line, an opening mark never ends one, and 18 位 stays whole.
    pieces: list[str] = []
    for character in text:
        previous = pieces[-1][-1] if pieces else " "
        wide = ord(character) > 0x2E80 or ord(previous) > 0x2E80
        counts = ord(character) > 0x2E80 and pieces and pieces[-1][-2:-1].isdigit()
        may_break = (previous == " " and not counts) or (
            wide and previous not in "「（《 " and character not in "，。；：、！？」）》 %"
        )
        if may_break or not pieces:
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


@lru_cache(maxsize=4096)  # breaking a title measures its beginnings again and again
def text_width(text: str, size: float) -> float:
    """Measure a text in points, without drawing it."""
    register_font()
    font = FontProperties(family=FAMILY, size=size)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
