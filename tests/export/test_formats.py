"""Each format is accepted by the programs that people open it with, and says what it is."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
from python_calamine import CalamineWorkbook
from tests.export.conftest import ROWS, flat

from incidentmap.export import FORMATS, Head, write_export
from incidentmap.export.hxl import hashtags
from incidentmap.export.xlsx import MOST_ROWS
from incidentmap.frames.flat import FLAT
from incidentmap.model import UnwritablePlace
from incidentmap.tables.formats import open_source

Write = Callable[..., Path]
KML = "{http://www.opengis.net/kml/2.2}"


def told(path: Path, format_id: str) -> dict[str, Any]:
    """What a file, or the one beside it, says of the whole."""
    if FORMATS[format_id].beside:
        (notes,) = json.loads(path.with_name(f"{path.name}-metadata.json").read_text("utf-8"))["notes"]
        return dict(notes)
    if format_id == "geojson":
        return dict(json.loads(path.read_text("utf-8")))
    if format_id == "geoparquet":
        return dict(json.loads(pq.read_metadata(path).metadata[b"incidentmap"]))
    return {name: _parsed(text) for name, text in _pairs(path, format_id).items()}


def _pairs(path: Path, format_id: str) -> dict[str, str]:
    if format_id == "gpkg":
        return dict(pyogrio.read_info(path)["dataset_metadata"])
    if format_id == "xlsx":
        return {str(row[0]): str(row[1]) for row in CalamineWorkbook.from_path(path).get_sheet_by_name("about").to_python()}
    data = ET.parse(path).findall(f"./{KML}Document/{KML}ExtendedData/{KML}Data")  # noqa: S314 - made here
    return {str(each.get("name")): str(each.findtext(f"{KML}value")) for each in data}


def _parsed(text: str) -> Any:
    return json.loads(text) if text[:1] in "[{" else text


@pytest.mark.parametrize("format_id", FORMATS)
def test_every_file_says_what_it_is(
    format_id: str, write: Write, records: pa.Table, head_of: Callable[..., Head],
) -> None:
    found = told(write(format_id, records, withheld=(("embargo", 2),), coarsened=1), format_id)
    expected = head_of(withheld=(("embargo", 2),), coarsened=1).record()
    assert {name: str(found[name]) for name in expected} == {name: str(value) for name, value in expected.items()}


@pytest.mark.parametrize("format_id", ["geojson", "geojsonl", "gpkg", "geoparquet", "kml"])
def test_geopandas_draws_what_was_written(format_id: str, write: Write, records: pa.Table) -> None:
    path = write(format_id, records)
    frame = gpd.read_parquet(path) if format_id == "geoparquet" else gpd.read_file(path)
    assert [*frame["id"]] == records["id"].to_pylist()
    assert frame.crs == ("OGC:CRS84" if format_id == "geoparquet" else "EPSG:4326")
    expected = gpd.GeoSeries.from_wkb(records["geometry"].to_pylist())
    assert [each is None for each in frame.geometry] == [each is None for each in expected]
    drawn = [(one, other) for one, other in zip(frame.geometry, expected, strict=True) if other is not None]
    assert all(one.equals(other) for one, other in drawn)


def test_a_geoparquet_keeps_to_its_standard(write: Write, records: pa.Table) -> None:
    geo = json.loads(pq.read_metadata(write("geoparquet", records)).metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert column["bbox"] == [-8.0, 0.0, 3.0, 18.44]
    assert "crs" not in column  # longitude, latitude on WGS 84


def test_a_geopackage_is_one_layer_with_its_index(write: Write, records: pa.Table) -> None:
    path = write("gpkg", records)
    info = pyogrio.read_info(path, layer="incidents")
    assert (info["driver"], info["features"], info["crs"]) == ("GPKG", len(records), "EPSG:4326")
    assert len(gpd.read_file(path, bbox=(-3.7, 16.4, -3.6, 16.5))) > 0
    assert not [*path.parent.glob(f".{path.name}*")]


@pytest.mark.parametrize("format_id", ["csv", "hxl"])
def test_no_cell_of_a_csv_is_a_formula(format_id: str, write: Write, records: pa.Table) -> None:
    with write(format_id, records).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {name for name in records.schema.names if records.schema.field(name).type == pa.string()}
    cells = [cell for row in rows for name, cell in row.items() if name in texts]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@＝＋－＠"} and cell]
    made = next(row for row in rows if row["id"] == "made:7")
    assert (made["actor1"], made["actor2"], made["lon"]) == ("'=cmd", "''quoted", "-3.99")


def test_an_hxl_file_has_a_row_of_hashtags(write: Write, records: pa.Table) -> None:
    source = open_source(write("hxl", records))
    assert source.rows == len(records)
    assert source.tags["lon"] == "#geo+lon"
    assert set(hashtags()) == {name for name in FLAT.names if name != "geometry"}
    assert len(set(hashtags().values())) == len(hashtags())


def test_spreadsheet_readers_see_texts_numbers_and_days(write: Write) -> None:
    path = write("xlsx", flat((), ROWS))
    calamine = CalamineWorkbook.from_path(path)
    assert calamine.sheet_names == ["incidents", "about", "continued"]
    sheet = openpyxl.load_workbook(path)["incidents"]
    cells: dict[Any, Any] = {name.value: cell for name, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["actor1"].value, cells["actor1"].data_type) == ("=cmd", "s")
    assert (cells["lon"].value, cells["lon"].data_type) == (-3.99, "n")
    assert (cells["date_start"].is_date, cells["date_start"].value.date()) == (True, ROWS[0]["date_start"])
    assert sheet.freeze_panes == "A2"


def test_a_sheet_too_long_is_refused_before_it_is_written(write: Write, tmp_path: Path) -> None:
    with pytest.raises(UnwritablePlace, match="csv or geoparquet"):
        write("xlsx", flat((), ROWS), events=MOST_ROWS)
    assert not [*tmp_path.iterdir()]


def test_a_kml_has_places_and_days(write: Write, records: pa.Table) -> None:
    whole = ET.parse(write("kml", records))  # noqa: S314 - made here
    marks = whole.findall(f".//{KML}Placemark")
    assert len(marks) == len(records)
    assert marks[0].findtext(f"{KML}name") == "Niafunké"
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}begin") == "2023-11-24"
    assert marks[0].findtext(f"{KML}Point/{KML}coordinates") == "-3.99,15.93"
    assert len(whole.findall(f".//{KML}innerBoundaryIs")) == 1
    claims = next(each for each in marks[0].iter(f"{KML}Data") if each.get("name") == "claims")
    assert len(json.loads(str(claims.findtext(f"{KML}value")))) == 3


@pytest.mark.parametrize("format_id", FORMATS)
def test_a_broken_stream_leaves_what_was_there(
    format_id: str, tmp_path: Path, write: Write, head_of: Callable[..., Head],
) -> None:
    table = flat((), ROWS)
    path = write(format_id, table)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    def broken() -> Any:
        yield from table.to_batches()
        raise UnwritablePlace("the disk is full")

    with pytest.raises(UnwritablePlace, match="the disk is full"):
        write_export(path, FORMATS[format_id], table.schema, broken(), head_of())
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
