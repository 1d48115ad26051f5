"""`geo/gazetteer/`: towns of GeoNames, and named areas, as places; `localities.csv` beside them is written by hand."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
import yaml

from incidentmap.gazetteer.build.boundaries import Area, Boundaries, Country, slug
from incidentmap.gazetteer.build.packages import Packages
from incidentmap.gazetteer.build.shapes import radius_km
from incidentmap.gazetteer.build.sources import City, read_cities

CITY_COLUMNS = ("geonameid", "name", "alternates", "lon", "lat", "country", "admin1", "population")
AREA_COLUMNS = ("id", "name", "variants", "lon", "lat", "radius_km", "kind", "country", "admin1", "area_id")
_WIDE_KM = 50
"""A stretch of land that reaches further lies in several admin-1 units and is told of none."""
_BORDER_DEG = 0.15
"""How far outside its country's polygons a town may lie (coast and border drawn coarsely) and still get an admin-1 name."""


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A row of `areas.csv`."""

    id: str
    name: str
    variants: tuple[str, ...]
    point: shapely.Point
    radius_km: float
    kind: str
    country: str
    admin1: str
    area_id: str

    def row(self) -> tuple[str, ...]:
        """Cells in the order of the columns."""
        return (self.id, self.name, "|".join(self.variants), f"{self.point.x:.4f}", f"{self.point.y:.4f}",
                f"{self.radius_km:.0f}", self.kind, self.country, self.admin1, self.area_id)


def write_places(boundaries: Boundaries, packages: Packages, folder: Path) -> None:
    """Write `cities500.csv` and `areas.csv`. `folder` holds the hand-made `variants.yaml` and `natural.yaml`."""
    cities = read_cities(packages, frozenset(country.iso2 for country in boundaries.countries if country.towns))
    _write_csv(folder / "cities500.csv", CITY_COLUMNS, (_city_row(city, boundaries.admin1) for city in cities))
    names: dict[str, Any] = yaml.safe_load((folder / "variants.yaml").read_text("utf-8"))
    natural: list[dict[str, Any]] = yaml.safe_load((folder / "natural.yaml").read_text("utf-8"))
    areas = [*_countries(boundaries), *_units(boundaries, cities, names), *_natural(natural, boundaries.admin1)]
    _write_csv(folder / "areas.csv", AREA_COLUMNS, (area.row() for area in areas))


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _city_row(city: City, admin1: Sequence[Area]) -> tuple[object, ...]:
    unit = _containing(shapely.Point(city.lon, city.lat), [area for area in admin1 if area.country == city.country])
    names = [name for name in city.alternates if _useful(name)]
    return (city.geonameid, city.name, "|".join(names), city.lon, city.lat, city.country, unit, city.population)


def _useful(name: str) -> bool:
    """Whether a report may write an alternate name.

    Not an airport code (upper case), a romanised form of another script (lower case, "zwrghw"), one in a script that is neither
    Latin nor Arabic, or one with our separator inside.
    """
    if "|" in name or name.islower() or (name.isupper() and len(name) <= 4 and name.isascii()):
        return False
    return all(unicodedata.name(letter, "").startswith(("LATIN", "ARABIC")) for letter in name if letter.isalpha())


def _containing(point: shapely.Point, areas: Sequence[Area]) -> str:
    """Name of the unit that holds a point, or the nearest one within the border's tolerance, else empty."""
    near = [(area.shape.distance(point), area.name) for area in areas if area.shape.dwithin(point, _BORDER_DEG)]
    return min(near)[1] if near else ""


def _countries(boundaries: Boundaries) -> Iterator[NamedArea]:
    shapes = {area.id: area.shape for area in boundaries.admin0}
    for country in boundaries.countries:
        if not country.outline:
            shape = shapes[country.iso2]
            variants = _others(country.fr, (country.en, *country.full))
            yield NamedArea(f"admin:{country.iso2}", country.fr, variants, shape.point_on_surface(), radius_km(shape),
                            "country", country.iso2, "", country.iso2)


def _units(boundaries: Boundaries, cities: Sequence[City], names: Mapping[str, Any]) -> Iterator[NamedArea]:
    countries = {country.iso2: country for country in boundaries.countries}
    towns = {(city.country, slug(name)) for city in cities for name in (city.name, *city.alternates)}
    parents = {area.id: area.name for area in boundaries.admin1}
    for area in (*boundaries.admin1, *boundaries.admin2):
        country, below = countries[area.country], area.id not in parents
        spellings = (area.name, *names["variants"].get(area.id, ()))
        # A town keeps its bare name: "à Gao" is the town, "région de Gao" the region.
        bare = [name for name in spellings if area.id not in names["never_bare"] and (area.country, slug(name)) not in towns]
        told = (*bare, *_phrases(country, spellings, below=below), *names.get("as_written", {}).get(area.id, ()))
        admin1 = parents[area.id.rpartition("/")[0]] if below else area.name
        yield NamedArea(f"admin:{area.id}", told[0], _others(told[0], told), area.shape.point_on_surface(),
                        radius_km(area.shape), "area", area.country, admin1, area.id)


def _phrases(country: Country, spellings: Sequence[str], *, below: bool) -> Iterator[str]:
    """A unit's names with what it is: "cercle de Niafunké", "Niafunké cercle"."""
    french, english = (country.sub_fr, country.sub_en) if below else (country.unit_fr, country.unit_en)
    for name in spellings:
        vowel = slug(name)[0] in "aeiouy"
        yield f"{french} d'{name}" if vowel else f"{french} de {name}"
        yield f"{french} de l'{name}" if vowel else f"{french} du {name}"
        yield f"{name} {english}"
        yield f"{english} of {name}"


def _natural(entries: Sequence[Mapping[str, Any]], admin1: Sequence[Area]) -> Iterator[NamedArea]:
    for entry in entries:
        point = shapely.Point(entry["lon"], entry["lat"])
        within = [area for area in admin1 if area.country == entry["country"] and entry["radius_km"] < _WIDE_KM]
        unit = _containing(point, within)
        yield NamedArea(f"natural:{slug(entry['name'])}", entry["name"], tuple(entry["variants"]), point, entry["radius_km"],
                        entry["kind"], entry["country"], unit, "")


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(other for other in dict.fromkeys(names) if other != name)
