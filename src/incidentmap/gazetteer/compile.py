"""Fills the compiled gazetteer: places in the order of precedence, the keys of their spellings, regions and borders."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, islice
from pathlib import Path

from incidentmap.gazetteer.entry import GEONAMES, Entry
from incidentmap.gazetteer.layers.shelf import Layer, read_layer
from incidentmap.gazetteer.names import fold_name, phonetic, squash
from incidentmap.gazetteer.settings import ranking
from incidentmap.gazetteer.sources import read_entries, size
from incidentmap.gazetteer.surroundings import Surroundings, country_neighbours, region_countries
from incidentmap.model import PlaceKind

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done and how much there is."""
SHORTEST_SOUNDED = 5
"""Letters (blanks apart) from which a name is also found by its sound; shorter ones sound like too many others."""
BETWEEN = "\n"
"""Stands between the spellings of a place."""
# Key columns stand first in every table: quick_check of some SQLite releases takes another order for damage. A key leads to a
# place and to which of its spellings it is; a place keeps its spellings together, so that each is stored once.
_SCHEMA = """
CREATE TABLE place(
    num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, lon REAL NOT NULL,
    lat REAL NOT NULL, radius_km REAL NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL,
    population INTEGER, source TEXT NOT NULL, area_id TEXT NOT NULL, note TEXT NOT NULL, regions TEXT NOT NULL,
    spellings TEXT NOT NULL
);
CREATE TABLE spelling(
    key TEXT NOT NULL, place INTEGER NOT NULL, nth INTEGER NOT NULL, PRIMARY KEY(key, place, nth)
) WITHOUT ROWID;
CREATE TABLE sound(sound TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY(sound, key)) WITHOUT ROWID;
CREATE TABLE region_country(region TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY(region, country)) WITHOUT ROWID;
CREATE TABLE neighbour(country TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY(country, other)) WITHOUT ROWID;
CREATE TABLE made_from(hash TEXT NOT NULL);
CREATE TEMP TABLE heard(key TEXT NOT NULL, place INTEGER NOT NULL, nth INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX place_by_lat ON place(lat, lon);
CREATE INDEX place_by_country ON place(country);
DROP TABLE temp.heard;
"""
_AT_ONCE = 10_000
_GROWING = (PlaceKind.VILLAGE, PlaceKind.TOWN, PlaceKind.CITY)


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def fill(connection: sqlite3.Connection, ground: Path, digest: str, layers: Sequence[Layer], progress: Progress) -> None:
    """Write all tables into an empty database.

    The layers come in their order of precedence. Of one place of GeoNames in several sources the
    first gives position, kind and name; the spellings of all are kept.

    Raises
    ------
    MissingGround, BadValue
        If a source cannot be read.
    """
    own = read_entries(ground / "gazetteer")
    judged = [entry for entry in own if entry.place.source != GEONAMES]
    towns = [entry for entry in own if entry.place.source == GEONAMES]
    countries = frozenset(entry.place.country for entry in judged if entry.place.kind is PlaceKind.COUNTRY)
    total = len(own) + sum(layer.record.kept for layer in layers)
    added = chain.from_iterable(map(read_layer, layers))
    entries = (entry for entry in added if entry.place.kind is not PlaceKind.COUNTRY or entry.place.country not in countries)
    connection.executescript(_SCHEMA)
    with connection:
        whole = chain(judged, entries, towns)
        _insert_places(connection, Surroundings(ground), whole, lambda done: progress("places", done, total))
        _insert_keys(connection, progress)
        _insert(connection, "region_country", 2, region_countries(ground))
        _insert(connection, "neighbour", 2, country_neighbours(ground))
        _insert(connection, "made_from", 1, ((digest,),))
    connection.executescript(_INDEXES)


def _insert_places(
    connection: sqlite3.Connection, around: Surroundings, entries: Iterable[Entry], told: Callable[[int], None],
) -> None:
    numbers, done, waiting = count(1), 0, iter(entries)
    while chunk := list(islice(waiting, _AT_ONCE)):
        _insert_chunk(connection, around, _merged(chunk), numbers)
        done += len(chunk)
        told(done)


def _merged(entries: Iterable[Entry]) -> dict[str, Entry]:
    """By id; what stands more than once is one place."""
    merged: dict[str, Entry] = {}
    for entry in entries:
        before = merged.get(entry.place.id)
        merged[entry.place.id] = merge(before, entry) if before else entry
    return merged


def merge(first: Entry, second: Entry) -> Entry:
    """One place of two sources: the first's, with the second's spellings, and its population where the first knows none."""
    spellings = tuple(dict.fromkeys((*first.spellings, *second.spellings)))
    place = first.place
    if place.population is None and second.place.population:
        grown = max(place.kind, size(second.place.population), key=_GROWING.index) if place.kind in _GROWING else place.kind
        radius_km = place.radius_km if grown is place.kind else ranking().radius_km[grown]
        place = replace(place, population=second.place.population, kind=grown, radius_km=radius_km)
    return Entry(place, spellings)


def _insert_chunk(
    connection: sqlite3.Connection, around: Surroundings, entries: dict[str, Entry], numbers: Iterator[int],
) -> None:
    known = _known(connection, entries)
    for own, (number, before) in known.items():
        _update(connection, number, before, entries[own])
    new = around.with_admin_names([entry for own, entry in entries.items() if own not in known])
    regions = around.regions_of([entry.place for entry in new])
    numbered = list(zip(new, regions, numbers, strict=False))
    _insert(connection, "place", 16, (
        (number, p.id, p.name, p.kind.value, p.position.lon, p.position.lat, p.radius_km, p.country, p.admin1, p.admin2,
         p.population, p.source, p.area_id, p.note, inside, BETWEEN.join(entry.spellings))
        for entry, inside, number in numbered for p in (entry.place,)
    ))
    _insert(connection, "heard", 3, (row for entry, _, number in numbered for row in _keys(number, entry.spellings, 0)))


def _known(connection: sqlite3.Connection, entries: dict[str, Entry]) -> dict[str, tuple[int, Entry]]:
    """Those of the ids that an earlier source has, with their number and what is written of them."""
    ids = json.dumps([own for own, entry in entries.items() if entry.place.source == GEONAMES])
    columns = "id, num, population, kind, radius_km, spellings"
    rows = connection.execute(f"SELECT {columns} FROM place WHERE id IN (SELECT value FROM json_each(?))", (ids,))  # noqa: S608
    found = {}
    for own, number, population, kind, radius_km, spellings in rows:
        place = replace(entries[own].place, population=population, kind=PlaceKind(kind), radius_km=radius_km)
        found[own] = number, Entry(place, tuple(spellings.split(BETWEEN)))
    return found


def _update(connection: sqlite3.Connection, number: int, before: Entry, later: Entry) -> None:
    after = merge(before, later)
    place = after.place
    connection.execute(
        "UPDATE place SET population = ?, kind = ?, radius_km = ?, spellings = ? WHERE num = ?",
        (place.population, place.kind.value, place.radius_km, BETWEEN.join(after.spellings), number),
    )
    _insert(connection, "heard", 3, _keys(number, after.spellings, len(before.spellings)))


def _keys(number: int, spellings: Sequence[str], start: int) -> Iterator[tuple[str, int, int]]:
    for nth in range(start, len(spellings)):
        key = squash(fold_name(spellings[nth]))
        if key:
            yield key, number, nth


def _insert_keys(connection: sqlite3.Connection, progress: Progress) -> None:
    connection.execute("INSERT OR IGNORE INTO spelling SELECT key, place, nth FROM heard ORDER BY key, place, nth")
    (total,) = connection.execute("SELECT count(*) FROM (SELECT DISTINCT key FROM spelling)").fetchone()
    connection.execute("CREATE TEMP TABLE sounded(sound TEXT, key TEXT)")
    _insert(connection, "sounded", 2, _sounds(connection, total, progress))
    connection.execute("INSERT OR IGNORE INTO sound SELECT sound, key FROM sounded ORDER BY sound, key")
    connection.execute("DROP TABLE sounded")


def _sounds(connection: sqlite3.Connection, total: int, progress: Progress) -> Iterator[tuple[str, str]]:
    for done, (key,) in enumerate(connection.execute("SELECT DISTINCT key FROM spelling")):
        if done % _AT_ONCE == 0:
            progress("names", done, total)
        if len(key) >= SHORTEST_SOUNDED and key.isascii():
            yield phonetic(key), key
    progress("names", total, total)


def _insert(connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - table names are this module's own
