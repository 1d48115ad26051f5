"""An import: rows as they come -> staged by year -> compared with what stands -> sorted parts -> one record that shows them.

Until that record is written nothing has happened: an import that is stopped, killed or refused leaves what was there.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from incidentmap.model import BadValue, Changes, ImportProgress, ImportRecord, ImportRun, RowCounts, Snapshot
from incidentmap.store.connect import reading, writing
from incidentmap.store.events import records
from incidentmap.store.events.behind import behind
from incidentmap.store.events.engine import Cancelled, Engine, engine, stop_if
from incidentmap.store.events.log import LOCK_PATIENCE_S, Events
from incidentmap.store.events.parts import Part, Rows, check_ids, compare, find_places, write_parts
from incidentmap.store.events.place_rows import Units
from incidentmap.store.events.room import import_lock, parts_folder, settle, work_folder
from incidentmap.store.events.stage import Stage

Progress = Callable[[ImportProgress], None]
MEMORY = "1500MB"
"""What the sorting may use beside the rows that are being read; beyond that it goes to disk."""
_SETTLE_S = 5e-6
"""Seconds that a row needs after it is read, measured on one million; only for the time left."""
_PLACES = "places.parquet"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an import finds: the number that it gets, and what its source shows."""

    number: int
    based_on: int | None
    parts: tuple[Part, ...]
    places: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """What an import wrote: how it differs from what stood, the parts and the file of places that its source has now."""

    changes: Changes
    parts: tuple[Part, ...]
    places: str


@dataclass
class Told:
    """Tells how far an import is."""

    tell: Progress
    expected: int | None
    first: tuple[int, float] | None = None
    """Rows of the first batch and when it was there: what came before was not reading."""

    def read(self, rows: int) -> None:
        """So many rows are read."""
        now, left = time.monotonic(), None
        if self.first is None:
            self.first = rows, now
        elif self.expected and rows > self.first[0]:
            pace = (now - self.first[1]) / (rows - self.first[0])
            left = pace * max(self.expected - rows, 0) + _SETTLE_S * max(self.expected, rows)
        self.tell(ImportProgress("reading", rows, self.expected, left))

    def written(self, done: int, total: int, begun: float) -> None:
        """So many rows of those that must be written are."""
        left = (time.monotonic() - begun) * (total - done) / done if done else _SETTLE_S * total
        self.tell(ImportProgress("writing", done, total, left))


def write_events(
    events: Events, batches: Iterable[pa.RecordBatch], record: ImportRecord, *, counts: Callable[[], RowCounts] | None = None,
    units: Units | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
    expected: int | None = None, memory: str = MEMORY, patience_s: float = LOCK_PATIENCE_S,
) -> Snapshot | None:
    """Import the rows of a table: its source shows them from now on, all of them or none.

    A row with the `event_id` of a standing one takes its place if a field differs. A standing row that the table lacks is gone,
    unless the import is partial. Earlier snapshots stay as they are.

    Parameters
    ----------
    events
        Where they go.
    batches
        Rows of the event schema, each of the record's source; taken one by one, once the lock is held.
    record
        What is known of the import.
    counts
        Asked after the last batch: what became of the rows of the file; without it all were accepted.
    units
        The admin units of new places, see :data:`.place_rows.Units`.
    progress, cancelled
        Told, and asked, a few times a second.
    expected
        Rows that the file has, about.
    memory
        What sorting may use, as DuckDB writes it.
    patience_s
        How long to wait for another import of the workspace to end.

    Returns
    -------
    Snapshot or None
        None if there was no row: nothing was written then.

    Raises
    ------
    BadValue
        If an id is missing or doubled, a row is of another source, or the counts do not add up.
    Stopped
        If it was cancelled.
    UnwritablePlace
        If another import is at work, or the disk has no room.
    """
    asked, told = cancelled or (lambda: False), Told(progress or (lambda _: None), expected)
    with import_lock(events.folder, patience_s), _workplace(events) as work:
        stage = Stage(work, record.source)
        stop_if(asked)
        with closing(behind(batches, stage.add)) as added:
            for _ in added:
                stop_if(asked)
                told.read(stage.rows)
        staged = stage.close()
        if not stage.rows or stage.schema is None:
            return None
        counted = _counted(counts() if counts else None, stage)
        standing = _standing(events, record.source)
        rows = Rows(
            staged, {part.year: part for part in standing.parts}, events.folder, standing.number, record.partial, stage.schema,
            events.folder / standing.places if standing.places else None,
        )
        with engine(work, memory, asked) as workshop:
            made = _made(workshop, rows, work, units, told)
        return _kept(events, work, standing.number, ImportRun(record, counted, made.changes, standing.based_on), made)


@contextmanager
def _workplace(events: Events) -> Iterator[Path]:
    """A folder for the work, once the rubbish of imports that were killed is gone."""
    events.sweep()
    with work_folder(events.folder) as work:
        yield work


def _made(workshop: Engine, rows: Rows, work: Path, units: Units | None, told: Told) -> Made:
    """Write the files of an import into its folder."""
    told.tell(ImportProgress("comparing", 0, None, None))
    check_ids(workshop, rows)
    fresh = find_places(workshop, rows, units, parts_folder(work) / _PLACES)
    changes, years = compare(workshop, rows)
    total = sum(part.rows for year, part in rows.standing.items() if year in years) + changes.new
    begun, done = time.monotonic(), 0

    def written(count: int) -> None:
        nonlocal done
        done += count
        told.written(min(done, total), total, begun)

    parts = write_parts(workshop, rows, years, parts_folder(work), written)
    known = f"{rows.number}/{_PLACES}" if fresh or not rows.places else rows.places.relative_to(rows.tables).as_posix()
    return Made(changes, parts, known)


def _kept(events: Events, work: Path, number: int, run: ImportRun, made: Made) -> Snapshot:
    """The one step that counts: the files get their names, then the record says so."""
    if any(parts_folder(work).iterdir()):
        settle(work, events.folder / str(number))
    with writing(events.case) as connection:
        return records.append_import(connection, number, run, made.parts, made.places)


def _standing(events: Events, source: str) -> Standing:
    with reading(events.case) as connection:
        last = records.last_number(connection)
        based_on = records.shown(connection, last).get(source)
        parts = records.parts_of(connection, based_on) if based_on is not None else ()
        return Standing(last + 1, based_on, parts, records.places_path(connection))


def _counted(counts: RowCounts | None, stage: Stage) -> RowCounts:
    """What the caller counted, held against what came.

    Raises
    ------
    BadValue
        If rows were lost or doubled on the way.
    """
    if counts is None:
        return RowCounts(stage.rows, stage.rows, stage.warned, 0)
    if counts.rows != counts.accepted + counts.refused or counts.accepted < stage.rows or counts.warned > counts.accepted:
        raise BadValue("rows of the import", counts, f"rows = accepted + refused, accepted at least {stage.rows}")
    return counts
