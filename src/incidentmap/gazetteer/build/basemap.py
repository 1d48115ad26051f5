"""`geo/basemap/`: what is drawn under the incidents. Small files, because each browser loads them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import shapely
import yaml
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.build.boundaries import WINDOW, Area, Boundaries
from incidentmap.gazetteer.build.packages import Packages
from incidentmap.gazetteer.build.shapes import Feature, simplify_coverage, write_collection
from incidentmap.gazetteer.build.sources import City, read_cities, read_lakes, read_rivers
from incidentmap.model import BadValue

_LAND_TOLERANCE_DEG = 0.012
_LINE_TOLERANCE_DEG = 0.004
_LAND_DIGITS = 3
_DISPUTED = frozenset({"EH"})
"""Western Sahara: its borders are drawn as disputed."""


def write_basemap(boundaries: Boundaries, packages: Packages, folder: Path) -> None:
    """Write the six files. `folder` holds the hand-made `hand.yaml`."""
    hand: dict[str, Any] = yaml.safe_load((folder / "hand.yaml").read_text("utf-8"))
    land = _clipped(boundaries.admin0)
    names = {country.iso2: country for country in boundaries.countries}
    write_collection(folder / "land.geojson", [
        Feature(shape, {"iso2": iso2, "name_fr": names[iso2].fr, "name_en": names[iso2].en}) for iso2, shape in land.items()
    ], _LAND_DIGITS)
    write_collection(folder / "borders.geojson", _borders(land), _LAND_DIGITS)
    write_collection(folder / "admin1_lines.geojson", _admin1_lines(boundaries.admin1), _LAND_DIGITS)
    write_collection(folder / "rivers.geojson", _rivers(packages, hand), _LAND_DIGITS)
    write_collection(folder / "lakes.geojson", _lakes(packages, hand["lakes"]), _LAND_DIGITS)
    write_collection(folder / "towns.geojson", _towns(packages, hand["towns"]))


def _clipped(countries: Sequence[Area]) -> dict[str, BaseGeometry]:
    shapes = simplify_coverage([area.shape for area in countries], _LAND_TOLERANCE_DEG)
    clipped = {area.id: shapely.intersection(shape, WINDOW) for area, shape in zip(countries, shapes, strict=True)}
    return {iso2: shape for iso2, shape in clipped.items() if not shape.is_empty}


def _borders(land: Mapping[str, BaseGeometry]) -> Iterator[Feature]:
    for one, other in combinations(sorted(land), 2):
        shared = _shared_line(land[one], land[other])
        if shared is not None:
            yield Feature(shared, {"countries": f"{one}-{other}", "disputed": bool(_DISPUTED & {one, other})})


def _admin1_lines(units: Sequence[Area]) -> Iterator[Feature]:
    simplified = simplify_coverage([unit.shape for unit in units], _LAND_TOLERANCE_DEG)
    shapes = {unit.id: shape for unit, shape in zip(units, simplified, strict=True)}
    for one, other in combinations(units, 2):
        shared = _shared_line(shapes[one.id], shapes[other.id]) if one.country == other.country else None
        if shared is not None:
            yield Feature(shared, {"country": one.country, "between": f"{one.name} - {other.name}"})


def _shared_line(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry | None:
    """The border that two polygons of a coverage share; None if they meet in points only or not at all."""
    if not one.intersects(other):
        return None
    parts = shapely.get_parts(shapely.intersection(one.boundary, other.boundary))
    lines = [part for part in parts if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.union_all(lines)) if lines else None


def _rivers(packages: Packages, hand: Mapping[str, Any]) -> Iterator[Feature]:
    """Rivers by name. Pieces of two countries that run along their common border are the same line and merge."""
    pieces: dict[str, list[BaseGeometry]] = {}
    for country in hand["river_countries"]:
        for line in read_rivers(packages, country):
            pieces.setdefault(line.name, []).append(line.shape)
    for name in sorted(pieces):
        french, english = hand["rivers"].get(name, (name, name))
        drawn = shapely.line_merge(shapely.union_all(pieces[name])).simplify(_LINE_TOLERANCE_DEG)
        yield Feature(drawn, {"name": french, "name_en": english})


def _lakes(packages: Packages, named: Sequence[Mapping[str, Any]]) -> Iterator[Feature]:
    for shape in read_lakes(packages, WINDOW):
        label = next((lake for lake in named if shape.covers(shapely.Point(lake["lon"], lake["lat"]))), {"fr": "", "en": ""})
        drawn = shapely.intersection(shape, WINDOW).simplify(_LINE_TOLERANCE_DEG)
        yield Feature(drawn, {"name": label["fr"], "name_en": label["en"]})


def _towns(packages: Packages, towns: Sequence[Mapping[str, Any]]) -> Iterator[Feature]:
    cities: dict[tuple[str, str], City] = {}
    for city in read_cities(packages, frozenset(town["country"] for town in towns)):
        key = (city.country, city.name)
        if key not in cities or city.population > cities[key].population:
            cities[key] = city
    for town in towns:
        yield Feature(_town_point(town, cities), {"name": town["name"], "rank": town["rank"], "country": town["country"]})


def _town_point(town: Mapping[str, Any], cities: Mapping[tuple[str, str], City]) -> shapely.Point:
    if "lon" in town:
        return shapely.Point(town["lon"], town["lat"])
    name = town.get("geonames", town["name"])
    city = cities.get((town["country"], name))
    if city is None:
        raise BadValue(f"hand.yaml, town {town['name']}: geonames", name, "a name in cities500", "Give its lon and lat.")
    return shapely.Point(city.lon, city.lat)
