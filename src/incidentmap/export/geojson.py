"""GeoJSON (RFC 7946): one Feature each, and what belongs to the whole in foreign members; the same with a Feature a line.

Coordinates are WGS 84, longitude first, exterior rings counter-clockwise; there is no `crs` member. What is JSON in the flat
record is nested here.
"""

import json
import struct
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry import mapping

from incidentmap.export.columns import compact, lines, packed, plain, texts
from incidentmap.export.head import Head
from incidentmap.frames.flat import is_json, is_json_list

_POINT = struct.Struct("<BIdd")


def write_geojson(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:
    """A FeatureCollection, one feature a line; `bbox` comes last, when it is known."""
    bounds = Bounds()
    with path.open("wb") as file:
        members = ",\n".join(f"{compact(name)}: {compact(value)}" for name, value in head.record().items())
        file.write(f'{{\n"type": "FeatureCollection",\n{members},\n"features": ['.encode())
        for number, batch in enumerate(bounds.seen(batches)):
            between = packed(lines([",\n", feature_texts(batch.select(schema.names))]))
            file.write(between[1:] if number == 0 else between)  # no comma before the first
        box = bounds.box()
        file.write("\n]{}\n}}\n".format(f',\n"bbox": {compact(box)}' if box else "").encode())


def write_geojsonl(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:  # noqa: ARG001
    """Features alone, one a line; what belongs to the whole is told beside the file."""
    with path.open("wb") as file:
        for batch in batches:
            file.write(packed(lines([feature_texts(batch.select(schema.names)), "\n"])))


def feature_texts(batch: pa.RecordBatch) -> pa.Array:
    """Each record as a Feature, geometry null where there is none."""
    fields = [field for field in batch.schema if field.name != "geometry"]
    members: list[pa.Array | str] = []
    for field in fields:
        members += [f'{"," if members else ""}"{field.name}":', _values(batch[field.name], field)]
    ids = texts(batch["id"], encode_basestring, "null")
    shapes = texts(batch["geometry"], _shape_text, "null")
    return lines(['{"type":"Feature","id":', ids, ',"geometry":', shapes, ',"properties":{', *members, "}}"])


def _values(column: pa.Array, field: pa.Field) -> pa.Array:
    if is_json(field):
        return pc.fill_null(column, "[]" if is_json_list(field) else "null")
    return texts(column, _value, "null")


def _value(value: object) -> str:
    written = plain(value)
    return written if isinstance(value, (bool, int, float)) else encode_basestring(written)


def _shape_text(wkb: bytes) -> str:
    if len(wkb) == _POINT.size:
        _, _, lon, lat = _POINT.unpack(wkb)
        return f'{{"type":"Point","coordinates":[{lon!r},{lat!r}]}}'
    return json.dumps(mapping(shapely.from_wkb(wkb)), separators=(",", ":"))


class Bounds:
    """The box around the geometries that have passed."""

    def __init__(self) -> None:
        self._whole = np.full(4, np.nan)

    def seen(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches as they are, their geometries noted."""
        for batch in batches:
            shapes = shapely.from_wkb(batch["geometry"].unique().drop_null().to_numpy(zero_copy_only=False))
            if len(shapes):
                west, south, east, north = shapely.total_bounds(shapes)
                low, high = np.fmin(self._whole[:2], (west, south)), np.fmax(self._whole[2:], (east, north))
                self._whole = np.concatenate([low, high])
            yield batch

    def box(self) -> list[float] | None:
        """west, south, east, north in degrees; None where there was no geometry."""
        box: list[float] = self._whole.tolist()
        return None if np.isnan(self._whole).any() else box
