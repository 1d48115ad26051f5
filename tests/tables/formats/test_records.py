import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.formats.conftest import notes_of, opened, rows_of

from incidentmap.model import UnreadableTable
from incidentmap.tables.formats import json_stream, open_source


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, object], **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


AREA = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}


def test_areas_and_lines_are_shown_by_a_point_on_them(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 2]]}
    source = opened(tmp_path, collection(feature(AREA, id=1), feature(line, id=2), feature(None, id=3)), "in.geojson")
    assert rows_of(source) == [("1", "1", "1", "Polygon"), ("2", "0", "0", "LineString"), ("3", None, None, None)]
    assert [dict(note.values)["kinds"] for note in source.notes] == ["LineString 1, Polygon 1"]


def test_broken_geometries_are_no_position(tmp_path: Path) -> None:
    odd = [{"type": "Nothing"}, {"type": "Point", "coordinates": ["a", "b"]}, {"type": "Point", "coordinates": []}, [], "x"]
    source = opened(tmp_path, collection(*(feature(each, id=1) for each in odd)), "in.geojson")
    assert [row[1:3] for row in rows_of(source)] == [(None, None)] * 5


def test_the_id_of_a_feature_is_kept(tmp_path: Path) -> None:
    source = opened(tmp_path, collection({**feature(None, lieu="Gao"), "id": 7}), "in.geojson")
    assert (source.columns[:2], rows_of(source)[0][:2]) == (("id", "lieu"), ("7", "Gao"))


@pytest.mark.parametrize(
    ("name", "notes"),
    [("urn:ogc:def:crs:OGC:1.3:CRS84", []), ("urn:ogc:def:crs:EPSG::4326", []), ("EPSG:3857", ["table_crs"])],
)
def test_the_reference_system_of_older_files(tmp_path: Path, name: str, notes: list[str]) -> None:
    crs: dict[str, object] = {"type": "name", "properties": {"name": name}}
    point = feature({"type": "Point", "coordinates": [1, 2]})
    assert notes_of(opened(tmp_path, collection(point, crs=crs), "in.geojson")) == notes
    crs["properties"] = {"name": "no system"}
    with pytest.raises(UnreadableTable, match="reference system"):
        opened(tmp_path, collection(feature(None, id=1), crs=crs), "in.geojson")


def test_columns_are_those_of_all_records(tmp_path: Path) -> None:
    source = opened(tmp_path, b'{"a": 1}\n{"b": [1, {"c": null}]}\n\n{"a": ""}\n', "in.ndjson")
    assert (source.columns, rows_of(source)) == (("a", "b"), [("1", None), (None, '[1, {"c": null}]'), (None, None)])


VALUES = st.none() | st.booleans() | st.integers(-10**9, 10**9) | st.text(max_size=8)


@given(rows=st.lists(st.dictionaries(st.sampled_from(["a", "b", "é"]), VALUES), min_size=1, max_size=20),
       chunk=st.integers(1, 40), form=st.integers(0, 3))
@settings(max_examples=80, deadline=None)
def test_records_are_read_whatever_the_chunks(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]], chunk: int, form: int,
) -> None:
    text = [
        json.dumps(rows), json.dumps({"status": 200, "count": len(rows), "data": rows}, ensure_ascii=False, indent=1),
        "\n".join(map(json.dumps, rows)), json.dumps({"data": rows, "after": {"data": [1]}}),
    ][form]
    path = tmp_path_factory.mktemp("j") / "in.json"
    path.write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", chunk)
        assert [*json_stream.JsonRecords(path)] == rows
        assert open_source(path).rows == len(rows)


def test_a_record_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_LARGEST_VALUE", 1_000)
    monkeypatch.setattr(json_stream, "_CHUNK", 100)
    with pytest.raises(UnreadableTable, match="no JSON, or a damaged one"):
        opened(tmp_path, b'[{"a": "' + b"x" * 10_000 + b'"}]', "in.json")
