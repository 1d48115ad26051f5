"""A drawn area: a small polygon on the map, in degrees (WGS 84), and what lies in it.

Its edges are straight in longitude and latitude, as on the map; it never crosses the date line. What lies in it is told by the
parity of edges east of a point: plain arithmetic on doubles, the same here, in SQLite and in DuckDB.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidentmap.model.errors import BadValue

Area = tuple[tuple[float, float], ...]
"""Corners (longitude, latitude) in order, the first not said again."""
MOST_CORNERS = 60
_DECIMALS = 5
"""Of a corner: about a metre."""
_SHAPE = "lon,lat;lon,lat;... in degrees"


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge that is no parallel: its latitudes, its longitude at the southern one, and degrees east per degree north."""

    south: float
    north: float
    lon: float
    slope: float


def checked_area(corners: Iterable[tuple[float, float]]) -> Area:
    """Corners rounded to a metre, without one that closes the ring.

    Raises
    ------
    BadValue
        If there are too few or too many, or one is not on the globe.
    """
    area = tuple((round(lon, _DECIMALS) + 0.0, round(lat, _DECIMALS) + 0.0) for lon, lat in corners)
    while len(area) > 1 and area[0] == area[-1]:
        area = area[:-1]
    if area and not 3 <= len(area) <= MOST_CORNERS:
        raise BadValue("area", f"{len(area)} corners", f"3 to {MOST_CORNERS} of them", "Draw a simpler area.")
    for lon, lat in area:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise BadValue("corner of the area", f"{lon:g},{lat:g}", "degrees east from -180 to 180, north from -90 to 90")
    return area


def area_text(area: Area) -> str:
    """An area as a parameter of the address."""
    return ";".join(f"{_number(lon)},{_number(lat)}" for lon, lat in area)


def parse_area(text: str) -> Area:
    """The area of a parameter. Raises `BadValue` for what is none."""
    corners = []
    for corner in text.split(";") if text else ():
        try:
            lon, lat = (float(part) for part in corner.split(","))
        except ValueError as error:
            raise BadValue("area", text, _SHAPE) from error
        corners.append((lon, lat))
    return checked_area(corners)


def area_edges(area: Area) -> tuple[Edge, ...]:
    """The edges of an area, but for those along a parallel: no eastward ray crosses these."""
    pairs = [sorted(((lat, lon), (area[place - 1][1], area[place - 1][0]))) for place, (lon, lat) in enumerate(area)]
    return tuple(
        Edge(south, north, west, (east - west) / (north - south)) for (south, west), (north, east) in pairs if south != north
    )


def area_bounds(area: Area) -> tuple[float, float, float, float]:
    """west, south, east, north."""
    lons, lats = zip(*area, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def lies_in(area: Area, lon: float, lat: float) -> bool:
    """Whether a point lies in an area; of its edges, the western and southern ones are part of it."""
    east = sum(edge.south <= lat < edge.north and lon < edge.lon + (lat - edge.south) * edge.slope for edge in area_edges(area))
    return east % 2 == 1


def _number(degrees: float) -> str:
    return f"{degrees:.{_DECIMALS}f}".rstrip("0").rstrip(".")
