"""What every figure must be: whole, legible, told in words in both languages."""

from matplotlib.text import Text

from rfmkit.plots import alt_text, figure_table
from rfmkit.plots.tiers import luminance


def title_of(ax) -> str:
    return ax.get_title(loc="left").replace("\n", " ")


def check_figure(ax) -> None:
    ax.figure.canvas.draw()  # a missing glyph warns here, and warnings are errors
    page = ax.figure.bbox
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()]
    for text in ax.findobj(Text):
        if not text.get_visible() or not text.get_text().strip():
            continue
        assert text.get_fontsize() >= 11, text
        on_fill = text.get_gid() == "fill"
        assert on_fill or (luminance(text.get_color()) + 0.05) * 4.5 <= 1.05, text
        box = text.get_window_extent()
        inside = box.x0 >= -2 and box.y0 >= -2 and box.x1 <= page.x1 + 2 and box.y1 <= page.y1 + 2
        assert inside or text in ticks, f"{text} is cut off"
    words = alt_text(ax, "en")
    assert "{" not in words + title_of(ax)
    assert "nan" not in words.lower()
    assert title_of(ax).replace(" ", "") in alt_text(ax).replace(" ", "")
    assert alt_text(ax, "zh-TW") != words
    assert len(figure_table(ax)) > 0
