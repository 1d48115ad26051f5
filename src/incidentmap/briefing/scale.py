"""The scale bar."""

from functools import partial

from incidentmap.briefing.board import Board
from incidentmap.briefing.lettering import letter, points, size_of
from incidentmap.words import say

_OVER_MAP = 20


def draw_scale(board: Board, x: float, y: float, frame_px: float) -> None:
    """Draw a bar of a round length, true along the map's middle parallel, and say at which latitude that is.

    Parameters
    ----------
    board
        Its axes are in pixels.
    x, y
        Left end of the bar.
    frame_px
        Width of the map in pixels.
    """
    colours, extent = board.colours, board.extent
    km, pixels = round_length(extent.width_km, frame_px)
    latitude = f"{extent.middle_lat:.1f}".replace(".", "," if board.language == "fr" else ".")
    write = partial(letter, board.axes, halo=colours.halo, va="center", zorder=_OVER_MAP)
    length = write(x, y + 22, f"{km:g} km", size=13, colour=colours.ink, weight="bold")
    after = x + size_of(length, board.renderer)[0] + 9
    write(after, y + 22, say(board.language, "picture.scale", latitude=latitude), size=11.5, colour=colours.muted)
    bar = [x, x, x + pixels, x + pixels], [y + 9, y, y, y + 9]
    for tint, thick in ((colours.halo, 6.0), (colours.ink, 2.2)):
        board.axes.plot(*bar, color=tint, linewidth=points(thick), zorder=_OVER_MAP - 1)


def round_length(width_km: float, frame_px: float) -> tuple[float, float]:
    """The longest of 1, 2 and 5 times a power of ten that takes up at most a quarter of the frame, in km and in pixels."""
    lengths = [digit * 10.0 ** power for power in range(-2, 5) for digit in (1, 2, 5)]
    km = max((length for length in lengths if length <= width_km / 4), default=lengths[0])
    return km, km / width_km * frame_px
