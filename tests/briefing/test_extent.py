from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.briefing.extent import Extent, choose_extent, km_per_degree
from incidentmap.briefing.scale import round_length
from incidentmap.model import BBox

REGION: BBox = (-6.6, 15.0, 0.0, 25.0)
MALI: BBox = (-12.2, 10.1, 4.3, 25.0)
ASPECT = 1.35


def point(lon: float, lat: float) -> BBox:
    return lon, lat, lon, lat


def test_all_incidents_near_the_region_are_in_the_picture() -> None:
    places = [point(-4.0, 15.9), point(-8.0, 12.6), point(1.4, 18.4)]
    extent = choose_extent(places, REGION, MALI, ASPECT)
    assert all(extent.holds(place) for place in places)
    assert not extent.holds(REGION)


def test_close_incidents_still_show_half_of_the_region() -> None:
    extent = choose_extent([point(-4.0, 15.9), point(-3.7, 16.4)], REGION, MALI, ASPECT)
    assert extent.north - extent.south >= 5.0
    assert extent.north > 18 > extent.south


def test_an_incident_on_another_continent_does_not_make_the_region_tiny() -> None:
    near = [point(-4.0, 15.9)]
    assert choose_extent([*near, point(2.35, 48.85)], REGION, MALI, ASPECT) == choose_extent(near, REGION, MALI, ASPECT)


def test_without_incidents_the_region_is_shown_whole_and_without_a_region_the_country() -> None:
    assert choose_extent([], REGION, MALI, ASPECT).holds(REGION)
    assert choose_extent([], None, MALI, ASPECT).holds(MALI)


@given(st.floats(-14, 4), st.floats(5, 25), st.floats(0, 5), st.floats(0, 5), st.booleans())
def test_the_extent_always_has_the_shape_of_the_frame(lon: float, lat: float, wide: float, high: float, regional: bool) -> None:
    box = (lon, lat, lon + wide, lat + high)
    extent = choose_extent([box], REGION if regional else None, MALI, ASPECT)
    shape = (extent.east - extent.west) * cos(radians(extent.middle_lat)) / (extent.north - extent.south)
    assert shape == pytest.approx(ASPECT, rel=0.01)
    assert extent.holds(box)


def test_a_degree_of_longitude_has_its_true_length() -> None:
    assert km_per_degree(0.0) == pytest.approx(111.320, abs=0.001)
    assert km_per_degree(16.0) == pytest.approx(107.036, abs=0.01)


@pytest.mark.parametrize(("width_km", "km"), [(1200, 200), (2100, 500), (80, 20), (7, 1), (810, 200), (790, 100)])
def test_a_scale_bar_has_a_round_length_that_is_true(width_km: float, km: float) -> None:
    length, pixels = round_length(width_km, 1226)
    assert length == km
    assert pixels == pytest.approx(1226 * km / width_km)
    assert Extent(-4, 15, -3, 16).width_km == pytest.approx(km_per_degree(15.5))
