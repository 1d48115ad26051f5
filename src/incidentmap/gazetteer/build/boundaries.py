"""`geo/boundaries/`: countries, admin-1 and admin-2 units, each with a stable id made of its names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import shapely
import yaml
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.build.packages import Packages
from incidentmap.gazetteer.build.shapes import Feature, polygons_only, simplify_coverage, write_collection
from incidentmap.gazetteer.build.sources import Unit, read_admin1, read_admin2

WINDOW = shapely.box(-20, 2, 26, 37.5)
"""What of the world the basemap shows: Mali with its neighbours and theirs."""
_TOLERANCE_DEG = 0.0025
_COUNTRY_TOLERANCE_DEG = 0.01
_STRAY_DEG = 0.1
"""How far geoBoundaries' units may reach past Natural Earth's border; the cercle of Tombouctou has a spike of 250 km."""
NATURAL_EARTH = ("Natural Earth 1:10m admin-1", "public domain")


@dataclass(frozen=True, slots=True)
class Country:
    """A country as `countries.yaml` has it; `level` is empty for one that is only an outline."""

    iso2: str
    fr: str
    en: str
    full: tuple[str, ...] = ()
    iso3: str = ""
    level: str = ""
    unit_fr: str = ""
    unit_en: str = ""
    sub_fr: str = ""
    sub_en: str = ""
    admin2: Mapping[str, str] | None = None
    """Source and licence of the admin-2 units; None where they are not taken."""
    outline: bool = False
    """Only drawn, never a place that a name may mean."""
    towns: bool = False
    """Whether its towns are in the gazetteer."""


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative unit of the ground."""

    id: str
    name: str
    country: str
    shape: BaseGeometry
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Boundaries:
    """All units by level, at the detail of their sources."""

    countries: tuple[Country, ...]
    admin0: tuple[Area, ...]
    admin1: tuple[Area, ...]
    admin2: tuple[Area, ...]


def slug(name: str) -> str:
    """A name as part of an id: ASCII letters in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def read_countries(folder: Path) -> tuple[Country, ...]:
    """The hand-made list of countries."""
    entries: list[dict[str, Any]] = yaml.safe_load((folder / "countries.yaml").read_text("utf-8"))
    return tuple(Country(**{**entry, "full": tuple(entry["full"])}) for entry in entries)


def make_boundaries(packages: Packages, folder: Path) -> Boundaries:
    """Read and name all units. `folder` holds the hand-made `countries.yaml` and `names.yaml`."""
    names: dict[str, dict[str, str]] = yaml.safe_load((folder / "names.yaml").read_text("utf-8"))
    countries = read_countries(folder)
    units = read_admin1(packages, WINDOW)
    admin0 = tuple(_country(country, units) for country in countries)
    admin1 = tuple(area for country in countries if country.level for area in _admin1(country, units, names["admin1"]))
    reach = {area.id: area.shape.buffer(_STRAY_DEG) for area in admin0}
    admin2 = tuple(
        area
        for country in countries if country.admin2
        for area in _admin2(country, read_admin2(packages, country.iso3), admin1, names["admin2"], reach[country.iso2])
    )
    return Boundaries(countries, admin0, admin1, admin2)


def write_boundaries(boundaries: Boundaries, folder: Path) -> None:
    """Write the three files, each simplified as one coverage so that neighbours still share their borders."""
    outlines = {country.iso2 for country in boundaries.countries if country.outline}
    admin0 = [area for area in boundaries.admin0 if area.id not in outlines]
    write_collection(folder / "admin0.geojson", _features(admin0, _COUNTRY_TOLERANCE_DEG))
    write_collection(folder / "admin1.geojson", _features(boundaries.admin1, _TOLERANCE_DEG))
    by_country = groupby(boundaries.admin2, key=attrgetter("country"))  # their sources do not meet at the borders
    admin2 = [feature for _, areas in by_country for feature in _features(list(areas), _TOLERANCE_DEG)]
    write_collection(folder / "admin2.geojson", admin2)


def _features(areas: Sequence[Area], tolerance_deg: float) -> Iterable[Feature]:
    shapes = simplify_coverage([area.shape for area in areas], tolerance_deg)
    for area, shape in zip(areas, shapes, strict=True):
        told = {"id": area.id, "name": area.name, "country": area.country, "source": area.source, "licence": area.licence}
        yield Feature(shape, told)


def _country(country: Country, units: Sequence[Unit]) -> Area:
    shape = shapely.coverage_union_all([unit.shape for unit in units if unit.country == country.iso2])
    return Area(country.iso2, country.fr, country.iso2, shape, *NATURAL_EARTH)


def _admin1(country: Country, units: Sequence[Unit], names: Mapping[str, str]) -> list[Area]:
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.country == country.iso2:
            source_name = unit.group if country.level == "group" else unit.name
            groups.setdefault(names.get(f"{country.iso2}/{source_name}", source_name), []).append(unit)
    return [_joined(country, name, groups[name]) for name in sorted(groups, key=slug)]


def _joined(country: Country, name: str, units: Sequence[Unit]) -> Area:
    shape = shapely.coverage_union_all([unit.shape for unit in units])
    return Area(f"{country.iso2}/{slug(name)}", name, country.iso2, shape, *NATURAL_EARTH)


def _admin2(
    country: Country, units: Sequence[Unit], admin1: Sequence[Area], names: Mapping[str, str], reach: BaseGeometry,
) -> list[Area]:
    parents = [area for area in admin1 if area.country == country.iso2]
    source = country.admin2 or {}
    made = []
    for unit in units:
        name = names.get(f"{country.iso2}/{unit.name}", unit.name)
        parent = max(parents, key=lambda area: area.shape.intersection(unit.shape).area)
        shape = polygons_only(_clean(unit.shape).intersection(reach))
        made.append(Area(f"{parent.id}/{slug(name)}", name, country.iso2, shape, source["source"], source["licence"]))
    return sorted(made, key=attrgetter("id"))


def _clean(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
