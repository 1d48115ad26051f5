import re

import folium
import pytest
from shapely.geometry import Point
from tests.maps.conftest import MakeView

from incidentmap.gazetteer import regions
from incidentmap.maps import STATIC, Assets, IncidentLayer, incident_layers, incident_map
from incidentmap.maps.basemap import SCRIPTS, label_positions
from incidentmap.registry import actors

ASSETS = Assets(leaflet="../leaflet/", scripts="../scripts/", ground="../ground/")


@pytest.fixture
def rendered(make_view: MakeView) -> str:
    view = make_view()
    made = incident_map(assets=ASSETS, region=view.region, theme="light", language="fr", credit="Natural Earth",
                        bounds=(-8.0, 12.0, 2.0, 19.0))
    incident_layers(view, actors()).add_to(made)
    return str(made.get_root().render())


def test_the_page_asks_no_outside_host(rendered: str) -> None:
    asked = re.findall(r"""(?:src|href)=["']([^"']+)""", rendered)
    assert asked
    assert all(address.startswith("../") for address in asked)


def test_other_maps_keep_their_own_addresses(rendered: str) -> None:
    assert any(address.startswith("https://") for _, address in folium.Map.default_js)
    assert rendered


def test_one_layer_for_each_actor_and_no_object_for_each_incident(rendered: str) -> None:
    assert rendered.count("new incidentmap.ActorLayer(") == 3
    assert "L.marker" not in rendered
    assert "L.circleMarker" not in rendered


def test_a_switched_off_layer_is_not_sent(make_view: MakeView) -> None:
    group = incident_layers(make_view(hidden=frozenset({"jnim"})), actors())
    assert [child.layer_name for child in group._children.values() if isinstance(child, IncidentLayer)] == ["fama", "cnsp"]


def test_all_scripts_are_there_and_none_names_an_address() -> None:
    for name in SCRIPTS:
        text = (STATIC / name).read_text("utf-8")
        assert "http" not in text.replace('"http:"', "").replace('"https:"', "").replace("http or https", "")
        assert "innerHTML" not in text


@pytest.mark.parametrize("region_id", sorted(regions()))
def test_a_region_has_places_for_its_name_inside_it(region_id: str) -> None:
    region = regions()[region_id]
    positions = label_positions(region)
    assert positions
    assert all(region.geometry.buffer(0.02).covers(Point(*position)) for position in positions)
