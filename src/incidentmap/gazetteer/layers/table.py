"""A user's CSV table or GeoJSON file of places: OCHA settlements, P-codes, field lists."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from incidentmap.encodings import encoding_of
from incidentmap.gazetteer.layers.cells import About, taken_or_refused
from incidentmap.gazetteer.layers.columns import columns_of
from incidentmap.gazetteer.layers.rows import Refusal, Taken
from incidentmap.gazetteer.layers.shelf import Layer, file_sha256
from incidentmap.gazetteer.layers.stage import Origin, Told, count_up, layer_id, nobody, readable, stage
from incidentmap.model import BadValue

_DELIMITERS = ",;\t|"
_GEOMETRY = ("lon", "lat")
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was opened: how it is written, and which of its columns is which of ours.

    Parameters
    ----------
    encoding, delimiter
        As detected; empty for GeoJSON.
    there
        All its columns.
    columns
        Pairs of our column and the table's.
    """

    path: Path
    kind: str
    encoding: str
    delimiter: str
    there: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a user says about a table: name of the layer, title, licence, attribution, ISO days of validity; any empty."""

    name: str = ""
    title: str = ""
    licence: str = ""
    attribution: str = ""
    valid_from: str = ""
    valid_to: str = ""


def open_csv(path: Path, given: Mapping[str, str]) -> Table:
    """Detect encoding, delimiter and columns of a CSV table.

    Parameters
    ----------
    path
        The table.
    given
        Our columns to the table's, where a guess would be wrong; an empty one leaves ours out.

    Raises
    ------
    BadValue
        If it is empty or no text, or has no columns for name, longitude and latitude; the message lists those it has.
    """
    data = readable(path).read_bytes()
    encoding = encoding_of(data)
    if encoding is None:
        raise BadValue("table", path.name, "a text file with separated columns", "For XLSX: save it as CSV first.")
    head = data.decode(encoding).splitlines()[0]
    delimiter = max(_DELIMITERS, key=head.count)
    there = tuple(name.strip() for name in next(csv.reader([head], delimiter=delimiter)))
    return Table(path, "csv", encoding, delimiter, there, columns_of(there, given, ("name", "lon", "lat"), path.name))


def open_geojson(path: Path, given: Mapping[str, str]) -> Table:
    """Check a GeoJSON file of places and its columns, as :func:`open_csv`; lon and lat are those of the geometry."""
    features = _features(path)
    there = tuple(dict.fromkeys(str(name) for feature in features for name in (feature.get("properties") or {})))
    columns = columns_of(there, {**dict.fromkeys(_GEOMETRY, ""), **given}, ("name",), path.name)
    return Table(path, "geojson", "", "", there, columns)


def stage_table(shelf: Path, table: Table, said: Said, told: Told = nobody) -> Layer:
    """Read a table into the data files of a shelf; not yet in force.

    Raises
    ------
    BadValue, UnwritablePlace
        If not one row can be taken; if the shelf cannot be written.
    """
    path, own = table.path, layer_id(said.name or table.path.stem)
    read = count_up(told, 2 * path.stat().st_size)
    origin = Origin(
        id=own, kind=table.kind, title=said.title or path.name, file=path.name, input_sha256=file_sha256(path, read),
        licence=said.licence, attribution=said.attribution or said.title or path.name, date=said.valid_from,
        valid_from=said.valid_from, valid_to=said.valid_to, columns=table.columns,
    )
    return stage(shelf, origin, read_table(table, About(own, _valid(said)), read))


def read_table(table: Table, about: About, read: Callable[[int], None] = lambda _: None) -> Iterator[Taken | Refusal]:
    """Every row of a table, taken or refused. A row's number is its line in a CSV file, its place from 1 in GeoJSON."""
    seen: set[str] = set()
    for row in _csv_rows(table, about, read) if table.kind == "csv" else _geojson_rows(table, about):
        if isinstance(row, Taken) and row.entry.place.id in seen:
            yield Refusal(0, row.entry.place.id, "each id once; --map id= leaves the column out")
            continue
        if isinstance(row, Taken):
            seen.add(row.entry.place.id)
        yield row


def _csv_rows(table: Table, about: About, read: Callable[[int], None]) -> Iterator[Taken | Refusal]:
    with table.path.open(encoding=table.encoding, newline="") as file:
        rows = csv.reader(file, delimiter=table.delimiter)
        next(rows)
        for cells in rows:
            read(sum(map(len, cells)) + len(cells))
            if not any(cells):
                continue
            yield _csv_row(rows.line_num, cells, table, about)


def _csv_row(number: int, cells: Sequence[str], table: Table, about: About) -> Taken | Refusal:
    if len(cells) != len(table.there):
        return Refusal(number, f"{len(cells)} cells", f"as many cells as columns: {len(table.there)}")
    if all(cell.strip().startswith("#") or not cell.strip() for cell in cells):
        return Refusal(number, cells[0], "a row of HXL tags is no place")
    named = dict(zip(table.there, cells, strict=True))
    return taken_or_refused(number, {ours: named[theirs].strip() for ours, theirs in table.columns}, about)


def _geojson_rows(table: Table, about: About) -> Iterator[Taken | Refusal]:
    for number, feature in enumerate(_features(table.path), start=1):
        properties = feature.get("properties") or {}
        cells = {ours: _text(properties.get(theirs)) for ours, theirs in table.columns}
        try:
            point = shape(feature["geometry"]).representative_point()
            placed = {"lon": repr(point.x), "lat": repr(point.y)}
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError):
            yield Refusal(number, str(feature.get("geometry"))[:80], "a feature has a geometry")
            continue
        yield taken_or_refused(number, {**placed, **cells}, about)


def _features(path: Path) -> list[dict[str, Any]]:
    allowed = "a GeoJSON FeatureCollection of places in WGS 84"
    try:
        loaded = json.loads(readable(path).read_text("utf-8-sig"))
    except ValueError as error:
        raise BadValue(path.name, str(error), allowed) from error
    features = loaded.get("features") if isinstance(loaded, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise BadValue(path.name, str(loaded)[:60], allowed)
    crs = json.dumps(loaded.get("crs") or "CRS84")
    if not any(known in crs for known in _WGS84):
        raise BadValue(f"{path.name}: crs", crs, allowed, "Reproject it to EPSG:4326 first.")
    return features


def _text(value: object) -> str:
    if value is None:
        return ""
    return "|".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def _valid(said: Said) -> str:
    days = "/".join((said.valid_from, said.valid_to)) if said.valid_to else said.valid_from
    return f" (valid {days})" if days else ""
