"""Which incidents come into question at all: near enough on the ground and in time, found without comparing all with all."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from incidentmap.frames.geometry import Boundary
from incidentmap.gazetteer.distance import distance_km
from incidentmap.model import Incident, Location, PartialDate, Position
from incidentmap.walks.likeness_settings import Likeness

_CELL_DEG = 0.5
_MOST_CELLS = 400
_KM_PER_DEGREE = 110.0
"""A little less than a degree of latitude: for windows that must not be too small."""
_BORDER_KM = 5.0
"""Shipped outlines are simplified; a village at the border may stand on its other side by this much."""


class Ground:
    """Distances between locations, points, lines and areas alike; what it worked out it keeps.

    Parameters
    ----------
    boundary
        Gives the polygon (WGS 84) of an area id, None if it knows none.
    """

    def __init__(self, boundary: Boundary) -> None:
        self._boundary = lru_cache(maxsize=None)(boundary)
        self._apart_km = lru_cache(maxsize=1 << 16)(self._measured_km)
        self.spread_km = lru_cache(maxsize=1 << 14)(self._spread_km)
        """How far from its position the incident may lie, in kilometres."""

    def gap_km(self, one: Location, other: Location) -> float:
        """Kilometres between what both may cover, 0 where they meet: points, lines and outlines, less the radii."""
        if not one.line and not other.line and not self._outline(one) and not self._outline(other):
            apart = distance_km(one.position, other.position)
        else:
            apart = self._apart_km(*sorted((one, other), key=_key))
        return max(0.0, apart - self._radius_km(one) - self._radius_km(other))

    def box(self, place: Location, slack_km: float) -> tuple[float, float, float, float]:
        """west, south, east, north in degrees around all that a location may cover, and a slack."""
        west, south, east, north = self._shape(place).bounds
        margin = (self._radius_km(place) + slack_km) / _KM_PER_DEGREE
        wider = margin / max(math.cos(math.radians(min(89.0, max(abs(south), abs(north)) + margin))), 0.01)
        return west - wider, south - margin, east + wider, north + margin

    def _outline(self, place: Location) -> BaseGeometry | None:
        return self._boundary(place.area_id) if place.area_id and not place.line else None

    def _radius_km(self, place: Location) -> float:
        return _BORDER_KM if self._outline(place) else place.radius_km

    def _shape(self, place: Location) -> BaseGeometry:
        if len(place.line) > 1:
            return LineString([(point.lon, point.lat) for point in place.line])
        return self._outline(place) or shapely.Point(place.position.lon, place.position.lat)

    def _spread_km(self, place: Location) -> float:
        west, south, east, north = self._shape(place).bounds
        across = distance_km(Position(west, south), Position(east, north)) / 2
        return across + self._radius_km(place)

    def _measured_km(self, one: Location, other: Location) -> float:
        """Distance after a projection around the middle of both, true to a percent within a thousand kilometres."""
        shapes = [self._shape(one), self._shape(other)]
        if shapes[0].intersects(shapes[1]):
            return 0.0
        lon, lat = ((one.position.lon + other.position.lon) / 2, (one.position.lat + other.position.lat) / 2)
        here, there = (_flat(each, round(lon), round(lat)) for each in shapes)
        return float(shapely.distance(here, there)) / 1000


def _key(place: Location) -> tuple[Position, str, float]:
    return place.position, place.area_id, place.radius_km


def days_long(stated: PartialDate) -> int:
    """How many days a date may be."""
    return (stated.end - stated.start).days + 1


def days_apart(one: PartialDate, other: PartialDate) -> int:
    """Days from the end of the earlier to the start of the later date, 0 where they touch."""
    return max(0, (one.start - other.end).days, (other.start - one.end).days)


def neighbours(incidents: Iterable[Incident], weights: Likeness, ground: Ground) -> Iterator[tuple[Incident, Incident]]:
    """Pairs of incidents of different reports whose places and dates may meet, each once, the smaller id first.

    An incident without a place (or with one too vague) goes by its date alone, one without a date by its place; two of which
    nothing at all can be compared are no pair.
    """
    ordered = sorted(incidents, key=lambda each: each.id)
    placed = [_placed(each, weights, ground) for each in ordered]
    windows = [_window(each, weights) for each in ordered]
    for first, second in sorted(_together(ordered, placed, windows, weights, ground)):
        here, there = ordered[first], ordered[second]
        told = (placed[first] and placed[second]) or (windows[first] and windows[second])
        if told and here.report != there.report and _meet(here, there, weights, ground):
            yield here, there


def _together(
    incidents: Sequence[Incident], placed: Sequence[bool], windows: Sequence[tuple[date, date] | None], weights: Likeness,
    ground: Ground,
) -> set[tuple[int, int]]:
    """Index pairs that share a cell and touch in time, and all that touch in time with one that has no cell."""
    cells: defaultdict[tuple[int, int] | None, list[int]] = defaultdict(list)
    loose = []
    for number, incident in enumerate(incidents):
        own = _cells(ground.box(incident.location, weights.slack_km / 2)) if incident.location and placed[number] else ()
        for cell in own:
            cells[cell].append(number)
        if not own:
            loose.append(number)
    found = {pair for members in cells.values() for pair in _in_time(members, windows)}
    return found | set(_in_time(range(len(incidents)), windows, frozenset(loose)))


def _in_time(
    members: Iterable[int], windows: Sequence[tuple[date, date] | None], only_with: frozenset[int] | None = None,
) -> Iterator[tuple[int, int]]:
    """Pairs whose windows touch; an undated one with everybody, except where only some are asked for, which must be dated."""
    if only_with is not None and not only_with:
        return
    numbers = list(members)
    open_until: list[tuple[date, int]] = []
    for start, end, number in sorted((*window, number) for number in numbers if (window := windows[number])):
        open_until = [each for each in open_until if each[0] >= start]
        for _, earlier in open_until:
            if only_with is None or number in only_with or earlier in only_with:
                yield min(earlier, number), max(earlier, number)
        open_until.append((end, number))
    if only_with is None:
        for undated in (number for number in numbers if windows[number] is None):
            yield from ((min(undated, each), max(undated, each)) for each in numbers if each != undated)


def _placed(incident: Incident, weights: Likeness, ground: Ground) -> bool:
    return incident.location is not None and ground.spread_km(incident.location) <= weights.widest_km


def _window(incident: Incident, weights: Likeness) -> tuple[date, date] | None:
    """The days of an incident, the last put off by the slack; None where its date says nothing."""
    stated = incident.date
    if stated is None or days_long(stated) > weights.longest_days:
        return None
    return stated.start, min(stated.end, date.max - timedelta(weights.slack_days)) + timedelta(weights.slack_days)


def _meet(one: Incident, other: Incident, weights: Likeness, ground: Ground) -> bool:
    """Whether nothing that both tell of place and date rules it out, however vague."""
    if one.date and other.date and days_apart(one.date, other.date) > weights.slack_days:
        return False
    return not one.location or not other.location or ground.gap_km(one.location, other.location) <= weights.slack_km


def _cells(box: tuple[float, float, float, float]) -> tuple[tuple[int, int], ...]:
    """The cells of a coarse grid under a box, none where they are too many to be of help."""
    west, south, east, north = (math.floor(degrees / _CELL_DEG) for degrees in box)
    if (east - west + 1) * (north - south + 1) > _MOST_CELLS:
        return ()
    columns = 360 / _CELL_DEG
    return tuple((int(x % columns), y) for x in range(west, east + 1) for y in range(south, north + 1))


@lru_cache(maxsize=1 << 10)
def _flat(shape: BaseGeometry, lon: int, lat: int) -> BaseGeometry:
    """A geometry in metres around a position."""
    project = _around(lon, lat)
    return shapely.transform(shape, lambda lon_lat: np.column_stack(project.transform(lon_lat[:, 0], lon_lat[:, 1])))


@lru_cache(maxsize=256)
def _around(lon: int, lat: int) -> Transformer:
    flat = CRS.from_proj4(f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m")
    return Transformer.from_crs("EPSG:4326", flat, always_xy=True)
