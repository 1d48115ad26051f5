"""Text on a picture: one font that matplotlib carries itself, and no text that could be taken for instructions.

Names come from reports and tables. matplotlib reads `$...$` as mathematics and warns of letters its font lacks; here a text
is drawn letter by letter as it is written, and a letter that the font lacks becomes a box.
"""

import unicodedata
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.ft2font import FT2Font
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

FONT = "DejaVu Sans"
"""Comes inside matplotlib, so that a picture is the same on every machine."""
LONGEST = 42
_PIXELS_PER_INCH = 100
_MISSING = "□"
_LETTER_SPACE = "\u2009"


def points(pixels: float) -> float:
    """A length in pixels as printer's points, matplotlib's unit."""
    return pixels * 72 / _PIXELS_PER_INCH


def pixels(axes: Any) -> Transform:
    """The pixels that all is laid out in, whatever the resolution a file is written in (72 an inch in SVG)."""
    found: Transform = Affine2D().scale(1 / _PIXELS_PER_INCH) + axes.figure.dpi_scale_trans
    return found


def drawable(text: str, longest: int = LONGEST) -> str:
    """A text on one line, shortened, composed, with a box for each letter that cannot be drawn."""
    line = shorten(" ".join(unicodedata.normalize("NFC", text).split()), longest, placeholder="…")
    line = line if len(line) > 1 or len(text) <= 1 else text.strip()[: longest - 1] + "…"
    known = _letters()
    return "".join(letter if ord(letter) in known else _MISSING for letter in line)


def letter(
    where: Any, x: float, y: float, text: str, *, size: float, colour: str, halo: str = "", longest: int = LONGEST,
    spaced: bool = False, **style: Any,
) -> Text:
    """Write a text on axes or a figure.

    Parameters
    ----------
    where
        Axes or Figure.
    x, y
        In its own coordinates unless `transform` says otherwise.
    text
        Any text, hostile or not.
    size
        In pixels.
    colour
        As matplotlib takes it.
    halo
        Colour of a thin outline that keeps it apart from lines below it; none if empty.
    longest
        Longer texts are cut and end in an ellipsis.
    spaced
        Whether its letters stand apart, as those of regions on maps do.
    style
        What :class:`matplotlib.text.Text` takes besides.
    """
    line = drawable(text, longest)
    line = _LETTER_SPACE.join(line) if spaced else line
    written: Text = where.text(
        x, y, line, fontsize=points(size), color=colour, family=FONT, parse_math=False, **style,
    )
    if halo:
        written.set_path_effects([withStroke(linewidth=points(3.5), foreground=halo)])
    return written


def size_of(artist: Artist, renderer: Any) -> tuple[float, float]:
    """Width and height of a drawn thing in pixels."""
    box = artist.get_window_extent(renderer)
    return float(box.width), float(box.height)


@cache
def _letters() -> frozenset[int]:
    regular = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    return frozenset(FT2Font(str(regular)).get_charmap())
