import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyogrio
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from shapely.geometry import Polygon, shape
from tests.export.conftest import ROWS, TWO_PARTS, flat

from incidentmap.export import Asked
from incidentmap.model import Incident, IncidentQuery
from incidentmap.paths import shipped

Write = Callable[..., Path]


def schema() -> Draft202012Validator:
    loaded = json.loads(shipped("data", "schemas", "incidents.geojson.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(loaded)
    return Draft202012Validator(loaded, format_checker=FormatChecker())


def whole(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_the_export_keeps_its_promise(write: Write, records: pa.Table, every_kind: tuple[Incident, ...]) -> None:
    for number, table in enumerate((records, flat(every_kind, ()), flat((), ROWS), flat((), ()))):
        withheld = (("embargo", 2),) if number else ()
        schema().validate(whole(write("geojson", table, withheld=withheld)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole["features"][0]["properties"].pop("anchor"),
        lambda whole: whole["features"][0]["properties"]["claims"][0].update(extra=1),
        lambda whole: whole["features"][0]["properties"]["claims"][0].update(scope="aggregate"),
        lambda whole: whole["features"][0]["properties"].update(lon=200),
        lambda whole: whole["features"][0].update(geometry={"type": "Point", "coordinates": [15.93, 195.0]}),
        lambda whole: whole["features"][-1]["properties"].update(country="Mali"),
        lambda whole: whole.update(crs={}),
        lambda whole: whole.pop("profile"),
        lambda whole: whole["report_claims"][0].pop("incidents"),
    ],
)
def test_the_schema_refuses_less(write: Write, records: pa.Table, spoil: Any) -> None:
    told = whole(write("geojson", records))
    spoil(told)
    assert not schema().is_valid(told)


def test_a_merged_incident_stands_there_once_with_its_parts(
    write: Write, every_kind: tuple[Incident, ...], niafunke: Incident,
) -> None:
    (own,) = (each["properties"] for each in whole(write("geojson", flat(every_kind[-1:], ())))["features"])
    assert [(part["id"], part["date_start"], part["place"]) for part in own["parts"]] == [
        ("inc-one", "2023-11-24", "Niafunké"), ("inc-two", None, None),
    ]
    assert len(own["claims"]) == 2 * len(niafunke.claims)


def test_geometries_are_of_their_kind_and_right_handed(write: Write, records: pa.Table) -> None:
    told = whole(write("geojson", records))
    drawn = {feature["id"]: feature["geometry"] for feature in told["features"]}
    assert [geometry and geometry["type"] for geometry in drawn.values()] == [
        *["Point"] * 4, "Polygon", "Polygon", "Polygon", "LineString", None, "Point", "Point", "Point", None,
    ]
    assert shape(drawn["inc-parts"]).covers(TWO_PARTS)
    ringed = shape(drawn["inc-area"])
    assert isinstance(ringed, Polygon)
    assert ringed.exterior.is_ccw
    assert not ringed.interiors[0].is_ccw
    west, south, east, north = told["bbox"]
    assert (west, south, east, north) == (-8.0, -0.0, 3.0, 18.44)


def test_the_head_says_what_the_file_is(write: Write, every_kind: tuple[Incident, ...]) -> None:
    query = IncidentQuery(actors=("jnim", "fama"), text="camp")
    told = whole(write("geojson", flat(every_kind, ()), asked=Asked.of(query)))
    assert told["query"] == {"actors": "fama,jnim", "text": "camp"}
    assert IncidentQuery.from_params(told["query"]) == query
    assert (told["date"], told["data_version"], told["gazetteer_version"]) == ("2026-11-23", "0" * 12, "1" * 16)
    assert "GeoNames" in told["attribution"]
    assert "CC BY 4.0, Made" in told["attribution"]
    assert "All dates" in told["question"]
    assert "FAMa" in told["question"]


def test_a_toll_over_several_incidents_is_in_no_feature(write: Write, records: pa.Table) -> None:
    told = whole(write("geojson", records))
    (toll,) = told["report_claims"]
    assert (toll["low"], toll["best"], toll["high"], toll["scope"]) == (20, None, None, "aggregate")
    assert toll["incidents"] == ["inc-niafunke", "inc-goundam"]
    quotes = [claim["quote"] for feature in told["features"] for claim in feature["properties"]["claims"]]
    assert toll["quote"] not in quotes


def test_figures_are_the_range_of_the_claims(write: Write, records: pa.Table) -> None:
    told = {each["id"]: each["properties"] for each in whole(write("geojson", records))["features"]}
    low, best, high = (told["inc-niafunke"][f"killed_{bound}"] for bound in ("low", "best", "high"))
    assert (low, best, high) == (20, None, None)
    assert [told["made:7"][f"killed_{bound}"] for bound in ("low", "best", "high")] == [0, 3, None]
    assert told["inc-goundam"]["killed_low"] is None


def test_nothing_selected_is_a_valid_empty_collection(write: Write) -> None:
    told = whole(write("geojson", flat((), ())))
    assert told["features"] == []
    assert "bbox" not in told


def test_geopandas_and_gdal_read_it_back(write: Write, records: pa.Table) -> None:
    ids = records["id"].to_pylist()
    for path in (write("geojson", records), write("geojsonl", records)):
        frame = gpd.read_file(path)
        assert [*frame["id"]] == ids
        assert frame.crs == "EPSG:4326"
        assert [*frame.geometry[0].coords] == [(-3.99, 15.93)]
        assert [*frame.geometry.isna()] == [each == "inc-nowhere" or each.endswith("@9") for each in ids]
        said = pyogrio.read_info(path)
        assert (said["features"], said["crs"]) == (len(ids), "EPSG:4326")
        _, _, geometries, fields = pyogrio.raw.read(path, columns=["place", "where_prec"])
        assert len(geometries) == len(ids)
        assert fields[0][0] == "Niafunké"
        assert fields[1][0] == 1


def test_a_line_is_a_feature(write: Write, records: pa.Table) -> None:
    lines = write("geojsonl", records).read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == whole(write("geojson", records))["features"]
