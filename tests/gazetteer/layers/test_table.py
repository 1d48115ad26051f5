import json
from pathlib import Path

import pytest

from incidentmap.gazetteer.layers import Layer, Said, open_csv, open_geojson, read_layer, stage_table
from incidentmap.gazetteer.layers.cells import About, taken_or_refused
from incidentmap.gazetteer.layers.rows import Refusal, Taken
from incidentmap.model import BadValue, PlaceKind

FRENCH = "Localité;Longitude;Latitude;Type;Pays;PCode;Population\nKoro-Test;-3,5;14,25;Puits;Mali;ML0101;\n"


def _staged(folder: Path, text: str, said: Said | None = None, given: dict[str, str] | None = None) -> Layer:
    path = folder / "lieux.csv"
    path.write_text(text, "utf-8")
    return stage_table(folder / "shelf", open_csv(path, given or {}), said or Said())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_delimiter_and_columns_are_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "lieux.csv"
    path.write_bytes(FRENCH.encode(encoding))
    table = open_csv(path, {})
    assert table.delimiter == ";"
    assert dict(table.columns) == {
        "name": "Localité", "lon": "Longitude", "lat": "Latitude", "kind": "Type", "country": "Pays", "pcode": "PCode",
        "population": "Population",
    }


def test_a_row_becomes_a_place(tmp_path: Path) -> None:
    layer = _staged(tmp_path, FRENCH, said=Said(title="OCHA", valid_from="2021-12-20"))
    (entry,) = read_layer(layer)
    place = entry.place
    assert (place.id, place.kind, place.country, place.source) == ("table:lieux/ML0101", PlaceKind.WELL, "ML", "table")
    assert (place.position.lon, place.position.lat, place.note) == (-3.5, 14.25, "P-code ML0101 (valid 2021-12-20)")
    assert entry.spellings == ("Koro-Test", "ML0101")
    assert (layer.record.date, layer.record.attribution, layer.record.countries) == ("2021-12-20", "OCHA", ("ML",))


@pytest.mark.parametrize(("cells", "value", "rule"), [
    ({"lon": "0", "lat": "0"}, "0, 0", "not both 0"),
    ({"lon": "", "lat": ""}, ", ", "a place has coordinates"),
    ({"lon": "12 O", "lat": "14"}, "12 O", "decimal degrees"),
    ({"lon": "14", "lat": "120"}, "14.0, 120.0", "not swapped"),
    ({"lon": "200", "lat": "100"}, "200.0, 100.0", "longitude -180 to 180"),
    ({"lon": "14.3", "lat": "-3.4", "country": "ML"}, "14.3, -3.4", "the other way round it lies in ML"),
    ({"lon": "inf", "lat": "1"}, "inf", "decimal degrees"),
    ({"kind": "Astroport"}, "Astroport", "a kind that"),
    ({"country": "Atlantis"}, "Atlantis", "a country is"),
    ({"name": "--"}, "--", "a name with letters"),
    ({"radius_km": "0"}, "0", "radius_km is above 0"),
    ({"population": "viele"}, "viele", "population is a number"),
])
def test_a_refused_row_tells_value_and_rule(cells: dict[str, str], value: str, rule: str) -> None:
    refused = taken_or_refused(7, {"name": "X", "lon": "-3.4", "lat": "14.3"} | cells, About("t", ""))
    assert isinstance(refused, Refusal)
    assert (refused.line, refused.value) == (7, value)
    assert rule in refused.rule


@pytest.mark.parametrize(("cells", "kind"), [
    ({}, "village"), ({"population": "60 000"}, "city"), ({"kind": "Aéroport"}, "site"), ({"kind": "camp"}, "camp"),
])
def test_kinds_of_tables(cells: dict[str, str], kind: str) -> None:
    taken = taken_or_refused(1, {"name": "X", "lon": "-3.4", "lat": "14.3"} | cells, About("t", ""))
    assert isinstance(taken, Taken)
    assert taken.entry.place.kind == kind


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    layer = _staged(tmp_path, "name,lon,lat\n#loc+name,#geo+lon,#geo+lat\nA,1,15\nB,1\n\nC,0,0\n")
    assert layer.refused.read_text("utf-8").splitlines()[1:] == [
        "2,#loc+name,a row of HXL tags is no place", "4,2 cells,as many cells as columns: 3",
        '6,"0, 0",coordinates are not both 0',
    ]


def test_an_id_stands_once(tmp_path: Path) -> None:
    layer = _staged(tmp_path, "name,lon,lat,id\nA,1,15,7\nB,2,15,7\n")
    assert (layer.record.kept, layer.record.refused) == (1, 1)


def test_given_columns_outweigh_guesses_and_empty_ones_leave_out(tmp_path: Path) -> None:
    layer = _staged(tmp_path, "name,village,lon,lat,type\nA,B,1,15,odd\n", given={"name": "village", "kind": ""})
    assert [entry.place.name for entry in read_layer(layer)] == ["B"]


@pytest.mark.parametrize(("text", "given", "told"), [
    ("a,b\n1,2\n", {}, r"'a, b' is not allowed; expected columns for name, lon, lat. Say which they are: --map name=COL"),
    ("name,lon,lat\nA,1,2\n", {"name": "Nom"}, r"--map name: 'Nom' is not allowed; expected one of its columns: name, lon"),
    ("name,lon,lat\nA,1,2\n", {"nom": "name"}, r"--map: 'nom' is not allowed; expected one of name, lon"),
    ("name,lon,lat\nA,0,0\n", {}, r"no row taken; the first was refused: 2,"),
])
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str, given: dict[str, str], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        _staged(tmp_path, text, given=given)


def _geojson(path: Path, *features: object, **more: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), "utf-8")
    return path


def test_geojson_places(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [-1.5, 17.5]}
    square = {"type": "Polygon", "coordinates": [[[0, 10], [2, 10], [2, 12], [0, 12], [0, 10]]]}
    path = _geojson(
        tmp_path / "l.geojson", {"properties": {"nom": "Puits X", "type": "puits"}, "geometry": point},
        {"properties": {"nom": "Forêt Y"}, "geometry": square}, {"properties": {"nom": "Z"}, "geometry": None},
    )
    layer = stage_table(tmp_path / "shelf", open_geojson(path, {}), Said())
    places = [(entry.place.name, entry.place.position.lon, entry.place.position.lat) for entry in read_layer(layer)]
    assert places == [("Puits X", -1.5, 17.5), ("Forêt Y", 1.0, 11.0)]
    assert "3,None,a feature has a geometry" in layer.refused.read_text("utf-8")


@pytest.mark.parametrize(("content", "told"), [
    ("[]", r"expected a GeoJSON FeatureCollection"), ("{", r"expected a GeoJSON FeatureCollection"),
    ('{"features": [], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::32630"}}}', r"Reproject it to EPSG:4326 first"),
    ('{"features": [{"properties": {"a": 1}}]}', r"expected columns for name"),
])
def test_what_is_no_geojson_is_told(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "l.geojson").write_text(content, "utf-8")
    with pytest.raises(BadValue, match=told):
        open_geojson(tmp_path / "l.geojson", {})
