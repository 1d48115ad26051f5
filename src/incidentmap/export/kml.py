"""KML 2.2: a Placemark each with its days, its place and all columns as ExtendedData; what is unknown is left out."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from incidentmap.export.columns import compact, lines, packed, plain, texts
from incidentmap.export.head import LANGUAGE, Head
from incidentmap.export.xml_text import xml_text
from incidentmap.words import say

_START = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_END = "</Document>\n</kml>\n"


def write_kml(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:
    """A Document with a Placemark a line; what belongs to the whole is its description and ExtendedData."""
    with path.open("wb") as file:
        file.write((_START + _document(head)).encode())
        for batch in batches:
            file.write(packed(_placemarks(batch.select(schema.names))))
        file.write(_END.encode())


def _document(head: Head) -> str:
    record = head.record()
    data = "".join(_datum(name, value if isinstance(value, str) else compact(value)) for name, value in record.items())
    told = f"{record['question']}\n{record['attribution']}"
    return f"<name>{xml_text(record['title'])}</name>\n<description>{xml_text(told)}</description>\n" \
        f"<ExtendedData>{data}</ExtendedData>\n"


def _datum(name: str, text: str) -> str:
    return f'<Data name="{name}"><value>{xml_text(text)}</value></Data>'


def _placemarks(batch: pa.RecordBatch) -> pa.Array:
    fields = [field.name for field in batch.schema if field.name != "geometry"]
    data: list[pa.Array | str] = []
    for name in fields:
        cells = texts(batch[name], lambda value: xml_text(plain(value)), "")
        datum = pc.binary_join_element_wise(f'<Data name="{name}"><value>', cells, "</value></Data>", "")
        data.append(pc.if_else(batch[name].is_valid(), datum, ""))
    return lines([
        "<Placemark><name>", _name(batch), "</name>", _days(batch), "<ExtendedData>", *data, "</ExtendedData>",
        texts(batch["geometry"], lambda wkb: _shape(shapely.from_wkb(wkb)), ""), "</Placemark>\n",
    ])


def _name(batch: pa.RecordBatch) -> pa.Array:
    """The place, else the kind of event."""
    named = pc.coalesce(batch["place"], batch["event_type"])
    return texts(named, xml_text, xml_text(say(LANGUAGE, "picture.place_unknown")))


def _days(batch: pa.RecordBatch) -> pa.Array:
    begin, end = (texts(batch[name], plain, "") for name in ("date_start", "date_end"))
    span = pc.binary_join_element_wise("<TimeSpan><begin>", begin, "</begin><end>", end, "</end></TimeSpan>", "")
    return pc.if_else(pc.and_(batch["date_start"].is_valid(), batch["date_end"].is_valid()), span, "")


def _shape(shape: BaseGeometry) -> str:
    if shape.geom_type == "Point":
        return f"<Point>{_corners(shape)}</Point>"
    if not isinstance(shape, Polygon):
        return f"<LineString>{_corners(shape)}</LineString>"
    holes = "".join(f"<innerBoundaryIs><LinearRing>{_corners(each)}</LinearRing></innerBoundaryIs>" for each in shape.interiors)
    around = f"<outerBoundaryIs><LinearRing>{_corners(shape.exterior)}</LinearRing></outerBoundaryIs>"
    return f"<Polygon>{around}{holes}</Polygon>"


def _corners(shape: BaseGeometry) -> str:
    return f"<coordinates>{' '.join(f'{lon!r},{lat!r}' for lon, lat in shape.coords)}</coordinates>"
