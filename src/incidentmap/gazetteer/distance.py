"""Lengths on the ellipsoid. Degrees are never measured with."""

from pyproj import Geod

from incidentmap.model import Position

_WGS84 = Geod(ellps="WGS84")


def distance_km(one: Position, other: Position) -> float:
    """Geodesic distance of two positions, in kilometres (WGS 84)."""
    return float(_WGS84.inv(one.lon, one.lat, other.lon, other.lat)[2]) / 1000
