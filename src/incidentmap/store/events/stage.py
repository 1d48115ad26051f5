"""Rows as they come, put by for sorting: one temporary Parquet file for each year of their first day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidentmap.model import BadValue
from incidentmap.store.events.place_rows import NAMED_BY

SET_HERE = ("snapshot", "place_key", "h3", "geometry")
"""Columns that the store fills."""
_NEEDED = ("event_id", "source", "source_id", "file_row", "date_start", "warnings", *NAMED_BY)
_UNDATED = -32768
_HELD = 250_000
"""Rows held in memory, of all years together, before the largest year is written."""


@dataclass
class Stage:
    """The years of a file that is being read. Its memory does not grow with the file."""

    folder: Path
    source: str
    schema: pa.Schema | None = None
    rows: int = 0
    warned: int = 0
    _writers: dict[int, pq.ParquetWriter] = field(default_factory=dict)
    _held: dict[int, list[pa.RecordBatch]] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)

    def add(self, batch: pa.RecordBatch) -> None:
        """Put the rows of a batch by.

        Raises
        ------
        BadValue
            If its columns are not those of event rows, or a row is of another source.
        """
        if self.schema is None:
            _check_columns(batch.schema)
            self.schema = pa.schema([each for each in batch.schema if each.name not in SET_HERE], batch.schema.metadata)
        rows = batch.select(self.schema.names).cast(self.schema)
        _check_source(rows, self.source)
        self.rows += len(rows)
        self.warned += int(np.count_nonzero(pc.list_value_length(rows["warnings"]).to_numpy(zero_copy_only=False)))
        for year, part in _by_year(rows):
            self._held.setdefault(year, []).append(part)
            self._counts[year] = self._counts.get(year, 0) + len(part)
        while sum(self._counts.values()) > _HELD:
            self._write(max(self._counts, key=lambda year: self._counts[year]))

    def close(self) -> dict[int | None, Path]:
        """Write what is held; the files by year, None for undated rows."""
        for year in list(self._counts):
            self._write(year)
        for writer in self._writers.values():
            writer.close()
        return {None if year == _UNDATED else year: self._path(year) for year in sorted(self._writers)}

    def _write(self, year: int) -> None:
        if year not in self._writers:
            self._writers[year] = pq.ParquetWriter(self._path(year), self.schema, compression="lz4", write_statistics=False)
        self._counts.pop(year)
        self._writers[year].write_table(pa.Table.from_batches(self._held.pop(year)).combine_chunks())

    def _path(self, year: int) -> Path:
        return self.folder / f"{year}.parquet"


def _check_columns(schema: pa.Schema) -> None:
    lacking = [name for name in _NEEDED if name not in schema.names]
    if lacking:
        raise BadValue("columns of event rows", ", ".join(schema.names), f"also {', '.join(lacking)}")


def _check_source(rows: pa.RecordBatch, source: str) -> None:
    others = pc.filter(pc.unique(rows["source"]), pc.not_equal(pc.unique(rows["source"]), source))
    if len(others) or rows["source"].null_count:
        other = others[0].as_py() if len(others) else None
        raise BadValue("source of a row", other, repr(source), "Import the rows of each source by themselves.")


def _by_year(rows: pa.RecordBatch) -> Iterator[tuple[int, pa.RecordBatch]]:
    years = pc.fill_null(pc.year(rows["date_start"]), _UNDATED).to_numpy(zero_copy_only=False)
    if not len(years):
        return
    if years.min() != years.max() and (np.diff(years) < 0).any():
        order = np.argsort(years, kind="stable")
        rows, years = rows.take(pa.array(order)), years[order]
    starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1))
    for start, end in zip(starts, [*starts[1:], len(years)], strict=True):
        yield int(years[start]), rows.slice(start, end - start)
