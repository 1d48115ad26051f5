"""Logs whose seals stand in a table of their own: reviews and merges, chained as :mod:`.chain` says."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import BadValue, BrokenStore, DivergingDecisions
from incidentmap.store.chain import TIME, Record, check_links, check_text, linked
from incidentmap.store.connect import reading, writing

Name = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """How a log is chained, checked and told.

    Parameters
    ----------
    table
        Its name, also that of its seals.
    noun
        What a record is called.
    command
        The word of the command line that exports and replays it.
    columns
        Of a record, in the order of its exported file, `previous` and `hash` last.
    load
        All records of a case file, first to last, without their seals.
    check
        Refuses cells that make no record: `BadValue` or, of a shape that nobody expects, `KeyError`, `TypeError`, `ValueError`.
    keep
        Appends records, whatever the log held before, and does what follows from them.
    """

    table: str
    noun: str
    command: str
    columns: tuple[str, ...]
    load: Callable[[sqlite3.Connection], list[Record]]
    check: Callable[[Record], object]
    keep: Callable[[sqlite3.Connection, Sequence[Record]], None]

    def told(self, record: Record) -> str:
        """A record in words."""
        what = record.get("action") or record.get("verdict")
        return f"{what} by {record['who']!r} at {record['at']}"


def seal_rest(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Seal what was appended, and what was there before the first seal.

    Raises
    ------
    sqlite3.IntegrityError
        If somebody else took seals away.
    """
    count = _last(connection, ledger)
    rest = linked(ledger.load(connection)[count:], _last_hash(connection, ledger))
    rows = [(ledger.table, each["number"], each["previous"], each["hash"]) for each in rest]
    connection.executemany("INSERT INTO seals VALUES (?, ?, ?, ?)", rows)


def verify(path: Path, ledger: Ledger) -> tuple[Record, ...]:
    """All records of a log, first to last, after every link of its chain was checked.

    Raises
    ------
    BrokenStore
        At the first link that does not hold, with its number, column and value.
    """
    with reading(path) as connection:
        kept = _sealed(connection, ledger)
    try:
        check_records(kept, ledger)
    except BadValue as error:
        todo = f"Put a backup in its place, or replay an exported file elsewhere: incidentmap {ledger.command} replay."
        raise BrokenStore(f"{path}: the log of {ledger.table} was changed by another hand. {error} {todo}") from error
    return kept


def check_records(records: Sequence[Record], ledger: Ledger, name: Name | None = None) -> None:
    """Refuse the first record that does not follow from those before it, or that says nothing.

    Raises
    ------
    BadValue
        Naming the record (`name` is what messages call that of a number), the column, its value and what belongs there.
    """
    check_links(records, name or (lambda number: f"{ledger.noun} {number}"), told=ledger.told,
                check=lambda number, where: _check(records[number - 1], ledger, where))


def extend(path: Path, ledger: Ledger, records: Sequence[Record], name: Name | None = None) -> int:
    """Append what another copy of a log has more than this one, record by record as it is, all or nothing; how many were.

    Raises
    ------
    BadValue
        If a link of the other copy does not hold, or one of its records cannot be kept here; nothing was appended.
    DivergingDecisions
        If both go different ways from some record on; nothing was appended.
    """
    check_records(records, ledger, name)
    verify(path, ledger)
    with writing(path) as connection:
        here = _sealed(connection, ledger)
        for mine, theirs in zip(here, records, strict=False):
            if mine != theirs:
                raise DivergingDecisions(_parting(mine, theirs, ledger))
        new = records[len(here):]
        try:
            ledger.keep(connection, new)
        except (sqlite3.IntegrityError, OverflowError) as error:
            raise BadValue(f"log of {ledger.table}", str(error), "records that this case can keep") from error
        seal_rest(connection, ledger)
    return len(new)


def _sealed(connection: sqlite3.Connection, ledger: Ledger) -> tuple[Record, ...]:
    """All records with their seals; a log that nothing was ever sealed of is from before there were seals."""
    records = ledger.load(connection)
    sql = "SELECT number, previous, hash FROM seals WHERE log = ? ORDER BY number"
    seals = {row["number"]: row for row in connection.execute(sql, (ledger.table,))}
    if not seals:
        return tuple(linked(records))
    lost = [{**_empty(ledger), "number": number} for number in seals if number > len(records)]
    whole = [*records, *lost]
    return tuple({**each, **_seal(seals.get(each["number"]))} for each in whole)


def _seal(row: sqlite3.Row | None) -> Record:
    return {"previous": row["previous"] if row else "", "hash": row["hash"] if row else ""}


def _empty(ledger: Ledger) -> Record:
    """What stands where a sealed record was taken away from the end."""
    return dict.fromkeys(ledger.columns)


def _check(record: Record, ledger: Ledger, where: str) -> None:
    rules = (
        ("who", isinstance(record["who"], str) and bool(record["who"].strip()), "the name of the person who decided"),
        ("at", isinstance(record["at"], str) and bool(TIME.fullmatch(record["at"])), "UTC such as 2026-11-22T19:05:00Z"),
        ("why", isinstance(record["why"], str), "words, or none"),
    )
    for column, holds, allowed in rules:
        if not holds:
            raise BadValue(f"{where}: {column}", record[column], allowed)
    check_text(record, where)
    try:
        ledger.check(record)
    except BadValue as error:
        raise BadValue(where, ledger.told(record), f"what such a record can say. {error}") from error
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadValue(where, ledger.told(record), f"cells as an export writes them ({error})") from error


def _last(connection: sqlite3.Connection, ledger: Ledger) -> int:
    row = connection.execute("SELECT coalesce(max(number), 0) FROM seals WHERE log = ?", (ledger.table,)).fetchone()
    return int(row[0])


def _last_hash(connection: sqlite3.Connection, ledger: Ledger) -> str:
    """Of the last seal, zeros before the first."""
    sql = "SELECT coalesce((SELECT hash FROM seals WHERE log = ? ORDER BY number DESC LIMIT 1), printf('%064d', 0))"
    return str(connection.execute(sql, (ledger.table,)).fetchone()[0])


def _parting(mine: Record, theirs: Record, ledger: Ledger) -> str:
    return (
        f"Both logs part at {ledger.noun} {mine['number']} (row {mine['number'] + 1} of a .csv): here {ledger.told(mine)}, "
        f"there {ledger.told(theirs)}. Two histories cannot be joined. Replay the other one into a new workspace, or keep this "
        f"log and decide again what the other one has from {ledger.noun} {mine['number']} on."
    )
