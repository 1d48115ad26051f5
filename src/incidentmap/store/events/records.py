"""The rows of the case file that tell of imports and snapshots."""

import json
import sqlite3
from collections.abc import Iterable

from incidentmap.model import BadValue, Changes, ImportRecord, ImportRun, RowCounts, Snapshot
from incidentmap.store.events.parts import Part

_RECORD = (
    "source", "file_name", "sha256", "mapping", "schema_version", "at", "who", "licence", "warn_export", "partial",
)
_COUNTS = ("rows", "accepted", "warned", "refused", "refused_file")
_CHANGES = ("new", "changed", "gone", "unchanged")


def load_snapshots(connection: sqlite3.Connection) -> tuple[Snapshot, ...]:
    """All records of the log, in order."""
    runs = {row["number"]: _run(row) for row in connection.execute("SELECT * FROM table_imports")}
    rows = connection.execute("SELECT * FROM table_snapshots ORDER BY number")
    return tuple(
        Snapshot(row["number"], row["at"], row["who"], row["source"], row["shows"], row["undoes"], row["why"],
                 runs.get(row["number"]))
        for row in rows
    )


def append_import(
    connection: sqlite3.Connection, number: int, run: ImportRun, parts: Iterable[Part], places: str,
) -> Snapshot:
    """Keep an import, its parts and the snapshot that shows it."""
    record = run.record
    values = {
        "number": number, **{name: getattr(record, name) for name in _RECORD},
        **{name: getattr(run.counts, name) for name in _COUNTS}, **{name: getattr(run.changes, name) for name in _CHANGES},
        "fields": json.dumps(run.changes.fields), "based_on": run.based_on, "places": places,
    }
    connection.execute(
        f"INSERT INTO table_imports ({', '.join(values)}) VALUES ({', '.join(':' + name for name in values)})", values,  # noqa: S608
    )
    connection.executemany(
        "INSERT INTO table_parts VALUES (?, ?, ?, ?)", [(number, part.path, part.year, part.rows) for part in parts],
    )
    snapshot = Snapshot(number, record.at, record.who, record.source, number, run=run)
    append_snapshot(connection, snapshot)
    return snapshot


def append_snapshot(connection: sqlite3.Connection, snapshot: Snapshot) -> None:
    """Keep a record of the log."""
    names = ("number", "at", "who", "source", "shows", "undoes", "why")
    connection.execute("INSERT INTO table_snapshots VALUES (?, ?, ?, ?, ?, ?, ?)", [getattr(snapshot, name) for name in names])


def last_number(connection: sqlite3.Connection) -> int:
    """Of the last snapshot, 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM table_snapshots").fetchone()[0])


def shown(connection: sqlite3.Connection, number: int) -> dict[str, int]:
    """The import that each source shows as of a snapshot; sources that show none are left out."""
    rows = connection.execute(
        "SELECT source, shows FROM table_snapshots WHERE number IN"
        " (SELECT max(number) FROM table_snapshots WHERE number <= ? GROUP BY source) ORDER BY source", (number,),
    )
    return {row["source"]: row["shows"] for row in rows if row["shows"] is not None}


def parts_of(connection: sqlite3.Connection, number: int) -> tuple[Part, ...]:
    """The parts of an import by year, undated rows last.

    Raises
    ------
    BadValue
        If they were given up.
    """
    gone = connection.execute("SELECT at, who FROM table_prunings WHERE import = ?", (number,)).fetchone()
    if gone:
        told = f"an import whose rows are kept (those of this one were given up by {gone['who']} at {gone['at']})"
        raise BadValue("import", number, told, "Import the file again.")
    sql = "SELECT path, year, rows FROM table_parts WHERE import = ? ORDER BY year IS NULL, year"
    rows = connection.execute(sql, (number,))
    return tuple(Part(row["path"], row["year"], row["rows"]) for row in rows)


def places_path(connection: sqlite3.Connection) -> str | None:
    """Path of the file of all places known, None before the first import."""
    row = connection.execute("SELECT places FROM table_imports ORDER BY number DESC LIMIT 1").fetchone()
    return str(row["places"]) if row else None


def named_paths(connection: sqlite3.Connection) -> frozenset[str]:
    """The files that are to be kept: parts of imports that nobody gave up, and their places."""
    kept = "NOT IN (SELECT import FROM table_prunings)"
    rows = connection.execute(
        f"SELECT path FROM table_parts WHERE import {kept} UNION SELECT places FROM table_imports WHERE number {kept}"  # noqa: S608
    )
    return frozenset(row["path"] for row in rows) | {places_path(connection) or ""}


def prune(connection: sqlite3.Connection, before: int, at: str, who: str) -> tuple[int, ...]:
    """Note that the imports before a number are given up, but for those that are shown; which ones."""
    spared = set(shown(connection, last_number(connection)).values())
    rows = connection.execute(
        "SELECT number FROM table_imports WHERE number < ? AND number NOT IN (SELECT import FROM table_prunings)", (before,),
    )
    given_up = tuple(row["number"] for row in rows.fetchall() if row["number"] not in spared)
    connection.executemany("INSERT INTO table_prunings VALUES (?, ?, ?)", [(number, at, who) for number in given_up])
    return given_up


def _run(row: sqlite3.Row) -> ImportRun:
    record = {name: row[name] for name in _RECORD} | {name: bool(row[name]) for name in ("warn_export", "partial")}
    fields = tuple((field, rows) for field, rows in json.loads(row["fields"]))
    return ImportRun(
        ImportRecord(**record), RowCounts(**{name: row[name] for name in _COUNTS}),
        Changes(**{name: row[name] for name in _CHANGES}, fields=fields), row["based_on"],
    )
