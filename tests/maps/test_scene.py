import json
from dataclasses import replace
from datetime import date

import pytest
from tests.maps.conftest import MakeView

from incidentmap.maps import Bin, Histogram, MapView, chosen_card, scene
from incidentmap.maps.columns import script_json
from incidentmap.model import ActorRole, Incident, Role, Step
from incidentmap.registry import actors

HOSTILE = "</script><img src=x onerror=alert(1)>{{'x'}}\u2028"
DAY = 19685
"""24 November 2023, counted from 1970."""


def test_a_layer_for_each_actor_in_columns_of_the_same_length(make_view: MakeView) -> None:
    view = make_view()
    made = scene(view, actors())
    assert [(layer["id"], len(layer["ids"])) for layer in made["layers"]] == [("jnim", 2), ("fama", 1), ("cnsp", 1)]
    for layer in made["layers"]:
        assert {len(values) for values in layer.values() if isinstance(values, list)} == {len(layer["ids"])}
    assert [actor["id"] for actor in made["actors"]] == ["jnim", "fama", "cnsp"]
    assert made["extent"] == [DAY - 10, DAY]
    assert made["counts"] is None, "the page has them all and counts by itself"


def test_groups_that_are_actors_are_named(make_view: MakeView, niafunke: Incident) -> None:
    attackers = ("katiba_macina", "katiba_serma", "fama")
    view = make_view(tuple(replace(niafunke, id=key, actors=(ActorRole(key, key, Role.ATTACKER),)) for key in attackers))
    made = scene(view, actors())
    assert made["groups"] == {"jnim": "Jnim"}
    assert {actor["group"] for actor in made["actors"]} == {"jnim", "inter-1"}


def test_neither_window_nor_hidden_actors_change_it(make_view: MakeView) -> None:
    version = scene(make_view(), actors())["version"]
    looked = make_view(window=(date(2023, 11, 20), None), hidden=frozenset({"jnim"}))
    assert scene(looked, actors())["version"] == version


def test_the_version_changes_with_what_is_drawn(make_view: MakeView, first_incidents: tuple[Incident, ...]) -> None:
    moved = replace(first_incidents[0], sub_event_type="Looting")
    views = [
        make_view(), make_view(first_incidents[1:]), make_view((moved, *first_incidents[1:])), make_view(language="en"),
        make_view(theme="dark"), replace(make_view(), bins=(Bin("8", 0.0, 15.0, ((0.0, 15.0),), 1, (("jnim", 1),)),)),
    ]
    assert len({scene(view, actors())["version"] for view in views}) == len(views)


@pytest.mark.parametrize(("whole", "has"), [(None, True), (True, True), (False, False)])
def test_cards_are_whole_where_there_are_few_or_where_asked(make_view: MakeView, whole: bool | None, has: bool) -> None:
    made = scene(make_view(), actors(), whole_cards=whole)
    assert {("sections" in card) for layer in made["layers"] for card in layer["cards"]} == {has}


def test_a_card_that_is_asked_for_is_that_incident_s(make_view: MakeView) -> None:
    view = make_view()
    found = chosen_card(view, actors(), "inc-niafunke")
    assert found is not None
    assert found["id"] == "inc-niafunke"
    assert found["sections"]
    assert chosen_card(view, actors(), "gone") is None


def with_cells(view: MapView) -> MapView:
    corners = ((-4.0, 15.0), (-3.0, 15.0), (-3.5, 16.0))
    layers = (replace(view.layers[0], count=900, in_window=700), *view.layers[1:])
    told = Histogram(Step.YEAR, (date(1970, 1, 1), date(1971, 1, 1)), (("jnim", (400, 500)),))
    return replace(view, layers=layers, bins=(Bin("85", -3.5, 15.3, corners, 898, (("jnim", 898),)),), histogram=told)


def test_cells_and_the_counts_of_what_the_page_has_not(make_view: MakeView) -> None:
    made = scene(with_cells(make_view()), actors())
    assert made["bins"] == [
        {"lon": -3.5, "lat": 15.3, "corners": [[-4.0, 15.0], [-3.0, 15.0], [-3.5, 16.0]], "counts": [["jnim", 898]]},
    ]
    assert made["histogram"] == {"step": "year", "starts": [0, 365], "counts": [["jnim", [400, 500]]]}
    assert made["extent"] == [0, DAY]
    assert made["counts"] == {"jnim": 700, "fama": 1, "cnsp": 1}


def test_nothing_dated_has_no_extent_and_is_counted(make_view: MakeView, kidal: Incident) -> None:
    made = scene(make_view((replace(kidal, date=None),)), actors())
    assert (made["extent"], made["undated"]) == (None, 1)


def test_hostile_names_stay_data(make_view: MakeView, kidal: Incident) -> None:
    where = kidal.location
    assert where is not None
    made = scene(make_view((replace(kidal, location=replace(where, name=HOSTILE)),)), actors())
    written = script_json(made)
    assert json.loads(written) == made
    assert not set("<>\u2028") & set(written)
