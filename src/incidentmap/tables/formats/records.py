"""JSON and GeoJSON: records with named fields become rows, their geometries positions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from incidentmap.model import UnreadableTable, reason
from incidentmap.tables.formats.geometry import POSITION_COLUMNS, Ground, ground_of, positions, shape_notes
from incidentmap.tables.formats.grid import BATCH_ROWS, blank_rows
from incidentmap.tables.formats.json_stream import JsonRecords
from incidentmap.tables.formats.typed import cell_text
from incidentmap.tables.source import RawBatch, Source

ENDINGS = (".json", ".geojson", ".ndjson", ".jsonl", ".geojsonl")
_MOST_COLUMNS = 2_000
Record = dict[str, object]


@dataclass(slots=True)
class _Survey:
    """What one reading of the whole file shows."""

    rows: int = 0
    columns: dict[str, None] = field(default_factory=dict)
    spatial: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    around: Record = field(default_factory=dict)


def open_records_source(path: Path) -> Source:
    """Open a JSON file: an array of objects, one inside an object (``{"data": [...]}``), one object a line, or GeoJSON.

    Raises
    ------
    UnreadableTable
        If it is no JSON, breaks off, or holds no records.
    """
    survey = _survey(path)
    if not survey.rows:
        raise UnreadableTable(f"{path}: it holds no records. Save or download it again.")
    ground = ground_of(_crs(survey.around))
    if ground is None:
        raise UnreadableTable(f"{path}: its coordinate reference system cannot be understood. Save it in EPSG:4326.")
    own = tuple(survey.columns)
    columns = (*own, *POSITION_COLUMNS) if survey.spatial else own
    return Source(
        path=path,
        told=reason("table_geojson" if survey.spatial else "table_json"),
        columns=columns,
        rows=survey.rows,
        read=lambda: _batches(path, own, ground if survey.spatial else None),
        notes=shape_notes(survey.kinds, ground),
        positions=survey.spatial,
    )


def _survey(path: Path) -> _Survey:
    survey, records = _Survey(), JsonRecords(path)
    for record in records:
        survey.rows += 1
        if _is_feature(record):
            survey.spatial = True
            geometry = record.get("geometry")
            if isinstance(geometry, dict):
                kind = str(geometry.get("type"))
                survey.kinds[kind] = survey.kinds.get(kind, 0) + 1
        survey.columns.update(dict.fromkeys(_fields(record)))
        if len(survey.columns) > _MOST_COLUMNS:
            todo = "This is no table; make one row a record."
            raise UnreadableTable(f"{path}, record {survey.rows}: more than {_MOST_COLUMNS:,} different fields. {todo}")
    survey.around = records.around
    return survey


def _is_feature(record: Record) -> bool:
    return record.get("type") == "Feature" and "geometry" in record


def _fields(record: Record) -> Record:
    """The fields of a record; of a GeoJSON feature its properties, and its id where these have none."""
    if not _is_feature(record):
        return record
    properties = record.get("properties")
    own = properties if isinstance(properties, dict) else {}
    return {"id": record["id"], **own} if "id" in record and "id" not in own else own


def _crs(around: Record) -> object:
    """The reference system that older GeoJSON names; WGS84 is the rule (RFC 7946)."""
    crs = around.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return properties.get("name") if isinstance(properties, dict) else None


def _batches(path: Path, columns: tuple[str, ...], ground: Ground | None) -> Iterator[RawBatch]:
    waiting, first = iter(JsonRecords(path)), 1
    while records := [*islice(waiting, BATCH_ROWS)]:
        rows = [_fields(record) for record in records]
        arrays = [pa.array([cell_text(row.get(column)) for row in rows], pa.string()) for column in columns]
        if ground is not None:
            arrays += positions(_shapes(records), ground)
        table = pa.RecordBatch.from_arrays(arrays, names=[*columns, *(POSITION_COLUMNS if ground else ())])
        yield RawBatch(first, table, blank_rows(table))
        first += len(records)


def _shapes(records: list[Record]) -> "np.typing.NDArray[np.object_]":
    """Geometries; none where a feature has none or one that cannot be read."""
    texts = [json.dumps(record.get("geometry")) if record.get("geometry") else None for record in records]
    return np.asarray(shapely.from_geojson(np.array(texts, object), on_invalid="ignore"), object)
