"""What the briefings of a schedule have told: a small SQLite file for each schedule, which is its lock as well."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from incidentmap.model import BrokenStore, ScheduleBusy, UnwritablePlace

APPLICATION_ID = 0x494D4544
"""Marks a file as one of these ("IMED")."""
_TABLES = """
CREATE TABLE IF NOT EXISTS edition (
    number INTEGER PRIMARY KEY, day TEXT NOT NULL, question TEXT NOT NULL, data_version TEXT NOT NULL, file TEXT NOT NULL,
    fresh INTEGER NOT NULL, changed INTEGER NOT NULL, gone INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS standing (
    one INTEGER PRIMARY KEY CHECK (one = 1), profile TEXT NOT NULL, records BLOB NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """One run of a schedule that told something.

    Parameters
    ----------
    question
        What was asked, in the parameters of the query.
    file
        The first file that was written.
    fresh, changed, gone
        How many incidents were new, told otherwise than the last time, and told no more.
    """

    day: date
    question: str
    data_version: str
    file: str
    fresh: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What an edition stands on: all that its question found, whether new or not.

    Parameters
    ----------
    profile
        The publish profile that told it, as a text that is another one once the profile's rules are others.
    records
        Each incident as it was told, as flat records.
    """

    profile: str
    records: pa.Table


@dataclass(slots=True)
class OpenEditions:
    """The editions of a schedule, for the one process that works on it."""

    _connection: sqlite3.Connection = field(repr=False)

    def last(self) -> Edition | None:
        """The last edition, None before the first."""
        row = self._connection.execute(
            "SELECT day, question, data_version, file, fresh, changed, gone FROM edition ORDER BY number DESC LIMIT 1",
        ).fetchone()
        return Edition(date.fromisoformat(row[0]), *row[1:]) if row else None

    def standing(self) -> Standing | None:
        """What the last edition stands on, None before the first."""
        row = self._connection.execute("SELECT profile, records FROM standing").fetchone()
        return Standing(row[0], pq.read_table(pa.BufferReader(row[1]))) if row else None

    def keep(self, edition: Edition, standing: Standing) -> None:
        """Record an edition and what it stands on; kept for good at the end of the block that opened them."""
        sink = pa.BufferOutputStream()
        pq.write_table(standing.records, sink, compression="zstd")
        self._connection.execute(
            "INSERT OR REPLACE INTO standing VALUES (1, ?, ?)", (standing.profile, sink.getvalue().to_pybytes()),
        )
        self._connection.execute(
            "INSERT INTO edition (day, question, data_version, file, fresh, changed, gone) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (edition.day.isoformat(), edition.question, edition.data_version, edition.file, edition.fresh, edition.changed,
             edition.gone),
        )


@contextmanager
def open_editions(path: Path) -> Iterator[OpenEditions]:
    """The editions in a file, made if there is none, to be changed by this process alone until the block ends.

    If the block fails, or the process is stopped, nothing of it is kept and the lock is free.

    Raises
    ------
    ScheduleBusy
        If another process works on this schedule.
    BrokenStore
        If the file is damaged or something else.
    UnwritablePlace
        If its folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"{path.parent}: cannot be made ({error.strerror}). Check the rights of the workspace."
        raise UnwritablePlace(told) from error
    with _told(path), closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")  # the system's own lock: it ends with the process, however that ends
        _prepare(path, connection)
        yield OpenEditions(connection)
        connection.execute("COMMIT")


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    (kind,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and kind != APPLICATION_ID:
        raise BrokenStore(f"{path}: is no record of briefings. Move it away; the next briefing then tells everything.")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith("SQLITE_BUSY"):
            todo = "Nothing was written; try again later."
            raise ScheduleBusy(f"{path.stem}: another run of this schedule is at work. {todo}") from error
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise BrokenStore(f"{path}: is damaged. Move it away; the next briefing then tells everything.") from error
        raise UnwritablePlace(f"{path}: cannot be written ({error}). Check its rights and the free space.") from error
