"""What lies where: worked out once, when the gazetteer is compiled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.entry import GEONAMES, TABLE, Entry
from incidentmap.gazetteer.interest import Region, read_regions
from incidentmap.gazetteer.polygons import area_name, neighbours, polygon_in, polygons
from incidentmap.model import Place

_COUNTRY_SHARE = 0.05
"""A region lies in a country that holds at least this share of it; less is the play of two outlines."""
_MARGIN_DEG = 0.1
"""More than the border tolerance of 5 km, at the equator; divided by the cosine of the latitude from west to east."""


def region_countries(ground: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of region id and code of a country in which it lies."""
    outlines = polygons(ground, "admin0")
    known = read_regions(ground / "regions").values()
    return tuple((each.id, code) for each in known for code, area in outlines.items() if _lies_in(each, area))


def country_neighbours(ground: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of codes of countries that share a border, each in both orders."""
    return neighbours(polygons(ground, "admin0"))


class Surroundings:
    """Polygons of a copy of `geo/`, read once, and what they say of many places at a time."""

    def __init__(self, ground: Path) -> None:
        self._ground = ground
        self._regions = tuple(read_regions(ground / "regions").values())
        self._levels = tuple(polygons(ground, level) for level in ("admin0", "admin1", "admin2"))

    def with_admin_names(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The entries, those of GeoNames with admin names by polygon: its admin codes are wrong or missing too often.

        Those of users' tables too where the table gives no country or no admin names. Where no polygon is known, all stays as
        the source has it.
        """
        todo = [i for i, entry in enumerate(entries) if _needs_names(entry.place)]
        lon_lat = _lon_lat([entries[i].place for i in todo])
        country, first, second = (self._ids_at(areas, lon_lat) for areas in self._levels)
        named = list(entries)
        for nth, i in enumerate(todo):
            place = entries[i].place
            place = replace(place, country=place.country or country[nth])
            if first[nth] and not (place.source == TABLE and place.admin1):
                place = replace(place, admin1=self._name(first[nth]), admin2=self._name(second[nth]))
            named[i] = replace(entries[i], place=place)
        return tuple(named)

    def regions_of(self, places: Sequence[Place]) -> list[str]:
        """For each place the ids of the regions that contain it, parted by blanks.

        Points by containment with 5 km of border tolerance, areas by the larger part of their polygon.
        """
        lon_lat = _lon_lat(places)
        found: list[list[str]] = [[] for _ in places]
        for region in self._regions:
            for i in _held(region, places, lon_lat):
                found[i].append(region.id)
        areas = {i: area for i, place in enumerate(places) if (area := self._area(place)) is not None}
        for i, area in areas.items():
            found[i] = [each.id for each in self._regions if each.geometry.intersects(area) and each.holds(area)]
        return [" ".join(sorted(ids)) for ids in found]

    def _area(self, place: Place) -> BaseGeometry | None:
        return polygon_in(self._ground, place.area_id) if place.area_id else None

    def _name(self, area_id: str) -> str:
        return area_name(self._ground, area_id) if area_id else ""

    def _ids_at(self, areas: Mapping[str, BaseGeometry], lon_lat: NDArray[np.float64]) -> list[str]:
        """For each point the id of the first area that holds it, empty for none."""
        found = [""] * len(lon_lat)
        if not areas or not len(lon_lat):
            return found
        ids = list(areas)
        # The tree is over the points: the query's own side, the polygons, is prepared and each asked once.
        hits = shapely.STRtree([Point(*each) for each in lon_lat]).query(list(areas.values()), predicate="intersects")
        for area, point in sorted(zip(*hits.tolist(), strict=True)):
            found[point] = found[point] or ids[area]
        return found


def _needs_names(place: Place) -> bool:
    return place.source == GEONAMES or (place.source == TABLE and not (place.country and place.admin1))


def _lon_lat(places: Sequence[Place]) -> NDArray[np.float64]:
    return np.array([(place.position.lon, place.position.lat) for place in places], dtype=np.float64).reshape(-1, 2)


def _held(region: Region, places: Sequence[Place], lon_lat: NDArray[np.float64]) -> Iterator[int]:
    """Indices of the points in a region or within the tolerance of its border; only those at the border are measured."""
    west, south, east, north = region.bounds
    lon, lat = lon_lat[:, 0], lon_lat[:, 1]
    margin = _MARGIN_DEG / np.maximum(0.1, np.cos(np.radians(lat)))
    beside = (west - margin <= lon) & (lon <= east + margin) & (south - _MARGIN_DEG <= lat) & (lat <= north + _MARGIN_DEG)
    near = np.flatnonzero(beside)
    inside = shapely.intersects_xy(region.geometry, lon[near], lat[near])
    yield from near[inside].tolist()
    for i in near[~inside].tolist():
        if shapely.dwithin(region.geometry, shapely.points(lon_lat[i]), margin[i]) and region.contains(places[i].position):
            yield i


def _lies_in(region: Region, country: BaseGeometry) -> bool:
    return region.geometry.intersects(country) and region.share_in(country) >= _COUNTRY_SHARE
