import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import area_text, checked_area, lies_in, parse_area

SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
BOW = ((0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0))
"""Crosses itself: what lies between the two halves is in neither."""
DEGREES = st.integers(-40, 40).map(lambda number: number / 4)
POINTS = st.tuples(DEGREES, DEGREES)


@pytest.mark.parametrize(("area", "point", "inside"), [
    (SQUARE, (1, 1), True),
    (SQUARE, (3, 1), False),
    (SQUARE, (1, -1), False),
    (SQUARE, (0, 0), True),
    (SQUARE, (2, 2), False),
    (BOW, (0.5, 2), True),
    (BOW, (2, 0.5), False),
    (BOW, (3.5, 2), True),
])
def test_what_lies_in_an_area(area: tuple[tuple[float, float], ...], point: tuple[float, float], inside: bool) -> None:
    assert lies_in(area, *point) is inside


@given(st.lists(POINTS, min_size=3, max_size=8, unique=True), POINTS)
def test_a_simple_polygon_holds_what_shapely_says(corners: list[tuple[float, float]], point: tuple[float, float]) -> None:
    polygon = shapely.convex_hull(shapely.MultiPoint(corners))
    if isinstance(polygon, shapely.Polygon) and not polygon.boundary.covers(shapely.Point(point)):
        area = checked_area((lon, lat) for lon, lat in polygon.exterior.coords)
        assert lies_in(area, *point) is polygon.contains(shapely.Point(point))


def test_a_ring_may_say_its_first_corner_again() -> None:
    assert checked_area((*SQUARE, SQUARE[0])) == SQUARE


def test_corners_are_kept_to_a_metre() -> None:
    area = checked_area(((0.123456789, -0.000001), (1, 0), (1, 1)))
    assert list(area) == [(0.12346, 0.0), (1, 0), (1, 1)]
    assert area_text(area) == "0.12346,0;1,0;1,1"
    assert parse_area(area_text(area)) == area
