"""The formats that incidents are exported in: one entry each, by the name that people type."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from incidentmap.export.csv_file import write_csv
from incidentmap.export.geojson import write_geojson, write_geojsonl
from incidentmap.export.geopackage import write_geopackage
from incidentmap.export.geoparquet import write_geoparquet
from incidentmap.export.head import Head
from incidentmap.export.hxl import write_hxl
from incidentmap.export.kml import write_kml
from incidentmap.export.xlsx import write_xlsx
from incidentmap.frames.flat import is_json
from incidentmap.fresh_file import fresh_file

Writer = Callable[[Path, pa.Schema, Iterable[pa.RecordBatch], Head], None]
"""Writes what will be the file: the columns of the schema, batch by batch, and what belongs to the whole."""
BESIDE = "-metadata.json"
"""After the name of a file that cannot hold what belongs to the whole; where CSV on the Web seeks it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write incidents.

    Parameters
    ----------
    beside
        Whether what belongs to the whole stands in a file beside: its lines are records and nothing else.
    """

    id: str
    suffix: str
    mime: str
    write: Writer
    beside: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType({each.id: each for each in (
    Format("geojson", ".geojson", "application/geo+json", write_geojson),
    Format("geojsonl", ".geojsonl", "application/x-ndjson", write_geojsonl, beside=True),
    Format("csv", ".csv", "text/csv", write_csv, beside=True),
    Format("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    Format("gpkg", ".gpkg", "application/geopackage+sqlite3", write_geopackage),
    Format("geoparquet", ".parquet", "application/vnd.apache.parquet", write_geoparquet),
    Format("kml", ".kml", "application/vnd.google-earth.kml+xml", write_kml),
    Format("hxl", ".csv", "text/csv", write_hxl, beside=True),
)})


def write_export(
    path: Path, chosen: Format, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head,
) -> tuple[Path, ...]:
    """Write an export, whole or not at all; a second file beside it where the format asks for one.

    Parameters
    ----------
    path, chosen
        Where, and how; the ending of the name is the caller's.
    schema
        The columns to write, as :func:`incidentmap.frames.flat.flat_schema` gives them.
    batches
        Flat records with at least these columns; taken one by one.
    head
        What belongs to the whole.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    UnwritablePlace
        If a file cannot be written, or the format cannot hold so much.
    """
    with fresh_file(path) as fresh:
        chosen.write(fresh, schema, batches, head)
    if not chosen.beside:
        return (path,)
    beside = path.with_name(path.name + BESIDE)
    with fresh_file(beside) as fresh:
        fresh.write_text(beside_text(path.name, schema, head), "utf-8")
    return path, beside


def beside_text(name: str, schema: pa.Schema, head: Head) -> str:
    """What belongs to the whole, as metadata of CSV on the Web (W3C)."""
    columns = [
        {"name": field.name, "titles": field.name, "datatype": "json" if is_json(field) else _datatype(field.type)}
        for field in schema if field.name != "geometry"
    ]
    told = {
        "@context": "http://www.w3.org/ns/csvw", "url": name, "dc:title": head.record()["title"],
        "dc:date": head.day.isoformat(), "dc:rights": head.attribution, "tableSchema": {"columns": columns},
        "notes": [head.record()],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _datatype(kind: pa.DataType) -> str:
    named = ((pa.types.is_integer, "integer"), (pa.types.is_floating, "double"), (pa.types.is_boolean, "boolean"),
             (pa.types.is_date, "date"))
    return next((name for fits, name in named if fits(kind)), "string")
