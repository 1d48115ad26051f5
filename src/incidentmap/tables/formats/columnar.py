"""Parquet and GeoParquet: columns of any type as text, geometries as positions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely
from pyarrow import parquet

from incidentmap.model import UnreadableTable, reason
from incidentmap.tables.column import unlike_names
from incidentmap.tables.formats.geometry import POSITION_COLUMNS, Ground, ground_of, positions
from incidentmap.tables.formats.grid import BATCH_ROWS, blank_rows
from incidentmap.tables.formats.typed import text_column
from incidentmap.tables.source import RawBatch, Source


@dataclass(frozen=True, slots=True)
class _Place:
    """The column of geometries."""

    column: int
    ground: Ground


def open_columnar_source(path: Path) -> Source:
    """Open a Parquet file; one with geometries (GeoParquet) gets columns `_lon`, `_lat`, `_geometry_type`.

    Raises
    ------
    UnreadableTable
        If it is no Parquet file, or a damaged one, or its coordinates are in a system that is not known.
    """
    with _opened(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
    place = _place(path, schema)
    own = [name for index, name in enumerate(schema.names) if place is None or index != place.column]
    columns = tuple(unlike_names([*own, *(POSITION_COLUMNS if place else ())]))
    told = reason("table_crs", crs=place.ground.name) if place and place.ground.way else None
    return Source(
        path=path,
        told=reason("table_geoparquet" if place else "table_parquet"),
        columns=columns,
        rows=rows,
        read=lambda: _batches(path, columns, place),
        notes=(told,) if told else (),
        positions=place is not None,
    )


def _place(path: Path, schema: pa.Schema) -> _Place | None:
    try:
        geo: Any = json.loads((schema.metadata or {}).get(b"geo", b"null"))
    except ValueError as error:
        raise UnreadableTable(f"{path}: its geometry note is damaged ({error}). Write it again.") from error
    if not isinstance(geo, dict) or geo.get("primary_column") not in schema.names:
        return None
    column = geo["columns"][geo["primary_column"]] if isinstance(geo.get("columns"), dict) else {}
    ground = ground_of(column.get("crs"))
    if ground is None:
        raise UnreadableTable(f"{path}: its coordinate reference system cannot be understood. Save it in EPSG:4326.")
    return _Place(schema.names.index(geo["primary_column"]), ground)


def _batches(path: Path, columns: tuple[str, ...], place: _Place | None) -> Iterator[RawBatch]:
    first = 1
    with _opened(path) as file:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            own = [index for index in range(batch.num_columns) if place is None or index != place.column]
            arrays = [text_column(batch.columns[index]) for index in own]
            if place is not None:
                shapes = shapely.from_wkb(batch.columns[place.column].to_numpy(zero_copy_only=False), on_invalid="ignore")
                arrays += positions(shapes, place.ground)
            table = pa.RecordBatch.from_arrays(arrays, names=list(columns))
            yield RawBatch(first, table, blank_rows(table))
            first += table.num_rows


@contextmanager
def _opened(path: Path) -> Iterator[parquet.ParquetFile]:
    try:
        with parquet.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OverflowError) as error:
        said = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        raise UnreadableTable(f"{path}: no Parquet file, or a damaged one ({said}). Write it again.") from error
    except OSError as error:
        raise UnreadableTable(f"{path}: {error}. Check that it exists and that you may read it, or write it again.") from error
