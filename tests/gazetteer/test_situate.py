"""Where phrases put things, against geodesics known from elsewhere, and borders of the mini-region's two square countries."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.interest import read_regions
from incidentmap.gazetteer.situate import Surroundings, middle, path, path_km, situate
from incidentmap.model import (
    Candidate,
    Place,
    PlaceKind,
    PlacePhrase,
    Position,
    Relation,
    Resolution,
    ResolutionStatus,
    Situation,
    Span,
)

NOWHERE = Surroundings(Path("no ground"))
GAO, ANSONGO = Position(-0.045, 16.272), Position(0.502, 15.662)


def place(  # noqa: PLR0917 - as a row of the gazetteer
    name: str, lon: float, lat: float, kind: PlaceKind = PlaceKind.TOWN, area: str = "", radius: float = 3.0,
) -> Place:
    return Place(f"test:{name}", name, kind, Position(lon, lat), radius, "ML", "", "", None, "curated", area)


def meant(*places: Place | None, status: ResolutionStatus = ResolutionStatus.FOUND) -> tuple[Resolution, ...]:
    return tuple(
        Resolution(each.name, status, Candidate(each, each.name, 1.0, ()), None, (), ()) if each
        else Resolution("Xaraxa", ResolutionStatus.MISS, None, None, (), ())
        for each in places
    )


def phrase(
    relation: Relation, *names: str, km: float | None = None, bearing: float | None = None, words: str = "Gao",
) -> PlacePhrase:
    spans = tuple(Span(0, len(name), name) for name in names or (words,))
    return PlacePhrase(Span(0, len(words), words), spans, relation, km, bearing)


def at(told: PlacePhrase, *places: Place | None, around: Surroundings = NOWHERE) -> Situation:
    found = situate(told, meant(*places), around)
    assert found
    return found


GAO_TOWN = place("Gao", GAO.lon, GAO.lat)
ANSONGO_TOWN = place("Ansongo", ANSONGO.lon, ANSONGO.lat)


@pytest.mark.parametrize(("km", "bearing", "lon", "lat"), [
    # One degree of the meridian at the equator is 110.574 km, of the equator 111.320 km (WGS 84).
    (110.574, 0, 0.0, 1.0), (110.574, 180, 0.0, -1.0), (111.3195, 90, 1.0, 0.0), (111.3195, 270, -1.0, 0.0),
])
def test_a_distance_with_a_bearing_is_a_point(km: float, bearing: float, lon: float, lat: float) -> None:
    found = at(phrase(Relation.DISTANCE, km=km, bearing=bearing), place("Null", 0, 0))
    assert found.position.lon == pytest.approx(lon, abs=1e-4)
    assert found.position.lat == pytest.approx(lat, abs=1e-4)
    assert found.line == ()


@pytest.mark.parametrize(("km", "bearing", "least", "most", "where_prec"), [
    (37, 0, 17, 20, 2),  # a word for one of eight winds: 22.5 degrees on either side
    (37, 22.5, 11, 15, 2),  # of sixteen: 11.25
    (5, 0, 5, 7, 2),
    (100, 90, 40, 50, 5),  # no "limited area around a known place" any more
])
def test_the_circle_is_as_rough_as_the_words(km: float, bearing: float, least: float, most: float, where_prec: int) -> None:
    found = at(phrase(Relation.DISTANCE, km=km, bearing=bearing), GAO_TOWN)
    assert least < found.radius_km < most
    assert (found.where_prec, found.geo_precision) == (where_prec, 2)
    assert [why.code for why in found.reasons] == ["situated_offset", "situated_rough"]


def test_round_figures_are_rougher() -> None:
    radii = [at(phrase(Relation.DISTANCE, km=km, bearing=0), GAO_TOWN).radius_km for km in (40, 41)]
    assert radii[0] > radii[1]


def test_a_distance_without_a_bearing_is_the_whole_circle() -> None:
    found = at(phrase(Relation.DISTANCE, km=30), GAO_TOWN)
    assert found.position == GAO
    assert found.radius_km == 3 + 30 + 5
    assert (found.where_prec, found.geo_precision) == (5, 2)


def test_a_distance_along_a_road_lies_towards_its_end_and_never_beyond() -> None:
    found = at(phrase(Relation.DISTANCE, "Gao", "Ansongo", km=30), GAO_TOWN, ANSONGO_TOWN)
    assert distance_km(found.position, GAO) == pytest.approx(30, abs=0.01)
    assert distance_km(found.position, ANSONGO) == pytest.approx(distance_km(GAO, ANSONGO) - 30, abs=0.01)
    far = at(phrase(Relation.DISTANCE, "Gao", "Ansongo", km=500), GAO_TOWN, ANSONGO_TOWN)
    assert distance_km(far.position, ANSONGO) < 0.01


def test_between_is_a_line_with_its_middle() -> None:
    found = at(phrase(Relation.BETWEEN, "Gao", "Ansongo"), GAO_TOWN, ANSONGO_TOWN)
    assert (found.line[0], found.line[-1]) == (GAO, ANSONGO)
    assert distance_km(found.position, GAO) == pytest.approx(distance_km(found.position, ANSONGO), abs=0.01)
    assert (found.where_prec, found.geo_precision) == (5, 2)


def test_a_long_axis_is_a_larger_region() -> None:
    found = at(phrase(Relation.BETWEEN, "Gao", "Kidal"), GAO_TOWN, place("Kidal", 1.41, 18.44))
    assert (found.where_prec, found.geo_precision) == (5, 3)


def test_of_an_axis_with_one_known_end_a_wide_circle_remains() -> None:
    found = at(phrase(Relation.BETWEEN, "Xaraxa", "Gao"), None, GAO_TOWN)
    assert (found.position, found.line, found.radius_km, found.where_prec, found.geo_precision) == (GAO, (), 53, 5, 3)
    assert [why.code for why in found.reasons] == ["situated_one_end", "situated_unknown"]


def test_an_axis_through_one_place_twice_is_that_place() -> None:
    found = at(phrase(Relation.BETWEEN, "Gao", "Gao"), GAO_TOWN, GAO_TOWN)
    assert (found.line, found.where_prec) == ((), 1)


@pytest.mark.parametrize(("told", "radius"), [
    (phrase(Relation.NEAR), 13), (phrase(Relation.NEAR, km=15), 18), (phrase(Relation.NEAR, km=20, bearing=0), 23),
])
def test_nearness_widens_the_circle(told: PlacePhrase, radius: float) -> None:
    found = at(told, GAO_TOWN)
    assert (found.position, found.radius_km, found.where_prec, found.geo_precision) == (GAO, radius, 2, 2)


def test_hours_of_travel_are_no_nearness_any_more() -> None:
    found = at(phrase(Relation.NEAR, km=80), GAO_TOWN)
    assert (found.where_prec, found.geo_precision) == (5, 3)


@pytest.mark.parametrize(("kind", "area", "words", "where_prec", "geo_precision", "radius"), [
    (PlaceKind.CITY, "", "Gao", 1, 1, 3), (PlaceKind.CAMP, "", "Gao", 1, 1, 3), (PlaceKind.WELL, "", "Gao", 1, 1, 3),
    (PlaceKind.TOWN, "", "cercle de Gao", 3, 3, 75), (PlaceKind.TOWN, "", "commune de Gao", 3, 3, 25),
    (PlaceKind.AREA, "ML/gao", "région de Gao", 4, 3, 3), (PlaceKind.AREA, "ML/gao/bourem", "cercle de Bourem", 3, 3, 3),
    (PlaceKind.AREA, "", "Azawad", 5, 3, 3), (PlaceKind.NATURAL, "", "fleuve Niger", 5, 3, 3),
    (PlaceKind.COUNTRY, "ML", "Mali", 6, 3, 3),
])
def test_a_name_is_as_exact_as_what_it_names(  # noqa: PLR0917 - a table of as many columns
    kind: PlaceKind, area: str, words: str, where_prec: int, geo_precision: int, radius: float,
) -> None:
    found = at(phrase(Relation.IN, words=words), place("Gao", 0, 16, kind, area))
    assert (found.where_prec, found.geo_precision, found.radius_km, found.area_id) == (where_prec, geo_precision, radius, area)


def test_an_area_that_nobody_measured_is_wide() -> None:
    unjudged = replace(place("Azawad", 0, 18, PlaceKind.AREA), source="geonames")
    assert at(phrase(Relation.IN, words="Azawad"), unjudged).radius_km == 75


@pytest.mark.parametrize("relation", [Relation.NEAR, Relation.DISTANCE])
def test_near_a_river_or_a_unit_is_never_a_dot(relation: Relation) -> None:
    river = at(phrase(relation, km=3), place("Niger", 0, 16, PlaceKind.NATURAL))
    unit = at(phrase(relation, km=3, bearing=0), place("Gao", 0, 16, PlaceKind.AREA, "ML/gao"))
    assert (river.where_prec, river.geo_precision) == (5, 3)
    assert (unit.area_id, unit.geo_precision) == ("ML/gao", 3)


def test_a_name_in_doubt_widens_nothing_but_is_told() -> None:
    sure = situate(phrase(Relation.IN), meant(GAO_TOWN), NOWHERE)
    unsure = situate(phrase(Relation.IN), meant(GAO_TOWN, status=ResolutionStatus.AMBIGUOUS), NOWHERE)
    assert sure
    assert unsure
    assert (sure.radius_km, sure.where_prec) == (unsure.radius_km, unsure.where_prec)
    assert "situated_ambiguous" in {why.code for why in unsure.reasons}


def test_without_a_known_name_there_is_no_ground() -> None:
    assert situate(phrase(Relation.DISTANCE, km=3), meant(None), NOWHERE) is None
    assert situate(phrase(Relation.BETWEEN, "a", "b"), meant(None, None), NOWHERE) is None


def test_a_border_is_the_shared_line(ground: Path) -> None:
    mali, niger = (place(code, 0, 16, PlaceKind.COUNTRY, code) for code in ("ML", "NE"))
    both = at(phrase(Relation.BORDER, "Mali", "Niger"), mali, niger, around=Surroundings(ground))
    assert {round(point.lon) for point in both.line} == {4}
    assert (both.where_prec, both.geo_precision, both.area_id) == (5, 3, "")
    kidal = read_regions(ground / "regions")["kidal"]
    near = at(phrase(Relation.BORDER, "Niger"), niger, around=Surroundings(ground, kidal, ("ML",)))
    assert min(point.lat for point in near.line) > 17
    assert max(point.lat for point in near.line) < 22
    beside = at(phrase(Relation.BORDER, "Niger"), niger, around=Surroundings(ground, None, ("ML",), Position(3.5, 15.0)))
    assert all(abs(point.lat - 15) < 1 for point in beside.line)


def test_a_border_of_which_nothing_is_known_is_the_whole_country(ground: Path) -> None:
    niger = place("Niger", 9, 17, PlaceKind.COUNTRY, "NE", radius=600)
    found = at(phrase(Relation.BORDER, "Niger"), niger, around=Surroundings(ground))
    assert (found.area_id, found.line, found.where_prec, found.geo_precision) == ("NE", (), 6, 3)


POSITIONS = st.builds(Position, st.floats(-175, 175), st.floats(-80, 80))


@given(POSITIONS, st.floats(0, 500), st.floats(0, 360), st.sampled_from(Relation))
def test_a_computed_point_lies_within_its_reach(start: Position, km: float, bearing: float, relation: Relation) -> None:
    found = at(phrase(relation, km=km, bearing=bearing), place("x", start.lon, start.lat))
    assert distance_km(found.position, start) <= km + 0.01
    assert found.radius_km >= 3
    assert found.where_prec in range(1, 8)
    assert found.geo_precision in {1, 2, 3}


@given(st.lists(POSITIONS, min_size=2, max_size=4))
def test_a_line_keeps_its_ends_and_its_middle_lies_on_it(corners: list[Position]) -> None:
    line = path(corners)
    assert (line[0], line[-1]) == (corners[0], corners[-1])
    assert path_km(line) == pytest.approx(path_km(corners), rel=0.01, abs=0.1)
    centre = middle(corners)
    assert min(distance_km(centre, end) for end in (corners[0], corners[-1])) <= path_km(corners) / 2 + 0.1
