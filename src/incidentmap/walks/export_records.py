"""What a query selects as flat records: reviewed incidents first, then rows of tables, which are never all in memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa

from incidentmap.frames.flat import FLAT, event_batches, incident_batches
from incidentmap.gazetteer import boundary
from incidentmap.model import ALL_SOURCES, Incident, IncidentQuery, TotalRule
from incidentmap.registry import Registry, in_force
from incidentmap.store.events import open_events
from incidentmap.store.events.all_rows import all_rows, by_source
from incidentmap.store.events.cache import EventReader, open_parts
from incidentmap.tables.schema import EVENT_SCHEMA
from incidentmap.walks.import_tables import inside
from incidentmap.walks.workspace import CASE_FILE, Workspace

ROW_COLUMNS = tuple(name for name in EVENT_SCHEMA.names if name in {*FLAT.names, "event_id"})
"""What of a row an export tells."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a workspace; `reader` is None where no table was imported."""

    workspace: Workspace
    reader: EventReader | None

    def incidents(self, query: IncidentQuery) -> tuple[Incident, ...]:
        """The reviewed incidents that a query asks for."""
        return self.workspace.store.incidents(query)

    def sources(self, query: IncidentQuery) -> Mapping[str, int]:
        """How many rows of each table a query asks for."""
        return by_source(self.reader, query) if self.reader else {}

    def batches(
        self, query: IncidentQuery, rule: TotalRule = ALL_SOURCES, columns: Sequence[str] = ROW_COLUMNS, shuffle: str = "",
    ) -> Iterator[pa.RecordBatch]:
        """The flat records that a query asks for.

        Parameters
        ----------
        query, rule
            Which, and how the figures of a reviewed incident become a range.
        columns
            What to read of the rows of tables; the rest is null.
        shuffle
            As :func:`incidentmap.store.events.all_rows.all_rows`.
        """
        incidents, region = self.incidents(query), self.workspace.region_id
        if incidents:
            reports = {each.id: each for each in self.workspace.store.reports()}
            batches = incident_batches(incidents, region=region, boundary=boundary, rule=rule, reports=reports)
            yield from _named(batches, self.workspace.registry)
        if self.reader:
            yield from event_batches(self.reader.batches(all_rows(self.reader, query, columns, region, shuffle)))


@contextmanager
def opened_records(workspace: Workspace) -> Iterator[Records]:
    """The records of a workspace, for as long as the block runs."""
    files = open_events(workspace.folder / CASE_FILE).current()
    reader = open_parts(files, inside=inside) if files.paths else None
    try:
        yield Records(workspace, reader)
    finally:
        if reader:
            reader.close()


def _named(batches: Iterator[pa.RecordBatch], actors: Registry) -> Iterator[pa.RecordBatch]:
    """Batches made while a registry is in force; whoever takes them keeps the own one."""
    while True:
        with in_force(actors):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch
