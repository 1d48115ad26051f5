import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer import region
from incidentmap.maps import MOST_CANDIDATES, Assets, candidate_layers, candidate_map, kind_words
from incidentmap.maps.candidates import OWN, bounds_of, candidate_columns
from incidentmap.model import Candidate, Place, PlaceKind, Position

ASSETS = Assets(leaflet="../leaflet/", scripts="../scripts/", ground="../ground/", boundaries="../boundaries/")
FARABOUGOU = Position(-6.0, 14.98)


def candidate(number: int, *, name: str = "Farabougou", position: Position = FARABOUGOU, area: str = "") -> Candidate:
    kind = PlaceKind.AREA if area else PlaceKind.VILLAGE
    place = Place(f"geonames:{number}", name, kind, position, 4.0, "ML", "Ségou", "Niono", None, "geonames", area_id=area)
    return Candidate(place, name, 5.0 - number, ())


def outline(area: str) -> BaseGeometry | None:
    return box(-7, 14, -5, 16) if area == "ML/segou" else None


def drawn(candidates: list[Candidate], question: str = "q-1", own: tuple[Position, float] | None = None) -> str:
    base = candidate_map(assets=ASSETS, region=region("tombouctou"), theme="light", language="fr", credit="Natural Earth")
    candidate_layers(question, candidates, region=region("tombouctou"), theme="light", language="fr", outline=outline,
                     own=own).add_to(base)
    return str(base.get_root().render())


def test_columns_have_one_row_for_each_candidate_and_the_own_position_last() -> None:
    data = candidate_columns([candidate(1), candidate(2, area="ML/segou")], "fr", outline, (Position(1.0, 17.0), 12.0))
    lists = {key: values for key, values in data.items() if isinstance(values, list)}
    assert {len(values) for values in lists.values()} == {3}
    assert data["ids"] == ["geonames:1", "geonames:2", OWN]
    assert data["numbers"] == ["1", "2", ""]
    assert data["radius"] == [4.0, 4.0, 12.0]
    assert data["note"] == ["Ségou, ML", "Ségou, ML", ""]
    assert list(data["areas"]) == ["1"]


def test_an_unknown_outline_leaves_the_ring() -> None:
    assert candidate_columns([candidate(1, area="ML/none")], "fr", outline, None)["areas"] == {}


def test_no_more_are_drawn_than_there_are_number_keys() -> None:
    page = drawn([candidate(number) for number in range(1, 13)])
    assert f"geonames:{MOST_CANDIDATES}" in page
    assert f"geonames:{MOST_CANDIDATES + 1}" not in page


def test_the_page_asks_no_outside_host() -> None:
    asked = re.findall(r"""(?:src|href)=["']([^"']+)""", drawn([candidate(1)]))
    assert asked
    assert all(address.startswith("../") for address in asked)


@pytest.mark.parametrize("name", [
    "</script><script>alert(1)</script>", "`${alert(1)}`", "{{7*7}}", "<img src=x onerror=alert(1)>", "';alert(1);//",
])
def test_a_hostile_name_is_data_in_the_script(name: str) -> None:
    page = drawn([candidate(1, name=name)], question=name)
    assert name not in page
    assert "49" not in re.findall(r'"place":\["([^"]*)"', page)[0]


def test_the_map_itself_is_the_same_for_every_name() -> None:
    maps = [candidate_map(assets=ASSETS, region=None, theme="dark", language="en", credit="x") for _ in range(2)]
    rendered = [re.sub(r"[0-9a-f]{32}", "", str(each.get_root().render())) for each in maps]
    assert rendered[0] == rendered[1]
    assert "Map of the candidates" in rendered[0]


def test_a_name_without_candidates_shows_the_region() -> None:
    where = region("tombouctou")
    assert bounds_of([], where) == where.bounds
    assert bounds_of([], None)


@given(st.lists(st.builds(Position, st.floats(-180, 180), st.floats(-84, 84)), min_size=1, max_size=9))
def test_the_view_holds_every_candidate_with_room(positions: list[Position]) -> None:
    west, south, east, north = bounds_of([(at, 5.0) for at in positions], None)
    assert all(west <= at.lon <= east and south < at.lat < north for at in positions)
    assert -180 <= west < east <= 180


def test_the_view_holds_the_ring_of_a_wide_place() -> None:
    west, south, east, north = bounds_of([(FARABOUGOU, 150.0)], None)
    assert north - south > 2.6
    assert west < FARABOUGOU.lon < east


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_has_a_word(language: str) -> None:
    assert all(kind_words(language, kind) for kind in PlaceKind)
    assert kind_words("fr", "village") == "village"
    assert kind_words(language, "crater") == "crater"
