"""The compiled gazetteer: an SQLite file in the cache folder, made again whenever a source or the code that makes it changes.

The file is named after a hash of all it was made from, written beside its place and renamed, so that a reader never meets
half a file. A damaged one is made again; where the folder cannot be written, the same tables live in memory.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.gazetteer.sources import read_entries
from incidentmap.gazetteer.surroundings import country_neighbours, memberships, region_countries, with_admin_names
from incidentmap.paths import shipped

# Key columns stand first in every table: quick_check of some SQLite releases takes another order for damage.
_SCHEMA = """
CREATE TABLE place(
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL, radius_km REAL NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, population INTEGER, source TEXT NOT NULL,
    area_id TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE spelling(
    squashed TEXT NOT NULL, place TEXT NOT NULL, written TEXT NOT NULL, folded TEXT NOT NULL,
    PRIMARY KEY(squashed, place, written)
) WITHOUT ROWID;
CREATE TABLE membership(place TEXT NOT NULL, region TEXT NOT NULL, PRIMARY KEY(place, region)) WITHOUT ROWID;
CREATE TABLE region_country(region TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY(region, country)) WITHOUT ROWID;
CREATE TABLE neighbour(country TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY(country, other)) WITHOUT ROWID;
CREATE INDEX place_by_lat ON place(lat, lon);
CREATE TABLE made_from(hash TEXT NOT NULL);
"""
_PARTS = ("gazetteer/*.csv", "regions/*.geojson", "boundaries/*.geojson")


def open_index(ground: Path, cache: Path) -> sqlite3.Connection:
    """A connection to the compiled gazetteer of a copy of `geo/`, for reading from any thread (one at a time).

    Raises
    ------
    MissingGround, BadValue
        If the gazetteer must be compiled and a source file is missing or cannot be read.
    """
    digest = content_hash(ground)
    path = cache / f"gazetteer-{digest[:16]}.sqlite"
    return _open(path, digest) or _write(ground, path, digest) or _in_memory(ground, digest)


def content_hash(ground: Path) -> str:
    """SHA-256 over the files that the compiled gazetteer is made from, and over the code and settings that make it."""
    whole = hashlib.sha256()
    code = sorted(Path(__file__).parent.glob("*.py"))
    for path in (*_ground_files(ground), *code, shipped("data", "lexicons", "ranking.yaml")):
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _ground_files(ground: Path) -> Iterator[Path]:
    for part in _PARTS:
        yield from sorted(ground.glob(part))


def _open(path: Path, digest: str) -> sqlite3.Connection | None:
    """The cached file if it is whole and made from the same content, else None."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        fits = connection.execute("SELECT hash FROM made_from").fetchone() == (digest,)
    except sqlite3.DatabaseError:
        whole = fits = False
    if whole and fits:
        return connection
    connection.close()
    return None


def _write(ground: Path, path: Path, digest: str) -> sqlite3.Connection | None:
    """Compile into a new file beside `path` and rename it there; None where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    except OSError:
        return None
    os.close(handle)
    try:
        with closing(sqlite3.connect(fresh)) as connection:
            _fill(connection, ground, digest)
        Path(fresh).replace(path)
    except (OSError, sqlite3.OperationalError):
        return None
    finally:
        Path(fresh).unlink(missing_ok=True)
    return _open(path, digest)


def _in_memory(ground: Path, digest: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, ground, digest)
    return connection


def _fill(connection: sqlite3.Connection, ground: Path, digest: str) -> None:
    entries = with_admin_names(ground, read_entries(ground / "gazetteer"))
    places = [entry.place for entry in entries]
    connection.executescript(_SCHEMA)
    with connection:
        _insert(connection, "place", 13, (
            (p.id, p.name, p.kind, p.position.lon, p.position.lat, p.radius_km, p.country, p.admin1, p.admin2, p.population,
             p.source, p.area_id, p.note) for p in places
        ))
        _insert(connection, "spelling", 4, (row for entry in entries for row in _keys(entry.place.id, entry.spellings)))
        _insert(connection, "membership", 2, memberships(ground, places))
        _insert(connection, "region_country", 2, region_countries(ground))
        _insert(connection, "neighbour", 2, country_neighbours(ground))
        _insert(connection, "made_from", 1, ((digest,),))


def _keys(place_id: str, spellings: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    for spelling in spellings:
        folded = fold_name(spelling)
        if folded:
            yield squash(folded), place_id, spelling, folded


def _insert(connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - table names are this module's own
