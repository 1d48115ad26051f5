"""Where a phrase puts something on the ground: a point, a line or an area on the ellipsoid, never finer than its words.

Classes of precision follow the two codebooks that event data are exchanged in. UCDP GED, `where_prec`: 1 the exact place; 2 a
limited area around a known place, up to some 25 km; 3 a second-order and 4 a first-order unit; 5 a linear feature (road,
border, river) or an area without a known outline; 6 the country. ACLED, `geo_precision`: 1 the town itself; 2 near a town or
in a small part of a region; 3 a larger region.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pyproj import Geod

from incidentmap.gazetteer.asides import is_unit
from incidentmap.gazetteer.border import piece_of, shared_border
from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.entry import GEONAMES
from incidentmap.gazetteer.interest import Region
from incidentmap.gazetteer.relations import relations
from incidentmap.model import (
    Place,
    PlaceKind,
    PlacePhrase,
    Position,
    Reason,
    Relation,
    Resolution,
    ResolutionStatus,
    Situation,
    reason,
)

_WGS84 = Geod(ellps="WGS84")
_LIMITED_KM = 25.0
"""UCDP: what lies within this radius is still "around a known place"."""
_PART_KM = 75.0
"""Beyond this a stretch of land is no small part of a region any more (ACLED 3)."""
_LONG_AXIS_KM = 100.0
_UNIT_KM = 75.0
_COMMUNE_KM = 25.0
"""A unit that is known only by its seat reaches at least this far: a small cercle, a commune."""
_OPEN_END_KM = 50.0
_WINDING = 0.15
"""Kilometres are told along roads, which wind: the straight line is about this much shorter."""
_BORDER_KM = 20.0
_STEP_KM = 50.0
_HALF_OF_EIGHT, _HALF_OF_SIXTEEN = 22.5, 11.25
"""Half a sector, in degrees, of eight and of sixteen winds: what a direction word leaves open on either side."""
_DECIMALS = 6
"""Of computed degrees: a tenth of a metre."""
_UNITS_BY_LEVEL = {0: 6, 1: 4, 2: 3}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What helps to place a phrase beside its own names.

    Parameters
    ----------
    region
        The region of interest, None for none.
    home
        Codes of the countries in which the region lies: a border "with Burkina" is theirs.
    beside
        Where a place lies that is named together with a border.
    """

    ground: Path
    region: Region | None = None
    home: tuple[str, ...] = ()
    beside: Position | None = None


def situate(phrase: PlacePhrase, resolutions: Sequence[Resolution], around: Surroundings) -> Situation | None:
    """Where a phrase puts something.

    Parameters
    ----------
    phrase
        With its names in order.
    resolutions
        What each name means, in the same order.
    around
        What helps beside the names.

    Returns
    -------
    Situation or None
        None where none of the names is known. Names in doubt widen nothing, but are told in the reasons.
    """
    known = [each.chosen.place for each in resolutions if each.chosen]
    if not known:
        return None
    anchor = resolutions[0].chosen.place if resolutions and resolutions[0].chosen else None
    doubts = tuple(_doubts(resolutions))
    if phrase.relation is Relation.BORDER:
        return _told(_border(phrase, known, around), doubts)
    if phrase.relation is Relation.BETWEEN:
        return _told(_between(known, all_known=len(known) == len(resolutions)), doubts)
    return None if anchor is None else _told(_by_one(phrase, anchor, known[1:]), doubts)


def _by_one(phrase: PlacePhrase, anchor: Place, ways: Sequence[Place]) -> Situation:
    """Where a phrase about one place puts something."""
    if phrase.relation is Relation.IN or anchor.kind in {PlaceKind.AREA, PlaceKind.COUNTRY}:
        return _inside(phrase, anchor)
    return _away(phrase, anchor, ways) if phrase.relation is Relation.DISTANCE else _near(phrase, anchor)


def _doubts(resolutions: Sequence[Resolution]) -> list[Reason]:
    codes = {ResolutionStatus.AMBIGUOUS: "situated_ambiguous", ResolutionStatus.MISS: "situated_unknown"}
    return [reason(codes[each.status], name=each.query) for each in resolutions if each.status in codes]


def _told(found: Situation, doubts: tuple[Reason, ...]) -> Situation:
    return Situation(
        found.position, found.line, round(found.radius_km, 1), found.area_id, found.where_prec, found.geo_precision,
        (*found.reasons, *doubts),
    )


def _inside(phrase: PlacePhrase, place: Place) -> Situation:
    """The place itself: a settlement is exact, a unit its polygon, water and woods an area without an outline."""
    name = place.name
    if place.kind is PlaceKind.COUNTRY:
        return Situation(place.position, (), place.radius_km, place.area_id, 6, 3, (reason("situated_country", name=name),))
    if place.kind is PlaceKind.AREA:
        return _unit(place)
    if place.kind is PlaceKind.NATURAL:
        return Situation(place.position, (), place.radius_km, "", 5, 3, (reason("situated_natural", name=name),))
    if is_unit(phrase):
        least = _COMMUNE_KM if phrase.names[0].quote.lower().startswith("commune") else _UNIT_KM
        return Situation(place.position, (), max(least, place.radius_km), "", 3, 3, (reason("situated_seat", name=name),))
    return Situation(place.position, (), place.radius_km, "", 1, 1, (reason("situated_at", name=name),))


def _unit(place: Place) -> Situation:
    if place.area_id:
        level = _UNITS_BY_LEVEL.get(place.area_id.count("/"), 3)
        why = reason("situated_unit", name=place.name)
        return Situation(place.position, (), place.radius_km, place.area_id, level, 3, (why,))
    radius = max(_UNIT_KM, place.radius_km) if place.source == GEONAMES else place.radius_km  # the others' are by hand
    return Situation(place.position, (), radius, "", 5, 3, (reason("situated_vague", name=place.name),))


def _near(phrase: PlacePhrase, place: Place) -> Situation:
    reach = phrase.distance_km or relations().near_reach_km
    radius = place.radius_km + reach
    code = "situated_near" if phrase.bearing_deg is None else "situated_side"
    where_prec, geo_precision = _classes(place, reach)
    return Situation(place.position, (), radius, "", where_prec, geo_precision, (reason(code, name=place.name, km=_km(reach)),))


def _away(phrase: PlacePhrase, place: Place, ways: Sequence[Place]) -> Situation:
    """A told distance away: a point where the words tell the direction or the road, else the whole circle."""
    distance = phrase.distance_km or 0.0
    way = next((other for other in ways if distance_km(other.position, place.position) > 1), None)
    bearing = phrase.bearing_deg
    if bearing is None and way is None:
        radius = place.radius_km + distance + _rounding_km(distance)
        where_prec, geo_precision = _classes(place, radius)
        why = reason("situated_circle", name=place.name, km=_km(distance))
        return Situation(place.position, (), radius, "", where_prec, geo_precision, (why,))
    half = _HALF_OF_EIGHT if bearing is None or bearing % 45 == 0 else _HALF_OF_SIXTEEN
    error = _error_km(distance, half)
    radius = place.radius_km + error
    why = _away_reason(place, way, distance, bearing)
    where_prec, geo_precision = _classes(place, radius)
    return Situation(
        _offset(place.position, distance, bearing, way), (), radius, "", where_prec, geo_precision,
        (why, reason("situated_rough", km=_km(error), half=_km(half))),
    )


def _away_reason(place: Place, way: Place | None, distance: float, bearing: float | None) -> Reason:
    if bearing is None and way:
        return reason("situated_way", km=_km(distance), name=place.name, way=way.name)
    return reason("situated_offset", km=_km(distance), name=place.name, degrees=_km(bearing or 0.0))


def _offset(start: Position, distance: float, bearing: float | None, way: Place | None) -> Position:
    """The end of the geodesic of a length from a position, in a direction or towards a place and not beyond it."""
    if bearing is None and way:
        forth, _, metres = _WGS84.inv(start.lon, start.lat, way.position.lon, way.position.lat)
        bearing, distance = forth, min(distance, metres / 1000)
    return _forth(start, bearing or 0.0, distance)


def _error_km(distance: float, half_sector: float) -> float:
    """How far the true place may lie from the computed one: sideways half a sector, along the line rounding and bends."""
    sideways = 2 * distance * math.sin(math.radians(half_sector) / 2)
    return math.hypot(sideways, _rounding_km(distance) + _WINDING * distance)


def _rounding_km(distance: float) -> float:
    """Half the step to which a figure was rounded: 40 may be 35 or 45, 25 may be 22 or 28, 37 is 37."""
    step = 10.0 if distance % 10 == 0 else 5.0 if distance % 5 == 0 else 1.0
    return min(step / 2, distance / 4)


def _classes(place: Place, reach_km: float) -> tuple[int, int]:
    """UCDP's and ACLED's class of what lies within so many kilometres of a place."""
    if place.kind is PlaceKind.NATURAL:
        return 5, 3
    return 2 if reach_km <= _LIMITED_KM else 5, 2 if reach_km <= _PART_KM else 3


def _between(ends: Sequence[Place], *, all_known: bool) -> Situation:
    """The geodesic through all ends; with one end known, a wide circle around it."""
    names = " - ".join(end.name for end in ends)
    own = max(end.radius_km for end in ends)
    corners = [end.position for end in ends]
    length = path_km(corners)
    if length < 1:
        why = reason("situated_one_end" if not all_known else "situated_at", name=names)
        radius = own + (0 if all_known else _OPEN_END_KM)
        return Situation(corners[0], (), radius, "", 1 if all_known else 5, 1 if all_known else 3, (why,))
    vague = any(end.kind in {PlaceKind.AREA, PlaceKind.COUNTRY, PlaceKind.NATURAL} for end in ends)
    geo_precision = 3 if vague or length > _LONG_AXIS_KM or not all_known else 2
    radius = (0.0 if vague else own) + _WINDING * length
    why = reason("situated_between", names=names, km=round(length))
    return Situation(middle(corners), path(corners), radius, "", 5, geo_precision, (why,))


def _border(phrase: PlacePhrase, known: Sequence[Place], around: Surroundings) -> Situation:
    """The stretch of border that two areas share, or that one shares with the countries of the region."""
    named = [place for place in known if place.area_id]
    one = named[0].area_id if named else ""
    home = [code for code in around.home if code != one]
    others = [place.area_id for place in named[1:]] or home
    shared = shared_border(around.ground, one, others) if one and others else None
    line = piece_of(shared, around.region.geometry if around.region else None, around.beside) if shared is not None else ()
    if not line:
        whole = _inside(phrase, known[0])
        return Situation(
            whole.position, (), max(_UNIT_KM, whole.radius_km), whole.area_id, max(5, whole.where_prec), 3,
            (reason("situated_no_border", name=known[0].name),),
        )
    sides = [place.name for place in named] if len(named) > 1 else [named[0].name, *others]
    why = reason("situated_border", names=" - ".join(sides))
    return Situation(middle(line), line, _BORDER_KM, "", 5, 3, (why,))


def path_km(corners: Sequence[Position]) -> float:
    """Length of a line of geodesics, in kilometres."""
    return sum(distance_km(one, other) for one, other in pairwise(corners))


def path(corners: Sequence[Position]) -> tuple[Position, ...]:
    """The corners with points of the geodesics between them, one each fifty kilometres: a long line bends on the map."""
    line = [corners[0]]
    for one, other in pairwise(corners):
        count = int(distance_km(one, other) // _STEP_KM)
        between = _WGS84.npts(one.lon, one.lat, other.lon, other.lat, count) if count else []
        line += [Position(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in between]
        line.append(other)
    return tuple(line)


def middle(corners: Sequence[Position]) -> Position:
    """The point at half the length of a line of geodesics."""
    left = path_km(corners) / 2
    for one, other in pairwise(corners):
        leg = distance_km(one, other)
        if leg >= left and leg > 0:
            forth = _WGS84.inv(one.lon, one.lat, other.lon, other.lat)[0]
            return _forth(one, forth, left)
        left -= leg
    return corners[-1]


def _forth(start: Position, bearing: float, distance: float) -> Position:
    lon, lat, _ = _WGS84.fwd(start.lon, start.lat, bearing, distance * 1000)
    return Position(round(lon, _DECIMALS), round(lat, _DECIMALS))


def _km(figure: float) -> str:
    return f"{round(figure, 1):g}"
