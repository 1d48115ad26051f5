"""A layer's places on disk: gzipped CSV, one row a place, its spellings separated by |, the same bytes for the same places."""

import csv
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from incidentmap.gazetteer.entry import Entry
from incidentmap.model import Place, PlaceKind, Position

_COLUMNS = (
    "id", "name", "kind", "lon", "lat", "radius_km", "country", "admin1", "admin2", "population", "source", "note", "spellings",
)
REFUSED_COLUMNS = ("line", "value", "rule")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: where it stands, its offending value and the rule that it met."""

    line: int
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken, and the day on which its source last changed it (ISO 8601, empty where unknown)."""

    entry: Entry
    changed: str = ""


@contextmanager
def places_file(path: Path) -> Iterator[Any]:
    """A writer of places; give it `entry_row(entry)`."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as packed, io.TextIOWrapper(
        packed, "utf-8", newline="",
    ) as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        yield writer


@contextmanager
def refused_file(path: Path) -> Iterator[Any]:
    """A writer of refused rows: line, value, rule."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(REFUSED_COLUMNS)
        yield writer


def entry_row(entry: Entry) -> tuple[object, ...]:
    """A place's cells in the order of the columns."""
    place = entry.place
    spellings = "|".join(spelling.replace("|", " ") for spelling in entry.spellings)
    return (
        place.id, place.name, place.kind.value, place.position.lon, place.position.lat, place.radius_km, place.country,
        place.admin1, place.admin2, place.population or "", place.source, place.note, spellings,
    )


def read_places(path: Path) -> Iterator[Entry]:
    """The places of a file that this module wrote, in its order."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        yield from _entries(text)


def _entries(text: IO[str]) -> Iterator[Entry]:
    kinds = {kind.value: kind for kind in PlaceKind}
    rows = csv.reader(text)
    next(rows)
    for own, name, kind, lon, lat, radius_km, country, admin1, admin2, people, source, note, spellings in rows:
        place = Place(
            own, name, kinds[kind], Position(float(lon), float(lat)), float(radius_km), country, admin1, admin2,
            int(people) if people else None, source, "", note,
        )
        yield Entry(place, tuple(spellings.split("|")))
