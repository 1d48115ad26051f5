from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon, box

from incidentmap.gazetteer.interest import Region, pick_region, read_regions, regions_containing
from incidentmap.model import BadValue, MissingGround, Position, UnknownRegion

NAMES, LABELS = (("fr", "Carré"), ("en", "Square")), (("fr", "essai"), ("en", ""))
SQUARE = Region("square", NAMES, LABELS, None, None, box(-6, 15.5, -1.5, 25), "", "")
GEOD = Geod(ellps="WGS84")


def _from_corner(azimuth: float, metres: float) -> Position:
    lon, lat, _ = GEOD.fwd(-1.5, 20.0, azimuth, metres)
    return Position(lon, lat)


@pytest.mark.parametrize(("position", "inside"), [
    (Position(-3.99, 15.93), True),
    (Position(1.41, 18.44), False),
    (_from_corner(90, 4_900), True),
    (_from_corner(90, 5_100), False),
    (Position(-3.0, 15.5 - 4.9 / 110.7), True),
    (Position(-3.0, 15.5 - 5.1 / 110.7), False),
    (Position(180, 90), False),
    (Position(-180, -90), False),
])
def test_inside_is_the_polygon_and_five_kilometres_of_border(position: Position, inside: bool) -> None:
    assert SQUARE.contains(position) is inside


@given(st.floats(1_000, 900_000))
def test_distance_is_the_geodesic_to_the_nearest_border_point(metres: float) -> None:
    assert SQUARE.distance_km(_from_corner(90, metres)) == pytest.approx(metres / 1000, rel=0.002, abs=0.02)


def test_distance_inside_is_zero() -> None:
    assert SQUARE.distance_km(Position(-3, 20)) == 0


@pytest.mark.parametrize(("area", "held"), [
    (box(-5, 16, -2, 20), True), (box(-12, 10, 4, 25), False), (box(-2, 16, 0.5, 20), False), (box(40, 40, 41, 41), False),
    (MultiPolygon([box(-5, 16, -2, 20), box(0, 16, 1, 17)]), True),
])
def test_an_area_is_held_by_its_larger_part(area: Polygon | MultiPolygon, held: bool) -> None:
    assert SQUARE.holds(area) is held


def test_regions_are_read_with_names_dates_and_label(ground: Path) -> None:
    regions = read_regions(ground / "regions")
    assert list(regions) == ["kidal", "mali", "tombouctou"]
    region = regions["tombouctou"]
    assert (region.name("fr"), region.label("en"), region.valid_to) == ("Tombouctou", "before 2016", date(2016, 1, 19))
    assert region.name("ar") == "Tombouctou"
    assert region.bounds == (-6.0, 15.5, -1.5, 25.0)
    assert regions_containing(Position(1.41, 18.44), regions) == ("kidal", "mali")


def test_an_unknown_region_names_the_known_ones(ground: Path) -> None:
    with pytest.raises(UnknownRegion, match="Region 'x' is unknown; known regions: kidal, mali, tombouctou"):
        pick_region(read_regions(ground / "regions"), "x")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"properties": {"id": "x"}, "geometry": null}', '{"properties": 3}'])
def test_a_broken_region_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.geojson").write_text(text, "utf-8")
    with pytest.raises(BadValue, match=r"region file x\.geojson"):
        read_regions(tmp_path)


def test_a_folder_without_regions_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingGround, match="holds no region file"):
        read_regions(tmp_path)
