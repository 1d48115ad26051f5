from dataclasses import replace

from tests.maps.conftest import MakeView

from incidentmap.maps import scene
from incidentmap.maps.outlines import outlines
from incidentmap.model import Incident, Position
from incidentmap.registry import actors


def known_by_area(incident: Incident, number: int) -> Incident:
    where = incident.location
    assert where is not None
    return replace(incident, id=f"{incident.id}-{number}", location=replace(where, area_id="ML/kidal", geo_precision=3))


def on_an_axis(incident: Incident) -> Incident:
    where = incident.location
    assert where is not None
    return replace(incident, location=replace(where, line=(where.position, Position(-3.0, 16.123456789))))


def test_incidents_of_one_area_share_one_outline(make_view: MakeView, kidal: Incident, niafunke: Incident) -> None:
    incidents = (*(known_by_area(kidal, k) for k in range(3)), known_by_area(niafunke, 1), on_an_axis(niafunke))
    made = scene(make_view(incidents), actors())
    assert [each["type"] for each in made["outlines"]] == ["Polygon", "LineString"]
    assert made["outlines"][1]["coordinates"][1] == (-3.0, 16.12346)
    assert {layer["id"]: layer["shapes"] for layer in made["layers"]} == {
        "fama": {"0": 0, "1": 0, "2": 0}, "jnim": {"0": 0, "1": 1},
    }


def test_points_and_incidents_without_a_place_have_none(make_view: MakeView, kidal: Incident) -> None:
    view = make_view((kidal, replace(kidal, id="nowhere", location=None)))
    marks = view.layers[0].marks
    found = outlines(marks)
    assert found.shapes == ()
    assert [found.of(mark.geometry) for mark in marks] == [None, None]
