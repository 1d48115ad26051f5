import json
from pathlib import Path

import pytest

from incidentmap.model import BadValue, IncidentQuery, UnwritablePlace
from incidentmap.walks.export import export_geojson, geojson_text
from incidentmap.walks.listing import listing
from incidentmap.walks.picture import draw, picture_bytes
from incidentmap.walks.select import select
from incidentmap.walks.workspace import Workspace

QUERY = IncidentQuery(actors=("jnim",))


def test_an_export_holds_what_the_query_selects(case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    written = export_geojson(case, QUERY, path)
    whole = json.loads(path.read_text("utf-8"))
    assert path.read_text("utf-8") == geojson_text(case, QUERY)
    assert [feature["id"] for feature in whole["features"]] == ["inc-goundam", "inc-niafunke"] == [*written.frame["id"]]
    assert whole["query"] == QUERY.to_params()
    assert whole["data_version"] == case.store.version()


def test_a_listing_has_the_properties_of_the_export(case: Workspace) -> None:
    properties = [feature["properties"] for feature in json.loads(geojson_text(case, QUERY))["features"]]
    found = listing(case, QUERY)
    assert json.loads(json.dumps(found.records)) == properties
    assert found.counts == select(case, QUERY).counts


def test_a_picture_is_drawn_of_what_the_query_selects(case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    drawn = draw(case, QUERY, path, "en")
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert path.read_bytes() == picture_bytes(case, QUERY, language="en")
    assert path.read_bytes() != picture_bytes(case, IncidentQuery(), language="en")
    assert drawn.counts.shown == 2


def test_what_cannot_be_written_is_told(case: Workspace) -> None:
    path = case.folder / "nowhere" / "out.png"
    with pytest.raises(UnwritablePlace, match="nowhere"):
        export_geojson(case, QUERY, path)
    with pytest.raises(UnwritablePlace, match="nowhere"):
        draw(case, QUERY, path)


def test_a_picture_is_not_written_under_a_name_that_lies(case: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"ends in \.png"):
        draw(case, QUERY, tmp_path / "map.pdf")
    assert not (tmp_path / "map.pdf").exists()
