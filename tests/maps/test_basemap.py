import re

import folium
import pytest
from shapely.geometry import Point

from incidentmap.gazetteer import region, regions
from incidentmap.maps import STATIC, Assets
from incidentmap.maps.basemap import SCRIPTS, ground_map, label_positions
from incidentmap.maps.page import SCRIPTS as PAGE_SCRIPTS

ASSETS = Assets(leaflet="../leaflet/", scripts="../scripts/", ground="../ground/", boundaries="../boundaries/")
ONLY_NAMES = ('"http:"', '"https:"', "http or https", "http://www.w3.org/2000/svg")
"""Schemes of links, and what SVG calls itself: nothing that a browser would ask for."""


def test_the_ground_asks_no_outside_host_and_other_maps_keep_their_own_addresses() -> None:
    made = ground_map(assets=ASSETS, region=region("tombouctou"), theme="light", language="fr", credit="Natural Earth",
                      bounds=(-8.0, 12.0, 2.0, 19.0), view=None, board="Board", label="Carte")
    asked = re.findall(r"""(?:src|href)=["']([^"']+)""", str(made.get_root().render()))
    assert asked
    assert all(address.startswith("../") for address in asked)
    assert any(address.startswith("https://") for _, address in folium.Map.default_js)


@pytest.mark.parametrize("name", sorted({*SCRIPTS, *PAGE_SCRIPTS}))
def test_a_script_is_there_and_names_no_address(name: str) -> None:
    text = (STATIC / name).read_text("utf-8")
    for harmless in ONLY_NAMES:
        text = text.replace(harmless, "")
    assert "http" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("region_id", sorted(regions()))
def test_a_region_has_places_for_its_name_inside_it(region_id: str) -> None:
    area = regions()[region_id]
    positions = label_positions(area)
    assert positions
    assert all(area.geometry.buffer(0.02).covers(Point(*position)) for position in positions)
