"""GeoParquet 1.1: points, lines and areas as WKB, longitude first on WGS 84 (OGC:CRS84, its default)."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from incidentmap.export.columns import BLOCK_ROWS, compact
from incidentmap.export.geojson import Bounds
from incidentmap.export.head import Head

METADATA = "incidentmap"
"""Key of what belongs to the whole, beside GeoParquet's own `geo`."""


def write_geoparquet(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:
    """Records in groups of 65,536 rows; the box around them is told once all are written."""
    bounds = Bounds()
    bare = schema.remove_metadata()
    with parquet.ParquetWriter(path, bare, compression="zstd", store_schema=True) as file:
        for block in blocks(bare, bounds.seen(batches)):
            file.write_table(block, row_group_size=BLOCK_ROWS)
        file.add_key_value_metadata({"geo": _geo(bounds.box()), METADATA: compact(head.record())})


def blocks(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches put together until they are worth a group of rows; only the schema's columns."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch.select(schema.names).cast(schema))
        if sum(each.num_rows for each in waiting) >= BLOCK_ROWS:
            yield pa.Table.from_batches(waiting, schema)
            waiting.clear()
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


def _geo(box: list[float] | None) -> str:
    column = {"encoding": "WKB", "geometry_types": [], "orientation": "counterclockwise", "edges": "planar"}
    told = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column | ({"bbox": box} if box else {})}}
    return json.dumps(told)
