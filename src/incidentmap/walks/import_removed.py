"""Events that their source has deleted go from what it shows; earlier snapshots keep them."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidentmap.model import ImportRecord, Snapshot
from incidentmap.store.events import Events, open_events, write_events
from incidentmap.walks.licences import shown_imports
from incidentmap.walks.workspace import CASE_FILE


def remove_events(
    folder: Path, source: str, ids: Collection[str], *, what: str, who: str, now: datetime,
) -> Snapshot | None:
    """Make a snapshot of a source that lacks some events.

    Parameters
    ----------
    folder
        Of the workspace.
    source, ids
        Who published the events, and the ids that it gives them.
    what
        Stands in the log in place of a file's name.
    who, now
        Who removes them, and when.

    Returns
    -------
    Snapshot or None
        None if the source shows none of them, or nothing but them: then nothing was written.
    """
    events, before = open_events(folder / CASE_FILE), shown_imports(folder).get(source)
    gone = pa.array(sorted(set(ids)), pa.string())
    if before is None or not _standing(events, source, gone):
        return None
    record = ImportRecord(
        source=source, file_name=what, sha256=hashlib.sha256("\n".join(gone.to_pylist()).encode()).hexdigest(),
        mapping=before.mapping, schema_version=before.schema_version, who=who,
        at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), licence=before.licence, warn_export=before.warn_export,
    )
    return write_events(events, _others(events, source, gone), record)


def _standing(events: Events, source: str, gone: pa.Array) -> int:
    """How many of the ids the source shows."""
    count = 0
    for path in events.current().paths:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=["source", "source_id"]):
                count += pc.sum(_is_gone(batch, source, gone)).as_py() or 0
    return count


def _others(events: Events, source: str, gone: pa.Array) -> Iterator[pa.RecordBatch]:
    """The rows of the source without those."""
    for batch in events.rows():
        own = batch.filter(pc.equal(batch["source"], source))
        yield own.filter(pc.invert(_is_gone(own, source, gone)))


def _is_gone(batch: pa.RecordBatch, source: str, gone: pa.Array) -> pa.BooleanArray:
    return pc.and_(pc.equal(batch["source"], source), pc.is_in(batch["source_id"], gone))
