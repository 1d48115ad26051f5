"""How far places lie from an outline: fast enough to be asked of every candidate of every name."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from incidentmap.model import Position

Array = NDArray[np.float64]
_EARTH_KM = 6371.0088
_LONGEST_EDGE_DEG = 0.1
_COARSE_DEG = 0.01


class Outline:
    """A polygon (WGS 84) that knows the distance of a position to it, on the sphere: for ranking, not for what is inside.

    Its border is taken, simplified by 0.01 degrees, as points at most 0.1 degrees apart: a distance is right to half a percent
    of itself and two kilometres.
    """

    def __init__(self, geometry: BaseGeometry) -> None:
        shapely.prepare(geometry)
        self._geometry = geometry
        self._bounds = geometry.bounds
        self._border = _vectors(shapely.get_coordinates(_coarse(geometry)))
        self.distance_km = lru_cache(maxsize=1 << 15)(self._distance_km)
        """Kilometres from a position to the polygon, 0 inside it."""

    def _distance_km(self, position: Position) -> float:
        lon, lat = position.lon, position.lat
        west, south, east, north = self._bounds
        if west <= lon <= east and south <= lat <= north and shapely.contains_xy(self._geometry, lon, lat):
            return 0.0
        closest = float((self._border @ _vector(lon, lat)).max())
        return _EARTH_KM * math.acos(min(1.0, closest))


def sphere_km(one: Position, other: Position) -> float:
    """Distance on the sphere in kilometres, within half a percent of the ellipsoid's: a tenth of the time, for ranking."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def kilometres(here: Sequence[Position], there: Sequence[Position]) -> Array:
    """Distances on the sphere, one row for each position here and one column for each there."""
    cosines = _vectors(_lon_lat(here)) @ _vectors(_lon_lat(there)).T
    return np.asarray(_EARTH_KM * np.arccos(np.clip(cosines, -1.0, 1.0)))


def _lon_lat(positions: Sequence[Position]) -> Array:
    return np.array([(position.lon, position.lat) for position in positions])


def _coarse(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.segmentize(shapely.simplify(geometry, _COARSE_DEG), _LONGEST_EDGE_DEG)


def _vector(lon: float, lat: float) -> Array:
    east, north = math.radians(lon), math.radians(lat)
    return np.array((math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)))


def _vectors(lon_lat: Array) -> Array:
    east, north = np.radians(lon_lat[:, 0]), np.radians(lon_lat[:, 1])
    return np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))
