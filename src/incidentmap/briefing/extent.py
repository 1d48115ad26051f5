"""Which piece of the ground a picture shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from pyproj import Geod
from shapely.geometry import Polygon, box

from incidentmap.model import BBox

_MARGIN = 0.14
"""Share of the incidents' own extent that is left free around them, for labels."""
_REGION_SHARE = 0.5
"""At least so much of the region's width and height is in the picture, however close the incidents are."""
_FARTHEST = 1.5
"""Incidents farther from the region than this many times its size (and 8 degrees) stand in the legend, or it would be tiny."""
_FAR_DEG = 8.0
_SMALLEST_DEG = 2.0
_ROOM, _CLOSEST_DEG = 0.22, 0.3
"""Of a close look: the share that is left free on each side, and how wide it is at least."""
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Extent:
    """A piece of the ground in degrees (WGS 84), drawn with true lengths east to west at its middle latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle_lat(self) -> float:
        """Latitude of true scale."""
        return (self.south + self.north) / 2

    @property
    def width_km(self) -> float:
        """Length of the middle parallel, on the ellipsoid."""
        return km_per_degree(self.middle_lat) * (self.east - self.west)

    @property
    def outline(self) -> Polygon:
        """As a polygon (WGS 84)."""
        return box(self.west, self.south, self.east, self.north)

    def holds(self, bounds: BBox) -> bool:
        """Whether a box lies in it."""
        west, south, east, north = bounds
        return self.west <= west and self.south <= south and east <= self.east and north <= self.north


def km_per_degree(lat: float) -> float:
    """Length of one degree of longitude at a latitude, in km on the WGS 84 ellipsoid."""
    _, _, metres = _EARTH.inv(0.0, lat, 0.01, lat)
    return float(metres) / 10


def choose_extent(incidents: Sequence[BBox], region: BBox | None, fallback: BBox, aspect: float) -> Extent:
    """The incidents with a margin, at least half of the region, widened to the shape of the frame towards the region.

    Parameters
    ----------
    incidents
        Bounds of each incident's geometry; those far away from the region are left out.
    region
        Bounds of the region of interest, None without one.
    fallback
        What is shown where there is neither.
    aspect
        Width of the frame by its height.
    """
    near = [bounds for bounds in incidents if region is None or not _far(bounds, region)]
    shown = _margin(_union(near) if near else region or fallback)
    if region:
        shown = _at_least(shown, region)
    return _shape(shown, region or shown, aspect)


def around(incidents: Sequence[BBox], aspect: float) -> Extent:
    """A close look at incidents: their bounds with room for labels, and at least some thirty kilometres wide."""
    west, south, east, north = _union(incidents)
    across = max((east - west) * _ROOM, (_CLOSEST_DEG - east + west) / 2)
    along = max((north - south) * _ROOM, (_CLOSEST_DEG / aspect - north + south) / 2)
    bounds = west - across, south - along, east + across, north + along
    return _shape(bounds, bounds, aspect)


def _far(bounds: BBox, region: BBox) -> bool:
    west, south, east, north = region
    width, height = max((east - west) * _FARTHEST, _FAR_DEG), max((north - south) * _FARTHEST, _FAR_DEG)
    return bounds[0] < west - width or bounds[2] > east + width or bounds[1] < south - height or bounds[3] > north + height


def _union(boxes: Sequence[BBox]) -> BBox:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _margin(bounds: BBox) -> BBox:
    west, south, east, north = bounds
    across = max((east - west) * _MARGIN, (_SMALLEST_DEG - east + west) / 2, _SMALLEST_DEG / 8)
    along = max((north - south) * _MARGIN, (_SMALLEST_DEG - north + south) / 2, _SMALLEST_DEG / 8)
    return west - across, south - along, east + across, north + along


def _at_least(bounds: BBox, region: BBox) -> BBox:
    west, east = _stretch(bounds[0], bounds[2], region[0], region[2], _REGION_SHARE * (region[2] - region[0]))
    south, north = _stretch(bounds[1], bounds[3], region[1], region[3], _REGION_SHARE * (region[3] - region[1]))
    return west, south, east, north


def _stretch(low: float, high: float, towards_low: float, towards_high: float, length: float) -> tuple[float, float]:
    """The interval made at least `length` long, first where the other one reaches beyond it, the rest on both sides alike."""
    missing = max(length - (high - low), 0.0)
    room_low, room_high = max(low - towards_low, 0.0), max(towards_high - high, 0.0)
    used = min(missing, room_low + room_high) / (room_low + room_high) if room_low + room_high else 0.0
    rest = max(missing - room_low - room_high, 0.0) / 2
    return low - room_low * used - rest, high + room_high * used + rest


def _shape(bounds: BBox, region: BBox, aspect: float) -> Extent:
    west, south, east, north = bounds
    for _ in range(3):  # the middle latitude moves a little as the box grows
        stretch = cos(radians((south + north) / 2))
        width, height = (east - west) * stretch, north - south
        if width < height * aspect:
            west, east = _stretch(west, east, region[0], region[2], height * aspect / stretch)
        else:
            south, north = _stretch(south, north, region[1], region[3], width / aspect)
    return Extent(west, max(south, -89.0), east, min(north, 89.0))
