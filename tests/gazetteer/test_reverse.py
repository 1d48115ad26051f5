from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer
from incidentmap.gazetteer.reverse import Held, Surveyor, compass, in_words
from incidentmap.model import Position

LON, LAT = st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False)


@pytest.fixture
def surveyor(gazetteer: Gazetteer, ground: Path) -> Surveyor:
    return Surveyor(gazetteer, ground)


@pytest.mark.parametrize(("lat", "lon", "french", "english"), [
    (15.93, -3.99, "à Niafunké", "in Niafunké"), (15.95, -3.99, "à Niafunké", "in Niafunké"),
    (15.85, -4.08, "13 km SO de Niafunké", "13 km SW of Niafunké"), (16.20, -3.67, "23 km S de Goundam", "23 km S of Goundam"),
    (19.60, 0.70, "23 km NO d'Aguelhoc", "23 km NW of Aguelhoc"), (16.41, -3.3, "40 km E de Goundam", "40 km E of Goundam"),
    (-40.0, -30.0, "aucune localité du répertoire à moins de 400 km", "no settlement of the gazetteer within 400 km"),
])
def test_a_point_is_told_from_a_settlement(surveyor: Surveyor, lat: float, lon: float, french: str, english: str) -> None:
    found = surveyor.whereabouts(Position(lon, lat))
    assert in_words(found, "fr") == french
    assert in_words(found, "en", points=8) == english


def test_the_areas_are_those_whose_polygons_hold_it(surveyor: Surveyor) -> None:
    found = surveyor.whereabouts(Position(-3.67, 16.41))
    assert found.areas == ("ML", "ML/tombouctou", "ML/tombouctou/goundam")
    assert (found.country, found.admin1, found.admin2) == ("ML", "Tombouctou", "Goundam")
    assert [each.region for each in found.regions] == ["mali", "tombouctou"]
    at_sea = surveyor.whereabouts(Position(-30, -40))
    assert (at_sea.country, at_sea.areas, at_sea.regions, at_sea.border, at_sea.nearest) == ("", (), (), None, None)


@pytest.mark.parametrize(("lon", "held"), [
    (-1.6, (Held("tombouctou", 0.0),)), (-1.47, (Held("tombouctou", 3.2),)), (-1.4, ()),
])
def test_regions_tell_how_far_outside_tolerance_reaches(surveyor: Surveyor, lon: float, held: tuple[Held, ...]) -> None:
    found = surveyor.whereabouts(Position(lon, 17)).regions
    assert tuple(each for each in found if each.region != "mali") == held


@pytest.mark.parametrize(("lon", "country", "border"), [(3.9, "ML", "NE"), (4.1, "NE", "ML"), (3.5, "ML", None)])
def test_a_near_border_is_told(surveyor: Surveyor, lon: float, country: str, border: str | None) -> None:
    found = surveyor.whereabouts(Position(lon, 15))
    assert found.country == country
    assert (found.border.country if found.border else None) == border
    if found.border:
        assert found.border.distance_km == pytest.approx(10.8, abs=0.1)


def test_the_next_ones_follow_and_no_place_comes_twice(surveyor: Surveyor) -> None:
    found = surveyor.whereabouts(Position(-3.0, 16.7), most=4)
    assert found.nearest is not None
    # The gazetteer holds Tombouctou of the curated table and Timbuktu of GeoNames.
    assert [each.place.name for each in (found.nearest, *found.others)] == ["Tombouctou", "Goundam", "Niafunké", "Bamba"]


@pytest.mark.parametrize(("bearing", "sixteen", "eight"), [
    (0, "N", "N"), (11.2, "N", "N"), (11.3, "NNE", "N"), (90, "E", "E"), (225, "SO", "SO"), (247, "OSO", "SO"),
    (359.9, "N", "N"),
])
def test_bearings_have_names(bearing: float, sixteen: str, eight: str) -> None:
    assert (compass(bearing, "fr"), compass(bearing, "fr", 8)) == (sixteen, eight)
    assert compass(bearing, "en") == sixteen.replace("O", "W")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LON, LAT)
def test_no_position_fails(surveyor: Surveyor, lon: float, lat: float) -> None:
    found = surveyor.whereabouts(Position(lon, lat))
    assert all(in_words(found, language) for language in ("fr", "en"))
    assert (found.nearest is None) == (not found.others) or found.others == ()
