"""Parquet: original columns in their types, added ones in theirs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from incidentmap.tables.cells import as_text
from incidentmap.tables.column import Column, ColumnKind, unlike_names
from incidentmap.tables.table import Batch, Table
from incidentmap.tables.writer import Put

_GROUP_ROWS = 50_000
_TYPES = {
    ColumnKind.TEXT: pa.string(), ColumnKind.NUMBER: pa.float64(), ColumnKind.COUNT: pa.int32(), ColumnKind.TRUTH: pa.bool_(),
}


@contextmanager
def columnar_rows(table: Table, added: Sequence[Column], path: Path, fresh: Path) -> Iterator[Put]:  # noqa: ARG001 - as the others
    """Write to `fresh`. Parquet knows no two columns of one name: the second gets a number."""
    names = unlike_names([*table.columns, *(column.name for column in added)])
    types = [*table.schema.types, *(_TYPES[column.kind] for column in added)]
    schema = pa.schema(
        [pa.field(name, kind) for name, kind in zip(names, types, strict=True)], metadata=table.schema.metadata,
    )
    waiting: list[pa.RecordBatch] = []
    with parquet.ParquetWriter(fresh, schema) as file:

        def put(batch: Batch, cells: Sequence[Sequence[object]]) -> None:
            waiting.append(_batch(schema, batch, cells))
            if sum(each.num_rows for each in waiting) >= _GROUP_ROWS:
                _flush(file, schema, waiting)

        yield put
        _flush(file, schema, waiting)


def _flush(file: parquet.ParquetWriter, schema: pa.Schema, waiting: list[pa.RecordBatch]) -> None:
    if waiting:
        file.write_table(pa.Table.from_batches(waiting, schema), row_group_size=_GROUP_ROWS)
        waiting.clear()


def _batch(schema: pa.Schema, batch: Batch, cells: Sequence[Sequence[object]]) -> pa.RecordBatch:
    width = len(schema) - len(cells[0])
    own = batch.arrow.columns if batch.arrow is not None else [
        _array([row[index] for row in batch.rows], schema.types[index]) for index in range(width)
    ]
    new = [_array([row[index] for row in cells], schema.types[width + index]) for index in range(len(schema) - width)]
    return pa.RecordBatch.from_arrays([*own, *new], schema=schema)


def _array(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.array([None if value is None else as_text(value) for value in values], kind)
    return pa.array(values, kind)
