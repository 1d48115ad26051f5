"""What lies where: worked out once, when the gazetteer is compiled."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.interest import Region, read_regions
from incidentmap.gazetteer.kinds import SORT_OF, Asked
from incidentmap.gazetteer.polygons import area_name, neighbours, polygon_in, polygons
from incidentmap.gazetteer.sources import GEONAMES, Entry
from incidentmap.model import Place

_COUNTRY_SHARE = 0.05
"""A region lies in a country that holds at least this share of it; less is the play of two outlines."""


def memberships(ground: Path, places: Sequence[Place]) -> tuple[tuple[str, str], ...]:
    """Pairs of place id and region id: points by containment, areas by the larger part of their polygon."""
    known = read_regions(ground / "regions").values()
    return tuple((place.id, region.id) for region in known for place in places if _inside(ground, region, place))


def region_countries(ground: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of region id and code of a country in which it lies."""
    outlines = polygons(ground, "admin0")
    known = read_regions(ground / "regions").values()
    return tuple((each.id, code) for each in known for code, area in outlines.items() if _lies_in(each, area))


def country_neighbours(ground: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of codes of countries that share a border, each in both orders."""
    return neighbours(polygons(ground, "admin0"))


def with_admin_names(ground: Path, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, those of GeoNames with admin names by polygon: its admin codes are wrong or missing too often."""
    todo = [entry.place for entry in entries if entry.place.source == GEONAMES]
    first, second = (_names_at(ground, level, todo) for level in ("admin1", "admin2"))
    named = {place.id: replace(place, admin1=first[i], admin2=second[i]) for i, place in enumerate(todo)}
    return tuple(replace(entry, place=named.get(entry.place.id, entry.place)) for entry in entries)


def _inside(ground: Path, region: Region, place: Place) -> bool:
    if SORT_OF[place.kind] in {Asked.AREA, Asked.COUNTRY} or place.area_id:
        area = polygon_in(ground, place.area_id)
        if area is not None:
            return region.geometry.intersects(area) and region.holds(area)
    return region.contains(place.position)


def _lies_in(region: Region, country: BaseGeometry) -> bool:
    return region.geometry.intersects(country) and region.share_in(country) >= _COUNTRY_SHARE


def _names_at(ground: Path, level: str, places: Sequence[Place]) -> list[str]:
    areas: Mapping[str, BaseGeometry] = polygons(ground, level)
    names = [""] * len(places)
    if not areas or not places:
        return names
    ids = list(areas)
    points = shapely.points(np.array([(place.position.lon, place.position.lat) for place in places]))
    for point, area in sorted(zip(*shapely.STRtree(list(areas.values())).query(points, predicate="intersects"), strict=True)):
        names[point] = names[point] or area_name(ground, ids[area])
    return names
