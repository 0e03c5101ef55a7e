"""Draw whiskers over marks and bars of figures."""

from matplotlib.axes import Axes

from rfmkit.plots.style import INK


def whisker_ends(
    ax: Axes, low: float, high: float, position: float, *, upright: bool = False
) -> None:
    """Draw an interval over a bar or a mark; white below, so that it is seen on dark bars too."""
    ends, level = [low, high], [position, position]
    along, across = (level, ends) if upright else (ends, level)
    for color, width, size, layer, name in (
        ("white", 4.5, 9, 3, None),
        (INK, 1.6, 7, 3.1, "interval"),
    ):
        ax.plot(
            along,
            across,
            color=color,
            linewidth=width,
            marker="_" if upright else "|",
            markersize=size,
            markeredgewidth=width,
            solid_capstyle="butt",
            zorder=layer,
            gid=name,
            clip_on=False,
        )
