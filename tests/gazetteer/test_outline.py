import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.interest import region
from incidentmap.gazetteer.outline import Outline, kilometres, sphere_km
from incidentmap.model import Position

POSITIONS = st.builds(Position, st.floats(-180, 180), st.floats(-89, 89))


@pytest.mark.parametrize(("lon", "lat", "km"), [(0.5, 0.5, 0), (2, 0.5, 111), (0.5, 3, 221), (-1, 0.5, 111)])
def test_distance_to_an_outline(lon: float, lat: float, km: float) -> None:
    assert Outline(box(0, 0, 1, 1)).distance_km(Position(lon, lat)) == pytest.approx(km, abs=3)


@pytest.mark.parametrize(("lon", "lat"), [(-3.0, 16.8), (1.4, 18.4), (-8.0, 12.6), (2.1, 13.5), (2.3, 48.9), (-17.4, 14.7)])
def test_it_agrees_with_the_ellipsoid(lon: float, lat: float) -> None:
    position, tombouctou = Position(lon, lat), region("tombouctou")
    outline = Outline(tombouctou.geometry)
    assert outline.distance_km(position) == pytest.approx(tombouctou.distance_km(position), rel=0.006, abs=3)


@given(POSITIONS, POSITIONS)
def test_the_sphere_is_within_half_a_percent(one: Position, other: Position) -> None:
    assert sphere_km(one, other) == pytest.approx(distance_km(one, other), rel=0.006, abs=0.01)
    assert kilometres([one], [other])[0, 0] == pytest.approx(sphere_km(one, other), abs=0.5)
