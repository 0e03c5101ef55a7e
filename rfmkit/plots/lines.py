"""Measure texts in the kit's font, and break them into lines."""

import re
from functools import cache, lru_cache
from importlib import resources

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

# DejaVu Sans comes with matplotlib and lends the few glyphs the kit's font lacks.
FAMILY = ["RFMKit Sans TC", "DejaVu Sans"]


@cache
def register_font() -> None:
    """Tell matplotlib about the kit's font, once and only when a figure needs it."""
    font = resources.files("rfmkit").joinpath("fonts", "RFMKitSansTC-Regular.otf")
    with resources.as_file(font) as path:
        font_manager.fontManager.addfont(path)


def wrap(text: str, room: float, size: float) -> list[str]:
    """Break a text into even lines of at most `room` points; Chinese breaks anywhere."""
    lines = _fill(text, room, size)
    for tightness in range(99, 50, -2):  # words too long for the room never fit any better
        tighter = _fill(text, room * tightness / 100, size)
        if len(tighter) > len(lines):
            break
        lines = tighter
    pauses = [found.end() for found in re.finditer("[，；、：]|[,;:] ", text)]
    halves = [[text[:at].rstrip(), text[at:]] for at in pauses if at < len(text)]
    for two in sorted(halves, key=lambda two: _widths(two, size)[1]) if len(lines) == 2 else []:
        short, long = _widths(two, size)
        if long <= room and short > 0.4 * long:  # two lines are best parted at a pause
            return two
    return lines


def _widths(lines: list[str], size: float) -> list[float]:
    return sorted(text_width(line, size) for line in lines)


def _fill(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > room:
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
