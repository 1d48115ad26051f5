import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from shapely.geometry import MultiPolygon, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from incidentmap.export import geojson_text
from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import region
from incidentmap.model import ALL_SOURCES, Incident, IncidentQuery, Position, Reading, all_totals
from incidentmap.paths import shipped
from incidentmap.store.whole import whole_incident

CLOCKWISE = Polygon([(-4, 15), (-4, 16), (-3, 16), (-3, 15)], [[(-3.6, 15.4), (-3.4, 15.4), (-3.4, 15.6), (-3.6, 15.6)]])
TWO_PARTS = MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])
BOUNDARIES: dict[str, BaseGeometry] = {"ML/a": CLOCKWISE, "ML/b": TWO_PARTS}


def placed(incident: Incident, name: str, **changes: Any) -> Incident:
    assert incident.location
    return replace(incident, id=f"inc-{name}", location=replace(incident.location, **changes))


@pytest.fixture
def every_kind(first_incidents: tuple[Incident, ...], niafunke: Incident) -> tuple[Incident, ...]:
    line = (Position(-3.99, 15.93), Position(-3.67, 16.41))
    return (
        *first_incidents, placed(niafunke, "area", area_id="ML/a"), placed(niafunke, "parts", area_id="ML/b"),
        placed(niafunke, "lost", area_id="ML/c", radius_km=30.0), placed(niafunke, "axis", line=line),
        replace(niafunke, id="inc-nowhere", location=None, date=None),
    )


def text_of(incidents: tuple[Incident, ...], reading: Reading, query: IncidentQuery | None = None) -> str:
    return geojson_text(
        incidents_frame(incidents, region="tombouctou", boundary=BOUNDARIES.get), query=query or IncidentQuery(),
        report_claims=reading.report_claims, region=region("tombouctou"), data_version="0123456789ab",
        totals=all_totals(incidents, ALL_SOURCES, reading.report_claims),
    )


def schema() -> Draft202012Validator:
    loaded = json.loads(shipped("data", "schemas", "incidents.geojson.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(loaded)
    return Draft202012Validator(loaded, format_checker=FormatChecker())


def test_the_export_keeps_its_promise(every_kind: tuple[Incident, ...], first_reading: Reading) -> None:
    query = IncidentQuery(start=date(2023, 11, 1), actors=("jnim",), text="camp")
    for incidents in (every_kind, ()):
        schema().validate(json.loads(text_of(incidents, first_reading, query)))


def test_a_merged_incident_stands_there_once_with_its_parts(niafunke: Incident, first_reading: Reading) -> None:
    merged = whole_incident([replace(niafunke, id="inc-one"), replace(niafunke, id="inc-two", location=None, date=None)])
    whole = json.loads(text_of((merged,), first_reading))
    schema().validate(whole)
    (own,) = (feature["properties"] for feature in whole["features"])
    assert [(part["id"], part["date_start"], part["place"]) for part in own["parts"]] == [
        ("inc-one", "2023-11-24", "Niafunké"), ("inc-two", None, None),
    ]
    assert len(own["claims"]) == 2 * len(niafunke.claims)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole["features"][0]["properties"].pop("anchor"),
        lambda whole: whole["features"][0]["properties"]["claims"][0].update(extra=1),
        lambda whole: whole["features"][0]["properties"]["claims"][0].update(scope="aggregate"),
        lambda whole: whole["features"][0]["properties"].update(lon=200),
        lambda whole: whole["features"][0].update(geometry={"type": "Point", "coordinates": [15.93, 195.0]}),
        lambda whole: whole.update(crs={}),
        lambda whole: whole["report_claims"][0].pop("incidents"),
    ],
)
def test_the_schema_refuses_less(every_kind: tuple[Incident, ...], first_reading: Reading, spoil: Any) -> None:
    whole = json.loads(text_of(every_kind, first_reading))
    spoil(whole)
    assert not schema().is_valid(whole)


def test_geometries_are_of_their_kind_and_right_handed(every_kind: tuple[Incident, ...], first_reading: Reading) -> None:
    whole = json.loads(text_of(every_kind, first_reading))
    drawn = {feature["id"]: feature["geometry"] for feature in whole["features"]}
    assert [geometry and geometry["type"] for geometry in drawn.values()] == [
        *["Point"] * 4, "Polygon", "Polygon", "Polygon", "LineString", None,
    ]
    assert shape(drawn["inc-parts"]).covers(TWO_PARTS)
    ringed = shape(drawn["inc-area"])
    assert isinstance(ringed, Polygon)
    assert ringed.exterior.is_ccw
    assert not ringed.interiors[0].is_ccw
    west, south, east, north = whole["bbox"]
    assert (west, south, east, north) == (-8.0, 0.0, 3.0, 18.44)


def test_the_export_says_how_many_of_its_incidents_nobody_has_confirmed(
    first_incidents: tuple[Incident, ...], first_reading: Reading,
) -> None:
    whole = json.loads(text_of(first_incidents, first_reading))
    assert whole["statuses"] == {"confirmed": 1, "draft": 3}
    assert [each["properties"]["status"] for each in whole["features"]] == ["draft", "draft", "confirmed", "draft"]


def test_a_toll_over_several_incidents_is_in_no_feature(every_kind: tuple[Incident, ...], first_reading: Reading) -> None:
    whole = json.loads(text_of(every_kind, first_reading))
    (toll,) = whole["report_claims"]
    assert (toll["low"], toll["best"], toll["high"], toll["scope"]) == (20, None, None, "aggregate")
    assert toll["incidents"] == ["inc-niafunke", "inc-goundam"]
    quotes = [claim["quote"] for feature in whole["features"] for claim in feature["properties"]["claims"]]
    assert toll["quote"] not in quotes


def test_the_question_and_its_ground_are_told(first_incidents: tuple[Incident, ...], first_reading: Reading) -> None:
    query = IncidentQuery(start=date(2023, 11, 1), actors=("jnim", "fama"))
    whole = json.loads(text_of(first_incidents, first_reading, query))
    assert whole["query"] == {"from": "2023-11-01", "actors": "fama,jnim"}
    assert IncidentQuery.from_params(whole["query"]) == query
    assert (whole["region"]["id"], whole["data_version"]) == ("tombouctou", "0123456789ab")
    assert "GeoNames" in whole["attribution"]


def test_nothing_selected_is_a_valid_empty_collection(first_reading: Reading) -> None:
    whole = json.loads(text_of((), first_reading))
    assert whole["features"] == []
    assert "bbox" not in whole


def test_the_same_data_gives_the_same_text(every_kind: tuple[Incident, ...], first_reading: Reading) -> None:
    assert text_of(every_kind, first_reading) == text_of(every_kind, first_reading)


def test_geopandas_and_gdal_read_it_back(tmp_path: Path, every_kind: tuple[Incident, ...], first_reading: Reading) -> None:
    path = tmp_path / "out.geojson"
    path.write_text(text_of(every_kind, first_reading), "utf-8")
    ids = [incident.id for incident in every_kind]
    frame = gpd.read_file(path)
    assert [*frame["id"]] == ids
    assert frame.crs == "EPSG:4326"
    assert [*frame.geometry[0].coords] == [(-3.99, 15.93)]
    assert [*frame.geometry.isna()] == [False] * 8 + [True]
    said = pyogrio.read_info(path)
    assert (said["driver"], said["features"], said["crs"]) == ("GeoJSON", len(ids), "EPSG:4326")
    _, _, geometries, fields = pyogrio.raw.read(path, columns=["place", "where_prec"])
    assert len(geometries) == len(ids)
    assert fields[0][0] == "Niafunké"
    assert fields[1][0] == 1
