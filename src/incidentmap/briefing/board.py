"""What every part of a picture is drawn with."""

from dataclasses import dataclass
from typing import Any

from incidentmap.briefing.extent import Extent
from incidentmap.maps.theme import Palette


@dataclass(frozen=True)
class Board:
    """Axes to draw on and how to draw.

    Parameters
    ----------
    axes
        matplotlib axes: the map's, in degrees, or the sheet's, in pixels.
    renderer
        Measures texts before they are placed.
    """

    axes: Any
    renderer: Any
    extent: Extent
    colours: Palette
    language: str
