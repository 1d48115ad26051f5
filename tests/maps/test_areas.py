"""What the page needs to count by area: as finely as a place is known, and no finer."""

import pytest
from tests.maps.conftest import MakeView

from incidentmap.maps import scene
from incidentmap.maps.areas import unit_files
from incidentmap.model import AREAS, Measure, Showing, Shows
from incidentmap.registry import actors


@pytest.mark.parametrize(("what", "expected"), [
    (Shows.ADMIN1, {"ML/tombouctou", "ML/kidal", "ML/bamako"}),
    (Shows.ADMIN2, {"ML/tombouctou/niafunke", "ML/tombouctou/goundam"}),
])
def test_each_incident_is_in_the_unit_that_holds_its_place(make_view: MakeView, what: Shows, expected: set[str]) -> None:
    made = scene(make_view(showing=Showing(what)), actors())
    units = {unit for layer in made["layers"] for unit in layer["units"][what]}
    assert expected <= units
    assert all(set(layer["tolls"]) == set() for layer in made["layers"])


def test_victims_are_ranges_and_unknown_is_not_zero(make_view: MakeView) -> None:
    made = scene(make_view(showing=Showing(Shows.ADMIN1, Measure.KILLED)), actors())
    tolls = {
        each: toll for layer in made["layers"] for each, toll in zip(layer["place"], layer["tolls"]["killed"], strict=True)
    }
    assert tolls["Goundam"] is None
    low, high, more = tolls["Niafunké"]
    assert (20 <= low <= high, more) == (True, True)


def test_a_page_of_its_own_counts_by_every_area_and_has_their_outlines(make_view: MakeView) -> None:
    made = scene(make_view(), actors(), every_area=True)
    for layer in made["layers"]:
        assert (set(layer["units"]), set(layer["tolls"])) == ({"admin1", "admin2"}, {"killed", "wounded"})
    outlined = {feature["properties"]["id"] for told in unit_files(made["layers"]).values() for feature in told["features"]}
    named = {unit for layer in made["layers"] for units in layer["units"].values() for unit in units if unit}
    assert named <= outlined
    assert {unit.split("/")[0] for unit in outlined} == {unit.split("/")[0] for unit in named}


def test_what_the_map_draws_one_by_one_needs_no_units(make_view: MakeView) -> None:
    assert all((layer["units"], layer["tolls"]) == ({}, {}) for layer in scene(make_view(), actors())["layers"])
    assert set(AREAS) < set(Shows)
