"""The gazetteer's source files, read into places with all their spellings.

Three tables of `geo/gazetteer/`: `localities.csv` (judged by hand), `areas.csv` (units, countries, waters) and
`cities500.csv` (GeoNames). A value that cannot be read stops with the file, the row and the value.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from incidentmap.gazetteer.entry import ADMIN, CURATED, GEONAMES, Entry
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import BadValue, MissingGround, Place, PlaceKind, Position

__all__ = ["ADMIN", "CURATED", "GEONAMES", "Entry", "read_entries", "size"]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, which knows where it stands so that its errors can say so."""

    file: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def named(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.bad(column, value, "some text")
        return value

    def number_of(self, column: str) -> float:
        try:
            return float(self.text(column))
        except ValueError as error:
            raise self.bad(column, self.text(column), "a number") from error

    def position(self) -> Position:
        lon, lat = self.number_of("lon"), self.number_of("lat")
        try:
            return Position(lon, lat)
        except BadValue as error:
            raise self.bad("lon, lat", f"{lon}, {lat}", "degrees of WGS 84, longitude first") from error

    def kind(self) -> PlaceKind:
        try:
            return PlaceKind(self.text("kind"))
        except ValueError as error:
            raise self.bad("kind", self.text("kind"), ", ".join(PlaceKind)) from error

    def radius_km(self, kind: PlaceKind) -> float:
        radius = self.number_of("radius_km") if self.text("radius_km") else ranking().radius_km[kind]
        if not 0 < radius < 5000:
            raise self.bad("radius_km", radius, "kilometres above 0")
        return radius

    def listed(self, *columns: str) -> tuple[str, ...]:
        """The parts of |-separated columns, each once, in order."""
        parts = (part.strip() for column in columns for part in self.text(column).split("|"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def bad(self, column: str, value: object, allowed: str) -> BadValue:
        return BadValue(f"{self.file}, row {self.number}: {column}", value, allowed)


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """All places of the folder `geo/gazetteer`, ids unique.

    Raises
    ------
    MissingGround
        If a table is not there.
    BadValue
        If a row cannot be read or an id stands twice; the message names file, row and value.
    """
    entries = (
        *map(_locality, _rows(folder / "localities.csv", ("id", "name", "lon", "lat", "kind", "country"))),
        *map(_area, _rows(folder / "areas.csv", ("id", "name", "lon", "lat", "kind", "country"))),
        *map(_city, _rows(folder / "cities500.csv", ("geonameid", "name", "lon", "lat", "country"))),
    )
    seen: set[str] = set()
    for entry in entries:
        if entry.place.id in seen:
            raise BadValue("gazetteer: id", entry.place.id, "each id once")
        seen.add(entry.place.id)
    return entries


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[_Row]:
    if not path.is_file():
        raise MissingGround(f"{path} is missing: the installation is incomplete. Install incidentmap again.")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in required if column not in (reader.fieldnames or ())]
        if missing:
            raise BadValue(f"{path.name}: columns", ",".join(reader.fieldnames or ()), "the column(s) " + ", ".join(missing))
        for cells in reader:
            yield _Row(path.name, reader.line_num, cells)


def _locality(row: _Row) -> Entry:
    kind = row.kind()
    place = Place(
        id=f"{CURATED}:{row.named('id')}", name=row.named("name"), kind=kind, position=row.position(),
        radius_km=row.radius_km(kind), country=_country(row), admin1=row.text("admin1"), admin2=row.text("admin2"),
        population=None, source=CURATED, area_id=row.text("area_id"), note=row.text("note"),
    )
    return Entry(place, row.listed("name", "variants_fr", "variants_en", "variants_local"))


def _area(row: _Row) -> Entry:
    kind = row.kind()
    own = row.named("id")
    place = Place(
        id=own if own.startswith(f"{ADMIN}:") else f"{ADMIN}:{own}", name=row.named("name"), kind=kind, position=row.position(),
        radius_km=row.radius_km(kind), country=_country(row), admin1=row.text("admin1"), admin2=row.text("admin2"),
        population=None, source=ADMIN, area_id=row.text("area_id"), note=row.text("note"),
    )
    return Entry(place, row.listed("name", "variants"))


def _city(row: _Row) -> Entry:
    people = int(row.number_of("population")) if row.text("population") else 0
    kind = size(people)
    place = Place(
        id=f"{GEONAMES}:{row.named('geonameid')}", name=row.named("name"), kind=kind, position=row.position(),
        radius_km=ranking().radius_km[kind], country=_country(row), admin1="", admin2="", population=people or None,
        source=GEONAMES,
    )
    return Entry(place, row.listed("name", "alternates"))


def size(people: int) -> PlaceKind:
    """The kind of a populated place by its population; 0 or unknown: a village."""
    if people >= 50_000:
        return PlaceKind.CITY
    return PlaceKind.TOWN if people >= 5_000 else PlaceKind.VILLAGE


def _country(row: _Row) -> str:
    code = row.text("country").upper()
    if code and not (len(code) == 2 and code.isalpha() and code.isascii()):
        raise row.bad("country", code, "an ISO 3166-1 alpha-2 code such as ML")
    return code
