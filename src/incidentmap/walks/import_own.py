"""Our own exports, imported again: each source of the file on its own, every field as it was.

Rows of tables get back what no other table has: how they were placed, by which crosswalk their type was told, their warnings
and what stood in no field. Reviewed incidents of another case become rows of the source `incidentmap`, their claims in `extra`.
"""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.export.read_back import as_written
from incidentmap.export.xlsx import SHEETS
from incidentmap.frames.flat import EVENT
from incidentmap.model import SeveralTables
from incidentmap.tables.formats import open_source
from incidentmap.tables.schema import EVENT_SCHEMA
from incidentmap.tables.source import RawBatch, Source

PRESET = "incidentmap"
"""Of our own exports, and the source of incidents that people reviewed."""
_MARKS = frozenset({"id", "record", "status", "date_precision"})
"""Columns that every export has; source and ids of rows are in those of rows alone, and in no public one."""
_TEXTS = ("type_crosswalk", "located", "extra")
"""Fields that no column of any other table fills."""


@dataclass
class OwnPart:
    """The rows of one source of an export.

    Parameters
    ----------
    publisher
        The source.
    source
        Its rows alone, with the numbers that they have in the file.
    """

    publisher: str
    source: Source
    _read: deque[RawBatch] = field(default_factory=deque)

    def restored(self, accepted: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Accepted rows with what the export says of them besides; they come in the order in which :attr:`source` is read."""
        for batch in accepted:
            if batch.num_rows:
                while not self._holds(batch["file_row"][0].as_py()):
                    self._read.popleft()
                batch = _restored(batch, self._read[0])  # noqa: PLW2901 (the same rows, whole)
            yield batch

    def _holds(self, row: int) -> bool:
        """Whether the oldest batch that was read has a row."""
        first, rows = self._read[0].first_row, int(self._read[0].table.num_rows)
        return first <= row < first + rows

    def taken_from(self, whole: Source) -> "OwnPart":
        """The part of a file."""
        def read() -> Iterator[RawBatch]:
            for batch in as_written(whole):
                for run in _runs(batch, self.publisher):
                    self._read.append(run)
                    yield run

        columns = whole.columns if "source_id" in whole.columns else (*whole.columns, "source_id")
        self.source = replace(whole, read=read, rows=None, columns=columns)
        return self


def open_table(path: Path, sheet: str | None) -> Source:
    """A file as :func:`incidentmap.tables.formats.open_source` opens it; of our own workbooks the sheet with the records."""
    try:
        return open_source(path, sheet=sheet)
    except SeveralTables as error:
        if sheet is None and set(SHEETS[:2]) <= set(error.names):
            return open_source(path, sheet=SHEETS[0])
        raise


def own_parts(source: Source) -> tuple[OwnPart, ...]:
    """The sources of an export of ours, none for any other table."""
    if not set(source.columns) >= _MARKS:
        return ()
    seen: dict[str, None] = {}
    for batch in source.read():
        seen |= dict.fromkeys(pc.unique(_publishers(batch.table)).to_pylist())
    return tuple(OwnPart(publisher, source).taken_from(source) for publisher in sorted(seen))


def _publishers(table: pa.RecordBatch) -> pa.Array:
    """The source of each row: as told for rows of tables, ours for reviewed incidents."""
    own = pa.scalar(PRESET)
    told = table.column("source") if "source" in table.schema.names else pa.nulls(table.num_rows, pa.string())
    return pc.coalesce(pc.if_else(_is_event(table), told, own), own)


def _is_event(table: pa.RecordBatch) -> pa.Array:
    return pc.fill_null(pc.equal(table.column("record"), EVENT), fill_value=False)


def _runs(batch: RawBatch, publisher: str) -> Iterator[RawBatch]:
    """Pieces of a batch whose rows follow each other and are all of one source; incidents with their id as that of the row."""
    ours = pc.equal(_publishers(batch.table), publisher).to_numpy(zero_copy_only=False)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ours, [False]]).astype(np.int8)))
    for first, end in edges.reshape(-1, 2).tolist():
        table = batch.table.slice(first, end - first)
        marks = {row - first: mark for row, mark in batch.marks.items() if first <= row < end}
        yield RawBatch(batch.first_row + first, _with_ids(table), marks)


def _with_ids(table: pa.RecordBatch) -> pa.RecordBatch:
    columns = dict(zip(table.schema.names, table.columns, strict=True))
    told = columns.get("source_id", pa.nulls(table.num_rows, pa.string()))
    columns["source_id"] = pc.coalesce(told, columns["id"])  # incidents have none, and a publish profile may leave it out
    return pa.RecordBatch.from_arrays([*columns.values()], [*columns])


def _restored(accepted: pa.RecordBatch, raw: RawBatch) -> pa.RecordBatch:
    """Accepted rows of tables with the fields that only an export holds; incidents as they are."""
    rows = raw.table.take(pc.subtract(accepted["file_row"], raw.first_row))
    is_event, names = _is_event(rows), rows.schema.names
    columns = []
    for name, kind in zip(EVENT_SCHEMA.names, EVENT_SCHEMA.types, strict=True):
        column = accepted[name] if name in accepted.schema.names else pa.nulls(accepted.num_rows, kind)
        if name in _TEXTS and name in names:
            column = pc.if_else(is_event, rows.column(name), column)
        elif name == "warnings" and name in names:
            column = _warnings(rows.column(name), column)
        columns.append(column.cast(kind))
    return pa.RecordBatch.from_arrays(columns, schema=EVENT_SCHEMA)


def _warnings(told: pa.Array, found: pa.Array) -> pa.Array:
    """Those of the export first, then those found now."""
    if told.null_count == len(told):
        return found
    lists = []
    for text, now in zip(told.to_pylist(), found.to_pylist(), strict=True):
        before = json.loads(text) if text else []
        lists.append([*before, *(each for each in now or () if each not in before)])
    return pa.array(lists, found.type)
