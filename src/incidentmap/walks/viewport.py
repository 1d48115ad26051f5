"""The part of the map that a visitor sees, as far as the server asks by it."""

from dataclasses import dataclass
from math import asinh, atan, degrees, floor, log2, pi, radians, sinh, tan

from incidentmap.model import BBox

_TILE_PX = 256
_WIDE_PX, _HIGH_PX = 1400, 800
"""Of a map on a wide screen; a smaller one shows less than was asked for."""
_CLOSEST = 12.0
_FURTHEST_LAT = 85.0511
"""Where the web map ends."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A box in whole tiles of the zoom, so that moving a little asks nothing anew. It reaches no further than the date line."""

    bbox: BBox
    zoom: int


def viewport(lat: float, lon: float, zoom: float) -> Viewport:
    """What is seen around a middle, with some beyond."""
    level = max(0, floor(zoom))
    tiles = 2**level
    x, y = (lon + 180) / 360 * tiles, (1 - asinh(tan(radians(_held(lat)))) / pi) / 2 * tiles
    across, down = (pixels / _TILE_PX / 2 / 2 ** (zoom - level) for pixels in (_WIDE_PX, _HIGH_PX))
    west, east = (_lon(floor(x - across), tiles), _lon(floor(x + across) + 1, tiles))
    north, south = (_lat(floor(y - down), tiles), _lat(floor(y + down) + 1, tiles))
    return Viewport((west, south, east, north), level)


def viewport_of(bbox: BBox) -> Viewport:
    """What is seen of a map that shows a box whole."""
    west, south, east, north = bbox
    low, high = (asinh(tan(radians(_held(lat)))) for lat in (south, north))
    width, height = max(1e-6, (east - west) / 360), max(1e-6, (high - low) / (2 * pi))
    zoom = min(log2(_WIDE_PX / _TILE_PX / width), log2(_HIGH_PX / _TILE_PX / height), _CLOSEST)
    return viewport(degrees(atan(sinh((low + high) / 2))), (west + east) / 2, max(0.0, zoom))


def _held(lat: float) -> float:
    return max(-_FURTHEST_LAT, min(_FURTHEST_LAT, lat))


def _lon(column: int, tiles: int) -> float:
    return max(0, min(tiles, column)) / tiles * 360 - 180


def _lat(row: int, tiles: int) -> float:
    """The pole beyond the first and the last row: what lies there is drawn nowhere, and lost nowhere."""
    if not 0 < row < tiles:
        return 90.0 if row <= 0 else -90.0
    return degrees(atan(sinh(pi * (1 - 2 * row / tiles))))
