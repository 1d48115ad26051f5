"""The symbols of actors: one outline each, drawn by the map's canvas, the legend and the side panel alike."""

from math import cos, pi, sin
from types import MappingProxyType
from urllib.parse import quote


def _polygon(corners: int, radius: float, turn: float = 0.0, inner: float | None = None) -> str:
    """SVG path of a regular polygon around the origin, or of a star if an inner radius is given."""
    steps = corners * (2 if inner else 1)
    reach = [inner if inner and k % 2 else radius for k in range(steps)]
    angles = [turn - pi / 2 + 2 * pi * k / steps for k in range(steps)]
    points = [f"{r * cos(a):.2f} {r * sin(a):.2f}" for r, a in zip(reach, angles, strict=True)]
    return f"M{'L'.join(points)}Z"


PATHS = MappingProxyType({
    "circle": "M5.6 0A5.6 5.6 0 1 1 -5.6 0A5.6 5.6 0 1 1 5.6 0Z",
    "square": "M-5 -5L5 -5L5 5L-5 5Z",
    "triangle": "M0 -6.6L6.2 5L-6.2 5Z",
    "diamond": _polygon(4, 6.8),
    "cross": "M-2 -6L2 -6L2 -2L6 -2L6 2L2 2L2 6L-2 6L-2 2L-6 2L-6 -2L-2 -2Z",
    "star": _polygon(5, 7.0, inner=3.1),
    "hexagon": _polygon(6, 6.2),
    "bar": "M-6.4 -2.6L6.4 -2.6L6.4 2.6L-6.4 2.6Z",
})
"""SVG path data by shape, within 7 units around the origin."""


def symbol_svg(shape: str, colour: str, ink: str, *, size: int = 14) -> str:
    """A symbol as SVG text."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="-8 -8 16 16">'
        f'<path d="{PATHS[shape]}" fill="{colour}" stroke="{ink}" stroke-width="1.1" stroke-linejoin="round"/></svg>'
    )


def data_uri(svg: str) -> str:
    """An SVG as the address of an image: pages that strip inline SVG still show it, and nothing in it can run."""
    return f"data:image/svg+xml,{quote(svg)}"
