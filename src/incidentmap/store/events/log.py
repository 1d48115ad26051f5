"""The event tables of a workspace: what was imported, what each source shows, and how any two snapshots differ.

The rows stand in immutable files that nobody locks: several processes read while one imports.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from incidentmap.model import BadValue, Changes, EventChange, Snapshot, UnwritablePlace
from incidentmap.store.connect import prepare, reading, writing
from incidentmap.store.events import records
from incidentmap.store.events.cache import EventFiles
from incidentmap.store.events.difference import Difference
from incidentmap.store.events.engine import engine
from incidentmap.store.events.room import import_lock, sweep
from incidentmap.store.events.stage import SET_HERE

TABLES = "tables"
"""The folder of the parts, beside the case file."""
LOCK_PATIENCE_S = 10.0
"""How long one who writes waits for another."""


def open_events(case: Path) -> "Events":
    """The event tables that belong to a case file, both made if there is none. What a stopped import left is swept away.

    Raises
    ------
    BrokenStore, UnwritablePlace
        As :func:`incidentmap.store.open_store`.
    """
    prepare(case)
    events = Events(case)
    if events.folder.is_dir():
        with suppress(UnwritablePlace), import_lock(events.folder, 0):  # refused while an import is at work
            events.sweep()
    return events


@dataclass(frozen=True, slots=True)
class Events:
    """The log of imports and snapshots. Holds no connection: safe to share between threads and processes."""

    case: Path

    @property
    def folder(self) -> Path:
        """Where the parts are."""
        return self.case.parent / TABLES

    def snapshots(self) -> tuple[Snapshot, ...]:
        """All records, in order."""
        with reading(self.case) as connection:
            return records.load_snapshots(connection)

    def current(self) -> EventFiles:
        """The files that all sources show now; without any parts before the first import."""
        return self.at(None)

    def at(self, snapshot: int | None) -> EventFiles:
        """The files that all sources showed as of a snapshot.

        Raises
        ------
        BadValue
            If there is none of that number, or its parts were given up.
        """
        with reading(self.case) as connection:
            last = records.last_number(connection)
            number = last if snapshot is None else snapshot
            if not 0 <= number <= last:
                raise BadValue("snapshot", number, f"a number from 1 to {last}" if last else "none: nothing was imported yet")
            imports = records.shown(connection, number).values()
            paths = tuple(self.folder / part.path for each in imports for part in records.parts_of(connection, each))
            return EventFiles(number, paths, self.folder / (records.places_path(connection) or "places.parquet"))

    def rows(self, snapshot: int | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of a snapshot, the columns of the schema in its order; now if None."""
        for path in self.at(snapshot).paths:
            with pq.ParquetFile(path) as file:
                names = [name for name in file.schema_arrow.names if name != "geometry"]
                yield from file.iter_batches(columns=names)

    def compare(self, older: int, newer: int) -> Changes:
        """How many rows are new, changed and gone from one snapshot to another, over all sources.

        Raises
        ------
        BadValue
            As :meth:`at`.
        """
        with self._difference(older, newer) as difference:
            return difference.changes() if difference else Changes(0, 0, 0)

    def compare_closely(self, older: int, newer: int, most: int) -> tuple[Changes, tuple[EventChange, ...]]:
        """The same with the first events that are new, changed and gone, at most so many of each."""
        with self._difference(older, newer) as difference:
            return (difference.changes(), difference.examples(most)) if difference else (Changes(0, 0, 0), ())

    def changed_rows(self, older: int, newer: int) -> Iterator[pa.RecordBatch]:
        """Each event that differs, by id: `event_id`, `fate` (new, changed, gone), the `fields` that changed."""
        with self._difference(older, newer) as difference:
            if difference:
                yield from difference.rows()

    def undo(self, number: int, who: str, why: str, clock: Callable[[], datetime]) -> Snapshot:
        """Take back the last snapshot of a source: it shows again what it showed before. The undoing can be undone.

        Raises
        ------
        BadValue
            If a later one of the source stands on it, or what was before was given up.
        """
        with import_lock(_made(self.folder), LOCK_PATIENCE_S), writing(self.case) as connection:
            log = records.load_snapshots(connection)
            undone = next((each for each in log if each.number == number), None)
            if undone is None:
                raise BadValue("snapshot", number, "the number of a snapshot", "See the list of imports.")
            before = _before(undone, log)
            if before is not None:
                records.parts_of(connection, before)  # refuses what was given up
            made = Snapshot(len(log) + 1, _stamp(clock()), who, undone.source, before, number, why)
            records.append_snapshot(connection, made)
        return made

    def prune(self, before: int, who: str, clock: Callable[[], datetime]) -> tuple[int, ...]:
        """Give up the rows of imports before a number, for good, to free the disk; those that a source shows are spared.

        Returns
        -------
        tuple of int
            The imports given up. That they were made, by whom and with what result stays in the log.
        """
        with import_lock(_made(self.folder), LOCK_PATIENCE_S):
            with writing(self.case) as connection:
                given_up = records.prune(connection, before, _stamp(clock()), who)
            self.sweep()
        return given_up

    def sweep(self) -> None:
        """Delete the files that no import names; only for who has the lock."""
        with reading(self.case) as connection:
            named = records.named_paths(connection)
        sweep(self.folder, named)

    @contextmanager
    def _difference(self, older: int, newer: int) -> Iterator[Difference | None]:
        """None if the snapshots have the same parts. A part that both have cannot differ."""
        old, new = (set(self.at(number).paths) for number in (older, newer))
        if old == new:
            yield None
            return
        only_old, only_new = sorted(old - new), sorted(new - old)
        schema = pa.unify_schemas([pq.read_schema(path) for path in (*only_old, *only_new)])
        schema = pa.schema([each for each in schema if each.name not in SET_HERE])
        with TemporaryDirectory(prefix="incidentmap-") as folder, engine(Path(folder), "1GB", lambda: False) as workshop:
            yield Difference(workshop, only_old, only_new, schema)


def _before(undone: Snapshot, log: tuple[Snapshot, ...]) -> int | None:
    """What its source shows once a snapshot is taken back."""
    last = [each for each in log if each.source == undone.source][-1]
    if undone.run and last.shows == undone.number:
        return undone.run.based_on
    if last.number == undone.number:
        earlier = [each.shows for each in log if each.source == undone.source and each.number < undone.number]
        return earlier[-1] if earlier else None
    if undone.run and last.undoes is not None:
        todo = "It is undone already, or others since are."
        raise BadValue("snapshot", undone.number, f"an import that {undone.source} shows", todo)
    todo = f"Undo snapshot {last.number} first."
    raise BadValue("snapshot", undone.number, f"the last one of {undone.source}, which is {last.number}", todo)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
