"""The event rows as they are asked: from a DuckDB file made of the parts, or from the parts alone.

The file can be deleted at any time. It is named by the snapshot and what its parts are, made beside its place and put there
whole, and only ever read after that, by any number of processes. Its rows are in the order of the parts, by year and cell, so
that a view of the map and a window of time both touch few of them; rows by actor, type and month are counted beforehand.

The questions are SQL in the words that engines share. Ibis 12 and narwhals 2.29 were measured as the layer between, on the same
questions: about as many lines of our own. Ibis adds 1 to 4 ms a question and 38 MB, its own DuckDB backend does not take DuckDB
2.0, and without a running Spark it compiled 2 of 8 questions for Spark. narwhals adds 4 to 8 ms and cuts no weeks. SQL adds
nothing, and Spark 4.1 answers it the same, its placeholders given names.
"""

import hashlib
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb
import numpy as np
import pyarrow as pa
from duckdb.func import ARROW
from duckdb.sqltypes import VARCHAR
from numpy.typing import NDArray

from incidentmap.model import BadValue, UnknownRegion, UnwritablePlace
from incidentmap.store.events.asked import Question
from incidentmap.store.events.engine import quoted
from incidentmap.store.events.searched import fold_texts, searched_sql

CACHE_VERSION = 2
"""Counted up when what is in the file changes."""
Inside = Callable[[str, NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]]
"""Which of some points (degrees east and north, WGS 84) lie in the region of an id."""
_FEW = 60_000
"""Up to so many different values are few."""
_ROW_GROUP = 30_720
"""Rows that are read or passed over together: few, so that a view of the map reads few of a year, which is sorted by cell."""
_MOST_WORDS, _MOST_FOUND = 64, 250_000  # words whose rows are kept, and rows of each
_MAKING, _DAY_S = ".making-", 86_400
_PLACE = "place_key, place, lon, lat, unit_admin1, unit_admin2"
_REPEATED = (("actor1_key", "actor2_key"), ("event_type",), ("country",), ("admin1",), ("admin2",))
"""Columns whose few values are kept as numbers; those that share them stand together."""
_LEFT_OUT = "extra"
"""Of the parts alone: no question asks for it."""
_BATCH = 8_192
_DERIVED = {
    "actor1_key": "coalesce(actor1_id, actor1)", "actor2_key": "coalesce(actor2_id, actor2)",
    "first_month": "CAST((year(date_start) - 1970) * 12 + month(date_start) - 1 AS INTEGER)",
    "last_month": "CAST((year(date_end) - 1970) * 12 + month(date_end) - 1 AS INTEGER)", "searched": searched_sql(),
}
_BYTES = "SELECT block_size * total_blocks FROM pragma_database_size() WHERE database_name = 'cache'"
_LIMITS: dict[str, str | int | float | list[str]] = {
    "threads": 2, "autoinstall_known_extensions": False, "autoload_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class EventFiles:
    """Immutable Parquet files: the rows of a snapshot, each once, and the places that their `place_key` names.

    There are no paths before the first import: nothing can be asked then.
    """

    snapshot: int
    paths: tuple[Path, ...]
    places: Path


class EventReader:
    """Answers questions about event rows, from several threads at once; closed when it is no longer needed."""

    def __init__(self, database: duckdb.DuckDBPyConnection, inside: Inside | None, *, rolled: bool) -> None:
        self._database = database
        self._inside = inside
        self._rolled = rolled
        self._regions: set[str] = set()
        self._words: dict[str, bool] = {}
        self._lock = Lock()

    @property
    def rolled(self) -> bool:
        """Whether rows by actor and month were counted beforehand."""
        return self._rolled

    def ask(self, question: Question) -> pa.Table:
        """The answer to a question; each has a cursor of its own."""
        with closing(self._database.cursor()) as cursor:
            return cursor.sql(question.sql, params=list(question.values)).to_arrow_table()

    def batches(self, question: Question) -> Iterator[pa.RecordBatch]:
        """The answer to a question, bit by bit, in the order of the parts unless it says another."""
        with closing(self._database.cursor()) as cursor:
            yield from cursor.sql(question.sql, params=list(question.values)).to_arrow_reader(_BATCH)

    def prepare_region(self, region: str) -> None:
        """Find the places of a region, once: rows are in it if their place is.

        Raises
        ------
        UnknownRegion
            If nobody says where regions are.
        """
        with self._lock:
            if region in self._regions:
                return
            if self._inside is None:
                raise UnknownRegion(f"{region}: no regions are known here. Ask without a region.")
            points = self.ask(Question("SELECT place_key, lon, lat FROM places WHERE lon IS NOT NULL AND lat IS NOT NULL"))
            within = points.filter(pa.array(self._inside(region, points["lon"].to_numpy(), points["lat"].to_numpy())))
            with closing(self._database.cursor()) as cursor:
                cursor.register("within", within)
                cursor.execute("INSERT INTO region_places SELECT ?, place_key FROM within", [region])
            self._regions.add(region)

    def prepare_word(self, word: str) -> bool:
        """Find the rows that have a word, once. False where they are too many to keep, or only the parts can be asked."""
        with self._lock:
            if self._rolled and word not in self._words:
                self._words[word] = self._found(word)
            return self._words.get(word, False)

    def _found(self, word: str) -> bool:
        if sum(self._words.values()) >= _MOST_WORDS:
            return False
        with closing(self._database.cursor()) as cursor:
            sql = "INSERT INTO word_rows SELECT ?, row_number FROM events WHERE instr(searched, ?) > 0 LIMIT ?"
            (number,) = cursor.execute(sql, [word, word, _MOST_FOUND + 1]).fetchone() or (0,)
            if number > _MOST_FOUND:
                cursor.execute("DELETE FROM word_rows WHERE word = ?", [word])
        return bool(number <= _MOST_FOUND)

    def close(self) -> None:
        """Give back memory and files."""
        self._database.close()


def open_cached(files: EventFiles, folder: Path, *, inside: Inside | None = None, memory: str = "512MB") -> EventReader:
    """A reader of the cache of a snapshot, which is made if it is not there, or cannot be read.

    Parameters
    ----------
    files
        Of the snapshot, at least one part.
    folder
        Where caches are; made if there is none. Those of other snapshots are deleted.
    inside
        Says what lies in a region; without it a query by region raises `UnknownRegion`.
    memory
        The most that DuckDB takes for asking; what does not fit goes to the system's folder for temporary files.

    Raises
    ------
    BadValue
        If there is no part.
    UnwritablePlace
        If the cache cannot be written; :func:`open_parts` needs none.
    """
    path = cache_path(files, folder)
    if not is_cached(files, folder):
        make_cache(files, folder)
    database = _database(memory)
    database.execute(f"ATTACH {quoted(path)} AS cache (READ_ONLY)")
    database.execute("CREATE VIEW events AS SELECT *, rowid AS row_number FROM cache.events")
    for table in ("places", "months"):
        database.execute(f"CREATE VIEW {table} AS FROM cache.{table}")
    return EventReader(database, inside, rolled=True)


def open_parts(files: EventFiles, *, inside: Inside | None = None, memory: str = "512MB") -> EventReader:
    """A reader of the parts alone: the same answers, later."""
    database = _database(memory)
    _view_parts(database, files)
    return EventReader(database, inside, rolled=False)


def cache_path(files: EventFiles, folder: Path) -> Path:
    """Where the cache of a snapshot is, if there is one."""
    stats = ((f"{path.parent.name}/{path.name}", path.stat()) for path in (*files.paths, files.places))
    told = [CACHE_VERSION, *((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)]
    return folder / f"events-{files.snapshot}-{hashlib.sha256(repr(told).encode()).hexdigest()[:12]}.duckdb"


def is_cached(files: EventFiles, folder: Path) -> bool:
    """Whether there is a whole cache of a snapshot: one that opens, and has all the blocks that it says it has."""
    path = cache_path(files, folder)
    if not path.is_file():
        return False
    with closing(_database("256MB")) as database, suppress(duckdb.Error):
        database.execute(f"ATTACH {quoted(path)} AS cache (READ_ONLY)")
        sized = database.execute(_BYTES).fetchone()
        return sized is not None and sized[0] <= path.stat().st_size
    return False


def make_cache(files: EventFiles, folder: Path, *, memory: str = "1GB") -> Path:
    """Make the cache of a snapshot and delete those of others; readers that have one of them open keep it.

    Raises
    ------
    UnwritablePlace
        If the folder cannot be written, or the disk is full.
    """
    path = cache_path(files, folder)
    with _told(path):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_MAKING, dir=folder) as work:
            made = Path(work) / path.name
            with closing(_database(memory, temporary=Path(work))) as database:
                _view_parts(database, files)
                database.execute(f"ATTACH {quoted(made)} AS cache (ROW_GROUP_SIZE {_ROW_GROUP})")
                _fill(database)
                database.execute("DETACH cache")  # writes all of it
            made.replace(path)
    _sweep(path)
    return path


def _sweep(path: Path) -> None:
    """Delete the caches of others, and what a maker left that was killed: no cache takes a day to make."""
    for other in path.parent.glob("events-*.duckdb"):
        if other != path:
            with suppress(OSError):  # open in another process, where the system does not let go of it
                other.unlink()
    for work in path.parent.glob(f"{_MAKING}*"):
        with suppress(OSError):  # just deleted by another
            if time.time() - work.stat().st_mtime > _DAY_S:
                shutil.rmtree(work, ignore_errors=True)


def _fill(database: duckdb.DuckDBPyConnection) -> None:
    keys = [_enumerated(database, *columns) for columns in _REPEATED]
    replaced = ", ".join(f"CAST({name} AS {kind}) AS {name}" for each in keys for name, kind in each.items())
    database.execute("CREATE TABLE cache.places AS FROM places")
    database.execute(
        f"CREATE TABLE cache.events AS SELECT * EXCLUDE ({_LEFT_OUT}) REPLACE ({replaced}) FROM events"  # noqa: S608 - our names
    )
    database.execute("""
        CREATE TABLE cache.months AS
        SELECT actor, side, event_type, first_month, last_month, count(*) AS events
        FROM (
            SELECT actor1_key AS actor, 1 AS side, event_type, first_month, last_month FROM cache.events
            UNION ALL
            SELECT actor2_key, 2, event_type, first_month, last_month FROM cache.events
            WHERE actor2_key IS NOT NULL AND (actor1_key IS NULL OR actor1_key <> actor2_key)
        )
        GROUP BY ALL ORDER BY ALL
    """)


def _enumerated(database: duckdb.DuckDBPyConnection, *columns: str) -> dict[str, str]:
    """The type of columns that share their values: a list of these, if they are few."""
    each = " UNION ".join(f"SELECT {column} AS value FROM events" for column in columns)  # noqa: S608
    values = f"SELECT value FROM ({each}) WHERE value IS NOT NULL ORDER BY value"  # noqa: S608
    count = database.execute(f"SELECT count(*) FROM ({values})").fetchone()  # noqa: S608
    if not count or not 0 < count[0] <= _FEW:
        return dict.fromkeys(columns, "VARCHAR")
    database.execute(f"CREATE TYPE cache.{columns[0]}s AS ENUM ({values})")
    return dict.fromkeys(columns, f"cache.{columns[0]}s")


def _view_parts(database: duckdb.DuckDBPyConnection, files: EventFiles) -> None:
    """The views on the parts; values derived from other columns are only read where a question names them."""
    if not files.paths:
        raise BadValue("event tables", "none", "at least one; import one first")
    paths = ", ".join(quoted(path) for path in files.paths)
    derived = ", ".join(f"{value} AS {name}" for name, value in _DERIVED.items())
    database.create_function("fold_texts", fold_texts, [VARCHAR], VARCHAR, type=ARROW)
    database.execute(f"CREATE VIEW places AS SELECT {_PLACE} FROM read_parquet({quoted(files.places)})")  # noqa: S608
    database.execute(
        f"CREATE VIEW events AS SELECT * REPLACE (CAST(h3 AS BIGINT) AS h3), {derived} FROM"  # noqa: S608 - our own names
        f" (SELECT COLUMNS(lambda name: name <> 'geometry') FROM read_parquet([{paths}], union_by_name = true))"
    )


def _database(memory: str, temporary: Path | None = None) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(config={**_LIMITS, "memory_limit": memory})
    database.execute("SET enable_progress_bar = false")
    spill = temporary / "spill" if temporary else Path(tempfile.gettempdir(), f"incidentmap-{uuid.uuid4().hex}")
    database.execute(f"SET temp_directory = {quoted(spill)}")  # made when it is needed, gone when all is closed
    database.execute("CREATE TABLE region_places (region VARCHAR, place_key BIGINT)")
    database.execute("CREATE TABLE word_rows (word VARCHAR, row_number BIGINT)")
    return database


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What keeps a cache from being written, as ours."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        if isinstance(error, UnwritablePlace):
            raise
        raise UnwritablePlace(f"{path}: cannot be written ({error}). Make room, or name another folder for caches.") from error
