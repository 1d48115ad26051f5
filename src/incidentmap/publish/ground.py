"""Where a place is told at a coarser level: the settlement or unit instead of the point, the same for all that lie there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from incidentmap.frames.geometry import one_polygon
from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer.polygons import area_name, polygon_in
from incidentmap.gazetteer.reverse import Surveyor
from incidentmap.model import Position
from incidentmap.paths import shipped
from incidentmap.publish.level import Level

Units = Callable[[NDArray[np.float64], NDArray[np.float64]], pa.Table]
"""The units in which points (degrees east and north) lie: ids of country, admin1, admin2; null where no polygon holds one."""
Point = tuple[float, float]
SETTLEMENT_KM = 25.0
"""A settlement stands for what is at most so far away. The circle told around it is always this wide: it tells no distance."""
_OUTLINE_DEG = (0.1, 0.04, 0.02)
"""By how much the outlines of countries, first and second units are simplified."""
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is told.

    Parameters
    ----------
    area_id, name
        Of the unit, or the name of the settlement; None where there is none.
    anchor
        Longitude and latitude of the settlement, or of a point inside the unit.
    geometry
        WKB of a point or of a coarse outline.
    """

    level: Level
    area_id: str | None = None
    name: str | None = None
    anchor: Point | None = None
    radius_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    geometry: bytes | None = None


NOWHERE = Spot(Level.NOWHERE)


class Ground:
    """Finds the settlement or unit of points; each distinct point is looked up once.

    Settlements are the shipped ones alone: a place that somebody added or decided may be the very spot that is to be kept.
    """

    def __init__(self, units: Units, ground: Path) -> None:
        self._units, self._ground = units, ground
        self._known: dict[Point, tuple[str | None, ...]] = {}

    def learn(self, points: Iterable[Point]) -> None:
        """Look up the units of points that are not known yet, all at once."""
        fresh = sorted({point for point in points if point not in self._known})
        if fresh:
            lon, lat = np.array(fresh, np.float64).T
            found = self._units(lon, lat)
            ids = zip(*(found[name].to_pylist() for name in found.column_names), strict=True)
            self._known.update(zip(fresh, ids, strict=True))

    def spot(self, level: Level, point: Point | None, area_id: str | None, country: str | None) -> Spot:
        """What is told at a level of a point or an area; a coarser level where nothing is known of the one asked for."""
        if level is Level.SETTLEMENT:
            found = self._settlement(point) if point and not area_id else None
            return found or self.spot(Level.ADMIN2, point, area_id, country)
        if level is Level.NOWHERE:
            return NOWHERE
        held = self._held(point, area_id)
        finest = {Level.ADMIN2: 3, Level.ADMIN1: 2, Level.COUNTRY: 1}[level]
        unit = next((each for each in reversed(held[:finest]) if each), None)
        return self.unit(unit) if unit else Spot(Level.COUNTRY, country=country) if country else NOWHERE

    @lru_cache(maxsize=8192)  # noqa: B019 - lives as long as an export
    def unit(self, area_id: str) -> Spot:
        """A unit as a place."""
        shape = polygon_in(self._ground, area_id)
        names = [area_name(self._ground, "/".join(area_id.split("/")[:depth])) for depth in range(1, area_id.count("/") + 2)]
        names += [None] * (3 - len(names))  # type: ignore[list-item]
        inside = shapely.point_on_surface(shape) if shape else None
        return Spot(
            Level(Level.COUNTRY - area_id.count("/")), area_id, [name for name in names if name][-1],
            (round(inside.x, 2), round(inside.y, 2)) if inside else None, _reach_km(shape) if shape else None,
            area_id.partition("/")[0], names[1], names[2], _outline(shape, area_id.count("/")) if shape else None,
        )

    def _held(self, point: Point | None, area_id: str | None) -> tuple[str | None, ...]:
        """Ids of country, admin1 and admin2, from the area that is known, else from the point."""
        if area_id:
            steps = area_id.split("/")
            return tuple("/".join(steps[:depth]) if depth <= len(steps) else None for depth in (1, 2, 3))
        if point is None:
            return (None, None, None)
        self.learn([point])
        return self._known[point]

    @cached_property
    def _surveyor(self) -> Surveyor:
        return Surveyor(open_gazetteer(self._ground, shelves=()), self._ground)

    @lru_cache(maxsize=65_536)  # noqa: B019 - lives as long as an export
    def _settlement(self, point: Point) -> Spot | None:
        near = self._surveyor.neighbours(Position(*point), 1)
        if not near or near[0].distance_km > SETTLEMENT_KM:
            return None
        place = near[0].place
        anchor = (place.position.lon, place.position.lat)
        unit = next((self.unit(each) for each in reversed(self._held(anchor, None)) if each), NOWHERE)
        shape = shapely.to_wkb(shapely.Point(anchor))
        return Spot(
            Level.SETTLEMENT, None, place.name, anchor, SETTLEMENT_KM, unit.country or place.country or None, unit.admin1,
            unit.admin2, shape,
        )


def open_ground(units: Units) -> Ground:
    """The shipped boundaries and settlements."""
    return Ground(units, shipped("geo"))


def _outline(shape: BaseGeometry, depth: int) -> bytes:
    """One polygon, coarse: it says which unit is meant, and stands in every record of it."""
    coarse = one_polygon(shape).simplify(_OUTLINE_DEG[depth])
    drawn: bytes = shapely.to_wkb(shapely.orient_polygons(coarse, exterior_cw=False))
    return drawn


def _reach_km(shape: BaseGeometry) -> float:
    """Half the diagonal of the box around a unit, rounded up to 10 km."""
    west, south, east, north = shape.bounds
    return float(np.ceil(_WGS84.inv(west, south, east, north)[2] / 2 / 10_000) * 10)
