"""Which country a point lies in, as far as polygons are shipped: asked once for each distinct point."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from incidentmap.model import MissingGround

Points = NDArray[np.float64]
Flags = NDArray[np.bool_]
_TOLERANCE_DEG = 0.1
"""About 11 km: sources round coordinates and simplified borders stray by a few kilometres."""
_BESIDE_DEG = 0.5
_DETAIL_DEG = 0.02
_IN_PART = frozenset({"EG", "SD"})
"""Countries of which the shipped file has only the west."""
_ONE_CLAIM = ("MA", "EH")
"""Sources put places of Western Sahara under either code; neither is held against the other."""
_LAND_BOX = (-19.9, 2.1, 25.9, 37.4)
"""West, south, east, north of what `geo/basemap/land.geojson` covers without a gap."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Polygons (WGS 84) against which points are held.

    Parameters
    ----------
    countries
        By ISO 3166-1 alpha-2: the country, wider by about 11 km.
    around
        The same, wider by about 55 km: a point in it may be a place over the border rather than a slip of the pen.
    whole
        Those of the countries whose polygon has all of it: only of these can it be said that a point is outside.
    land
        All land within `box`, wider likewise; None: nothing is said about the sea.
    box
        West, south, east, north, in which a point on no land is in the sea.
    """

    countries: Mapping[str, BaseGeometry]
    around: Mapping[str, BaseGeometry]
    whole: frozenset[str]
    land: BaseGeometry | None
    box: tuple[float, float, float, float]

    def inside(self, code: str, points: Points) -> Flags:
        """Whether points (n x 2: lon, lat) lie in or near a country that is among `countries`."""
        return _contains(self.countries[code], points)

    def beside(self, code: str, points: Points) -> Flags:
        """Whether points lie in the country or within about 55 km of it."""
        return _contains(self.around[code], points)

    def country(self, points: Points) -> list[str | None]:
        """The country of each point, None where no polygon has it; near a border the first by code."""
        found: list[str | None] = [None] * len(points)
        for code in sorted(self.countries, reverse=True):
            for at in np.flatnonzero(self.inside(code, points)):
                found[at] = code
        return found

    def at_sea(self, points: Points) -> Flags:
        """Whether points lie within the box and on no land."""
        west, south, east, north = self.box
        lon, lat = points[:, 0], points[:, 1]
        known = (lon > west) & (lon < east) & (lat > south) & (lat < north)
        return known & ~_contains(self.land, points) if self.land is not None else np.zeros(len(points), bool)


def _contains(polygon: BaseGeometry, points: Points) -> Flags:
    west, south, east, north = polygon.bounds
    lon, lat = points[:, 0], points[:, 1]
    near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    inside = np.zeros(len(points), bool)
    inside[near] = shapely.contains_xy(polygon, lon[near], lat[near])
    return inside


@cache
def open_ground(geo: Path) -> Ground:
    """The ground of a copy of `geo/`: its countries and its land.

    Raises
    ------
    MissingGround
        If a file is not there or is no GeoJSON: the installation is incomplete.
    """
    shapes = _shapes(geo / "boundaries" / "admin0.geojson", "country")
    claimed = shapely.union_all([shapes[code] for code in _ONE_CLAIM if code in shapes])
    shapes |= {code: claimed for code in _ONE_CLAIM if code in shapes}
    countries = {code: _wider(shape, _TOLERANCE_DEG) for code, shape in shapes.items()}
    around = {code: _wider(shape, _BESIDE_DEG) for code, shape in shapes.items()}
    land = _wider(shapely.union_all([*_shapes(geo / "basemap" / "land.geojson", "iso2").values()]), _TOLERANCE_DEG)
    return Ground(countries, around, frozenset(countries) - _IN_PART, land, _LAND_BOX)


def no_ground() -> Ground:
    """A ground that knows no country: nothing is said about where points lie."""
    return Ground({}, {}, frozenset(), None, _LAND_BOX)


def _shapes(path: Path, key: str) -> dict[str, BaseGeometry]:
    try:
        loaded = json.loads(path.read_text("utf-8"))["features"]
        return {each["properties"][key]: _shape(each["geometry"]) for each in loaded}
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise MissingGround(f"{path}: cannot be read ({error}). Install incidentmap again.") from error


def _shape(geometry: object) -> BaseGeometry:
    return shapely.make_valid(shapely.from_geojson(json.dumps(geometry)))


def _wider(shape: BaseGeometry, degrees: float) -> BaseGeometry:
    wide: BaseGeometry = shapely.simplify(shapely.buffer(shape, degrees, quad_segs=4), _DETAIL_DEG)
    shapely.prepare(wide)
    return wide
