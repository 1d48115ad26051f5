"""What is drawn for a location: a point, a line or an area, never a dot for what is only known as an area."""

from collections.abc import Callable

from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from incidentmap.model import Location, Position

Boundary = Callable[[str], BaseGeometry | None]
"""Gives the polygon (WGS 84) of an area id, None if it knows none."""
_WGS84 = Geod(ellps="WGS84")
_CORNERS = 72
_MAINLAND = 0.99
_REGION_ONLY = 3


def location_geometry(location: Location | None, boundary: Boundary) -> BaseGeometry | None:
    """Geometry of a location in EPSG:4326, longitude first.

    Returns
    -------
    BaseGeometry or None
        A line for an axis, else a polygon for an area (its boundary, or the circle of `radius_km` where that is unknown),
        else a point; None without a location.
    """
    if location is None:
        return None
    if len(location.line) > 1:
        return LineString([(point.lon, point.lat) for point in location.line])
    if is_area(location):
        area = boundary(location.area_id)
        return one_polygon(area) if area else circle(location.position, location.radius_km)
    return Point(location.position.lon, location.position.lat)


def is_area(location: Location) -> bool:
    """Whether only an area is known: by its polygon, or by the third class of precision where no polygon is to be had."""
    return bool(location.area_id) or location.precision == _REGION_ONLY


def one_polygon(area: BaseGeometry) -> BaseGeometry:
    """An area as one polygon, as exports promise.

    Islets and slivers of together less than a hundredth of the area are left out; an area of several true parts becomes its
    convex hull, which holds them all: never finer than the words.
    """
    if not isinstance(area, MultiPolygon):
        return area
    largest = max(area.geoms, key=lambda part: part.area)
    return largest if largest.area >= _MAINLAND * area.area else area.convex_hull


def circle(centre: Position, radius_km: float) -> Polygon:
    """The circle of a radius on the ellipsoid around a position, as a polygon of 72 corners."""
    bearings = [360 / _CORNERS * number for number in range(_CORNERS)]
    count = len(bearings)
    lons, lats, _ = _WGS84.fwd([centre.lon] * count, [centre.lat] * count, bearings, [radius_km * 1000] * count)
    return Polygon(zip(lons, lats, strict=True))
