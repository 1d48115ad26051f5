"""From a point to words: the settlement that tells best where it is, areas, regions of interest, a border that is near.

Never fails for a position on Earth; where nothing is near, that is the answer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.finder import Gazetteer
from incidentmap.gazetteer.interest import BORDER_KM, Region, read_regions
from incidentmap.gazetteer.landmarks import Landmark, Landmarks, telling
from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.polygons import LEVELS, area_name, polygons
from incidentmap.model import Place, Position
from incidentmap.paths import shipped
from incidentmap.words import say

_KM_A_DEGREE = 110.5
_SAME_KM = 2.0
"""Settlements of two sources this close are one place, whatever their names."""
_SAME_NAME_KM = 20.0
"""As far as that, if the name is the same: sources differ by up to 15 km."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A settlement near a point.

    Parameters
    ----------
    bearing_deg
        From the settlement to the point, clockwise from true north.
    at
        Whether the point lies within the settlement's radius.
    """

    place: Place
    distance_km: float
    bearing_deg: float
    at: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A region of interest that contains a point: by its polygon (0 km), or by the tolerance of 5 km."""

    region: str
    outside_km: float


@dataclass(frozen=True, slots=True)
class Border:
    """The nearest other country, where it is near: code, name as in `geo/boundaries`."""

    country: str
    name: str
    distance_km: float


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a point is.

    Parameters
    ----------
    nearest
        The settlement that tells it best, None where none is within the limit (400 km).
    others
        The next ones, best first.
    areas
        Ids of the polygons that hold the point: country, unit, sub-unit, as far as they are known.
    country
        ISO 3166-1 alpha-2 by polygon; empty where no polygon holds the point.
    country_name, admin1, admin2
        Names by polygon, as in `geo/boundaries`; empty in the same way.
    """

    position: Position
    nearest: Neighbour | None
    others: tuple[Neighbour, ...]
    areas: tuple[str, ...]
    country: str
    country_name: str
    admin1: str
    admin2: str
    regions: tuple[Held, ...]
    border: Border | None


class Surveyor:
    """Tells where points are. Reads settlements and polygons once, when first asked; safe to share between threads.

    Parameters
    ----------
    gazetteer
        Its settlements tell where a point is.
    ground
        A copy of `geo/` with boundaries and regions; the shipped one by default.
    """

    def __init__(self, gazetteer: Gazetteer, ground: Path | None = None) -> None:
        self._lookup = gazetteer.lookup
        self._ground = ground or shipped("geo")

    def whereabouts(self, here: Position, most: int | None = None) -> Whereabouts:
        """Where a point is.

        Parameters
        ----------
        here
            Any position, WGS 84.
        most
            How many settlements to tell at most; four by default.
        """
        near = self.neighbours(here, telling().others + 1 if most is None else most)
        point = shapely.points(here.lon, here.lat)
        areas = tuple(area for level in self._levels if (area := level.holding(point)))
        names = [area_name(self._ground, area) for area in areas]
        unit = {area.count("/"): name for area, name in zip(areas, names, strict=True)}
        country = areas[0].split("/")[0] if areas else ""
        return Whereabouts(
            position=here, nearest=near[0] if near else None, others=near[1:], areas=areas, country=country,
            country_name=unit.get(0, ""), admin1=unit.get(1, ""), admin2=unit.get(2, ""),
            regions=self._regions_of(here, point), border=self._border(here, point, country),
        )

    @cached_property
    def _landmarks(self) -> Landmarks:
        return Landmarks(self._lookup.settlement_points(), telling())

    @cached_property
    def _levels(self) -> tuple["_Level", ...]:
        return tuple(_Level(self._ground, level) for level in LEVELS)

    def neighbours(self, here: Position, most: int) -> tuple[Neighbour, ...]:
        """The settlements that tell best where a point is, best first; of two sources' entries of one place the first."""
        marks = self._landmarks.near(here, most * 2)
        places = self._lookup.places([mark.number for mark in marks])
        kept: list[Neighbour] = []
        for mark in marks:
            place = places[mark.number]
            if len(kept) < most and not any(_same(place, other.place) for other in kept):
                kept.append(_neighbour(place, mark))
        return tuple(kept)

    @cached_property
    def _regions(self) -> tuple[tuple[Region, ...], shapely.STRtree]:
        """The regions of interest in the order of their ids, and a tree of their boxes with more than the tolerance around."""
        known = tuple(read_regions(self._ground / "regions").values())
        return known, shapely.STRtree([_wide_box(each.geometry.bounds, BORDER_KM) for each in known])

    def _regions_of(self, here: Position, point: BaseGeometry) -> tuple[Held, ...]:
        known, boxes = self._regions
        near = (known[index] for index in sorted(boxes.query(point).tolist()))
        return tuple(Held(each.id, round(each.distance_km(here), 1)) for each in near if each.contains(here))

    def _border(self, here: Position, point: BaseGeometry, own: str) -> Border | None:
        """The nearest country apart from the own one, which is that of the polygon; at sea no border is told."""
        if not own:
            return None
        limit = telling().border_km
        near = ((far, code) for code, far in self._levels[0].within(here, point, limit) if code != own and far <= limit)
        best = min(near, default=None)
        return Border(best[1], area_name(self._ground, best[1]), round(best[0], 1)) if best else None


class _Level:
    """The polygons of one level, prepared."""

    def __init__(self, ground: Path, level: str) -> None:
        known = polygons(ground, level)
        self._ids = tuple(known)
        self._outlines = np.array(tuple(known.values()), dtype=object)
        shapely.prepare(self._outlines)
        self._tree = shapely.STRtree(self._outlines)

    def holding(self, point: BaseGeometry) -> str:
        """Id of the first polygon that holds a point; empty for none."""
        boxes = sorted(self._tree.query(point).tolist())
        return next((self._ids[index] for index in boxes if shapely.intersects(self._outlines[index], point)), "")

    def within(self, here: Position, point: BaseGeometry, limit_km: float) -> Sequence[tuple[str, float]]:
        """Ids and distances (km, ellipsoid) of polygons that may be within a distance of a point."""
        narrow = max(math.cos(math.radians(here.lat)), 0.01)
        reach = limit_km / _KM_A_DEGREE / narrow
        near = self._tree.query(shapely.box(here.lon - reach, here.lat - reach, here.lon + reach, here.lat + reach))
        near = near[shapely.dwithin(self._outlines[near], point, reach)]
        return [(self._ids[index], _outline_km(self._outlines[index], here, reach, narrow)) for index in near]


def in_words(found: Whereabouts, language: str, points: int = 16) -> str:
    """Where a point is, in a few words: "12 km SO de Diré", "à Diré".

    Parameters
    ----------
    found
        From :meth:`Surveyor.whereabouts`.
    language
        ``fr`` or ``en``.
    points
        Of the compass: 8 or 16.
    """
    if found.nearest is None:
        return say(language, "reverse.far", km=f"{telling().far_km:g}")
    return neighbour_in_words(found.nearest, language, points)


def neighbour_in_words(near: Neighbour, language: str, points: int = 16) -> str:
    """As :func:`in_words`, told from one settlement. Whole kilometres: a settlement's own point is no finer."""
    name = near.place.name
    if near.at:
        return say(language, "reverse.at", name=name)
    vowel = fold_name(name)[:1] in tuple("aeiou")
    kilometres = max(1, round(near.distance_km))
    key = "reverse.away_vowel" if vowel else "reverse.away"
    return say(language, key, km=kilometres, compass=compass(near.bearing_deg, language, points), name=name)


def compass(bearing_deg: float, language: str, points: int = 16) -> str:
    """The compass point of a bearing (degrees clockwise from north): one of 8 or 16."""
    winds = say(language, "compass").split()
    step = len(winds) // points
    return winds[round(bearing_deg * points / 360) % points * step]


def _neighbour(place: Place, mark: Landmark) -> Neighbour:
    return Neighbour(place, round(mark.distance_km, 3), round(mark.bearing_deg, 1), mark.distance_km <= place.radius_km)


def _same(one: Place, other: Place) -> bool:
    """Whether two sources tell of one place."""
    if one.source == other.source:
        return False
    apart = distance_km(one.position, other.position)
    return apart <= _SAME_KM or (apart <= _SAME_NAME_KM and fold_name(one.name) == fold_name(other.name))


def _wide_box(bounds: tuple[float, float, float, float], around_km: float) -> BaseGeometry:
    """A box with at least some kilometres around it."""
    west, south, east, north = bounds
    high = 2 * around_km / _KM_A_DEGREE
    wide = high / max(math.cos(math.radians(min(max(abs(south), abs(north)) + high, 89.9))), 0.001)
    return shapely.box(west - wide, south - high, east + wide, north + high)


def _outline_km(outline: BaseGeometry, here: Position, reach: float, narrow: float) -> float:
    """Distance to a polygon that does not hold the point: its nearest corner of a map that is true around the point."""
    piece = shapely.clip_by_rect(outline, here.lon - reach, here.lat - reach, here.lon + reach, here.lat + reach)
    if piece.is_empty:
        return math.inf
    centre, scale = np.array([here.lon, here.lat]), np.array([narrow, 1.0])
    flat = shapely.transform(piece, lambda lon_lat: (lon_lat - centre) * scale)
    lon, lat = np.array(shapely.shortest_line(flat, Point(0, 0)).coords[0]) / scale + centre
    return distance_km(here, Position(float(np.clip(lon, -180, 180)), float(np.clip(lat, -90, 90))))
