from dataclasses import replace

import pytest
from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry

from incidentmap.frames.geometry import circle, location_geometry, one_polygon
from incidentmap.model import Incident, Location, Position

CERCLE = box(-4, 15, -3, 16)


def boundary(area_id: str) -> BaseGeometry | None:
    return CERCLE if area_id == "ML/tombouctou/niafunke" else None


@pytest.fixture
def place(niafunke: Incident) -> Location:
    assert niafunke.location
    return niafunke.location


def test_a_place_is_a_point_longitude_first(place: Location) -> None:
    assert location_geometry(place, boundary) == Point(-3.99, 15.93)


def test_an_axis_is_a_line(place: Location) -> None:
    line = (Position(-3.99, 15.93), Position(-3.67, 16.41))
    assert location_geometry(replace(place, line=line), boundary) == LineString([(-3.99, 15.93), (-3.67, 16.41)])


def test_an_axis_with_one_known_end_is_no_line(place: Location) -> None:
    assert location_geometry(replace(place, line=(Position(1, 2),)), boundary) == Point(-3.99, 15.93)


def test_an_area_is_its_boundary(place: Location) -> None:
    assert location_geometry(replace(place, area_id="ML/tombouctou/niafunke"), boundary) == CERCLE


def test_an_area_without_a_boundary_is_a_circle_never_a_dot(place: Location) -> None:
    drawn = location_geometry(replace(place, area_id="ML/unheard-of", radius_km=40), boundary)
    assert drawn is not None
    assert drawn.geom_type == "Polygon"
    assert drawn.contains(Point(-3.99, 15.93))


def test_no_place_is_no_geometry() -> None:
    assert location_geometry(None, boundary) is None


@pytest.mark.parametrize(("lon", "lat", "radius_km"), [(-3.99, 15.93, 40.0), (1.41, 18.44, 5.0), (0.0, 60.0, 100.0)])
def test_a_circle_keeps_its_radius_all_around(lon: float, lat: float, radius_km: float) -> None:
    earth = Geod(ellps="WGS84")
    corners = circle(Position(lon, lat), radius_km).exterior.coords
    metres = [earth.inv(lon, lat, corner[0], corner[1])[2] for corner in corners]
    assert metres == pytest.approx([radius_km * 1000] * len(metres), rel=1e-6)


def test_an_area_without_a_polygon_is_a_circle_never_a_dot(place: Location) -> None:
    vague = replace(place, area_id="", where_prec=4, geo_precision=3, radius_km=75.0)
    assert location_geometry(vague, boundary) == circle(vague.anchor, 75.0)


def test_an_islet_is_left_out_and_true_parts_are_held_together() -> None:
    islet, twin = box(5, 5, 5.01, 5.01), box(2, 0, 3, 1)
    assert one_polygon(MultiPolygon([box(0, 0, 1, 1), islet])) == box(0, 0, 1, 1)
    held = one_polygon(MultiPolygon([box(0, 0, 1, 1), twin]))
    assert held.geom_type == "Polygon"
    assert held.covers(twin)
