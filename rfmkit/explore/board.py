"""Put sliders above a figure, and draw it anew whenever one of them has moved."""

import base64
import html
from collections.abc import Callable

import matplotlib.pyplot as plt

from rfmkit.labels import install_command, label
from rfmkit.plots.describe import alt_text, as_png
from rfmkit.schema import DataError


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
    """Make one labelled slider that the keyboard moves as well as the mouse."""
    # The figure is drawn when the slider comes to rest: drawing at every pixel would lag behind.
    return load_widgets().FloatSlider(
        value=min(max(start, low), high), min=low, max=max(high, low + step), step=step,
        description=text, continuous_update=False, readout_format=".2f" if high <= 1 else ",.1f",
        style={"description_width": "14em"}, layout={"width": "36em"},
    )  # fmt: skip


def board(
    sliders: dict,
    draw: Callable[[dict], object],
    lang: str,
    now: Callable[[dict], str] | None = None,
) -> object:
    """Put sliders above a figure that is drawn anew whenever one of them has moved."""
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
