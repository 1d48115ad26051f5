"""Parquet: batches of Arrow columns, types kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from incidentmap.model import UnreadableTable, reason
from incidentmap.tables.table import BATCH_ROWS, Batch, Table


def open_columnar(path: Path) -> Table:
    """Open a Parquet file.

    Raises
    ------
    UnreadableTable
        If it is no Parquet file or a damaged one.
    """
    with _opened(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
    return Table(path, reason("table_parquet"), tuple(schema.names), schema, rows, read=lambda: _batches(path))


def _batches(path: Path) -> Iterator[Batch]:
    with _opened(path) as file:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            columns = [column.to_pylist() for column in batch.columns]
            yield Batch([*zip(*columns, strict=True)] if columns else [()] * batch.num_rows, arrow=batch)


@contextmanager
def _opened(path: Path) -> Iterator[parquet.ParquetFile]:
    try:
        with parquet.ParquetFile(path) as file:
            yield file
    except OSError as error:
        todo = "Check that it exists and that you may read it, or write it again."
        raise UnreadableTable(f"{path}: {_first_line(error)}. {todo}") from error
    except (pa.ArrowException, OverflowError) as error:
        raise UnreadableTable(f"{path}: no Parquet file, or a damaged one ({_first_line(error)}). Write it again.") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
