from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer.entry import Entry
from incidentmap.gazetteer.interest import regions, regions_containing
from incidentmap.gazetteer.surroundings import Surroundings
from incidentmap.model import Place, PlaceKind, Position
from incidentmap.paths import shipped


def _place(lon: float, lat: float, source: str = "geonames", country: str = "ML", admin1: str = "") -> Place:
    return Place("x:1", "X", PlaceKind.VILLAGE, Position(lon, lat), 4, country, admin1, "", None, source)


@pytest.fixture(scope="module")
def around() -> Surroundings:
    return Surroundings(shipped("geo"))


@given(st.lists(st.tuples(st.floats(-14, 6), st.floats(9, 26)), max_size=30))
@settings(deadline=None)
def test_many_at_a_time_is_one_by_one(around: Surroundings, points: list[tuple[float, float]]) -> None:
    places = [_place(lon, lat) for lon, lat in points]
    assert around.regions_of(places) == [" ".join(sorted(regions_containing(place.position))) for place in places]


def test_the_tolerance_at_the_border_is_kept(around: Surroundings) -> None:
    corners = shapely.get_coordinates(regions()["mali"].geometry)[::40].tolist()
    places = [_place(lon + 0.03, lat) for lon, lat in corners]
    found = around.regions_of(places)
    assert found == [" ".join(sorted(regions_containing(place.position))) for place in places]
    assert all("mali" in inside.split() for inside in found)


@pytest.mark.parametrize(("place", "country", "admin1"), [
    (_place(-3.0, 16.77), "ML", "Tombouctou"),                                # GeoNames: by polygon
    (_place(-3.0, 16.77, admin1="06"), "ML", "Tombouctou"),
    (_place(22.0, 6.5, country="CF", admin1="Haute-Kotto"), "CF", "Haute-Kotto"),  # no polygon: as the dump has it
    (_place(-3.0, 16.77, "table", ""), "ML", "Tombouctou"),                   # a table without countries
    (_place(-3.0, 16.77, "table", "ML", "Taoudénit"), "ML", "Taoudénit"),     # a table's own word stands
    (_place(-3.0, 16.77, "curated", "ML", "Gao"), "ML", "Gao"),
])
def test_names_of_units(around: Surroundings, place: Place, country: str, admin1: str) -> None:
    (named,) = around.with_admin_names([Entry(place, ("X",))])
    assert (named.place.country, named.place.admin1) == (country, admin1)


def test_of_nothing_comes_nothing(around: Surroundings, ground: Path) -> None:
    assert (around.regions_of([]), around.with_admin_names([])) == ([], ())
    assert Surroundings(ground).regions_of([_place(-3, 16.77)]) == ["mali tombouctou"]
